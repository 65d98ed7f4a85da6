/*
 * load_units.c - grades and the five sections of units: common words, the kind's words, catalogue values.
 */
#include "load_sections.h"

#include "units/kind.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

/* --- grades --- */

static void read_denied(park_loader *loader, const park_tree_node *node, park_grade *grade)
{
    park_tree_node *list = park_tree_get(node, "deny_origin");
    for (size_t i = 0; list != NULL && list->form == PARK_LIST && i < list->count; i++) {
        int32_t origin = -1;
        if (!park_reader_choice(&loader->reader, list->items[i], PARK_ORIGIN_WORDS, &origin))
            continue;
        if (origin == PARK_ORIGIN_NONE) /* the last word stands for both kinds of reclaimed water */
            grade->denies[PARK_ORIGIN_RECLAIMED_MUNICIPAL] = grade->denies[PARK_ORIGIN_RECLAIMED_PARK] = true;
        else
            grade->denies[origin] = true;
    }
}

void park_load_grades(park_loader *loader)
{
    park_reader    *reader       = &loader->reader;
    park_tree_node *section      = park_load_section(loader, "grades");
    size_t          constituents = reader->draft->constituents;
    park_grade     *grade = section != NULL ? PARK_ARRAY(reader->arena, section->count, park_grade) : NULL;
    reader->failed |= section != NULL && grade == NULL;
    reader->draft->grade = grade;
    for (size_t i = 0; grade != NULL && i < section->count; i++) {
        park_tree_node *node = section->items[i];
        if (park_reader_is_note(park_tree_key(node)))
            continue;
        park_load_id_add(loader, node);
        park_grade_words words = {.limits = PARK_ARRAY(reader->arena, constituents + 1, double)};
        double          *limit = PARK_ARRAY(reader->arena, constituents + 1, double);
        if (words.limits == NULL || limit == NULL) {
            reader->failed = true;
            return;
        }
        for (size_t c = 0; c < constituents; c++)
            words.limits[c] = NAN;
        (void)park_reader_record(reader, node, &(park_part){PARK_GRADE_WORDS, &words}, 1);
        for (size_t c = 0; c < constituents; c++)
            limit[c] = isnan(words.limits[c]) ? INFINITY : words.limits[c];
        park_grade *at = &grade[reader->draft->grades++];
        at->id         = park_tree_key(node);
        at->limit      = limit;
        if (node->form == PARK_MAPPING)
            read_denied(loader, node, at);
    }
}

/* --- units --- */

enum { MOST_COMMON = 24 /* words that all units of a section share */ };

static const char *const SECTIONS[PARK_ROLES] = {"sources", "users", "treatments", "storages", "sinks"};

static const park_unit_kind *default_kind(park_role role)
{
    for (const park_unit_kind *const *kind = park_unit_kinds(); *kind != NULL; kind++)
        if ((*kind)->role == role)
            return *kind;
    return NULL;
}

/* Names the words that are possible: kinds of the section; for treatments `removal` and the catalogue's codes. */
static void tell_kind(park_loader *loader, const park_tree_node *node, park_role role)
{
    enum { MOST = 96 };
    park_reader          *reader = &loader->reader;
    const park_tree_node *page   = park_catalogue_root(reader->catalogue, PARK_PAGE_TECHNOLOGIES);
    const char           *words[MOST];
    size_t                count = 0;
    park_text             list;
    if (role == PARK_TREATMENT)
        words[count++] = "removal";
    for (size_t i = 0; role == PARK_TREATMENT && page != NULL && i < page->count && count < MOST; i++)
        words[count++] = park_tree_key(page->items[i]);
    for (const park_unit_kind *const *kind = park_unit_kinds();
         role != PARK_TREATMENT && *kind != NULL && count < MOST; kind++)
        if ((*kind)->role == role)
            words[count++] = (*kind)->word;
    park_text_init(&list, reader->arena);
    for (size_t i = 0; i < count; i++)
        park_text_printf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
    const char *all       = park_text_done(&list);
    bool        treatment = role == PARK_TREATMENT;
    park_reader_tell_near(reader, node, PARK_AT_VALUE, PARK_E0318, park_nearest(node->text, words, count),
                          treatment ? "unknown technology '%s'; known are: %s"
                                    : "unknown kind '%s'; known are: %s",
                          treatment ? "未知的工艺“%s”；可用：%s" : "未知的类型“%s”；可用：%s", node->text,
                          all != NULL ? all : "");
}

