/* plan.c - classes of members that move alike, what each takes of the adds, the factors that a draw moves. */
#include "region/plan.h"

#include <math.h>
#include <string.h>

static bool reaches(const park_region_measure *measure, int32_t member)
{
    for (size_t i = 0; i < measure->members; i++)
        if (measure->member[i] == member)
            return true;
    return false;
}

/* --- classes --- */

static size_t measures_of(const park_region *region, int32_t member, int32_t *list)
{
    size_t count = 0;
    for (size_t k = 0; k < region->measures; k++)
        if (reaches(&region->measure[k], member))
            list[count++] = (int32_t)k;
    return count;
}

static park_status make_classes(const park_region *region, park_arena *arena, park_region_plan *plan,
                                park_error *err)
{
    int32_t *list  = PARK_ARRAY(arena, region->measures + 1, int32_t);
    plan->class    = PARK_ARRAY(arena, region->members, park_region_class);
    plan->class_of = PARK_ARRAY(arena, region->members, int32_t);
    if (list == NULL || plan->class == NULL || plan->class_of == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a region%s", "");
    for (size_t m = 0; m < region->members; m++) {
        size_t count = measures_of(region, (int32_t)m, list), c = 0;
        while (c < plan->classes &&
               !(plan->class[c].course == region->course_of[m] && plan->class[c].measures == count &&
                 (count == 0 || memcmp(plan->class[c].measure, list, count * sizeof *list) == 0)))
            c++;
        if (c == plan->classes) {
            park_region_class *made = &plan->class[plan->classes++];
            *made                   = (park_region_class){.course   = region->course_of[m],
                                                          .measures = count,
                                                          .measure  = PARK_ARRAY(arena, count + 1, int32_t)};
            if (made->measure == NULL)
                return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a region%s", "");
            memcpy(made->measure, list, count * sizeof *list);
        }
        plan->class_of[m] = (int32_t)c;
    }
    return PARK_OK;
}

/* --- what the last known year holds --- */

static void take_parts(park_region_plan *plan)
{
    const park_region *region = plan->region;
    for (size_t m = 0; m < region->members; m++) {
        const double *row = region->volume + (m * region->years + plan->known) * PARK_REGION_FLOWS;
        for (int f = 0; f < PARK_REGION_FLOWS; f++)
            plan->part[m * PARK_REGION_PARTS + park_region_part_of((park_region_flow)f)] += row[f];
        plan->worth[m] = region->added[m * region->years + plan->known];
    }
}

/* The adds of a measure are dealt to its members by their conventional intake; evenly when none takes any. */
static void deal_adds(park_region_plan *plan)
{
    const park_region *region = plan->region;
    for (size_t k = 0; k < region->measures; k++) {
        const park_region_measure *measure = &region->measure[k];
        double                     whole   = 0.0;
        for (size_t i = 0; i < measure->members; i++)
            whole += plan->part[(size_t)measure->member[i] * PARK_REGION_PARTS];
        for (size_t i = 0; i < measure->members; i++) {
            size_t m = (size_t)measure->member[i];
            double share =
                whole > 0.0 ? plan->part[m * PARK_REGION_PARTS] / whole : 1.0 / (double)measure->members;
            plan->adds_of[k * region->members + m] = share;
            plan->measure_large[k] += region->member[m].large ? share : 0.0;
        }
    }
}

static park_status list_shared(park_region_plan *plan, park_arena *arena, park_error *err)
{
    const park_region *region = plan->region;
    size_t             total  = 0;
    for (size_t i = 0; i < region->shares; i++)
        total += region->shared[i].receivers;
    plan->shared_at    = PARK_ARRAY(arena, region->members + 1, size_t);
    plan->shared_of    = PARK_ARRAY(arena, total + 1, int32_t);
    plan->received     = PARK_ARRAY(arena, region->shares * PARK_REGION_SCOPES + 1, double);
    plan->received_all = PARK_ARRAY(arena, region->shares + 1, double);
    if (plan->shared_at == NULL || plan->shared_of == NULL || plan->received == NULL ||
        plan->received_all == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a region%s", "");
    size_t at = 0;
    for (size_t m = 0; m < region->members; m++) {
        plan->shared_at[m] = at;
        for (size_t i = 0; i < region->shares; i++)
            for (size_t r = 0; r < region->shared[i].receivers; r++)
                if (region->shared[i].receiver[r] == (int32_t)m) {
                    double held =
                        plan->part[m * PARK_REGION_PARTS + park_region_part_of(region->shared[i].as)];
                    plan->shared_of[at++] = (int32_t)i;
                    plan->received_all[i] += held;
                }
    }
    plan->shared_at[region->members] = at;
    return PARK_OK;
}

/* --- factors --- */

static int32_t add_factor(park_region_plan *plan, double sd, park_region_factor_kind kind, size_t index)
{
    if (!(sd > 0.0))
        return PARK_NONE;
    plan->factor[plan->factors] = (park_region_factor){.kind = kind, .index = (int32_t)index};
    return (int32_t)plan->factors++;
}

static double adoption_spread(const park_region_measure *measure)
{
    return park_distribution_quantile(&measure->adoption, 0.99) -
           park_distribution_quantile(&measure->adoption, 0.01);
}

static void list_factors(park_region_plan *plan)
{
    const park_region *region = plan->region;
    plan->factor_of_region    = add_factor(plan, region->growth_sd, PARK_REGION_FACTOR_GROWTH, 0);
    for (size_t c = 0; c < region->courses; c++) {
        const park_region_course *course = &region->course[c];
        int32_t                  *of     = plan->factor_of_course + 3 * c;
        of[0] = add_factor(plan, course->growth.sd, PARK_REGION_FACTOR_COURSE_GROWTH, c);
        of[1] = add_factor(plan, course->intake.sd, PARK_REGION_FACTOR_COURSE_INTAKE, c);
        of[2] = add_factor(plan, course->reuse.sd, PARK_REGION_FACTOR_COURSE_REUSE, c);
    }
    for (size_t k = 0; k < region->measures; k++)
        plan->factor_of_measure[k] =
            add_factor(plan, adoption_spread(&region->measure[k]), PARK_REGION_FACTOR_MEASURE, k);
    for (size_t m = 0; m < region->members; m++) {
        int32_t *of = plan->factor_of_member + 3 * m;
        of[0]       = add_factor(plan, region->course[region->course_of[m]].own_growth,
                                 PARK_REGION_FACTOR_OWN_GROWTH, m);
        of[1]       = add_factor(plan, region->volume_error, PARK_REGION_FACTOR_VOLUME_INTAKE, m);
        of[2]       = add_factor(plan, region->reuse_error, PARK_REGION_FACTOR_VOLUME_REUSE, m);
    }
}

/* --- subjects --- */

park_status park_region_subjects(const park_region *region, park_arena *arena,
                                 const park_region_subject **subject, size_t *count, park_error *err)
{
    static const park_region_subject ALWAYS[] = {
        {PARK_REGION_REUSE_RATE, PARK_REGION_CONVENTIONAL, PARK_NONE, false},
        {PARK_REGION_REUSE_RATE, PARK_REGION_ALL_SOURCES, PARK_NONE, false},
        {PARK_REGION_REUSE_RATE, PARK_REGION_CONVENTIONAL, PARK_NONE, true},
        {PARK_REGION_REUSE_RATE, PARK_REGION_ALL_SOURCES, PARK_NONE, true},
        {PARK_REGION_NON_CONVENTIONAL, PARK_REGION_ALL_SOURCES, PARK_NONE, false},
        {PARK_REGION_INTAKE, PARK_REGION_CONVENTIONAL, PARK_NONE, false},
        {PARK_REGION_INTAKE, PARK_REGION_ALL_SOURCES, PARK_NONE, false},
        {PARK_REGION_INTAKE_PER_ADDED, PARK_REGION_CONVENTIONAL, PARK_NONE, false},
        {PARK_REGION_INTAKE_PER_ADDED, PARK_REGION_ALL_SOURCES, PARK_NONE, false},
    };
    const size_t         always = sizeof ALWAYS / sizeof *ALWAYS;
    park_region_subject *list   = PARK_ARRAY(arena, always + region->products, park_region_subject);
    if (list == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a region%s", "");
    memcpy(list, ALWAYS, sizeof ALWAYS);
    for (size_t p = 0; p < region->products; p++)
        list[always + p] =
            (park_region_subject){PARK_REGION_UNIT_INTAKE, PARK_REGION_CONVENTIONAL, (int32_t)p, false};
    *subject = list;
    *count   = always + region->products;
    return PARK_OK;
}

size_t park_region_subject_find(const park_region_subject *subject, size_t count,
                                const park_region_subject *wanted)
{
    bool one_basis =
        wanted->quantity == PARK_REGION_NON_CONVENTIONAL || wanted->quantity == PARK_REGION_UNIT_INTAKE;
    for (size_t s = 0; s < count; s++)
        if (subject[s].quantity == wanted->quantity && subject[s].product == wanted->product &&
            (one_basis || subject[s].basis == wanted->basis) && subject[s].large == wanted->large)
            return s;
    return 0;
}

double park_region_vih(const double part[PARK_REGION_PARTS])
{
    return part[PARK_REGION_PART_RECLAIMED] + part[PARK_REGION_PART_MINE] + part[PARK_REGION_PART_RAIN] +
           part[PARK_REGION_PART_OTHER];
}

park_status park_region_plan_make(const park_region *region, park_arena *arena, park_region_plan *plan,
                                  park_error *err)
{
    size_t most = 1 + 3 * region->courses + region->measures + 3 * region->members;
    PARK_TRY(park_region_check(region, err));
    *plan       = (park_region_plan){.region = region, .known = (size_t)(region->known - region->base)};
    plan->first = plan->known + 1;
    plan->part  = PARK_ARRAY(arena, region->members * PARK_REGION_PARTS, double);
    plan->worth = PARK_ARRAY(arena, region->members, double);
    plan->measure_large     = PARK_ARRAY(arena, region->measures + 1, double);
    plan->adds_of           = PARK_ARRAY(arena, region->measures * region->members + 1, double);
    plan->factor            = PARK_ARRAY(arena, most, park_region_factor);
    plan->factor_of_course  = PARK_ARRAY(arena, 3 * region->courses, int32_t);
    plan->factor_of_measure = PARK_ARRAY(arena, region->measures + 1, int32_t);
    plan->factor_of_member  = PARK_ARRAY(arena, 3 * region->members, int32_t);
    if (plan->part == NULL || plan->worth == NULL || plan->measure_large == NULL || plan->adds_of == NULL ||
        plan->factor == NULL || plan->factor_of_course == NULL || plan->factor_of_measure == NULL ||
        plan->factor_of_member == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a region%s", "");
    PARK_TRY(make_classes(region, arena, plan, err));
    take_parts(plan);
    deal_adds(plan);
    PARK_TRY(list_shared(plan, arena, err));
    list_factors(plan);
    return park_region_subjects(region, arena, &plan->subject, &plan->subjects, err);
}
