/*
 * bsm1 through a whole park: the benchmark's dry fortnight as streams, a sludge treatment and an outfall that are simulated with
 * everything that a park's march does. One stream brings each component, so that flow and composition are the file's in
 * every quarter of an hour; the park knows the components as constituents.
 */
#include "march_fixture.h"
#include "process_cases.h"

#include "biology/assess.h"
#include "biology/fractions.h"
#include "units/treatments/sludge.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRY_ROWS = 1344, FORTNIGHTS = 2, QUARTERS = FORTNIGHTS * DRY_ROWS, STREAMS = 10 };
enum { COD, AMMONIUM, NITROGEN, SOLIDS, ALKALINITY, NITRATE, BOD, TOLD, C = TOLD + PARK_SLUDGE_TOLD };

static const char *const NAMES[C] = {"COD", "NH3-N", "TN",  "SS",   "alkalinity", "NO3-N", "BOD",  "S_I",
                                     "S_S", "X_I",   "X_S", "X_BH", "X_BA",       "X_P",   "S_ND", "X_ND"};
static const size_t      TOLD_AS[PARK_SLUDGE_TOLD] = {PARK_SI,  PARK_SS, PARK_XI,  PARK_XS, PARK_XBH,
                                                      PARK_XBA, PARK_XP, PARK_SND, PARK_XND};
/* What the streams bring: components that the file has, the last is water. */
static const size_t BROUGHT[STREAMS - 1] = {PARK_SI,  PARK_SS,  PARK_XI,  PARK_XS,  PARK_XBH,
                                            PARK_SNH, PARK_SND, PARK_XND, PARK_SALK};
static const double DAY = 86400.0, QUARTER = 900.0, G = 1e-3, THICK = 50.0; /* kg/m3, kmol/m3 of a stream */

typedef struct dry_park {
    park_arena *arena;
    park_draft *draft;
    park_asm1   kinetics;
    double      row[DRY_ROWS][15]; /* the file's: day, components [g/m3], flow [m3/d] */
} dry_park;

static bool dry_read(dry_park *d, const char *folder)
{
    char path[600], line[1024];
    snprintf(path, sizeof path, "%s/influent_dry.csv", folder);
    FILE  *file = fopen(path, "r");
    size_t read = 0;
    if (file == NULL)
        return false;
    bool named = fgets(line, sizeof line, file) != NULL;
    while (named && read < DRY_ROWS && fgets(line, sizeof line, file) != NULL) {
        char *at = line;
        for (size_t k = 0; k < 15; k++, at += *at == ',')
            d->row[read][k] = strtod(at, &at);
        read++;
    }
    fclose(file);
    return read == DRY_ROWS;
}

/* A component of the file's row, in kg/m3 or kmol/m3; the constant inflow of the benchmark before the first row. */
static double entering(const dry_park *d, int quarter, size_t k)
{
    static const double MEAN[] = {30, 69.5, 51.2, 202.32, 28.17, 0, 0, 0, 0, 31.56, 6.95, 10.59, 7};
    return G * (quarter < 0 ? MEAN[k] : d->row[quarter % DRY_ROWS][1 + k]);
}

static double entering_flow(const dry_park *d, int quarter)
{
    return (quarter < 0 ? 18446.0 : d->row[quarter % DRY_ROWS][14]) / DAY;
}

/* Quality of a water of these components, as a laboratory and as the model tell it. */
static void quality_of(const dry_park *d, const double *conc, double *quality)
{
    park_sludge_water w = park_sludge_measured(&d->kinetics, conc, 0.0);
    memset(quality, 0, C * sizeof *quality);
    quality[COD]        = w.cod;
    quality[AMMONIUM]   = w.ammonium;
    quality[NITROGEN]   = w.total_nitrogen;
    quality[SOLIDS]     = w.solids;
    quality[ALKALINITY] = w.alkalinity;
    quality[BOD]        = park_asm1_measures(&d->kinetics, conc, PARK_BOD_RAW).bod5;
    for (size_t i = 0; i < PARK_SLUDGE_TOLD; i++)
        quality[TOLD + i] = conc[TOLD_AS[i]];
}

