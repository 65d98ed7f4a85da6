/* Charges as slopes; Eq. (O151)-(O154) of docs/math/optimization.md. */
#include "design/charges.h"

#include "base/random.h"

#include <string.h>

enum { STEPS = 30, RESTS = 3, IDLE = 10, VAIN = 4, ROUNDS = 16, SEED = 1 };
static const double DEAREST = 1e3;         /* times a charge weighs more than relaxed, at most [-] */
static const double HALF    = 0.5;         /* a miss that does not halve costs ten times more ... */
static const double MOST    = 1e4;         /* ... up to so much (O159) [-] */
static const double NEAR    = 0.01;        /* a plan that misses limits by less, relative, is repaired */
static const double TWICE   = 2.0;         /* of its miss: by which promises are worse than qualities then */
static const double PAYS    = 1e-3;        /* of the cost: less is no gain [-] */
static const double LEAST   = 1.0 / 128.0; /* share by which promises are made worse at least */

typedef struct charges {
    park_promise *d;
    park_plan    *plan;
    double       *trial, *relaxed, *other; /* [cols] */
    size_t        cols;
    const bool   *shut; /* [L] not laid in this descent, NULL: all open */
    double        most; /* of d->work */
} charges;

bool park_charges_matter(const park_formulation *f)
{
    const park_program *p = &f->program;
    for (size_t j = 0; j < p->cols; j++)
        if (p->integer[j] && p->cost[j] > 0.0 && p->col_lo[j] < p->col_hi[j])
            return true;
    for (size_t i = 0; i < p->concaves; i++)
        if (p->cost[p->concave[i].t] > 0.0 && p->col_lo[p->concave[i].x] < p->col_hi[p->concave[i].x])
            return true;
    return false;
}

/* (O151) for whole numbers that stand behind one another. */
static void weigh(charges *c, int32_t first, int count)
{
    const park_program *p    = &c->d->f->program;
    double              part = 0.0, whole = 0.0;
    for (int i = 0; first >= 0 && i < count; i++)
        part += p->cost[first + i] * c->relaxed[first + i], whole += p->cost[first + i] * c->trial[first + i];
    if (!(whole > 0.0) || !(part > 0.0)) /* what is not used keeps the slope it had */
        return;
    for (int i = 0; i < count; i++)
        c->d->dear[first + i] = fmin(whole / part, DEAREST);
}

static void weigh_all(charges *c)
{
    const park_formulation *f = c->d->f;
    const park_program     *p = &f->program;
    for (size_t l = 0; l < f->super->links; l++)
        weigh(c, f->pipe[l], f->pipes[l]);
    for (size_t u = 0; u < f->super->units; u++) {
        weigh(c, f->step[u], f->steps[u]);
        weigh(c, f->built[u], 1);
    }
    for (size_t i = 0; i < p->concaves; i++) {
        const park_concave *k  = &p->concave[i];
        double              hi = p->col_hi[k->x], x = c->trial[k->x], part = c->relaxed[k->x];
        if (x > 0.0 && part > 0.0 && hi > 0.0 && isfinite(hi))
            c->d->dear[k->t] = fmin(pow(x / hi, k->exponent) * hi / part, DEAREST);
    }
}

/* (O152) New pipes that carry less than their least flow are shut for the rest of the descent. */
static void shut_idle_pipes(charges *c)
{
    for (size_t l = 0; l < c->d->f->super->links; l++)
        if (park_promise_carries(c->d, c->plan, l) < 1.0 - 1e-9)
            c->d->laid[l] = -1;
}

/* (O153) A plan that misses limits by little: every promise is its quality, worse by more than the miss. */
static void give_way(charges *c, double by)
{
    park_promise     *d     = c->d;
    const park_super *super = d->f->super;
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t k = 0; k < super->outlets; k++)
            for (size_t i = 0; i < super->constituents; i++) {
                size_t at = PARK_SUPER_SK(super, s, k, i);
                if (super->in_program[i] && isnan(super->known[at]) &&
                    c->plan->outlet_flow[PARK_FORM_SK(d->f, s, k)] > 0.0)
                    d->promise[at] = fmax(c->plan->conc[at], 0.0) * (1.0 + by);
            }
}

/* One linear program and the plan of its point. False: there is none, nothing leads on. */
static bool step(charges *c, bool *fair, double *here)
{
    park_promise *d = c->d;
    d->arena        = park_arena_new();
    d->failed       = d->arena == NULL;
    bool solved     = !d->failed && park_promise_solve(d, c->trial);
    park_arena_free(d->arena);
    if (!solved)
        return false;
    memcpy(c->relaxed, c->trial, c->cols * sizeof *c->relaxed);
    if (!park_plan_read(c->plan, c->trial, false))
        return false;
    park_plan_write(c->plan, c->trial);
    *fair = park_plan_check(c->plan, c->trial, 1e-8) && park_plan_recheck(d->f, c->trial, here);
    return true;
}

