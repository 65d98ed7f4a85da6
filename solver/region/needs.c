/*
 * needs.c - what the targets of a region lack on its central path, as linear rows over what options give.
 * Math: docs/math/region.md, Eq. (Y22)-(Y23).
 */
#include "region/choose.h"
#include "region/draws.h"

#include <math.h>
#include <string.h>

/* The region without the measures that are options now, its growth moved. */
static park_status without_measures(const park_region *region, const bool *without, double growth,
                                    park_arena *arena, park_region *bare, park_error *err)
{
    park_region_measure *measure = PARK_ARRAY(arena, region->measures + 1, park_region_measure);
    park_region_course  *course  = PARK_ARRAY(arena, region->courses + 1, park_region_course);
    if (measure == NULL || course == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a region%s", "");
    *bare          = *region;
    bare->measures = 0;
    for (size_t k = 0; k < region->measures; k++)
        if (without == NULL || !without[k])
            measure[bare->measures++] = region->measure[k];
    for (size_t c = 0; c < region->courses; c++) {
        course[c] = region->course[c];
        course[c].growth.rate += growth;
    }
    bare->measure = measure;
    bare->course  = course;
    return PARK_OK;
}

/* The central path's sums. */
typedef struct central {
    park_region         region;
    park_region_plan    plan;
    park_region_scratch scratch;
} central;

static park_status walk(const park_region *region, const bool *without, double growth, park_arena *arena,
                        central *c, park_error *err)
{
    PARK_TRY(without_measures(region, without, growth, arena, &c->region, err));
    PARK_TRY(park_region_plan_make(&c->region, arena, &c->plan, err));
    PARK_TRY(park_region_scratch_make(&c->plan, arena, &c->scratch, err));
    park_region_path(&c->plan, NULL, -1, &c->scratch, NULL);
    return PARK_OK;
}

static const double *parts_of(const central *c, bool large, size_t year)
{
    return c->scratch.future.part + ((large ? c->region.years : 0) + year) * PARK_REGION_PARTS;
}

/* --- a target as a row, Eq. (Y22) --- */

static bool rate_need(const double *part, double least, bool all_sources, park_need *need)
{
    double vih = park_region_vih(part), vr = part[PARK_REGION_PART_REUSED];
    double whole                = part[PARK_REGION_PART_CONVENTIONAL] + (all_sources ? vih : 0.0) + vr;
    need->per[PARK_GIFT_INTAKE] = least;
    need->per[PARK_GIFT_REUSE]  = 1.0 - least;
    need->per[PARK_GIFT_NEW]    = all_sources ? -least : 0.0;
    need->lacking               = least * whole - vr;
    need->step                  = 1e-3 * whole;
    return true;
}

static bool intake_need(const double *part, double most, bool all_sources, double step, park_need *need)
{
    need->per[PARK_GIFT_INTAKE] = 1.0;
    need->per[PARK_GIFT_NEW]    = all_sources ? -1.0 : 0.0;
    need->lacking = part[PARK_REGION_PART_CONVENTIONAL] + (all_sources ? park_region_vih(part) : 0.0) - most;
    need->step    = step;
    return true;
}

/* False for a target that options do not speak of. */
static bool need_of(const central *c, size_t t, park_need *need)
{
    const park_region_target *target = &c->region.target[t];
    bool                      all    = target->subject.basis == PARK_REGION_ALL_SOURCES;
    double                    since  = 0.0, min, max;
    if (target->year <= c->region.known)
        return false;
    size_t        year  = (size_t)(target->year - c->region.base);
    const double *part  = parts_of(c, target->subject.large, year);
    double        added = c->scratch.future.added[(target->subject.large ? c->region.years : 0) + year];
    if (!isnan(target->change))
        since = park_region_known_value(&c->plan, &target->subject, (size_t)(target->since - c->region.base),
                                        NULL);
    park_region_bounds(target, since, &min, &max);
    *need = (park_need){.target = (int32_t)t, .year = target->year, .large = target->subject.large};
    switch (target->subject.quantity) {
    case PARK_REGION_REUSE_RATE:
        return isfinite(min) && rate_need(part, min, all, need);
    case PARK_REGION_NON_CONVENTIONAL:
        need->per[PARK_GIFT_NEW] = 1.0;
        need->lacking            = min - park_region_vih(part);
        need->step               = 1e4;
        return isfinite(min);
    case PARK_REGION_INTAKE:
        return isfinite(max) && intake_need(part, max, all, 1e4, need);
    case PARK_REGION_INTAKE_PER_ADDED:
        return isfinite(max) &&
               intake_need(part, max * added, all, 1e-5 * added, need); /* 0.1 m3 per 10^4 CNY */
    default:
        return false;
    }
}

static size_t list_needs(const central *c, park_need *need)
{
    size_t count = 0;
    for (size_t t = 0; t < c->region.targets; t++)
        count += need_of(c, t, &need[count]);
    return count;
}

/* What a measure gives by itself in a year. Eq. (Y23). */
static park_status measure_gives(const park_region *region, const bool *off, size_t measure, int32_t year,
                                 park_arena *arena, double gives[PARK_GIFTS], park_error *err)
{
    bool   *others = PARK_ARRAY(arena, region->measures + 1, bool);
    central bare, with;
    size_t  y = (size_t)(year - region->base);
    if (others == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a region%s", "");
    memcpy(others, off, region->measures * sizeof *others);
    PARK_TRY(walk(region, others, 0.0, arena, &bare, err));
    others[measure] = false;
    PARK_TRY(walk(region, others, 0.0, arena, &with, err));
    const double *before = parts_of(&bare, false, y), *after = parts_of(&with, false, y);
    gives[PARK_GIFT_INTAKE] = before[PARK_REGION_PART_CONVENTIONAL] - after[PARK_REGION_PART_CONVENTIONAL];
    gives[PARK_GIFT_REUSE]  = after[PARK_REGION_PART_REUSED] - before[PARK_REGION_PART_REUSED];
    gives[PARK_GIFT_NEW]    = park_region_vih(after) - park_region_vih(before);
    return PARK_OK;
}

static park_status fill_measures(const park_region *region, park_allocation *a, park_arena *arena,
                                 park_error *err)
{
    int32_t year = region->last;
    for (size_t n = 0; n < a->needs; n++)
        year = n == 0 || a->need[n].year > year ? a->need[n].year : year;
    for (size_t o = 0; o < a->options; o++)
        if (a->option[o].measure >= 0 && year > region->known)
            PARK_TRY(measure_gives(region, a->off, (size_t)a->option[o].measure, year, arena,
                                   a->option[o].gives, err));
    return PARK_OK;
}

park_status park_allocation_needs(const park_region *region, park_allocation *a, park_arena *arena,
                                  park_error *err)
{
    central    c;
    park_need *of = PARK_ARRAY(arena, region->targets + 1, park_need);
    a->need       = PARK_ARRAY(arena, region->targets + 1, park_need);
    if (of == NULL || a->need == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu targets", region->targets);
    PARK_TRY(walk(region, a->off, 0.0, arena, &c, err));
    a->needs = list_needs(&c, a->need);
    for (size_t s = 0; s < a->scenarios; s++) {
        a->scenario[s].lacking = PARK_ARRAY(arena, a->needs + 1, double);
        if (a->scenario[s].lacking == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu targets", region->targets);
        PARK_TRY(walk(region, a->off, a->scenario[s].growth, arena, &c, err));
        (void)list_needs(&c, of);
        for (size_t n = 0; n < a->needs; n++)
            a->scenario[s].lacking[n] = of[n].lacking;
    }
    return fill_measures(region, a, arena, err);
}

park_status park_allocation_exact(const park_region *region, const park_allocation *a,
                                  const park_choice *choice, park_arena *arena, double *exact,
                                  park_error *err)
{
    central    c;
    bool      *off  = PARK_ARRAY(arena, region->measures + 1, bool);
    int32_t   *year = PARK_ARRAY(arena, a->options + 1, int32_t);
    park_need *need = PARK_ARRAY(arena, region->targets + 1, park_need);
    if (off == NULL || year == NULL || need == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu targets", region->targets);
    for (size_t k = 0; a->off != NULL && k < region->measures; k++)
        off[k] = a->off[k];
    for (size_t o = 0; o < a->options; o++) {
        year[o] = a->option[o].measure >= 0 ? 0 : choice->year[o];
        if (a->option[o].measure >= 0 && choice->year[o] > 0)
            off[a->option[o].measure] = false;
    }
    PARK_TRY(walk(region, off, 0.0, arena, &c, err));
    (void)list_needs(&c, need);
    for (size_t n = 0; n < a->needs; n++)
        exact[n] = a->need[n].lacking - need[n].lacking + park_delivered(a, n, year, NULL);
    return PARK_OK;
}
