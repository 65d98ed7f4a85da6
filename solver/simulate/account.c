#include "simulate/account.h"

#include "simulate/bill.h"
#include "simulate/stated.h"
#include "simulate/verdict.h"

#include <math.h>
#include <string.h>

struct park_account {
    park_arena        *arena;
    const park_layout *p;
    const park_sink   *sink;
    park_simulation   *simulation;
    park_verdict      *verdict;
    park_biller       *biller;
    int64_t            every;
    double             span;                              /* [s] of the present output step so far */
    double            *link_sum;                          /* [L] m3 */
    double            *inlet_water, *inlet_mass;          /* [I] m3, [I*C] kg */
    double            *unmet_sum, *spill_sum, *power_sum; /* [I], [U] m3, [U] J */
    double            *withheld_sum;                      /* [L] m3 */
    double            *held_water, *held_mass;            /* [U], [U*C] at the opening of a season */
    double            *link_mass, *energy;                /* [L*C], [U] of one booking */
    const park_stated *stated;                            /* NULL: no unit has states of its own */
    double            *inside;                            /* [C] scratch */
    size_t             columns;
    park_column       *column;
    double            *value;
};

static park_column column_of(park_column_kind kind, int32_t link, int32_t unit, int32_t outlet, int32_t inlet,
                             int32_t c)
{
    return (park_column){kind, link, unit, outlet, inlet, c, NULL, -1};
}

/* Costs that pass while the park runs; what is invested does not. */
static bool runs(int32_t part)
{
    return part == PARK_COST_WATER || part == PARK_COST_WATER_TAX || part == PARK_COST_DISCHARGE ||
           part == PARK_COST_ENVIRONMENT_TAX || part == PARK_COST_TREATMENT || part == PARK_COST_CHEMICALS ||
           part == PARK_COST_RESIDUES || part == PARK_COST_ENERGY || part == PARK_COST_CARBON;
}

static size_t columns_fill(const park_layout *p, const park_stated *stated, park_column *to)
{
    const park_model *model = p->model;
    size_t            n     = 0;
    park_column       none  = {0};
#define COLUMN(...)                                                                                          \
    do {                                                                                                     \
        park_column made               = column_of(__VA_ARGS__);                                             \
        *(to == NULL ? &none : &to[n]) = made;                                                               \
        n++;                                                                                                 \
    } while (0)
    for (int32_t l = 0; l < (int32_t)p->links; l++)
        COLUMN(PARK_COLUMN_LINK_FLOW, l, -1, -1, -1, -1);
    for (int32_t l = 0; l < (int32_t)p->links && p->carried != NULL; l++)
        if (p->carried[l])
            COLUMN(PARK_COLUMN_WITHHELD, l, -1, -1, -1, -1);
    for (int32_t k = 0; k < (int32_t)p->outlets; k++)
        for (int32_t c = 0; c < (int32_t)p->constituents; c++)
            if (!model->outlet[k].exits && p->out_start[k + 1] > p->out_start[k])
                COLUMN(PARK_COLUMN_OUTLET_CONC, -1, model->outlet[k].unit, k, -1, c);
    for (int32_t i = 0; i < (int32_t)p->inlets; i++)
        for (int32_t c = 0; c < (int32_t)p->constituents; c++)
            COLUMN(PARK_COLUMN_INLET_CONC, -1, model->inlet[i].unit, -1, i, c);
    for (int32_t u = 0; u < (int32_t)p->units; u++)
        if (p->variable[u])
            COLUMN(PARK_COLUMN_VOLUME, -1, u, -1, -1, -1);
    for (int32_t i = 0; i < (int32_t)p->inlets; i++)
        if (model->unit[model->inlet[i].unit].role == PARK_USER)
            COLUMN(PARK_COLUMN_UNMET, -1, model->inlet[i].unit, -1, i, -1);
    for (int32_t u = 0; u < (int32_t)p->units; u++)
        if (model->unit[u].role != PARK_SINK)
            COLUMN(PARK_COLUMN_SPILL, -1, u, -1, -1, -1);
    for (int32_t u = 0; u < (int32_t)p->units; u++)
        COLUMN(PARK_COLUMN_POWER, -1, u, -1, -1, -1);
    for (int32_t part = 0; part < PARK_COST_KINDS; part++)
        if (runs(part)) {
            park_column made               = {PARK_COLUMN_MONEY, -1, -1, -1, -1, -1, NULL, part};
            *(to == NULL ? &none : &to[n]) = made;
            n++;
        }
    for (int32_t part = 0; part < PARK_CARBON_PARTS; part++) {
        park_column made               = {PARK_COLUMN_CARBON, -1, -1, -1, -1, -1, NULL, part};
        *(to == NULL ? &none : &to[n]) = made;
        n++;
    }
    for (size_t i = 0; stated != NULL && i < stated->count; i++)
        for (size_t k = 0; k < stated->states[i].shown; k++) {
            COLUMN(PARK_COLUMN_STATE, -1, stated->unit[i], -1, -1, -1);
            if (to != NULL)
                to[n - 1].state = &stated->states[i].show[k];
        }
#undef COLUMN
    return n;
}

