/*
 * The numbers of lane k stand at [i * PARK_LANES + k]: a vector is one pipe or point of all lanes. The work of a lane sees
 * its own places only (park_at), so what is done lane by lane is the code of a single network; here are the pipes, the
 * heads and the lockstep. Sums keep the order of sweep.c: by chunks of pipes, eight places a chunk.
 */
#include "hydraulics/lanes.h"
#include "hydraulics/balance.h"
#include "hydraulics/steady.h"

#include <math.h>
#include <string.h>

enum { L = PARK_LANES, PLACES = 8, BLOCK = 64 /* pipes that stay in the nearest cache; PLACES divide it */ };

typedef double  num __attribute__((vector_size(8 * PARK_LANES), may_alias));
typedef int64_t mask __attribute__((vector_size(8 * PARK_LANES), may_alias));

#define SIZE_OF(x) ((num)((mask)(x)&INT64_MAX))
#define PICK(m, a, b) ((num)(((m) & (mask)(a)) | (~(m) & (mask)(b))))

struct park_hydraulic_lanes {
    const park_hydraulic_plan *base, *plan[PARK_LANES];
    park_hydraulic_work       *work[PARK_LANES], *alone;
    park_spd_work              system;
    /* [.. * PARK_LANES] as in park_hydraulic_work */
    double    *head, *step, *diag, *side, *load, *flow, *give, *next;
    park_pipes pipe;                /* core pipes of all lanes */
    double    *loss, *slope, *lost; /* [pipes * PARK_LANES] laws of open pipes at the flows `lost` */
    bool       lost_known;
    int32_t   *from, *to, *slot; /* [pipes] of the plan, as places of doubles */
};

/* -- room -- */

static park_status no_memory(park_error *err)
{
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for hydraulics in %d lanes", PARK_LANES);
}

/* The works' eyes: each begins at its lane. */
static void look(park_hydraulic_lanes *lanes)
{
    for (size_t k = 0; k < L; k++) {
        park_hydraulic_work *w = lanes->work[k];
        w->head = lanes->head + k, w->step = lanes->step + k, w->side = lanes->side + k;
        w->load = lanes->load + k, w->flow = lanes->flow + k, w->give = lanes->give + k;
        w->next = lanes->next + k, w->diag = lanes->system.diag + k;
        w->system.diag = w->diag, w->system.off = lanes->system.off + k;
    }
}

park_status park_hydraulic_lanes_make(park_arena *arena, const park_hydraulic_plan *base,
                                      park_hydraulic_lanes **made, park_error *err)
{
    park_hydraulic_lanes *lanes = PARK_NEW(arena, park_hydraulic_lanes);
    if (lanes == NULL)
        return no_memory(err);
    if (base->spd->slots > INT32_MAX / L || base->points > INT32_MAX / L)
        return PARK_FAIL(err, PARK_E_RANGE, "a network of %zu nodes is too large for lanes", base->nodes);
    lanes->base = base;
    PARK_TRY(park_spd_lanes_make(arena, base->spd, &lanes->system, err));
    double **points[] = {&lanes->head, &lanes->step, &lanes->diag, &lanes->side, &lanes->load};
    double **cores[]  = {&lanes->flow, &lanes->give, &lanes->next};
    bool     full     = false;
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++)
        full |= (*points[i] = park_spd_lanes_array(arena, base->points)) == NULL;
    for (size_t i = 0; i < sizeof cores / sizeof cores[0]; i++)
        full |= (*cores[i] = park_spd_lanes_array(arena, base->cores)) == NULL;
    lanes->system.diag = lanes->diag; /* fixed heads have places too */
    size_t dw          = base->pipe.formula == PARK_NET_DARCY_WEISBACH ? base->pipes : 0;
    lanes->pipe        = (park_pipes){.count      = base->pipes * L,
                                      .formula    = base->pipe.formula,
                                      .resistance = park_spd_lanes_array(arena, base->pipes),
                                      .minor      = park_spd_lanes_array(arena, base->pipes),
                                      .rough      = park_spd_lanes_array(arena, dw),
                                      .thin       = park_spd_lanes_array(arena, dw)};
    lanes->loss        = park_spd_lanes_array(arena, base->pipes);
    lanes->slope       = park_spd_lanes_array(arena, base->pipes);
    lanes->lost        = park_spd_lanes_array(arena, base->pipes);
    lanes->from        = PARK_ARRAY(arena, base->pipes, int32_t);
    lanes->to          = PARK_ARRAY(arena, base->pipes, int32_t);
    lanes->slot        = PARK_ARRAY(arena, base->pipes, int32_t);
    full |= lanes->loss == NULL || lanes->slope == NULL || lanes->lost == NULL || lanes->from == NULL ||
            lanes->to == NULL || lanes->slot == NULL;
    if (full || lanes->pipe.resistance == NULL || lanes->pipe.minor == NULL || lanes->pipe.rough == NULL ||
        lanes->pipe.thin == NULL)
        return no_memory(err);
    PARK_TRY(park_hydraulic_work_make(arena, base, &lanes->alone, err));
    for (size_t c = 0; c < base->pipes; c++) {
        lanes->from[c] = base->from[c] * L;
        lanes->to[c]   = base->to[c] * L;
        lanes->slot[c] = base->slot[c] * L;
    }
    for (size_t k = 0; k < L; k++) {
        PARK_TRY(park_hydraulic_work_lane(arena, base, &lanes->work[k], err));
        PARK_TRY(park_hydraulic_lanes_seat(lanes, k, base, err)); /* empty lanes compute too */
    }
    look(lanes);
    *made = lanes;
    return PARK_OK;
}

