/* What only a page shows comes back as it was written, to the bit where all bits are kept; what a file lacks stays empty. */
#include "check.h"
#include "small_run.h"

#include "results/results.h"
#include "results/saved.h"

#include <stdlib.h>
#include <unistd.h>

static char                    path[] = "/tmp/park_saved_page_XXXXXX";
static park_running            RUNNING;
static park_violation          SEEN[2] = {{.kind        = PARK_VIOLATION_QUALITY_IN,
                                           .unit        = 1,
                                           .link        = -1,
                                           .constituent = 1,
                                           .limit       = 0.05,
                                           .simulated   = 0.06},
                                          {.kind        = PARK_VIOLATION_CAPACITY,
                                           .unit        = -1,
                                           .link        = 2,
                                           .constituent = -1,
                                           .limit       = 1.0,
                                           .simulated   = 2.0}};
static const park_kept_chapter KEPT[2] = {{"rain", "<section id=\"rain\">雨水</section>\n"}, {"front", ""}};

static park_status written(small_run *run, park_arena *arena, park_saved *saved)
{
    park_results_settings settings = {.series_bits = 52};
    run->record.running            = &RUNNING;
    PARK_TRY(park_results_write_as(&run->record, &settings, path, arena, NULL));
    PARK_TRY(park_saved_read(path, arena, saved, NULL));
    return park_saved_page(saved, arena, NULL);
}

static void series_come_back(void)
{
    small_run run;
    small_run_begin(&run);
    static const park_state_info LOSS = {.word = "loss", .units = "m", .label = {"水头损失", "head loss"}};
    run.rows.column[1]                = (park_column){.kind        = PARK_COLUMN_STATE,
                                                      .link        = -1,
                                                      .unit        = 2,
                                                      .outlet      = -1,
                                                      .inlet       = -1,
                                                      .constituent = -1,
                                                      .part        = -1,
                                                      .state       = &LOSS};
    park_arena *arena                 = park_arena_new();
    park_saved  saved;
    CHECK(written(&run, arena, &saved) == PARK_OK);
    const park_rows *a = &run.rows, *b = saved.record.rows;
    CHECK(b != NULL && a->columns == b->columns && a->rows == b->rows && a->every == b->every);
    for (size_t i = 0; b != NULL && i < a->columns * a->rows; i++)
        CHECK(memcmp(&a->value[i], &b->value[i], sizeof a->value[i]) == 0 ||
              (isnan(a->value[i]) && isnan(b->value[i])));
    for (size_t r = 0; b != NULL && r < a->rows; r++)
        CHECK(a->time[r] == b->time[r]);
    if (b != NULL) {
        CHECK(b->column[0].kind == PARK_COLUMN_LINK_FLOW && b->column[0].link == 0 &&
              b->column[0].unit == -1 && b->column[0].state == NULL);
        CHECK(b->column[1].kind == PARK_COLUMN_STATE && b->column[1].unit == 2);
        CHECK_TEXT(b->column[1].state->word, "loss");
        CHECK_TEXT(b->column[1].state->label.zh, "水头损失");
    }
    park_arena_free(arena);
    park_arena_free(run.p.arena);
}

static void rounds_findings_and_the_rest_come_back(void)
{
    small_run  run;
    park_saved saved;
    small_run_begin(&run);
    park_round round[2]    = {run.record.round[0], run.record.round[1]};
    round[0].violations    = 4; /* of which two were kept */
    round[0].violation     = SEEN;
    round[1].violations    = 1;
    round[1].violation     = &SEEN[1];
    run.record.round       = round;
    run.record.chapters    = 2;
    run.record.chapter     = KEPT;
    run.record.first_bound = 975.25;
    park_finding_add(&run.findings, PARK_E0801, PARK_WARNING, "sources.river", "too %s", "太%s", "x");
    round[0].violations = 2;
    park_arena *arena   = park_arena_new();
    CHECK(written(&run, arena, &saved) == PARK_OK);
    const park_run_record *b = &saved.record;
    CHECK(b->restored && b->rounds == 2 && b->round[0].violations == 2 && b->round[1].violations == 1);
    CHECK(b->round[0].violation[0].kind == PARK_VIOLATION_QUALITY_IN &&
          b->round[0].violation[0].constituent == 1);
    CHECK(b->round[0].violation[1].link == 2 && b->round[1].violation[0].link == 2);
    CHECK_CLOSE(b->round[1].violation[0].simulated, 2.0, 0.0);
    CHECK_CLOSE(b->round[1].objective, 1000.0, 0.0);
    CHECK_CLOSE(b->first_bound, 975.25, 0.0);
    CHECK(b->findings->count == 1 && b->findings->items[0].code == PARK_E0801);
    CHECK_TEXT(b->findings->items[0].zh, "太x");
    CHECK(b->assumptions == 2);
    CHECK_TEXT(b->assumption[1].source, "design manual, \"2019\"");
    CHECK(b->chapters == 2);
    for (size_t i = 0; i < b->chapters; i++)
        CHECK_TEXT(b->chapter[i].html, strcmp(b->chapter[i].id, "rain") == 0 ? KEPT[0].html : "");
    CHECK(saved.simulation.events == 1 && saved.simulation.event[0].kind == PARK_EVENT_BLOWDOWN &&
          saved.simulation.event[0].time == 1740000000);
    CHECK(saved.design.outside_proof_count == 1);
    CHECK_TEXT(saved.design.outside_proof[0].zh, run.design.outside_proof[0].zh);
    CHECK(saved.design.link_size != NULL && saved.design.link_size[0] == PARK_NONE);
    CHECK_TEXT(b->provenance.command, "parkwater run park.yaml");
    park_arena_free(arena);
    park_arena_free(run.p.arena);
}

