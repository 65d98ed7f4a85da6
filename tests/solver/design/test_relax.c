#include "base/random.h"
#include "design/obbt.h"
#include "design/outward.h"
#include "design/relax.h"
#include "design/tighten.h"
#include "check.h"

/* w = f c with f, c boxed; t >= 2 sqrt(f / 4); one row over all. */
static void one_product(park_program *p, park_arena *arena, double f_lo, double f_hi, double c_lo,
                        double c_hi)
{
    park_program_init(p, arena);
    park_program_col(p, PARK_COL_FLOW, f_lo, f_hi, 1, "f");
    park_program_col(p, PARK_COL_CONC, c_lo, c_hi, 0, "c");
    park_program_col(p, PARK_COL_LIFTED, -INFINITY, INFINITY, 0, "w");
    park_program_col(p, PARK_COL_OTHER, 0, 100, 0, "t");
    park_program_product(p, 2, 0, 1);
    park_program_concave(p, 3, 0, 2.0, 4.0, 0.5);
}

static void fill(park_box *box, const park_program *p, park_arena *arena)
{
    CHECK(park_box_make(box, p->cols, arena) == PARK_OK);
    memcpy(box->lo, p->col_lo, p->cols * sizeof(double));
    memcpy(box->hi, p->col_hi, p->cols * sizeof(double));
}

static bool tighten(const park_program *p, park_box *box, double cutoff, park_arena *arena)
{
    park_links   links;
    park_tighten t;
    CHECK(park_links_make(&links, p, arena) == PARK_OK && park_tighten_make(&t, &links, arena) == PARK_OK);
    return park_tighten_box(&t, box, cutoff, NULL, 0, 20);
}

/* f in [2, 8], c in [0.5, 1]: w in [1, 8]; w <= 2 then says f <= 4; t >= 2 sqrt(2/4) = 1.41421. */
static void bounds_travel_through_products_and_concave_costs(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_box     box;
    one_product(&p, arena, 2, 8, 0.5, 1);
    fill(&box, &p, arena);
    CHECK(tighten(&p, &box, INFINITY, arena));
    CHECK_CLOSE(box.lo[2], 1, 1e-12);
    CHECK_CLOSE(box.hi[2], 8, 1e-12);
    CHECK(box.lo[2] <= 1 && box.hi[2] >= 8); /* outward */
    CHECK_CLOSE(box.lo[3], sqrt(2), 1e-12);
    p.col_hi[2] = 2.0;
    fill(&box, &p, arena);
    CHECK(tighten(&p, &box, INFINITY, arena));
    CHECK_CLOSE(box.hi[0], 4, 1e-9);
    CHECK(box.hi[0] >= 4);
    p.col_hi[3] = 1.0; /* 2 sqrt(f / 4) <= 1: f <= 1, but f >= 2 */
    fill(&box, &p, arena);
    CHECK(!tighten(&p, &box, INFINITY, arena));
    p.col_hi[3] = 100;
    fill(&box, &p, arena);
    CHECK(tighten(&p, &box, 3.0, arena)); /* cost f <= 3 */
    CHECK_CLOSE(box.hi[0], 3, 1e-9);
    CHECK(!tighten(&p, &box, 1.9, arena));
    park_arena_free(arena);
}

/* x + y = 10, x - y <= -4, x, y >= 0: x <= 3 needs both rows; an open column is boxed by the row it stands in. */
static void rows_box_open_columns(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_box     box;
    park_program_init(&p, arena);
    int32_t x = park_program_col(&p, PARK_COL_FLOW, 0, INFINITY, 0, "x"),
            y = park_program_col(&p, PARK_COL_FLOW, 0, 7.5, 0, "y");
    int32_t k = park_program_integer(&p, -3, 9, 0, "k");
    park_program_row(&p, 10, 10, 2, (int32_t[]){x, y}, (double[]){1, 1}, -1, NULL);
    park_program_row(&p, -INFINITY, 0.5, 2, (int32_t[]){k, y}, (double[]){1, -0.5}, -1,
                     NULL); /* k <= 0.5 + y / 2 */
    fill(&box, &p, arena);
    CHECK(tighten(&p, &box, INFINITY, arena));
    CHECK_CLOSE(box.lo[x], 2.5, 1e-9);
    CHECK_CLOSE(box.hi[x], 10, 1e-9);
    CHECK(box.hi[k] == 4.0); /* 0.5 + 3.75 rounded down to a whole number */
    CHECK(box.lo[x] <= 2.5 && box.hi[x] >= 10);
    /* Crossing by rounding only is closed: x = 0.1 + 0.2 against x = 0.3. */
    park_program_init(&p, arena);
    park_program_col(&p, PARK_COL_OTHER, 0.1 + 0.2, 1, 0, "x");
    park_program_row(&p, -INFINITY, 0.3, 1, (int32_t[]){0}, (double[]){1}, -1, NULL);
    fill(&box, &p, arena);
    CHECK(tighten(&p, &box, INFINITY, arena));
    p.row_hi[0] = 0.2999;
    fill(&box, &p, arena);
    CHECK(!tighten(&p, &box, INFINITY, arena));
    park_arena_free(arena);
}

