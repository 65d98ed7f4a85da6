/* The networks of a park, solved for what its simulation carried. */
#include "jobs/recipe.h"

#include "findings_text.h"
#include "jobs/progress.h"
#include "units/users/network_leak.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The kept rows of links, as the networks read them. */
static park_status flows_of(const park_recipe *recipe, const park_model *model, park_bound_flows *flows,
                            park_error *err)
{
    const park_rows *rows     = &recipe->rows;
    const double   **link     = PARK_ARRAY(recipe->context->arena, model->links, const double *);
    const double   **withheld = PARK_ARRAY(recipe->context->arena, model->links, const double *);
    if (link == NULL || withheld == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the flows of networks");
    for (size_t c = 0; c < rows->columns; c++)
        if (rows->column[c].kind == PARK_COLUMN_LINK_FLOW && rows->column[c].link >= 0)
            link[rows->column[c].link] = rows->value + c * rows->rows;
        else if (rows->column[c].kind == PARK_COLUMN_WITHHELD)
            withheld[rows->column[c].link] = rows->value + c * rows->rows;
    *flows = (park_bound_flows){.rows     = rows->rows,
                                .every    = rows->every,
                                .time     = rows->time,
                                .link     = link,
                                .withheld = withheld,
                                .ledger   = recipe->simulation->ledger};
    return PARK_OK;
}

/* What the pumps of networks draw beyond length and lift, mean over a row: power [W], or its money [CNY/s]. Eq. (N16) */
static double over_row(const park_recipe *recipe, const park_model *model, size_t row, bool money)
{
    const park_rows *rows = &recipe->rows;
    double           sum = 0.0, hours = 0.0;
    for (int64_t t = rows->time[row] - rows->every; t < rows->time[row]; t += 3600, hours += 1.0) {
        int64_t   local  = t + model->time.utc_offset;
        int       hour   = (int)((local % 86400 + 86400) % 86400 / 3600);
        int32_t   season = model->time.steady ? 0 : park_model_season_at(model, t);
        double    power  = park_bound_power(recipe->bound, recipe->loaded.networks, season, hour);
        park_rate rate;
        sum += money ? power * park_tariff_power(&model->tariffs, hour, &rate) : power;
    }
    return hours > 0.0 ? sum / hours : 0.0;
}

/* The series of money and carbon move with the bill. */
static void series_move(park_recipe *recipe, const park_model *model)
{
    park_rows *rows = &recipe->rows;
    double     grid = isfinite(model->carbon.grid) ? model->carbon.grid : 0.0,
           price    = isfinite(model->carbon.price) ? model->carbon.price : 0.0;
    for (size_t c = 0; c < rows->columns; c++) {
        const park_column *column = &rows->column[c];
        bool               energy = column->kind == PARK_COLUMN_MONEY && column->part == PARK_COST_ENERGY;
        bool               paid   = column->kind == PARK_COLUMN_MONEY && column->part == PARK_COST_CARBON;
        bool               gas    = column->kind == PARK_COLUMN_CARBON && column->part == PARK_CARBON_GRID;
        for (size_t r = 0; (energy || paid || gas) && r < rows->rows; r++)
            rows->value[c * rows->rows + r] += over_row(recipe, model, r, energy) * (energy ? 1.0
                                                                                     : paid ? grid * price
                                                                                            : grid);
    }
}

/* Violations of the networks join those of the simulation. */
static park_status join(park_recipe *recipe, park_error *err)
{
    park_simulation *simulation = recipe->simulation;
    park_arena      *arena      = recipe->context->arena;
    park_violation  *more       = NULL;
    int64_t          found      = park_bound_violations(recipe->bound, recipe->loaded.networks, arena, &more);
    if (found < 0)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the violations of networks");
    if (found == 0)
        return PARK_OK;
    park_violation *all = PARK_ARRAY(arena, simulation->violations + (size_t)found, park_violation);
    if (all == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the violations of networks");
    if (simulation->violations > 0)
        memcpy(all, simulation->violation, simulation->violations * sizeof *all);
    memcpy(all + simulation->violations, more, (size_t)found * sizeof *all);
    simulation->violation = all;
    simulation->violations += (size_t)found;
    return PARK_OK;
}

/* The networks as the simulated park has them: a retrofit may have changed what leaks and which pressure is asked for. */
static const park_bound_network *networks_of(const park_recipe *recipe, const park_model *model)
{
    size_t              count = recipe->loaded.networks;
    park_bound_network *list  = PARK_ARRAY(recipe->context->arena, count, park_bound_network);
    for (size_t i = 0; list != NULL && i < count; i++) {
        list[i] = recipe->loaded.network[i];
        if (i >= model->networks)
            continue;
        const park_network_info *info = &model->network[i];
        list[i].leak                  = (park_leak_law){info->flow, info->at, info->growing};
        list[i].min_pressure          = info->min_pressure;
    }
    return list;
}

park_status park_recipe_carrier(park_recipe *recipe, const park_model *model, park_carrier **carrier)
{
    *carrier = NULL;
    if (recipe->loaded.networks == 0)
        return PARK_OK;
    const park_bound_network *network = networks_of(recipe, model);
    if (network == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "not enough memory for the networks");
    return park_bound_carrier_make(model, network, recipe->loaded.networks, &recipe->findings,
                                   recipe->context->arena, carrier, &recipe->error);
}

/* What the hydraulics found of a network's leak against what the plan counted with; 0 where nothing leaks. */
static double correction(const park_recipe *recipe, const park_model *model, size_t network, size_t season)
{
    double seconds = model->time.season[season].seconds;
    double thought = park_network_leak_flow(model, (int32_t)network, (int32_t)season) * seconds;
    double found   = recipe->bound[network].season[season].leaked;
    return thought > 0.0 && isfinite(found) ? found / thought : 0.0;
}

park_status park_recipe_leaks(park_recipe *recipe, const park_model *model, size_t *corrected)
{
    static const double AGREES  = 0.02; /* relative */
    park_arena         *arena   = recipe->context->arena;
    const park_model   *planned = recipe->loaded.model;
    size_t              changed = 0, S = planned->time.seasons;
    recipe->leak_off = 0.0;
    *corrected       = 0;
    if (recipe->bound == NULL || planned->networks == 0)
        return PARK_OK;
    park_model        *next = PARK_NEW(arena, park_model);
    park_network_info *list = PARK_ARRAY(arena, planned->networks, park_network_info);
    if (next == NULL || list == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "not enough memory for the networks");
    for (size_t i = 0; i < planned->networks; i++) {
        double *times = PARK_ARRAY(arena, S, double), most = 0.0;
        list[i] = planned->network[i];
        for (size_t s = 0; times != NULL && list[i].unit >= 0 && s < S; s++) {
            double found = correction(recipe, model, i, s);
            times[s]     = list[i].times != NULL ? list[i].times[s] : 1.0;
            if (found > 0.0)
                most = fmax(most, fabs(found - 1.0)), times[s] *= found;
        }
        if (times == NULL || !(most > AGREES))
            continue;
        list[i].times    = times;
        recipe->leak_off = fmax(recipe->leak_off, most);
        changed++;
    }
    if (changed > 0) {
        *next = *planned, next->network = list;
        recipe->loaded.model = next;
    }
    *corrected = changed;
    return PARK_OK;
}

park_exit park_recipe_bind(park_recipe *recipe, const park_model *model, const park_model *choices)
{
    park_arena         *arena    = recipe->context->arena;
    park_bound_settings settings = {.choices = choices, .failures = true};
    park_bound_flows    flows;
    park_progress       progress;
    if (recipe->loaded.networks == 0 || recipe->rows.rows == 0)
        return PARK_EXIT_DONE;
    park_findings_init(&recipe->noticed, arena);
    park_progress_begin(&progress, recipe->context, "solving networks", "管网计算");
    settings.progress                 = park_progress_share;
    settings.progress_user            = &progress;
    const park_bound_network *network = networks_of(recipe, model);
    park_status               status  = flows_of(recipe, model, &flows, &recipe->error);
    if (network == NULL)
        status = PARK_FAIL(&recipe->error, PARK_E_MEMORY, "not enough memory for the networks");
    if (status == PARK_OK)
        status = park_bound_run(model, network, recipe->loaded.networks, &flows, &settings, &recipe->noticed,
                                arena, &recipe->bound, &recipe->error);
    if (status == PARK_OK && recipe->simulation != NULL)
        status = park_bound_bill(model, recipe->bound, recipe->loaded.networks, recipe->simulation,
                                 &recipe->error);
    if (status == PARK_OK && recipe->simulation != NULL)
        series_move(recipe, model);
    park_progress_end(&progress);
    if (status == PARK_E_CANCELLED && choices != NULL) { /* the simulation is whole and stands without them */
        recipe->bound = NULL, recipe->noticed.count = 0;
        memset(&recipe->error, 0, sizeof recipe->error);
        return PARK_EXIT_DONE;
    }
    if (status == PARK_OK && choices != NULL)
        status = join(recipe, &recipe->error);
    return status == PARK_OK ? PARK_EXIT_DONE : park_recipe_fail(recipe, status);
}

void park_recipe_bind_tell(park_recipe *recipe)
{
    const park_job_context *context = recipe->context;
    park_text               text;
    park_finding_style      style = {.zh = context->zh, .file = context->options->argument[0]};
    if (recipe->noticed.count == 0)
        return;
    for (size_t i = 0; i < recipe->noticed.count; i++) {
        const park_finding *f = &recipe->noticed.items[i];
        park_finding_add(&recipe->findings, f->code, f->severity, f->path, "%s%.0s", "%.0s%s", f->en, f->zh);
    }
    park_text_init(&text, context->arena);
    park_findings_print(&recipe->noticed, &style, &text);
    const char *done = park_text_done(&text);
    if (done != NULL && !context->options->json && !context->silent)
        fputs(done, stderr);
    recipe->noticed.count = 0;
}
