#include "results/saved.h"

#include "results/reader.h"
#include "results/words.h"

#include "units/kind.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What reading needs at hand. */
typedef struct taker {
    park_h5    *h;
    park_arena *arena;
    park_model *m;
    bool        failed;     /* out of memory */
    char        wrong[128]; /* a reference that leads nowhere; "" none */
} taker;

static const char PARK[] = "park";

static void wrong(taker *t, const char *what, const char *word)
{
    if (t->wrong[0] == '\0')
        snprintf(t->wrong, sizeof t->wrong, "%s '%.60s'", what, word);
}

static park_label label_of(const char **zh, const char **en, size_t i)
{
    return (park_label){.zh = zh[i], .en = en[i]};
}

/* A word of the file; unknown ones are told. */
static int word(taker *t, park_wording wording, const char *text)
{
    int value = park_word_find(wording, text);
    if (value < 0)
        wrong(t, "unknown word", text);
    return value < 0 ? 0 : value;
}

static int32_t index_of(taker *t, const char *what, const char *const *list, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], id) == 0)
            return (int32_t)i;
    wrong(t, what, id);
    return 0;
}

#define ROOM(pointer, count, type)                                                                           \
    ((pointer) = PARK_ARRAY(t->arena, (count) + 1, type), t->failed = t->failed || (pointer) == NULL,        \
     (pointer) != NULL)

static bool seasons(taker *t)
{
    park_model  *m  = t->m;
    size_t       S  = park_h5_count(t->h, PARK, "season");
    const char **id = park_h5_texts(t->h, PARK, "season", S),
               **zh = park_h5_texts(t->h, PARK, "season_zh", S),
               **en = park_h5_texts(t->h, PARK, "season_en", S);
    double *seconds = park_h5_doubles(t->h, PARK, "season_seconds", S);
    m->time         = (park_time){.steady       = park_h5_whole(t->h, PARK, "steady") != 0,
                                  .start        = park_h5_whole(t->h, PARK, "start"),
                                  .end          = park_h5_whole(t->h, PARK, "end"),
                                  .utc_offset   = (int32_t)park_h5_whole(t->h, PARK, "utc_offset"),
                                  .year_seconds = park_h5_number(t->h, PARK, "year_seconds"),
                                  .seasons      = S};
    if (!ROOM(m->time.season, S, park_season_info) || !id || !zh || !en || !seconds)
        return false;
    for (size_t s = 0; s < S; s++)
        m->time.season[s] =
            (park_season_info){.id = id[s], .label = label_of(zh, en, s), .seconds = seconds[s]};
    return S > 0;
}

static bool constituents(taker *t)
{
    park_model  *m     = t->m;
    size_t       C     = park_h5_count(t->h, PARK, "constituent");
    const char **id    = park_h5_texts(t->h, PARK, "constituent", C),
               **zh    = park_h5_texts(t->h, PARK, "constituent_zh", C),
               **en    = park_h5_texts(t->h, PARK, "constituent_en", C),
               **basis = park_h5_texts(t->h, PARK, "constituent_basis", C),
               **mixes = park_h5_texts(t->h, PARK, "constituent_mixes", C);
    bool *one          = park_h5_flags(t->h, PARK, "constituent_class_one", C);
    m->constituents    = C;
    if (!ROOM(m->constituent, C, park_constituent_info) || !id || !zh || !en || !basis || !mixes || !one)
        return false;
    for (size_t c = 0; c < C; c++)
        m->constituent[c] =
            (park_constituent_info){.id        = id[c],
                                    .label     = label_of(zh, en, c),
                                    .mixes     = (park_mixing)word(t, PARK_WORDS_MIXING, mixes[c]),
                                    .basis     = basis[c][0] != '\0' ? basis[c] : NULL,
                                    .class_one = one[c],
                                    .magnitude = 1.0};
    return true;
}

