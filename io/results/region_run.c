#include "results/region_run.h"

#include "results/reader.h"
#include "results/saved.h"
#include "run_names.h"

#include <math.h>
#include <string.h>

/* --- volumes by source --- */

/* Conventional water by source: links that leave sources share what the park's boundary counts. */
static void conventional(const park_model *m, const park_ledger *g, double vi, double flow[PARK_REGION_FLOWS])
{
    double by[PARK_REGION_FLOWS] = {0.0}, sum = 0.0;
    for (size_t l = 0; l < m->links; l++) {
        const park_unit_info *from = &m->unit[m->link[l].from];
        int                   to   = from->origin == PARK_ORIGIN_SURFACE  ? PARK_REGION_SURFACE
                                     : from->origin == PARK_ORIGIN_GROUND ? PARK_REGION_GROUND
                                     : from->origin == PARK_ORIGIN_TAP    ? PARK_REGION_TAP
                                                                          : -1;
        if (from->role != PARK_SOURCE || to < 0 || m->unit[m->link[l].to].role == PARK_SINK)
            continue;
        for (size_t s = 0; s < g->seasons; s++) {
            by[to] += g->link_water[s * g->links + l];
            sum += g->link_water[s * g->links + l];
        }
    }
    for (int f = 0; f <= PARK_REGION_TAP; f++)
        flow[f] = sum > 0.0 ? vi * by[f] / sum : f == PARK_REGION_SURFACE ? vi : 0.0;
}

static void take_volumes(const park_model *m, const park_ledger *g, const park_volumes *v,
                         park_region_park *park)
{
    conventional(m, g, v->vi_conventional, park->flow);
    park->flow[PARK_REGION_RECLAIMED] = v->vih_reclaimed;
    park->flow[PARK_REGION_MINE]      = v->vih_mine;
    park->flow[PARK_REGION_RAIN]      = v->vih_rain;
    park->flow[PARK_REGION_OTHER]     = fmax(v->vih - v->vih_reclaimed - v->vih_mine - v->vih_rain, 0.0);
    park->flow[PARK_REGION_REUSED]    = v->vr;
}

/* --- products, value added --- */

static const park_indicator *unit_intake(const park_indicators *all, const char *product, int32_t enterprise)
{
    for (size_t i = 0; all != NULL && i < all->count; i++) {
        const park_indicator *item = &all->item[i];
        if (strcmp(item->id, "unit_intake") == 0 && item->subject != NULL &&
            strcmp(item->subject, product) == 0 && item->enterprise == enterprise &&
            item->basis == PARK_BASIS_CONVENTIONAL)
            return item;
    }
    return NULL;
}

