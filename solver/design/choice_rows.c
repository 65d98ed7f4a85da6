/*
 * choice_rows.c - what is built and how large: sizes of treatments and storages, pipes from the catalogue, turndown,
 * the budget (docs/math/optimization.md, O23-O27).
 *
 *     continuous size   0 <= x <= size_max,  Q_s <= x,  capital t >= scale (x / reference)^exponent      (O23)
 *     stepped size      x = sum_i (size_i - size_i-1) z_i,  1 >= z_0 >= z_1 >= ...                       (O24)
 *     pipe              q_s <= sum_i (capacity_i - capacity_i-1) z_i,  likewise: z_i says "at least the
 *                       i-th size"; the relaxation is the lower convex envelope of the catalogue, and a
 *                       point rounded up stays consistent                                                (O25)
 *     turndown          running r in {0,1}:  Q <= Q_hi r,  Q >= share x - share x_hi (1 - r)              (O26)
 */
#include "design/costs.h"
#include "design/formulation.h"
#include "design/futures.h"

static const int STEPS_MOST = 24;

static int32_t binary(park_formulation *f)
{
    int32_t col = f->failed ? -1 : park_program_integer(&f->program, 0.0, 1.0, 0.0, NULL);
    if (col < 0)
        f->failed = true;
    return col;
}

/* z_0 >= z_1 >= ... */
static void at_least(park_formulation *f, int32_t first, int count)
{
    for (int i = 0; i + 1 < count && !f->failed; i++) {
        park_sum sum = {0};
        park_sum_add(f, &sum, first + i, 1.0);
        park_sum_add(f, &sum, first + i + 1, -1.0);
        park_formulate_row(f, &sum, 0.0, INFINITY, -1, "sizes in order");
    }
}

static double size_unit(const park_formulation *f, const park_unit_info *unit)
{
    return unit->role == PARK_STORAGE ? f->volume_unit : f->flow_unit;
}

/* What the size must hold in a season: inflow of a treatment, volume of a storage, in program units. */
static bool sum_use(park_formulation *f, park_sum *sum, size_t s, size_t u)
{
    const park_super *super = f->super;
    if (super->model->unit[u].role != PARK_STORAGE) {
        double times =
            super->margins == NULL ? 1.0 : super->margins->unit_capacity_times[PARK_FORM_SU(f, s, u)];
        park_sum_unit_flow(f, sum, s, u, 1.0 / times);
        return true;
    }
    if (f->volume[PARK_FORM_SU(f, s, u)] < 0)
        return false;
    park_sum_add(f, sum, f->volume[PARK_FORM_SU(f, s, u)], 1.0);
    if (super->margins != NULL)
        sum->constant += super->margins->storage_reserve[u] * f->volume_unit;
    return true;
}

/* The largest use that the boxes allow, SI. */
static double use_most(const park_formulation *f, size_t u)
{
    const park_super *super = f->super;
    double            most  = 0.0;
    for (size_t s = 0; s < super->seasons; s++) {
        if (super->model->unit[u].role != PARK_STORAGE) {
            double times =
                super->margins == NULL ? 1.0 : super->margins->unit_capacity_times[PARK_FORM_SU(f, s, u)];
            most = fmax(most, PARK_SUPER_FACE(super, s, u)->hi / times);
        } else if (f->volume[PARK_FORM_SU(f, s, u)] >= 0) {
            double reserve = super->margins == NULL ? 0.0 : super->margins->storage_reserve[u];
            most = fmax(most, f->program.col_hi[f->volume[PARK_FORM_SU(f, s, u)]] / f->volume_unit + reserve);
        }
    }
    return most;
}

static void size_holds(park_formulation *f, size_t u, int32_t statement)
{
    for (size_t s = 0; s < f->super->seasons; s++) {
        park_sum sum = {0};
        if (!sum_use(f, &sum, s, u))
            continue;
        park_sum_add(f, &sum, f->size[u], -1.0);
        park_formulate_row(f, &sum, -INFINITY, 0.0, statement, "size");
    }
}