static bool peaks_make(park_simulation *s, const park_layout *p, park_arena *arena)
{
    size_t C           = p->constituents;
    s->inlet_peak      = PARK_ARRAY(arena, p->inlets * C, double);
    s->inlet_peak_time = PARK_ARRAY(arena, p->inlets * C, int64_t);
    s->outlet_peak     = PARK_ARRAY(arena, p->outlets * C, double);
    s->link_peak       = PARK_ARRAY(arena, p->links, double);
    s->volume_min      = PARK_ARRAY(arena, p->units, double);
    s->volume_max      = PARK_ARRAY(arena, p->units, double);
    if (!s->inlet_peak || !s->inlet_peak_time || !s->outlet_peak || !s->link_peak || !s->volume_min ||
        !s->volume_max)
        return false;
    for (size_t u = 0; u < p->units; u++) {
        s->volume_min[u] = p->variable[u] ? INFINITY : p->hold[u];
        s->volume_max[u] = p->variable[u] ? -INFINITY : p->hold[u];
    }
    return true;
}

park_status park_account_new(park_arena *arena, const park_layout *p, const park_simulate_settings *settings,
                             const park_sink *sink, const struct park_stated *stated,
                             park_simulation *simulation, park_account **account, park_error *err)
{
    park_account *a = PARK_NEW(arena, park_account);
    size_t        C = p->constituents;
    *account        = NULL;
    if (a == NULL || !peaks_make(simulation, p, arena))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to keep accounts");
    a->arena           = arena;
    a->p               = p;
    a->sink            = sink;
    a->simulation      = simulation;
    a->every           = settings->output;
    a->stated          = stated;
    a->columns         = columns_fill(p, stated, NULL);
    a->link_sum        = PARK_ARRAY(arena, p->links, double);
    a->inlet_water     = PARK_ARRAY(arena, p->inlets, double);
    a->inlet_mass      = PARK_ARRAY(arena, p->inlets * C, double);
    a->unmet_sum       = PARK_ARRAY(arena, p->inlets, double);
    a->withheld_sum    = PARK_ARRAY(arena, p->links, double);
    a->spill_sum       = PARK_ARRAY(arena, p->units, double);
    a->power_sum       = PARK_ARRAY(arena, p->units, double);
    a->held_water      = PARK_ARRAY(arena, p->units, double);
    a->held_mass       = PARK_ARRAY(arena, p->units * C, double);
    a->inside          = PARK_ARRAY(arena, C, double);
    a->link_mass       = PARK_ARRAY(arena, p->links * C, double);
    a->energy          = PARK_ARRAY(arena, p->units, double);
    a->column          = PARK_ARRAY(arena, a->columns, park_column);
    a->value           = PARK_ARRAY(arena, a->columns, double);
    simulation->ledger = park_ledger_new(arena, p->model);
    if (!a->link_sum || !a->inlet_water || !a->inlet_mass || !a->unmet_sum || !a->withheld_sum ||
        !a->inside || !a->spill_sum || !a->power_sum || !a->held_water || !a->held_mass || !a->link_mass ||
        !a->energy || !a->column || !a->value || !simulation->ledger)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to keep accounts");
    columns_fill(p, stated, a->column);
    PARK_TRY(park_verdict_new(arena, p, &a->verdict, err));
    PARK_TRY(park_biller_new(arena, p, &a->biller, err));
    *account = a;
    return PARK_OK;
}

park_status park_account_begin(park_account *a, park_error *err)
{
    return a->sink == NULL || a->sink->begin == NULL
               ? PARK_OK
               : a->sink->begin(a->sink->user, a->column, a->columns, a->every, err);
}

/* ---- storages ---- */

