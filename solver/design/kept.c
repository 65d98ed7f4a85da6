/* A design's choices kept; Eq. (O86) of docs/math/optimization.md. */
#include "design/kept.h"

#include "design/costs.h"
#include "design/targets.h"

static const double WEIGHT = 9810.0; /* of a cubic metre of water [N/m3] */

park_status park_design_heads(const park_model *model, const park_margins *margins, park_arena *arena,
                              double **head, park_error *err)
{
    park_super        *super;
    park_super_options options    = {.box_times = 3.0};
    double             efficiency = model->pipe.pump_efficiency > 0.0 ? model->pipe.pump_efficiency : 0.7;
    park_targets_trace(model, options.tracer);
    PARK_TRY(park_super_make(model, margins, &options, arena, &super, err));
    *head = PARK_ARRAY(arena, model->links, double);
    if (*head == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the lifts");
    for (size_t l = 0; l < model->links; l++)
        (*head)[l] =
            park_link_energy(model, &model->link[l], park_link_reference(super, l)) * efficiency / WEIGHT;
    return PARK_OK;
}

/* Is the unit's size a choice among steps? */
static bool stepped(const park_model *model, size_t u, park_arena *arena, park_error *err)
{
    park_map *map = park_map_new(arena, model, (int32_t)u);
    return map != NULL && park_unit_average(model, (int32_t)u, 0, map, err) == PARK_OK &&
           map->size_step > 0.0;
}

static void keep_links(park_draft *draft, const park_design *design, const double *head)
{
    for (size_t l = 0; l < draft->links; l++) {
        park_link_info *link   = &draft->link[l];
        bool            chosen = !link->existing && !link->free &&
                      (link->min_flow > 0.0 || park_pipe_sizes(design->model, link, INFINITY).count > 0);
        if (chosen) /* what costs nothing to have is no choice */
            link->capacity = design->link_used[l] ? design->link_capacity[l] : 0.0;
        link->existing = true, link->min_flow = 0.0;
        link->lift = head[l], link->length = NAN;
    }
}

park_status park_design_keep(const park_design *design, const park_margins *margins, park_arena *arena,
                             park_model **kept, double *sunk, park_error *err)
{
    const park_model *model = design->model;
    double           *head, capital = 0.0;
    *sunk = 0.0;
    if (design->link_flow == NULL)
        return PARK_FAIL(err, PARK_E_RANGE, "the design holds no plan; only a solved design can be kept");
    PARK_TRY(park_design_heads(model, margins, arena, &head, err));
    park_draft *draft = park_draft_copy(arena, model);
    bool       *stays = PARK_ARRAY(arena, model->units, bool);
    if (draft == NULL || stays == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to keep the design");
    keep_links(draft, design, head);
    for (size_t u = 0; u < draft->units; u++) {
        const park_unit_info *unit = &model->unit[u];
        bool sized = (unit->role == PARK_TREATMENT || unit->role == PARK_STORAGE) && !unit->existing;
        stays[u]   = sized && (!design->unit_built[u] || stepped(model, u, arena, err));
        if (stays[u])
            park_design_stand(draft, u, design->unit_built[u], design->unit_size[u]);
    }
    for (size_t i = 0; i < design->cost_lines; i++) {
        const park_cost_line *line     = &design->cost[i];
        bool                  retrofit = line->kind == PARK_COST_RETROFIT;
        bool                  of_unit  = line->unit >= 0 && stays[line->unit] &&
                       (line->kind == PARK_COST_CAPITAL_TREATMENT || line->kind == PARK_COST_CAPITAL_STORAGE);
        if (line->kind != PARK_COST_CAPITAL_PIPE && !of_unit && !retrofit)
            continue;
        *sunk += line->yearly;
        capital += retrofit ? 0.0 : line->capital; /* the model's budget lacks those of retrofits already */
    }
    if (isfinite(draft->economics.budget))
        draft->economics.budget = fmax(draft->economics.budget - capital, 1e-6);
    draft->candidates = PARK_CANDIDATES_NONE;
    draft->retrofits = 0, draft->front_points = 0;
    draft->objectives = 1, draft->objective[0] = design->objective_kind;
    draft->frozen = true; /* nothing that freezing resolves has changed */
    *kept         = draft;
    return PARK_OK;
}
