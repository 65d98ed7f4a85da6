#include "simulate/layout.h"

#include <math.h>
#include <string.h>

static const double  HOLD_SECONDS   = 3600.0; /* of a unit whose kind says nothing */
static const double  HOLD_LEAST     = 60.0; /* no volume turns over faster than this at its design flow [s] */
static const double  HOLD_SMALLEST  = 1e-3; /* [m3] */
static const double  BASIN_LEAST    = 0.4;  /* of a basin or drum: below it the circulation would draw air */
static const double  WATER_WEIGHT   = 9806.65; /* [N/m3] */
static const double  PUMP_AND_MOTOR = 0.7;     /* where no pump is described [-] */
static const int32_t DAY = 86400, MONTH = 30 * 86400;

bool park_layout_supplies(const park_model *model, int32_t unit)
{
    return model->unit[unit].role == PARK_TREATMENT && model->unit[unit].duty == PARK_DUTY_SUPPLY;
}

/* ---- memory ---- */

static bool columns_make(park_layout *p, park_arena *arena)
{
    size_t S = p->seasons, L = p->links, K = p->outlets, I = p->inlets, U = p->units;
    p->out_start   = PARK_ARRAY(arena, K + 1, int32_t);
    p->out_link    = PARK_ARRAY(arena, L, int32_t);
    p->in_start    = PARK_ARRAY(arena, I + 1, int32_t);
    p->in_link     = PARK_ARRAY(arena, L, int32_t);
    p->way         = PARK_ARRAY(arena, K, park_way);
    p->scheduled   = PARK_ARRAY(arena, L, bool);
    p->plan_link   = PARK_ARRAY(arena, S * L, double);
    p->plan_inlet  = PARK_ARRAY(arena, S * I, double);
    p->plan_outlet = PARK_ARRAY(arena, S * K, double);
    p->forced      = PARK_ARRAY(arena, S * U, double);
    p->link_energy = PARK_ARRAY(arena, S * L, double);
    p->capacity    = PARK_ARRAY(arena, L, double);
    p->intake_most = PARK_ARRAY(arena, U, double);
    p->hold        = PARK_ARRAY(arena, U, double);
    p->absent      = PARK_ARRAY(arena, U, bool);
    p->empty       = PARK_ARRAY(arena, U, double);
    p->variable    = PARK_ARRAY(arena, U, bool);
    p->controlled  = PARK_ARRAY(arena, U, bool);
    p->stated      = PARK_ARRAY(arena, U, bool);
    p->design      = PARK_ARRAY(arena, U, double);
    p->overflows   = PARK_ARRAY(arena, U, bool);
    p->sampling    = PARK_ARRAY(arena, U, int32_t);
    p->feed_row    = PARK_ARRAY(arena, U, int32_t);
    p->mix_row     = PARK_ARRAY(arena, U, int32_t);
    p->row_unit    = PARK_ARRAY(arena, 2 * U, int32_t);
    return p->out_start && p->out_link && p->in_start && p->in_link && p->way && p->scheduled &&
           p->plan_link && p->plan_inlet && p->plan_outlet && p->forced && p->link_energy && p->capacity &&
           p->intake_most && p->hold && p->absent && p->empty && p->variable && p->controlled && p->stated &&
           p->design && p->overflows && p->sampling && p->feed_row && p->mix_row && p->row_unit;
}

/* ---- the graph ---- */

/* Links by donor outlet and by inlet, each in rising order of links. */
static void adjacency(park_layout *p)
{
    const park_model *model = p->model;
    for (size_t l = 0; l < p->links; l++) {
        p->out_start[model->link[l].outlet + 1]++;
        p->in_start[model->link[l].inlet + 1]++;
    }
    for (size_t k = 0; k < p->outlets; k++)
        p->out_start[k + 1] += p->out_start[k];
    for (size_t i = 0; i < p->inlets; i++)
        p->in_start[i + 1] += p->in_start[i];
    for (size_t l = p->links; l-- > 0;) { /* from behind, so that the starts end where they began */
        p->out_link[--p->out_start[model->link[l].outlet + 1]] = (int32_t)l;
        p->in_link[--p->in_start[model->link[l].inlet + 1]]    = (int32_t)l;
    }
    for (size_t k = 0; k < p->outlets; k++)
        p->out_start[k] = p->out_start[k + 1];
    for (size_t i = 0; i < p->inlets; i++)
        p->in_start[i] = p->in_start[i + 1];
    p->out_start[p->outlets] = p->in_start[p->inlets] = (int32_t)p->links;
}