/* A day of constant inflow, then the fortnights; flow of stream s. */
static int32_t stream_pattern(const dry_park *d, size_t s, int64_t start)
{
    park_pattern p = {.kind = PARK_PATTERN_SERIES, .count = QUARTERS + 1};
    p.time         = PARK_ARRAY(d->arena, p.count, int64_t);
    p.value        = PARK_ARRAY(d->arena, p.count, double);
    for (int i = -1; i < QUARTERS; i++) {
        double flow = entering_flow(d, i), rest = flow;
        for (size_t k = 0; k < STREAMS - 1; k++)
            rest -= flow * entering(d, i, BROUGHT[k]) / THICK;
        p.time[i + 1]  = i < 0 ? start : start + (int64_t)DAY + i * (int64_t)QUARTER;
        p.value[i + 1] = s + 1 < STREAMS ? flow * entering(d, i, BROUGHT[s]) / THICK : rest;
    }
    return park_draft_pattern(d->draft, p);
}

static void streams_add(dry_park *d, int64_t start)
{
    for (size_t s = 0; s < STREAMS; s++) {
        double conc[PARK_ASM1_COMPONENTS] = {0.0}, quality[C];
        if (s + 1 < STREAMS)
            conc[BROUGHT[s]] = THICK;
        quality_of(d, conc, quality);
        const char *id                                  = park_arena_printf(d->arena, "stream%zu", s);
        int32_t     u                                   = add_source(d->draft, "stream", id, quality);
        ((park_source *)params_of(d->draft, u))->inflow = (park_series){1.0, stream_pattern(d, s, start)};
    }
}

static void plant_add(dry_park *d)
{
    static const double VOLUME[]  = {1000.0, 1000.0, 1333.0, 1333.0, 1333.0},
                        KLA[]     = {0.0, 0.0, 240.0, 240.0, 84.0};
    const double daily            = 18446.0 / DAY;
    int32_t      unit             = add_unit(d->draft, PARK_TREATMENT, "removal", "plant");
    d->draft->unit[unit].existing = true;
    d->draft->unit[unit].duty     = PARK_DUTY_WASTE;
    park_treatment         *t     = params_of(d->draft, unit);
    park_sludge_words_tank *tank  = PARK_ARRAY(d->arena, 5, park_sludge_words_tank);
    for (size_t i = 0; i < 5; i++)
        tank[i] = (park_sludge_words_tank){VOLUME[i], NAN, KLA[i] / DAY};
    t->states               = PARK_STATES_ASM1;
    t->recovery             = 0.99;
    t->reject_as            = PARK_REJECT_SLUDGE;
    t->capacity             = (park_range){0.0, 2.0 * daily, NAN}; /* the day's peak is 1.74 of the mean */
    t->sludge.tanks         = (park_named){.items = tank, .count = 5};
    t->sludge.waste         = 385.0 / DAY;
    t->sludge.recycle       = 1.5; /* of twice the mean: 55338 m3/d */
    t->sludge.returned      = 0.5;
    t->sludge.settler_area  = 1500.0;
    t->sludge.temperature   = 288.15;
    t->sludge.layers        = PARK_SOLIDS_AS_INFLOW;
    t->sludge.ammonium_half = t->sludge.alkalinity_half = 0.0;
    add_unit(d->draft, PARK_SINK, "outfall", "out");
    for (size_t s = 0; s < STREAMS; s++)
        connect(d->draft, park_arena_printf(d->arena, "stream%zu", s), "plant");
    connect(d->draft, "plant", "out");
}

/* ---- what is judged: the last week, Eq. (B24)-(B25) ---- */

static double pollution(const double *water)
{
    double kjeldahl = water[NITROGEN] - water[NITRATE];
    return 2.0 * water[SOLIDS] + water[COD] + 30.0 * kjeldahl + 10.0 * water[NITRATE] + 2.0 * water[BOD];
}

typedef struct week {
    double effluent[C], influent[C]; /* [kg] */
    double water, sampled;           /* [m3], [kg/d summed over the samples] */
} week;

