/*
 * The numbers of lane k stand at [i * PARK_LANES + k]: a vector is one pipe or point of all lanes. The work of a lane sees
 * its own places only (park_at), so what is done lane by lane is the code of a single network; here are the pipes, the
 * heads and the lockstep. Sums keep the order of sweep.c: by chunks of pipes, eight places a chunk.
 */
#include "hydraulics/lanes.h"
#include "hydraulics/steady.h"

#include <math.h>
#include <string.h>

enum { L = PARK_LANES, PLACES = 8, BLOCK = 64 /* pipes that stay in the nearest cache; PLACES divide it */ };

typedef double  num __attribute__((vector_size(8 * PARK_LANES), may_alias));
typedef int64_t mask __attribute__((vector_size(8 * PARK_LANES), may_alias));

#define SIZE_OF(x) ((num)((mask)(x) & INT64_MAX))
#define PICK(m, a, b) ((num)(((m) & (mask)(a)) | (~(m) & (mask)(b))))

struct park_hydraulic_lanes {
    const park_hydraulic_plan *base, *plan[PARK_LANES];
    park_hydraulic_work       *work[PARK_LANES], *alone;
    park_spd_work              system;
    /* [.. * PARK_LANES] as in park_hydraulic_work */
    double    *head, *step, *diag, *side, *load, *flow, *give, *next;
    park_pipes pipe; /* core pipes of all lanes */
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
    size_t dw   = base->pipe.formula == PARK_NET_DARCY_WEISBACH ? base->pipes : 0;
    lanes->pipe = (park_pipes){.count      = base->pipes * L,
                               .formula    = base->pipe.formula,
                               .resistance = park_spd_lanes_array(arena, base->pipes),
                               .minor      = park_spd_lanes_array(arena, base->pipes),
                               .rough      = park_spd_lanes_array(arena, dw),
                               .thin       = park_spd_lanes_array(arena, dw)};
    if (full || lanes->pipe.resistance == NULL || lanes->pipe.minor == NULL || lanes->pipe.rough == NULL ||
        lanes->pipe.thin == NULL)
        return no_memory(err);
    PARK_TRY(park_hydraulic_work_make(arena, base, &lanes->alone, err));
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
} sweep_call;

/* Sums and largest of a chunk's sizes, and where the largest stands. */
typedef struct gauge {
    num sum[PLACES], most, at;
} gauge;

#define GAUGE_CLEAR(g) memset(&(g), 0, sizeof(g))
#define GAUGE_LARGEST(g, x, c)                                                                               \
    do {                                                                                                     \
        mask above_ = (x) > (g).most;                                                                        \
        (g).most    = PICK(above_, x, (g).most);                                                             \
        (g).at      = PICK(above_, (num){0} + (double)(c), (g).at);                                          \
    } while (0)
#define GAUGE_SUM(g)                                                                                         \
    ((((g).sum[0] + (g).sum[4]) + ((g).sum[1] + (g).sum[5])) +                                               \
     (((g).sum[2] + (g).sum[6]) + ((g).sum[3] + (g).sum[7])))

/* Flows of pipes a .. b-1 after the step; `whole`: the pipe of the chunk from which on one place takes all. */
PARK_INLINE void move_block(const park_hydraulic_plan *plan, park_hydraulic_lanes *lanes,
                            const sweep_call *call, size_t first, size_t whole, size_t a, size_t b,
                            gauge *moved, num *total)
{
    const num *restrict step = (const num *)lanes->step, *restrict give = (const num *)lanes->give,
                        *restrict next = (const num *)lanes->next;
    num *restrict flow                 = (num *)lanes->flow;
    num  relax;
    mask runs;
    for (int k = 0; k < L; k++)
        relax[k] = call->relax[k], runs[k] = call->runs[k] ? -1 : 0;
    for (size_t c = a; c < b; c++) {
        num    old   = flow[c];
        num    dq    = relax * (next[c] + give[c] * (step[plan->from[c]] - step[plan->to[c]]) - old);
        num    q     = old + dq;
        size_t place = c < whole ? (c - first) % PLACES : 0;
        flow[c]      = PICK(runs, q, old);
        num size     = SIZE_OF(dq);
        moved->sum[place] += size;
        total[place] += SIZE_OF(q);
        GAUGE_LARGEST(*moved, size, c);
    }
}

static bool dry_pipe(const park_hydraulic_plan *plan, const park_hydraulic_work *work, size_t c)
{
    return work->dries > 0 &&
           (work->dry[plan->node_of[plan->from[c]]] || work->dry[plan->node_of[plan->to[c]]]);
}

/* Shut pipes of a block follow the law of a shut link ... */
static void shut_losses(park_hydraulic_lanes *lanes, const sweep_call *call, size_t a, size_t b, double *loss,
                        double *slope)
{
    for (size_t k = 0; k < L; k++) {
        const park_hydraulic_work *w = lanes->work[k];
        for (size_t i = call->shut[k]; call->runs[k] && i < w->shuts && (size_t)w->shut[i] < b; i++) {
            size_t c              = (size_t)w->shut[i];
            slope[(c - a) * L + k] = PARK_SLOPE_SHUT;
            loss[(c - a) * L + k]  = PARK_SLOPE_SHUT * lanes->flow[c * L + k];
        }
    }
}

