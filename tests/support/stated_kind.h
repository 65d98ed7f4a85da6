/*
 * stated_kind.h - a bed that catches half of the COD and is washed with its own water: the least kind with states.
 *
 * A tenth of what enters is kept in the bed's tank; when the bed holds LIMIT, tank and load leave through the backwash outlet
 * within WASH seconds, while filtration goes on.
 */
#ifndef PARK_TESTS_STATED_KIND_H
#define PARK_TESTS_STATED_KIND_H

#include "march_fixture.h"

enum { BED_TDS, BED_COD, BED_C };
enum {
    LOAD,
    TANK,
    TANK_MASS,
    LEFT = TANK_MASS + BED_C,
    WATER_RATE,
    LOAD_RATE,
    MASS_RATE,
    BED_COUNT = MASS_RATE + BED_C
};

static const double BED_LIMIT = 1.0, BED_WASH = 600.0, BED_KEPT = 0.1, BED_CAUGHT = 0.5;

static const park_state_info BED_SHOWN[] = {{"load", "kg", {"截留量", "load"}},
                                            {"tank", "m3", {"反洗水池", "tank"}}};

static park_status bed_lay(const park_model *model, int32_t unit, const void *params, double design_flow,
                           park_arena *arena, park_states *states, park_error *err)
{
    (void)model, (void)unit, (void)params, (void)arena, (void)err;
    CHECK(design_flow > 0.0);
    *states = (park_states){.count = BED_COUNT, .shown = 2, .show = BED_SHOWN, .pace = 1800.0};
    return PARK_OK;
}

static park_status bed_begin(const park_states *states, const park_passing *p, double *y, double *conc,
                             park_error *err)
{
    (void)err;
    memset(y, 0, states->count * sizeof *y);
    for (size_t c = 0; c < BED_C; c++)
        conc[c] = p->intake > 0.0 ? p->mass[c] / p->intake : 0.0;
    conc[BED_COD] *= 1.0 - BED_CAUGHT;
    memcpy(conc + BED_C, conc, BED_C * sizeof *conc);
    return PARK_OK;
}

static void bed_flows(const park_states *states, const double *y, park_map *map, double *kept,
                      double *released)
{
    (void)states;
    bool washing         = y[LEFT] > 0.0;
    map->outlet[0].alpha = washing ? 1.0 : 1.0 - BED_KEPT;
    map->outlet[1].alpha = 0.0;
    map->outlet[1].beta  = washing ? y[WATER_RATE] : 0.0;
    *kept                = washing ? 0.0 : BED_KEPT;
    *released            = washing ? y[WATER_RATE] : 0.0;
}

static park_status bed_advance(const park_states *states, const park_passing *p, double *y, park_passed *out,
                               park_error *err)
{
    (void)states, (void)err;
    bool   washing = y[LEFT] > 0.0;
    double caught = BED_CAUGHT * p->mass[BED_COD], h = p->span;
    double due = washing                ? y[LEFT]
                 : y[LOAD] >= BED_LIMIT ? 0.0
                 : caught > 0.0         ? (BED_LIMIT - y[LOAD]) / caught
                                        : INFINITY;
    if (park_event_happens(due, &h))
        out->event = washing ? PARK_EVENT_RESUMED : PARK_EVENT_BACKWASH;
    out->span = h;
    for (size_t c = 0; c < BED_C; c++) {
        double passes        = p->mass[c] * (c == BED_COD ? 1.0 - BED_CAUGHT : 1.0);
        double stays         = washing ? 0.0 : BED_KEPT * passes;
        double leaves        = washing ? y[MASS_RATE + c] + (c == BED_COD ? y[LOAD_RATE] : 0.0) : 0.0;
        out->conc[c]         = p->outlet[0] > 0.0 ? (passes - stays) / p->outlet[0] : 0.0;
        out->conc[BED_C + c] = p->outlet[1] > 0.0 ? leaves / p->outlet[1] : out->conc[c];
        if (!(p->outlet[0] > 0.0))
            stays = passes;
        y[TANK_MASS + c] += h * (stays - (washing ? y[MASS_RATE + c] : 0.0));
    }
    y[LOAD] += h * (caught - (washing ? y[LOAD_RATE] : 0.0));
    y[TANK] += h * (washing ? -y[WATER_RATE] : BED_KEPT * p->intake);
    if (washing)
        y[LEFT] = out->event == PARK_EVENT_RESUMED ? 0.0 : y[LEFT] - h;
    if (out->event == PARK_EVENT_BACKWASH) {
        y[LEFT]       = BED_WASH;
        y[WATER_RATE] = y[TANK] / BED_WASH;
        y[LOAD_RATE]  = y[LOAD] / BED_WASH;
        for (size_t c = 0; c < BED_C; c++)
            y[MASS_RATE + c] = y[TANK_MASS + c] / BED_WASH;
    }
    out->energy = 100.0 * h;
    return PARK_OK;
}

static void bed_held(const park_states *states, const double *y, double *water, double *mass)
{
    (void)states;
    *water = y[TANK];
    for (size_t c = 0; c < BED_C; c++)
        mass[c] = y[TANK_MASS + c] + (c == BED_COD ? y[LOAD] : 0.0);
}

static void bed_show(const park_states *states, const double *y, double *value)
{
    (void)states;
    value[0] = y[LOAD];
    value[1] = y[TANK];
}

static const park_states_face BED_STATES = {.lay     = bed_lay,
                                            .begin   = bed_begin,
                                            .flows   = bed_flows,
                                            .advance = bed_advance,
                                            .held    = bed_held,
                                            .show    = bed_show};

static inline const park_states_face *bed_states(const park_model *model, int32_t unit)
{
    (void)model, (void)unit;
    return &BED_STATES;
}

/* `removal` with states; lives as long as the arena. */
static inline const park_unit_kind *bed_kind(park_arena *arena,
                                             const park_states_face *(*states)(const park_model *, int32_t))
{
    const park_unit_kind *removal = park_unit_kind_find(PARK_TREATMENT, "removal");
    park_unit_kind       *kind    = PARK_NEW(arena, park_unit_kind);
    park_time_face       *time    = PARK_NEW(arena, park_time_face);
    *kind                         = *removal;
    *time                         = *removal->time;
    time->states                  = states;
    kind->time                    = time;
    return kind;
}

static inline int32_t add_bed(park_draft *draft, const park_unit_kind *kind, const char *id, park_duty duty)
{
    int32_t         unit       = park_draft_add(draft, kind, id);
    park_treatment *param      = params_of(draft, unit);
    param->recovery            = 1.0 - BED_KEPT;
    param->removal[BED_COD]    = BED_CAUGHT;
    param->reject_as           = PARK_REJECT_BACKWASH;
    draft->unit[unit].existing = true;
    draft->unit[unit].duty     = duty;
    return unit;
}

#endif
