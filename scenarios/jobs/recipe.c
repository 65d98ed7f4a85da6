#include "jobs/recipe.h"

#include "base/calendar.h"
#include "design/settle.h"
#include "findings_text.h"
#include "hash.h"
#include "jobs/keeper.h"
#include "jobs/later_round.h"
#include "jobs/progress.h"
#include "jobs/recipe_region.h"
#include "indicator_text.h"
#include "json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* ---- opening ---- */

park_exit park_recipe_fail(park_recipe *recipe, park_status status)
{
    const park_job_context *context = recipe->context;
    const park_error       *error   = &recipe->error;
    bool                    said    = error->status != PARK_OK;
    if (context->silent)
        return park_exit_of(status);
    if (context->options->json) {
        park_text text;
        park_json json;
        park_text_init(&text, context->arena);
        park_json_init(&json, &text);
        park_json_open(&json, NULL, '{');
        park_json_text(&json, "status", "error");
        park_json_text(&json, "error", said ? error->message : park_status_sentence(status));
        park_json_text(&json, "place", error->place[0] != '\0' ? error->place : NULL);
        park_json_number(&json, "objective", NAN);
        park_json_number(&json, "bound", NAN);
        park_json_number(&json, "gap", NAN);
        park_text findings;
        park_text_init(&findings, context->arena);
        park_findings_json(&recipe->findings, &findings);
        park_json_raw(&json, "findings", park_text_done(&findings));
        park_json_close(&json, '}');
        park_text_char(&text, '\n');
        const char *done = park_text_done(&text);
        if (done != NULL)
            fputs(done, stdout);
    } else if (recipe->findings.errors == 0) { /* findings have been told already */
        const char *colon = context->zh ? "：" : ": ";
        fprintf(stderr, "parkwater%s%s%s%s%s%s\n", colon,
                context->zh ? park_status_sentence_zh(status) : park_status_sentence(status),
                error->place[0] != '\0' ? colon : "", error->place, said ? colon : "",
                !said         ? ""
                : context->zh ? park_recipe_zh(error->message, context->arena)
                              : error->message);
        if (context->options->verbose && error->file != NULL)
            fprintf(stderr, "  (%s:%d)\n", error->file, error->line);
    }
    return park_exit_of(status);
}

static void utc_now(char buffer[40])
{
    park_iso_format((int64_t)time(NULL), 0, buffer);
}

void park_recipe_begin(park_recipe *recipe, park_job_context *context)
{
    memset(recipe, 0, sizeof *recipe);
    recipe->context     = context;
    recipe->known_bound = -INFINITY;
    utc_now(recipe->started);
    park_findings_init(&recipe->findings, context->arena);
}

park_exit park_recipe_open(park_recipe *recipe, park_job_context *context)
{
    park_recipe_begin(recipe, context);
    park_region_reader parks   = park_region_reader_of(context);
    park_load_options  options = {.allow_path  = context->options->allow_path,
                                  .allow_paths = context->options->allow_paths,
                                  .parks       = &parks};
    const char        *path    = context->options->argument[0];
    park_status status = park_load(strcmp(path, "-") == 0 ? "/dev/stdin" : path, &options, context->arena,
                                   &recipe->loaded, &recipe->findings, &recipe->error);
    park_job_tell_park(context, &recipe->findings);
    if (status != PARK_OK)
        return park_recipe_fail(recipe, status);
    return PARK_EXIT_DONE;
}

/* ---- one step each ---- */

