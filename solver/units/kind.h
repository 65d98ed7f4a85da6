/*
 * kind.h - what a unit kind must answer: on average (the optimizer's affine face) and in time (the
 * simulation's). Math: docs/math/units.md, Eq. (U1).   Looks down on: model.
 *
 * One unit in one season, on average, is a park_map:
 *
 *     inlets   Q_i = sum of its links, lo_i <= Q_i <= hi_i;   Q = sum_i Q_i;   M_c = incoming mass
 *     outlets  F_k by rule:  AFFINE  alpha_k Q + beta_k
 *                            FREE    a variable in [lo_k, hi_k]
 *                            REST    what the water balance leaves: Q + own - (all others) - (storage change)
 *     masses   G_k,c by rule: NONE   0 (evaporation, steam)
 *                             FIXED  conc_k,c F_k
 *                             SHARE  share_k,c M_c + per_flow_k,c Q + load_k,c
 *                             MIX    one mixture: all MIX outlets of a unit have the same concentration C_c,
 * and together carry the mass that is left: M_c + add_c + add_per_flow_c Q - removed_share_c M_c - (others)
 *     removed  destroyed or precipitated mass, an exit of its own, so that each constituent closes:
 *              M_c + add_c + add_per_flow_c Q = sum_k G_k,c + removed_c (+ storage change).
 *              With a MIX outlet removed_c = removed_share_c M_c; without, it is what the balance leaves.
 *     limits   C of an outlet <= its limit;  sum_c coef_c C_c <= limit of the mixture for combined ones
 *
 * Outlets that exit (evaporation, drift, goods, leak) take no link; the others are split over their links at
 * the same concentration. Sources have no inlet, sinks no outlet; both are exempt from the unit's own
 * balance.
 */
#ifndef PARK_UNITS_KIND_H
#define PARK_UNITS_KIND_H

#include <parkwater/model.h>
#include <parkwater/state.h>

struct park_feed;
struct park_point; /* units/point.h */

typedef enum park_flow_rule { PARK_FLOW_AFFINE, PARK_FLOW_FREE, PARK_FLOW_REST } park_flow_rule;
typedef enum park_quality_rule {
    PARK_QUALITY_NONE,
    PARK_QUALITY_FIXED,
    PARK_QUALITY_SHARE,
    PARK_QUALITY_MIX
} park_quality_rule;

typedef struct park_map_outlet {
    park_flow_rule    flow;
    double            alpha, beta; /* AFFINE [-], [m3/s] */
    double            lo, hi;      /* bounds of F_k [m3/s]; 0 and INFINITY when none */
    park_quality_rule quality;
    double           *conc;     /* [constituents] FIXED [kg/m3] */
    double           *share;    /* [constituents] SHARE [-] */
    double           *per_flow; /* [constituents] SHARE [kg/m3] */
    double           *load;     /* [constituents] SHARE [kg/s] */
    double           *limit;    /* [constituents] [kg/m3], INFINITY none */
} park_map_outlet;

/* sum_c coef[c] C_c <= limit for the mixture (tower: Ca + alkalinity; SO4 + Cl). */
typedef struct park_map_combined {
    double     *coef;  /* [constituents] */
    double      limit; /* [kg/m3] */
    const char *name;  /* "ca_plus_alkalinity" */
} park_map_combined;

