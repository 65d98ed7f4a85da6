/* The table of what a tower evaporates stands for Merkel and Poppe themselves; a season's mean is that of its hours. */
#include "park_fixture.h"

#include "base/random.h"
#include "chemistry/psychrometry.h"
#include "units/users/tower_grid.h"

static const double    K = 273.15, SEA = 101325.0;
static const park_fill FILL = {1.2, 1.75, 0.6, 285.15};

static double exact(double celsius, double relative)
{
    double cold, share = NAN;
    CHECK(park_tower_weathered(&FILL, 10.0, K + celsius, relative, SEA, &cold, &share, NULL) == PARK_OK);
    return share;
}

static void the_table_stands_for_the_law(void)
{
    static park_tower_grid grid;
    CHECK(park_tower_grid_make(&FILL, 10.0, SEA, &grid, NULL) == PARK_OK);
    CHECK_CLOSE(park_tower_grid_at(&grid, K + 30.0, 0.7), exact(30.0, 0.7), 1e-12);
    park_random random = park_random_start(11, 0, 0);
    double      worst  = 0.0;
    for (int i = 0; i < 60; i++) {
        double t = -10.0 + 50.0 * park_random_uniform(&random), r = 0.15 + 0.8 * park_random_uniform(&random);
        double law = exact(t, r);
        worst      = fmax(worst, fabs(park_tower_grid_at(&grid, K + t, r) / law - 1.0));
    }
    printf("     worst of 60: %.2e\n", worst);
    CHECK(worst < 3e-3);
    CHECK_CLOSE(park_tower_grid_at(&grid, K + 60.0, 0.5), park_tower_grid_at(&grid, K + 45.0, 0.5), 0.0);
    CHECK_CLOSE(park_tower_grid_at(&grid, K - 40.0, 0.0), park_tower_grid_at(&grid, K - 15.0, 0.1), 0.0);
    /* Of the heat of 10 K, 1.72 % of the water would carry all; from winter to summer it is 0.65 to
     * 1.04 of that: dry air of 40 degrees Celsius is warmer than the water. */
    CHECK(grid.share[6][4] > 0.55 * 0.01722 && grid.share[22][2] < 1.05 * 0.01722 &&
          grid.share[22][2] > grid.share[6][4]);
    const park_fill none = {1.2, 1e-3, 0.6, 285.15};
    CHECK(park_tower_grid_make(&none, 40.0, SEA, &grid, NULL) == PARK_E_RANGE);
}

/* Changsha's typical year, month by month: evaporation at the month's mean air against the mean of its hours. */
static void means_of_weather_are_not_weather_of_means(void)
{
    static park_tower_grid grid;
    char                   path[400], line[600];
    const char            *shared = getenv("PARK_SHARED");
    snprintf(path, sizeof path, "%s/data/weather/changsha_tmyx_hourly.csv",
             shared != NULL ? shared : "../shared");
    FILE *file = fopen(path, "r");
    if (file == NULL)
        SKIP("reference data absent");
    CHECK(park_tower_grid_make(&FILL, 10.0, SEA, &grid, NULL) == PARK_OK);
    double sum[13] = {0}, warm[13] = {0}, moist[13] = {0}, worst = 0.0, hours = 0.0, at_means = 0.0;
    int    count[13] = {0}, temperature = -1, humidity = -1, month_at = -1, column = 0;
    CHECK(fgets(line, sizeof line, file) != NULL);
    for (char *word = strtok(line, ",\n"); word != NULL; word = strtok(NULL, ",\n"), column++) {
        temperature = strncmp(word, "T", 1) == 0 && temperature < 0 ? column : temperature;
        humidity    = strncmp(word, "RH", 2) == 0 ? column : humidity;
        month_at    = strncmp(word, "month", 5) == 0 ? column : month_at;
    }
    CHECK(temperature >= 0 && humidity >= 0 && month_at >= 0);
    while (fgets(line, sizeof line, file) != NULL) {
        double value[40];
        int    n = 0;
        for (char *word = strtok(line, ",\n"); word != NULL && n < 40; word = strtok(NULL, ",\n"))
            value[n++] = atof(word);
        int    m = (int)value[month_at];
        double t = K + value[temperature], r = value[humidity] / (value[humidity] > 1.5 ? 100.0 : 1.0);
        sum[m] += park_tower_grid_at(&grid, t, r), warm[m] += t, moist[m] += r, count[m]++;
    }
    fclose(file);
    for (int m = 1; m <= 12; m++) {
        double mean = sum[m] / count[m],
               at   = park_tower_grid_at(&grid, warm[m] / count[m], moist[m] / count[m]);
        worst       = fmax(worst, fabs(at / mean - 1.0));
        hours += mean, at_means += at;
    }
    printf("     worst month %.2e, year %.2e\n", worst, at_means / hours - 1.0);
    CHECK(worst > 1e-4 && worst < 0.03);
}

int main(void)
{
    RUN(the_table_stands_for_the_law);
    RUN(means_of_weather_are_not_weather_of_means);
    return park_test_done();
}
