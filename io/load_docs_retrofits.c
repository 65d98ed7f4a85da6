/*
 * load_docs_retrofits.c - the tables of docs/user/retrofits.md, from the catalogue that the program holds.
 */
#include "load.h"

#include "schema/catalogue.h"
#include "schema/sections.h"

#include <string.h>

static const char *text_of(const park_tree_node *node)
{
    return node != NULL && node->form == PARK_SCALAR ? node->text : "";
}

/* low / typical / high, or the one value; a unit that all share stands once, at the end. */
static void write_levels(park_text *out, const park_tree_node *node)
{
    if (node == NULL || node->form != PARK_LIST) {
        park_text_add(out, text_of(node));
        return;
    }
    const char *unit = strchr(text_of(node->items[0]), ' ');
    for (size_t i = 0; i < node->count; i++) {
        const char *text = text_of(node->items[i]), *own = strchr(text, ' ');
        bool        shared = unit != NULL && own != NULL && strcmp(own, unit) == 0;
        park_text_printf(out, "%s%.*s", i > 0 ? " / " : "",
                         (int)(shared ? own - text : (ptrdiff_t)strlen(text)), text);
    }
    park_text_add(out, unit != NULL && text_of(node->items[0])[0] != '\0' ? unit : "");
}

static void write_changes(park_text *out, const park_tree_node *changes, const char *before)
{
    static const struct {
        const char *op, *sign;
    } SIGNS[] = {{"times", "×"}, {"add", "+"}, {"set", "="}, {"raise", "≥"}, {"lower", "≤"}};
    for (size_t i = 0; changes != NULL && i < changes->count; i++) {
        const park_tree_node *value = changes->items[i]->count > 0 ? changes->items[i]->items[0] : NULL;
        park_text_printf(out, "%s`%s` ", i > 0 ? "<br>" : before, park_tree_key(changes->items[i]));
        for (size_t k = 0; value != NULL && k < sizeof SIGNS / sizeof *SIGNS; k++)
            if (strcmp(SIGNS[k].op, park_tree_key(value)) == 0)
                park_text_printf(out, "%s ", SIGNS[k].sign);
        write_levels(out, value);
    }
}

/* users (process) [rinsing] */
static void write_where(park_text *out, const park_tree_node *where)
{
    for (size_t i = 0; where != NULL && i < where->count; i++) {
        const park_tree_node *what = where->items[i];
        bool                  tags = strcmp(park_tree_key(what), "tags") == 0;
        if (strcmp(park_tree_key(what), "existing") == 0)
            continue;
        park_text_printf(out, tags ? "<br>tags " : "`%s` ", park_tree_key(what));
        for (size_t k = 0; what->form == PARK_LIST && k < what->count; k++)
            park_text_printf(out, "%s%s", k > 0 ? ", " : "", text_of(what->items[k]));
        park_text_add(out, strcmp(text_of(what), "any") == 0 ? "" : text_of(what));
    }
}

static void write_cost(park_text *out, const park_tree_node *cost)
{
    const park_tree_node *of = park_tree_get(cost, "of"), *exponent = park_tree_get(cost, "exponent");
    write_levels(out, park_tree_get(cost, "cost"));
    if (of != NULL)
        park_text_printf(out, "<br>per %s of `%s`", text_of(park_tree_get(cost, "per")), text_of(of));
    if (exponent != NULL)
        park_text_printf(out, "<br>^ %s", text_of(exponent));
}

static void write_entry(park_text *out, const park_tree_node *entry)
{
    static const char *const PLACES[][2] = {
        {"box_1", "专栏1"}, {"box_2", "专栏2"}, {"task_6", "任务6"}, {"task_10", "任务10"}};
    const park_tree_node *name = park_tree_get(entry, "name"), *plan = park_tree_get(entry, "plan");
    const char           *place = text_of(park_tree_get(plan, "place"));
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++)
        if (strcmp(PLACES[i][0], place) == 0)
            place = PLACES[i][1];
    park_text_printf(out, "| `%s`<br>%s<br>%s | %s %s | ", park_tree_key(entry),
                     text_of(park_tree_get(name, "zh")), text_of(park_tree_get(name, "en")), place,
                     text_of(park_tree_get(plan, "words")));
    write_where(out, park_tree_get(entry, "where"));
    park_text_add(out, strcmp(text_of(park_tree_get(entry, "applies")), "together") == 0 ? "<br>together 合并"
                                                                                         : "");
    park_text_add(out, " | ");
    write_changes(out, park_tree_get(entry, "changes"), "");
    write_changes(out, park_tree_get(entry, "also"), "<br>also 另：");
    park_text_add(out, " | ");
    write_cost(out, park_tree_get(entry, "capex"));
    park_text_add(out, " | ");
    write_cost(out, park_tree_get(entry, "opex"));
    const park_tree_node *needs = park_tree_get(entry, "requires"), *bars = park_tree_get(entry, "excludes");
    park_text_printf(out, " | %s | ", text_of(park_tree_get(entry, "life")));
    for (size_t i = 0; needs != NULL && i < needs->count; i++)
        park_text_printf(out, "requires 须有 `%s`<br>", text_of(needs->items[i]));
    for (size_t i = 0; bars != NULL && i < bars->count; i++)
        park_text_printf(out, "excludes 互斥 `%s`<br>", text_of(bars->items[i]));
    park_text_printf(out, "%s: %s |\n",
                     strcmp(text_of(park_tree_get(entry, "x-class")), "catalogue") == 0 ? "catalogue 目录"
                                                                                        : "estimate 估算",
                     text_of(park_tree_get(entry, "x-source")));
}

park_status park_docs_retrofits_write(park_text *out, park_error *err)
{
    park_catalogue       *catalogue = park_catalogue_new(out->arena);
    const park_tree_node *page      = NULL;
    if (catalogue != NULL)
        page = park_catalogue_root(catalogue, PARK_PAGE_RETROFITS);
    if (page == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the tables");
    for (size_t s = 0; PARK_SECTORS[s] != NULL; s++) {
        park_text_printf(out,
                         "\n## `%s` %s\n\n| entry 条目 | plan 行动计划 | where 对象 | changes "
                         "改动（低/典型/高） | capex 投资 | "
                         "opex 年运行费 | life 寿命 | source 来源 |\n|---|---|---|---|---|---|---|---|\n",
                         PARK_SECTORS[s], PARK_SECTORS_ZH[s]);
        for (size_t i = 0; i < page->count; i++)
            if (strcmp(text_of(park_tree_get(page->items[i], "sector")), PARK_SECTORS[s]) == 0)
                write_entry(out, page->items[i]);
    }
    return out->failed ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the tables") : PARK_OK;
}