typedef struct park_map {
    size_t             inlets, outlets, constituents;
    double            *in_lo, *in_hi; /* [inlets] [m3/s]; hi may be INFINITY */
    double            *in_limit;      /* [inlets * constituents] [kg/m3]; INFINITY none */
    double             own;           /* water that arrives by itself [m3/s] (rain on a pond) */
    double            *own_conc;      /* [constituents] its quality [kg/m3] */
    double            *add;           /* [constituents] [kg/s] */
    double            *add_per_flow;  /* [constituents] [kg/m3] */
    double            *removed_share; /* [constituents] [-], with a MIX outlet */
    park_map_outlet   *outlet;        /* [outlets] */
    size_t             combined_count;
    park_map_combined *combined; /* room for PARK_COMBINED_MOST */
    /* storage: carries volume from season to season; volume_max 0 for others */
    double volume_min, volume_max; /* [m3] */
    double volume_start;           /* [m3], NAN: free (periodic) */
    /* size: Q <= size (treatments), volume <= size (storages) */
    bool   sized;
    double size_min, size_max,
        size_step;       /* [m3/s] or [m3]; step 0: continuous; min applies when it is built */
    bool       existing; /* stands already at size_max: no capital cost */
    double     turndown; /* smallest throughput as a share of the size, when running [-] */
    park_capex capex;
    double     life; /* [s], NAN: economics.life */
    /* money, energy, carbon; "in": per m3 through the inlets, "out": per m3 of the first outlet */
    double opex_in, opex_out; /* [CNY/m3] without electricity */
    double tax_out;           /* the part of opex_out that is water resource tax [CNY/m3] */
    double chemicals_in,
        residues_in; /* the parts of opex_in that are chemicals, and getting rid of sludge, salt and brine */
    double fixed_opex;            /* [CNY/s] while it exists */
    double energy_in, energy_out; /* [J/m3] */
    double carbon_in, carbon_out; /* process emissions and what is embodied, electricity apart [kg CO2e/m3] */
    double *fee_mass;             /* [constituents] [CNY/kg] on incoming mass (sinks); 0 none */
    double  licence; /* yearly volume through outlet 0 (sources) or the inlets (sinks) [m3/a], INFINITY */
    /* counting */
    double circulating; /* Vcy inside the unit on average [m3/s] (tower circulation, returned condensate) */
    double demand;      /* water that the unit requires [m3/s]: the flow at which its use counts */
    /* what was frozen at an operating point and is therefore outside the proof; texts NULL: nothing */
    park_label outside_proof;
} park_map;

enum { PARK_COMBINED_MOST = 8 };

/* ---- states of its own ----------------------------------------------------------------------------------------------------
 *
 * A unit whose states time carries (sludge, a clogging bed, a membrane) keeps all its water and mass itself: what enters
 * becomes part of its state, what leaves has the quality that the state gives it. The march (simulate/stated.h) asks, for
 * each piece of time in which flows are constant:
 *
 *     flows     what the outlets carry as the state stands        -> the dispatch
 *     advance   the state under what enters, to the end of the piece or to the unit's own next event, whichever comes first
 *
 * and may ask for the same piece again from the same state: `advance` depends on nothing but its arguments. All that
 * makes a difference later stands in `y`, which is kept in checkpoints bit for bit; `work` is scratch.
 */

/* An event that lies this little before or behind the end of a piece happens at its end [s]: the mean of what enters changes
 * with the length of the piece, and with it the instant. One that is overdue happens this long after the start: time goes on. */
#define PARK_EVENT_LATE 1e-3

/* For `advance`: an event is due `due` seconds from the start of a piece of `span` seconds. Does it happen in the piece, and
 * when does the piece end then? */
static inline bool park_event_happens(double due, double *span)
{
    due = due > PARK_EVENT_LATE ? due : PARK_EVENT_LATE;
    if (!(due <= *span + PARK_EVENT_LATE))
        return false;
    if (due < *span - PARK_EVENT_LATE)
        *span = due;
    return true;
}

/* The states of one unit, laid out once for a run. */
typedef struct park_states {
    size_t                 count; /* doubles of state */
    size_t                 shown; /* numbers that are shown as series */
    const park_state_info *show;  /* [shown], as long as the run's arena */
    double                 pace;  /* no piece is longer [s], above 0 */
    void                  *work;  /* the kind's own, never a memory */
} park_states;

/* What passes a unit during a piece of time, constant in it. */
typedef struct park_passing {
    const park_model *model;
    int32_t           unit;
    const park_map   *map;    /* of the moment, as `flows` left it */
    double            t;      /* [s] UTC at the start of the piece */
    double            span;   /* [s] above 0 */
    double            intake; /* [m3/s] through all inlets, at least 0 */
    const double     *mass;   /* [constituents] that enter [kg/s], at least 0 */
    const double     *outlet; /* [outlets] [m3/s]; their sum is (1 - kept) intake + own + released */
    double            air;    /* of the air [K]; 0: the weather's at t */
} park_passing;

