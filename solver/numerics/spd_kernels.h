/*
 * spd_kernels.h - the arithmetic of one supernode, written once for a number and for a number of each lane: the same
 * operations in the same order, so a lane has the bits of a system solved alone. Included with
 *   PARK_NUM          what a number is: double, or a vector of doubles
 *   PARK_PANEL        the panel of such numbers (spd_panel.h)
 *   PARK_NUM_POOR(d)  whether a pivot ends the factorization
 * Looks down on: spd_panel.h.
 */
#ifndef PARK_NUMERICS_SPD_KERNELS_H
#define PARK_NUMERICS_SPD_KERNELS_H

#include "numerics/spd_panel.h"

#include <stdbool.h>

/* Loops of fixed length become straight code. */
#if defined(__clang__)
#define UNROLL _Pragma("unroll")
#elif defined(__GNUC__)
#define UNROLL _Pragma("GCC unroll 12")
#else
#define UNROLL
#endif

/* Eliminate w columns with m rows below: everything is read into registers first, so loops can be unrolled. Returns the bad
 * column or -1. */
PARK_INLINE int32_t factor(const int w, const int m, const PARK_PANEL *at)
{
    const int h = w + m;
    PARK_NUM  u[PARK_SMALL_W][PARK_SMALL_W + PARK_SMALL_M], l[PARK_SMALL_W][PARK_SMALL_W + PARK_SMALL_M],
        v[PARK_SMALL_W];
    PARK_NUM *const off = at->off, *const x = at->x, *const side = at->side;
    const int32_t *list = at->program;
    UNROLL
    for (int c = 0; c < w; c++) {
        v[c] = at->b[c];
        UNROLL
        for (int r = c; r < h; r++)
            u[c][r] = x[c * h + r];
        u[c][c] += at->diag[c];
    }
    UNROLL
    for (int c = 0; c < w; c++) {
        PARK_NUM d = u[c][c];
        if (PARK_NUM_POOR(d))
            return c;
        PARK_NUM inverse = 1.0 / d;
        at->diag[c]      = d;
        at->pivot[c]     = inverse;
        UNROLL
        for (int r = c + 1; r < h; r++)
            l[c][r] = u[c][r] * inverse;
        UNROLL
        for (int k = c + 1; k < w; k++) {
            v[k] -= l[c][k] * v[c];
            UNROLL
            for (int r = k; r < h; r++)
                u[k][r] -= u[c][r] * l[c][k];
        }
    }
    UNROLL
    for (int c = 0; c < w; c++) {
        at->b[c] = v[c];
        UNROLL
        for (int r = c + 1; r < h; r++)
            x[c * h + r] = l[c][r];
    }
    UNROLL
    for (int i = 0; i < m; i++)
        UNROLL
    for (int j = i; j < m; j++) {
        PARK_NUM sum = l[0][w + i] * u[0][w + j];
        UNROLL
        for (int c = 1; c < w; c++)
            sum += l[c][w + i] * u[c][w + j];
        off[*list++] -= sum;
    }
    UNROLL
    for (int r = 0; r < m; r++) {
        PARK_NUM sum = l[0][w + r] * v[0];
        UNROLL
        for (int c = 1; c < w; c++)
            sum += l[c][w + r] * v[c];
        side[at->rows[r]] -= sum;
    }
    return -1;
}

PARK_INLINE void backward(const int w, const int m, const PARK_PANEL *at)
{
    const int       h = w + m;
    PARK_NUM        t[PARK_SMALL_M], v[PARK_SMALL_W];
    const PARK_NUM *x = at->x;
    UNROLL
    for (int r = 0; r < m; r++)
        t[r] = at->side[at->rows[r]];
    UNROLL
    for (int c = w - 1; c >= 0; c--) {
        PARK_NUM sum = at->b[c] * at->pivot[c];
        UNROLL
        for (int r = c + 1; r < w; r++)
            sum -= x[c * h + r] * v[r];
        UNROLL
        for (int r = 0; r < m; r++)
            sum -= x[c * h + w + r] * t[r];
        v[c] = sum;
    }
    UNROLL
    for (int c = 0; c < w; c++)
        at->b[c] = v[c];
}

