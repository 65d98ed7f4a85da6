/* region_outputs.c - a region's table of products: output and intake by member and year. */
#include "region_rows.h"

#include <math.h>
#include <string.h>

#define TELL_CELL PARK_REGION_TELL_CELL

static int32_t making_of(park_region_book *book, int32_t member, int32_t product)
{
    park_arena *arena = book->loader->reader.arena;
    for (size_t i = 0; i < book->makings; i++)
        if (book->making[i].member == member && book->making[i].product == product)
            return (int32_t)i;
    if (!PARK_GROW(arena, book->making, book->makings, book->makings_cap)) {
        book->loader->reader.failed = true;
        return -1;
    }
    double *output = PARK_ARRAY(arena, book->region->years, double),
           *intake = PARK_ARRAY(arena, book->region->years, double);
    if (output == NULL || intake == NULL) {
        book->loader->reader.failed = true;
        return -1;
    }
    for (size_t y = 0; y < book->region->years; y++)
        output[y] = intake[y] = NAN;
    book->making[book->makings] =
        (park_region_making){.member = member, .product = product, .output = output, .intake = intake};
    return (int32_t)book->makings++;
}

void park_region_book_output(park_region_book *book, int32_t member, int32_t product, size_t year,
                             double output, double intake)
{
    int32_t i = making_of(book, member, product);
    if (i < 0)
        return;
    ((double *)(uintptr_t)book->making[i].output)[year] = output;
    ((double *)(uintptr_t)book->making[i].intake)[year] = intake;
}

static int32_t product_named(const park_region_book *book, const char *text)
{
    for (size_t p = 0; p < book->region->products; p++) {
        const park_region_product *product = &book->product[p];
        if (strcmp(product->id, text) == 0 ||
            (product->label.zh != NULL && strcmp(product->label.zh, text) == 0) ||
            (product->label.en != NULL && strcmp(product->label.en, text) == 0))
            return (int32_t)p;
    }
    return -1;
}

enum { NAME, YEAR_OF, PRODUCT, OUTPUT, INTAKE, NEEDED, BOUGHT = NEEDED, SCOPE, PARTS };
static const char *const PART_WORDS[PARTS + 1] = {"name",   "year",   "product", "output",
                                                  "intake", "bought", "scope",   NULL};

/* Fresh water consumed is not intake: bought water, softened water of others, losses on the way are missing from it. */
static bool is_intake(park_region_book *book, const park_csv_cell *scope, const char *product)
{
    if (!park_region_said(scope) || strcmp(scope->text, "intake") == 0 || strcmp(scope->text, "取水量") == 0)
        return true;
    if (strcmp(scope->text, "fresh") == 0 || strcmp(scope->text, "耗新水量") == 0)
        TELL_CELL(
            book, scope, PARK_E0397, PARK_ERROR,
            "the row of '%s' holds fresh water consumed, not intake: its unit intake would look too low (of "
            "steel, "
            "intake is about 1.2 times fresh consumption), and a target on intake would seem met that is not",
            "“%s”一行为耗新水量而不是取水量：单位产品取水量会偏低（钢铁取水量约为耗新水量的 1.2 "
            "倍），未达到的取水目标会显得已达到",
            product);
    else
        TELL_CELL(book, scope, PARK_E0304, PARK_ERROR,
                  "the scope is '%s'; it is one of intake (取水量), fresh (耗新水量)",
                  "口径写作“%s”；应为 intake（取水量）或 fresh（耗新水量）", scope->text);
    return false;
}

/* Output, intake, bought water and steam; the last counts as intake, whoever made it. */
static bool read_amounts(park_region_book *book, size_t row, const size_t at[PARTS], double value[3])
{
    static const size_t COLUMN[3] = {OUTPUT, INTAKE, BOUGHT};
    value[2]                      = 0.0;
    for (size_t k = 0; k < 3; k++) {
        const park_csv_cell *cell = park_region_cell(book->table, row, at[COLUMN[k]]);
        if (!park_region_said(cell) && k == 2)
            continue;
        if (!park_region_said(cell) || !park_region_number(book, cell, &value[k]))
            return false;
        if (value[k] < 0.0)
            TELL_CELL(book, cell, PARK_E0303, PARK_ERROR, "%s is %s; it must not be below 0",
                      "%s 为 %s；不得小于 0", PART_WORDS[COLUMN[k]], cell->text);
    }
    return true;
}

static void read_output(park_region_book *book, size_t row, const size_t at[PARTS], double scale)
{
    const park_csv_cell *name = park_region_cell(book->table, row, at[NAME]),
                        *made = park_region_cell(book->table, row, at[PRODUCT]);
    size_t  year              = park_region_year_of(book, park_region_cell(book->table, row, at[YEAR_OF]));
    int32_t m = park_region_member_find(book, name->text), p = product_named(book, made->text);
    double  value[3];
    if (m < 0)
        TELL_CELL(book, name, PARK_E0316, PARK_ERROR, "no row of the region is named '%s'",
                  "区域数据中没有“%s”", name->text);
    if (p < 0)
        TELL_CELL(book, made, PARK_E0316, PARK_ERROR, "`products` has no '%s'", "products 中没有“%s”",
                  made->text);
    if (m < 0 || p < 0 || year == SIZE_MAX ||
        !is_intake(book, park_region_cell(book->table, row, at[SCOPE]), made->text) ||
        !read_amounts(book, row, at, value))
        return;
    int32_t i = making_of(book, m, p);
    if (i < 0)
        return;
    if (!isnan(book->making[i].output[year]))
        TELL_CELL(book, name, PARK_E0383, PARK_ERROR,
                  "'%s' has a second row for %s in %d: its output and intake would be counted twice",
                  "“%s”的%s在 %d 年有第二行：产量与取水量会重复计算", name->text, made->text,
                  (int)(book->region->base + (int32_t)year));
    park_region_book_output(book, m, p, year, value[0] * book->product_scale[p],
                            (value[1] + value[2]) * scale);
}

