/*
 * load_controls.c - switches by level, clock, flow and quality; PID; blending; priorities of sources.
 */
#include "load_sections.h"

#include "units/kind.h"

#include <string.h>

static const int64_t HOUR = 3600;

/* What a controller reads, and the dimension in which it is compared. */
static bool read_probe(park_loader *loader, const park_tree_node *node, const char *text, park_probe *probe)
{
    park_reader *reader = &loader->reader;
    const char  *dot    = strrchr(text, '.'), *inlet;
    *probe              = (park_probe){.index = -1, .constituent = -1};
    if (dot == NULL || dot == text || dot[1] == '\0') {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0304, PARK_ERROR,
                  "'%s' is nothing that a controller reads; it is written %s", "“%s”不是可读的量；写作 %s",
                  text, "pond.level, river_dyeing.flow, reuse.TDS, dyeing.inlet.TDS");
        return false;
    }
    probe->text = park_arena_text(reader->arena, text, (size_t)(dot - text));
    if (probe->text == NULL) {
        reader->failed = true;
        return false;
    }
    if (strcmp(dot, ".level") == 0) {
        int32_t unit = park_model_unit(reader->draft, probe->text);
        probe->kind  = PARK_PROBE_LEVEL;
        if (unit < 0)
            return park_load_unit_named(loader, node, probe->text) && false;
        const park_time_face *face = reader->draft->unit[unit].kind->time;
        if (reader->draft->unit[unit].role == PARK_STORAGE ||
            (face != NULL && (face->variable_volume || face->blowdown_control)))
            return true;
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0316, PARK_ERROR,
                  "'%s' is no storage; only storages have a level", "“%s”不是蓄水单元；只有蓄水单元有水位",
                  probe->text);
        return false;
    }
    if (strcmp(dot, ".flow") == 0) {
        probe->kind = PARK_PROBE_FLOW;
        return true;
    }
    inlet       = strstr(probe->text, ".inlet");
    probe->kind = inlet != NULL && inlet[strlen(".inlet")] == '\0' ? PARK_PROBE_INLET : PARK_PROBE_OUTLET;
    probe->constituent = park_reader_constituent(reader, node, dot + 1, PARK_AT_VALUE);
    return probe->constituent >= 0 && park_load_unit_named(loader, node, probe->text);
}

/* A threshold or a set point: a share of the volume, a flow, or a concentration on its constituent's basis. */
static bool read_level_of(park_loader *loader, const park_tree_node *node, const char *text,
                          const park_probe *probe, double *value)
{
    park_reader   *reader = &loader->reader;
    park_tree_node part   = *node; /* the same place, the part of the text that is the quantity */
    part.text             = text;
    part.length           = strlen(text);
    if (probe->kind == PARK_PROBE_LEVEL) {
        if (!park_reader_quantity(reader, &part, PARK_DIM_SHARE, value))
            return false;
        if (*value >= 0.0 && *value <= 1.0)
            return true;
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "'%s' is no level; a level lies within 0 %% and 100 %%",
                  "“%s”不是水位；水位在 0 %% 至 100 %% 之间", text);
        return false;
    }
    bool ok = probe->kind == PARK_PROBE_FLOW
                  ? park_reader_quantity(reader, &part, PARK_DIM_FLOW, value)
                  : park_reader_of_constituent(reader, &part, probe->constituent, PARK_DIM_CONC, value);
    if (ok && !(*value > 0.0)) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0303, PARK_ERROR, "'%s' must lie above 0",
                  "“%s”必须大于 0", text);
        return false;
    }
    return ok;
}

static bool tell_when(park_loader *loader, const park_tree_node *node)
{
    PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0304, PARK_ERROR,
              "when is '%s'; a condition is written %s", "when 写作“%s”；条件写作 %s", node->text,
              "pond.level < 20 %");
    return false;
}

/* "pond.level < 20 %" */
static bool read_when(park_loader *loader, const park_tree_node *node, park_regulator *r)
{
    const char *sign = strpbrk(node->text, "<>");
    if (sign == NULL || sign == node->text || sign[1 + strspn(sign + 1, " ")] == '\0')
        return tell_when(loader, node);
    size_t length = (size_t)(sign - node->text);
    while (length > 0 && node->text[length - 1] == ' ')
        length--;
    char *what = park_arena_text(loader->reader.arena, node->text, length);
    r->below   = *sign == '<';
    if (what == NULL || length == 0 || strchr(what, '.') == NULL)
        return tell_when(loader, node);
    return read_probe(loader, node, what, &r->probe) &&
           read_level_of(loader, node, sign + 1 + strspn(sign + 1, " "), &r->probe, &r->at);
}