/* The same for w columns with any number of rows below up to PARK_TALL_M. */
PARK_INLINE int32_t factor_tall(const int w, const int m, const PARK_PANEL *at)
{
    const int h = w + m;
    PARK_NUM  u[PARK_SMALL_W][PARK_TALL_M], t[PARK_SMALL_W][PARK_SMALL_W], v[PARK_SMALL_W],
        inverse[PARK_SMALL_W];
    PARK_NUM *const off = at->off, *const x = at->x, *const side = at->side;
    const int32_t *list = at->program;
    UNROLL
    for (int c = 0; c < w; c++) {
        v[c] = at->b[c];
        UNROLL
        for (int r = c; r < w; r++)
            t[c][r] = x[c * h + r];
        t[c][c] += at->diag[c];
    }
    UNROLL
    for (int c = 0; c < w; c++) {
        if (PARK_NUM_POOR(t[c][c]))
            return c;
        inverse[c]   = 1.0 / t[c][c];
        at->diag[c]  = t[c][c];
        at->pivot[c] = inverse[c];
        UNROLL
        for (int k = c + 1; k < w; k++) {
            PARK_NUM l = t[c][k] * inverse[c];
            v[k] -= l * v[c];
            UNROLL
            for (int r = k; r < w; r++)
                t[k][r] -= t[c][r] * l;
            x[c * h + k] = l;
        }
    }
    UNROLL
    for (int c = 0; c < w; c++)
        at->b[c] = v[c];
    for (int r = 0; r < m; r++) {
        PARK_NUM sum = {0};
        UNROLL
        for (int c = 0; c < w; c++) {
            PARK_NUM y = x[c * h + w + r];
            UNROLL
            for (int k = 0; k < c; k++)
                y -= u[k][r] * x[k * h + c];
            u[c][r]          = y;
            x[c * h + w + r] = y * inverse[c];
            sum += y * inverse[c] * v[c];
        }
        side[at->rows[r]] -= sum;
    }
    for (int i = 0; i < m; i++) {
        PARK_NUM l[PARK_SMALL_W];
        UNROLL
        for (int c = 0; c < w; c++)
            l[c] = x[c * h + w + i];
        for (int j = i; j < m; j++) {
            PARK_NUM sum = l[0] * u[0][j];
            UNROLL
            for (int c = 1; c < w; c++)
                sum += l[c] * u[c][j];
            off[*list++] -= sum;
        }
    }
    return -1;
}

PARK_INLINE void backward_tall(const int w, const int m, const PARK_PANEL *at)
{
    const int       h = w + m;
    PARK_NUM        v[PARK_SMALL_W];
    const PARK_NUM *x = at->x;
    UNROLL
    for (int c = 0; c < w; c++)
        v[c] = at->b[c] * at->pivot[c];
    for (int r = 0; r < m; r++) {
        PARK_NUM t = at->side[at->rows[r]];
        UNROLL
        for (int c = 0; c < w; c++)
            v[c] -= x[c * h + w + r] * t;
    }
    UNROLL
    for (int c = w - 1; c >= 0; c--) {
        UNROLL
        for (int r = c + 1; r < w; r++)
            v[c] -= x[c * h + r] * v[r];
        at->b[c] = v[c];
    }
}

/* -- numbers: large shapes -- */

/* y -= sum of columns a0 .. a3 with weights v. */
PARK_INLINE void subtract_columns(PARK_NUM *restrict y, const PARK_NUM *restrict a, size_t height,
                                  int32_t wide, const PARK_NUM *restrict v, int32_t count)
{
    int32_t c = 0;
    for (; c + 4 <= wide; c += 4) {
        const PARK_NUM *restrict a0 = a + (size_t)c * height, *restrict a1 = a0 + height,
                                 *restrict a2 = a1 + height, *restrict a3 = a2 + height;
        PARK_NUM v0 = v[c], v1 = v[c + 1], v2 = v[c + 2], v3 = v[c + 3];
        for (int32_t r = 0; r < count; r++)
            y[r] -= (a0[r] * v0 + a1[r] * v1) + (a2[r] * v2 + a3[r] * v3);
    }
    for (; c < wide; c++) {
        const PARK_NUM *restrict a0 = a + (size_t)c * height;
        PARK_NUM v0                 = v[c];
        for (int32_t r = 0; r < count; r++)
            y[r] -= a0[r] * v0;
    }
}

/* Eliminate inside a panel, column after column from those before it. weight [width] is scratch. */
PARK_INLINE int32_t panel_factor(const park_supernode *s, const PARK_PANEL *at, PARK_NUM *weight)
{
    int32_t w = s->width, h = s->width + s->below;
    for (int32_t k = 0; k < w; k++) {
        PARK_NUM *column = at->x + (size_t)k * (size_t)h;
        for (int32_t c = 0; c < k; c++)
            weight[c] = at->x[(size_t)c * (size_t)h + (size_t)k] * at->diag[c];
        subtract_columns(column + k, at->x + k, (size_t)h, k, weight, h - k);
        PARK_NUM d = column[k] + at->diag[k];
        if (PARK_NUM_POOR(d))
            return k;
        PARK_NUM inverse = 1.0 / d;
        at->diag[k]      = d;
        at->pivot[k]     = inverse;
        for (int32_t r = k + 1; r < h; r++)
            column[r] *= inverse;
    }
    return -1;
}

