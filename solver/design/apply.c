/*
 * apply.c - a design applied: the same park with what was chosen standing and nothing else to choose. Indices of links,
 * units and outlets stay, so that a plan by index still fits.
 */
#include <parkwater/design.h>

#include "design/kept.h"
#include "units/kind.h"

#include <string.h>

static const park_field *field_of(const park_unit_info *unit, const char *word)
{
    for (const park_field *f = unit->kind->fields; f != NULL && f->word != NULL; f++)
        if (strcmp(f->word, word) == 0 && f->shape == PARK_SHAPE_RANGE)
            return f;
    return NULL;
}

void park_design_stand(park_draft *draft, size_t u, bool built, double size)
{
    park_unit_info   *unit  = &draft->unit[u];
    const park_field *field = field_of(unit, unit->role == PARK_STORAGE ? "volume" : "capacity");
    union {
        const void *fixed;
        char       *open;
    } params       = {.fixed = unit->params};
    unit->existing = true;
    if (field == NULL || isnan(size))
        return;
    park_range *range = (park_range *)(void *)(params.open + field->offset);
    if (isfinite(size))
        *range = (park_range){.min = NAN, .max = built ? size : 0.0, .step = NAN};
}

park_status park_design_apply(const park_design *design, park_arena *arena, park_model **applied,
                              park_error *err)
{
    const park_model *model = design->model;
    if (design->link_flow == NULL)
        return PARK_FAIL(err, PARK_E_RANGE, "the design holds no plan; only a solved design can be applied");
    park_draft *draft = park_draft_copy(arena, model);
    if (draft == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to apply the design");
    for (size_t l = 0; l < draft->links; l++) {
        park_link_info *link = &draft->link[l];
        if (link->existing || link->free)
            continue;
        link->capacity = design->link_used[l] ? design->link_capacity[l] : 0.0;
        link->existing = true;
        link->min_flow = 0.0;
    }
    for (size_t u = 0; u < draft->units; u++)
        if ((draft->unit[u].role == PARK_TREATMENT || draft->unit[u].role == PARK_STORAGE) &&
            !draft->unit[u].existing)
            park_design_stand(draft, u, design->unit_built[u], design->unit_size[u]);
    draft->candidates = PARK_CANDIDATES_NONE;
    draft->retrofits  = 0;
    draft->frozen     = true; /* nothing that freezing resolves has changed */
    *applied          = draft;
    return PARK_OK;
}