park_exit park_recipe_optimize(park_recipe *recipe, const park_margins *margins, double share, uint64_t most)
{
    const park_options  *options = recipe->context->options;
    park_progress        progress;
    park_design_settings settings;
    park_progress_begin(&progress, recipe->context, "optimizing", "优化");
    share *= 1.0 - park_recipe_worth_share(recipe);
    recipe->margins = park_recipe_margins(recipe, margins);
    park_design_settings_default(&settings);
    settings.gap        = options->gap;
    settings.time_limit = options->time_limit * share;
    settings.work_limit =
        options->work_limit > 0 ? (uint64_t)fmax(1.0, (double)options->work_limit * share) : 0;
    if (most > 0 && (settings.work_limit == 0 || settings.work_limit > most))
        settings.work_limit = most;
    settings.threads       = (int)options->threads;
    settings.ranks         = recipe->context->ranks;
    settings.seed          = (uint64_t)options->seed;
    settings.margins       = margins;
    settings.known_bound   = margins != NULL ? recipe->known_bound : -INFINITY;
    settings.start         = recipe->design;
    settings.progress      = park_progress_tree;
    settings.progress_user = &progress;
    settings.cancel        = recipe->context->cancel;
    park_settled settled;
    size_t       before = recipe->findings.count, errors = recipe->findings.errors;
    park_status status = park_design_settle(recipe->loaded.model, &settings, recipe->context->arena, &settled,
                                            &recipe->findings, &recipe->error);
    park_progress_end(&progress);
    if (status == PARK_OK) {
        if (settled.model !=
            recipe->loaded.model) /* other maps: what was proven of the former ones is gone */
            recipe->known_bound = -INFINITY;
        recipe->loaded.model = settled.model;
        recipe->design       = settled.design;
        return PARK_EXIT_DONE;
    }
    park_job_tell(recipe->context, &recipe->findings, before, errors); /* why it is refused */
    return park_recipe_fail(recipe, status);
}