/* (O24) */
static void stepped(park_formulation *f, size_t u, const park_map *map, double most)
{
    const park_unit_info *unit  = &f->super->model->unit[u];
    double                scale = size_unit(f, unit);
    park_sum              size  = {0};
    int                   steps = park_size_steps(map, most);
    f->size[u] = park_formulate_col(f, PARK_COL_SIZE, 0.0, park_size_of_step(map, steps - 1) * scale);
    for (int i = 0; i < steps; i++) {
        int32_t z = binary(f);
        if (i == 0)
            f->step[u] = z;
        park_sum_add(f, &size, z,
                     (park_size_of_step(map, i) - (i > 0 ? park_size_of_step(map, i - 1) : 0.0)) * scale);
    }
    f->steps[u] = steps;
    at_least(f, f->step[u], steps);
    park_sum_add(f, &size, f->size[u], -1.0);
    park_formulate_row(f, &size, 0.0, 0.0, -1, "stepped size");
}

/* (O23): the concave law as the tree relaxes it; a convex one (exponent above 1) by tangents. */
static void continuous(park_formulation *f, size_t u, const park_map *map, double most)
{
    const park_unit_info *unit  = &f->super->model->unit[u];
    double                scale = size_unit(f, unit), yearly = park_annual_factor(f->super->model, map->life);
    bool                  law = map->capex.scale > 0.0;
    f->size[u]                = park_formulate_col(f, PARK_COL_SIZE, 0.0, most * scale);
    bool choice               = map->size_min > 0.0 || map->capex.fixed > 0.0 || map->fixed_opex > 0.0;
    if (choice) {
        park_sum sum = {0};
        f->built[u]  = binary(f);
        park_sum_add(f, &sum, f->size[u], 1.0);
        park_sum_add(f, &sum, f->built[u], -most * scale);
        park_formulate_row(f, &sum, -INFINITY, 0.0, -1, "built");
        if (map->size_min > 0.0) {
            park_sum_clear(&sum);
            park_sum_add(f, &sum, f->size[u], 1.0);
            park_sum_add(f, &sum, f->built[u], -map->size_min * scale);
            park_formulate_row(f, &sum, 0.0, INFINITY, -1, "smallest size");
        }
    }
    if (!law || map->capex.exponent == 1.0 || f->failed)
        return; /* linear: on the size's own cost */
    double money  = f->rate_unit * yearly;
    double hi     = map->capex.scale * pow(most / map->capex.reference, map->capex.exponent) * money;
    f->capital[u] = park_formulate_col(f, PARK_COL_OTHER, 0.0, hi * (1.0 + 1e-9) + 1e-12);
    if (map->capex.exponent < 1.0) {
        if (park_program_concave(&f->program, f->capital[u], f->size[u], map->capex.scale * money,
                                 map->capex.reference * scale, map->capex.exponent) < 0)
            f->failed = true;
        return;
    }
    for (int i = 1; i <= 8; i++) { /* tangents of the convex law at i/8 of the largest size */
        double   x = most * i / 8.0, e = map->capex.exponent;
        double   value = map->capex.scale * pow(x / map->capex.reference, e) * money, slope = value * e / x;
        park_sum sum = {0};
        park_sum_add(f, &sum, f->capital[u], 1.0);
        park_sum_add(f, &sum, f->size[u], -slope / scale);
        park_formulate_row(f, &sum, value - slope * x, INFINITY, -1, "tangent");
    }
}

/* (O26) */
static void turndown(park_formulation *f, size_t u, const park_map *map, double most)
{
    const park_super *super = f->super;
    double            share = map->turndown;
    if (!(share > 0.0) || super->model->unit[u].role != PARK_TREATMENT || isinf(most))
        return;
    for (size_t s = 0; s < super->seasons; s++) {
        park_sum sum                      = {0};
        int32_t  run                      = binary(f);
        f->running[PARK_FORM_SU(f, s, u)] = run;
        park_sum_unit_flow(f, &sum, s, u, 1.0);
        park_sum_add(f, &sum, run, -PARK_SUPER_FACE(super, s, u)->hi * f->flow_unit);
        park_formulate_row(f, &sum, -INFINITY, 0.0, -1, "running");
        park_sum_clear(&sum);
        park_sum_unit_flow(f, &sum, s, u, 1.0);
        if (f->size[u] >= 0) {
            park_sum_add(f, &sum, f->size[u], -share);
            park_sum_add(f, &sum, run, -share * most * f->flow_unit);
            park_formulate_row(f, &sum, -share * most * f->flow_unit, INFINITY, -1, "turndown");
        } else {
            park_sum_add(f, &sum, run, -share * most * f->flow_unit);
            park_formulate_row(f, &sum, 0.0, INFINITY, -1, "turndown");
        }
    }
}