park_status park_hydraulic_lanes_seat(park_hydraulic_lanes *lanes, size_t k, const park_hydraulic_plan *plan,
                                      park_error *err)
{
    if (plan->spd != lanes->base->spd || plan->from != lanes->base->from)
        return PARK_FAIL(err, PARK_E_RANGE, "a network of another plan cannot take a lane");
    lanes->plan[k]        = plan;
    lanes->work[k]->known = false;
    lanes->lost_known     = false;
    for (size_t c = 0; c < plan->pipes; c++) {
        lanes->pipe.resistance[c * L + k] = plan->pipe.resistance[c];
        lanes->pipe.minor[c * L + k]      = plan->pipe.minor[c];
    }
    for (size_t c = 0; c < plan->pipes && plan->pipe.formula == PARK_NET_DARCY_WEISBACH; c++) {
        lanes->pipe.rough[c * L + k] = plan->pipe.rough[c];
        lanes->pipe.thin[c * L + k]  = plan->pipe.thin[c];
    }
    return PARK_OK;
}

/* -- a sweep -- */

/* What a sweep is asked of all lanes. */
typedef struct sweep_call {
    bool   stepped;
    bool   runs[PARK_LANES]; /* lanes that iterate; the others stand still */
    double relax[PARK_LANES];
    size_t shut[PARK_LANES]; /* next of the lane's shut pipes */
    size_t next_shut;        /* the first of those */
} sweep_call;

/* Sums and largest of a chunk's sizes, and where the largest stands. */
typedef struct gauge {
    num sum[PLACES], most, at;
} gauge;

#define GAUGE_CLEAR(g) memset(&(g), 0, sizeof(g))
#define GAUGE_LARGEST(most, at, x, c)                                                                        \
    do {                                                                                                     \
        mask above_ = (x) > (most);                                                                          \
        (most)      = PICK(above_, x, most);                                                                 \
        (at)        = PICK(above_, c, at);                                                                   \
    } while (0)
#define GAUGE_SUM(sum)                                                                                       \
    ((((sum)[0] + (sum)[4]) + ((sum)[1] + (sum)[5])) + (((sum)[2] + (sum)[6]) + ((sum)[3] + (sum)[7])))

/* Pipes a .. b-1 of a chunk in turns of PLACES, DO(c, place); from `whole` on the first place takes all. */
#define EACH_PIPE(a, b, whole, DO)                                                                           \
    do {                                                                                                     \
        size_t c_ = (a);                                                                                     \
        for (; c_ < (whole) && c_ < (b); c_ += PLACES) {                                                     \
            DO(c_, 0);                                                                                       \
            DO(c_ + 1, 1);                                                                                   \
            DO(c_ + 2, 2);                                                                                   \
            DO(c_ + 3, 3);                                                                                   \
            DO(c_ + 4, 4);                                                                                   \
            DO(c_ + 5, 5);                                                                                   \
            DO(c_ + 6, 6);                                                                                   \
            DO(c_ + 7, 7);                                                                                   \
        }                                                                                                    \
        for (; c_ < (b); c_++)                                                                               \
            DO(c_, 0);                                                                                       \
    } while (0)

/* The vector that begins at a double. */
#define AT(array, i) (*(num *)((array) + (i)))
#define OF(array, i) (*(const num *)((array) + (i)))

