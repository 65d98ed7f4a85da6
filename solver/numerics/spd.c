#include "numerics/spd.h"
#include "numerics/order.h"
#include "numerics/spd_engine.h"

#include <string.h>

/* Both triangles without the diagonal, by column, rows rising, each once. */
typedef struct graph {
    int32_t *start; /* [count + 1] */
    int32_t *index;
} graph;

static const park_spd_face *face_of(park_spd_engine engine)
{
    return engine == PARK_SPD_CHOLMOD ? &PARK_SPD_FACE_CHOLMOD : &PARK_SPD_FACE_LDL;
}

static park_status no_memory(park_error *err)
{
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a linear system");
}

static park_status check_pairs(size_t count, size_t pairs, const int32_t *row, const int32_t *col,
                               park_error *err)
{
    if (count >= INT32_MAX || pairs >= INT32_MAX / 2)
        return PARK_FAIL(err, PARK_E_RANGE, "a system of %zu unknowns is too large", count);
    for (size_t k = 0; k < pairs; k++)
        if (row[k] >= 0 && col[k] >= 0 &&
            ((size_t)row[k] >= count || (size_t)col[k] >= count || row[k] == col[k]))
            return PARK_FAIL(err, PARK_E_RANGE, "pair %zu joins unknowns %d and %d of %zu", k, (int)row[k],
                             (int)col[k], count);
    return PARK_OK;
}

/* Neighbours of every unknown as they come, several times where pairs are parallel. */
static park_status graph_gather(park_arena *scratch, size_t count, size_t pairs, const int32_t *row,
                                const int32_t *col, graph *g, park_error *err)
{
    g->start = PARK_ARRAY(scratch, count + 2, int32_t);
    g->index = PARK_ARRAY(scratch, 2 * pairs, int32_t);
    if (g->start == NULL || g->index == NULL)
        return no_memory(err);
    int32_t *next = g->start + 1; /* start of column i while filling, its end afterwards */
    for (size_t k = 0; k < pairs; k++)
        if (row[k] >= 0 && col[k] >= 0) {
            next[row[k] + 1]++;
            next[col[k] + 1]++;
        }
    for (size_t i = 1; i <= count; i++)
        next[i] += next[i - 1];
    for (size_t k = 0; k < pairs; k++)
        if (row[k] >= 0 && col[k] >= 0) {
            g->index[next[row[k]]++] = col[k];
            g->index[next[col[k]]++] = row[k];
        }
    return PARK_OK;
}

/* The transpose of a symmetric pattern is itself with rising rows; repeated entries are dropped on the way. */
static park_status graph_sort(park_arena *scratch, size_t count, graph *g, park_error *err)
{
    size_t   entries = (size_t)g->start[count];
    int32_t *start = PARK_ARRAY(scratch, count + 2, int32_t), *index = PARK_ARRAY(scratch, entries, int32_t),
            *last = PARK_ARRAY(scratch, count, int32_t);
    if (start == NULL || index == NULL || last == NULL)
        return no_memory(err);
    memcpy(start, g->start, (count + 1) * sizeof *start);
    int32_t *end = PARK_ARRAY(scratch, count, int32_t);
    if (end == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++)
        end[i] = start[i], last[i] = -1;
    for (size_t i = 0; i < count; i++)
        for (int32_t p = g->start[i]; p < g->start[i + 1]; p++) {
            int32_t j = g->index[p];
            if (last[j] != (int32_t)i)
                index[end[j]++] = (int32_t)i;
            last[j] = (int32_t)i;
        }
    int32_t filled = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t from = start[i];
        start[i]     = filled;
        for (int32_t p = from; p < end[i]; p++)
            index[filled++] = index[p];
    }
    start[count] = filled;
    *g           = (graph){start, index};
    return PARK_OK;
}

/* Elimination tree of the matrix in the order given (Liu 1990), by path compression. */
static void tree_make(size_t count, const graph *g, const int32_t *order, const int32_t *place,
                      int32_t *parent, int32_t *ancestor)
{
    for (size_t k = 0; k < count; k++) {
        parent[k] = ancestor[k] = -1;
        int32_t i               = order[k];
        for (int32_t p = g->start[i]; p < g->start[i + 1]; p++)
            for (int32_t j = place[g->index[p]]; j >= 0 && j < (int32_t)k;) {
                int32_t next = ancestor[j];
                ancestor[j]  = (int32_t)k;
                if (next < 0)
                    parent[j] = (int32_t)k;
                j = next;
            }
    }
}

/* Children before parents and each subtree in one piece: after[k] is where the k-th goes. Needs 3 count of scratch. */
static void tree_postorder(size_t count, const int32_t *parent, int32_t *after, int32_t *scratch)
{
    int32_t *head = scratch, *next = scratch + count, *stack = scratch + 2 * count;
    for (size_t k = 0; k < count; k++)
        head[k] = -1;
    for (size_t k = count; k-- > 0;)
        if (parent[k] >= 0) {
            next[k]         = head[parent[k]];
            head[parent[k]] = (int32_t)k;
        }
    int32_t placed = 0;
    for (size_t root = 0; root < count; root++) {
        if (parent[root] >= 0)
            continue;
        size_t depth   = 0;
        stack[depth++] = (int32_t)root;
        while (depth > 0) {
            int32_t k = stack[depth - 1], child = head[k];
            if (child >= 0) {
                head[k]        = next[child];
                stack[depth++] = child;
            } else {
                after[k] = placed++;
                depth--;
            }
        }
    }
}

