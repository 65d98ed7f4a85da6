/*
 * descent.c - plans from linear programs in the flows (docs/math/optimization.md, O46-O47, O50).
 *
 * The qualities of an answer are promises (promise.h) that the answer keeps, and never worse; repeating with them, the
 * objective falls from step to step.                                                                                  (O47)
 */
#include "design/coarse.h"

#include "base/clock.h"

#include <string.h>

enum {
    STEPS        = 16,
    LARGE        = 4000, /* columns; large programs: fewer steps once a plan stands */
    POLISH       = 3,
    LAYS         = 2, /* times that pipes shut in vain are laid after all */
    TRIALS       = 8, /* units that a plan is tried without */
    MENDS        = 5, /* steps from a relaxed point */
    LOOSER_LARGE = 1, /* of a large program */
    LOOSER       = 12 /* descents from promises made worse */
};
static const double CHARGES = 3e8; /* iterations times rows of the descents with charges */
static const double HALF    = 0.5,
                    DEAREST = 1e4;  /* a miss that does not halve costs ten times more, up to so much [-] */
static const double PAYS    = 1e-3; /* of the cost: less is not worth another descent [-] */
static const double DRAWN[] = {0.03, 0.05, 0.1, 0.2,
                               0.4};          /* of the outlets: promises drawn anew, by rounds [-] */
static const double LEAST_SHARE = 1.0 / 16.0; /* by which promises are made worse, of what they may [-] */

/* A pipe that the relaxation lays in part, with less than its least flow: laid where it carries half of it, else shut. */
static void decide_pipes(park_promise *d, const park_plan *plan)
{
    for (size_t l = 0; l < d->f->super->links; l++) {
        double carries = park_promise_carries(d, plan, l);
        if (d->laid[l] == 0 && carries < 1.0 - 1e-9)
            d->laid[l] = carries < 0.5 ? -1 : 1;
    }
}

/* Where shutting led nowhere: what was shut is laid after all. False: nothing was. */
static bool lay_shut_pipes(park_promise *d)
{
    bool any = false;
    for (size_t l = 0; l < d->f->super->links; l++)
        if (d->laid[l] < 0)
            d->laid[l] = 1, any = true;
    return any;
}

static bool march(park_promise *d, park_plan *plan, int steps, double *trial, double *x, double *value)
{
    bool   found  = false;
    double missed = INFINITY;
    int    same = 0, last = steps, lays = LAYS;
    memset(d->laid, 0, d->f->super->links);
    d->dearer = 1.0;
    for (int step = 0; step < last && !park_promise_over(d); step++) {
        double here;
        d->arena    = park_arena_new();
        d->failed   = d->arena == NULL;
        bool solved = !d->failed && park_promise_solve(d, trial);
        park_arena_free(d->arena);
        if (!solved && !found && lays-- > 0 && lay_shut_pipes(d)) {
            last = step + steps;
            continue;
        }
        if (!solved || !park_plan_read(plan, trial, false))
            return found;
        park_plan_write(plan, trial);
        bool fair = park_plan_check(plan, trial, 1e-8) && park_plan_recheck(d->f, trial, &here);
        park_promise_keep(d, plan, fair);
        if (!fair) {
            if (strcmp(plan->where, "least flow") == 0)
                decide_pipes(d, plan);
            else if (plan->worst > HALF * missed && d->dearer < DEAREST) /* breaking it pays (O159) */
                d->dearer *= 10.0;
            same   = fabs(plan->worst - missed) <= 1e-6 * missed ? same + 1 : 0;
            missed = plan->worst;
            if (same == (steps < STEPS ? 1 : 4)) {
                if (lays-- <= 0 || !lay_shut_pipes(d))
                    return found;
                same = 0, last = step + steps;
            }
            continue;
        }
        if (found && !(here < *value - 1e-6 * fabs(*value)))
            return true;
        memcpy(x, trial, d->f->program.cols * sizeof *x);
        *value = here, d->end->stands = true;
        if (!found && d->f->program.cols > LARGE && step + POLISH < last)
            last = step + POLISH;
        found = true;
    }
    return found;
}

/* A new unit that a plan hardly needs: the same descent without it, kept where it is cheaper. `other` [cols] is scratch. */
static void do_without(park_promise *d, park_plan *plan, double *trial, double *other, double *x,
                       double *value)
{
    const park_formulation *f      = d->f;
    int                     trials = 0;
    for (size_t u = 0; u < f->super->units && trials < TRIALS && !park_promise_over(d); u++) {
        double there;
        if (f->size[u] < 0 || !(x[f->size[u]] > 0.0) || f->program.col_lo[f->size[u]] > 0.0)
            continue;
        trials++;
        d->without[u] = true;
        if (park_promise_as(d, plan, x, trial) && march(d, plan, STEPS, trial, other, &there) &&
            there < *value) {
            memcpy(x, other, f->program.cols * sizeof *x);
            *value = there;
        } else {
            d->without[u] = false;
        }
    }
}

/*
 * (O157)-(O158) Held to its own qualities a plan cannot take in what would make them worse. So each outlet may be worse by a share of
 * what is left to the upper end of its box, and units that are idle offer what they could deliver: a descent from there, again
 * while it pays, then with half the share.
 */
