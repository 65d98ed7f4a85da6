/* The result: bands against theory, attainment, drivers, the backcast, the same bits for any number of threads. */
#include "region_fixture.h"

#include "check.h"
#include "base/ranks.h"
#include "region/draws.h"

#include <pthread.h>
#include <string.h>

static const park_region_settings ONE = {.threads = 1};

static park_region_projection *project(const region_fixture *f, const park_region_settings *settings,
                                       park_arena *arena)
{
    park_region_projection *p   = NULL;
    park_error              err = {0};
    CHECK(park_region_project(&f->region, settings, arena, &p, &err) == PARK_OK);
    return p;
}

static size_t subject_of(const park_region_projection *p, park_region_quantity quantity,
                         park_region_basis basis)
{
    for (size_t s = 0; s < p->subjects; s++)
        if (p->subject[s].quantity == quantity && p->subject[s].basis == basis && !p->subject[s].large)
            return s;
    return p->subjects;
}

/* One member whose intake per value added moves by -2 % +- 1 % in the one year ahead: intake is 100 (0.98 + 0.01 z). */
static void normal_shock(region_fixture *f)
{
    region_fixture_open(f, 1, 2020, 2020, 2021);
    region_fixture_set(f, 0, 2020, 100.0, 0.0, 900.0, 10.0);
    f->course[0].intake = (park_region_rate){-0.02, 0.01};
    f->region.draws     = 20000;
}

static void bands_are_the_normal_law(void)
{
    region_fixture f;
    park_arena    *arena = park_arena_new();
    normal_shock(&f);
    park_region_target *target =
        region_fixture_target(&f, "intake", PARK_REGION_INTAKE, PARK_REGION_CONVENTIONAL, 2021);
    target->max               = 97.0; /* one standard deviation below the median: 15.87 % */
    park_region_projection *p = project(&f, &ONE, arena);
    const park_region_band *b = &p->band[subject_of(p, PARK_REGION_INTAKE, PARK_REGION_CONVENTIONAL) * 2 + 1];
    /* standard errors over 20000 draws: mean 0.007, median 0.009, 2.5 % quantile 0.019, share 0.0026; five of them */
    CHECK_CLOSE(b->mean, 98.0, 0.035);
    CHECK_CLOSE(b->median, 98.0, 0.045);
    CHECK_CLOSE(b->low95, 98.0 - 1.95996, 0.095);
    CHECK_CLOSE(b->high95, 98.0 + 1.95996, 0.095);
    CHECK_CLOSE(b->low80, 98.0 - 1.28155, 0.06);
    CHECK_CLOSE(p->attainment[0].probability, 0.158655, 0.013);
    CHECK_CLOSE(p->attainment[0].lacking, 1.0, 1e-10);
    CHECK(!p->attainment[0].reached);
    CHECK_CLOSE(p->joint, p->attainment[0].probability, 0.0);
    CHECK_CLOSE(p->band[subject_of(p, PARK_REGION_INTAKE, PARK_REGION_CONVENTIONAL) * 2].low95, 100.0, 1e-12);
    park_arena_free(arena);
}

/* Growth of two members with standard deviations 2 % and 1 %, intake 100 each: variances 4 and 1. */
static void drivers_share_the_variance(void)
{
    region_fixture f;
    park_arena    *arena = park_arena_new();
    region_fixture_open(&f, 2, 2020, 2020, 2021);
    region_fixture_set(&f, 0, 2020, 100.0, 0.0, 0.0, 10.0);
    region_fixture_set(&f, 1, 2020, 100.0, 0.0, 0.0, 10.0);
    f.region.courses   = 2;
    f.course_of[1]     = 1;
    f.course[0].growth = (park_region_rate){0.0, 0.02};
    f.course[1].growth = (park_region_rate){0.0, 0.01};
    f.region.draws     = 20000;
    region_fixture_target(&f, "intake", PARK_REGION_INTAKE, PARK_REGION_CONVENTIONAL, 2021)->max = 200.0;
    park_region_projection *p = project(&f, &ONE, arena);
    CHECK(p->factors == 2);
    CHECK_CLOSE(p->share[0], 0.8, 0.03);
    CHECK_CLOSE(p->share[1], 0.2, 0.03);
    park_arena_free(arena);
}

