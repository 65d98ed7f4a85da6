/*
 * load_offers.c - `retrofits: {from: catalogue, ..}`: which retrofits of the catalogue a park asks for, what it says of them,
 * who requires and excludes whom. They become retrofits of the tree, each with a note of where it came from, and the words
 * that asked for them go: the tree is the park with its retrofits written out (`check --expand`).
 */
#include "load_offers.h"

#include "utf8.h"

#include <string.h>

/* Words that a park may say of an entry under `set`. */
static const char *const SET_WORDS[] = {"name", "applies", "changes",  "also",     "capex",
                                        "opex", "life",    "requires", "excludes", NULL};

static const char *scalar(const park_tree_node *node)
{
    return node != NULL && node->form == PARK_SCALAR ? node->text : "";
}

static size_t members(const park_tree_node *list)
{
    return list == NULL ? 0 : list->form == PARK_LIST ? list->count : 1;
}

static const park_tree_node *member(const park_tree_node *list, size_t i)
{
    return list->form == PARK_LIST ? list->items[i] : list;
}

/* ---- what applies to nothing ---------------------------------------------------------------------------------------------------- */

void park_offer_refuse(park_offers *offers, const char *name, const char *en, const char *zh)
{
    park_arena *arena = offers->loader->reader.arena;
    bool        ok    = en != NULL && zh != NULL;
    for (size_t i = 0; ok && i < offers->reasons; i++)
        if (strcmp(offers->reason[i].en, en) == 0) {
            const char *names       = park_arena_printf(arena, "%s, %s", offers->reason[i].names, name);
            offers->reason[i].names = names != NULL ? names : name;
            return;
        }
    if (ok && PARK_GROW(arena, offers->reason, offers->reasons, offers->reasons_cap))
        offers->reason[offers->reasons++] = (park_offer_reason){en, zh, name};
    else
        offers->loader->reader.failed = true;
}

static void tell_refused(const park_offers *offers)
{
    for (size_t i = 0; i < offers->reasons; i++) {
        const park_offer_reason *reason = &offers->reason[i];
        park_reader_tell(&offers->loader->reader, offers->from, PARK_AT_VALUE, PARK_N0530, PARK_NOTE,
                         park_arena_printf(offers->loader->reader.arena,
                                           "retrofits of the catalogue that are not applicable here: %s: %s",
                                           reason->names, reason->en),
                         park_arena_printf(offers->loader->reader.arena,
                                           "目录中不适用于本园区的改造措施：%s：%s", reason->names,
                                           reason->zh));
    }
}

/* ---- what is asked for ------------------------------------------------------------------------------------------------------------ */

typedef struct asking {
    bool                  sector[8]; /* by PARK_SECTORS */
    const park_tree_node *only, *except, *set;
    const park_tree_node *page;
} asking;

static int32_t sector_named(const char *text)
{
    for (int32_t s = 0; PARK_SECTORS[s] != NULL; s++)
        if (strcmp(PARK_SECTORS[s], text) == 0 || strcmp(PARK_SECTORS_ZH[s], text) == 0)
            return s;
    return -1;
}

/* `sector:`, else the sectors of the park's enterprises; entries that are named one by one may be of any. */
static void read_sectors(park_loader *loader, const park_tree_node *section, asking *a)
{
    const park_tree_node *node  = park_tree_get(section, "sector");
    const park_draft     *draft = loader->reader.draft;
    int32_t               s;
    bool                  any = false;
    for (size_t i = 0; i < members(node); i++)
        if (park_reader_choice(&loader->reader, member(node, i), PARK_SECTORS, &s))
            a->sector[s] = true;
    for (size_t e = 0; node == NULL && e < draft->enterprises; e++)
        if (draft->enterprise[e].sector != NULL && (s = sector_named(draft->enterprise[e].sector)) >= 0)
            a->sector[s] = any = true;
    if (node != NULL || any)
        return;
    if (park_tree_get(section, "only") == NULL)
        PARK_TELL(&loader->reader, park_tree_get(section, "from"), PARK_AT_VALUE, PARK_E0302, PARK_ERROR,
                  "no enterprise is of a sector that the catalogue knows; say which, as %s",
                  "没有企业属于目录中的行业；请写明行业，如 %s", "sector: textile");
    for (s = 0; PARK_SECTORS[s] != NULL; s++)
        a->sector[s] = true;
}

