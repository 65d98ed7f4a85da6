/*
 * mixed.h - what is only mixed in a volume on its way.   Math: docs/math/units.md, Eq. (U68).   Looks down on: nothing.
 */
#ifndef PARK_UNITS_TREATMENTS_MIXED_H
#define PARK_UNITS_TREATMENTS_MIXED_H

#include <math.h>

/* A mixed volume over a piece of time: `came` [kg] evenly, `through` [m3] of water passes. Returns what passed [kg]; `held` in
 * and out [kg]. Eq. (U68). */
static inline double park_mixed_pass(double volume, double through, double came, double *held)
{
    double turns = through / volume;
    double stays = turns > 0.0 ? *held * exp(-turns) + came * -expm1(-turns) / turns : *held + came;
    double gone  = *held + came - stays;
    *held        = stays;
    return gone;
}

#endif