static void loosen(park_promise *d, park_plan *plan, double *trial, double *other, double *x, double *value)
{
    double    there, share = 0.5;
    const int most = d->f->program.cols > LARGE ? LOOSER_LARGE : LOOSER;
    for (int k = 0; k < most && share >= LEAST_SHARE && !park_promise_over(d); k++) {
        if (!park_promise_as(d, plan, x, trial))
            return;
        park_promise_loosen(d, share);
        park_promise_idle(d, plan);
        if (march(d, plan, STEPS, trial, other, &there) && there < *value - PAYS * fabs(*value)) {
            memcpy(x, other, d->f->program.cols * sizeof *x);
            *value = there;
        } else {
            share *= 0.5;
        }
    }
}

/* (O156) What stands may do: a plan at once where the program is large, whatever a better one takes. */
static bool as_it_stands(park_promise *d, park_plan *plan, double *trial, double *x, double *value)
{
    d->standing = true;
    park_promise_first(d, true);
    bool found  = march(d, plan, POLISH, trial, x, value);
    d->standing = false;
    return found;
}

/* (O151), of a large park from what its year as one season lays (O155). */
static bool pay_whole(park_promise *d, park_plan *plan, bool found, double *x, double *value)
{
    const park_formulation *f    = d->f;
    bool                   *shut = NULL;
    if (f->program.cols > LARGE && park_coarse_helps(f) && !park_promise_over(d)) {
        shut = PARK_ARRAY(d->keep, f->super->links, bool);
        if (shut != NULL && !park_coarse_promise(d, d->end, shut))
            shut = NULL;
    }
    return park_charges_descend(d, plan, CHARGES, shut, found, x, value);
}

/* Is a point a plan as it stands? `trial` [cols] is scratch. */
static bool is_plan(const park_formulation *f, const double *from, double *trial)
{
    double value;
    memcpy(trial, from, f->program.cols * sizeof *trial);
    return park_plan_recheck(f, trial, &value);
}

bool park_descent_start(const park_formulation *f, const double *from, park_search_end *end, double *x,
                        double *value)
{
    park_arena  *arena = park_arena_new();
    park_promise d     = {.f = f, .end = end};
    double      *trial = PARK_ARRAY(arena, f->program.cols, double),
           *other      = PARK_ARRAY(arena, f->program.cols, double),
           *now        = PARK_ARRAY(arena, f->program.cols, double);
    park_plan *plan    = arena != NULL ? park_plan_new(f, arena) : NULL;
    double     least   = INFINITY;
    bool       found   = false;
    if (trial != NULL && other != NULL && now != NULL && plan != NULL && park_promise_prepare(&d, arena)) {
        end->stands  = end->stands || (from != NULL && is_plan(f, from, trial));
        bool stands  = from == NULL && f->program.cols > LARGE && as_it_stands(&d, plan, trial, now, &least);
        bool charges = park_charges_matter(f);
        d.warm       = true;
        found        = park_promise_as(&d, plan, from, trial) && march(&d, plan, STEPS, trial, x, value);
        for (int upper = 1; upper >= 0 && !found && !(stands && charges); upper--) {
            park_promise_first(&d, upper == 1);
            found = march(&d, plan, STEPS, trial, x, value);
        }
        if (!found && !stands) /* what stands may do where all else failed, whatever the size */
            stands = as_it_stands(&d, plan, trial, now, &least);
        if (stands && (!found || least < *value)) {
            memcpy(x, now, f->program.cols * sizeof *x);
            *value = least, found = true;
        }
        if (charges)
            found = pay_whole(&d, plan, found, x, value);
        if (found)
            loosen(&d, plan, trial, other, x, value);
        if (found)
            do_without(&d, plan, trial, other, x, value);
    }
    park_arena_free(arena);
    return found;
}

/* One descent from the promises of x, in whose place its plan comes; `round` NULL: a few steps, else some are drawn anew. */
static bool descend_from(const park_formulation *f, const uint64_t *round, park_search_end *end, double *x,
                         double *objective)
{
    park_arena  *arena = park_arena_new();
    park_promise d     = {.f = f, .end = end, .warm = true};
    double      *trial = PARK_ARRAY(arena, f->program.cols, double),
           *found      = PARK_ARRAY(arena, f->program.cols, double);
    park_plan *plan    = arena != NULL ? park_plan_new(f, arena) : NULL;
    bool       fine    = trial != NULL && found != NULL && plan != NULL && park_promise_prepare(&d, arena) &&
                park_promise_as(&d, plan, x, trial);
    if (fine && round != NULL)
        park_promise_draw(&d, *round, DRAWN[*round % (sizeof DRAWN / sizeof *DRAWN)]);
    if (fine)
        fine = round != NULL && park_charges_matter(f)
                   ? park_charges_march(&d, plan, found, objective)
                   : march(&d, plan, round != NULL ? STEPS : MENDS, trial, found, objective);
    if (fine)
        memcpy(x, found, f->program.cols * sizeof *x);
    park_arena_free(arena);
    return fine;
}

bool park_descent_mend(const void *user, park_search_end *end, double *x, double *objective)
{
    return descend_from(user, NULL, end, x, objective);
}

bool park_descent_vary(const void *user, uint64_t round, park_search_end *end, double *x, double *objective)
{
    return descend_from(user, &round, end, x, objective);
}