static bool tell_no_entry(park_loader *loader, const asking *a, const park_tree_node *node,
                          park_tree_spot spot, const char *name)
{
    const char *near_ = a->page != NULL ? park_tree_nearest_key(loader->reader.arena, a->page, name) : NULL;
    park_reader_tell_near(&loader->reader, node, spot, PARK_E0316, near_,
                          "the catalogue has no retrofit '%s'", "目录中没有改造措施“%s”", name);
    return false;
}

/* `only:` and `except:` name entries of the catalogue, `only` such of the sectors asked for. */
static const park_tree_node *read_names(park_loader *loader, const asking *a, const park_tree_node *node,
                                        bool of_sector)
{
    park_text_list texts = {0};
    if (node == NULL || !park_reader_texts(&loader->reader, node, &texts))
        return NULL;
    for (size_t i = 0; i < texts.count; i++) {
        const park_tree_node *entry = park_tree_get(a->page, texts.item[i]), *at = member(node, i);
        const char           *sector = scalar(park_tree_get(entry, "sector"));
        int32_t               s      = sector_named(sector);
        if (entry == NULL)
            (void)tell_no_entry(loader, a, at, PARK_AT_VALUE, texts.item[i]);
        else if (of_sector && s >= 0 && !a->sector[s])
            PARK_TELL(&loader->reader, at, PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
                      "'%s' is of the sector %s, which is not asked for",
                      "“%s”属于行业 %s，而 sector 中没有该行业", texts.item[i], sector);
    }
    return node;
}

static bool among(const park_tree_node *list, const char *name)
{
    for (size_t i = 0; i < members(list); i++)
        if (strcmp(scalar(member(list, i)), name) == 0)
            return true;
    return false;
}

static bool asked_for(const asking *a, const park_tree_node *entry)
{
    const char *name = park_tree_key(entry);
    int32_t     s    = sector_named(scalar(park_tree_get(entry, "sector")));
    return s >= 0 && a->sector[s] && (a->only == NULL || among(a->only, name)) && !among(a->except, name);
}

/* ---- what the park says of an entry ------------------------------------------------------------------------------------------------ */

/* Changes are replaced whole, path by path, and only such as the entry has. */
static void set_changes(park_loader *loader, park_tree_node *entry, const park_tree_node *set,
                        const char *word)
{
    park_reader          *reader = &loader->reader;
    park_tree_node       *into   = park_tree_get(entry, word);
    const park_tree_node *said   = park_tree_get(set, word);
    if (said == NULL || !park_reader_is(reader, said, PARK_MAPPING))
        return;
    for (size_t i = 0; i < said->count; i++) {
        const char *path = park_tree_key(said->items[i]);
        if (park_tree_get(into, path) == NULL) {
            park_reader_tell_near(reader, said->items[i], PARK_AT_KEY, PARK_E0316,
                                  into != NULL ? park_tree_nearest_key(reader->arena, into, path) : NULL,
                                  "this retrofit of the catalogue changes no '%s'", "该目录措施并不改动“%s”",
                                  path);
            continue;
        }
        park_tree_node *value = park_tree_clone(reader->tree, said->items[i]);
        reader->failed |= value == NULL || park_tree_put(reader->tree, into, path, NULL, value) == NULL;
    }
}

static park_tree_node *entry_in_park(park_loader *loader, const park_tree_node *page_entry,
                                     const park_tree_node *set)
{
    park_reader    *reader = &loader->reader;
    park_tree_node *entry  = park_reader_copy(reader->tree, page_entry);
    if (entry == NULL) {
        reader->failed = true;
        return NULL;
    }
    if (set == NULL || !park_reader_is(reader, set, PARK_MAPPING) ||
        !park_reader_known(reader, set, NULL, 0, SET_WORDS))
        return entry;
    set_changes(loader, entry, set, "changes");
    set_changes(loader, entry, set, "also");
    for (size_t i = 0; i < set->count; i++) {
        const char     *word  = park_tree_key(set->items[i]);
        park_tree_node *value = park_tree_get(entry, word), *said = set->items[i];
        bool            both = value != NULL && value->form == PARK_MAPPING && said->form == PARK_MAPPING;
        if (strcmp(word, "changes") == 0 || strcmp(word, "also") == 0 || park_reader_is_note(word))
            continue;
        park_tree_node *copy = both ? value : park_tree_clone(reader->tree, said);
        reader->failed |=
            copy == NULL || (both ? park_tree_merge(reader->tree, value, said) == NULL
                                  : park_tree_put(reader->tree, entry, word, NULL, copy) == NULL);
    }
    return entry;
}

/* ---- partners ---------------------------------------------------------------------------------------------------------------------- */