static bool read_do(park_loader *loader, const park_tree_node *node, park_regulator *r)
{
    const char *text = node->text;
    r->open          = strncmp(text, "open ", 5) == 0;
    if (r->open || strncmp(text, "close ", 6) == 0) {
        r->link_text[0] = text + (r->open ? 5 : 6);
        r->link_text[0] += strspn(r->link_text[0], " ");
        if (r->link_text[0][0] != '\0')
            return true;
    }
    PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0304, PARK_ERROR,
              "do is '%s'; an action is written %s", "do 写作“%s”；动作写作 %s", text, "open river_cooling");
    return false;
}

/* ---- by kind ---- */

static bool read_pid(park_loader *loader, const park_tree_node *node, const park_pid_words *words,
                     park_regulator *r)
{
    park_reader          *reader = &loader->reader;
    const park_tree_node *at     = park_tree_get(node, "at");
    r->link_text[0]              = words->by;
    r->least                     = isnan(words->range.min) ? 0.0 : words->range.min;
    r->most                      = words->range.max;
    r->gain = words->gain, r->reset = words->reset, r->rate = words->rate, r->start = words->start;
    if (!read_probe(loader, park_tree_get(node, "hold"), words->hold, &r->probe) ||
        !park_reader_is(reader, at, PARK_SCALAR) || !read_level_of(loader, at, at->text, &r->probe, &r->at))
        return false;
    if (!(r->most > r->least) || !isfinite(r->most)) {
        PARK_TELL(reader, park_tree_get(node, "range"), PARK_AT_KEY, PARK_E0303, PARK_ERROR,
                  "the range of '%s' must have a largest flow above its least",
                  "“%s”的流量范围上限须大于下限", words->by);
        return false;
    }
    return true;
}

static bool read_blend(park_loader *loader, const park_tree_node *node, const park_blend_words *words,
                       park_regulator *r)
{
    bool any        = false;
    r->link_text[0] = words->from, r->link_text[1] = words->with;
    r->hold = words->hold;
    for (size_t c = 0; c < loader->reader.draft->constituents; c++)
        any = any || !isnan(words->hold[c]);
    if (!any)
        PARK_TELL(&loader->reader, park_tree_get(node, "hold"), PARK_AT_KEY, PARK_E0302, PARK_ERROR,
                  "a blend holds at least one constituent, such as %s", "配水须至少给出一项水质，例如 %s",
                  "{TDS: 600 mg/L}");
    return any;
}

static bool read_priority(park_loader *loader, const park_tree_node *node, const park_priority_words *words,
                          park_regulator *r)
{
    park_reader          *reader = &loader->reader;
    const park_tree_node *order  = park_tree_get(node, "order");
    park_text_list        list   = {0};
    r->inlet_text                = words->of;
    r->order                     = PARK_ORDER_PRICE;
    if (!park_load_unit_named(loader, park_tree_get(node, "of"), words->of))
        return false;
    if (order->form == PARK_LIST) {
        if (!park_reader_texts(reader, order, &list))
            return false;
        r->ranks = list.count, r->rank_text = list.item;
        return list.count > 0;
    }
    if (!park_reader_is(reader, order, PARK_SCALAR))
        return false;
    if (strcmp(order->text, "price") == 0)
        return true;
    r->order = park_reader_constituent(reader, order, order->text, PARK_AT_VALUE);
    return r->order >= 0;
}

/* A level of a storage is located to the second by the integrator; everything else is looked at. */
static void add_switch(park_draft *draft, const park_regulator *r)
{
    if (r->probe.kind == PARK_PROBE_LEVEL)
        draft->control[draft->controls++] = (park_control){.storage   = park_model_unit(draft, r->probe.text),
                                                           .threshold = r->at,
                                                           .below     = r->below,
                                                           .open      = r->open,
                                                           .link      = -1,
                                                           .link_text = r->link_text[0],
                                                           .hysteresis = r->hysteresis};
    else
        draft->regulator[draft->regulators++] = *r;
}

static bool lacks(park_loader *loader, const park_tree_node *node, const char *what)
{
    PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0302, PARK_ERROR, "a control needs %s",
              "控制须有 %s", what);
    return false;
}

