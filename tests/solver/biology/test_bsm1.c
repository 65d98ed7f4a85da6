/*
 * The benchmark BSM1 against its published results, read from ../shared/data/process/bsm1: the open-loop steady state, the
 * start-up of fifty days, and the dry fortnight run twice, whose last seven days are judged.
 */
#include "effluent_sample.h"
#include "biology/assess.h"
#include "biology/stepper.h"
#include "biology/steady.h"

#include "json_tree.h"
#include "sludge_fixture.h"

enum { STATES_MOST = 400, ROWS_MOST = 2700, COLUMNS_MOST = 120 };

static const char *data_path(const char *file)
{
    static char path[400];
    const char *shared = getenv("PARK_SHARED");
    snprintf(path, sizeof path, "%s/data/process/%s", shared != NULL ? shared : "../shared", file);
    return path;
}

static FILE *opened(const char *file)
{
    FILE *there = fopen(data_path(file), "r");
    if (there == NULL)
        SKIP("reference data absent");
    return there;
}

static size_t row_read(FILE *file, double *value)
{
    static char line[4096];
    size_t      count = 0;
    if (fgets(line, sizeof line, file) == NULL)
        return 0;
    for (char *at = line; count < COLUMNS_MOST; at++) {
        value[count++] = strtod(at, &at);
        if (*at != ',')
            break;
    }
    return count;
}

typedef struct bench {
    park_arena        *arena;
    park_sludge_plant  plant;
    park_sludge_form  *form;
    park_sludge_inflow in;
    double             y[STATES_MOST];
} bench;

static bench bench_open(void)
{
    bench b = {.arena = park_arena_new(), .plant = park_sludge_bsm1(), .in = sludge_inflow()};
    b.form  = sludge_form(b.arena, &b.plant);
    park_sludge_guess(b.form, &b.in, b.y);
    CHECK(park_sludge_steady(b.arena, b.form, &b.in, b.y, NULL, NULL) == PARK_OK);
    return b;
}

static void the_steady_state_is_the_published_one(void)
{
    bench            b    = bench_open();
    const json_node *all  = json_read(b.arena, data_path("bsm1/steady_state_openloop.json"));
    const json_node *told = json_at(all, "published"), *own = json_at(all, "own_independent");
    CHECK(told != NULL && own != NULL);
    for (size_t i = 0; i < 5; i++) {
        char name[3] = {'S', (char)('1' + i), '\0'};
        for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++) {
            double got  = b.y[13 * i + k] / G;
            double want = json_number(json_item(json_at(json_at(told, "reactors"), name), k), NAN);
            double sure = json_number(json_item(json_at(json_at(own, "reactors"), name), k), NAN);
            CHECK_CLOSE(got, want, 1e-4 * want); /* printed with five digits */
            CHECK_CLOSE(got, sure, 1e-6 * sure + 1e-9);
        }
    }
    park_sludge_stream out, waste;
    park_sludge_leaving(b.form, &b.in, b.y, &out, &waste);
    CHECK_CLOSE(park_asm1_tss(&b.plant.kinetics, out.conc) / G,
                json_number(json_at(told, "effluent_TSS"), NAN), 1e-5);
    const json_node *layers = json_at(told, "settler_TSS_layers_top_to_bottom");
    for (size_t j = 0; j < 10; j++) {
        double want = json_number(json_item(layers, j), NAN);
        CHECK_CLOSE(b.y[65 + 8 * j + 7] / G, want, 1e-6 * want);
    }
    park_arena_free(b.arena);
}

/* ---- the start-up ---- */

typedef struct startup {
    const park_sludge_form *form;
    double                  seen[60][STATES_MOST], time[60];
    size_t                  count;
} startup;

static void keep(void *user, double time, const park_sludge_inflow *in, const double *y)
{
    startup *s = user;
    (void)in;
    if (s->count < 60) {
        s->time[s->count] = time;
        memcpy(s->seen[s->count++], y, s->form->states * sizeof *y);
    }
}

/* From a sludge drawn by chance, a day at a time, every component of every tank within 1 %. What the settler's water
 * carried at the start is not published, and X_P of the first day (why is not known; it fades as an initial stock would) is off by
 * 1.04 %, of the second by 0.77 %; so days count from the second. */
