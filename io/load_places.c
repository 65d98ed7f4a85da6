/*
 * load_places.c - numbers of a scenario by their paths, "connections.existing.c7.capacity": what retrofits change and what
 * is uncertain. Whatever the field tables know as a number has a place; everything else is told.
 */
#include "load_sections.h"

#include "units/kind.h"
#include "utf8.h"

#include <string.h>

/* ---- numbers in records of the kinds' tables ---------------------------------------------------------------------------- */

static const park_field RANGE_PARTS[]  = {PARK_NUMBER(park_range, min, NUMBER, .required = false),
                                          PARK_NUMBER(park_range, max, NUMBER, .required = false),
                                          PARK_NUMBER(park_range, step, NUMBER, .required = false),
                                          PARK_FIELDS_END};
static const park_field DEMAND_PARTS[] = {PARK_NUMBER(park_demand, min, NUMBER, .required = false),
                                          PARK_NUMBER(park_demand, max, NUMBER, .required = false),
                                          PARK_FIELDS_END};
static const park_field CAPEX_PARTS[]  = {
     PARK_NUMBER(park_capex, scale, MONEY, .lo = 0), PARK_NUMBER(park_capex, fixed, MONEY, .lo = 0),
     PARK_NUMBER(park_capex, exponent, NUMBER, .lo = 0, .hi = 1), PARK_FIELDS_END};

static const park_field *field_of(const park_field *fields, const char *word, size_t length)
{
    for (; fields != NULL && fields->word != NULL; fields++)
        if (strlen(fields->word) == length && memcmp(fields->word, word, length) == 0)
            return fields;
    return NULL;
}

static bool tell_no_word(park_loader *loader, const park_tree_node *node, const park_field *fields,
                         const char *path)
{
    park_reader *reader = &loader->reader;
    const char  *words[96];
    size_t       count = 0;
    for (const park_field *f = fields; f->word != NULL && count < 96; f++)
        words[count++] = f->word;
    char       *word  = park_arena_text(reader->arena, path, strcspn(path, "."));
    const char *near_ = word != NULL ? park_nearest(word, words, count) : NULL;
    park_reader_tell_near(reader, node, PARK_AT_KEY, PARK_E0312, near_,
                          "there is no word '%s' to change here", "此处没有“%s”这个参数", path);
    return false;
}

static bool tell_no_number(park_loader *loader, const park_tree_node *node, const char *path)
{
    PARK_TELL(&loader->reader, node, PARK_AT_KEY, PARK_E0301, PARK_ERROR,
              "'%s' is not one number; name one, as circulating_limits.Cl or capacity.max",
              "“%s”不是单个数值；请指明一个，如 circulating_limits.Cl 或 capacity.max", path);
    return false;
}

/* A part of a value of several numbers: capacity.max, capex.scale. Dimension and range are those of the whole, where the
 * part has none of its own. */
static bool find_part(park_loader *loader, const park_tree_node *node, const park_field *field,
                      const park_field *parts, const char *rest, park_change *change)
{
    const park_field *part = field_of(parts, rest, strlen(rest));
    if (part == NULL)
        return tell_no_word(loader, node, parts, rest);
    change->offset += part->offset;
    change->plain = true;
    change->field = part->dim == PARK_DIM_NUMBER && parts != CAPEX_PARTS ? field : part;
    return true;
}

/* By constituent, or one of the words that stand beside the constituents. */
static bool find_constituent(park_loader *loader, const park_tree_node *node, const park_field *field,
                             const char *rest, park_change *change)
{
    const park_field *beside = field_of(field->record, rest, strlen(rest));
    if (beside != NULL) {
        change->field = beside;
        change->offset += beside->offset - field->offset; /* counted in the outer struct */
        return true;
    }
    change->constituent = park_reader_constituent(&loader->reader, node, rest, PARK_AT_KEY);
    return change->constituent >= 0;
}

/* inlets.dye.demand: one of the records by name, `record` holding them. */
static const char *find_named(park_loader *loader, const park_tree_node *node, const park_field *field,
                              const char *rest, const char *record, park_change *change)
{
    const park_named *named  = (const void *)(record + field->offset);
    size_t            length = strcspn(rest, ".");
    for (size_t i = 0; i < named->count; i++)
        if (strlen(named->id[i]) == length && memcmp(named->id[i], rest, length) == 0) {
            change->named = field, change->item = i + 1, change->offset = 0;
            return rest[length] == '.' ? rest + length + 1 : "";
        }
    PARK_TELL(&loader->reader, node, PARK_AT_KEY, PARK_E0316, PARK_ERROR,
              "nothing stands at '%s' in this unit", "该单元没有“%s”", rest);
    return NULL;
}

