/*
 * tower_water.c - the cycles that the chemistry of the circulating water allows, acid and a side stream counted in.
 * Math: docs/math/units.md, Eq. (U38), (U32b)-(U32d); docs/math/chemistry.md, Eq. (Q6)-(Q9).
 */
#include "units/users/tower_water.h"

#include "base/root.h"
#include "units/analysis.h"
#include "units/users/hardness.h"

#include <string.h>

static const double HALF_CACO3  = 0.0500435; /* [kg/eq] */
static const double BICARBONATE = 0.0610168;
static const double LEAST = 1.05, MOST = 15.0; /* cycles that are looked at */

/* What an equivalent of acid weighs, and the salt it leaves [kg/eq]. */
static const struct {
    double      acid, salt;
    const char *id;
} ACIDS[] = {{0.0490395, 0.04803, "SO4"}, {0.036461, 0.035453, "Cl"}};

typedef struct circuit {
    const park_model         *model;
    const park_cooling_tower *tower;
    const park_feed          *feed;
    double                    gone, side;            /* evaporation, side stream [m3/s] */
    int32_t                   alkalinity, tds, salt; /* constituents; -1 */
    double                   *conc;                  /* [constituents] scratch: the circulating water */
    park_phase                nearest;
    park_status               status;
    park_error               *err;
} circuit;

double park_tower_loop_ph(double alkalinity)
{
    return 1.465 * log10(fmax(1e-3, 1000.0 * alkalinity)) + 4.54; /* mg/L as CaCO3; unverified, high */
}

/* (U32b), (U115): waste water carries at least what it is. */
double park_tower_side_share(const park_cooling_tower *tower, size_t constituent, double side, double leaves)
{
    double removal = tower->side.removal[constituent],
           waste   = isnan(tower->side.waste) ? 0.0 : tower->side.waste;
    double taken   = side * fmax(isnan(removal) ? 0.0 : fmax(0.0, removal), waste),
           rest    = leaves - waste * side;
    return taken > 0.0 ? taken / (fmax(0.0, rest) + taken) : 0.0;
}

static double side_removed(const circuit *c, size_t constituent, double leaves)
{
    return park_tower_side_share(c->tower, constituent, c->side, leaves);
}

/* Alkalinity per make-up that acid takes away, as CaCO3 [kg/m3], so that the circulation holds the one aimed at, (U32c). */
static double acid_taken(const circuit *c, double cycles, double leaves)
{
    if (c->alkalinity < 0 || isnan(c->tower->acid.alkalinity))
        return 0.0;
    double per  = park_as_caco3(&c->model->constituent[c->alkalinity]);
    double here = c->feed->conc[c->alkalinity] * per * (1.0 - side_removed(c, (size_t)c->alkalinity, leaves));
    return fmax(0.0, here - c->tower->acid.alkalinity / cycles);
}

/* What acid and side stream take out and bring per make-up at some cycles. */
static double treat(const circuit *c, double cycles, double *removed, double *side, double *brings)
{
    size_t C      = c->model->constituents;
    double leaves = c->gone / (cycles - 1.0), taken = acid_taken(c, cycles, leaves), eq = taken / HALF_CACO3;
    int    acid = c->tower->acid.reagent;
    for (size_t k = 0; k < C; k++) {
        removed[k] = side[k] = side_removed(c, k, leaves);
        brings[k]            = 0.0;
    }
    if (!(taken > 0.0))
        return 0.0;
    removed[c->alkalinity] +=
        taken / (c->feed->conc[c->alkalinity] * park_as_caco3(&c->model->constituent[c->alkalinity]));
    if (c->salt >= 0)
        brings[c->salt] = eq * ACIDS[acid].salt;
    if (c->tds >= 0 && c->feed->conc[c->tds] > 0.0)
        removed[c->tds] =
            fmin(0.9, removed[c->tds] + eq * (BICARBONATE - ACIDS[acid].salt) / c->feed->conc[c->tds]);
    return eq * ACIDS[acid].acid;
}

