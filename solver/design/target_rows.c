/*
 * target_rows.c - targets as linear rows (docs/math/optimization.md, O31-O35). What a target counts is read from the
 * flows; where treatments or storages mix used and unused water it is read from a tracer's mass, which is exact.
 */
#include "design/costs.h"
#include "design/formulation.h"
#include "design/targets.h"

static const double YEAR = 31536000.0; /* 365 d [s] */

/* Of the year of the future that rows are written for. */
static double season_share(const park_formulation *f, size_t s)
{
    return park_super_share(f->super, f->lens, s);
}

/* times x yearly mean intake of the park's sources, program flow. */
static void sum_intake(park_formulation *f, park_sum *sum, park_basis basis, bool only_other, double times)
{
    const park_super *super = f->super;
    for (size_t u = 0; u < super->units; u++) {
        bool conventional = park_counts_as_intake(super->model, u, PARK_BASIS_CONVENTIONAL);
        bool any          = park_counts_as_intake(super->model, u, PARK_BASIS_ALL_SOURCES);
        bool counts       = only_other                         ? any && !conventional
                            : basis == PARK_BASIS_CONVENTIONAL ? conventional
                                                               : any;
        for (size_t s = 0; counts && s < super->seasons; s++)
            park_sum_outlet_flow(f, sum, s, u, 0, times * season_share(f, s));
    }
}

/* (O32) times x Vr: circulating water, and used water that arrives at users, each at most at what the user requires. */
static void sum_reuse(park_formulation *f, park_sum *sum, double times)
{
    const park_super *super = f->super;
    size_t            used  = (size_t)super->tracer[PARK_TRACER_USED];
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t u = 0; u < super->units; u++) {
            const park_unit_info *unit    = &super->model->unit[u];
            const park_map       *map     = PARK_SUPER_FACE(super, s, u)->map;
            double                share   = times * season_share(f, s);
            park_sum              counted = {0};
            if (unit->role != PARK_USER || share == 0.0 || unit->leaks)
                continue;
            sum->constant += share * map->circulating * f->flow_unit;
            bool      fixed = f->flow_fixed[PARK_FORM_SU(f, s, u)];
            park_sum *to    = fixed ? sum : &counted;
            for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
                size_t l = (size_t)super->in_link[e];
                if (super->model->link[l].from != (int32_t)u)
                    park_sum_link_mass(f, to, s, l, used, fixed ? share : 1.0);
            }
            if (fixed)
                continue;
            int32_t *col = &f->reuse[PARK_FORM_SU(f, s, u)];
            if (*col < 0) {
                *col = park_formulate_col(f, PARK_COL_OTHER, 0.0,
                                          fmin(map->demand, PARK_SUPER_FACE(super, s, u)->hi) * f->flow_unit);
                park_sum_add(f, &counted, *col, -1.0);
                park_formulate_row(f, &counted, 0.0, INFINITY, -1, "counted reuse");
            }
            park_sum_add(f, sum, *col, share);
        }
}

/* times x water that enters an enterprise from outside it for the first time (what leaves it unused counts back). */
static void sum_enterprise(park_formulation *f, park_sum *sum, int32_t enterprise, park_basis basis,
                           double times)
{
    const park_super *super = f->super;
    for (size_t l = 0; l < super->links; l++) {
        if (!super->active[l])
            continue;
        bool inside = super->model->unit[super->model->link[l].to].enterprise == enterprise;
        bool from   = super->model->unit[super->model->link[l].from].enterprise == enterprise &&
                    super->model->unit[super->model->link[l].from].role != PARK_SOURCE;
        if (inside == from)
            continue;
        for (size_t s = 0; s < super->seasons; s++) {
            double share = times * season_share(f, s) * (inside ? 1.0 : -1.0);
            park_sum_link_mass(f, sum, s, l, (size_t)super->tracer[PARK_TRACER_CONVENTIONAL], share);
            if (basis == PARK_BASIS_ALL_SOURCES)
                park_sum_link_mass(f, sum, s, l, (size_t)super->tracer[PARK_TRACER_NONCONVENTIONAL], share);
        }
    }
}

