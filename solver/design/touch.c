/* What a plan touches; Eq. (O85) of docs/math/optimization.md. */
#include "design/touch.h"

#include "design/targets.h"

#include <string.h>

static const double TOUCH = 1e-6; /* relative: nearer counts as used up */

/* ---- units of statements ---------------------------------------------------------------------------------------------- */

static bool ends_with(const char *path, const char *word)
{
    size_t a = strlen(path), b = strlen(word);
    return a >= b && strcmp(path + a - b, word) == 0;
}

static void target_unit(const park_model *model, const char *path, double asked, park_worth_line *line)
{
    line->of = PARK_WORTH_SHARE, line->unit = 0.01 * fabs(asked), line->dim = PARK_DIM_FLOW;
    for (size_t i = 0; i < model->targets; i++) {
        const park_target *target = &model->target[i];
        size_t             length = strlen(target->quantity);
        bool               named  = target->subject != NULL && target->subject[0] != '\0';
        if (strncmp(path + 8, target->quantity, length) != 0 ||
            (named ? path[8 + length] != '.' || strcmp(path + 9 + length, target->subject) != 0
                   : path[8 + length] != '\0'))
            continue;
        park_target_kind kind = park_target_read(model, target).kind;
        line->dim             = target->dim;
        if (kind == PARK_TARGET_REUSE_RATE || kind == PARK_TARGET_NONCONVENTIONAL_RATE)
            line->of = PARK_WORTH_RATE, line->unit = 0.01;
        return;
    }
}

void park_statement_unit(const park_model *model, const char *path, double asked, park_worth_line *line)
{
    static const double HOUR = 3600.0;
    if (strncmp(path, "targets.", 8) == 0)
        target_unit(model, path, asked, line);
    else if (strcmp(path, "economics.budget") == 0)
        line->of = PARK_WORTH_MONEY, line->unit = 1e4, line->dim = PARK_DIM_MONEY;
    else if (ends_with(path, ".licence"))
        line->of = PARK_WORTH_LICENCE, line->unit = 1e4, line->dim = PARK_DIM_VOLUME;
    else if (ends_with(path, ".volume"))
        line->of = PARK_WORTH_STORAGE, line->unit = 1000.0, line->dim = PARK_DIM_VOLUME;
    else if (ends_with(path, ".capacity") || ends_with(path, ".demand"))
        line->of = PARK_WORTH_FLOW, line->unit = 1.0 / HOUR, line->dim = PARK_DIM_FLOW;
    else
        line->of = PARK_WORTH_CONC, line->unit = 1e-3, line->dim = PARK_DIM_CONC;
}

/* ---- the list ------------------------------------------------------------------------------------------------------------ */

typedef struct lister {
    park_formulation *f;
    const park_plan  *plan;
    const double     *x;
    const park_model *written;
    park_touches     *to;
    size_t            season; /* being listed */
} lister;

static bool used_up(double value, double limit)
{
    return isfinite(limit) && value >= limit * (1.0 - TOUCH);
}

static void touch(lister *l, int32_t statement, double asked, bool lower)
{
    if (statement < 0)
        return;
    const char   *path = l->f->statement[statement];
    park_touches *to   = l->to;
    for (size_t i = 0; i < to->count; i++)
        if (strcmp(to->line[i].path, path) == 0) {
            to->line[i].seasons += to->last[i] != l->season;
            to->last[i] = l->season;
            return;
        }
    if (!PARK_GROW(to->arena, to->line, to->count, to->cap) ||
        !PARK_GROW(to->arena, to->last, to->count, to->last_cap)) {
        to->failed = true;
        return;
    }
    park_worth_line line = {.asked   = asked,
                            .lower   = lower,
                            .seasons = 1,
                            .looser  = NAN,
                            .tighter = NAN,
                            .dual    = NAN,
                            .holds   = NAN};
    line.path            = park_arena_text(to->arena, path, strlen(path));
    to->failed           = to->failed || line.path == NULL;
    park_statement_unit(l->written, path, asked, &line);
    if (line.path != NULL)
        to->last[to->count] = l->season, to->line[to->count++] = line;
}

static int32_t word_of(lister *l, const park_unit_info *unit, double asked, const char *word)
{
    return park_formulate_statement(l->f, asked, l->f->flow_unit, "%s.%s.%s", park_role_section(unit->role),
                                    unit->id, word);
}

