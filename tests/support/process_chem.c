/*
 * chem/: waters.csv (analyses with what PHREEQC says of them) and process_cases.json (what is done to waters).
 * Tolerances as stated with the cases for the same constants and pairs: pH 0.01, saturation 0.02, amounts 0.5 %.
 */
#include "process_cases.h"

#include "chemistry/saturation.h"
#include "chemistry/water.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 80, WATERS = 64 };

static const double PH = 0.01, INDEX = 0.02, AMOUNT = 0.005;
static const double ZERO_CELSIUS = 273.15;

/* -- the table of waters -- */

typedef struct table {
    int         columns, rows;
    const char *name[COLUMNS], *cell[WATERS][COLUMNS];
} table;

/* Cut a line at its commas; a cell in quotes may hold some. */
static int cut(char *line, const char **cell)
{
    int count                   = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *at = line; at != NULL && count < COLUMNS; count++) {
        bool  quoted = *at == '"';
        char *end    = quoted ? strchr(at + 1, '"') : at;
        cell[count]  = quoted ? at + 1 : at;
        if (end == NULL)
            return -1;
        at = strchr(end, ',');
        if (quoted)
            *end = '\0';
        if (at != NULL)
            *at++ = '\0';
    }
    return count;
}

static bool read_table(park_arena *arena, const char *path, table *t)
{
    enum { LINE = 4096 };
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return false;
    char line[LINE];
    memset(t, 0, sizeof *t);
    bool whole = true;
    while (whole && t->rows < WATERS && fgets(line, sizeof line, file) != NULL) {
        char *kept = PARK_ARRAY(arena, strlen(line) + 1, char);
        if (kept == NULL)
            break;
        strcpy(kept, line);
        if (t->columns == 0)
            t->columns = cut(kept, t->name);
        else
            whole = cut(kept, t->cell[t->rows++]) == t->columns;
    }
    fclose(file);
    return whole && t->rows > 0;
}

/* NAN where the column or its value is absent. */
static double cell(const table *t, int row, const char *name)
{
    for (int c = 0; c < t->columns; c++)
        if (strcmp(t->name[c], name) == 0)
            return t->cell[row][c][0] != '\0' ? strtod(t->cell[row][c], NULL) : NAN;
    return NAN;
}

/* -- waters from both files -- */

static const struct {
    park_component component;
    const char    *analysis, *molal; /* columns: mg/L after in_, mmol/kg */
} IONS[] = {
    {PARK_AQ_CA, "Ca", "Ca_mmol_kgw"},
    {PARK_AQ_MG, "Mg", "Mg_mmol_kgw"},
    {PARK_AQ_NA, "Na", "Na_mmol_kgw"},
    {PARK_AQ_K, "K", "K_mmol_kgw"},
    {PARK_AQ_CL, "Cl", "Cl_mmol_kgw"},
    {PARK_AQ_SO4, "SO4", "SO4_mmol_kgw"},
    {PARK_AQ_SI, "SiO2", "Si_mmol_kgw"},
    {PARK_AQ_NO3, "NO3N", ""},
    {PARK_AQ_F, "F", ""},
    {PARK_AQ_P, "PO4P", ""},
    {PARK_AQ_C, "", "DIC_mmol_kgw"},
};
enum { IONS_COUNT = sizeof IONS / sizeof *IONS };

/* As the table gives it per kilogram of water; what it gives per litre only is scaled as calcium is. */
static park_water molal_water(const table *t, int row)
{
    park_water water     = {.kelvin     = ZERO_CELSIUS + cell(t, row, "in_T"),
                            .alkalinity = 1e-3 * cell(t, row, "alk_meq_kgw")};
    double     per_litre = cell(t, row, "in_Ca") / PARK_COMPONENT_LAWS[PARK_AQ_CA].molar_mass / 1e3;
    for (int i = 0; i < IONS_COUNT; i++) {
        double molal = cell(t, row, IONS[i].molal) * 1e-3;
        char   name[32];
        snprintf(name, sizeof name, "in_%s", IONS[i].analysis);
        if (isnan(molal))
            molal = cell(t, row, name) * 1e-3 / PARK_COMPONENT_LAWS[IONS[i].component].molar_mass /
                    per_litre * cell(t, row, "Ca_mmol_kgw") * 1e-3;
        water.total[IONS[i].component] = molal;
    }
    return water;
}

