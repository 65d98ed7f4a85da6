/*
 * unit_tests/unit_tests.json: worked examples of units. A case whose unit has no function in these rooms (methane, rain
 * tanks) is counted as left, as are data without figures.
 */
#include "process_cases.h"

#include "biology/sizing.h"
#include "chemistry/filtration.h"
#include "chemistry/saturation.h"
#include "chemistry/softening.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double LMH = 3.6e6;

typedef struct example {
    const json_node *in, *out;
    double           tolerance;
    process_report  *report;
} example;

static double in(const example *x, const char *key)
{
    return json_number(json_at(x->in, key), NAN);
}

static void expect(const example *x, const char *key, double got)
{
    process_relative(x->report, key, json_number(json_at(x->out, key), NAN), got, x->tolerance);
}

static void lime_soda(const example *x)
{
    park_hardness  water = {in(x, "CO2"), in(x, "HCO3"), in(x, "Ca"), in(x, "Mg")};
    park_softening s;
    if (park_lime_soda(&water, water.magnesium - in(x, "Mg_left"), 1.0, &s, NULL) != PARK_OK)
        s.lime = s.soda = NAN;
    expect(x, "lime_total_as_CaCO3", s.lime);
    expect(x, "lime_mg_L_CaO", s.lime / 50.04 * 28.04);
    expect(x, "soda_as_CaCO3", s.soda);
    expect(x, "soda_mg_L_Na2CO3", s.soda / 50.04 * 1e3 * park_reagent_per_equivalent(PARK_SODA_ASH));
    expect(x, "finished_hardness_as_CaCO3", s.left);
}

static void mine_acidity(const example *x)
{
    double conc[PARK_AQ_COMPONENTS] = {[PARK_AQ_FE3] = 1e-3 * in(x, "Fe3"),
                                       [PARK_AQ_MN]  = 1e-3 * in(x, "Mn2"),
                                       [PARK_AQ_AL]  = 1e-3 * in(x, "Al")};
    double acidity = park_mine_acidity(conc, in(x, "pH")), lime = park_reagent_per_equivalent(PARK_LIME);
    expect(x, "acidity_mg_L_CaCO3", acidity * 50.04);
    expect(x, "CaOH2_mg_L", acidity * 1e3 * lime);
    expect(x, "CaO_mg_L", acidity * 28.04);
    expect(x, "sludge_hydroxides_mg_L", 1e3 * park_hydroxide_sludge(conc));
    expect(x, "Ca_added_mg_L", acidity * 1e3 * 0.5 * PARK_COMPONENT_LAWS[PARK_AQ_CA].molar_mass);
}

static void gypsum_limit(const example *x)
{
    const park_contact gypsum = {.phase = PARK_GYPSUM, .both_ways = true};
    const park_water   water  = {.kelvin = 273.15 + in(x, "T")};
    park_solution      s;
    if (park_water_equilibrium(&water, &gypsum, 1, &s, NULL) != PARK_OK)
        s.fallen[0] = NAN;
    expect(x, "pure_water_gypsum_mmol_kgw_phreeqc", -1e3 * s.fallen[0]);
}

static void lime_ratio(const example *x)
{
    double acid = park_reagent_per_equivalent(PARK_SULFURIC_ACID);
    expect(x, "CaOH2_kg_per_kg_H2SO4", park_reagent_per_equivalent(PARK_LIME) / acid);
    expect(x, "CaCO3_kg_per_kg_H2SO4", park_reagent_per_equivalent(PARK_LIMESTONE) / acid);
    expect(x, "gypsum_kg_per_kg_H2SO4", PARK_PHASE_LAWS[PARK_GYPSUM].molar_mass / (2.0 * acid));
}

/* Magnesium left by stoichiometry of brucite; both solids at the sludge's dryness. */
static void reactor(const example *x)
{
    double calcite = process_number(x->in, "precip_kg_s", "Calcite"),
           brucite = process_number(x->in, "precip_kg_s", "Brucite");
    double left    = process_number(x->in, "inlet_kg_s", "Mg") - brucite /
                                                                  PARK_PHASE_LAWS[PARK_BRUCITE].molar_mass *
                                                                  PARK_COMPONENT_LAWS[PARK_AQ_MG].molar_mass;
    expect(x, "Mg_out_kg_s", left);
    expect(x, "sludge_kg_s", park_wet_sludge(calcite + brucite, in(x, "waste_solids_frac")));
}

static void membrane_filter(const example *x)
{
    double cake = in(x, "cake_kg_m2");
    double r = park_filter_resistance(in(x, "Rm"), in(x, "Rf"), cake, cake > 0.0 ? in(x, "alpha_m_kg") : 0.0);
    double j = park_filter_flux(in(x, "TMP_Pa"), in(x, "mu_Pa_s"), r);
    expect(x, "R_total", r);
    expect(x, "J_m_s", j);
    expect(x, "J_LMH", j * LMH);
}

