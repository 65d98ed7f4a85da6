/* check.c - can this region be computed? Shapes, years, indices, laws. */
#include "region/plan.h"

#include <math.h>

static park_status check_years(const park_region *region, park_error *err)
{
    if (!(region->base <= region->known && region->known <= region->last))
        return PARK_FAIL(err, PARK_E_RANGE, "years run base <= known <= last; here %d, %d, %d",
                         (int)region->base, (int)region->known, (int)region->last);
    if (region->years != (size_t)(region->last - region->base) + 1 || region->years > PARK_REGION_YEARS_MOST)
        return PARK_FAIL(err, PARK_E_RANGE, "%d to %d are %zu years; at most %d can be computed",
                         (int)region->base, (int)region->last, region->years, PARK_REGION_YEARS_MOST);
    if (region->members == 0)
        return PARK_FAIL(err, PARK_E_RANGE, "a region needs at least one member%s", "");
    return PARK_OK;
}

static park_status check_rows(const park_region *region, park_error *err)
{
    size_t known = (size_t)(region->known - region->base);
    for (size_t m = 0; m < region->members; m++) {
        if (region->course_of[m] < 0 || (size_t)region->course_of[m] >= region->courses)
            return PARK_FAIL(err, PARK_E_RANGE, "%s follows no course of growth", region->member[m].id);
        for (size_t y = 0; y <= known; y++) {
            const double *row = region->volume + (m * region->years + y) * PARK_REGION_FLOWS;
            for (int f = 0; f < PARK_REGION_FLOWS; f++)
                if (!(row[f] >= 0.0) || isinf(row[f]))
                    return PARK_FAIL(err, PARK_E_RANGE,
                                     "%s in %d: a volume is %g m3/a; it must be known and not below 0",
                                     region->member[m].id, (int)(region->base + (int32_t)y), row[f]);
            double added = region->added[m * region->years + y];
            if (!(added >= 0.0) || isinf(added))
                return PARK_FAIL(err, PARK_E_RANGE,
                                 "%s in %d: value added is %g CNY/a; it must be known and not below 0",
                                 region->member[m].id, (int)(region->base + (int32_t)y), added);
        }
    }
    return PARK_OK;
}

static bool members_stand(const park_region *region, const int32_t *member, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (member[i] < 0 || (size_t)member[i] >= region->members)
            return false;
    return true;
}

static park_status check_shared(const park_region *region, park_error *err)
{
    size_t known = (size_t)(region->known - region->base);
    for (size_t i = 0; i < region->shares; i++) {
        const park_region_shared *shared = &region->shared[i];
        if (!members_stand(region, shared->receiver, shared->receivers) || shared->receivers == 0 ||
            shared->as >= PARK_REGION_REUSED || (shared->how == PARK_REGION_CLAIMED && shared->claims < 1))
            return PARK_FAIL(err, PARK_E_RANGE, "shared.%s names no member that takes its water", shared->id);
        for (size_t y = 0; y <= known; y++)
            if (!(shared->volume[y] >= 0.0) || isinf(shared->volume[y]))
                return PARK_FAIL(err, PARK_E_RANGE, "shared.%s: its volume in %d is %g m3/a", shared->id,
                                 (int)(region->base + (int32_t)y), shared->volume[y]);
    }
    return PARK_OK;
}

static park_status check_measures(const park_region *region, park_error *err)
{
    for (size_t k = 0; k < region->measures; k++) {
        const park_region_measure *measure = &region->measure[k];
        if (!members_stand(region, measure->member, measure->members) || measure->members == 0)
            return PARK_FAIL(err, PARK_E_RANGE, "measures.%s applies to no member", measure->id);
        if (!(measure->ramp >= 1.0) || isnan(park_distribution_quantile(&measure->adoption, 0.5)))
            return PARK_FAIL(err, PARK_E_RANGE,
                             "measures.%s: its ramp is %g a (1 or more), its adoption must be a law",
                             measure->id, measure->ramp);
        if (!(measure->to_reuse >= 0.0 && measure->to_reuse <= 1.0))
            return PARK_FAIL(err, PARK_E_RANGE,
                             "measures.%s turns %g of what it saves into reuse; it must lie in [0, 1]",
                             measure->id, measure->to_reuse);
        for (int p = 0; p < PARK_REGION_PARTS; p++)
            if (!(measure->times[p] >= 0.0) || isinf(measure->times[p]) || !isfinite(measure->add[p]) ||
                measure->add[p] < 0.0)
                return PARK_FAIL(err, PARK_E_RANGE,
                                 "measures.%s: effects are factors and volumes of 0 or more", measure->id);
    }
    return PARK_OK;
}

