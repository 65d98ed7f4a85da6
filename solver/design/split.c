/* Cutting a program into its blocks; Eq. (T30) of docs/math/tree.md. */
#include "design/split.h"

#include <math.h>
#include <string.h>

/* One row, product or concave cost as the columns it ties. */
typedef struct tie {
    size_t         count;
    const int32_t *col;
    int32_t        own[3];
} tie;

typedef struct cutter {
    const park_program *p;
    park_arena         *arena;
    size_t              ties, blocks;
    int32_t            *label;  /* [cols] */
    int32_t            *home;   /* [ties] its block; COUPLED, PRICED */
    bool               *member; /* [blocks*cols] */
    int32_t            *local;  /* [cols] scratch */
} cutter;

enum { COUPLED = -1, PRICED = -2 };

/* Rows first, then products, then concave costs. */
static tie tie_of(const park_program *p, size_t t)
{
    if (t < p->rows)
        return (tie){.count = p->start[t + 1] - p->start[t], .col = p->index + p->start[t]};
    t -= p->rows;
    if (t < p->products)
        return (tie){.count = 3, .own = {p->product[t].w, p->product[t].flow, p->product[t].conc}};
    t -= p->products;
    return (tie){.count = 2, .own = {p->concave[t].t, p->concave[t].x, -1}};
}

static int32_t col_of(const tie *t, size_t k)
{
    return t->col != NULL ? t->col[k] : t->own[k];
}

/* The block whose own columns a tie reads; PRICED: several, COUPLED: none. */
static int32_t block_of(const cutter *c, size_t t)
{
    tie     one  = tie_of(c->p, t);
    int32_t here = COUPLED;
    for (size_t k = 0; k < one.count; k++) {
        int32_t label = c->label[col_of(&one, k)];
        if (label < 0 || label == here)
            continue;
        if (here >= 0)
            return PRICED;
        here = label;
    }
    return here;
}

static void read_labels(cutter *c)
{
    size_t told = c->p->block_cols;
    for (size_t j = 0; j < c->p->cols; j++) {
        c->label[j] = (told > 0 && j >= told) || c->p->block[j] < 0 ? COUPLED : c->p->block[j];
        if (c->label[j] >= 0 && (size_t)c->label[j] >= c->blocks)
            c->blocks = (size_t)c->label[j] + 1;
    }
    for (size_t t = c->p->rows; t < c->ties; t++)
        if (block_of(c, t) == PRICED) { /* only rows can be priced */
            tie one = tie_of(c->p, t);
            for (size_t k = 0; k < one.count; k++)
                c->label[col_of(&one, k)] = COUPLED;
        }
    for (size_t t = 0; t < c->ties; t++)
        c->home[t] = block_of(c, t);
}

static bool *at(const cutter *c, size_t block, int32_t col)
{
    return &c->member[block * c->p->cols + (size_t)col];
}

/* Of a tie among coupling columns: the column that the fewest blocks hold, at least one; -1: none is held yet. */
static int32_t rarest(const cutter *c, const tie *one)
{
    int32_t best   = -1;
    size_t  fewest = c->blocks + 1;
    for (size_t k = 0; k < one->count; k++) {
        size_t held = 0;
        for (size_t b = 0; b < c->blocks; b++)
            held += *at(c, b, col_of(one, k)) ? 1 : 0;
        if (held > 0 && held < fewest)
            fewest = held, best = col_of(one, k);
    }
    return best;
}

/* A tie enters a block with all of its columns. True: something was new. */
static bool enter(cutter *c, size_t block, const tie *one)
{
    bool fresh = false;
    for (size_t k = 0; k < one->count; k++) {
        bool *held = at(c, block, col_of(one, k));
        fresh      = fresh || !*held;
        *held      = true;
    }
    return fresh;
}

/* Ties among coupling columns stand in every block that holds their rarest column, with all they read. */
static void spread(cutter *c)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t t = 0; t < c->ties; t++) {
            tie     one = tie_of(c->p, t);
            int32_t by  = c->home[t] == COUPLED ? rarest(c, &one) : -1;
            for (size_t b = 0; by >= 0 && b < c->blocks; b++)
                if (*at(c, b, by) && enter(c, b, &one))
                    again = true;
        }
    }
}

static void members(cutter *c)
{
    for (size_t j = 0; j < c->p->cols; j++)
        if (c->label[j] >= 0)
            *at(c, (size_t)c->label[j], (int32_t)j) = true;
    for (size_t t = 0; t < c->ties; t++)
        if (c->home[t] >= 0) {
            tie one = tie_of(c->p, t);
            enter(c, (size_t)c->home[t], &one);
        }
    spread(c);
}

/* Does a tie stand in a block? */
static bool stands(const cutter *c, size_t t, size_t block)
{
    if (c->home[t] != COUPLED)
        return c->home[t] == (int32_t)block;
    tie one = tie_of(c->p, t);
    for (size_t k = 0; k < one.count; k++)
        if (!*at(c, block, col_of(&one, k)))
            return false;
    return one.count > 0 || block == 0;
}

static bool copy_cols(cutter *c, size_t block, park_part *part)
{
    const park_program *p = c->p;
    for (size_t j = 0; j < p->cols; j++) {
        c->local[j] = -1;
        if (!*at(c, block, (int32_t)j))
            continue;
        int32_t k = park_program_col(&part->program, p->col_class[j], p->col_lo[j], p->col_hi[j], 0.0,
                                     p->col_name[j]);
        if (k < 0)
            return false;
        part->program.integer[k] = p->integer[j];
        part->col[k]             = (int32_t)j;
        c->local[j]              = k;
    }
    return true;
}