/* `change` stands at the record of `fields`; `record` its bytes, for records by name. */
static bool find_word(park_loader *loader, const park_tree_node *node, const park_field *fields,
                      const char *path, const char *record, park_change *change)
{
    size_t            length = strcspn(path, ".");
    const char       *rest   = path[length] == '.' ? path + length + 1 : NULL;
    const park_field *field  = field_of(fields, path, length);
    if (field == NULL)
        return tell_no_word(loader, node, fields, path);
    change->field = field;
    change->offset += field->offset;
    switch (field->shape) {
    case PARK_SHAPE_NUMBER:
    case PARK_SHAPE_SERIES:
        return rest == NULL || tell_no_number(loader, node, path);
    case PARK_SHAPE_RANGE:
        return rest == NULL || find_part(loader, node, field, RANGE_PARTS, rest, change);
    case PARK_SHAPE_DEMAND:
        return rest == NULL || find_part(loader, node, field, DEMAND_PARTS, rest, change);
    case PARK_SHAPE_CAPEX:
        return rest == NULL ? tell_no_number(loader, node, path)
                            : find_part(loader, node, field, CAPEX_PARTS, rest, change);
    case PARK_SHAPE_RECORD:
        return rest == NULL ? tell_no_number(loader, node, path)
                            : find_word(loader, node, field->record, rest, record + field->offset, change);
    case PARK_SHAPE_BY_CONSTITUENT:
    case PARK_SHAPE_OUTLET_QUALITY:
        return rest == NULL ? tell_no_number(loader, node, path)
                            : find_constituent(loader, node, field, rest, change);
    case PARK_SHAPE_NAMED: {
        const char *inner = rest != NULL && change->named == NULL
                                ? find_named(loader, node, field, rest, record, change)
                                : NULL;
        if (rest == NULL || (inner != NULL && inner[0] == '\0'))
            return tell_no_number(loader, node, path);
        const park_named *named = (const void *)(record + field->offset);
        return inner != NULL &&
               find_word(loader, node, field->record, inner,
                         (const char *)named->items + (change->item - 1) * field->record_size, change);
    }
    default:
        return tell_no_number(loader, node, path);
    }
}

/* ---- numbers elsewhere ------------------------------------------------------------------------------------------------------ */

static const park_field OWN[] = {PARK_NUMBER(park_tariffs, power, PRICE_PER_ENERGY, .lo = 0, .zh = "电价"),
                                 PARK_NUMBER(park_economics, budget, MONEY, .lo = 0, .zh = "投资上限"),
                                 PARK_FIELDS_END};

/* A number of the park itself, by its whole path. */
static const struct {
    const char       *path;
    const park_field *fields;
    const char       *word;
    size_t            offset;
} OF_PARK[] = {
    {"economics.discount", PARK_ECONOMICS_WORDS, "discount", offsetof(park_draft, economics.discount)},
    {"economics.life", PARK_ECONOMICS_WORDS, "life", offsetof(park_draft, economics.life)},
    {"economics.annual_factor", PARK_ECONOMICS_WORDS, "annual_factor",
     offsetof(park_draft, economics.annual_factor)},
    {"economics.budget", OWN, "budget", offsetof(park_draft, economics.budget)},
    {"tariffs.power", OWN, "power", offsetof(park_draft, tariffs.power)},
    {"tariffs.power.sharp", OWN, "power", offsetof(park_draft, tariffs.rate[0])},
    {"tariffs.power.peak", OWN, "power", offsetof(park_draft, tariffs.rate[1])},
    {"tariffs.power.flat", OWN, "power", offsetof(park_draft, tariffs.rate[2])},
    {"tariffs.power.valley", OWN, "power", offsetof(park_draft, tariffs.rate[3])},
    {"tariffs.power.deep_valley", OWN, "power", offsetof(park_draft, tariffs.rate[4])},
    {"carbon.grid", PARK_CARBON_WORDS, "grid", offsetof(park_draft, carbon.grid)},
    {"carbon.price", PARK_CARBON_WORDS, "price", offsetof(park_draft, carbon.price)},
    {"connections.min_flow", PARK_CONNECTIONS_WORDS, "min_flow", offsetof(park_draft, min_flow)},
    {"connections.pipe.max_velocity", PARK_PIPE_WORDS, "max_velocity",
     offsetof(park_draft, pipe.max_velocity)},
    {"connections.pipe.roughness", PARK_PIPE_WORDS, "roughness", offsetof(park_draft, pipe.roughness_hw)},
    {"connections.pipe.pump_efficiency", PARK_PIPE_WORDS, "pump_efficiency",
     offsetof(park_draft, pipe.pump_efficiency)},
    {"connections.pipe.life", PARK_PIPE_WORDS, "life", offsetof(park_draft, pipe.life)},
};

