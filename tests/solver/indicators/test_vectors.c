/*
 * Every row of the table of worked examples (indicator_tests.csv) is evaluated by the engine's own formulae.
 * Numbers are read from the row where it states them as key=value, else they stand here as the row's text
 * gives them.
 */
#include "check.h"

#include "chemistry/osmosis.h"
#include "chemistry/saturation.h"
#include "chemistry/tower.h"
#include "indicators/formulas.h"
#include "units/sources/rain.h"

#include <stdbool.h>

enum { LINE = 512, FIELDS = 7, ROWS = 90 };

typedef struct row {
    char        text[LINE];
    const char *field[FIELDS]; /* id,name,formula,inputs,expected,unit,note */
} row;

/* key=value in the row, as a bare number ("r=0.1", "eta=.75", "P=12 bar"). */
static double given(const row *r, const char *key)
{
    size_t n = strlen(key);
    for (int f = 2; f <= 3; f++) /* one row states its inputs in the formula's column */
        for (const char *at = r->field[f]; (at = strstr(at, key)) != NULL; at += n)
            if (at[n] == '=' && (at == r->field[f] || at[-1] == ';' || at[-1] == ' '))
                return strtod(at + n + 1, NULL);
    fprintf(stderr, "%s states no %s\n", r->field[0], key);
    return NAN;
}

static double percent(park_fraction f)
{
    return 100.0 * park_fraction_value(f);
}

static double ratio(park_fraction f)
{
    return park_fraction_value(f);
}

static bool is(const row *r, const char *id)
{
    return strcmp(r->field[0], id) == 0;
}

static bool policy(const row *r, double *v)
{
    double use2020 = park_value_before(50.87, 0.1222), consumed2020 = park_value_before(4.51, 0.6722);
    if (is(r, "P-use2020"))
        *v = use2020;
    else if (is(r, "P-cons2020"))
        *v = consumed2020;
    else if (is(r, "P-consrate2022"))
        *v = ratio(park_consumption_rate(4.51, 50.87));
    else if (is(r, "P-consrate2020"))
        *v = ratio(park_consumption_rate(consumed2020, use2020));
    else if (is(r, "P-iva2022")) /* 1e8 CNY, from m3 and m3 per 1e4 CNY */
        *v = ratio(park_intake_per_value(50.87e8, 33.85)) / 1e4;
    else if (is(r, "P-vr94"))
        *v = park_repeated_per_intake(given(r, "R"));
    else if (strncmp(r->field[0], "P-", 2) == 0)
        *v = park_target_reduced(given(r, "v2020"), given(r, "r"));
    else
        return false;
    return true;
}