/* A stage's catalogue values into stages.MMF; `code` is the technology, `id` its name in the train. */
static void fill_stage(park_loader *loader, park_tree_node *stages, const park_tree_node *at,
                       const char *code, const char *id)
{
    park_reader         *reader = &loader->reader;
    park_catalogue_entry entry  = park_catalogue_find(reader->catalogue, PARK_PAGE_TECHNOLOGIES, code);
    if (entry.node == NULL) {
        tell_kind(loader, at, PARK_TREATMENT);
        return;
    }
    park_tree_node *stage = park_tree_get(stages, id);
    if (stage == NULL) {
        stage = park_tree_mapping(reader->tree, NULL);
        if (stage == NULL || park_tree_put(reader->tree, stages, id, NULL, stage) == NULL) {
            reader->failed = true;
            return;
        }
    }
    if (stage->form == PARK_MAPPING)
        park_reader_catalogue(reader, stage, &entry);
}

/* `train: [MMF, UF, BWRO]`: every stage's values stand under `stages` afterwards, in the train's order. */
static void fill_train(park_loader *loader, park_tree_node *node, park_tree_node *train)
{
    park_reader    *reader = &loader->reader;
    park_tree_node *stages = park_tree_get(node, "stages"), *ordered = park_tree_mapping(reader->tree, NULL);
    if (!park_reader_is(reader, train, PARK_LIST) || ordered == NULL)
        return;
    for (size_t i = 0; i < train->count; i++) {
        const park_tree_node *item = train->items[i];
        if (!park_reader_is(reader, item, PARK_SCALAR))
            continue;
        int before = 0;
        for (size_t k = 0; k < i; k++)
            before += train->items[k]->form == PARK_SCALAR && strcmp(train->items[k]->text, item->text) == 0;
        const char *id =
            before == 0 ? item->text : park_arena_printf(reader->arena, "%s%d", item->text, before + 1);
        if (id == NULL) {
            reader->failed = true;
            return;
        }
        const park_tree_node *own = park_tree_get(stages, id);
        if (own != NULL)
            (void)park_tree_put(reader->tree, ordered, id, NULL, park_tree_clone(reader->tree, own));
        fill_stage(loader, ordered, item, item->text, id);
    }
    for (size_t i = 0; stages != NULL && stages->form == PARK_MAPPING && i < stages->count; i++)
        if (park_tree_get(ordered, park_tree_key(stages->items[i])) == NULL)
            PARK_TELL(reader, stages->items[i], PARK_AT_KEY, PARK_E0312, PARK_ERROR,
                      "'%s' is no stage of this train", "“%s”不是本流程的一级",
                      park_tree_key(stages->items[i]));
    if (park_tree_put(reader->tree, node, "stages", NULL, ordered) == NULL)
        reader->failed = true;
}

static const park_unit_kind *treatment_kind(park_loader *loader, park_tree_node *node)
{
    park_reader    *reader     = &loader->reader;
    park_tree_node *technology = park_tree_get(node, "technology"), *train = park_tree_get(node, "train");
    if ((technology == NULL) == (train == NULL)) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
                  "the treatment '%s' has either `technology: AO` or `train: [UF, BWRO]`",
                  "水处理“%s”须写 technology: AO 或 train: [UF, BWRO] 之一", park_tree_key(node));
        return NULL;
    }
    if (train != NULL) {
        fill_train(loader, node, train);
        return park_unit_kind_find(PARK_TREATMENT, "train");
    }
    if (!park_reader_is(reader, technology, PARK_SCALAR))
        return NULL;
    const char           *word  = technology->text;
    park_catalogue_entry  entry = park_catalogue_find(reader->catalogue, PARK_PAGE_TECHNOLOGIES, word);
    const park_unit_kind *kind  = park_unit_kind_find(PARK_TREATMENT, word);
    if (entry.node != NULL)
        park_reader_catalogue(reader, node, &entry);
    else if (kind == NULL) {
        tell_kind(loader, technology, PARK_TREATMENT);
        return NULL;
    }
    if (kind == NULL)
        kind = park_unit_kind_find(PARK_TREATMENT, "technology");
    return kind != NULL ? kind : park_unit_kind_find(PARK_TREATMENT, "removal");
}

