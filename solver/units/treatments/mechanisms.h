/*
 * mechanism.h - what a treatment does by a law instead of stated shares: its words, its answer at a feed.
 * Math: docs/math/units.md, Eq. (U38), (U49), (U54)-(U59).   Looks down on: chemistry, model.
 *
 * Every law starts from the stated map (catalogue and park) and replaces what it knows better: a membrane's recovery,
 * rejections and energy; a softener's dose, sludge and product. Numbers that a law needs and nobody stated are mistakes.
 */
#ifndef PARK_UNITS_TREATMENTS_MECHANISMS_H
#define PARK_UNITS_TREATMENTS_MECHANISMS_H

#include "chemistry/water.h"
#include "units/point.h"

typedef enum park_mechanism {
    PARK_MECHANISM_STATED,             /* the shares that the catalogue or the park states */
    PARK_MECHANISM_SOLUTION_DIFFUSION, /* RO, NF */
    PARK_MECHANISM_LIME_SODA,          /* softening */
    PARK_MECHANISM_NEUTRALIZATION,     /* lime on acid mine water */
    PARK_MECHANISM_COPRECIPITATION,    /* ferric chloride on Sb, As, Tl */
    PARK_MECHANISM_ION_EXCHANGE,       /* sodium softener */
    PARK_MECHANISM_ELECTRODIALYSIS,    /* energy by salt */
    PARK_MECHANISM_FENTON,
    PARK_MECHANISM_OZONE,
    PARK_MECHANISM_EVAPORATION,
    PARK_MECHANISM_CRYSTALLIZATION,
    PARK_MECHANISM_STRIPPING,
    PARK_MECHANISM_FLOTATION,
    PARK_MECHANISM_STATES, /* the rest of its own states */
    PARK_MECHANISM_KEPT,   /* the stated shares, whatever its states come to */
    PARK_MECHANISMS
} park_mechanism;

extern const char *const PARK_MECHANISM_WORDS[]; /* "catalogue", "solution_diffusion" ..., NULL */

/* Largest saturation index lg(IAP/K) of a mineral that antiscalant or inhibitor keeps from falling out; NAN: not watched.
 * Towers and membranes share it. */
typedef struct park_scaling {
    double calcite, gypsum, barite, fluorite, silica;
} park_scaling;

typedef struct park_membrane_terms {
    double  water_permeability; /* A at 25 degrees Celsius [L/(m2 h bar)] */
    double  salt_permeability;  /* B at 25 degrees Celsius [m/s] */
    double  flux;               /* mean, that it is built for [m/s] */
    double  rejection;          /* of salt, at which the list of rejections holds [-] */
    double  pressure, drop;     /* most of the feed; lost along an element [m of water] */
    int32_t elements;           /* in a row, all stages */
    double  pump, recovered;    /* efficiency; share of the reject's pressure energy that comes back */
    double  ph;                 /* of the feed, after acid */
    double  fouling;            /* the water permeability falls by exp(-fouling t) [1/s] */
    double  cleaning_at;        /* share of it left when it is cleaned [-] */
    /* in time */
    int32_t skids;          /* that are cleaned one after the other */
    double  cleaning_time;  /* of a skid [s] */
    double  cleaning_water; /* per area of membrane [m] */
    double  cleaning_salt;  /* that acid and lye leave in it [kg/m3] */
    double  restores;       /* share of the loss that a cleaning takes away [-] */
} park_membrane_terms;

typedef struct park_reagent_terms {
    double ph, feed_ph;        /* aimed at; of the feed */
    double calcium, magnesium; /* hardness that stays in practice [kg/m3 as CaCO3] */
    double ratio;              /* coprecipitation: moles of iron to moles of metal */
    double price, soda_price;  /* [CNY/kg] of the pure reagent */
    double purity;             /* [-]; the rest is sludge */
    double solids;             /* dry share of the sludge drawn off [-] */
    double sludge_price;       /* [CNY/kg] of dry solids */
} park_reagent_terms;

