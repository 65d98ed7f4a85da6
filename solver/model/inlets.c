/*
 * inlets.c - what an inlet takes: its own limits, those of its grade, refused origins, accepted donors.
 * Looks down on: base.
 */
#include "model/freeze.h"

#include <stdio.h>
#include <string.h>

char *park_outlet_text(const park_model *model, int32_t outlet, char text[PARK_END_SIZE])
{
    const park_outlet_info *info = &model->outlet[outlet];
    snprintf(text, PARK_END_SIZE, *info->id == '\0' ? "%s" : "%s.%s", model->unit[info->unit].id, info->id);
    return text;
}

char *park_inlet_text(const park_model *model, int32_t inlet, char text[PARK_END_SIZE])
{
    const park_inlet_info *info = &model->inlet[inlet];
    snprintf(text, PARK_END_SIZE, *info->id == '\0' ? "%s" : "%s.%s", model->unit[info->unit].id, info->id);
    return text;
}

char *park_connection_path(const park_model *model, int32_t connection, char text[PARK_END_SIZE])
{
    const park_connection *info  = &model->connection[connection];
    const char            *list  = info->existing ? "existing" : "candidates";
    int32_t                place = 0;
    for (int32_t c = 0; c < connection; c++)
        place += model->connection[c].existing == info->existing && !model->connection[c].free;
    if (info->id != NULL)
        snprintf(text, PARK_END_SIZE, "connections.%s.%s", list, info->id);
    else
        snprintf(text, PARK_END_SIZE, "connections.%s[%d]", list, (int)place);
    return text;
}

char *park_unit_path(const park_model *model, int32_t unit, const char *word, char text[PARK_END_SIZE])
{
    const park_unit_info *info = &model->unit[unit];
    snprintf(text, PARK_END_SIZE, *word == '\0' ? "%s.%s" : "%s.%s.%s", park_role_section(info->role),
             info->id, word);
    return text;
}

/* Letters to change, add or drop between two short texts; large where they are long. */
static size_t distance(const char *a, const char *b)
{
    enum { MOST = 80 };
    size_t la = strlen(a), lb = strlen(b), row[MOST + 1];
    if (la > MOST || lb > MOST)
        return MOST;
    for (size_t j = 0; j <= lb; j++)
        row[j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t corner = row[0];
        row[0]        = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t change = corner + (a[i - 1] != b[j - 1]),
                   least  = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
            corner        = row[j];
            row[j]        = change < least ? change : least;
        }
    }
    return row[lb];
}

const char *park_unit_like(const park_model *model, const char *text)
{
    char   unit[PARK_END_SIZE];
    size_t length = strcspn(text, ".");
    if (length == 0 || length >= sizeof unit)
        return NULL;
    memcpy(unit, text, length);
    unit[length]     = '\0';
    const char *best = NULL;
    size_t      near = 1 + length / 4 + 1; /* better than this */
    for (size_t u = 0; u < model->units; u++) {
        size_t d = distance(unit, model->unit[u].id);
        if (d < near) {
            near = d;
            best = model->unit[u].id;
        }
    }
    return best;
}

