#include "jobs/variant.h"

#include "indicator_text.h"
#include "jobs/recipe.h"
#include "run_names.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- the recipe of a job ---- */

/* Units, links and retrofits by the same names: a plan of one can be tried in the other. */
static bool same_shape(const park_model *a, const park_model *b)
{
    if (a->units != b->units || a->links != b->links || a->outlets != b->outlets || a->inlets != b->inlets ||
        a->retrofits != b->retrofits || a->time.seasons != b->time.seasons)
        return false;
    for (size_t u = 0; u < a->units; u++)
        if (strcmp(a->unit[u].id, b->unit[u].id) != 0)
            return false;
    for (size_t l = 0; l < a->links; l++)
        if (strcmp(a->link[l].id, b->link[l].id) != 0)
            return false;
    return true;
}

static park_exit run_job(park_recipe *recipe, const park_variant_settings *settings)
{
    const park_study *study = settings->variants->study;
    park_design       start;
    park_exit         exit = PARK_EXIT_DONE;
    if (settings->start != NULL && same_shape(settings->start->model, recipe->loaded.model)) {
        start          = *settings->start;
        start.model    = recipe->loaded.model;
        recipe->design = &start;
    }
    recipe->every = park_variant_output(study);
    switch (study->job) {
    case PARK_STUDY_RUN:
        exit = park_recipe_repair(recipe);
        break;
    case PARK_STUDY_OPTIMIZE:
        exit = park_recipe_optimize(recipe, NULL, 1.0, 0);
        break;
    case PARK_STUDY_SIMULATE:
        exit = park_recipe_simulate(recipe, recipe->loaded.model, NULL);
        if (exit == PARK_EXIT_DONE)
            exit = park_recipe_bind(recipe, recipe->loaded.model, NULL);
        break;
    }
    if (recipe->design == &start)
        recipe->design = NULL; /* it failed before it had one of its own */
    return exit == PARK_EXIT_DONE ? park_recipe_judge(recipe) : exit;
}

/* ---- the row ---- */

static const char *status_word(const park_recipe *recipe)
{
    if (recipe->design == NULL)
        return "simulated";
    if (recipe->rounds == 0)
        return park_design_status_word(recipe->design->status);
    return recipe->agreed ? "agreed" : "not_agreed";
}

static double unmet(const park_ledger *ledger)
{
    double sum = 0.0;
    for (size_t i = 0; i < ledger->seasons * ledger->units; i++)
        sum += ledger->unmet[i];
    return sum;
}

static void put_facts(const park_recipe *recipe, park_variant_row *row)
{
    const park_design     *design     = recipe->design;
    const park_simulation *simulation = recipe->simulation;
    for (int f = 0; f < PARK_FACTS; f++)
        row->fact[f] = NAN;
    if (design != NULL) {
        row->fact[PARK_FACT_objective] = design->objective, row->fact[PARK_FACT_bound] = design->bound;
        row->fact[PARK_FACT_gap] = design->gap, row->fact[PARK_FACT_yearly_cost] = design->yearly_cost;
        row->fact[PARK_FACT_investment]    = design->investment;
        row->fact[PARK_FACT_closure_water] = design->closure.water;
        row->fact[PARK_FACT_closure_mass]  = design->closure.mass;
    }
    row->fact[PARK_FACT_targets_missed] = (double)park_recipe_missed(recipe);
    if (simulation != NULL) {
        row->fact[PARK_FACT_violations] = (double)simulation->violations;
        row->fact[PARK_FACT_unmet]      = unmet(simulation->ledger);
        row->fact[PARK_FACT_closure_water] =
            fmax(design != NULL ? design->closure.water : 0.0, simulation->closure.water);
        row->fact[PARK_FACT_closure_mass] =
            fmax(design != NULL ? design->closure.mass : 0.0, simulation->closure.mass);
    }
}

static bool kept(const park_study *study, const char *name)
{
    for (size_t i = 0; i < study->indicators; i++)
        if (strcmp(study->indicator[i], name) == 0)
            return true;
    return study->indicators == 0;
}

/* The other ledger's value of the same indicator; NAN. */
static double value_in(const park_indicators *all, const park_indicator *like)
{
    for (size_t i = 0; all != NULL && i < all->count; i++) {
        const park_indicator *x = &all->item[i];
        if (x->id == like->id && x->boundary == like->boundary && x->enterprise == like->enterprise &&
            x->unit == like->unit && x->basis == like->basis &&
            x->with_circulation == like->with_circulation &&
            (x->subject == like->subject ||
             (x->subject != NULL && like->subject != NULL && strcmp(x->subject, like->subject) == 0)))
            return x->value;
    }
    return NAN;
}

