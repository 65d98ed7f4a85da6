/*
 * formulas.h - the formulae of the indicators on plain numbers: each a fraction, so that numerator and
 * denominator can be shown beside the value. Math: docs/math/indicators.md, Eq. (I1)-(I29).   Looks down on:
 * nothing.
 *
 * Volumes in any one unit over one period, never instantaneous; an annual rate is the ratio of the year's
 * sums.
 */
#ifndef PARK_INDICATORS_FORMULAS_H
#define PARK_INDICATORS_FORMULAS_H

typedef struct park_fraction {
    double numerator, denominator;
} park_fraction;

/* The ratio; NAN when the denominator is zero or either is not a number: the indicator does not exist there.
 */
double park_fraction_value(park_fraction fraction);

/* ---- balance.c ---- */
double park_fresh_water(double conventional, double non_conventional);       /* Vf = Vi + Vih, (I1) */
double park_water_use(double fresh, double repeated);                        /* Vt = Vf + Vr, (I2) */
double park_repeated_use(double circulating, double serial, double treated); /* Vr = Vcy + Vs + Vre, (I2a) */
double park_consumption(double fresh, double discharge, double leak, double stored,
                        double exported);                                        /* (I3) */
park_fraction park_consumption_rate(double consumption, double intake);          /* Vco / V, (I4) */
park_fraction park_discharge_rate(double discharge, double intake);              /* Vd / V, (I5) */
park_fraction park_compliant_discharge_rate(double compliant, double discharge); /* Kd, (I6) */

/* ---- reuse.c ---- */
park_fraction park_reuse_rate(double repeated, double intake);              /* R = Vr / (V + Vr), (I7) */
park_fraction park_circulating_rate(double circulating, double use);        /* Vcy / Vt, (I8) */
park_fraction park_cascade_rate(double serial, double treated, double use); /* (Vs + Vre) / Vt, (I9) */
park_fraction park_cooling_rate(double circulating, double makeup); /* Rc, Rd: Vcr / (Vcr + Vcf), (I10) */
park_fraction park_process_reuse_rate(double reused, double fresh); /* Rp = Vpr / (Vpr + Vpf), (I11) */
/* Rb = rho Vbr / D by mass: condensate [m3], density [kg/m3], steam [kg], (I12) */
park_fraction park_condensate_rate(double condensate, double density, double steam);
park_fraction park_wastewater_reuse_rate(double reused, double discharge);    /* Kw = Vw / (Vd + Vw), (I13) */
park_fraction park_reclaimed_use_rate(double reclaimed_used, double treated); /* of a region or park, (I14) */
double        park_repeated_per_intake(double rate); /* Vr / Vi at a rate R: R / (1 - R), (I15) */

/* ---- nonconventional.c ---- */
park_fraction park_non_conventional_share(double non_conventional, double conventional); /* Kh, (I16) */

/* ---- loss.c ---- */
park_fraction park_leak_rate(double leak, double intake);                   /* Kl = Vl / V, (I17) */
park_fraction park_network_loss_rate(double supplied, double authorised);   /* (I18) */
park_fraction park_meter_equipping_rate(double installed, double required); /* (I19) */
park_fraction park_metered_share(double metered, double total);             /* Km, (I20) */

/* ---- intensity.c ---- */
park_fraction park_unit_intake(double intake, double output); /* Vui = Vi / Q of the same period, (I21) */
park_fraction park_intake_per_value(double volume, double value_added);                /* (I22) */
double        park_value_at_constant_price(double value_base_year, double real_index); /* (I23) */
double        park_fall(double before, double now);       /* 1 - now / before, (I24) */
double        park_value_before(double now, double fall); /* now / (1 - fall), (I25) */

/* ---- targets.c ---- */
double park_target_reduced(double baseline, double reduction); /* baseline (1 - r), (I26) */

/* ---- consolidate.c ---- */
/* Vi_park = sum Vf - transfers - reclaimed (+ utility's own use), (I30) */
double park_intake_consolidated(double members_fresh, double transfers, double reclaimed, double utility);
/* Vr_park = sum Vr + transfers + reclaimed, (I31) */
double park_repeated_consolidated(double members_repeated, double transfers, double reclaimed);

#endif
