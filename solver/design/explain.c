/*
 * Why a program has no solution.
 *
 * Three questions, each answered by the tree on a variant of the program: (1) with every statement elastic, what is
 * the least weighted sum by which they are missed; (2) which statements are needed for the contradiction, by leaving
 * out groups, then single ones, as long as the rest still contradicts itself; (3) by how much each of those would
 * have to give if it alone gave. One slack belongs to one statement, whatever rows and bounds it stands behind.
 */
#include "design/program.h"

#include "base/clock.h"

#include <math.h>
#include <string.h>

static const uint64_t WORK         = 400000; /* LP iterations of one question when the caller sets no limit */
static const uint64_t ELASTIC_WORK = 60000;  /* LP iterations of looking for the least that is missed */
static const uint64_t TRIAL        = 20000;  /* LP iterations of one trial of leaving out or giving way */
static const uint64_t TRIALS =
    120000; /* LP iterations of all trials of one kind: a clock would answer by chance */
static const double FAR          = 1e3;  /* a statement may be missed by this many times its own size [-] */
static const double MISSED_LEAST = 1e-7; /* weighted sum below which nothing is missed [-] */

typedef enum stance { DROPPED, HARD, ELASTIC } stance;

typedef struct question {
    const park_program       *program;
    const park_tree_settings *settings;
    park_arena               *arena;  /* of the whole explanation */
    stance                   *stance; /* [statements] */
    double                   *size;  /* [statements] the largest number the statement speaks of, at least 1 */
    double                   *give;  /* [statements] by how much each gave in the last answer */
    double                   *point; /* [cols] of the last answer, where there was one (`pointed`) */
    bool                      pointed;
    double                    ends;   /* [s] of park_clock_seconds */
    uint64_t                  most;   /* LP iterations that the next question may take */
    uint64_t                  used;   /* LP iterations that the last one took */
    uint64_t                  left;   /* LP iterations left for the trials at hand */
    bool                      unsure; /* a limit ended a question */
} question;

static void note_size(question *q, int32_t statement, double bound)
{
    if (statement >= 0 && isfinite(bound))
        q->size[statement] = fmax(q->size[statement], fabs(bound));
}

static double far_off(const question *q, int32_t statement)
{
    return FAR * q->size[statement];
}

static stance stance_of(const question *q, int32_t statement)
{
    return statement < 0 ? HARD : q->stance[statement];
}

/* How a side of a row or box stands: the upper one of what gives by falling is hard whatever else. */
static stance side_of(const question *q, int32_t statement, bool upper)
{
    bool falls = statement >= 0 && q->program->falls != NULL && q->program->falls[statement];
    return upper && falls ? HARD : stance_of(q, statement);
}

/* ---- a variant of the program ------------------------------------------------------------------------- */

static bool copy_cols(const question *q, park_program *v)
{
    const park_program *p = q->program;
    for (size_t j = 0; j < p->cols; j++) {
        double  lo = p->col_lo[j], hi = p->col_hi[j];
        int32_t below = p->col_lo_statement[j], above = p->col_hi_statement[j];
        if (side_of(q, below, false) != HARD && isfinite(lo))
            lo = fmin(lo, 0.0) - (lo < 0.0 ? far_off(q, below) : 0.0);
        if (side_of(q, above, true) != HARD && isfinite(hi))
            hi += far_off(q, above);
        if (park_program_col(v, p->col_class[j], lo, hi, 0.0, p->col_name[j]) < 0)
            return false;
        v->integer[j] = p->integer[j];
    }
    return true;
}