/* times x what leaves through sinks. */
static void sum_discharge(park_formulation *f, park_sum *sum, double times)
{
    const park_super *super = f->super;
    for (size_t u = 0; u < super->units; u++)
        for (size_t s = 0; super->model->unit[u].role == PARK_SINK && s < super->seasons; s++)
            park_sum_unit_flow(f, sum, s, u, times * season_share(f, s));
}

/* Ratio targets in the form sum >= 0, the sign turned for a maximum. */
static void sum_target(park_formulation *f, park_sum *sum, const park_target *target, park_basis basis,
                       double bound, double sign)
{
    const park_super *super = f->super;
    park_target_word  word  = park_target_read(super->future[f->lens < 0 ? 0 : f->lens], target);
    /* a target per time (a flow) speaks of years of 365 d; one without is a volume a year */
    double unit = f->flow_unit / super->year * word.per * (target->dim == PARK_DIM_FLOW ? YEAR : 1.0);
    switch (word.kind) {
    case PARK_TARGET_REUSE_RATE: /* (O31) (1-R) Vr - R V >= 0 */
        sum_reuse(f, sum, sign * (1.0 - bound));
        sum_intake(f, sum, basis, false, -sign * bound);
        return;
    case PARK_TARGET_NONCONVENTIONAL_RATE: /* Vih - K (Vi + Vih) >= 0 */
        sum_intake(f, sum, PARK_BASIS_ALL_SOURCES, true, sign);
        sum_intake(f, sum, PARK_BASIS_ALL_SOURCES, false, -sign * bound);
        return;
    case PARK_TARGET_NONCONVENTIONAL:
        sum_intake(f, sum, PARK_BASIS_ALL_SOURCES, true, sign);
        break;
    case PARK_TARGET_INTAKE:
        sum_intake(f, sum, basis, false, sign);
        break;
    case PARK_TARGET_REUSE:
        sum_reuse(f, sum, sign);
        break;
    case PARK_TARGET_DISCHARGE:
    case PARK_TARGET_DISCHARGE_PER_VALUE:
        sum_discharge(f, sum, sign);
        break;
    case PARK_TARGET_INTAKE_PER_VALUE:
        if (word.enterprise < 0) {
            sum_intake(f, sum, basis, false, sign);
            break;
        }
        sum_enterprise(f, sum, word.enterprise, basis, sign);
        break;
    case PARK_TARGET_UNIT_INTAKE:
        sum_enterprise(f, sum, word.enterprise, basis, sign);
        break;
    case PARK_TARGET_UNKNOWN:
        return; /* told by park_targets_check */
    }
    sum->constant -= sign * bound * unit;
}

bool park_target_slack(park_formulation *f, const park_target *target, bool upper, double bound,
                       park_sum *sum)
{
    park_basis basis = target->basis_given ? target->basis : f->super->model->accounting.intake;
    if (!isfinite(bound))
        return false;
    sum_target(f, sum, target, basis, bound, upper ? -1.0 : 1.0);
    return park_target_read(f->super->model, target).kind != PARK_TARGET_UNKNOWN;
}

static void targets_of(park_formulation *f, const park_model *model)
{
    for (size_t i = 0; i < model->targets && !f->failed; i++)
        for (int side = 0; side < 2; side++) {
            const park_target *target = &model->target[i];
            double             shift  = f->super->margins != NULL ? f->super->margins->target_shift[i] : 0.0;
            double             bound  = side == 0 ? target->min + shift : target->max - shift;
            park_sum           sum    = {0};
            if (!park_target_slack(f, target, side == 1, bound, &sum))
                continue;
            bool    named = target->subject != NULL && target->subject[0] != '\0';
            int32_t statement =
                park_formulate_statement(f, bound, 0.0, named ? "targets.%s.%s" : "targets.%s%s",
                                         target->quantity, named ? target->subject : "");
            park_formulate_row(f, &sum, 0.0, INFINITY, statement, "target");
        }
}

/* In every future; of stages once all is built. */
void park_formulate_targets(park_formulation *f)
{
    for (size_t w = 0; w < f->super->futures; w++) {
        if (!park_super_last(f->super, w))
            continue;
        f->lens = (int32_t)w;
        targets_of(f, f->super->future[w]);
    }
    f->lens = -1;
}