/* What a unit holds: water where it comes and goes [m3]; mass into a->inside. */
static double held(park_account *a, const park_state *state, size_t u)
{
    const park_layout *p     = a->p;
    size_t             C     = p->constituents;
    double             water = p->variable[u] ? state->volume[u] : 0.0;
    int32_t            row[] = {p->feed_row[u], p->mix_row[u]};
    memset(a->inside, 0, C * sizeof(double));
    for (int r = 0; r < 2; r++)
        for (size_t c = 0; row[r] >= 0 && c < C; c++)
            a->inside[c] += state->mass[(size_t)row[r] * C + c];
    if (p->stated[u] && a->stated != NULL)
        park_stated_held(a->stated, (int32_t)u, &water, a->inside);
    return water;
}

void park_account_open(park_account *a, const park_state *state)
{
    size_t C = a->p->constituents;
    for (size_t u = 0; u < a->p->units; u++) {
        a->held_water[u] = held(a, state, u);
        memcpy(a->held_mass + u * C, a->inside, C * sizeof(double));
    }
}

void park_account_close(park_account *a, const park_state *state, int32_t season)
{
    park_ledger *ledger = a->simulation->ledger;
    size_t       C = a->p->constituents, U = a->p->units;
    for (size_t u = 0; u < U; u++) {
        size_t row = (size_t)season * U + u;
        ledger->stored_water[row] += held(a, state, u) - a->held_water[u];
        for (size_t c = 0; c < C; c++)
            ledger->stored_mass[row * C + c] += a->inside[c] - a->held_mass[u * C + c];
    }
    park_account_open(a, state);
}

/* ---- booking, Eq. (T24), (T25) ---- */

/* Mass that left through an outlet per m3 of its flow, integrated: kg s/m3. */
static double outlet_integral(const park_rates *rates, size_t k, size_t c, double span,
                              const double *integral)
{
    size_t  C      = rates->layout->constituents;
    int32_t row    = rates->outlet_row[k];
    double  inside = row < 0 ? 0.0 : integral[(size_t)row * C + c];
    return rates->outlet_coef[k * C + c] * inside + rates->outlet_base[k * C + c] * span;
}

static void book_outlets(park_account *a, const park_flows *f, const park_rates *rates, size_t s, double span,
                         const double *integral)
{
    const park_layout *p      = a->p;
    park_ledger       *ledger = a->simulation->ledger;
    size_t             C = p->constituents, K = p->outlets, L = p->links, U = p->units;
    for (size_t k = 0; k < K; k++) {
        size_t u = (size_t)p->model->outlet[k].unit, row = s * K + k, unit_row = s * U + u;
        double kept = f->outlet[k] - f->spill[k];
        ledger->outlet_water[row] += kept * span;
        ledger->spilled[unit_row] += f->spill[k] * span;
        a->spill_sum[u] += f->spill[k] * span;
        for (size_t c = 0; c < C; c++) {
            double each = outlet_integral(rates, k, c, span, integral);
            ledger->outlet_mass[row * C + c] += kept * each;
            ledger->spilled_mass[unit_row * C + c] += f->spill[k] * each;
            for (int32_t e = p->out_start[k]; e < p->out_start[k + 1]; e++)
                a->link_mass[(size_t)p->out_link[e] * C + c] = f->link[p->out_link[e]] * each;
        }
    }
    for (size_t l = 0; l < L; l++) {
        double  flow                = f->link[l];
        size_t  row                 = s * L + l;
        int32_t i                   = p->model->link[l].inlet;
        a->simulation->link_peak[l] = fmax(a->simulation->link_peak[l], flow);
        a->link_sum[l] += flow * span;
        a->withheld_sum[l] += f->withheld[l] * span;
        a->inlet_water[i] += flow * span;
        ledger->link_water[row] += flow * span;
        ledger->link_energy[row] += p->link_energy[row] * flow * span;
        for (size_t c = 0; c < C; c++) {
            ledger->link_mass[row * C + c] += a->link_mass[l * C + c];
            a->inlet_mass[(size_t)i * C + c] += a->link_mass[l * C + c];
        }
    }
}

