/*
 * park_fixture.h - small parks built in code: a river, users, treatments and an outfall, in SI units.
 */
#ifndef PARK_TESTS_FIXTURE_H
#define PARK_TESTS_FIXTURE_H

#include "check.h"

#include "base/calendar.h"
#include "units/kind.h"

static const double MG_L = 1e-3, M3_H = 1.0 / 3600.0, KG_H = 1.0 / 3600.0;

static inline int64_t day_start(int32_t year, int32_t month, int32_t day) /* local midnight at +08:00 */
{
    return park_date_day(year, month, day) * 86400 - 8 * 3600;
}

static inline park_draft *draft_with(park_arena *arena, const char *const *constituents, size_t count)
{
    park_draft *draft = park_draft_new(arena, count);
    for (size_t c = 0; c < count; c++)
        draft->constituent[c].id = constituents[c];
    return draft;
}

static inline int32_t add_unit(park_draft *draft, park_role role, const char *word, const char *id)
{
    const park_unit_kind *kind = park_unit_kind_find(role, word);
    if (kind == NULL) {
        fprintf(stderr, "no kind %s\n", word);
        exit(1);
    }
    return park_draft_add(draft, kind, id);
}

/* Params of a unit while it is a draft, of the kind's struct. */
/* A connection that stands, of a capacity [m3/h] and neither length nor lift. */
static inline int32_t add_way(park_draft *draft, const char *id, const char *from, const char *to,
                              double capacity)
{
    return park_draft_connection(draft, (park_connection){.id       = id,
                                                          .from     = from,
                                                          .to       = to,
                                                          .existing = true,
                                                          .capacity = capacity * M3_H,
                                                          .length   = NAN,
                                                          .lift     = NAN});
}

static inline void *params_of(park_draft *draft, int32_t unit)
{
    union {
        const void *fixed;
        void       *open;
    } params = {.fixed = draft->unit[unit].params};
    return params.open;
}

static inline void period(park_draft *draft, int64_t start, int64_t end, park_season_rule rule)
{
    park_error err     = {0};
    draft->time.steady = false;
    draft->time.start  = start;
    draft->time.end    = end;
    CHECK(park_time_seasons(draft, rule, NULL, 0, &err) == PARK_OK);
}

static inline void print_findings(const park_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        fprintf(stderr, "  %s %s: %s | %s\n", park_code_name(findings->items[i].code),
                findings->items[i].path, findings->items[i].en, findings->items[i].zh);
}

static inline bool has_code(const park_findings *findings, park_code code)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].code == code)
            return true;
    return false;
}

/* Shape and freeze; false (with the findings printed when `quiet` is false) when the park does not stand. */
static inline bool stands(park_draft *draft, park_findings *findings, bool quiet)
{
    park_error err = {0};
    bool       ok  = park_draft_shape(draft, findings, &err) == PARK_OK &&
              park_model_freeze(draft, findings, &err) == PARK_OK;
    if (!ok && !quiet) {
        fprintf(stderr, "  %s\n", err.message);
        print_findings(findings);
    }
    return ok;
}

static inline int32_t link_between(const park_model *model, const char *from, const char *to)
{
    int32_t outlet = park_model_outlet(model, from), inlet = park_model_inlet(model, to);
    for (size_t l = 0; l < model->links; l++)
        if (model->link[l].outlet == outlet && model->link[l].inlet == inlet)
            return (int32_t)l;
    return -1;
}

#endif
