/*
 * load_offer_places.c - one entry of the catalogue's retrofits in a park: the units or networks that it names by section,
 * kind, sector and tags, the numbers there that it changes, and its cost by their size.
 */
#include "load_offers.h"

#include "chemistry/tower.h"
#include "units/kind.h"

#include <stdio.h>
#include <string.h>

/* A unit or a network that an entry names. */
typedef struct place {
    int32_t     unit, network; /* one of them, the other -1 */
    const char *id, *prefix;   /* "rinsing", "users.rinsing." */
    double      amount;        /* by which its first number changes */
} place;

typedef struct maker {
    park_offers          *offers;
    park_reader          *reader;
    park_arena           *arena;
    const char           *name;
    const park_tree_node *entry;
    const char           *sector;
    size_t                places;
    place                *place;
    park_dimension        amount_dim;
    const char           *missing, *reached, *unsized; /* paths, the first of each; NULL: none */
} maker;

static const char *text_of(const park_tree_node *node)
{
    return node != NULL && node->form == PARK_SCALAR ? node->text : "";
}

/* low, typical, high in a list; one value is all three. */
static const park_tree_node *level_of(const park_tree_node *node, size_t level)
{
    if (node == NULL || node->form != PARK_LIST || node->count == 0)
        return node;
    return node->items[level < node->count ? level : node->count - 1];
}

static bool holds(const park_tree_node *list, const char *text)
{
    if (list == NULL || list->form == PARK_SCALAR)
        return list != NULL && strcmp(list->text, text) == 0;
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(text_of(list->items[i]), text) == 0)
            return true;
    return false;
}

/* ---- places ------------------------------------------------------------------------------------------------------------------ */

/* Shared facilities serve every sector; users are their enterprise's, all of them where the park names no enterprises. */
static bool of_sector(const maker *m, const park_unit_info *unit)
{
    const park_draft *draft = m->reader->draft;
    if (draft->enterprises == 0)
        return true;
    if (unit->enterprise < 0)
        return unit->role != PARK_USER;
    const char *sector = draft->enterprise[unit->enterprise].sector;
    for (size_t s = 0; sector != NULL && PARK_SECTORS[s] != NULL; s++)
        if (strcmp(PARK_SECTORS[s], m->sector) == 0)
            return strcmp(sector, m->sector) == 0 || strcmp(sector, PARK_SECTORS_ZH[s]) == 0;
    return false;
}

/* Does the unit, as written, have what `what` asks for: its kind, or one of the technologies? */
static bool of_kind(const park_tree_node *what, const park_unit_info *unit, const park_tree_node *written)
{
    if (strcmp(text_of(what), "any") == 0)
        return true;
    if (unit->role != PARK_TREATMENT)
        return holds(what, unit->kind->word);
    const park_tree_node *train = park_tree_get(written, "train");
    if (holds(what, text_of(park_tree_get(written, "technology"))))
        return true;
    for (size_t i = 0; train != NULL && i < train->count; i++)
        if (holds(what, text_of(train->items[i])))
            return true;
    return false;
}

static bool tagged(const park_tree_node *where, const park_tree_node *written)
{
    const park_tree_node *asked = park_tree_get(where, "tags"), *tags = park_tree_get(written, "tags");
    for (size_t i = 0; asked != NULL && i < asked->count; i++)
        if (tags != NULL && holds(tags, text_of(asked->items[i])))
            return true;
    return asked == NULL;
}

static void add_place(maker *m, place p, const char *section)
{
    p.prefix = park_arena_printf(m->arena, "%s.%s.", section, p.id);
    if (p.prefix == NULL)
        m->reader->failed = true;
    else
        m->place[m->places++] = p;
}