static bool enterprises(taker *t)
{
    park_model  *m = t->m;
    size_t       E = park_h5_count(t->h, PARK, "enterprise"), P = park_h5_count(t->h, PARK, "product");
    const char **id         = park_h5_texts(t->h, PARK, "enterprise", E),
               **zh         = park_h5_texts(t->h, PARK, "enterprise_zh", E),
               **en         = park_h5_texts(t->h, PARK, "enterprise_en", E),
               **sector     = park_h5_texts(t->h, PARK, "enterprise_sector", E),
               **product    = park_h5_texts(t->h, PARK, "product_id", P),
               **product_zh = park_h5_texts(t->h, PARK, "product_zh", P),
               **product_en = park_h5_texts(t->h, PARK, "product_en", P),
               **measure    = park_h5_texts(t->h, PARK, "product_measure", P),
               **maker      = park_h5_texts(t->h, PARK, "product_enterprise", P);
    double *added           = park_h5_doubles(t->h, PARK, "enterprise_value_added", E),
           *year            = park_h5_doubles(t->h, PARK, "enterprise_price_year", E),
           *rate            = park_h5_doubles(t->h, PARK, "product_rate", P);
    m->enterprises          = E;
    if (!ROOM(m->enterprise, E, park_enterprise_info) || !id || !zh || !en || !sector || !product ||
        !product_zh || !product_en || !measure || !maker || !added || !year || !rate)
        return false;
    for (size_t e = 0; e < E; e++) {
        park_enterprise_info *to = &m->enterprise[e];
        *to                      = (park_enterprise_info){.id          = id[e],
                                                          .label       = label_of(zh, en, e),
                                                          .sector      = sector[e],
                                                          .value_added = added[e],
                                                          .price_year  = (int32_t)year[e]};
        if (!ROOM(to->product, P, park_product_info))
            return false;
        for (size_t p = 0; p < P; p++)
            if (strcmp(maker[p], id[e]) == 0)
                to->product[to->products++] =
                    (park_product_info){.id    = product[p],
                                        .label = label_of(product_zh, product_en, p),
                                        .rate  = rate[p],
                                        .dim   = (park_dimension)word(t, PARK_WORDS_DIMENSION, measure[p])};
    }
    return true;
}

static bool units(taker *t)
{
    park_model  *m  = t->m;
    size_t       U  = park_h5_count(t->h, PARK, "unit");
    const char **id = park_h5_texts(t->h, PARK, "unit", U), **zh = park_h5_texts(t->h, PARK, "unit_zh", U),
               **en     = park_h5_texts(t->h, PARK, "unit_en", U),
               **role   = park_h5_texts(t->h, PARK, "unit_role", U),
               **kind   = park_h5_texts(t->h, PARK, "unit_kind", U),
               **who    = park_h5_texts(t->h, PARK, "unit_enterprise", U),
               **duty   = park_h5_texts(t->h, PARK, "unit_duty", U),
               **use    = park_h5_texts(t->h, PARK, "unit_use", U),
               **origin = park_h5_texts(t->h, PARK, "unit_origin", U);
    bool *existing      = park_h5_flags(t->h, PARK, "unit_existing", U);
    m->units = m->units_cap = U;
    if (!ROOM(m->unit, U, park_unit_info) || !id || !zh || !en || !role || !kind || !who || !duty || !use ||
        !origin || !existing)
        return false;
    for (size_t u = 0; u < U; u++) {
        park_unit_info *to = &m->unit[u];
        *to                = (park_unit_info){.id         = id[u],
                                              .label      = label_of(zh, en, u),
                                              .role       = (park_role)word(t, PARK_WORDS_ROLE, role[u]),
                                              .duty       = (park_duty)word(t, PARK_WORDS_DUTY, duty[u]),
                                              .use        = (park_use)word(t, PARK_WORDS_USE, use[u]),
                                              .origin     = (park_origin)word(t, PARK_WORDS_ORIGIN, origin[u]),
                                              .enterprise = PARK_NONE,
                                              .calendar   = PARK_NONE,
                                              .existing   = existing[u],
                                              .at         = {NAN, NAN, NAN}};
        to->kind           = park_unit_kind_find(to->role, kind[u]);
        for (size_t e = 0; e < m->enterprises; e++)
            if (strcmp(m->enterprise[e].id, who[u]) == 0)
                to->enterprise = (int32_t)e;
    }
    return U > 0;
}