/* Random points on the surface w = f c, t = g(f) satisfy every row of the relaxation of random boxes, and random
 * objectives are bounded by it; tightening never cuts such a point off. */
static void no_point_of_the_program_is_cut_off(void)
{
    for (uint64_t seed = 0; seed < 60; seed++) {
        park_arena  *arena = park_arena_new();
        park_random  r     = park_random_start(seed, 11, 0);
        park_program p;
        park_relax   relax;
        park_box     box;
        double       f_lo = 3 * park_random_uniform(&r), c_lo = park_random_uniform(&r);
        double       f_hi = f_lo + 3 * park_random_uniform(&r), c_hi = c_lo + park_random_uniform(&r),
               bound = -INFINITY;
        if (seed % 3 == 1) /* what rounding leaves of a quality: boxes from beside zero, and within it */
            c_lo *= 1e-15, c_hi *= seed % 2 == 0 ? 1.0 : 1e-8;
        one_product(&p, arena, f_lo, f_hi, c_lo, c_hi);
        for (int j = 0; j < 4; j++)
            p.cost[j] = j == 3 ? park_random_uniform(&r) : 2 * park_random_uniform(&r) - 1;
        fill(&box, &p, arena);
        CHECK(tighten(&p, &box, INFINITY, arena));
        CHECK(park_relax_make(&relax, &p, arena) == PARK_OK &&
              park_relax_load(&relax, &box, NULL) == PARK_OK);
        CHECK(park_relax_solve(&relax, INFINITY, 20, &bound) == PARK_RELAX_SOLVED);
        double best = INFINITY;
        for (int k = 0; k < 2000; k++) {
            double f = f_lo + park_random_uniform(&r) * (f_hi - f_lo),
                   c = c_lo + park_random_uniform(&r) * (c_hi - c_lo);
            if (k < 4) {
                f = k & 1 ? f_hi : f_lo;
                c = k & 2 ? c_hi : c_lo;
            }
            double w = f * c, t = 2.0 * sqrt(f / 4.0);
            CHECK(w >= box.lo[2] && w <= box.hi[2] && t >= box.lo[3] - 1e-15);
            best = fmin(best, p.cost[0] * f + p.cost[1] * c + p.cost[2] * w + p.cost[3] * t);
        }
        CHECK(bound <= best + 1e-12);
        CHECK(bound >=
              best -
                  3.0); /* a bound worth the name: the envelopes' gap is (f_hi-f_lo)(c_hi-c_lo)/4 at most */
        double gap = (f_hi - f_lo) * (c_hi - c_lo) / 4 * fabs(p.cost[2]) + p.cost[3] * 0.5;
        CHECK(bound >= best - gap - 0.2); /* the sample is not the optimum */
        park_relax_free(&relax);
        park_arena_free(arena);
    }
}

