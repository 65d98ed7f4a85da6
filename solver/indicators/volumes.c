/* The volumes of a boundary, from a traced ledger. docs/math/indicators.md, section "Volumes". */
#include "indicators/boundary.h"
#include "indicators/formulas.h"

#include "model/trace.h"

#include <math.h>
#include <string.h>

static const double WATER_DENSITY    = 1000.0; /* [kg/m3] */
static const double COMPLIANCE_SLACK = 1e-6;   /* relative: a plan may sit exactly on a limit */

/* Everything one pass needs. */
typedef struct pass {
    const park_model  *model;
    const park_ledger *ledger;
    park_boundary      boundary;
    int32_t            index;
    bool              *inside;                             /* [U] */
    const double      *used, *treated;                     /* [S*L] as the boundary sees it */
    double            *user_used, *user_treated, *user_in; /* [U] of one season */
    double            *inlet_water, *inlet_mass; /* [I], [I*C] of one season: mixtures at the sinks */
    park_volumes      *v;
} pass;

static void take(park_volumes *v, park_origin origin, double water)
{
    if (park_origin_conventional(origin))
        v->vi_conventional += water;
    else if (origin == PARK_ORIGIN_RECLAIMED_MUNICIPAL)
        v->vih_reclaimed += water;
    else if (origin == PARK_ORIGIN_MINE)
        v->vih_mine += water;
    else if (origin == PARK_ORIGIN_RAIN)
        v->vih_rain += water;
    else
        v->streams += water;
}

/* Water of a link split by what it is when it enters from one of the utility's plants: unused by origin, else
 * used. */
static double take_first(const pass *p, size_t row, double water)
{
    double used = water;
    for (int32_t o = 0; o < PARK_ORIGIN_NONE; o++) {
        double part = water * p->ledger->link_first_share[row * PARK_ORIGIN_NONE + (size_t)o];
        take(p->v, (park_origin)o, part);
        used -= part;
    }
    return fmax(used, 0.0);
}

/* Eq. (V1)-(V4): a link that enters the boundary. */
static void enter(const pass *p, size_t row, const park_link_info *link, double water)
{
    park_volumes         *v    = p->v;
    const park_unit_info *from = &p->model->unit[link->from];
    int32_t               member;
    if (from->role == PARK_SOURCE) {
        park_origin origin = park_outlet_origin(p->model, link->outlet);
        bool        bought = origin == PARK_ORIGIN_RECLAIMED_PARK && p->boundary == PARK_BOUNDARY_ENTERPRISE;
        if (bought) {
            v->park_reclaimed += water;
            v->vih_reclaimed += water;
        } else if (p->boundary == PARK_BOUNDARY_UNIT && p->ledger->link_used_share[row] > 0.0)
            v->vs += water; /* a stream or bought-back water: used before */
        else
            take(v, origin, water);
    } else if (p->boundary == PARK_BOUNDARY_UNIT) {
        double used    = take_first(p, row, water);
        double treated = fmin(used, water * p->ledger->link_treated_share[row]);
        v->vre += treated;
        v->vs += used - treated;
    } else { /* from another member or from the utility's plants: what is unused counts by its origin */
        double used = take_first(p, row, water);
        if (park_unit_member(p->model, link->from, &member)) {
            v->from_others += used;
        } else {
            v->park_reclaimed += used;
            v->vih_reclaimed += used;
        }
    }
}

/* Does the mixture of a sink's inlet, or the water of one link, meet the limits there? */
static bool complies(const pass *p, size_t row, const park_link_info *link, bool mixture)
{
    size_t        C     = p->ledger->constituents;
    const double *limit = p->model->inlet[link->inlet].limit;
    const double *mass  = mixture ? p->inlet_mass + (size_t)link->inlet * C : p->ledger->link_mass + row * C;
    double        water = mixture ? p->inlet_water[link->inlet] : p->ledger->link_water[row];
    for (size_t c = 0; limit != NULL && c < C; c++)
        if (isfinite(limit[c]) && mass[c] > limit[c] * water * (1.0 + COMPLIANCE_SLACK))
            return false;
    return true;
}

