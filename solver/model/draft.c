#include <parkwater/model.h>

#include <string.h>

static const double YEAR = 365.0 * 86400.0; /* a year of the contract [s] */

static void default_economics(park_economics *economics)
{
    economics->discount      = 0.06;
    economics->life          = 15.0 * YEAR;
    economics->annual_factor = NAN;
    economics->hours         = YEAR;
    economics->budget        = INFINITY;
    economics->price_year    = 0;
}

static void default_tariffs(park_tariffs *tariffs)
{
    tariffs->power = 0.65 / 3.6e6; /* 0.65 CNY/kWh, industrial 10 kV in Hunan, range 0.55-0.80 (unverified) */
    tariffs->demand_charge = NAN;
    for (int hour = 0; hour < 24; hour++)
        tariffs->power_hour[hour] = NAN;
    for (int i = 0; i < PARK_RATES; i++)
        tariffs->rate[i] = NAN;
    tariffs->level = 1.0;
}

static void default_pipe(park_pipe_rules *pipe)
{
    pipe->given           = false;
    pipe->manhattan       = true;
    pipe->max_velocity    = 1.5;
    pipe->roughness_hw    = 130.0;
    pipe->pump_efficiency = 0.7;
    pipe->life            = 30.0 * YEAR;
}

park_draft *park_draft_new(park_arena *arena, size_t constituents)
{
    park_draft *draft = PARK_NEW(arena, park_draft);
    if (draft == NULL)
        return NULL;
    draft->arena           = arena;
    draft->data            = PARK_DATA_ESTIMATED;
    draft->time.steady     = true;
    draft->time.utc_offset = 8 * 3600;
    draft->time.periodic   = true;
    draft->constituents    = constituents;
    draft->constituent     = PARK_ARRAY(arena, constituents, park_constituent_info);
    draft->weather         = (park_weather){-1, -1, -1, -1, -1, NULL};
    draft->candidates      = PARK_CANDIDATES_ALL;
    draft->carbon.grid     = 0.49 / 3.6e6; /* Hunan 2022, MEE: 0.4900 kg CO2/kWh */
    draft->carbon.year     = 2022;
    draft->accounting      = (park_accounting){PARK_BASIS_CONVENTIONAL, "CaCO3"};
    draft->law             = (park_law){true, true};
    draft->objectives      = 1;
    draft->objective[0]    = PARK_MIN_COST;
    if (draft->constituent == NULL)
        return NULL;
    for (size_t c = 0; c < constituents; c++)
        draft->constituent[c].magnitude = 0.1;
    default_economics(&draft->economics);
    default_tariffs(&draft->tariffs);
    default_pipe(&draft->pipe);
    park_error ignored;
    return park_time_seasons(draft, PARK_SEASONS_STEADY, NULL, 0, &ignored) == PARK_OK ? draft : NULL;
}

int32_t park_draft_pattern(park_draft *draft, park_pattern pattern)
{
    if (!PARK_GROW(draft->arena, draft->pattern, draft->patterns, draft->patterns_cap))
        return -1;
    draft->pattern[draft->patterns] = pattern;
    return (int32_t)draft->patterns++;
}

int32_t park_draft_connection(park_draft *draft, park_connection connection)
{
    if (!PARK_GROW(draft->arena, draft->connection, draft->connections, draft->connections_cap))
        return -1;
    draft->connection[draft->connections] = connection;
    return (int32_t)draft->connections++;
}

int32_t park_draft_forbid(park_draft *draft, const char *from, const char *to)
{
    if (!PARK_GROW(draft->arena, draft->forbid, draft->forbids, draft->forbids_cap))
        return -1;
    draft->forbid[draft->forbids].from = from;
    draft->forbid[draft->forbids].to   = to;
    return (int32_t)draft->forbids++;
}

int32_t park_draft_statement(park_draft *draft, const char *path)
{
    int32_t known = park_model_statement(draft, path);
    if (known >= 0)
        return known;
    if (!PARK_GROW(draft->arena, draft->statement, draft->statements, draft->statements_cap))
        return -1;
    park_statement place = {0};
    if (draft->locate != NULL && !draft->locate(draft->locate_user, path, &place))
        place = (park_statement){0};
    place.path = park_arena_text(draft->arena, path, strlen(path));
    if (place.path == NULL)
        return -1;
    draft->statement[draft->statements] = place;
    return (int32_t)draft->statements++;
}

int32_t park_model_statement(const park_model *model, const char *path)
{
    for (size_t i = 0; i < model->statements; i++)
        if (strcmp(model->statement[i].path, path) == 0)
            return (int32_t)i;
    return -1;
}

const char *park_role_section(park_role role)
{
    static const char *const SECTION[PARK_ROLES] = {"sources", "users", "treatments", "storages", "sinks"};
    return role < PARK_ROLES ? SECTION[role] : "";
}

/* Greedy with one place to come back to: the last star. */
bool park_text_matches(const char *pattern, const char *text)
{
    const char *star = NULL, *resume = NULL;
    while (*text != '\0') {
        if (*pattern == '*') {
            star   = pattern++;
            resume = text;
        } else if (*pattern == *text) {
            pattern++;
            text++;
        } else if (star != NULL) {
            pattern = star + 1;
            text    = ++resume;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}
