/*
 * The factorization is left-looking: column k of A is taken through the columns of L found so far. Which rows
 * it fills is a search in the graph of L (row i, once it is the pivot of column p, leads to the rows of
 * column p), and the order in which the search leaves the rows, reversed, is the order in which the
 * arithmetic must run.
 *
 * Memory: L and U grow in the arena by doubling; the rest is made in park_lu_new. During a factorization the
 * rows in `l` keep the numbers they have in the matrix; the solve looks up whose pivots they are.
 */
#include "base/lu.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

static const double PREFER_DIAGONAL = 0.1;
static const double LEAST_PIVOT = 1e-3; /* of what lies below it, where pivots are those of another matrix */
static const double VOID_PIVOT  = 16.0 * DBL_EPSILON; /* of the numbers it was computed from: mere rounding */
enum { REFINEMENTS = 3, WORD = 64 };

/* Columns of a factor, compressed. */
typedef struct factor {
    size_t  *start; /* [n + 1] */
    int32_t *index;
    double  *value;
    size_t   index_cap, value_cap;
} factor;

struct park_lu {
    park_arena        *arena;
    const park_sparse *matrix; /* borrowed from the last factor */
    int32_t            n;
    bool               whole;    /* zeros of the pattern are kept in the factors */
    int32_t           *order;    /* [n] column of A that is eliminated k-th */
    int32_t           *pivot_of; /* [n] step whose pivot a row is, -1 not yet */
    factor             l, u;     /* l: below the unit diagonal, by row of A; u: above the diagonal, by step */
    double            *diagonal; /* [n] of U */
    double            *scale;    /* [n] power of two for each row */
    double            *x;        /* [n] scratch: the column in work, zero outside a step */
    int32_t           *reach;    /* [n] scratch: filled rows, at the end, in the order of arithmetic */
    int32_t           *stack;    /* [n] scratch of the search */
    size_t            *next;     /* [n] scratch: entry at which a row's search goes on */
    int32_t           *seen;     /* [n] step + 1 in which a row was last reached */
    double            *step, *kept; /* [n] scratch of the solve */
};

static park_status no_memory(park_error *err, int32_t n)
{
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to factor a system of %d unknowns", (int)n);
}

/* ---- ordering ------------------------------------------------------------------------------------------ */

static void connect(uint64_t *bits, size_t words, int32_t i, int32_t j)
{
    bits[(size_t)i * words + (size_t)j / WORD] |= 1ull << (j % WORD);
}

static int32_t degree_of(const uint64_t *row, size_t words)
{
    int32_t count = 0;
    for (size_t w = 0; w < words; w++)
        count += __builtin_popcountll(row[w]);
    return count;
}

/* Minimum degree: eliminating a node joins its neighbours into a clique; rows of bits make that one OR each.
 */
static void order_by_degree(int32_t n, size_t words, uint64_t *bits, int32_t *degree, int32_t *order)
{
    for (int32_t i = 0; i < n; i++)
        degree[i] = degree_of(bits + (size_t)i * words, words);
    for (int32_t k = 0; k < n; k++) {
        int32_t least = -1;
        for (int32_t i = 0; i < n; i++)
            if (degree[i] >= 0 && (least < 0 || degree[i] < degree[least]))
                least = i;
        assert(least >= 0); /* n nodes, n rounds */
        order[k]            = least;
        degree[least]       = -1;
        const uint64_t *row = bits + (size_t)least * words;
        for (size_t w = 0; w < words; w++)
            for (uint64_t left = row[w]; left != 0; left &= left - 1) {
                int32_t   i     = (int32_t)(w * WORD) + __builtin_ctzll(left);
                uint64_t *other = bits + (size_t)i * words;
                for (size_t v = 0; v < words; v++)
                    other[v] |= row[v];
                other[(size_t)i / WORD] &= ~(1ull << (i % WORD));
                other[(size_t)least / WORD] &= ~(1ull << (least % WORD));
                degree[i] = degree_of(other, words);
            }
    }
}