/* The example enterprise, m3/d. */
static bool enterprise(const row *r, double *v)
{
    const double vi = 800.0 + 200.0, vih = 250.0 + 50.0, serial = 280.0, treated = 100.0;
    const double cycling = 12000.0 + 2000.0 + 120.0, vd = 500.0, vl = 52.0;
    double       vf = park_fresh_water(vi, vih), vr = park_repeated_use(cycling, serial, treated);
    double       vt = park_water_use(vf, vr), vco = park_consumption(vf, vd, vl, 0.0, 0.0);
    if (is(r, "E-Vf"))
        *v = vf;
    else if (is(r, "E-Vr"))
        *v = vr;
    else if (is(r, "E-Vt"))
        *v = vt;
    else if (is(r, "E-R-B"))
        *v = percent(park_reuse_rate(vr, vf));
    else if (is(r, "E-R-A"))
        *v = percent(park_reuse_rate(vr, given(r, "Vi")));
    else if (is(r, "E-Rcy"))
        *v = percent(park_circulating_rate(cycling, vt));
    else if (is(r, "E-Rs"))
        *v = percent(park_cascade_rate(serial, treated, vt));
    else if (is(r, "E-Rc"))
        *v = percent(park_cooling_rate(given(r, "Vcr"), given(r, "Vcf")));
    else if (is(r, "E-Rd"))
        *v = percent(park_cooling_rate(given(r, "Vdr"), given(r, "Vdf")));
    else if (is(r, "E-Rcool"))
        *v = percent(park_cooling_rate(12000.0 + 2000.0, 240.0 + 80.0));
    else if (is(r, "E-Rp"))
        *v = percent(park_process_reuse_rate(given(r, "Vpr"), given(r, "Vpf")));
    else if (is(r, "E-Rb"))
        *v = percent(park_condensate_rate(given(r, "Vbr"), given(r, "rho"), given(r, "D")));
    else if (is(r, "E-Kw"))
        *v = percent(park_wastewater_reuse_rate(given(r, "Vw"), given(r, "Vd")));
    else if (is(r, "E-Kh"))
        *v = percent(park_non_conventional_share(given(r, "Vih"), given(r, "Vi")));
    else if (is(r, "E-Kl-A"))
        *v = percent(park_leak_rate(given(r, "Vl"), given(r, "Vi")));
    else if (is(r, "E-Kl-B"))
        *v = percent(park_leak_rate(given(r, "Vl"), given(r, "Vf")));
    else if (is(r, "E-Kd"))
        *v = percent(park_compliant_discharge_rate(485.0, vd));
    else if (is(r, "E-Vco"))
        *v = vco;
    else if (is(r, "E-Kco"))
        *v = percent(park_consumption_rate(vco, vf));
    else if (is(r, "E-Kd-dis"))
        *v = percent(park_discharge_rate(vd, vf));
    else if (is(r, "E-Vui-A"))
        *v = ratio(park_unit_intake(vi * 330.0, 110000.0));
    else if (is(r, "E-Vui-B"))
        *v = ratio(park_unit_intake(vf * 330.0, 110000.0));
    else if (is(r, "E-IVA")) /* per 1e4 CNY; the value added in CNY must give the same */
        *v = 1e4 * ratio(park_intake_per_value(429000.0, 1.95e8));
    else if (is(r, "U-1"))
        *v = 1e4 * ratio(park_intake_per_value(1e4, 1e8));
    else if (is(r, "M-Rp"))
        *v = percent(park_meter_equipping_rate(38.0, 40.0));
    else if (is(r, "M-Km"))
        *v = percent(park_metered_share(10605.0, 10820.0));
    else
        return false;
    return true;
}

/* Two enterprises with a plant of the park, m3/d. */
static bool two_enterprises(const row *r, double *v)
{
    const double vf_a = 100.0, vr_a = 900.0, vf_b = 60.0 + 40.0 + 10.0, vr_b = 200.0, transfer = 40.0,
                 reclaimed = 10.0;
    double vi              = park_intake_consolidated(vf_a + vf_b, transfer, reclaimed, 0.0);
    double vr              = park_repeated_consolidated(vr_a + vr_b, transfer, reclaimed);
    double rate_a = percent(park_reuse_rate(vr_a, vf_a)), rate_b = percent(park_reuse_rate(vr_b, vf_b));
    if (is(r, "K-RA"))
        *v = rate_a;
    else if (is(r, "K-RB"))
        *v = rate_b;
    else if (is(r, "K-naive-mean"))
        *v = (rate_a + rate_b) / 2.0; /* what the engine must not call the park's rate */
    else if (is(r, "K-naive-sum"))
        *v = percent(park_reuse_rate(vr_a + vr_b, vf_a + vf_b));
    else if (is(r, "K-R"))
        *v = percent(park_reuse_rate(vr, vi));
    else if (is(r, "K-Vi"))
        *v = vi;
    else if (is(r, "K-close"))
        *v = park_consumption(vi, 68.0, 0.0, 0.0, 0.0) - (40.0 + 50.0 + 2.0);
    else if (is(r, "C-3")) /* 100 used three times: taken once, reused twice */
        *v = percent(park_reuse_rate(park_repeated_use(0.0, 2.0 * 100.0, 0.0), 100.0));
    else
        return false;
    return true;
}