/* Largest saturation index above its target in the hottest water at some cycles. */
static double above(double cycles, void *context)
{
    circuit     *c       = context;
    size_t       C       = c->model->constituents;
    double      *removed = c->conc + C, *brings = c->conc + 2 * C, *side = c->conc + 3 * C, worst = -INFINITY;
    park_contact contacts[PARK_CONTACTS];
    size_t       count = park_scaling_contacts(&c->tower->scaling, contacts);
    park_water   water;
    park_solution solution;
    treat(c, cycles, removed, side, brings);
    for (size_t k = 0; k < C; k++)
        c->conc[k] = cycles * (c->feed->conc[k] * (1.0 - removed[k]) + brings[k]);
    double alkalinity = c->alkalinity < 0
                            ? 0.1
                            : c->conc[c->alkalinity] * park_as_caco3(&c->model->constituent[c->alkalinity]);
    c->status =
        park_analysis_at_ph(c->model, c->conc, c->tower->hot, park_tower_loop_ph(alkalinity), &water, c->err);
    if (c->status == PARK_OK)
        c->status = park_water_equilibrium(&water, NULL, 0, &solution, c->err);
    if (c->status != PARK_OK)
        return NAN;
    for (size_t i = 0; i < count; i++) {
        double over = solution.saturation[contacts[i].phase] - contacts[i].target;
        if (over > worst) {
            worst      = over;
            c->nearest = contacts[i].phase;
        }
    }
    return worst;
}

/* (U32d) */
static park_status find_cycles(circuit *c, double most, double *cycles, const char **binds)
{
    park_contact contacts[PARK_CONTACTS];
    *cycles = INFINITY;
    if (park_scaling_contacts(&c->tower->scaling, contacts) == 0)
        return PARK_OK;
    double last = above(most, c);
    PARK_TRY(c->status);
    if (!(last > 0.0))
        return PARK_OK;
    if (above(LEAST, c) > 0.0)
        return PARK_FAIL(c->err, PARK_E_RANGE, "the make-up itself is above the limit of %s",
                         park_scaling_word(c->nearest));
    PARK_TRY(c->status);
    PARK_TRY(park_root(above, c, LEAST, most, 1e-6, cycles, c->err));
    *binds = park_scaling_word(c->nearest);
    return PARK_OK;
}

park_status park_tower_water(const park_model *model, const park_cooling_tower *tower, const park_feed *feed,
                             double circulation, double gone, double drift, park_arena *arena,
                             park_point **point, park_error *err)
{
    size_t  C = model->constituents;
    circuit c = {.model      = model,
                 .tower      = tower,
                 .feed       = feed,
                 .gone       = gone,
                 .side       = tower->side.share > 0.0 ? tower->side.share * circulation : 0.0,
                 .alkalinity = park_alkalinity_of(model),
                 .tds        = park_model_constituent(model, "TDS"),
                 .salt       = park_model_constituent(model, ACIDS[tower->acid.reagent].id),
                 .conc       = PARK_ARRAY(arena, 4 * C, double),
                 .err        = err};
    if (c.conc == NULL || (*point = park_point_new(arena, feed, 0, C)) == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for an operating point");
    if (!(gone > 0.0))
        return PARK_OK; /* at rest */
    PARK_TRY(find_cycles(&c, isnan(tower->cycles) ? MOST : fmax(tower->cycles, LEAST * 1.01),
                         &(*point)->cycles, &(*point)->binds));
    /* where the plan runs it, within what is allowed */
    double planned      = feed->flow > gone ? feed->flow / fmax(feed->flow - gone, drift) : MOST;
    double cycles       = fmax(LEAST, fmin(planned, fmin((*point)->cycles, MOST)));
    (*point)->dose      = treat(&c, cycles, (*point)->removed, (*point)->side, (*point)->brings);
    (*point)->chemicals = (*point)->dose * (isnan(tower->acid.price) ? 0.0 : tower->acid.price);
    double make_up      = gone * cycles / (cycles - 1.0);
    if (c.side > 0.0) {
        (*point)->chemicals += c.side / make_up * (isnan(tower->side.price) ? 0.0 : tower->side.price);
        (*point)->energy = c.side / make_up * (isnan(tower->side.energy) ? 0.0 : tower->side.energy);
    }
    return PARK_OK;
}
