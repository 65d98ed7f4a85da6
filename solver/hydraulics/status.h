/*
 * status.h - when links open, close and give up: one rule a kind, and the rule that ends a cycle.
 * Math: docs/math/hydraulics.md, "Statuses".   Looks down on: plan.h.
 *
 * A link that has changed its status PARK_FLIPS_MOST times in one solve stays as it then is; the report names it.
 */
#ifndef PARK_HYDRAULICS_STATUSES_H
#define PARK_HYDRAULICS_STATUSES_H

#include "hydraulics/plan.h"

#define PARK_HEAD_TOLERANCE (5e-4 * PARK_FT)
#define PARK_FLOW_TOLERANCE (1e-4 * PARK_CFS)
#define PARK_FLOW_REST (1e-6 * PARK_CFS) /* counts as no flow where a link starts anew */
enum { PARK_FLIPS_MOST = 20 };

/* The laws, each by itself. h1, h2: heads at from and to; flow positive from -> to. */
uint8_t park_check_valve_status(uint8_t status, double h1, double h2, double flow);
/* top: most that the pump can lift at its speed, INFINITY for constant power. */
uint8_t park_pump_status(double top, double h1, double h2, double flow);
/* set: the head to be held downstream (PRV) or upstream (PSV); minor: of the open valve. */
uint8_t park_prv_status(uint8_t status, double set, double minor, double h1, double h2, double flow);
uint8_t park_psv_status(uint8_t status, double set, double minor, double h1, double h2, double flow);
uint8_t park_fcv_status(uint8_t status, double set, double minor, double h1, double h2, double flow);

/* Statuses to start a solve from: what the commands demand, what the solve before left. Fills work->set, status, flips,
 * forced; links that begin anew get their flow to start from. */
void park_statuses_begin(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                         park_hydraulic_work *work);

/* PRVs and PSVs that obey their setting. Returns whether one changed. */
bool park_statuses_hold(const park_hydraulic_plan *plan, park_hydraulic_work *work,
                        park_hydraulic_report *report);
/* Check valves, pumps, FCVs and links at full or empty tanks. Returns whether one changed. */
bool park_statuses_watch(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                         park_hydraulic_work *work, park_hydraulic_report *report);
/* Controls that look at a junction's pressure: changes command and setting of the state, and the link at once. Returns
 * whether one acted. */
bool park_statuses_control(const park_hydraulic_plan *plan, park_hydraulic_state *state,
                           park_hydraulic_work *work, park_hydraulic_report *report);

#endif
