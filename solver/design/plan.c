#include "design/plan.h"

#include "base/dense.h"
#include "design/costs.h"
#include "design/stages.h"

#include <string.h>

static const double TINY     = 1e-9;  /* of the largest flow: less is nothing */
static const double BALANCED = 1e-14; /* relative residual at which the projection rests */

park_plan *park_plan_new(const park_formulation *f, park_arena *arena)
{
    const park_super *super = f->super;
    size_t S = super->seasons, U = super->units, L = super->links, K = super->outlets, I = super->inlets,
           T        = super->traced;
    park_plan *plan = PARK_NEW(arena, park_plan);
    if (plan == NULL)
        return NULL;
    plan->f = f, plan->arena = arena;
    plan->link_flow   = PARK_ARRAY(arena, S * L, double);
    plan->inlet_flow  = PARK_ARRAY(arena, S * I, double);
    plan->unit_flow   = PARK_ARRAY(arena, S * U, double);
    plan->outlet_flow = PARK_ARRAY(arena, S * K, double);
    plan->volume      = PARK_ARRAY(arena, S * U, double);
    plan->conc        = PARK_ARRAY(arena, S * K * T, double);
    plan->feed        = PARK_ARRAY(arena, S * U * T, double);
    plan->size        = PARK_ARRAY(arena, U, double);
    plan->step        = PARK_ARRAY(arena, U, int);
    plan->built       = PARK_ARRAY(arena, U, bool);
    plan->pipe        = PARK_ARRAY(arena, L, int);
    plan->used        = PARK_ARRAY(arena, L, bool);
    bool fine         = plan->link_flow != NULL && plan->inlet_flow != NULL && plan->unit_flow != NULL &&
                plan->outlet_flow != NULL && plan->volume != NULL && plan->conc != NULL &&
                plan->feed != NULL && plan->size != NULL && plan->step != NULL && plan->built != NULL &&
                plan->pipe != NULL && plan->used != NULL;
    return fine ? plan : NULL;
}

/* ---- exact water balances (O37) ----------------------------------------------------------------------------------- */

typedef struct projection {
    const park_program *p;
    const int32_t      *row; /* program rows */
    size_t              rows;
    double             *x;
    int32_t            *group; /* [rows] connected by columns that run */
    int32_t            *owner; /* [cols] a row that holds the column, -1 */
    double             *residual, *a, *y, *work;
    int32_t            *pivot, *member, *place; /* place [cols]: scratch */
} projection;

static int32_t root_of(int32_t *group, int32_t i)
{
    while (group[i] != i)
        i = group[i] = group[group[i]];
    return i;
}

static void connect(projection *o)
{
    for (size_t j = 0; j < o->p->cols; j++)
        o->owner[j] = -1;
    for (size_t i = 0; i < o->rows; i++)
        o->group[i] = (int32_t)i;
    for (size_t i = 0; i < o->rows; i++)
        for (size_t e = o->p->start[o->row[i]]; e < o->p->start[o->row[i] + 1]; e++) {
            int32_t j = o->p->index[e];
            if (o->x[j] == 0.0)
                continue;
            if (o->owner[j] < 0)
                o->owner[j] = (int32_t)i;
            o->group[root_of(o->group, (int32_t)i)] = root_of(o->group, o->owner[j]);
        }
}

static double residual_of(const projection *o, size_t i, double *size)
{
    double sum = -o->p->row_lo[o->row[i]];
    *size      = fabs(sum);
    for (size_t e = o->p->start[o->row[i]]; e < o->p->start[o->row[i] + 1]; e++) {
        double term = o->p->value[e] * o->x[o->p->index[e]];
        sum += term, *size += fabs(term);
    }
    return sum;
}