/* From milligrams per litre, alkalinity and pH alone. */
static bool analysed_water(double celsius, double ph, double alkalinity, const double *milligrams,
                           park_water *water)
{
    double conc[PARK_AQ_COMPONENTS] = {0};
    for (int i = 0; i < IONS_COUNT; i++)
        conc[IONS[i].component] = isnan(milligrams[i]) ? 0.0 : 1e-3 * milligrams[i];
    park_water raw = park_water_from_analysis(conc, 1e-3 * alkalinity, ZERO_CELSIUS + celsius);
    return park_water_carbon(&raw, ph, water, NULL) == PARK_OK;
}

static bool named_water(const table *t, const json_node *node, park_water *water)
{
    const json_node *id = json_at(node, "id");
    for (int r = 0; id != NULL && r < t->rows; r++)
        if (strcmp(t->cell[r][0], process_text(node, "id")) == 0) {
            *water = molal_water(t, r);
            return true;
        }
    double milligrams[IONS_COUNT];
    for (int i = 0; i < IONS_COUNT; i++)
        milligrams[i] = json_number(json_at(node, IONS[i].analysis), NAN);
    return analysed_water(json_number(json_at(node, "T"), NAN), json_number(json_at(node, "pH"), NAN),
                          json_number(json_at(node, "Alk"), NAN), milligrams, water);
}

/* -- waters.csv -- */

static const struct {
    park_phase  phase;
    const char *column;
} INDICES[] = {{PARK_CALCITE, "SI_calcite"},   {PARK_ARAGONITE, "SI_aragonite"},
               {PARK_DOLOMITE, "SI_dolomite"}, {PARK_GYPSUM, "SI_gypsum"},
               {PARK_SILICA, "SI_SiO2am"},     {PARK_CHALCEDONY, "SI_chalcedony"},
               {PARK_FLUORITE, "SI_fluorite"}, {PARK_HYDROXYAPATITE, "SI_hydroxyapatite"},
               {PARK_CO2_GAS, "log_pCO2"}};

static void speciated(const table *t, int row, const park_water *water, process_report *report)
{
    static const struct {
        const char *species, *column;
    } MOLALITIES[] = {{"Ca+2", "m_Ca2p"},
                      {"HCO3-", "m_HCO3"},
                      {"CO3-2", "m_CO3"},
                      {"CO2", "m_CO2aq"},
                      {"SO4-2", "m_SO4free"}};
    park_solution s;
    if (park_water_equilibrium(water, NULL, 0, &s, NULL) != PARK_OK)
        s.ph = NAN;
    process_absolute(report, "pH", cell(t, row, "in_pH"), s.ph, PH);
    process_relative(report, "ionic strength", cell(t, row, "mu"), s.strength, AMOUNT);
    process_absolute(report, "activity of water", cell(t, row, "aw"), s.water_activity, 1e-4);
    process_relative(report, "activity coefficient of Ca+2", cell(t, row, "g_Ca2p"),
                     s.coefficient[park_species_index("Ca+2")], AMOUNT);
    for (size_t i = 0; i < sizeof MOLALITIES / sizeof *MOLALITIES; i++)
        process_relative(report, MOLALITIES[i].column, cell(t, row, MOLALITIES[i].column),
                         s.molality[park_species_index(MOLALITIES[i].species)], AMOUNT);
    for (size_t i = 0; i < sizeof INDICES / sizeof *INDICES; i++)
        if (!isnan(cell(t, row, INDICES[i].column)))
            process_absolute(report, INDICES[i].column, cell(t, row, INDICES[i].column),
                             s.saturation[INDICES[i].phase], INDEX);
}