static bool meet(const park_offer *a, const park_offer *b)
{
    if (a->together || b->together)
        return true;
    for (size_t i = 0; i < a->places; i++)
        for (size_t k = 0; k < b->places; k++)
            if (strcmp(a->place[i], b->place[k]) == 0)
                return true;
    return false;
}

/* The offers that an offer's partner named `name` stands for, into `list`; how many. Names of the park's own retrofits stay. */
static size_t list_partners(park_offers *offers, const park_offer *of, const char *name, park_tree_node *list)
{
    park_tree *tree  = offers->loader->reader.tree;
    size_t     count = 0;
    for (size_t i = 0; i < offers->count; i++) {
        const park_offer *other = &offers->offer[i];
        if (other == of || other->dropped || strcmp(other->name, name) != 0 || !meet(of, other))
            continue;
        park_tree_node *id = park_tree_scalar(tree, other->id, false, NULL);
        offers->loader->reader.failed |= id == NULL || park_tree_append(tree, list, id) == NULL;
        count++;
    }
    return count;
}

static void put_partners(park_offers *offers, park_offer *of, const char *word, const park_tree_node *page)
{
    park_reader          *reader = &offers->loader->reader;
    const park_tree_node *names  = park_tree_get(of->entry, word);
    park_tree_node       *list   = names != NULL ? park_tree_list(reader->tree, NULL) : NULL;
    if (list == NULL)
        return;
    list->flow = true;
    for (size_t i = 0; i < members(names); i++) {
        const park_tree_node *name = member(names, i);
        if (park_tree_get(page, scalar(name)) != NULL)
            (void)list_partners(offers, of, scalar(name), list);
        else
            reader->failed |=
                park_tree_append(reader->tree, list, park_tree_clone(reader->tree, name)) == NULL;
    }
    if (list->count > 0)
        reader->failed |= park_tree_put(reader->tree, of->node, word, &offers->from->mark, list) == NULL;
}

/* What requires an entry that is not offered where it stands is not offered either. */
static void drop_lonely(park_offers *offers, const park_tree_node *page)
{
    park_reader *reader = &offers->loader->reader;
    for (size_t i = 0; i < offers->count; i++) {
        park_offer           *o     = &offers->offer[i];
        const park_tree_node *needs = park_tree_get(o->entry, "requires");
        for (size_t k = 0; !o->dropped && k < members(needs); k++) {
            const char     *name = scalar(member(needs, k));
            park_tree_node *list = park_tree_list(reader->tree, NULL);
            if (list == NULL || park_tree_get(page, name) == NULL || list_partners(offers, o, name, list) > 0)
                continue;
            o->dropped = true;
            park_offer_refuse(offers, o->id,
                              park_arena_printf(reader->arena, "what it requires is not offered: %s", name),
                              park_arena_printf(reader->arena, "所需的措施未提供：%s", name));
            i = (size_t)-1; /* others may require this one */
        }
    }
}

/* ---- into the tree ------------------------------------------------------------------------------------------------------------------- */

/* An offer among the park's retrofits, with what `set` says of it by its id. */
static void enter(park_offers *offers, const park_offer *o, const park_tree_node *set)
{
    park_reader          *reader = &offers->loader->reader;
    const park_tree_node *own    = park_tree_get(offers->section, o->id);
    const park_tree_node *said   = strcmp(o->id, o->name) != 0 ? park_tree_get(set, o->id) : NULL;
    park_catalogue_entry  entry  = park_catalogue_find(reader->catalogue, PARK_PAGE_RETROFITS, o->name);
    if (own != NULL) {
        PARK_TELL(
            reader, own, PARK_AT_KEY, PARK_E0306, PARK_ERROR,
            "the catalogue offers a retrofit of this id, '%s'; change it under `set`, or take another id",
            "目录已提供标识为“%s”的改造措施；可用 set 改写，或另取标识", o->id);
        return;
    }
    park_reader_note(reader, o->node, entry.origin, entry.source_class, entry.source);
    if (said != NULL && park_reader_is(reader, said, PARK_MAPPING))
        reader->failed |= park_tree_merge(reader->tree, o->node, said) == NULL;
    reader->failed |=
        park_tree_put(reader->tree, offers->section, o->id, &offers->from->mark, o->node) == NULL;
}

