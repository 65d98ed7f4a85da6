/* Programs, nodes, outcomes and parts as bytes. */
#include "design/errand.h"

/* An array of a program: made where it is read. */
#define ARRAY(t, items, count, type)                                                                         \
    do {                                                                                                     \
        if ((t)->reads && !(t)->broken && ((items) = PARK_ARRAY(arena, (count), type)) == NULL)              \
            (t)->broken = true;                                                                              \
        if (!(t)->broken)                                                                                    \
            PARK_TAPE((t), (items), (count));                                                                \
    } while (0)

/* What a program has for people: none of it is sent. */
static void nameless(park_tape *t, park_program *p, park_arena *arena)
{
    p->arena            = arena;
    p->statement        = PARK_ARRAY(arena, p->rows, int32_t);
    p->redundant        = PARK_ARRAY(arena, p->rows, bool);
    p->row_name         = PARK_ARRAY(arena, p->rows, const char *);
    p->col_name         = PARK_ARRAY(arena, p->cols, const char *);
    p->col_lo_statement = PARK_ARRAY(arena, p->cols, int32_t);
    p->col_hi_statement = PARK_ARRAY(arena, p->cols, int32_t);
    t->broken           = t->broken || p->statement == NULL || p->redundant == NULL || p->row_name == NULL ||
                p->col_name == NULL || p->col_lo_statement == NULL || p->col_hi_statement == NULL;
    for (size_t r = 0; r < p->rows && !t->broken; r++)
        p->statement[r] = -1;
    for (size_t j = 0; j < p->cols && !t->broken; j++)
        p->col_lo_statement[j] = p->col_hi_statement[j] = -1;
}

void park_tape_program(park_tape *t, park_program *p, park_arena *arena)
{
    size_t *size[] = {&p->cols, &p->rows, &p->entries, &p->products, &p->concaves};
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        PARK_TAPE(t, size[i], 1);
        t->broken = t->broken || (t->reads && *size[i] > t->count); /* more than there are bytes */
    }
    PARK_TAPE(t, &p->constant, 1);
    ARRAY(t, p->col_lo, p->cols, double);
    ARRAY(t, p->col_hi, p->cols, double);
    ARRAY(t, p->cost, p->cols, double);
    ARRAY(t, p->col_class, p->cols, park_col_class);
    ARRAY(t, p->integer, p->cols, bool);
    ARRAY(t, p->row_lo, p->rows, double);
    ARRAY(t, p->row_hi, p->rows, double);
    if (p->rows > 0)
        ARRAY(t, p->start, p->rows + 1, size_t);
    ARRAY(t, p->index, p->entries, int32_t);
    ARRAY(t, p->value, p->entries, double);
    ARRAY(t, p->product, p->products, park_product);
    ARRAY(t, p->concave, p->concaves, park_concave);
    if (t->reads && !t->broken)
        nameless(t, p, arena);
}

void park_tape_node(park_tape *t, park_node *n, size_t kepts, size_t bytes)
{
    PARK_TAPE(t, &n->bound, 1);
    PARK_TAPE(t, n->lo, kepts);
    PARK_TAPE(t, n->hi, kepts);
    PARK_TAPE(t, n->basis, bytes);
}

void park_tape_outcome(park_tape *t, park_outcome *o, size_t kepts, size_t cols, size_t bytes)
{
    PARK_TAPE(t, &o->status, 1);
    PARK_TAPE(t, &o->kind, 1);
    PARK_TAPE(t, &o->bound, 1);
    PARK_TAPE(t, &o->dropped, 1);
    PARK_TAPE(t, &o->solves, 1);
    PARK_TAPE(t, &o->work, 1);
    PARK_TAPE(t, &o->lessons, 1);
    if (o->lessons > sizeof o->lesson / sizeof *o->lesson)
        t->broken = true;
    if (!t->broken)
        PARK_TAPE(t, o->lesson, o->lessons);
    PARK_TAPE(t, &o->has_x, 1);
    if (t->broken || o->kind == PARK_NODE_EMPTY || o->kind == PARK_NODE_CLOSED)
        return; /* what was found on the way is of no use */
    PARK_TAPE(t, &o->branch, 1);
    PARK_TAPE(t, o->lo, kepts);
    PARK_TAPE(t, o->hi, kepts);
    PARK_TAPE(t, o->basis, bytes);
    if (o->has_x)
        PARK_TAPE(t, o->x, cols);
}

void park_tape_part(park_tape *t, park_part *part, park_part_task task, bool asked)
{
    size_t cols = part->program.cols;
    PARK_TAPE(t, &part->bound, 1);
    PARK_TAPE(t, &part->empty, 1);
    PARK_TAPE(t, &part->has_x, 1);
    PARK_TAPE(t, &part->cutoff, 1);
    PARK_TAPE(t, &part->status, 1);
    PARK_TAPE(t, &part->lps, 1);
    PARK_TAPE(t, &part->work, 1);
    PARK_TAPE(t, &part->nodes, 1);
    PARK_TAPE(t, &part->known, 1);
    bool point = asked ? task == PARK_PART_IMPROVE || (task == PARK_PART_TREE && part->known)
                       : part->has_x && task != PARK_PART_TIGHTEN;
    if (!t->broken && point)
        PARK_TAPE(t, part->x, cols);
    if (!asked && task == PARK_PART_TIGHTEN) {
        PARK_TAPE(t, part->program.col_lo, cols);
        PARK_TAPE(t, part->program.col_hi, cols);
    }
}
