/*
 * tariff_rows.c - prices that depend on the year's volume or on the largest power, as costs of their own in the program
 * (docs/math/optimization.md, O133-O136), in every copy of the year its own: of each future and of each stage (O170).
 *
 *     tiers that rise    t >= a_i V + b_i for each tier: convex, a row each                          (O133)
 *     tiers that fall    V = sum v_i, v_i <= w_i z_i, v_(i-1) >= w_(i-1) z_i, z_i whole              (O134)
 *     demand charge      c_g >= charge P_s in every season s that the months of g touch              (O135)
 */
#include "base/calendar.h"
#include "design/costs.h"
#include "design/formulation.h"

#include <string.h>

static const double YEAR = 31536000.0; /* 365 d [s] */

/* All that follows is written for the copy of the year that f->lens names. */
static const park_model *park_of(const park_formulation *f)
{
    return f->super->future[f->lens];
}

/* A column that costs as much as its rows ask; NULL: out of memory. */
static park_charge *charge(park_formulation *f, int32_t unit, double lo, double hi)
{
    if (f->failed || !PARK_GROW(f->arena, f->charge, f->charges, f->charges_cap)) {
        f->failed = true;
        return NULL;
    }
    park_charge *made = &f->charge[f->charges++];
    *made             = (park_charge){.unit   = unit,
                                      .future = f->lens,
                                      .col    = park_formulate_col(f, PARK_COL_OTHER, lo, hi),
                                      .row    = -1,
                                      .step   = -1};
    return made;
}

/* col - sum >= 0 */
static void asks(park_formulation *f, park_charge *c, const park_sum *sum)
{
    park_sum row = {.constant = -sum->constant};
    for (size_t i = 0; i < sum->count; i++)
        park_sum_add(f, &row, sum->col[i], -sum->coef[i]);
    park_sum_add(f, &row, c->col, 1.0);
    int32_t at = park_formulate_row(f, &row, 0.0, INFINITY, -1, "charge");
    if (c->row < 0)
        c->row = at;
    c->rows++;
}

/* ---- tiers of water --------------------------------------------------------------------------------------------------------- */

/* times x the year's volume of a source [m3/a] */
static void sum_volume(park_formulation *f, park_sum *sum, size_t u, double times)
{
    size_t first = (size_t)f->lens * f->super->per;
    for (size_t s = first; s < first + f->super->per; s++)
        park_sum_outlet_flow(f, sum, s, u, 0,
                             times * park_super_seconds(f->super, f->lens, s) / f->flow_unit);
}

static bool rises(const park_tariffs *tariffs)
{
    for (size_t i = 1; i < tariffs->tiers; i++)
        if (tariffs->tier[i].times < tariffs->tier[i - 1].times)
            return false;
    return true;
}

static void rising(park_formulation *f, park_charge *c, size_t u, double price, double licence)
{
    const park_tariffs *tariffs = &park_of(f)->tariffs;
    double              from = 0.0, cost = 0.0;
    for (size_t i = 0; i < tariffs->tiers && from < licence && !f->failed; i++) {
        double   slope = (tariffs->tier[i].times - 1.0) * price, upto = tariffs->tier[i].upto * licence;
        park_sum sum = {0};
        sum_volume(f, &sum, u, slope * f->rate_unit);
        sum.constant += (cost - slope * from) * f->rate_unit;
        asks(f, c, &sum);
        if (isfinite(upto))
            cost += slope * (upto - from);
        from = upto;
    }
}

/* A future that only has to work pays for nothing: whether its tiers are whole is nobody's choice to prove. */
static int32_t tier_begins(park_formulation *f)
{
    if (f->super->probability[f->lens] > 0.0) {
        int32_t z = f->failed ? -1 : park_program_integer(&f->program, 0.0, 1.0, 0.0, NULL);
        f->failed = f->failed || z < 0;
        return z;
    }
    return park_formulate_col(f, PARK_COL_OTHER, 0.0, 1.0);
}

/* Volumes tier by tier, each filled before the next begins; in m3/h of the year's mean. */
static void falling(park_formulation *f, park_charge *c, size_t u, double price, double licence)
{
    const park_tariffs *tariffs = &park_of(f)->tariffs;
    double              from = 0.0, width[sizeof tariffs->tier / sizeof *tariffs->tier] = {0};
    park_sum            volume = {0}, cost = {0};
    for (; c->steps < tariffs->tiers && from < licence; c->steps++) {
        double upto     = fmin(tariffs->tier[c->steps].upto, 1.0) * licence;
        width[c->steps] = (upto - from) * f->rate_unit;
        from            = upto;
    }
    for (size_t i = 0; i < c->steps; i++) {
        int32_t v = park_formulate_col(f, PARK_COL_OTHER, 0.0, width[i]);
        c->step   = i == 0 ? v : c->step;
        park_sum_add(f, &volume, v, -1.0);
        park_sum_add(f, &cost, v, (tariffs->tier[i].times - 1.0) * price);
    }
    sum_volume(f, &volume, u, f->rate_unit);
    c->volume = park_formulate_row(f, &volume, 0.0, 0.0, -1, "tiers");
    for (size_t i = 1; i < c->steps && !f->failed; i++) {
        int32_t  z   = tier_begins(f);
        park_sum sum = {0};
        park_sum_add(f, &sum, c->step + (int32_t)i, 1.0);
        park_sum_add(f, &sum, z, -width[i]);
        park_formulate_row(f, &sum, -INFINITY, 0.0, -1, "tier");
        park_sum_clear(&sum);
        park_sum_add(f, &sum, c->step + (int32_t)i - 1, 1.0);
        park_sum_add(f, &sum, z, -width[i - 1]);
        park_formulate_row(f, &sum, 0.0, INFINITY, -1, "tier");
    }
    asks(f, c, &cost);
}

