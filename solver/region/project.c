/* project.c - the central path, the backcast, the draws: gathered into one result. Eq. (Y7)-(Y18). */
#include "region/draws.h"

#include <math.h>
#include <string.h>

static const double LEVELS[5] = {0.025, 0.1, 0.5, 0.9, 0.975};

static park_status no_room(park_error *err)
{
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a projection%s", "");
}

/* --- the central path --- */

static void keep_known(const park_region_plan *plan, park_region_projection *out)
{
    const park_region *region = plan->region;
    for (size_t m = 0; m < region->members; m++)
        for (size_t y = 0; y <= plan->known; y++) {
            const double *row  = region->volume + (m * region->years + y) * PARK_REGION_FLOWS;
            double       *kept = out->member + (m * region->years + y) * (PARK_REGION_PARTS + 1);
            for (int f = 0; f < PARK_REGION_FLOWS; f++)
                kept[park_region_part_of((park_region_flow)f)] += row[f];
            kept[PARK_REGION_PARTS] = region->added[m * region->years + y];
        }
}

/* Conventional columns keep the shares of the last known year: the path knows only their sum. */
static void spread_flows(const park_region_plan *plan, const park_region_year *last,
                         const park_region_future *future, park_region_projection *out)
{
    for (size_t y = plan->first; y < plan->region->years; y++) {
        const double *part = future->part + y * PARK_REGION_PARTS;
        double       *flow = out->flow + y * PARK_REGION_FLOWS;
        for (int f = 0; f < PARK_REGION_FLOWS; f++) {
            park_region_part of = park_region_part_of((park_region_flow)f);
            flow[f]             = of != PARK_REGION_PART_CONVENTIONAL ? part[of]
                                  : last->vi > 0.0                    ? part[of] * last->flow[f] / last->vi
                                                                      : 0.0;
        }
        if (!(last->vi > 0.0))
            flow[PARK_REGION_SURFACE] = part[PARK_REGION_PART_CONVENTIONAL];
        out->added[y] = future->added[y];
    }
}

static park_status take_central(const park_region_plan *plan, park_region_scratch *scratch,
                                park_region_projection *out, park_error *err)
{
    const park_region *region = plan->region;
    park_region_year   sum;
    for (size_t y = 0; y <= plan->known; y++) {
        PARK_TRY(park_region_sum_year(region, region->base + (int32_t)y, false, &sum, err));
        memcpy(out->flow + y * PARK_REGION_FLOWS, sum.flow, sizeof sum.flow);
        out->added[y] = sum.added;
    }
    keep_known(plan, out);
    park_region_path(plan, NULL, -1, scratch, out->member);
    spread_flows(plan, &sum, &scratch->future, out);
    for (size_t s = 0; s < plan->subjects; s++)
        for (size_t y = 0; y < region->years; y++)
            out->central[s * region->years + y] =
                y < plan->first ? park_region_known_value(plan, &plan->subject[s], y, NULL)
                                : park_region_value(plan, &scratch->future, &plan->subject[s], y);
    return PARK_OK;
}

/* --- backcast: the same laws from the base year on, with the value added that came --- */

static double past_factor(const park_region *region, const park_region_class *class, park_region_part part,
                          size_t year, double *reuse)
{
    const park_region_course *course = &region->course[class->course];
    double rate   = part == PARK_REGION_PART_REUSED ? course->reuse.rate : course->intake.rate;
    double factor = pow(1.0 + rate, (double)year);
    *reuse        = 0.0;
    for (size_t i = 0; i < class->measures; i++) {
        const park_region_measure *measure = &region->measure[class->measure[i]];
        double adoption = park_region_measure_adoption(measure, 0.0), times = measure->times[part];
        double now   = park_region_measure_share(measure, region->base + (int32_t)year, adoption);
        double then  = park_region_measure_share(measure, region->base, adoption);
        double old   = factor;
        double start = 1.0 + then * (times - 1.0);
        factor *= start > 0.0 ? (1.0 + now * (times - 1.0)) / start : 1.0;
        *reuse += measure->to_reuse * (old - factor);
    }
    return factor;
}