/* Program, inputs and settings that a checkpoint is good for. */
static park_status checkpoint_key(const park_recipe *recipe, char key[PARK_SHA256_HEX], park_error *err)
{
    park_text text;
    park_text_init(&text, recipe->context->arena);
    park_text_printf(&text, "%s\n%s\n%s\n%.17g\n", PARK_VERSION, PARK_COMMIT, PARK_BUILD,
                     recipe->context->options->rtol);
    for (size_t i = 0; i < recipe->loaded.files; i++) {
        char hex[PARK_SHA256_HEX];
        PARK_TRY(park_sha256(recipe->loaded.file[i].bytes, recipe->loaded.file[i].length, hex, err));
        park_text_printf(&text, "%s\n", hex);
    }
    const char *done = park_text_done(&text);
    if (done == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the name of a checkpoint");
    return park_sha256(done, strlen(done), key, err);
}

/* Checkpoints of the march where the user wants them. */
static park_status checkpoints(park_recipe *recipe, const park_model *model, park_keeper *kept,
                               char key[PARK_SHA256_HEX], park_simulate_settings *settings)
{
    kept->path = recipe->context->options->checkpoint;
    if (kept->path == NULL)
        return PARK_OK;
    PARK_TRY(checkpoint_key(recipe, key, &recipe->error));
    kept->key = key;
    return park_keeper_checkpoints(
        kept, model->time.steady ? 7 * PARK_DAY_SECONDS : model->time.end - model->time.start, settings,
        &recipe->error);
}

park_exit park_recipe_simulate(park_recipe *recipe, const park_model *model, const park_design *plan)
{
    /* The rows of a round that is overtaken by the next one go with this arena; only the last round's stay. */
    park_arena *scratch = park_arena_new();
    if (scratch == NULL ||
        park_arena_adopt(recipe->context->arena, scratch, (void (*)(void *))park_arena_free) != PARK_OK) {
        PARK_FAIL(&recipe->error, PARK_E_MEMORY, "no memory for the rows of results");
        return park_recipe_fail(recipe, PARK_E_MEMORY);
    }
    park_progress          progress;
    park_simulate_settings settings;
    char                   key[PARK_SHA256_HEX];
    park_keeper            kept = {.arena = scratch, .rows = &recipe->rows};
    park_sink              sink = park_keeper_sink(&kept);
    park_progress_begin(&progress, recipe->context, "simulating", "模拟");
    park_simulate_settings_default(&settings);
    settings.rtol          = recipe->context->options->rtol;
    settings.output        = recipe->every > 0 ? recipe->every : settings.output;
    settings.progress      = park_progress_share;
    settings.progress_user = &progress;
    park_carrier *carrier  = NULL;
    park_status   status   = park_recipe_carrier(recipe, model, &carrier);
    settings.carrier       = carrier;
    if (status == PARK_OK)
        status = checkpoints(recipe, model, &kept, key, &settings);
    if (status == PARK_OK)
        status = park_simulate(model, plan, &settings, &sink, recipe->context->arena, &recipe->simulation,
                               &recipe->error);
    park_progress_end(&progress);
    if (status == PARK_E_NUMERIC)
        park_recipe_keep_rows(recipe, &sink, plan != NULL);
    if (status == PARK_E_CANCELLED && plan != NULL) { /* the plan is kept without this simulation */
        recipe->simulation = NULL, recipe->simulated = NULL;
        recipe->rows = (park_rows){0};
        memset(&recipe->error, 0, sizeof recipe->error);
        return PARK_EXIT_LIMIT;
    }
    return status == PARK_OK ? PARK_EXIT_DONE : park_recipe_fail(recipe, status);
}

/* ---- the loop ---- */

enum { WAITS = 3 }; /* rounds of one run that leave targets to what mends a source's shortfall */

static bool usable(const park_design *design)
{
    return design->status != PARK_DESIGN_INFEASIBLE && design->status != PARK_DESIGN_LIMIT_NO_SOLUTION;
}

static double worst_share(const park_simulation *simulation)
{
    double worst = 0.0;
    for (size_t i = 0; i < simulation->violations; i++) {
        const park_violation *v = &simulation->violation[i];
        if (v->limit > 0.0)
            worst = fmax(worst, fabs(v->simulated - v->limit) / v->limit);
    }
    return worst;
}

/* What a round came to, for going back to the best one when the rounds end without agreement. */
typedef struct standing {
    park_design        *design;
    park_simulation    *simulation;
    park_indicators    *promised, *simulated, **staged;
    park_rows           rows;
    park_bound_result  *bound;
    park_findings       noticed;
    const park_margins *margins;
    size_t              missed;
    double              leak_off;
    double              contradicted; /* sum of the violations' shares, each at most 1 */
} standing;

static standing stand(const park_recipe *recipe)
{
    standing now     = {.design     = recipe->design,
                        .simulation = recipe->simulation,
                        .promised   = recipe->promised,
                        .simulated  = recipe->simulated,
                        .staged     = recipe->staged,
                        .rows       = recipe->rows,
                        .bound      = recipe->bound,
                        .noticed    = recipe->noticed,
                        .margins    = recipe->margins,
                        .missed     = park_recipe_missed(recipe)};
    now.contradicted = fmin(1.0, recipe->leak_off), now.leak_off = recipe->leak_off;
    for (size_t i = 0; i < recipe->simulation->violations; i++) {
        const park_violation *v = &recipe->simulation->violation[i];
        now.contradicted += v->limit > 0.0 ? fmin(1.0, fabs(v->simulated - v->limit) / v->limit) : 1.0;
    }
    return now;
}

static bool better(const standing *a, const standing *b)
{
    return b->design == NULL || a->missed < b->missed ||
           (a->missed == b->missed && a->contradicted < b->contradicted);
}

static void go_back(park_recipe *recipe, const standing *best)
{
    recipe->design     = best->design;
    recipe->simulation = best->simulation;
    recipe->promised   = best->promised;
    recipe->simulated  = best->simulated;
    recipe->staged     = best->staged;
    recipe->rows       = best->rows;
    recipe->bound      = best->bound;
    recipe->noticed    = best->noticed;
    recipe->margins    = best->margins;
}

/* What the plan promises of a target, its value; NAN where it says nothing. */
static double promised(const park_recipe *recipe, int32_t target)
{
    for (size_t i = 0; recipe->promised != NULL && i < recipe->promised->count; i++)
        if (recipe->promised->item[i].target == target)
            return recipe->promised->item[i].value;
    return NAN;
}

/* Did a source give less than promised? Then what rests on it was promised too much, which its own margin mends; to push the
 * targets as well would ask for the same water twice, and margins never shrink. */
static bool gave_less(const park_recipe *recipe)
{
    const park_model *model = recipe->loaded.model;
    for (size_t i = 0; i < recipe->simulation->violations; i++) {
        const park_violation *v = &recipe->simulation->violation[i];
        if (v->kind == PARK_VIOLATION_SHORTFALL && v->link >= 0 &&
            model->unit[model->link[v->link].from].role == PARK_SOURCE)
            return true;
    }
    return false;
}

/* A target that time misses: promise that much more than the plan did; `mended`: other margins moved, which may do. Returns
 * how many. */
static size_t push_targets(park_recipe *recipe, bool mended, park_margins *margins)
{
    if (mended && gave_less(recipe) && ++recipe->waited <= WAITS)
        return 0;
    static const double MORE   = 1.1,
                        LEAST  = 1e-5; /* of what was missed; of what is asked, where that is less */
    static const double YEAR   = 365.0 * 86400.0;
    const park_model   *model  = recipe->loaded.model;
    size_t              pushed = 0;
    for (size_t i = 0; recipe->simulated != NULL && i < recipe->simulated->count; i++) {
        const park_indicator *item = &recipe->simulated->item[i];
        if (item->target < 0 || item->reached || !isfinite(item->value) ||
            model->target[item->target].indicative)
            continue;
        const park_target *target = &model->target[item->target];
        double             asked  = park_indicator_asked(model, item);
        double             missed = isfinite(target->min) ? asked - item->value : item->value - asked;
        double             unit   = target->dim == PARK_DIM_FLOW && item->dim == PARK_DIM_VOLUME ? YEAR : 1.0;
        double             said   = promised(recipe, item->target);
        double             more   = isfinite(target->min) ? said - asked : asked - said;
        double            *shift  = &margins->target_shift[item->target];
        *shift = fmax(*shift, fmax(more, 0.0) / unit) + fmax(MORE * missed, LEAST * fabs(asked)) / unit;
        pushed++;
    }
    return pushed;
}

static void note_round(park_recipe *recipe, size_t changed)
{
    park_round *round     = &recipe->round[recipe->rounds++];
    round->number         = (int)recipe->rounds;
    round->objective      = recipe->design->objective;
    round->bound          = recipe->design->bound;
    round->gap            = recipe->design->gap;
    round->violations     = recipe->simulation->violations;
    round->worst_share    = worst_share(recipe->simulation);
    round->margins        = changed;
    round->simulated_from = 0.0;
    round->simulated_to   = 1.0;
    round->violation      = recipe->simulation->violation;
}

/* The first round may spend half of the limits; a later one what is left: the gap ends it earlier. */
static double share_of_round(const park_recipe *recipe, size_t round, double spent)
{
    static const double FIRST = 0.5;
    double              limit = recipe->context->options->time_limit;
    double              own   = 1.0 - park_recipe_worth_share(recipe); /* what optimizing may take in all */
    double              left  = isfinite(limit) ? fmax(0.0, (own - spent / limit) / own) : 1.0;
    return round == 0 ? FIRST : left;
}

/* A bound holds for later rounds as long as margins only take designs away: more demand, or users' outlets at lower
 * limits (a free demand then counts for more reuse), may bring others. */
static bool only_tightens(const park_recipe *recipe)
{
    for (size_t i = 0; i < recipe->simulation->violations; i++) {
        const park_violation *v = &recipe->simulation->violation[i];
        if ((v->kind == PARK_VIOLATION_DEMAND && !park_violation_of_pressure(v)) ||
            v->kind == PARK_VIOLATION_QUALITY_OUT)
            return false;
    }
    return true;
}

/* Promise and simulation agree but for pressures, which the plan can do no more about: they are findings, for pipes and pumps. */
static bool only_pressures(const standing *best)
{
    for (size_t i = 0; i < best->simulation->violations; i++)
        if (!park_violation_of_pressure(&best->simulation->violation[i]))
            return false;
    return best->missed == 0 && best->leak_off == 0.0;
}

/* Nothing but pressures is left, and another round of drawing less has not lifted them: at that hour the other water's
 * connection is full, or the draw of others rules. */
static bool lifts_no_more(const standing *now, const standing *before)
{
    static const double WORTH = 0.01; /* of what was lacking */
    return before->design != NULL && only_pressures(now) && only_pressures(before) &&
           now->contradicted > 0.0 && now->contradicted > (1.0 - WORTH) * before->contradicted;
}

/* Margins have made the park infeasible, or no design was found in time: the last simulated one stands, and is told. */
static void tell_end(park_recipe *recipe, const park_design *without)
{
    bool infeasible = without->status == PARK_DESIGN_INFEASIBLE;
    park_finding_add(
        &recipe->findings, PARK_W0520, PARK_WARNING, NULL,
        infeasible
            ? "round %zu: no design meets what the simulation demands; the last simulated design stands"
            : "round %zu: no design was found within the limits; the last simulated design stands",
        infeasible ? "第 %zu 轮：没有方案能满足模拟提出的要求；保留上一个已模拟的方案"
                   : "第 %zu 轮：限额之内未找到方案；保留上一个已模拟的方案",
        recipe->rounds + 1);
}

/* The rounds' optimizer: this recipe with the margins learnt. */
typedef struct optimizer {
    park_recipe        *recipe;
    const park_margins *margins;
} optimizer;

static park_exit solve_round(void *user, double share, uint64_t most, const park_design **design)
{
    const optimizer *o    = user;
    park_exit        exit = park_recipe_optimize(o->recipe, o->margins, share, most);
    *design               = o->recipe->design;
    return exit;
}

static double share_left(void *user)
{
    const park_recipe *recipe = ((const optimizer *)user)->recipe;
    return share_of_round(recipe, recipe->rounds, park_clock_seconds() - recipe->context->started);
}

static bool interrupted(void *user)
{
    return park_cancel_why(((const optimizer *)user)->recipe->context->cancel) != 0;
}

park_exit park_recipe_repair(park_recipe *recipe)
{
    park_arena   *arena   = recipe->context->arena;
    park_margins *margins = park_margins_new(arena, recipe->loaded.model);
    if (margins == NULL)
        return park_recipe_fail(recipe, PARK_FAIL(&recipe->error, PARK_E_MEMORY, "no memory for margins"));
    optimizer         own    = {recipe, margins};
    park_round_solver solver = {solve_round, share_left, interrupted, &own};
    size_t            most   = (size_t)recipe->context->options->rounds;
    uint64_t          work   = 0; /* the largest of a round */
    bool              stuck  = false;
    standing          best = {0}, before = {0};
    for (size_t r = 0; r < most && r < PARK_ROUNDS_MOST; r++) {
        double    spent = park_clock_seconds() - recipe->context->started;
        double    share = share_of_round(recipe, r, spent);
        park_exit exit  = r == 0 ? park_recipe_optimize(recipe, NULL, share, 0)
                                 : park_later_round(&solver, recipe->design, work, share);
        if (exit != PARK_EXIT_DONE)
            return exit;
        work = recipe->design->work > work ? recipe->design->work : work;
        if (r == 0)
            recipe->first_bound = recipe->design->front == NULL ? recipe->design->bound : NAN;
        if (!usable(recipe->design)) {
            if (r > 0) {
                bool infeasible = recipe->design->status == PARK_DESIGN_INFEASIBLE;
                tell_end(recipe, recipe->design);
                go_back(recipe, &best);
                recipe->agreed = infeasible && only_pressures(&best);
            }
            return PARK_EXIT_DONE;
        }
        park_model *applied = NULL;
        park_status status  = park_design_apply(recipe->design, arena, &applied, &recipe->error);
        if (status != PARK_OK)
            return park_recipe_fail(recipe, status);
        exit = park_recipe_simulate(recipe, applied, recipe->design);
        if (exit == PARK_EXIT_LIMIT) { /* interrupted: the best simulated design, or the plan as it is */
            if (best.design != NULL)
                go_back(recipe, &best);
            return PARK_EXIT_DONE;
        }
        if (exit == PARK_EXIT_DONE)
            exit = park_recipe_bind(recipe, applied, recipe->loaded.model);
        if (exit != PARK_EXIT_DONE)
            return exit;
        size_t changed = park_design_repair(recipe->design, recipe->simulation->violation,
                                            recipe->simulation->violations, margins),
               leaks   = 0;
        status         = park_recipe_leaks(recipe, applied, &leaks);
        if (status != PARK_OK)
            return park_recipe_fail(recipe, status);
        changed += leaks;
        exit = park_recipe_judge(recipe);
        if (exit != PARK_EXIT_DONE)
            return exit;
        size_t missed = push_targets(recipe, changed > 0, margins);
        note_round(recipe, changed + missed);
        recipe->agreed = recipe->simulation->violations == 0 && missed == 0 && leaks == 0 &&
                         park_cancel_why(recipe->context->cancel) == 0; /* then networks were not asked */
        changed += missed;
        /* the bound of a front's design holds under its ceiling alone */
        recipe->known_bound = recipe->design->front != NULL || !only_tightens(recipe) || leaks > 0 ? -INFINITY
                              : isfinite(recipe->design->bound)
                                  ? fmax(recipe->known_bound, recipe->design->bound)
                                  : recipe->known_bound;
        standing now        = stand(recipe);
        if (better(&now, &best))
            best = now;
        stuck  = changed == 0 || lifts_no_more(&now, &before);
        before = now;
        if (stuck || park_cancel_why(recipe->context->cancel) != 0)
            break;
    }
    if (!recipe->agreed && best.design != NULL) {
        go_back(recipe, &best);
        recipe->agreed = stuck && only_pressures(&best);
    }
    return PARK_EXIT_DONE;
}

/* What the simulated year costs: its running costs, and what the design invests and its retrofits. */
static double simulated_cost(const park_recipe *recipe)
{
    const park_design *design = recipe->design;
    double             sum    = recipe->simulation->bill.running;
    for (size_t i = 0; design != NULL && i < design->cost_lines; i++) {
        park_cost_line_kind kind = design->cost[i].kind;
        if (kind == PARK_COST_CAPITAL_TREATMENT || kind == PARK_COST_CAPITAL_STORAGE ||
            kind == PARK_COST_CAPITAL_PIPE || kind == PARK_COST_RETROFIT)
            sum += design->cost[i].yearly;
    }
    return sum;
}

/* A balance that does not close is a failure, never a footnote. */
static park_status closed(const park_recipe *recipe, const park_closure *closure, const char *whose,
                          park_error *err)
{
    static const double ALLOWED = 1e-9;
    int32_t             unit    = closure->water > ALLOWED ? closure->water_unit : closure->mass_unit;
    if (closure->water <= ALLOWED && closure->mass <= ALLOWED)
        return PARK_OK;
    return PARK_FAIL(err, PARK_E_NUMERIC,
                     "the balance of the %s does not close at %s: water %.2e, constituents %.2e", whose,
                     unit >= 0 ? recipe->loaded.model->unit[unit].id : "the park's boundary", closure->water,
                     closure->mass);
}

/* What each stage of a budget by years comes to; the last one is the promise itself. */
static park_status judge_stages(park_recipe *recipe)
{
    const park_staging *g = recipe->design != NULL ? recipe->design->staging : NULL;
    recipe->staged        = NULL;
    if (g == NULL || g->judged == NULL)
        return PARK_OK;
    recipe->staged = PARK_ARRAY(recipe->context->arena, g->stages, park_indicators *);
    if (recipe->staged == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "not enough memory for the stages");
    for (size_t y = 0; y < g->stages; y++)
        if (g->judged[y] != NULL && g->judged[y]->ledger != NULL)
            PARK_TRY(park_indicators_compute(g->judged[y]->model, g->judged[y]->ledger, NAN,
                                             g->judged[y]->carbon, recipe->context->arena, &recipe->staged[y],
                                             &recipe->error));
    return PARK_OK;
}

park_exit park_recipe_judge(park_recipe *recipe)
{
    park_arena        *arena  = recipe->context->arena;
    const park_design *design = recipe->design;
    park_status        status = PARK_OK;
    const park_model  *model = design != NULL && design->model != NULL ? design->model : recipe->loaded.model;
    if (design != NULL && design->ledger != NULL)
        status = closed(recipe, &design->closure, "design", &recipe->error);
    if (status == PARK_OK && recipe->simulation != NULL)
        status = closed(recipe, &recipe->simulation->closure, "simulation", &recipe->error);
    if (status == PARK_OK && design != NULL && design->ledger != NULL)
        status = park_indicators_compute(model, design->ledger, design->yearly_cost, design->carbon, arena,
                                         &recipe->promised, &recipe->error);
    if (status == PARK_OK)
        status = judge_stages(recipe);
    if (status == PARK_OK && recipe->simulation != NULL)
        status = park_indicators_compute(model, recipe->simulation->ledger, simulated_cost(recipe),
                                         recipe->simulation->bill.carbon[PARK_CARBON_GRID] +
                                             recipe->simulation->bill.carbon[PARK_CARBON_PROCESS],
                                         arena, &recipe->simulated, &recipe->error);
    return status == PARK_OK ? PARK_EXIT_DONE : park_recipe_fail(recipe, status);
}

size_t park_recipe_missed(const park_recipe *recipe)
{
    const park_indicators *judged = recipe->simulated != NULL ? recipe->simulated : recipe->promised;
    return judged != NULL ? judged->targets_missed : 0;
}

park_exit park_recipe_verdict(const park_recipe *recipe)
{
    const park_design *design = recipe->design;
    if (design != NULL && design->status == PARK_DESIGN_INFEASIBLE)
        return PARK_EXIT_INFEASIBLE;
    if (design != NULL &&
        (design->status == PARK_DESIGN_LIMIT_FEASIBLE || design->status == PARK_DESIGN_LIMIT_NO_SOLUTION))
        return PARK_EXIT_LIMIT;
    if (recipe->rounds > 0 && !recipe->agreed)
        return PARK_EXIT_LIMIT;
    if (recipe->context->options->fail_on_target && park_recipe_missed(recipe) > 0)
        return PARK_EXIT_TARGET_MISSED;
    return PARK_EXIT_DONE;
}
