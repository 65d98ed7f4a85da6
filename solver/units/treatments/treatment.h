/*
 * treatment.h - recovery, removal and rejection: one stage of treatment, alone or in a train.
 * Math: docs/math/units.md, Eq. (U38), (U40)-(U45).   Looks down on: model.
 */
#ifndef PARK_UNITS_TREATMENTS_TREATMENT_H
#define PARK_UNITS_TREATMENTS_TREATMENT_H

#include "units/treatments/culture.h"
#include "units/treatments/filter.h"
#include "units/treatments/mechanisms.h"
#include "units/treatments/membrane_states.h"
#include "units/treatments/sludge.h"

typedef enum park_reject_as { PARK_REJECT_REJECT, PARK_REJECT_BACKWASH, PARK_REJECT_SLUDGE } park_reject_as;

/* How a treatment behaves in time: as on average, or with states of its own. */
typedef enum park_treatment_states {
    PARK_STATES_NONE,
    PARK_STATES_ASM1,
    PARK_STATES_FILTER,
    PARK_STATES_ANAEROBIC,
    PARK_STATES_FILM,
    PARK_STATES_FILM_FILTER,
    PARK_STATES_MEMBRANE,
    PARK_STATES_EXCHANGE
} park_treatment_states;

typedef struct park_treatment {
    double         recovery;   /* product flow / inlet flow, in (0, 1] */
    double        *removal;    /* [constituents] share of the mass taken out; negative: released; NAN none */
    double        *rejection;  /* [constituents] 1 - C_product / C_inlet; NAN none */
    park_text_list destroyed;  /* constituents whose removed mass is gone, not in the reject */
    int32_t        reject_as;  /* park_reject_as: what the second outlet is called */
    park_range     capacity;   /* inlet flow [m3/s]; NAN not given */
    park_capex     capex;      /* reference in m3/s of inlet */
    double         opex;       /* per inlet volume, without electricity and chemicals [CNY/m3] */
    double         chemicals;  /* [CNY/m3] of inlet */
    double         fixed_opex; /* [CNY/s] */
    double         energy;     /* [J/m3] of inlet */
    double         carbon;     /* process emissions [kg CO2e/m3] of inlet */
    double         turndown;   /* least running throughput as a share of capacity [-] */
    double         life;       /* [s]; NAN: economics.life */
    double        *inlet;      /* [constituents] limits [kg/m3]; NAN none */
    double        *outlet;     /* [constituents] limits of the product [kg/m3]; NAN none */
    park_text_list accepts;
    double         holding;         /* hydraulic retention time [s] */
    park_mechanism_terms mechanism; /* what `model` names, instead of the stated shares */
    int32_t              states;    /* park_treatment_states */
    park_sludge_words    sludge;
    park_filter_words    filter;
    park_anaerobic_words anaerobic;
    park_film_words      film;
    park_label           outside; /* what is outside the proof; texts NULL: nothing (set by complete) */
} park_treatment;

enum { PARK_TREATMENT_PRODUCT, PARK_TREATMENT_REJECT };