/* What the unit itself adds and takes away. Eq. (T25). */
static void book_masses(park_account *a, const park_conditions *now, const park_flows *f,
                        const park_rates *rates, size_t s, size_t u, double span, const double *integral)
{
    const park_layout    *p      = a->p;
    const park_unit_info *unit   = &p->model->unit[u];
    const park_map       *map    = now->map[u];
    park_ledger          *ledger = a->simulation->ledger;
    size_t                C = p->constituents, row = s * p->units + u;
    int32_t               feed = p->feed_row[u], mix = p->mix_row[u];
    double                through = f->intake[u] + map->own;
    for (size_t c = 0; c < C; c++) {
        double added = ((now->failed[u] ? 0.0 : map->add[c]) + map->add_per_flow[c] * f->intake[u]) * span;
        double came  = 0.0;
        ledger->own_mass[row * C + c] += map->own * map->own_conc[c] * span;
        if (feed >= 0)
            came = integral[(size_t)feed * C + c] * through;
        else
            for (int32_t e = p->in_start[unit->first_inlet];
                 e < p->in_start[unit->first_inlet + unit->inlets]; e++)
                came += a->link_mass[(size_t)p->in_link[e] * C + c];
        double removed = map->removed_share[c] * came;
        if (mix < 0) { /* without a mixture: what the balance leaves */
            removed = came + added;
            for (size_t k = unit->first_outlet; k < unit->first_outlet + unit->outlets; k++)
                removed -= f->outlet[k] * outlet_integral(rates, k, c, span, integral);
        }
        ledger->added_mass[row * C + c] += added;
        ledger->removed_mass[row * C + c] += removed;
    }
}

/* A unit with states of its own says what it took away, added and used. Eq. (T33). */
static void book_stated(park_account *a, size_t s, size_t u)
{
    const park_stated *stated = a->stated;
    park_ledger       *ledger = a->simulation->ledger;
    size_t             C = a->p->constituents, row = s * a->p->units + u, i = (size_t)stated->of[u];
    ledger->unit_energy[row] += stated->energy[i];
    a->energy[u] = stated->energy[i];
    a->power_sum[u] += stated->energy[i];
    for (size_t c = 0; c < C; c++) {
        ledger->added_mass[row * C + c] += stated->added[i * C + c];
        ledger->removed_mass[row * C + c] += stated->removed[i * C + c];
    }
}

static void book_unit(park_account *a, const park_conditions *now, const park_flows *f,
                      const park_rates *rates, size_t s, size_t u, double span, const double *integral)
{
    const park_layout    *p      = a->p;
    const park_unit_info *unit   = &p->model->unit[u];
    const park_map       *map    = now->map[u];
    park_ledger          *ledger = a->simulation->ledger;
    size_t                row    = s * p->units + u;
    double                first  = unit->outlets > 0 ? f->outlet[unit->first_outlet] : 0.0;
    double                energy = (map->energy_in * f->intake[u] + map->energy_out * first) * span;
    bool                  stated = p->stated[u] && a->stated != NULL;
    ledger->unit_energy[row] += stated ? 0.0 : energy;
    a->power_sum[u] += stated ? 0.0 : energy;
    a->energy[u] = stated ? 0.0 : energy;
    if (now->working[u])
        ledger->circulating[row] += map->circulating * span;
    for (size_t i = unit->first_inlet; i < unit->first_inlet + unit->inlets; i++) {
        ledger->required[row] += f->required[i] * span;
        ledger->unmet[row] += f->unmet[i] * span;
        a->unmet_sum[i] += f->unmet[i] * span;
    }
    if (stated) {
        ledger->own_water[row] += map->own * span;
        for (size_t c = 0; c < p->constituents; c++)
            ledger->own_mass[row * p->constituents + c] += map->own * map->own_conc[c] * span;
        book_stated(a, s, u);
    }
    if (park_layout_row_in(p, (int32_t)u) < 0)
        return; /* sources and sinks: no balance of their own */
    ledger->own_water[row] += map->own * span;
    book_masses(a, now, f, rates, s, u, span, integral);
}

void park_account_book(park_account *a, const park_conditions *conditions, const park_state *state,
                       const park_flows *flows, const park_rates *rates, double span, const double *integral)
{
    size_t s = (size_t)conditions->season;
    a->span += span;
    book_outlets(a, flows, rates, s, span, integral);
    for (size_t u = 0; u < a->p->units; u++) {
        book_unit(a, conditions, flows, rates, s, u, span, integral);
        if (a->p->variable[u]) { /* levels move in straight lines: their extremes are at the ends */
            double end                   = state->volume[u];
            a->simulation->volume_min[u] = fmin(a->simulation->volume_min[u], end);
            a->simulation->volume_max[u] = fmax(a->simulation->volume_max[u], end);
        }
    }
    park_biller_book(a->biller, conditions, flows, state->time, span, a->energy, a->link_mass);
    park_verdict_stretch(a->verdict, conditions, state, flows, span);
}

