/* A node: store, queue and work. */
#include "design/node.h"

#include "design/outward.h"

#include <string.h>

enum {
    ROUNDS  = 6, /* of separation */
    VISITS  = 4, /* of propagation */
    PASSES  = 2, /* of both */
    LEAST   = 2000,
    PER_ROW = 4 /* iterations of one LP at most: LEAST, and so many a row and column (T75) */
};
static const double PAYS = 0.2; /* a factor that shrinks by this share is worth another pass [-] */

void park_heap_init(park_heap *heap, park_arena *arena, size_t kept, size_t bytes)
{
    *heap = (park_heap){.arena = arena, .kept = kept, .bytes = bytes};
}

park_node *park_heap_new(park_heap *heap)
{
    park_node *n = heap->free;
    if (n != NULL) {
        heap->free = n->next;
        return n;
    }
    n = PARK_NEW(heap->arena, park_node);
    if (n == NULL)
        return NULL;
    n->lo    = PARK_ARRAY(heap->arena, heap->kept, double);
    n->hi    = PARK_ARRAY(heap->arena, heap->kept, double);
    n->basis = PARK_ARRAY(heap->arena, heap->bytes, uint8_t);
    return n->lo != NULL && n->hi != NULL && n->basis != NULL ? n : NULL;
}

void park_heap_release(park_heap *heap, park_node *n)
{
    n->next    = heap->free;
    heap->free = n;
}

static bool before(const park_node *a, const park_node *b)
{
    return a->bound < b->bound || (a->bound == b->bound && a->id < b->id);
}

bool park_heap_push(park_heap *heap, park_node *n)
{
    if (!PARK_GROW(heap->arena, heap->node, heap->count, heap->capacity))
        return false;
    size_t i = heap->count++;
    for (; i > 0 && before(n, heap->node[(i - 1) / 2]); i = (i - 1) / 2)
        heap->node[i] = heap->node[(i - 1) / 2];
    heap->node[i] = n;
    return true;
}

park_node *park_heap_pop(park_heap *heap)
{
    if (heap->count == 0)
        return NULL;
    park_node *top = heap->node[0], *last = heap->node[--heap->count];
    size_t     i = 0;
    while (2 * i + 1 < heap->count) {
        size_t child = 2 * i + 1;
        if (child + 1 < heap->count && before(heap->node[child + 1], heap->node[child]))
            child++;
        if (!before(heap->node[child], last))
            break;
        heap->node[i] = heap->node[child];
        i             = child;
    }
    heap->node[i] = last;
    return top;
}

park_status park_frame_make(park_frame *f, const park_program *p, const park_box *root, park_pseudo *pseudo,
                            park_arena *arena)
{
    int32_t *kept = PARK_ARRAY(arena, p->cols, int32_t);
    *f            = (park_frame){.program = p, .root = root, .kept = kept, .pseudo = pseudo};
    if (kept == NULL)
        return PARK_E_MEMORY;
    for (size_t j = 0; j < p->cols; j++)
        if (p->col_class[j] != PARK_COL_LIFTED)
            kept[f->kepts++] = (int32_t)j;
    return PARK_OK;
}

park_status park_worker_make(park_worker *w, const park_links *links, park_arena *arena)
{
    const park_program *p = links->program;
    PARK_TRY(park_tighten_make(&w->tighten, links, arena));
    PARK_TRY(park_relax_make(&w->relax, p, arena));
    PARK_TRY(park_brancher_make(&w->brancher, p, &links->chains, arena));
    PARK_TRY(park_box_make(&w->box, p->cols, arena));
    PARK_TRY(park_box_make(&w->probe, p->cols, arena));
    w->changed = PARK_ARRAY(arena, p->cols, int32_t);
    return w->changed != NULL ? PARK_OK : PARK_E_MEMORY;
}

park_status park_outcome_make(park_outcome *out, const park_frame *f, size_t bytes, park_arena *arena)
{
    out->lo    = PARK_ARRAY(arena, f->kepts, double);
    out->hi    = PARK_ARRAY(arena, f->kepts, double);
    out->basis = PARK_ARRAY(arena, bytes, uint8_t);
    out->x     = PARK_ARRAY(arena, f->program->cols, double);
    return out->lo != NULL && out->hi != NULL && out->basis != NULL && out->x != NULL ? PARK_OK
                                                                                      : PARK_E_MEMORY;
}

/*
 * Every point of cost z keeps z >= bound + d (x - lo) where the safe reduced cost d is positive, so a point
 * better than `close` has x <= lo + (close - bound) / d; mirrored where d is negative. Eq. (T15).
 */
size_t park_node_tighten_by_costs(park_worker *w, const park_frame *f, double close)
{
    double room  = park_up(close - w->relax.lp_bound);
    size_t count = 0;
    if (!isfinite(room) || room < 0.0)
        return 0;
    for (size_t k = 0; k < f->kepts; k++) {
        int32_t j     = f->kept[k];
        double  width = w->box.hi[j] - w->box.lo[j], lo, hi;
        if (!(width > 0.0) || isinf(width))
            continue;
        park_lp_safe_reduced(w->relax.lp, j, &lo, &hi);
        if (lo > 0.0 && room / lo < 0.95 * width) {
            double at    = park_up(w->box.lo[j] + park_up(room / lo));
            w->box.hi[j] = f->program->integer[j] ? floor(at + 1e-6) : at;
        } else if (hi < 0.0 && room / -hi < 0.95 * width) {
            double at    = park_down(w->box.hi[j] - park_up(room / -hi));
            w->box.lo[j] = f->program->integer[j] ? ceil(at - 1e-6) : at;
        } else {
            continue;
        }
        w->changed[count++] = j;
    }
    return count;
}