/* Every place that `where` names: {users: process, tags: [rinsing]}, {treatments: [BWRO], existing: true}, {network: any}. */
static void find_places(maker *m)
{
    const park_draft     *draft  = m->reader->draft;
    const park_tree_node *where  = park_tree_get(m->entry, "where");
    bool                  stands = strcmp(text_of(park_tree_get(where, "existing")), "true") == 0;
    m->place                     = PARK_ARRAY(m->arena, draft->units + draft->networks, place);
    m->reader->failed |= m->place == NULL;
    for (size_t u = 0; m->place != NULL && u < draft->units; u++) {
        const park_unit_info *unit    = &draft->unit[u];
        const char           *section = park_role_section(unit->role);
        const park_tree_node *what    = park_tree_get(where, section);
        const park_tree_node *written =
            park_tree_get(park_tree_get(m->offers->loader->root, section), unit->id);
        if (what != NULL && of_kind(what, unit, written) && tagged(where, written) && of_sector(m, unit) &&
            (unit->existing || !stands))
            add_place(m, (place){.unit = (int32_t)u, .network = -1, .id = unit->id}, section);
    }
    if (m->place != NULL && park_tree_get(where, "network") != NULL)
        for (size_t n = 0; n < draft->networks; n++)
            add_place(m, (place){.unit = -1, .network = (int32_t)n, .id = draft->network[n].id}, "network");
}

/* ---- numbers ------------------------------------------------------------------------------------------------------------------ */

/* The number at a path, NULL where the park has none there; nothing is told. */
static const double *number_at(maker *m, const char *path, park_change *change)
{
    park_findings  quiet;
    park_findings *told = m->reader->findings;
    park_findings_init(&quiet, m->arena);
    m->reader->findings  = &quiet;
    bool found           = park_load_place(m->offers->loader, m->entry, path, change) && quiet.errors == 0;
    m->reader->findings  = told;
    const double *number = found ? park_draft_number(m->reader->draft, change) : NULL;
    return number != NULL && isfinite(*number) ? number : NULL;
}

static const char *path_in(maker *m, const place *p, const char *word)
{
    const char *path = park_arena_printf(m->arena, "%s%s", p->prefix, word);
    m->reader->failed |= path == NULL;
    return path != NULL ? path : "";
}

static void once(const char **kept, const char *path)
{
    if (*kept == NULL)
        *kept = path;
}

/* What a change makes of the number, in SI, and the word that the retrofit says it with; false: it stays. */
static bool value_then(maker *m, const park_tree_node *value, park_change *change, double now,
                       const char **word, double *then)
{
    static const char *const WORDS[] = {"set", "times", "add"}; /* by park_change_op */
    const char              *op      = park_tree_key(value);
    double                   given;
    bool                     raises = strcmp(op, "raise") == 0, lowers = strcmp(op, "lower") == 0;
    change->op = PARK_CHANGE_SET;
    for (int i = 0; i < 3; i++)
        if (strcmp(op, WORDS[i]) == 0)
            change->op = (park_change_op)i;
    *word = WORDS[change->op];
    if (!park_load_change_value(m->offers->loader, level_of(value, m->offers->effect), change, &given))
        return false;
    *then = change->op == PARK_CHANGE_TIMES ? now * given
            : change->op == PARK_CHANGE_ADD ? now + given
                                            : given;
    return *then != now && !(raises && now >= given) && !(lowers && now <= given);
}

/* One change of the entry at a place, into the retrofit's changes. */
static bool add_change(maker *m, place *p, const park_tree_node *wanted, bool whole, park_tree_node *changes)
{
    park_tree    *tree = m->reader->tree;
    park_change   change;
    const char   *path = path_in(m, p, park_tree_key(wanted)), *word;
    const double *now  = number_at(m, path, &change);
    double        then;
    if (now == NULL || wanted->form != PARK_MAPPING || wanted->count == 0) {
        once(&m->missing, path);
        return false;
    }
    const park_tree_node *value = wanted->items[0];
    if (!value_then(m, value, &change, *now, &word, &then)) {
        once(&m->reached, path);
        return false;
    }
    if (p->amount == 0.0)
        p->amount = fabs(then - *now), m->amount_dim = change.field->dim;
    const park_mark *mark = &m->offers->from->mark;
    park_tree_node  *text = park_tree_clone(tree, level_of(value, m->offers->effect)),
                   *op    = park_tree_mapping(tree, NULL);
    bool ok               = text != NULL && op != NULL && park_tree_put(tree, op, word, mark, text) != NULL &&
              park_tree_put(tree, changes, whole ? path : park_tree_key(wanted), mark, op) != NULL;
    if (op != NULL)
        op->flow = true;
    m->reader->failed |= !ok;
    return ok;
}