/* ---- rows ---- */

static double value_of(const park_account *a, const park_column *column, const park_state *state,
                       const park_rates *rates)
{
    size_t C = a->p->constituents;
    switch (column->kind) {
    case PARK_COLUMN_LINK_FLOW:
        return a->link_sum[column->link] / a->span;
    case PARK_COLUMN_OUTLET_CONC:
        return park_rates_outlet(rates, (size_t)column->outlet, (size_t)column->constituent, state->conc);
    case PARK_COLUMN_INLET_CONC: {
        double water = a->inlet_water[column->inlet];
        double mass  = a->inlet_mass[(size_t)column->inlet * C + (size_t)column->constituent];
        return water > 0.0 ? fmax(0.0, mass / water) : NAN;
    }
    case PARK_COLUMN_VOLUME:
        return state->volume[column->unit];
    case PARK_COLUMN_UNMET:
        return a->unmet_sum[column->inlet] / a->span;
    case PARK_COLUMN_WITHHELD:
        return a->withheld_sum[column->link] / a->span;
    case PARK_COLUMN_SPILL:
        return a->spill_sum[column->unit] / a->span;
    case PARK_COLUMN_POWER:
        return a->power_sum[column->unit] / a->span;
    case PARK_COLUMN_MONEY:
        return park_biller_money(a->biller, column->part, a->span);
    case PARK_COLUMN_CARBON:
        return park_biller_carbon(a->biller, column->part, a->span);
    case PARK_COLUMN_STATE: /* written by park_stated_show */
        break;
    }
    return NAN;
}

static void peaks(park_account *a, const park_flows *f, const park_state *state, const park_rates *rates,
                  int64_t at)
{
    const park_layout *p = a->p;
    park_simulation   *s = a->simulation;
    size_t             C = p->constituents;
    for (size_t i = 0; i < p->inlets; i++)
        for (size_t c = 0; c < C && a->inlet_water[i] > 0.0; c++) {
            double mean = a->inlet_mass[i * C + c] / a->inlet_water[i];
            if (mean > s->inlet_peak[i * C + c]) {
                s->inlet_peak[i * C + c]      = mean;
                s->inlet_peak_time[i * C + c] = at;
            }
        }
    for (size_t k = 0; k < p->outlets; k++)
        for (size_t c = 0; c < C && f->outlet[k] > 0.0; c++)
            s->outlet_peak[k * C + c] =
                fmax(s->outlet_peak[k * C + c], park_rates_outlet(rates, k, c, state->conc));
}

park_status park_account_row(park_account *a, const park_conditions *conditions, const park_state *state,
                             const park_flows *flows, const park_rates *rates, double time, park_error *err)
{
    const park_layout *p  = a->p;
    int64_t            at = (int64_t)llround(time);
    if (!(a->span > 0.0))
        return PARK_OK;
    peaks(a, flows, state, rates, at);
    PARK_TRY(park_verdict_step(a->verdict, conditions, state, flows, rates, a->inlet_water, a->inlet_mass,
                               a->span, at, err));
    park_status status = PARK_OK;
    if (a->sink != NULL && a->sink->row != NULL) {
        size_t shown = a->columns;
        for (size_t i = 0; a->stated != NULL && i < a->stated->count; i++)
            shown -= a->stated->states[i].shown;
        for (size_t n = 0; n < shown; n++)
            a->value[n] = value_of(a, &a->column[n], state, rates);
        if (a->stated != NULL)
            park_stated_show(a->stated, a->value + shown);
        status = a->sink->row(a->sink->user, at, a->value, err);
    }
    a->span = 0.0;
    park_biller_step(a->biller);
    memset(a->link_sum, 0, p->links * sizeof(double));
    memset(a->withheld_sum, 0, p->links * sizeof(double));
    memset(a->inlet_water, 0, p->inlets * sizeof(double));
    memset(a->inlet_mass, 0, p->inlets * p->constituents * sizeof(double));
    memset(a->unmet_sum, 0, p->inlets * sizeof(double));
    memset(a->spill_sum, 0, p->units * sizeof(double));
    memset(a->power_sum, 0, p->units * sizeof(double));
    return status;
}

/* ---- checkpoints ---- */