static void filter_cycle(const example *x)
{
    double j = in(x, "J_LMH") / LMH, wash = in(x, "backwash_LMH") / LMH,
           time = 60.0 * in(x, "filtration_min");
    double mu = in(x, "mu"), rm = in(x, "Rm"), alpha = in(x, "alpha"), wash_time = in(x, "backwash_s");
    double cake = park_filter_cake(j, in(x, "solids_kg_m3"), time);
    double left = in(x, "irreversible_fraction_of_cake") * cake;
    expect(x, "TMP_start_Pa", park_filter_pressure(j, mu, rm));
    expect(x, "TMP_end_cycle1_Pa", park_filter_pressure(j, mu, park_filter_resistance(rm, 0.0, cake, alpha)));
    expect(x, "TMP_start_cycle2_Pa",
           park_filter_pressure(j, mu, park_filter_resistance(rm, 0.0, left, alpha)));
    expect(x, "recovery", park_filter_recovery(j, time, wash, wash_time));
    expect(x, "net_flux_LMH", park_filter_net_flux(j, time, wash, wash_time) * LMH);
}

static void bed(const example *x)
{
    park_bed bed = {in(x, "L_m"), in(x, "d_m"), in(x, "porosity"), in(x, "sphericity")};
    double   v = in(x, "v_m_s"), rho = in(x, "rho"), mu = in(x, "mu");
    expect(x, "h_Ergun_m", park_bed_loss(&bed, v, rho, mu));
    expect(x, "h_KozenyCarman_180_m", park_bed_loss_kozeny(&bed, 180.0, v, rho, mu));
    expect(x, "Re", park_bed_reynolds(&bed, v, rho, mu));
}

static void bed_friction(const example *x)
{
    park_bed bed = {.grain = in(x, "d_eff"), .porosity = in(x, "porosity"), .sphericity = 1.0};
    double   re  = park_bed_reynolds(&bed, in(x, "v"), in(x, "rho"), in(x, "mu"));
    expect(x, "Re", re);
    expect(x, "f", park_bed_friction(&bed, re));
}

static void pool_index(const example *x)
{
    expect(x, "SI", park_pool_index(in(x, "pH"), in(x, "TF"), in(x, "CF"), in(x, "AF")));
}

/* The correlation is written with 273 for the ice point. */
static void correlations(const example *x)
{
    double alkalinity = 1e-3 * in(x, "Alk_as_CaCO3");
    double phs =
        park_saturation_ph(1e-3 * in(x, "TDS"), 273.0 + in(x, "T"), 1e-3 * in(x, "Ca_as_CaCO3"), alkalinity);
    expect(x, "pHs", phs);
    expect(x, "LSI", park_langelier(in(x, "pH"), phs));
    expect(x, "RSI", park_ryznar(in(x, "pH"), phs));
    expect(x, "PSI", park_puckorius(alkalinity, phs));
}

static void sludge_design(const example *x)
{
    const double     day  = 86400.0;
    park_sludge_load load = {.flow          = in(x, "Q_m3_d") / day,
                             .substrate_in  = 1e-3 * in(x, "So"),
                             .substrate_out = 1e-3 * in(x, "S"),
                             .age           = in(x, "SRT_d") * day,
                             .yield         = in(x, "Y"),
                             .decay         = in(x, "kd") / day,
                             .sludge        = 1e-3 * in(x, "MLVSS"),
                             .vss_share     = in(x, "VSS_TSS"),
                             .bod5_share    = in(x, "BOD5_BODL")};
    park_sludge_size size;
    if (park_sludge_sized(&load, &size, NULL) != PARK_OK)
        size = (park_sludge_size){NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    expect(x, "V_m3", size.volume);
    expect(x, "Y_obs", size.yield_seen);
    expect(x, "Px_VSS_kg_d", size.sludge_vss * day);
    expect(x, "Px_TSS_kg_d", size.sludge_tss * day);
    expect(x, "Qw_m3_d", size.waste_flow * day);
    expect(x, "O2_kg_d", size.oxygen * day);
    expect(x, "F_M", size.food * day);
}

static const struct {
    const char *id; /* or its beginning */
    void (*run)(const example *x);
} EXAMPLES[] = {
    {"limesoda", lime_soda},        {"amd_acidity", mine_acidity}, {"amd_gypsum_limit", gypsum_limit},
    {"lime_ratio", lime_ratio},     {"stoich_reactor", reactor},   {"uf_clean", membrane_filter},
    {"uf_fouled", membrane_filter}, {"uf_cycle", filter_cycle},    {"headloss", bed},
    {"ck_friction", bed_friction},  {"lsi_frog", pool_index},      {"lsi_lenntech", correlations},
    {"as_scribd", sludge_design},
};

bool process_units(park_arena *arena, const char *folder, process_report *report)
{
    char path[600];
    snprintf(path, sizeof path, "%s/unit_tests.json", folder);
    const json_node *all = json_read(arena, path);
    if (all == NULL || json_count(all) == 0)
        return false;
    for (const json_node *c = process_first(all); c != NULL; c = c->next) {
        int before = report->rows;
        report->id = process_text(c, "id");
        for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++)
            if (strncmp(report->id, EXAMPLES[i].id, strlen(EXAMPLES[i].id)) == 0) {
                example x = {json_at(c, "inputs"), json_at(c, "expected"),
                             json_number(json_at(c, "tolerance"), NAN), report};
                EXAMPLES[i].run(&x);
            }
        report->left += report->rows == before;
    }
    return true;
}