/* Minus the products of row i with rows i .. below-1: sum[i..]. */
PARK_INLINE void row_products(const park_supernode *s, const PARK_PANEL *at, int32_t i,
                              PARK_NUM *restrict weight, PARK_NUM *restrict sum)
{
    int32_t         w = s->width, h = s->width + s->below;
    const PARK_NUM *x = at->x + w + i;
    for (int32_t c = 0; c < w; c++)
        weight[c] = x[(size_t)c * (size_t)h] * at->diag[c];
    for (int32_t j = 0; j < s->below - i; j++)
        sum[j] = (PARK_NUM){0};
    subtract_columns(sum, x, (size_t)h, w, weight, s->below - i);
}

PARK_INLINE void update_listed(const park_supernode *s, const PARK_PANEL *at, PARK_NUM *weight,
                               PARK_NUM *restrict sum)
{
    PARK_NUM *restrict off       = at->off;
    const int32_t *restrict list = at->program;
    for (int32_t i = 0; i < s->below; i++) {
        row_products(s, at, i, weight, sum);
        for (int32_t j = 0; j < s->below - i; j++)
            off[list[j]] += sum[j];
        list += s->below - i;
    }
}

PARK_INLINE void update_segments(const park_supernode *s, const PARK_PANEL *at, PARK_NUM *weight,
                                 PARK_NUM *restrict sum)
{
    const int32_t *program = at->program;
    for (int32_t i = 0; i < s->below;) {
        int32_t        from = i, end = program[1];
        const int32_t *start = program + 2, *row = start + (end - from);
        bool           joined =
            row[s->below - 1 - from] - row[0] == s->below - 1 - from; /* rows of the ancestor in one piece */
        for (; i < end; i++) {
            PARK_NUM *restrict target   = at->off + start[i - from];
            const int32_t *restrict hit = row + (i - from);
            row_products(s, at, i, weight, sum);
            if (joined)
                for (int32_t j = 0; j < s->below - i; j++)
                    target[hit[0] + j] += sum[j];
            else
                for (int32_t j = 0; j < s->below - i; j++)
                    target[hit[j]] += sum[j];
        }
        program = row + (s->below - from);
    }
}

PARK_INLINE void large_forward(const park_supernode *s, const PARK_PANEL *at, PARK_NUM *restrict sum)
{
    int32_t w = s->width, h = s->width + s->below;
    for (int32_t c = 0; c < w; c++) {
        const PARK_NUM *column = at->x + (size_t)c * (size_t)h;
        PARK_NUM        v      = at->b[c];
        for (int32_t r = c + 1; r < w; r++)
            at->b[r] -= column[r] * v;
    }
    for (int32_t r = 0; r < s->below; r++)
        sum[r] = (PARK_NUM){0};
    subtract_columns(sum, at->x + w, (size_t)h, w, at->b, s->below);
    for (int32_t r = 0; r < s->below; r++)
        at->side[at->rows[r]] += sum[r];
}

/* *from -= products of a and b, which are summed in eight places. */
PARK_INLINE void subtract_dot(PARK_NUM *from, const PARK_NUM *restrict a, const PARK_NUM *restrict b,
                              int32_t   count)
{
    PARK_NUM s[8] = {0};
    int32_t  i    = 0;
    for (; i + 8 <= count; i += 8)
        for (int32_t k = 0; k < 8; k++)
            s[k] += a[i + k] * b[i + k];
    PARK_NUM sum = ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7]));
    for (; i < count; i++)
        sum += a[i] * b[i];
    *from -= sum;
}

/* t: [width + below] what stands in the rows of the panel. */
PARK_INLINE void large_backward(const park_supernode *s, const PARK_PANEL *at, PARK_NUM *restrict t)
{
    int32_t w = s->width, h = s->width + s->below;
    for (int32_t r = 0; r < s->below; r++)
        t[w + r] = at->side[at->rows[r]];
    for (int32_t c = w - 1; c >= 0; c--) {
        PARK_NUM v = at->b[c] * at->pivot[c];
        subtract_dot(&v, at->x + (size_t)c * (size_t)h + c + 1, t + c + 1, h - c - 1);
        at->b[c] = t[c] = v;
    }
}

PARK_INLINE int32_t large_factor(const park_supernode *s, const PARK_PANEL *at, PARK_NUM *scratch,
                                 size_t tallest)
{
    int32_t bad = panel_factor(s, at, scratch + tallest);
    if (bad >= 0)
        return bad;
    large_forward(s, at, scratch);
    if (s->below <= PARK_LISTED)
        update_listed(s, at, scratch + tallest, scratch);
    else
        update_segments(s, at, scratch + tallest, scratch);
    return -1;
}

#endif
