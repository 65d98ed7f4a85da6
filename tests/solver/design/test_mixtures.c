/* Whole flows and what they are mixed of: found in the rows; a mean's bounds by hand and against random points; ratios. */
#include "design/mixtures.h"

#include "base/random.h"
#include "design/obbt.h"
#include "check.h"

#include <math.h>
#include <string.h>

/*
 * Clean water a (quality 1, given), used water b (quality cb in [3, 5]) and a load of 2 make Q = a + b at quality c:
 * M = a + b cb + 2 arrives, a quarter is removed: P = 0.75 M = Q c.
 */
typedef struct pool {
    park_program p;
    int32_t      a, b, cb, wb, q, m, w, c;
} pool;

static pool made(park_arena *arena, double b_lo, bool whole)
{
    pool          s;
    park_program *p = &s.p;
    park_program_init(p, arena);
    s.a  = park_program_col(p, PARK_COL_FLOW, 0.0, 10.0, 1.0, NULL);
    s.b  = park_program_col(p, PARK_COL_FLOW, b_lo, 4.0, 1.0, NULL);
    s.cb = park_program_col(p, PARK_COL_CONC, 3.0, 5.0, 0.0, NULL);
    s.wb = park_program_col(p, PARK_COL_LIFTED, 0.0, 20.0, 0.0, NULL);
    s.q  = park_program_col(p, PARK_COL_FLOW, 0.0, 14.0, 0.0, NULL);
    s.m  = park_program_col(p, PARK_COL_OTHER, 0.0, 100.0, 0.0, NULL);
    s.w  = park_program_col(p, PARK_COL_LIFTED, 0.0, 100.0, 0.0, NULL);
    s.c  = park_program_col(p, PARK_COL_CONC, 0.0, 50.0, 0.0, NULL);
    CHECK(park_program_row(p, 0.0, 0.0, 3, (int32_t[]){s.q, s.a, s.b}, (double[]){-1.0, 1.0, 1.0}, -1,
                           NULL) >= 0);
    CHECK(park_program_row(p, -2.0, -2.0, 3, (int32_t[]){s.m, s.a, s.wb}, (double[]){-1.0, 1.0, 1.0}, -1,
                           NULL) >= 0);
    CHECK(park_program_row(p, 0.0, 0.0, 2, (int32_t[]){s.w, s.m}, (double[]){1.0, -0.75}, -1, NULL) >= 0);
    CHECK(park_program_product(p, s.wb, s.b, s.cb) == 0);
    int32_t k = park_program_product(p, s.w, s.q, s.c);
    if (whole)
        park_program_whole(p, k);
    CHECK(park_program_withdraw_whole(p));
    return s;
}

/* By hand. Cleanest: a = 10, b as little as may be, cb = 3; dirtiest: a = 0, cb = 5. */
static void a_mean_by_hand(void)
{
    park_arena   *arena = park_arena_new();
    pool          s     = made(arena, 2.0, true);
    park_mixtures m;
    double        work[4], lo, hi;
    CHECK(park_mixtures_make(&m, &s.p, arena) == PARK_OK && m.count == 1 && m.of[0] == -1 && m.of[1] == 0);
    CHECK(m.part_start[1] == 2 && m.term_start[1] == 1 && m.most == 2);
    park_mixtures_bound(&m, 0, s.p.col_lo, s.p.col_hi, work, &lo, &hi);
    CHECK_CLOSE(lo, 0.75 * (10.0 + 2.0 * 3.0 + 2.0) / 12.0, 1e-12);
    CHECK_CLOSE(hi, 0.75 * (2.0 * 5.0 + 2.0) / 2.0, 1e-12);
    CHECK(lo <= 0.75 * 18.0 / 12.0 && hi >= 4.5);
    s.p.col_lo[s.b] = 0.0; /* nothing may flow: the load alone would make it as dirty as can be */
    park_mixtures_bound(&m, 0, s.p.col_lo, s.p.col_hi, work, &lo, &hi);
    CHECK_CLOSE(lo, 0.75 * (10.0 + 2.0) / 10.0, 1e-12);
    CHECK(hi == INFINITY);
    park_arena_free(arena);
}

/* No point of random boxes lies outside; some come near. */
static void no_mean_is_cut_off(void)
{
    park_arena   *arena = park_arena_new();
    pool          s     = made(arena, 0.0, true);
    double        work[4], lo, hi, near = INFINITY;
    park_mixtures m;
    park_random   r = park_random_start(7, 1, 0);
    CHECK(park_mixtures_make(&m, &s.p, arena) == PARK_OK && m.count == 1);
    for (int box = 0; box < 200; box++) {
        const int32_t col[3] = {s.a, s.b, s.cb};
        for (int k = 0; k < 3; k++) {
            s.p.col_lo[col[k]] = 5.0 * park_random_uniform(&r);
            s.p.col_hi[col[k]] = s.p.col_lo[col[k]] + 5.0 * park_random_uniform(&r);
        }
        park_mixtures_bound(&m, 0, s.p.col_lo, s.p.col_hi, work, &lo, &hi);
        for (int point = 0; point < 200; point++) {
            double x[3];
            for (int k = 0; k < 3; k++) {
                double u = park_random_uniform(&r), end = u < 0.25 ? 0.0 : u > 0.75 ? 1.0 : 2.0 * (u - 0.25);
                x[k] = s.p.col_lo[col[k]] + end * (s.p.col_hi[col[k]] - s.p.col_lo[col[k]]);
            }
            double mean = 0.75 * (x[0] + x[1] * x[2] + 2.0) / (x[0] + x[1]);
            CHECK(mean >= lo && mean <= hi);
            near = fmin(near, fmin(mean - lo, hi - mean));
        }
    }
    CHECK(near < 1e-9);
    park_arena_free(arena);
}