/* What a plan that is none teaches: pipes that go, promises that give way, misses that cost more. */
static void learn(charges *c, double *missed)
{
    bool limits = strcmp(c->plan->where, "least flow") != 0;
    if (c->plan->worst < NEAR)
        give_way(c, TWICE * c->plan->worst);
    if (limits && c->plan->worst > HALF * *missed && c->d->dearer < MOST)
        c->d->dearer *= 10.0;
    *missed = c->plan->worst;
}

/* One descent. The best plan on the way in c->other; false: none. */
static bool march(charges *c, double *value)
{
    park_promise *d     = c->d;
    bool          found = false, fair = false;
    double        last = INFINITY, missed = INFINITY, here = INFINITY;
    int           rests = 0, best = 0;
    for (size_t l = 0; l < d->f->super->links; l++)
        d->laid[l] = c->shut != NULL && c->shut[l] ? -1 : 0;
    for (size_t j = 0; j < c->cols; j++)
        d->dear[j] = 1.0;
    d->dearer = 1.0;
    for (int i = 0; i < STEPS && d->work < c->most && !park_promise_over(d) && step(c, &fair, &here); i++) {
        if (fair || i >= 2) /* at first the slopes do not say yet what is worth laying */
            shut_idle_pipes(c);
        weigh_all(c);
        park_promise_keep(d, c->plan, fair);
        if (!fair) {
            learn(c, &missed);
            continue;
        }
        d->dearer = 1.0;
        if (!found || here < *value - PAYS * fabs(*value))
            best = i;
        if (!found || here < *value) {
            memcpy(c->other, c->trial, c->cols * sizeof *c->other);
            *value = here, found = d->end->stands = true;
        }
        rests = here > last - PAYS * fabs(last) ? rests + 1 : 0;
        last  = here;
        if (rests >= RESTS || i - best >= IDLE)
            break;
    }
    return found;
}

static bool better(charges *c, bool found, double *x, double *value)
{
    double there = INFINITY;
    if (!march(c, &there) || (found && !(there < *value)))
        return false;
    bool pays = !found || there < *value - PAYS * fabs(*value);
    memcpy(x, c->other, c->cols * sizeof *x);
    *value = there;
    return pays;
}

/* (O154) Each outlet's promise gives way by a share of its own: the square of a number drawn by counter. */
static void wander(charges *c, uint64_t round)
{
    park_promise     *d      = c->d;
    const park_super *super  = d->f->super;
    park_random       random = park_random_start(SEED, round, 0);
    for (size_t k = 0; k < super->outlets; k++) {
        double u = park_random_uniform(&random);
        for (size_t s = 0; s < super->seasons; s++)
            for (size_t i = 0; i < super->constituents; i++) {
                size_t at = PARK_SUPER_SK(super, s, k, i);
                if (isnan(super->known[at]) && isfinite(super->conc_hi[at]))
                    d->promise[at] += u * u * fmax(super->conc_hi[at] - d->promise[at], 0.0);
            }
    }
}

static bool goes_on(charges *c, int vain)
{
    return vain < VAIN && c->d->work < c->most && !park_promise_over(c->d);
}

/* From the best plan's promises made worse: all by the same share, halved in vain; then each by its own. */
static void from_the_best(charges *c, double *x, double *value)
{
    double share = 0.5;
    int    vain  = 0;
    for (int k = 0; k < ROUNDS && share >= LEAST && goes_on(c, vain); k++) {
        if (!park_promise_as(c->d, c->plan, x, c->trial))
            return;
        park_promise_loosen(c->d, share);
        park_promise_idle(c->d, c->plan);
        bool pays = better(c, true, x, value);
        vain      = pays ? 0 : vain + 1;
        share     = pays ? share : 0.5 * share;
    }
    vain = 0;
    for (int k = 0; k < ROUNDS && goes_on(c, vain); k++) {
        if (!park_promise_as(c->d, c->plan, x, c->trial))
            return;
        wander(c, (uint64_t)k);
        park_promise_idle(c->d, c->plan);
        vain = better(c, true, x, value) ? 0 : vain + 1;
    }
}

bool park_charges_descend(park_promise *d, park_plan *plan, double work, const bool *shut, bool found,
                          double *x, double *value)
{
    charges c = {.d = d, .plan = plan, .cols = d->f->program.cols, .most = d->work + work};
    c.trial = PARK_ARRAY(d->keep, c.cols, double), c.relaxed = PARK_ARRAY(d->keep, c.cols, double);
    c.other = PARK_ARRAY(d->keep, c.cols, double), d->dear = PARK_ARRAY(d->keep, c.cols, double);
    if (c.trial == NULL || c.relaxed == NULL || c.other == NULL || d->dear == NULL) {
        d->dear = NULL; /* what follows weighs charges as they are */
        return found;
    }
    c.shut = shut;
    if (shut == NULL)
        park_promise_first(d, true);
    found  = better(&c, found, x, value) || found;
    c.shut = NULL;
    if (found)
        from_the_best(&c, x, value);
    d->dear = NULL;
    return found;
}