/* Rows of a stage (recovery, removal, ...), and of what stands around it (capacity, capex, inlet ...). */
#define PARK_TREATMENT_STAGE_ROWS(type, prefix)                                                              \
    PARK_NUMBER(type, prefix recovery, SHARE, .word = "recovery", .fallback = 1.0, .lo = 0.0,                \
                .lo_open = true, .hi = 1.0, .en = "product flow as a share of the inlet", .zh = "产水率",    \
                .example = "75 %"),                                                                          \
        PARK_BY_CONSTITUENT(type, prefix removal, SHARE, .word = "removal", .lo = -100.0, .hi = 1.0,         \
                            .en = "share of the mass taken out of the product; negative: released",          \
                            .zh = "按质量计的去除率（负值为释放）", .example = "{COD: 95 %}"),               \
        PARK_BY_CONSTITUENT(type, prefix rejection, SHARE, .word = "rejection", .lo = -100.0, .hi = 1.0,     \
                            .en = "1 - concentration of the product / concentration of the inlet",           \
                            .zh = "按浓度计的截留率", .example = "{TDS: 97.5 %}"),                           \
        PARK_FIELD(type, prefix destroyed, LIST, .word = "destroyed",                                        \
                   .en = "constituents whose removed mass is gone instead of in the reject",                 \
                   .zh = "被分解（不进入浓水）的组分", .example = "[COD, NH3-N]"),                           \
        PARK_FIELD(type, prefix reject_as, CHOICE, .word = "reject_as", .choices = PARK_REJECT_WORDS,        \
                   .choice = 0, .en = "what the second outlet is called", .zh = "第二出口的名称",            \
                   .example = "backwash"),                                                                   \
        PARK_NUMBER(type, prefix opex, PRICE_PER_VOLUME, .word = "opex", .fallback = 0.0, .lo = 0.0,         \
                    .en = "running cost per inlet volume, without electricity and chemicals",                \
                    .zh = "单位水量运行费（不含电费、药剂费）", .example = "1 CNY/m3"),                      \
        PARK_NUMBER(type, prefix chemicals, PRICE_PER_VOLUME, .word = "chemicals", .fallback = 0.0,          \
                    .lo = 0.0, .en = "chemicals per inlet volume", .zh = "单位水量药剂费",                   \
                    .example = "0.5 CNY/m3"),                                                                \
        PARK_NUMBER(type, prefix energy, ENERGY_PER_VOLUME, .word = "energy", .fallback = 0.0, .lo = 0.0,    \
                    .en = "electricity per inlet volume", .zh = "单位水量电耗", .example = "0.9 kWh/m3"),    \
        PARK_NUMBER(type, prefix carbon, CARBON_PER_VOLUME, .word = "carbon", .fallback = 0.0, .lo = 0.0,    \
                    .en = "process emissions per inlet volume, electricity apart",                           \
                    .zh = "单位水量工艺碳排放（不含电力）", .example = "0.12 kg/m3"),                        \
        PARK_FIELD(type, prefix capex, CAPEX, .word = "capex", .dim = PARK_DIM_FLOW,                         \
                   .en      = "capital: scale (size / reference)^exponent + fixed",                          \
                   .zh      = "投资：scale ×（规模/reference）^exponent + fixed",                            \
                   .example = "{scale: 16800 CNY, reference: 1 m3/h, exponent: 0.7}"),                       \
        PARK_MECHANISM_ROWS(type, prefix)

#define PARK_TREATMENT_FRAME_ROWS(type, prefix)                                                              \
    PARK_FIELD(type, prefix capacity, RANGE, .word = "capacity", .dim = PARK_DIM_FLOW, .exact = true,        \
               .lo = 0.0, .en = "inlet flow it is built for: a flow, or {min, max, step} to choose from",    \
               .zh      = "处理规模：流量，或 {min, max, step} 供优选",                                      \
               .example = "{min: 100 m3/h, max: 400 m3/h, step: 100 m3/h}"),                                 \
        PARK_NUMBER(type, prefix fixed_opex, MONEY_RATE, .word = "fixed_opex", .fallback = 0.0, .lo = 0.0,   \
                    .en = "yearly cost while it stands", .zh = "固定年运行费", .example = "30 万元/a"),      \
        PARK_NUMBER(type, prefix turndown, SHARE, .word = "turndown", .fallback = 0.0, .lo = 0.0, .hi = 1.0, \
                    .en = "least throughput as a share of the capacity", .zh = "最低负荷率",                 \
                    .example = "30 %"),                                                                      \
        PARK_NUMBER(type, prefix life, TIME, .word = "life", .lo = 0.0, .lo_open = true,                     \
                    .en = "life, where not economics.life", .zh = "使用年限", .example = "15 a"),            \
        PARK_BY_CONSTITUENT(type, prefix inlet, CONC, .word = "inlet", .lo = 0.0,                            \
                            .en = "most that the inlet may hold", .zh = "进水水质上限",                      \
                            .example = "{SS: 30 mg/L}"),                                                     \
        PARK_BY_CONSTITUENT(type, prefix outlet, CONC, .word = "outlet", .lo = 0.0,                          \
                            .en = "most that the product may hold", .zh = "产水水质上限",                    \
                            .example = "{COD: 50 mg/L}"),                                                    \
        PARK_FIELD(type, prefix accepts, LIST, .word = "accepts",                                            \
                   .en = "grades or donors it takes water from", .zh = "可接受的水质等级或来水",             \
                   .example = "[wwtp]"),                                                                     \
        PARK_NUMBER(type, prefix holding, TIME, .word = "holding", .fallback = 3600.0, .lo = 0.0,            \
                    .lo_open = true, .en = "time that the water spends inside", .zh = "水力停留时间",        \
                    .example = "12 h")

