/*
 * pareto.c - the front of two objectives (docs/math/optimization.md, O51-O53): its ends first, then points between them
 * at equal steps of the first objective, from its least upwards, so that each point's design is permitted at the next.
 */
#include "base/clock.h"
#include "design/solve.h"

static const double ROOM = 1e-6; /* relative room of an objective that is held (O43) */
static const double STRAIGHT =
    1e-4; /* a knee lies nearer to the origin than the line between the ends by that */

typedef struct front_run {
    const park_model           *model;
    const park_design_settings *settings;
    park_arena                 *arena;
    park_findings              *findings;
    park_model                 *alone[2]; /* the park with one objective */
    double                      started;
    size_t                      stages; /* solves that may still come */
    uint64_t                    nodes, lps, work, shared;
    bool                        reproducible;
} front_run;

static double room(double value)
{
    return ROOM * fmax(fabs(value), 1.0);
}

static double gap_of(double value, double bound)
{
    double gap = fabs(value - bound) / fmax(fabs(value), 1e-9);
    return isfinite(gap) ? gap : INFINITY;
}

/* A bound lies below its value, but for the rounding between two programs. */
static double below(double bound, double value)
{
    return isfinite(bound) ? fmin(bound, value) : NAN;
}

static bool exhausted(const front_run *run)
{
    const park_design_settings *all = run->settings;
    return park_clock_seconds() - run->started >= all->time_limit ||
           (all->work_limit > 0 && run->work >= all->work_limit) || park_cancel_why(all->cancel) != 0;
}

/* An equal share of what is left goes to every solve that may still come. */
static void share(const front_run *run, park_design_settings *here)
{
    double n = (double)(run->stages > 0 ? run->stages : 1);
    if (isfinite(here->time_limit))
        here->time_limit = fmax((here->time_limit - (park_clock_seconds() - run->started)) / n, 0.05);
    if (here->work_limit > 0) {
        uint64_t left    = here->work_limit > run->work ? here->work_limit - run->work : 1;
        here->work_limit = (uint64_t)fmax(1.0, (double)left / n);
    }
}

/* Least objective `which` (0, 1) where the other is at most `most`. */
static park_status stage(front_run *run, int which, double most, double known, const park_design *start,
                         park_design **design, park_error *err)
{
    const park_model    *model = run->model;
    park_design_settings here  = *run->settings;
    share(run, &here);
    here.start = start, here.known_bound = known;
    here.held = isfinite(most), here.held_kind = model->objective[1 - which], here.held_most = most;
    PARK_TRY(park_solve_any(run->alone[which], &here, run->arena, design, run->findings, err));
    if (run->stages > 0)
        run->stages--;
    run->nodes += (*design)->nodes, run->lps += (*design)->lps, run->work += (*design)->work;
    run->shared += (*design)->work_shared;
    run->reproducible = run->reproducible && (*design)->reproducible;
    return PARK_OK;
}

static void set_values(const front_run *run, park_front_point *point, park_design *design)
{
    for (int i = 0; i < 2; i++)
        point->value[i] = design->value[run->model->objective[i]];
    point->design = design;
}

/*
 * The point at a ceiling of the first objective (O51). `least`: what is known to bound that objective where it has been
 * minimised already, else -INFINITY. point->design stays NULL when the limits allow none.
 */
static park_status find(front_run *run, double most, double least, double known, const park_design *start,
                        park_front_point *point, park_error *err)
{
    park_design *second, *first;
    *point = (park_front_point){.bound = {least, NAN}, .most = most};
    PARK_TRY(stage(run, 1, most, known, start, &second, err));
    point->bound[1] = second->bound;
    if (second->link_flow == NULL)
        return PARK_OK;
    set_values(run, point, second);
    if (isfinite(least) || exhausted(run))
        return PARK_OK;
    PARK_TRY(stage(run, 0, point->value[1] + room(point->value[1]), -INFINITY, second, &first, err));
    point->bound[0] = first->bound;
    if (first->link_flow != NULL && first->value[run->model->objective[0]] <= point->value[0])
        set_values(run, point, first);
    return PARK_OK;
}

