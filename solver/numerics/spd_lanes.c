/*
 * Systems of one pattern side by side: the walks of spd_ldl.c over vectors, a lane for each system. Kernels come twice: for
 * AVX2, and for whatever every processor has.
 */
#include "numerics/spd_engine.h"

#include <string.h>

#define PARK_NUM park_lane_num
#define PARK_PANEL park_lane_panel
#define PARK_NUM_POOR(d) 0 /* looked at when all is done: the other lanes go on */
#include "numerics/spd_panel.h"

#include "numerics/spd_kernels.h"

typedef struct lanes_work {
    double *pivot;   /* [count] 1 / D */
    double *scratch; /* [2 * tallest] */
} lanes_work;

typedef void kernel(const park_factor *f, const park_supernode *s, size_t count);

/* A function a shape, as wide as `width`. */
#define FUNCTIONS(w, m, name, width)                                                                         \
    static width void factor_##name##_##w##_##m(const park_factor *f, const park_supernode *s, size_t count) \
    {                                                                                                        \
        for (size_t i = 0; i < count; i++) {                                                                 \
            const park_lane_panel at = park_lane_panel_of(f, s + i);                                         \
            (void)factor(w, m, &at);                                                                         \
        }                                                                                                    \
    }                                                                                                        \
    static width void backward_##name##_##w##_##m(const park_factor *f, const park_supernode *s,             \
                                                  size_t count)                                              \
    {                                                                                                        \
        for (size_t i = count; i-- > 0;) {                                                                   \
            const park_lane_panel at = park_lane_panel_of(f, s + i);                                         \
            backward(w, m, &at);                                                                             \
        }                                                                                                    \
    }
#define FACTOR(w, m, name, width) factor_##name##_##w##_##m,
#define BACKWARD(w, m, name, width) backward_##name##_##w##_##m,
#define EACH_BELOW(w, DO, name, width)                                                                       \
    DO(w, 0, name, width)                                                                                    \
    DO(w, 1, name, width)                                                                                    \
    DO(w, 2, name, width)                                                                                    \
    DO(w, 3, name, width)                                                                                    \
    DO(w, 4, name, width)                                                                                    \
    DO(w, 5, name, width)                                                                                    \
    DO(w, 6, name, width)                                                                                    \
    DO(w, 7, name, width)                                                                                    \
    DO(w, 8, name, width)
#define EACH(DO, name, width)                                                                                \
    EACH_BELOW(1, DO, name, width)                                                                           \
    EACH_BELOW(2, DO, name, width) EACH_BELOW(3, DO, name, width) EACH_BELOW(4, DO, name, width)

EACH(FUNCTIONS, wide, PARK_WIDE)
EACH(FUNCTIONS, narrow, )
static kernel *const FACTOR_WIDE[PARK_SMALL_SHAPES]     = {EACH(FACTOR, wide, )};
static kernel *const FACTOR_NARROW[PARK_SMALL_SHAPES]   = {EACH(FACTOR, narrow, )};
static kernel *const BACKWARD_WIDE[PARK_SMALL_SHAPES]   = {EACH(BACKWARD, wide, )};
static kernel *const BACKWARD_NARROW[PARK_SMALL_SHAPES] = {EACH(BACKWARD, narrow, )};

/* -- walks -- */

PARK_INLINE void tall_factor(const park_supernode *s, const park_lane_panel *at)
{
    switch (s->width) {
    case 1:
        (void)factor_tall(1, s->below, at);
        break;
    case 2:
        (void)factor_tall(2, s->below, at);
        break;
    case 3:
        (void)factor_tall(3, s->below, at);
        break;
    default:
        (void)factor_tall(4, s->below, at);
        break;
    }
}

PARK_INLINE void tall_backward(const park_supernode *s, const park_lane_panel *at)
{
    switch (s->width) {
    case 1:
        backward_tall(1, s->below, at);
        break;
    case 2:
        backward_tall(2, s->below, at);
        break;
    case 3:
        backward_tall(3, s->below, at);
        break;
    default:
        backward_tall(4, s->below, at);
        break;
    }
}