/* A number of a record by name. */
static const struct {
    park_place        in;
    const char       *word;
    const park_field *fields;
    const char       *field;
    size_t            offset;
} OF_RECORD[] = {
    {PARK_IN_CONNECTION, "capacity", PARK_CONNECTION_WORDS, "capacity", offsetof(park_connection, capacity)},
    {PARK_IN_CONNECTION, "capacity.max", PARK_CONNECTION_WORDS, "capacity",
     offsetof(park_connection, capacity)},
    {PARK_IN_CONNECTION, "capacity.min", PARK_CONNECTION_WORDS, "capacity",
     offsetof(park_connection, capacity_min)},
    {PARK_IN_CONNECTION, "length", PARK_CONNECTION_WORDS, "length", offsetof(park_connection, length)},
    {PARK_IN_CONNECTION, "lift", PARK_CONNECTION_WORDS, "lift", offsetof(park_connection, lift)},
    {PARK_IN_CONNECTION, "price", PARK_CONNECTION_WORDS, "price", offsetof(park_connection, price)},
    {PARK_IN_ENTERPRISE, "value_added", PARK_ENTERPRISE_WORDS, "value_added",
     offsetof(park_enterprise_info, value_added)},
    {PARK_IN_NETWORK, "leakage", PARK_FAVAD_WORDS, "flow", offsetof(park_network_info, flow)},
    {PARK_IN_NETWORK, "leakage.favad", PARK_FAVAD_WORDS, "flow", offsetof(park_network_info, flow)},
    {PARK_IN_NETWORK, "leakage.favad.flow", PARK_FAVAD_WORDS, "flow", offsetof(park_network_info, flow)},
    {PARK_IN_NETWORK, "leakage.favad.at", PARK_FAVAD_WORDS, "at", offsetof(park_network_info, at)},
    {PARK_IN_NETWORK, "leakage.favad.growing", PARK_FAVAD_WORDS, "growing",
     offsetof(park_network_info, growing)},
    {PARK_IN_NETWORK, "min_pressure", PARK_NETWORK_WORDS, "min_pressure",
     offsetof(park_network_info, min_pressure)},
};

static void put(park_change *change, park_place in, int32_t at, const park_field *field, size_t offset)
{
    *change = (park_change){
        .unit = -1, .in = in, .at = at, .field = field, .offset = offset, .plain = true, .constituent = -1};
}

/* A field that no table holds, as its dimension depends on what stands there. */
static const park_field *made(park_loader *loader, const char *word, park_dimension dim, double lo)
{
    park_field *field = PARK_NEW(loader->reader.arena, park_field);
    if (field == NULL) {
        loader->reader.failed = true;
        return NULL;
    }
    *field = (park_field){.word     = word,
                          .shape    = PARK_SHAPE_NUMBER,
                          .dim      = dim,
                          .lo       = lo,
                          .hi       = INFINITY,
                          .fallback = NAN,
                          .zh       = word,
                          .en       = word};
    return field;
}

static bool tell_no_change(park_loader *loader, const park_tree_node *node, const char *path)
{
    PARK_TELL(&loader->reader, node, PARK_AT_KEY, PARK_E0301, PARK_ERROR,
              "'%s' is no number that can change; numbers are written as %s",
              "“%s”不是可改动的数值；数值的路径写作 %s", path, "users.dyeing.demand");
    return false;
}