static park_status check_makings(const park_region *region, park_error *err)
{
    size_t known = (size_t)(region->known - region->base);
    for (size_t i = 0; i < region->makings; i++) {
        const park_region_making *making = &region->making[i];
        if (!members_stand(region, &making->member, 1) || making->product < 0 ||
            (size_t)making->product >= region->products)
            return PARK_FAIL(err, PARK_E_RANGE, "a product's rows name no member or no product%s", "");
        for (size_t y = 0; y <= known; y++)
            if (!(making->output[y] >= 0.0) || !(making->intake[y] >= 0.0) || isinf(making->output[y]) ||
                isinf(making->intake[y]))
                return PARK_FAIL(err, PARK_E_RANGE, "%s of %s in %d: output %g, intake %g",
                                 region->product[making->product].id, region->member[making->member].id,
                                 (int)(region->base + (int32_t)y), making->output[y], making->intake[y]);
    }
    return PARK_OK;
}

static park_status check_targets(const park_region *region, park_error *err)
{
    for (size_t i = 0; i < region->targets; i++) {
        const park_region_target *target = &region->target[i];
        if (target->year < region->base || target->year > region->last)
            return PARK_FAIL(err, PARK_E_RANGE, "targets.%s is due in %d; years run from %d to %d",
                             target->id, (int)target->year, (int)region->base, (int)region->last);
        if (!isnan(target->change) && (target->since < region->base || target->since > region->known))
            return PARK_FAIL(err, PARK_E_RANGE, "targets.%s counts from %d, which is not a known year",
                             target->id, (int)target->since);
        if (target->subject.quantity == PARK_REGION_UNIT_INTAKE &&
            (target->subject.product < 0 || (size_t)target->subject.product >= region->products))
            return PARK_FAIL(err, PARK_E_RANGE, "targets.%s names no product", target->id);
    }
    return PARK_OK;
}

static park_status check_courses(const park_region *region, park_error *err)
{
    for (size_t i = 0; i < region->courses; i++) {
        const park_region_course *course  = &region->course[i];
        const park_region_rate    rate[3] = {course->growth, course->intake, course->reuse};
        for (int k = 0; k < 3; k++)
            if (!(rate[k].rate > -1.0) || isinf(rate[k].rate) || !(rate[k].sd >= 0.0) || isinf(rate[k].sd))
                return PARK_FAIL(err, PARK_E_RANGE,
                                 "a rate of change is %g +- %g per year; it must be above -100 %%",
                                 rate[k].rate, rate[k].sd);
        if (!(course->own_growth >= 0.0))
            return PARK_FAIL(err, PARK_E_RANGE, "a standard deviation is %g", course->own_growth);
    }
    if (!(region->growth_sd >= 0.0) || !(region->volume_error >= 0.0) || !(region->reuse_error >= 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "standard deviations are %g, %g, %g; they must not be below 0",
                         region->growth_sd, region->volume_error, region->reuse_error);
    return PARK_OK;
}

park_status park_region_check(const park_region *region, park_error *err)
{
    park_region_year sum;
    PARK_TRY(check_years(region, err));
    PARK_TRY(check_courses(region, err));
    PARK_TRY(check_rows(region, err));
    PARK_TRY(check_shared(region, err));
    PARK_TRY(check_measures(region, err));
    PARK_TRY(check_makings(region, err));
    PARK_TRY(check_targets(region, err));
    for (int32_t year = region->base; year <= region->known; year++)
        PARK_TRY(park_region_sum_year(region, year, false, &sum, err));
    return PARK_OK;
}
