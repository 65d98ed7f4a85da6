#include <parkwater/economics.h>

#include <math.h>

enum { YEARS_MOST = 100 };

static park_status check(const park_proposal *p, park_error *err)
{
    if (p->years < 1 || p->start < 1 || p->start + p->years > YEARS_MOST + 1)
        return PARK_FAIL(err, PARK_E_RANGE,
                         "%d years of service from year %d; both are at least 1, together at most %d",
                         (int)p->years, (int)p->start, (int)YEARS_MOST + 1);
    if (!(p->discount > -1.0) || !isfinite(p->discount))
        return PARK_FAIL(err, PARK_E_RANGE, "the discount rate is %g; it must be above -1", p->discount);
    for (size_t i = 0; i < p->outlays; i++)
        if (!isfinite(p->outlay[i].capital) || !(p->outlay[i].life > 0.0) || p->outlay[i].year < 0 ||
            p->outlay[i].year >= p->start)
            return PARK_FAIL(err, PARK_E_RANGE,
                             "outlay %zu: %g CNY in year %d for %g years; it must come before service begins "
                             "(year %d) and last",
                             i + 1, p->outlay[i].capital, (int)p->outlay[i].year, p->outlay[i].life,
                             (int)p->start);
    for (size_t k = 0; k < p->streams; k++)
        if (!isfinite(p->gain[k]))
            return PARK_FAIL(err, PARK_E_RANGE, "yearly gain %zu is not a number", k + 1);
    return PARK_OK;
}

/* (K6): built, built again whenever it is worn out, and what is left of the last one given back at the end. */
static void add_outlay(const park_proposal *p, const park_outlay *o, double *flow)
{
    int32_t last  = p->start + p->years - 1;
    int32_t begin = p->start - 1; /* service is counted from the end of this year */
    flow[o->year] -= o->capital;
    double worn = o->life;
    while (worn < (double)p->years - 1e-9) {
        flow[begin + (int32_t)ceil(worn - 1e-9)] -= o->capital;
        worn += o->life;
    }
    flow[last] += o->capital * (worn - (double)p->years) / o->life;
}

static double sum_of_gains(const park_proposal *p)
{
    double sum = 0.0;
    for (size_t k = 0; k < p->streams; k++)
        sum += p->gain[k];
    return sum;
}

static size_t flows_of(const park_proposal *p, double *flow)
{
    size_t count = (size_t)(p->start + p->years);
    double gain  = sum_of_gains(p);
    for (size_t t = 0; t < count; t++)
        flow[t] = (int32_t)t >= p->start ? gain : 0.0;
    for (size_t i = 0; i < p->outlays; i++)
        add_outlay(p, &p->outlay[i], flow);
    return count;
}

/* Present values of the outlays alone (a cost: positive) and of one CNY in each year of service. */
static double worth_of_outlays(const park_proposal *p)
{
    double        flow[YEARS_MOST + 2];
    park_proposal bare = *p;
    bare.streams       = 0;
    size_t count       = flows_of(&bare, flow);
    return -park_present_value(flow, count, p->discount);
}

static double worth_of_service(const park_proposal *p)
{
    double        flow[YEARS_MOST + 2];
    const double  one  = 1.0;
    park_proposal bare = *p;
    bare.outlays       = 0;
    bare.streams       = 1;
    bare.gain          = &one;
    size_t count       = flows_of(&bare, flow);
    return park_present_value(flow, count, p->discount);
}

