#include "statement_text.h"

#include "indicator_text.h"
#include "indicators/kind.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double YEAR = 365.0 * 86400.0;

/* ---- targets ---------------------------------------------------------------------------------------------------------- */

static int target_text(const char *path, const char *id, bool zh, char *buffer, size_t size)
{
    size_t length = strcspn(id, ".");
    char   word[120];
    snprintf(word, sizeof word, "%.*s", (int)length, id);
    const park_indicator_kind *kind = park_indicator_kind_find(word);
    if (kind == NULL)
        return snprintf(buffer, size, "%s", path);
    return snprintf(buffer, size, zh ? "目标：%s%s%s" : "target: %s%s%s", park_label_text(kind->label, zh),
                    id[length] == '.' ? " · " : "", id[length] == '.' ? id + length + 1 : "");
}

/* ---- units and connections ------------------------------------------------------------------------------------------------ */

static const struct {
    const char *word, *zh,
        *en; /* a word that ends with a dot is followed by a constituent or a limit's name */
} WORDS[] = {
    {"capacity", "能力", "capacity"},
    {"demand", "需水量", "demand"},
    {"volume", "容积", "volume"},
    {"licence", "许可水量", "licence"},
    {"inlet.", "进水 %s 限值", "inlet limit of %s"},
    {"limits.", "%s 排放限值", "discharge limit of %s"},
    {"outlet.", "出水 %s 限值", "outlet limit of %s"},
    {"circulating_limits.", "循环水 %s 限值", "limit of %s in the circulating water"},
};

/* What stands behind a unit's or a connection's id, in words; "" when nobody knows it. */
static void behind_text(const char *rest, bool zh, char *buffer, size_t size)
{
    const char *limits = strncmp(rest, "inlets.", 7) == 0 ? strstr(rest, ".limits.") : NULL;
    buffer[0]          = '\0';
    if (limits != NULL) { /* of one of several inlets */
        snprintf(buffer, size, zh ? "进水口 %.*s 的 %s 限值" : "inlet %.*s: limit of %s",
                 (int)(limits - rest - 7), rest + 7, limits + 8);
        return;
    }
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        size_t length = strlen(WORDS[i].word);
        bool   open   = WORDS[i].word[length - 1] == '.';
        if (open ? strncmp(rest, WORDS[i].word, length) == 0 : strcmp(rest, WORDS[i].word) == 0)
            snprintf(buffer, size, zh ? WORDS[i].zh : WORDS[i].en, rest + length);
    }
}

/* The part of a path between its second-last dots that names something: "users.wash.inlet.COD" -> "wash", "inlet.COD". */
static const char *cut(const char *at, char *id, size_t size)
{
    size_t length = strcspn(at, ".");
    if (at[length] != '.' || length >= size)
        return NULL;
    memcpy(id, at, length);
    id[length] = '\0';
    return at + length + 1;
}

int park_statement_text(const park_model *model, const char *path, bool zh, char *buffer, size_t size)
{
    char        section[80], id[300], behind[200];
    const char *rest = cut(path, section, sizeof section), *name = id;
    if (strcmp(path, "economics.budget") == 0)
        return snprintf(buffer, size, zh ? "投资限额" : "budget");
    if (rest != NULL && strcmp(section, "targets") == 0)
        return target_text(path, rest, zh, buffer, size);
    bool link = rest != NULL && strcmp(section, "connections") == 0;
    if (link)
        rest = cut(rest, section, sizeof section); /* existing, candidates */
    if (rest == NULL || (rest = cut(rest, id, sizeof id)) == NULL)
        return snprintf(buffer, size, "%s", path);
    behind_text(rest, zh, behind, sizeof behind);
    if (behind[0] == '\0')
        return snprintf(buffer, size, "%s", path);
    for (size_t u = 0; !link && u < model->units; u++) {
        const char *label = park_label_text(model->unit[u].label, zh);
        if (strcmp(model->unit[u].id, id) == 0 && label != NULL && label[0] != '\0')
            name = label;
    }
    return snprintf(buffer, size,
                    link ? (zh ? "管线 %s · %s" : "connection %s, %s")
                    : zh ? "%s · %s"
                         : "%s, %s",
                    name, behind);
}

/* ---- amounts ---------------------------------------------------------------------------------------------------------------- */

int park_statement_amount(park_worth_of of, park_dimension dim, double value, bool zh, char *buffer,
                          size_t size)
{
    park_worth_text unit = park_worth_text_of(of);
    if (!isfinite(value))
        return snprintf(buffer, size, "—");
    if (of == PARK_WORTH_SHARE && dim == PARK_DIM_FLOW) { /* people ask for volumes of a year */
        park_indicator yearly = {.dim = PARK_DIM_VOLUME, .value = value * YEAR, .target = PARK_NONE};
        return park_indicator_value_text(&yearly, zh, buffer, size);
    }
    if (of == PARK_WORTH_SHARE)
        return park_shown_text(value, dim, zh, buffer, size);
    if (of == PARK_WORTH_RATE)
        return snprintf(buffer, size, "%.4g %%", value / unit.si);
    return snprintf(buffer, size, "%.6g %s", value / unit.si, park_label_text(unit.unit, zh));
}