static bool copy_row(cutter *c, size_t r, int32_t *index, park_part *part)
{
    const park_program *p = c->p;
    size_t              n = p->start[r + 1] - p->start[r];
    for (size_t k = 0; k < n; k++)
        index[k] = c->local[p->index[p->start[r] + k]];
    int32_t at = park_program_row(&part->program, p->row_lo[r], p->row_hi[r], n, index,
                                  p->value + p->start[r], p->statement[r], p->row_name[r]);
    if (at < 0)
        return false;
    part->program.redundant[at] = p->redundant[r];
    part->row[at]               = (int32_t)r;
    return true;
}

static bool copy_item(cutter *c, size_t t, park_part *part)
{
    const park_program *p = c->p;
    size_t              i = t - p->rows;
    if (i < p->products) {
        const park_product *m = &p->product[i];
        int32_t             k =
            park_program_product(&part->program, c->local[m->w], c->local[m->flow], c->local[m->conc]);
        if (k >= 0)
            part->product[k] = (int32_t)i;
        if (m->whole)
            park_program_whole(&part->program, k);
        return k >= 0;
    }
    i -= p->products;
    const park_concave *g = &p->concave[i];
    int32_t k = park_program_concave(&part->program, c->local[g->t], c->local[g->x], g->scale, g->reference,
                                     g->exponent);
    if (k >= 0)
        part->concave[k] = (int32_t)i;
    return k >= 0;
}

static bool make_part(cutter *c, size_t block, park_split *blocks)
{
    const park_program *p     = c->p;
    park_part          *part  = &blocks->part[block];
    int32_t            *index = PARK_ARRAY(c->arena, p->cols, int32_t);
    part->col = PARK_ARRAY(c->arena, p->cols, int32_t), part->row = PARK_ARRAY(c->arena, p->rows, int32_t);
    part->product = PARK_ARRAY(c->arena, p->products, int32_t);
    part->concave = PARK_ARRAY(c->arena, p->concaves, int32_t);
    part->x       = PARK_ARRAY(c->arena, p->cols, double);
    if (index == NULL || part->col == NULL || part->row == NULL || part->product == NULL ||
        part->concave == NULL || part->x == NULL)
        return false;
    park_program_init(&part->program, c->arena);
    part->bound = -INFINITY, part->cutoff = INFINITY;
    bool fine = copy_cols(c, block, part);
    for (size_t t = 0; t < c->ties && fine; t++)
        if (stands(c, t, block))
            fine = t < p->rows ? copy_row(c, t, index, part) : copy_item(c, t, part);
    return fine;
}

static void count_homes(park_split *blocks)
{
    for (size_t b = 0; b < blocks->parts; b++) {
        const park_part *part = &blocks->part[b];
        for (size_t k = 0; k < part->program.cols; k++)
            blocks->homes[part->col[k]]++;
        for (size_t k = 0; k < part->program.rows; k++)
            blocks->row_homes[part->row[k]]++;
        for (size_t k = 0; k < part->program.products; k++)
            blocks->product_homes[part->product[k]]++;
        for (size_t k = 0; k < part->program.concaves; k++)
            blocks->concave_homes[part->concave[k]]++;
    }
}

static bool room(const park_program *p, park_split *blocks, size_t parts, park_arena *arena)
{
    blocks->parts         = parts;
    blocks->part          = PARK_ARRAY(arena, parts, park_part);
    blocks->homes         = PARK_ARRAY(arena, p->cols, int32_t);
    blocks->row_homes     = PARK_ARRAY(arena, p->rows, int32_t);
    blocks->product_homes = PARK_ARRAY(arena, p->products, int32_t);
    blocks->concave_homes = PARK_ARRAY(arena, p->concaves, int32_t);
    blocks->price         = PARK_ARRAY(arena, p->rows, double);
    blocks->rest = PARK_ARRAY(arena, p->cols, double), blocks->bar = PARK_ARRAY(arena, p->cols, double);
    return blocks->part != NULL && blocks->homes != NULL && blocks->row_homes != NULL &&
           blocks->product_homes != NULL && blocks->concave_homes != NULL && blocks->price != NULL &&
           blocks->rest != NULL && blocks->bar != NULL;
}

park_status park_split_make(const park_program *program, park_arena *arena, park_split **result)
{
    *result = NULL;
    if (program->block == NULL)
        return PARK_OK;
    cutter      c      = {.p = program, .arena = arena};
    park_split *blocks = PARK_NEW(arena, park_split);
    c.ties             = program->rows + program->products + program->concaves;
    c.label = PARK_ARRAY(arena, program->cols, int32_t), c.local = PARK_ARRAY(arena, program->cols, int32_t);
    c.home = PARK_ARRAY(arena, c.ties, int32_t);
    if (blocks == NULL || c.label == NULL || c.local == NULL || c.home == NULL)
        return PARK_E_MEMORY;
    blocks->program = program;
    read_labels(&c);
    if (c.blocks < 2)
        return PARK_OK;
    c.member = PARK_ARRAY(arena, c.blocks * program->cols, bool);
    if (c.member == NULL || !room(program, blocks, c.blocks, arena))
        return PARK_E_MEMORY;
    members(&c);
    for (size_t b = 0; b < c.blocks; b++)
        if (!make_part(&c, b, blocks))
            return PARK_E_MEMORY;
    count_homes(blocks);
    *result = blocks;
    return PARK_OK;
}