static void inlet_qualities(lister *l, size_t s, size_t u, size_t i)
{
    const park_super     *super = l->f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    size_t                at    = unit->first_inlet + i;
    double                Q     = l->plan->inlet_flow[s * super->inlets + at];
    for (size_t c = 0; Q > 0.0 && c < super->constituents; c++) {
        double limit = face->in_limit[i * super->traced + c], arrives = 0.0;
        if (!super->in_program[c] || isinf(limit))
            continue;
        for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
            const park_link_info *link = &super->model->link[super->in_link[e]];
            if (link->inlet == (int32_t)at)
                arrives += l->plan->link_flow[PARK_FORM_SL(l->f, s, super->in_link[e])] *
                           l->plan->conc[PARK_FORM_SKC(l->f, s, link->outlet, c)];
        }
        if (used_up(arrives / Q, limit))
            touch(l, park_formulate_limit_statement(l->f, at, c, limit),
                  face->map->in_limit[i * super->constituents + c], false);
    }
}

static void outlet_qualities(lister *l, size_t s, size_t u, size_t k)
{
    const park_super       *super = l->f->super;
    const park_unit_info   *unit  = &super->model->unit[u];
    const park_face        *face  = PARK_SUPER_FACE(super, s, u);
    const park_face_outlet *out   = &face->outlet[k];
    double                  F     = l->plan->outlet_flow[PARK_FORM_SK(l->f, s, out->outlet)];
    for (size_t c = 0; F > 0.0 && c < super->constituents; c++)
        if (super->in_program[c] && out->rule[c] != PARK_QUALITY_NONE &&
            used_up(l->plan->conc[PARK_FORM_SKC(l->f, s, out->outlet, c)], out->limit[c]))
            touch(l,
                  park_formulate_statement(l->f, out->limit[c], l->f->conc_unit[c] * l->f->flow_unit,
                                           "%s.%s.outlet.%s", park_role_section(unit->role), unit->id,
                                           super->model->constituent[c].id),
                  face->map->outlet[k].limit[c], false);
    for (size_t i = 0; F > 0.0 && out->rule[0] == PARK_QUALITY_MIX && i < face->map->combined_count; i++) {
        const park_map_combined *combined = &face->map->combined[i];
        double                   sum      = 0.0;
        for (size_t c = 0; c < super->constituents; c++)
            if (super->in_program[c])
                sum += combined->coef[c] * l->plan->conc[PARK_FORM_SKC(l->f, s, out->outlet, c)];
        if (used_up(sum, combined->limit))
            touch(l,
                  park_formulate_statement(l->f, combined->limit, 1.0, "%s.%s.circulating_limits.%s",
                                           park_role_section(unit->role), unit->id, combined->name),
                  combined->limit, false);
    }
}

/* A size that the user wrote: it stood before, or was built as large as it may be. */
static bool written_size(const lister *l, size_t u, double size)
{
    park_map  *map = park_map_new(l->to->arena, l->written, (int32_t)u);
    park_error err = {0};
    return map != NULL && park_unit_average(l->written, (int32_t)u, 0, map, &err) == PARK_OK &&
           isfinite(map->size_max) && size >= map->size_max * (1.0 - TOUCH);
}

static void flows(lister *l, size_t s, size_t u)
{
    const park_super     *super = l->f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    size_t                su    = PARK_FORM_SU(l->f, s, u);
    double                times = super->margins == NULL ? 1.0 : super->margins->unit_capacity_times[su];
    double                Q = l->plan->unit_flow[su], size = face->map->size_max;
    switch (unit->role) {
    case PARK_SOURCE:
        if (!face->outlet[0].affine &&
            used_up(l->plan->outlet_flow[PARK_FORM_SK(l->f, s, face->outlet[0].outlet)],
                    face->map->outlet[0].hi))
            touch(l, word_of(l, unit, face->map->outlet[0].hi, "capacity"), face->map->outlet[0].hi, false);
        return;
    case PARK_SINK:
        if (used_up(Q, face->map->in_hi[0]))
            touch(l, word_of(l, unit, face->map->in_hi[0], "capacity"), face->map->in_hi[0], false);
        return;
    case PARK_TREATMENT:
        if (used_up(Q / times, size) && written_size(l, u, size))
            touch(l, word_of(l, unit, size, "capacity"), size, false);
        return;
    case PARK_STORAGE:
        if (used_up(l->plan->volume[su], size) && written_size(l, u, size))
            touch(l, word_of(l, unit, size, "volume"), size, false);
        return;
    case PARK_USER: /* demands are what the park is for, no limits */
    case PARK_ROLES:
        return;
    }
}