static const park_unit_kind *kind_of(park_loader *loader, park_role role, park_tree_node *node)
{
    if (role == PARK_TREATMENT)
        return treatment_kind(loader, node);
    park_reader    *reader = &loader->reader;
    park_tree_node *kind   = park_tree_get(node, "kind");
    if (kind == NULL) {
        const park_unit_kind *usual = default_kind(role);
        if (role == PARK_USER)
            usual = park_unit_kind_find(role, "process");
        if (role == PARK_SOURCE || usual == NULL) {
            if (!node->damaged)
                PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR, "%s.%s lacks 'kind'",
                          "%s.%s 缺少 kind", SECTIONS[role], park_tree_key(node));
            return NULL;
        }
        park_reader_put_default(reader, node, "kind", usual->word, false);
        return usual;
    }
    if (!park_reader_is(reader, kind, PARK_SCALAR))
        return NULL;
    const park_unit_kind *found = park_unit_kind_find(role, kind->text);
    if (found == NULL)
        tell_kind(loader, kind, role);
    return found;
}

static int32_t find_enterprise(park_loader *loader, const park_tree_node *node)
{
    park_reader      *reader = &loader->reader;
    const park_draft *draft  = reader->draft;
    for (size_t i = 0; i < draft->enterprises; i++)
        if (strcmp(draft->enterprise[i].id, node->text) == 0)
            return (int32_t)i;
    const park_tree_node *section = park_tree_get(loader->root, "enterprises");
    const char *near_ = section != NULL ? park_tree_nearest_key(reader->arena, section, node->text) : NULL;
    park_reader_tell_near(reader, node, PARK_AT_VALUE, PARK_E0316, near_, "there is no enterprise '%s'",
                          "没有企业“%s”", node->text);
    return -1;
}

static int32_t find_calendar(park_loader *loader, const park_tree_node *node)
{
    park_reader      *reader = &loader->reader;
    const park_draft *draft  = reader->draft;
    for (size_t i = 0; i < draft->calendars; i++)
        if (strcmp(draft->calendar[i].id, node->text) == 0)
            return (int32_t)i;
    const park_tree_node *section = park_tree_get(loader->root, "calendars");
    park_reader_tell_near(reader, node, PARK_AT_VALUE, PARK_E0316,
                          section != NULL ? park_tree_nearest_key(reader->arena, section, node->text) : NULL,
                          "there is no calendar '%s'", "没有日历“%s”", node->text);
    return -1;
}

/* Common words into the unit's info. */
static void apply(park_loader *loader, const park_tree_node *node, const park_unit_words *words,
                  park_unit_info *info)
{
    info->label = words->name;
    if (info->label.zh == NULL && info->label.en == NULL)
        info->label.zh = info->id;
    const park_tree_node *enterprise = park_tree_get(node, "enterprise"),
                         *calendar   = park_tree_get(node, "calendar");
    if (words->enterprise != NULL)
        info->enterprise = find_enterprise(loader, enterprise);
    if (words->calendar != NULL)
        info->calendar = find_calendar(loader, calendar);
    if (words->role >= 0)
        info->duty =
            (park_duty)(words->role + (info->role == PARK_TREATMENT ? PARK_DUTY_SUPPLY : PARK_DUTY_MAIN));
    if (words->use >= 0)
        info->use = (park_use)words->use;
    info->persons = words->persons;
    if (words->origin >= 0 && info->origin == PARK_ORIGIN_RECLAIMED_MUNICIPAL)
        info->origin = words->origin == 1 ? PARK_ORIGIN_RECLAIMED_PARK : PARK_ORIGIN_RECLAIMED_MUNICIPAL;
    if (info->role == PARK_TREATMENT || info->role == PARK_STORAGE)
        info->existing = words->existing;
    memcpy(info->at, words->at, sizeof info->at);
}

/* The common table without the words that the kind has in its own. */
static void without(const park_field *common, const park_field *own, park_field *left)
{
    size_t n = 0;
    for (; common->word != NULL; common++) {
        bool doubled = false;
        for (const park_field *field = own; field != NULL && field->word != NULL; field++)
            doubled |= strcmp(field->word, common->word) == 0;
        if (!doubled)
            left[n++] = *common;
    }
    left[n] = (park_field){.word = NULL};
}