/* Columns by rising number of entries, equal ones in their order. */
static void order_by_count(const park_sparse *a, int32_t *first, int32_t *order)
{
    for (int32_t j = 0; j < a->cols; j++)
        first[a->start[j + 1] - a->start[j]]++;
    for (int32_t c = 0, sum = 0; c <= a->rows; c++) {
        int32_t here = first[c];
        first[c]     = sum;
        sum += here;
    }
    for (int32_t j = 0; j < a->cols; j++)
        order[first[a->start[j + 1] - a->start[j]]++] = j;
}

static park_status order_columns(park_lu *lu, const park_sparse *a, park_error *err)
{
    int32_t  n      = lu->n;
    size_t   words  = ((size_t)n + WORD - 1) / WORD;
    int      small  = n <= PARK_LU_ORDER_MOST;
    int32_t *counts = PARK_ARRAY(lu->arena, (size_t)n + 1, int32_t);
    if (counts == NULL)
        return no_memory(err, n);
    if (!small) {
        order_by_count(a, counts, lu->order);
        return PARK_OK;
    }
    uint64_t *bits = PARK_ARRAY(lu->arena, (size_t)n * words, uint64_t);
    if (bits == NULL)
        return no_memory(err, n);
    for (int32_t j = 0; j < n; j++)
        for (size_t e = a->start[j]; e < a->start[j + 1]; e++)
            if (a->index[e] != j) {
                connect(bits, words, a->index[e], j);
                connect(bits, words, j, a->index[e]);
            }
    order_by_degree(n, words, bits, counts, lu->order);
    return PARK_OK;
}

park_status park_lu_new(park_arena *arena, const park_sparse *pattern, park_lu **lu_out, park_error *err)
{
    size_t n = (size_t)pattern->cols;
    if (pattern->rows != pattern->cols)
        return PARK_FAIL(err, PARK_E_RANGE, "a system of %d equations in %d unknowns is not square",
                         (int)pattern->rows, (int)pattern->cols);
    park_lu *lu = PARK_NEW(arena, park_lu);
    if (lu == NULL)
        return no_memory(err, pattern->cols);
    lu->arena    = arena;
    lu->n        = pattern->cols;
    lu->order    = PARK_ARRAY(arena, n, int32_t);
    lu->pivot_of = PARK_ARRAY(arena, n, int32_t);
    lu->l.start  = PARK_ARRAY(arena, n + 1, size_t);
    lu->u.start  = PARK_ARRAY(arena, n + 1, size_t);
    lu->diagonal = PARK_ARRAY(arena, n, double);
    lu->scale    = PARK_ARRAY(arena, n, double);
    lu->x        = PARK_ARRAY(arena, n, double);
    lu->reach    = PARK_ARRAY(arena, n, int32_t);
    lu->stack    = PARK_ARRAY(arena, n, int32_t);
    lu->next     = PARK_ARRAY(arena, n, size_t);
    lu->seen     = PARK_ARRAY(arena, n, int32_t);
    lu->step     = PARK_ARRAY(arena, n, double);
    lu->kept     = PARK_ARRAY(arena, n, double);
    if (lu->order == NULL || lu->pivot_of == NULL || lu->l.start == NULL || lu->u.start == NULL ||
        lu->diagonal == NULL || lu->scale == NULL || lu->x == NULL || lu->reach == NULL ||
        lu->stack == NULL || lu->next == NULL || lu->seen == NULL || lu->step == NULL || lu->kept == NULL)
        return no_memory(err, lu->n);
    PARK_TRY(order_columns(lu, pattern, err));
    *lu_out = lu;
    return PARK_OK;
}

/* ---- factorization ------------------------------------------------------------------------------------- */

/* Power of two that brings each row's largest entry into [1/2, 1). */
static park_status scale_rows(park_lu *lu, const park_sparse *a, park_error *err)
{
    memset(lu->scale, 0, (size_t)lu->n * sizeof *lu->scale);
    for (int32_t j = 0; j < a->cols; j++)
        for (size_t e = a->start[j]; e < a->start[j + 1]; e++) {
            if (!isfinite(a->value[e]))
                return PARK_FAIL(err, PARK_E_NUMERIC, "entry (%d, %d) of the linear system is %g",
                                 (int)a->index[e], (int)j, a->value[e]);
            lu->scale[a->index[e]] = fmax(lu->scale[a->index[e]], fabs(a->value[e]));
        }
    for (int32_t i = 0; i < lu->n; i++) {
        int exponent;
        if (!(lu->scale[i] > 0.0))
            return PARK_FAIL(err, PARK_E_NUMERIC, "row %d of the linear system is zero", (int)i + 1);
        frexp(lu->scale[i], &exponent);
        lu->scale[i] = ldexp(1.0, -exponent);
    }
    return PARK_OK;
}

