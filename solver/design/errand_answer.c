/* Answering: what another rank asks, done with the threads of this one. */
#include "design/errand.h"

#include "base/pool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A tree's program as this rank keeps it. */
typedef struct kept_tree {
    uint64_t          id;
    park_status       status; /* of making it; told when nodes are asked for */
    park_arena       *arena;
    park_program      program;
    park_links        links;
    park_box          root;
    park_pseudo       pseudo;
    park_frame        frame;
    size_t            bytes;
    park_worker      *worker; /* [threads] */
    park_node        *node;   /* [PARK_BATCH_MOST] */
    park_outcome      outcome[PARK_BATCH_MOST];
    size_t            count; /* of this errand */
    double            close;
    int               threads;
    park_arena       *scratch; /* of this errand */
    struct kept_tree *next;
} kept_tree;

struct park_answerer {
    int                threads;
    const park_cancel *cancel;
    kept_tree         *tree; /* the youngest first */
};

park_status park_answerer_new(int threads, const park_cancel *cancel, park_answerer **a)
{
    *a = calloc(1, sizeof **a);
    if (*a == NULL)
        return PARK_E_MEMORY;
    (*a)->threads = threads < 1 ? 1 : threads < PARK_BATCH_MOST ? threads : PARK_BATCH_MOST;
    (*a)->cancel  = cancel;
    return PARK_OK;
}

static void free_worker(void *user, size_t item, int slot)
{
    kept_tree *t = user;
    (void)slot;
    park_relax_free(&t->worker[item].relax);
}

static void forget(kept_tree *t)
{
    if (t->worker != NULL)
        park_pool_run(t->threads, (size_t)t->threads, free_worker, t);
    park_arena_free(t->arena);
    free(t);
}

void park_answerer_free(park_answerer *a)
{
    while (a != NULL && a->tree != NULL) {
        kept_tree *gone = a->tree;
        a->tree         = gone->next;
        forget(gone);
    }
    free(a);
}

static kept_tree *find(const park_answerer *a, uint64_t id)
{
    kept_tree *t = a->tree;
    while (t != NULL && t->id != id)
        t = t->next;
    return t;
}

static void close_program(park_answerer *a, uint64_t id)
{
    for (kept_tree **at = &a->tree; *at != NULL; at = &(*at)->next)
        if ((*at)->id == id) {
            kept_tree *gone = *at;
            *at             = gone->next;
            forget(gone);
            return;
        }
}

/* ---- nodes ------------------------------------------------------------------------------------------------ */

static park_status make_nodes(kept_tree *t)
{
    t->node = PARK_ARRAY(t->arena, PARK_BATCH_MOST, park_node);
    if (t->node == NULL)
        return PARK_E_MEMORY;
    for (int k = 0; k < PARK_BATCH_MOST; k++) {
        park_node *n = &t->node[k];
        n->lo        = PARK_ARRAY(t->arena, t->frame.kepts, double),
        n->hi        = PARK_ARRAY(t->arena, t->frame.kepts, double);
        n->basis     = PARK_ARRAY(t->arena, t->bytes, uint8_t);
        if (n->lo == NULL || n->hi == NULL || n->basis == NULL)
            return PARK_E_MEMORY;
        PARK_TRY(park_outcome_make(&t->outcome[k], &t->frame, t->bytes, t->arena));
    }
    return PARK_OK;
}

static park_status make_tree(kept_tree *t, int threads, park_tape *tape)
{
    t->arena = park_arena_new();
    if (t->arena == NULL)
        return PARK_E_MEMORY;
    park_tape_program(tape, &t->program, t->arena);
    if (!park_tape_ended(tape))
        return PARK_E_MEMORY;
    PARK_TRY(park_links_make(&t->links, &t->program, t->arena));
    PARK_TRY(park_box_make(&t->root, t->program.cols, t->arena));
    PARK_TRY(park_pseudo_make(&t->pseudo, t->program.cols, t->arena));
    PARK_TRY(park_frame_make(&t->frame, &t->program, &t->root, &t->pseudo, t->arena));
    t->worker = PARK_ARRAY(t->arena, (size_t)threads, park_worker);
    if (t->worker == NULL)
        return PARK_E_MEMORY;
    t->threads = threads;
    for (int i = 0; i < threads; i++)
        PARK_TRY(park_worker_make(&t->worker[i], &t->links, t->arena));
    t->bytes = t->worker[0].relax.bytes;
    return make_nodes(t);
}

/* True but where there is no memory to remember that there was none. */
static bool open_program(park_answerer *a, uint64_t id, park_tape *tape)
{
    kept_tree *t = calloc(1, sizeof *t);
    if (t == NULL)
        return false;
    t->id     = id;
    t->next   = a->tree;
    a->tree   = t;
    t->status = make_tree(t, a->threads, tape);
    return true;
}

