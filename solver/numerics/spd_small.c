#include "numerics/spd_panel.h"
#include "base/wide.h"

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
PARK_INLINE int32_t factor(const int w, const int m, const park_panel *at)
{
    const int h = w + m;
    double    u[PARK_SMALL_W][PARK_SMALL_W + PARK_SMALL_M], l[PARK_SMALL_W][PARK_SMALL_W + PARK_SMALL_M],
        v[PARK_SMALL_W];
    double *const off = at->off, *const x = at->x, *const side = at->side;
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
        double d = u[c][c];
        if (!(d > 0.0))
            return c;
        double inverse = 1.0 / d;
        at->diag[c]    = d;
        at->pivot[c]   = inverse;
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
        double sum = l[0][w + i] * u[0][w + j];
        UNROLL
        for (int c = 1; c < w; c++)
            sum += l[c][w + i] * u[c][w + j];
        off[*list++] -= sum;
    }
    UNROLL
    for (int r = 0; r < m; r++) {
        double sum = l[0][w + r] * v[0];
        UNROLL
        for (int c = 1; c < w; c++)
            sum += l[c][w + r] * v[c];
        side[at->rows[r]] -= sum;
    }
    return -1;
}

PARK_INLINE void backward(const int w, const int m, const park_panel *at)
{
    const int     h = w + m;
    double        t[PARK_SMALL_M], v[PARK_SMALL_W];
    const double *x = at->x;
    UNROLL
    for (int r = 0; r < m; r++)
        t[r] = at->side[at->rows[r]];
    UNROLL
    for (int c = w - 1; c >= 0; c--) {
        double sum = at->b[c] * at->pivot[c];
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
PARK_INLINE int32_t factor_tall(const int w, const int m, const park_panel *at)
{
    const int h = w + m;
    double    u[PARK_SMALL_W][PARK_TALL_M], t[PARK_SMALL_W][PARK_SMALL_W], v[PARK_SMALL_W],
        inverse[PARK_SMALL_W];
    double *const off = at->off, *const x = at->x, *const side = at->side;
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
        if (!(t[c][c] > 0.0))
            return c;
        inverse[c]   = 1.0 / t[c][c];
        at->diag[c]  = t[c][c];
        at->pivot[c] = inverse[c];
        UNROLL
        for (int k = c + 1; k < w; k++) {
            double l = t[c][k] * inverse[c];
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
        double sum = 0.0;
        UNROLL
        for (int c = 0; c < w; c++) {
            double y = x[c * h + w + r];
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
        double l[PARK_SMALL_W];
        UNROLL
        for (int c = 0; c < w; c++)
            l[c] = x[c * h + w + i];
        for (int j = i; j < m; j++) {
            double sum = l[0] * u[0][j];
            UNROLL
            for (int c = 1; c < w; c++)
                sum += l[c] * u[c][j];
            off[*list++] -= sum;
        }
    }
    return -1;
}

PARK_INLINE void backward_tall(const int w, const int m, const park_panel *at)
{
    const int     h = w + m;
    double        v[PARK_SMALL_W];
    const double *x = at->x;
    UNROLL
    for (int c = 0; c < w; c++)
        v[c] = at->b[c] * at->pivot[c];
    for (int r = 0; r < m; r++) {
        double t = at->side[at->rows[r]];
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

/* One function a shape, and the tables of them. */
#define FUNCTIONS(w, m)                                                                                      \
    static int32_t factor_##w##_##m(const park_factor *f, const park_supernode *s, size_t count)             \
    {                                                                                                        \
        for (size_t i = 0; i < count; i++) {                                                                 \
            const park_panel at  = park_panel_of(f, s + i);                                                  \
            int32_t          bad = factor(w, m, &at);                                                        \
            if (bad >= 0)                                                                                    \
                return s[i].first + bad;                                                                     \
        }                                                                                                    \
        return -1;                                                                                           \
    }                                                                                                        \
    static void backward_##w##_##m(const park_factor *f, const park_supernode *s, size_t count)              \
    {                                                                                                        \
        for (size_t i = count; i-- > 0;) {                                                                   \
            const park_panel at = park_panel_of(f, s + i);                                                   \
            backward(w, m, &at);                                                                             \
        }                                                                                                    \
    }
#define FACTOR(w, m) factor_##w##_##m,
#define BACKWARD(w, m) backward_##w##_##m,
#define EACH_BELOW(w, DO) DO(w, 0) DO(w, 1) DO(w, 2) DO(w, 3) DO(w, 4) DO(w, 5) DO(w, 6) DO(w, 7) DO(w, 8)
#define EACH(DO) EACH_BELOW(1, DO) EACH_BELOW(2, DO) EACH_BELOW(3, DO) EACH_BELOW(4, DO)

EACH(FUNCTIONS)

int32_t (*const PARK_SMALL_FACTOR[PARK_SMALL_SHAPES])(const park_factor *, const park_supernode *,
                                                      size_t) = {EACH(FACTOR)};
void (*const PARK_SMALL_BACKWARD[PARK_SMALL_SHAPES])(const park_factor *, const park_supernode *,
                                                     size_t)  = {EACH(BACKWARD)};

/* One function a width for tall shapes. */
#define TALL(w)                                                                                              \
    static int32_t factor_tall_##w(const park_panel *at, int32_t below)                                      \
    {                                                                                                        \
        return factor_tall(w, below, at);                                                                    \
    }                                                                                                        \
    static void backward_tall_##w(const park_panel *at, int32_t below)                                       \
    {                                                                                                        \
        backward_tall(w, below, at);                                                                         \
    }
TALL(1)
TALL(2)
TALL(3)
TALL(4)

int32_t (*const PARK_TALL_FACTOR[PARK_SMALL_W])(const park_panel *, int32_t) = {factor_tall_1, factor_tall_2,
                                                                                factor_tall_3, factor_tall_4};
void (*const PARK_TALL_BACKWARD[PARK_SMALL_W])(const park_panel *, int32_t)  = {
     backward_tall_1, backward_tall_2, backward_tall_3, backward_tall_4};