/* A change counts from a year that the same reporting error shifts: a pure error of volumes cannot move it. */
static void reporting_errors_do_not_fake_a_change(void)
{
    region_fixture f;
    park_arena    *arena = park_arena_new();
    region_fixture_open(&f, 1, 2020, 2020, 2025);
    region_fixture_set(&f, 0, 2020, 100.0, 0.0, 900.0, 10.0);
    f.course[0].intake    = (park_region_rate){-0.03, 0.0};
    f.region.volume_error = 0.1;
    f.region.reuse_error  = 0.1;
    f.region.draws        = 500;
    park_region_target *t =
        region_fixture_target(&f, "added", PARK_REGION_INTAKE_PER_ADDED, PARK_REGION_CONVENTIONAL, 2025);
    t->change                 = -0.12; /* 0.97^5 = 0.8587: reached in every draw */
    t->since                  = 2020;
    park_region_projection *p = project(&f, &ONE, arena);
    CHECK_CLOSE(p->attainment[0].probability, 1.0, 0.0);
    CHECK_CLOSE(p->attainment[0].max, 8.8, 1e-12);
    CHECK_CLOSE(p->attainment[0].value, 10.0 * pow(0.97, 5), 1e-12);
    park_arena_free(arena);
}

/* Intake is reported exactly, reuse to 20 %: R moves by Vr alone, and the only factor is the error of reported reuse. */
static void each_volume_has_its_own_error(void)
{
    region_fixture          f;
    park_arena             *arena = park_arena_new();
    park_region_projection *p     = NULL;
    park_region_settings    once  = {.threads = 1};
    region_fixture_open(&f, 1, 2020, 2020, 2021);
    region_fixture_set(&f, 0, 2020, 100.0, 0.0, 900.0, 1.0);
    f.region.reuse_error                                                                     = 0.2;
    f.region.draws                                                                           = 4000;
    region_fixture_target(&f, "vi", PARK_REGION_INTAKE, PARK_REGION_CONVENTIONAL, 2021)->max = 200.0;
    CHECK(park_region_project(&f.region, &once, arena, &p, NULL) == PARK_OK);
    CHECK(p->factors == 1 && p->factor[0].kind == PARK_REGION_FACTOR_VOLUME_REUSE);
    const park_region_band *intake = &p->band[5 * p->years + 1], *rate = &p->band[0 * p->years + 1];
    CHECK_CLOSE(intake->low95, intake->high95, 1e-12);
    CHECK_CLOSE(rate->low80, 900.0 * (1.0 - 0.2 * 1.2816) / (900.0 * (1.0 - 0.2 * 1.2816) + 100.0),
                2e-3); /* 10 % quantile */
    park_arena_free(arena);
}

/* "About 94 %" with half a point: above the band is reached, too, but not inside. */
static void about_has_a_band(void)
{
    region_fixture f;
    park_arena    *arena = park_arena_new();
    region_fixture_open(&f, 1, 2020, 2020, 2021);
    region_fixture_set(&f, 0, 2020, 5.0, 0.0, 95.0, 10.0); /* 95 % */
    f.region.draws = 16;
    park_region_target *t =
        region_fixture_target(&f, "reuse", PARK_REGION_REUSE_RATE, PARK_REGION_ALL_SOURCES, 2021);
    t->about                  = 0.94;
    t->min                    = 0.935;
    park_region_projection *p = project(&f, &ONE, arena);
    CHECK_CLOSE(p->attainment[0].probability, 1.0, 0.0);
    CHECK_CLOSE(p->attainment[0].in_band, 0.0, 0.0);
    park_arena_free(arena);
}

/* A product that nobody makes has no value: its target is neither reached nor missed, and the others stand. */
static void what_is_not_known_is_not_judged(void)
{
    static const park_region_product ETHYLENE = {.id = "ethylene", .output = PARK_DIM_INTENSITY_PER_MASS};
    region_fixture                   f;
    park_arena                      *arena = park_arena_new();
    region_fixture_open(&f, 1, 2020, 2020, 2021);
    region_fixture_set(&f, 0, 2020, 5.0, 0.0, 95.0, 10.0);
    f.region.draws    = 16;
    f.region.products = 1;
    f.region.product  = &ETHYLENE;
    region_fixture_target(&f, "reuse", PARK_REGION_REUSE_RATE, PARK_REGION_ALL_SOURCES, 2021)->min = 0.9;
    park_region_target *ethylene =
        region_fixture_target(&f, "ethylene", PARK_REGION_UNIT_INTAKE, PARK_REGION_CONVENTIONAL, 2021);
    ethylene->subject.product = 0;
    ethylene->max             = 0.0075;
    park_region_projection *p = project(&f, &ONE, arena);
    CHECK(p->attainment[0].known && !p->attainment[1].known);
    CHECK(isnan(p->attainment[1].probability));
    CHECK_CLOSE(p->joint, 1.0, 0.0);
    park_arena_free(arena);
}