/* Everything under `set` is said of something that is offered. */
static void check_set(const park_offers *offers, const asking *a)
{
    park_loader *loader = offers->loader;
    for (size_t i = 0; a->set != NULL && i < a->set->count; i++) {
        const char           *name  = park_tree_key(a->set->items[i]);
        const park_tree_node *entry = park_tree_get(a->page, name);
        bool                  known = entry != NULL;
        for (size_t o = 0; o < offers->count; o++)
            known = known || strcmp(offers->offer[o].id, name) == 0;
        if (!known)
            (void)tell_no_entry(loader, a, a->set->items[i], PARK_AT_KEY, name);
        else if (entry != NULL && !asked_for(a, entry))
            PARK_TELL(&loader->reader, a->set->items[i], PARK_AT_KEY, PARK_E0308, PARK_ERROR,
                      "'%s' is set here and not asked for", "此处改写了“%s”，但并未采用该措施", name);
    }
}

static bool read_words(park_loader *loader, park_tree_node *section, park_offers *offers, asking *a)
{
    park_reader     *reader = &loader->reader;
    park_offer_words words  = {.from = -1, .cost = 1, .effect = 1};
    size_t           errors = reader->findings->errors;
    for (const park_field *field = PARK_OFFER_WORDS; field->word != NULL; field++) {
        park_tree_node *node = park_tree_get(section, field->word);
        if (node != NULL && field->shape == PARK_SHAPE_CHOICE)
            (void)park_reader_value(reader, node, field, &words);
    }
    offers->cost = (size_t)words.cost, offers->effect = (size_t)words.effect;
    a->page = park_catalogue_root(reader->catalogue, PARK_PAGE_RETROFITS);
    read_sectors(loader, section, a);
    a->only   = read_names(loader, a, park_tree_get(section, "only"), true);
    a->except = read_names(loader, a, park_tree_get(section, "except"), false);
    a->set    = park_tree_get(section, "set");
    if (a->set != NULL && !park_reader_is(reader, a->set, PARK_MAPPING))
        a->set = NULL;
    return reader->findings->errors == errors;
}

void park_load_offers(park_loader *loader, park_tree_node *section)
{
    park_offers           offers = {.loader = loader, .section = section, .cost = 1, .effect = 1};
    asking                a      = {0};
    const park_tree_node *from   = park_tree_get(section, "from");
    offers.from                  = from;
    if (from == NULL || from->form != PARK_SCALAR) /* a retrofit of one's own may be called so */
        return;
    if (read_words(loader, section, &offers, &a)) {
        for (size_t i = 0; a.page != NULL && i < a.page->count; i++) {
            const park_tree_node *entry = a.page->items[i];
            const park_tree_node *set   = park_tree_get(a.set, park_tree_key(entry));
            if (!asked_for(&a, entry))
                continue;
            const park_tree_node *here = entry_in_park(loader, entry, set);
            if (here != NULL)
                park_offer_make(&offers, park_tree_key(entry), here);
        }
        check_set(&offers, &a);
        drop_lonely(&offers, a.page);
        for (size_t i = 0; i < offers.count; i++)
            if (!offers.offer[i].dropped) {
                put_partners(&offers, &offers.offer[i], "requires", a.page);
                put_partners(&offers, &offers.offer[i], "excludes", a.page);
                enter(&offers, &offers.offer[i], a.set);
            }
        tell_refused(&offers);
    }
    for (const park_field *field = PARK_OFFER_WORDS; field->word != NULL; field++)
        (void)park_tree_remove(section, field->word);
}

void park_load_tags(park_loader *loader)
{
    park_reader          *reader = &loader->reader;
    const park_tree_node *users  = park_tree_get(loader->root, "users"), *page;
    const char           *words[128];
    size_t                count = 0;
    page                        = park_catalogue_root(reader->catalogue, PARK_PAGE_RETROFITS);
    for (size_t i = 0; page != NULL && i < page->count; i++) {
        const park_tree_node *tags = park_tree_get(park_tree_get(page->items[i], "where"), "tags");
        for (size_t k = 0; k < members(tags) && count < sizeof words / sizeof *words; k++)
            words[count++] = scalar(member(tags, k));
    }
    for (size_t u = 0; users != NULL && users->form == PARK_MAPPING && u < users->count; u++) {
        const park_tree_node *tags = park_tree_get(users->items[u], "tags");
        for (size_t k = 0; k < members(tags); k++) {
            const park_tree_node *tag   = member(tags, k);
            bool                  known = tag->form != PARK_SCALAR;
            for (size_t i = 0; i < count && !known; i++)
                known = strcmp(words[i], tag->text) == 0;
            if (!known)
                park_reader_tell_near(reader, tag, PARK_AT_VALUE, PARK_E0316,
                                      park_nearest(tag->text, words, count),
                                      "no retrofit of the catalogue looks for the tag '%s'",
                                      "目录中的改造措施没有用到标签“%s”", tag->text);
        }
    }
}
