/*
 * path.c - one future of a region: growth, trends, measures, double counts, member by member and year by year.
 * Math: docs/math/region.md, Eq. (Y7)-(Y13).
 *
 * Stages of a call, all on the caller's scratch:
 *   1. shares     s(y) of every measure under this future's adoption
 *   2. classes    how the parts of a class's members move in each year against the last known one
 *   3. members    volumes and value added, summed into the two scopes; products; what shared plants' receivers hold
 *   4. the region what measures add, what is counted twice
 */
#include "region/plan.h"

#include <math.h>
#include <string.h>

enum { TO_REUSE = PARK_REGION_PARTS, CLASS_COLUMNS = PARK_REGION_PARTS + 1 };

park_status park_region_scratch_make(const park_region_plan *plan, park_arena *arena,
                                     park_region_scratch *scratch, park_error *err)
{
    const park_region *region = plan->region;
    size_t             years  = region->years;
    scratch->factor           = PARK_ARRAY(arena, plan->classes * years * CLASS_COLUMNS, double);
    scratch->share            = PARK_ARRAY(arena, region->measures * (years + 1) + 1, double);
    scratch->receiver         = PARK_ARRAY(arena, region->shares * PARK_REGION_SCOPES * years + 1, double);
    scratch->growth           = PARK_ARRAY(arena, plan->classes, double);
    scratch->future.part      = PARK_ARRAY(arena, PARK_REGION_SCOPES * years * PARK_REGION_PARTS, double);
    scratch->future.added     = PARK_ARRAY(arena, PARK_REGION_SCOPES * years, double);
    scratch->future.output    = PARK_ARRAY(arena, region->products * years + 1, double);
    scratch->future.intake    = PARK_ARRAY(arena, region->products * years + 1, double);
    if (scratch->factor == NULL || scratch->share == NULL || scratch->receiver == NULL ||
        scratch->growth == NULL || scratch->future.part == NULL || scratch->future.added == NULL ||
        scratch->future.output == NULL || scratch->future.intake == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a region%s", "");
    return PARK_OK;
}

static double drawn(const double *normal, int32_t factor)
{
    return normal != NULL && factor >= 0 ? normal[factor] : 0.0;
}

/* --- 1: shares --- */

double park_region_measure_share(const park_region_measure *measure, int32_t year, double adoption)
{
    double since = (double)(year - measure->start) + 1.0;
    return since <= 0.0 ? 0.0 : adoption * fmin(1.0, since / measure->ramp);
}

double park_region_measure_adoption(const park_region_measure *measure, double normal)
{
    double p = 0.5 * erfc(-normal * M_SQRT1_2);
    p        = fmin(fmax(p, 1e-12), 1.0 - 1e-12);
    return fmin(fmax(park_distribution_quantile(&measure->adoption, p), 0.0), 1.0);
}

/* share[k * (years + 1)]: of the last known year; then the future years at their own index + 1. */
static void draw_shares(const park_region_plan *plan, const double *normal, int32_t without, double *share)
{
    const park_region *region = plan->region;
    for (size_t k = 0; k < region->measures; k++) {
        const park_region_measure *measure = &region->measure[k];
        double  adoption = park_region_measure_adoption(measure, drawn(normal, plan->factor_of_measure[k]));
        double *row      = share + k * (region->years + 1);
        row[0]           = park_region_measure_share(measure, region->known, adoption);
        for (size_t y = plan->first; y < region->years; y++)
            row[y + 1] = (int32_t)k == without
                             ? row[0]
                             : park_region_measure_share(measure, region->base + (int32_t)y, adoption);
    }
}

/* --- 2: classes --- */

/* How a measure moves a part from the last known year to y: what worked then is in the rows already. */
static double moved(double times, const double *share, size_t y)
{
    double before = 1.0 + share[0] * (times - 1.0);
    return before > 0.0 ? (1.0 + share[y + 1] * (times - 1.0)) / before : 1.0;
}

static void move_class(const park_region_plan *plan, const park_region_class *class, const double *normal,
                       const double *share, double *factor)
{
    const park_region        *region = plan->region;
    const park_region_course *course = &region->course[class->course];
    const int32_t            *of     = plan->factor_of_course + 3 * class->course;
    double intake       = fmax(1.0 + course->intake.rate + course->intake.sd * drawn(normal, of[1]), 0.0);
    double reuse        = fmax(1.0 + course->reuse.rate + course->reuse.sd * drawn(normal, of[2]), 0.0);
    double intake_trend = 1.0, reuse_trend = 1.0;
    for (size_t y = plan->first; y < region->years; y++) {
        double *row = factor + y * CLASS_COLUMNS;
        intake_trend *= intake;
        reuse_trend *= reuse;
        for (int p = 0; p < PARK_REGION_PARTS; p++)
            row[p] = p == PARK_REGION_PART_REUSED ? reuse_trend : intake_trend;
        row[TO_REUSE] = 0.0;
        for (size_t i = 0; i < class->measures; i++) {
            const park_region_measure *measure = &region->measure[class->measure[i]];
            const double              *s       = share + (size_t) class->measure[i] * (region->years + 1);
            double                     before  = row[PARK_REGION_PART_CONVENTIONAL];
            for (int p = 0; p < PARK_REGION_PARTS; p++)
                if (measure->times[p] != 1.0)
                    row[p] *= moved(measure->times[p], s, y);
            row[TO_REUSE] += measure->to_reuse * (before - row[PARK_REGION_PART_CONVENTIONAL]);
        }
    }
}

/* --- 3: members --- */

/* A member's growth in a year: its class's, with its own shock. */
static double member_growth(const park_region_plan *plan, const park_region_scratch *scratch, size_t m,
                            const double *normal)
{
    double own = plan->region->course[plan->region->course_of[m]].own_growth;
    return fmax(scratch->growth[plan->class_of[m]] + own * drawn(normal, plan->factor_of_member[3 * m]), 0.0);
}

static void add_member(const park_region_plan *plan, size_t m, const double *normal,
                       park_region_scratch *scratch, double *member)
{
    const park_region *region     = plan->region;
    const size_t       years      = region->years;
    const int32_t     *of         = plan->factor_of_member + 3 * m;
    const double *restrict factor = scratch->factor + (size_t)plan->class_of[m] * years * CLASS_COLUMNS;
    const double *known           = plan->part + m * PARK_REGION_PARTS;
    const double  growth          = member_growth(plan, scratch, m, normal);
    const double  off_intake      = fmax(1.0 + region->volume_error * drawn(normal, of[1]), 0.0);
    const double  off_reuse       = fmax(1.0 + region->reuse_error * drawn(normal, of[2]), 0.0);
    const bool    large           = region->member[m].large;
    double        activity        = 1.0;
    for (size_t y = plan->first; y < years; y++) {
        const double *restrict row = factor + y * CLASS_COLUMNS;
        double part[PARK_REGION_PARTS];
        activity *= growth;
        double intake = activity * off_intake;
        for (int p = 0; p < PARK_REGION_PART_REUSED; p++)
            part[p] = known[p] * row[p] * intake;
        part[PARK_REGION_PART_REUSED] =
            known[PARK_REGION_PART_REUSED] * row[PARK_REGION_PART_REUSED] * activity * off_reuse +
            known[PARK_REGION_PART_CONVENTIONAL] * row[TO_REUSE] * intake;
        for (int scope = 0; scope <= (int)large; scope++) {
            double *restrict sum = scratch->future.part + ((size_t)scope * years + y) * PARK_REGION_PARTS;
            for (int p = 0; p < PARK_REGION_PARTS; p++)
                sum[p] += part[p];
            scratch->future.added[(size_t)scope * years + y] += plan->worth[m] * activity;
        }
        for (size_t i = plan->shared_at[m]; i < plan->shared_at[m + 1]; i++) {
            size_t shared = (size_t)plan->shared_of[i];
            double held   = part[park_region_part_of(region->shared[shared].as)];
            for (int scope = 0; scope <= (int)large; scope++)
                scratch->receiver[(shared * PARK_REGION_SCOPES + (size_t)scope) * years + y] += held;
        }
        if (member != NULL) {
            double *out = member + (m * years + y) * (PARK_REGION_PARTS + 1);
            memcpy(out, part, sizeof part);
            out[PARK_REGION_PARTS] = plan->worth[m] * activity;
        }
    }
}

static void add_making(const park_region_plan *plan, const park_region_making *making, const double *normal,
                       park_region_scratch *scratch)
{
    const park_region *region = plan->region;
    size_t             m = (size_t)making->member, p = (size_t)making->product;
    const int32_t     *of     = plan->factor_of_member + 3 * m;
    const double      *factor = scratch->factor + (size_t)plan->class_of[m] * region->years * CLASS_COLUMNS;
    double             growth = member_growth(plan, scratch, m, normal);
    double             off = fmax(1.0 + region->volume_error * drawn(normal, of[1]), 0.0), activity = 1.0;
    for (size_t y = plan->first; y < region->years; y++) {
        activity *= growth;
        scratch->future.output[p * region->years + y] += making->output[plan->known] * activity;
        scratch->future.intake[p * region->years + y] +=
            making->intake[plan->known] * activity * off *
            factor[y * CLASS_COLUMNS + PARK_REGION_PART_CONVENTIONAL];
    }
}

/* --- 4: the region --- */

/* What a measure adds beyond what the known rows hold; non-conventional water may take the place of conventional. */
static void add_measure(const park_region_plan *plan, size_t k, const double *share,
                        park_region_scratch *scratch, double *member)
{
    const park_region         *region  = plan->region;
    const park_region_measure *measure = &region->measure[k];
    const size_t               years   = region->years;
    double                     whole   = 0.0;
    for (int p = 0; p < PARK_REGION_PARTS; p++)
        whole += measure->add[p];
    if (!(whole > 0.0))
        return;
    for (size_t y = plan->first; y < years; y++) {
        double more = share[y + 1] - share[0];
        double row[PARK_REGION_PARTS], all = scratch->future.part[y * PARK_REGION_PARTS];
        for (int p = 0; p < PARK_REGION_PARTS; p++)
            row[p] = measure->add[p] * more;
        if (measure->replaces) {
            double instead = park_region_vih(row);
            row[PARK_REGION_PART_CONVENTIONAL] -= fmin(instead, all);
        }
        for (size_t scope = 0; scope < PARK_REGION_SCOPES; scope++) {
            double  part = scope == 0 ? 1.0 : plan->measure_large[k];
            double *sum  = scratch->future.part + (scope * years + y) * PARK_REGION_PARTS;
            for (int p = 0; p < PARK_REGION_PARTS; p++)
                sum[p] = fmax(sum[p] + part * row[p], 0.0);
        }
        for (size_t i = 0; member != NULL && i < measure->members; i++) {
            size_t  m   = (size_t)measure->member[i];
            double *out = member + (m * years + y) * (PARK_REGION_PARTS + 1);
            for (int p = 0; p < PARK_REGION_PARTS; p++)
                out[p] += plan->adds_of[k * region->members + m] * row[p];
        }
    }
}

/* What is counted twice grows with what its receivers hold. */
static void eliminate(const park_region_plan *plan, size_t shared, park_region_scratch *scratch)
{
    const park_region        *region = plan->region;
    const park_region_shared *item   = &region->shared[shared];
    double                    volume = item->volume[plan->known], held = plan->received_all[shared];
    int                       part = (int)park_region_part_of(item->as);
    if (item->how == PARK_REGION_CLAIMED)
        volume *= (double)(item->claims - 1);
    for (size_t scope = 0; held > 0.0 && scope < PARK_REGION_SCOPES; scope++)
        for (size_t y = plan->first; y < region->years; y++) {
            double *sum   = scratch->future.part + (scope * region->years + y) * PARK_REGION_PARTS;
            double  twice = fmin(
                 volume * scratch->receiver[(shared * PARK_REGION_SCOPES + scope) * region->years + y] / held,
                 sum[part]);
            sum[part] -= twice;
            if (item->how != PARK_REGION_CLAIMED)
                sum[PARK_REGION_PART_REUSED] += twice;
        }
}

static void clear(const park_region_plan *plan, park_region_scratch *scratch)
{
    const park_region *region = plan->region;
    memset(scratch->future.part, 0, PARK_REGION_SCOPES * region->years * PARK_REGION_PARTS * sizeof(double));
    memset(scratch->future.added, 0, PARK_REGION_SCOPES * region->years * sizeof(double));
    memset(scratch->future.output, 0, region->products * region->years * sizeof(double));
    memset(scratch->future.intake, 0, region->products * region->years * sizeof(double));
    memset(scratch->receiver, 0, region->shares * PARK_REGION_SCOPES * region->years * sizeof(double));
}

void park_region_path(const park_region_plan *plan, const double *normal, int32_t without,
                      park_region_scratch *scratch, double *member)
{
    const park_region *region = plan->region;
    clear(plan, scratch);
    draw_shares(plan, normal, without, scratch->share);
    double common = region->growth_sd * drawn(normal, plan->factor_of_region);
    for (size_t c = 0; c < plan->classes; c++) {
        const park_region_class *class   = &plan->class[c];
        const park_region_course *course = &region->course[class->course];
        double own         = course->growth.sd * drawn(normal, plan->factor_of_course[3 * class->course]);
        scratch->growth[c] = 1.0 + course->growth.rate + common + own;
        move_class(plan, class, normal, scratch->share, scratch->factor + c * region->years * CLASS_COLUMNS);
    }
    for (size_t m = 0; m < region->members; m++)
        add_member(plan, m, normal, scratch, member);
    for (size_t i = 0; i < region->makings; i++)
        add_making(plan, &region->making[i], normal, scratch);
    for (size_t i = 0; i < region->shares; i++)
        eliminate(plan, i, scratch);
    for (size_t k = 0; k < region->measures; k++)
        add_measure(plan, k, scratch->share + k * (region->years + 1), scratch, member);
}

/* --- what a path says of a subject --- */

static double value_of(const park_region_subject *subject, const double part[PARK_REGION_PARTS], double added)
{
    double vih = park_region_vih(part);
    double vr  = part[PARK_REGION_PART_REUSED];
    double taken =
        part[PARK_REGION_PART_CONVENTIONAL] + (subject->basis == PARK_REGION_ALL_SOURCES ? vih : 0.0);
    switch (subject->quantity) {
    case PARK_REGION_REUSE_RATE:
        return vr + taken > 0.0 ? vr / (vr + taken) : NAN;
    case PARK_REGION_NON_CONVENTIONAL:
        return vih;
    case PARK_REGION_INTAKE:
        return taken;
    case PARK_REGION_INTAKE_PER_ADDED:
        return added > 0.0 ? taken / added : NAN;
    default:
        return NAN;
    }
}

double park_region_value(const park_region_plan *plan, const park_region_future *future,
                         const park_region_subject *subject, size_t year)
{
    size_t years = plan->region->years, scope = subject->large ? 1 : 0;
    if (subject->quantity == PARK_REGION_UNIT_INTAKE) {
        double output = future->output[(size_t)subject->product * years + year];
        return output > 0.0 ? future->intake[(size_t)subject->product * years + year] / output : NAN;
    }
    return value_of(subject, future->part + (scope * years + year) * PARK_REGION_PARTS,
                    future->added[scope * years + year]);
}

static double known_unit_intake(const park_region_plan *plan, int32_t product, size_t year,
                                const double *normal)
{
    const park_region *region = plan->region;
    double             intake = 0.0, output = 0.0;
    for (size_t i = 0; i < region->makings; i++)
        if (region->making[i].product == product) {
            double off = drawn(normal, plan->factor_of_member[3 * region->making[i].member + 1]);
            intake += region->making[i].intake[year] * fmax(1.0 + region->volume_error * off, 0.0);
            output += region->making[i].output[year];
        }
    return output > 0.0 ? intake / output : NAN;
}

double park_region_known_value(const park_region_plan *plan, const park_region_subject *subject, size_t year,
                               const double *normal)
{
    const park_region *region                  = plan->region;
    double             part[PARK_REGION_PARTS] = {0.0};
    park_region_year   sum;
    if (subject->quantity == PARK_REGION_UNIT_INTAKE)
        return known_unit_intake(plan, subject->product, year, normal);
    /* cannot fail: park_region_check has summed every known year */
    if (park_region_sum_year(region, region->base + (int32_t)year, subject->large, &sum, NULL) != PARK_OK)
        return NAN;
    for (int f = 0; f < PARK_REGION_FLOWS; f++)
        part[park_region_part_of((park_region_flow)f)] += sum.flow[f];
    for (size_t m = 0; normal != NULL && m < region->members; m++) {
        const double  *row = region->volume + (m * region->years + year) * PARK_REGION_FLOWS;
        const int32_t *of  = plan->factor_of_member + 3 * m;
        if (subject->large && !region->member[m].large)
            continue;
        for (int f = 0; f < PARK_REGION_FLOWS; f++) {
            double off = f == PARK_REGION_REUSED ? region->reuse_error * drawn(normal, of[2])
                                                 : region->volume_error * drawn(normal, of[1]);
            part[park_region_part_of((park_region_flow)f)] += row[f] * fmax(off, -1.0);
        }
    }
    for (int p = 0; p < PARK_REGION_PARTS; p++)
        part[p] = fmax(part[p], 0.0);
    return value_of(subject, part, sum.added);
}
