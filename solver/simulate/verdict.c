#include "simulate/verdict.h"

#include "base/calendar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double HOUR    = 3600.0;
static const double NOTICED = 1e-6; /* of what was required, of what passed: rounding below */

static const double WHOLE    = 0.9;  /* of a season: enough to compare its sums with the plan's */
static const double FAR_LESS = 0.95; /* of what was promised */
static const double MOSTLY   = 0.5;  /* of what lacked: then the pipes are to blame */
static const double MATTERS  = 1e-5; /* of all water that flows in the season */

/* How long something was wrong, and its worst. */
typedef struct tally {
    double  seconds, worst, limit;
    int64_t when;
} tally;

struct park_verdict {
    park_arena        *arena;
    const park_layout *p;
    tally             *inlet;            /* [S*I*C] */
    tally             *outlet;           /* [S*K*C] */
    tally             *combined;         /* [S*U*PARK_COMBINED_MOST] */
    tally             *demand;           /* [S*I] worst: largest lack m3/s */
    tally             *spill;            /* [S*U] */
    tally             *dry, *full;       /* [S*U] */
    tally             *capacity;         /* [S*L] */
    double            *required, *unmet; /* [S*I] m3 */
    double            *withheld;         /* [S*L] m3 that the carrier did not let through */
    double            *spilled, *over;   /* [S*U] m3 spilled; over the brim */
    /* what a sink's sampling time has gathered */
    double         *sample_water, *sample_mass, *sample_span; /* [I], [I*C], [I] */
    int64_t        *sample_day;                               /* [I] day or month of the sample */
    size_t          found, found_cap;
    park_violation *list;
};