/* What is new of root and gains, then the nodes. */
static park_status read_nodes(kept_tree *t, size_t count, park_tape *tape)
{
    size_t cols  = t->program.cols, lessons;
    bool   moved = false, fresh = false;
    PARK_TAPE(tape, &moved, 1);
    if (!tape->broken && moved) {
        PARK_TAPE(tape, t->root.lo, cols);
        PARK_TAPE(tape, t->root.hi, cols);
    }
    PARK_TAPE(tape, &fresh, 1);
    for (int side = 0; side < 2 && !tape->broken && !fresh; side++) {
        PARK_TAPE(tape, t->pseudo.gain[side], cols);
        PARK_TAPE(tape, t->pseudo.count[side], cols);
    }
    if (!tape->broken && fresh) {
        PARK_TAPE(tape, &lessons, 1);
        park_lesson *lesson =
            tape->broken || lessons > tape->count ? NULL : PARK_ARRAY(t->scratch, lessons, park_lesson);
        if (lesson == NULL)
            return PARK_E_MEMORY;
        PARK_TAPE(tape, lesson, lessons);
        for (size_t i = 0; i < lessons && !tape->broken; i++)
            park_pseudo_learn(&t->pseudo, &lesson[i]);
    }
    for (size_t k = 0; k < count; k++)
        park_tape_node(tape, &t->node[k], t->frame.kepts, t->bytes);
    return park_tape_ended(tape) ? PARK_OK : PARK_E_INTERNAL;
}

static void work_node(void *user, size_t item, int slot)
{
    kept_tree *t = user;
    park_node_work(&t->worker[slot], &t->frame, &t->node[item], t->close, &t->outcome[item]);
}

static park_status nodes(park_answerer *a, const park_errand_head *head, park_tape *asked, park_arena *arena,
                         kept_tree **tree)
{
    kept_tree *t = *tree = find(a, head->id);
    if (t == NULL)
        return PARK_E_MEMORY;
    PARK_TRY(t->status);
    if (head->count < 0 || head->count > PARK_BATCH_MOST)
        return PARK_E_INTERNAL;
    t->scratch = arena, t->count = (size_t)head->count, t->close = head->close;
    t->status = read_nodes(t, t->count, asked); /* gains that were read in part are good for nothing more */
    PARK_TRY(t->status);
    for (int i = 0; i < t->threads; i++) {
        park_lp_set_deadline(t->worker[i].relax.lp, park_clock_seconds() + head->seconds);
        park_lp_set_cancel(t->worker[i].relax.lp, a->cancel);
    }
    park_pool_share(t->threads, 0, t->count, work_node, t);
    return PARK_OK;
}

/* ---- parts ------------------------------------------------------------------------------------------------ */

typedef struct share {
    park_part        *part; /* [count] */
    const park_shift *shift;
} share;

static void work_part(void *user, size_t item, int slot)
{
    share *s = user;
    (void)slot;
    park_part_work(&s->part[item], s->shift);
}

static park_status parts(const park_answerer *a, const park_errand_head *head, park_tape *asked,
                         park_arena *arena, park_part **part)
{
    park_split_end end   = {.deadline = park_clock_seconds() + head->seconds,
                            .cancel   = a->cancel,
                            .work     = head->work,
                            .threads  = a->threads};
    park_shift     shift = {
            .task = (park_part_task)head->task, .end = &end, .tolerance = head->tolerance, .seed = head->seed};
    if (head->count < 0 || head->task < 0 || head->task > PARK_PART_IMPROVE)
        return PARK_E_INTERNAL;
    *part = PARK_ARRAY(arena, (size_t)head->count, park_part);
    if (*part == NULL)
        return PARK_E_MEMORY;
    for (int32_t k = 0; k < head->count; k++) {
        park_part *p = &(*part)[k];
        park_tape_program(asked, &p->program, arena);
        p->x = asked->broken ? NULL : PARK_ARRAY(arena, p->program.cols, double);
        if (p->x == NULL)
            return PARK_E_MEMORY;
        park_tape_part(asked, p, shift.task, true);
    }
    if (!park_tape_ended(asked))
        return PARK_E_INTERNAL;
    share s = {*part, &shift};
    park_pool_run(a->threads, (size_t)head->count, work_part, &s);
    return PARK_OK;
}

/* ---- one errand ------------------------------------------------------------------------------------------- */

park_status park_answer(park_answerer *a, const void *bytes, size_t count, park_arena *arena,
                        const void **answer, size_t *length)
{
    park_tape        asked = park_tape_read(bytes, count), said = park_tape_write(arena);
    park_errand_head head = {.word = PARK_ERRAND_CLOSE};
    kept_tree       *tree = NULL;
    park_part       *part = NULL;
    *answer = NULL, *length = 0;
    PARK_TAPE(&asked, &head, 1);
    if (asked.broken)
        return PARK_E_INTERNAL;
    switch (head.word) {
    case PARK_ERRAND_OPEN:
        return open_program(a, head.id, &asked) ? PARK_OK : PARK_E_MEMORY;
    case PARK_ERRAND_CLOSE:
        close_program(a, head.id);
        return PARK_OK;
    case PARK_ERRAND_NODES:
        head.status = nodes(a, &head, &asked, arena, &tree);
        break;
    case PARK_ERRAND_PARTS:
        head.status = parts(a, &head, &asked, arena, &part);
        break;
    }
    PARK_TAPE(&said, &head, 1);
    for (int32_t k = 0; k < head.count && head.status == PARK_OK; k++)
        if (head.word == PARK_ERRAND_NODES)
            park_tape_outcome(&said, &tree->outcome[k], tree->frame.kepts, tree->program.cols, tree->bytes);
        else
            park_tape_part(&said, &part[k], (park_part_task)head.task, false);
    *answer = said.bytes, *length = said.count;
    return said.broken ? PARK_E_MEMORY : PARK_OK;
}
