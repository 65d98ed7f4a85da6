/*
 * load_constituents.c - the head of a park and its constituents.
 */
#include "load_sections.h"

#include "utf8.h"

#include <string.h>

static const char *const MIXES[] = {"mass", "energy", "equilibrium", "none", NULL};
static const char *const DATA[]  = {"illustrative", "estimated", "measured", NULL};

void park_load_head(park_loader *loader)
{
    park_reader    *reader = &loader->reader;
    park_tree_node *name = park_tree_get(loader->root, "name"), *data = park_tree_get(loader->root, "data");
    int32_t         class_ = PARK_DATA_ESTIMATED;
    if (name != NULL)
        (void)park_reader_label(reader, name, &reader->draft->name);
    if (data != NULL)
        (void)park_reader_choice(reader, data, DATA, &class_);
    else
        park_reader_put_default(reader, loader->root, "data", DATA[class_], false);
    reader->draft->data = (park_data_class)class_;
    reader->data_class  = DATA[class_];
}

/* A constituent of the park's own: {unit: mg/L, mixes: mass}, or a change of a catalogue row. */
static bool read_own(park_loader *loader, park_tree_node *node, park_constituent_info *info)
{
    park_reader             *reader  = &loader->reader;
    static const char *const WORDS[] = {"name", "unit", "mixes", "class_one", "typical", NULL};
    if (park_tree_is_null(node))
        return true;
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return false;
    bool                  ok   = park_reader_known(reader, node, NULL, 0, WORDS);
    const park_tree_node *name = park_tree_get(node, "name"), *unit = park_tree_get(node, "unit");
    const park_tree_node *mixes = park_tree_get(node, "mixes"), *one = park_tree_get(node, "class_one");
    const park_tree_node *typical = park_tree_get(node, "typical");
    int32_t               mixing  = (int32_t)info->mixes;
    double                scale, offset;
    park_quantity_problem problem;
    ok &= name == NULL || park_reader_label(reader, name, &info->label);
    ok &= mixes == NULL || park_reader_choice(reader, mixes, MIXES, &mixing);
    ok &= one == NULL || park_reader_bool(reader, one, &info->class_one);
    ok &= typical == NULL || park_reader_quantity(reader, typical, PARK_DIM_CONC, &info->magnitude);
    info->mixes = (park_mixing)mixing;
    if (unit != NULL && park_reader_is(reader, unit, PARK_SCALAR) &&
        !park_unit_parse(unit->text, unit->length, PARK_DIM_CONC, &scale, &offset, NULL, &problem)) {
        park_finding *finding =
            park_quantity_finding(reader->findings, &problem, park_tree_path(reader->arena, unit));
        park_tree_place_in(reader->tree, unit, problem.offset, problem.length, reader->findings, finding);
        ok = false;
    }
    if (!(info->magnitude > 0.0)) {
        PARK_TELL(reader, typical, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "typical is '%s'; it must be above 0", "typical 写作“%s”；应大于 0", typical->text);
        info->magnitude = 0.1;
        ok              = false;
    }
    return ok;
}

static void from_row(park_constituent_info *info, const park_constituent_row *row)
{
    info->label     = (park_label){row->zh, row->en};
    info->mixes     = row->mixes;
    info->basis     = row->basis;
    info->class_one = row->class_one;
    info->magnitude = row->magnitude;
}

