/*
 * choose.h - one choice among options as a program of 0/1 columns, and what may be asked of it besides.
 * Math: docs/math/region.md, Eq. (Y21)-(Y28).   Looks down on: allocation (public), program.
 */
#ifndef PARK_REGION_CHOOSE_H
#define PARK_REGION_CHOOSE_H

#include "design/program.h"

#include <parkwater/allocation.h>

/* What gives way; then the objective is by how much. */
typedef enum park_gives_way {
    PARK_WAY_NONE,
    PARK_WAY_NEED,  /* one need, by m3/a */
    PARK_WAY_NEEDS, /* all of them, by the sum of their shares of what they lack */
    PARK_WAY_BUDGET /* all years' budgets, by CNY */
} park_gives_way;

enum { PARK_HELD_FREE = 0, PARK_HELD_OUT = -1, PARK_HELD_IN = -2 };

/* A question: which needs, what is held. Zero is the plain one of the base scenario. */
typedef struct park_question {
    size_t         scenario;
    const int32_t *held;  /* [options] free, out, in some year, or in this very year; NULL: all free */
    const int32_t *plant; /* [plants] the same; NULL */
    park_gives_way way;
    int32_t        need;    /* which gives way */
    double         more;    /* [m3/a] asked of `more_of` beyond what is lacking */
    int32_t        more_of; /* need; read where `more` is not 0 */
    bool           no_budget, no_cities;
    const double
        *times; /* [options * 5] investment, yearly, three gifts: their figures as drawn; NULL: as they are */
    double
        ceiling; /* above 0: what gives way may do so up to here [m3/a], [CNY], and the objective is the cost again */
} park_question;

enum { PARK_TIMES = 5 };

/* As park_allocation_figures, with figures as drawn. */
void park_option_figures(const park_allocation *a, size_t option, const double *times, park_worth_of *out);

/* What one yuan of a year is worth in the first year of building. */
double park_allocation_discounted(const park_allocation *a, int32_t year);
/* Present cost of a shared plant built in the first year [CNY]. */
double park_plant_cost(const park_allocation *a, const park_plant *plant);
/* What the objective counts of an option: its present cost, or its public money. */
double park_option_money(const park_allocation *a, const park_worth_of *figures);
/* What an option, what all that comes anyway, brings to a need [m3/a]. */
double park_option_brings(const park_allocation *a, size_t option, const park_need *need,
                          const double *times);
double park_anyway_brings(const park_allocation *a, const park_need *need, const double *times);
/* May something with these first and last years be built in a year? */
bool park_may_be_built(const park_allocation *a, int32_t first, int32_t last, int32_t year);

/* Why an option cannot take part at all; PARK_FATE_DEAR: it can. */
park_fate park_option_barred(const park_allocation *a, size_t option, const double *times);

PARK_MUST_CHECK park_status park_choose(const park_allocation *a, const park_question *question,
                                        const park_allocation_settings *settings, park_arena *arena,
                                        park_choice *choice, park_error *err);

/* Room for an answer without one. */
PARK_MUST_CHECK park_status park_choice_room(const park_allocation *a, park_arena *arena, park_choice *choice,
                                             park_error *err);

/* Many questions, by threads; choice [count] into the arena. The first failure in the order of the questions comes back. */
PARK_MUST_CHECK park_status park_choose_many(const park_allocation *a, const park_question *question,
                                             size_t count, const park_allocation_settings *settings,
                                             park_arena *arena, park_choice *choice, park_error *err);

/* Does it bring anything to a need that lacks something? */
bool park_option_serves(const park_allocation *a, size_t option);

/* Dual values of the needs with options taken in parts [CNY per m3/a]. */
PARK_MUST_CHECK park_status park_choose_duals(const park_allocation *a, park_arena *arena, double *dual,
                                              park_error *err);

/* What a need's row reaches by options built in these years (0: not), with what comes anyway, before the need's year. */
double park_delivered(const park_allocation *a, size_t need, const int32_t *year, const double *times);

#endif