/* ---- what stays of the points ---------------------------------------------------------------------------------------- */

void park_front_carry(park_front_point *point, size_t count)
{
    for (size_t i = count; i-- > 1;)
        if (isfinite(point[i].bound[1]) && !(point[i - 1].bound[1] >= point[i].bound[1]))
            point[i - 1].bound[1] = point[i].bound[1];
}

static void judge(const park_design_settings *settings, park_front_point *point)
{
    for (int i = 0; i < 2; i++) {
        point->bound[i] = below(point->bound[i], point->value[i]);
        point->gap[i]   = gap_of(point->value[i], point->bound[i]);
    }
    double worst  = fmax(point->gap[0], point->gap[1]);
    point->status = worst <= fmin(1e-4, settings->gap) ? PARK_DESIGN_OPTIMAL
                    : worst <= settings->gap           ? PARK_DESIGN_GAP_REACHED
                                                       : PARK_DESIGN_LIMIT_FEASIBLE;
}

static bool precedes(const park_front_point *a, const park_front_point *b)
{
    return a->value[0] < b->value[0] || (a->value[0] == b->value[0] && a->value[1] < b->value[1]);
}

static void sort(park_front_point *point, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        park_front_point moving = point[i];
        size_t           at     = i;
        for (; at > 0 && precedes(&moving, &point[at - 1]); at--)
            point[at] = point[at - 1];
        point[at] = moving;
    }
}

size_t park_front_undominated(park_front_point *point, size_t count)
{
    size_t kept = 0;
    sort(point, count);
    for (size_t i = 0; i < count; i++) {
        const park_front_point *last = kept > 0 ? &point[kept - 1] : NULL;
        if (last != NULL && point[i].value[1] >= last->value[1] - 2.0 * room(last->value[1]))
            continue;
        if (last != NULL && point[i].value[0] <= last->value[0] + 2.0 * room(last->value[0]))
            kept--;
        point[kept++] = point[i];
    }
    return kept;
}

int32_t park_front_knee(const park_front_point *point, size_t count)
{
    int32_t knee = -1;
    double  most = STRAIGHT;
    for (size_t i = 1; i + 1 < count; i++) {
        const park_front_point *a = &point[0], *b = &point[count - 1];
        double                  x = (point[i].value[0] - a->value[0]) / (b->value[0] - a->value[0]);
        double                  y = (point[i].value[1] - b->value[1]) / (a->value[1] - b->value[1]);
        double                  d = (1.0 - x - y) / sqrt(2.0);
        if (d > most + 1e-9) /* of two as far the first */
            most = d, knee = (int32_t)i;
    }
    return knee;
}

/* ---- the whole ---------------------------------------------------------------------------------------------------------- */

