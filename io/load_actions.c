/*
 * load_actions.c - what may be changed (retrofits) and what happens (failures).
 */
#include "load_sections.h"

#include "units/kind.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

/* --- retrofits --- */

static bool read_change(park_loader *loader, park_tree_node *node, const char *prefix, park_change *change)
{
    static const char *const OPS[]  = {"set", "times", "add", NULL}; /* by park_change_op */
    park_reader             *reader = &loader->reader;
    const char              *path   = park_arena_printf(reader->arena, "%s%s", prefix, park_tree_key(node));
    if (path == NULL) {
        reader->failed = true;
        return false;
    }
    bool ok = park_load_place(loader, node, path, change);
    if (!park_reader_is(reader, node, PARK_MAPPING) || !park_reader_known(reader, node, NULL, 0, OPS))
        return false;
    if (node->count != 1) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0308, PARK_ERROR,
                  "the change of '%s' is one of set, times, add", "“%s”的改动须为 set、times、add 之一",
                  park_tree_key(node));
        return false;
    }
    const park_tree_node *value = node->items[0];
    for (int op = 0; op < 3; op++)
        if (strcmp(park_tree_key(value), OPS[op]) == 0)
            change->op = (park_change_op)op;
    if (!ok || !park_load_change_value(loader, value, change, &change->value))
        return false;
    if (!PARK_GROW(reader->arena, loader->placed, loader->placed_count, loader->placed_cap)) {
        reader->failed = true;
        return false;
    }
    loader->placed[loader->placed_count++] = (park_placed_change){node, path, *change};
    return true;
}

static void read_retrofit(park_loader *loader, park_tree_node *node, park_retrofit *retrofit)
{
    park_reader        *reader = &loader->reader;
    park_retrofit_words words  = {.life = NAN};
    *retrofit                  = (park_retrofit){.id = park_tree_key(node), .applies_to = -1};
    park_load_id_add(loader, node);
    bool ok         = park_reader_record(reader, node, &(park_part){PARK_RETROFIT_WORDS, &words}, 1);
    retrofit->label = words.name;
    retrofit->capex = words.capex;
    retrofit->opex  = words.opex;
    retrofit->life  = words.life;
    if (retrofit->label.zh == NULL && retrofit->label.en == NULL)
        retrofit->label.zh = retrofit->id;
    if (!ok)
        return;
    const park_tree_node *target  = park_tree_get(node, "applies_to");
    park_tree_node       *changes = park_tree_get(node, "changes");
    const char           *prefix;
    if (!park_load_owner(loader, target, words.applies_to, &prefix, &retrofit->applies_to) ||
        !park_reader_is(reader, changes, PARK_MAPPING))
        return;
    retrofit->change = PARK_ARRAY(reader->arena, changes->count, park_change);
    reader->failed |= retrofit->change == NULL;
    for (size_t i = 0; retrofit->change != NULL && i < changes->count; i++)
        if (!park_reader_is_note(park_tree_key(changes->items[i])) &&
            read_change(loader, changes->items[i], prefix, &retrofit->change[retrofit->changes]))
            retrofit->changes++;
}

static void read_partners(park_loader *loader, const park_tree_node *node, const char *word, int32_t **index,
                          size_t *count)
{
    park_reader          *reader = &loader->reader;
    const park_tree_node *list   = park_tree_get(node, word);
    size_t                most   = list == NULL ? 0 : list->form == PARK_LIST ? list->count : 1;
    *index                       = PARK_ARRAY(reader->arena, most, int32_t);
    reader->failed |= *index == NULL;
    for (size_t i = 0; *index != NULL && i < most; i++) {
        const park_tree_node *item = list->form == PARK_LIST ? list->items[i] : list;
        if (item->form != PARK_SCALAR)
            continue;
        int32_t found = park_model_retrofit(reader->draft, item->text);
        if (found >= 0)
            (*index)[(*count)++] = found;
        else
            PARK_TELL(reader, item, PARK_AT_VALUE, PARK_E0316, PARK_ERROR, "there is no retrofit '%s'",
                      "没有改造措施“%s”", item->text);
    }
}

void park_load_retrofits(park_loader *loader)
{
    park_reader    *reader  = &loader->reader;
    park_draft     *draft   = reader->draft;
    park_tree_node *section = park_load_section(loader, "retrofits");
    if (section == NULL)
        return;
    park_load_offers(loader, section);
    draft->retrofit = PARK_ARRAY(reader->arena, section->count, park_retrofit);
    reader->failed |= draft->retrofit == NULL;
    for (size_t i = 0; draft->retrofit != NULL && i < section->count; i++)
        if (!park_reader_is_note(park_tree_key(section->items[i])))
            read_retrofit(loader, section->items[i], &draft->retrofit[draft->retrofits++]);
    for (size_t r = 0; r < draft->retrofits; r++) {
        const park_tree_node *node = park_tree_get(section, draft->retrofit[r].id);
        read_partners(loader, node, "requires", &draft->retrofit[r].requires_,
                      &draft->retrofit[r].requires_count);
        read_partners(loader, node, "excludes", &draft->retrofit[r].excludes_,
                      &draft->retrofit[r].excludes_count);
    }
}

