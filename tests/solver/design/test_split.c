#include "design/split.h"
#include "check.h"
#include "split_program.h"

#include "design/decompose.h"

static park_split *split_of(const park_program *p, park_arena *arena)
{
    park_split *split = NULL;
    CHECK(park_split_make(p, arena, &split) == PARK_OK && split != NULL);
    return split;
}

/*
 * x costs 1 in one block, y 3 in the other, each at most 0.6; the row x + y >= 1 lies between them. By hand: x = 0.6,
 * y = 0.4, cost 1.8; at the price 3 the blocks are worth (1 - 3) 0.6 and 0, and 3 x 1 - 1.2 = 1.8 is proven. At the
 * price 2 it is 2 - 0.6 = 1.4, at 4 it is 4 - 1.8 - 0.6 = 1.6.
 */
static void a_row_between_blocks_is_priced(void)
{
    park_arena   *arena = park_arena_new();
    park_program  p;
    const int32_t col[2]   = {0, 1};
    int32_t       block[2] = {0, 1};
    park_program_init(&p, arena);
    CHECK(park_program_col(&p, PARK_COL_FLOW, 0, 0.6, 1, NULL) == 0 &&
          park_program_col(&p, PARK_COL_FLOW, 0, 0.6, 3, NULL) == 1 &&
          park_program_row(&p, 1, INFINITY, 2, col, (double[]){1, 1}, -1, NULL) == 0);
    p.block            = block;
    park_split    *s   = split_of(&p, arena);
    park_box       box = {p.col_lo, p.col_hi};
    park_split_end end = {.deadline = INFINITY, .threads = 1};
    CHECK(s->parts == 2 && s->row_homes[0] == 0 && s->homes[0] == 1 && s->homes[1] == 1);
    static const double PRICE[] = {3, 2, 4}, PROVEN[] = {1.8, 1.4, 1.6};
    for (int k = 0; k < 3; k++) {
        s->price[0] = PRICE[k];
        for (int b = 0; b < 2; b++)
            s->part[b].program.cost[0] = p.cost[b] - PRICE[k];
        CHECK(park_split_relax(s, &end) == PARK_OK);
        double proven = park_split_sum(s, park_split_rest(s, &box));
        CHECK(proven <= PROVEN[k]);
        CHECK_CLOSE(proven, PROVEN[k], 1e-12);
    }
    /* a cost that no part carries is counted over the box: 0.5 of x's cost left out, at x = 0 nothing is lost or won */
    s->part[0].program.cost[0] -= 0.5;
    CHECK(park_split_relax(s, &end) == PARK_OK);
    CHECK_CLOSE(park_split_sum(s, park_split_rest(s, &box)), 1.6 - 0.3, 1e-12);
    park_arena_free(arena);
}

/* The mirror: worth 1 and 3 a unit, x + y <= 1 together. At the price -1, -2 and -4 the row carries as much, and what is
 * proven is -2.2, -2 - 0.6 = -2.6 and -4; the best is y = 0.6, x = 0.4, -2.2. */
static void a_ceiling_between_blocks_is_priced(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    int32_t      block[2] = {0, 1};
    park_program_init(&p, arena);
    CHECK(park_program_col(&p, PARK_COL_FLOW, 0, 0.6, -1, NULL) == 0 &&
          park_program_col(&p, PARK_COL_FLOW, 0, 0.6, -3, NULL) == 1 &&
          park_program_row(&p, -INFINITY, 1, 2, (int32_t[]){0, 1}, (double[]){1, 1}, -1, NULL) == 0);
    p.block                     = block;
    park_split         *s       = split_of(&p, arena);
    park_box            box     = {p.col_lo, p.col_hi};
    park_split_end      end     = {.deadline = INFINITY, .threads = 1};
    static const double PRICE[] = {-1, -2, -4}, PROVEN[] = {-2.2, -2.6, -4};
    for (int k = 0; k < 3; k++) {
        s->price[0] = PRICE[k];
        for (int b = 0; b < 2; b++)
            s->part[b].program.cost[0] = p.cost[b] - PRICE[k];
        CHECK(park_split_relax(s, &end) == PARK_OK);
        double proven = park_split_sum(s, park_split_rest(s, &box));
        CHECK(proven <= PROVEN[k]);
        CHECK_CLOSE(proven, PROVEN[k], 1e-12);
    }
    park_arena_free(arena);
}