/* Flows of pipes a .. b-1 after the step. */
PARK_INLINE void move_block(park_hydraulic_lanes *lanes, const sweep_call *call, size_t whole, size_t a,
                            size_t b, gauge *moved, num *total)
{
    const double *restrict step = lanes->step, *restrict give = lanes->give, *restrict next = lanes->next;
    const int32_t *restrict from = lanes->from, *restrict to = lanes->to;
    double *restrict flow = lanes->flow;
    num  relax, most = moved->most, at = moved->at, count = (num){0} + (double)a;
    mask runs;
    for (int k = 0; k < L; k++)
        relax[k] = call->relax[k], runs[k] = call->runs[k] ? -1 : 0;
#define MOVE(c, place)                                                                                       \
    do {                                                                                                     \
        num old_ = AT(flow, (c)*L);                                                                          \
        num dq_ =                                                                                            \
            relax * (OF(next, (c)*L) + OF(give, (c)*L) * (OF(step, from[c]) - OF(step, to[c])) - old_);      \
        num q_ = old_ + dq_, size_ = SIZE_OF(dq_);                                                           \
        AT(flow, (c)*L) = PICK(runs, q_, old_);                                                              \
        moved->sum[place] += size_;                                                                          \
        total[place] += SIZE_OF(q_);                                                                         \
        GAUGE_LARGEST(most, at, size_, count);                                                               \
        count += 1.0;                                                                                        \
    } while (0)
    EACH_PIPE(a, b, whole, MOVE);
    moved->most = most, moved->at = at;
}

static bool dry_pipe(const park_hydraulic_plan *plan, const park_hydraulic_work *work, size_t c)
{
    return work->dries > 0 &&
           (work->dry[plan->node_of[plan->from[c]]] || work->dry[plan->node_of[plan->to[c]]]);
}

/* The next pipe that is shut or dry in a lane. */
static void find_shut(const park_hydraulic_lanes *lanes, sweep_call *call)
{
    call->next_shut = SIZE_MAX;
    for (size_t k = 0; k < L; k++) {
        const park_hydraulic_work *w = lanes->work[k];
        if (call->runs[k] && call->shut[k] < w->shuts && (size_t)w->shut[call->shut[k]] < call->next_shut)
            call->next_shut = (size_t)w->shut[call->shut[k]];
    }
}

/* What a pipe tells of its next step. */
typedef struct line {
    num give, next, error, left;
} line;

/* In lanes where it is shut it follows the law of a shut link and tells no error; dry it carries nothing: chunk_losses and
 * mend_shut of sweep.c. */
static void mend(park_hydraulic_lanes *lanes, sweep_call *call, size_t c, line *l)
{
    const park_hydraulic_plan *plan = lanes->base;
    for (size_t k = 0; k < L; k++) {
        const park_hydraulic_work *w = lanes->work[k];
        if (!call->runs[k] || call->shut[k] >= w->shuts || (size_t)w->shut[call->shut[k]] != c)
            continue;
        call->shut[k]++;
        double *flow  = &lanes->flow[c * L + k];
        double  apart = lanes->head[(size_t)lanes->from[c] + k] - lanes->head[(size_t)lanes->to[c] + k];
        double  give  = 1.0 / PARK_SLOPE_SHUT;
        l->error[k] = l->left[k] = 0.0;
        l->give[k]               = give;
        l->next[k]               = *flow + (apart - PARK_SLOPE_SHUT * *flow) * give;
        if (dry_pipe(plan, w, c))
            l->give[k] = l->next[k] = *flow = 0.0;
        else if (w->tight)
            l->next[k] = 0.0;
    }
    find_shut(lanes, call);
}