/* One of when + do, hours + do, pid, blend, priority. */
static bool read_kind(park_loader *loader, const park_tree_node *node, const park_control_words *words,
                      park_regulator *r)
{
    static const char *const KIND[] = {"hours", "when", "pid", "blend",
                                       "priority"}; /* by park_regulator_kind */
    const park_tree_node    *what = NULL, *action = park_tree_get(node, "do");
    for (int k = 0; k < 5; k++) {
        const park_tree_node *found = park_tree_get(node, KIND[k]);
        if (found != NULL && what != NULL) {
            PARK_TELL(&loader->reader, found, PARK_AT_KEY, PARK_E0308, PARK_ERROR,
                      "a control has one of when, hours, pid, blend, priority; '%s' is the second",
                      "一条控制只能写 when、hours、pid、blend、priority 之一；“%s”是第二个", KIND[k]);
            return false;
        }
        if (found != NULL)
            what = found, r->kind = (park_regulator_kind)k;
    }
    if (what == NULL)
        return lacks(loader, node, "when");
    bool valve = r->kind == PARK_REGULATE_CLOCK || r->kind == PARK_REGULATE_SWITCH;
    if (valve && action == NULL)
        return lacks(loader, node, "do");
    switch (r->kind) {
    case PARK_REGULATE_CLOCK:
        r->every = HOUR;
        return park_load_hours(loader, what, r->hour) && read_do(loader, action, r);
    case PARK_REGULATE_SWITCH:
        return read_when(loader, what, r) && read_do(loader, action, r);
    case PARK_REGULATE_PID:
        return read_pid(loader, what, &words->pid, r);
    case PARK_REGULATE_BLEND:
        return read_blend(loader, what, &words->blend, r);
    case PARK_REGULATE_PRIORITY:
        return read_priority(loader, what, &words->priority, r);
    }
    return false;
}

/* Looks fall on the hours of the civil clock. */
static bool every_fits(park_loader *loader, const park_tree_node *node, double seconds, int64_t *every)
{
    *every    = (int64_t)llround(seconds);
    bool fits = (HOUR % *every == 0 || *every % HOUR == 0) && (24 * HOUR) % *every == 0;
    if (!fits)
        PARK_TELL(&loader->reader, park_tree_get(node, "every"), PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "%s does not divide a day into equal parts of the hour; 15 min, 1 h and 6 h do",
                  "%s 不能整分一小时或一天；可用 15 min、1 h、6 h", park_tree_get(node, "every")->text);
    return fits;
}

void park_load_controls(park_loader *loader)
{
    park_reader    *reader = &loader->reader;
    park_draft     *draft  = reader->draft;
    park_tree_node *list   = park_tree_get(loader->root, "controls");
    if (list == NULL || !park_reader_is(reader, list, PARK_LIST))
        return;
    draft->control   = PARK_ARRAY(reader->arena, list->count, park_control);
    draft->regulator = PARK_ARRAY(reader->arena, list->count, park_regulator);
    reader->failed |= draft->control == NULL || draft->regulator == NULL;
    for (size_t i = 0; !reader->failed && i < list->count; i++) {
        park_tree_node    *node  = list->items[i];
        park_control_words words = {
            .hysteresis = 0.02,
            .every      = 900.0,
            .pid        = {.range = {NAN, NAN, NAN}, .gain = 1.0, .reset = 3600.0, .start = NAN}};
        park_regulator r = {.inlet = -1, .start = NAN, .link = {-1, -1}};
        words.blend.hold = PARK_ARRAY(reader->arena, draft->constituents, double);
        reader->failed |= words.blend.hold == NULL;
        for (size_t c = 0; !reader->failed && c < draft->constituents; c++)
            words.blend.hold[c] = NAN;
        r.id = park_arena_printf(reader->arena, "controls[%zu]", i);
        bool ok =
            !reader->failed && park_reader_record(reader, node, &(park_part){PARK_CONTROL_WORDS, &words}, 1);
        if (!ok || !every_fits(loader, node, words.every, &r.every))
            continue;
        r.hysteresis = words.hysteresis;
        if (!read_kind(loader, node, &words, &r))
            continue;
        if (r.kind == PARK_REGULATE_SWITCH)
            add_switch(draft, &r);
        else
            draft->regulator[draft->regulators++] = r;
    }
}
