/*
 * bsm1: the benchmark's published results - steady state, start-up of fifty days, the dry fortnight run twice. Solids and
 * oxygen of the steady state within 0.1 %, every component of every tank of the start-up within 1 % from the second day on, the
 * indices of the dry fortnight within 0.1 %.
 */
#include "effluent_sample.h"
#include "process_cases.h"

#include "biology/assess.h"
#include "biology/march.h"
#include "biology/steady.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double DAY = 86400.0, G = 1e-3;

enum { STATES_MOST = 400, DAYS_MOST = 60, TANKS = 5, LAYERS = 10, DRY_ROWS = 1344, COLUMNS_MOST = 120 };

static const char *const COMPONENT[PARK_ASM1_COMPONENTS] = {"SI", "SS",  "XI",  "XS",  "XBH", "XBA", "XP",
                                                            "SO", "SNO", "SNH", "SND", "XND", "SALK"};

typedef struct bench {
    park_arena        *arena;
    const char        *folder;
    park_sludge_plant  plant;
    park_sludge_form  *form;
    park_sludge_inflow in;
    double             steady[STATES_MOST], y[STATES_MOST];
    process_report    *report;
} bench;

static FILE *opened(const bench *b, const char *file)
{
    char path[600];
    snprintf(path, sizeof path, "%s/%s", b->folder, file);
    return fopen(path, "r");
}

static size_t row_read(FILE *file, double *value)
{
    char   line[4096];
    size_t count = 0;
    if (fgets(line, sizeof line, file) == NULL)
        return 0;
    for (char *at = line; count < COLUMNS_MOST; at++) {
        value[count++] = strtod(at, &at);
        if (*at != ',')
            break;
    }
    return count;
}

/* Names live as long as the arena: rows are printed at once, but tests may keep them. */
static const char *named(const bench *b, const char *form, const char *what, size_t number)
{
    return park_arena_printf(b->arena, form, what, number);
}

/* ---- rest ---- */

static void steady_state(bench *b, const json_node *told)
{
    park_sludge_stream out, waste;
    b->report->id = "steady state, open loop";
    for (size_t i = 0; i < TANKS; i++) {
        char name[3] = {'S', (char)('1' + i), '\0'};
        for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
            process_relative(b->report, named(b, "%s tank %zu", COMPONENT[k], i + 1),
                             json_number(json_item(json_at(json_at(told, "reactors"), name), k), NAN),
                             b->steady[13 * i + k] / G, 1e-3);
    }
    for (size_t j = 0; j < LAYERS; j++)
        process_relative(b->report, named(b, "%s layer %zu", "TSS", j + 1),
                         json_number(json_item(json_at(told, "settler_TSS_layers_top_to_bottom"), j), NAN),
                         b->steady[65 + 8 * j + 7] / G, 1e-3);
    park_sludge_leaving(b->form, &b->in, b->steady, &out, &waste);
    process_relative(b->report, "TSS effluent", json_number(json_at(told, "effluent_TSS"), NAN),
                     park_asm1_tss(&b->plant.kinetics, out.conc) / G, 1e-3);
}

/* ---- start-up ---- */

typedef struct startup {
    const park_sludge_form *form;
    double                  seen[DAYS_MOST][STATES_MOST];
    size_t                  count;
} startup;

static void keep(void *user, double time, const park_sludge_inflow *in, const double *y)
{
    startup *s = user;
    (void)in;
    (void)time;
    if (s->count < DAYS_MOST)
        memcpy(s->seen[s->count++], y, s->form->states * sizeof *y);
}

/* The published columns: a tank has thirteen components, TSS and flow; then the effluent, then ten layers. */
static void start_from(bench *b, const double *row)
{
    static const size_t SOLUBLE[] = {PARK_SI, PARK_SS, PARK_SO, PARK_SNO, PARK_SNH, PARK_SND, PARK_SALK};
    for (size_t i = 0; i < TANKS; i++)
        for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
            b->y[13 * i + k] = row[1 + 15 * i + k] * G;
    for (size_t j = 0; j < LAYERS; j++) {
        for (size_t q = 0; q < 7; q++)
            b->y[65 + 8 * j + q] = row[1 + 75 + SOLUBLE[q]] * G;
        b->y[65 + 8 * j + 7] = row[1 + 75 + 15 + j] * G;
    }
}

/* The worst day of a component of a tank, as a row: near zero a figure counts by 0.001 g/m3 more. */
static void start_up(bench *b)
{
    static double  row[DAYS_MOST][COLUMNS_MOST];
    static startup s;
    FILE          *file = opened(b, "matlab_openloop_transient_50d.csv");
    size_t         rows = 0;
    if (file == NULL)
        return;
    (void)row_read(file, row[0]); /* names */
    while (rows < DAYS_MOST && row_read(file, row[rows]) >= 101)
        rows++;
    fclose(file);
    start_from(b, row[0]);
    const double               time[1]  = {0.0};
    park_sludge_series         series   = {1, time, &b->in};
    park_sludge_march_settings settings = {.rtol = 1e-6, .every = DAY, .seen = keep, .user = &s};
    s.form = b->form, s.count = 0;
    if (park_sludge_march(b->arena, b->form, &series, &settings, 0.0, 50.5 * DAY, b->y, NULL, NULL, NULL) !=
        PARK_OK)
        s.count = 0;
    b->report->id = "start-up, worst day from the second";
    for (size_t i = 0; i < TANKS; i++)
        for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++) {
            double worst = -1.0, want = NAN, got = NAN;
            for (size_t n = 0; n < rows; n++) {
                size_t day = (size_t)(row[n][0] + 0.5);
                if (row[n][0] < 1.999 || fabs(row[n][0] - (double)day) > 1e-6 || day >= s.count)
                    continue;
                double here = row[n][1 + 15 * i + k], there = s.seen[day][13 * i + k] / G;
                double off = fabs(there - here) / (fabs(here) + 1e-3);
                if (off > worst)
                    worst = off, want = here, got = there;
            }
            process_relative(b->report, named(b, "%s tank %zu", COMPONENT[k], i + 1), want + 1e-3, got + 1e-3,
                             0.01);
        }
}