/* What came of it. */
typedef struct park_passed {
    double  span;  /* [s] how far it went: less than asked for where an event came first */
    int32_t event; /* park_event_kind that happened at the end of it and is in the state already, PARK_NONE */
    double *conc;  /* [outlets * constituents] mean quality of what left [kg/m3]; also where nothing did */
    double *added, *removed; /* [constituents] [kg]; zero at call */
    double  energy;          /* [J] */
    double  carbon;          /* process emissions [kg CO2e], where the states know them */
} park_passed;

typedef struct park_states_face {
    /**
     * Lay out.
     * @param params       the unit's, or those of a stage of it
     * @param design_flow  largest intake of plan or capacity [m3/s], above 0
     * @return PARK_OK; PARK_E_RANGE naming the value that makes no sense; PARK_E_MEMORY
     */
    park_status (*lay)(const park_model *model, int32_t unit, const void *params, double design_flow,
                       park_arena *arena, park_states *states, park_error *err);
    /* The state to begin with: at rest under `passing` (a season's mean; span and outlets mean nothing; intake may be 0).
     * @param conc  out [outlets * constituents] quality that the outlets begin with */
    park_status (*begin)(const park_states *states, const park_passing *passing, double *y, double *conc,
                         park_error *err);
    /**
     * What the outlets carry as the state stands: sets (never adds to) alpha, beta of the outlets and in_hi of `map`.
     * @param kept      out: share of the intake that stays inside [-]
     * @param released  out: water that the unit's own store gives besides [m3/s], at least 0
     * so that sum alpha = 1 - kept and sum beta = own + released.
     */
    void (*flows)(const park_states *states, const double *y, park_map *map, double *kept, double *released);
    /* y in and out. PARK_OK; PARK_E_NUMERIC (which state, when, why). */
    park_status (*advance)(const park_states *states, const park_passing *passing, double *y,
                           park_passed *passed, park_error *err);
    /* What the unit holds: water that comes and goes [m3] (not what always fills it), mass [constituents] [kg]. */
    void (*held)(const park_states *states, const double *y, double *water, double *mass);
    /* [shown] */
    void (*show)(const park_states *states, const double *y, double *value);
} park_states_face;

/* The time face: every kind is at least one well-mixed volume that fills, empties and reacts by its map of
 * the moment; a unit with states of its own is what they make of it. */
typedef struct park_time_face {
    /* Holding volume [m3] at the design flow [m3/s]; storages and basins: at full level. */
    double (*volume)(const park_model *model, int32_t unit, double design_flow);
    /* The map at an instant: demand by pattern, evaporation by weather. Same struct, same rules as on
     * average. */
    park_status (*at)(const park_model *model, int32_t unit, int64_t t, park_map *map, park_error *err);
    bool variable_volume;  /* level is a state with full and empty events */
    bool blowdown_control; /* REST outlet opens and closes by the mixture's concentration (towers) */
    /* How this unit's states behave, by its parameters; NULL: it has none. The function itself may be NULL. */
    const park_states_face *(*states)(const park_model *model, int32_t unit);
} park_time_face;