static void tiers(park_formulation *f)
{
    const park_super   *super   = f->super;
    const park_tariffs *tariffs = &park_of(f)->tariffs;
    for (size_t u = 0; tariffs->tiers > 0 && u < super->units && !f->failed; u++) {
        const park_map *map     = PARK_SUPER_FACE(super, (size_t)f->lens * super->per, u)->map;
        double          licence = map->licence, lo = 0.0, hi = 0.0;
        if (super->model->unit[u].role != PARK_SOURCE || !isfinite(licence) || !(licence > 0.0))
            continue;
        double price = map->opex_out - map->tax_out;
        for (size_t i = 0; i < tariffs->tiers; i++) {
            double here =
                park_tariff_tiers(tariffs, fmin(tariffs->tier[i].upto, 1.0) * licence, licence, price);
            lo = fmin(lo, here * f->rate_unit), hi = fmax(hi, here * f->rate_unit);
        }
        park_charge *c = charge(f, (int32_t)u, lo * (1.0 + 1e-9) - 1e-9, hi * (1.0 + 1e-9) + 1e-9);
        if (c == NULL)
            return;
        if (rises(tariffs))
            rising(f, c, u, price, licence);
        else
            falling(f, c, u, price, licence);
    }
}

/* ---- the largest power -------------------------------------------------------------------------------------------------------- */

static void sum_power(park_formulation *f, park_sum *sum, size_t s, double times)
{
    const park_super *super = f->super;
    const park_model *model = park_of(f);
    times /= f->flow_unit;
    for (size_t u = 0; u < super->units; u++) {
        const park_map       *map  = PARK_SUPER_FACE(super, s, u)->map;
        const park_unit_info *unit = &super->model->unit[u];
        if (map->energy_in != 0.0 && unit->inlets > 0)
            park_sum_unit_flow(f, sum, s, u, map->energy_in * times);
        if (map->energy_out != 0.0 && unit->outlets > 0)
            park_sum_outlet_flow(f, sum, s, u, 0, map->energy_out * times);
    }
    for (size_t l = 0; l < super->links; l++)
        if (super->active[l])
            park_sum_add(f, sum, f->link_flow[PARK_FORM_SL(f, s, l)],
                         park_link_energy(model, &model->link[l], park_link_reference(super, l)) * times);
}

static double within(const park_season_info *season, int64_t from, int64_t to)
{
    double sum = 0.0;
    for (size_t i = 0; i < season->span_count; i++) {
        int64_t a = season->spans[i].start > from ? season->spans[i].start : from,
                b = season->spans[i].end < to ? season->spans[i].end : to;
        sum += b > a ? (double)(b - a) : 0.0;
    }
    return sum;
}

static int64_t month_after(int64_t t, int32_t minutes, int more)
{
    park_civil at    = park_civil_at(t, minutes);
    int32_t    count = at.year * 12 + at.month - 1 + more;
    park_civil first = {.year = count / 12, .month = count % 12 + 1, .day = 1, .offset = minutes};
    return park_civil_instant(&first);
}

/* A month joins those of the same seasons. */
static bool join(park_arena *arena, size_t seasons, park_tariff_months **list, size_t *count, size_t *cap,
                 const bool *season, double share)
{
    for (size_t i = 0; i < *count; i++)
        if (memcmp((*list)[i].season, season, seasons * sizeof(bool)) == 0) {
            (*list)[i].share += share;
            return true;
        }
    bool *own = PARK_ARRAY(arena, seasons, bool);
    if (own == NULL || !PARK_GROW(arena, *list, *count, *cap))
        return false;
    memcpy(own, season, seasons * sizeof(bool));
    (*list)[(*count)++] = (park_tariff_months){own, share};
    return true;
}

static void bounds_of(const park_time *time, int64_t *first, int64_t *last)
{
    *first = INT64_MAX, *last = INT64_MIN;
    for (size_t s = 0; s < time->seasons; s++)
        for (size_t i = 0; i < time->season[s].span_count; i++) {
            int64_t start = time->season[s].spans[i].start, end = time->season[s].spans[i].end;
            *first = start < *first ? start : *first, *last = end > *last ? end : *last;
        }
}