static park_status take_products(const park_run_record *record, const park_model *m, park_arena *arena,
                                 park_region_park *park, park_error *err)
{
    const park_indicators *all  = record->simulated != NULL ? record->simulated : record->promised;
    size_t                 most = 0;
    for (size_t e = 0; e < m->enterprises; e++)
        most += m->enterprise[e].products;
    park->output = PARK_ARRAY(arena, most + 1, park_region_output);
    if (park->output == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a park's products%s", "");
    for (size_t e = 0; e < m->enterprises; e++) {
        const park_enterprise_info *of = &m->enterprise[e];
        if (of->value_added > 0.0) {
            park->added      = (isnan(park->added) ? 0.0 : park->added) + of->value_added * PARK_YEAR_SECONDS;
            park->price_year = of->price_year > park->price_year ? of->price_year : park->price_year;
        }
        for (size_t p = 0; p < of->products; p++) {
            const park_indicator *item = unit_intake(all, of->product[p].id, (int32_t)e);
            if (item != NULL && item->denominator > 0.0)
                park->output[park->outputs++] = (park_region_output){.id     = of->product[p].id,
                                                                     .dim    = of->product[p].dim,
                                                                     .output = item->denominator,
                                                                     .intake = item->numerator};
        }
    }
    return PARK_OK;
}

/* --- points --- */

/* What investment costs a year in the park's own reckoning, per yuan invested. */
static double yearly_share(const park_design *d)
{
    double capital = 0.0, yearly = 0.0;
    for (size_t i = 0; i < d->cost_lines; i++)
        if (d->cost[i].capital > 0.0) {
            capital += d->cost[i].capital;
            yearly += d->cost[i].yearly;
        }
    return capital > 0.0 ? yearly / capital : 0.0;
}

park_status park_region_run_take(const park_run_record *record, park_arena *arena, park_region_park *park,
                                 park_error *err)
{
    const park_model  *m = park_record_model(record);
    const park_design *d = record->design;
    const park_ledger *g = record->simulation != NULL ? record->simulation->ledger
                           : d != NULL                ? d->ledger
                                                      : NULL;
    park_volumes       v;
    *park = (park_region_park){.label = m->name, .added = NAN, .running = NAN, .planned = d != NULL};
    if (g == NULL)
        return PARK_FAIL(err, PARK_E_INPUT, "the run holds no ledger: it found neither a plan nor a year%s",
                         "");
    PARK_TRY(park_volumes_of(m, g, PARK_BOUNDARY_PARK, PARK_NONE, &v, err));
    take_volumes(m, g, &v, park);
    PARK_TRY(take_products(record, m, arena, park, err));
    park->cost_year = m->economics.price_year;
    park->running   = record->running != NULL ? record->running->yearly
                      : d != NULL             ? d->yearly_cost - d->investment * yearly_share(d)
                                              : NAN;
    park->point     = PARK_ARRAY(arena, 1, park_region_point);
    if (park->point == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a park's plan%s", "");
    if (d != NULL)
        park->point[park->points++] = (park_region_point){.id         = "plan",
                                                          .investment = d->investment,
                                                          .running    = park->running,
                                                          .vi         = v.vi_conventional,
                                                          .vih        = v.vih,
                                                          .vr         = v.vr};
    return PARK_OK;
}

/* Each point of a front is a whole plan, with its own cost and water. */
static park_status take_front(park_h5 *h, park_arena *arena, park_region_park *park, park_error *err)
{
    static const char G[]        = "front";
    size_t            n          = park_h5_count(h, G, "investment");
    double           *investment = park_h5_doubles(h, G, "investment", n),
           *running              = park_h5_doubles(h, G, "running", n);
    double *vi = park_h5_doubles(h, G, "intake", n), *vih = park_h5_doubles(h, G, "non_conventional", n),
           *vr               = park_h5_doubles(h, G, "reused", n);
    park_region_point *point = PARK_ARRAY(arena, n + 1, park_region_point);
    PARK_TRY(park_h5_done(h, err));
    if (investment == NULL || running == NULL || vi == NULL || vih == NULL || vr == NULL || point == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a park's front%s", "");
    for (size_t i = 0; i < n; i++)
        point[i] = (park_region_point){.id         = park_arena_printf(arena, "front_%zu", i + 1),
                                       .investment = investment[i],
                                       .running    = running[i],
                                       .vi         = vi[i],
                                       .vih        = vih[i],
                                       .vr         = vr[i]};
    park->points = n;
    park->point  = point;
    return PARK_OK;
}

/* --- a study --- */

static size_t column_of(const char *const *id, size_t count, const char *word)
{
    for (size_t k = 0; k < count; k++)
        if (strcmp(id[k], word) == 0)
            return k;
    return SIZE_MAX;
}

/* A table of variants: what each costs and takes. It does not say what an investment costs a year: costs stand whole. */
static park_status take_study(park_h5 *h, park_arena *arena, park_region_park *park, park_error *err)
{
    size_t       n = park_h5_count(h, "", "hash"), k = park_h5_count(h, "", "indicator");
    const char **id = park_h5_texts(h, "", "indicator", k);
    double *value = park_h5_doubles(h, "", "value", n * k), *cost = park_h5_doubles(h, "", "yearly_cost", n),
           *investment = park_h5_doubles(h, "", "investment", n);
    park->point        = PARK_ARRAY(arena, n + 1, park_region_point);
    PARK_TRY(park_h5_done(h, err));
    if (id == NULL || value == NULL || cost == NULL || investment == NULL || park->point == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a study%s", "");
    size_t vi = column_of(id, k, "intake.conventional"), vih = column_of(id, k, "non_conventional"),
           r = column_of(id, k, "reuse_rate.conventional");
    if (vi == SIZE_MAX)
        return PARK_FAIL(err, PARK_E_INPUT, "the study keeps no indicator '%s'", "intake.conventional");
    for (size_t i = 0; i < n; i++) {
        double taken = value[i * k + vi], rate = r != SIZE_MAX ? value[i * k + r] : NAN;
        if (!isfinite(cost[i]) || !isfinite(taken))
            continue; /* a variant that failed has no cost */
        park->point[park->points++] =
            (park_region_point){.id         = park_arena_printf(arena, "variant_%zu", i + 1),
                                .investment = isfinite(investment[i]) ? investment[i] : 0.0,
                                .running    = cost[i],
                                .vi         = taken,
                                .vih        = vih != SIZE_MAX ? value[i * k + vih] : NAN,
                                .vr         = taken * rate / (1.0 - rate)};
    }
    park->planned    = true;
    park->whole_cost = true;
    return PARK_OK;
}

park_status park_region_run_read(const char *path, park_arena *arena, park_region_park *park, park_error *err)
{
    park_h5    *h;
    park_saved *saved = PARK_NEW(arena, park_saved);
    if (saved == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to read %s", path);
    PARK_TRY(park_h5_open(path, arena, &h, err));
    if (!park_h5_has(h, "park") && park_h5_has(h, "hash")) {
        *park = (park_region_park){.added = NAN, .running = NAN};
        return take_study(h, arena, park, err);
    }
    PARK_TRY(park_saved_read(path, arena, saved, err));
    PARK_TRY(park_region_run_take(&saved->record, arena, park, err));
    return saved->record.design != NULL && park_h5_has(h, "front") ? take_front(h, arena, park, err)
                                                                   : PARK_OK;
}