static void the_start_up_follows_the_published_one(void)
{
    static double  row[ROWS_MOST][COLUMNS_MOST];
    static startup s;
    bench          b    = bench_open();
    FILE          *file = opened("bsm1/matlab_openloop_transient_50d.csv");
    size_t         rows = 0;
    (void)row_read(file, row[0]); /* names */
    while (rows < ROWS_MOST && row_read(file, row[rows]) >= 101)
        rows++;
    fclose(file);
    CHECK(rows > 40);
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
            b.y[13 * i + k] = row[0][1 + 15 * i + k] * G;
    for (size_t j = 0; j < 10; j++) {
        const size_t soluble[] = {PARK_SI, PARK_SS, PARK_SO, PARK_SNO, PARK_SNH, PARK_SND, PARK_SALK};
        for (size_t q = 0; q < 7; q++)
            b.y[65 + 8 * j + q] = row[0][1 + 75 + soluble[q]] * G;
        b.y[65 + 8 * j + 7] = row[0][1 + 75 + 15 + j] * G;
    }
    const double               time[1]  = {0.0};
    park_sludge_series         series   = {1, time, &b.in};
    park_sludge_march_settings settings = {.rtol = 1e-6, .every = DAY, .seen = keep, .user = &s};
    s.form                              = b.form;
    CHECK(park_sludge_march(b.arena, b.form, &series, &settings, 0.0, 50.5 * DAY, b.y, NULL, NULL, NULL) ==
          PARK_OK);
    double worst = 0.0;
    size_t seen  = 0;
    for (size_t n = 0; n < rows; n++) {
        size_t day = (size_t)(row[n][0] + 0.5);
        if (row[n][0] < 1.999 || fabs(row[n][0] - (double)day) > 1e-6 || day >= s.count)
            continue;
        seen++;
        for (size_t i = 0; i < 5; i++)
            for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++) {
                double want = row[n][1 + 15 * i + k], got = s.seen[day][13 * i + k] / G;
                double off = fabs(got - want) / (fabs(want) + 1e-3);
                worst      = fmax(worst, off);
                CHECK(off < 0.01);
            }
    }
    CHECK(seen >= 10);
    printf("     worst of %zu days: %.3g\n", seen, worst);
    park_arena_free(b.arena);
}

/* ---- the dry fortnight ---- */

static park_sludge_inflow dry[2 * 1344];
static double             dry_time[2 * 1344];

static void dry_read(void)
{
    FILE  *file = opened("bsm1/influent_dry.csv");
    double value[COLUMNS_MOST];
    size_t rows = 0;
    (void)row_read(file, value);
    while (rows < 1344 && row_read(file, value) >= 15) {
        for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
            dry[rows].conc[k] = value[k + 1] * G;
        dry[rows++].flow = value[14] / DAY;
    }
    fclose(file);
    CHECK(rows == 1344);
    memcpy(dry + 1344, dry, 1344 * sizeof *dry);
    for (size_t i = 0; i < 2 * 1344; i++)
        dry_time[i] = 900.0 * (double)i;
}

static void the_dry_fortnight(void)
{
    bench b = bench_open();
    dry_read();
    sampling                   s        = {.form = b.form};
    park_sludge_series         series   = {2 * 1344, dry_time, dry};
    park_sludge_march_settings settings = {
        .totals_from = 21.0 * DAY, .every = 900.0, .seen = sample, .user = &s};
    park_sludge_totals t;
    park_dae_counts    counts;
    CHECK(park_sludge_march(b.arena, b.form, &series, &settings, 0.0, 28.0 * DAY, b.y, &t, &counts, NULL) ==
          PARK_OK);
    park_sludge_measures out  = park_asm1_measures(&b.plant.kinetics, t.left, PARK_BOD_TREATED);
    park_sludge_measures in   = park_asm1_measures(&b.plant.kinetics, t.entered, PARK_BOD_RAW);
    park_sludge_energy   e    = park_sludge_energy_standard();
    park_sludge_use      u    = park_sludge_used(&b.plant, &e, &t);
    const double         days = t.seconds / DAY, kwh_a_day = DAY / 3.6e6;
    double               sampled = s.pollution / (double)s.count * DAY;
    printf("     EQI %.2f, sampled %.2f, IQI %.3f; %llu steps\n", park_pollution(&out) / days, sampled,
           park_pollution(&in) / days, (unsigned long long)counts.steps);
    CHECK(s.count == 7 * 96);
    CHECK_CLOSE(sampled, 6690.1, 0.001 * 6690.1);                           /* published */
    CHECK_CLOSE(park_pollution(&in) / days, 52081.3952, 1e-6 * 52081.3952); /* published */
    CHECK_CLOSE(u.aeration * kwh_a_day, 3341.39, 0.01);
    CHECK_CLOSE(u.pumping * kwh_a_day, 388.17, 0.01);
    CHECK_CLOSE(u.mixing * kwh_a_day, 240.0, 0.01);
    /* continuous means, by an independent program (Runge-Kutta, steps of 1e-4 d) */
    const json_node *all = json_read(b.arena, data_path("bsm1/dynamic_results.json"));
    const json_node *own = json_at(json_at(json_at(all, "own"), "cases"), "open_hold_2x");
    CHECK(own != NULL);
    const struct {
        const char *name;
        double      got;
    } mean[] = {{"EQI", park_pollution(&out) / days},
                {"IQI", park_pollution(&in) / days},
                {"SP_disposal", u.sludge_disposed * DAY},
                {"SP_total", u.sludge_total * DAY},
                {"TSS", out.tss / t.effluent / G},
                {"NKj", out.kjeldahl / t.effluent / G},
                {"Ntot", out.total_nitrogen / t.effluent / G},
                {"COD", out.cod / t.effluent / G},
                {"BOD5", out.bod5 / t.effluent / G},
                {"SNH", out.ammonium / t.effluent / G},
                {"SNO", out.nitrate / t.effluent / G},
                {"SALK", out.alkalinity / 50.045 / t.effluent / G}};
    for (size_t i = 0; i < sizeof mean / sizeof *mean; i++) {
        double want = json_number(json_at(own, mean[i].name), NAN);
        CHECK_CLOSE(mean[i].got, want, 2e-4 * want);
    }
    park_arena_free(b.arena);
}