static park_way way_of(const park_layout *p, size_t k, const park_map *map)
{
    const park_outlet_info *outlet     = &p->model->outlet[k];
    const park_unit_info   *unit       = &p->model->unit[outlet->unit];
    bool                    is_product = k == unit->first_outlet;
    if (outlet->exits)
        return PARK_WAY_EXIT;
    if (unit->role == PARK_SOURCE && map->outlet[k - unit->first_outlet].flow == PARK_FLOW_FREE)
        return unit->origin == PARK_ORIGIN_RAIN ? PARK_WAY_OFFER : PARK_WAY_PULL;
    if (unit->role == PARK_STORAGE && is_product)
        return PARK_WAY_PULL;
    if (is_product && park_layout_supplies(p->model, outlet->unit))
        return PARK_WAY_PULL;
    return PARK_WAY_PUSH;
}

/* A storage's water for someone who does not ask by itself. */
static bool runs_by_schedule(const park_model *model, const park_link_info *link)
{
    const park_unit_info *to = &model->unit[link->to];
    if (model->unit[link->from].role != PARK_STORAGE || model->outlet[link->outlet].role == PARK_OUT_OVERFLOW)
        return false;
    return to->role == PARK_SINK || to->role == PARK_STORAGE ||
           (to->role == PARK_TREATMENT && !park_layout_supplies(model, link->to));
}

/* ---- the plan ---- */

/* What stands, and what the plan lays, carries water. */
static void capacities(park_layout *p)
{
    for (size_t l = 0; l < p->links; l++) {
        const park_link_info *link = &p->model->link[l];
        bool                  laid = link->existing || link->free;
        for (size_t s = 0; s < p->seasons && p->plan != NULL; s++)
            laid = laid || p->plan_link[s * p->links + l] > 0.0;
        p->capacity[l] = laid ? link->capacity : 0.0;
    }
}

/* The plan's link of the same id; -1 when it had none. */
static int32_t plan_link_of(const park_layout *p, size_t l)
{
    const park_model *planned = p->plan->model == NULL ? p->model : p->plan->model;
    const char       *id      = p->model->link[l].id;
    if (l < planned->links && planned->link[l].id != NULL && strcmp(planned->link[l].id, id) == 0)
        return (int32_t)l;
    for (size_t i = 0; i < planned->links; i++)
        if (planned->link[i].id != NULL && strcmp(planned->link[i].id, id) == 0)
            return (int32_t)i;
    return PARK_NONE;
}

static park_status plan_read(park_layout *p, park_error *err)
{
    const park_design *plan    = p->plan;
    const park_model  *planned = plan->model == NULL ? p->model : plan->model;
    if (planned->units != p->units || planned->inlets != p->inlets || planned->outlets != p->outlets ||
        planned->time.seasons != p->seasons || plan->link_flow == NULL || plan->inlet_flow == NULL ||
        plan->outlet_flow == NULL)
        return PARK_FAIL(err, PARK_E_RANGE, "the plan speaks of another park, or holds no solution");
    for (size_t l = 0; l < p->links; l++) {
        int32_t from = plan_link_of(p, l);
        for (size_t s = 0; s < p->seasons && from >= 0; s++) {
            size_t at                        = s * planned->links + (size_t)from;
            p->plan_link[s * p->links + l]   = fmax(0.0, plan->link_flow[at]);
            double water                     = plan->ledger == NULL ? 0.0 : plan->ledger->link_water[at];
            p->link_energy[s * p->links + l] = water > 0.0 ? plan->ledger->link_energy[at] / water : 0.0;
        }
    }
    memcpy(p->plan_inlet, plan->inlet_flow, p->seasons * p->inlets * sizeof(double));
    memcpy(p->plan_outlet, plan->outlet_flow, p->seasons * p->outlets * sizeof(double));
    return PARK_OK;
}

/* Without a plan: shares in proportion to capacity; a link without one counts like the largest that has one; water
 * goes to sinks only where nothing else is linked. */