static void licence(lister *l, size_t u)
{
    const park_super     *super = l->f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    double                limit = PARK_SUPER_FACE(super, 0, u)->map->licence, sum = 0.0;
    if (!isfinite(limit) || (unit->role != PARK_SOURCE && unit->role != PARK_SINK))
        return;
    for (size_t s = 0; s < super->seasons; s++)
        sum += super->weight[s] * (unit->role == PARK_SINK
                                       ? l->plan->unit_flow[PARK_FORM_SU(l->f, s, u)]
                                       : l->plan->outlet_flow[PARK_FORM_SK(l->f, s, unit->first_outlet)]);
    if (used_up(sum, limit))
        touch(l, word_of(l, unit, limit, "licence"), limit, false);
}

static void links(lister *l, size_t s)
{
    const park_super *super = l->f->super;
    for (size_t i = 0; i < super->links; i++) {
        double capacity = super->model->link[i].capacity, asked = l->written->link[i].capacity;
        double times =
            super->margins == NULL ? 1.0 : super->margins->link_capacity_times[s * super->links + i];
        if (super->active[i] && capacity >= asked && /* not a pipe's, which was chosen */
            used_up(l->plan->link_flow[PARK_FORM_SL(l->f, s, i)], capacity * times))
            touch(l,
                  park_formulate_statement(l->f, asked, l->f->flow_unit, "connections.%s.%s.capacity",
                                           l->written->link[i].existing ? "existing" : "candidates",
                                           l->written->link[i].id),
                  asked, false);
    }
}

/* Rows that carry a statement of the whole park: targets, the budget. */
static void rows(lister *l)
{
    const park_program *p = &l->f->program;
    for (size_t r = 0; r < p->rows; r++) {
        int32_t k = p->statement[r];
        if (k < 0 || (strncmp(l->f->statement[k], "targets.", 8) != 0 &&
                      strcmp(l->f->statement[k], "economics.budget") != 0))
            continue;
        double sum = 0.0, size = 1e-6;
        for (size_t e = p->start[r]; e < p->start[r + 1]; e++) {
            double term = p->value[e] * l->x[p->index[e]];
            sum += term, size = fmax(size, fabs(term));
        }
        bool target = isinf(p->row_hi[r]); /* written as a sum of at least zero, whichever side it is */
        if (target ? sum - p->row_lo[r] > TOUCH * size : p->row_hi[r] - sum > TOUCH * size)
            continue;
        double asked = target ? l->f->asked[k] : l->written->economics.budget;
        bool   lower = false;
        for (size_t i = 0; target && i < l->written->targets; i++) {
            const park_target *t      = &l->written->target[i];
            size_t             length = strlen(t->quantity);
            bool               named  = t->subject != NULL && t->subject[0] != '\0';
            const char        *rest   = l->f->statement[k] + 8 + length;
            if (strncmp(l->f->statement[k] + 8, t->quantity, length) == 0 &&
                (named ? *rest == '.' && strcmp(rest + 1, t->subject) == 0 : *rest == '\0'))
                lower = isfinite(t->min), asked = lower ? t->min : t->max;
        }
        touch(l, k, asked, lower);
    }
}

void park_touch_list(park_formulation *f, const park_plan *plan, const double *x, const park_model *written,
                     park_touches *touches)
{
    const park_super *super = f->super;
    lister            l     = {f, plan, x, written, touches, 0};
    for (size_t s = 0; s < super->seasons; s++) {
        l.season = s;
        for (size_t u = 0; u < super->units; u++) {
            for (size_t i = 0; i < super->model->unit[u].inlets; i++)
                inlet_qualities(&l, s, u, i);
            for (size_t k = 0; k < super->model->unit[u].outlets; k++)
                outlet_qualities(&l, s, u, k);
            flows(&l, s, u);
        }
        links(&l, s);
    }
    for (size_t u = 0; u < super->units; u++)
        licence(&l, u);
    rows(&l);
    touches->failed = touches->failed || f->failed;
}