/* The same box and basis give the same bits, whatever was solved before. */
static void a_workspace_forgets_its_past(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_relax   fresh, worn;
    park_box     box, other;
    one_product(&p, arena, 1, 5, 0.2, 0.9);
    p.cost[2] = -1;
    park_program_row(&p, -INFINITY, 3.3, 2, (int32_t[]){0, 1}, (double[]){0.6, 1.7}, -1, NULL);
    fill(&box, &p, arena);
    fill(&other, &p, arena);
    CHECK(tighten(&p, &box, INFINITY, arena) && tighten(&p, &other, INFINITY, arena));
    CHECK(park_relax_make(&fresh, &p, arena) == PARK_OK && park_relax_make(&worn, &p, arena) == PARK_OK);
    double   a = -INFINITY, b = -INFINITY;
    uint8_t *basis = PARK_ARRAY(arena, worn.bytes, uint8_t);
    for (int k = 1; k <= 5; k++) {
        other.hi[0] = 5 - 0.5 * k;
        other.lo[1] = 0.2 + 0.1 * k;
        CHECK(park_relax_load(&worn, &other, k > 1 ? basis : NULL) == PARK_OK);
        double z = -INFINITY;
        park_relax_solve(&worn, INFINITY, 9, &z);
        park_relax_basis(&worn, NULL, basis);
    }
    CHECK(park_relax_load(&worn, &box, NULL) == PARK_OK && park_relax_load(&fresh, &box, NULL) == PARK_OK);
    CHECK(park_relax_solve(&worn, INFINITY, 9, &a) == PARK_RELAX_SOLVED);
    CHECK(park_relax_solve(&fresh, INFINITY, 9, &b) == PARK_RELAX_SOLVED);
    CHECK(memcmp(&a, &b, sizeof a) == 0);
    CHECK(memcmp(park_relax_point(&worn), park_relax_point(&fresh), p.cols * sizeof(double)) == 0);
    double z = -INFINITY;
    CHECK(park_relax_load(&worn, &box, NULL) == PARK_OK);
    CHECK(park_relax_solve(&worn, -100.0, 9, &z) == PARK_RELAX_EMPTY &&
          z > -100.0); /* nothing below the cutoff */
    park_relax_free(&fresh);
    park_relax_free(&worn);
    park_arena_free(arena);
}

/* f + g = 4, 3 f + g >= 6: f >= 1 only by both rows together; the least cost f <= 2 then closes it from above. */
static void linear_programs_see_rows_together(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_links   links;
    park_tighten t;
    park_obbt    obbt;
    park_box     box;
    bool         empty = true;
    one_product(&p, arena, 0, 4, 0, 1);
    int32_t g = park_program_col(&p, PARK_COL_FLOW, 0, 4, 0, "g");
    park_program_row(&p, 4, 4, 2, (int32_t[]){0, g}, (double[]){1, 1}, -1, NULL);
    park_program_row(&p, 6, INFINITY, 2, (int32_t[]){0, g}, (double[]){3, 1}, -1, NULL);
    p.constant = 50;
    fill(&box, &p, arena);
    CHECK(park_links_make(&links, &p, arena) == PARK_OK && park_tighten_make(&t, &links, arena) == PARK_OK);
    CHECK(park_obbt_make(&obbt, &p, &t, arena) == PARK_OK &&
          obbt.targets == 2); /* c and f; g is in no product */
    CHECK(park_obbt_run(&obbt, &box, 52.0, 4, 0, NULL, NULL, &empty) == PARK_OK && !empty);
    CHECK_CLOSE(box.lo[0], 1, 1e-9);
    CHECK_CLOSE(box.hi[0], 2, 1e-9);
    CHECK(box.lo[0] <= 1 && box.hi[0] >= 2 && box.lo[1] == 0 && box.hi[1] == 1);
    CHECK(park_obbt_run(&obbt, &box, 50.5, 4, 0, NULL, NULL, &empty) == PARK_OK &&
          empty); /* f >= 1 costs 51 */
    park_obbt_free(&obbt);
    park_arena_free(arena);
}

static void outward_is_outward(void)
{
    double lo, hi;
    park_interval_times(-2, 3, -5, 7, &lo, &hi);
    CHECK(lo <= -15 && lo > -15.001 && hi >= 21 && hi < 21.001);
    park_interval_times(0, INFINITY, 0, 2, &lo, &hi);
    CHECK(lo == 0 && hi == INFINITY);
    park_interval_over(1, 2, 4, 5, &lo, &hi);
    CHECK(lo <= 0.2 && lo > 0.199 && hi >= 0.5 && hi < 0.501);
    CHECK(park_down(1.0) < 1.0 && park_up(1.0) > 1.0 && park_down(0.0) < 0.0 && park_up(-1.0) > -1.0);
}

int main(void)
{
    RUN(bounds_travel_through_products_and_concave_costs);
    RUN(rows_box_open_columns);
    RUN(no_point_of_the_program_is_cut_off);
    RUN(a_workspace_forgets_its_past);
    RUN(linear_programs_see_rows_together);
    RUN(outward_is_outward);
    return park_test_done();
}