/* Outlets and inlets stand unit by unit, in the units' order. */
static bool ports(taker *t)
{
    park_model *m = t->m;
    size_t      K = park_h5_count(t->h, PARK, "outlet_unit"), I = park_h5_count(t->h, PARK, "inlet_unit"),
           C          = m->constituents;
    const char **of   = park_h5_texts(t->h, PARK, "outlet_unit", K),
               **id   = park_h5_texts(t->h, PARK, "outlet_id", K),
               **role = park_h5_texts(t->h, PARK, "outlet_role", K),
               **to   = park_h5_texts(t->h, PARK, "inlet_unit", I),
               **in   = park_h5_texts(t->h, PARK, "inlet_id", I);
    bool   *exits     = park_h5_flags(t->h, PARK, "outlet_exits", K);
    double *limit     = park_h5_doubles(t->h, PARK, "inlet_limit", I * C);
    m->outlets = m->outlets_cap = K;
    m->inlets = m->inlets_cap = I;
    if (!ROOM(m->outlet, K, park_outlet_info) || !ROOM(m->inlet, I, park_inlet_info) || !of || !id || !role ||
        !to || !in || !exits || !limit)
        return false;
    size_t u = 0;
    for (size_t k = 0; k < K; k++) {
        while (u < m->units && strcmp(m->unit[u].id, of[k]) != 0)
            if (++u < m->units)
                m->unit[u].first_outlet = k;
        if (u == m->units) {
            wrong(t, "an outlet of", of[k]);
            return false;
        }
        m->unit[u].outlets++;
        m->outlet[k] = (park_outlet_info){.id    = id[k],
                                          .role  = (park_outlet_role)word(t, PARK_WORDS_OUTLET, role[k]),
                                          .exits = exits[k],
                                          .unit  = (int32_t)u};
    }
    for (size_t rest = u + 1; rest < m->units; rest++)
        m->unit[rest].first_outlet = K;
    u = 0;
    for (size_t i = 0; i < I; i++) {
        while (u < m->units && strcmp(m->unit[u].id, to[i]) != 0)
            if (++u < m->units)
                m->unit[u].first_inlet = i;
        if (u == m->units) {
            wrong(t, "an inlet of", to[i]);
            return false;
        }
        m->unit[u].inlets++;
        m->inlet[i] = (park_inlet_info){.id = in[i], .unit = (int32_t)u, .limit = limit + i * C};
    }
    for (size_t rest = u + 1; rest < m->units; rest++)
        m->unit[rest].first_inlet = I;
    return true;
}

static bool links(taker *t)
{
    park_model  *m      = t->m;
    size_t       L      = park_h5_count(t->h, PARK, "link");
    const char **id     = park_h5_texts(t->h, PARK, "link", L),
               **from   = park_h5_texts(t->h, PARK, "link_from", L),
               **to     = park_h5_texts(t->h, PARK, "link_to", L),
               **outlet = park_h5_texts(t->h, PARK, "outlet", m->outlets),
               **inlet  = park_h5_texts(t->h, PARK, "inlet", m->inlets);
    bool *existing      = park_h5_flags(t->h, PARK, "link_existing", L),
         *free          = park_h5_flags(t->h, PARK, "link_free", L);
    double *length      = park_h5_doubles(t->h, PARK, "link_length", L),
           *lift        = park_h5_doubles(t->h, PARK, "link_lift", L);
    m->links = m->links_cap = L;
    if (!ROOM(m->link, L, park_link_info) || !id || !from || !to || !outlet || !inlet || !existing || !free ||
        !length || !lift)
        return false;
    for (size_t l = 0; l < L; l++) {
        int32_t a = index_of(t, "a connection from", outlet, m->outlets, from[l]),
                b = index_of(t, "a connection to", inlet, m->inlets, to[l]);
        if (t->wrong[0] != '\0')
            return false;
        m->link[l] = (park_link_info){.id       = id[l],
                                      .outlet   = a,
                                      .inlet    = b,
                                      .from     = m->outlet[a].unit,
                                      .to       = m->inlet[b].unit,
                                      .existing = existing[l],
                                      .free     = free[l],
                                      .capacity = INFINITY,
                                      .length   = length[l],
                                      .lift     = lift[l]};
    }
    return true;
}