/* One group: dx = -X A' (A X A')^-1 r with X = diag(x^2): the smallest relative change; zero flows stay zero. */
static bool project_group(projection *o, size_t count)
{
    double largest = 0.0;
    for (size_t a = 0; a < count; a++) {
        size_t r = (size_t)o->row[o->member[a]];
        for (size_t b = 0; b < count; b++)
            o->a[a * count + b] = 0.0;
        for (size_t e = o->p->start[r]; e < o->p->start[r + 1]; e++)
            o->work[o->p->index[e]] += o->p->value[e] * o->x[o->p->index[e]] * o->x[o->p->index[e]];
        for (size_t b = 0; b < count; b++) {
            size_t q = (size_t)o->row[o->member[b]];
            for (size_t e = o->p->start[q]; e < o->p->start[q + 1]; e++)
                o->a[a * count + b] += o->p->value[e] * o->work[o->p->index[e]];
        }
        for (size_t e = o->p->start[r]; e < o->p->start[r + 1]; e++)
            o->work[o->p->index[e]] = 0.0;
        largest = fmax(largest, o->a[a * count + a]);
    }
    for (size_t a = 0; a < count; a++) /* dependent rows: a touch of regularization, undone by repetition */
        o->a[a * count + a] += 1e-13 * largest + (o->a[a * count + a] == 0.0 ? 1.0 : 0.0);
    park_arena *arena = park_arena_new();
    double     *work  = PARK_ARRAY(arena, PARK_DENSE_WORK(count), double);
    bool        fine =
        work != NULL && park_dense_solve(count, o->a, o->residual, o->y, work, o->pivot, NULL) == PARK_OK;
    park_arena_free(arena);
    if (!fine)
        return false;
    for (size_t a = 0; a < count; a++) {
        size_t r = (size_t)o->row[o->member[a]];
        for (size_t e = o->p->start[r]; e < o->p->start[r + 1]; e++)
            o->work[o->p->index[e]] += o->p->value[e] * o->y[a];
    }
    for (size_t a = 0; a < count; a++) {
        size_t r = (size_t)o->row[o->member[a]];
        for (size_t e = o->p->start[r]; e < o->p->start[r + 1]; e++) {
            int32_t j = o->p->index[e];
            o->x[j] -= o->x[j] * o->x[j] * o->work[j];
            o->work[j] = 0.0;
        }
    }
    return true;
}

static bool project(const park_formulation *f, double *x)
{
    park_arena *arena = park_arena_new();
    size_t      n     = f->balances;
    projection  o     = {.p = &f->program, .row = f->balance, .rows = n, .x = x};
    o.group = PARK_ARRAY(arena, n, int32_t), o.member = PARK_ARRAY(arena, n, int32_t);
    o.pivot = PARK_ARRAY(arena, n, int32_t), o.owner = PARK_ARRAY(arena, f->program.cols, int32_t);
    o.residual = PARK_ARRAY(arena, n, double), o.y = PARK_ARRAY(arena, n, double);
    o.work    = PARK_ARRAY(arena, f->program.cols, double);
    bool fine = o.group != NULL && o.member != NULL && o.pivot != NULL && o.owner != NULL &&
                o.residual != NULL && o.y != NULL && o.work != NULL;
    if (fine)
        connect(&o);
    for (size_t g = 0; fine && g < n; g++) {
        size_t count = 0;
        for (size_t i = 0; i < n; i++)
            if (root_of(o.group, (int32_t)i) == (int32_t)g)
                o.member[count++] = (int32_t)i;
        if (count == 0)
            continue;
        o.a = NULL;
        for (int round = 0; round < 4 && fine; round++) {
            double worst = 0.0, size;
            for (size_t a = 0; a < count; a++) {
                o.residual[a] = residual_of(&o, (size_t)o.member[a], &size);
                worst         = fmax(worst, fabs(o.residual[a]) / fmax(size, 1e-9));
            }
            if (worst <= BALANCED)
                break;
            if (worst > 1e-3 && round == 0)
                fine = false; /* not a flow pattern: let the caller look elsewhere */
            if (fine && o.a == NULL)
                o.a = PARK_ARRAY(arena, count * count, double);
            fine = fine && o.a != NULL && project_group(&o, count);
        }
    }
    park_arena_free(arena);
    return fine;
}

/* ---- reading -------------------------------------------------------------------------------------------------------- */