bool park_inlet_accepts(const park_model *model, int32_t inlet, int32_t outlet)
{
    const park_text_list *accepts = &model->inlet[inlet].accepts;
    bool                  any     = true;
    for (size_t i = 0; i < accepts->count; i++) {
        if (park_model_grade(model, accepts->item[i]) >= 0)
            continue;
        if (park_model_outlet(model, accepts->item[i]) == outlet)
            return true;
        any = false;
    }
    return any;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Does `word`, in small letters, stand somewhere in the text? */
static bool speaks_of(const char *text, const char *word)
{
    for (; *text != '\0'; text++) {
        size_t i = 0;
        while (word[i] != '\0' && lower(text[i]) == word[i])
            i++;
        if (word[i] == '\0')
            return true;
    }
    return false;
}

/* Sectors are free text ("Food and beverages", 食品制造业): one that speaks of food is food. Its water meets the product
 * unless it is for indirect cooling, steam or the garden. */
static bool is_food(const park_model *model, const park_unit_info *unit)
{
    static const char *const FOOD[]   = {"food",   "beverage", "drink", "dairy",     "milk",  "brew",
                                         "liquor", "winery",   "meat",  "slaughter", "sugar", "食品",
                                         "饮料",   "乳制品",   "乳品",  "酿",        "白酒",  "啤酒",
                                         "屠宰",   "肉类",     "制糖",  "粮油"};
    bool                     contacts = unit->use == PARK_USE_PROCESS || unit->use == PARK_USE_NONE ||
                    unit->use == PARK_USE_DIRECT_COOLING || unit->use == PARK_USE_DOMESTIC;
    if (unit->role != PARK_USER || unit->enterprise < 0 || !contacts)
        return false;
    const char *sector = model->enterprise[unit->enterprise].sector;
    for (size_t i = 0; sector != NULL && i < sizeof FOOD / sizeof *FOOD; i++)
        if (speaks_of(sector, FOOD[i]))
            return true;
    return false;
}

/* One word of an inlet's `accepts`: the first grade gives its limits, a unit must exist. */
static void accept_word(park_draft *draft, park_inlet_info *inlet, const char *word, double *limit,
                        int32_t *first_grade, park_findings *findings)
{
    char    path[PARK_END_SIZE];
    int32_t grade = park_model_grade(draft, word);
    park_unit_path(draft, inlet->unit, "accepts", path);
    if (grade >= 0 && *first_grade < 0) {
        *first_grade = grade;
        for (size_t c = 0; c < draft->constituents; c++)
            limit[c] = fmin(limit[c], draft->grade[grade].limit[c]);
        for (int origin = 0; origin <= PARK_ORIGIN_NONE; origin++)
            inlet->denies[origin] = inlet->denies[origin] || draft->grade[grade].denies[origin];
    } else if (grade >= 0) {
        park_finding_add(findings, PARK_W0411, PARK_WARNING, path,
                         "of several grades the first decides the limits: %s is taken, %s is left out (not "
                         "yet in this version)",
                         "有多个水质等级时以第一个为准：采用 %s，忽略 %s（本版本暂不支持并集）",
                         draft->grade[*first_grade].id, word);
    } else if (park_model_outlet(draft, word) < 0) {
        const char *like = park_unit_like(draft, word);
        park_finding_add(
            findings, PARK_E0401, PARK_ERROR, path,
            like == NULL ? "'%s' is neither a grade nor a unit or outlet of this park"
                         : "'%s' is neither a grade nor a unit or outlet of this park; did you mean '%s'?",
            like == NULL ? "“%s”既不是水质等级，也不是本园区的单元或出口"
                         : "“%s”既不是水质等级，也不是本园区的单元或出口；是否指“%s”？",
            word, like);
    }
}

park_status park_freeze_inlets(park_draft *draft, park_findings *findings, park_error *err)
{
    for (size_t i = 0; i < draft->inlets; i++) {
        park_inlet_info *inlet       = &draft->inlet[i];
        double          *limit       = PARK_ARRAY(draft->arena, draft->constituents, double);
        int32_t          first_grade = -1;
        inlet->denies                = PARK_ARRAY(draft->arena, PARK_ORIGIN_NONE + 1, bool);
        if (limit == NULL || inlet->denies == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the limits of inlets");
        for (size_t c = 0; c < draft->constituents; c++)
            limit[c] =
                inlet->own_limit == NULL || isnan(inlet->own_limit[c]) ? INFINITY : inlet->own_limit[c];
        if (draft->law.reclaimed_to_food_forbidden && is_food(draft, &draft->unit[inlet->unit]))
            inlet->denies[PARK_ORIGIN_WASTEWATER]              = inlet->denies[PARK_ORIGIN_STREAM] =
                inlet->denies[PARK_ORIGIN_RECLAIMED_MUNICIPAL] = inlet->denies[PARK_ORIGIN_RECLAIMED_PARK] =
                    true;
        for (size_t w = 0; w < inlet->accepts.count; w++)
            accept_word(draft, inlet, inlet->accepts.item[w], limit, &first_grade, findings);
        for (size_t c = 0; c < draft->constituents; c++)
            draft->constituent[c].read = draft->constituent[c].read || isfinite(limit[c]);
        inlet->limit = limit;
    }
    return PARK_OK;
}