/* Everything that the entry changes at a place; false: nothing that makes it a retrofit. */
static bool change_place(maker *m, place *p, bool whole, park_tree_node *changes)
{
    const park_tree_node *wanted = park_tree_get(m->entry, "changes"),
                         *also   = park_tree_get(m->entry, "also");
    const char *missing, *reached;
    bool        any = false;
    for (size_t i = 0; wanted != NULL && i < wanted->count; i++)
        any = add_change(m, p, wanted->items[i], whole, changes) || any;
    missing = m->missing, reached = m->reached;
    for (size_t i = 0; any && also != NULL && i < also->count; i++)
        (void)add_change(m, p, also->items[i], whole, changes);
    m->missing = missing, m->reached = reached; /* what may be absent is no reason */
    return any;
}

/* ---- costs -------------------------------------------------------------------------------------------------------------------- */

static double length_of(const maker *m, const place *p)
{
    const park_loader *loader = m->offers->loader;
    double             sum    = 0.0;
    for (size_t n = 0; p->network >= 0 && n < loader->networks; n++) {
        const park_network *net = loader->network[n].net;
        for (size_t l = 0; strcmp(loader->network[n].id, p->id) == 0 && l < net->link.count; l++)
            sum += isfinite(net->link.length[l]) ? net->link.length[l] : 0.0;
    }
    return sum;
}

/* The number that a cost is scaled by at one place; NAN where the park does not say it. */
static double size_at(maker *m, const place *p, const char *of, park_dimension *dim)
{
    park_change   change;
    const double *number = number_at(m, path_in(m, p, of), &change), *range;
    double        heat;
    *dim = m->amount_dim;
    if (strcmp(of, "change") == 0)
        return p->amount;
    *dim = PARK_DIM_LENGTH;
    if (strcmp(of, "length") == 0)
        return length_of(m, p);
    if (number != NULL) {
        *dim = change.field->dim;
        return *number;
    }
    *dim = PARK_DIM_FLOW;
    if (strcmp(of, "circulation") != 0 || (number = number_at(m, path_in(m, p, "heat"), &change)) == NULL)
        return NAN;
    heat  = *number;
    range = number_at(m, path_in(m, p, "range"), &change);
    return range != NULL ? park_tower_circulation(heat, *range) : NAN;
}

/* A cost of the entry for places first .. first + count - 1 as text; NULL: it has none, or the size is not known. */
static const char *cost_text(maker *m, const char *word, size_t first, size_t count, park_dimension money,
                             const char *unit, bool *sized)
{
    const park_tree_node *cost = park_tree_get(m->entry, word), *of = park_tree_get(cost, "of"),
                         *exponent = park_tree_get(cost, "exponent");
    const park_tree_node *each =
        cost != NULL && cost->form == PARK_MAPPING ? park_tree_get(cost, "cost") : cost;
    double         price, per = 1.0, size = 0.0, power = 1.0;
    park_dimension dim = PARK_DIM_NUMBER;
    *sized             = true;
    if (cost == NULL || !park_reader_quantity(m->reader, level_of(each, m->offers->cost), money, &price))
        return NULL;
    for (size_t i = 0; of != NULL && i < count; i++)
        size += size_at(m, &m->place[first + i], text_of(of), &dim);
    if (of != NULL && !isfinite(size)) {
        once(&m->unsized, path_in(m, &m->place[first], text_of(of)));
        *sized = false;
        return NULL;
    }
    if ((of != NULL && !park_reader_quantity(m->reader, park_tree_get(cost, "per"), dim, &per)) ||
        (exponent != NULL && !park_reader_quantity(m->reader, exponent, PARK_DIM_NUMBER, &power)))
        return NULL;
    double sum = price * (of != NULL ? pow(size / per, power) : 1.0);
    return park_arena_printf(m->arena, "%.10g %s", money == PARK_DIM_MONEY_RATE ? sum * 31536000.0 : sum,
                             unit);
}