static void against_calcite(const table *t, int row, const park_water *water, process_report *report)
{
    const park_contact calcite = {.phase = PARK_CALCITE, .both_ways = true};
    park_solution      after;
    double             ph_saturation = NAN, potential = NAN;
    if (park_water_calcite(water, &ph_saturation, &potential, NULL) != PARK_OK ||
        park_water_equilibrium(water, &calcite, 1, &after, NULL) != PARK_OK)
        after.ph = NAN;
    double mg = PARK_PHASE_LAWS[PARK_CALCITE].molar_mass * 1e6;
    process_absolute(report, "pH_sat_exact", cell(t, row, "pH_sat_exact"), ph_saturation, PH);
    process_absolute(report, "LSI exact", cell(t, row, "LSI_exact_pH_minus_pHsat"),
                     cell(t, row, "in_pH") - ph_saturation, INDEX);
    process_relative(report, "CCPP_mgL_CaCO3", cell(t, row, "CCPP_mgL_CaCO3"), potential * mg, AMOUNT);
    process_absolute(report, "pH after calcite", cell(t, row, "pH_after_calcite_eq"), after.ph, PH);
    process_relative(report, "Ca after calcite", cell(t, row, "Ca_after_calcite_eq_mmol_kgw"),
                     1e3 * after.water.total[PARK_AQ_CA], AMOUNT);
}

static void by_correlation(const table *t, int row, process_report *report)
{
    double calcium = cell(t, row, "in_Ca") * 1e-3 * 2.497, alkalinity = cell(t, row, "in_Alk") * 1e-3;
    double phs = park_saturation_ph(cell(t, row, "in_TDS_mgL_sum") * 1e-3,
                                    ZERO_CELSIUS + cell(t, row, "in_T"), calcium, alkalinity);
    double ph  = cell(t, row, "in_pH");
    process_absolute(report, "LSI_std", cell(t, row, "LSI_std"), park_langelier(ph, phs), PH);
    process_absolute(report, "RSI_std", cell(t, row, "RSI_std"), park_ryznar(ph, phs), INDEX);
    process_absolute(report, "PSI_std", cell(t, row, "PSI_std"), park_puckorius(alkalinity, phs), INDEX);
    process_relative(report, "Larson_Skold", cell(t, row, "Larson_Skold"),
                     park_larson(cell(t, row, "Cl_mmol_kgw"), 2.0 * cell(t, row, "SO4_mmol_kgw"),
                                 cell(t, row, "alk_meq_kgw")),
                     AMOUNT);
}

static void from_analysis(const table *t, int row, process_report *report)
{
    double     milligrams[IONS_COUNT];
    park_water water;
    for (int i = 0; i < IONS_COUNT; i++) {
        char name[32];
        snprintf(name, sizeof name, "in_%s", IONS[i].analysis);
        milligrams[i] = cell(t, row, name);
    }
    if (!analysed_water(cell(t, row, "in_T"), cell(t, row, "in_pH"), cell(t, row, "in_Alk"), milligrams,
                        &water))
        water = (park_water){.alkalinity = NAN};
    process_relative(report, "alkalinity of the analysis", cell(t, row, "alk_meq_kgw"),
                     1e3 * water.alkalinity, AMOUNT);
    process_relative(report, "DIC of the analysis", cell(t, row, "DIC_mmol_kgw"),
                     1e3 * water.total[PARK_AQ_C], AMOUNT);
    process_relative(report, "sulphate of the analysis", cell(t, row, "SO4_mmol_kgw"),
                     1e3 * water.total[PARK_AQ_SO4], AMOUNT);
}

/* -- process_cases.json -- */

static bool says(const json_node *node, const char *words)
{
    return strstr(process_text(node, "kind"), words) != NULL;
}

static bool given(const json_node *node, const char *key)
{
    return json_at(json_at(node, "inputs"), key) != NULL;
}

