/*
 * parts.h - what the files of this room share: the plan, the water of a run, one step.
 * Looks down on: segments.h, reaction.h, parkwater/quality.h.
 *
 * One step of length h, Eq. (Q1)-(Q2), visits the nodes in the order of the flow. A node takes from each link that leads to
 * it what leaves in h, mixes, and pushes the result into the links that lead away. What it gives over the step is told as a
 * few pieces, straight in time, so an edge passes through any number of nodes where it falls. A link that holds less than
 * flows through it must be filled before it is emptied, which is what the order is for; other links do not care.
 */
#ifndef PARK_QUALITY_PARTS_H
#define PARK_QUALITY_PARTS_H

#include <parkwater/quality.h>

#include "quality/reaction.h"
#include "quality/segments.h"

typedef struct park_quality_source {
    size_t                 constituent;
    const park_net_source *source;
} park_quality_source;

enum { PARK_QUALITY_MOST = 64 }; /* constituents at once */

struct park_quality_plan {
    const park_network       *net;
    park_quality_settings     settings;
    park_quality_constituent *constituent; /* [count] */
    size_t                    nodes, links, tanks, count;
    double                   *volume;   /* [links] [m3], 0 for all but pipes */
    size_t                   *start;    /* [nodes+1] into incident */
    int32_t                  *incident; /* [2*links] links at a node */
    size_t                    degree;   /* most links at a node */
    int32_t                  *tank_of;  /* [nodes], -1 */
    size_t                    reservoirs;
    int32_t                  *reservoir;    /* [reservoirs] nodes */
    double                   *mixing;       /* [tanks] [m3] of the mixing zone; complete mixing: INFINITY */
    size_t                   *source_start; /* [nodes+1] into source */
    park_quality_source      *source;
    double                   *link_bulk, *link_wall;      /* [links*count] */
    double                   *tank_bulk;                  /* [tanks*count] */
    bool                      reacts;                     /* any constituent changes with time */
    bool                      changes[PARK_QUALITY_MOST]; /* this one does */
};

/* What passes a point in one step, told in time: piece i lasts amount[i] seconds. */
typedef struct park_pieces {
    size_t        count; /* constituents */
    int32_t       most, pieces;
    const double *tolerance;
    double       *amount;       /* [most+1] */
    double       *first, *last; /* [(most+1)*count] */
} park_pieces;

/* Water that leaves a box through one of its ends during the step. */
typedef struct park_stream {
    size_t               box;
    int                  end;
    double               flow;    /* [m3/s] above 0 */
    double               longest; /* it waited in the box during this step, at most [s] */
    const park_reaction *law;     /* [count], NULL: nothing reacts */
    double              *value;   /* [2*count] scratch: first, last */
} park_stream;

/* A link as a node sees it in this period: water leaves it at one end and enters it at the other. */
typedef struct park_turned {
    int32_t link;
    int32_t end;     /* where it meets the node */
    double  flow;    /* [m3/s] above 0 */
    double  longest; /* its water waits in it at most [s] */
} park_turned;

/* What a junction exchanges with the outside in this period [m3/s], none below 0. */
typedef struct park_tap {
    double own;      /* enters with the concentration of its sources */
    double backflow; /* enters clean */
    double delivered, emitter, leak;
} park_tap;

typedef struct park_quality_tank {
    double  volume;            /* [m3] now */
    double  mixed;             /* of it in the mixing zone */
    double *conc, *rest;       /* [count] in the mixing zone, in the rest; unused by FIFO and LIFO */
    double  in, out, overflow; /* of the step [m3/s]; overflow below zero: water appears */
    double  next;              /* volume after the step */
} park_quality_tank;

typedef struct park_quality_water {
    double *flow; /* [links] of the period, 0 where water stands still */
    /* links at node n in this period: those that lead to it from turned[plan->start[n]] on, then those that lead away */
    park_turned       *turned;            /* [2*links] */
    int32_t           *leading, *leaving; /* [nodes] how many lead to it, lead away */
    double            *away;              /* [nodes] flow of those that lead away [m3/s] */
    park_tap          *tap;               /* [nodes] */
    park_segments      segments;          /* boxes: links, then tanks */
    park_quality_tank *tank;              /* [tanks] */
    park_reaction     *law;               /* [(links+tanks)*count] of the period */
    bool              *lively;            /* [links+tanks] some law is not NONE */
    int32_t           *fresh;        /* [links+tanks] segments that wait to be joined with their neighbours */
    int32_t           *parts;        /* [links] into which a step\'s water is cut, so that its curve shows */
    bool              *stirred;      /* [links] within a loop: its water reacts for the whole step */
    park_pieces        given, taken; /* what a node gives; what a tank takes */
    park_stream       *stream;       /* [degree+1] */
    double            *sum;          /* [count] scratch */
    /* order of the nodes in this period: group g is order[group[g] .. group[g+1]-1]; more than one: a loop */
    size_t   groups, largest;
    int32_t *order, *group;               /* [nodes], [nodes+1] */
    int32_t *place, *low, *stack, *frame; /* [nodes] scratch */
    size_t  *edge;                        /* [nodes] scratch */
    /* loops: unknowns of the largest group */
    size_t               loop_room;
    int32_t             *loop_of;                                /* [nodes] place in its group, -1 */
    double              *matrix, *work;                          /* direct solution */
    double              *known, *answer;                         /* [constituents * nodes of the loop] */
    double              *gain, *leaves, *shifted, *fixed, *side; /* [nodes of the loop] */
    int32_t             *pivot;
    park_quality_ledger *step; /* [count] of this step */
} park_quality_water;

