#include <parkwater/economics.h>

#include <math.h>

double park_present_value(const double *flow, size_t count, double rate)
{
    double value = 0.0;
    for (size_t t = count; t-- > 0;)
        value = flow[t] + value / (1.0 + rate);
    return value;
}

double park_annuity(double rate, double years)
{
    if (!(fabs(rate) > 1e-12))
        return 1.0 / years;
    return rate / (1.0 - pow(1.0 + rate, -years));
}

/* The last year in which the sum comes up to zero counts: a later outlay may take it below again. */
double park_payback(const double *flow, size_t count, double rate)
{
    double sum = 0.0, weight = 1.0, back = 0.0;
    for (size_t t = 0; t < count; t++, weight /= 1.0 + rate) {
        double before = sum;
        sum += flow[t] * weight;
        if (sum < 0.0)
            back = INFINITY;
        else if (before < 0.0)
            back = (double)(t - 1) - before / (sum - before);
    }
    return back;
}
