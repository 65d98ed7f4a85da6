/*
 * load_uncertainty.c - values that are not known beforehand: their places in the park and their laws.
 */
#include "load_sections.h"

#include "units/kind.h"

#include <stdio.h>
#include <string.h>

static const char *const OPS[]  = {"set", "times", "add", NULL}; /* by park_change_op */
static const char *const LAWS[] = {"normal",     "lognormal", "uniform",
                                   "triangular", "discrete",  NULL}; /* by park_distribution_kind */

/* --- the value --- */

/* What is decided before the future is known cannot depend on it. */
static bool decided_before(park_loader *loader, const park_tree_node *node, const park_change *change)
{
    bool before = park_change_of_building(loader->reader.draft, change);
    if (before)
        PARK_TELL(&loader->reader, node, PARK_AT_KEY, PARK_E0308, PARK_ERROR,
                  "'%s' is decided on before the future is known, so it cannot be uncertain",
                  "“%s”在未来揭晓之前就要决定，不能设为不确定", park_tree_key(node));
    return before;
}

/* --- the law --- */

static bool numbers(park_loader *loader, const park_tree_node *list, const park_change *change, bool weights,
                    double **values)
{
    park_reader *reader = &loader->reader;
    if (!park_reader_is(reader, list, PARK_LIST))
        return false;
    *values = PARK_ARRAY(reader->arena, list->count, double);
    reader->failed |= *values == NULL;
    bool ok = *values != NULL;
    for (size_t i = 0; ok && i < list->count; i++) {
        double *to = &(*values)[i];
        ok         = weights ? park_reader_quantity(reader, list->items[i], PARK_DIM_NUMBER, to)
                             : park_load_change_value(loader, list->items[i], change, to);
        if (ok && weights && !(*to > 0.0)) {
            PARK_TELL(reader, list->items[i], PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "a weight is %s; it must lie above 0", "权重为 %s；应大于 0", list->items[i]->text);
            ok = false;
        }
    }
    return ok;
}

/* [0.8, 1, 1.2], all alike, or {values: [..], weights: [..]}. */
static bool read_discrete(park_loader *loader, park_tree_node *node, const park_change *change,
                          park_distribution *law)
{
    static const char *const WORDS[] = {"values", "weights", NULL};
    park_reader             *reader  = &loader->reader;
    const park_tree_node    *list = node, *weights = NULL;
    double                  *value, *weight;
    if (node->form == PARK_MAPPING) {
        if (!park_reader_known(reader, node, NULL, 0, WORDS))
            return false;
        list = park_tree_get(node, "values"), weights = park_tree_get(node, "weights");
    }
    if (list == NULL || list->form != PARK_LIST || list->count == 0 ||
        (weights != NULL && weights->form == PARK_LIST && weights->count != list->count)) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0310, PARK_ERROR,
                  "a discrete law is a list of values, or %s with as many weights",
                  "离散分布写作数值列表，或 %s，权重与数值一样多", "{values: [0.8, 1.2], weights: [1, 3]}");
        return false;
    }
    if (!numbers(loader, list, change, false, &value))
        return false;
    if (weights != NULL) {
        if (!numbers(loader, weights, change, true, &weight))
            return false;
    } else {
        weight = PARK_ARRAY(reader->arena, list->count, double);
        reader->failed |= weight == NULL;
        for (size_t i = 0; weight != NULL && i < list->count; i++)
            weight[i] = 1.0;
    }
    law->count = list->count, law->value = value, law->weight = weight;
    return weight != NULL;
}

/* {mean: 1, cv: 0.18} or {mean: 1.1 CNY/m3, sd: 0.1 CNY/m3} */
static bool read_bell(park_loader *loader, park_tree_node *node, const park_change *change,
                      park_distribution *law)
{
    static const char *const WORDS[] = {"mean", "sd", "cv", NULL};
    park_reader             *reader  = &loader->reader;
    if (!park_reader_is(reader, node, PARK_MAPPING) || !park_reader_known(reader, node, NULL, 0, WORDS))
        return false;
    const park_tree_node *mean = park_tree_get(node, "mean"), *sd = park_tree_get(node, "sd"),
                         *cv = park_tree_get(node, "cv");
    double share             = NAN;
    if (mean == NULL || (sd == NULL) == (cv == NULL)) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR, "%s needs mean and one of sd, cv",
                  "%s 须有 mean，以及 sd、cv 之一", park_tree_key(node));
        return false;
    }
    bool ok = park_load_change_value(loader, mean, change, &law->mean);
    if (sd != NULL)
        ok &= park_load_change_value(loader, sd, change, &law->sd);
    else if (park_reader_quantity(reader, cv, PARK_DIM_SHARE, &share))
        law->sd = share * fabs(law->mean);
    else
        return false;
    if (ok && (!(law->sd >= 0.0) || (law->kind == PARK_DISTRIBUTION_LOGNORMAL && !(law->mean > 0.0)))) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "the mean of a lognormal law lies above 0, and no spread below 0",
                  "对数正态分布的均值应大于 0，离散程度不得为负");
        ok = false;
    }
    return ok;
}