/* Of a member's products in a year: together they cannot take more than the member does. */
static void tell_too_much(park_region_book *book, const park_tree_node *outputs)
{
    for (size_t m = 0; m < book->members; m++)
        for (size_t y = 0; y < book->known; y++) {
            double sum = 0.0, taken = park_region_intake_of(park_region_place(book, (int32_t)m, y, 0));
            for (size_t i = 0; i < book->makings; i++)
                if (book->making[i].member == (int32_t)m && !isnan(book->making[i].intake[y]))
                    sum += book->making[i].intake[y];
            if (sum <= taken * (1.0 + 1e-9) || !(taken > 0.0))
                continue;
            PARK_TELL(&book->loader->reader, outputs, PARK_AT_KEY, PARK_W0398, PARK_WARNING,
                      "products of '%s' take %.2f 万m3 in %d, but the member takes %.2f: another unit, "
                      "another boundary, or "
                      "stages of one process counted one in the other? Their unit intakes would be too high",
                      "“%s”各产品取水量合计 %.2f 万m³（%d 年），大于该成员的取水量 %.2f "
                      "万m³：单位或边界不一致，或工序之间重复计算？单位产品取水量会偏高",
                      book->member[m].id, sum / 1e4, (int)(book->region->base + (int32_t)y), taken / 1e4);
            break;
        }
}

/* 白酒 is two stages, base liquor and finished liquor, each with its own limit. */
static void tell_stages(park_region_book *book)
{
    const park_tree_node *products = park_tree_get(book->loader->root, "products");
    for (size_t p = 0; products != NULL && p < book->region->products; p++) {
        const park_region_product *product = &book->product[p];
        const char                *zh      = product->label.zh != NULL ? product->label.zh : product->id;
        bool liquor = strstr(zh, "白酒") != NULL || strcmp(product->id, "baijiu") == 0;
        if (liquor && strstr(zh, "原酒") == NULL && strstr(zh, "成品酒") == NULL)
            PARK_TELL(
                &book->loader->reader, park_tree_get(products, product->id), PARK_AT_KEY, PARK_W0398,
                PARK_WARNING,
                "'%s' does not say which stage: 原酒 (base liquor) and 成品酒 (finished) have limits of "
                "their own, "
                "43.35 and 5.95 m3/kL, and are never added; one figure for both can be held against neither",
                "“%s”没有说明工序：白酒原酒与成品酒限值不同（43.35 与 5.95 "
                "m³/kL），不相加；合在一起的数值与哪个都不能比",
                product->id);
    }
}

static void tell_missing_output(park_region_book *book, const park_tree_node *outputs)
{
    for (size_t i = 0; i < book->makings; i++)
        for (size_t y = 0; y < book->known; y++)
            if (isnan(book->making[i].output[y]))
                PARK_TELL(&book->loader->reader, outputs, PARK_AT_KEY, PARK_E0382, PARK_ERROR,
                          "'%s' has no row for %s in %d", "“%s”缺少%s在 %d 年的数据",
                          book->member[book->making[i].member].id, book->product[book->making[i].product].id,
                          (int)(book->region->base + (int32_t)y));
}

void park_region_outputs(park_region_book *book, park_tree_node *outputs)
{
    static const char *const WORDS[] = {"csv", "columns", "unit", "sheet", "header", NULL};
    park_reader             *reader  = &book->loader->reader;
    const park_tree_node    *csv = park_tree_get(outputs, "csv"), *names = park_tree_get(outputs, "columns"),
                         *unit = park_tree_get(outputs, "unit");
    double scale               = NAN;
    size_t at[PARTS], before = reader->findings->errors;
    if (!park_reader_is(reader, outputs, PARK_MAPPING) ||
        !park_reader_known(reader, outputs, NULL, 0, WORDS) ||
        (names != NULL && !(park_reader_is(reader, names, PARK_MAPPING) &&
                            park_reader_known(reader, names, NULL, 0, PART_WORDS))))
        return;
    if (csv == NULL || park_region_text(unit) == NULL) {
        PARK_TELL(reader, outputs, PARK_AT_KEY, PARK_E0302, PARK_ERROR, "outputs need %s", "outputs 须有 %s",
                  "{csv: products.csv, unit: 万m3/a}");
        return;
    }
    book->table = park_reader_table(reader, csv);
    if (book->table == NULL || !park_region_unit(book, unit, unit->text, false, &scale))
        return;
    for (int c = 0; c < PARTS; c++)
        at[c] = park_region_column(book, names, PART_WORDS[c], c < NEEDED);
    for (size_t row = 0; reader->findings->errors == before && row < book->table->rows; row++)
        read_output(book, row, at, scale);
    if (reader->findings->errors > before)
        return;
    tell_missing_output(book, outputs);
    tell_too_much(book, outputs);
    tell_stages(book);
}