/* ---- the retrofit as a user would write it ---------------------------------------------------------------------------------------- */

static void put_text(maker *m, park_tree_node *node, const char *word, const char *text)
{
    park_tree *tree = m->reader->tree;
    if (text == NULL)
        return;
    park_tree_node *value = park_tree_scalar(tree, text, false, NULL);
    m->reader->failed |=
        value == NULL || park_tree_put(tree, node, word, &m->offers->from->mark, value) == NULL;
}

/* "counter-current rinsing: Rinsing shop" */
static void put_name(maker *m, park_tree_node *node, const place *p)
{
    const park_draft     *draft = m->reader->draft;
    const park_tree_node *name  = park_tree_get(m->entry, "name");
    park_tree_node       *label = park_tree_mapping(m->reader->tree, NULL);
    const char           *zh = text_of(park_tree_get(name, "zh")), *en = text_of(park_tree_get(name, "en"));
    if (name != NULL && name->form == PARK_SCALAR)
        zh = en = name->text;
    if (label == NULL ||
        park_tree_put(m->reader->tree, node, "name", &m->offers->from->mark, label) == NULL) {
        m->reader->failed = true;
        return;
    }
    if (p != NULL) {
        park_label at = {.zh = p->id, .en = p->id};
        if (p->unit >= 0)
            at = draft->unit[p->unit].label;
        zh = park_arena_printf(m->arena, "%s：%s", zh, park_label_text(at, true));
        en = park_arena_printf(m->arena, "%s: %s", en, park_label_text(at, false));
    }
    label->flow = true;
    put_text(m, label, "zh", zh);
    put_text(m, label, "en", en);
    for (size_t i = 0; i < label->count; i++)
        label->items[i]->quoted = true;
}

/* An offer over places first .. first + count - 1; false where its cost has no size here. */
static bool offer(maker *m, size_t first, size_t count, bool together, park_tree_node *changes)
{
    park_offers    *offers = m->offers;
    park_tree      *tree   = m->reader->tree;
    const place    *p      = &m->place[first];
    park_tree_node *node   = park_tree_mapping(tree, NULL);
    bool            capex_sized, opex_sized;
    const char     *capex = cost_text(m, "capex", first, count, PARK_DIM_MONEY, "CNY", &capex_sized);
    const char     *opex  = cost_text(m, "opex", first, count, PARK_DIM_MONEY_RATE, "CNY/a", &opex_sized);
    const char     *id    = together ? m->name : park_arena_printf(m->arena, "%s_%s", m->name, p->id);
    const char    **ids   = PARK_ARRAY(m->arena, count, const char *);
    if (!capex_sized || !opex_sized)
        return false;
    if (node == NULL || id == NULL || ids == NULL ||
        !PARK_GROW(m->arena, offers->offer, offers->count, offers->cap)) {
        m->reader->failed = true;
        return true;
    }
    for (size_t i = 0; i < count; i++)
        ids[i] = m->place[first + i].id;
    put_name(m, node, together ? NULL : p);
    put_text(m, node, "applies_to",
             together          ? "park"
             : p->network >= 0 ? park_arena_printf(m->arena, "network.%s", p->id)
                               : p->id);
    m->reader->failed |= park_tree_put(tree, node, "changes", &offers->from->mark, changes) == NULL;
    put_text(m, node, "capex", capex);
    put_text(m, node, "opex", opex);
    const park_tree_node *life = park_tree_get(m->entry, "life");
    put_text(m, node, "life", life != NULL ? text_of(life) : NULL);
    offers->offer[offers->count++] = (park_offer){m->name, m->entry, together, id, node, false, count, ids};
    return true;
}

/* Places that stay, changed one by one; with `together` all into one retrofit. */
static size_t offer_places(maker *m, bool together)
{
    park_tree_node *changes = NULL;
    size_t          kept = 0, offered = 0;
    for (size_t i = 0; i < m->places; i++) {
        if (changes == NULL || !together)
            changes = park_tree_mapping(m->reader->tree, NULL);
        if (changes == NULL) {
            m->reader->failed = true;
            return offered;
        }
        if (!change_place(m, &m->place[i], together, changes))
            continue;
        m->place[kept++] = m->place[i];
        if (!together)
            offered += offer(m, kept - 1, 1, false, changes);
    }
    return together && kept > 0 ? (size_t)offer(m, 0, kept, true, changes) : offered;
}