typedef struct park_exchange_terms {
    double capacity; /* of the resin [kmol of charge/m3] */
    double salt;     /* NaCl per volume of resin and regeneration [kg/m3] */
    double brine;    /* its mass fraction [-] */
    double rinse;    /* backwash and rinse [volumes of resin] */
    double load;     /* volumes of water per volume of resin and time [1/s] */
    double price;    /* of salt [CNY/kg] */
    /* in time */
    int32_t beds;  /* 1, or 2: one in service, one that is regenerated or stands by */
    double  takes; /* a regeneration [s] */
} park_exchange_terms;

typedef struct park_oxidant_terms {
    double dose;         /* kilograms per kilogram of COD taken out [-] */
    double iron;         /* kilograms of hydrogen peroxide per kilogram of iron [-] */
    double energy;       /* of making it [J/kg] */
    double price;        /* [CNY/kg] */
    double sludge_price; /* [CNY/kg] of dry solids */
} park_oxidant_terms;

typedef struct park_heat_terms {
    double brine;        /* salt that the reject may hold [kg/m3] */
    double moisture;     /* of the salt cake [-] */
    double salt_price;   /* of getting rid of it [CNY/kg] */
    double steam;        /* per inlet volume [kg/m3] */
    double steam_price;  /* [CNY/kg] */
    double stages;       /* theoretical [-] */
    double volatility;   /* of ammonia, y/x [-] */
    double ph;           /* in the column */
    double alkali_price; /* of caustic soda [CNY/kg] */
} park_heat_terms;

typedef struct park_flotation_terms {
    double air;      /* kilograms per kilogram of solids [-] */
    double pressure; /* of the saturator, absolute [m of water] */
    double pump;     /* efficiency [-] */
} park_flotation_terms;

/* What `model` chooses from, in a treatment or a stage of a train. */
typedef struct park_mechanism_terms {
    int32_t              kind; /* park_mechanism */
    park_membrane_terms  membrane;
    park_scaling         scaling;
    park_reagent_terms   reagent;
    park_exchange_terms  exchange;
    park_oxidant_terms   oxidant;
    park_heat_terms      heat;
    park_flotation_terms flotation;
} park_mechanism_terms;

extern const park_field PARK_MEMBRANE_FIELDS[], PARK_SCALING_FIELDS[], PARK_REAGENT_FIELDS[],
    PARK_EXCHANGE_FIELDS[], PARK_OXIDANT_FIELDS[], PARK_HEAT_FIELDS[], PARK_FLOTATION_FIELDS[];

#define PARK_MECHANISM_ROWS(type, prefix)                                                                    \
    PARK_FIELD(type, prefix mechanism.kind, CHOICE, .word = "model", .choices = PARK_MECHANISM_WORDS,        \
               .choice = 0, .en = "stated shares, or a law frozen at the plan's feed",                       \
               .zh = "按给定值，或按机理在规划进水处线性化", .example = "solution_diffusion"),               \
        PARK_FIELD(type, prefix mechanism.membrane, RECORD, .word = "membrane",                              \
                   .record = PARK_MEMBRANE_FIELDS, .en = "for solution_diffusion",                           \
                   .zh = "膜参数（solution_diffusion 用）", .example = "{flux: 18 L/m2/h}"),                 \
        PARK_FIELD(type, prefix mechanism.scaling, RECORD, .word = "scaling", .record = PARK_SCALING_FIELDS, \
                   .en = "largest saturation index of a mineral, with antiscalant",                          \
                   .zh = "投加阻垢剂后允许的饱和指数", .example = "{gypsum: 0.4}"),                          \
        PARK_FIELD(type, prefix mechanism.reagent, RECORD, .word = "reagent", .record = PARK_REAGENT_FIELDS, \
                   .en      = "for lime_soda, neutralization, coprecipitation",                              \
                   .zh      = "药剂参数（lime_soda、neutralization、coprecipitation 用）",                   \
                   .example = "{ph: 9.5}"),                                                                  \
        PARK_FIELD(type, prefix mechanism.exchange, RECORD, .word = "exchange",                              \
                   .record = PARK_EXCHANGE_FIELDS, .en = "for ion_exchange",                                 \
                   .zh = "树脂参数（ion_exchange 用）", .example = "{salt: 120 kg/m3}"),                     \
        PARK_FIELD(type, prefix mechanism.oxidant, RECORD, .word = "oxidant", .record = PARK_OXIDANT_FIELDS, \
                   .en = "for fenton, ozone", .zh = "氧化剂参数（fenton、ozone 用）",                        \
                   .example = "{dose: 2}"),                                                                  \
        PARK_FIELD(type, prefix mechanism.heat, RECORD, .word = "heat", .record = PARK_HEAT_FIELDS,          \
                   .en      = "for evaporation, crystallization, stripping",                                 \
                   .zh      = "热法参数（evaporation、crystallization、stripping 用）",                      \
                   .example = "{brine: 250 g/L}"),                                                           \
        PARK_FIELD(type, prefix mechanism.flotation, RECORD, .word = "flotation",                            \
                   .record = PARK_FLOTATION_FIELDS, .en = "for flotation", .zh = "气浮参数（flotation 用）", \
                   .example = "{air: 0.03}")