/* --- failures --- */

/* One of unit, fire, burst; a unit's failure says when it begins. */
static bool failure_is_whole(park_loader *loader, const park_tree_node *node, const park_failure_words *words,
                             const char *id)
{
    int what = (words->unit != NULL) + (words->fire != NULL) + (words->burst != NULL);
    if (what == 1 && (words->unit == NULL || words->from != NULL))
        return true;
    PARK_TELL(&loader->reader, node, PARK_AT_KEY, what > 1 ? PARK_E0308 : PARK_E0302, PARK_ERROR,
              "the failure '%s' says %s", "故障“%s”须写 %s", id, what == 1 ? "from" : "unit | fire | burst");
    return false;
}

static bool failure_begin(park_loader *loader, const park_tree_node *node, const park_failure_words *words,
                          int64_t *from)
{
    const park_tree_node *at = park_tree_get(node, "from");
    *from                    = INT64_MIN;
    return at == NULL || park_load_instant(loader, at, words->from, strlen(words->from), from, NULL);
}

static void read_unit_failure(park_loader *loader, park_tree_node *node, const park_failure_words *words,
                              park_failure failure)
{
    park_reader          *reader = &loader->reader;
    const park_tree_node *to     = park_tree_get(node, "to");
    bool                  ok     = park_load_unit_named(loader, park_tree_get(node, "unit"), words->unit);
    ok &= failure_begin(loader, node, words, &failure.span.start);
    if ((to == NULL) == isnan(words->for_)) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
                  "the failure '%s' says either `for: 5 d` or `to: 2025-07-15`",
                  "故障“%s”须写 for: 5 d 或 to: 2025-07-15 之一", failure.id);
        return;
    }
    if (to != NULL)
        ok &= park_load_instant(loader, to, words->to, strlen(words->to), &failure.span.end, NULL);
    else
        failure.span.end = failure.span.start + (int64_t)fmin(words->for_, 1e11);
    failure.unit = park_model_unit(reader->draft, words->unit);
    if (failure.unit >= 0 && failure.lost < 1.0) {
        park_role role = reader->draft->unit[failure.unit].role;
        if (role != PARK_TREATMENT && role != PARK_SOURCE) {
            PARK_TELL(reader, park_tree_get(node, "lost"), PARK_AT_KEY, PARK_E0308, PARK_ERROR,
                      "'%s' is no treatment and no source; it fails as a whole",
                      "“%s”不是处理单元或水源，只能整体停运", words->unit);
            ok = false;
        }
    }
    if (ok && failure.span.end <= failure.span.start) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0309, PARK_ERROR, "the failure '%s' ends before it begins",
                  "故障“%s”的终点早于起点", failure.id);
        ok = false;
    }
    if (ok && failure.unit >= 0)
        reader->draft->failure[reader->draft->failures++] = failure;
}

static void read_failure(park_loader *loader, park_tree_node *node)
{
    park_failure_words   words   = {.for_ = NAN, .flow = NAN, .diameter = NAN, .lost = 1.0};
    park_network_failure network = {.id = park_tree_key(node)};
    park_load_id_add(loader, node);
    if (!park_reader_record(&loader->reader, node, &(park_part){PARK_FAILURE_WORDS, &words}, 1) ||
        !failure_is_whole(loader, node, &words, network.id))
        return;
    if (words.unit != NULL)
        read_unit_failure(loader, node, &words, (park_failure){.id = network.id, .lost = words.lost});
    else if (failure_begin(loader, node, &words, &network.from))
        park_load_network_failure(loader, node, &words, network);
}

void park_load_events(park_loader *loader)
{
    park_reader *reader = &loader->reader;
    park_load_controls(loader);
    park_tree_node *failures = park_load_section(loader, "failures");
    if (failures != NULL) {
        reader->draft->failure = PARK_ARRAY(reader->arena, failures->count, park_failure);
        reader->failed |= reader->draft->failure == NULL;
        for (size_t i = 0; reader->draft->failure != NULL && i < failures->count; i++)
            if (!park_reader_is_note(park_tree_key(failures->items[i])))
                read_failure(loader, failures->items[i]);
    }
    park_load_meters(loader);
}