/* Has a factor of a product shrunk enough since the relaxation was loaded? */
static bool pays(const park_worker *w, const park_program *p)
{
    for (size_t j = 0; j < p->cols; j++)
        if (p->integer[j] && w->box.hi[j] - w->box.lo[j] < w->relax.box.hi[j] - w->relax.box.lo[j])
            return true;
    for (size_t i = 0; i < p->products; i++) {
        const int32_t factor[2] = {p->product[i].flow, p->product[i].conc};
        for (int k = 0; k < 2; k++) {
            int32_t j    = factor[k];
            double  then = w->relax.box.hi[j] - w->relax.box.lo[j], now = w->box.hi[j] - w->box.lo[j];
            if (now < (1.0 - PAYS) * then)
                return true;
        }
    }
    return false;
}

/* Has the box changed at all since then? */
static bool shrank(const park_worker *w, const park_frame *f)
{
    for (size_t k = 0; k < f->kepts; k++) {
        int32_t j = f->kept[k];
        if (w->box.lo[j] > w->relax.box.lo[j] || w->box.hi[j] < w->relax.box.hi[j])
            return true;
    }
    return false;
}

static void finish(const park_worker *w, const park_frame *f, park_outcome *out)
{
    for (size_t k = 0; k < f->kepts; k++) {
        out->lo[k] = w->box.lo[f->kept[k]];
        out->hi[k] = w->box.hi[f->kept[k]];
    }
}

/* Relax and tighten in turn; true when the node is still open. */
static bool relax_and_tighten(park_worker *w, const park_frame *f, const park_node *node, double close,
                              park_outcome *out)
{
    const uint8_t *basis = node->basis;
    for (int pass = 0; pass < PASSES; pass++) {
        out->status = park_relax_load(&w->relax, &w->box, basis);
        if (out->status != PARK_OK)
            return false;
        w->relax.most = LEAST + PER_ROW * (int64_t)(park_lp_rows(w->relax.lp) + park_lp_cols(w->relax.lp));
        park_relax_status status = park_relax_solve(&w->relax, close, ROUNDS, &out->bound);
        w->relax.most            = 0;
        if (status == PARK_RELAX_EMPTY) {
            out->kind = out->bound > close ? PARK_NODE_CLOSED : PARK_NODE_EMPTY;
            return false;
        }
        out->has_x = status == PARK_RELAX_SOLVED;
        if (!out->has_x) {
            memcpy(out->basis, node->basis, w->relax.bytes);
            return true;
        }
        park_relax_basis(&w->relax, node->basis, out->basis);
        size_t changed = park_node_tighten_by_costs(w, f, close);
        if (changed > 0 && !park_tighten_box(&w->tighten, &w->box, close, w->changed, changed, VISITS)) {
            out->kind = PARK_NODE_EMPTY;
            return false;
        }
        basis = out->basis;
        if (pass + 1 == PASSES || changed == 0 || !pays(w, f->program))
            break;
    }
    return true;
}

void park_node_work(park_worker *w, const park_frame *f, const park_node *node, double close,
                    park_outcome *out)
{
    uint64_t solves = w->relax.solves, work = w->relax.work;
    out->status  = PARK_OK;
    out->kind    = PARK_NODE_EMPTY;
    out->bound   = node->bound;
    out->has_x   = false;
    out->lessons = 0;
    out->dropped = INFINITY;
    out->solves = out->work = 0;
    out->branch             = (park_branch){.col = -1};
    park_box_copy(&w->box, f->root, f->program->cols);
    for (size_t k = 0; k < f->kepts; k++) {
        int32_t j = f->kept[k];
        if (node->lo[k] > f->root->hi[j] || node->hi[k] < f->root->lo[j])
            return; /* the root was tightened since the node was made */
        w->box.lo[j] = fmax(node->lo[k], f->root->lo[j]);
        w->box.hi[j] = fmin(node->hi[k], f->root->hi[j]);
    }
    if (park_tighten_box(&w->tighten, &w->box, close, NULL, 0, VISITS) &&
        relax_and_tighten(w, f, node, close, out)) {
        out->kind   = PARK_NODE_SPLIT;
        out->branch = park_branch_choose(&w->brancher, &w->relax, out->has_x, &w->box, f->root);
        bool moved  = shrank(w, f);
        if (out->has_x)
            memcpy(out->x, park_relax_point(&w->relax), f->program->cols * sizeof *out->x);
        if (out->branch.col >= 0 && out->has_x && !out->branch.exact) {
            park_probe_choose(w, f, f->pseudo, close, out);
            moved = true;
        }
        if (out->branch.col < 0)
            out->kind = moved ? PARK_NODE_AGAIN : PARK_NODE_LEAF;
        finish(w, f, out);
    }
    out->solves = w->relax.solves - solves;
    out->work   = w->relax.work - work;
}