extern const char *const PARK_REJECT_WORDS[]; /* "reject", "backwash", "sludge", NULL */
extern const char *const PARK_STATES_WORDS[]; /* "none", "asm1", "filter", ..., NULL */

/* Shares of the inlet's mass of constituent c in the product and in the reject, (U41)-(U44); the rest is
 * removed. */
void park_treatment_shares(const park_model *model, const park_treatment *stage, size_t c, double *product,
                           double *reject);
park_outlet_role park_treatment_reject_role(const park_treatment *stage);
bool             park_capex_given(const park_capex *capex);
/* Capacity, capital and running money of one treatment into its map (not the outlets). */
void park_treatment_frame(const park_treatment *treatment, const park_unit_info *unit, park_map *map);
/* Is its recovery or rejection really a function of the water (a membrane), held constant here? */
bool park_treatment_is_membrane(const park_treatment *stage, size_t constituents);
/* The texts of what stands outside the proof, from complete: membranes held at stated values, or laws frozen at a feed. */
PARK_MUST_CHECK park_status park_treatment_outside(park_draft *draft, const char *id, const char *stages,
                                                   bool by_law, park_label *outside, park_error *err);
/* The law of a stage (park_mechanism): what `model` names, else its own states where these have a mean. */
int32_t park_treatment_law(const park_treatment *stage);
/* How its states behave; NULL: it has none. */
const park_states_face *park_treatment_states_face(const park_treatment *stage);
/* Flow that tanks and beds are built for: the capacity of what stands, else what the plan asks for [m3/s]. */
double park_treatment_design(const park_model *model, int32_t unit, const park_treatment *stage,
                             double design_flow);
/* Findings about a stage's states. */
void park_treatment_check_states(park_draft *draft, const park_treatment *stage, const char *path,
                                 const char *id, park_findings *findings);
/* `follows` and `refresh` of one treatment. */
bool        park_treatment_follows(const park_model *model, int32_t unit);
park_status park_treatment_refresh(const park_model *model, int32_t unit, int32_t season,
                                   const park_feed *feed, park_arena *arena, park_point **point,
                                   park_error *err);
/* Money, energy and carbon of a point instead of the stated ones. */
void park_treatment_pay(const park_stage_point *point, park_map *map);
/* Findings about one stage's numbers. */
void park_treatment_check(park_draft *draft, const park_treatment *stage, const char *path, const char *id,
                          park_findings *findings);

/* `removal` and `technology` share all but their word. */
park_status park_treatment_complete(park_draft *draft, int32_t unit, const char *path,
                                    park_findings *findings, park_error *err);
park_status park_treatment_shape(park_draft *draft, int32_t unit, park_error *err);
park_status park_treatment_average(const park_model *model, int32_t unit, int32_t season, park_map *map,
                                   park_error *err);
extern const park_field     PARK_TREATMENT_FIELDS[];
extern const park_time_face PARK_TREATMENT_TIME;

#endif
