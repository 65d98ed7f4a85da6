/* From members to the park: the elimination of inner transfers. docs/math/indicators.md, Eq. (I30)-(I33). */
#include "indicators/boundary.h"
#include "indicators/formulas.h"

#include <math.h>

double park_intake_consolidated(double members_fresh, double transfers, double reclaimed, double utility)
{
    return members_fresh - transfers - reclaimed + utility;
}

double park_repeated_consolidated(double members_repeated, double transfers, double reclaimed)
{
    return members_repeated + transfers + reclaimed;
}

/* Unused water of a link, of the origins that count as intake. */
static double unused(const park_ledger *g, size_t row, bool non_conventional_only)
{
    double share = 0.0;
    for (int32_t o = 0; o < PARK_ORIGIN_NONE; o++)
        if (park_origin_non_conventional((park_origin)o) ||
            (!non_conventional_only && park_origin_conventional((park_origin)o)))
            share += g->link_first_share[row * PARK_ORIGIN_NONE + (size_t)o];
    return share * g->link_water[row];
}

/* First-use water that the utility's plants take in and do not hand on to a member; and used transfers. */
static void count_inner(const park_model *model, const park_ledger *g, park_consolidation *out)
{
    for (size_t s = 0; s < g->seasons; s++)
        for (size_t l = 0; l < g->links; l++) {
            const park_link_info *link = &model->link[l];
            size_t                row  = s * g->links + l;
            int32_t               giver, taker;
            bool                  from_source = model->unit[link->from].role == PARK_SOURCE;
            bool                  to_sink     = model->unit[link->to].role == PARK_SINK;
            bool                  from_member = park_unit_member(model, link->from, &giver);
            bool                  to_member   = park_unit_member(model, link->to, &taker);
            if (from_member && to_member && giver != taker)
                out->transfers_used += g->link_water[row] * g->link_used_share[row];
            else if (from_source && to_sink)
                out->utility += unused(g, row, false) - unused(g, row, true);
            else if (from_source && !to_member)
                out->utility += unused(g, row, false);
            else if (!from_source && !from_member && to_member)
                out->utility -= unused(g, row, false);
            else if (from_member && !to_member && !to_sink)
                out->utility += unused(g, row, false);
            else if (!from_source && !from_member && to_sink)
                out->utility -= unused(g, row, true);
        }
}

park_status park_consolidate(const park_model *model, const park_ledger *ledger, park_consolidation *out,
                             park_error *err)
{
    park_volumes v;
    size_t       rates = 0;
    double       sum   = 0.0;
    *out               = (park_consolidation){0};
    for (int32_t e = PARK_NONE; e < (int32_t)model->enterprises; e++) {
        PARK_TRY(park_volumes_of(model, ledger, PARK_BOUNDARY_ENTERPRISE, e, &v, err));
        out->members_vf += v.vf;
        out->members_vr += v.vr;
        out->transfers += v.from_others;
        out->park_reclaimed += v.park_reclaimed;
        if (v.vt > 0.0) {
            sum += v.vr / v.vt;
            rates++;
        }
    }
    count_inner(model, ledger, out);
    PARK_TRY(park_volumes_of(model, ledger, PARK_BOUNDARY_PARK, PARK_NONE, &v, err));
    out->park_vf = v.vf;
    out->park_vr = v.vr;
    out->residual_vf =
        v.vf - park_intake_consolidated(out->members_vf, out->transfers, out->park_reclaimed, out->utility);
    out->before_use =
        park_repeated_consolidated(out->members_vr, out->transfers_used, out->park_reclaimed) - v.vr;
    out->mean_rate  = rates > 0 ? sum / (double)rates : NAN;
    out->plain_rate = park_fraction_value(park_reuse_rate(out->members_vr, out->members_vf));
    return PARK_OK;
}