/* One constituent by its name and, where the file says more, its mapping. */
static void add(park_loader *loader, const park_tree_node *at, park_tree_spot spot, const char *name,
                park_tree_node *own)
{
    park_reader                *reader = &loader->reader;
    park_draft                 *draft  = reader->draft;
    const park_constituent_row *row    = park_constituent_row_find(name);
    for (size_t c = 0; c < draft->constituents; c++)
        if (strcmp(draft->constituent[c].id, name) == 0) {
            PARK_TELL(reader, at, spot, PARK_E0306, PARK_ERROR, "the constituent '%s' stands twice",
                      "成分“%s”重复", name);
            return;
        }
    park_constituent_info info = {
        .id = name, .label = {name, name}, .mixes = PARK_MIX_MASS, .magnitude = 0.1};
    if (row != NULL)
        from_row(&info, row);
    if (row == NULL && own == NULL) {
        const park_constituent_row *rows = park_constituent_rows(), *guess = park_constituent_row_guess(name);
        const char                 *ids[64];
        size_t                      count = 0;
        for (; rows[count].id != NULL && count < 64; count++)
            ids[count] = rows[count].id;
        const char *near_ = guess != NULL ? guess->id : park_nearest(name, ids, count);
        park_reader_tell_near(
            reader, at, spot, PARK_E0313, near_,
            "the catalogue has no constituent '%s'; a new one is written {%s: {unit: mg/L, mixes: mass}}",
            "目录中没有成分“%s”；新成分写作 {%s: {unit: mg/L, mixes: mass}}", name, name);
        reader->constituent_lost = true;
    }
    if (own != NULL)
        (void)read_own(loader, own, &info);
    if (info.mixes == PARK_MIX_EQUILIBRIUM || info.mixes == PARK_MIX_ENERGY)
        park_reader_later(reader, at, spot, name, name, false);
    if (info.mixes == PARK_MIX_NONE)
        PARK_TELL(reader, at, spot, PARK_W0963, PARK_WARNING,
                  "%s does not mix by mass; it is taken as the mean of what comes together, weighted by "
                  "flow, and its "
                  "limits are proven for that mean only",
                  "%s 不按质量混合；按流量加权平均计算，其限值仅对该平均值得到证明", name);
    reader->row[draft->constituents]          = row;
    draft->constituent[draft->constituents++] = info;
}

bool park_load_constituents(park_loader *loader)
{
    park_reader    *reader = &loader->reader;
    park_tree_node *node   = park_tree_get(loader->root, "constituents");
    size_t          most   = node != NULL && node->form != PARK_SCALAR ? 0 : 1;
    for (size_t i = 0; node != NULL && i < node->count; i++)
        most += node->items[i]->form == PARK_MAPPING && node->form == PARK_LIST ? node->items[i]->count : 1;
    reader->draft     = park_draft_new(reader->arena, most + 1);
    reader->row       = PARK_ARRAY(reader->arena, most + 1, const park_constituent_row *);
    reader->read      = PARK_ARRAY(reader->arena, most + 1, bool);
    reader->reader_of = PARK_ARRAY(reader->arena, most + 1, const park_tree_node *);
    if (reader->draft == NULL || reader->row == NULL || reader->read == NULL || reader->reader_of == NULL) {
        reader->failed = true;
        return false;
    }
    reader->draft->constituents = 0;
    if (node == NULL) {
        if (!loader->root->damaged)
            PARK_TELL(reader, loader->root, PARK_AT_VALUE, PARK_E0302, PARK_ERROR,
                      "the park lacks 'constituents' (what the water carries), such as %s",
                      "园区缺少 constituents（水质成分），例如 %s", "[COD, TDS]");
    } else if (node->form == PARK_MAPPING) {
        for (size_t i = 0; i < node->count; i++)
            if (!park_reader_is_note(park_tree_key(node->items[i])))
                add(loader, node->items[i], PARK_AT_KEY, park_tree_key(node->items[i]), node->items[i]);
    } else if (node->form == PARK_SCALAR && !park_tree_is_null(node)) {
        add(loader, node, PARK_AT_VALUE, node->text, NULL);
    } else if (park_reader_is(reader, node, PARK_LIST)) {
        for (size_t i = 0; i < node->count; i++) {
            park_tree_node *item = node->items[i];
            if (item->form == PARK_MAPPING)
                for (size_t k = 0; k < item->count; k++)
                    add(loader, item->items[k], PARK_AT_KEY, park_tree_key(item->items[k]), item->items[k]);
            else if (park_reader_is(reader, item, PARK_SCALAR))
                add(loader, item, PARK_AT_VALUE, item->text, NULL);
        }
    }
    return !reader->failed;
}
