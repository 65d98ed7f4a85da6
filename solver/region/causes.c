/* causes.c - why the intake of a region changed between two years: additive LMDI, measure by measure. Eq. (Y19)-(Y20). */
#include "region/plan.h"

#include <math.h>

/* L(a, b) = (a - b) / ln(a / b), the weight that leaves no rest. */
static double log_mean(double a, double b)
{
    return fabs(a - b) <= 1e-12 * fmax(a, b) ? a : (a - b) / log(a / b);
}

static double central_share(const park_region_measure *measure, int32_t year)
{
    return park_region_measure_share(measure, year, park_region_measure_adoption(measure, 0.0));
}

/* ln of what a measure did to the conventional intake that it reaches, between the two years. */
static double measure_log(const park_region_measure *measure, const park_region_causes *causes)
{
    double times = measure->times[PARK_REGION_PART_CONVENTIONAL];
    double then  = 1.0 + central_share(measure, causes->from) * (times - 1.0);
    double now   = 1.0 + central_share(measure, causes->to) * (times - 1.0);
    return then > 0.0 && now > 0.0 ? log(now / then) : 0.0;
}

/* Conventional intake whose place non-conventional water takes after the last known year [m3/a], 0 or more. */
static double replaced(const park_region *region, const park_region_measure *measure,
                       const park_region_causes *causes)
{
    if (!measure->replaces || causes->to <= region->known)
        return 0.0;
    int32_t since = causes->from > region->known ? causes->from : region->known;
    return park_region_vih(measure->add) *
           (central_share(measure, causes->to) - central_share(measure, since));
}

/* What measures put onto conventional intake beyond the product of factors, as dealt to a member [m3/a]. */
static double dealt(const park_region_plan *plan, size_t m, int32_t year)
{
    const park_region *region = plan->region;
    double             sum    = 0.0;
    for (size_t k = 0; year > region->known && k < region->measures; k++) {
        const park_region_measure *measure = &region->measure[k];
        double more = central_share(measure, year) - central_share(measure, region->known);
        double row  = measure->replaces ? -park_region_vih(measure->add) : 0.0;
        sum += plan->adds_of[k * region->members + m] * (row + measure->add[PARK_REGION_PART_CONVENTIONAL]) *
               more;
    }
    return sum;
}

typedef struct ends {
    double intake[2], added[2]; /* before, after */
} ends;

static void add_member(const park_region_plan *plan, size_t m, const ends *own, const ends *all,
                       park_region_causes *causes)
{
    const park_region *region      = plan->region;
    const park_region_class *class = &plan->class[plan->class_of[m]];
    double change                  = own->intake[1] - own->intake[0];
    if (!(own->added[0] > 0.0 && own->added[1] > 0.0)) {
        causes->structure += change; /* it came, or went */
        return;
    }
    if (!(own->intake[0] > 0.0 && own->intake[1] > 0.0)) {
        causes->intensity += change;
        return;
    }
    double weight    = log_mean(own->intake[1], own->intake[0]);
    double activity  = log(all->added[1] / all->added[0]);
    double structure = log(own->added[1] / own->added[0]) - activity;
    double intensity = log(own->intake[1] / own->intake[0]) - activity - structure;
    for (size_t i = 0; i < class->measures; i++) {
        double part = measure_log(&region->measure[class->measure[i]], causes);
        causes->measure[class->measure[i]] += weight * part;
        intensity -= part;
    }
    causes->activity += weight * activity;
    causes->structure += weight * structure;
    causes->intensity += weight * intensity;
}

park_status park_region_explain(const park_region *region, const park_region_projection *projection,
                                int32_t from, int32_t to, park_arena *arena, park_region_causes *causes,
                                park_error *err)
{
    park_region_plan plan;
    ends             all = {{0.0, 0.0}, {0.0, 0.0}};
    if (!(from >= region->base && from < to && to <= region->last))
        return PARK_FAIL(err, PARK_E_RANGE, "%d to %d does not lie within %d to %d", (int)from, (int)to,
                         (int)region->base, (int)region->last);
    PARK_TRY(park_region_plan_make(region, arena, &plan, err));
    *causes = (park_region_causes){
        .from = from, .to = to, .measure = PARK_ARRAY(arena, region->measures + 1, double)};
    if (causes->measure == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a region%s", "");
    const size_t at[2]    = {(size_t)(from - region->base), (size_t)(to - region->base)};
    double       total[2] = {0.0, 0.0};
    for (int e = 0; e < 2; e++) {
        const double *flow = projection->flow + at[e] * PARK_REGION_FLOWS;
        total[e]           = flow[PARK_REGION_SURFACE] + flow[PARK_REGION_GROUND] + flow[PARK_REGION_TAP] +
                   flow[PARK_REGION_BOUGHT];
        all.added[e] = projection->added[at[e]];
    }
    causes->intake_from = total[0];
    causes->intake_to   = total[1];
    double members      = 0.0;
    for (size_t m = 0; m < region->members; m++) {
        ends own;
        for (int e = 0; e < 2; e++) {
            const double *row = projection->member + (m * region->years + at[e]) * (PARK_REGION_PARTS + 1);
            own.intake[e]     = row[PARK_REGION_PART_CONVENTIONAL] - dealt(&plan, m, e == 0 ? from : to);
            own.added[e]      = row[PARK_REGION_PARTS];
        }
        members += own.intake[1] - own.intake[0];
        add_member(&plan, m, &own, &all, causes);
    }
    for (size_t k = 0; k < region->measures; k++) {
        const park_region_measure *measure = &region->measure[k];
        double                     more =
            (to > region->known ? central_share(measure, to) : central_share(measure, region->known)) -
            central_share(measure, from > region->known ? from : region->known);
        double change =
            measure->add[PARK_REGION_PART_CONVENTIONAL] * more - replaced(region, measure, causes);
        causes->measure[k] += change;
        members += change;
    }
    causes->eliminated = (total[1] - total[0]) - members;
    return PARK_OK;
}
