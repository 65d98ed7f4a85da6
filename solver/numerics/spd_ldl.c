/*
 * A = L D L' by supernodes, right-looking, every place known beforehand.
 *
 * Plan. Column patterns of L come from the row subtrees of the elimination tree. Columns whose patterns nest become one
 * park_supernode; small ones are merged with their parents where few zeros are stored for it, because a column costs more than
 * a number. A park_supernode of w columns and m rows below is a dense panel, column by column, w + m rows high, in work->off;
 * the entries of A are added right there. Its updates go to ancestors: the *program* of a park_supernode lists the place of
 * every product (m <= PARK_LISTED), or, segment by segment (rows of one ancestor), where the columns begin and which rows of the
 * ancestor's panel are hit.
 *
 * Numbers. Supernodes in order: eliminate inside the panel, carry the right-hand side along, subtract the products from
 * the ancestors. Then backwards for the solution. Shapes up to 4 x 8 have kernels of fixed size, for nearly all supernodes
 * of a street network are that small; the few large ones do most of the arithmetic, four columns at a time. The order of
 * every sum is fixed by the plan.
 */
#include "numerics/spd_engine.h"

#define PARK_NUM double
#define PARK_PANEL park_panel
#define PARK_NUM_POOR(d) (!((d) > 0.0))
#include "numerics/spd_kernels.h"

#include <stdbool.h>
#include <string.h>

enum { SUBTREE = 512 }; /* supernodes of a subtree that is taken as one */

typedef struct ldl_work {
    double *pivot;   /* [count] 1 / D */
    double *scratch; /* [2 * tallest] */
} ldl_work;

/* -- plan: the pattern of L -- */

typedef struct columns {
    size_t  *start; /* [count + 1] */
    int32_t *index; /* rows below the diagonal, rising */
} columns;

static park_status no_memory(park_error *err)
{
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the factor of a linear system");
}

/* The lower triangle by row: neighbours to the left of each row. */
static park_status rows_of(park_arena *scratch, const park_spd_pattern *a, size_t **start, int32_t **index,
                           park_error *err)
{
    *start = PARK_ARRAY(scratch, a->count + 2, size_t);
    *index = PARK_ARRAY(scratch, a->start[a->count] + 1, int32_t);
    if (*start == NULL || *index == NULL)
        return no_memory(err);
    size_t *next = *start + 1;
    for (size_t p = 0; p < a->start[a->count]; p++)
        next[a->index[p] + 1]++;
    for (size_t k = 1; k <= a->count; k++)
        next[k] += next[k - 1];
    for (size_t j = 0; j < a->count; j++)
        for (size_t p = a->start[j]; p < a->start[j + 1]; p++)
            (*index)[next[a->index[p]]++] = (int32_t)j;
    return PARK_OK;
}

/* Columns of L: row i of L are the columns met on the ways from its entries up to i. Counted first, then filled. */
static park_status columns_make(park_arena *scratch, const park_spd_pattern *a, columns *l, park_error *err)
{
    size_t  *start;
    int32_t *left, *mark = PARK_ARRAY(scratch, a->count, int32_t);
    PARK_TRY(rows_of(scratch, a, &start, &left, err));
    l->start = PARK_ARRAY(scratch, a->count + 2, size_t);
    if (mark == NULL || l->start == NULL)
        return no_memory(err);
    size_t *next = l->start + 1;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < a->count; i++)
            mark[i] = -1;
        for (size_t i = 0; i < a->count; i++) {
            mark[i] = (int32_t)i;
            for (size_t p = start[i]; p < start[i + 1]; p++)
                for (int32_t j = left[p]; mark[j] != (int32_t)i; j = a->parent[j]) {
                    mark[j] = (int32_t)i;
                    if (pass == 0)
                        next[j + 1]++;
                    else
                        l->index[next[j]++] = (int32_t)i;
                }
        }
        if (pass == 1)
            break;
        for (size_t k = 1; k <= a->count; k++)
            next[k] += next[k - 1];
        l->index = PARK_ARRAY(scratch, next[a->count] + 1, int32_t);
        if (l->index == NULL)
            return no_memory(err);
    }
    return PARK_OK;
}