static void a_pipe_keeps_its_size(void)
{
    small_run             run;
    park_saved            saved;
    static park_pipe_size SOLD[2] = {{.name = "DN100"}, {.name = "DN200"}};
    small_run_begin(&run);
    run.p.m.pipe.size       = SOLD;
    run.design.link_size[1] = 1;
    park_arena *arena       = park_arena_new();
    CHECK(written(&run, arena, &saved) == PARK_OK);
    CHECK(saved.design.link_size[0] == PARK_NONE && saved.design.link_size[1] >= 0);
    CHECK_TEXT(saved.model.pipe.size[saved.design.link_size[1]].name, "DN200");
    park_arena_free(arena);
    park_arena_free(run.p.arena);
}

/* Money by its kind, carbon by where it comes from: by words, so that a version with more of them still reads the file. */
static void money_and_carbon_keep_their_parts(void)
{
    small_run  run;
    park_saved saved;
    small_run_begin(&run);
    run.rows.column[0] = (park_column){.kind        = PARK_COLUMN_MONEY,
                                       .link        = -1,
                                       .unit        = -1,
                                       .outlet      = -1,
                                       .inlet       = -1,
                                       .constituent = -1,
                                       .part        = PARK_COST_ENVIRONMENT_TAX};
    run.rows.column[1] = (park_column){.kind        = PARK_COLUMN_CARBON,
                                       .link        = -1,
                                       .unit        = -1,
                                       .outlet      = -1,
                                       .inlet       = -1,
                                       .constituent = -1,
                                       .part        = PARK_CARBON_PROCESS};
    park_arena *arena  = park_arena_new();
    CHECK(written(&run, arena, &saved) == PARK_OK);
    CHECK(saved.record.rows->column[0].kind == PARK_COLUMN_MONEY &&
          saved.record.rows->column[0].part == PARK_COST_ENVIRONMENT_TAX);
    CHECK(saved.record.rows->column[1].kind == PARK_COLUMN_CARBON &&
          saved.record.rows->column[1].part == PARK_CARBON_PROCESS);
    static const park_state_info LOSS = {.word = "loss", .units = "m", .label = {"水头损失", "head loss"}};
    run.rows.column[1].kind  = PARK_COLUMN_POWER; /* which shows no state: the columns do not hold together */
    run.rows.column[1].state = &LOSS;
    CHECK(written(&run, arena, &saved) == PARK_E_INPUT);
    park_arena_free(arena);
    park_arena_free(run.p.arena);
}

/* A file whose series name no link or unit of it is damaged: a page would look for them. */
static void series_of_nothing_are_refused(void)
{
    static const park_column NOTHING[] = {
        {.kind = PARK_COLUMN_LINK_FLOW, .link = -1, .unit = 0, .outlet = -1, .inlet = -1, .constituent = -1},
        {.kind = PARK_COLUMN_WITHHELD, .link = -1, .unit = 0, .outlet = -1, .inlet = -1, .constituent = -1},
        {.kind = PARK_COLUMN_VOLUME, .link = 0, .unit = -1, .outlet = -1, .inlet = -1, .constituent = -1},
        {.kind = PARK_COLUMN_UNMET, .link = -1, .unit = 0, .outlet = -1, .inlet = -1, .constituent = -1},
        {.kind = PARK_COLUMN_INLET_CONC, .link = -1, .unit = 0, .outlet = -1, .inlet = 0, .constituent = -1}};
    for (size_t i = 0; i < sizeof NOTHING / sizeof NOTHING[0]; i++) {
        small_run  run;
        park_saved saved;
        small_run_begin(&run);
        park_arena *arena  = park_arena_new();
        run.rows.column[0] = NOTHING[i];
        CHECK(written(&run, arena, &saved) == PARK_E_INPUT);
        park_arena_free(arena);
        park_arena_free(run.p.arena);
    }
}

/* So is one whose rows stand still, or are of no length. */
static void times_that_do_not_rise_are_refused(void)
{
    for (int i = 0; i < 3; i++) {
        small_run  run;
        park_saved saved;
        small_run_begin(&run);
        park_arena *arena = park_arena_new();
        if (i == 1)
            run.rows.time[3] = run.rows.time[2];
        if (i == 2)
            run.rows.every = 0;
        CHECK(written(&run, arena, &saved) == (i == 0 ? PARK_OK : PARK_E_INPUT));
        park_arena_free(arena);
        park_arena_free(run.p.arena);
    }
}

/* A year without rows, a plan without rounds: nothing to show, and no failure. */
static void what_was_not_written_stays_empty(void)
{
    small_run  run;
    park_saved saved;
    small_run_begin(&run);
    run.record.rows        = NULL;
    run.record.rounds      = 0;
    run.record.findings    = NULL;
    run.record.assumptions = 0;
    run.simulation.events  = 0;
    park_arena *arena      = park_arena_new();
    CHECK(written(&run, arena, &saved) == PARK_OK);
    CHECK(saved.record.rows == NULL && saved.record.rounds == 0 && saved.record.chapters == 0 &&
          saved.record.assumptions == 0);
    CHECK(saved.record.findings->count == 0 && saved.simulation.events == 0);
    park_arena_free(arena);
    park_arena_free(run.p.arena);
}

int main(void)
{
    int file = mkstemp(path);
    if (file < 0)
        return 1;
    close(file);
    RUN(series_come_back);
    RUN(rounds_findings_and_the_rest_come_back);
    RUN(money_and_carbon_keep_their_parts);
    RUN(a_pipe_keeps_its_size);
    RUN(series_of_nothing_are_refused);
    RUN(times_that_do_not_rise_are_refused);
    RUN(what_was_not_written_stays_empty);
    unlink(path);
    return park_test_done();
}