typedef struct park_unit_kind {
    const char       *word; /* YAML `kind:`, or `technology:` for treatments */
    park_role         role;
    park_label        label;
    const park_field *fields; /* of params */
    size_t            params_size;
    /* Fill what depends on other fields (after loading, before freeze); findings at `path`. May be NULL. */
    park_status (*complete)(park_draft *draft, int32_t unit, const char *path, park_findings *findings,
                            park_error *err);
    /* Static outlets, ended by id NULL; NULL when `shape` decides (trains). One unnamed inlet unless shape
     * says more. */
    const park_outlet_info *outlets;
    park_status (*shape)(park_draft *draft, int32_t unit, park_error *err);
    /* Sources: where the water comes from, and whether it is clean water that the dilution law speaks of. */
    park_origin origin;
    bool        unused;
    /**
     * The average face in one season. `map` comes neutral with its arrays allocated.
     * @return PARK_OK; PARK_E_RANGE naming the value that makes no sense
     */
    park_status (*average)(const park_model *model, int32_t unit, int32_t season, park_map *map,
                           park_error *err);
    /* Is its map that of a law, frozen at an operating point? NULL: never. */
    bool (*follows)(const park_model *model, int32_t unit);
    /**
     * The law at a season's feed (units/point.h), for the map to be frozen at.
     * @return PARK_OK; PARK_E_RANGE where the law has no answer: the stated map then stands; PARK_E_MEMORY
     */
    park_status (*refresh)(const park_model *model, int32_t unit, int32_t season,
                           const struct park_feed *feed, park_arena *arena, struct park_point **point,
                           park_error *err);
    const park_time_face *time;
} park_unit_kind;

/* All kinds, in documentation order; NULL-ended. */
const park_unit_kind *const *park_unit_kinds(void);
/* By role and word; NULL. */
const park_unit_kind *park_unit_kind_find(park_role role, const char *word);

/* For `shape`: append an outlet or an inlet of this unit, PARK_OK or PARK_E_MEMORY. Texts and limits are
 * borrowed. */
PARK_MUST_CHECK park_status park_draft_outlet(park_draft *draft, int32_t unit, park_outlet_info outlet,
                                              park_error *err);
PARK_MUST_CHECK park_status park_draft_inlet(park_draft *draft, int32_t unit, const char *id,
                                             const double *own_limit, park_text_list accepts,
                                             park_error *err);
/* For `complete`: a connection that costs nothing and is not the user's, once however often it is asked for.
 */
PARK_MUST_CHECK park_status park_draft_free_connection(park_draft *draft, const char *from, const char *to,
                                                       park_error *err);

/* Does a written connection start at this outlet of the unit? */
bool park_draft_leads(const park_draft *draft, int32_t unit, const char *outlet);

/* Append a unit whose params hold the table's defaults; outlets and inlets follow in park_draft_shape.
 * Returns its index, -1 out of memory. */
int32_t park_draft_add(park_draft *draft, const park_unit_kind *kind, const char *id);
/* Write a table's defaults into a record (allocates the constituent columns). */
PARK_MUST_CHECK park_status park_fields_default(const park_field *fields, void *record, size_t constituents,
                                                park_arena *arena);
/* Complete and shape every unit of a draft: called by loaders once all units stand, before freeze. */
PARK_MUST_CHECK park_status park_draft_shape(park_draft *draft, park_findings *findings, park_error *err);

/**
 * Wet spells of a rain source in a season: rain after `event_gap` of dry time begins a new one.
 * @param volume  out [most] yield of each spell beyond its first flush [m3], in order of time; NULL with most 0
 * @return how many there are; 0 for other units and steady parks
 */
size_t park_rain_spells(const park_model *model, int32_t unit, int32_t season, double *volume, size_t most);

/* A neutral map for this unit (no limits, no masses, INFINITY and 0 as documented); NULL out of memory. */
park_map *park_map_new(park_arena *arena, const park_model *model, int32_t unit);
/* kind->average, checked: shares add up, numbers are finite, water closes. PARK_E_RANGE or PARK_E_INTERNAL.
 */
PARK_MUST_CHECK park_status park_unit_average(const park_model *model, int32_t unit, int32_t season,
                                              park_map *map, park_error *err);
PARK_MUST_CHECK park_status park_unit_at(const park_model *model, int32_t unit, int64_t t, park_map *map,
                                         park_error *err);

/**
 * What a plan's water does that the optimizer did not decide on: RSI, LSI and Mg x SiO2 of every tower that limits them.
 * @param outlet_conc  [seasons * outlets * constituents] [kg/m3], as in park_design
 * @param findings     W0514 with the computed and the allowed value
 * @return how many limits are missed
 */
size_t park_units_verify(const park_model *model, const double *outlet_conc, park_findings *findings);

#endif