static park_box box_of(const park_program *p, park_arena *arena)
{
    park_box box;
    CHECK(park_box_make(&box, p->cols, arena) == PARK_OK);
    memcpy(box.lo, p->col_lo, p->cols * sizeof *box.lo);
    memcpy(box.hi, p->col_hi, p->cols * sizeof *box.hi);
    return box;
}

static void run_obbt(const pool *s, park_box *box, park_arena *arena)
{
    park_links   links;
    park_tighten t;
    park_obbt    obbt;
    bool         empty = true;
    CHECK(park_links_make(&links, &s->p, arena) == PARK_OK &&
          park_tighten_make(&t, &links, arena) == PARK_OK);
    CHECK(park_obbt_make(&obbt, &s->p, &t, arena) == PARK_OK);
    CHECK(park_obbt_run(&obbt, box, INFINITY, 1, 0, NULL, NULL, &empty) == PARK_OK && !empty);
    park_obbt_free(&obbt);
}

/*
 * A row that boxes do not see: a <= 2 b, so at most two thirds are clean. Cleanest then: a = 8, b = 4, cb = 3, c = 0.75 22/12; the
 * least mass over the most water says 0.75 (3 b + a + 2)/14 only. A product that is not whole is bounded by its column alone.
 */
static void ratios_see_rows(void)
{
    const double clean = 0.75 * 22.0 / 12.0;
    park_arena  *arena = park_arena_new();
    for (int whole = 0; whole < 2; whole++) {
        pool s = made(arena, 1.0, whole == 1);
        CHECK(park_program_row(&s.p, -INFINITY, 0.0, 2, (int32_t[]){s.a, s.b}, (double[]){1.0, -2.0}, -1,
                               NULL) >= 0);
        park_box box = box_of(&s.p, arena);
        run_obbt(&s, &box, arena);
        CHECK(box.lo[s.c] <= clean);
        CHECK((box.lo[s.c] > clean - 0.06) == (whole == 1));
        CHECK(box.hi[s.c] >= 0.75 * 7.0 && box.hi[s.c] < 0.75 * 7.0 + (whole == 1 ? 0.06 : INFINITY));
    }
    park_arena_free(arena);
}

/* A second product of the same quality whose mass nothing holds says nothing, and takes nothing from what the first one says. */
static void what_says_nothing_takes_nothing_away(void)
{
    const double clean = 0.75 * 22.0 / 12.0;
    park_arena  *arena = park_arena_new();
    pool         s     = made(arena, 1.0, true);
    int32_t      mass  = park_program_col(&s.p, PARK_COL_LIFTED, 0.0, 1000.0, 0.0, NULL),
            flow       = park_program_col(&s.p, PARK_COL_FLOW, 0.0, 14.0, 0.0, NULL);
    CHECK(park_program_row(&s.p, -INFINITY, 0.0, 2, (int32_t[]){s.a, s.b}, (double[]){1.0, -2.0}, -1, NULL) >=
          0);
    CHECK(park_program_row(&s.p, 0.0, 0.0, 2, (int32_t[]){s.q, flow}, (double[]){1.0, -1.0}, -1, NULL) >= 0);
    park_program_whole(&s.p, park_program_product(&s.p, mass, flow, s.c));
    CHECK(s.p.product[1].whole && s.p.product[2].whole);
    park_box box = box_of(&s.p, arena);
    run_obbt(&s, &box, arena);
    CHECK(box.lo[s.c] <= clean && box.lo[s.c] > clean - 0.06);
    CHECK(box.hi[s.c] >= 0.75 * 7.0 && box.hi[s.c] < 0.75 * 7.0 + 0.06);
    park_arena_free(arena);
}

/* Where conc is read by a row, it must be right with no flow, too. */
static void a_quality_that_rows_read_is_not_free(void)
{
    park_arena *arena = park_arena_new();
    pool        s     = made(arena, 0.0, true);
    CHECK(s.p.product[1].whole);
    CHECK(park_program_row(&s.p, 0.0, 9.0, 1, (int32_t[]){s.c}, (double[]){1.0}, -1, NULL) >= 0);
    CHECK(park_program_withdraw_whole(&s.p) && !s.p.product[1].whole);
    park_mixtures m;
    CHECK(park_mixtures_make(&m, &s.p, arena) == PARK_OK && m.count == 0);
    park_arena_free(arena);
}

int main(void)
{
    RUN(a_mean_by_hand);
    RUN(no_mean_is_cut_off);
    RUN(ratios_see_rows);
    RUN(what_says_nothing_takes_nothing_away);
    RUN(a_quality_that_rows_read_is_not_free);
    return park_test_done();
}