static void unit_size(park_formulation *f, size_t u)
{
    const park_unit_info *unit = &f->super->model->unit[u];
    const park_map       *map  = PARK_SUPER_FACE(f->super, 0, u)->map;
    if (unit->role != PARK_TREATMENT && unit->role != PARK_STORAGE)
        return;
    double most = fmin(use_most(f, u), map->size_max >= 0.0 ? map->size_max : INFINITY);
    if (f->super->options.standing != NULL && f->super->options.standing->size[u] > most)
        most = f->super->options.standing->size[u];
    bool capital = park_needs_capital(map) || (!map->existing && map->fixed_opex > 0.0);
    if (map->sized && !map->existing && map->size_step > 0.0 && isfinite(map->size_max) &&
        park_size_steps(map, map->size_max) <= STEPS_MOST)
        stepped(f, u, map, most);
    else if (!map->existing && (capital || map->size_min > 0.0))
        continuous(f, u, map, most);
    int32_t statement = park_formulate_statement(f, map->size_max, size_unit(f, unit), "%s.%s.%s",
                                                 park_role_section(unit->role), unit->id,
                                                 unit->role == PARK_STORAGE ? "volume" : "capacity");
    if (f->size[u] >= 0)
        size_holds(f, u, statement);
    else if (unit->role == PARK_STORAGE && f->super->margins != NULL && isfinite(map->size_max))
        for (size_t s = 0; s < f->super->seasons; s++) {
            park_sum sum = {0};
            if (sum_use(f, &sum, s, u))
                park_formulate_row(f, &sum, -INFINITY, map->size_max * f->volume_unit, statement, "reserve");
        }
    turndown(f, u, map, map->existing ? map->size_max : most);
}

/* (O25) */
static void link_pipe(park_formulation *f, size_t l)
{
    const park_super     *super = f->super;
    const park_link_info *link  = &super->model->link[l];
    double                most  = 0.0;
    for (size_t s = 0; s < super->seasons; s++)
        most = fmax(most,
                    super->link_most != NULL ? super->link_most[l] : super->link_hi[PARK_FORM_SL(f, s, l)]);
    park_pipe_range      range    = park_pipe_sizes(super->model, link, most);
    const park_standing *standing = super->options.standing;
    if (standing != NULL && range.count > 0 && standing->pipe[l] >= range.first)
        range.count = standing->pipe[l] - range.first + 1;
    if (range.count == 0 && !(link->min_flow > 0.0 && !link->existing && !link->free))
        return;
    int count        = range.count == 0 ? 1 : range.count;
    f->pipes[l]      = count;
    f->pipe_first[l] = range.count == 0 ? -1 : range.first;
    for (int i = 0; i < count; i++) {
        int32_t z = binary(f);
        if (i == 0)
            f->pipe[l] = z;
    }
    if (f->failed)
        return;
    park_sum sum = {0};
    at_least(f, f->pipe[l], count);
    for (size_t s = 0; s < super->seasons; s++) {
        double hi = super->link_hi[PARK_FORM_SL(f, s, l)];
        park_sum_clear(&sum);
        park_sum_add(f, &sum, f->link_flow[PARK_FORM_SL(f, s, l)], 1.0);
        double below = 0.0;
        for (int i = 0; i < count; i++) {
            double capacity =
                range.count == 0 ? hi : fmin(hi, park_pipe_capacity(super->model, range.first + i));
            park_sum_add(f, &sum, f->pipe[l] + i, -(capacity - below) * f->flow_unit);
            below = capacity;
        }
        park_formulate_row(f, &sum, -INFINITY, 0.0, -1, "pipe capacity");
    }
    if (!(link->min_flow > 0.0) || link->existing || standing != NULL)
        return;
    park_sum_clear(&sum); /* a pipe with less on the year's average is not worth laying */
    for (size_t s = 0; s < super->seasons; s++)
        park_sum_add(f, &sum, f->link_flow[PARK_FORM_SL(f, s, l)], park_super_share(super, -1, s));
    park_sum_add(f, &sum, f->pipe[l], -link->min_flow * f->flow_unit);
    park_formulate_row(f, &sum, 0.0, INFINITY, -1, "least flow");
}