static void ledger_tape(park_ledger *g, park_tape *tape)
{
    size_t S = g->seasons, C = g->constituents, L = S * g->links, K = S * g->outlets, U = S * g->units;
    const struct {
        double *column;
        size_t  count;
    } columns[] = {{g->link_water, L},      {g->link_mass, L * C},    {g->outlet_water, K},
                   {g->outlet_mass, K * C}, {g->own_water, U},        {g->own_mass, U * C},
                   {g->added_mass, U * C},  {g->removed_mass, U * C}, {g->stored_water, U},
                   {g->stored_mass, U * C}, {g->circulating, U},      {g->required, U},
                   {g->unmet, U},           {g->spilled, U},          {g->spilled_mass, U * C},
                   {g->unit_energy, U},     {g->link_energy, L}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        PARK_TAPE(tape, columns[i].column, columns[i].count);
}

static void simulation_tape(park_simulation *s, const park_layout *p, park_tape *tape)
{
    size_t C = p->constituents;
    PARK_TAPE(tape, s->inlet_peak, p->inlets * C);
    PARK_TAPE(tape, s->inlet_peak_time, p->inlets * C);
    PARK_TAPE(tape, s->outlet_peak, p->outlets * C);
    PARK_TAPE(tape, s->link_peak, p->links);
    PARK_TAPE(tape, s->volume_min, p->units);
    PARK_TAPE(tape, s->volume_max, p->units);
    PARK_TAPE(tape, &s->drift, 1);
    PARK_TAPE(tape, &s->sweeps, 1);
    PARK_TAPE(tape, &s->unsettled, 1);
    PARK_TAPE(tape, &s->asked, 1);
    PARK_TAPE(tape, &s->limited, 1);
    PARK_TAPE(tape, &s->events_total, 1);
}

void park_account_tape(park_account *a, park_tape *tape)
{
    const park_layout *p = a->p;
    size_t             C = p->constituents;
    PARK_TAPE(tape, &a->span, 1);
    PARK_TAPE(tape, a->link_sum, p->links);
    PARK_TAPE(tape, a->withheld_sum, p->links);
    PARK_TAPE(tape, a->inlet_water, p->inlets);
    PARK_TAPE(tape, a->inlet_mass, p->inlets * C);
    PARK_TAPE(tape, a->unmet_sum, p->inlets);
    PARK_TAPE(tape, a->spill_sum, p->units);
    PARK_TAPE(tape, a->power_sum, p->units);
    PARK_TAPE(tape, a->held_water, p->units);
    PARK_TAPE(tape, a->held_mass, p->units * C);
    ledger_tape(a->simulation->ledger, tape);
    simulation_tape(a->simulation, p, tape);
    park_verdict_tape(a->verdict, tape);
    park_biller_tape(a->biller, tape);
}

/* ---- the end ---- */

static void scale_rows(double *column, size_t season, size_t rows, size_t width, double times)
{
    for (size_t i = season * rows * width; i < (season + 1) * rows * width; i++)
        column[i] *= times;
}

/* Eq. (T26): each season's marched seconds stand for its seconds in a year. */
static void scale(park_ledger *g, const park_layout *p, const double *marched)
{
    size_t C = p->constituents, L = p->links, K = p->outlets, U = p->units;
    for (size_t s = 0; s < p->seasons; s++) {
        double times = marched[s] > 0.0 ? p->model->time.season[s].seconds / marched[s] : 0.0;
        const struct {
            double *column;
            size_t  rows, width;
        } columns[] = {{g->link_water, L, 1},  {g->link_mass, L, C},    {g->outlet_water, K, 1},
                       {g->outlet_mass, K, C}, {g->own_water, U, 1},    {g->own_mass, U, C},
                       {g->added_mass, U, C},  {g->removed_mass, U, C}, {g->stored_water, U, 1},
                       {g->stored_mass, U, C}, {g->circulating, U, 1},  {g->required, U, 1},
                       {g->unmet, U, 1},       {g->spilled, U, 1},      {g->spilled_mass, U, C},
                       {g->unit_energy, U, 1}, {g->link_energy, L, 1}};
        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
            scale_rows(columns[i].column, s, columns[i].rows, columns[i].width, times);
    }
}

park_status park_account_finish(park_account *a, const double *marched, park_error *err)
{
    park_simulation *s = a->simulation;
    scale(s->ledger, a->p, marched);
    PARK_TRY(park_ledger_close(a->p->model, s->ledger, a->arena, &s->closure, err));
    PARK_TRY(park_ledger_trace(a->p->model, s->ledger, a->arena, err));
    PARK_TRY(park_biller_finish(a->biller, s->ledger, marched, &s->bill, err));
    return park_verdict_list(a->verdict, s, marched, err);
}