static park_status put_indicators(const park_recipe *recipe, const park_study *study, const park_model *model,
                                  park_arena *arena, park_variant_row *row, park_error *err)
{
    const park_indicators *judged = recipe->simulated != NULL ? recipe->simulated : recipe->promised;
    size_t                 most   = judged != NULL ? judged->count : 0;
    row->indicator                = PARK_ARRAY(arena, most, park_study_indicator);
    row->value = PARK_ARRAY(arena, most, double), row->promised = PARK_ARRAY(arena, most, double);
    row->asked = PARK_ARRAY(arena, most, double), row->reached = PARK_ARRAY(arena, most, int64_t);
    if (row->indicator == NULL || row->value == NULL || row->promised == NULL || row->asked == NULL ||
        row->reached == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a variant's indicators");
    for (size_t i = 0; i < most; i++) {
        const park_indicator *item = &judged->item[i];
        const char           *name = park_indicator_text(arena, model, item);
        if (name == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a variant's indicators");
        if (!kept(study, name))
            continue;
        size_t k          = row->indicators++;
        row->indicator[k] = (park_study_indicator){.id    = name,
                                                   .zh    = item->label.zh,
                                                   .en    = item->label.en,
                                                   .units = park_indicator_units(item->dim),
                                                   .dim   = item->dim};
        row->value[k]     = item->value;
        row->promised[k]  = value_in(recipe->promised, item);
        row->asked[k]     = park_indicator_asked(model, item);
        row->reached[k]   = item->target < 0 ? -1 : item->reached ? 1 : 0;
    }
    return PARK_OK;
}

/* ---- why ---- */

/* The first contradiction (they stand worst first) in a sentence of each language. */
static park_status put_why(const park_simulation *simulation, const park_model *model, park_arena *arena,
                           park_variant_row *row, park_error *err)
{
    char limit[2][80] = {"", ""}, worst[2][80] = {"", ""};
    row->why_en = row->why_zh = "";
    if (simulation == NULL || simulation->violations == 0)
        return PARK_OK;
    const park_violation *v = &simulation->violation[0];
    bool           quality  = v->kind == PARK_VIOLATION_QUALITY_IN || v->kind == PARK_VIOLATION_QUALITY_OUT;
    park_dimension dim      = quality ? PARK_DIM_CONC : PARK_DIM_LENGTH;
    if (quality || v->kind == PARK_VIOLATION_PRESSURE)
        for (int zh = 0; zh < 2; zh++) {
            park_shown_text(v->limit, dim, zh == 1, limit[zh], sizeof limit[zh]);
            park_shown_text(v->simulated, dim, zh == 1, worst[zh], sizeof worst[zh]);
        }
    const char *who   = v->place != NULL                                 ? v->place
                        : v->link >= 0 && (size_t)v->link < model->links ? model->link[v->link].id
                        : v->unit >= 0                                   ? model->unit[v->unit].id
                                                                         : "";
    const char *what  = v->constituent >= 0 ? model->constituent[v->constituent].id : "";
    const char *gap   = what[0] != '\0' ? " " : "";
    park_label  label = park_violation_label(v);
    row->why_en       = park_arena_printf(arena, "%s: %s%s%s%s%s%s%s", label.en, who, gap, what,
                                    worst[0][0] != '\0' ? ", " : "", worst[0],
                                    worst[0][0] != '\0' ? " against " : "", limit[0]);
    row->why_zh       = park_arena_printf(arena, "%s：%s%s%s%s%s%s%s", label.zh, who, gap, what,
                                    worst[1][0] != '\0' ? "，" : "", worst[1],
                                    worst[1][0] != '\0' ? "，限值 " : "", limit[1]);
    return row->why_en != NULL && row->why_zh != NULL
               ? PARK_OK
               : PARK_FAIL(err, PARK_E_MEMORY, "no memory for a variant");
}

static park_status make_row(park_recipe *recipe, const park_study *study, park_arena *arena,
                            park_variant_row *row, park_error *err)
{
    const park_model *model = recipe->design != NULL && recipe->design->model != NULL ? recipe->design->model
                                                                                      : recipe->loaded.model;
    *row                    = (park_variant_row){.status = status_word(recipe)};
    put_facts(recipe, row);
    PARK_TRY(put_indicators(recipe, study, model, arena, row, err));
    PARK_TRY(put_why(recipe->simulation, model, arena, row, err));
    return park_variant_series(study, model, &recipe->rows, arena, row, err);
}

/* ---- the whole ---- */

static void fail(park_variant_end *end, park_exit exit, const park_recipe *recipe, const char *sentence)
{
    const park_finding *told = NULL;
    for (size_t i = 0; i < recipe->findings.count && told == NULL; i++)
        if (recipe->findings.items[i].severity == PARK_ERROR)
            told = &recipe->findings.items[i];
    end->exit = exit;
    if (told != NULL)
        snprintf(end->reason, sizeof end->reason, "%s: %s", park_code_name(told->code), told->en);
    else
        snprintf(end->reason, sizeof end->reason, "%.300s%s%.90s",
                 recipe->error.status != PARK_OK ? recipe->error.message : sentence,
                 recipe->error.place[0] != '\0' ? ": " : "", recipe->error.place);
}

static park_status load(park_recipe *recipe, const park_variant_settings *settings, size_t i)
{
    const park_variants *v     = settings->variants;
    park_tree           *tree  = NULL;
    park_arena          *arena = recipe->context->arena;
    PARK_TRY(park_variants_tree(v, i, arena, &tree, &recipe->findings, &recipe->error));
    return park_load_tree(tree, v->options, arena, &recipe->loaded, &recipe->findings, &recipe->error);
}

void park_variant_compute(const park_variant_settings *settings, size_t i, park_arena *arena,
                          park_variant_row *row, park_variant_end *end, const park_design **design)
{
    park_options     options = *settings->options;
    park_job_context context = {.options = &options,
                                .arena   = arena,
                                .cancel  = settings->cancel,
                                .started = park_clock_seconds(),
                                .silent  = true};
    park_recipe      recipe;
    options.json = options.verbose = false;
    options.quiet = options.no_worth = true;
    options.checkpoint               = NULL;
    options.threads                  = 1;
    options.argument[0]              = settings->variants->path;
    *end                             = (park_variant_end){.exit = PARK_EXIT_DONE};
    if (design != NULL)
        *design = NULL;
    park_recipe_begin(&recipe, &context);
    park_status status = load(&recipe, settings, i);
    if (status != PARK_OK) {
        fail(end, park_exit_of(status), &recipe, park_status_sentence(status));
        return;
    }
    park_exit exit = run_job(&recipe, settings);
    if (exit != PARK_EXIT_DONE) {
        fail(end, exit, &recipe, "the job failed");
        return;
    }
    const park_design *found = recipe.design;
    if (found != NULL && found->link_flow == NULL) {
        bool infeasible = found->status == PARK_DESIGN_INFEASIBLE;
        fail(end, infeasible ? PARK_EXIT_INFEASIBLE : PARK_EXIT_LIMIT, &recipe,
             infeasible ? "proven infeasible: no design meets all statements"
                        : "no design was found within the limits");
        return;
    }
    if (design != NULL)
        *design = found;
    status = make_row(&recipe, settings->variants->study, arena, row, &recipe.error);
    if (status != PARK_OK)
        fail(end, park_exit_of(status), &recipe, park_status_sentence(status));
}

const char *park_variant_engine(const park_variants *variants, const park_options *options, const char *base,
                                park_arena *arena)
{
    const park_study *study = variants->study;
    park_text         text;
    park_text_init(&text, arena);
    park_text_printf(&text, "%s %s\n%s\n%s\njob %d\n", PARK_VERSION, PARK_COMMIT, PARK_BUILD, PARK_LIBRARIES,
                     (int)study->job);
    park_text_printf(&text, "gap %.17g rtol %.17g work %lld time %.17g rounds %lld seed %lld\n", options->gap,
                     options->rtol, (long long)options->work_limit, options->time_limit,
                     (long long)options->rounds, (long long)options->seed);
    park_text_printf(&text, "start %s\nevery %.17g\n", base, study->every);
    for (size_t i = 0; i < study->indicators; i++)
        park_text_printf(&text, "indicator %s\n", study->indicator[i]);
    for (size_t i = 0; i < study->series; i++)
        park_text_printf(&text, "series %s\n", study->serie[i]);
    return park_text_done(&text);
}
