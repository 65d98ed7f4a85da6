#include "compare/quotas.h"

#include "csv_table.h"
#include "quantity.h"

#include <math.h>
#include <string.h>

enum { BYTES_MOST = 4 << 20 };

static const char *const COLUMN[PARK_QUOTA_CLASSES] = {[PARK_QUOTA_PLAN_2020] = "plan_2020",
                                                       [PARK_QUOTA_PLAN_2025] = "plan_2025",
                                                       [PARK_QUOTA_GENERAL]   = "general",
                                                       [PARK_QUOTA_ADVANCED]  = "advanced",
                                                       [PARK_QUOTA_LEADER]    = "leader"};

static bool unit_of(const char *text, park_dimension *dim, double *scale)
{
    double offset;
    for (size_t i = 0; i < PARK_MEASURES; i++)
        if (park_unit_parse(text, strlen(text), PARK_MEASURE[i].intensity, scale, &offset, NULL, NULL)) {
            *dim = PARK_MEASURE[i].intensity;
            return true;
        }
    return false;
}

typedef struct columns {
    size_t product, name, unit, source, source_class, value[PARK_QUOTA_CLASSES];
} columns;

static bool find_columns(const park_csv_table *table, park_findings *findings, columns *at)
{
    at->product      = park_csv_column(table, "product", findings);
    at->name         = park_csv_column(table, "name", findings);
    at->unit         = park_csv_column(table, "unit", findings);
    at->source       = park_csv_column(table, "source", findings);
    at->source_class = park_csv_column(table, "class", findings);
    bool whole       = at->product != SIZE_MAX && at->name != SIZE_MAX && at->unit != SIZE_MAX &&
                 at->source != SIZE_MAX && at->source_class != SIZE_MAX;
    for (int k = 0; k < PARK_QUOTA_CLASSES; k++) {
        at->value[k] = park_csv_column(table, COLUMN[k], findings);
        whole        = whole && at->value[k] != SIZE_MAX;
    }
    return whole;
}

static void tell(const park_csv_table *table, const park_csv_cell *cell, park_findings *findings,
                 const char *en, const char *zh)
{
    park_csv_place(table, cell, findings,
                   park_finding_add(findings, PARK_E0811, PARK_ERROR, NULL, en, zh, cell->text));
}

static void read_row(const park_csv_table *table, size_t row, const columns *at, park_findings *findings,
                     park_quota *q)
{
    const park_csv_cell *cell  = table->cells + row * table->columns;
    double               scale = 1.0;
    *q                         = (park_quota){.product      = cell[at->product].text,
                                              .name         = cell[at->name].text,
                                              .row          = row,
                                              .dim          = PARK_DIM_COUNT,
                                              .source       = cell[at->source].text,
                                              .source_class = cell[at->source_class].text};
    if (q->product[0] == '\0')
        tell(table, &cell[at->product], findings, "a row of quotas without a product%s",
             "定额行未写产品编号%s");
    if (!unit_of(cell[at->unit].text, &q->dim, &scale))
        tell(table, &cell[at->unit], findings,
             "'%s' is no unit of water per product, such as m3/t, m3/百米, m3/kL",
             "“%s”不是单位产品取水量的单位，如 m3/t、m3/百米、m3/kL");
    for (int k = 0; k < PARK_QUOTA_CLASSES; k++) {
        const park_csv_cell *c = &cell[at->value[k]];
        double               number;
        q->value[k]  = NAN;
        q->unseen[k] = strcmp(c->text, "待核") == 0 || c->text[0] == '\0';
        if (q->unseen[k])
            continue;
        if (!park_number_parse(c->text, c->length, &number, NULL) || !(number > 0.0))
            tell(table, c, findings,
                 "'%s' is no quota: a number above 0, or 待核 where the standard was not seen",
                 "“%s”不是定额：应为大于 0 的数，未见标准原文时写“待核”");
        else
            q->value[k] = number * scale;
    }
}

park_status park_quotas_read(const char *path, park_arena *arena, park_findings *findings,
                             park_quotas *quotas, park_error *err)
{
    park_csv_table *table;
    columns         at;
    size_t          before = findings->errors, length;
    const char     *bytes  = park_quotas_template(&length);
    *quotas                = (park_quotas){.name = path != NULL ? path : "quotas.csv"};
    if (path != NULL)
        PARK_TRY(park_table_read(arena, path, &(park_table_wish){0}, BYTES_MOST, findings, &table, err));
    else
        PARK_TRY(park_csv_parse(arena, quotas->name, bytes, length, findings, &table, err));
    if (!find_columns(table, findings, &at))
        return PARK_FAIL(err, PARK_E_INPUT, "%s lacks columns of a table of quotas", quotas->name);
    quotas->item = PARK_ARRAY(arena, table->rows + 1, park_quota);
    if (quotas->item == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the quotas");
    quotas->table = table, quotas->unit = at.unit;
    for (size_t r = 0; r < table->rows; r++)
        read_row(table, r, &at, findings, &quotas->item[quotas->count++]);
    if (findings->errors > before)
        return PARK_FAIL(err, PARK_E_INPUT, "%s cannot be read as a table of quotas", quotas->name);
    return PARK_OK;
}

void park_quotas_place(const park_quotas *quotas, const park_quota *quota, park_findings *findings,
                       park_finding *finding)
{
    const park_csv_table *table = quotas->table;
    park_csv_place(table, table->cells + quota->row * table->columns + quotas->unit, findings, finding);
}

const park_quota *park_quotas_find(const park_quotas *quotas, const char *product)
{
    for (size_t i = 0; i < quotas->count; i++)
        if (strcmp(quotas->item[i].product, product) == 0)
            return &quotas->item[i];
    return NULL;
}