static bool tower(const row *r, double *v)
{
    const double hour   = 3600.0;
    double       makeup = NAN, blowdown = NAN;
    const char  *range = strrchr(r->field[0], '-');
    if (is(r, "CT-Qr-5") || is(r, "CT-Qr-10")) {
        *v = hour * park_tower_circulation(10e6, given(r, "dT"));
        return true;
    }
    if (range != NULL &&
        (strcmp(range, "-5") == 0 || strcmp(range, "-10") == 0)) { /* 10 MW, k = 0.0014, N = 4 */
        double dT = atof(range + 1), q = hour * park_tower_circulation(10e6, dT);
        double e = park_tower_evaporation(0.0014, dT, q);
        CHECK(park_tower_balance(e, 0.0, 4.0, &makeup, &blowdown, NULL) == PARK_OK);
        *v = r->field[0][3] == 'E' ? e : r->field[0][3] == 'M' ? makeup : percent(park_reuse_rate(q, makeup));
        return true;
    }
    double e = park_tower_evaporation(0.0014, 8.0, 10000.0), w = 0.05 / 100.0 * 10000.0;
    CHECK(park_tower_balance(e, w, 5.0, &makeup, &blowdown, NULL) == PARK_OK);
    if (is(r, "CT-E"))
        *v = park_tower_evaporation(given(r, "k"), given(r, "dT"), given(r, "Q"));
    else if (is(r, "CT-M"))
        *v = makeup;
    else if (is(r, "CT-W"))
        *v = w;
    else if (is(r, "CT-B"))
        *v = blowdown;
    else if (is(r, "CT-Nchk"))
        *v = park_tower_cycles(makeup, blowdown, w);
    else if (is(r, "CT-k30"))
        *v = park_tower_evaporation_factor(273.15 + 25.0);
    else if (is(r, "CT-6bank"))
        *v = park_tower_evaporation_rule(given(r, "theta"), given(r, "dT"), given(r, "Q"));
    else
        return false;
    return true;
}

/* Make-up Ca 120, Alk 100, Cl 40, SO4 60, SiO2 12, Mg 60, COD 15 mg/L against GB/T 50050's limits. */
static bool cycles(const row *r, double *v)
{
    const double ca_alk[] = {120.0, 100.0}, cl[] = {40.0}, cl_so4[] = {40.0, 60.0}, sio2[] = {12.0},
                 cod[]   = {15.0};
    const double limit[] = {
        park_tower_cycles_sum(ca_alk, 2, 1100.0),       park_tower_cycles_sum(cl, 1, 700.0),
        park_tower_cycles_sum(cl_so4, 2, 2500.0),       park_tower_cycles_sum(sio2, 1, 175.0),
        park_tower_cycles_product(60.0, 12.0, 50000.0), park_tower_cycles_sum(cod, 1, 150.0)};
    const char *const id[]  = {"CT-N-Ca+Alk", "CT-N-Cl700", "CT-N-Cl+SO4",
                               "CT-N-SiO2",   "CT-N-MgSi",  "CT-N-COD"};
    double            least = INFINITY;
    for (int i = 0; i < 6; i++) {
        least = fmin(least, limit[i]);
        if (is(r, id[i])) {
            *v = limit[i];
            return true;
        }
    }
    *v = least;
    return is(r, "CT-Nmax");
}

