#include "simulate/bill.h"

#include "base/calendar.h"

#include <math.h>
#include <string.h>

enum { WINDOW = 900, HOUR = 3600, DAY = 86400 };

static const double YEAR = 31536000.0; /* 365 d [s] */

struct park_biller {
    park_arena        *arena;
    const park_layout *p;
    /* by season, as marched */
    double *opex, *tax, *fee, *carbon; /* [S*U] CNY, CNY, CNY, kg */
    double *chemicals, *residues;      /* [S*U] CNY, beside opex */
    double *unit_power, *link_power;   /* [S*U], [S*L] CNY for electricity */
    double *energy;                    /* [S*PARK_RATES] J */
    double *energy_cost;               /* [S] CNY */
    /* the present output step */
    double money[PARK_COST_KINDS], emitted[PARK_CARBON_PARTS];
    /* months, and the present window of 15 minutes */
    size_t           months, months_cap;
    park_bill_month *month;
    int64_t          window; /* its start; INT64_MIN none */
    double           window_energy, window_seconds;
};

park_status park_biller_new(park_arena *arena, const park_layout *p, park_biller **biller, park_error *err)
{
    size_t       S = p->seasons, U = p->units;
    park_biller *b = PARK_NEW(arena, park_biller);
    *biller        = NULL;
    if (b == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the bill");
    b->arena       = arena;
    b->p           = p;
    b->window      = INT64_MIN;
    b->opex        = PARK_ARRAY(arena, S * U, double);
    b->tax         = PARK_ARRAY(arena, S * U, double);
    b->fee         = PARK_ARRAY(arena, S * U, double);
    b->carbon      = PARK_ARRAY(arena, S * U, double);
    b->chemicals   = PARK_ARRAY(arena, S * U, double);
    b->residues    = PARK_ARRAY(arena, S * U, double);
    b->unit_power  = PARK_ARRAY(arena, S * U, double);
    b->link_power  = PARK_ARRAY(arena, S * p->links, double);
    b->energy      = PARK_ARRAY(arena, S * PARK_RATES, double);
    b->energy_cost = PARK_ARRAY(arena, S, double);
    if (!b->opex || !b->tax || !b->fee || !b->carbon || !b->unit_power || !b->link_power || !b->energy ||
        !b->energy_cost || !b->chemicals || !b->residues)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the bill");
    *biller = b;
    return PARK_OK;
}

void park_biller_tape(park_biller *b, park_tape *tape)
{
    const park_layout *p = b->p;
    size_t             S = p->seasons, U = p->units, months = b->months;
    PARK_TAPE(tape, b->opex, S * U);
    PARK_TAPE(tape, b->tax, S * U);
    PARK_TAPE(tape, b->fee, S * U);
    PARK_TAPE(tape, b->carbon, S * U);
    PARK_TAPE(tape, b->chemicals, S * U);
    PARK_TAPE(tape, b->residues, S * U);
    PARK_TAPE(tape, b->unit_power, S * U);
    PARK_TAPE(tape, b->link_power, S * p->links);
    PARK_TAPE(tape, b->energy, S * PARK_RATES);
    PARK_TAPE(tape, b->energy_cost, S);
    PARK_TAPE(tape, b->money, PARK_COST_KINDS);
    PARK_TAPE(tape, b->emitted, PARK_CARBON_PARTS);
    PARK_TAPE(tape, &b->window, 1);
    PARK_TAPE(tape, &b->window_energy, 1);
    PARK_TAPE(tape, &b->window_seconds, 1);
    PARK_TAPE(tape, &months, 1);
    if (tape->broken)
        return;
    if (tape->reads) {
        b->month = PARK_ARRAY(b->arena, months, park_bill_month);
        if (b->month == NULL) {
            tape->broken = true;
            return;
        }
        b->months = b->months_cap = months;
    }
    PARK_TAPE(tape, b->month, months);
}

/* ---- electricity ---- */

static double price_at(const park_biller *b, int64_t t, park_rate *rate)
{
    int64_t local = t + b->p->model->time.utc_offset;
    return park_tariff_power(&b->p->model->tariffs, (int)(((local % DAY) + DAY) % DAY / HOUR), rate);
}

static int64_t month_edge(const park_biller *b, int64_t t, int more)
{
    int32_t    minutes = b->p->model->time.utc_offset / 60;
    park_civil at      = park_civil_at(t, minutes);
    int32_t    count   = at.year * 12 + at.month - 1 + more;
    park_civil first   = {.year = count / 12, .month = count % 12 + 1, .day = 1, .offset = minutes};
    return park_civil_instant(&first);
}

/* The month of an instant; NULL out of memory (told by the finish). A steady park has one month for all. */
static park_bill_month *month_of(park_biller *b, int64_t t)
{
    bool steady = b->p->model->time.steady;
    if (b->months > 0 &&
        (steady || t < b->month[b->months - 1].start + (int64_t)b->month[b->months - 1].whole))
        return &b->month[b->months - 1];
    if (!PARK_GROW(b->arena, b->month, b->months, b->months_cap))
        return NULL;
    int64_t          first = steady ? t : month_edge(b, t, 0);
    park_bill_month *made  = &b->month[b->months++];
    *made                  = (park_bill_month){.start = first,
                                               .whole = steady ? YEAR / 12.0 : (double)(month_edge(b, t, 1) - first)};
    return made;
}

static void window_end(park_biller *b)
{
    if (b->window == INT64_MIN || !(b->window_seconds > 0.0))
        return;
    park_bill_month *month = month_of(b, b->window);
    double           power = b->window_energy / b->window_seconds;
    if (month != NULL && power > month->peak) {
        month->peak      = power;
        month->peak_time = b->window;
    }
}

/* Eq. (T57), (T58): constant power over a span, cut at quarters of an hour. */
static void power_book(park_biller *b, size_t s, double power, double time, double span, double *money)
{
    double end = time + span;
    for (double t = time; t < end;) {
        int64_t quarter = (int64_t)floor(t / WINDOW) * WINDOW;
        double  next = (double)quarter + WINDOW, stop = next < end ? next : end, seconds = stop - t;
        if (quarter != b->window) {
            window_end(b);
            b->window        = quarter;
            b->window_energy = b->window_seconds = 0.0;
        }
        park_rate        rate;
        double           price = price_at(b, quarter, &rate), energy = power * seconds;
        park_bill_month *month = month_of(b, quarter);
        b->window_energy += energy;
        b->window_seconds += seconds;
        b->energy[s * PARK_RATES + (size_t)rate] += energy;
        b->energy_cost[s] += price * energy;
        *money += price * energy;
        if (month != NULL) {
            month->seconds += seconds;
            month->energy[rate] += energy;
            month->cost += price * energy;
        }
        t = stop;
    }
}

/* ---- the rest of the money ---- */

static park_cost_line_kind running_kind(park_role role)
{
    return role == PARK_SOURCE ? PARK_COST_WATER
           : role == PARK_SINK ? PARK_COST_DISCHARGE
                               : PARK_COST_TREATMENT;
}

/* Does it stand, so that its fixed costs run? */
static bool stands(const park_layout *p, size_t u, const park_map *map)
{
    park_role role = p->model->unit[u].role;
    return map->existing || ((role == PARK_TREATMENT || role == PARK_STORAGE) && p->plan != NULL &&
                             p->plan->unit_built != NULL && p->plan->unit_built[u]);
}

/* Eq. (T59), (T60): what a unit costs and emits, electricity apart. */
static void unit_book(park_biller *b, const park_map *map, const park_flows *f, size_t s, size_t u,
                      double span, const double *link_mass)
{
    const park_layout    *p    = b->p;
    const park_unit_info *unit = &p->model->unit[u];
    size_t                C = p->constituents, row = s * p->units + u;
    double                in = f->intake[u] * span, out = 0.0, fee = 0.0;
    if (unit->outlets > 0)
        out = f->outlet[unit->first_outlet] * span;
    double tax       = map->tax_out * out;
    double chemicals = map->chemicals_in * in, residues = map->residues_in * in;
    double opex   = map->opex_in * in + map->opex_out * out - tax - chemicals - residues;
    double carbon = map->carbon_in * in + map->carbon_out * out;
    if (map->fixed_opex > 0.0 && stands(p, u, map))
        opex += map->fixed_opex * span;
    for (int32_t e = p->in_start[unit->first_inlet]; e < p->in_start[unit->first_inlet + unit->inlets]; e++)
        for (size_t c = 0; c < C; c++)
            fee += map->fee_mass[c] * link_mass[(size_t)p->in_link[e] * C + c];
    b->opex[row] += opex;
    b->chemicals[row] += chemicals, b->residues[row] += residues;
    b->money[PARK_COST_CHEMICALS] += chemicals, b->money[PARK_COST_RESIDUES] += residues;
    b->tax[row] += tax;
    b->fee[row] += fee;
    b->carbon[row] += carbon;
    b->money[running_kind(unit->role)] += opex;
    b->money[PARK_COST_WATER_TAX] += tax;
    b->money[PARK_COST_ENVIRONMENT_TAX] += fee;
    b->emitted[PARK_CARBON_PROCESS] += carbon;
}

void park_biller_book(park_biller *b, const park_conditions *now, const park_flows *f, double time,
                      double span, const double *energy, const double *link_mass)
{
    const park_layout *p     = b->p;
    const park_model  *model = p->model;
    size_t             s     = (size_t)now->season;
    double             sum = 0.0, money = 0.0;
    for (size_t u = 0; u < p->units; u++) {
        unit_book(b, now->map[u], f, s, u, span, link_mass);
        sum += energy[u];
    }
    for (size_t l = 0; l < p->links; l++) {
        sum += p->link_energy[s * p->links + l] * f->link[l] * span;
        b->money[PARK_COST_OTHER] += model->link[l].price * f->link[l] * span;
    }
    power_book(b, s, sum / span, time, span, &money);
    double grid  = isfinite(model->carbon.grid) ? model->carbon.grid : 0.0;
    double price = sum > 0.0 ? money / sum : 0.0; /* of the span's electricity */
    for (size_t u = 0; u < p->units; u++)
        b->unit_power[s * p->units + u] += price * energy[u];
    for (size_t l = 0; l < p->links; l++)
        b->link_power[s * p->links + l] += price * p->link_energy[s * p->links + l] * f->link[l] * span;
    b->money[PARK_COST_ENERGY] += money;
    b->emitted[PARK_CARBON_GRID] += grid * sum;
}

double park_biller_money(const park_biller *b, int32_t part, double span)
{
    double carbon = isfinite(b->p->model->carbon.price) ? b->p->model->carbon.price : 0.0;
    return part == PARK_COST_CARBON
               ? carbon * (b->emitted[PARK_CARBON_GRID] + b->emitted[PARK_CARBON_PROCESS]) / span
               : b->money[part] / span;
}

double park_biller_carbon(const park_biller *b, int32_t part, double span)
{
    return b->emitted[part] / span;
}

void park_biller_step(park_biller *b)
{
    memset(b->money, 0, sizeof b->money);
    memset(b->emitted, 0, sizeof b->emitted);
}

/* ---- the year ---- */

typedef struct scale {
    const park_layout *p;
    const double      *marched;
} scale;

/* Eq. (T61): a season's marched seconds stand for its seconds in a year. */
static double yearly(const scale *k, const double *column, size_t width, size_t at)
{
    double sum = 0.0;
    for (size_t s = 0; s < k->p->seasons; s++)
        if (k->marched[s] > 0.0)
            sum += column[s * width + at] * (k->p->model->time.season[s].seconds / k->marched[s]);
    return sum;
}

static void add_line(park_bill *bill, park_cost_line line)
{
    if (line.yearly == 0.0 && line.quantity == 0.0)
        return;
    bill->line[bill->lines++] = line;
    bill->running += line.yearly;
}

static park_status unit_lines(park_biller *b, const scale *k, const park_ledger *g, size_t u, park_map *map,
                              park_bill *bill, park_error *err)
{
    const park_layout    *p    = b->p;
    const park_unit_info *unit = &p->model->unit[u];
    size_t                U    = p->units;
    double                out = 0.0, in = 0.0, energy = 0.0;
    for (size_t s = 0; s < p->seasons; s++) {
        energy += g->unit_energy[s * U + u];
        out += unit->outlets > 0 ? g->outlet_water[s * p->outlets + unit->first_outlet] : 0.0;
        for (int32_t e = p->in_start[unit->first_inlet]; e < p->in_start[unit->first_inlet + unit->inlets];
             e++)
            in += g->link_water[s * p->links + (size_t)p->in_link[e]];
    }
    double         opex = yearly(k, b->opex, U, u), volume = unit->role == PARK_SOURCE ? out : in;
    park_cost_line line = {running_kind(unit->role), (int32_t)u, -1, -1, opex, 0.0, volume};
    add_line(bill, line);
    line.kind = PARK_COST_WATER_TAX, line.yearly = yearly(k, b->tax, U, u);
    line.quantity = line.yearly != 0.0 ? volume : 0.0;
    add_line(bill, line);
    line.kind = PARK_COST_CHEMICALS, line.yearly = yearly(k, b->chemicals, U, u);
    line.quantity = line.yearly != 0.0 ? volume : 0.0;
    add_line(bill, line);
    line.kind = PARK_COST_RESIDUES, line.yearly = yearly(k, b->residues, U, u);
    line.quantity = line.yearly != 0.0 ? volume : 0.0;
    add_line(bill, line);
    line.kind = PARK_COST_ENVIRONMENT_TAX, line.yearly = yearly(k, b->fee, U, u), line.quantity = 0.0;
    add_line(bill, line);
    line.kind = PARK_COST_ENERGY, line.yearly = yearly(k, b->unit_power, U, u), line.quantity = energy;
    add_line(bill, line);
    bill->carbon[PARK_CARBON_PROCESS] += yearly(k, b->carbon, U, u);
    if (unit->role != PARK_SOURCE || p->model->tariffs.tiers == 0 || !(volume > 0.0))
        return PARK_OK;
    PARK_TRY(park_unit_average(p->model, (int32_t)u, 0, map, err));
    if (!isfinite(map->licence))
        return PARK_OK;
    double more = park_tariff_tiers(&p->model->tariffs, volume, map->licence, opex / volume);
    line.kind = PARK_COST_WATER, line.yearly = more, line.quantity = 0.0;
    bill->tier_cost += more;
    add_line(bill, line);
    return PARK_OK;
}

static void link_lines(const park_biller *b, const scale *k, const park_ledger *g, size_t l, park_bill *bill)
{
    size_t L     = b->p->links;
    double water = 0.0, energy = 0.0;
    for (size_t s = 0; s < b->p->seasons; s++) {
        water += g->link_water[s * L + l];
        energy += g->link_energy[s * L + l];
    }
    park_cost_line line = {PARK_COST_ENERGY, -1, (int32_t)l, -1, yearly(k, b->link_power, L, l), 0.0, energy};
    add_line(bill, line);
    line.kind = PARK_COST_OTHER, line.yearly = b->p->model->link[l].price * water;
    line.quantity = line.yearly != 0.0 ? water : 0.0;
    add_line(bill, line);
}

void park_bill_demand(const park_model *model, park_bill *bill)
{
    double charge = model->tariffs.demand_charge, share = 0.0, sum = 0.0;
    for (size_t i = 0; i < bill->months; i++) {
        park_bill_month *month = &bill->month[i];
        double           part  = model->time.steady ? 1.0 : fmin(1.0, month->seconds / month->whole);
        month->demand_cost     = isfinite(charge) ? charge * month->peak * (YEAR / 12.0) * part : 0.0;
        share += part;
        sum += month->demand_cost;
    }
    bill->demand_cost = share > 0.0 ? 12.0 * sum / share : 0.0;
}

park_status park_biller_finish(park_biller *b, const park_ledger *g, const double *marched, park_bill *bill,
                               park_error *err)
{
    const park_layout *p   = b->p;
    scale              k   = {p, marched};
    park_map          *map = NULL;
    *bill                  = (park_bill){0};
    bill->line             = PARK_ARRAY(b->arena, 7 * p->units + 2 * p->links + 2, park_cost_line);
    if (bill->line == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the bill");
    for (size_t u = 0; u < p->units; u++) {
        if ((map = park_map_new(b->arena, p->model, (int32_t)u)) == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the bill");
        PARK_TRY(unit_lines(b, &k, g, u, map, bill, err));
    }
    for (size_t l = 0; l < p->links; l++)
        link_lines(b, &k, g, l, bill);
    window_end(b);
    bill->months = b->months;
    bill->month  = b->month;
    park_bill_demand(p->model, bill);
    double energy = 0.0;
    for (size_t r = 0; r < PARK_RATES; r++)
        energy += bill->energy[r] = yearly(&k, b->energy, PARK_RATES, r);
    const park_tariffs *tariffs    = &p->model->tariffs;
    bill->energy_cost              = yearly(&k, b->energy_cost, 1, 0);
    bill->mean_cost                = isfinite(tariffs->power) ? tariffs->power * energy : 0.0;
    bill->carbon[PARK_CARBON_GRID] = isfinite(p->model->carbon.grid) ? p->model->carbon.grid * energy : 0.0;
    double carbon                  = bill->carbon[PARK_CARBON_GRID] + bill->carbon[PARK_CARBON_PROCESS];
    double price                   = isfinite(p->model->carbon.price) ? p->model->carbon.price : 0.0;
    add_line(bill, (park_cost_line){PARK_COST_ENERGY, -1, -1, -1, bill->demand_cost, 0.0, 0.0});
    add_line(bill, (park_cost_line){PARK_COST_CARBON, -1, -1, -1, price * carbon, 0.0, carbon});
    return PARK_OK;
}
