/* What the park is, apart from its numbers by season: enough for a reader to judge and draw it without its scenario. */
#include "results/parts.h"
#include "results/words.h"

#include "units/kind.h"

#include <math.h>
#include <string.h>

/* One column of texts at a time, reused. */
typedef struct pen {
    park_store  *store;
    park_group   group;
    const char **text;
    double      *number;
    bool        *flag;
} pen;

static void texts(const pen *p, const char *name, const char *dims)
{
    park_store_texts(p->store, p->group, (park_variable){.name = name, .dims = dims}, p->text);
}

static void numbers(const pen *p, const char *name, const char *dims, const char *units)
{
    park_store_doubles(p->store, p->group, (park_variable){.name = name, .dims = dims, .units = units},
                       p->number);
}

#define COLUMN(member, count, value)                                                                         \
    for (size_t i = 0; i < (count); i++)                                                                     \
    (member)[i] = (value)

static void facts(const pen *p, const park_model *m, const park_model *base)
{
    const struct {
        const char *name;
        double      value;
    } number[] = {{"year_seconds", m->time.year_seconds}, {"discount", m->economics.discount},
                  {"life_seconds", m->economics.life},    {"budget", m->economics.budget},
                  {"power_price", m->tariffs.power},      {"carbon_grid", m->carbon.grid},
                  {"carbon_price", m->carbon.price}};
    const struct {
        const char *name;
        int64_t     value;
    } whole[] = {{"steady", m->time.steady},
                 {"start", m->time.start},
                 {"end", m->time.end},
                 {"utc_offset", m->time.utc_offset},
                 {"price_year", m->economics.price_year},
                 {"carbon_year", m->carbon.year},
                 {"data", (int64_t)m->data},
                 {"basis", (int64_t)m->accounting.intake},
                 {"stages", (int64_t)base->economics.stages}};
    park_store_note(p->store, p->group, "name_zh", park_label_text(m->name, true));
    park_store_note(p->store, p->group, "name_en", park_label_text(m->name, false));
    for (size_t i = 0; i < sizeof number / sizeof number[0]; i++)
        park_store_note_number(p->store, p->group, number[i].name, number[i].value);
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        park_store_note_whole(p->store, p->group, whole[i].name, whole[i].value);
}

static void seasons_and_constituents(const pen *p, const park_model *m)
{
    size_t S = m->time.seasons, C = m->constituents;
    COLUMN(p->text, S, park_label_text(m->time.season[i].label, true));
    texts(p, "season_zh", "season");
    COLUMN(p->text, S, park_label_text(m->time.season[i].label, false));
    texts(p, "season_en", "season");
    COLUMN(p->number, S, m->time.season[i].seconds);
    numbers(p, "season_seconds", "season", "s year-1");
    COLUMN(p->text, C, park_label_text(m->constituent[i].label, true));
    texts(p, "constituent_zh", "constituent");
    COLUMN(p->text, C, park_label_text(m->constituent[i].label, false));
    texts(p, "constituent_en", "constituent");
    COLUMN(p->text, C, m->constituent[i].basis != NULL ? m->constituent[i].basis : "");
    texts(p, "constituent_basis", "constituent");
    COLUMN(p->text, C, park_word_of(PARK_WORDS_MIXING, (int)m->constituent[i].mixes));
    texts(p, "constituent_mixes", "constituent");
    COLUMN(p->flag, C, m->constituent[i].class_one);
    park_store_flags(p->store, p->group,
                     (park_variable){.name = "constituent_class_one", .dims = "constituent"}, p->flag);
}

static void units(const pen *p, const park_model *m)
{
    size_t U = m->units;
    COLUMN(p->text, U, park_label_text(m->unit[i].label, true));
    texts(p, "unit_zh", "unit");
    COLUMN(p->text, U, park_label_text(m->unit[i].label, false));
    texts(p, "unit_en", "unit");
    COLUMN(p->text, U, park_word_of(PARK_WORDS_ROLE, (int)m->unit[i].role));
    texts(p, "unit_role", "unit");
    COLUMN(p->text, U, m->unit[i].kind != NULL ? m->unit[i].kind->word : "");
    texts(p, "unit_kind", "unit");
    COLUMN(p->text, U, m->unit[i].enterprise >= 0 ? m->enterprise[m->unit[i].enterprise].id : "");
    texts(p, "unit_enterprise", "unit");
    COLUMN(p->text, U, park_word_of(PARK_WORDS_DUTY, (int)m->unit[i].duty));
    texts(p, "unit_duty", "unit");
    COLUMN(p->text, U, park_word_of(PARK_WORDS_USE, (int)m->unit[i].use));
    texts(p, "unit_use", "unit");
    COLUMN(p->text, U, park_word_of(PARK_WORDS_ORIGIN, (int)m->unit[i].origin));
    texts(p, "unit_origin", "unit");
    COLUMN(p->flag, U, m->unit[i].existing);
    park_store_flags(p->store, p->group, (park_variable){.name = "unit_existing", .dims = "unit"}, p->flag);
}