/*
 * The same fortnight, twice, by the conserving steps that a park's unit takes, from quarter of an hour to quarter of an hour and with
 * solids that each layer carries. Numerically it is IDA's march of the same plant, to two parts in ten thousand. Against the benchmark it
 * is another settler: BSM1 gives all layers the last tank's composition at the same instant, which makes and unmakes components while
 * the load swings. Solids, COD and BOD5 do not feel that (1 %), nitrogen does: ammonium 6.5 % lower, EQI 2.1 %.
 */
static void a_parks_steps_follow_the_fortnight(void)
{
    bench             b          = bench_open();
    park_sludge_plant plant      = b.plant;
    plant.settler.solids         = PARK_SOLIDS_CARRIED;
    park_sludge_form    *form    = NULL;
    park_sludge_stepper *stepper = NULL;
    park_sludge_inflow   mean    = {.flow = 18446.0 / DAY,
                                    .conc = {0.03, 0.0695, 0.0512, 0.20232, 0.02817, 0.0, 0.0, 0.0, 0.0, 0.03156,
                                             0.00695, 0.01059, 0.007}};
    dry_read();
    CHECK(park_sludge_form_make(b.arena, &plant, &form, NULL) == PARK_OK);
    CHECK(park_sludge_stepper_new(b.arena, form, 1e-4, &stepper, NULL) == PARK_OK);
    double *y = PARK_ARRAY(b.arena, form->states, double), step = 0.0;
    park_sludge_guess(form, &mean, y);
    CHECK(park_sludge_steady(b.arena, form, &mean, y, NULL, NULL) == PARK_OK);
    park_sludge_passed passed = {0};
    for (size_t i = 0; i < 2 * 1344; i++) {
        if (i == 21 * 96)
            passed = (park_sludge_passed){0};
        CHECK(park_sludge_stepper_go(stepper, &dry[i], 900.0, y, &step, &passed, NULL) == PARK_OK);
    }
    const park_sludge_totals  *t   = &passed.totals;
    park_sludge_measures       out = park_asm1_measures(&plant.kinetics, t->left, PARK_BOD_TREATED);
    const json_node           *all = json_read(b.arena, data_path("bsm1/dynamic_results.json"));
    const json_node           *own = json_at(json_at(json_at(all, "own"), "cases"), "open_hold_2x");
    park_sludge_totals         ida;
    park_sludge_series         series   = {2 * 1344, dry_time, dry};
    park_sludge_march_settings settings = {.totals_from = 21.0 * DAY};
    park_sludge_guess(form, &mean, y);
    CHECK(park_sludge_steady(b.arena, form, &mean, y, NULL, NULL) == PARK_OK);
    CHECK(park_sludge_march(b.arena, form, &series, &settings, 0.0, 28.0 * DAY, y, &ida, NULL, NULL) ==
          PARK_OK);
    park_sludge_measures second = park_asm1_measures(&plant.kinetics, ida.left, PARK_BOD_TREATED);
    const struct {
        const char *name;
        double      got, again, within;
    } of[] = {{"EQI", park_pollution(&out) / (t->seconds / DAY),
               park_pollution(&second) / (ida.seconds / DAY), 0.025},
              {"TSS", out.tss / t->effluent / G, second.tss / ida.effluent / G, 0.01},
              {"NKj", out.kjeldahl / t->effluent / G, second.kjeldahl / ida.effluent / G, 0.05},
              {"Ntot", out.total_nitrogen / t->effluent / G, second.total_nitrogen / ida.effluent / G, 0.012},
              {"COD", out.cod / t->effluent / G, second.cod / ida.effluent / G, 0.01},
              {"BOD5", out.bod5 / t->effluent / G, second.bod5 / ida.effluent / G, 0.01},
              {"SNH", out.ammonium / t->effluent / G, second.ammonium / ida.effluent / G, 0.07},
              {"SNO", out.nitrate / t->effluent / G, second.nitrate / ida.effluent / G, 0.02}};
    CHECK_CLOSE(t->seconds, 7.0 * DAY, 1e-6);
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        double want = json_number(json_at(own, of[i].name), NAN);
        printf("     %-5s %.5g, by IDA %.5g, benchmark %.5g\n", of[i].name, of[i].got, of[i].again, want);
        CHECK_CLOSE(of[i].got, of[i].again, 2e-4 * of[i].again);
        CHECK_CLOSE(of[i].got, want, of[i].within * want);
    }
    park_arena_free(b.arena);
}

int main(void)
{
    fclose(opened("bsm1/parameters.json"));
    RUN(the_steady_state_is_the_published_one);
    RUN(the_start_up_follows_the_published_one);
    RUN(the_dry_fortnight);
    RUN(a_parks_steps_follow_the_fortnight);
    return park_test_done();
}