static void drop_tiny(const park_formulation *f, double *x)
{
    double most = 0.0;
    for (size_t j = 0; j < f->program.cols; j++)
        if (f->program.col_class[j] == PARK_COL_FLOW)
            most = fmax(most, x[j]);
    for (size_t j = 0; j < f->program.cols; j++)
        if (f->program.col_class[j] == PARK_COL_FLOW && x[j] <= TINY * fmax(most, 1.0) &&
            f->program.col_lo[j] <= 0.0)
            x[j] = 0.0;
}

static void read_flows(park_plan *plan, const double *x)
{
    const park_formulation *f     = plan->f;
    const park_super       *super = f->super;
    const park_model       *model = super->model;
    memset(plan->inlet_flow, 0, super->seasons * super->inlets * sizeof(double));
    memset(plan->unit_flow, 0, super->seasons * super->units * sizeof(double));
    memset(plan->outlet_flow, 0, super->seasons * super->outlets * sizeof(double));
    for (size_t s = 0; s < super->seasons; s++) {
        for (size_t l = 0; l < super->links; l++) {
            int32_t col                            = f->link_flow[PARK_FORM_SL(f, s, l)];
            double  q                              = col >= 0 ? fmax(x[col], 0.0) / f->flow_unit : 0.0;
            plan->link_flow[PARK_FORM_SL(f, s, l)] = q;
            if (col < 0)
                continue;
            plan->inlet_flow[s * super->inlets + (size_t)model->link[l].inlet] += q;
            plan->unit_flow[PARK_FORM_SU(f, s, model->link[l].to)] += q;
            plan->outlet_flow[PARK_FORM_SK(f, s, model->link[l].outlet)] += q;
        }
        for (size_t u = 0; u < super->units; u++) {
            const park_face *face               = PARK_SUPER_FACE(super, s, u);
            int32_t          v                  = f->volume[PARK_FORM_SU(f, s, u)];
            plan->volume[PARK_FORM_SU(f, s, u)] = v >= 0 ? x[v] / f->volume_unit : 0.0;
            for (size_t k = 0; k < model->unit[u].outlets; k++) {
                const park_face_outlet *out = &face->outlet[k];
                double                 *F   = &plan->outlet_flow[PARK_FORM_SK(f, s, out->outlet)];
                if (!out->exits)
                    continue;
                int32_t exit = f->exit_flow[PARK_FORM_SK(f, s, out->outlet)];
                *F           = out->affine ? out->alpha * plan->unit_flow[PARK_FORM_SU(f, s, u)] + out->beta
                               : exit >= 0 ? fmax(x[exit], 0.0) / f->flow_unit
                                           : 0.0;
            }
        }
    }
}

/* Sizes as small as the flows allow; -1 steps and NAN sizes where nothing is sized. */
static void choose_sizes(park_plan *plan)
{
    const park_formulation *f       = plan->f;
    const park_super       *super   = f->super;
    const park_margins     *margins = super->margins;
    for (size_t u = 0; u < super->units; u++) {
        const park_unit_info *unit = &super->model->unit[u];
        const park_map       *map  = PARK_SUPER_FACE(super, 0, u)->map;
        double                use = 0.0, through = 0.0;
        plan->size[u] = NAN, plan->step[u] = -1, plan->built[u] = unit->existing || map->existing;
        for (size_t s = 0; s < super->seasons; s++) {
            size_t at    = PARK_FORM_SU(f, s, u);
            double times = margins == NULL ? 1.0 : margins->unit_capacity_times[at];
            double here  = unit->role == PARK_STORAGE ? plan->volume[at] : plan->unit_flow[at] / times;
            use = fmax(use, here), through = fmax(through, plan->unit_flow[at]);
        }
        if (unit->role == PARK_STORAGE && use > 0.0 && margins != NULL)
            use += margins->storage_reserve[u];
        if (unit->role == PARK_STORAGE && through > 0.0)
            use = fmax(use, park_storm_room(super, u, plan->link_flow));
        if (unit->role != PARK_TREATMENT && unit->role != PARK_STORAGE) {
            plan->built[u] = true;
            continue;
        }
        bool wanted = use > 0.0 || through > 0.0;
        if (map->existing) {
            plan->size[u] = map->size_max;
        } else if (f->step[u] >= 0) {
            plan->built[u] = wanted;
            for (int i = 0; wanted && i < f->steps[u] && plan->step[u] < 0; i++)
                if (park_size_of_step(map, i) >= use * (1.0 - 1e-9) || i + 1 == f->steps[u])
                    plan->step[u] = i, plan->size[u] = park_size_of_step(map, i);
            if (!wanted)
                plan->size[u] = 0.0;
        } else {
            plan->built[u] = wanted;
            plan->size[u]  = !wanted ? 0.0 : fmax(use, map->size_min > 0.0 ? map->size_min : 0.0);
        }
    }
}