static void plan_invent(park_layout *p)
{
    const park_model *model = p->model;
    for (size_t k = 0; k < p->outlets; k++) {
        double most   = 0.0;
        bool   inside = false;
        for (int32_t e = p->out_start[k]; e < p->out_start[k + 1]; e++) {
            const park_link_info *link = &model->link[p->out_link[e]];
            most                       = isfinite(link->capacity) ? fmax(most, link->capacity) : most;
            inside = inside || (link->existing && model->unit[link->to].role != PARK_SINK);
        }
        most = most > 0.0 ? most : 1.0;
        for (int32_t e = p->out_start[k]; e < p->out_start[k + 1]; e++) {
            const park_link_info *link    = &model->link[p->out_link[e]];
            bool                  to_sink = model->unit[link->to].role == PARK_SINK;
            double weight = to_sink && inside ? 0.0 : isfinite(link->capacity) ? link->capacity : most;
            double energy = link->lift > 0.0 ? WATER_WEIGHT * link->lift / PUMP_AND_MOTOR : 0.0;
            for (size_t s = 0; s < p->seasons; s++) {
                p->plan_link[s * p->links + (size_t)p->out_link[e]]   = weight;
                p->link_energy[s * p->links + (size_t)p->out_link[e]] = energy;
            }
        }
    }
    for (size_t i = 0; i < p->seasons * p->inlets; i++)
        p->plan_inlet[i] = NAN;
    for (size_t k = 0; k < p->seasons * p->outlets; k++)
        p->plan_outlet[k] = NAN;
}

/* ---- units ---- */

static double design_flow(const park_layout *p, size_t u, const park_map *map)
{
    const park_unit_info *unit = &p->model->unit[u];
    double                flow = 0.0;
    for (size_t s = 0; s < p->seasons; s++) {
        double sum = 0.0;
        for (size_t i = 0; i < unit->inlets; i++) {
            double planned = p->plan_inlet[s * p->inlets + unit->first_inlet + i];
            sum += isnan(planned) ? map->in_lo[i] : planned;
        }
        flow = fmax(flow, sum);
    }
    if (flow <= 0.0)
        flow = fmax(map->demand, isfinite(p->intake_most[u]) ? p->intake_most[u] : 0.0);
    return flow > 0.0 ? flow : fmax(p->forced[u], HOLD_SMALLEST / HOLD_SECONDS);
}

/* Largest intake, or volume at full level, of what stands or what the plan builds; 0 of what does not exist. */
static double built_size(const park_layout *p, size_t u, const park_map *map)
{
    if (!map->sized)
        return INFINITY;
    double planned = p->plan != NULL && p->plan->unit_size != NULL ? p->plan->unit_size[u] : NAN;
    bool built = map->existing || (p->plan != NULL && p->plan->unit_built != NULL && p->plan->unit_built[u]);
    if (!built)
        return 0.0;
    return isfinite(planned) && planned > 0.0 ? fmin(planned, map->size_max) : map->size_max;
}

