/*
 * returns.c - all rates of return: real roots of the present value as a polynomial.
 *
 * With x = 1 / (1 + r) the present value is p(x) = sum a_t x^t. Rates from 0 up are roots in (0, 1]; rates in (-1, 0) are
 * roots y = 1 + r in (0, 1) of the reversed polynomial. Each is written in Bernstein form on [0, 1], where the number of
 * sign changes of the coefficients bounds the number of roots inside and has its parity: none is none, one is one, and
 * halves of an interval (de Casteljau) tell the rest.
 */
#include <parkwater/economics.h>

#include <math.h>
#include <string.h>

enum { FLOWS_MOST = 120, STACK = 96 }; /* three pieces a halving, and NARROW ends them after 27 */

static const double NARROW = 1e-8;  /* of x: two roots this near count as one */
static const double ONE    = 1e-11; /* a root this near to 1 is the rate 0, which the sum tells */

typedef struct piece {
    double from, to;
    double b[FLOWS_MOST];
} piece;

static int sign_changes(const double *b, size_t n, double noise)
{
    int changes = 0, last = 0;
    for (size_t i = 0; i < n; i++) {
        int sign = b[i] > noise ? 1 : b[i] < -noise ? -1 : 0;
        if (sign != 0 && last != 0 && sign != last)
            changes++;
        if (sign != 0)
            last = sign;
    }
    return changes;
}

/* Both halves of a piece by de Casteljau's scheme. */
static void halve(const piece *whole, size_t n, piece *left, piece *right)
{
    double work[FLOWS_MOST], middle = 0.5 * (whole->from + whole->to);
    memcpy(work, whole->b, n * sizeof *work);
    for (size_t k = 0; k < n; k++) {
        left->b[k]          = work[0];
        right->b[n - 1 - k] = work[n - 1 - k];
        for (size_t i = 0; i + 1 < n - k; i++)
            work[i] = 0.5 * (work[i] + work[i + 1]);
    }
    left->from  = whole->from;
    left->to    = middle;
    right->from = middle;
    right->to   = whole->to;
}

/* b_j = sum_i C(j,i) / C(n-1,i) a_i. */
static void to_bernstein(const double *a, size_t n, double *b)
{
    for (size_t j = 0; j < n; j++) {
        double ratio = 1.0;
        b[j]         = 0.0;
        for (size_t i = 0; i <= j; i++) {
            b[j] += ratio * a[i];
            ratio *= (double)(j - i) / (double)(n - 1 - i > 0 ? n - 1 - i : 1);
        }
    }
}

static double value_at(const double *a, size_t n, double x)
{
    double value = 0.0;
    for (size_t t = n; t-- > 0;)
        value = a[t] + value * x;
    return value;
}

/* The one root between two points of different sign. */
static double bisect(const double *a, size_t n, double low, double high)
{
    bool rising = value_at(a, n, high) > 0.0;
    for (int i = 0; i < 200 && high - low > 0.0; i++) {
        double middle = 0.5 * (low + high), value = value_at(a, n, middle);
        if (!(middle > low && middle < high))
            break;
        if ((value > 0.0) == rising)
            high = middle;
        else
            low = middle;
    }
    return 0.5 * (low + high);
}

typedef struct found {
    double *root;
    size_t  most, count;
} found;

/* They come rising; the two halves of a double root are one. */
static void add_root(found *to, double x)
{
    if (to->count < to->most && (to->count == 0 || x - to->root[to->count - 1] > 2.0 * NARROW))
        to->root[to->count++] = x;
}

/* Roots of sum a_t x^t in (0, 1), rising; at most `most`. Roots at 0 and 1 are the caller's. */
static park_status roots_inside(park_arena *arena, const double *a, size_t n, found *to, park_error *err)
{
    piece *stack = PARK_ARRAY(arena, STACK, piece);
    size_t depth = 0;
    double large = 0.0;
    if (stack == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for rates of return");
    for (size_t t = 0; t < n; t++)
        large = fmax(large, fabs(a[t]));
    double noise = 1e-15 * large;
    to_bernstein(a, n, stack[depth].b);
    stack[depth].from = 0.0, stack[depth].to = 1.0;
    depth++;
    while (depth > 0) {
        piece now = stack[--depth];
        if (!(now.from < now.to)) { /* a root met by a middle */
            add_root(to, now.from);
            continue;
        }
        int changes = sign_changes(now.b, n, noise);
        if (changes == 0)
            continue;
        double ends = value_at(a, n, now.from) * value_at(a, n, now.to);
        if (changes == 1 && ends < 0.0) {
            add_root(to, bisect(a, n, now.from, now.to));
            continue;
        }
        if (now.to - now.from < NARROW) {
            add_root(to, 0.5 * (now.from + now.to));
            continue;
        }
        piece *right = &stack[depth++]; /* the left one is looked at first */
        piece  left;
        halve(&now, n, &left, right);
        if (fabs(left.b[n - 1]) <= noise)
            stack[depth++] = (piece){.from = left.to, .to = left.to};
        stack[depth++] = left;
    }
    return PARK_OK;
}

static park_status of_both(park_arena *arena, const double *a, size_t n, double *rate, size_t *rates,
                           park_error *err)
{
    double reversed[FLOWS_MOST], root[PARK_RATES_MOST], sum = 0.0, large = 0.0;
    for (size_t t = 0; t < n; t++) {
        reversed[t] = a[n - 1 - t];
        sum += a[t];
        large = fmax(large, fabs(a[t]));
    }
    found below = {.root = root, .most = PARK_RATES_MOST};
    PARK_TRY(roots_inside(arena, reversed, n, &below, err));
    for (size_t i = 0; i < below.count; i++)
        if (root[i] < 1.0 - ONE)
            rate[(*rates)++] = root[i] - 1.0;
    if (fabs(sum) <= 1e-12 * large && *rates < PARK_RATES_MOST)
        rate[(*rates)++] = 0.0;
    found above = {.root = root, .most = PARK_RATES_MOST};
    PARK_TRY(roots_inside(arena, a, n, &above, err));
    for (size_t i = above.count; i-- > 0 && *rates < PARK_RATES_MOST;)
        if (root[i] < 1.0 - ONE)
            rate[(*rates)++] = 1.0 / root[i] - 1.0;
    return PARK_OK;
}

park_status park_rates_of_return(const double *flow, size_t count, double *rate, size_t *rates,
                                 park_error *err)
{
    *rates = 0;
    if (count > FLOWS_MOST)
        return PARK_FAIL(err, PARK_E_RANGE, "%zu yearly flows; at most %d have a rate of return", count,
                         (int)FLOWS_MOST);
    for (size_t t = 0; t < count; t++)
        if (!isfinite(flow[t]))
            return PARK_FAIL(err, PARK_E_RANGE, "the flow of year %zu is not a number", t);
    while (count > 0 && !(fabs(flow[0]) > 0.0)) /* nothing happens before: rates are the same */
        flow++, count--;
    while (count > 0 && !(fabs(flow[count - 1]) > 0.0))
        count--;
    if (count < 2)
        return PARK_OK;
    park_arena *arena  = park_arena_new();
    park_status status = arena == NULL ? PARK_FAIL(err, PARK_E_MEMORY, "no memory for rates of return")
                                       : of_both(arena, flow, count, rate, rates, err);
    park_arena_free(arena);
    return status;
}
