/*
 * demand.h - outflows that depend on pressure, written as losses towards a fixed head: consumers' demand (Wagner's curve
 * turned round) and emitters.   Math: docs/math/hydraulics.md, Eq. (H19)-(H22).   Looks down on: nothing.
 *
 * Each is a fictive link from the node to a fixed head; loss(q) is inverse to q(pressure), and steep barriers keep the flow
 * between its ends.
 */
#ifndef PARK_HYDRAULICS_DEMAND_H
#define PARK_HYDRAULICS_DEMAND_H

#include <stdbool.h>
#include <stddef.h>

/* Add a barrier that keeps q above least (distance = q - least), or below most (distance = q - most). */
void park_barrier_below(double distance, double *loss, double *slope);
void park_barrier_above(double distance, double *loss, double *slope);

/* Pressure-dependent demand: loss over the lowest pressure needed to deliver `flow` of `full` (above 0): range
 * (flow/full)^power, barriers at 0 and full. range = required - lowest pressure [m], power = 1 / exponent. */
void park_demand_loss(double flow, double full, double range, double power, double *loss, double *slope);
/* What Wagner's curve delivers at a pressure [m]. */
double park_demand_at(double pressure, double full, double lowest, double required, double exponent);

/* Emitter: pressure needed for an outflow; coefficient [m3/s per m^exponent] above 0, power = 1 / exponent. */
void park_emitter_loss(double flow, double coefficient, double power, bool backflow, double *loss,
                       double *slope);

#endif
