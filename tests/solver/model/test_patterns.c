/* Integrals, means and calendars against hand sums and against an independent walk minute by minute. */
#include "park_fixture.h"

static const double DAYS = 86400.0;

static park_draft *year_2024(park_arena *arena, park_season_rule rule) /* a leap year at +08:00 */
{
    park_draft *draft = draft_with(arena, NULL, 0);
    period(draft, day_start(2024, 1, 1), day_start(2025, 1, 1), rule);
    return draft;
}

static double *values(park_arena *arena, size_t count, const double *from)
{
    double *copy = PARK_ARRAY(arena, count, double);
    memcpy(copy, from, count * sizeof *from);
    return copy;
}

static void months_of_a_leap_year_have_their_days(void)
{
    park_arena *arena = park_arena_new();
    park_draft *draft = year_2024(arena, PARK_SEASONS_MONTHS);
    CHECK(draft->time.seasons == 12);
    CHECK_TEXT(draft->time.season[1].id, "2024-02");
    CHECK_TEXT(draft->time.season[1].label.zh, "2月");
    CHECK(draft->time.season[1].spans[0].end - draft->time.season[1].spans[0].start == 29 * 86400);
    /* Weights are of a year of 365 d. */
    CHECK_CLOSE(draft->time.season[1].seconds, 29.0 * DAYS * 365.0 / 366.0, 1e-3);
    CHECK_CLOSE(draft->time.year_seconds, 365.0 * DAYS, 1e-3);
    park_arena_free(arena);
}

static void quarters_and_the_whole_period(void)
{
    park_arena *arena = park_arena_new();
    park_draft *draft = year_2024(arena, PARK_SEASONS_QUARTERS);
    CHECK(draft->time.seasons == 4);
    CHECK_TEXT(draft->time.season[3].id, "2024-Q4");
    CHECK(park_model_season_at(draft, day_start(2024, 10, 1)) == 3);
    CHECK(park_model_season_at(draft, day_start(2024, 10, 1) - 1) == 2);
    CHECK(park_model_season_at(draft, day_start(2025, 1, 1)) == -1);
    draft = year_2024(arena, PARK_SEASONS_STEADY);
    CHECK(draft->time.seasons == 1 && draft->time.season[0].span_count == 1);
    park_arena_free(arena);
}

/* july_peak 07-10..07-20 is 11 days; a winter that runs over the year's end; the rest fills up. */
static void dated_seasons_fill_the_year(void)
{
    static const park_season_dates DATES[] = {
        {.id = "july_peak", .from_month = 7, .from_day = 10, .to_month = 7, .to_day = 20},
        {.id = "winter", .from_month = 12, .from_day = 20, .to_month = 1, .to_day = 10},
        {.id = "rest", .rest = true}};
    park_arena *arena = park_arena_new();
    park_error  err   = {0};
    park_draft *draft = year_2024(arena, PARK_SEASONS_MONTHS);
    CHECK(park_time_seasons(draft, PARK_SEASONS_DATED, DATES, 3, &err) == PARK_OK);
    CHECK(draft->time.seasons == 3);
    CHECK_TEXT(draft->time.season[0].id, "winter"); /* in order of the first day */
    double scale = 365.0 / 366.0;
    CHECK_CLOSE(draft->time.season[0].seconds, 22.0 * DAYS * scale, 1e-3); /* 1-10 January, 20-31 December */
    CHECK(draft->time.season[0].span_count == 2);
    CHECK_CLOSE(draft->time.season[2].seconds, 11.0 * DAYS * scale, 1e-3);
    CHECK_CLOSE(draft->time.year_seconds, 365.0 * DAYS, 1e-3);
    CHECK(park_time_seasons(draft, PARK_SEASONS_DATED, DATES, 2, &err) == PARK_E_RANGE); /* days left over */
    CHECK(strstr(err.message, "no season") != NULL);
    const park_season_dates TWICE[] = {DATES[0], DATES[0], {.id = "rest", .rest = true}};
    CHECK(park_time_seasons(draft, PARK_SEASONS_DATED, TWICE, 3, &err) == PARK_E_RANGE);
    draft->time.end = draft->time.start;
    CHECK(park_time_seasons(draft, PARK_SEASONS_MONTHS, NULL, 0, &err) == PARK_E_RANGE);
    park_arena_free(arena);
}