/* -- plan: supernodes -- */

typedef struct group {
    int32_t first, end;
    double  entries; /* of L in its columns, without padding */
} group;

static double cells(double width, double below)
{
    return width * below + width * (width - 1.0) / 2.0;
}

/* Whether padding is worth it: the wider the panel, the dearer a zero. */
static int worth_merging(double width, double below, double entries)
{
    double zeros = (cells(width, below) - entries) / cells(width, below);
    return zeros <= 0.0 || (width <= 4.0 ? zeros < 0.4 : width <= 16.0 ? zeros < 0.15 : zeros < 0.05);
}

/* Cut the columns into groups; returns how many. Groups are a stack: the one that ends before a column is its top. */
static size_t groups_make(const park_spd_pattern *a, const columns *l, group *g)
{
    size_t count = 0;
    for (size_t j = 0; j < a->count; j++) {
        group  now   = {(int32_t)j, (int32_t)j + 1, (double)(l->start[j + 1] - l->start[j])};
        double below = now.entries;
        while (count > 0 && a->parent[g[count - 1].end - 1] == (int32_t)j) {
            group top = g[count - 1];
            if (!worth_merging((double)(now.end - top.first), below, top.entries + now.entries))
                break;
            now.first = top.first;
            now.entries += top.entries;
            count--;
        }
        g[count++] = now;
    }
    return count;
}

/* Length of the program of a park_supernode; the same walk that writes it. */
static size_t program_length(const int32_t *super_of, const int32_t *rows, size_t below)
{
    if (below <= PARK_LISTED)
        return below * (below + 1) / 2;
    size_t length = 0;
    for (size_t i = 0; i < below;) {
        size_t end = i + 1;
        while (end < below && super_of[rows[end]] == super_of[rows[i]])
            end++;
        length += 2 + (end - i) + (below - i);
        i = end;
    }
    return length;
}

/* Row r of park_supernode s as a row of its panel. */
static int32_t row_in(const park_ldl *f, const park_supernode *s, int32_t row)
{
    if (row < s->first + s->width)
        return row - s->first;
    const int32_t *rows = f->rows + s->rows;
    int32_t        low = 0, high = s->below;
    while (high - low > 1) {
        int32_t middle = low + (high - low) / 2;
        if (rows[middle] <= row)
            low = middle;
        else
            high = middle;
    }
    return s->width + low;
}

static int32_t column_start(const park_supernode *s, int32_t col)
{
    return s->panel + (col - s->first) * (s->width + s->below);
}

static void program_write(const park_ldl *f, const int32_t *super_of, const park_supernode *s)
{
    const int32_t *rows = f->rows + s->rows;
    int32_t       *out  = f->program + s->program;
    if (s->below <= PARK_LISTED) {
        for (int32_t i = 0; i < s->below; i++)
            for (int32_t j = i; j < s->below; j++) {
                const park_supernode *t = f->super + super_of[rows[i]];
                *out++                  = column_start(t, rows[i]) + row_in(f, t, rows[j]);
            }
        return;
    }
    for (int32_t i = 0; i < s->below;) {
        const park_supernode *t   = f->super + super_of[rows[i]];
        int32_t               end = i + 1;
        while (end < s->below && super_of[rows[end]] == super_of[rows[i]])
            end++;
        *out++ = i;
        *out++ = end;
        for (int32_t k = i; k < end; k++)
            *out++ = column_start(t, rows[k]);
        for (int32_t k = i; k < s->below; k++)
            *out++ = row_in(f, t, rows[k]);
        i = end;
    }
}

static int32_t shape_of(int32_t width, int32_t below)
{
    if (width > PARK_SMALL_W || below > PARK_TALL_M)
        return PARK_SHAPE_LARGE;
    return below > PARK_SMALL_M ? PARK_SHAPE_TALL : (width - 1) * (PARK_SMALL_M + 1) + below;
}

