/* Asking other ranks, and waiting for them. */
#include "design/errand.h"

#include "base/pool.h"

#include <math.h>
#include <string.h>

enum { AT_HOME = 3 }; /* the first batches of a tree: many trees end with them */

static park_status send(park_ranks *ranks, int to, const park_tape *tape, bool asks)
{
    if (tape->broken)
        return PARK_E_MEMORY;
    ranks->send(ranks->user, to, tape->bytes, tape->count, asks);
    ranks->tally[to].messages++, ranks->tally[to].sent += tape->count;
    return PARK_OK;
}

/* The next answer to errand `number`, its head read. False: none comes any more. */
static bool take(park_ranks *ranks, uint64_t number, int *from, park_tape *tape, park_errand_head *head)
{
    const void *bytes;
    size_t      length;
    while (ranks->take(ranks->user, from, &bytes, &length)) {
        *tape = park_tape_read(bytes, length);
        ranks->tally[*from].messages++, ranks->tally[*from].taken += length;
        PARK_TAPE(tape, head, 1);
        if (!tape->broken && head->number == number)
            return true;
    }
    return false;
}

/* ---- nodes ------------------------------------------------------------------------------------------------ */

park_status park_errands_begin(park_errands *e, park_ranks *ranks, park_arena *arena)
{
    *e =
        (park_errands){.ranks = ranks != NULL && ranks->others > 0 ? ranks : NULL, .arena = arena, .root = 1};
    if (e->ranks == NULL)
        return PARK_OK;
    e->rank = PARK_ARRAY(arena, (size_t)ranks->others + 1, park_errand_rank);
    return e->rank != NULL ? PARK_OK : PARK_E_MEMORY;
}

park_status park_errands_learn(park_errands *e, const park_lesson *lesson)
{
    if (e->ranks == NULL)
        return PARK_OK;
    if (!PARK_GROW(e->arena, e->lesson, e->lessons, e->lessons_cap))
        return PARK_E_MEMORY;
    e->lesson[e->lessons++] = *lesson;
    return PARK_OK;
}

static park_status open_program(park_errands *e, const park_program *program)
{
    park_ranks      *ranks  = e->ranks;
    park_arena      *own    = park_arena_new();
    park_tape        tape   = park_tape_write(own);
    park_program     sent   = *program;
    park_errand_head head   = {.word = PARK_ERRAND_OPEN, .number = ++ranks->last, .id = ranks->last};
    park_status      status = PARK_OK;
    PARK_TAPE(&tape, &head, 1);
    park_tape_program(&tape, &sent, own);
    for (int r = 1; r <= ranks->others && status == PARK_OK; r++)
        status = send(ranks, r, &tape, false);
    e->id = head.id;
    park_arena_free(own);
    return status;
}

/* The question to one rank: what it does not know yet of root and gains, then its nodes. */
static park_status send_nodes(park_errands *e, const park_errand_batch *b, park_errand_head head, int to)
{
    const park_frame *f     = b->frame;
    park_errand_rank *rank  = &e->rank[to];
    size_t            cols  = f->program->cols;
    bool              moved = rank->root != e->root;
    park_arena       *own   = park_arena_new();
    park_tape         tape  = park_tape_write(own);
    for (size_t k = 0; k < b->count; k++)
        head.count += b->at[k] == to;
    PARK_TAPE(&tape, &head, 1);
    PARK_TAPE(&tape, &moved, 1);
    if (moved) {
        PARK_TAPE(&tape, f->root->lo, cols);
        PARK_TAPE(&tape, f->root->hi, cols);
    }
    PARK_TAPE(&tape, &rank->fresh, 1);
    if (rank->fresh) {
        PARK_TAPE(&tape, &e->lessons, 1);
        PARK_TAPE(&tape, e->lesson, e->lessons);
    }
    for (int side = 0; side < 2 && !rank->fresh; side++) {
        PARK_TAPE(&tape, f->pseudo->gain[side], cols);
        PARK_TAPE(&tape, f->pseudo->count[side], cols);
    }
    for (size_t k = 0; k < b->count; k++)
        if (b->at[k] == to)
            park_tape_node(&tape, b->node[k], f->kepts, b->bytes);
    park_status status = send(e->ranks, to, &tape, true);
    park_arena_free(own);
    rank->root = e->root, rank->fresh = true;
    return status;
}