static bool find_in_park(park_loader *loader, const park_tree_node *node, const char *path,
                         park_change *change)
{
    const park_draft *draft = loader->reader.draft;
    for (size_t i = 0; i < sizeof OF_PARK / sizeof *OF_PARK; i++) {
        if (strcmp(OF_PARK[i].path, path) != 0)
            continue;
        put(change, PARK_IN_PARK, 0, field_of(OF_PARK[i].fields, OF_PARK[i].word, strlen(OF_PARK[i].word)),
            OF_PARK[i].offset);
        if (strcmp(path, "economics.budget") == 0 && draft->economics.stages > 0)
            break; /* one of several years */
        if (strcmp(path, "tariffs.power") == 0 && isfinite(draft->tariffs.power_hour[0]))
            change->offset = offsetof(park_draft, tariffs.level); /* all rates alike */
        return true;
    }
    return tell_no_change(loader, node, path);
}

/* "existing.c7.capacity", "c7.capacity": `id` of `length` and what stands behind it. False, told, where there is no word. */
static bool split(park_loader *loader, const park_tree_node *node, const char *text, size_t *length,
                  const char **word)
{
    *length = strcspn(text, ".");
    *word   = text[*length] == '.' ? text + *length + 1 : "";
    return (*word)[0] != '\0' || tell_no_number(loader, node, text);
}

static bool same_id(const char *id, const char *text, size_t length)
{
    return id != NULL && strlen(id) == length && memcmp(id, text, length) == 0;
}

static bool tell_nothing_there(park_loader *loader, const park_tree_node *node, const char *path)
{
    PARK_TELL(&loader->reader, node, PARK_AT_KEY, PARK_E0316, PARK_ERROR,
              "nothing stands at '%s' in this park", "本园区没有“%s”", path);
    return false;
}

static bool find_in_record(park_loader *loader, const park_tree_node *node, park_place in, int32_t at,
                           const char *word, park_change *change)
{
    park_draft *draft = loader->reader.draft;
    for (size_t i = 0; i < sizeof OF_RECORD / sizeof *OF_RECORD; i++)
        if (OF_RECORD[i].in == in && strcmp(OF_RECORD[i].word, word) == 0) {
            put(change, in, at, field_of(OF_RECORD[i].fields, OF_RECORD[i].field, strlen(OF_RECORD[i].field)),
                OF_RECORD[i].offset);
            return true;
        }
    if (in == PARK_IN_GRADE && strncmp(word, "limits.", 7) == 0) {
        put(change, in, at, field_of(PARK_GRADE_WORDS, "limits", 6), offsetof(park_grade, limit));
        change->constituent = park_reader_constituent(&loader->reader, node, word + 7, PARK_AT_KEY);
        return change->constituent >= 0;
    }
    for (size_t p = 0; in == PARK_IN_ENTERPRISE && p < draft->enterprise[at].products; p++)
        if (strncmp(word, "products.", 9) == 0 &&
            strcmp(draft->enterprise[at].product[p].id, word + 9) == 0) {
            put(change, in, at,
                made(loader, draft->enterprise[at].product[p].id, draft->enterprise[at].product[p].dim, 0.0),
                offsetof(park_product_info, rate));
            change->item = p + 1;
            return change->field != NULL;
        }
    const char *words[16];
    size_t      count = 0;
    for (size_t i = 0; i < sizeof OF_RECORD / sizeof *OF_RECORD; i++)
        if (OF_RECORD[i].in == in)
            words[count++] = OF_RECORD[i].word;
    if (in == PARK_IN_GRADE)
        words[count++] = "limits";
    park_reader_tell_near(&loader->reader, node, PARK_AT_KEY, PARK_E0312, park_nearest(word, words, count),
                          "there is no number '%s' to change here", "此处没有“%s”这个数值", word);
    return false;
}