/* A row as it is, or with the statement's slack on its finite sides that give. */
static bool copy_row(const question *q, park_program *v, double lo, double hi, size_t count,
                     const int32_t *index, const double *value, int32_t statement, int32_t *wide,
                     double *wide_value)
{
    stance below = side_of(q, statement, false), above = side_of(q, statement, true);
    if (below == HARD && above == HARD)
        return park_program_row(v, lo, hi, count, index, value, -1, NULL) >= 0;
    memcpy(wide, index, count * sizeof *wide);
    memcpy(wide_value, value, count * sizeof *wide_value);
    wide[count] = (int32_t)q->program->cols + statement;
    for (int upper = 0; upper < 2; upper++) {
        stance how = upper == 1 ? above : below;
        if (how == DROPPED || !isfinite(upper == 1 ? hi : lo))
            continue;
        wide_value[count] = upper == 1 ? -1.0 : 1.0;
        if (park_program_row(v, upper == 1 ? -INFINITY : lo, upper == 1 ? hi : INFINITY,
                             count + (how == ELASTIC), wide, wide_value, -1, NULL) < 0)
            return false;
    }
    return true;
}

static bool copy_rows(const question *q, park_program *v, park_arena *arena)
{
    const park_program *p     = q->program;
    int32_t            *wide  = PARK_ARRAY(arena, p->cols + 1, int32_t);
    double             *value = PARK_ARRAY(arena, p->cols + 1, double);
    bool                ok    = wide != NULL && value != NULL;
    for (size_t r = 0; ok && r < p->rows; r++) {
        size_t at = p->start[r];
        ok = copy_row(q, v, p->row_lo[r], p->row_hi[r], p->start[r + 1] - at, p->index + at, p->value + at,
                      p->statement[r], wide, value);
    }
    for (size_t j = 0; ok && j < p->cols; j++) {
        const int32_t index = (int32_t)j;
        const double  one   = 1.0;
        if (p->col_hi_statement[j] >= 0 && isfinite(p->col_hi[j]) &&
            side_of(q, p->col_hi_statement[j], true) == ELASTIC)
            ok =
                copy_row(q, v, -INFINITY, p->col_hi[j], 1, &index, &one, p->col_hi_statement[j], wide, value);
        if (ok && p->col_lo_statement[j] >= 0 && isfinite(p->col_lo[j]) &&
            side_of(q, p->col_lo_statement[j], false) == ELASTIC)
            ok = copy_row(q, v, p->col_lo[j], INFINITY, 1, &index, &one, p->col_lo_statement[j], wide, value);
    }
    for (size_t i = 0; ok && i < p->products; i++)
        ok = park_program_product(v, p->product[i].w, p->product[i].flow, p->product[i].conc) >= 0;
    for (size_t i = 0; ok && i < p->concaves; i++) {
        const park_concave *c = &p->concave[i];
        ok                    = park_program_concave(v, c->t, c->x, c->scale, c->reference, c->exponent) >= 0;
    }
    return ok;
}

/* The program under the present stances, its cost being what is given, weighted by the statements' sizes. */
static park_status ask(question *q, park_tree_status *answer)
{
    park_arena        *arena = park_arena_new();
    park_program       v;
    park_tree_settings settings = *q->settings;
    park_tree_result   result   = {0};
    park_status        status   = PARK_E_MEMORY;
    size_t             cols     = q->program->cols;
    park_program_init(&v, arena);
    bool ok = arena != NULL && copy_cols(q, &v);
    for (size_t k = 0; ok && k < q->program->statements; k++) {
        bool gives = q->stance[k] == ELASTIC;
        ok = park_program_col(&v, PARK_COL_OTHER, 0.0, gives ? far_off(q, (int32_t)k) : 0.0, 1.0 / q->size[k],
                              NULL) >= 0;
    }
    ok                  = ok && copy_rows(q, &v, arena);
    settings.gap        = 1e-3;
    settings.cutoff     = INFINITY;
    settings.start      = NULL;
    settings.progress   = NULL;
    settings.time_limit = q->ends - park_clock_seconds();
    settings.work_limit = q->most;
    if (ok)
        status = park_tree_solve(&v, &settings, arena, &result, NULL);
    if (status == PARK_OK) {
        *answer    = result.status;
        q->used    = result.work;
        q->unsure  = q->unsure || result.status == PARK_TREE_LIMIT_NO_SOLUTION;
        q->pointed = result.x != NULL;
        if (q->pointed && cols > 0)
            memcpy(q->point, result.x, cols * sizeof *q->point);
        for (size_t k = 0; k < q->program->statements; k++)
            q->give[k] = result.x != NULL ? result.x[cols + k] : NAN;
    }
    park_arena_free(arena);
    return status;
}