park_status park_errands_send(park_errands *e, const park_errand_batch *b)
{
    park_status status = PARK_OK;
    for (size_t k = 0; k < b->count; k++)
        b->at[k] = 0;
    if (e->ranks == NULL)
        return PARK_OK;
    if (e->batches++ >= AT_HOME && b->count > (size_t)b->threads) {
        if (e->id == 0)
            status = open_program(e, b->frame->program);
        for (size_t k = 0; k < b->count; k++)
            b->at[k] = (int)(k / (size_t)b->threads % ((size_t)e->ranks->others + 1));
        e->number = ++e->ranks->last;
    }
    park_errand_head head = {.word    = PARK_ERRAND_NODES,
                             .number  = e->number,
                             .id      = e->id,
                             .seconds = b->seconds,
                             .close   = b->close};
    for (int r = 1; r <= e->ranks->others; r++) {
        bool asked = false;
        for (size_t k = 0; k < b->count && !asked; k++)
            asked = b->at[k] == r;
        if (asked && status == PARK_OK)
            status = send_nodes(e, b, head, r);
        else
            e->rank[r].fresh = false; /* what this batch teaches is not kept for it */
    }
    e->lessons = 0;
    return status;
}

/* A node whose outcome is lost: as it was. */
static void unworked(const park_errand_batch *b, size_t k)
{
    const park_node *n = b->node[k];
    park_outcome    *o = &b->outcome[k];
    o->status = PARK_OK, o->kind = PARK_NODE_AGAIN, o->bound = n->bound, o->dropped = INFINITY;
    o->has_x = false, o->lessons = 0, o->solves = o->work = 0;
    o->branch = (park_branch){.col = -1};
    memcpy(o->lo, n->lo, b->frame->kepts * sizeof *o->lo);
    memcpy(o->hi, n->hi, b->frame->kepts * sizeof *o->hi);
    memcpy(o->basis, n->basis, b->bytes);
}

static park_status take_nodes(const park_errands *e, const park_errand_batch *b, int from,
                              const park_errand_head *head, park_tape *tape)
{
    if (head->status != PARK_OK)
        return head->status;
    for (size_t k = 0; k < b->count; k++)
        if (b->at[k] == from) {
            park_tape_outcome(tape, &b->outcome[k], b->frame->kepts, b->frame->program->cols, b->bytes);
            e->ranks->tally[from].nodes++, e->ranks->tally[from].work += b->outcome[k].work;
        }
    return park_tape_ended(tape) ? PARK_OK : PARK_E_INTERNAL;
}

park_status park_errands_take(park_errands *e, const park_errand_batch *b)
{
    int         waiting = 0;
    park_status status  = PARK_OK;
    if (e->ranks == NULL)
        return PARK_OK;
    for (int r = 1; r <= e->ranks->others; r++) {
        e->rank[r].owes = false;
        for (size_t k = 0; k < b->count; k++)
            e->rank[r].owes = e->rank[r].owes || b->at[k] == r;
        waiting += e->rank[r].owes;
    }
    for (size_t k = 0; k < b->count; k++)
        if (b->at[k] == 0)
            e->ranks->tally[0].nodes++, e->ranks->tally[0].work += b->outcome[k].work;
    while (waiting > 0) {
        int              from;
        park_tape        tape;
        park_errand_head head;
        if (!take(e->ranks, e->number, &from, &tape, &head))
            break;
        park_status said   = take_nodes(e, b, from, &head, &tape);
        status             = status == PARK_OK ? said : status;
        e->rank[from].owes = false;
        waiting--;
    }
    for (size_t k = 0; k < b->count; k++)
        if (b->at[k] > 0 && e->rank[b->at[k]].owes)
            unworked(b, k);
    return status;
}

void park_errands_end(park_errands *e)
{
    park_arena      *own  = e->id != 0 ? park_arena_new() : NULL;
    park_tape        tape = park_tape_write(own);
    park_errand_head head = {.word = PARK_ERRAND_CLOSE, .id = e->id};
    if (own == NULL)
        return;
    PARK_TAPE(&tape, &head, 1);
    for (int r = 1; r <= e->ranks->others && !tape.broken; r++)
        (void)send(e->ranks, r, &tape, false);
    park_arena_free(own);
}

/* ---- parts ------------------------------------------------------------------------------------------------ */

typedef struct dealt {
    park_part *const *part;
    size_t            count;
    const park_shift *shift;
    int              *at;    /* [count] the rank that works it */
    size_t           *order; /* [count] those of one rank */
    size_t            here;
} dealt;