typedef struct park_quality_step {
    const park_quality_plan   *plan;
    const park_quality_period *period;
    park_quality_state        *state;
    park_quality_water        *water;
    double                     length; /* h [s] */
    double                     middle; /* of the step, since the start of the run [s] */
} park_quality_step;

/* --- order.c --- */
/* Sort the links of every node by the direction of their flow; and what goes in and out there. */
void park_quality_turn(const park_quality_plan *plan, const park_quality_period *period,
                       park_quality_water *water);
/* Nodes in the order of the flow for steps of `length`; returns the nodes in loops. */
size_t park_quality_order(const park_quality_plan *plan, const park_quality_period *period, double length,
                          park_quality_water *water);
/* Whether what node `to` gives within a step depends on what node `from` gives to the link in it. */
bool park_quality_depends(const park_quality_plan *plan, const park_quality_period *period, double length,
                          int32_t link);

/* --- pieces.c --- */
park_status park_pieces_make(park_arena *arena, size_t count, int32_t most, const double *tolerance,
                             park_pieces *pieces, park_error *err);
void        park_pieces_add(park_pieces *pieces, double amount, const double *first, const double *last);
/* Nothing but one piece of this length and concentration. */
void park_pieces_set(park_pieces *pieces, double amount, const double *conc);
void park_pieces_mean(const park_pieces *pieces, double *mean); /* [count] */

/* --- mixing.c --- */
/* Water of the streams, and `extra` [m3/s] of concentration conc, becomes one, Eq. (Q2). */
void park_quality_mix(const park_quality_step *step, size_t streams, double extra, const double *conc,
                      park_pieces *out);
/* Collect the links that lead to a node as water->stream[0..]; returns their number and flow. */
size_t park_quality_streams(const park_quality_step *step, int32_t node, double *flow);
/* Before water is pushed into a box. */
void park_quality_make_way(const park_quality_step *step, size_t box, int end);
/* The stream out of a box. */
void park_quality_stream(const park_quality_step *step, size_t i, size_t box, int end, double flow,
                         double longest);
/* What enters a junction from outside: flow [m3/s] and mass [kg/s] by constituent. */
double park_quality_inflow(const park_quality_step *step, int32_t node, double *mass);
double park_quality_outflow(const park_quality_step *step, int32_t node); /* to users, emitters, leaks */
/* Water given by a node enters the links that lead away; consumers, emitters and leaks take theirs. */
void park_quality_give(const park_quality_step *step, int32_t node, const park_pieces *given);
void park_quality_junction(const park_quality_step *step, int32_t node);
/* A reservoir gives whenever its turn is, and takes back when all links are filled. */
void park_quality_reservoir(const park_quality_step *step, int32_t node);
void park_quality_return(const park_quality_step *step, int32_t node);
/* Junctions that nothing enters show what stands around them, at the end of a period. */
void park_quality_show_still(const park_quality_step *step);
/* Mass of constituent c has gone by reaction in a box. */
static inline void park_quality_gone(const park_quality_step *step, size_t box, size_t c, double mass)
{
    park_quality_ledger *l = &step->water->step[c];
    *(box < step->plan->links ? &l->reacted_pipes : &l->reacted_tanks) += mass;
}

/* --- waiting.c --- */
/* Bring a segment, or all of a box, up to its box's clock. */
void park_quality_catch_up(const park_quality_step *step, size_t box, int32_t segment);
void park_quality_flush(const park_quality_step *step, size_t box);
/* A box after its water moved: what stays has waited, fresh segments join. `end` is where water entered at `flow`;
 * `whole`: all of it has waited for the whole step. */
void park_quality_settle(const park_quality_step *step, size_t box, int end, double flow, bool whole);

/* --- sources.c --- */
/* Strength of a source at the step's middle. */
double park_quality_strength(const park_quality_step *step, const park_net_source *source);
/* Sources and traces of a node act on what it gives; `flow` [m3/s] is all that it gives. */
void park_quality_sources(const park_quality_step *step, int32_t node, double flow, park_pieces *given);

/* --- tanks.c --- */
void park_quality_tank_node(const park_quality_step *step, int32_t node);
/* The flows of a tank in this step. */
void park_quality_tank_flows(const park_quality_step *step, int32_t node);
/* The water of a stratified tank becomes one; returns its concentrations in tank->conc. */
void park_quality_tank_stir(const park_quality_step *step, int32_t tank);
/* What a tank's water is like at its outlet. */
void park_quality_tank_outlet(const park_quality_plan *plan, const park_quality_water *water, int32_t tank,
                              double *conc);

/* --- loops.c --- */
void park_quality_loop(const park_quality_step *step, const int32_t *node, size_t count);

#endif