static bool mine_water(const json_node *node, park_water *water)
{
    static const struct {
        park_component component;
        const char    *key;
    } KEYS[]       = {{PARK_AQ_CA, "Ca"},   {PARK_AQ_MG, "Mg"}, {PARK_AQ_NA, "Na"}, {PARK_AQ_K, "K"},
                      {PARK_AQ_FE3, "Fe3"}, {PARK_AQ_AL, "Al"}, {PARK_AQ_CL, "Cl"}, {PARK_AQ_SI, "Si"}};
    park_water raw = {.kelvin = ZERO_CELSIUS + json_number(json_at(node, "T"), NAN)};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        raw.total[KEYS[i].component] = 1e-3 * json_number(json_at(node, KEYS[i].key), 0.0);
    return park_water_balance(&raw, json_number(json_at(node, "pH"), NAN), PARK_AQ_SO4, water, NULL) ==
           PARK_OK;
}

/* The water of a case before anything touches it; false when it cannot be made. */
static bool prepared(const table *t, const json_node *c, park_water *water)
{
    static const struct {
        park_reagent reagent;
        const char  *key;
    } DOSES[]               = {{PARK_SULFURIC_ACID, "H2SO4_mmol_per_kgw"},
                               {PARK_LIME, "CaOH2_mmol_per_kgw"},
                               {PARK_SODA_ASH, "Na2CO3_mmol_per_kgw"},
                               {PARK_CARBON_DIOXIDE, "CO2_mmol_per_kgw"}};
    const json_node *source = json_at(c, "water");
    if (says(c, "mix")) {
        park_water a, b;
        if (!named_water(t, json_at(source, "a"), &a) || !named_water(t, json_at(source, "b"), &b))
            return false;
        *water = park_water_mix(&a, &b, process_number(c, "inputs", "fraction_a"));
        return true;
    }
    if (says(c, "pure water")) {
        *water = (park_water){.kelvin = ZERO_CELSIUS + process_number(c, "inputs", "T")};
        return true;
    }
    if (!(says(c, "AMD") ? mine_water(source, water) : named_water(t, source, water)))
        return false;
    for (size_t i = 0; i < sizeof DOSES / sizeof *DOSES; i++)
        if (given(c, DOSES[i].key))
            *water =
                park_water_dose(water, DOSES[i].reagent, 1e-3 * process_number(c, "inputs", DOSES[i].key));
    if (given(c, "T_new"))
        water->kelvin = ZERO_CELSIUS + process_number(c, "inputs", "T_new");
    if (given(c, "N")) {
        *water        = park_water_concentrate(water, process_number(c, "inputs", "N"));
        water->kelvin = ZERO_CELSIUS + process_number(c, "inputs", "T");
    }
    return true;
}

static size_t touched(const json_node *c, park_contact *contacts)
{
    static const struct {
        park_phase  phase;
        const char *words;
    } SOLIDS[]   = {{PARK_CALCITE, "alcite"},         {PARK_BRUCITE, "rucite"},
                    {PARK_GYPSUM, "ypsum"},           {PARK_SILICA, "SiO2"},
                    {PARK_IRON_HYDROXIDE, "Fe(OH)3"}, {PARK_ALUMINIUM_HYDROXIDE, "Al(OH)3"}};
    size_t count = 0;
    for (size_t i = 0; i < sizeof SOLIDS / sizeof *SOLIDS; i++)
        if (says(c, SOLIDS[i].words))
            contacts[count++] = (park_contact){.phase = SOLIDS[i].phase, .both_ways = says(c, "pure water")};
    if (given(c, "log_pCO2"))
        contacts[count++] = (park_contact){PARK_CO2_GAS, true, process_number(c, "inputs", "log_pCO2")};
    return count;
}

/* Moles of a solid per kilogram of the first water: what fell out, or what is left of the ten it began with. */
static double solid(const json_node *c, const park_contact *contacts, size_t count, const park_solution *s,
                    park_phase phase)
{
    double per = given(c, "N") ? process_number(c, "inputs", "N") : 1.0;
    for (size_t i = 0; i < count; i++)
        if (contacts[i].phase == phase)
            return (contacts[i].both_ways ? 10.0 : 0.0) + s->fallen[i] / per;
    return 0.0;
}