static void foretell(const park_region_plan *plan, size_t year, double part[PARK_REGION_PARTS])
{
    const park_region *region = plan->region;
    memset(part, 0, PARK_REGION_PARTS * sizeof *part);
    for (size_t m = 0; m < region->members; m++) {
        const double *base   = region->volume + m * region->years * PARK_REGION_FLOWS;
        const double *added  = region->added + m * region->years;
        double        growth = added[0] > 0.0 ? added[year] / added[0] : 1.0, reuse;
        for (int f = 0; f < PARK_REGION_FLOWS; f++) {
            park_region_part of = park_region_part_of((park_region_flow)f);
            part[of] +=
                base[f] * growth * past_factor(region, &plan->class[plan->class_of[m]], of, year, &reuse);
            if (of == PARK_REGION_PART_CONVENTIONAL)
                part[PARK_REGION_PART_REUSED] += base[f] * growth * reuse;
        }
    }
    for (size_t k = 0; k < region->measures; k++) {
        const park_region_measure *measure  = &region->measure[k];
        double                     adoption = park_region_measure_adoption(measure, 0.0);
        double more = park_region_measure_share(measure, region->base + (int32_t)year, adoption) -
                      park_region_measure_share(measure, region->base, adoption);
        double instead = 0.0;
        for (int p = 0; p < PARK_REGION_PARTS; p++) {
            part[p] += measure->add[p] * more;
            instead += p != PARK_REGION_PART_CONVENTIONAL && p != PARK_REGION_PART_REUSED
                           ? measure->add[p] * more
                           : 0.0;
        }
        if (measure->replaces)
            part[PARK_REGION_PART_CONVENTIONAL] = fmax(part[PARK_REGION_PART_CONVENTIONAL] - instead, 0.0);
    }
}

/* What was counted twice is taken out of what is foretold as it was reported. */
static void take_out(const park_region *region, size_t year, double part[PARK_REGION_PARTS])
{
    for (size_t i = 0; i < region->shares; i++) {
        const park_region_shared *shared = &region->shared[i];
        park_region_part          of     = park_region_part_of(shared->as);
        double                    volume =
            shared->volume[year] * (shared->how == PARK_REGION_CLAIMED ? (double)(shared->claims - 1) : 1.0);
        double twice = fmin(volume, part[of]);
        part[of] -= twice;
        if (shared->how != PARK_REGION_CLAIMED)
            part[PARK_REGION_PART_REUSED] += twice;
    }
}

static park_status look_back(const park_region_plan *plan, park_region_projection *out, park_error *err)
{
    const park_region *region = plan->region;
    for (size_t y = 1; y <= plan->known; y++) {
        park_region_year      sum;
        double                part[PARK_REGION_PARTS];
        park_region_backcast *back = &out->backcast[out->backcasts++];
        PARK_TRY(park_region_sum_year(region, region->base + (int32_t)y, false, &sum, err));
        foretell(plan, y, part);
        take_out(region, y, part);
        double vih = park_region_vih(part);
        double vi = part[PARK_REGION_PART_CONVENTIONAL], vr = part[PARK_REGION_PART_REUSED];
        *back = (park_region_backcast){.year = region->base + (int32_t)y,
                                       .vi   = {sum.vi, vi},
                                       .vih  = {sum.vih, vih},
                                       .vr   = {sum.vr, vr},
                                       .rate = {sum.reuse_rate[PARK_REGION_ALL_SOURCES],
                                                vi + vih + vr > 0.0 ? vr / (vi + vih + vr) : NAN}};
    }
    return PARK_OK;
}

/* --- targets --- */

static double missing(double value, double min, double max)
{
    return value < min ? min - value : value > max ? value - max : isnan(value) ? NAN : 0.0;
}

static void judge_central(const park_region_plan *plan, const park_region_goal *goal,
                          park_region_projection *out, double *central)
{
    const park_region *region = plan->region;
    for (size_t t = 0; t < region->targets; t++) {
        const park_region_target *target = &region->target[t];
        park_region_attainment   *a      = &out->attainment[t];
        double                    since =
            isnan(target->change)
                                   ? 0.0
                                   : out->central[goal[t].subject * region->years + (size_t)(target->since - region->base)];
        a->value = out->central[goal[t].subject * region->years + goal[t].year];
        park_region_bounds(target, since, &a->min, &a->max);
        a->lacking = missing(a->value, a->min, a->max);
        a->known   = isfinite(a->value);
        a->reached = park_region_reached(target, a->value, since);
        central[t] = isnan(target->change) ? a->value : a->value / since;
        if (!isfinite(central[t]))
            central[t] = 0.0;
    }
}

static void try_without(const park_region_plan *plan, const park_region_goal *goal,
                        park_region_scratch *scratch, park_region_projection *out)
{
    const park_region *region = plan->region;
    for (size_t k = 0; k < region->measures; k++) {
        park_region_path(plan, NULL, (int32_t)k, scratch, NULL);
        for (size_t t = 0; t < region->targets; t++)
            out->what_if[t * region->measures + k] =
                goal[t].year < plan->first ? out->attainment[t].value
                                           : park_region_value(plan, &scratch->future,
                                                               &plan->subject[goal[t].subject], goal[t].year);
    }
}

/* --- bands --- */

