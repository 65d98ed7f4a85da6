/*
 * Runs side by side. Each lane has its own course, at its own time: the lanes meet in their solves and nowhere else, so
 * one may be at noon while its neighbour switches a pump at ten. A lane whose run has ended takes the next one, at once or
 * together with the others.
 */
#include "hydraulics/lanes.h"
#include "period/course.h"

enum { L = PARK_LANES };

typedef struct lane {
    park_course     course;
    park_lane_run  *run; /* NULL: empty */
    park_lane_solve solve;
} lane;

typedef struct lane_crew {
    const park_period_settings *settings;
    const park_hydraulic_plan  *base;
    park_hydraulic_lanes       *lanes;
    park_hydraulic_work        *alone; /* of what is solved once more */
    lane                        lane[PARK_LANES];
} lane_crew;

/* The plan of a run: shared as park_period_run would, or by the graph. */
static park_status plan_of(const lane_crew *crew, park_lane_run *run, park_hydraulic_plan **plan)
{
    return crew->settings->plan != NULL
               ? park_hydraulic_plan_like(run->arena, crew->settings->plan, run->net, plan, &run->error)
               : park_hydraulic_plan_vary(run->arena, crew->base, run->net, plan, &run->error);
}

static park_status begin(lane_crew *crew, size_t k, park_lane_run *run)
{
    lane        *l = &crew->lane[k];
    park_course *c = &l->course;
    *c             = (park_course){.net      = run->net,
                                   .settings = crew->settings,
                                   .sink     = run->sink,
                                   .findings = run->findings,
                                   .arena    = run->arena,
                                   .work     = crew->alone};
    run->result = c->result = PARK_NEW(run->arena, park_period_result);
    if (run->result == NULL)
        return PARK_FAIL(&run->error, PARK_E_MEMORY, "no memory for the result");
    PARK_TRY(plan_of(crew, run, &c->plan));
    PARK_TRY(park_course_make(c, &run->error));
    PARK_TRY(park_hydraulic_lanes_seat(crew->lanes, k, c->plan, &run->error));
    l->run   = run;
    l->solve = (park_lane_solve){.settings = &c->solver, .state = &c->state};
    return PARK_OK;
}

static void tell_over(park_lane_run *run, park_status status)
{
    run->status = status;
    if (run->over != NULL)
        run->over(run->user, run);
}

static void leave(lane *l, park_status status)
{
    park_course_end(&l->course, status);
    tell_over(l->run, status);
    l->run   = NULL;
    l->solve = (park_lane_solve){0};
}

/* Give an empty lane the next run that can begin. */
static void fill(lane_crew *crew, size_t k, park_lane_run *run, size_t count, size_t *next)
{
    while (crew->lane[k].run == NULL && *next < count) {
        park_lane_run *r      = &run[(*next)++];
        park_status    status = begin(crew, k, r);
        if (status != PARK_OK) {
            r->result = NULL; /* it did not begin */
            tell_over(r, status);
        }
    }
}

/* An instant of a lane after its solve, and the next one up to its solve. */
static park_status go_on(lane *l, bool *ended)
{
    park_course *c   = &l->course;
    park_error  *err = &l->run->error;
    if (l->solve.status != PARK_OK)
        *err = l->solve.error;
    PARK_TRY(park_course_solved(c, l->solve.status, err));
    return park_epanet_after(c, ended, err);
}

static void before(lane *l)
{
    park_status status = park_epanet_before(&l->course, &l->run->error);
    if (status != PARK_OK)
        leave(l, status);
    else
        park_controls_remember(&l->course);
}

/* Lanes that begin together solve like instants together (pumps switch by the clock in all of them), so that fewer wait for
 * one that looks for its statuses. So where all runs are nearly through, an empty lane waits for the others to end. */
static bool worth_filling(const lane_crew *crew)
{
    static const double NEARLY = 0.9;
    size_t              busy = 0, ending = 0;
    for (size_t k = 0; k < L; k++) {
        const lane *l = &crew->lane[k];
        busy += l->run != NULL;
        ending += l->run != NULL && l->course.time >= NEARLY * (double)l->run->net->time.duration;
    }
    return busy == 0 || ending < busy;
}

/* Of the lanes that solved together. */
static uint64_t most_iterations(const lane_crew *crew, const park_lane_solve *solve)
{
    int32_t most = 0;
    for (size_t k = 0; k < L; k++)
        if (crew->lane[k].run != NULL && !solve[k].alone && solve[k].report.iterations > most)
            most = solve[k].report.iterations;
    return (uint64_t)most;
}

static void march(lane_crew *crew, park_lane_run *run, size_t count, park_lanes_told *told)
{
    size_t next = 0;
    for (bool busy = true; busy;) {
        park_lane_solve solve[PARK_LANES];
        bool            now = worth_filling(crew);
        busy                = false;
        for (size_t k = 0; k < L; k++) {
            lane *l = &crew->lane[k];
            do {
                if (now)
                    fill(crew, k, run, count, &next);
                if (l->run != NULL)
                    before(l);
            } while (now && l->run == NULL && next < count);
            busy |= l->run != NULL;
            solve[k] = l->solve;
        }
        if (!busy)
            break;
        park_hydraulic_lanes_solve(crew->lanes, solve);
        told->rounds++;
        told->slowest += most_iterations(crew, solve);
        for (size_t k = 0; k < L; k++) {
            lane *l = &crew->lane[k];
            if (l->run == NULL)
                continue;
            bool ended       = false;
            l->solve         = solve[k];
            l->course.report = solve[k].report;
            told->solves++;
            told->alone += solve[k].alone;
            told->iterations += (uint64_t)solve[k].report.iterations;
            park_status status = go_on(l, &ended);
            if (status != PARK_OK || ended)
                leave(l, status);
        }
    }
}

/* One after the other. */
static void march_alone(const park_period_settings *settings, park_lane_run *run, size_t count)
{
    for (size_t i = 0; i < count; i++)
        tell_over(&run[i], park_period_run(run[i].net, settings, run[i].sink, run[i].findings, run[i].arena,
                                           &run[i].result, &run[i].error));
}

park_status park_period_run_lanes(const park_period_settings *settings, size_t count, park_lane_run *run,
                                  park_lanes_told *told, park_error *err)
{
    park_lanes_told ignored;
    told  = told == NULL ? &ignored : told;
    *told = (park_lanes_told){0};
    if (count == 0)
        return PARK_OK;
    if (settings->stepping != PARK_STEPPING_EPANET) {
        march_alone(settings, run, count);
        return PARK_OK;
    }
    park_arena *scratch = park_arena_new();
    lane_crew  *c       = PARK_NEW(scratch, lane_crew);
    park_status status  = PARK_OK;
    if (c == NULL)
        status = PARK_FAIL(err, PARK_E_MEMORY, "no memory for %d runs side by side", PARK_LANES);
    else {
        *c = (lane_crew){.settings = settings, .base = settings->plan};
        if (c->base == NULL) {
            park_hydraulic_plan *plan;
            status  = park_hydraulic_plan_make(scratch, run[0].net, &plan, err);
            c->base = plan;
        }
        if (status == PARK_OK)
            status = park_hydraulic_lanes_make(scratch, c->base, &c->lanes, err);
        if (status == PARK_OK)
            status = park_hydraulic_work_make(scratch, c->base, &c->alone, err);
        if (status == PARK_OK)
            march(c, run, count, told);
    }
    park_arena_free(scratch);
    return status;
}