/* Monthly factors 1..12 over 2024: (31*1 + 29*2 + ... + 31*12) / 366. */
static void monthly_pattern_knows_the_leap_day(void)
{
    static const double MONTHS[12] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    static const double LENGTH[12] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    double              sum        = 0.0;
    for (int m = 0; m < 12; m++)
        sum += MONTHS[m] * LENGTH[m];
    park_arena *arena = park_arena_new();
    park_draft *draft = year_2024(arena, PARK_SEASONS_STEADY);
    int32_t     p     = park_draft_pattern(
                draft, (park_pattern){.kind = PARK_PATTERN_MONTHLY, .count = 12, .value = values(arena, 12, MONTHS)});
    CHECK_CLOSE(park_series_mean(draft, (park_series){2.0, p}, 0), 2.0 * sum / 366.0, 1e-12);
    CHECK(park_series_at(draft, (park_series){2.0, p}, day_start(2024, 3, 1)) == 6.0);
    CHECK(park_series_at(draft, (park_series){2.0, p}, day_start(2024, 3, 1) - 1) == 4.0);
    CHECK(park_series_peak(draft, (park_series){2.0, p}, 0) == 24.0);
    CHECK(park_model_next_change(draft, day_start(2024, 2, 10)) == day_start(2024, 3, 1));
    park_arena_free(arena);
}

/* Two shifts a day: hours 6..21 at 1.3, else 0.4; mean (16*1.3 + 8*0.4)/24 = 1. Cut by a closing from 10:00 on one day. */
static void cycles_close_with_the_calendar(void)
{
    park_arena *arena = park_arena_new();
    park_draft *draft = year_2024(arena, PARK_SEASONS_MONTHS);
    double     *hours = PARK_ARRAY(arena, 24, double);
    for (int h = 0; h < 24; h++)
        hours[h] = h >= 6 && h < 22 ? 1.3 : 0.4;
    int32_t p = park_draft_pattern(
        draft, (park_pattern){.kind = PARK_PATTERN_CYCLE, .every = 3600.0, .count = 24, .value = hours});
    park_span     shut[] = {{day_start(2024, 1, 28), day_start(2024, 2, 5)},
                            {day_start(2024, 2, 4), day_start(2024, 2, 4) + 34 * 3600}}; /* overlapping */
    park_calendar works  = {.id = "works", .closed = shut, .count = 2};
    draft->calendar      = &works;
    draft->calendars     = 1;
    park_series series   = {100.0, p};
    CHECK_CLOSE(park_series_mean(draft, series, 0), 100.0, 1e-9);
    CHECK_CLOSE(park_calendar_open_share(draft, 0, 0), 27.0 / 31.0, 1e-12);
    CHECK_CLOSE(park_series_open_mean(draft, series, 0, 0), 100.0 * 27.0 / 31.0, 1e-9);
    /* February: closed through the 4th and on the 5th until 10:00: 24 whole days less the first ten hours of one,
     * 6 h at 0.4 and 4 h at 1.3. */
    double february = (25.0 * 24.0 - (6.0 * 0.4 + 4.0 * 1.3)) / (29.0 * 24.0) * 100.0;
    CHECK_CLOSE(park_series_open_mean(draft, series, 0, 1), february, 1e-9);
    CHECK(park_calendar_closed(draft, 0, day_start(2024, 2, 5) + 9 * 3600));
    CHECK(!park_calendar_closed(draft, 0, day_start(2024, 2, 5) + 10 * 3600));
    CHECK(!park_calendar_closed(draft, -1, day_start(2024, 1, 30)));
    CHECK(park_series_at(draft, series, day_start(2024, 1, 5) + 6 * 3600) == 130.0);
    CHECK(park_series_at(draft, series, day_start(2024, 1, 5) + 6 * 3600 - 1) == 40.0);
    park_arena_free(arena);
}

static double walked(const park_model *model, park_series series, int32_t season, int64_t step)
{
    double sum = 0.0, count = 0.0;
    for (size_t i = 0; i < model->time.season[season].span_count; i++)
        for (int64_t t = model->time.season[season].spans[i].start + step / 2;
             t < model->time.season[season].spans[i].end; t += step) {
            sum += park_series_at(model, series, t);
            count += 1.0;
        }
    return sum / count;
}

/* A cycle of seven uneven hours against every month: minute by minute the same mean. */
static void integrals_agree_with_a_walk_by_the_minute(void)
{
    static const double SEVEN[7] = {0.3, 1.9, 0.0, 4.0, 2.5, 1.0, 0.7};
    park_arena         *arena    = park_arena_new();
    park_draft         *draft    = year_2024(arena, PARK_SEASONS_MONTHS);
    int32_t             p        = park_draft_pattern(draft, (park_pattern){.kind  = PARK_PATTERN_CYCLE,
                                                                            .every = 5400.0,
                                                                            .count = 7,
                                                                            .value = values(arena, 7, SEVEN)});
    for (int32_t s = 0; s < 12; s++)
        CHECK_CLOSE(park_series_mean(draft, (park_series){1.0, p}, s),
                    walked(draft, (park_series){1.0, p}, s, 60), 1e-9);
    park_arena_free(arena);
}