/* "unit_intake.printed_cloth.max" */
static bool find_in_target(park_loader *loader, const park_tree_node *node, const char *text,
                           park_change *change)
{
    const park_draft *draft = loader->reader.draft;
    const char       *side  = strrchr(text, '.');
    for (size_t t = 0; side != NULL && t < draft->targets; t++) {
        const park_target *target = &draft->target[t];
        char              *path   = park_arena_printf(loader->reader.arena, "%s%s%s", target->quantity,
                                       target->subject != NULL ? "." : "",
                                       target->subject != NULL ? target->subject : "");
        bool               max    = strcmp(side, ".max") == 0;
        if (path == NULL || !same_id(path, text, (size_t)(side - text)) ||
            (!max && strcmp(side, ".min") != 0))
            continue;
        put(change, PARK_IN_TARGET, (int32_t)t, made(loader, max ? "max" : "min", target->dim, 0.0),
            max ? offsetof(park_target, max) : offsetof(park_target, min));
        return change->field != NULL;
    }
    return tell_nothing_there(loader, node, park_tree_key(node));
}

static bool find_in_unit(park_loader *loader, const park_tree_node *node, park_role role, const char *text,
                         park_change *change)
{
    const park_draft *draft = loader->reader.draft;
    const char       *word;
    size_t            length;
    if (!split(loader, node, text, &length, &word))
        return false;
    for (size_t u = 0; u < draft->units; u++)
        if (draft->unit[u].role == role && same_id(draft->unit[u].id, text, length)) {
            *change = (park_change){.unit = (int32_t)u, .constituent = -1};
            return find_word(loader, node, draft->unit[u].fields, word, draft->unit[u].params, change);
        }
    return loader->reader.section_lost ? false : tell_nothing_there(loader, node, park_tree_key(node));
}

/* Record `at` of a list: its id. */
static const char *id_at(const park_draft *draft, park_place in, size_t at)
{
    switch (in) {
    case PARK_IN_CONNECTION:
        return at < draft->connections ? draft->connection[at].id : NULL;
    case PARK_IN_GRADE:
        return at < draft->grades ? draft->grade[at].id : NULL;
    case PARK_IN_ENTERPRISE:
        return at < draft->enterprises ? draft->enterprise[at].id : NULL;
    case PARK_IN_NETWORK:
        return at < draft->networks ? draft->network[at].id : NULL;
    case PARK_IN_UNIT:
    case PARK_IN_TARGET:
    case PARK_IN_PARK:
        break;
    }
    return NULL;
}

static size_t count_of(const park_draft *draft, park_place in)
{
    return in == PARK_IN_CONNECTION   ? draft->connections
           : in == PARK_IN_GRADE      ? draft->grades
           : in == PARK_IN_ENTERPRISE ? draft->enterprises
                                      : draft->networks;
}

static const struct {
    const char *prefix; /* with its dot */
    park_place  in;
    int         existing; /* of connections: 1 existing, 0 candidate; -1 elsewhere */
} LISTS[] = {{"connections.existing.", PARK_IN_CONNECTION, 1},
             {"connections.candidates.", PARK_IN_CONNECTION, 0},
             {"grades.", PARK_IN_GRADE, -1},
             {"enterprises.", PARK_IN_ENTERPRISE, -1},
             {"network.", PARK_IN_NETWORK, -1}};
enum { LIST_COUNT = sizeof LISTS / sizeof *LISTS };

bool park_load_place(park_loader *loader, const park_tree_node *node, const char *path, park_change *change)
{
    const park_draft *draft = loader->reader.draft;
    for (int role = 0; role < PARK_ROLES; role++) {
        const char *section = park_role_section((park_role)role);
        size_t      length  = strlen(section);
        if (strncmp(path, section, length) == 0 && path[length] == '.')
            return find_in_unit(loader, node, (park_role)role, path + length + 1, change);
    }
    if (strncmp(path, "targets.", 8) == 0)
        return find_in_target(loader, node, path + 8, change);
    for (size_t k = 0; k < LIST_COUNT; k++) {
        size_t      length = strlen(LISTS[k].prefix), id;
        const char *word;
        if (strncmp(path, LISTS[k].prefix, length) != 0)
            continue;
        if (!split(loader, node, path + length, &id, &word))
            return false;
        for (size_t i = 0; i < count_of(draft, LISTS[k].in); i++)
            if (same_id(id_at(draft, LISTS[k].in, i), path + length, id) &&
                (LISTS[k].existing < 0 || draft->connection[i].existing == (LISTS[k].existing == 1)))
                return find_in_record(loader, node, LISTS[k].in, (int32_t)i, word, change);
        return tell_nothing_there(loader, node, path);
    }
    return find_in_park(loader, node, path, change);
}

/* ---- what a retrofit applies to -------------------------------------------------------------------------------------------- */