/* -- plan: the order in which supernodes are taken -- */

/* Members from..to-1 of `list` by rising key, those of the same key in the order they had. count: scratch of the largest
 * key + 2. */
static void sort_by(const int32_t *key, int32_t *list, size_t from, size_t to, int32_t *space, int32_t *count)
{
    int32_t largest = 0;
    for (size_t i = from; i < to; i++)
        largest = key[list[i]] > largest ? key[list[i]] : largest;
    for (int32_t k = 0; k <= largest + 1; k++)
        count[k] = 0;
    for (size_t i = from; i < to; i++)
        count[key[list[i]] + 1]++;
    for (int32_t k = 0; k <= largest; k++)
        count[k + 1] += count[k];
    for (size_t i = from; i < to; i++)
        space[count[key[list[i]]]++] = list[i];
    memcpy(list + from, space, (to - from) * sizeof *list);
}

/* Children before parents, small subtrees one after the other, then what stands above them; within each by height, and
 * within a height by shape. So neighbours in the order are independent of each other, which keeps a processor's units
 * busy, and mostly of one shape, which it can foresee; and a subtree stays in the nearest cache. */
static park_status order_groups(park_arena *scratch, const park_spd_pattern *a, const columns *l,
                                size_t groups, group *g, const int32_t *super_of, park_error *err)
{
    group   *old   = PARK_ARRAY(scratch, groups, group);
    int32_t *order = PARK_ARRAY(scratch, groups, int32_t), *shape = PARK_ARRAY(scratch, groups, int32_t);
    int32_t *height = PARK_ARRAY(scratch, groups, int32_t), *size = PARK_ARRAY(scratch, groups, int32_t),
            *space = PARK_ARRAY(scratch, groups, int32_t),
            *count = PARK_ARRAY(scratch, groups + PARK_SHAPE_LARGE + 2, int32_t);
    if (old == NULL || order == NULL || shape == NULL || height == NULL || size == NULL || space == NULL ||
        count == NULL)
        return no_memory(err);
    for (size_t s = 0; s < groups; s++) {
        int32_t last = g[s].end - 1, up = a->parent[last];
        shape[s] = shape_of(g[s].end - g[s].first, (int32_t)(l->start[last + 1] - l->start[last]));
        size[s]++;
        if (up >= 0) {
            int32_t parent = super_of[up];
            size[parent] += size[s];
            height[parent] = height[parent] > height[s] + 1 ? height[parent] : height[s] + 1;
        }
    }
    size_t placed = 0;
    for (size_t s = 0; s <= groups; s++) {
        size_t from = placed;
        if (s == groups) { /* what stands above */
            for (size_t k = 0; k < groups; k++)
                if (size[k] > SUBTREE)
                    order[placed++] = (int32_t)k;
        } else {
            int32_t up = a->parent[g[s].end - 1];
            if (size[s] > SUBTREE || (up >= 0 && size[super_of[up]] <= SUBTREE))
                continue;
            for (size_t k = s + 1 - (size_t)size[s]; k <= s;
                 k++) /* a subtree stands in one piece before its root */
                order[placed++] = (int32_t)k;
        }
        sort_by(shape, order, from, placed, space, count);
        sort_by(height, order, from, placed, space, count);
    }
    memcpy(old, g, groups * sizeof *g);
    for (size_t s = 0; s < groups; s++)
        g[s] = old[order[s]];
    return PARK_OK;
}

static void number_columns(size_t groups, const group *g, int32_t *super_of)
{
    for (size_t s = 0; s < groups; s++)
        for (int32_t c = g[s].first; c < g[s].end; c++)
            super_of[c] = (int32_t)s;
}