/* The effluent at an instant lies between the means of the quarters before and after it; the benchmark samples it with the flow that
 * begins there. */
static week last_week(const dry_park *d, const rows *r)
{
    week    w      = {0};
    int32_t outlet = park_model_outlet(d->draft, "plant"), out = link_between(d->draft, "plant", "out"),
            inlet = d->draft->unit[park_model_unit(d->draft, "plant")].first_inlet;
    int flow      = rows_column(r, PARK_COLUMN_LINK_FLOW, out, -1);
    for (int i = QUARTERS - DRY_ROWS / 2; i < QUARTERS; i++) {
        size_t row = (size_t)i + (size_t)(DAY / QUARTER);
        double q   = rows_at(r, row, flow), sample[C];
        for (int c = 0; c < C; c++) {
            int column = rows_column(r, PARK_COLUMN_OUTLET_CONC, outlet, c);
            sample[c]  = 0.5 * (rows_at(r, row - 1, column) + rows_at(r, row, column));
            w.effluent[c] += q * QUARTER * rows_at(r, row, column);
            w.influent[c] += entering_flow(d, i) * QUARTER *
                             rows_at(r, row, rows_column(r, PARK_COLUMN_INLET_CONC, inlet, c));
        }
        w.sampled += q * DAY * pollution(sample);
        w.water += q * QUARTER;
    }
    return w;
}

static void judge(const week *w, const json_node *published, const json_node *own, process_report *report)
{
    static const struct {
        const char *name;
        int         constituent;
    } MEAN[]        = {{"SNH", AMMONIUM}, {"SNO", NITRATE}, {"Ntot", NITROGEN},
                       {"TSS", SOLIDS},   {"COD", COD},     {"BOD5", BOD}};
    const double *e = w->effluent, days = 7.0;
    report->id = "dry weather, open loop, through a park";
    process_relative(report, "EQI", json_number(json_at(published, "EQI"), NAN), w->sampled / (DRY_ROWS / 2),
                     1e-3);
    process_relative(report, "IQI", json_number(json_at(published, "IQI"), NAN),
                     pollution(w->influent) / days, 1e-3);
    process_relative(report, "mean EQI", json_number(json_at(own, "EQI"), NAN), pollution(e) / days, 1e-3);
    for (size_t i = 0; i < sizeof MEAN / sizeof *MEAN; i++)
        process_relative(report, MEAN[i].name, json_number(json_at(own, MEAN[i].name), NAN),
                         e[MEAN[i].constituent] / w->water / G, 5e-3);
}

void process_bsm1_park(park_arena *arena, const char *folder, const json_node *published,
                       const json_node *own, process_report *report)
{
    dry_park *d = PARK_NEW(arena, dry_park);
    if (d == NULL || !dry_read(d, folder))
        return;
    int64_t start = day_start(2025, 1, 31), end = start + (1 + 14 * FORTNIGHTS) * (int64_t)DAY;
    d->arena             = arena;
    d->kinetics          = park_asm1_standard(288.15);
    d->draft             = draft_with(arena, NAMES, C);
    d->draft->candidates = PARK_CANDIDATES_NONE;
    park_findings findings;
    park_findings_init(&findings, arena);
    period(d->draft, start, end,
           PARK_SEASONS_MONTHS); /* at rest under the mean of January, which is constant */
    streams_add(d, start);
    plant_add(d);
    park_simulate_settings settings;
    park_simulate_settings_default(&settings);
    settings.output    = (int64_t)QUARTER;
    rows             r = {.arena = arena, .fail_after = -1};
    park_simulation *s =
        stands(d->draft, &findings, false) ? simulate(arena, d->draft, NULL, &settings, &r) : NULL;
    week w = {.water = NAN, .sampled = NAN};
    if (s != NULL)
        w = last_week(d, &r);
    judge(&w, published, own, report);
    process_absolute(report, "water closure", 0.0, s != NULL ? s->closure.water : NAN, 1e-9);
    process_absolute(report, "mass closure", 0.0, s != NULL ? s->closure.mass : NAN, 1e-9);
}