/* From 2020 the law foretells 2021 with the growth that came: 100 * 1.2 * 0.95 = 114; 120 was reported. */
static void backcast_is_the_law_on_the_base_year(void)
{
    region_fixture f;
    park_arena    *arena = park_arena_new();
    region_fixture_open(&f, 1, 2020, 2021, 2022);
    region_fixture_set(&f, 0, 2020, 100.0, 0.0, 900.0, 10.0);
    region_fixture_set(&f, 0, 2021, 120.0, 0.0, 880.0, 12.0);
    f.course[0].intake        = (park_region_rate){-0.05, 0.0};
    park_region_projection *p = project(&f, &ONE, arena);
    CHECK(p->backcasts == 1);
    CHECK_CLOSE(p->backcast[0].vi[0], 120.0, 1e-12);
    CHECK_CLOSE(p->backcast[0].vi[1], 114.0, 1e-10);
    CHECK_CLOSE(p->backcast[0].vr[1], 1080.0, 1e-10);
    CHECK_CLOSE(p->backcast[0].rate[1], 1080.0 / 1194.0, 1e-12);
    park_arena_free(arena);
}

/* A region of everything at once. */
static void busy_region(region_fixture *f)
{
    static const int32_t B[] = {1};
    region_fixture_open(f, 4, 2020, 2022, 2030);
    for (size_t m = 0; m < 4; m++)
        for (int32_t y = 2020; y <= 2022; y++)
            region_fixture_set(f, m, y, 100.0 + 30.0 * (double)m + (double)(y - 2020), 2.0 * (double)m,
                               1500.0 - 200.0 * (double)m, 20.0 + (double)m + 0.5 * (double)(y - 2020));
    f->region.courses  = 2;
    f->course_of[2]    = 1;
    f->course[0]       = (park_region_course){NULL, {0.05, 0.01}, {-0.02, 0.01}, {0.01, 0.005}, 0.02};
    f->course[1]       = (park_region_course){NULL, {0.02, 0.02}, {-0.01, 0.01}, {0.0, 0.01}, 0.01};
    f->member[3].large = false;
    for (size_t y = 0; y < 3; y++)
        f->shared_volume[0][y] = 1.0;
    f->shared[0]           = (park_region_shared){.id        = "plant",
                                                  .how       = PARK_REGION_INNER,
                                                  .as        = PARK_REGION_RECLAIMED,
                                                  .receivers = 1,
                                                  .receiver  = B,
                                                  .volume    = f->shared_volume[0]};
    f->region.shares       = 1;
    f->region.growth_sd    = 0.01;
    f->region.volume_error = f->region.reuse_error = 0.03;
    park_region_measure *leaks                     = region_fixture_measure(f, "leaks", 2021, 4.0, 0.5);
    leaks->times[PARK_REGION_PART_CONVENTIONAL]    = 0.9;
    leaks->to_reuse                                = 0.3;
    leaks->adoption.sd                             = 0.1;
    park_region_measure *mine                      = region_fixture_measure(f, "mine", 2024, 2.0, 0.8);
    mine->add[PARK_REGION_PART_MINE]               = 15.0;
    mine->replaces                                 = true;
    park_region_target *reuse =
        region_fixture_target(f, "reuse", PARK_REGION_REUSE_RATE, PARK_REGION_ALL_SOURCES, 2025);
    reuse->min = 0.9;
    park_region_target *added =
        region_fixture_target(f, "added", PARK_REGION_INTAKE_PER_ADDED, PARK_REGION_CONVENTIONAL, 2025);
    added->change = -0.12;
    added->since  = 2020;
}

static void same(const park_region_projection *one, const park_region_projection *many)
{
    CHECK(memcmp(one->band, many->band, one->subjects * one->years * sizeof *one->band) == 0);
    CHECK(memcmp(one->share, many->share, one->targets * one->factors * sizeof *one->share) == 0);
    CHECK(memcmp(one->attainment, many->attainment, one->targets * sizeof *one->attainment) == 0);
    CHECK(memcmp(&one->joint, &many->joint, sizeof one->joint) == 0);
}

static void same_bits_for_any_threads(void)
{
    region_fixture f;
    park_arena    *arena = park_arena_new();
    busy_region(&f);
    f.region.draws              = 1000;
    park_region_projection *one = project(&f, &ONE, arena);
    for (int threads = 2; threads <= 8; threads *= 2) {
        park_region_settings    settings = {.threads = threads};
        park_region_projection *many     = project(&f, &settings, arena);
        same(one, many);
    }
    park_arena_free(arena);
}

/* Ranks as threads: what one shares lies in the open until all have taken it. */
enum { PEERS_MOST = 4 };

