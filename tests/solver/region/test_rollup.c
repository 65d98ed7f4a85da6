/* A region in one year: what is counted twice comes out, and rates are made of sums. */
#include "region_fixture.h"

#include "check.h"

static park_region_year sum_of(const region_fixture *f, int32_t year, bool large)
{
    park_region_year sum;
    CHECK(park_region_sum_year(&f->region, year, large, &sum, NULL) == PARK_OK);
    return sum;
}

/* Two enterprises: A takes 100 and circulates 900; B takes 60 of the river, 40 used by A before and 10 that the park's
 * plant reclaims of their own waste water, and circulates 200. By hand: Vf = 160, Vr = 1150, R = 1150/1310 = 87.79 %; the
 * mean of rates is 77.26 %, the plain sums give 1100/1310 = 83.97 %. */
static void two_enterprises(region_fixture *f)
{
    static const int32_t B[] = {1};
    region_fixture_open(f, 2, 2020, 2020, 2020);
    region_fixture_set(f, 0, 2020, 100.0, 0.0, 900.0, 1.0);
    region_fixture_set(f, 1, 2020, 60.0, 10.0, 200.0, 1.0);
    region_fixture_row(f, 1, 2020)[PARK_REGION_BOUGHT] = 40.0;
    f->shared_volume[0][0]                             = 40.0;
    f->shared_volume[1][0]                             = 10.0;
    f->shared[0]                                       = (park_region_shared){.id        = "a_to_b",
                                                                              .how       = PARK_REGION_TRANSFER,
                                                                              .as        = PARK_REGION_BOUGHT,
                                                                              .receivers = 1,
                                                                              .receiver  = B,
                                                                              .volume    = f->shared_volume[0]};
    f->shared[1]                                       = (park_region_shared){.id        = "plant",
                                                                              .how       = PARK_REGION_INNER,
                                                                              .as        = PARK_REGION_RECLAIMED,
                                                                              .receivers = 1,
                                                                              .receiver  = B,
                                                                              .volume    = f->shared_volume[1]};
    f->region.shares                                   = 2;
}

static void rate_is_made_of_sums(void)
{
    region_fixture f;
    two_enterprises(&f);
    park_region_year sum = sum_of(&f, 2020, false);
    CHECK_CLOSE(sum.vi, 160.0, 1e-12);
    CHECK_CLOSE(sum.vih, 0.0, 1e-12); /* inner reuse is never non-conventional */
    CHECK_CLOSE(sum.vr, 1150.0, 1e-12);
    CHECK_CLOSE(sum.reuse_rate[PARK_REGION_ALL_SOURCES], 0.8779, 5e-5);
    CHECK_CLOSE(sum.mean_rate, 0.7726, 5e-5);
    CHECK_CLOSE(sum.plain_rate, 0.8397, 5e-5);
    CHECK_CLOSE(sum.eliminated_intake, 50.0, 1e-12);
    CHECK_CLOSE(sum.moved_to_reuse, 50.0, 1e-12);
}

/* One plant of city sewage serves two parks, and each reports all of its 30: it is there once. */
static void one_plant_is_counted_once(void)
{
    static const int32_t BOTH[] = {0, 1};
    region_fixture       f;
    region_fixture_open(&f, 2, 2020, 2020, 2020);
    region_fixture_set(&f, 0, 2020, 100.0, 30.0, 500.0, 1.0);
    region_fixture_set(&f, 1, 2020, 100.0, 30.0, 500.0, 1.0);
    f.shared_volume[0][0] = 30.0;
    f.shared[0]           = (park_region_shared){.id        = "plant",
                                                 .how       = PARK_REGION_CLAIMED,
                                                 .as        = PARK_REGION_RECLAIMED,
                                                 .claims    = 2,
                                                 .receivers = 2,
                                                 .receiver  = BOTH,
                                                 .volume    = f.shared_volume[0]};
    f.region.shares       = 1;
    park_region_year sum  = sum_of(&f, 2020, false);
    CHECK_CLOSE(sum.vih, 30.0, 1e-12);
    CHECK_CLOSE(sum.vr, 1000.0, 1e-12);
    CHECK_CLOSE(sum.intake_per_added[PARK_REGION_CONVENTIONAL], 100.0, 1e-12);
    CHECK_CLOSE(sum.intake_per_added[PARK_REGION_ALL_SOURCES], 115.0, 1e-12);
}

static void small_industry_can_stay_out(void)
{
    region_fixture f;
    two_enterprises(&f);
    f.member[0].large    = false;
    park_region_year sum = sum_of(&f, 2020, true);
    CHECK_CLOSE(sum.vi, 60.0, 1e-12);
    CHECK_CLOSE(sum.vr, 250.0, 1e-12);
}

static void what_cannot_be_is_refused(void)
{
    region_fixture   f;
    park_region_year sum;
    park_error       err = {0};
    two_enterprises(&f);
    CHECK(park_region_sum_year(&f.region, 2021, false, &sum, &err) == PARK_E_RANGE);
    f.shared_volume[0][0] = 41.0; /* B reports 40 */
    CHECK(park_region_sum_year(&f.region, 2020, false, &sum, &err) == PARK_E_RANGE);
    CHECK(strstr(err.message, "a_to_b") != NULL);
    CHECK(park_region_check(&f.region, &err) == PARK_E_RANGE);
}

/* Each way that a region can be wrong is told. */
static void check_names_the_fault(void)
{
    region_fixture f;
    park_error     err = {0};
#define REFUSED(change)                                                                                      \
    do {                                                                                                     \
        two_enterprises(&f);                                                                                 \
        region_fixture_measure(&f, "leaks", 2021, 1.0, 0.5);                                                 \
        region_fixture_target(&f, "reuse", PARK_REGION_REUSE_RATE, PARK_REGION_ALL_SOURCES, 2020);           \
        CHECK(park_region_check(&f.region, &err) == PARK_OK);                                                \
        change;                                                                                              \
        CHECK(park_region_check(&f.region, &err) == PARK_E_RANGE);                                           \
    } while (0)
    REFUSED(f.region.known = 2019);
    REFUSED(f.region.years = 2);
    REFUSED(f.region.members = 0);
    REFUSED(f.course_of[1] = 1);
    REFUSED(region_fixture_row(&f, 0, 2020)[PARK_REGION_TAP] = NAN);
    REFUSED(f.added[0] = -1.0);
    REFUSED(f.shared[0].receivers = 0);
    REFUSED(f.shared_volume[1][0] = NAN);
    REFUSED(f.measure[0].members = 0);
    REFUSED(f.measure[0].ramp = 0.5);
    REFUSED(f.measure[0].adoption.sd = -1.0);
    REFUSED(f.measure[0].to_reuse = 1.5);
    REFUSED(f.measure[0].times[0] = -1.0);
    REFUSED(f.target[0].year = 2021);
    REFUSED((f.target[0].change = -0.1, f.target[0].since = 2019));
    REFUSED(f.target[0].subject =
                ((park_region_subject){PARK_REGION_UNIT_INTAKE, PARK_REGION_CONVENTIONAL, 0, false}));
    REFUSED(f.course[0].growth.rate = -1.0);
    REFUSED(f.course[0].own_growth = NAN);
    REFUSED(f.region.growth_sd = -0.1);
#undef REFUSED
}

int main(void)
{
    RUN(rate_is_made_of_sums);
    RUN(one_plant_is_counted_once);
    RUN(small_industry_can_stay_out);
    RUN(what_cannot_be_is_refused);
    RUN(check_names_the_fault);
    return park_test_done();
}