/* The design handed back, in words of the second objective; it stands for the work of all. */
static park_status hand_back(const front_run *run, park_front *front, park_design **design, park_error *err)
{
    const park_front_point *point  = &front->point[front->chosen];
    park_design            *chosen = PARK_NEW(run->arena, park_design);
    if (chosen == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the front");
    *chosen                = *point->design;
    chosen->objective_kind = front->kind[1], chosen->unit = front->unit[1];
    chosen->objective = point->value[1], chosen->bound = point->bound[1], chosen->gap = point->gap[1];
    chosen->root_bound = point->bound[1];
    chosen->status     = front->missing > 0 ? PARK_DESIGN_LIMIT_FEASIBLE : PARK_DESIGN_OPTIMAL;
    for (size_t i = 0; i < front->points; i++)
        if (front->point[i].status > chosen->status)
            chosen->status = front->point[i].status;
    chosen->nodes = run->nodes, chosen->lps = run->lps, chosen->work = run->work;
    chosen->work_shared  = run->shared;
    chosen->reproducible = run->reproducible;
    chosen->seconds      = park_clock_seconds() - run->started;
    chosen->front        = front;
    *design              = chosen;
    return PARK_OK;
}

static park_status settle(front_run *run, park_front *front, size_t found, park_design **design,
                          park_error *err)
{
    park_front_carry(front->point, found);
    for (size_t i = 0; i < found; i++)
        judge(run->settings, &front->point[i]);
    front->points    = park_front_undominated(front->point, found);
    front->dominated = found - front->points;
    front->knee      = park_front_knee(front->point, front->points);
    front->chosen    = front->knee >= 0 ? front->knee : 0;
    return hand_back(run, front, design, err);
}

/* The points between the ends, from the least first objective upwards. */
static park_status between(front_run *run, park_front *front, size_t *found, const park_front_point *last,
                           park_error *err)
{
    size_t             steps = front->asked - 1;
    double             from = front->point[0].value[0], span = last->value[0] - from;
    const park_design *start = front->point[0].design;
    for (size_t k = 1; k < steps; k++) {
        park_front_point *point = &front->point[*found];
        if (exhausted(run)) {
            front->missing += steps - k;
            return PARK_OK;
        }
        run->stages = 2 * (steps - k);
        PARK_TRY(find(run, from + span * (double)k / (double)steps, -INFINITY,
                      isfinite(last->bound[1]) ? last->bound[1] : -INFINITY, start, point, err));
        if (point->design == NULL) {
            front->missing++;
            continue;
        }
        start = point->design;
        ++*found;
    }
    return PARK_OK;
}

static park_status prepare(front_run *run, park_front **front, park_error *err)
{
    const park_model *model = run->model;
    *front                  = PARK_NEW(run->arena, park_front);
    run->alone[0]           = PARK_NEW(run->arena, park_model);
    run->alone[1]           = PARK_NEW(run->arena, park_model);
    if (*front == NULL || run->alone[0] == NULL || run->alone[1] == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the front");
    **front = (park_front){.asked = (size_t)model->front_points, .knee = -1, .chosen = -1};
    for (int i = 0; i < 2; i++) {
        *run->alone[i]              = *model;
        run->alone[i]->front_points = 0, run->alone[i]->objectives = 1;
        run->alone[i]->objective[0] = model->objective[i];
        (*front)->kind[i]           = model->objective[i];
        (*front)->unit[i]           = park_objective_unit(model->objective[i]);
    }
    (*front)->point = PARK_ARRAY(run->arena, (*front)->asked, park_front_point);
    return (*front)->point != NULL ? PARK_OK
                                   : PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the front");
}

park_status park_solve_front(const park_model *model, const park_design_settings *settings, park_arena *arena,
                             park_design **design, park_findings *findings, park_error *err)
{
    front_run        run = {.model        = model,
                            .settings     = settings,
                            .arena        = arena,
                            .findings     = findings,
                            .started      = park_clock_seconds(),
                            .reproducible = true};
    park_front      *front;
    park_front_point last  = {0};
    size_t           found = 1;
    if (model->objectives != 2 || model->front_points < 2)
        return PARK_FAIL(err, PARK_E_RANGE, "a front is of two objectives and at least two points");
    PARK_TRY(prepare(&run, &front, err));
    run.stages = 2 * front->asked;
    PARK_TRY(stage(&run, 0, INFINITY, -INFINITY, settings->start, design, err));
    if ((*design)->link_flow == NULL)
        return PARK_OK;
    const park_design *least = *design;
    double             value = least->value[model->objective[0]];
    PARK_TRY(find(&run, value + room(value), isfinite(least->bound) ? least->bound : -INFINITY, -INFINITY,
                  least, &front->point[0], err));
    if (front->point[0].design == NULL) /* its own start is one, unless arithmetic fails */
        set_values(&run, &front->point[0], *design);
    if (!exhausted(&run))
        PARK_TRY(find(&run, INFINITY, -INFINITY, -INFINITY, front->point[0].design, &last, err));
    if (last.design == NULL)
        front->missing = front->asked - 1;
    else if (last.value[0] > front->point[0].value[0] + 2.0 * room(value))
        PARK_TRY(between(&run, front, &found, &last, err));
    if (last.design != NULL)
        front->point[found++] = last;
    return settle(&run, front, found, design, err);
}