/* Panels, rows and programs laid one behind the other. */
static park_status lay_out(park_arena *arena, const columns *l, size_t groups, const group *g,
                           const int32_t *super_of, park_ldl *f, park_spd_plan *plan, park_error *err)
{
    size_t panel = 0, rows = 0, program = 0;
    f->supers = groups;
    f->super  = PARK_ARRAY(arena, groups, park_supernode);
    if (f->super == NULL)
        return no_memory(err);
    for (size_t s = 0; s < groups; s++) {
        int32_t last  = g[s].end - 1;
        size_t  width = (size_t)(g[s].end - g[s].first), below = l->start[last + 1] - l->start[last];
        f->super[s] = (park_supernode){.first   = g[s].first,
                                       .width   = (int32_t)width,
                                       .below   = (int32_t)below,
                                       .panel   = (int32_t)panel,
                                       .rows    = (int32_t)rows,
                                       .program = (int32_t)program,
                                       .shape   = shape_of((int32_t)width, (int32_t)below)};
        plan->entries += width * below + width * (width - 1) / 2;
        for (size_t c = 0; c < width; c++) {
            double height = (double)(width - 1 - c + below);
            plan->multiply_adds += height * (height + 1.0) / 2.0;
        }
        panel += width * (width + below);
        rows += below;
        program += program_length(super_of, l->index + l->start[last], below);
        f->tallest = width + below > f->tallest ? width + below : f->tallest;
        if (panel >= INT32_MAX || program >= INT32_MAX)
            return PARK_FAIL(err, PARK_E_RANGE, "the factor of %zu unknowns is too large", plan->count);
    }
    f->rows    = PARK_ARRAY(arena, rows, int32_t);
    f->program = PARK_ARRAY(arena, program, int32_t);
    if (f->rows == NULL || f->program == NULL)
        return no_memory(err);
    plan->slots = panel + 1; /* the last one takes what stays outside */
    plan->bytes += sizeof *f + groups * sizeof(park_supernode) + (rows + program) * sizeof(int32_t);
    plan->work_bytes = (plan->slots + 2 * plan->count + 2 * f->tallest) * sizeof(double);
    return PARK_OK;
}

static park_status plan_ldl(park_arena *arena, park_arena *scratch, const park_spd_pattern *pattern,
                            int32_t *place, park_spd_plan *plan, park_error *err)
{
    columns   l;
    park_ldl *f        = PARK_NEW(arena, park_ldl);
    group    *g        = PARK_ARRAY(scratch, pattern->count, group);
    int32_t  *super_of = PARK_ARRAY(scratch, pattern->count, int32_t);
    if (f == NULL || g == NULL || super_of == NULL)
        return no_memory(err);
    PARK_TRY(columns_make(scratch, pattern, &l, err));
    size_t groups = groups_make(pattern, &l, g);
    number_columns(groups, g, super_of);
    PARK_TRY(order_groups(scratch, pattern, &l, groups, g, super_of, err));
    number_columns(groups, g, super_of);
    PARK_TRY(lay_out(arena, &l, groups, g, super_of, f, plan, err));
    for (size_t s = 0; s < groups; s++) {
        int32_t last = g[s].end - 1;
        memcpy(f->rows + f->super[s].rows, l.index + l.start[last],
               (size_t)f->super[s].below * sizeof *f->rows);
    }
    for (size_t s = 0; s < groups; s++)
        program_write(f, super_of, &f->super[s]);
    for (size_t j = 0; j < pattern->count; j++) {
        const park_supernode *s = f->super + super_of[j];
        for (size_t p = pattern->start[j]; p < pattern->start[j + 1]; p++)
            place[p] = column_start(s, (int32_t)j) + row_in(f, s, pattern->index[p]);
    }
    plan->inside = f;
    return PARK_OK;
}

static park_status work_ldl(park_arena *arena, const park_spd_plan *plan, park_spd_work *work,
                            park_error *err)
{
    const park_ldl *f = plan->inside;
    ldl_work       *w = PARK_NEW(arena, ldl_work);
    if (w == NULL)
        return no_memory(err);
    *w = (ldl_work){PARK_ARRAY(arena, plan->count, double), PARK_ARRAY(arena, 2 * f->tallest + 1, double)};
    if (w->pivot == NULL || w->scratch == NULL)
        return no_memory(err);
    work->inside = w;
    return PARK_OK;
}