static void choose_pipes(park_plan *plan)
{
    const park_formulation *f     = plan->f;
    const park_super       *super = f->super;
    for (size_t l = 0; l < super->links; l++) {
        double most = 0.0;
        for (size_t s = 0; s < super->seasons; s++)
            most = fmax(most, plan->link_flow[PARK_FORM_SL(f, s, l)]);
        plan->used[l] = most > 0.0, plan->pipe[l] = -1;
        for (int i = 0; most > 0.0 && i < f->pipes[l] && f->pipe_first[l] >= 0 && plan->pipe[l] < 0; i++)
            if (park_pipe_capacity(super->model, f->pipe_first[l] + i) >= most * (1.0 - 1e-9) ||
                i + 1 == f->pipes[l])
                plan->pipe[l] = f->pipe_first[l] + i;
    }
}

/* (O72) What was decided elsewhere stands, however little flows. */
static void keep_standing(park_plan *plan)
{
    const park_super    *super    = plan->f->super;
    const park_standing *standing = super->options.standing;
    for (size_t u = 0; standing != NULL && u < super->units; u++) {
        const park_map *map = PARK_SUPER_FACE(super, 0, u)->map;
        if (plan->f->size[u] < 0 &&
            !map->existing) { /* costs nothing, so nobody decides on it: as large as it is used */
            plan->size[u]  = fmax(plan->size[u], standing->size[u]);
            plan->built[u] = plan->built[u] || standing->built[u];
            continue;
        }
        plan->size[u] = standing->size[u], plan->built[u] = standing->built[u], plan->step[u] = -1;
        for (int i = 0; plan->f->step[u] >= 0 && plan->built[u] && i < plan->f->steps[u]; i++)
            if (plan->step[u] < 0 && park_size_of_step(map, i) >= plan->size[u] * (1.0 - 1e-9))
                plan->step[u] = i;
    }
    for (size_t l = 0; standing != NULL && l < super->links; l++)
        plan->pipe[l] = standing->pipe[l],
        plan->used[l] = standing->used[l] || (plan->f->pipe[l] < 0 && plan->used[l]);
}

bool park_plan_read(park_plan *plan, double *x, bool all)
{
    const park_super *super = plan->f->super;
    plan->worst = 0.0, plan->where = "";
    drop_tiny(plan->f, x);
    if (!project(plan->f, x)) {
        plan->where = "water balance", plan->worst = INFINITY;
        return false;
    }
    read_flows(plan, x);
    for (size_t c = 0; c < super->traced; c++)
        if ((all || super->in_program[c]) && !park_plan_mix(plan, c)) {
            plan->where = "mixing", plan->worst = INFINITY;
            return false;
        }
    choose_sizes(plan);
    choose_pipes(plan);
    keep_standing(plan);
    return true;
}

/* ---- checking --------------------------------------------------------------------------------------------------------- */

static void violated(park_plan *plan, double by, double scale, const char *where)
{
    double relative = by / fmax(scale, 1e-300);
    if (!(relative <= plan->worst)) /* catches NaN */
        plan->worst = isnan(relative) ? INFINITY : relative, plan->where = where;
}

double park_plan_outlet_mass(const park_plan *plan, size_t s, size_t k, size_t c)
{
    return plan->outlet_flow[PARK_FORM_SK(plan->f, s, k)] * plan->conc[PARK_FORM_SKC(plan->f, s, k, c)];
}