static void set_bands(const park_region_plan *plan, const park_region_draws *draws,
                      park_region_projection *out)
{
    const park_region *region = plan->region;
    size_t             ahead  = region->years - plan->first;
    for (size_t s = 0; s < plan->subjects; s++)
        for (size_t y = 0; y < region->years; y++) {
            park_region_band *band = &out->band[s * region->years + y];
            double            at   = out->central[s * region->years + y], q[5];
            *band                  = (park_region_band){at, at, at, at, at, at};
            if (y < plan->first || region->draws == 0)
                continue;
            size_t item = s * ahead + (y - plan->first);
            park_region_quantiles(draws->value + item * region->draws, region->draws, LEVELS, 5, q);
            *band = (park_region_band){draws->mean[item], q[0], q[1], q[2], q[3], q[4]};
        }
}

static park_status open_result(const park_region_plan *plan, park_arena *arena, park_region_projection *out,
                               park_error *err)
{
    const park_region *region = plan->region;
    size_t             years  = region->years;
    *out                      = (park_region_projection){.years    = years,
                                                         .subjects = plan->subjects,
                                                         .factors  = plan->factors,
                                                         .targets  = region->targets,
                                                         .subject  = plan->subject,
                                                         .factor   = plan->factor};
    out->central              = PARK_ARRAY(arena, plan->subjects * years, double);
    out->band                 = PARK_ARRAY(arena, plan->subjects * years, park_region_band);
    out->flow                 = PARK_ARRAY(arena, years * PARK_REGION_FLOWS, double);
    out->added                = PARK_ARRAY(arena, years, double);
    out->member               = PARK_ARRAY(arena, region->members * years * (PARK_REGION_PARTS + 1), double);
    out->backcast             = PARK_ARRAY(arena, plan->known + 1, park_region_backcast);
    out->attainment           = PARK_ARRAY(arena, region->targets + 1, park_region_attainment);
    out->share                = PARK_ARRAY(arena, region->targets * plan->factors + 1, double);
    out->what_if              = PARK_ARRAY(arena, region->targets * region->measures + 1, double);
    bool whole = out->central != NULL && out->band != NULL && out->flow != NULL && out->added != NULL &&
                 out->member != NULL && out->backcast != NULL && out->attainment != NULL &&
                 out->share != NULL && out->what_if != NULL;
    return whole ? PARK_OK : no_room(err);
}

static void take_draws(const park_region *region, const park_region_draws *draws, park_region_projection *out)
{
    double count = (double)region->draws;
    for (size_t t = 0; t < region->targets; t++) {
        bool drawn                     = region->draws > 0 && out->attainment[t].known;
        out->attainment[t].probability = drawn ? draws->hits[t] / count : NAN;
        out->attainment[t].in_band =
            drawn && !isnan(region->target[t].about) ? draws->inside[t] / count : NAN;
    }
    out->joint = region->draws > 0 ? draws->joint / count : NAN;
    if (region->draws > 0)
        memcpy(out->share, draws->share, region->targets * out->factors * sizeof *out->share);
}

park_status park_region_project(const park_region *region, const park_region_settings *settings,
                                park_arena *arena, park_region_projection **projection, park_error *err)
{
    park_region_plan        plan;
    park_region_scratch     scratch;
    park_region_draws       draws   = {0};
    park_region_projection *out     = PARK_ARRAY(arena, 1, park_region_projection);
    park_region_goal       *goal    = PARK_ARRAY(arena, region->targets + 1, park_region_goal);
    double                 *central = PARK_ARRAY(arena, region->targets + 1, double);
    if (out == NULL || goal == NULL || central == NULL)
        return no_room(err);
    PARK_TRY(park_region_plan_make(region, arena, &plan, err));
    PARK_TRY(park_region_scratch_make(&plan, arena, &scratch, err));
    PARK_TRY(open_result(&plan, arena, out, err));
    PARK_TRY(take_central(&plan, &scratch, out, err));
    PARK_TRY(look_back(&plan, out, err));
    for (size_t t = 0; t < region->targets; t++) {
        goal[t].subject = park_region_subject_find(plan.subject, plan.subjects, &region->target[t].subject);
        goal[t].year    = (size_t)(region->target[t].year - region->base);
    }
    judge_central(&plan, goal, out, central);
    for (size_t t = 0; t < region->targets; t++)
        goal[t].known = out->attainment[t].known;
    try_without(&plan, goal, &scratch, out);
    if (region->draws > 0)
        PARK_TRY(park_region_draw(&plan, goal, central, settings, arena, &draws, err));
    set_bands(&plan, &draws, out);
    take_draws(region, &draws, out);
    *projection = out;
    return PARK_OK;
}