static bool asked(taker *t)
{
    park_model  *m = t->m;
    size_t       T = park_h5_count(t->h, PARK, "target"), R = park_h5_count(t->h, PARK, "retrofit");
    const char **quantity = park_h5_texts(t->h, PARK, "target_quantity", T),
               **subject  = park_h5_texts(t->h, PARK, "target_subject", T),
               **measure  = park_h5_texts(t->h, PARK, "target_measure", T),
               **id       = park_h5_texts(t->h, PARK, "retrofit", R),
               **zh       = park_h5_texts(t->h, PARK, "retrofit_zh", R),
               **en       = park_h5_texts(t->h, PARK, "retrofit_en", R);
    double *least         = park_h5_doubles(t->h, PARK, "target_min", T),
           *most          = park_h5_doubles(t->h, PARK, "target_max", T),
           *basis         = park_h5_doubles(t->h, PARK, "target_basis", T);
    bool *given           = park_h5_flags(t->h, PARK, "target_basis_given", T),
         *indicative      = park_h5_flags(t->h, PARK, "target_indicative", T);
    m->targets            = T;
    m->retrofits          = R;
    if (!ROOM(m->target, T, park_target) || !ROOM(m->retrofit, R, park_retrofit) || !quantity || !subject ||
        !measure || !id || !zh || !en || !least || !most || !basis || !given || !indicative)
        return false;
    for (size_t i = 0; i < T; i++)
        m->target[i] =
            (park_target){.quantity    = quantity[i],
                          .subject     = subject[i][0] != '\0' ? subject[i] : NULL,
                          .min         = least[i],
                          .max         = most[i],
                          .basis       = basis[i] > 0.5 ? PARK_BASIS_ALL_SOURCES : PARK_BASIS_CONVENTIONAL,
                          .basis_given = given[i],
                          .indicative  = indicative[i],
                          .dim         = (park_dimension)word(t, PARK_WORDS_DIMENSION, measure[i]),
                          .statement   = PARK_NONE};
    for (size_t r = 0; r < R; r++)
        m->retrofit[r] =
            (park_retrofit){.id = id[r], .label = label_of(zh, en, r), .applies_to = PARK_NONE, .life = NAN};
    return true;
}

static void facts(taker *t)
{
    park_model *m    = t->m;
    park_h5    *h    = t->h;
    m->arena         = t->arena;
    m->frozen        = true;
    m->name          = (park_label){park_h5_text(h, PARK, "name_zh"), park_h5_text(h, PARK, "name_en")};
    m->data          = (park_data_class)park_h5_whole(h, PARK, "data");
    m->economics     = (park_economics){.discount      = park_h5_number(h, PARK, "discount"),
                                        .life          = park_h5_number(h, PARK, "life_seconds"),
                                        .annual_factor = NAN,
                                        .budget        = park_h5_number(h, PARK, "budget"),
                                        .price_year    = (int32_t)park_h5_whole(h, PARK, "price_year")};
    m->tariffs.power = park_h5_number(h, PARK, "power_price");
    m->carbon        = (park_carbon){.grid  = park_h5_number(h, PARK, "carbon_grid"),
                                     .year  = (int32_t)park_h5_whole(h, PARK, "carbon_year"),
                                     .price = park_h5_number(h, PARK, "carbon_price")};
    m->accounting.intake =
        park_h5_whole(h, PARK, "basis") == 0 ? PARK_BASIS_CONVENTIONAL : PARK_BASIS_ALL_SOURCES;
}

/* ---- numbers ---- */