static void check_unit_water(park_plan *plan, size_t s, size_t u)
{
    const park_formulation *f     = plan->f;
    const park_super       *super = f->super;
    const park_unit_info   *unit  = &super->model->unit[u];
    const park_face        *face  = PARK_SUPER_FACE(super, s, u);
    double                  Q = plan->unit_flow[PARK_FORM_SU(f, s, u)], out = 0.0;
    for (size_t i = 0; i < unit->inlets; i++) {
        double q = plan->inlet_flow[s * super->inlets + unit->first_inlet + i];
        violated(plan, face->in_lo[i] - q, face->in_lo[i], "demand");
        if (isfinite(face->map->in_hi[i]) && face->map->in_hi[i] != face->map->in_lo[i])
            violated(plan, q - face->map->in_hi[i], face->map->in_hi[i], "largest inflow");
    }
    for (size_t k = 0; k < unit->outlets; k++) {
        const park_face_outlet *o = &face->outlet[k];
        double                  F = plan->outlet_flow[PARK_FORM_SK(f, s, o->outlet)];
        out += F;
        if (o->affine) {
            double want = unit->role == PARK_SOURCE ? o->beta : o->alpha * Q + o->beta;
            violated(plan, fabs(F - want), fmax(fmax(F, fabs(want)), 1e-6 * Q), "outlet");
        }
        violated(plan, o->lo - F, fmax(fabs(o->lo), 1e-6 * Q), "outlet's smallest flow");
        if (isfinite(o->hi))
            violated(plan, F - o->hi, fmax(o->hi, 1e-9), "outlet's largest flow");
    }
    if (unit->role == PARK_SOURCE || unit->role == PARK_SINK)
        return;
    double stored = 0.0;
    if (f->volume[PARK_FORM_SU(f, s, u)] >= 0) {
        bool first =
            park_super_opens(super, s) && !super->model->time.periodic && !isnan(face->map->volume_start);
        double before =
            first ? face->map->volume_start : plan->volume[PARK_FORM_SU(f, park_super_before(super, s), u)];
        stored = (plan->volume[PARK_FORM_SU(f, s, u)] - before) / super->duration[s];
    }
    violated(plan, fabs(Q + face->map->own - out - stored), fmax(fmax(Q, out), 1e-9),
             "water balance of a unit");
}

static void check_unit_quality(park_plan *plan, size_t s, size_t u, size_t c)
{
    const park_formulation *f     = plan->f;
    const park_super       *super = f->super;
    const park_unit_info   *unit  = &super->model->unit[u];
    const park_face        *face  = PARK_SUPER_FACE(super, s, u);
    double least = 1e-3 / f->conc_unit[c]; /* limits of zero are kept against the usual magnitude */
    double mixed = 0.0, mass = 0.0;
    for (size_t i = 0; i < unit->inlets; i++) {
        double limit = face->in_limit[i * super->traced + c], arrives = 0.0;
        double Q = plan->inlet_flow[s * super->inlets + unit->first_inlet + i];
        if (isinf(limit) || Q == 0.0)
            continue;
        for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
            size_t l = (size_t)super->in_link[e];
            if (super->model->link[l].inlet == (int32_t)(unit->first_inlet + i))
                arrives += plan->link_flow[PARK_FORM_SL(f, s, l)] *
                           plan->conc[PARK_FORM_SKC(f, s, super->model->link[l].outlet, c)];
        }
        violated(plan, arrives - limit * Q, fmax(limit, least) * Q, "inlet limit");
    }
    for (size_t k = 0; k < unit->outlets; k++) {
        const park_face_outlet *o = &face->outlet[k];
        double                  F = plan->outlet_flow[PARK_FORM_SK(f, s, o->outlet)];
        double                  C = plan->conc[PARK_FORM_SKC(f, s, o->outlet, c)];
        if (F > 0.0 && isfinite(o->limit[c]) && o->rule[c] != PARK_QUALITY_NONE)
            violated(plan, C - o->limit[c], fmax(o->limit[c], least), "outlet limit");
        if (F > 0.0)
            violated(plan, -C, 1.0 / f->conc_unit[c], "negative concentration");
        if (o->rule[c] == PARK_QUALITY_MIX)
            mixed += F;
    }
    if (unit->role != PARK_SOURCE && unit->role != PARK_SINK &&
        !(mixed > 0.0)) { /* a load with no water to carry it */
        park_mixture mix = park_face_mixture(super, face, unit->outlets, c);
        mass             = mix.constant + mix.keep * plan->feed[PARK_FORM_SUC(f, s, u, c)];
        if (mix.outlets > 0 && f->volume[PARK_FORM_SU(f, s, u)] < 0)
            violated(plan, mass, 1e-6 / f->conc_unit[c], "a load with no water to carry it");
    }
}

