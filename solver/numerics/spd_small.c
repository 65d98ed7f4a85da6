#define PARK_NUM double
#define PARK_PANEL park_panel
#define PARK_NUM_POOR(d) (!((d) > 0.0))
#include "numerics/spd_kernels.h"

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
