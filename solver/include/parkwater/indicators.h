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
    const char    *id;      /* "reuse_rate" */
    park_label     label;   /* 重复利用率 / reuse rate */
    park_boundary  boundary;
    int32_t        enterprise, unit; /* -1 */
    const char    *subject; /* product id or NULL */
    park_basis     basis;
    bool           basis_matters; /* false: the same on both */
    bool           with_circulation; /* reuse rate: tower circulation counted */
    double         numerator, denominator; /* SI per year; denominator 1 for volumes */
    park_label     numerator_label, denominator_label; /* "Vr", "Vi + Vr" */
    double         value;   /* NAN: does not exist (denominator 0) */
    park_dimension dim;
    /* the target that speaks of it, when there is one */
    int32_t        target;  /* model->target, -1 */
    bool           reached;
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
    double vf;              /* first use of any source: Vi + Vih (enterprise: as supplied by others, too) */
    double from_others;     /* eliminated at park level: transfers between enterprises */
    double park_reclaimed;  /* reclaimed water supplied by the park's own plants */
    double vcy;             /* circulating */
    double vcy_indirect, vcy_direct, vcy_condensate, makeup_indirect, makeup_direct;
    double vs;              /* serial (cascade), untreated */
    double vre;             /* treated and reused */
    double vr, vt;
    double process_reused, process_total;
    double steam_mass, condensate_mass; /* kg/a */
    double vd, vd_compliant; /* discharged */
    double vco;             /* consumed */
    double vl;              /* leaked */
    double stored;          /* change of storage */
    double exported;        /* to other enterprises or sold */
    double treated_waste;   /* waste water treated */
} park_volumes;

PARK_MUST_CHECK park_status park_volumes_of(const park_model *model, const park_ledger *ledger, park_boundary boundary,
                                            int32_t index, park_volumes *volumes, park_error *err);

/* Everything: park, each enterprise, each product; both bases; targets judged on the basis they name. */
PARK_MUST_CHECK park_status park_indicators_compute(const park_model *model, const park_ledger *ledger,
                                                    double yearly_cost, double carbon, park_arena *arena,
                                                    park_indicators **indicators, park_error *err);

#endif