struct park_treatment;

/* A law's question: a stage of a park at a feed. */
typedef struct park_mechanism_case {
    const park_model            *model;
    const struct park_treatment *stage;
    const park_feed             *feed;
    int32_t                      unit;   /* that the stage belongs to */
    double                       design; /* flow its tanks and beds are built for [m3/s] */
} park_mechanism_case;

/* The stated map of a stage as a point. */
void park_mechanism_stated(const park_mechanism_case *at, park_stage_point *point);

/**
 * The stage by its law. `point` comes from park_stage_points_new.
 * @param binds  out: what limits ("gypsum", "pressure"), "" nothing but what was asked
 * @return PARK_OK; PARK_E_RANGE where the law has no answer at this feed
 */
PARK_MUST_CHECK park_status park_mechanism_apply(const park_mechanism_case *at, park_stage_point *point,
                                                 const char **binds, park_error *err);

/* Findings about numbers that the stage's law needs and nobody stated, and about constituents the park lacks; marks those it
 * reads. */
void park_mechanism_check(park_draft *draft, const struct park_treatment *stage, const char *path,
                          const char *id, park_findings *findings);

/* The laws, each as park_mechanism_apply; the point comes with the stated map. */
typedef park_status park_mechanism_rule(const park_mechanism_case *at, park_stage_point *point,
                                        const char **binds, park_error *err);
park_mechanism_rule park_mechanism_membrane, park_mechanism_lime_soda, park_mechanism_neutralization,
    park_mechanism_coprecipitation, park_mechanism_ion_exchange, park_mechanism_electrodialysis,
    park_mechanism_fenton, park_mechanism_ozone, park_mechanism_evaporation, park_mechanism_crystallization,
    park_mechanism_stripping, park_mechanism_flotation, park_mechanism_states;

/* The stated shares at another recovery than the stated one, (U40)-(U45). */
void park_mechanism_recover(const park_mechanism_case *at, double recovery, park_stage_point *point);
/* Concentration of a constituent of the feed by name [kg/m3]; 0 where the park has none. */
double park_mechanism_conc(const park_mechanism_case *at, const char *id);
/* What the product holds instead of the stated share: less of what came, or more through what reagents brought. `sludge_share` of
 * the water goes the other way at the same concentration. */
void park_mechanism_product(const park_mechanism_case *at, size_t constituent, double conc,
                            park_stage_point *point);
/* Watched minerals with their targets; returns how many. */
size_t park_scaling_contacts(const park_scaling *scaling, park_contact contacts[PARK_CONTACTS]);
/* "gypsum" */
const char *park_scaling_word(park_phase phase);

#endif