/* Lines of the next step of pipes a .. b-1, and their shares of the system. */
PARK_INLINE void line_block(park_hydraulic_lanes *lanes, sweep_call *call, size_t whole, size_t a, size_t b,
                            gauge *left, gauge *error)
{
    const int32_t *restrict from = lanes->from, *restrict to = lanes->to, *restrict slot = lanes->slot;
    const double *head = lanes->head, *flow = lanes->flow, *loss = lanes->loss, *slope = lanes->slope;
    double       *gives = lanes->give, *nexts = lanes->next, *diag = lanes->diag, *side = lanes->side;
    double       *off  = lanes->system.off;
    num           most = error->most, at = error->at, left_most = left->most, count = (num){0} + (double)a;
#define LINE(c, place)                                                                                       \
    do {                                                                                                     \
        size_t i_ = (size_t)from[c], j_ = (size_t)to[c], s_ = (size_t)slot[c];                               \
        num    wrong_ = (OF(head, i_) - OF(head, j_)) - OF(loss, (c)*L);                                     \
        num    give_ = 1.0 / OF(slope, (c)*L), more_ = wrong_ * give_;                                       \
        line   l_ = {give_, OF(flow, (c)*L) + more_, SIZE_OF(wrong_), SIZE_OF(more_)};                       \
        if ((c) == call->next_shut)                                                                          \
            mend(lanes, call, c, &l_);                                                                       \
        left->sum[place] += l_.left;                                                                         \
        left_most = PICK(l_.left > left_most, l_.left, left_most);                                           \
        GAUGE_LARGEST(most, at, l_.error, count);                                                            \
        count += 1.0;                                                                                        \
        AT(gives, (c)*L) = l_.give;                                                                          \
        AT(nexts, (c)*L) = l_.next;                                                                          \
        AT(diag, i_) += l_.give;                                                                             \
        AT(diag, j_) += l_.give;                                                                             \
        AT(off, s_) -= l_.give;                                                                              \
        AT(side, i_) -= l_.next;                                                                             \
        AT(side, j_) += l_.next;                                                                             \
    } while (0)
    EACH_PIPE(a, b, whole, LINE);
    error->most = most, error->at = at, left->most = left_most;
}

/* What a chunk adds to the sights of the lanes. */
PARK_INLINE void count_chunk(const sweep_call *call, const gauge *moved, const num *total, const gauge *left,
                             const gauge *error, park_sight *sight)
{
    num moved_sum = GAUGE_SUM(moved->sum), left_sum = GAUGE_SUM(left->sum), total_sum = GAUGE_SUM(total);
    for (int k = 0; k < L; k++) {
        park_sight *s = &sight[k];
        if (call->stepped) {
            s->moved += moved_sum[k];
            s->total += total_sum[k];
            if (moved->most[k] > s->most_moved) {
                s->most_moved = moved->most[k];
                s->moved_link = (int32_t)moved->at[k];
            }
        }
        s->left += left_sum[k];
        s->most_left = left->most[k] > s->most_left ? left->most[k] : s->most_left;
        if (error->most[k] > s->head_error) {
            s->head_error = error->most[k];
            s->error_link = (int32_t)error->at[k];
        }
    }
}

/* Whether the losses of pipes a .. b-1 stand for the flows they have; remembers those. */
PARK_INLINE bool losses_stand(park_hydraulic_lanes *lanes, bool look, size_t a, size_t b)
{
    const double *flow  = lanes->flow;
    double       *lost  = lanes->lost;
    mask          other = {0};
    for (size_t c = a; c < b && look; c++)
        other |= (mask)OF(flow, c * L) ^ (mask)AT(lost, c * L);
    bool stand = look;
    for (int k = 0; k < L; k++)
        stand &= other[k] == 0;
    for (size_t c = a; c < b && !stand; c++)
        AT(lost, c * L) = OF(flow, c * L);
    return stand;
}

PARK_INLINE void sweep_pipes(park_hydraulic_lanes *lanes, sweep_call *call, park_sight *sight)
{
    size_t pipes = lanes->base->pipes;
    bool   look  = !call->stepped && lanes->lost_known;
    find_shut(lanes, call);
    for (size_t first = 0; first < pipes; first += PARK_SWEEP_CHUNK) {
        size_t end   = first + PARK_SWEEP_CHUNK < pipes ? first + PARK_SWEEP_CHUNK : pipes;
        size_t whole = first + (end - first) / PLACES * PLACES;
        gauge  moved, left, error;
        num    total[PLACES] = {{0}};
        GAUGE_CLEAR(moved);
        GAUGE_CLEAR(left);
        GAUGE_CLEAR(error);
        for (size_t a = first; a < end; a += BLOCK) {
            size_t b = a + BLOCK < end ? a + BLOCK : end;
            if (call->stepped)
                move_block(lanes, call, whole, a, b, &moved, total);
            if (!losses_stand(lanes, look, a, b))
                park_pipes_loss(&lanes->pipe, a * L, b * L, lanes->flow + a * L, lanes->loss + a * L,
                                lanes->slope + a * L);
            line_block(lanes, call, whole, a, b, &left, &error);
        }
        count_chunk(call, &moved, total, &left, &error, sight);
    }
    lanes->lost_known = true;
}

