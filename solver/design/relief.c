/*
 * The cheapest way out of a contradiction by one statement alone; Eq. (O90) of docs/math/optimization.md.
 *
 * The statement is moved in the park as written and the park is optimized, whole: every plan found says "enough", every
 * proof of infeasibility "not enough". Doubling finds the first move that is enough, halving the least one to a
 * thousandth. A trial that a limit ended says neither.
 */
#include <parkwater/worth.h>

#include "base/clock.h"
#include "design/decode.h"
#include "design/solve.h"
#include "design/touch.h"
#include "units/moved.h"

#include <string.h>

enum { TRIALS = 26 };              /* of one statement */
static const double SHARP  = 1e-3; /* relative: how near the least move is found */
static const double FAR    = 1e3;  /* times the statement's number: farther nobody moves it */
static const double GROWTH = 4.0;
static const double EIGHTH = 8.0; /* of what is left a trial may take one in so many */
static const double GUESS =
    0.25; /* of the statement's number: the first move tried where the explanation knows none */
static const double ANY = 0.9; /* gap of a trial: the first plan will do */

typedef struct reliever {
    const park_model          *model;
    const park_worth_settings *settings;
    double                     deadline;   /* of the statement at hand */
    uint64_t                   work, most; /* of it */
    const char                *path;
    bool                       less, upper; /* the statement gives by falling; a target's maximum */
} reliever;

typedef enum verdict { ENOUGH, NOT_ENOUGH, UNDECIDED } verdict;

/* Optimize the park with the statement moved by `by` in its direction of giving. */
static park_status attempt(reliever *r, double by, double gap, verdict *answer, double *cost, park_error *err)
{
    park_arena          *arena = park_arena_new();
    park_move            move  = {.path = r->path, .by = r->less ? -by : by, .upper = r->upper};
    park_model          *moved = arena == NULL ? NULL : park_model_moved(r->model, &move, arena);
    park_design_settings settings;
    park_design         *design = NULL;
    park_status          status = PARK_E_MEMORY;
    *answer                     = UNDECIDED;
    park_design_settings_default(&settings);
    settings.gap = gap, settings.threads = r->settings->threads, settings.seed = r->settings->seed;
    settings.ranks   = r->settings->ranks;
    settings.margins = r->settings->margins, settings.cancel = r->settings->cancel;
    settings.time_limit =
        fmax((r->deadline - park_clock_seconds()) / EIGHTH, 0.05); /* leave some to others */
    settings.work_limit = r->most > r->work ? (uint64_t)fmax(1.0, (double)(r->most - r->work) / EIGHTH) : 1;
    if (moved != NULL) {
        moved->front_points = 0; /* any plan will do */
        status              = park_solve_any(moved, &settings, arena, &design, NULL, err);
    }
    if (status == PARK_OK) {
        r->work += design->work;
        if (design->link_flow != NULL)
            *answer = ENOUGH, *cost = design->objective;
        else if (design->status == PARK_DESIGN_INFEASIBLE)
            *answer = NOT_ENOUGH;
    } else if (status == PARK_E_RANGE || status == PARK_E_INFEASIBLE) {
        *answer = NOT_ENOUGH, status = PARK_OK; /* moved so far the park makes no sense */
    }
    park_arena_free(arena);
    return status;
}

/* Nothing more may be tried. */
static bool spent(const reliever *r)
{
    return r->work >= r->most || park_clock_seconds() > r->deadline ||
           park_cancel_why(r->settings->cancel) != 0;
}