/* The part that took longest last time goes first, each to the rank that has least to do. */
static park_status deal(dealt *d, int ranks, park_arena *own)
{
    uint64_t *load = PARK_ARRAY(own, (size_t)ranks, uint64_t);
    d->at = PARK_ARRAY(own, d->count, int), d->order = PARK_ARRAY(own, d->count, size_t);
    if (load == NULL || d->at == NULL || d->order == NULL)
        return PARK_E_MEMORY;
    for (size_t k = 0; k < d->count; k++)
        d->at[k] = -1;
    for (size_t given = 0; given < d->count; given++) {
        size_t next = d->count;
        int    to   = 0;
        for (size_t k = 0; k < d->count; k++)
            if (d->at[k] < 0 && (next == d->count || d->part[k]->took > d->part[next]->took))
                next = k;
        for (int r = 1; r < ranks; r++)
            to = load[r] < load[to] ? r : to;
        d->at[next] = to;
        load[to] += d->part[next]->took + 1;
    }
    for (size_t k = 0; k < d->count; k++)
        if (d->at[k] == 0)
            d->order[d->here++] = k;
    return PARK_OK;
}

static void work_here(void *user, size_t item, int slot)
{
    dealt *d = user;
    (void)slot;
    park_part_work(d->part[d->order[item]], d->shift);
}

/* True: the rank was asked. */
static park_status send_parts(const dealt *d, park_ranks *ranks, int to, bool *asked)
{
    const park_shift *s    = d->shift;
    park_errand_head  head = {.word      = PARK_ERRAND_PARTS,
                              .number    = ranks->last,
                              .task      = (int32_t)s->task,
                              .seconds   = s->end->deadline - park_clock_seconds(),
                              .tolerance = s->tolerance,
                              .seed      = s->seed,
                              .work      = s->end->work};
    for (size_t k = 0; k < d->count; k++)
        head.count += d->at[k] == to;
    *asked = head.count > 0;
    if (!*asked)
        return PARK_OK;
    park_arena *own  = park_arena_new();
    park_tape   tape = park_tape_write(own);
    PARK_TAPE(&tape, &head, 1);
    for (size_t k = 0; k < d->count; k++)
        if (d->at[k] == to) {
            park_tape_program(&tape, &d->part[k]->program, own);
            park_tape_part(&tape, d->part[k], s->task, true);
        }
    park_status status = send(ranks, to, &tape, true);
    park_arena_free(own);
    return status;
}

static park_status take_parts(const dealt *d, park_ranks *ranks, int from, const park_errand_head *head,
                              park_tape *tape)
{
    if (head->status != PARK_OK)
        return head->status;
    for (size_t k = 0; k < d->count; k++)
        if (d->at[k] == from) {
            uint64_t before = d->part[k]->work;
            park_tape_part(tape, d->part[k], d->shift->task, false);
            d->part[k]->took = d->part[k]->work - before;
            ranks->tally[from].parts++, ranks->tally[from].work += d->part[k]->took;
        }
    return park_tape_ended(tape) ? PARK_OK : PARK_E_INTERNAL;
}

static park_status over_ranks(dealt *d, park_ranks *ranks)
{
    int         waiting = 0;
    park_status status  = PARK_OK;
    ranks->last++;
    for (int r = 1; r <= ranks->others && status == PARK_OK; r++) {
        bool asked = false;
        status     = send_parts(d, ranks, r, &asked);
        waiting += asked;
    }
    for (size_t k = 0; k < d->count; k++)
        if (d->at[k] > 0) { /* unless its answer comes */
            d->part[k]->status = PARK_OK, d->part[k]->has_x = false;
            if (d->shift->task == PARK_PART_RELAX)
                d->part[k]->bound = -INFINITY;
        }
    park_pool_run(d->shift->end->threads, d->here, work_here, d);
    for (size_t i = 0; i < d->here; i++)
        ranks->tally[0].parts++, ranks->tally[0].work += d->part[d->order[i]]->took;
    while (waiting-- > 0) {
        int              from;
        park_tape        tape;
        park_errand_head head;
        if (!take(ranks, ranks->last, &from, &tape, &head))
            break;
        park_status said = take_parts(d, ranks, from, &head, &tape);
        status           = status == PARK_OK ? said : status;
    }
    return status;
}

park_status park_errand_parts(park_part *const *part, size_t count, const park_shift *shift)
{
    park_ranks *ranks  = shift->end->ranks;
    int         others = ranks != NULL && park_cancel_why(shift->end->cancel) == 0 ? ranks->others : 0;
    park_arena *own    = park_arena_new();
    dealt       d      = {.part = part, .count = count, .shift = shift};
    park_status status = deal(&d, others + 1, own);
    if (status == PARK_OK && others > 0)
        status = over_ranks(&d, ranks);
    else if (status == PARK_OK)
        park_pool_run(shift->end->threads, count, work_here, &d);
    park_arena_free(own);
    for (size_t k = 0; k < count && status == PARK_OK; k++)
        status = part[k]->status;
    return status;
}
