/* Electricity of networks' pumps in the place of their connections' by length and lift. Math: docs/math/bound.md, Eq. (N13)-(N16). */
#include <parkwater/bound.h>

#include <math.h>
#include <string.h>

enum { H = 24 };

static const double HOUR = 3600.0, DAY = 86400.0;

typedef struct pumped {
    const park_model        *model;
    const park_bound_result *result;
    size_t                   count;
    park_ledger             *ledger;
    park_bill               *bill;
    bool                    *carried; /* [links] by a network with pumps */
    double                  *cost;    /* [links] of the pumps' energy [CNY/a] */
    double                  *more;    /* [seasons*24] power of pumps less that of connections [W] */
    double                   energy;  /* of pumps less that of connections [J/a] */
} pumped;

static bool has_pumps(const park_bound_result *r)
{
    return r->network->net->pump.count > 0;
}

double park_bound_power(const park_bound_result *result, size_t count, int32_t season, int hour)
{
    double sum = 0.0;
    for (size_t i = 0; i < count && season >= 0; i++) {
        const park_bound_season *s = &result[i].season[season];
        if (has_pumps(&result[i]) && s->pumps != NULL)
            sum += s->pumps[hour] - s->lifted[hour];
    }
    return sum;
}

static int32_t link_of(const pumped *p, const char *id)
{
    for (size_t l = 0; l < p->model->links; l++)
        if (p->model->link[l].id != NULL && strcmp(p->model->link[l].id, id) == 0)
            return (int32_t)l;
    return -1;
}

/* What length and lift said goes. */
static void take_out(pumped *p, const park_bound_result *r)
{
    size_t L = p->ledger->links;
    for (size_t i = 0; i < r->network->carried; i++) {
        int32_t l = link_of(p, r->network->carries[i]);
        for (size_t s = 0; l >= 0 && s < r->seasons; s++) {
            p->energy -= p->ledger->link_energy[s * L + (size_t)l];
            p->ledger->link_energy[s * L + (size_t)l] = 0.0;
        }
        if (l >= 0)
            p->carried[l] = true;
    }
}

/* A season's pumps, shared by the water that the connections carried in it. Eq. (N14) */
static void put_in(pumped *p, const park_bound_result *r, size_t s)
{
    const park_bound_season *season = &r->season[s];
    size_t                   L      = p->ledger->links;
    double                   water = 0.0, money = 0.0;
    park_rate                rate;
    if (season->pumps == NULL)
        return;
    for (int h = 0; h < H; h++)
        money += park_tariff_power(&p->model->tariffs, h, &rate) * season->pumps[h] * HOUR * season->days;
    p->energy += season->energy;
    for (size_t i = 0; i < r->network->carried; i++) {
        int32_t l = link_of(p, r->network->carries[i]);
        water += l >= 0 ? p->ledger->link_water[s * L + (size_t)l] : 0.0;
    }
    for (size_t i = 0; i < r->network->carried; i++) {
        int32_t l = link_of(p, r->network->carries[i]);
        if (l < 0)
            continue;
        double share = water > 0.0 ? p->ledger->link_water[s * L + (size_t)l] / water
                                   : 1.0 / (double)r->network->carried;
        p->ledger->link_energy[s * L + (size_t)l] += share * season->energy;
        p->cost[l] += share * money;
    }
}

/* ---- the bill ---- */

static park_cost_line *line_of(park_bill *bill, park_cost_line_kind kind, int32_t link)
{
    for (size_t i = 0; i < bill->lines; i++)
        if (bill->line[i].kind == kind && bill->line[i].link == link && bill->line[i].unit < 0)
            return &bill->line[i];
    /* none was worth a line: bills have room for one a connection, one for the demand charge and one for carbon */
    park_cost_line *made = &bill->line[bill->lines++];
    *made                = (park_cost_line){kind, -1, link, -1, 0.0, 0.0, 0.0};
    return made;
}

static void lines_set(pumped *p)
{
    size_t L = p->ledger->links;
    for (size_t l = 0; l < L; l++) {
        double energy = 0.0;
        for (size_t s = 0; s < p->ledger->seasons; s++)
            energy += p->ledger->link_energy[s * L + l];
        if (!p->carried[l])
            continue;
        park_cost_line *line = line_of(p->bill, PARK_COST_ENERGY, (int32_t)l);
        p->bill->energy_cost += p->cost[l] - line->yearly;
        line->yearly   = p->cost[l];
        line->quantity = energy;
    }
}

static void rates_move(pumped *p)
{
    for (size_t s = 0; s < p->ledger->seasons; s++)
        for (int h = 0; h < H; h++) {
            park_rate rate;
            (void)park_tariff_power(&p->model->tariffs, h, &rate);
            p->bill->energy[rate] +=
                p->more[s * H + (size_t)h] * HOUR * (p->model->time.season[s].seconds / DAY);
        }
}