PARK_INLINE void take_loads(park_hydraulic_lanes *lanes)
{
    num *side = (num *)lanes->side;
    for (size_t p = 0; p < lanes->base->unknowns; p++)
        side[p] -= ((const num *)lanes->load)[p];
}

static PARK_WIDE void take_loads_wide(park_hydraulic_lanes *lanes)
{
    take_loads(lanes);
}

static PARK_WIDE void sweep_wide(park_hydraulic_lanes *lanes, sweep_call *call, park_sight *sight)
{
    sweep_pipes(lanes, call, sight);
}

static void sweep_narrow(park_hydraulic_lanes *lanes, sweep_call *call, park_sight *sight)
{
    sweep_pipes(lanes, call, sight);
}

/* One sweep of the lanes that run, each in its manner; `stepped` as all of them. */
static void sweep(park_hydraulic_lanes *lanes, park_lane_solve *solve, const park_iteration *it,
                  const bool *runs, bool stepped, park_sight *sight)
{
    sweep_call call = {.stepped = stepped};
    for (size_t k = 0; k < L; k++) {
        const park_manner *how = stepped ? &it[k].how : &it[k].again;
        call.runs[k]           = runs[k];
        call.relax[k]          = runs[k] ? how->relax : 0.0;
        sight[k] = runs[k] ? park_sweep_begin(lanes->plan[k], lanes->work[k], how) : (park_sight){0};
    }
    park_spd_lanes_clear(lanes->base->spd, &lanes->system);
    memset(lanes->side, 0, L * lanes->base->points * sizeof *lanes->side);
    if (PARK_WIDE_HERE)
        sweep_wide(lanes, &call, sight);
    else
        sweep_narrow(lanes, &call, sight);
    for (size_t k = 0; k < L; k++)
        if (runs[k])
            park_sweep_end(lanes->plan[k], lanes->work[k], stepped ? &it[k].how : &it[k].again, &sight[k],
                           &solve[k].report);
    if (PARK_WIDE_HERE)
        take_loads_wide(lanes);
    else
        take_loads(lanes);
}

/* -- lockstep -- */

PARK_INLINE void move_heads(park_hydraulic_lanes *lanes, const bool *runs)
{
    const park_hydraulic_plan *plan = lanes->base;
    mask                       moves;
    for (int k = 0; k < L; k++)
        moves[k] = runs[k] ? -1 : 0;
    num *restrict head = (num *)lanes->head, *restrict step = (num *)lanes->step;
    for (size_t p = 0; p < plan->unknowns; p++)
        head[p] = PICK(moves, head[p] + step[p], head[p]);
    for (size_t p = plan->unknowns; p < plan->points; p++)
        step[p] = (num){0};
}

static PARK_WIDE void move_heads_wide(park_hydraulic_lanes *lanes, const bool *runs)
{
    move_heads(lanes, runs);
}

/* Steps of the heads; returns the lanes whose system is spoilt. */
static unsigned step_heads(park_hydraulic_lanes *lanes, const bool *runs)
{
    unsigned poor = park_spd_lanes_solve(lanes->base->spd, &lanes->system, lanes->side);
    double  *side = lanes->side;
    lanes->side   = lanes->step;
    lanes->step   = side;
    look(lanes);
    if (PARK_WIDE_HERE)
        move_heads_wide(lanes, runs);
    else
        move_heads(lanes, runs);
    return poor;
}

static bool any(const bool *runs)
{
    bool found = false;
    for (size_t k = 0; k < L; k++)
        found |= runs[k];
    return found;
}

/* Iterate all lanes until the last is done; `alone`: what a lane could not do here. */
static void iterate(park_hydraulic_lanes *lanes, park_lane_solve *solve, bool *runs)
{
    park_iteration it[PARK_LANES];
    park_sight     sight[PARK_LANES];
    for (size_t k = 0; k < L; k++)
        if (runs[k])
            it[k] = park_iteration_begin(solve[k].settings);
    sweep(lanes, solve, it, runs, false, sight);
    for (size_t k = 0; k < L; k++)
        runs[k] = runs[k] && it[k].done < it[k].most;
    while (any(runs)) {
        unsigned poor = step_heads(lanes, runs);
        for (size_t k = 0; k < L; k++)
            if (runs[k] && (poor >> k & 1)) {
                solve[k].alone = true;
                runs[k]        = false;
            }
        sweep(lanes, solve, it, runs, true, sight);
        bool again = false;
        for (size_t k = 0; k < L; k++) {
            if (!runs[k])
                continue;
            solve[k].alone =
                park_iteration_judge(lanes->plan[k], solve[k].settings, solve[k].state, lanes->work[k],
                                     &sight[k], &it[k], &solve[k].report, &solve[k].error) != PARK_OK;
            runs[k] = !solve[k].alone && it[k].done < it[k].most;
            again |= runs[k] && it[k].swept_again;
        }
        if (again) /* those whose statuses stand get the system they had */
            sweep(lanes, solve, it, runs, false, sight);
    }
}