park_status park_verdict_new(park_arena *arena, const park_layout *p, park_verdict **verdict, park_error *err)
{
    park_verdict *v = PARK_NEW(arena, park_verdict);
    size_t S = p->seasons, I = p->inlets, K = p->outlets, U = p->units, L = p->links, C = p->constituents;
    *verdict = NULL;
    if (v == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for violations");
    v->arena = arena;
    v->p     = p;
    const struct {
        tally **to;
        size_t  count;
    } tallies[] = {
        {&v->inlet, S * I * C}, {&v->outlet, S * K * C}, {&v->combined, S * U * PARK_COMBINED_MOST},
        {&v->demand, S * I},    {&v->spill, S * U},      {&v->dry, S * U},
        {&v->full, S * U},      {&v->capacity, S * L}};
    const struct {
        double **to;
        size_t   count;
    } sums[] = {{&v->required, S * I}, {&v->unmet, S * I},    {&v->spilled, S * U}, {&v->over, S * U},
                {&v->withheld, S * L}, {&v->sample_water, I}, {&v->sample_span, I}, {&v->sample_mass, I * C}};
    bool ok  = (v->sample_day = PARK_ARRAY(arena, I, int64_t)) != NULL;
    for (size_t i = 0; i < sizeof tallies / sizeof *tallies; i++)
        ok = ok && (*tallies[i].to = PARK_ARRAY(arena, tallies[i].count, tally)) != NULL;
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        ok = ok && (*sums[i].to = PARK_ARRAY(arena, sums[i].count, double)) != NULL;
    if (!ok)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for violations");
    *verdict = v;
    return PARK_OK;
}

void park_verdict_tape(park_verdict *v, park_tape *tape)
{
    const park_layout *p = v->p;
    size_t S = p->seasons, I = p->inlets, K = p->outlets, U = p->units, L = p->links, C = p->constituents;
    PARK_TAPE(tape, v->inlet, S * I * C);
    PARK_TAPE(tape, v->outlet, S * K * C);
    PARK_TAPE(tape, v->combined, S * U * PARK_COMBINED_MOST);
    PARK_TAPE(tape, v->demand, S * I);
    PARK_TAPE(tape, v->spill, S * U);
    PARK_TAPE(tape, v->dry, S * U);
    PARK_TAPE(tape, v->full, S * U);
    PARK_TAPE(tape, v->capacity, S * L);
    PARK_TAPE(tape, v->required, S * I);
    PARK_TAPE(tape, v->unmet, S * I);
    PARK_TAPE(tape, v->withheld, S * L);
    PARK_TAPE(tape, v->spilled, S * U);
    PARK_TAPE(tape, v->over, S * U);
    PARK_TAPE(tape, v->sample_water, I);
    PARK_TAPE(tape, v->sample_mass, I * C);
    PARK_TAPE(tape, v->sample_span, I);
    PARK_TAPE(tape, v->sample_day, I);
}

/* `value` stood for `span` seconds against `limit`. */
static void hold_against(tally *t, double value, double limit, double span, int64_t at)
{
    if (!(value > limit))
        return;
    if (t->seconds == 0.0 || value - limit > t->worst - t->limit) {
        t->worst = value;
        t->limit = limit;
        t->when  = at;
    }
    t->seconds += span;
}

void park_verdict_stretch(park_verdict *v, const park_conditions *now, const park_state *state,
                          const park_flows *f, double span)
{
    const park_layout *p  = v->p;
    size_t             s  = (size_t)now->season;
    int64_t            at = (int64_t)llround(state->time);
    for (size_t i = 0; i < p->inlets; i++) {
        v->required[s * p->inlets + i] += f->required[i] * span;
        v->unmet[s * p->inlets + i] += f->unmet[i] * span;
        hold_against(&v->demand[s * p->inlets + i], f->unmet[i], NOTICED * f->required[i], span, at);
    }
    for (size_t u = 0; u < p->units; u++) {
        const park_unit_info *unit  = &p->model->unit[u];
        size_t                row   = s * p->units + u;
        double                spill = 0.0, over = 0.0, passed = f->intake[u];
        for (size_t k = unit->first_outlet; k < unit->first_outlet + unit->outlets; k++) {
            spill += f->spill[k];
            passed += f->outlet[k];
            if (p->model->outlet[k].role == PARK_OUT_OVERFLOW && !p->model->outlet[k].exits)
                over += f->outlet[k];
        }
        v->spilled[row] += spill * span;
        hold_against(&v->spill[row], spill, NOTICED * passed, span, at);
        if (unit->role != PARK_STORAGE || !p->variable[u])
            continue;
        over += spill;
        v->over[row] += over * span;
        hold_against(&v->full[row], state->level[u] == PARK_LEVEL_FULL ? over : 0.0, NOTICED * passed, span,
                     at);
        if (state->level[u] == PARK_LEVEL_EMPTY)
            hold_against(&v->dry[row], p->empty[u] + 1.0, p->empty[u], span, at);
    }
    for (size_t l = 0; l < p->links; l++)
        v->withheld[s * p->links + l] += f->withheld[l] * span;
    for (size_t l = 0; l < p->links; l++)
        hold_against(&v->capacity[s * p->links + l], f->link[l],
                     p->model->link[l].capacity * (1.0 + PARK_VERDICT_SLACK), span, at);
}

/* ---- concentrations ---- */

static double allowed(const park_layout *p, const park_conditions *now, size_t i, size_t c)
{
    const park_inlet_info *inlet  = &p->model->inlet[i];
    size_t                 within = i - p->model->unit[inlet->unit].first_inlet;
    return now->map[inlet->unit]->in_limit[within * p->constituents + c];
}

static void judge_inlet(park_verdict *v, const park_conditions *now, size_t i, double water,
                        const double *mass, double span, int64_t at)
{
    const park_layout *p = v->p;
    size_t             C = p->constituents, s = (size_t)now->season;
    for (size_t c = 0; c < C && water > 0.0; c++) {
        double limit = allowed(p, now, i, c);
        hold_against(&v->inlet[(s * p->inlets + i) * C + c], mass[c] / water,
                     limit * (1.0 + PARK_VERDICT_SLACK), span, at);
    }
}

/* The day or month that an instant ends: samples are closed where it changes. */
static int64_t sample_number(const park_layout *p, size_t i, int64_t at)
{
    int32_t sampling = p->sampling[p->model->inlet[i].unit];
    int32_t offset   = p->model->time.utc_offset;
    if (sampling > PARK_DAY_SECONDS) {
        park_civil civil = park_civil_at(at - 1, offset / 60);
        return (int64_t)civil.year * 12 + civil.month;
    }
    return (at - 1 + offset) / PARK_DAY_SECONDS;
}

static void sample_close(park_verdict *v, const park_conditions *now, size_t i, int64_t at)
{
    size_t C = v->p->constituents;
    judge_inlet(v, now, i, v->sample_water[i], v->sample_mass + i * C, v->sample_span[i], at);
    v->sample_water[i] = v->sample_span[i] = 0.0;
    memset(v->sample_mass + i * C, 0, C * sizeof(double));
}

static void sample_add(park_verdict *v, const park_conditions *now, size_t i, double water,
                       const double *mass, double span, int64_t at)
{
    size_t  C     = v->p->constituents;
    int64_t which = sample_number(v->p, i, at);
    if (which != v->sample_day[i] && v->sample_span[i] > 0.0)
        sample_close(v, now, i, at - (int64_t)span);
    v->sample_day[i] = which;
    v->sample_water[i] += water;
    v->sample_span[i] += span;
    for (size_t c = 0; c < C; c++)
        v->sample_mass[i * C + c] += mass[c];
    if (sample_number(v->p, i, at + 1) != which) /* full */
        sample_close(v, now, i, at);
}

static void judge_mixture(park_verdict *v, const park_conditions *now, const park_state *state, size_t u,
                          double span, int64_t at)
{
    const park_layout *p   = v->p;
    const park_map    *map = now->map[u];
    size_t             C   = p->constituents;
    for (size_t n = 0; p->mix_row[u] >= 0 && n < map->combined_count; n++) {
        double sum = 0.0;
        for (size_t c = 0; c < C; c++)
            sum += map->combined[n].coef[c] * state->conc[(size_t)p->mix_row[u] * C + c];
        size_t row = ((size_t)now->season * p->units + u) * PARK_COMBINED_MOST + n;
        hold_against(&v->combined[row], sum, map->combined[n].limit * (1.0 + PARK_VERDICT_SLACK), span, at);
    }
}

park_status park_verdict_step(park_verdict *v, const park_conditions *now, const park_state *state,
                              const park_flows *f, const park_rates *rates, const double *water,
                              const double *mass, double span, int64_t at, park_error *err)
{
    const park_layout *p = v->p;
    size_t             C = p->constituents, s = (size_t)now->season;
    (void)err;
    for (size_t i = 0; i < p->inlets; i++)
        if (p->sampling[p->model->inlet[i].unit] > 0)
            sample_add(v, now, i, water[i], mass + i * C, span, at);
        else
            judge_inlet(v, now, i, water[i], mass + i * C, span, at);
    for (size_t k = 0; k < p->outlets; k++) {
        size_t                 u = (size_t)p->model->outlet[k].unit;
        const park_map_outlet *o = &now->map[u]->outlet[k - p->model->unit[u].first_outlet];
        for (size_t c = 0; c < C && f->outlet[k] > 0.0; c++)
            hold_against(&v->outlet[(s * p->outlets + k) * C + c],
                         park_rates_outlet(rates, k, c, state->conc),
                         o->limit[c] * (1.0 + PARK_VERDICT_SLACK), span, at);
    }
    for (size_t u = 0; u < p->units; u++)
        judge_mixture(v, now, state, u, span, at);
    return PARK_OK;
}

/* ---- the list ---- */

static park_violation blank(park_violation_kind kind, size_t season)
{
    return (park_violation){.kind        = kind,
                            .unit        = PARK_NONE,
                            .inlet       = PARK_NONE,
                            .outlet      = PARK_NONE,
                            .link        = PARK_NONE,
                            .constituent = PARK_NONE,
                            .season      = (int32_t)season,
                            .promise     = NAN,
                            .mean        = NAN};
}

static bool append(park_verdict *v, park_violation violation, const tally *t, double marched)
{
    violation.hours = t->seconds / HOUR;
    violation.share = marched > 0.0 ? t->seconds / marched : 0.0;
    violation.worst = t->when;
    if (!PARK_GROW(v->arena, v->list, v->found, v->found_cap))
        return false;
    v->list[v->found++] = violation;
    return true;
}

static double plan_conc(const double *column, size_t at)
{
    return column == NULL ? NAN : column[at];
}

static bool list_inlets(park_verdict *v, const park_ledger *g, size_t s, double marched)
{
    const park_layout *p = v->p;
    size_t             C = p->constituents;
    for (size_t i = 0; i < p->inlets; i++)
        for (size_t c = 0; c < C; c++) {
            size_t       at = (s * p->inlets + i) * C + c;
            const tally *t  = &v->inlet[at];
            if (t->seconds <= 0.0)
                continue;
            park_violation one   = blank(PARK_VIOLATION_QUALITY_IN, s);
            double         water = 0.0, mass = 0.0;
            for (int32_t e = p->in_start[i]; e < p->in_start[i + 1]; e++) {
                size_t row = s * p->links + (size_t)p->in_link[e];
                water += g->link_water[row];
                mass += g->link_mass[row * C + c];
            }
            one.unit        = p->model->inlet[i].unit;
            one.inlet       = (int32_t)i;
            one.constituent = (int32_t)c;
            one.limit       = t->limit / (1.0 + PARK_VERDICT_SLACK);
            one.simulated   = t->worst;
            one.mean        = water > 0.0 ? mass / water : NAN;
            one.promise     = p->plan == NULL ? NAN : plan_conc(p->plan->inlet_conc, at);
            if (!append(v, one, t, marched))
                return false;
        }
    return true;
}

static bool list_outlets(park_verdict *v, const park_ledger *g, size_t s, double marched)
{
    const park_layout *p = v->p;
    size_t             C = p->constituents;
    for (size_t k = 0; k < p->outlets; k++)
        for (size_t c = 0; c < C; c++) {
            size_t       at = (s * p->outlets + k) * C + c;
            const tally *t  = &v->outlet[at];
            if (t->seconds <= 0.0)
                continue;
            park_violation one   = blank(PARK_VIOLATION_QUALITY_OUT, s);
            double         water = g->outlet_water[s * p->outlets + k];
            one.unit             = p->model->outlet[k].unit;
            one.outlet           = (int32_t)k;
            one.constituent      = (int32_t)c;
            one.limit            = t->limit / (1.0 + PARK_VERDICT_SLACK);
            one.simulated        = t->worst;
            one.mean             = water > 0.0 ? g->outlet_mass[at] / water : NAN;
            one.promise          = p->plan == NULL ? NAN : plan_conc(p->plan->outlet_conc, at);
            if (!append(v, one, t, marched))
                return false;
        }
    for (size_t n = 0; n < p->units * PARK_COMBINED_MOST; n++) {
        const tally   *t   = &v->combined[s * p->units * PARK_COMBINED_MOST + n];
        park_violation one = blank(PARK_VIOLATION_QUALITY_OUT, s);
        if (t->seconds <= 0.0)
            continue;
        one.unit      = (int32_t)(n / PARK_COMBINED_MOST);
        one.outlet    = (int32_t)p->model->unit[one.unit].first_outlet;
        one.limit     = t->limit / (1.0 + PARK_VERDICT_SLACK);
        one.simulated = t->worst;
        if (!append(v, one, t, marched))
            return false;
    }
    return true;
}

/* What an inlet lacked because pipes let no more through, and the link that it lacked most of. Eq. (T68) */
static void blame_carrier(const park_verdict *v, const park_ledger *g, size_t s, size_t i, double yearly,
                          park_violation *one)
{
    const park_layout *p    = v->p;
    double             most = 0.0, sum = 0.0;
    one->draw_times = NAN;
    for (int32_t e = p->in_start[i]; e < p->in_start[i + 1]; e++) {
        size_t row      = s * p->links + (size_t)p->in_link[e];
        double withheld = v->withheld[row] * yearly, carried = g->link_water[row];
        sum += withheld;
        if (!(withheld > most))
            continue;
        most            = withheld;
        one->link       = p->in_link[e];
        one->draw_times = carried / (carried + withheld);
    }
    if (sum < MOSTLY * v->unmet[s * p->inlets + i] * yearly) { /* something else was missing */
        one->link       = PARK_NONE;
        one->draw_times = NAN;
    }
}

/* Deliveries, spills and brims; volumes as m3 per year. */
static bool list_volumes(park_verdict *v, const park_ledger *g, size_t s, double marched)
{
    const park_layout *p      = v->p;
    double             yearly = marched > 0.0 ? p->model->time.season[s].seconds / marched : 0.0;
    bool               ok = true, lacking = false; /* lacking: somebody went without in this season */
    for (size_t i = 0; i < p->inlets && ok; i++) {
        size_t         at  = s * p->inlets + i;
        park_violation one = blank(PARK_VIOLATION_DEMAND, s);
        if (!(v->unmet[at] > NOTICED * v->required[at]))
            continue;
        one.unit      = p->model->inlet[i].unit;
        one.inlet     = (int32_t)i;
        one.limit     = v->required[at] * yearly;
        one.promise   = p->plan == NULL ? NAN : p->plan->inlet_flow[at] * p->model->time.season[s].seconds;
        one.simulated = (v->required[at] - v->unmet[at]) * yearly;
        blame_carrier(v, g, s, i, yearly, &one);
        ok      = append(v, one, &v->demand[at], marched);
        lacking = true;
    }
    for (size_t u = 0; u < p->units && ok; u++) {
        size_t         at  = s * p->units + u;
        park_violation one = blank(PARK_VIOLATION_SPILL, s);
        one.unit           = (int32_t)u;
        one.promise        = 0.0;
        one.simulated      = v->spilled[at] * yearly;
        if (v->spill[at].seconds > 0.0 && p->model->unit[u].role != PARK_STORAGE)
            ok = append(v, one, &v->spill[at], marched);
        one.kind      = PARK_VIOLATION_STORAGE_FULL;
        one.limit     = p->hold[u];
        one.simulated = v->over[at] * yearly;
        if (ok && v->full[at].seconds > 0.0)
            ok = append(v, one, &v->full[at], marched);
        one.kind      = PARK_VIOLATION_STORAGE_DRY;
        one.limit     = p->empty[u];
        one.simulated = p->empty[u];
        if (ok && lacking &&
            v->dry[at].seconds > 0.0) /* an empty storage that others stand in for harms nobody */
            ok = append(v, one, &v->dry[at], marched);
    }
    for (size_t l = 0; l < p->links && ok; l++) {
        const tally   *t   = &v->capacity[s * p->links + l];
        park_violation one = blank(PARK_VIOLATION_CAPACITY, s);
        if (t->seconds <= 0.0)
            continue;
        one.unit      = p->model->link[l].to;
        one.link      = (int32_t)l;
        one.limit     = p->model->link[l].capacity;
        one.promise   = p->plan == NULL ? NAN : p->plan_link[s * p->links + l];
        one.simulated = t->worst;
        ok            = append(v, one, t, marched);
    }
    return ok;
}

/* Seconds of a season within the period. */
static double season_length(const park_model *model, size_t s)
{
    double sum = 0.0;
    for (size_t i = 0; i < model->time.season[s].span_count; i++)
        sum += (double)(model->time.season[s].spans[i].end - model->time.season[s].spans[i].start);
    return sum;
}

static int64_t season_start(const park_model *model, size_t s)
{
    return model->time.season[s].span_count > 0 ? model->time.season[s].spans[0].start : 0;
}

/* Rain falls when it falls: what the plan's means take of it and time does not, once nearly all of the season is
 * marched. */
static bool list_shortfalls(park_verdict *v, const park_ledger *g, size_t s, double marched)
{
    const park_layout *p  = v->p;
    bool               ok = true;
    if (p->plan == NULL || marched < WHOLE * season_length(p->model, s))
        return true;
    double all = 0.0;
    for (size_t l = 0; l < p->links; l++)
        all += g->link_water[s * p->links + l];
    for (size_t l = 0; l < p->links && ok; l++) {
        park_violation one   = blank(PARK_VIOLATION_SHORTFALL, s);
        tally          whole = {.seconds = marched, .when = season_start(p->model, s)};
        if (p->way[p->model->link[l].outlet] != PARK_WAY_OFFER)
            continue;
        one.link      = (int32_t)l;
        one.unit      = p->model->link[l].to;
        one.promise   = p->plan_link[s * p->links + l] * p->model->time.season[s].seconds;
        one.limit     = one.promise;
        one.simulated = g->link_water[s * p->links + l];
        if (one.simulated < FAR_LESS * one.promise && one.promise - one.simulated > MATTERS * all)
            ok = append(v, one, &whole, marched);
    }
    return ok;
}

/* Yearly volumes, when every season has been marched. */
static park_status list_licences(park_verdict *v, const park_ledger *g, park_error *err)
{
    const park_layout *p = v->p;
    for (size_t u = 0; u < p->units; u++) {
        const park_unit_info *unit   = &p->model->unit[u];
        double                yearly = 0.0;
        park_map             *map    = park_map_new(v->arena, p->model, (int32_t)u);
        if (map == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for violations");
        PARK_TRY(park_unit_average(p->model, (int32_t)u, 0, map, err));
        for (size_t s = 0; s < p->seasons && isfinite(map->licence); s++) {
            if (unit->role == PARK_SOURCE)
                yearly += g->outlet_water[s * p->outlets + unit->first_outlet];
            for (size_t i = unit->first_inlet; i < unit->first_inlet + unit->inlets; i++)
                for (int32_t e = p->in_start[i]; e < p->in_start[i + 1]; e++)
                    yearly += g->link_water[s * p->links + (size_t)p->in_link[e]];
        }
        if (!isfinite(map->licence) || !(yearly > map->licence * (1.0 + PARK_VERDICT_SLACK)))
            continue;
        park_violation one   = blank(PARK_VIOLATION_LICENCE, 0);
        tally          whole = {0};
        one.season           = PARK_NONE;
        one.unit             = (int32_t)u;
        one.limit            = map->licence;
        one.simulated        = yearly;
        if (!append(v, one, &whole, 0.0))
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for violations");
    }
    return PARK_OK;
}

/* How bad: the excess as a share of the limit, weighted by how long it lasted. */
static double weight(const park_violation *v)
{
    double excess = v->kind == PARK_VIOLATION_DEMAND ? (v->limit - v->simulated) / fmax(v->limit, 1e-300)
                    : v->limit > 0.0                 ? (v->simulated - v->limit) / v->limit
                                                     : 1.0;
    return fabs(excess) * (v->season < 0 ? 1.0 : v->share);
}

static int worse_first(const void *a, const void *b)
{
    const park_violation *x = a, *y = b;
    double                wx = weight(x), wy = weight(y);
    if (wx != wy)
        return wx > wy ? -1 : 1;
    const int32_t keys[][2] = {{x->kind, y->kind},
                               {x->season, y->season},
                               {x->unit, y->unit},
                               {x->inlet, y->inlet},
                               {x->outlet, y->outlet},
                               {x->link, y->link},
                               {x->constituent, y->constituent}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i][0] != keys[i][1])
            return keys[i][0] < keys[i][1] ? -1 : 1;
    return 0;
}

park_status park_verdict_list(park_verdict *v, park_simulation *simulation, const double *marched,
                              park_error *err)
{
    bool ok = true, whole = true;
    for (size_t s = 0; s < v->p->seasons && ok; s++) {
        whole = whole && marched[s] > 0.0;
        ok    = list_inlets(v, simulation->ledger, s, marched[s]) &&
             list_outlets(v, simulation->ledger, s, marched[s]) &&
             list_volumes(v, simulation->ledger, s, marched[s]) &&
             list_shortfalls(v, simulation->ledger, s, marched[s]);
    }
    if (!ok)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for violations");
    if (whole)
        PARK_TRY(list_licences(v, simulation->ledger, err));
    if (v->found > 0)
        qsort(v->list, v->found, sizeof *v->list, worse_first);
    simulation->violations = v->found;
    simulation->violation  = v->list;
    return PARK_OK;
}