static void check_combined(park_plan *plan, size_t s, size_t u)
{
    const park_formulation *f     = plan->f;
    const park_super       *super = f->super;
    const park_unit_info   *unit  = &super->model->unit[u];
    const park_face        *face  = PARK_SUPER_FACE(super, s, u);
    for (size_t i = 0; i < face->map->combined_count; i++)
        for (size_t k = 0; k < unit->outlets; k++) {
            double sum = 0.0;
            if (face->outlet[k].rule[0] != PARK_QUALITY_MIX ||
                plan->outlet_flow[PARK_FORM_SK(f, s, unit->first_outlet + k)] == 0.0)
                continue;
            for (size_t c = 0; c < super->constituents; c++)
                sum += face->map->combined[i].coef[c] *
                       plan->conc[PARK_FORM_SKC(f, s, unit->first_outlet + k, c)];
            violated(plan, sum - face->map->combined[i].limit, face->map->combined[i].limit,
                     "combined limit");
        }
}

/* Rows and bounds of the program at the point that says this plan: sizes, licences, targets, budget. */
static void check_rows(park_plan *plan, const double *x)
{
    const park_program *p = &plan->f->program;
    for (size_t r = 0; r < p->rows; r++) {
        double sum = 0.0, size = 1e-6;
        if (p->redundant[r])
            continue;
        for (size_t e = p->start[r]; e < p->start[r + 1]; e++) {
            double term = p->value[e] * x[p->index[e]];
            sum += term, size = fmax(size, fabs(term));
        }
        size = fmax(size, fmax(isfinite(p->row_lo[r]) ? fabs(p->row_lo[r]) : 0.0,
                               isfinite(p->row_hi[r]) ? fabs(p->row_hi[r]) : 0.0));
        violated(plan, fmax(p->row_lo[r] - sum, sum - p->row_hi[r]), size,
                 p->row_name[r] != NULL ? p->row_name[r] : "row");
    }
    for (size_t j = 0; j < p->cols; j++) {
        if (p->col_class[j] == PARK_COL_CONC || p->col_class[j] == PARK_COL_LIFTED ||
            p->col_class[j] == PARK_COL_OTHER)
            continue; /* their boxes follow from the limits checked above */
        double size = fmax(fabs(x[j]), 1e-6);
        violated(plan, fmax(p->col_lo[j] - x[j], x[j] - p->col_hi[j]), size,
                 "a flow or size outside its box");
    }
}

bool park_plan_check(park_plan *plan, const double *x, double tolerance)
{
    const park_super *super = plan->f->super;
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t u = 0; u < super->units; u++) {
            check_unit_water(plan, s, u);
            for (size_t c = 0; c < super->traced; c++)
                if (super->in_program[c])
                    check_unit_quality(plan, s, u, c);
            check_combined(plan, s, u);
        }
    check_rows(plan, x);
    return plan->worst <= tolerance;
}

/* ---- writing ------------------------------------------------------------------------------------------------------------ */

static double feed_conc(const park_plan *plan, size_t s, size_t u, size_t c)
{
    double Q = plan->unit_flow[PARK_FORM_SU(plan->f, s, u)];
    return Q > 0.0 ? plan->feed[PARK_FORM_SUC(plan->f, s, u, c)] / Q : 0.0;
}

