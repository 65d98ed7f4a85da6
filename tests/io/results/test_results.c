#include "check.h"
#include "small_run.h"

#include "results/results.h"
#include "results/store.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/park_results_XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[4][256];
    static int  turn;
    char       *at = path[turn++ % 4];
    snprintf(at, sizeof path[0], "%s/%s", folder, name);
    return at;
}

/* Exit status of a command; -1 when it did not end by itself. */
static int shell(const char *fmt, const char *a, const char *b)
{
    char command[1024];
    snprintf(command, sizeof command, fmt, a, b);
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static park_status write_run(const char *path, double seconds, park_error *err)
{
    small_run run;
    small_run_begin(&run);
    small_run_worth(&run);
    small_run_staging(&run);
    run.record.provenance.seconds = seconds;
    run.record.provenance.ended   = seconds > 60.0 ? "2025-01-02T00:00:00Z" : "2025-01-01T00:01:00Z";
    run.design.seconds            = seconds / 3.0;
    park_arena *arena             = park_arena_new();
    park_status status            = park_results_write(&run.record, path, arena, err);
    park_arena_free(arena);
    park_arena_free(run.p.arena);
    return status;
}

static void its_readers_open_it(void)
{
    park_error err = {0};
    CHECK(write_run(in_folder("run.h5"), 60.0, &err) == PARK_OK);
    int status =
        shell("%s " PARK_SOURCE_DIR "/tests/io/results/open_results.py %s",
              access("/usr/bin/python3", X_OK) == 0 ? "/usr/bin/python3" : "python3", in_folder("run.h5"));
    if (status == 77 || status == 127)
        printf("     (not tried: no python3 with xarray, h5py, netCDF4)\n");
    else
        CHECK(status == 0);
}

/* Two equal runs differ in the wall clock only, and there they do. */
static void equal_runs_are_equal_files(void)
{
    CHECK(write_run(in_folder("a.h5"), 60.0, NULL) == PARK_OK);
    CHECK(write_run(in_folder("b.h5"), 95.5, NULL) == PARK_OK);
    int apart =
        shell("h5diff --exclude-path /wall_clock %s %s > /dev/null", in_folder("a.h5"), in_folder("b.h5"));
    if (apart == 127) {
        printf("     (not tried: no h5diff)\n");
        return;
    }
    CHECK(apart == 0);
    CHECK(shell("h5diff %s %s > /dev/null", in_folder("a.h5"), in_folder("b.h5")) == 1);
    CHECK(write_run(in_folder("c.h5"), 60.0, NULL) == PARK_OK);
    CHECK(shell("cmp -s %s %s", in_folder("a.h5"), in_folder("c.h5")) ==
          0); /* and to the byte, when the clock agrees */
}

/* A size limit stands for a full disk. */
static void a_full_disk_leaves_the_old_file_intact(void)
{
    park_error    err = {0};
    struct rlimit before, tight;
    CHECK(write_run(in_folder("old.h5"), 60.0, NULL) == PARK_OK);
    CHECK(shell("cp %s %s", in_folder("old.h5"), in_folder("kept.h5")) == 0);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    tight          = before;
    tight.rlim_cur = 8192;
    setrlimit(RLIMIT_FSIZE, &tight);
    park_status status = write_run(in_folder("old.h5"), 95.5, &err);
    setrlimit(RLIMIT_FSIZE, &before);
    CHECK(status == PARK_E_FILE);
    CHECK(strstr(err.message, "old.h5") != NULL);
    CHECK(shell("cmp -s %s %s", in_folder("old.h5"), in_folder("kept.h5")) == 0);
    CHECK(access(in_folder("old.h5.tmp"), F_OK) != 0);
    CHECK(write_run(in_folder("no/where.h5"), 60.0, &err) == PARK_E_FILE);
}

/* Only a plan, or only a simulation, or nothing but the park: what is absent is not written. */
static void parts_of_a_run_are_written_alone(void)
{
    small_run run;
    small_run_begin(&run);
    park_run_record whole = run.record;
    run.record.simulation = NULL;
    run.record.simulated  = NULL;
    run.record.rows       = NULL;
    CHECK(park_results_write(&run.record, in_folder("plan.h5"), run.p.arena, NULL) == PARK_OK);
    run.record          = whole;
    run.record.design   = NULL;
    run.record.promised = NULL;
    CHECK(park_results_write(&run.record, in_folder("year.h5"), run.p.arena, NULL) == PARK_OK);
    run.record = (park_run_record){.job = "optimize", .base = &run.p.m};
    CHECK(park_results_write(&run.record, in_folder("park.h5"), run.p.arena, NULL) == PARK_OK);
    run.design        = (park_design){.status    = PARK_DESIGN_INFEASIBLE,
                                      .objective = NAN,
                                      .bound     = NAN,
                                      .gap       = NAN,
                                      .model     = &run.p.m}; /* no solution: no arrays */
    run.record.design = &run.design;
    CHECK(park_results_write(&run.record, in_folder("none.h5"), run.p.arena, NULL) == PARK_OK);
    if (shell("h5ls %s/series > /dev/null 2>&1", in_folder("year.h5"), "") == 0) {
        CHECK(shell("h5ls %s/series > /dev/null 2>&1", in_folder("plan.h5"), "") != 0);
        CHECK(shell("h5ls %s/design > /dev/null 2>&1", in_folder("plan.h5"), "") == 0);
        CHECK(shell("h5ls %s/design > /dev/null 2>&1", in_folder("year.h5"), "") != 0);
    }
    park_arena_free(run.p.arena);
}

/* By hand: 1 + 2^-14 lies half way between 1 and 1 + 2^-13, and goes to the even one, 1. */
static void mantissas_are_rounded_half_to_even(void)
{
    CHECK(park_mantissa_round(1.0 + ldexp(1.0, -14), 13) == 1.0);
    CHECK(park_mantissa_round(1.0 + 3.0 * ldexp(1.0, -14), 13) == 1.0 + ldexp(1.0, -12));
    CHECK(park_mantissa_round(1.0 + 1.01 * ldexp(1.0, -14), 13) == 1.0 + ldexp(1.0, -13));
    CHECK(park_mantissa_round(-1.0 - 1.01 * ldexp(1.0, -14), 13) == -1.0 - ldexp(1.0, -13));
    CHECK(park_mantissa_round(1.99999999, 13) == 2.0); /* the carry reaches the exponent */
    CHECK(park_mantissa_round(0.0, 13) == 0.0 && park_mantissa_round(M_PI, 52) == M_PI);
    CHECK(isnan(park_mantissa_round(NAN, 13)) && isinf(park_mantissa_round(INFINITY, 13)));
}

static void a_store_remembers_its_first_failure(void)
{
    park_arena *arena = park_arena_new();
    park_store *store = park_store_new(arena);
    park_error  err   = {0};
    const char *bytes;
    size_t      length;
    park_group  g = park_store_group(store, park_store_root(store), "once");
    park_store_close(store, g);
    g = park_store_group(store, park_store_root(store), "once"); /* stands already */
    park_store_note(store, g, "never", "written");
    CHECK(park_store_finish(store, &bytes, &length, &err) == PARK_E_FILE);
    CHECK(strstr(err.message, "once") != NULL);
    park_arena_free(arena);
    arena = park_arena_new();
    store = park_store_new(arena);
    park_arena_fail_after(arena, 1);
    CHECK(park_store_finish(store, &bytes, &length, &err) == PARK_E_MEMORY);
    park_arena_free(arena);
    arena = park_arena_new();
    park_arena_fail_after(arena, 1);
    CHECK(park_store_new(arena) == NULL);
    park_arena_free(arena);
}

/* A park may carry no constituent: what would stand over none of them is left out, whatever stands beside. */
static void nothing_over_an_absent_dimension(void)
{
    park_arena       *arena  = park_arena_new();
    park_store       *store  = park_store_new(arena);
    const char *const two[]  = {"a", "b"};
    const double      some[] = {1.0, 2.0};
    const char       *bytes;
    size_t            length;
    park_group        g = park_store_group(store, park_store_root(store), "g");
    park_store_labels(store, g, "season", two, 2, "season");
    park_store_labels(store, g, "constituent", two, 0, "constituent");
    park_store_doubles(store, g, (park_variable){.name = "load", .dims = "season constituent"}, some);
    park_store_doubles(store, g, (park_variable){.name = "flow", .dims = "season"}, some);
    park_store_close(store, g);
    CHECK(park_store_finish(store, &bytes, &length, NULL) == PARK_OK && length > 0);
    park_arena_free(arena);
}

int main(void)
{
    if (mkdtemp(folder) == NULL)
        SKIP("no temporary folder");
    RUN(its_readers_open_it);
    RUN(equal_runs_are_equal_files);
    RUN(a_full_disk_leaves_the_old_file_intact);
    RUN(parts_of_a_run_are_written_alone);
    RUN(mantissas_are_rounded_half_to_even);
    RUN(a_store_remembers_its_first_failure);
    RUN(nothing_over_an_absent_dimension);
    shell("rm -r %s", folder, "");
    return park_test_done();
}