static void ports(const pen *p, const park_model *m)
{
    COLUMN(p->text, m->outlets, m->unit[m->outlet[i].unit].id);
    texts(p, "outlet_unit", "outlet");
    COLUMN(p->text, m->outlets, m->outlet[i].id);
    texts(p, "outlet_id", "outlet");
    COLUMN(p->text, m->outlets, park_word_of(PARK_WORDS_OUTLET, (int)m->outlet[i].role));
    texts(p, "outlet_role", "outlet");
    COLUMN(p->flag, m->outlets, m->outlet[i].exits);
    park_store_flags(p->store, p->group, (park_variable){.name = "outlet_exits", .dims = "outlet"}, p->flag);
    COLUMN(p->text, m->inlets, m->unit[m->inlet[i].unit].id);
    texts(p, "inlet_unit", "inlet");
    COLUMN(p->text, m->inlets, m->inlet[i].id);
    texts(p, "inlet_id", "inlet");
    for (size_t i = 0; i < m->inlets; i++)
        for (size_t c = 0; c < m->constituents; c++)
            p->number[i * m->constituents + c] = m->inlet[i].limit != NULL ? m->inlet[i].limit[c] : INFINITY;
    numbers(p, "inlet_limit", "inlet constituent", "kg m-3");
    const struct {
        const char *name;
        bool        existing;
    } flags[] = {{"link_existing", true}, {"link_free", false}};
    for (size_t k = 0; k < 2; k++) {
        COLUMN(p->flag, m->links, flags[k].existing ? m->link[i].existing : m->link[i].free);
        park_store_flags(p->store, p->group, (park_variable){.name = flags[k].name, .dims = "link"}, p->flag);
    }
    COLUMN(p->number, m->links, m->link[i].length);
    numbers(p, "link_length", "link", "m");
    COLUMN(p->number, m->links, m->link[i].lift);
    numbers(p, "link_lift", "link", "m");
}

/* Index of the n-th product over all enterprises. */
static const park_product_info *product_at(const park_model *m, size_t n, size_t *enterprise)
{
    for (*enterprise = 0; *enterprise < m->enterprises; (*enterprise)++) {
        if (n < m->enterprise[*enterprise].products)
            return &m->enterprise[*enterprise].product[n];
        n -= m->enterprise[*enterprise].products;
    }
    return NULL;
}

static size_t products_of(const park_model *m)
{
    size_t count = 0;
    for (size_t e = 0; e < m->enterprises; e++)
        count += m->enterprise[e].products;
    return count;
}

static void who(const pen *p, const park_model *m)
{
    size_t E = m->enterprises, P = products_of(m), e;
    COLUMN(p->text, E, m->enterprise[i].id);
    park_store_labels(p->store, p->group, "enterprise", p->text, E, "enterprise");
    COLUMN(p->text, E, park_label_text(m->enterprise[i].label, true));
    texts(p, "enterprise_zh", "enterprise");
    COLUMN(p->text, E, park_label_text(m->enterprise[i].label, false));
    texts(p, "enterprise_en", "enterprise");
    COLUMN(p->text, E, m->enterprise[i].sector);
    texts(p, "enterprise_sector", "enterprise");
    COLUMN(p->number, E, m->enterprise[i].value_added);
    numbers(p, "enterprise_value_added", "enterprise", "CNY s-1");
    COLUMN(p->number, E, (double)m->enterprise[i].price_year);
    numbers(p, "enterprise_price_year", "enterprise", "1");
    park_store_numbers(p->store, p->group, "product", P, "product");
    COLUMN(p->text, P, product_at(m, i, &e)->id);
    texts(p, "product_id", "product");
    COLUMN(p->text, P, park_label_text(product_at(m, i, &e)->label, true));
    texts(p, "product_zh", "product");
    COLUMN(p->text, P, park_label_text(product_at(m, i, &e)->label, false));
    texts(p, "product_en", "product");
    COLUMN(p->text, P, park_word_of(PARK_WORDS_DIMENSION, (int)product_at(m, i, &e)->dim));
    texts(p, "product_measure", "product");
    for (size_t i = 0; i < P; i++) {
        product_at(m, i, &e);
        p->text[i] = m->enterprise[e].id;
    }
    texts(p, "product_enterprise", "product");
    COLUMN(p->number, P, product_at(m, i, &e)->rate);
    numbers(p, "product_rate", "product", NULL);
}