/* ---- the dry fortnight ---- */

static bool dry_read(const bench *b, park_sludge_inflow *dry, double *time)
{
    FILE  *file = opened(b, "influent_dry.csv");
    double value[COLUMNS_MOST];
    size_t rows = 0;
    if (file == NULL)
        return false;
    (void)row_read(file, value);
    while (rows < DRY_ROWS && row_read(file, value) >= 15) {
        for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
            dry[rows].conc[k] = value[k + 1] * G;
        dry[rows++].flow = value[14] / DAY;
    }
    fclose(file);
    memcpy(dry + DRY_ROWS, dry, DRY_ROWS * sizeof *dry);
    for (size_t i = 0; i < 2 * DRY_ROWS; i++)
        time[i] = 900.0 * (double)i;
    return rows == DRY_ROWS;
}

static void dry_fortnight(bench *b, const json_node *told)
{
    static park_sludge_inflow dry[2 * DRY_ROWS];
    static double             time[2 * DRY_ROWS];
    sampling                  s      = {.form = b->form};
    park_sludge_series        series = {2 * DRY_ROWS, time, dry};
    park_sludge_totals        t;
    if (!dry_read(b, dry, time))
        return;
    park_sludge_march_settings settings = {
        .totals_from = 21.0 * DAY, .every = 900.0, .seen = sample, .user = &s};
    memcpy(b->y, b->steady, sizeof b->y);
    b->report->id = "dry weather, open loop";
    if (park_sludge_march(b->arena, b->form, &series, &settings, 0.0, 28.0 * DAY, b->y, &t, NULL, NULL) !=
        PARK_OK) {
        process_relative(b->report, "EQI", json_number(json_at(told, "EQI"), NAN), NAN, 1e-3);
        return;
    }
    park_sludge_measures in   = park_asm1_measures(&b->plant.kinetics, t.entered, PARK_BOD_RAW);
    park_sludge_energy   e    = park_sludge_energy_standard();
    park_sludge_use      u    = park_sludge_used(&b->plant, &e, &t);
    const double         days = t.seconds / DAY, kwh_a_day = DAY / 3.6e6;
    process_relative(b->report, "EQI", json_number(json_at(told, "EQI"), NAN),
                     s.pollution / (double)s.count * DAY, 1e-3);
    process_relative(b->report, "IQI", json_number(json_at(told, "IQI"), NAN), park_pollution(&in) / days,
                     1e-3);
    process_relative(b->report, "AE", json_number(json_at(told, "AE"), NAN), u.aeration * kwh_a_day, 1e-3);
    process_relative(b->report, "PE", json_number(json_at(told, "PE"), NAN), u.pumping * kwh_a_day, 1e-3);
    process_relative(b->report, "ME", json_number(json_at(told, "ME"), NAN), u.mixing * kwh_a_day, 1e-3);
}

bool process_bsm1(park_arena *arena, const char *folder, process_report *report)
{
    char path[600];
    snprintf(path, sizeof path, "%s/steady_state_openloop.json", folder);
    const json_node *told = json_at(json_read(arena, path), "published");
    if (told == NULL)
        return false;
    static bench b;
    b    = (bench){.arena = arena, .folder = folder, .plant = park_sludge_bsm1(), .report = report};
    b.in = (park_sludge_inflow){18446.0 / DAY,
                                {30, 69.5, 51.2, 202.32, 28.17, 0, 0, 0, 0, 31.56, 6.95, 10.59, 7}};
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
        b.in.conc[k] *= G;
    if (park_sludge_form_make(arena, &b.plant, &b.form, NULL) != PARK_OK)
        return false;
    park_sludge_guess(b.form, &b.in, b.steady);
    if (park_sludge_steady(arena, b.form, &b.in, b.steady, NULL, NULL) != PARK_OK)
        for (size_t i = 0; i < STATES_MOST; i++)
            b.steady[i] = NAN;
    steady_state(&b, told);
    start_up(&b);
    snprintf(path, sizeof path, "%s/dynamic_results.json", folder);
    const json_node *dynamic = json_read(arena, path);
    told                     = json_at(json_at(dynamic, "published"), "open_loop_dry");
    if (told != NULL && !isnan(b.steady[0])) {
        dry_fortnight(&b, told);
        process_bsm1_park(arena, folder, told,
                          json_at(json_at(json_at(dynamic, "own"), "cases"), "open_hold_2x"), report);
    }
    return true;
}