static park_ledger *ledger_of(taker *t, const char *name)
{
    const park_model *m = t->m;
    size_t            S = m->time.seasons, L = m->links, K = m->outlets, U = m->units, C = m->constituents,
           O           = PARK_ORIGIN_NONE;
    const char  *group = park_arena_printf(t->arena, "ledger/%s", name);
    park_ledger *g     = PARK_NEW(t->arena, park_ledger);
    if (group == NULL || g == NULL) {
        t->failed = true;
        return NULL;
    }
    if (!park_h5_has(t->h, group))
        return NULL;
    *g = (park_ledger){.seasons = S, .links = L, .outlets = K, .units = U, .constituents = C};
    const struct {
        const char *name;
        double    **to;
        size_t      count;
    } columns[] = {{"link_water", &g->link_water, S * L},
                   {"link_mass", &g->link_mass, S * L * C},
                   {"outlet_water", &g->outlet_water, S * K},
                   {"outlet_mass", &g->outlet_mass, S * K * C},
                   {"own_water", &g->own_water, S * U},
                   {"own_mass", &g->own_mass, S * U * C},
                   {"added_mass", &g->added_mass, S * U * C},
                   {"removed_mass", &g->removed_mass, S * U * C},
                   {"stored_water", &g->stored_water, S * U},
                   {"stored_mass", &g->stored_mass, S * U * C},
                   {"circulating", &g->circulating, S * U},
                   {"required", &g->required, S * U},
                   {"unmet", &g->unmet, S * U},
                   {"spilled", &g->spilled, S * U},
                   {"spilled_mass", &g->spilled_mass, S * U * C},
                   {"unit_energy", &g->unit_energy, S * U},
                   {"link_energy", &g->link_energy, S * L},
                   {"link_used_share", &g->link_used_share, S * L},
                   {"link_treated_share", &g->link_treated_share, S * L},
                   {"link_origin_share", &g->link_origin_share, S * L * O},
                   {"link_first_share", &g->link_first_share, S * L * O}};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        *columns[i].to = park_h5_doubles(t->h, group, columns[i].name, columns[i].count);
    return g;
}

/* Index of an id, -1 for "". */
static int32_t unit_index(taker *t, const char *id)
{
    int32_t u = id[0] == '\0' ? PARK_NONE : park_model_unit(t->m, id);
    if (id[0] != '\0' && u < 0)
        wrong(t, "a unit", id);
    return u;
}

static int32_t link_index(taker *t, const char *id)
{
    for (size_t l = 0; id[0] != '\0' && l < t->m->links; l++)
        if (strcmp(t->m->link[l].id, id) == 0)
            return (int32_t)l;
    if (id[0] != '\0')
        wrong(t, "a connection", id);
    return PARK_NONE;
}

static int32_t retrofit_index(taker *t, const char *id)
{
    for (size_t r = 0; id[0] != '\0' && r < t->m->retrofits; r++)
        if (strcmp(t->m->retrofit[r].id, id) == 0)
            return (int32_t)r;
    if (id[0] != '\0')
        wrong(t, "a retrofit", id);
    return PARK_NONE;
}

static park_cost_line *cost_lines(taker *t, const char *group, size_t n)
{
    const char **kind = park_h5_texts(t->h, group, "kind", n), **unit = park_h5_texts(t->h, group, "unit", n),
               **link     = park_h5_texts(t->h, group, "link", n),
               **retrofit = park_h5_texts(t->h, group, "retrofit", n);
    double *yearly        = park_h5_doubles(t->h, group, "yearly", n),
           *quantity      = park_h5_doubles(t->h, group, "quantity", n);
    park_cost_line *line;
    if (!ROOM(line, n, park_cost_line) || !kind || !unit || !link || !retrofit || !yearly || !quantity)
        return NULL;
    for (size_t i = 0; i < n; i++)
        line[i] = (park_cost_line){.kind     = (park_cost_line_kind)word(t, PARK_WORDS_COST, kind[i]),
                                   .unit     = unit_index(t, unit[i]),
                                   .link     = link_index(t, link[i]),
                                   .retrofit = retrofit_index(t, retrofit[i]),
                                   .yearly   = yearly[i],
                                   .quantity = quantity[i]};
    return line;
}