static void asked(const pen *p, const park_model *m, const park_model *base)
{
    size_t T = m->targets, R = base->retrofits;
    park_store_numbers(p->store, p->group, "target", T, "target");
    COLUMN(p->text, T, m->target[i].quantity);
    texts(p, "target_quantity", "target");
    COLUMN(p->text, T, m->target[i].subject);
    texts(p, "target_subject", "target");
    COLUMN(p->text, T, park_word_of(PARK_WORDS_DIMENSION, (int)m->target[i].dim));
    texts(p, "target_measure", "target");
    COLUMN(p->number, T, m->target[i].min);
    numbers(p, "target_min", "target", NULL);
    COLUMN(p->number, T, m->target[i].max);
    numbers(p, "target_max", "target", NULL);
    COLUMN(p->number, T, (double)m->target[i].basis);
    numbers(p, "target_basis", "target", "1");
    COLUMN(p->flag, T, m->target[i].basis_given);
    park_store_flags(p->store, p->group, (park_variable){.name = "target_basis_given", .dims = "target"},
                     p->flag);
    COLUMN(p->flag, T, m->target[i].indicative);
    park_store_flags(p->store, p->group, (park_variable){.name = "target_indicative", .dims = "target"},
                     p->flag);
    COLUMN(p->text, R, base->retrofit[i].id);
    park_store_labels(p->store, p->group, "retrofit", p->text, R, "retrofit");
    COLUMN(p->text, R, park_label_text(base->retrofit[i].label, true));
    texts(p, "retrofit_zh", "retrofit");
    COLUMN(p->text, R, park_label_text(base->retrofit[i].label, false));
    texts(p, "retrofit_en", "retrofit");
}

void park_store_description(park_store *store, park_group root, const park_run_record *record)
{
    const park_model *m = park_record_model(record);
    size_t most = m->units + m->outlets + m->links + m->inlets * (m->constituents + 1) + m->constituents +
                  m->time.seasons + m->enterprises + products_of(m) + m->targets + record->base->retrofits;
    park_arena *arena = park_arena_new();
    pen         p     = {.store  = store,
                         .text   = PARK_ARRAY(arena, most, const char *),
                         .number = PARK_ARRAY(arena, most, double),
                         .flag   = PARK_ARRAY(arena, most, bool)};
    p.group           = park_store_group(store, root, "park");
    if (p.text != NULL && p.number != NULL && p.flag != NULL) {
        park_store_park(store, p.group, m);
        park_store_link_ends(store, p.group, m);
        facts(&p, m, record->base);
        seasons_and_constituents(&p, m);
        units(&p, m);
        ports(&p, m);
        who(&p, m);
        asked(&p, m, record->base);
    }
    park_store_close(store, p.group);
    park_arena_free(arena);
}

void park_store_running(park_store *store, park_group root, const park_run_record *record)
{
    const park_running *r     = record->running;
    const park_model   *m     = park_record_model(record);
    park_arena         *arena = r != NULL ? park_arena_new() : NULL;
    if (arena == NULL)
        return;
    size_t n = r->lines;
    pen    p = {
           .store = store, .text = PARK_ARRAY(arena, n, const char *), .number = PARK_ARRAY(arena, n, double)};
    p.group = park_store_group(store, root, "running");
    if (p.text != NULL && p.number != NULL) {
        park_store_note(store, p.group, "of", record->simulation != NULL ? "simulated" : "promised");
        park_store_note_number(store, p.group, "yearly", r->yearly);
        park_store_note_number(store, p.group, "energy", r->energy);
        park_store_note_number(store, p.group, "carbon", r->carbon);
        park_store_numbers(store, p.group, "line", n, "line of the running cost");
        COLUMN(p.text, n, park_word_of(PARK_WORDS_COST, (int)r->line[i].kind));
        texts(&p, "kind", "line");
        COLUMN(p.text, n, r->line[i].unit >= 0 ? m->unit[r->line[i].unit].id : "");
        texts(&p, "unit", "line");
        COLUMN(p.text, n, r->line[i].link >= 0 ? m->link[r->line[i].link].id : "");
        texts(&p, "link", "line");
        COLUMN(p.text, n, r->line[i].retrofit >= 0 ? record->base->retrofit[r->line[i].retrofit].id : "");
        texts(&p, "retrofit", "line");
        COLUMN(p.number, n, r->line[i].yearly);
        numbers(&p, "yearly", "line", "CNY year-1");
        COLUMN(p.number, n, r->line[i].quantity);
        numbers(&p, "quantity", "line", NULL);
    }
    park_store_close(store, p.group);
    park_arena_free(arena);
}