/* {min: .., max: ..}, and a mode between when `mode`. */
static bool read_span(park_loader *loader, park_tree_node *node, const park_change *change, bool mode,
                      park_distribution *law)
{
    static const char *const WORDS[] = {"min", "max", "mode", NULL};
    park_reader             *reader  = &loader->reader;
    if (!park_reader_is(reader, node, PARK_MAPPING) || !park_reader_known(reader, node, NULL, 0, WORDS))
        return false;
    const park_tree_node *min = park_tree_get(node, "min"), *max = park_tree_get(node, "max"),
                         *peak = park_tree_get(node, "mode");
    if (min == NULL || max == NULL || (peak == NULL) == mode) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR, "%s is written %s", "%s 写作 %s",
                  park_tree_key(node), mode ? "{min: .., mode: .., max: ..}" : "{min: .., max: ..}");
        return false;
    }
    bool ok = park_load_change_value(loader, min, change, &law->min);
    ok &= park_load_change_value(loader, max, change, &law->max);
    ok &= peak == NULL || park_load_change_value(loader, peak, change, &law->mode);
    if (ok && (law->min > law->max || (mode && (law->mode < law->min || law->mode > law->max)))) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0303, PARK_ERROR, "%s: min, mode and max must not fall",
                  "%s：min、mode、max 须依次不减", park_tree_key(node));
        ok = false;
    }
    return ok;
}

static bool read_law(park_loader *loader, park_tree_node *node, const park_change *change,
                     park_distribution *law)
{
    park_reader *reader = &loader->reader;
    *law                = (park_distribution){.kind = PARK_DISTRIBUTION_DISCRETE};
    if (node->form == PARK_LIST)
        return read_discrete(loader, node, change, law);
    if (!park_reader_is(reader, node, PARK_MAPPING) || !park_reader_known(reader, node, NULL, 0, LAWS))
        return false;
    if (node->count != 1) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0308, PARK_ERROR,
                  "'%s' has one law of normal, lognormal, uniform, triangular, discrete",
                  "“%s”只取 normal、lognormal、uniform、triangular、discrete 中的一种分布",
                  park_tree_key(node));
        return false;
    }
    park_tree_node *parts = node->items[0];
    for (int kind = 0; LAWS[kind] != NULL; kind++)
        if (strcmp(park_tree_key(parts), LAWS[kind]) == 0)
            law->kind = (park_distribution_kind)kind;
    switch (law->kind) {
    case PARK_DISTRIBUTION_NORMAL:
    case PARK_DISTRIBUTION_LOGNORMAL:
        return read_bell(loader, parts, change, law);
    case PARK_DISTRIBUTION_UNIFORM:
    case PARK_DISTRIBUTION_TRIANGULAR:
        return read_span(loader, parts, change, law->kind == PARK_DISTRIBUTION_TRIANGULAR, law);
    case PARK_DISTRIBUTION_DISCRETE:
        return read_discrete(loader, parts, change, law);
    }
    return false;
}

/* {sources.rain.catchment: {times: {lognormal: {mean: 1, cv: 0.18}}}} */
static bool read_uncertain(park_loader *loader, park_tree_node *node, park_uncertain *uncertain)
{
    park_reader *reader = &loader->reader;
    if (!park_reader_is(reader, node, PARK_MAPPING) || !park_reader_known(reader, node, NULL, 0, OPS))
        return false;
    *uncertain = (park_uncertain){.path = park_tree_key(node)};
    if (!park_load_place(loader, node, uncertain->path, &uncertain->change) ||
        decided_before(loader, node, &uncertain->change))
        return false;
    if (node->count != 1) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0308, PARK_ERROR,
                  "the change of '%s' is one of set, times, add", "“%s”的改动须为 set、times、add 之一",
                  park_tree_key(node));
        return false;
    }
    for (int op = 0; OPS[op] != NULL; op++)
        if (strcmp(park_tree_key(node->items[0]), OPS[op]) == 0)
            uncertain->change.op = (park_change_op)op;
    park_placed_change given = {node, uncertain->path, uncertain->change}; /* is it given at all? */
    if (given.change.op != PARK_CHANGE_SET) {
        given.change.op = PARK_CHANGE_TIMES, given.change.value = 1.0;
        if (PARK_GROW(reader->arena, loader->placed, loader->placed_count, loader->placed_cap))
            loader->placed[loader->placed_count++] = given;
        else
            reader->failed = true;
    }
    return read_law(loader, node->items[0], &uncertain->change, &uncertain->law);
}