/* (O90) From the first guess outwards until it is enough, then inwards. */
static park_status search(reliever *r, double guess, double most, park_relief *relief, park_error *err)
{
    double  fails = 0.0, holds = NAN, cost = NAN;
    verdict answer;
    int     trial   = 0;
    bool    decided = false;
    for (double by = fmin(guess, most); trial < TRIALS && !spent(r); by = fmin(by * GROWTH, most)) {
        trial++;
        PARK_TRY(attempt(r, by, ANY, &answer, &cost, err));
        if (answer == ENOUGH) {
            holds = by;
            break;
        }
        if (answer == NOT_ENOUGH)
            fails = by;
        decided = decided || answer != UNDECIDED;
        if (by >= most || spent(r))
            break;
    }
    relief->least = fails;
    if (isnan(holds)) {
        relief->kind = fails > 0.0 && fails < most ? PARK_RELIEF_AT_LEAST
                       : !decided && spent(r)      ? PARK_RELIEF_UNTRIED
                                                   : PARK_RELIEF_NONE;
        relief->by   = relief->kind == PARK_RELIEF_AT_LEAST ? fails : NAN;
        return PARK_OK;
    }
    double proven = fails;
    for (; trial < TRIALS && holds - fails > SHARP * holds; trial++) {
        double middle = 0.5 * (fails + holds);
        PARK_TRY(attempt(r, middle, ANY, &answer, &cost, err));
        if (answer == ENOUGH)
            holds = middle;
        else
            fails = middle;
        if (answer == NOT_ENOUGH)
            proven = middle;
        if (spent(r))
            break;
    }
    relief->kind = PARK_RELIEF_FOUND, relief->by = holds, relief->least = proven;
    r->work = 0; /* what so much costs is a question of its own */
    PARK_TRY(attempt(r, holds, r->settings->gap, &answer, &cost, err));
    relief->cost = cost;
    return PARK_OK;
}

/* A demand and a minimum give by falling, everything else by rising. */
static bool gives_by_falling(const park_model *model, const char *path, bool *upper)
{
    size_t length = strlen(path);
    *upper        = false;
    if (length > 7 && strcmp(path + length - 7, ".demand") == 0)
        return true;
    if (strncmp(path, "targets.", 8) != 0)
        return false;
    for (size_t i = 0; i < model->targets; i++) {
        const park_target *target = &model->target[i];
        size_t             word   = strlen(target->quantity);
        if (strncmp(path + 8, target->quantity, word) == 0 &&
            (path[8 + word] == '\0' || path[8 + word] == '.') && isfinite(target->min))
            return true;
    }
    *upper = true;
    return false;
}

static park_status relieve_one(const park_model *model, const park_worth_settings *settings, size_t left,
                               double started, const park_design *design, double explained,
                               park_relief *relief, park_error *err)
{
    const park_statement *statement = &design->model->statement[relief->statement];
    double                seconds   = settings->seconds - (park_clock_seconds() - started);
    park_worth_line       line      = {0};
    reliever              r         = {.model    = model,
                                       .settings = settings,
                                       .deadline = park_clock_seconds() + fmax(seconds, 0.05) / (double)left,
                                       .most     = settings->work_limit / left,
                                       .path     = statement->path};
    r.less                          = gives_by_falling(model, statement->path, &r.upper);
    double asked                    = isfinite(relief->asked) ? fabs(relief->asked) : 0.0;
    park_statement_unit(model, statement->path, asked, &line);
    double guess = asked > 0.0 ? GUESS * asked : line.unit;
    if (explained > 0.0)
        guess = 1.01 * explained;
    double most = r.less ? asked : FAR * fmax(asked, line.unit);
    relief->of = line.of, relief->dim = line.dim;
    if (!(guess > 0.0) || !(most > 0.0))
        return PARK_OK;
    PARK_TRY(search(&r, guess, most, relief, err));
    if (r.less)
        relief->by = -relief->by;
    return PARK_OK;
}

park_status park_design_relieve(const park_model *model, const park_worth_settings *settings,
                                park_arena *arena, park_design *design, park_error *err)
{
    double       started = park_clock_seconds();
    park_relief *list    = PARK_ARRAY(arena, design->conflicts, park_relief);
    if (list == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the ways out");
    for (size_t i = 0; i < design->conflicts; i++) {
        list[i] = (park_relief){.statement = design->conflict[i].statement,
                                .kind      = PARK_RELIEF_NONE,
                                .asked     = design->conflict[i].asked,
                                .by        = NAN,
                                .cost      = NAN};
        PARK_TRY(relieve_one(model, settings, design->conflicts - i, started, design,
                             design->conflict[i].relaxation, &list[i], err));
    }
    design->relief = list, design->reliefs = design->conflicts;
    return PARK_OK;
}