static void design_of(taker *t, park_saved *to)
{
    static const char G[] = "design";
    const park_model *m   = t->m;
    park_design      *d   = &to->design;
    size_t            S = m->time.seasons, L = m->links, U = m->units, K = m->outlets, C = m->constituents,
           I  = m->inlets;
    *d        = (park_design){.status =
                                  (park_design_status)word(t, PARK_WORDS_STATUS, park_h5_text(t->h, G, "status")),
                              .objective    = park_h5_number(t->h, G, "objective"),
                              .bound        = park_h5_number(t->h, G, "bound"),
                              .gap          = park_h5_number(t->h, G, "gap"),
                              .root_bound   = park_h5_number(t->h, G, "root_bound"),
                              .unit         = park_h5_text(t->h, G, "objective_unit"),
                              .yearly_cost  = park_h5_number(t->h, G, "yearly_cost"),
                              .investment   = park_h5_number(t->h, G, "investment"),
                              .energy       = park_h5_number(t->h, G, "energy"),
                              .carbon       = park_h5_number(t->h, G, "carbon"),
                              .reproducible = park_h5_whole(t->h, G, "reproducible") != 0,
                              .model        = m};
    d->ledger = ledger_of(t, "promised");
    if (d->ledger == NULL)
        return;
    d->link_used     = park_h5_flags(t->h, G, "link_used", L);
    d->unit_built    = park_h5_flags(t->h, G, "unit_built", U);
    d->link_capacity = park_h5_doubles(t->h, G, "link_capacity", L);
    d->unit_size     = park_h5_doubles(t->h, G, "unit_size", U);
    d->link_flow     = park_h5_doubles(t->h, G, "link_flow", S * L);
    d->inlet_flow    = park_h5_doubles(t->h, G, "inlet_flow", S * I);
    d->outlet_flow   = park_h5_doubles(t->h, G, "outlet_flow", S * K);
    d->outlet_conc   = park_h5_doubles(t->h, G, "outlet_conc", S * K * C);
    d->inlet_conc    = park_h5_doubles(t->h, G, "inlet_conc", S * I * C);
    d->volume        = park_h5_doubles(t->h, G, "volume", S * U);
    d->retrofit      = park_h5_flags(t->h, G, "retrofit_chosen", m->retrofits);
    d->cost_lines    = park_h5_count(t->h, "design/cost", "kind");
    d->cost          = cost_lines(t, "design/cost", d->cost_lines);
    double *capital  = park_h5_doubles(t->h, "design/cost", "capital", d->cost_lines),
           *year     = park_h5_doubles(t->h, "design/cost", "year", d->cost_lines);
    to->running.life = park_h5_doubles(t->h, "design/cost", "life", d->cost_lines);
    if (!ROOM(to->running.year, d->cost_lines, int32_t) || d->cost == NULL || capital == NULL || year == NULL)
        return;
    for (size_t i = 0; i < d->cost_lines; i++) {
        d->cost[i].capital  = capital[i];
        to->running.year[i] = year[i] > 0.0 && year[i] < 100.0 ? (int32_t)year[i] : 0;
    }
}