PARK_INLINE void walk(const park_ldl *f, const park_factor *all, park_lane_num *scratch,
                      kernel *const *factors, kernel *const *backwards)
{
    for (size_t k = 0, to; k < f->supers; k = to) {
        to = park_ldl_run_end(f, k);
        if (f->super[k].shape < PARK_SHAPE_TALL)
            factors[f->super[k].shape](all, f->super + k, to - k);
        else
            for (const park_supernode *s = f->super + k; s < f->super + to; s++) {
                park_lane_panel at = park_lane_panel_of(all, s);
                if (s->shape == PARK_SHAPE_TALL)
                    tall_factor(s, &at);
                else
                    (void)large_factor(s, &at, scratch, f->tallest);
            }
    }
    for (size_t k = f->supers, from; k > 0; k = from) {
        from = park_ldl_run_start(f, k);
        if (f->super[from].shape < PARK_SHAPE_TALL)
            backwards[f->super[from].shape](all, f->super + from, k - from);
        else
            for (const park_supernode *s = f->super + k; s-- > f->super + from;) {
                park_lane_panel at = park_lane_panel_of(all, s);
                if (s->shape == PARK_SHAPE_TALL)
                    tall_backward(s, &at);
                else
                    large_backward(s, &at, scratch);
            }
    }
}

/* Lanes with a pivot that is not above zero. */
PARK_INLINE unsigned poor(const park_lane_num *pivot, size_t count)
{
    park_lane_mask good = {0};
    unsigned       bits = 0;
    good                = ~good;
    for (size_t i = 0; i < count; i++)
        good &= pivot[i] > (park_lane_num){0};
    for (int k = 0; k < PARK_LANES; k++)
        bits |= (good[k] == 0 ? 1u : 0u) << k;
    return bits;
}

static PARK_WIDE unsigned solve_wide(const park_ldl *f, const park_factor *all, double *scratch, size_t count)
{
    walk(f, all, (park_lane_num *)scratch, FACTOR_WIDE, BACKWARD_WIDE);
    return poor((const park_lane_num *)all->diag, count);
}

static unsigned solve_narrow(const park_ldl *f, const park_factor *all, double *scratch, size_t count)
{
    walk(f, all, (park_lane_num *)scratch, FACTOR_NARROW, BACKWARD_NARROW);
    return poor((const park_lane_num *)all->diag, count);
}

unsigned park_spd_lanes_solve_as(const park_spd_plan *plan, park_spd_work *work, double *b, bool wide)
{
    const park_ldl   *f   = plan->inside;
    const lanes_work *own = work->inside;
    const park_factor all = {work->off, work->diag, own->pivot, b, f->rows, f->program};
    return wide && PARK_WIDE_HERE ? solve_wide(f, &all, own->scratch, plan->count)
                                  : solve_narrow(f, &all, own->scratch, plan->count);
}

unsigned park_spd_lanes_solve(const park_spd_plan *plan, park_spd_work *work, double *b)
{
    return park_spd_lanes_solve_as(plan, work, b, true);
}

/* -- room -- */

double *park_spd_lanes_array(park_arena *arena, size_t count)
{
    enum { LINE = 64 };
    char *room =
        park_array(arena, count + 2, PARK_LANES * sizeof(double)); /* a line more than is asked for */
    return room == NULL ? NULL : (double *)(void *)(room + (LINE - (uintptr_t)room % LINE) % LINE);
}

park_status park_spd_lanes_make(park_arena *arena, const park_spd_plan *plan, park_spd_work *work,
                                park_error *err)
{
    if (plan->engine != PARK_SPD_LDL)
        return PARK_FAIL(err, PARK_E_RANGE, "lanes have a factor of our own alone");
    const park_ldl *f = plan->inside;
    lanes_work     *w = PARK_NEW(arena, lanes_work);
    work->diag        = park_spd_lanes_array(arena, plan->count);
    work->off         = park_spd_lanes_array(arena, plan->slots);
    work->inside      = w;
    if (w != NULL) {
        w->pivot   = park_spd_lanes_array(arena, plan->count);
        w->scratch = park_spd_lanes_array(arena, 2 * f->tallest + 1);
    }
    if (w == NULL || work->diag == NULL || work->off == NULL || w->pivot == NULL || w->scratch == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the factors of %d systems", PARK_LANES);
    return PARK_OK;
}

void park_spd_lanes_clear(const park_spd_plan *plan, park_spd_work *work)
{
    memset(work->diag, 0, PARK_LANES * plan->count * sizeof *work->diag);
    memset(work->off, 0, PARK_LANES * plan->slots * sizeof *work->off);
}