/* Excess of all points, and the largest: excess_of and park_balance_error of balance.c without outlets. */
PARK_INLINE void measure_excess(park_hydraulic_lanes *lanes, double *most, double *at)
{
    const park_hydraulic_plan *plan    = lanes->base;
    double                    *excess  = lanes->step;
    num                        largest = {0}, where = {0}, count = {0};
    for (size_t p = 0; p < plan->points; p++)
        AT(excess, p * L) = -OF(lanes->load, p * L) - 0.0;
    for (size_t c = 0; c < plan->cores; c++) {
        num q = OF(lanes->flow, c * L);
        AT(excess, (size_t)plan->from[c] * L) -= q;
        AT(excess, (size_t)plan->to[c] * L) += q;
    }
    for (size_t p = 0; p < plan->unknowns; p++) {
        num size = SIZE_OF(OF(excess, p * L));
        GAUGE_LARGEST(largest, where, size, count);
        count += 1.0;
    }
    for (int k = 0; k < L; k++)
        most[k] = largest[k], at[k] = where[k];
}

static PARK_WIDE void measure_excess_wide(park_hydraulic_lanes *lanes, double *most, double *at)
{
    measure_excess(lanes, most, at);
}

/* Balances and answers of the lanes that iterated to their end. */
static void finish(park_hydraulic_lanes *lanes, park_lane_solve *solve, const bool *ended)
{
    double most[PARK_LANES], at[PARK_LANES];
    bool   outlets = lanes->base->outlets > 0;
    for (size_t k = 0; k < L; k++)
        if (ended[k])
            park_balance_shut(lanes->plan[k], lanes->work[k]);
    if (!outlets && PARK_WIDE_HERE)
        measure_excess_wide(lanes, most, at);
    else if (!outlets)
        measure_excess(lanes, most, at);
    for (size_t k = 0; k < L; k++) {
        park_lane_solve           *s    = &solve[k];
        const park_hydraulic_plan *plan = lanes->plan[k];
        if (!ended[k])
            continue;
        if (outlets) {
            park_solve_end(plan, s->settings, s->state, lanes->work[k], &s->report);
            continue;
        }
        s->report.worst_node = most[k] > 0.0 ? plan->node_of[(size_t)at[k]] : -1;
        s->report.imbalance  = park_balance_share(plan, s->state, lanes->work[k], most[k]);
        park_solve_close(plan, s->settings, s->state, lanes->work[k], &s->report);
    }
}

void park_hydraulic_lanes_solve(park_hydraulic_lanes *lanes, park_lane_solve *solve)
{
    bool asked[PARK_LANES], runs[PARK_LANES];
    for (size_t k = 0; k < L; k++) {
        park_lane_solve *s = &solve[k];
        asked[k]           = s->state != NULL;
        runs[k]            = false;
        if (!asked[k])
            continue;
        s->alone = lanes->plan[k]->controls > 0; /* they act on the state within a solve: no second try */
        if (s->alone)
            continue;
        s->status =
            park_solve_begin(lanes->plan[k], s->settings, s->state, lanes->work[k], &s->report, &s->error);
        asked[k] = runs[k] = s->status == PARK_OK;
    }
    if (any(runs)) {
        bool ended[PARK_LANES];
        memcpy(ended, runs, sizeof ended);
        iterate(lanes, solve, runs);
        for (size_t k = 0; k < L; k++)
            ended[k] = ended[k] && !solve[k].alone;
        finish(lanes, solve, ended);
    }
    for (size_t k = 0; k < L; k++) {
        park_lane_solve *s = &solve[k];
        if (asked[k] && s->alone)
            s->status = park_hydraulic_solve(lanes->plan[k], s->settings, s->state, lanes->alone, &s->report,
                                             &s->error);
    }
}