static void violations(taker *t, park_simulation *s)
{
    static const char G[]  = "simulation/violations";
    size_t            n    = park_h5_count(t->h, G, "kind");
    const char      **kind = park_h5_texts(t->h, G, "kind", n), **unit = park_h5_texts(t->h, G, "unit", n),
               **link  = park_h5_texts(t->h, G, "link", n),
               **place = park_h5_texts(t->h, G, "network_node", n),
               **stuff = park_h5_texts(t->h, G, "constituent", n);
    double *limit = park_h5_doubles(t->h, G, "limit", n), *promise = park_h5_doubles(t->h, G, "promise", n),
           *seen = park_h5_doubles(t->h, G, "simulated", n), *hours = park_h5_doubles(t->h, G, "hours", n),
           *share = park_h5_doubles(t->h, G, "share", n), *worst = park_h5_doubles(t->h, G, "worst_time", n);
    if (!ROOM(s->violation, n, park_violation) || !kind || !unit || !link || !place || !stuff || !limit ||
        !promise || !seen || !hours || !share || !worst)
        return;
    s->violations = n;
    for (size_t i = 0; i < n; i++)
        s->violation[i] = (park_violation){
            .kind        = (park_violation_kind)word(t, PARK_WORDS_VIOLATION, kind[i]),
            .unit        = unit_index(t, unit[i]),
            .inlet       = PARK_NONE,
            .outlet      = PARK_NONE,
            .link        = link_index(t, link[i]),
            .constituent = stuff[i][0] != '\0' ? park_model_constituent(t->m, stuff[i]) : PARK_NONE,
            .season      = PARK_NONE,
            .worst       = isfinite(worst[i]) ? (int64_t)worst[i] : 0,
            .limit       = limit[i],
            .promise     = promise[i],
            .simulated   = seen[i],
            .mean        = NAN,
            .hours       = hours[i],
            .share       = share[i],
            .place       = place[i][0] != '\0' ? place[i] : NULL};
}

static void simulation_of(taker *t, park_saved *to)
{
    static const char G[] = "simulation";
    const park_model *m   = t->m;
    park_simulation  *s   = &to->simulation;
    *s                    = (park_simulation){.start    = park_h5_whole(t->h, G, "start"),
                                              .end      = park_h5_whole(t->h, G, "end"),
                                              .drift    = park_h5_number(t->h, G, "drift"),
                                              .complete = park_h5_whole(t->h, G, "complete") != 0};
    s->ledger             = ledger_of(t, "simulated");
    s->inlet_peak         = park_h5_doubles(t->h, G, "inlet_peak", m->inlets * m->constituents);
    s->outlet_peak        = park_h5_doubles(t->h, G, "outlet_peak", m->outlets * m->constituents);
    s->link_peak          = park_h5_doubles(t->h, G, "link_peak", m->links);
    s->volume_min         = park_h5_doubles(t->h, G, "volume_min", m->units);
    s->volume_max         = park_h5_doubles(t->h, G, "volume_max", m->units);
    if (park_h5_says(t->h, G, "running")) {
        s->bill.running                     = park_h5_number(t->h, G, "running");
        s->bill.carbon[PARK_CARBON_GRID]    = park_h5_number(t->h, G, "carbon_grid");
        s->bill.carbon[PARK_CARBON_PROCESS] = park_h5_number(t->h, G, "carbon_process");
    } else {
        s->bill.running = NAN; /* of an earlier version: nothing is known of its bill */
    }
    violations(t, s);
}

static void running_of(taker *t, park_saved *to)
{
    static const char G[] = "running";
    to->running.lines     = park_h5_count(t->h, G, "kind");
    to->running.line      = cost_lines(t, G, to->running.lines);
    to->running.yearly    = park_h5_number(t->h, G, "yearly");
    to->running.energy    = park_h5_number(t->h, G, "energy");
    to->running.carbon    = park_h5_number(t->h, G, "carbon");
}

static void provenance_of(taker *t, park_provenance *p)
{
    static const char G[] = "provenance";
    *p                    = (park_provenance){.version       = park_h5_text(t->h, G, "version"),
                                              .commit        = park_h5_text(t->h, G, "commit"),
                                              .build         = park_h5_text(t->h, G, "build"),
                                              .libraries     = park_h5_text(t->h, G, "libraries"),
                                              .input_path    = park_h5_text(t->h, G, "input_path"),
                                              .input_sha256  = park_h5_text(t->h, G, "input_sha256"),
                                              .language      = park_h5_text(t->h, G, "language"),
                                              .seed          = (uint64_t)park_h5_whole(t->h, G, "seed"),
                                              .resolved_yaml = park_h5_document(t->h, G, "resolved_yaml"),
                                              .gap           = park_h5_number(t->h, G, "gap_asked"),
                                              .rtol          = park_h5_number(t->h, G, "rtol")};
}