static void put(double *x, int32_t col, double value)
{
    if (col >= 0)
        x[col] = value;
}

/* A concentration column of something that does not flow may stand anywhere in its box. */
static void put_conc(const park_program *p, double *x, int32_t col, double value, bool flows)
{
    if (col >= 0)
        x[col] = flows ? value : fmin(fmax(value, p->col_lo[col]), p->col_hi[col]);
}

static void write_masses(const park_plan *plan, double *x, size_t s, size_t u, size_t c)
{
    const park_formulation *f         = plan->f;
    const park_super       *super     = f->super;
    const park_unit_info   *unit      = &super->model->unit[u];
    const park_face        *face      = PARK_SUPER_FACE(super, s, u);
    size_t                  suc       = PARK_FORM_SUC(f, s, u, c);
    double                  unit_mass = f->flow_unit * f->conc_unit[c];
    put(x, f->feed_mass[suc], plan->feed[suc] * unit_mass);
    int32_t base    = f->base[suc];
    bool    mixture = false, mix_flows = false;
    double  mix = 0.0;
    for (size_t k = 0; k < unit->outlets; k++)
        if (face->outlet[k].rule[c] == PARK_QUALITY_MIX) {
            size_t at = (size_t)face->outlet[k].outlet;
            mixture   = true;
            if (plan->outlet_flow[PARK_FORM_SK(f, s, at)] > 0.0 || !mix_flows)
                mix = plan->conc[PARK_FORM_SKC(f, s, at, c)];
            mix_flows = mix_flows || plan->outlet_flow[PARK_FORM_SK(f, s, at)] > 0.0;
        }
    double Q = plan->unit_flow[PARK_FORM_SU(f, s, u)];
    if (base >= 0) {
        put_conc(&f->program, x, base, (mixture ? mix : feed_conc(plan, s, u, c)) * f->conc_unit[c],
                 mixture ? mix_flows : Q > 0.0);
        if (f->base_mass[suc] >= 0 && f->base_mass[suc] != f->feed_mass[suc])
            x[f->base_mass[suc]] = x[base] * Q * f->flow_unit;
        if (f->stored_mass[suc] >= 0)
            x[f->stored_mass[suc]] = x[base] * plan->volume[PARK_FORM_SU(f, s, u)] * f->volume_unit;
    }
    for (size_t k = 0; k < unit->outlets; k++) {
        size_t  at  = (size_t)face->outlet[k].outlet;
        double  F   = plan->outlet_flow[PARK_FORM_SK(f, s, at)];
        int32_t own = f->outlet_base[PARK_FORM_SKC(f, s, at, c)];
        put_conc(&f->program, x, own, plan->conc[PARK_FORM_SKC(f, s, at, c)] * f->conc_unit[c], F > 0.0);
        if (base >= 0)
            put(x, f->exit_mass[PARK_FORM_SKC(f, s, at, c)], F * f->flow_unit * x[base]);
        for (size_t e = super->out_start[at]; e < super->out_start[at + 1]; e++) {
            size_t slc = PARK_FORM_SLC(f, s, super->out_link[e], c);
            double q   = plan->link_flow[PARK_FORM_SL(f, s, super->out_link[e])] * f->flow_unit;
            if (f->link_w[slc] < 0)
                continue;
            double mass = q * plan->conc[PARK_FORM_SKC(f, s, at, c)] * f->conc_unit[c];
            bool   shared =
                base >= 0 && (face->outlet[k].rule[c] == PARK_QUALITY_MIX || park_formulate_ways(f, at) > 1);
            x[f->link_w[slc]] = own >= 0 ? q * x[own] : shared ? q * x[base] : mass;
        }
    }
}

