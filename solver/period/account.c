/* Water and money of a run. Math: docs/math/network_time.md, Eq. (P20)-(P25). */
#include "period/course.h"

#include "base/wide.h"

#include <math.h>

static const double STILL = 1e-6 * 0.028316846592; /* [m3/s] the least flow that energy is divided by */
static const double HOUR  = 3600.0;

static void water(park_course *course, double step)
{
    const park_hydraulic_state *s   = &course->state;
    const park_net_nodes       *n   = &course->net->node;
    park_period_volumes        *w   = &course->result->water;
    park_period_volumes         now = {0}; /* rates */
    for (size_t i = 0; i < n->count; i++) {
        if (n->kind[i] == PARK_NET_RESERVOIR) {
            now.from_reservoirs += park_larger(-s->inflow[i], 0.0);
            now.to_reservoirs += park_larger(s->inflow[i], 0.0);
        }
        double given = s->delivered[i], wanted = s->demand[i], emitted = s->emitter[i];
        if (n->kind[i] != PARK_NET_JUNCTION)
            continue;
        if (given < 0.0 || emitted < 0.0)
            now.inflow += park_larger(-given, 0.0) + park_larger(-emitted, 0.0);
        now.delivered += park_larger(given, 0.0);
        if (emitted > 0.0)
            now.emitted += emitted;
        now.leaked += s->leak[i];
        if (wanted > given && wanted > 0.0)
            now.unmet += wanted - given;
    }
    for (size_t i = 0; i < course->tanks->count; i++)
        now.overflowed += course->overflow[i];
    w->from_reservoirs += now.from_reservoirs * step;
    w->to_reservoirs += now.to_reservoirs * step;
    w->inflow += now.inflow * step;
    w->delivered += now.delivered * step;
    w->emitted += now.emitted * step;
    w->leaked += now.leaked * step;
    w->overflowed += now.overflowed * step;
    w->unmet += now.unmet * step;
}

double park_course_price(const park_course *course, size_t i)
{
    const park_network *net     = course->net;
    double              own     = net->pump.price[i];
    int32_t             pattern = net->pump.price_pattern[i];
    return (own > 0.0 ? own : net->energy.price) *
           park_pattern_factor(net, pattern >= 0 ? pattern : net->energy.price_pattern, course->time);
}

void park_course_peaks(park_course *course)
{
    double together = 0.0;
    for (size_t i = 0; i < course->net->pump.count; i++) {
        double *peak = &course->result->pump[i].peak;
        *peak        = fmax(*peak, course->power[i]);
        together += course->power[i];
    }
    course->result->peak_power = fmax(course->result->peak_power, together);
}

static void energy(park_course *course, double step)
{
    for (size_t i = 0; i < course->net->pump.count; i++) {
        if (!(course->efficiency[i] > 0.0)) /* closed */
            continue;
        park_period_pump *p     = &course->result->pump[i];
        double            flow  = fabs(course->state.flow[course->net->pump.link[i]]);
        double            power = course->power[i];
        p->online += step;
        p->energy += power * step;
        p->volume += flow * step;
        p->cost += park_course_price(course, i) * power * step;
        course->kept[2 * i] += course->efficiency[i] * step;
        course->kept[2 * i + 1] += power / fmax(flow, STILL) * step;
    }
}

void park_course_account(park_course *course, double step, double lost)
{
    bool single =
        course->net->time.duration == 0; /* energy of a single instant: what an hour of it would take */
    course->result->steps++;
    water(course, step);
    energy(course, single ? HOUR : step);
    park_course_peaks(course);
    course->result->water.rounded += lost;
}

void park_course_close(park_course *course)
{
    park_period_result  *r = course->result;
    park_period_volumes *w = &r->water;
    w->stored              = 0.0;
    if (course->quality_plan != NULL)
        park_quality_close(course->quality_plan, &course->quality);
    for (size_t i = 0; i < course->tanks->count; i++) {
        r->volume_last[i] = course->volume[i];
        w->stored += r->volume_last[i] - r->volume_first[i];
    }
    double came = w->from_reservoirs + w->inflow + fmax(-w->stored, 0.0);
    double went = w->to_reservoirs + w->delivered + w->emitted + w->leaked + w->overflowed;
    w->residual = w->from_reservoirs + w->inflow - went - w->stored - w->rounded;
    r->closure  = came + went > 0.0 ? fabs(w->residual) / fmax(came, went) : 0.0;
    r->energy = r->cost = 0.0;
    for (size_t i = 0; i < course->net->pump.count; i++) {
        park_period_pump *p  = &r->pump[i];
        p->efficiency        = p->online > 0.0 ? course->kept[2 * i] / p->online : NAN;
        p->energy_per_volume = p->online > 0.0 ? course->kept[2 * i + 1] / p->online : NAN;
        r->energy += p->energy;
        r->cost += p->cost;
    }
    r->demand_charge = course->net->energy.demand_charge * r->peak_power;
}
