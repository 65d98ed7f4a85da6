/*
 * layout.h - where the states of a sludge plant stand.   Looks down on: plant.
 */
#ifndef PARK_BIOLOGY_LAYOUT_H
#define PARK_BIOLOGY_LAYOUT_H

#include "biology/plant.h"

enum { SOLUBLES = 7, SOLIDS = 6, TSS_PARTS = 5, LAYERS = PARK_SETTLER_LAYERS };

static const size_t SOLUBLE[SOLUBLES] = {PARK_SI, PARK_SS, PARK_SO, PARK_SNO, PARK_SNH, PARK_SND, PARK_SALK};
/* The first five make up the TSS. */
static const size_t SOLID[SOLIDS] = {PARK_XI, PARK_XS, PARK_XBH, PARK_XBA, PARK_XP, PARK_XND};

static inline bool carried(const park_sludge_form *f)
{
    return f->settler_width == PARK_ASM1_COMPONENTS;
}

static inline bool settles(const park_sludge_form *f)
{
    return f->plant.separation == PARK_SEPARATION_SETTLER;
}

static inline size_t tank_at(size_t tank, size_t component)
{
    return tank * PARK_ASM1_COMPONENTS + component;
}

static inline size_t last_at(const park_sludge_form *f, size_t component)
{
    return tank_at(f->plant.tanks - 1, component);
}

/* The s-th soluble of a layer. */
static inline size_t soluble_at(const park_sludge_form *f, size_t layer, size_t s)
{
    return f->settler_at + layer * f->settler_width + (carried(f) ? SOLUBLE[s] : s);
}

/* TSS of a layer where solids are the inflow's; the i-th solid where they are carried. */
static inline size_t tss_at(const park_sludge_form *f, size_t layer)
{
    return f->settler_at + layer * f->settler_width + SOLUBLES;
}

static inline size_t solid_at(const park_sludge_form *f, size_t layer, size_t i)
{
    return f->settler_at + layer * f->settler_width + SOLID[i];
}

/* Water from one tank to the next: Eq. (B7). */
static inline double onward(const park_sludge_plant *p, double inflow, size_t tank)
{
    bool inside = tank >= p->recycle_to && tank < p->recycle_from;
    return inflow + p->returned + (inside ? p->recycle : 0.0);
}

#endif
