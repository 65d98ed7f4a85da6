#include "design/errand.h"
#include "check.h"
#include "fake_ranks.h"
#include "split_program.h"
#include "tangle_program.h"

static park_tree_settings settings_of(park_tree_blocks blocks)
{
    park_tree_settings settings;
    park_tree_settings_default(&settings);
    settings.gap = 1e-6, settings.blocks = blocks;
    return settings;
}

static park_tree_result solve(const park_program *p, park_arena *arena, const park_tree_settings *settings)
{
    park_tree_result r;
    CHECK(park_tree_solve(p, settings, arena, &r, NULL) == PARK_OK);
    return r;
}

static bool same(const park_tree_result *a, const park_tree_result *b, size_t cols)
{
    return a->status == b->status && memcmp(&a->objective, &b->objective, sizeof a->objective) == 0 &&
           a->bound == b->bound && a->root_bound == b->root_bound && a->nodes == b->nodes &&
           a->work == b->work && a->lps == b->lps && a->reproducible == b->reproducible &&
           (a->x == NULL ? b->x == NULL : b->x != NULL && memcmp(a->x, b->x, cols * sizeof *a->x) == 0);
}

static void nodes_over_ranks_change_no_bit(void)
{
    uint64_t away = 0, most = 0;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        park_arena        *arena = park_arena_new();
        park_program       p;
        park_tree_settings settings = settings_of(PARK_BLOCKS_NEVER);
        tangle_program_make(&p, arena, seed, 5);
        settings.work_limit  = 30000;
        park_tree_result one = solve(&p, arena, &settings);
        most                 = one.nodes > most ? one.nodes : most;
        for (int others = 1; others <= FAKE_MOST; others += 2)
            for (int threads = 1; threads <= 2; threads++) {
                fake_ranks fake;
                fake_begin(&fake, others, threads);
                settings.ranks = &fake.door, settings.threads = threads;
                park_tree_result all = solve(&p, arena, &settings);
                CHECK(same(&one, &all, p.cols));
                uint64_t sum = 0;
                for (int r = 0; r <= others; r++)
                    sum += fake.tally[r].nodes;
                CHECK(sum == all.nodes); /* every node was worked once, somewhere */
                for (int r = 1; r <= others; r++)
                    away += fake.tally[r].nodes;
                fake_end(&fake);
            }
        park_arena_free(arena);
    }
    printf("  largest tree: %llu nodes; %llu nodes were worked elsewhere\n", (unsigned long long)most,
           (unsigned long long)away);
    CHECK(most > 300 && away > 1000);
}

static void blocks_over_ranks_change_no_bit(void)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        park_arena        *arena = park_arena_new();
        park_program       p;
        park_tree_settings settings = settings_of(PARK_BLOCKS_ALWAYS);
        settings.gap                = 1e-4;
        split_program_make(&p, arena, seed);
        park_tree_result one = solve(&p, arena, &settings);
        for (int others = 1; others <= FAKE_MOST; others += 2)
            for (int threads = 1; threads <= 2; threads++) {
                fake_ranks fake;
                fake_begin(&fake, others, threads);
                settings.ranks = &fake.door, settings.threads = threads;
                park_tree_result all = solve(&p, arena, &settings);
                CHECK(same(&one, &all, p.cols));
                CHECK(one.x == NULL || fake.tally[1].parts > 0);
                fake_end(&fake);
            }
        settings.ranks = NULL, settings.threads = 1;
        park_arena_free(arena);
    }
}

