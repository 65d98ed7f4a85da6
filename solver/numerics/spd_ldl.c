/*
 * A = L D L' by supernodes, right-looking, every place known beforehand.
 *
 * Plan. Column patterns of L come from the row subtrees of the elimination tree. Columns whose patterns nest become one
 * supernode; small ones are merged with their parents where few zeros are stored for it, because a column costs more than
 * a number. A supernode of w columns and m rows below is a dense panel, column by column, w + m rows high, in work->off;
 * the entries of A are added right there. Its updates go to ancestors: the *program* lists, for a narrow supernode, the
 * place of each product; for a wide one, segment by segment (rows of one ancestor), where the columns begin and which rows
 * of the ancestor's panel are hit.
 *
 * Numbers. Supernodes in order: eliminate inside the panel, carry the right-hand side along, subtract the products from
 * the ancestors. Then backwards for the solution. The order of every sum is fixed by the plan.
 */
#include "numerics/spd_engine.h"

#include <string.h>

enum {
    PAIRED = 12 /* one column with at most so many rows below lists the place of each product */
};

typedef struct supernode {
    int32_t first, width, below; /* columns, rows below them */
    int32_t panel;               /* start in off */
    int32_t rows;                /* start in rows[] */
    int32_t program;             /* start in program[] */
} supernode;

typedef struct ldl {
    size_t     supers;
    supernode *super;
    int32_t   *rows; /* positions of the rows below, rising */
    int32_t
          *program; /* PAIRED: places; else segments: count, last-row-end, column starts, rows of the panel */
    size_t tallest; /* most rows below a supernode */
} ldl;

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