/* Order, tree and postorder: position[] and the tree in positions. */
static park_status arrange(park_arena *scratch, size_t count, const graph *g, int32_t *position,
                           int32_t *parent, park_error *err)
{
    int32_t *order = PARK_ARRAY(scratch, count, int32_t), *place = PARK_ARRAY(scratch, count, int32_t),
            *first = PARK_ARRAY(scratch, count, int32_t), *after = PARK_ARRAY(scratch, count, int32_t),
            *space = PARK_ARRAY(scratch, 3 * count, int32_t);
    if (order == NULL || place == NULL || first == NULL || after == NULL || space == NULL)
        return no_memory(err);
    PARK_TRY(park_order_amd(count, g->start, g->index, order, err));
    for (size_t k = 0; k < count; k++)
        place[order[k]] = (int32_t)k;
    tree_make(count, g, order, place, first, space);
    tree_postorder(count, first, after, space);
    for (size_t i = 0; i < count; i++)
        position[i] = after[place[i]];
    for (size_t k = 0; k < count; k++)
        parent[after[k]] = first[k] < 0 ? -1 : after[first[k]];
    return PARK_OK;
}

/* Strict lower triangle by positions. */
static park_status pattern_make(park_arena *scratch, size_t count, const graph *g, const int32_t *position,
                                park_spd_pattern *pattern, park_error *err)
{
    int32_t *at    = PARK_ARRAY(scratch, count, int32_t);
    pattern->start = PARK_ARRAY(scratch, count + 2, size_t);
    pattern->index = PARK_ARRAY(scratch, (size_t)g->start[count] / 2 + 1, int32_t);
    if (at == NULL || pattern->start == NULL || pattern->index == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++)
        at[position[i]] = (int32_t)i;
    size_t *next = pattern->start + 1;
    for (size_t i = 0; i < count; i++)
        for (int32_t p = g->start[i]; p < g->start[i + 1]; p++)
            next[position[i] + 1] += position[g->index[p]] > position[i];
    for (size_t k = 1; k <= count; k++)
        next[k] += next[k - 1];
    for (size_t k = 0; k < count; k++)
        for (int32_t p = g->start[at[k]]; p < g->start[at[k] + 1]; p++) {
            int32_t j = position[g->index[p]];
            if (j < (int32_t)k)
                pattern->index[next[j]++] = (int32_t)k;
        }
    return PARK_OK;
}

/* Place of (row, col) in the pattern: it is there. */
static size_t pattern_find(const park_spd_pattern *pattern, int32_t row, int32_t col)
{
    size_t low = pattern->start[col], high = pattern->start[col + 1];
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (pattern->index[middle] <= row)
            low = middle;
        else
            high = middle;
    }
    return low;
}

park_status park_spd_plan_make(park_arena *arena, park_arena *scratch, park_spd_engine engine, size_t count,
                               size_t pairs, const int32_t *row, const int32_t *col, park_spd_plan **plan,
                               park_error *err)
{
    PARK_TRY(check_pairs(count, pairs, row, col, err));
    park_spd_plan *made = PARK_NEW(arena, park_spd_plan);
    if (made == NULL)
        return no_memory(err);
    *made = (park_spd_plan){.engine   = engine,
                            .count    = count,
                            .pairs    = pairs,
                            .position = PARK_ARRAY(arena, count, int32_t),
                            .slot     = PARK_ARRAY(arena, pairs, int32_t),
                            .bytes    = sizeof *made + (count + pairs) * sizeof(int32_t)};
    graph            g;
    park_spd_pattern pattern = {.count = count, .parent = PARK_ARRAY(scratch, count, int32_t)};
    if (made->position == NULL || made->slot == NULL || pattern.parent == NULL)
        return no_memory(err);
    PARK_TRY(graph_gather(scratch, count, pairs, row, col, &g, err));
    PARK_TRY(graph_sort(scratch, count, &g, err));
    PARK_TRY(arrange(scratch, count, &g, made->position, pattern.parent, err));
    PARK_TRY(pattern_make(scratch, count, &g, made->position, &pattern, err));
    int32_t *place = PARK_ARRAY(scratch, pattern.start[count] + 1, int32_t);
    if (place == NULL)
        return no_memory(err);
    PARK_TRY(face_of(engine)->plan(arena, scratch, &pattern, place, made, err));
    for (size_t k = 0; k < pairs; k++) {
        if (row[k] < 0 || col[k] < 0) {
            made->slot[k] = (int32_t)made->slots - 1;
            continue;
        }
        int32_t a = made->position[row[k]], b = made->position[col[k]];
        made->slot[k] = place[pattern_find(&pattern, a > b ? a : b, a > b ? b : a)];
    }
    *plan = made;
    return PARK_OK;
}

park_status park_spd_work_make(park_arena *arena, const park_spd_plan *plan, park_spd_work *work,
                               park_error *err)
{
    *work = (park_spd_work){.diag = PARK_ARRAY(arena, plan->count, double),
                            .off  = PARK_ARRAY(arena, plan->slots, double)};
    if (work->diag == NULL || work->off == NULL)
        return no_memory(err);
    return face_of(plan->engine)->work(arena, plan, work, err);
}

void park_spd_clear(const park_spd_plan *plan, park_spd_work *work)
{
    memset(work->diag, 0, plan->count * sizeof *work->diag);
    memset(work->off, 0, plan->slots * sizeof *work->off);
}

park_status park_spd_solve(const park_spd_plan *plan, park_spd_work *work, double *b, int32_t *bad)
{
    *bad = face_of(plan->engine)->solve(plan, work, b);
    return *bad < 0 ? PARK_OK : PARK_E_NUMERIC;
}

void park_spd_solve_again(const park_spd_plan *plan, park_spd_work *work, double *b)
{
    face_of(plan->engine)->again(plan, work, b);
}