/* Unused water that an enterprise hands on: it is the receiver's intake, not its own. */
static double hand_on(const pass *p, size_t row, double water)
{
    const double *first  = p->ledger->link_first_share + row * PARK_ORIGIN_NONE;
    double        handed = 0.0;
    for (int32_t o = 0; o < PARK_ORIGIN_NONE; o++) {
        take(p->v, (park_origin)o, -water * first[o]);
        handed += water * first[o];
    }
    return handed;
}

/* Non-conventional water that reached a sink without use, by origin: it leaves the account of intake. */
static double pass_unused(const pass *p, size_t row, double water)
{
    park_volumes *v      = p->v;
    const double *first  = p->ledger->link_first_share + row * PARK_ORIGIN_NONE;
    double        passed = 0.0;
    for (int32_t o = 0; o < PARK_ORIGIN_NONE; o++)
        if (park_origin_non_conventional((park_origin)o)) {
            take(v, (park_origin)o, -water * first[o]);
            passed += water * first[o];
        }
    v->passed += passed;
    return passed;
}

/* Eq. (V5)-(V6): a link that leaves the boundary. */
static void leave(const pass *p, size_t row, const park_link_info *link, double water)
{
    park_volumes         *v  = p->v;
    const park_unit_info *to = &p->model->unit[link->to];
    int32_t               member;
    bool                  to_sink   = to->role == PARK_SINK;
    bool                  discharge = to_sink;
    if (p->boundary == PARK_BOUNDARY_ENTERPRISE)
        discharge = to_sink || !park_unit_member(p->model, link->to, &member);
    else if (p->boundary == PARK_BOUNDARY_UNIT)
        discharge = to_sink || (to->role == PARK_TREATMENT && to->duty != PARK_DUTY_SUPPLY);
    if (p->boundary == PARK_BOUNDARY_ENTERPRISE && !to_sink)
        water -= hand_on(p, row, water);
    if (!discharge) {
        v->exported += water;
        return;
    }
    if (to_sink && p->boundary != PARK_BOUNDARY_UNIT)
        water -= pass_unused(p, row, water);
    v->vd += water;
    if (complies(p, row, link, p->boundary == PARK_BOUNDARY_PARK))
        v->vd_compliant += water;
}

/* A source that feeds a sink directly: what is not taken flows on. Only the park sees it. */
static void flow_past(const pass *p, size_t row, const park_link_info *link, double water)
{
    park_origin origin = park_outlet_origin(p->model, link->outlet);
    if (p->boundary != PARK_BOUNDARY_PARK)
        return;
    if (park_origin_non_conventional(origin)) {
        p->v->passed += water;
        return;
    }
    take(p->v, origin, water);
    p->v->vd += water;
    if (complies(p, row, link, true))
        p->v->vd_compliant += water;
}

static void count_links(const pass *p, size_t s)
{
    const park_ledger *g = p->ledger;
    for (size_t l = 0; l < g->links; l++) {
        const park_link_info *link  = &p->model->link[l];
        size_t                row   = s * g->links + l;
        double                water = g->link_water[row];
        bool                  from = p->inside[link->from], to = p->inside[link->to];
        if (to)
            p->v->energy += g->link_energy[row];
        if (link->from == link->to)
            continue; /* water pumped in a circle counts nothing */
        if (to && !from)
            enter(p, row, link, water);
        else if (from && !to)
            leave(p, row, link, water);
        else if (!from && !to && p->model->unit[link->from].role == PARK_SOURCE &&
                 p->model->unit[link->to].role == PARK_SINK)
            flow_past(p, row, link, water);
        if (!to)
            continue;
        const park_unit_info *unit = &p->model->unit[link->to];
        if (unit->role == PARK_TREATMENT && unit->duty != PARK_DUTY_SUPPLY)
            p->v->treated_waste += water * fmax(g->link_used_share[row] - g->link_treated_share[row], 0.0);
        p->user_in[link->to] += water;
        p->user_used[link->to] += water * p->used[row];
        p->user_treated[link->to] += water * fmin(p->treated[row], p->used[row]);
    }
}