/* Programs without labels, or with one block, are not cut. */
static void one_block_is_not_cut(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_split  *s     = NULL;
    int32_t      one[] = {0, 0, -1};
    park_program_init(&p, arena);
    for (int j = 0; j < 3; j++)
        CHECK(park_program_col(&p, PARK_COL_FLOW, 0, 1, 1, NULL) == j);
    CHECK(park_split_make(&p, arena, &s) == PARK_OK && s == NULL);
    p.block = one;
    CHECK(park_split_make(&p, arena, &s) == PARK_OK && s == NULL);
    park_arena_free(arena);
}

/* A product over two blocks cannot be priced: its columns become copies, and it stands in some part. */
static void a_product_over_two_blocks_makes_copies(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    int32_t      block[] = {0, 1, 1, 0};
    park_program_init(&p, arena);
    for (int j = 0; j < 4; j++)
        CHECK(park_program_col(&p, PARK_COL_FLOW, 0, 1, 1, NULL) == j);
    CHECK(park_program_product(&p, 1, 0, 2) == 0);
    CHECK(park_program_row(&p, 0, 1, 2, (int32_t[]){0, 3}, (double[]){1, 1}, -1, NULL) == 0);
    p.block       = block;
    park_split *s = split_of(&p, arena);
    CHECK(s->product_homes[0] >= 1 && s->row_homes[0] == 1 && s->parts == 2);
    CHECK(s->part[0].program.products == 1 && s->part[0].program.cols == 4);
    park_arena_free(arena);
}

/* (T31): with prices from the whole's relaxation, the parts' relaxations prove what it proves. */
static void parts_relax_to_the_bound_of_the_whole(void)
{
    int seen = 0;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        park_arena  *arena = park_arena_new();
        park_program p;
        split_program_make(&p, arena, seed);
        park_split    *s   = split_of(&p, arena);
        park_split_end end = {.deadline = INFINITY, .threads = 1};
        park_box       box = {p.col_lo, p.col_hi};
        park_relax     r;
        double         whole = -INFINITY;
        CHECK(park_relax_make(&r, &p, arena) == PARK_OK && park_relax_load(&r, &box, NULL) == PARK_OK);
        if (park_relax_solve(&r, INFINITY, 30, &whole) == PARK_RELAX_SOLVED) {
            CHECK(park_split_price_from(s, &r) == PARK_OK && park_split_relax(s, &end) == PARK_OK);
            CHECK_CLOSE(park_split_sum(s, park_split_rest(s, &box)), whole, 1e-5 * fmax(1.0, fabs(whole)));
            seen++;
        }
        park_relax_free(&r);
        park_arena_free(arena);
    }
    CHECK(seen > 20);
}

static double cost_of(const park_part *part, const double *x)
{
    double sum = part->program.constant;
    for (size_t k = 0; k < part->program.cols; k++)
        sum += part->program.cost[k] * x[k];
    return sum;
}

static double *from_whole(const park_part *part, const double *x, park_arena *arena)
{
    double *own = PARK_ARRAY(arena, part->program.cols, double);
    for (size_t k = 0; own != NULL && k < part->program.cols; k++)
        own[k] = x[part->col[k]];
    return own;
}