static park_status hold_of(park_layout *p, size_t u, const park_map *map, park_error *err)
{
    const park_unit_info *unit = &p->model->unit[u];
    const park_time_face *face = unit->kind->time;
    double                flow = design_flow(p, u, map);
    double                volume =
        face != NULL && face->volume != NULL ? face->volume(p->model, (int32_t)u, flow) : flow * HOLD_SECONDS;
    p->design[u]     = flow;
    p->stated[u]     = face != NULL && face->states != NULL && face->states(p->model, (int32_t)u) != NULL;
    p->controlled[u] = face != NULL && face->blowdown_control;
    p->variable[u] =
        unit->role == PARK_STORAGE || p->controlled[u] || (face != NULL && face->variable_volume);
    if (unit->role == PARK_STORAGE) {
        double size = fmin(built_size(p, u, map), map->volume_max > 0.0 ? map->volume_max : INFINITY);
        volume      = isfinite(size) ? size : volume;
        p->empty[u] = map->volume_max > 0.0 && isfinite(map->volume_max)
                          ? map->volume_min / map->volume_max * volume
                          : 0.0;
        if (!isfinite(volume) || volume < 0.0)
            return PARK_FAIL(err, PARK_E_RANGE, "storage %s has no volume to fill: it is %g m3", unit->id,
                             volume);
        if (volume - p->empty[u] <= HOLD_SMALLEST) { /* not built: nothing to fill */
            p->absent[u]      = true;
            p->variable[u]    = false;
            p->intake_most[u] = 0.0;
            volume            = HOLD_SMALLEST;
        }
    }
    if (unit->role != PARK_STORAGE) {
        volume      = fmax(volume, fmax(HOLD_SMALLEST, flow * HOLD_LEAST));
        p->empty[u] = p->variable[u] ? BASIN_LEAST * volume : 0.0;
    }
    if (!isfinite(volume) || !(volume > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "the volume of %s is %g m3; it must be above zero", unit->id,
                         volume);
    p->hold[u] = volume;
    return PARK_OK;
}

static void rows_of(park_layout *p, size_t u, const park_map *map)
{
    const park_unit_info *unit  = &p->model->unit[u];
    bool                  mixes = unit->role == PARK_STORAGE, shares = false;
    p->feed_row[u] = p->mix_row[u] = PARK_NONE;
    if (unit->role == PARK_SOURCE || unit->role == PARK_SINK || p->stated[u])
        return;
    for (size_t k = 0; k < map->outlets; k++) {
        mixes  = mixes || map->outlet[k].quality == PARK_QUALITY_MIX;
        shares = shares || map->outlet[k].quality == PARK_QUALITY_SHARE;
    }
    if (shares || !mixes) {
        p->feed_row[u]         = (int32_t)p->rows;
        p->row_unit[p->rows++] = (int32_t)u;
    }
    if (mixes) {
        p->mix_row[u]          = (int32_t)p->rows;
        p->row_unit[p->rows++] = (int32_t)u;
    }
}

/* The word `sampling` of a sink's table: the time over which its limits are judged. */
static int32_t sampling_of(const park_unit_info *unit)
{
    for (const park_field *f = unit->kind->fields; unit->params != NULL && f != NULL && f->word != NULL;
         f++) {
        if (strcmp(f->word, "sampling") != 0 || f->shape != PARK_SHAPE_CHOICE)
            continue;
        int32_t     choice = *(const int32_t *)((const char *)unit->params + f->offset);
        const char *word   = f->choices[choice];
        return strcmp(word, "monthly_mean") == 0 ? MONTH : strcmp(word, "daily_mean") == 0 ? DAY : 0;
    }
    return 0;
}

static double forced_flow(const park_map *map)
{
    double sum = 0.0;
    for (size_t k = 0; k < map->outlets; k++)
        if (map->outlet[k].flow == PARK_FLOW_AFFINE)
            sum += map->outlet[k].beta;
    return sum;
}

static park_status unit_read(park_layout *p, size_t u, park_arena *arena, park_error *err)
{
    const park_unit_info *unit = &p->model->unit[u];
    park_map             *map  = park_map_new(arena, p->model, (int32_t)u);
    if (map == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to lay out the park");
    for (size_t s = p->seasons; s-- > 0;) { /* the first season's map stays for what follows */
        PARK_TRY(park_unit_average(p->model, (int32_t)u, (int32_t)s, map, err));
        p->forced[s * p->units + u] = forced_flow(map);
    }
    p->intake_most[u] = unit->role == PARK_TREATMENT ? built_size(p, u, map) : INFINITY;
    for (size_t k = 0; k < unit->outlets; k++)
        p->way[unit->first_outlet + k] = way_of(p, unit->first_outlet + k, map);
    PARK_TRY(hold_of(p, u, map, err));
    rows_of(p, u, map);
    p->sampling[u] = unit->role == PARK_SINK ? sampling_of(unit) : 0;
    return PARK_OK;
}

static void overflow_find(park_layout *p)
{
    for (size_t k = 0; k < p->outlets; k++)
        if (p->model->outlet[k].role == PARK_OUT_OVERFLOW && p->out_start[k + 1] > p->out_start[k])
            p->overflows[p->model->outlet[k].unit] = true;
}

park_status park_layout_make(const park_model *model, const park_design *plan, park_arena *arena,
                             park_layout **layout, park_error *err)
{
    park_layout *p = PARK_NEW(arena, park_layout);
    *layout        = NULL;
    if (p == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to lay out the park");
    *p = (park_layout){.model        = model,
                       .plan         = plan,
                       .seasons      = model->time.seasons,
                       .links        = model->links,
                       .outlets      = model->outlets,
                       .inlets       = model->inlets,
                       .units        = model->units,
                       .constituents = model->constituents};
    if (!columns_make(p, arena))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to lay out the park");
    adjacency(p);
    if (plan != NULL)
        PARK_TRY(plan_read(p, err));
    else
        plan_invent(p);
    capacities(p);
    for (size_t u = 0; u < p->units; u++)
        PARK_TRY(unit_read(p, u, arena, err));
    for (size_t l = 0; l < p->links; l++)
        p->scheduled[l] = runs_by_schedule(model, &model->link[l]);
    overflow_find(p);
    *layout = p;
    return PARK_OK;
}
