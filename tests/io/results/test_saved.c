/* What was written is read back, to the bit; what is no run is refused with what is missing. */
#include "check.h"
#include "small_run.h"

#include "results/results.h"
#include "results/saved.h"

#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/park_saved_XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[4][256];
    static int  turn;
    char       *at = path[turn++ % 4];
    snprintf(at, sizeof path[0], "%s/%s", folder, name);
    return at;
}

static park_running RUNNING;

static void give_running(small_run *run)
{
    static park_cost_line LINE[2] = {
        {.kind = PARK_COST_WATER, .unit = 0, .link = -1, .retrofit = -1, .yearly = 700.0, .quantity = 350.0},
        {.kind = PARK_COST_ENERGY, .unit = -1, .link = 1, .retrofit = -1, .yearly = 55.5, .quantity = 1e6}};
    static double  LIFE[2] = {NAN, 3e8};
    static int32_t YEAR[2] = {0, 1};
    RUNNING                = (park_running){.lines  = 2,
                                            .line   = LINE,
                                            .yearly = 755.5,
                                            .energy = 3.6e9,
                                            .carbon = 490.0,
                                            .life   = LIFE,
                                            .year   = YEAR};
    run->record.running    = &RUNNING;
}

static void same(const double *a, const double *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        CHECK((isnan(a[i]) && isnan(b[i])) || memcmp(&a[i], &b[i], sizeof a[i]) == 0);
}

static void same_indicators(const park_indicators *a, const park_indicators *b)
{
    CHECK(a->count == b->count && a->targets_missed == b->targets_missed);
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        CHECK(strcmp(a->item[i].id, b->item[i].id) == 0 && a->item[i].dim == b->item[i].dim);
        same(&a->item[i].value, &b->item[i].value, 1);
        same(&a->item[i].numerator, &b->item[i].numerator, 1);
        same(&a->item[i].denominator, &b->item[i].denominator, 1);
    }
}

static void it_comes_back_to_the_bit(void)
{
    small_run  run;
    park_saved saved;
    park_error err = {0};
    small_run_begin(&run);
    give_running(&run);
    park_arena *arena = park_arena_new();
    CHECK(park_results_write(&run.record, in_folder("run.h5"), arena, &err) == PARK_OK);
    CHECK(park_saved_read(in_folder("run.h5"), arena, &saved, &err) == PARK_OK);
    CHECK_TEXT(err.message, "");
    const park_model *a = &run.p.m, *b = &saved.model;
    CHECK(a->units == b->units && a->links == b->links && a->outlets == b->outlets && a->inlets == b->inlets);
    CHECK_TEXT(b->name.zh, "小园区");
    for (size_t u = 0; u < a->units; u++) {
        CHECK_TEXT(b->unit[u].id, a->unit[u].id);
        CHECK_TEXT(b->unit[u].label.zh, a->unit[u].label.zh);
        CHECK(a->unit[u].role == b->unit[u].role && a->unit[u].enterprise == b->unit[u].enterprise);
        CHECK(a->unit[u].origin == b->unit[u].origin && a->unit[u].duty == b->unit[u].duty);
        CHECK(a->unit[u].outlets == b->unit[u].outlets && a->unit[u].inlets == b->unit[u].inlets);
        CHECK(a->unit[u].outlets == 0 || a->unit[u].first_outlet == b->unit[u].first_outlet);
        CHECK(a->unit[u].inlets == 0 || a->unit[u].first_inlet == b->unit[u].first_inlet);
    }
    for (size_t l = 0; l < a->links; l++)
        CHECK(a->link[l].outlet == b->link[l].outlet && a->link[l].inlet == b->link[l].inlet &&
              a->link[l].from == b->link[l].from && a->link[l].to == b->link[l].to);
    CHECK_TEXT(b->enterprise[0].product[0].label.zh, "印染布");
    CHECK(b->enterprise[0].product[0].dim == PARK_DIM_PRODUCT_LENGTH_RATE);
    CHECK(b->targets == 1 && b->target[0].subject == NULL && isinf(b->target[0].max));
    size_t S = 2, L = a->links, C = 2;
    same(run.p.g->link_water, saved.simulation.ledger->link_water, S * L);
    same(run.p.g->link_mass, saved.design.ledger->link_mass, S * L * C);
    same(run.p.g->link_first_share, saved.simulation.ledger->link_first_share, S * L * PARK_ORIGIN_NONE);
    same_indicators(run.record.promised, saved.record.promised);
    same_indicators(run.record.simulated, saved.record.simulated);
    CHECK(saved.design.cost_lines == 2 && saved.design.cost[1].kind == PARK_COST_CAPITAL_TREATMENT);
    CHECK_CLOSE(saved.design.cost[1].capital, 5000.0, 0.0);
    CHECK_CLOSE(saved.running.life[1], 3e8, 0.0);
    CHECK(saved.running.year[1] == 1 && saved.running.lines == 2 && saved.running.line[1].link == 1);
    CHECK_CLOSE(saved.running.yearly, 755.5, 0.0);
    CHECK(saved.simulation.violations == 1 &&
          saved.simulation.violation[0].kind == PARK_VIOLATION_QUALITY_IN);
    CHECK(saved.record.agreed && strcmp(saved.record.job, "run") == 0);
    park_arena_free(arena);
    park_arena_free(run.p.arena);
}