/* An interrupt: answers end somewhere on the way. Bound and point stay proven. */
static void lost_answers_keep_what_is_proven(void)
{
    for (int way = 0; way < 2; way++)
        for (int until = 0; until < 12; until += 2) {
            park_arena        *arena = park_arena_new();
            park_program       p;
            park_cancel        cancel   = {0};
            park_tree_settings settings = settings_of(way == 0 ? PARK_BLOCKS_NEVER : PARK_BLOCKS_ALWAYS);
            fake_ranks         fake;
            if (way == 0)
                tangle_program_make(&p, arena, 3, 4);
            else
                split_program_make(&p, arena, 2);
            settings.work_limit   = 8000;
            park_tree_result best = solve(&p, arena, &settings);
            fake_begin(&fake, 2, 1);
            fake.until = until, fake.raise = &cancel;
            settings.ranks = &fake.door, settings.cancel = &cancel;
            park_tree_result r = solve(&p, arena, &settings);
            CHECK(fake.until != 0 || park_cancel_why(&cancel) == 15);
            CHECK(park_cancel_why(&cancel) == 0 || !r.reproducible);
            CHECK(r.bound <= best.objective + 1e-9 && r.status != PARK_TREE_INFEASIBLE);
            CHECK(isnan(r.objective) || r.objective >= best.bound - 1e-9);
            fake_end(&fake);
            park_arena_free(arena);
        }
}

static void a_failure_elsewhere_is_a_failure(void)
{
    park_arena        *arena = park_arena_new();
    park_program       p;
    park_tree_settings settings = settings_of(PARK_BLOCKS_NEVER);
    park_tree_result   r;
    fake_ranks         fake;
    tangle_program_make(&p, arena, 3, 4);
    fake_begin(&fake, 1, 1);
    fake.forgets   = true;
    settings.ranks = &fake.door;
    CHECK(park_tree_solve(&p, &settings, arena, &r, NULL) == PARK_E_MEMORY);
    fake_end(&fake);
    park_arena_free(arena);
}

/* Questions cut short are refused, whatever was cut; a program in which more is said than came makes no array of it. */
static void broken_questions_are_refused(void)
{
    park_arena      *arena = park_arena_new();
    park_answerer   *a;
    park_program     p;
    park_part        part = {.bound = -INFINITY};
    park_errand_head head = {.word = PARK_ERRAND_PARTS, .number = 1, .count = 1, .seconds = INFINITY}, said;
    const void      *answer;
    size_t           length;
    CHECK(park_answerer_new(1, NULL, &a) == PARK_OK);
    tangle_program_make(&p, arena, 1, 3);
    park_tape tape = park_tape_write(arena);
    PARK_TAPE(&tape, &head, 1);
    park_tape_program(&tape, &p, arena);
    part.program = p;
    park_tape_part(&tape, &part, PARK_PART_RELAX, true);
    for (size_t cut = 0; cut < tape.count; cut += 7) {
        park_status status = park_answer(a, tape.bytes, cut, arena, &answer, &length);
        if (status != PARK_OK)
            continue;
        park_tape back = park_tape_read(answer, length);
        PARK_TAPE(&back, &said, 1);
        CHECK(!back.broken && said.status != PARK_OK && said.number == 1);
    }
    CHECK(park_answer(a, tape.bytes, tape.count, arena, &answer, &length) == PARK_OK);
    park_tape back = park_tape_read(answer, length);
    PARK_TAPE(&back, &said, 1);
    CHECK(said.status == PARK_OK);
    head.word = PARK_ERRAND_NODES, head.id = 17,
    tape = park_tape_write(arena); /* a program it was never sent */
    PARK_TAPE(&tape, &head, 1);
    CHECK(park_answer(a, tape.bytes, tape.count, arena, &answer, &length) == PARK_OK);
    back = park_tape_read(answer, length);
    PARK_TAPE(&back, &said, 1);
    CHECK(said.status == PARK_E_MEMORY);
    park_answerer_free(a);
    park_arena_free(arena);
}

int main(void)
{
    RUN(nodes_over_ranks_change_no_bit);
    RUN(blocks_over_ranks_change_no_bit);
    RUN(lost_answers_keep_what_is_proven);
    RUN(a_failure_elsewhere_is_a_failure);
    RUN(broken_questions_are_refused);
    return park_test_done();
}