/* What the simulated year costs: its bill, and what the investment costs a year. */
static double simulated_cost(const park_saved *saved)
{
    double sum = saved->simulation.bill.running;
    for (size_t i = 0; saved->record.design != NULL && i < saved->design.cost_lines; i++) {
        park_cost_line_kind kind = saved->design.cost[i].kind;
        if (kind == PARK_COST_CAPITAL_TREATMENT || kind == PARK_COST_CAPITAL_STORAGE ||
            kind == PARK_COST_CAPITAL_PIPE || kind == PARK_COST_RETROFIT)
            sum += saved->design.cost[i].yearly;
    }
    return sum;
}

/* The judgement, from the ledgers. */
static park_status judge(park_saved *to, park_arena *arena, park_error *err)
{
    park_run_record *r    = &to->record;
    double           cost = r->design != NULL ? to->design.yearly_cost : NAN,
           carbon         = r->design != NULL ? to->design.carbon : NAN;
    park_indicators *list;
    if (r->design != NULL && to->design.ledger != NULL) {
        PARK_TRY(park_ledger_close(&to->model, to->design.ledger, arena, &to->design.closure, err));
        PARK_TRY(park_indicators_compute(&to->model, to->design.ledger, cost, carbon, arena, &list, err));
        r->promised = list;
    }
    if (r->simulation != NULL && to->simulation.ledger != NULL) {
        const park_bill *bill = &to->simulation.bill;
        if (isfinite(bill->running)) {
            cost   = simulated_cost(to);
            carbon = bill->carbon[PARK_CARBON_GRID] + bill->carbon[PARK_CARBON_PROCESS];
        }
        PARK_TRY(park_ledger_close(&to->model, to->simulation.ledger, arena, &to->simulation.closure, err));
        PARK_TRY(park_indicators_compute(&to->model, to->simulation.ledger, cost, carbon, arena, &list, err));
        r->simulated = list;
    }
    return PARK_OK;
}

park_status park_saved_read(const char *path, park_arena *arena, park_saved *saved, park_error *err)
{
    *saved   = (park_saved){.path = path};
    taker at = {.arena = arena, .m = &saved->model}, *t = &at;
    PARK_TRY(park_h5_open(path, arena, &at.h, err));
    if (park_h5_says(at.h, "", "incomplete"))
        return PARK_FAIL(err, PARK_E_INPUT, "%s holds a run that broke off: %s", path,
                         park_h5_text(at.h, "", "incomplete"));
    if (!park_h5_has(at.h, PARK) || !park_h5_has(at.h, "running"))
        return PARK_FAIL(err, PARK_E_INPUT,
                         "%s is no run of this version: it does not describe its park; write it again", path);
    facts(t);
    bool whole =
        seasons(t) && constituents(t) && enterprises(t) && units(t) && ports(t) && links(t) && asked(t);
    if (whole) {
        saved->record.job         = park_h5_text(at.h, "", "job");
        saved->record.agreed      = park_h5_whole(at.h, "", "agreed") != 0;
        saved->record.interrupted = park_h5_whole(at.h, "", "interrupted") != 0;
        saved->record.restored    = true;
        provenance_of(t, &saved->record.provenance);
        if (park_h5_has(at.h, "design")) {
            design_of(t, saved);
            saved->record.design = &saved->design;
        }
        if (park_h5_has(at.h, "simulation")) {
            simulation_of(t, saved);
            saved->record.simulation = &saved->simulation;
        }
        running_of(t, saved);
    }
    PARK_TRY(park_h5_done(at.h, err));
    if (at.failed)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to read %s", path);
    if (!whole || at.wrong[0] != '\0')
        return PARK_FAIL(err, PARK_E_INPUT, "%s does not hold together: %s", path,
                         at.wrong[0] != '\0' ? at.wrong : "no seasons or units");
    saved->record.base    = &saved->model;
    saved->record.running = &saved->running;
    return judge(saved, arena, err);
}