typedef struct table {
    pthread_barrier_t met;
    const void       *open;
} table;

static void share(void *user, int from, void *bytes, size_t length)
{
    const park_peers *self = user;
    table            *t    = self[1].user; /* behind the rank's own stands the table */
    if (self->rank == from)
        t->open = bytes;
    pthread_barrier_wait(&t->met);
    if (self->rank != from)
        memcpy(bytes, t->open, length);
    pthread_barrier_wait(&t->met);
}

typedef struct peer {
    park_peers              peers[2];
    const park_region      *region;
    park_cancel             cancel;
    park_arena             *arena;
    park_region_projection *found;
    park_status             status;
    pthread_t               thread;
} peer;

static void *peer_work(void *user)
{
    peer                      *p        = user;
    const park_region_settings settings = {.threads = 1, .cancel = &p->cancel, .peers = p->peers};
    p->status = park_region_project(p->region, &settings, p->arena, &p->found, NULL);
    return NULL;
}

/* `stopped`: the rank that is interrupted before it begins, -1: none. */
static void work_together(const park_region *region, int ranks, int stopped, peer *p)
{
    table t;
    pthread_barrier_init(&t.met, NULL, (unsigned)ranks);
    for (int r = 0; r < ranks; r++) {
        p[r]          = (peer){.region = region, .arena = park_arena_new()};
        p[r].peers[0] = (park_peers){.rank = r, .ranks = ranks, .share = share, .user = p[r].peers};
        p[r].peers[1] = (park_peers){.user = &t};
        if (r == stopped)
            park_cancel_raise(&p[r].cancel, 2);
    }
    for (int r = 0; r < ranks; r++)
        CHECK(pthread_create(&p[r].thread, NULL, peer_work, &p[r]) == 0);
    for (int r = 0; r < ranks; r++)
        pthread_join(p[r].thread, NULL);
    pthread_barrier_destroy(&t.met);
}

/* 1000 draws are four chunks: two ranks, three that get unequal parts; four hundred draws leave ranks with nothing to do. */
static void same_bits_for_any_peers(void)
{
    region_fixture      f;
    peer                p[PEERS_MOST];
    static const size_t DRAWS[] = {1000, 400};
    busy_region(&f);
    for (size_t d = 0; d < 2; d++)
        for (int ranks = 2; ranks <= PEERS_MOST; ranks++) {
            park_arena *arena           = park_arena_new();
            f.region.draws              = DRAWS[d];
            park_region_projection *one = project(&f, &ONE, arena);
            work_together(&f.region, ranks, -1, p);
            for (int r = 0; r < ranks; r++) {
                CHECK(p[r].status == PARK_OK);
                if (p[r].status == PARK_OK)
                    same(one, p[r].found);
                park_arena_free(p[r].arena);
            }
            park_arena_free(arena);
        }
}

static void what_stops_one_peer_stops_all(void)
{
    region_fixture f;
    peer           p[3];
    busy_region(&f);
    f.region.draws = 1000;
    work_together(&f.region, 3, 1, p);
    for (int r = 0; r < 3; r++) {
        CHECK(p[r].status == PARK_E_CANCELLED);
        park_arena_free(p[r].arena);
    }
}

/* The members' parts and what double counting takes out are the region's, in every year ahead. */
static void members_add_up_to_the_region(void)
{
    region_fixture f;
    park_arena    *arena = park_arena_new();
    busy_region(&f);
    park_region_projection *p = project(&f, &ONE, arena);
    for (size_t y = 3; y < p->years; y++) {
        double members = 0.0, region = 0.0;
        for (size_t m = 0; m < 4; m++)
            for (int part = 0; part < PARK_REGION_PARTS; part++)
                members += p->member[(m * p->years + y) * (PARK_REGION_PARTS + 1) + (size_t)part];
        for (int flow = 0; flow < PARK_REGION_FLOWS; flow++)
            region += p->flow[y * PARK_REGION_FLOWS + (size_t)flow];
        CHECK_CLOSE(region, members,
                    1e-9 * members); /* Vf + Vr is the same on both sides of an elimination */
    }
    park_arena_free(arena);
}

static void without_a_measure_the_target_is_farther(void)
{
    region_fixture f;
    park_arena    *arena = park_arena_new();
    busy_region(&f);
    park_region_projection *p = project(&f, &ONE, arena);
    CHECK(p->what_if[1 * 2 + 0] >
          p->attainment[1].value); /* more intake per value added without the leaks mended */
    CHECK(p->what_if[1 * 2 + 1] > p->attainment[1].value);
    f.region.measures          = 0;
    park_region_projection *no = project(&f, &ONE, arena);
    CHECK(no->attainment[1].value > p->what_if[1 * 2 + 0]);
    park_arena_free(arena);
}