/* One of many questions: what they take together is bounded, so that an explanation never outlasts its worth. */
static park_status attempt(question *q, park_tree_status *answer)
{
    *answer    = PARK_TREE_LIMIT_NO_SOLUTION;
    q->pointed = false;
    for (size_t k = 0; q->left == 0 && k < q->program->statements; k++)
        q->give[k] = NAN;
    q->unsure = q->unsure || q->left == 0;
    if (q->left == 0)
        return PARK_OK;
    q->most = q->most < TRIAL ? q->most : TRIAL;
    PARK_TRY(ask(q, answer));
    q->left -= q->used < q->left ? q->used : q->left;
    return PARK_OK;
}

/* ---- the three questions ------------------------------------------------------------------------------ */

static void set_all(question *q, stance how)
{
    for (size_t k = 0; k < q->program->statements; k++)
        q->stance[k] = how;
}

/*
 * Leave out groups of statements that the contradiction does not need: quarters first, then smaller groups, single
 * ones at last. What cannot be shown superfluous stays.
 */
static park_status filter(question *q)
{
    const size_t n      = q->program->statements;
    bool        *needed = PARK_ARRAY(q->arena, n, bool);
    if (needed == NULL)
        return PARK_E_MEMORY;
    q->left = TRIALS;
    for (size_t group = (n + 3) / 4; group > 0; group = group == 1 ? 0 : (group + 3) / 4) {
        for (size_t first = 0; first < n;) {
            size_t end = first, members = 0;
            for (; end < n && members < group; end++)
                if (q->stance[end] == HARD && !needed[end]) {
                    q->stance[end] = DROPPED;
                    needed[end]    = true; /* marked for this trial */
                    members++;
                }
            if (members == 0)
                break;
            park_tree_status answer;
            PARK_TRY(attempt(q, &answer));
            for (size_t k = first; k < end; k++)
                if (q->stance[k] == DROPPED && needed[k]) {
                    if (answer != PARK_TREE_INFEASIBLE)
                        q->stance[k] = HARD;
                    needed[k] = group == 1 && answer != PARK_TREE_INFEASIBLE;
                }
            first = end;
        }
    }
    return PARK_OK;
}

/* By how much each of the conflict would have to give alone, all other statements of the program holding. */
/* The last answer's point, owned by the arena; NULL where it had none, or out of memory. */
static double *kept_point(const question *q, park_arena *arena)
{
    double *x = q->pointed ? PARK_ARRAY(arena, q->program->cols, double) : NULL;
    if (x != NULL && q->program->cols > 0)
        memcpy(x, q->point, q->program->cols * sizeof *x);
    return x;
}

static park_status relax_each(question *q, park_arena *arena, park_conflict *conflict)
{
    q->left = TRIALS;
    for (size_t i = 0; i < conflict->count; i++) {
        park_tree_status answer;
        set_all(q, HARD);
        q->stance[conflict->statement[i]] = ELASTIC;
        PARK_TRY(attempt(q, &answer));
        conflict->relaxation[i] = q->give[conflict->statement[i]];
        conflict->relaxed[i]    = kept_point(q, arena);
    }
    return PARK_OK;
}