park_tariff_months *park_tariff_months_of(const park_time *time, park_arena *arena, size_t *count)
{
    int32_t             minutes = time->utc_offset / 60;
    park_tariff_months *list    = NULL;
    size_t              cap     = 0;
    bool               *season  = PARK_ARRAY(arena, time->seasons, bool);
    int64_t             first, last;
    double              all = 0.0;
    bool                ok  = season != NULL;
    *count                  = 0;
    bounds_of(time, &first, &last);
    for (size_t s = 0; ok && s < time->seasons; s++)
        season[s] = true;
    if (ok && (time->steady || first >= last)) /* one month for all */
        return join(arena, time->seasons, &list, count, &cap, season, 1.0) ? list : NULL;
    for (int64_t from = month_after(first, minutes, 0), to; ok && from < last; from = to) {
        double part = 0.0;
        to          = month_after(from, minutes, 1);
        for (size_t s = 0; s < time->seasons; s++) {
            double here = within(&time->season[s], from, to) / (double)(to - from);
            season[s]   = here > 0.0;
            part += here;
        }
        ok = !(part > 0.0) || join(arena, time->seasons, &list, count, &cap, season, part);
        all += part;
    }
    for (size_t i = 0; i < *count; i++)
        list[i].share /= all;
    return ok ? list : NULL;
}

/* The most that a sum comes to in the boxes of its columns. */
static double most_of(const park_formulation *f, const park_sum *sum)
{
    double most = sum->constant;
    for (size_t i = 0; i < sum->count; i++)
        most += fmax(sum->coef[i] * f->program.col_lo[sum->col[i]],
                     sum->coef[i] * f->program.col_hi[sum->col[i]]);
    return most;
}

static void demand_charge(park_formulation *f, const park_tariff_months *months, size_t count)
{
    double price = park_of(f)->tariffs.demand_charge;
    size_t first = (size_t)f->lens * f->super->per;
    for (size_t i = 0; isfinite(price) && i < count && !f->failed; i++) {
        double hi = 0.0;
        for (int turn = 0; turn < 2; turn++) { /* how much at most, then the rows */
            park_charge *c = turn == 1 ? charge(f, -1, 0.0, hi * (1.0 + 1e-9) + 1e-9) : NULL;
            for (size_t s = 0; s < f->super->per && !f->failed; s++) {
                park_sum sum = {0};
                if (!months[i].season[s])
                    continue;
                sum_power(f, &sum, first + s, price * YEAR * months[i].share * f->rate_unit);
                hi = fmax(hi, most_of(f, &sum));
                if (c != NULL)
                    asks(f, c, &sum);
            }
        }
    }
}

static bool charged(const park_super *super)
{
    for (size_t v = 0; v < super->futures; v++)
        if (isfinite(super->future[v]->tariffs.demand_charge))
            return true;
    return false;
}

void park_formulate_tariffs(park_formulation *f)
{
    const park_super   *super  = f->super;
    size_t              count  = 0;
    park_tariff_months *months = NULL;
    if (charged(super)) {
        months    = park_tariff_months_of(&super->model->time, f->arena, &count);
        f->failed = f->failed || months == NULL;
    }
    for (size_t v = 0; v < super->futures && !f->failed; v++) {
        f->lens = (int32_t)v;
        tiers(f);
        demand_charge(f, months, count);
    }
    f->lens = -1;
}

/* ---- a plan as a point ------------------------------------------------------------------------------------------------------------ */

/* What a row holds without its column `but`. */
static double rest_of(const park_program *p, int32_t row, int32_t but, int32_t buts, const double *x)
{
    double sum = 0.0;
    for (size_t e = p->start[row]; e < p->start[row + 1]; e++)
        if (p->index[e] < but || p->index[e] >= but + buts)
            sum += p->value[e] * x[p->index[e]];
    return sum;
}

void park_tariff_write(const park_formulation *f, double *x)
{
    const park_program *p = &f->program;
    for (size_t i = 0; i < f->charges; i++) {
        const park_charge *c    = &f->charge[i];
        double             cost = -INFINITY;
        double             volume =
            c->step >= 0 ? rest_of(p, c->volume, c->step, (int32_t)c->steps, x) - p->row_lo[c->volume] : 0.0;
        for (int32_t k = 0; c->step >= 0 && k < (int32_t)c->steps; k++) {
            int32_t v = c->step + k;
            x[v]      = fmin(volume, p->col_hi[v]);
            if (k > 0)
                x[c->step + (int32_t)c->steps + k - 1] = x[v] > 0.0 ? 1.0 : 0.0;
            volume = fmax(volume - x[v], 0.0);
        }
        for (int32_t r = c->row; r < c->row + c->rows; r++)
            cost = fmax(cost, p->row_lo[r] - rest_of(p, r, c->col, 1, x));
        x[c->col] = cost;
    }
}
