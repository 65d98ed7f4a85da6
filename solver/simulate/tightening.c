#include "simulate/tightening.h"

#include <math.h>
#include <string.h>

enum { LED_AFTER = 4 };                                    /* throttles */
static const double RATIO_MOST = 0.98, RATIO_ALIKE = 0.02; /* of throttles that go on and on */
static const double LED_SHARE =
    0.99; /* of what seems to come: after it a treatment must still lack something */
static const double LED_FREELY = 1e-6; /* of the intake: too little to look back for */

double park_tightening_next(park_tightening *t, double got)
{
    memmove(t->most + 1, t->most, sizeof t->most - sizeof *t->most);
    t->most[0] = got;
    t->before  = 0.0;
    if (++t->count < LED_AFTER || t->off)
        return got;
    double step = t->most[0] - t->most[1], earlier = t->most[1] - t->most[2];
    double ratio = step / earlier, ratio_before = earlier / (t->most[2] - t->most[3]);
    double rest = -step * ratio / (1.0 - ratio);
    if (!(ratio > 0.0 && ratio < RATIO_MOST && fabs(ratio - ratio_before) <= RATIO_ALIKE * ratio &&
          rest < got))
        return got;
    bool large = rest > LED_FREELY * got;
    t->count   = 0;
    t->before  = large ? got : 0.0;
    return got - (large ? LED_SHARE : 1.0) * rest;
}

double park_tightening_back(park_tightening *t, double most)
{
    double before = t->before;
    if (!(before > 0.0))
        return most;
    t->before = 0.0;
    t->off    = true;
    return before;
}