/* Eq. (V7)-(V9): repeated use of one user in one season, never more than it requires. */
static void count_user(const pass *p, size_t s, size_t u)
{
    const park_ledger *g   = p->ledger;
    park_volumes      *v   = p->v;
    size_t             row = s * g->units + u;
    double             in = p->user_in[u], used = p->user_used[u], circulating = g->circulating[row];
    double counts = p->boundary == PARK_BOUNDARY_UNIT ? used : fmin(used, fmax(g->required[row], 0.0));
    double share  = used > 0.0 ? counts / used : 0.0;
    if (p->boundary != PARK_BOUNDARY_UNIT) {
        v->vre += share * p->user_treated[u];
        v->vs += share * (used - p->user_treated[u]);
    }
    v->vcy += circulating;
    switch (park_unit_use(p->model, (int32_t)u)) {
    case PARK_USE_INDIRECT_COOLING:
        v->vcy_indirect += circulating;
        v->makeup_indirect += in;
        break;
    case PARK_USE_DIRECT_COOLING:
        v->vcy_direct += circulating;
        v->makeup_direct += in;
        break;
    case PARK_USE_BOILER:
        v->vcy_condensate += circulating;
        v->condensate_mass += WATER_DENSITY * circulating;
        v->steam_mass += WATER_DENSITY * circulating;
        break;
    case PARK_USE_PROCESS:
        v->process_reused += counts + circulating;
        v->process_total += in + circulating;
        break;
    default:
        break;
    }
}

/* What leaves through outlets that exit; steam and condensate of boilers. */
static void count_outlets(const pass *p, size_t s)
{
    const park_ledger *g = p->ledger;
    for (size_t k = 0; k < g->outlets; k++) {
        const park_outlet_info *outlet = &p->model->outlet[k];
        double                  water  = g->outlet_water[s * g->outlets + k];
        if (!p->inside[outlet->unit])
            continue;
        if (outlet->role == PARK_OUT_STEAM || outlet->role == PARK_OUT_CONDENSATE)
            p->v->steam_mass += WATER_DENSITY * water;
        if (outlet->exits && outlet->role == PARK_OUT_LEAK)
            p->v->vl += water;
        else if (outlet->exits)
            p->v->vco += water;
    }
    for (size_t l = 0; l < g->links; l++) {
        const park_link_info *link = &p->model->link[l];
        if (p->model->outlet[link->outlet].role == PARK_OUT_CONDENSATE && p->inside[link->from] &&
            p->inside[link->to] && p->model->unit[link->to].role == PARK_USER)
            p->v->condensate_mass += WATER_DENSITY * g->link_water[s * g->links + l];
    }
}

static void count_units(const pass *p, size_t s)
{
    const park_ledger *g = p->ledger;
    for (size_t u = 0; u < g->units; u++) {
        size_t                row  = s * g->units + u;
        const park_unit_info *unit = &p->model->unit[u];
        if (p->boundary == PARK_BOUNDARY_PARK || p->inside[u])
            p->v->energy += g->unit_energy[row];
        if (p->boundary == PARK_BOUNDARY_PARK && unit->role == PARK_SOURCE &&
            unit->origin == PARK_ORIGIN_STREAM) {
            p->v->streams += g->spilled[row];
            p->v->vd += g->spilled[row];
        }
        if (!p->inside[u])
            continue;
        p->v->vd += g->spilled[row];
        p->v->stored += g->stored_water[row];
        p->v->own += g->own_water[row];
        if (unit->role == PARK_USER)
            count_user(p, s, u);
    }
}