/* (T30): whatever the prices are, nothing above the optimum is proven; boxes tightened under the cutoff keep it (T34). */
static void any_prices_prove_a_bound(void)
{
    int seen = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        park_arena        *arena = park_arena_new();
        park_program       p;
        park_tree_settings settings;
        park_tree_result   best;
        park_random        r = park_random_start(seed, 99, 0);
        split_program_make(&p, arena, seed);
        park_tree_settings_default(&settings);
        settings.gap = 1e-6, settings.blocks = PARK_BLOCKS_NEVER;
        CHECK(park_tree_solve(&p, &settings, arena, &best, NULL) == PARK_OK);
        park_split    *s   = split_of(&p, arena);
        park_split_end end = {.deadline = INFINITY, .threads = 1};
        park_box       box;
        CHECK(park_box_make(&box, p.cols, arena) == PARK_OK);
        park_box_copy(&box, &(park_box){p.col_lo, p.col_hi}, p.cols);
        double *row  = PARK_ARRAY(arena, p.rows, double),
               *part = PARK_ARRAY(arena, park_split_copies(s), double);
        for (size_t b = 0; b < s->parts; b++)
            for (size_t k = 0; k < s->part[b].program.cols; k++) /* no price yet: costs in equal shares */
                s->part[b].program.cost[k] = p.cost[s->part[b].col[k]] / s->homes[s->part[b].col[k]];
        for (int step = 0; step < 3 && best.x != NULL; step++) {
            for (size_t i = 0; i < p.rows; i++)
                row[i] = 4.0 * park_random_uniform(&r) - 2.0;
            for (size_t i = 0; i < park_split_copies(s); i++)
                part[i] = 2.0 * park_random_uniform(&r) - 1.0;
            CHECK(park_split_step(s, row, part, 1.0) == PARK_OK);
            park_split_take_box(s, &box);
            for (int trees = 0; trees < 2; trees++) {
                CHECK((trees == 0 ? park_split_relax(s, &end) : park_split_trees(s, &end, 1e-4, 1, NULL)) ==
                      PARK_OK);
                double rest = park_split_rest(s, &box);
                CHECK(park_split_sum(s, rest) <= best.objective + 1e-9);
                park_split_cutoffs(s, rest, best.objective + 1e-6);
            }
            park_split_end cut = {.deadline = INFINITY, .threads = 1, .work = 1};
            for (size_t b = 0; b < s->parts; b++)
                s->part[b].cutoff = INFINITY;
            CHECK(park_split_trees(s, &cut, 1e-4, 1, best.x) == PARK_OK);
            CHECK(park_split_sum(s, park_split_rest(s, &box)) <= best.objective + 1e-9);
            for (size_t b = 0; b < s->parts; b++)
                CHECK(s->part[b].has_x &&
                      cost_of(&s->part[b], s->part[b].x) <=
                          cost_of(&s->part[b], from_whole(&s->part[b], best.x, arena)) + 1e-7);
            park_split_cutoffs(s, park_split_rest(s, &box), best.objective + 1e-6);
            bool empty = false;
            CHECK(park_split_tighten(s, &end, &box, &empty) == PARK_OK && !empty);
            for (size_t j = 0; j < p.cols; j++)
                CHECK(best.x[j] >= box.lo[j] - 1e-6 && best.x[j] <= box.hi[j] + 1e-6);
            for (size_t b = 0; b < s->parts; b++)
                s->part[b].cutoff = INFINITY;
            seen++;
        }
        park_arena_free(arena);
    }
    CHECK(seen > 30);
}

/* (T36): an incumbent is improved or kept, and what comes back passes the recheck. */
static void incumbents_only_get_better(void)
{
    int better = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        park_arena        *arena = park_arena_new();
        park_program       p;
        park_tree_settings settings;
        park_tree_result   poor, best;
        split_program_make(&p, arena, seed);
        park_tree_settings_default(&settings);
        settings.blocks = PARK_BLOCKS_NEVER, settings.gap = 0.5;
        CHECK(park_tree_solve(&p, &settings, arena, &poor, NULL) == PARK_OK);
        settings.gap = 1e-6;
        CHECK(park_tree_solve(&p, &settings, arena, &best, NULL) == PARK_OK);
        if (poor.x != NULL) {
            park_split    *s   = split_of(&p, arena);
            park_split_end end = {.deadline = INFINITY, .threads = 1, .work = 20000};
            park_box       box = {p.col_lo, p.col_hi};
            double         z   = poor.objective, again;
            CHECK(park_split_improve(s, &end, &box, 1e-6, 1, poor.x, &z) == PARK_OK);
            CHECK(z <= poor.objective && z >= best.bound - 1e-9);
            CHECK(park_program_recheck(&p, poor.x, &again) && again == z);
            better += z < poor.objective - 1e-6 ? 1 : 0;
        }
        park_arena_free(arena);
    }
    printf("     improved %d\n", better);
}

int main(void)
{
    RUN(a_row_between_blocks_is_priced);
    RUN(a_ceiling_between_blocks_is_priced);
    RUN(one_block_is_not_cut);
    RUN(a_product_over_two_blocks_makes_copies);
    RUN(parts_relax_to_the_bound_of_the_whole);
    RUN(any_prices_prove_a_bound);
    RUN(incumbents_only_get_better);
    return park_test_done();
}
