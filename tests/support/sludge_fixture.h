/*
 * sludge_fixture.h - sludge plants for tests: the benchmark's, and any that chance draws.
 */
#ifndef PARK_TESTS_SLUDGE_FIXTURE_H
#define PARK_TESTS_SLUDGE_FIXTURE_H

#include "check.h"

#include "base/random.h"
#include "biology/plant.h"

static const double DAY = 86400.0, G = 1e-3;

/* BSM1's constant inflow. */
static inline park_sludge_inflow sludge_inflow(void)
{
    park_sludge_inflow in = {18446.0 / DAY,
                             {30, 69.5, 51.2, 202.32, 28.17, 0, 0, 0, 0, 31.56, 6.95, 10.59, 7}};
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
        in.conc[k] *= G;
    return in;
}

static inline double sludge_drawn(park_random *r, double lo, double hi)
{
    return lo + (hi - lo) * park_random_uniform(r);
}

static inline park_sludge_form *sludge_form(park_arena *arena, const park_sludge_plant *plant)
{
    park_sludge_form *form = NULL;
    park_error        err  = {0};
    if (park_sludge_form_make(arena, plant, &form, &err) != PARK_OK) {
        fprintf(stderr, "%s\n", err.message);
        abort();
    }
    return form;
}

/* Any plant: 1 to 6 tanks, settler (either way of solids) or membrane, some tanks controlled. */
static inline park_sludge_plant sludge_any_plant(park_random *r)
{
    park_sludge_plant p  = park_sludge_bsm1();
    double            in = 18446.0 / DAY;
    p.kinetics           = park_asm1_standard(sludge_drawn(r, 283.0, 303.0));
    p.kinetics.k_n       = 0.05 * G;
    p.kinetics.k_alk     = 0.5 * G;
    p.tanks              = 1 + (size_t)sludge_drawn(r, 0.0, 5.99);
    for (size_t i = 0; i < p.tanks; i++) {
        double share = sludge_drawn(r, 0.0, 1.0);
        bool   air   = i + 1 == p.tanks || share < 0.6;
        p.tank[i]    = (park_sludge_tank){sludge_drawn(r, 400.0, 3000.0) * 3.0 / (double)p.tanks + 500.0,
                                       air ? sludge_drawn(r, 40.0, 240.0) / DAY : 0.0, 400.0 / DAY,
                                       air && share < 0.4 ? 2.0 * G : NAN};
    }
    p.recycle_from   = (size_t)sludge_drawn(r, 0.0, (double)p.tanks - 0.01);
    p.recycle_to     = (size_t)sludge_drawn(r, 0.0, (double)p.recycle_from + 0.99);
    p.recycle        = in * sludge_drawn(r, 0.0, 4.0);
    p.returned       = in * sludge_drawn(r, 0.7, 1.5);
    p.wasted         = in * sludge_drawn(r, 0.01, 0.04);
    p.separation     = sludge_drawn(r, 0.0, 1.0) < 0.6 ? PARK_SEPARATION_SETTLER : PARK_SEPARATION_MEMBRANE;
    p.settler.solids = sludge_drawn(r, 0.0, 1.0) < 0.5 ? PARK_SOLIDS_AS_INFLOW : PARK_SOLIDS_CARRIED;
    p.settler.area   = sludge_drawn(r, 1500.0, 3000.0);
    p.retention      = sludge_drawn(r, 0.99, 1.0);
    return p;
}

static inline park_sludge_inflow sludge_any_inflow(park_random *r)
{
    park_sludge_inflow in = sludge_inflow();
    in.flow *= sludge_drawn(r, 0.5, 1.3);
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
        in.conc[k] *= sludge_drawn(r, 0.3, 2.0);
    return in;
}

/* Any state that is not at rest. */
static inline void sludge_any_state(const park_sludge_form *f, park_random *r, double *y)
{
    for (size_t i = 0; i < f->states; i++)
        y[i] = exp(sludge_drawn(r, log(1e-5), log(3.0)));
    for (size_t i = f->control_at; i < f->states; i++)
        y[i] = sludge_drawn(r, -300.0, 300.0) / DAY;
}

#endif