static int32_t season_at(const park_model *model, int64_t t)
{
    return model->time.steady ? 0 : park_model_season_at(model, t);
}

/* Eq. (N15): a month's days by their seasons, as many of them as were marched; its largest quarter keeps its time. */
static void month_move(pumped *p, park_bill_month *m)
{
    const park_model *model = p->model;
    int64_t           first = m->start, days = (int64_t)ceil(m->whole / DAY), known = 0;
    for (int64_t d = 0; d < days; d++)
        known += season_at(model, first + d * (int64_t)DAY + (int64_t)DAY / 2) >= 0;
    for (int64_t d = 0; d < days; d++) {
        int32_t season = season_at(model, first + d * (int64_t)DAY + (int64_t)DAY / 2);
        for (int h = 0; h < H && season >= 0; h++) {
            park_rate rate;
            double    price = park_tariff_power(&model->tariffs, h, &rate);
            double    energy =
                p->more[(size_t)season * H + (size_t)h] * HOUR * (m->seconds / DAY / (double)known);
            m->energy[rate] += energy;
            m->cost += price * energy;
        }
    }
    int64_t local = m->peak_time + model->time.utc_offset, day = (int64_t)DAY;
    int32_t season = season_at(model, m->peak_time);
    size_t  hour   = (size_t)((local % day + day) % day / (int64_t)HOUR);
    if (season >= 0)
        m->peak = fmax(0.0, m->peak + p->more[(size_t)season * H + hour]);
}

static void bill_move(pumped *p)
{
    const park_tariffs *tariffs = &p->model->tariffs;
    const park_carbon  *carbon  = &p->model->carbon;
    park_bill          *bill    = p->bill;
    double              before  = bill->demand_cost,
           emitted              = bill->carbon[PARK_CARBON_GRID] + bill->carbon[PARK_CARBON_PROCESS];
    lines_set(p);
    rates_move(p);
    for (size_t i = 0; i < bill->months; i++)
        month_move(p, &bill->month[i]);
    park_bill_demand(p->model, bill);
    bill->mean_cost += isfinite(tariffs->power) ? tariffs->power * p->energy : 0.0;
    bill->carbon[PARK_CARBON_GRID] += isfinite(carbon->grid) ? carbon->grid * p->energy : 0.0;
    double gases = bill->carbon[PARK_CARBON_GRID] + bill->carbon[PARK_CARBON_PROCESS];
    if (bill->demand_cost != before)
        line_of(bill, PARK_COST_ENERGY, -1)->yearly += bill->demand_cost - before;
    if (gases != 0.0 || emitted != 0.0) {
        park_cost_line *line = line_of(bill, PARK_COST_CARBON, -1);
        line->quantity       = gases;
        line->yearly         = isfinite(carbon->price) ? carbon->price * gases : 0.0;
    }
    bill->running = 0.0;
    for (size_t i = 0; i < bill->lines; i++)
        bill->running += bill->line[i].yearly;
}

park_status park_bound_bill(const park_model *model, const park_bound_result *result, size_t count,
                            park_simulation *simulation, park_error *err)
{
    park_arena *scratch = park_arena_new();
    pumped      p   = {model, result, count, simulation->ledger, &simulation->bill, NULL, NULL, NULL, 0.0};
    bool        any = false;
    for (size_t i = 0; i < count; i++)
        any = any || has_pumps(&result[i]);
    if (any && scratch != NULL) {
        p.carried = PARK_ARRAY(scratch, model->links, bool);
        p.cost    = PARK_ARRAY(scratch, model->links, double);
        p.more    = PARK_ARRAY(scratch, p.ledger->seasons * H, double);
    }
    park_status status = scratch == NULL || (any && !(p.carried && p.cost && p.more))
                             ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the pumps' bill")
                             : PARK_OK;
    for (size_t i = 0; any && status == PARK_OK && i < count; i++)
        if (has_pumps(&result[i]))
            take_out(&p, &result[i]);
    for (size_t i = 0; any && status == PARK_OK && i < count; i++)
        for (size_t s = 0; has_pumps(&result[i]) && s < result[i].seasons; s++)
            put_in(&p, &result[i], s);
    for (size_t i = 0; any && status == PARK_OK && i < p.ledger->seasons * H; i++)
        p.more[i] = park_bound_power(result, count, (int32_t)(i / H), (int)(i % H));
    if (any && status == PARK_OK && p.bill->line != NULL)
        bill_move(&p);
    park_arena_free(scratch);
    return status;
}