static void judged(const json_node *c, const park_contact *contacts, size_t count, const park_solution *s,
                   process_report *report)
{
    static const struct {
        park_component component;
        const char    *key;
    } TOTALS[] = {{PARK_AQ_CA, "Ca_mmol_kgw"},   {PARK_AQ_MG, "Mg_mmol_kgw"}, {PARK_AQ_NA, "Na_mmol_kgw"},
                  {PARK_AQ_SO4, "SO4_mmol_kgw"}, {PARK_AQ_SI, "Si_mmol_kgw"}, {PARK_AQ_C, "DIC_mmol_kgw"},
                  {PARK_AQ_FE3, "Fe3_mmol_kgw"}, {PARK_AQ_AL, "Al_mmol_kgw"}};
    static const struct {
        park_phase  phase;
        const char *key;
    } SOLIDS[]         = {{PARK_CALCITE, "calcite_mol"},
                          {PARK_BRUCITE, "brucite_mol"},
                          {PARK_GYPSUM, "gypsum_mol"},
                          {PARK_IRON_HYDROXIDE, "FeOH3_mol"},
                          {PARK_ALUMINIUM_HYDROXIDE, "AlOH3_mol"}};
    const json_node *e = json_at(c, "expected");
    if (json_at(e, "pH") != NULL)
        process_absolute(report, "pH", json_number(json_at(e, "pH"), NAN), s->ph, PH);
    process_relative(report, "ionic strength", json_number(json_at(e, "mu"), NAN), s->strength, AMOUNT);
    if (json_at(e, "alk_meq_kgw") != NULL)
        process_relative(report, "alkalinity", json_number(json_at(e, "alk_meq_kgw"), NAN),
                         1e3 * s->water.alkalinity, AMOUNT);
    for (size_t i = 0; i < sizeof TOTALS / sizeof *TOTALS; i++)
        if (json_at(e, TOTALS[i].key) != NULL)
            process_relative(report, TOTALS[i].key, json_number(json_at(e, TOTALS[i].key), NAN),
                             1e3 * s->water.total[TOTALS[i].component], AMOUNT);
    for (size_t i = 0; i < sizeof INDICES / sizeof *INDICES; i++)
        if (json_at(e, INDICES[i].column) != NULL)
            process_absolute(report, INDICES[i].column, json_number(json_at(e, INDICES[i].column), NAN),
                             s->saturation[INDICES[i].phase], INDEX);
    for (size_t i = 0; i < sizeof SOLIDS / sizeof *SOLIDS; i++)
        if (json_at(e, SOLIDS[i].key) != NULL)
            process_relative(report, SOLIDS[i].key, json_number(json_at(e, SOLIDS[i].key), NAN),
                             solid(c, contacts, count, s, SOLIDS[i].phase), AMOUNT);
}

bool process_chem(park_arena *arena, const char *folder, process_report *report)
{
    char   path[600];
    table *t = PARK_ARRAY(arena, 1, table);
    snprintf(path, sizeof path, "%s/waters.csv", folder);
    if (t == NULL || !read_table(arena, path, t))
        return false;
    snprintf(path, sizeof path, "%s/process_cases.json", folder);
    const json_node *cases = json_at(json_read(arena, path), "cases");
    if (cases == NULL)
        return false;
    for (int row = 0; row < t->rows; row++) {
        park_water water = molal_water(t, row);
        report->id       = t->cell[row][0];
        speciated(t, row, &water, report);
        against_calcite(t, row, &water, report);
        by_correlation(t, row, report);
        from_analysis(t, row, report);
    }
    for (const json_node *c = process_first(cases); c != NULL; c = c->next) {
        park_contact  contacts[PARK_CONTACTS];
        park_water    water;
        park_solution solution = {.ph = NAN, .strength = NAN};
        size_t        count    = touched(c, contacts);
        report->id             = process_text(c, "id");
        if (prepared(t, c, &water) &&
            park_water_equilibrium(&water, contacts, count, &solution, NULL) != PARK_OK)
            solution = (park_solution){.ph = NAN, .strength = NAN};
        judged(c, contacts, count, &solution, report);
    }
    return true;
}