/* A future is drawn before or after a retrofit is chosen: the number must be the same. */
static void meets_retrofits(park_loader *loader, const park_tree_node *node, const park_change *change)
{
    const park_draft *draft = loader->reader.draft;
    for (size_t r = 0; draft->robust != PARK_ROBUST_NONE && r < draft->retrofits; r++)
        for (size_t i = 0; i < draft->retrofit[r].changes; i++)
            if (!park_change_commutes(&draft->retrofit[r].change[i], change)) {
                PARK_TELL(&loader->reader, node, PARK_AT_KEY, PARK_E0308, PARK_ERROR,
                          "'%s' is uncertain and the retrofit '%s' changes it; then both must say times, or "
                          "both add",
                          "“%s”不确定，改造措施“%s”又改动它；此时两处须都写 times 或都写 add",
                          park_tree_key(node), draft->retrofit[r].id);
                return;
            }
}

/* --- the section --- */

static void read_draws(park_loader *loader, park_tree_node *section)
{
    park_reader          *reader = &loader->reader;
    const park_tree_node *draws = park_tree_get(section, "draws"), *seed = park_tree_get(section, "seed");
    park_draft           *draft = reader->draft;
    char                  text[16];
    draft->draws = PARK_FUTURES_DRAWN, draft->draw_seed = 1;
    if (draws != NULL && park_reader_count(reader, draws, &draft->draws) &&
        (draft->draws < 1 || draft->draws > PARK_FUTURES_MOST))
        PARK_TELL(reader, draws, PARK_AT_VALUE, PARK_E0303, PARK_ERROR, "draws is %s; it must be 1 to %d",
                  "draws 为 %s；应为 1 至 %d", draws->text, PARK_FUTURES_MOST);
    if (seed != NULL && park_reader_count(reader, seed, &draft->draw_seed) && draft->draw_seed < 0)
        PARK_TELL(reader, seed, PARK_AT_VALUE, PARK_E0303, PARK_ERROR, "seed is %s; it must not be below %d",
                  "seed 为 %s；不得小于 %d", seed->text, 0);
    snprintf(text, sizeof text, "%d", PARK_FUTURES_DRAWN);
    if (draws == NULL)
        park_reader_put_default(reader, section, "draws", park_arena_text(reader->arena, text, strlen(text)),
                                false);
    if (seed == NULL)
        park_reader_put_default(reader, section, "seed", "1", false);
}

void park_load_uncertainty(park_loader *loader)
{
    park_reader          *reader    = &loader->reader;
    park_draft           *draft     = reader->draft;
    park_tree_node       *section   = park_load_section(loader, "uncertainty");
    const park_tree_node *objective = park_tree_get(loader->root, "objective");
    size_t                before    = reader->findings->count;
    if (section != NULL) {
        draft->uncertain = PARK_ARRAY(reader->arena, section->count, park_uncertain);
        reader->failed |= draft->uncertain == NULL;
        for (size_t i = 0; draft->uncertain != NULL && i < section->count; i++) {
            const char *key = park_tree_key(section->items[i]);
            if (park_reader_is_note(key) || strcmp(key, "draws") == 0 || strcmp(key, "seed") == 0)
                continue;
            park_uncertain *uncertain = &draft->uncertain[draft->uncertains];
            if (!read_uncertain(loader, section->items[i], uncertain))
                continue;
            meets_retrofits(loader, section->items[i], &uncertain->change);
            draft->uncertains++;
        }
        read_draws(loader, section);
    }
    if (draft->robust != PARK_ROBUST_NONE && draft->uncertains == 0 && reader->findings->count == before)
        PARK_TELL(reader, objective, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
                  "an objective over uncertainty needs the section %s", "针对不确定性的目标须有 %s 一节",
                  "uncertainty");
}