/* -- numbers: the walks, run by run of one shape -- */

/* -- numbers: the walks, run by run of one shape -- */

PARK_INLINE park_factor factor_of(const park_ldl *f, park_spd_work *work, double *b)
{
    const ldl_work *own = work->inside;
    return (park_factor){work->off, work->diag, own->pivot, b, f->rows, f->program};
}

PARK_INLINE int32_t other_factor(const park_ldl *f, const park_factor *all, const park_supernode *s,
                                 double *scratch)
{
    park_panel at  = park_panel_of(all, s);
    int32_t    bad = s->shape == PARK_SHAPE_TALL ? PARK_TALL_FACTOR[s->width - 1](&at, s->below)
                                                 : large_factor(s, &at, scratch, f->tallest);
    return bad < 0 ? -1 : s->first + bad;
}

PARK_INLINE int32_t factor_walk(const park_ldl *f, park_spd_work *work, double *b)
{
    const ldl_work   *own = work->inside;
    const park_factor all = factor_of(f, work, b);
    for (size_t k = 0, to; k < f->supers; k = to) {
        const park_supernode *s   = f->super + k;
        int32_t               bad = -1;
        to                        = park_ldl_run_end(f, k);
        if (s->shape < PARK_SHAPE_TALL)
            bad = PARK_SMALL_FACTOR[s->shape](&all, s, to - k);
        else
            for (const park_supernode *end = f->super + to; s < end && bad < 0; s++)
                bad = other_factor(f, &all, s, own->scratch);
        if (bad >= 0)
            return bad;
    }
    return -1;
}

PARK_INLINE void forward_walk(const park_ldl *f, park_spd_work *work, double *b)
{
    const ldl_work   *own = work->inside;
    const park_factor all = factor_of(f, work, b);
    for (size_t k = 0; k < f->supers; k++) {
        park_panel at = park_panel_of(&all, f->super + k);
        large_forward(f->super + k, &at, own->scratch);
    }
}

PARK_INLINE void backward_walk(const park_ldl *f, park_spd_work *work, double *b)
{
    const ldl_work   *own = work->inside;
    const park_factor all = factor_of(f, work, b);
    for (size_t k = f->supers; k > 0;) {
        size_t from = park_ldl_run_start(f, k);
        if (f->super[from].shape < PARK_SHAPE_TALL) {
            PARK_SMALL_BACKWARD[f->super[from].shape](&all, f->super + from, k - from);
            k = from;
        }
        while (k > from) {
            const park_supernode *s  = f->super + --k;
            park_panel            at = park_panel_of(&all, s);
            if (s->shape == PARK_SHAPE_TALL)
                PARK_TALL_BACKWARD[s->width - 1](&at, s->below);
            else
                large_backward(s, &at, own->scratch);
        }
    }
}

static PARK_WIDE int32_t solve_wide(const park_ldl *f, park_spd_work *work, double *b)
{
    int32_t bad = factor_walk(f, work, b);
    if (bad < 0)
        backward_walk(f, work, b);
    return bad;
}

static int32_t solve_narrow(const park_ldl *f, park_spd_work *work, double *b)
{
    int32_t bad = factor_walk(f, work, b);
    if (bad < 0)
        backward_walk(f, work, b);
    return bad;
}

static int32_t solve_ldl(const park_spd_plan *plan, park_spd_work *work, double *b)
{
    return PARK_WIDE_HERE ? solve_wide(plan->inside, work, b) : solve_narrow(plan->inside, work, b);
}

static void again_ldl(const park_spd_plan *plan, park_spd_work *work, double *b)
{
    forward_walk(plan->inside, work, b);
    backward_walk(plan->inside, work, b);
}

const park_spd_face PARK_SPD_FACE_LDL = {plan_ldl, work_ldl, solve_ldl, again_ldl};
