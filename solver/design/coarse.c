/* The park in one season; Eq. (O155) of docs/math/optimization.md. */
#include "design/coarse.h"

#include "design/targets.h"

static const double BOX_TIMES = 3.0;

bool park_coarse_helps(const park_formulation *f)
{
    const park_super *super = f->super;
    return super->seasons > 1 && super->futures == 1 && !super->options.staged &&
           super->options.futures == NULL && super->options.standing == NULL && !super->model->time.steady;
}

/* NULL: it cannot be made, or is another park. */
static park_formulation *one_season(const park_formulation *f, park_arena *arena)
{
    const park_model  *model   = f->super->model;
    park_season_dates  year    = {.id = "year", .label = {"全年", "year"}, .rest = true};
    park_super_options options = {.box_times = BOX_TIMES};
    park_draft        *draft   = park_draft_copy(arena, model);
    park_super        *super;
    park_formulation  *one;
    park_findings      findings;
    park_findings_init(&findings, arena);
    if (draft == NULL || park_time_seasons(draft, PARK_SEASONS_DATED, &year, 1, NULL) != PARK_OK ||
        park_model_freeze(draft, &findings, NULL) != PARK_OK || draft->links != model->links ||
        draft->units != model->units || draft->outlets != model->outlets)
        return NULL;
    park_targets_trace(draft, options.tracer);
    if (park_super_make(draft, NULL, &options, arena, &super, NULL) != PARK_OK ||
        super->traced != f->super->traced ||
        park_formulation_make(super, f->kind, arena, &one, NULL) != PARK_OK)
        return NULL;
    return one;
}

/* Qualities of a plan of one season are promised in all. */
static void promise_qualities(park_promise *d, const park_plan *year)
{
    const park_super *super = d->f->super;
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t k = 0; k < super->outlets; k++)
            for (size_t c = 0; c < super->traced; c++) {
                size_t at = PARK_SUPER_SK(super, s, k, c);
                if (isnan(super->known[at]) && super->in_program[c] && year->outlet_flow[k] > 0.0)
                    d->promise[at] = fmax(year->conc[k * super->traced + c], 0.0);
            }
}

bool park_coarse_promise(park_promise *d, park_search_end *end, bool *shut)
{
    park_arena       *arena = park_arena_new();
    park_formulation *one   = arena != NULL ? one_season(d->f, arena) : NULL;
    double           *x     = one != NULL ? PARK_ARRAY(arena, one->program.cols, double) : NULL, value;
    park_plan        *plan  = x != NULL ? park_plan_new(one, arena) : NULL;
    park_search_end   here  = *end; /* a plan of the year is none of its seasons */
    bool              fine =
        plan != NULL && park_descent_start(one, NULL, &here, x, &value) && park_plan_read(plan, x, false);
    end->took = here.took, end->early = here.early;
    park_promise_first(d, true);
    if (fine)
        promise_qualities(d, plan);
    for (size_t l = 0; fine && l < d->f->super->links; l++)
        shut[l] = d->f->pipe[l] >= 0 && !d->f->super->model->link[l].existing && !plan->used[l];
    park_arena_free(arena);
    return fine;
}