/* Common words that the kind's table holds too fill the unit's info as well. */
static void read_doubled(park_loader *loader, park_tree_node *node, const park_field *common,
                         const park_field *left, park_unit_words *words)
{
    for (; common->word != NULL; common++) {
        bool read = false;
        for (const park_field *field = left; field->word != NULL; field++)
            read |= strcmp(field->word, common->word) == 0;
        park_tree_node *value = park_tree_get(node, common->word);
        if (!read && value != NULL && value->form == PARK_SCALAR && common->shape == PARK_SHAPE_BOOL)
            words->existing = strcmp(value->text, "true") == 0;
        if (!read && value != NULL && value->form == PARK_SCALAR && strcmp(common->word, "origin") == 0)
            words->origin = strcmp(value->text, "park") == 0;
        if (!read && value != NULL && value->form == PARK_SCALAR && strcmp(common->word, "role") == 0)
            for (int32_t i = 0; common->choices[i] != NULL; i++)
                if (strcmp(common->choices[i], value->text) == 0)
                    words->role = i;
    }
    (void)loader;
}

static void read_unit(park_loader *loader, park_role role, park_tree_node *node)
{
    park_reader *reader = &loader->reader;
    park_load_id_add(loader, node);
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return;
    const park_unit_kind *kind = kind_of(loader, role, node);
    if (kind == NULL)
        return;
    int32_t unit = park_draft_add(reader->draft, kind, park_tree_key(node));
    if (unit < 0) {
        reader->failed = true;
        return;
    }
    park_unit_info   *info   = &reader->draft->unit[unit];
    const park_field *common = park_unit_words_of(role);
    park_unit_words   words  = {.role = -1, .use = -1, .origin = -1, .at = {NAN, NAN, NAN}};
    park_field        left[MOST_COMMON];
    without(common, kind->fields, left);
    union {
        const void *read;
        void       *write; /* a draft's parameters are written only here and by `complete` */
    } params          = {.read = info->params};
    park_part parts[] = {{left, &words}, {kind->fields, params.write}};
    (void)park_reader_record(reader, node, parts, 2);
    read_doubled(loader, node, common, left, &words);
    apply(loader, node, &words, info);
}

void park_load_units(park_loader *loader)
{
    for (int role = 0; role < PARK_ROLES; role++) {
        park_tree_node *section = park_load_section(loader, SECTIONS[role]);
        for (size_t i = 0; section != NULL && i < section->count; i++)
            if (!park_reader_is_note(park_tree_key(section->items[i])))
                read_unit(loader, (park_role)role, section->items[i]);
    }
}

/* --- references between units, once all stand --- */

/* A grade or a donor. */
static void check_accepted(park_loader *loader, const park_tree_node *node)
{
    if (node->form != PARK_SCALAR || park_model_grade(loader->reader.draft, node->text) >= 0)
        return;
    const park_tree_node *grades = park_tree_get(loader->root, "grades");
    const char           *near_ =
        grades != NULL ? park_tree_nearest_key(loader->reader.arena, grades, node->text) : NULL;
    (void)park_load_named(loader, node, node->text, near_, "there is no grade and no unit '%s' in this park",
                          "本园区没有水质等级或单元“%s”");
}

static void check_list(park_loader *loader, const park_tree_node *node)
{
    if (node->form == PARK_SCALAR)
        check_accepted(loader, node);
    for (size_t i = 0; node->form == PARK_LIST && i < node->count; i++)
        check_accepted(loader, node->items[i]);
}

/* The words of a record that name units. */
static void check_references(park_loader *loader, const park_tree_node *record, const park_field *fields)
{
    for (; fields != NULL && fields->word != NULL; fields++) {
        const park_tree_node *node = park_tree_get(record, fields->word);
        if (node == NULL)
            continue;
        if (fields->shape == PARK_SHAPE_LIST && strcmp(fields->word, "accepts") == 0)
            check_list(loader, node);
        else if (fields->shape == PARK_SHAPE_REF && node->form == PARK_SCALAR)
            (void)park_load_unit_named(loader, node, node->text);
        else if (fields->shape == PARK_SHAPE_RECORD)
            check_references(loader, node, fields->record);
        for (size_t i = 0; node->form == PARK_MAPPING && i < node->count; i++) {
            if (fields->shape == PARK_SHAPE_REF_MAP && node->items[i]->form == PARK_SCALAR)
                (void)park_load_unit_named(loader, node->items[i], node->items[i]->text);
            else if (fields->shape == PARK_SHAPE_NAMED)
                check_references(loader, node->items[i], fields->record);
        }
    }
}

void park_load_references(park_loader *loader)
{
    park_load_tags(loader);
    const park_draft *draft = loader->reader.draft;
    for (size_t u = 0; u < draft->units; u++) {
        const park_unit_info *info = &draft->unit[u];
        const park_tree_node *node =
            park_tree_get(park_tree_get(loader->root, SECTIONS[info->role]), info->id);
        park_field left[MOST_COMMON];
        without(park_unit_words_of(info->role), info->kind->fields, left);
        check_references(loader, node, info->kind->fields);
        check_references(loader, node, left);
    }
}