/* Points at days 0, 10, 40 with values 1, 3, 3: held and linear means of January by hand. */
static void series_hold_or_run_straight(void)
{
    static const double POINTS[3] = {1.0, 3.0, 5.0};
    park_arena         *arena     = park_arena_new();
    park_draft         *draft     = year_2024(arena, PARK_SEASONS_MONTHS);
    int64_t            *time      = PARK_ARRAY(arena, 3, int64_t);
    time[0] = day_start(2024, 1, 1), time[1] = day_start(2024, 1, 11), time[2] = day_start(2024, 1, 21);
    park_pattern held = {
        .kind = PARK_PATTERN_SERIES, .count = 3, .time = time, .value = values(arena, 3, POINTS)};
    park_pattern linear = held;
    linear.linear       = true;
    park_series a = {1.0, park_draft_pattern(draft, held)}, b = {1.0, park_draft_pattern(draft, linear)};
    CHECK_CLOSE(park_series_mean(draft, a, 0), (10.0 * 1.0 + 10.0 * 3.0 + 11.0 * 5.0) / 31.0, 1e-12);
    CHECK_CLOSE(park_series_mean(draft, b, 0), (10.0 * 2.0 + 10.0 * 4.0 + 11.0 * 5.0) / 31.0, 1e-12);
    CHECK_CLOSE(park_series_at(draft, b, day_start(2024, 1, 6)), 2.0, 1e-12);
    CHECK(park_series_at(draft, b, day_start(2023, 12, 1)) == 1.0); /* before the first: the first */
    CHECK(park_series_mean(draft, a, 5) == 5.0);                    /* after the last: the last */
    CHECK(park_series_peak(draft, b, 0) == 5.0);
    CHECK(park_model_next_change(draft, day_start(2024, 1, 11)) == day_start(2024, 1, 21));
    park_arena_free(arena);
}

static double twice(const void *user, int64_t t)
{
    const park_model *model = user;
    double            v     = park_series_at(model, (park_series){1.0, 0}, t);
    return v * v;
}

/* The mean of a square is not the square of the mean: 24 h of 1, 24 h of 3 gives 5, not 4. */
static void mean_of_a_function_is_taken_inside(void)
{
    static const double TWO[2] = {1.0, 3.0};
    park_arena         *arena  = park_arena_new();
    park_draft         *draft  = draft_with(arena, NULL, 0);
    period(draft, day_start(2025, 6, 1), day_start(2025, 6, 11), PARK_SEASONS_STEADY);
    park_draft_pattern(
        draft, (park_pattern){
                   .kind = PARK_PATTERN_CYCLE, .every = 86400.0, .count = 2, .value = values(arena, 2, TWO)});
    CHECK_CLOSE(park_season_mean(draft, 0, twice, draft), 5.0, 1e-12);
    park_arena_free(arena);
}

/* Without a clock all stands at its mean; months weigh by their days. */
static void steady_parks_stand_at_the_mean(void)
{
    double months[12] = {0};
    months[1]         = 365.0;
    park_arena *arena = park_arena_new();
    park_draft *draft = draft_with(arena, NULL, 0);
    int32_t     p     = park_draft_pattern(
                draft, (park_pattern){.kind = PARK_PATTERN_MONTHLY, .count = 12, .value = values(arena, 12, months)});
    CHECK_CLOSE(park_series_at(draft, (park_series){1.0, p}, 12345), 28.0, 1e-12);
    CHECK_CLOSE(park_series_mean(draft, (park_series){1.0, p}, 0), 28.0, 1e-12);
    CHECK(park_model_next_change(draft, 0) == INT64_MAX);
    CHECK(park_model_season_at(draft, 0) == 0);
    draft->economics.hours = 8000.0 * 3600.0;
    park_error err;
    CHECK(park_time_seasons(draft, PARK_SEASONS_STEADY, NULL, 0, &err) == PARK_OK);
    CHECK(draft->time.season[0].seconds == 8000.0 * 3600.0);
    park_arena_free(arena);
}

int main(void)
{
    RUN(months_of_a_leap_year_have_their_days);
    RUN(quarters_and_the_whole_period);
    RUN(dated_seasons_fill_the_year);
    RUN(monthly_pattern_knows_the_leap_day);
    RUN(cycles_close_with_the_calendar);
    RUN(integrals_agree_with_a_walk_by_the_minute);
    RUN(series_hold_or_run_straight);
    RUN(mean_of_a_function_is_taken_inside);
    RUN(steady_parks_stand_at_the_mean);
    return park_test_done();
}
