#include <parkwater/model.h>

#include <string.h>

static bool same(const char *text, size_t length, const char *id)
{
    return id != NULL && strlen(id) == length && memcmp(text, id, length) == 0;
}

static int32_t unit_named(const park_model *model, const char *text, size_t length)
{
    for (size_t u = 0; u < model->units; u++)
        if (same(text, length, model->unit[u].id))
            return (int32_t)u;
    return -1;
}

int32_t park_model_unit(const park_model *model, const char *id)
{
    return unit_named(model, id, strlen(id));
}

int32_t park_model_constituent(const park_model *model, const char *id)
{
    for (size_t c = 0; c < model->constituents; c++)
        if (model->constituent[c].id != NULL && strcmp(model->constituent[c].id, id) == 0)
            return (int32_t)c;
    return -1;
}

int32_t park_model_link(const park_model *model, const char *id)
{
    for (size_t l = 0; l < model->links; l++)
        if (model->link[l].id != NULL && strcmp(model->link[l].id, id) == 0)
            return (int32_t)l;
    return -1;
}

int32_t park_model_grade(const park_model *model, const char *id)
{
    for (size_t g = 0; g < model->grades; g++)
        if (model->grade[g].id != NULL && strcmp(model->grade[g].id, id) == 0)
            return (int32_t)g;
    return -1;
}

int32_t park_model_retrofit(const park_model *model, const char *id)
{
    for (size_t r = 0; r < model->retrofits; r++)
        if (model->retrofit[r].id != NULL && strcmp(model->retrofit[r].id, id) == 0)
            return (int32_t)r;
    return -1;
}

/* A bare id is the product; the only linked outlet of a tower or a boiler, its blowdown, answers to it too.
 */
static bool is_product(const park_outlet_info *outlet)
{
    return !outlet->exits && (outlet->role == PARK_OUT_PRODUCT || outlet->role == PARK_OUT_BLOWDOWN);
}

static bool is_reject(const park_outlet_info *outlet)
{
    return !outlet->exits && (outlet->role == PARK_OUT_REJECT || outlet->role == PARK_OUT_BACKWASH ||
                              outlet->role == PARK_OUT_SLUDGE);
}

int32_t park_model_outlet(const park_model *model, const char *text)
{
    size_t  length = strcspn(text, ".");
    int32_t u      = unit_named(model, text, length);
    if (u < 0)
        return -1;
    const char           *word    = text[length] == '.' ? text + length + 1 : "";
    bool                  product = *word == '\0' || strcmp(word, "product") == 0;
    const park_unit_info *unit    = &model->unit[u];

    for (size_t k = unit->first_outlet; k < unit->first_outlet + unit->outlets; k++)
        if (strcmp(model->outlet[k].id, product ? "" : word) == 0)
            return (int32_t)k;
    for (size_t k = unit->first_outlet; k < unit->first_outlet + unit->outlets; k++)
        if (product ? is_product(&model->outlet[k])
                    : strcmp(word, "reject") == 0 && is_reject(&model->outlet[k]))
            return (int32_t)k;
    return -1;
}

int32_t park_model_inlet(const park_model *model, const char *text)
{
    size_t  length = strcspn(text, ".");
    int32_t u      = unit_named(model, text, length);
    if (u < 0)
        return -1;
    const char           *word = text[length] == '.' ? text + length + 1 : "";
    const park_unit_info *unit = &model->unit[u];
    for (size_t i = unit->first_inlet; i < unit->first_inlet + unit->inlets; i++)
        if (strcmp(model->inlet[i].id, word) == 0)
            return (int32_t)i;
    return *word == '\0' && unit->inlets == 1 ? (int32_t)unit->first_inlet : -1;
}