/* Search from one row; puts every newly reached row in front of lu->reach[top] and returns the new top. */
static int32_t search(park_lu *lu, int32_t row, int32_t mark, int32_t top)
{
    int32_t depth = 0;
    lu->stack[0]  = row;
    lu->seen[row] = mark;
    lu->next[row] = lu->pivot_of[row] < 0 ? 0 : lu->l.start[lu->pivot_of[row]];
    while (depth >= 0) {
        int32_t i = lu->stack[depth], p = lu->pivot_of[i];
        size_t  end = p < 0 ? 0 : lu->l.start[p + 1];
        while (lu->next[i] < end && lu->seen[lu->l.index[lu->next[i]]] == mark)
            lu->next[i]++;
        if (lu->next[i] >= end) {
            lu->reach[--top] = i;
            depth--;
            continue;
        }
        int32_t child      = lu->l.index[lu->next[i]++];
        lu->seen[child]    = mark;
        lu->next[child]    = lu->pivot_of[child] < 0 ? 0 : lu->l.start[lu->pivot_of[child]];
        lu->stack[++depth] = child;
    }
    return top;
}

/* Column of A through the columns of L; lu->x holds the result on the rows reach[top..n-1]. Returns the top,
 * and in *size the largest number met, by which a cancelled pivot is recognised. */
static int32_t eliminate(park_lu *lu, const park_sparse *a, int32_t column, int32_t mark, double *size)
{
    int32_t top = lu->n;
    for (size_t e = a->start[column]; e < a->start[column + 1]; e++)
        if (lu->seen[a->index[e]] != mark)
            top = search(lu, a->index[e], mark, top);
    *size = 0.0;
    for (size_t e = a->start[column]; e < a->start[column + 1]; e++) {
        int32_t i = a->index[e];
        lu->x[i] += lu->scale[i] * a->value[e];
        *size = fmax(*size, fabs(lu->x[i]));
    }
    for (int32_t t = top; t < lu->n; t++) {
        int32_t p = lu->pivot_of[lu->reach[t]];
        double  x = lu->x[lu->reach[t]];
        if (p < 0 || x == 0.0)
            continue;
        for (size_t e = lu->l.start[p]; e < lu->l.start[p + 1]; e++) {
            lu->x[lu->l.index[e]] -= lu->l.value[e] * x;
            *size = fmax(*size, fabs(lu->x[lu->l.index[e]]));
        }
    }
    return top;
}

static int append(park_arena *arena, factor *f, size_t at, int32_t index, double value)
{
    if (!PARK_GROW(arena, f->index, at, f->index_cap) || !PARK_GROW(arena, f->value, at, f->value_cap))
        return 0;
    f->index[at] = index;
    f->value[at] = value;
    return 1;
}

/* The pivot row among the rows not yet used; -1 when all are zero. */
static int32_t choose(const park_lu *lu, int32_t top, int32_t column)
{
    int32_t best = -1;
    for (int32_t t = top; t < lu->n; t++) {
        int32_t i = lu->reach[t];
        if (lu->pivot_of[i] >= 0)
            continue;
        double gain = best < 0 ? INFINITY : fabs(lu->x[i]) - fabs(lu->x[best]);
        if (gain > 0.0 || (gain == 0.0 && i < best)) /* ties by index: not by the order of the search */
            best = i;
    }
    if (best >= 0 && lu->pivot_of[column] < 0 && fabs(lu->x[column]) >= PREFER_DIAGONAL * fabs(lu->x[best]))
        return column;
    return best;
}