/* The year that was simulated cost 755.5 to run, not the plan's 700; 300 a year are the treatment's capital: 1055.5 by hand. */
static void the_simulated_year_keeps_its_own_bill(void)
{
    small_run  run;
    park_saved saved;
    park_error err = {0};
    small_run_begin(&run);
    give_running(&run);
    run.simulation.bill.running                     = 755.5;
    run.simulation.bill.carbon[PARK_CARBON_GRID]    = 400.0;
    run.simulation.bill.carbon[PARK_CARBON_PROCESS] = 50.0;
    park_arena *arena                               = park_arena_new();
    CHECK(park_results_write(&run.record, in_folder("run.h5"), arena, &err) == PARK_OK);
    CHECK(park_saved_read(in_folder("run.h5"), arena, &saved, &err) == PARK_OK);
    const park_indicator *planned = park_indicator_find(saved.record.promised, "cost", PARK_NONE,
                                                        PARK_BASIS_CONVENTIONAL, true),
                         *year    = park_indicator_find(saved.record.simulated, "cost", PARK_NONE,
                                                        PARK_BASIS_CONVENTIONAL, true),
                         *carbon  = park_indicator_find(saved.record.simulated, "carbon", PARK_NONE,
                                                        PARK_BASIS_CONVENTIONAL, true);
    CHECK(planned != NULL && year != NULL && carbon != NULL);
    if (planned != NULL && year != NULL && carbon != NULL) {
        CHECK_CLOSE(planned->numerator, 1000.0, 1e-9);
        CHECK_CLOSE(year->numerator, 1055.5, 1e-9);
        CHECK_CLOSE(carbon->numerator, 450.0, 1e-9);
    }
    park_arena_free(arena);
    park_arena_free(run.p.arena);
}

/* What broke off is no run, though its park is described. */
static void a_run_that_broke_off_is_refused(void)
{
    small_run  run;
    park_saved saved;
    park_error err = {0};
    small_run_begin(&run);
    give_running(&run);
    run.record.incomplete = "the integrator gave up on 2025-03-01";
    park_arena *arena     = park_arena_new();
    CHECK(park_results_write(&run.record, in_folder("run.h5"), arena, &err) == PARK_OK);
    CHECK(park_saved_read(in_folder("run.h5"), arena, &saved, &err) == PARK_E_INPUT);
    CHECK(strstr(err.message, "broke off: the integrator gave up on 2025-03-01") != NULL);
    park_arena_free(arena);
    park_arena_free(run.p.arena);
}

/* Runs of older versions do not describe their park; a text is no result; nothing is nothing. */
static void what_is_no_run_is_refused(void)
{
    small_run  run;
    park_saved saved;
    park_error err = {0};
    small_run_begin(&run); /* without a running cost */
    park_arena *arena = park_arena_new();
    CHECK(park_results_write(&run.record, in_folder("old.h5"), arena, &err) == PARK_OK);
    CHECK(park_saved_read(in_folder("old.h5"), arena, &saved, &err) == PARK_E_INPUT);
    CHECK(strstr(err.message, "write it again") != NULL);
    FILE *file = fopen(in_folder("text.h5"), "wb");
    CHECK(file != NULL && fputs("not HDF5", file) >= 0 && fclose(file) == 0);
    CHECK(park_saved_read(in_folder("text.h5"), arena, &saved, &err) == PARK_E_FILE);
    CHECK(park_saved_read(in_folder("absent.h5"), arena, &saved, &err) == PARK_E_FILE);
    park_arena_free(arena);
    park_arena_free(run.p.arena);
}

/* The file cut short anywhere is refused, never believed. */
static void a_damaged_file_is_refused(void)
{
    small_run  run;
    park_saved saved;
    small_run_begin(&run);
    give_running(&run);
    park_arena *arena = park_arena_new();
    CHECK(park_results_write(&run.record, in_folder("whole.h5"), arena, NULL) == PARK_OK);
    FILE       *file = fopen(in_folder("whole.h5"), "rb");
    static char bytes[1 << 21];
    size_t      length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    CHECK(length > 4096 && length < sizeof bytes);
    for (size_t part = 1; part < 8; part++) {
        file = fopen(in_folder("part.h5"), "wb");
        CHECK(fwrite(bytes, 1, length * part / 8, file) > 0 && fclose(file) == 0);
        park_arena *own    = park_arena_new();
        park_status status = park_saved_read(in_folder("part.h5"), own, &saved, NULL);
        CHECK(status == PARK_E_FILE || status == PARK_E_INPUT);
        park_arena_free(own);
    }
    park_arena_free(arena);
    park_arena_free(run.p.arena);
}

static void memory_that_ends_is_told(void)
{
    small_run  run;
    park_saved saved;
    small_run_begin(&run);
    give_running(&run);
    park_arena *arena = park_arena_new();
    CHECK(park_results_write(&run.record, in_folder("run.h5"), arena, NULL) == PARK_OK);
    for (size_t n = 1; n < 400; n += 37) {
        park_arena *own = park_arena_new();
        park_arena_fail_after(own, n);
        park_status status = park_saved_read(in_folder("run.h5"), own, &saved, NULL);
        if (status == PARK_OK)
            status = park_saved_page(&saved, own, NULL);
        CHECK(status == PARK_E_MEMORY || status == PARK_OK);
        park_arena_free(own);
    }
    park_arena_free(arena);
    park_arena_free(run.p.arena);
}

int main(void)
{
    if (mkdtemp(folder) == NULL)
        return 1;
    RUN(it_comes_back_to_the_bit);
    RUN(the_simulated_year_keeps_its_own_bill);
    RUN(a_run_that_broke_off_is_refused);
    RUN(what_is_no_run_is_refused);
    RUN(a_damaged_file_is_refused);
    RUN(memory_that_ends_is_told);
    static const char *const LEFT[] = {"run.h5", "old.h5", "text.h5", "whole.h5", "part.h5"};
    for (size_t i = 0; i < sizeof LEFT / sizeof LEFT[0]; i++)
        unlink(in_folder(LEFT[i]));
    rmdir(folder);
    return park_test_done();
}