/* ... and tell no error; dry ones carry nothing. As mend_shut of sweep.c. */
static void shut_mend(const park_hydraulic_plan *plan, park_hydraulic_lanes *lanes, sweep_call *call, size_t a,
                      size_t b, double *give, double *next, double *error, double *left)
{
    for (size_t k = 0; k < L; k++) {
        const park_hydraulic_work *w = lanes->work[k];
        size_t                    *i = &call->shut[k];
        for (; call->runs[k] && *i < w->shuts && (size_t)w->shut[*i] < b; ++*i) {
            size_t c = (size_t)w->shut[*i], at = (c - a) * L + k;
            error[at] = left[at] = 0.0;
            if (dry_pipe(plan, w, c))
                give[at] = next[at] = lanes->flow[c * L + k] = 0.0;
            else if (w->tight)
                next[at] = 0.0;
        }
    }
}

/* Lines of the next step: slope becomes what a pipe gives, loss what it carries at unchanged heads. */
PARK_INLINE void line_block(const park_hydraulic_plan *plan, const park_hydraulic_lanes *lanes, size_t a,
                            size_t b, num *restrict loss, num *restrict slope, num *restrict error,
                            num *restrict left)
{
    const num *restrict head = (const num *)lanes->head, *restrict flow = (const num *)lanes->flow + a;
    const int32_t *restrict from = plan->from + a, *restrict to = plan->to + a;
    for (size_t i = 0; i < b - a; i++) {
        num wrong = (head[from[i]] - head[to[i]]) - loss[i];
        num give  = 1.0 / slope[i];
        num more  = wrong * give;
        slope[i]  = give;
        loss[i]   = flow[i] + more;
        error[i]  = SIZE_OF(wrong);
        left[i]   = SIZE_OF(more);
    }
}

PARK_INLINE void add_block(const park_hydraulic_plan *plan, park_hydraulic_lanes *lanes, size_t a, size_t b,
                           const num *restrict give, const num *restrict next)
{
    const int32_t *restrict from = plan->from + a, *restrict to = plan->to + a,
                            *restrict slot = plan->slot + a;
    num *restrict diag = (num *)lanes->system.diag, *restrict side = (num *)lanes->side,
                  *restrict off = (num *)lanes->system.off, *restrict gives = (num *)lanes->give + a,
                  *restrict nexts = (num *)lanes->next + a;
    for (size_t i = 0; i < b - a; i++) {
        num g = give[i], y = next[i];
        gives[i] = g;
        nexts[i] = y;
        diag[from[i]] += g;
        diag[to[i]] += g;
        off[slot[i]] -= g;
        side[from[i]] -= y;
        side[to[i]] += y;
    }
}

/* What a chunk adds to the sights of the lanes. */
PARK_INLINE void count_chunk(const sweep_call *call, const gauge *moved, const num *total, const gauge *left,
                             const gauge *error, park_sight *sight)
{
    num moved_sum = GAUGE_SUM(*moved), left_sum = GAUGE_SUM(*left);
    num total_sum = ((total[0] + total[4]) + (total[1] + total[5])) + ((total[2] + total[6]) + (total[3] + total[7]));
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

PARK_INLINE void sweep_pipes(park_hydraulic_lanes *lanes, sweep_call *call, park_sight *sight)
{
    const park_hydraulic_plan *plan = lanes->base;
    num                        loss[BLOCK], slope[BLOCK], off[BLOCK], rest[BLOCK];
    for (size_t first = 0; first < plan->pipes; first += PARK_SWEEP_CHUNK) {
        size_t end = first + PARK_SWEEP_CHUNK < plan->pipes ? first + PARK_SWEEP_CHUNK : plan->pipes;
        size_t whole = first + (end - first) / PLACES * PLACES;
        gauge  moved, left, error;
        num    total[PLACES] = {{0}};
        GAUGE_CLEAR(moved);
        GAUGE_CLEAR(left);
        GAUGE_CLEAR(error);
        for (size_t a = first; a < end; a += BLOCK) {
            size_t b = a + BLOCK < end ? a + BLOCK : end;
            if (call->stepped)
                move_block(plan, lanes, call, first, whole, a, b, &moved, total);
            park_pipes_loss(&lanes->pipe, a * L, b * L, lanes->flow + a * L, (double *)loss, (double *)slope);
            shut_losses(lanes, call, a, b, (double *)loss, (double *)slope);
            line_block(plan, lanes, a, b, loss, slope, off, rest);
            shut_mend(plan, lanes, call, a, b, (double *)slope, (double *)loss, (double *)off, (double *)rest);
            for (size_t c = a; c < b; c++) {
                left.sum[c < whole ? (c - first) % PLACES : 0] += rest[c - a];
                left.most = PICK(rest[c - a] > left.most, rest[c - a], left.most);
                GAUGE_LARGEST(error, off[c - a], c);
            }
            add_block(plan, lanes, a, b, slope, loss);
        }
        count_chunk(call, &moved, total, &left, &error, sight);
    }
}

PARK_INLINE void take_loads(park_hydraulic_lanes *lanes)
{
    num *side = (num *)lanes->side;
    for (size_t p = 0; p < lanes->base->unknowns; p++)
        side[p] -= ((const num *)lanes->load)[p];
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
        s->status = park_solve_begin(lanes->plan[k], s->settings, s->state, lanes->work[k], &s->report, &s->error);
        asked[k] = runs[k] = s->status == PARK_OK;
    }
    if (any(runs))
        iterate(lanes, solve, runs);
    for (size_t k = 0; k < L; k++) {
        park_lane_solve *s = &solve[k];
        if (asked[k] && s->alone)
            s->status =
                park_hydraulic_solve(lanes->plan[k], s->settings, s->state, lanes->alone, &s->report, &s->error);
        else if (asked[k])
            park_solve_end(lanes->plan[k], s->settings, s->state, lanes->work[k], &s->report);
    }
}