static park_status explain_in(question *q, park_arena *arena, park_conflict *conflict)
{
    const size_t     n = q->program->statements;
    park_tree_status answer;
    const uint64_t   most = q->most;
    set_all(q, ELASTIC);
    q->most = most < ELASTIC_WORK ? most : ELASTIC_WORK;
    PARK_TRY(ask(q, &answer));
    q->most = most;
    if (answer == PARK_TREE_INFEASIBLE)
        return PARK_OK;                                          /* physics alone */
    const bool measured = answer != PARK_TREE_LIMIT_NO_SOLUTION; /* else the filter must do without */
    double     total    = 0.0;
    double    *missed   = PARK_ARRAY(q->arena, n, double);
    if (missed == NULL)
        return PARK_E_MEMORY;
    for (size_t k = 0; k < n; k++)
        total += missed[k] = measured ? q->give[k] / q->size[k] : 0.0;
    double *elastic = measured ? kept_point(q, arena) : NULL;
    set_all(q, HARD);
    q->unsure = false;
    PARK_TRY(ask(q, &answer));
    if (answer != PARK_TREE_INFEASIBLE && (answer != PARK_TREE_LIMIT_NO_SOLUTION || total <= MISSED_LEAST))
        return PARK_OK; /* it has a solution */
    bool proven = answer == PARK_TREE_INFEASIBLE;
    if (proven)
        PARK_TRY(filter(q));
    else /* no proof to filter by: what the elastic problem had to miss is all that is known */
        for (size_t k = 0; k < n; k++)
            q->stance[k] = missed[k] > MISSED_LEAST ? HARD : DROPPED;
    conflict->irreducible = proven && !q->unsure;
    conflict->statement   = PARK_ARRAY(arena, n, int32_t);
    conflict->relaxation  = PARK_ARRAY(arena, n, double);
    conflict->violation   = PARK_ARRAY(arena, n, double);
    conflict->missed      = PARK_ARRAY(arena, n, double);
    conflict->relaxed     = PARK_ARRAY(arena, n, double *);
    conflict->elastic     = elastic;
    if (conflict->statement == NULL || conflict->relaxation == NULL || conflict->violation == NULL ||
        conflict->missed == NULL || conflict->relaxed == NULL)
        return PARK_E_MEMORY;
    for (size_t k = 0; k < n; k++)
        if (q->stance[k] == HARD) {
            conflict->violation[conflict->count]   = total > 0.0 ? missed[k] / total : 0.0;
            conflict->missed[conflict->count]      = measured ? missed[k] * q->size[k] : NAN;
            conflict->statement[conflict->count++] = (int32_t)k;
        }
    return relax_each(q, arena, conflict);
}

park_status park_program_explain(const park_program *program, const park_tree_settings *settings,
                                 park_arena *arena, park_conflict *conflict, park_error *err)
{
    *conflict = (park_conflict){0};
    PARK_TRY(park_program_check(program, err));
    if (program->statements == 0)
        return PARK_OK;
    question q         = {.program = program, .settings = settings, .arena = park_arena_new()};
    q.stance           = PARK_ARRAY(q.arena, program->statements, stance);
    q.size             = PARK_ARRAY(q.arena, program->statements, double);
    q.give             = PARK_ARRAY(q.arena, program->statements, double);
    q.point            = PARK_ARRAY(q.arena, program->cols, double);
    q.most             = settings->work_limit > 0 ? settings->work_limit : WORK;
    q.ends             = park_clock_seconds() + settings->time_limit;
    park_status status = PARK_E_MEMORY;
    if (q.stance != NULL && q.size != NULL && q.give != NULL && q.point != NULL) {
        for (size_t k = 0; k < program->statements; k++)
            q.size[k] = 1.0;
        for (size_t r = 0; r < program->rows; r++) {
            note_size(&q, program->statement[r], program->row_lo[r]);
            note_size(&q, program->statement[r], program->row_hi[r]);
        }
        for (size_t j = 0; j < program->cols; j++) {
            note_size(&q, program->col_lo_statement[j], program->col_lo[j]);
            note_size(&q, program->col_hi_statement[j], program->col_hi[j]);
        }
        status = explain_in(&q, arena, conflict);
    }
    park_arena_free(q.arena);
    return status == PARK_OK ? PARK_OK
                             : PARK_FAIL(err, status, "%s while explaining", park_status_sentence(status));
}