/* Column k of L and U out of lu->x; clears lu->x. */
static park_status store(park_lu *lu, int32_t k, int32_t top, int32_t pivot, park_error *err)
{
    size_t l_end = lu->l.start[k], u_end = lu->u.start[k];
    int    fits     = 1;
    lu->diagonal[k] = lu->x[pivot];
    for (int32_t t = top; t < lu->n; t++) {
        int32_t i = lu->reach[t];
        double  x = lu->x[i];
        lu->x[i]  = 0.0;
        if (i == pivot || (x == 0.0 && !lu->whole) || !fits)
            continue;
        if (lu->pivot_of[i] >= 0)
            fits = append(lu->arena, &lu->u, u_end++, lu->pivot_of[i], x);
        else
            fits = append(lu->arena, &lu->l, l_end++, i, x / lu->diagonal[k]);
    }
    lu->pivot_of[pivot] = k;
    lu->l.start[k + 1]  = l_end;
    lu->u.start[k + 1]  = u_end;
    return fits ? PARK_OK : no_memory(err, lu->n);
}

park_status park_lu_factor(park_lu *lu, const park_sparse *matrix, park_error *err)
{
    lu->matrix = NULL;
    if (matrix->rows != lu->n || matrix->cols != lu->n)
        return PARK_FAIL(err, PARK_E_RANGE, "a matrix of %d by %d does not fit a system of %d unknowns",
                         (int)matrix->rows, (int)matrix->cols, (int)lu->n);
    PARK_TRY(scale_rows(lu, matrix, err));
    memset(lu->x, 0, (size_t)lu->n * sizeof *lu->x);
    for (int32_t i = 0; i < lu->n; i++) {
        lu->pivot_of[i] = -1;
        lu->seen[i]     = 0;
    }
    for (int32_t k = 0; k < lu->n; k++) {
        int32_t column = lu->order[k];
        double  size;
        int32_t top   = eliminate(lu, matrix, column, k + 1, &size);
        int32_t pivot = choose(lu, top, column);
        if (pivot < 0 || !(fabs(lu->x[pivot]) > VOID_PIVOT * size))
            return PARK_FAIL(err, PARK_E_NUMERIC,
                             "the linear system has no single solution: no pivot in column %d",
                             (int)column + 1);
        PARK_TRY(store(lu, k, top, pivot, err));
    }
    lu->matrix = matrix;
    return PARK_OK;
}

/* Column k by the pattern that stands; false where its pivot has become too small against what lies below it. */
static bool column_again(park_lu *lu, const park_sparse *a, int32_t k, const int32_t *row_of)
{
    double largest = 0.0;
    for (size_t e = a->start[lu->order[k]]; e < a->start[lu->order[k] + 1]; e++)
        lu->x[a->index[e]] += lu->scale[a->index[e]] * a->value[e];
    for (size_t e = lu->u.start[k]; e < lu->u.start[k + 1]; e++) { /* stored in the order of elimination */
        int32_t p        = lu->u.index[e];
        double  y        = lu->x[row_of[p]];
        lu->x[row_of[p]] = 0.0;
        lu->u.value[e]   = y;
        for (size_t l = lu->l.start[p]; y != 0.0 && l < lu->l.start[p + 1]; l++)
            lu->x[lu->l.index[l]] -= lu->l.value[l] * y;
    }
    double pivot     = lu->x[row_of[k]];
    lu->x[row_of[k]] = 0.0;
    lu->diagonal[k]  = pivot;
    for (size_t l = lu->l.start[k]; l < lu->l.start[k + 1]; l++) {
        double x              = lu->x[lu->l.index[l]];
        largest               = fmax(largest, fabs(x));
        lu->l.value[l]        = x / pivot;
        lu->x[lu->l.index[l]] = 0.0;
    }
    return fabs(pivot) > LEAST_PIVOT * largest && isfinite(pivot) && pivot != 0.0;
}

park_status park_lu_factor_again(park_lu *lu, const park_sparse *matrix, park_error *err)
{
    bool stands = lu->whole && lu->matrix != NULL && matrix->rows == lu->n && matrix->cols == lu->n;
    if (stands) {
        PARK_TRY(scale_rows(lu, matrix, err));
        memset(lu->x, 0, (size_t)lu->n * sizeof *lu->x);
        for (int32_t i = 0; i < lu->n; i++)
            lu->stack[lu->pivot_of[i]] = i;
        for (int32_t k = 0; stands && k < lu->n; k++)
            stands = column_again(lu, matrix, k, lu->stack);
    }
    if (stands)
        return PARK_OK;
    lu->whole = true;
    return park_lu_factor(lu, matrix, err);
}