/* --- after all units stand --- */

void park_load_accepts(park_loader *loader)
{
    park_reader *reader = &loader->reader;
    park_draft  *draft  = reader->draft;
    for (size_t u = 0; u < draft->units; u++) {
        const park_unit_info *info    = &draft->unit[u];
        const park_tree_node *section = park_tree_get(loader->root, SECTIONS[info->role]);
        park_tree_node       *accepts = park_tree_get(park_tree_get(section, info->id), "accepts");
        if (accepts == NULL || info->inlets == 0 || draft->inlet[info->first_inlet].accepts.count > 0)
            continue;
        park_text_list list = {0};
        if (accepts->form != PARK_MAPPING && park_reader_texts(reader, accepts, &list))
            for (size_t i = 0; i < info->inlets; i++)
                if (draft->inlet[info->first_inlet + i].accepts.count == 0)
                    draft->inlet[info->first_inlet + i].accepts = list;
    }
}

static void tell_unstated(park_loader *loader, const park_unit_info *info, const park_tree_node *at, size_t c)
{
    park_reader          *reader  = &loader->reader;
    const park_tree_node *because = reader->reader_of[c];
    const char           *path    = because != NULL ? park_tree_path(reader->arena, because) : "";
    PARK_TELL(reader, at, PARK_AT_KEY, PARK_E0319, PARK_ERROR,
              "the source '%s' does not say its %s, which %s reads; what is not known is no zero",
              "水源“%s”没有给出 %s，而 %s 需要它；未知不等于零", info->id, reader->draft->constituent[c].id,
              path != NULL && path[0] != '\0' ? path : "the park");
}

void park_load_quality(park_loader *loader)
{
    park_reader      *reader = &loader->reader;
    const park_draft *draft  = reader->draft;
    for (size_t u = 0; u < draft->units; u++) {
        const park_unit_info *info = &draft->unit[u];
        if (info->role != PARK_SOURCE)
            continue;
        for (const park_field *field = info->kind->fields; field->word != NULL; field++) {
            if (field->shape != PARK_SHAPE_BY_CONSTITUENT || strcmp(field->word, "quality") != 0)
                continue;
            const double *column =
                *(double *const *)(const void *)((const char *)info->params + field->offset);
            const park_tree_node *unit = park_tree_get(park_tree_get(loader->root, "sources"), info->id);
            const park_tree_node *at   = park_tree_get(unit, "quality");
            for (size_t c = 0; c < draft->constituents; c++)
                if (isnan(column[c]) && reader->read[c])
                    tell_unstated(loader, info, at != NULL ? at : unit, c);
        }
    }
}

void park_load_initial(park_loader *loader)
{
    park_reader    *reader = &loader->reader;
    park_tree_node *node   = park_tree_get(loader->root, "initial");
    if (node == NULL) {
        park_reader_put_default(reader, loader->root, "initial", "periodic", false);
        return;
    }
    if (node->form == PARK_SCALAR) {
        if (strcmp(node->text, "periodic") != 0)
            PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0304, PARK_ERROR,
                      "initial is '%s'; it must be `periodic` or levels by storage, {pond: 50 %%}",
                      "initial 写作“%s”；应为 periodic 或逐个给出水位 {pond: 50 %%}", node->text);
        return;
    }
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return;
    reader->draft->time.periodic = false;
    for (size_t i = 0; i < node->count; i++) {
        park_tree_node *item = node->items[i];
        int32_t         unit = park_model_unit(reader->draft, park_tree_key(item));
        if (park_reader_is_note(park_tree_key(item)) ||
            (unit < 0 && !park_load_unit_named(loader, item, park_tree_key(item))))
            continue;
        const park_field *field = unit >= 0 ? reader->draft->unit[unit].kind->fields : NULL;
        while (field != NULL && field->word != NULL && strcmp(field->word, "initial") != 0)
            field++;
        if (field == NULL || field->word == NULL) {
            PARK_TELL(reader, item, PARK_AT_KEY, PARK_E0316, PARK_ERROR,
                      "'%s' is no storage; only storages have a level to begin with",
                      "“%s”不是蓄水单元；只有蓄水单元有初始水位", park_tree_key(item));
            continue;
        }
        union {
            const void *read;
            void       *write;
        } params = {.read = reader->draft->unit[unit].params};
        (void)park_reader_value(reader, item, field, params.write);
    }
}