/* Length of the program of a supernode; the same walk that writes it. */
static size_t program_length(const int32_t *super_of, const int32_t *rows, size_t width, size_t below)
{
    if (width == 1 && below <= PAIRED)
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

/* Row r of supernode s as a row of its panel. */
static int32_t row_in(const ldl *f, const supernode *s, int32_t row)
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

static int32_t column_start(const supernode *s, int32_t col)
{
    return s->panel + (col - s->first) * (s->width + s->below);
}

static void program_write(const ldl *f, const int32_t *super_of, const supernode *s)
{
    const int32_t *rows = f->rows + s->rows;
    int32_t       *out  = f->program + s->program;
    if (s->width == 1 && s->below <= PAIRED) {
        for (int32_t i = 0; i < s->below; i++)
            for (int32_t j = i; j < s->below; j++) {
                const supernode *t = f->super + super_of[rows[i]];
                *out++             = column_start(t, rows[i]) + row_in(f, t, rows[j]);
            }
        return;
    }
    for (int32_t i = 0; i < s->below;) {
        const supernode *t   = f->super + super_of[rows[i]];
        int32_t          end = i + 1;
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

/* Panels, rows and programs laid one behind the other. */
static park_status lay_out(park_arena *arena, const columns *l, size_t groups, const group *g,
                           const int32_t *super_of, ldl *f, park_spd_plan *plan, park_error *err)
{
    size_t panel = 0, rows = 0, program = 0;
    f->supers = groups;
    f->super  = PARK_ARRAY(arena, groups, supernode);
    if (f->super == NULL)
        return no_memory(err);
    for (size_t s = 0; s < groups; s++) {
        int32_t last  = g[s].end - 1;
        size_t  width = (size_t)(g[s].end - g[s].first), below = l->start[last + 1] - l->start[last];
        f->super[s] = (supernode){g[s].first,     (int32_t)width, (int32_t)below,
                                  (int32_t)panel, (int32_t)rows,  (int32_t)program};
        plan->entries += width * below + width * (width - 1) / 2;
        for (size_t c = 0; c < width; c++) {
            double height = (double)(width - 1 - c + below);
            plan->multiply_adds += height * (height + 1.0) / 2.0;
        }
        panel += width * (width + below);
        rows += below;
        program += program_length(super_of, l->index + l->start[last], width, below);
        f->tallest = below > f->tallest ? below : f->tallest;
        if (panel >= INT32_MAX || program >= INT32_MAX)
            return PARK_FAIL(err, PARK_E_RANGE, "the factor of %zu unknowns is too large", plan->count);
    }
    f->rows    = PARK_ARRAY(arena, rows, int32_t);
    f->program = PARK_ARRAY(arena, program, int32_t);
    if (f->rows == NULL || f->program == NULL)
        return no_memory(err);
    plan->slots = panel + 1; /* the last one takes what stays outside */
    plan->bytes += sizeof *f + groups * sizeof(supernode) + (rows + program) * sizeof(int32_t);
    plan->work_bytes = (plan->slots + 2 * plan->count + 2 * f->tallest) * sizeof(double);
    return PARK_OK;
}

static park_status plan_ldl(park_arena *arena, park_arena *scratch, const park_spd_pattern *pattern,
                            int32_t *place, park_spd_plan *plan, park_error *err)
{
    columns  l;
    ldl     *f        = PARK_NEW(arena, ldl);
    group   *g        = PARK_ARRAY(scratch, pattern->count, group);
    int32_t *super_of = PARK_ARRAY(scratch, pattern->count, int32_t);
    if (f == NULL || g == NULL || super_of == NULL)
        return no_memory(err);
    PARK_TRY(columns_make(scratch, pattern, &l, err));
    size_t groups = groups_make(pattern, &l, g);
    for (size_t s = 0; s < groups; s++)
        for (int32_t c = g[s].first; c < g[s].end; c++)
            super_of[c] = (int32_t)s;
    PARK_TRY(lay_out(arena, &l, groups, g, super_of, f, plan, err));
    for (size_t s = 0; s < groups; s++) {
        int32_t last = g[s].end - 1;
        memcpy(f->rows + f->super[s].rows, l.index + l.start[last],
               (size_t)f->super[s].below * sizeof *f->rows);
    }
    for (size_t s = 0; s < groups; s++)
        program_write(f, super_of, &f->super[s]);
    for (size_t j = 0; j < pattern->count; j++) {
        const supernode *s = f->super + super_of[j];
        for (size_t p = pattern->start[j]; p < pattern->start[j + 1]; p++)
            place[p] = column_start(s, (int32_t)j) + row_in(f, s, pattern->index[p]);
    }
    plan->inside = f;
    return PARK_OK;
}

static park_status work_ldl(park_arena *arena, const park_spd_plan *plan, park_spd_work *work,
                            park_error *err)
{
    const ldl *f = plan->inside;
    ldl_work  *w = PARK_NEW(arena, ldl_work);
    if (w == NULL)
        return no_memory(err);
    *w = (ldl_work){PARK_ARRAY(arena, plan->count, double), PARK_ARRAY(arena, 2 * f->tallest + 1, double)};
    if (w->pivot == NULL || w->scratch == NULL)
        return no_memory(err);
    work->inside = w;
    return PARK_OK;
}

/* -- numbers -- */

/* One column with few rows below: every product has its place. */
static inline void eliminate_paired(double *restrict off, double *restrict u, double inverse, int32_t below,
                                    const int32_t *restrict place)
{
    for (int32_t i = 0; i < below; i++) {
        double l = u[i] * inverse;
        for (int32_t j = i; j < below; j++)
            off[*place++] -= u[j] * l;
        u[i] = l;
    }
}

/* Eliminate inside a panel: columns become those of L, pivots their inverses. Returns the bad column or -1. */
static inline int32_t eliminate_panel(double *restrict x, double *restrict diag, double *restrict pivot,
                                      int32_t width, int32_t height)
{
    for (int32_t c = 0; c < width; c++) {
        double *restrict column = x + (size_t)c * (size_t)height;
        double d                = column[c] + diag[c];
        if (!(d > 0.0))
            return c;
        double inverse = 1.0 / d;
        pivot[c]       = inverse;
        diag[c]        = d;
        for (int32_t k = c + 1; k < width; k++) {
            double *restrict other = x + (size_t)k * (size_t)height;
            double l               = column[k] * inverse;
            for (int32_t r = k; r < height; r++)
                other[r] -= column[r] * l;
        }
        for (int32_t r = c + 1; r < height; r++)
            column[r] *= inverse;
    }
    return -1;
}

/* sum[j] = products of row i with rows i.. of a panel of L (rows below start at x). */
static inline void row_products(const double *restrict x, const double *restrict d, int32_t width,
                                int32_t height, int32_t i, int32_t below, double *restrict sum)
{
    double v = x[i] * d[0];
    for (int32_t j = i; j < below; j++)
        sum[j] = x[j] * v;
    for (int32_t c = 1; c < width; c++) {
        const double *restrict column = x + (size_t)c * (size_t)height;
        double w                      = column[i] * d[c];
        for (int32_t j = i; j < below; j++)
            sum[j] += column[j] * w;
    }
}

static inline void update_ancestors(double *restrict off, const double *restrict x, const double *restrict d,
                                    const supernode *s, const int32_t *restrict program, double *restrict sum)
{
    int32_t height = s->width + s->below;
    for (int32_t i = 0; i < s->below;) {
        int32_t end                   = program[1];
        const int32_t *restrict start = program + 2, *restrict row = start + (end - i);
        int32_t from = i;
        for (; i < end; i++) {
            double *restrict target = off + start[i - from];
            row_products(x, d, s->width, height, i, s->below, sum);
            for (int32_t j = i; j < s->below; j++)
                target[row[j - from]] -= sum[j];
        }
        program = row + (s->below - from);
    }
}

static int32_t factor_forward(const ldl *f, double *restrict off, double *restrict diag,
                              double *restrict pivot, double *restrict scratch, double *restrict b)
{
    for (size_t k = 0; k < f->supers; k++) {
        const supernode *s    = f->super + k;
        double          *x    = off + s->panel;
        const int32_t   *rows = f->rows + s->rows;
        if (s->width == 1) {
            double d = x[0] + diag[s->first];
            if (!(d > 0.0))
                return s->first;
            pivot[s->first] = 1.0 / d;
            diag[s->first]  = d;
            if (s->below <= PAIRED)
                eliminate_paired(off, x + 1, pivot[s->first], s->below, f->program + s->program);
            else {
                for (int32_t r = 1; r <= s->below; r++)
                    x[r] *= pivot[s->first];
                update_ancestors(off, x + 1, diag + s->first, s, f->program + s->program, scratch);
            }
        } else {
            int32_t bad =
                eliminate_panel(x, diag + s->first, pivot + s->first, s->width, s->width + s->below);
            if (bad >= 0)
                return s->first + bad;
            update_ancestors(off, x + s->width, diag + s->first, s, f->program + s->program, scratch);
        }
        for (int32_t c = 0; c < s->width; c++) {
            const double *column = x + (size_t)c * (size_t)(s->width + s->below);
            double        v      = b[s->first + c];
            for (int32_t r = c + 1; r < s->width; r++)
                b[s->first + r] -= column[r] * v;
            for (int32_t r = 0; r < s->below; r++)
                b[rows[r]] -= column[s->width + r] * v;
        }
    }
    return -1;
}

static void forward(const ldl *f, const double *restrict off, double *restrict b)
{
    for (size_t k = 0; k < f->supers; k++) {
        const supernode *s    = f->super + k;
        const int32_t   *rows = f->rows + s->rows;
        for (int32_t c = 0; c < s->width; c++) {
            const double *column = off + s->panel + (size_t)c * (size_t)(s->width + s->below);
            double        v      = b[s->first + c];
            for (int32_t r = c + 1; r < s->width; r++)
                b[s->first + r] -= column[r] * v;
            for (int32_t r = 0; r < s->below; r++)
                b[rows[r]] -= column[s->width + r] * v;
        }
    }
}

static void backward(const ldl *f, const double *restrict off, const double *restrict pivot,
                     double *restrict b)
{
    for (size_t k = f->supers; k-- > 0;) {
        const supernode *s    = f->super + k;
        const int32_t   *rows = f->rows + s->rows;
        for (int32_t c = s->width; c-- > 0;) {
            const double *column = off + s->panel + (size_t)c * (size_t)(s->width + s->below);
            double        v      = b[s->first + c] * pivot[s->first + c];
            for (int32_t r = c + 1; r < s->width; r++)
                v -= column[r] * b[s->first + r];
            for (int32_t r = 0; r < s->below; r++)
                v -= column[s->width + r] * b[rows[r]];
            b[s->first + c] = v;
        }
    }
}

static int32_t solve_ldl(const park_spd_plan *plan, park_spd_work *work, double *b)
{
    const ldl *f   = plan->inside;
    ldl_work  *w   = work->inside;
    int32_t    bad = factor_forward(f, work->off, work->diag, w->pivot, w->scratch, b);
    if (bad < 0)
        backward(f, work->off, w->pivot, b);
    return bad;
}

static void again_ldl(const park_spd_plan *plan, park_spd_work *work, double *b)
{
    const ldl      *f = plan->inside;
    const ldl_work *w = work->inside;
    forward(f, work->off, b);
    backward(f, work->off, w->pivot, b);
}

const park_spd_face PARK_SPD_FACE_LDL = {plan_ldl, work_ldl, solve_ldl, again_ldl};