static bool chemistry(const row *r, double *v)
{
    double owed = 0.0, flush = 0.0;
    double phs = park_saturation_ph(1.0, 273.15 + 40.0, 0.5, 0.4);
    if (is(r, "LSI-pHs"))
        *v = phs;
    else if (is(r, "LSI"))
        *v = park_langelier(8.5, phs);
    else if (is(r, "RSI"))
        *v = park_ryznar(8.5, phs);
    else if (is(r, "PSI"))
        *v = park_puckorius(0.4, phs);
    else if (is(r, "RO-CF"))
        *v = park_concentration_factor(given(r, "Y"));
    else if (is(r, "RO-SEC"))
        *v = park_osmosis_energy(given(r, "P") * 1e5, given(r, "eta"), given(r, "Y")) / 3.6e6;
    else if (is(r, "RO-pi"))
        *v = park_osmotic_pressure(2.0, 298.15, 0.93) / 1e5;
    else if (is(r, "EDR-E"))
        *v = park_electrodialysis_energy(given(r, "TDS") / 1e3) / 3.6e6;
    else if (is(r, "RW-W")) /* all of it: nothing is owed to a first flush */
        *v = given(r, "F") * 1e4 * park_rain_yield(given(r, "h") / 1e3, given(r, "psi"), &owed, &flush);
    else if (is(r, "RW-ff")) {
        owed = 3.0 / 1e3;
        park_rain_yield(0.1, 0.85, &owed, &flush); /* an event that yields more than the flush */
        *v = 20.0 * 1e4 * flush;
    } else
        return false;
    return true;
}

static bool trend(const row *r, double *v)
{
    double before = ratio(park_intake_per_value(579500.0, 12000.0));
    double now    = ratio(park_intake_per_value(508700.0, park_value_at_constant_price(12000.0, 1.15)));
    if (is(r, "IVA-2020"))
        *v = before;
    else if (is(r, "IVA-2022-const"))
        *v = now;
    else if (is(r, "IVA-fall-const"))
        *v = 100.0 * park_fall(before, now);
    else if (is(r, "IVA-fall-nominal"))
        *v = 100.0 * park_fall(before, 33.85); /* the wrong one: current prices */
    else
        return false;
    return true;
}

static bool evaluate(const row *r, double *v)
{
    return policy(r, v) || enterprise(r, v) || two_enterprises(r, v) || cycles(r, v) || chemistry(r, v) ||
           trend(r, v) || tower(r, v);
}

/* Fields separated by commas, in quotes where they hold one. */
static void split(row *r)
{
    char *at                = r->text;
    at[strcspn(at, "\r\n")] = '\0';
    for (int i = 0; i < FIELDS; i++) {
        bool quoted = *at == '"';
        at += quoted;
        r->field[i] = at;
        at += strcspn(at, quoted ? "\"" : ",");
        if (quoted)
            *at++ = '\0';
        if (*at == ',')
            *at++ = '\0';
    }
}

static void every_row_of_the_table_comes_out(void)
{
    char        path[1024];
    const char *shared = getenv("PARK_SHARED");
    snprintf(path, sizeof path, "%s/domain/indicator_tests.csv",
             shared ? shared : PARK_SOURCE_DIR "/../shared");
    FILE *file = fopen(path, "r");
    if (file == NULL)
        SKIP("reference data absent");
    row r;
    int rows = 0;
    CHECK(fgets(r.text, LINE, file) != NULL); /* the header */
    while (fgets(r.text, LINE, file) != NULL) {
        split(&r);
        double v = NAN, want = strtod(r.field[4], NULL);
        if (!evaluate(&r, &v))
            fprintf(stderr, "no formula for %s\n", r.field[0]);
        /* the table prints six significant digits */
        if (!(fabs(v - want) <= fmax(6e-6 * fabs(want), 1e-12)))
            fprintf(stderr, "%s (%s): ", r.field[0], r.field[1]);
        CHECK_CLOSE(v, want, fmax(6e-6 * fabs(want), 1e-12));
        rows++;
    }
    fclose(file);
    CHECK(rows == ROWS);
}

static void a_rate_without_a_denominator_does_not_exist(void)
{
    CHECK(isnan(park_fraction_value(park_reuse_rate(0.0, 0.0))));
    CHECK(isnan(park_fraction_value(park_leak_rate(5.0, 0.0))));
    CHECK(isnan(park_fraction_value(park_intake_per_value(5.0, NAN))));
}

int main(void)
{
    RUN(every_row_of_the_table_comes_out);
    RUN(a_rate_without_a_denominator_does_not_exist);
    return park_test_done();
}