void park_lu_forget(park_lu *lu)
{
    lu->matrix = NULL;
}

size_t park_lu_entries(const park_lu *lu)
{
    return lu->matrix == NULL ? 0 : lu->l.start[lu->n] + lu->u.start[lu->n] + (size_t)lu->n;
}

/* ---- solve --------------------------------------------------------------------------------------------- */

/* r [n], by row of A and scaled, becomes the solution z [n], by column of A. r is spent. */
static void substitute(const park_lu *lu, double *r, double *z, int32_t *row_of)
{
    for (int32_t i = 0; i < lu->n; i++)
        row_of[lu->pivot_of[i]] = i;
    for (int32_t k = 0; k < lu->n; k++) {
        double y = r[row_of[k]];
        for (size_t e = lu->l.start[k]; y != 0.0 && e < lu->l.start[k + 1]; e++)
            r[lu->l.index[e]] -= lu->l.value[e] * y;
    }
    for (int32_t k = lu->n; k-- > 0;) {
        double y = r[row_of[k]] / lu->diagonal[k];
        for (size_t e = lu->u.start[k]; y != 0.0 && e < lu->u.start[k + 1]; e++)
            r[row_of[lu->u.index[e]]] -= lu->u.value[e] * y;
        z[lu->order[k]] = y;
    }
}

/* r = scale (b - A x); returns its largest size. */
static double residual(const park_lu *lu, const double *b, const double *x, double *r)
{
    double largest = 0.0;
    park_sparse_multiply(lu->matrix, x, r);
    for (int32_t i = 0; i < lu->n; i++) {
        r[i]    = lu->scale[i] * (b[i] - r[i]);
        largest = fmax(largest, fabs(r[i]));
    }
    return largest;
}

park_status park_lu_solve(park_lu *lu, const double *b, double *x, park_error *err)
{
    size_t bytes = (size_t)lu->n * sizeof *x;
    if (lu->matrix == NULL)
        return PARK_FAIL(err, PARK_E_NUMERIC, "the linear system was not factored");
    for (int32_t i = 0; i < lu->n; i++)
        if (!isfinite(b[i]))
            return PARK_FAIL(err, PARK_E_NUMERIC, "right-hand side %d of the linear system is %g", (int)i + 1,
                             b[i]);

    memset(x, 0, bytes);
    double before = residual(lu, b, x, lu->step);
    for (int round = 0; round <= REFINEMENTS && before > 0.0; round++) {
        memcpy(lu->kept, x, bytes);
        substitute(lu, lu->step, lu->x, lu->stack);
        for (int32_t i = 0; i < lu->n; i++)
            x[i] += lu->x[i];
        double after = residual(lu, b, x, lu->step);
        if (!(after < before)) { /* rounding is reached: the point before was as good */
            if (round > 0)
                memcpy(x, lu->kept, bytes);
            break;
        }
        before = after;
    }
    for (int32_t i = 0; i < lu->n; i++)
        if (!isfinite(x[i]))
            return PARK_FAIL(err, PARK_E_NUMERIC, "unknown %d of the linear system overflows", (int)i + 1);
    return PARK_OK;
}

park_status park_lu_apply(park_lu *lu, const double *b, double *x, park_error *err)
{
    if (lu->matrix == NULL)
        return PARK_FAIL(err, PARK_E_NUMERIC, "the linear system was not factored");
    for (int32_t i = 0; i < lu->n; i++)
        lu->step[i] = lu->scale[i] * b[i];
    substitute(lu, lu->step, x, lu->stack);
    for (int32_t i = 0; i < lu->n; i++)
        if (!isfinite(x[i]))
            return PARK_FAIL(err, PARK_E_NUMERIC, "unknown %d of the linear system overflows", (int)i + 1);
    return PARK_OK;
}
