/*
 * indicators.h - the judgement: every rate with numerator, denominator, basis and boundary.
 * Math: docs/math/indicators.md.   Looks down on: ledger, model.
 */
#ifndef PARKWATER_INDICATORS_H
#define PARKWATER_INDICATORS_H

#include <parkwater/ledger.h>

typedef enum park_boundary { PARK_BOUNDARY_PARK, PARK_BOUNDARY_ENTERPRISE, PARK_BOUNDARY_UNIT } park_boundary;

/* One indicator of one subject on one basis. */
typedef struct park_indicator {
    const char    *id;    /* "reuse_rate" */
    park_label     label; /* 重复利用率 / reuse rate */
    park_boundary  boundary;
    int32_t        enterprise, unit; /* -1 */
    const char    *subject;          /* product id or NULL */
    park_basis     basis;
    bool           basis_matters;                      /* false: the same on both */
    bool           with_circulation;                   /* reuse rate: tower circulation counted */
    double         numerator, denominator;             /* SI per year; denominator 1 for volumes */
    park_label     numerator_label, denominator_label; /* "Vr", "Vi + Vr" */
    double         value;                              /* NAN: does not exist (denominator 0) */
    park_dimension dim;
    /* the target that speaks of it, when there is one */
    int32_t target; /* model->target, -1 */
    bool    reached;
} park_indicator;

typedef struct park_indicators {
    size_t          count;
    park_indicator *item;
    size_t          targets_reached, targets_missed;
} park_indicators;

/* Volumes of one boundary, m3/a. Symbols of GB/T 12452 and docs/math/indicators.md. */
typedef struct park_volumes {
    double vi_conventional; /* Vi: surface, ground, tap */
    double vih;             /* non-conventional: reclaimed (municipal), mine, rain */
    double vih_reclaimed, vih_mine, vih_rain;
    double vf;             /* first use of any source: Vi + Vih (enterprise: as supplied by others, too) */
    double from_others;    /* used water from other enterprises: eliminated at park level */
    double park_reclaimed; /* reclaimed water supplied by the park's own plants */
    double vcy;            /* circulating */
    double vcy_indirect, vcy_direct, vcy_condensate, makeup_indirect, makeup_direct;
    double vs;  /* serial (cascade), untreated */
    double vre; /* treated and reused */
    double vr, vt;
    double process_reused, process_total;
    double steam_mass, condensate_mass; /* kg/a */
    double vd, vd_compliant;            /* discharged */
    double vco;                         /* consumed */
    double vl;                          /* leaked */
    double stored;                      /* change of storage */
    double
        exported; /* used water given to other enterprises; unused water handed on is their intake, not this one's */
    double treated_waste; /* waste water treated */
    double
        streams; /* wastewater that arrives from outside, park's reclaimed water bought back: neither Vi nor Vih */
    double own;       /* rain on open water */
    double passed;    /* non-conventional water that reached a sink unused: neither intake nor discharge */
    double energy;    /* J/a of the units inside and the links that enter or stay */
    double imbalance; /* vf + streams + own - (vco + vd + vl + exported + stored) */
} park_volumes;

/* From members (the enterprises, and the utility's own users as one more) to the park, with the elimination of inner
 * transfers: each term computed by itself, so that the residual is a check. docs/math/indicators.md, Eq. (I30)-(I33). */
typedef struct park_consolidation {
    double members_vf;     /* sum of Vf over the members */
    double transfers;      /* - what members got from each other */
    double park_reclaimed; /* - reclaimed water supplied by the park's plants */
    double utility;        /* + own use, losses and stock of the utility's plants, in water of first use */
    double park_vf;        /* computed at the park's boundary */
    double residual_vf;    /* park_vf - (members_vf - transfers - park_reclaimed + utility) */
    double members_vr;     /* sum of Vr over the members */
    double transfers_used; /* the part of the transfers that had been used before */
    double
        before_use; /* - reclaimed and transferred water lost or kept by the receivers before a user got it, or beyond
                              what counts */
    double park_vr;
    double mean_rate,
        plain_rate; /* the two wrong rates (mean of rates; sums without elimination), to warn of */
} park_consolidation;

/**
 * The volumes of one boundary over the year.
 * @param index  enterprise or unit; PARK_NONE with PARK_BOUNDARY_ENTERPRISE: the users of the park's utility; ignored
 *               for the park
 * @return PARK_OK; PARK_E_RANGE for an index that does not exist; PARK_E_NUMERIC; PARK_E_MEMORY.
 * The ledger must have been traced. Thread-safe.
 */
PARK_MUST_CHECK park_status park_volumes_of(const park_model *model, const park_ledger *ledger,
                                            park_boundary boundary, int32_t index, park_volumes *volumes,
                                            park_error *err);

PARK_MUST_CHECK park_status park_consolidate(const park_model *model, const park_ledger *ledger,
                                             park_consolidation *consolidation, park_error *err);

/* How often a year's seconds fit a rate of output: amounts per year = rate [1/s] * PARK_YEAR_SECONDS. */
#define PARK_YEAR_SECONDS 31536000.0 /* 365 d */

/**
 * Everything: park, each enterprise, each product; both bases; targets judged on the basis they name, else on
 * accounting.intake. A target on a volume per time (m3/s) is compared with the year's volume.
 * @param yearly_cost, carbon  of the whole park [CNY/a], [kg/a]; NAN: not known
 * @return PARK_OK; PARK_E_NUMERIC; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_indicators_compute(const park_model *model, const park_ledger *ledger,
                                                    double yearly_cost, double carbon, park_arena *arena,
                                                    park_indicators **indicators, park_error *err);

/* A target's bounds in the measure of its indicator: one per time (120 万m3/a is a flow) becomes a year's amount.
 * Absent bounds stay infinite. */
void park_target_bounds(const park_target *target, park_dimension dim, double *min, double *max);

/* The indicator of an id at a boundary (enterprise PARK_NONE: the park), basis and circulation; NULL. */
const park_indicator *park_indicator_find(const park_indicators *indicators, const char *id,
                                          int32_t enterprise, park_basis basis, bool with_circulation);

#endif