static void mix_at_inlets(const pass *p, size_t s)
{
    const park_ledger *g = p->ledger;
    size_t             C = g->constituents;
    memset(p->inlet_water, 0, p->model->inlets * sizeof(double));
    memset(p->inlet_mass, 0, p->model->inlets * C * sizeof(double));
    for (size_t l = 0; l < g->links; l++) {
        size_t i = (size_t)p->model->link[l].inlet, row = s * g->links + l;
        p->inlet_water[i] += g->link_water[row];
        for (size_t c = 0; c < C; c++)
            p->inlet_mass[i * C + c] += g->link_mass[row * C + c];
    }
}

static void finish(const pass *p)
{
    park_volumes *v = p->v;
    v->vih          = v->vih_reclaimed + v->vih_mine + v->vih_rain;
    v->vf           = park_fresh_water(v->vi_conventional, v->vih) + v->from_others;
    v->vr           = park_repeated_use(v->vcy, v->vs, v->vre);
    v->vt           = park_water_use(v->vf, v->vr);
    double used_in  = p->boundary == PARK_BOUNDARY_UNIT ? v->vs + v->vre : 0.0;
    v->imbalance = v->vf + used_in + v->streams + v->own - (v->vco + v->vd + v->vl + v->exported + v->stored);
}

static park_status count(pass *p, park_arena *arena, park_error *err)
{
    const park_ledger *g = p->ledger;
    size_t             S = g->seasons, L = g->links, U = g->units, I = p->model->inlets, C = g->constituents;
    double            *used = PARK_ARRAY(arena, S * L, double), *treated = PARK_ARRAY(arena, S * L, double);
    p->inside      = PARK_ARRAY(arena, U, bool);
    p->user_used   = PARK_ARRAY(arena, 3 * U, double);
    p->inlet_water = PARK_ARRAY(arena, I, double);
    p->inlet_mass  = PARK_ARRAY(arena, I * C, double);
    if (used == NULL || treated == NULL || p->inside == NULL || p->user_used == NULL ||
        p->inlet_water == NULL || p->inlet_mass == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to count volumes");
    p->user_treated = p->user_used + U;
    p->user_in      = p->user_used + 2 * U;
    for (size_t u = 0; u < U; u++)
        p->inside[u] = park_boundary_holds(p->model, p->boundary, p->index, (int32_t)u);

    p->used    = g->link_used_share;
    p->treated = g->link_treated_share;
    if (p->boundary ==
        PARK_BOUNDARY_ENTERPRISE) { /* what comes from outside is first use for the enterprise */
        PARK_TRY(park_trace_used(p->model, g, p->inside, arena, used, treated, err));
        p->used    = used;
        p->treated = treated;
    }
    for (size_t s = 0; s < S; s++) {
        memset(p->user_used, 0, 3 * U * sizeof(double));
        mix_at_inlets(p, s);
        count_links(p, s);
        count_outlets(p, s);
        count_units(p, s);
    }
    finish(p);
    return PARK_OK;
}

park_status park_volumes_of(const park_model *model, const park_ledger *ledger, park_boundary boundary,
                            int32_t index, park_volumes *volumes, park_error *err)
{
    size_t most = boundary == PARK_BOUNDARY_UNIT ? model->units : model->enterprises;
    if (boundary != PARK_BOUNDARY_PARK && (index < PARK_NONE || index >= (int32_t)most ||
                                           (index == PARK_NONE && boundary == PARK_BOUNDARY_UNIT)))
        return PARK_FAIL(err, PARK_E_RANGE, "there is no %s %d in this park",
                         boundary == PARK_BOUNDARY_UNIT ? "unit" : "enterprise", (int)index);
    *volumes      = (park_volumes){0};
    pass        p = {.model = model, .ledger = ledger, .boundary = boundary, .index = index, .v = volumes};
    park_arena *arena  = park_arena_new();
    park_status status = arena == NULL ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to count volumes")
                                       : count(&p, arena, err);
    park_arena_free(arena);
    return status;
}