/* ---- reasons -------------------------------------------------------------------------------------------------------------------- */

static const char *sector_zh(const maker *m)
{
    for (size_t s = 0; PARK_SECTORS[s] != NULL; s++)
        if (strcmp(PARK_SECTORS[s], m->sector) == 0)
            return PARK_SECTORS_ZH[s];
    return m->sector;
}

/* "there is no such unit: users (process) of the sector textile tagged rinsing, washing" */
static void refuse_place(maker *m)
{
    const park_tree_node *where = park_tree_get(m->entry, "where"), *tags = park_tree_get(where, "tags");
    const park_tree_node *what = where != NULL && where->count > 0 ? where->items[0] : NULL;
    park_text             kinds, tagged_en, tagged_zh;
    park_text_init(&kinds, m->arena), park_text_init(&tagged_en, m->arena),
        park_text_init(&tagged_zh, m->arena);
    for (size_t i = 0; what != NULL && what->form == PARK_LIST && i < what->count; i++)
        park_text_printf(&kinds, "%s%s", i > 0 ? ", " : "", text_of(what->items[i]));
    if (what != NULL && what->form == PARK_SCALAR)
        park_text_add(&kinds, what->text);
    for (size_t i = 0; tags != NULL && i < tags->count; i++) {
        park_text_printf(&tagged_en, "%s%s", i > 0 ? ", " : " tagged ", text_of(tags->items[i]));
        park_text_printf(&tagged_zh, "%s%s", i > 0 ? "、" : "，且 tags 含 ", text_of(tags->items[i]));
    }
    bool users = what != NULL && strcmp(park_tree_key(what), "users") == 0;
    park_offer_refuse(
        m->offers, m->name,
        park_arena_printf(m->arena, "there is no such unit: %s (%s)%s%s%s",
                          what != NULL ? park_tree_key(what) : "", park_text_done(&kinds),
                          users ? " of the sector " : "", users ? m->sector : "", park_text_done(&tagged_en)),
        park_arena_printf(m->arena, "没有相应单元：%s（%s）%s%s%s", what != NULL ? park_tree_key(what) : "",
                          park_text_done(&kinds), users ? "，行业 " : "", users ? sector_zh(m) : "",
                          park_text_done(&tagged_zh)));
}

static void refuse(maker *m)
{
    park_arena *arena = m->arena;
    if (m->places == 0)
        refuse_place(m);
    else if (m->unsized != NULL)
        park_offer_refuse(m->offers, m->name,
                          park_arena_printf(arena, "its cost goes by %s, which is not known", m->unsized),
                          park_arena_printf(arena, "费用按 %s 计算，而该值未知", m->unsized));
    else if (m->reached != NULL)
        park_offer_refuse(m->offers, m->name, park_arena_printf(arena, "%s is as good already", m->reached),
                          park_arena_printf(arena, "%s 已达到该水平", m->reached));
    else
        park_offer_refuse(
            m->offers, m->name,
            park_arena_printf(arena, "what it changes is not given as a number: %s",
                              m->missing != NULL ? m->missing : ""),
            park_arena_printf(arena, "所改动的参数未给出数值：%s", m->missing != NULL ? m->missing : ""));
}

void park_offer_make(park_offers *offers, const char *name, const park_tree_node *entry)
{
    park_reader *reader = &offers->loader->reader;
    maker m  = {.offers = offers, .reader = reader, .arena = reader->arena, .name = name, .entry = entry};
    m.sector = text_of(park_tree_get(entry, "sector"));
    size_t errors = reader->findings->errors;
    find_places(&m);
    bool together = strcmp(text_of(park_tree_get(entry, "applies")), "together") == 0;
    if (offer_places(&m, together) == 0 && reader->findings->errors == errors)
        refuse(&m);
}
