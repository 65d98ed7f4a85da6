#include "check.h"
#include "json_tree.h"

#include "weather/harvest.h"

#include <stdio.h>
#include <stdlib.h>

/* Four days by hand. V = 50: 60 come, 10 spill, 20 are drawn, 30 stay; then 20 of 30; 10 left for 20; 5 come. */
static void four_days_by_hand(void)
{
    static const double IN[] = {60, 0, 0, 5}, WANT[] = {20, 20, 20, 20};
    park_harvest        h = park_harvest_march(4, IN, WANT, 50.0, 0.0);
    CHECK(h.inflow == 65.0 && h.spill == 10.0 && h.yield == 55.0 && h.end == 0.0);
    CHECK_CLOSE(h.volumetric, 55.0 / 80.0, 1e-15);
    CHECK(h.temporal == 0.5);
    CHECK_CLOSE(h.capture, 55.0 / 65.0, 1e-15);
}

/* Water closes whatever happens, and more volume never yields less. */
static void water_closes_and_volume_helps(void)
{
    double in[200], want[200], before = 0.0;
    for (int i = 0; i < 200; i++)
        in[i] = (i * 7919) % 13 == 0 ? 40.0 + (i * 31) % 17 : 0.0, want[i] = 4.0 + i % 3;
    for (double volume = 1.0; volume < 400.0; volume *= 1.5) {
        park_harvest h = park_harvest_periodic(200, in, want, volume);
        CHECK_CLOSE(h.start + h.inflow, h.yield + h.spill + h.end, 1e-9);
        CHECK(h.yield >= before && h.end <= volume);
        before = h.yield;
    }
    park_harvest cycle = park_harvest_periodic(200, in, want, 100.0);
    CHECK_CLOSE(cycle.start, cycle.end, 1e-12);
}

static void nothing_asked_or_offered(void)
{
    static const double NONE[] = {0, 0}, SOME[] = {1, 1};
    CHECK(isnan(park_harvest_march(2, SOME, NONE, 5.0, 0.0).volumetric));
    CHECK(isnan(park_harvest_march(2, NONE, SOME, 5.0, 0.0).capture));
    CHECK(park_harvest_march(2, NONE, SOME, 5.0, 5.0).yield == 2.0);
}

enum { DAYS = 2000 };

/* Column rain_20_20_mm of the measured days, missing ones dry; 0 when the file is absent. */
static size_t measured(const char *shared, double *mm)
{
    char   path[512], line[512];
    size_t count = 0;
    snprintf(path, sizeof path, "%s/data/weather/changsha_station_daily_2014_2018.csv", shared);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    if (fgets(line, sizeof line, file) == NULL)
        line[0] = '\0';
    while (count < DAYS && fgets(line, sizeof line, file) != NULL) {
        const char *at = line;
        for (int comma = 0; comma < 6; comma++)
            at = strchr(at, ',') + 1;
        mm[count++] = *at == ',' ? 0.0 : strtod(at, NULL);
    }
    fclose(file);
    return count;
}

/* Three tanks computed by an independent program on the measured rain of Changsha. */
static void measured_years_agree_with_the_reference(void)
{
    const char *shared = getenv("PARK_SHARED");
    park_arena *arena  = park_arena_new();
    double      mm[DAYS], in[DAYS], want[DAYS];
    char        path[512];
    if (shared == NULL)
        shared = "../shared";
    snprintf(path, sizeof path, "%s/data/process/unit_tests/unit_tests.json", shared);
    size_t           days  = measured(shared, mm);
    const json_node *cases = json_read(arena, path);
    if (days == 0 || cases == NULL) {
        printf("skipped: reference data absent\n");
        park_arena_free(arena);
        return;
    }
    size_t met = 0;
    for (const json_node *one = cases->kind == JSON_LIST ? cases->first : NULL; one != NULL;
         one                  = one->next) {
        const json_node *id = json_at(one, "id"), *inputs = json_at(one, "inputs"),
                        *wanted = json_at(one, "expected");
        if (id == NULL || strncmp(id->text, "rain_harvest_YAS", 16) != 0)
            continue;
        double area = json_number(json_at(inputs, "A_ha"), NAN) * 1e4,
               psi  = json_number(json_at(inputs, "psi"), NAN);
        for (size_t d = 0; d < days; d++) {
            in[d]   = fmax(mm[d] - json_number(json_at(inputs, "ff"), NAN), 0.0) * psi * area * 1e-3;
            want[d] = json_number(json_at(inputs, "dem"), NAN);
        }
        park_harvest h = park_harvest_march(days, in, want, json_number(json_at(inputs, "V"), NAN), 0.0);
        const struct {
            const char *word;
            double      value;
        } SAID[] = {{"days", (double)days},
                    {"inflow_m3", h.inflow},
                    {"yield_m3", h.yield},
                    {"spill_m3", h.spill},
                    {"end_storage_m3", h.end},
                    {"volumetric_reliability", h.volumetric},
                    {"time_reliability", h.temporal},
                    {"capture", h.capture}};
        for (size_t i = 0; i < sizeof SAID / sizeof SAID[0]; i++) {
            double expected = json_number(json_at(wanted, SAID[i].word), NAN);
            CHECK_CLOSE(SAID[i].value, expected,
                        1e-5 * fabs(expected)); /* the tolerance beside the reference */
        }
        met++;
    }
    CHECK(met == 3);
    park_arena_free(arena);
}

int main(void)
{
    RUN(four_days_by_hand);
    RUN(water_closes_and_volume_helps);
    RUN(nothing_asked_or_offered);
    RUN(measured_years_agree_with_the_reference);
    return park_test_done();
}