park_status park_proposal_judge(const park_proposal *p, park_arena *arena, park_merit *merit, park_error *err)
{
    *merit = (park_merit){.unit_cost = NAN, .unit_cost_gross = NAN, .unit_investment = NAN};
    PARK_TRY(check(p, err));
    merit->flow = PARK_ARRAY(arena, (size_t)(p->start + p->years), double);
    if (merit->flow == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the flows of a proposal");
    merit->count = flows_of(p, merit->flow);
    merit->gain  = sum_of_gains(p);
    for (size_t i = 0; i < p->outlays; i++)
        merit->investment += p->outlay[i].capital;
    merit->npv             = park_present_value(merit->flow, merit->count, p->discount);
    merit->annual          = merit->npv / worth_of_service(p);
    merit->payback         = park_payback(merit->flow, merit->count, 0.0);
    merit->payback_dynamic = park_payback(merit->flow, merit->count, p->discount);
    PARK_TRY(park_rates_of_return(merit->flow, merit->count, merit->rate, &merit->rates, err));
    if (p->saved > 0.0) {
        double more = 0.0;
        for (size_t k = 0; k < p->streams; k++)
            more += fmax(-p->gain[k], 0.0);
        merit->unit_cost       = -merit->annual / p->saved;
        merit->unit_cost_gross = (worth_of_outlays(p) / worth_of_service(p) + more) / p->saved;
        merit->unit_investment = merit->investment / p->saved;
    }
    return PARK_OK;
}

/* ---- swings ---- */

static double npv_of(const park_proposal *p)
{
    double flow[YEARS_MOST + 2];
    size_t count = flows_of(p, flow);
    return park_present_value(flow, count, p->discount);
}

/* Linear in `part`, a present value that is scaled: npv + (f - 1) part. */
static park_swing linear(park_swing_of of, size_t stream, double npv, double part, double share)
{
    double turns = 1.0 - npv / part;
    return (park_swing){.of     = of,
                        .stream = stream,
                        .low    = npv - share * part,
                        .high   = npv + share * part,
                        .turns  = isfinite(turns) && turns > 0.0 ? turns : NAN};
}

static park_status swing_discount(const park_proposal *p, double share, park_arena *arena, park_swing *swing,
                                  park_error *err)
{
    park_proposal q = *p;
    park_merit    m;
    *swing      = (park_swing){.of = PARK_SWING_DISCOUNT, .turns = NAN};
    q.discount  = p->discount * (1.0 - share);
    swing->low  = npv_of(&q);
    q.discount  = p->discount * (1.0 + share);
    swing->high = npv_of(&q);
    PARK_TRY(park_proposal_judge(p, arena, &m, err));
    for (size_t i = 0; i < m.rates; i++) {
        double times = m.rate[i] / p->discount;
        if (times > 0.0 && isfinite(times) && !(fabs(times - 1.0) >= fabs(swing->turns - 1.0)))
            swing->turns = times;
    }
    return PARK_OK;
}

static double npv_at_years(const park_proposal *p, int32_t years)
{
    park_proposal q = *p;
    q.years         = years;
    return npv_of(&q);
}

static park_swing swing_years(const park_proposal *p, double share)
{
    int32_t    most  = YEARS_MOST + 1 - p->start;
    int32_t    less  = (int32_t)fmax(1.0, round(p->years * (1.0 - share)));
    int32_t    more  = (int32_t)fmin((double)most, round(p->years * (1.0 + share)));
    park_swing swing = {
        .of = PARK_SWING_YEARS, .low = npv_at_years(p, less), .high = npv_at_years(p, more), .turns = NAN};
    for (int32_t n = 1; n < most; n++) {
        double here = npv_at_years(p, n), next = npv_at_years(p, n + 1);
        if ((here < 0.0) == (next < 0.0))
            continue;
        double times = ((double)n + here / (here - next)) / (double)p->years;
        if (!(fabs(times - 1.0) >= fabs(swing.turns - 1.0)))
            swing.turns = times;
    }
    return swing;
}

static double width(const park_swing *swing)
{
    return fabs(swing->high - swing->low);
}

park_status park_proposal_swings(const park_proposal *p, double share, park_arena *arena, park_swing *swing,
                                 size_t *swings, park_error *err)
{
    size_t n = 0;
    *swings  = 0;
    PARK_TRY(check(p, err));
    if (!(share > 0.0 && share < 1.0))
        return PARK_FAIL(err, PARK_E_RANGE, "assumptions are swung by %g; it must lie in (0, 1)", share);
    double npv = npv_of(p), service = worth_of_service(p), gain = sum_of_gains(p);
    swing[n++] = linear(PARK_SWING_CAPITAL, 0, npv, -worth_of_outlays(p), share);
    swing[n++] = linear(PARK_SWING_GAIN, 0, npv, gain * service, share);
    for (size_t k = 0; k < p->streams; k++)
        if (fabs(p->gain[k]) > 0.0)
            swing[n++] = linear(PARK_SWING_STREAM, k, npv, p->gain[k] * service, share);
    PARK_TRY(swing_discount(p, share, arena, &swing[n++], err));
    swing[n++] = swing_years(p, share);
    for (size_t i = 1; i < n; i++) { /* stable: equal bars keep the order above */
        park_swing moving = swing[i];
        size_t     at     = i;
        for (; at > 0 && width(&swing[at - 1]) < width(&moving); at--)
            swing[at] = swing[at - 1];
        swing[at] = moving;
    }
    *swings = n;
    return PARK_OK;
}