bool park_load_owner(park_loader *loader, const park_tree_node *node, const char *text, const char **prefix,
                     int32_t *unit)
{
    static const char *const SECTIONS[] = {"economics", "tariffs",     "carbon",
                                           "targets",   "connections", "connections.pipe"};
    park_reader             *reader     = &loader->reader;
    const park_draft        *draft      = reader->draft;
    *prefix = NULL, *unit = park_model_unit(draft, text);
    if (*unit >= 0)
        *prefix =
            park_arena_printf(reader->arena, "%s.%s.", park_role_section(draft->unit[*unit].role), text);
    else if (strcmp(text, "park") == 0)
        *prefix = "";
    for (size_t i = 0; *prefix == NULL && i < sizeof SECTIONS / sizeof *SECTIONS; i++)
        if (strcmp(text, SECTIONS[i]) == 0)
            *prefix = park_arena_printf(reader->arena, "%s.", text);
    for (size_t k = 0; *prefix == NULL && k < LIST_COUNT; k++)
        for (size_t i = 0; *prefix == NULL && i < count_of(draft, LISTS[k].in); i++) {
            const char *id     = id_at(draft, LISTS[k].in, i);
            size_t      length = strlen(LISTS[k].prefix);
            bool        named  = strncmp(text, LISTS[k].prefix, length) == 0;
            if (id == NULL || strcmp(id, named ? text + length : text) != 0 ||
                (LISTS[k].existing >= 0 && draft->connection[i].existing != (LISTS[k].existing == 1)))
                continue;
            *prefix = park_arena_printf(reader->arena, "%s%s.", LISTS[k].prefix, id);
        }
    if (*prefix != NULL)
        return true;
    for (size_t k = 0; k < LIST_COUNT; k++)
        if (strncmp(text, LISTS[k].prefix, strlen(LISTS[k].prefix)) == 0) {
            PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0316, PARK_ERROR,
                      "nothing stands at '%s' in this park", "本园区没有“%s”", text);
            return false;
        }
    return park_load_unit_named(loader, node, text) && tell_no_change(loader, node, text);
}

/* ---- values ------------------------------------------------------------------------------------------------------------------ */

bool park_load_change_value(park_loader *loader, const park_tree_node *node, const park_change *change,
                            double *value)
{
    if (change->op == PARK_CHANGE_TIMES)
        return park_reader_quantity(&loader->reader, node, PARK_DIM_NUMBER, value);
    if (change->in == PARK_IN_PARK && change->offset == offsetof(park_draft, tariffs.level)) {
        PARK_TELL(&loader->reader, node, PARK_AT_KEY, PARK_E0308, PARK_ERROR,
                  "electricity has several rates; `times` changes all of them, else name one, as %s",
                  "电价分时段；times 同时改动各时段，否则请指明一个，如 %s", "tariffs.power.peak");
        return false;
    }
    if (change->constituent >= 0)
        return park_reader_of_constituent(&loader->reader, node, change->constituent, change->field->dim,
                                          value);
    return park_reader_quantity(&loader->reader, node, change->field->dim, value);
}

void park_load_change_check(park_loader *loader, const park_tree_node *node, const char *path,
                            const park_change *change)
{
    const double     *now   = park_draft_number(loader->reader.draft, change);
    const park_field *field = change->field;
    if (now == NULL)
        return;
    if (!isfinite(*now) && change->op != PARK_CHANGE_SET) {
        PARK_TELL(&loader->reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
                  "%s is not given, so it cannot be multiplied or added to", "%s 没有给出数值，不能乘或加",
                  path);
        return;
    }
    double value = change->op == PARK_CHANGE_TIMES ? *now * change->value
                   : change->op == PARK_CHANGE_ADD ? *now + change->value
                                                   : change->value;
    if ((field->lo_open ? value > field->lo : value >= field->lo) &&
        (field->hi_open ? value < field->hi : value <= field->hi))
        return;
    char text[80] = "";
    if (park_quantity_format(value, field->dim, NULL, 6, false, text, sizeof text) < 0)
        text[0] = '\0';
    PARK_TELL(&loader->reader, node, PARK_AT_KEY, PARK_E0303, PARK_ERROR,
              "%s would become %s, which is out of its range", "%s 将变为 %s，超出其取值范围", path, text);
}