static void causes_leave_no_rest(void)
{
    region_fixture     f;
    park_region_causes causes;
    park_error         err   = {0};
    park_arena        *arena = park_arena_new();
    busy_region(&f);
    f.region.shares           = 0;
    park_region_projection *p = project(&f, &ONE, arena);
    CHECK(park_region_explain(&f.region, p, 2020, 2025, arena, &causes, &err) == PARK_OK);
    double sum =
        causes.activity + causes.structure + causes.intensity + causes.measure[0] + causes.measure[1];
    CHECK_CLOSE(sum, causes.intake_to - causes.intake_from, 1e-9 * causes.intake_from);
    CHECK_CLOSE(causes.eliminated, 0.0, 1e-9 * causes.intake_from);
    CHECK(causes.activity > 0.0);
    CHECK(causes.measure[0] < 0.0);
    CHECK_CLOSE(causes.measure[1], -12.0, 1e-9); /* 80 % of 15, in place of intake */
    CHECK(park_region_explain(&f.region, p, 2025, 2025, arena, &causes, &err) == PARK_E_RANGE);
    CHECK(park_region_explain(&f.region, p, 2020, 2031, arena, &causes, &err) == PARK_E_RANGE);
    park_arena_free(arena);
}

/* Double the value added at the same intensity: all of it is activity. */
static void growth_alone_is_activity(void)
{
    region_fixture     f;
    park_region_causes causes;
    park_error         err   = {0};
    park_arena        *arena = park_arena_new();
    region_fixture_open(&f, 2, 2020, 2020, 2021);
    region_fixture_set(&f, 0, 2020, 100.0, 0.0, 0.0, 10.0);
    region_fixture_set(&f, 1, 2020, 50.0, 0.0, 0.0, 20.0);
    f.course[0].growth.rate   = 1.0;
    park_region_projection *p = project(&f, &ONE, arena);
    CHECK(park_region_explain(&f.region, p, 2020, 2021, arena, &causes, &err) == PARK_OK);
    CHECK_CLOSE(causes.activity, 150.0, 1e-10);
    CHECK_CLOSE(causes.structure, 0.0, 1e-10);
    CHECK_CLOSE(causes.intensity, 0.0, 1e-10);
    park_arena_free(arena);
}

static void an_interrupt_is_heard(void)
{
    region_fixture          f;
    park_region_projection *p;
    park_cancel             cancel = {0};
    park_error              err    = {0};
    park_arena             *arena  = park_arena_new();
    normal_shock(&f);
    park_cancel_raise(&cancel, 2);
    park_region_settings settings = {.threads = 1, .cancel = &cancel};
    CHECK(park_region_project(&f.region, &settings, arena, &p, &err) == PARK_E_CANCELLED);
    park_arena_free(arena);
}

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Selection against sorting, with many equal values. */
static void quantiles_are_those_of_the_sorted(void)
{
    static const double P[] = {0.0, 0.025, 0.1, 0.5, 0.9, 1.0};
    double              value[400], sorted[400], got[6];
    for (size_t count = 1; count <= 400; count += 7) {
        for (size_t i = 0; i < count; i++)
            value[i] = sorted[i] = (double)((i * 7919 + count) % 101);
        qsort(sorted, count, sizeof *sorted, rising);
        park_region_quantiles(value, count, P, 6, got);
        for (size_t k = 0; k < 6; k++)
            CHECK_CLOSE(got[k], sorted[(size_t)floor(P[k] * (double)(count - 1) + 0.5)], 0.0);
    }
    value[0] = NAN;
    park_region_quantiles(value, 3, P, 1, got);
    CHECK(isnan(got[0]));
}

int main(void)
{
    RUN(bands_are_the_normal_law);
    RUN(drivers_share_the_variance);
    RUN(reporting_errors_do_not_fake_a_change);
    RUN(each_volume_has_its_own_error);
    RUN(about_has_a_band);
    RUN(what_is_not_known_is_not_judged);
    RUN(backcast_is_the_law_on_the_base_year);
    RUN(same_bits_for_any_threads);
    RUN(same_bits_for_any_peers);
    RUN(what_stops_one_peer_stops_all);
    RUN(members_add_up_to_the_region);
    RUN(without_a_measure_the_target_is_farther);
    RUN(causes_leave_no_rest);
    RUN(growth_alone_is_activity);
    RUN(an_interrupt_is_heard);
    RUN(quantiles_are_those_of_the_sorted);
    return park_test_done();
}