void park_sum_unit_capital(park_formulation *f, park_sum *sum, size_t u, double scale)
{
    const park_unit_info *unit = &f->super->model->unit[u];
    const park_map       *map  = PARK_SUPER_FACE(f->super, 0, u)->map;
    if (f->size[u] < 0 || !park_needs_capital(map))
        return;
    for (int i = 0; f->step[u] >= 0 && i < f->steps[u]; i++)
        park_sum_add(f, sum, f->step[u] + i, park_capex_step(map, i) * scale);
    if (f->step[u] >= 0)
        return;
    if (f->capital[u] >= 0)
        park_sum_add(f, sum, f->capital[u],
                     scale / (f->rate_unit * park_annual_factor(f->super->model, map->life)));
    else if (map->capex.scale > 0.0)
        park_sum_add(f, sum, f->size[u],
                     map->capex.scale / map->capex.reference / size_unit(f, unit) * scale);
    if (f->built[u] >= 0 && map->capex.fixed > 0.0)
        park_sum_add(f, sum, f->built[u], map->capex.fixed * scale);
}

void park_sum_link_capital(park_formulation *f, park_sum *sum, size_t l, double scale)
{
    for (int i = 0; i < f->pipes[l] && f->pipe_first[l] >= 0; i++)
        park_sum_add(f, sum, f->pipe[l] + i,
                     park_pipe_step(f->super->model, &f->super->model->link[l], f->pipe_first[l], i) * scale);
}

/* (O27) Everything that is invested within the budget; `capital` is a yearly cost, divided back by its factor. */
static void budget(park_formulation *f)
{
    const park_super *super = f->super;
    const park_model *model = super->model;
    double            limit = model->economics.budget;
    park_sum          sum   = {0};
    if (isinf(limit) || isnan(limit) || !(limit > 0.0))
        return;
    for (size_t u = 0; u < super->units; u++)
        park_sum_unit_capital(f, &sum, u, 1.0 / limit);
    for (size_t l = 0; l < super->links; l++)
        park_sum_link_capital(f, &sum, l, 1.0 / limit);
    park_formulate_row(f, &sum, -INFINITY, 1.0,
                       park_formulate_statement(f, limit, 1.0 / limit, "economics.budget"), "budget");
}

static void fix(park_formulation *f, int32_t col, double value)
{
    if (col >= 0)
        f->program.col_lo[col] = f->program.col_hi[col] = value;
}

/* (O72) Choices made elsewhere are no choices. */
static void stand(park_formulation *f, const park_standing *standing)
{
    const park_super *super = f->super;
    for (size_t u = 0; u < super->units; u++) {
        const park_map *map  = PARK_SUPER_FACE(super, 0, u)->map;
        double          size = standing->built[u] && standing->size[u] > 0.0 ? standing->size[u] : 0.0;
        fix(f, f->size[u], size * size_unit(f, &super->model->unit[u]));
        fix(f, f->built[u], standing->built[u] ? 1.0 : 0.0);
        for (int i = 0; f->step[u] >= 0 && i < f->steps[u]; i++)
            fix(f, f->step[u] + i,
                size > 0.0 && (i == 0 || park_size_of_step(map, i - 1) < size * (1.0 - 1e-9)) ? 1.0 : 0.0);
    }
    for (size_t l = 0; l < super->links; l++)
        for (int i = 0; f->pipe[l] >= 0 && i < f->pipes[l]; i++)
            fix(f, f->pipe[l] + i,
                standing->used[l] && (f->pipe_first[l] < 0 || f->pipe_first[l] + i <= standing->pipe[l])
                    ? 1.0
                    : 0.0);
}

void park_formulate_choices(park_formulation *f)
{
    const park_super *super = f->super;
    for (size_t u = 0; u < super->units && !f->failed; u++)
        unit_size(f, u);
    for (size_t l = 0; l < super->links && !f->failed; l++)
        if (super->active[l])
            link_pipe(f, l);
    if (!f->failed && super->options.standing == NULL)
        budget(f);
    else if (!f->failed)
        stand(f, super->options.standing);
}
