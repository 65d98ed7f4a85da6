#include "results/shard.h"

#include "check.h"

#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>

enum { N = 3, TIMES = 4, COLUMNS = 2 };

static char folder[600];

static const char *path_of(const char *name)
{
    static char path[4][700];
    static int  turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

/* A row of two indicators and two columns; `k` makes them differ. */
static void row_of(park_arena *arena, double k, park_variant_row *row)
{
    static park_study_indicator INDICATOR[] = {
        {.id = "reuse_rate", .zh = "重复利用率", .en = "reuse rate", .units = "1", .dim = PARK_DIM_SHARE},
        {.id = "intake", .zh = "取水量", .en = "intake", .units = "m3 year-1", .dim = PARK_DIM_VOLUME}};
    static const char *COLUMN[] = {"a.flow", "b.volume"}, *UNITS[] = {"m3 s-1", "m3"};
    static int64_t     time[] = {0, 3600, 7200, 10800};
    *row                      = (park_variant_row){.status       = "simulated",
                                                   .why_en       = "",
                                                   .why_zh       = "",
                                                   .indicators   = 2,
                                                   .indicator    = INDICATOR,
                                                   .columns      = COLUMNS,
                                                   .times        = TIMES,
                                                   .column       = COLUMN,
                                                   .column_units = UNITS,
                                                   .time         = time};
    memset(row->hash, 'a' + (int)k, PARK_SHA256_HEX - 1);
    row->value = PARK_ARRAY(arena, 2, double), row->promised = PARK_ARRAY(arena, 2, double);
    row->asked = PARK_ARRAY(arena, 2, double), row->reached = PARK_ARRAY(arena, 2, int64_t);
    row->series = PARK_ARRAY(arena, COLUMNS * TIMES, double);
    for (int f = 0; f < PARK_FACTS; f++)
        row->fact[f] = k + 0.1 * f;
    for (int i = 0; i < 2; i++)
        row->value[i] = 1.0 / 3.0 + k, row->promised[i] = NAN, row->asked[i] = i == 0 ? 0.4 : NAN,
        row->reached[i] = i == 0 ? 1 : -1;
    for (int i = 0; i < COLUMNS * TIMES; i++)
        row->series[i] = 100.0 * k + i;
}

static void a_shard_is_read_as_it_was_written(void)
{
    park_error              err   = {0};
    park_arena             *arena = park_arena_new();
    park_variant_row        row[N], *back;
    const park_variant_row *rows[N];
    size_t                  count;
    for (int i = 0; i < N; i++)
        row_of(arena, i, &row[i]), rows[i] = &row[i];
    CHECK(park_shard_alike(&row[0], &row[1]));
    CHECK(park_shard_write(rows, N, path_of("pack.h5"), path_of("hand-0.tmp"), &err) == PARK_OK);
    CHECK(access(path_of("hand-0.tmp"), F_OK) != 0);
    CHECK(park_shard_read(arena, path_of("pack.h5"), &back, &count, &err) == PARK_OK && count == N);
    for (int i = 0; i < N; i++) {
        CHECK_TEXT(back[i].hash, row[i].hash);
        CHECK_TEXT(back[i].status, "simulated");
        CHECK(memcmp(back[i].fact, row[i].fact, sizeof row[i].fact) == 0);
        CHECK(back[i].value[1] == row[i].value[1] && isnan(back[i].promised[0]) && back[i].asked[0] == 0.4);
        CHECK(back[i].reached[0] == 1 && back[i].reached[1] == -1);
        CHECK(back[i].columns == COLUMNS && back[i].times == TIMES && back[i].time[3] == 10800);
    }
    CHECK_TEXT(back[0].indicator[0].zh, "重复利用率");
    CHECK(back[0].indicator[1].dim == PARK_DIM_VOLUME);
    CHECK_TEXT(back[2].column[1], "b.volume");
    park_arena_free(arena);
}

static void rows_of_other_shapes_are_not_alike(void)
{
    park_arena      *arena = park_arena_new();
    park_variant_row a, b;
    static int64_t   other[] = {0, 60, 120, 180};
    row_of(arena, 0, &a), row_of(arena, 1, &b);
    b.time = other;
    CHECK(!park_shard_alike(&a, &b));
    row_of(arena, 1, &b);
    b.columns = 1;
    CHECK(!park_shard_alike(&a, &b));
    row_of(arena, 1, &b);
    b.indicators = 1;
    CHECK(!park_shard_alike(&a, &b));
    park_arena_free(arena);
}

static void equal_rows_give_equal_bytes(void)
{
    park_error              err   = {0};
    park_arena             *arena = park_arena_new();
    park_variant_row        row;
    const park_variant_row *rows[1] = {&row};
    char                    a[PARK_SHA256_HEX], b[PARK_SHA256_HEX];
    row_of(arena, 2, &row);
    CHECK(park_shard_write(rows, 1, path_of("a.h5"), path_of("a.tmp"), &err) == PARK_OK);
    CHECK(park_shard_write(rows, 1, path_of("b.h5"), path_of("b.tmp"), &err) == PARK_OK);
    CHECK(park_sha256_file(path_of("a.h5"), a, &err) == PARK_OK &&
          park_sha256_file(path_of("b.h5"), b, &err) == PARK_OK);
    CHECK_TEXT(a, b);
    park_arena_free(arena);
}

static void failures_are_told_and_leave_nothing(void)
{
    park_error              err   = {0};
    park_arena             *arena = park_arena_new();
    park_variant_row        row, *back;
    const park_variant_row *rows[1] = {&row};
    struct rlimit           old, small = {.rlim_cur = 1000};
    size_t                  count;
    row_of(arena, 2, &row);
    CHECK(park_shard_write(rows, 1, path_of("no/such.h5"), path_of("no/such.tmp"), &err) == PARK_E_FILE);
    CHECK(park_shard_read(arena, path_of("absent.h5"), &back, &count, &err) == PARK_E_FILE);
    FILE *file = fopen(path_of("broken.h5"), "w");
    CHECK(file != NULL && fputs("no HDF5", file) != EOF && fclose(file) == 0);
    CHECK(park_shard_read(arena, path_of("broken.h5"), &back, &count, &err) == PARK_E_FILE);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old);
    small.rlim_max = old.rlim_max;
    setrlimit(RLIMIT_FSIZE, &small); /* as on a full disk */
    CHECK(park_shard_write(rows, 1, path_of("full.h5"), path_of("full.tmp"), &err) == PARK_E_FILE);
    setrlimit(RLIMIT_FSIZE, &old);
    CHECK(access(path_of("full.h5"), F_OK) != 0 && access(path_of("full.tmp"), F_OK) != 0);
    park_arena_free(arena);
}

int main(void)
{
    snprintf(folder, sizeof folder, "%s/tests/shard_XXXXXX", PARK_BINARY_DIR);
    if (mkdtemp(folder) == NULL)
        return 1;
    RUN(a_shard_is_read_as_it_was_written);
    RUN(rows_of_other_shapes_are_not_alike);
    RUN(equal_rows_give_equal_bytes);
    RUN(failures_are_told_and_leave_nothing);
    return park_test_done();
}
