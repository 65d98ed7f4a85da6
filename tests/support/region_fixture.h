/* region_fixture.h - small regions as columns, for tests that know their numbers by hand. */
#ifndef PARK_TESTS_REGION_FIXTURE_H
#define PARK_TESTS_REGION_FIXTURE_H

#include <parkwater/region.h>

#include <math.h>
#include <string.h>

enum { FIXTURE_MEMBERS = 4, FIXTURE_YEARS = 12 };

typedef struct region_fixture {
    park_region         region;
    park_region_member  member[FIXTURE_MEMBERS];
    double              volume[FIXTURE_MEMBERS * FIXTURE_YEARS * PARK_REGION_FLOWS];
    double              added[FIXTURE_MEMBERS * FIXTURE_YEARS];
    int32_t             course_of[FIXTURE_MEMBERS];
    park_region_course  course[2];
    park_region_shared  shared[2];
    double              shared_volume[2][FIXTURE_YEARS];
    park_region_measure measure[3];
    int32_t             everybody[FIXTURE_MEMBERS];
    park_region_target  target[4];
} region_fixture;

/* Nothing grows, nobody takes water. base .. last at most FIXTURE_YEARS. */
static inline void region_fixture_open(region_fixture *f, size_t members, int32_t base, int32_t known,
                                       int32_t last)
{
    static const char *const IDS[FIXTURE_MEMBERS] = {"a", "b", "c", "d"};
    memset(f, 0, sizeof *f);
    for (size_t m = 0; m < members; m++) {
        f->member[m]    = (park_region_member){.id = IDS[m], .large = true};
        f->everybody[m] = (int32_t)m;
    }
    f->region = (park_region){.base       = base,
                              .known      = known,
                              .last       = last,
                              .price_year = base,
                              .years      = (size_t)(last - base) + 1,
                              .members    = members,
                              .member     = f->member,
                              .volume     = f->volume,
                              .added      = f->added,
                              .course_of  = f->course_of,
                              .courses    = 1,
                              .course     = f->course,
                              .shared     = f->shared,
                              .measure    = f->measure,
                              .target     = f->target,
                              .seed       = 1};
}

static inline double *region_fixture_row(region_fixture *f, size_t member, int32_t year)
{
    return f->volume + (member * f->region.years + (size_t)(year - f->region.base)) * PARK_REGION_FLOWS;
}

static inline void region_fixture_set(region_fixture *f, size_t member, int32_t year, double surface,
                                      double reclaimed, double reused, double added)
{
    double *row                = region_fixture_row(f, member, year);
    row[PARK_REGION_SURFACE]   = surface;
    row[PARK_REGION_RECLAIMED] = reclaimed;
    row[PARK_REGION_REUSED]    = reused;
    f->added[member * f->region.years + (size_t)(year - f->region.base)] = added;
}

/* A measure on every member with nothing in it yet; adopted surely by `adoption`. */
static inline park_region_measure *region_fixture_measure(region_fixture *f, const char *id, int32_t start,
                                                          double ramp, double adoption)
{
    park_region_measure *measure = &f->measure[f->region.measures++];
    *measure =
        (park_region_measure){.id       = id,
                              .start    = start,
                              .ramp     = ramp,
                              .members  = f->region.members,
                              .member   = f->everybody,
                              .adoption = {.kind = PARK_DISTRIBUTION_NORMAL, .mean = adoption, .sd = 0.0}};
    for (int p = 0; p < PARK_REGION_PARTS; p++)
        measure->times[p] = 1.0;
    return measure;
}

static inline park_region_target *region_fixture_target(region_fixture *f, const char *id,
                                                        park_region_quantity quantity,
                                                        park_region_basis basis, int32_t year)
{
    park_region_target *target = &f->target[f->region.targets++];
    *target                    = (park_region_target){.id      = id,
                                                      .subject = {quantity, basis, PARK_NONE, false},
                                                      .year    = year,
                                                      .min     = -INFINITY,
                                                      .max     = INFINITY,
                                                      .change  = NAN,
                                                      .about   = NAN};
    return target;
}

#endif