static void write_choices(const park_plan *plan, double *x)
{
    const park_formulation *f     = plan->f;
    const park_super       *super = f->super;
    for (size_t u = 0; u < super->units; u++) {
        const park_unit_info *unit  = &super->model->unit[u];
        const park_map       *map   = PARK_SUPER_FACE(super, 0, u)->map;
        double                scale = unit->role == PARK_STORAGE ? f->volume_unit : f->flow_unit;
        double                size  = isnan(plan->size[u]) ? 0.0 : plan->size[u];
        put(x, f->size[u], size * scale);
        put(x, f->built[u], plan->built[u] ? 1.0 : 0.0);
        if (f->capital[u] >= 0)
            x[f->capital[u]] = size > 0.0 ? map->capex.scale *
                                                pow(size / map->capex.reference, map->capex.exponent) *
                                                park_annual_factor(super->model, map->life) * f->rate_unit
                                          : 0.0;
        for (int i = 0; f->step[u] >= 0 && i < f->steps[u]; i++)
            x[f->step[u] + i] = i <= plan->step[u] ? 1.0 : 0.0;
        for (size_t s = 0; s < super->seasons; s++) {
            put(x, f->running[PARK_FORM_SU(f, s, u)],
                plan->unit_flow[PARK_FORM_SU(f, s, u)] > 0.0 ? 1.0 : 0.0);
            put(x, f->unit_flow[PARK_FORM_SU(f, s, u)],
                plan->unit_flow[PARK_FORM_SU(f, s, u)] * f->flow_unit);
        }
    }
    for (size_t l = 0; l < super->links; l++)
        for (int i = 0; f->pipe[l] >= 0 && i < f->pipes[l]; i++)
            x[f->pipe[l] + i] =
                plan->used[l] && (f->pipe_first[l] < 0 || f->pipe_first[l] + i <= plan->pipe[l]) ? 1.0 : 0.0;
}

/* Used water that counts at a free-demand user: what arrives, at most what it requires. */
static void write_reuse(const park_plan *plan, double *x)
{
    const park_formulation *f     = plan->f;
    const park_super       *super = f->super;
    int32_t                 used  = super->tracer[PARK_TRACER_USED];
    for (size_t s = 0; s < super->seasons && used >= 0; s++)
        for (size_t u = 0; u < super->units; u++) {
            int32_t col = f->reuse[PARK_FORM_SU(f, s, u)];
            double  sum = 0.0;
            for (size_t e = super->in_start[u]; col >= 0 && e < super->in_start[u + 1]; e++) {
                const park_link_info *link = &super->model->link[super->in_link[e]];
                if (link->from != (int32_t)u)
                    sum += plan->link_flow[PARK_FORM_SL(f, s, super->in_link[e])] *
                           plan->conc[PARK_FORM_SKC(f, s, link->outlet, used)];
            }
            if (col >= 0)
                x[col] = fmin(sum * f->flow_unit, f->program.col_hi[col]);
        }
}

void park_plan_write(const park_plan *plan, double *x)
{
    const park_formulation *f     = plan->f;
    const park_super       *super = f->super;
    for (size_t s = 0; s < super->seasons; s++) {
        for (size_t l = 0; l < super->links; l++)
            put(x, f->link_flow[PARK_FORM_SL(f, s, l)],
                plan->link_flow[PARK_FORM_SL(f, s, l)] * f->flow_unit);
        for (size_t u = 0; u < super->units; u++)
            for (size_t c = 0; c < super->traced; c++)
                if (super->in_program[c])
                    write_masses(plan, x, s, u, c);
    }
    write_choices(plan, x);
    write_reuse(plan, x);
    park_tariff_write(f, x);
    park_future_write(f, x);
    park_stage_write(plan, x);
}

bool park_plan_recheck(const void *user, double *x, double *objective)
{
    const park_formulation *f     = user;
    park_arena             *arena = park_arena_new();
    park_plan              *plan  = arena != NULL ? park_plan_new(f, arena) : NULL;
    bool                    holds = plan != NULL && park_plan_read(plan, x, false);
    if (holds) {
        park_plan_write(plan, x);
        holds = park_plan_check(plan, x, 1e-8);
    }
    park_arena_free(arena);
    if (!holds)
        return false;
    *objective = f->program.constant;
    for (size_t j = 0; j < f->program.cols; j++)
        *objective += f->program.cost[j] * x[j];
    return true;
}
