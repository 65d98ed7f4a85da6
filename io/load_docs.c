/*
 * load_docs.c - the word tables of docs/user/scenario.md, from the tables that the reader uses.
 */
#include "load.h"

#include "quantity.h"
#include "schema/catalogue.h"
#include "schema/constituents.h"
#include "schema/sections.h"
#include "units/kind.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A cell's text: bars would end the cell. */
static void cell(park_text *out, const char *text)
{
    for (; text != NULL && *text != '\0'; text++) {
        if (*text == '|')
            park_text_char(out, '\\');
        park_text_char(out, *text);
    }
}

static void write_choices(park_text *out, const char *const *choices)
{
    for (size_t i = 0; choices[i] != NULL; i++)
        park_text_printf(out, "%s`%s`", i > 0 ? " \\| " : "", choices[i]);
}

static void write_form(park_text *out, const park_field *field)
{
    static const char *const FORMS[] = {[PARK_SHAPE_NUMBER]         = "",
                                        [PARK_SHAPE_COUNT]          = "whole number 整数",
                                        [PARK_SHAPE_BOOL]           = "`true` \\| `false`",
                                        [PARK_SHAPE_CHOICE]         = "",
                                        [PARK_SHAPE_TEXT]           = "text 文字",
                                        [PARK_SHAPE_LABEL]          = "name or {zh, en} 名称",
                                        [PARK_SHAPE_SERIES]         = "series of ",
                                        [PARK_SHAPE_RANGE]          = "range of ",
                                        [PARK_SHAPE_BY_CONSTITUENT] = "by constituent 按成分: ",
                                        [PARK_SHAPE_REF]            = "unit 单元",
                                        [PARK_SHAPE_LIST]           = "list 列表",
                                        [PARK_SHAPE_CAPEX]          = "capital law 投资公式",
                                        [PARK_SHAPE_RECORD]         = "record 记录",
                                        [PARK_SHAPE_DEMAND]         = "series, `free` or {min, max} of ",
                                        [PARK_SHAPE_OUTLET_QUALITY] = "by constituent, or {fixed} 按成分: ",
                                        [PARK_SHAPE_NAMED]          = "records by name 命名记录",
                                        [PARK_SHAPE_REF_MAP]        = "outlet to unit 出口到单元",
                                        [PARK_SHAPE_CUSTOM]         = "see the example 见示例"};
    park_text_add(out, FORMS[field->shape]);
    bool measured = field->shape == PARK_SHAPE_NUMBER || field->shape == PARK_SHAPE_SERIES ||
                    field->shape == PARK_SHAPE_RANGE || field->shape == PARK_SHAPE_BY_CONSTITUENT ||
                    field->shape == PARK_SHAPE_DEMAND || field->shape == PARK_SHAPE_OUTLET_QUALITY;
    if (field->shape == PARK_SHAPE_CHOICE)
        write_choices(out, field->choices);
    if (measured)
        park_text_printf(out, "%s %s", park_dimension_name(field->dim, false),
                         park_dimension_name(field->dim, true));
}

static bool number_text(double value, const park_field *field, char *text, size_t size)
{
    park_dimension dim = field->shape == PARK_SHAPE_COUNT ? PARK_DIM_NUMBER : field->dim;
    return isfinite(value) && park_quantity_format(value, dim, NULL, 6, false, text, size) >= 0;
}

static void write_default(park_text *out, const park_field *field)
{
    char text[96];
    if (field->required)
        park_text_add(out, "**required 必填**");
    else if (field->shape == PARK_SHAPE_CHOICE && field->choices != NULL && field->choice >= 0)
        park_text_printf(out, "`%s`", field->choices[field->choice]);
    else if (field->shape == PARK_SHAPE_BOOL && isfinite(field->fallback))
        park_text_printf(out, "`%s`", field->fallback != 0.0 ? "true" : "false");
    else if (number_text(field->fallback, field, text, sizeof text))
        park_text_add(out, text);
    else if (isinf(field->fallback))
        park_text_add(out, "no limit 不限");
}

static void write_range(park_text *out, const park_field *field)
{
    char low[96], high[96];
    bool lo = number_text(field->lo, field, low, sizeof low),
         hi = number_text(field->hi, field, high, sizeof high);
    if (field->shape == PARK_SHAPE_TEXT || field->shape == PARK_SHAPE_CHOICE ||
        field->shape == PARK_SHAPE_LABEL || field->shape == PARK_SHAPE_RECORD ||
        field->shape == PARK_SHAPE_LIST || field->shape == PARK_SHAPE_CUSTOM ||
        field->shape == PARK_SHAPE_BOOL || field->shape == PARK_SHAPE_REF ||
        field->shape == PARK_SHAPE_CAPEX || field->shape == PARK_SHAPE_NAMED ||
        field->shape == PARK_SHAPE_REF_MAP)
        return;
    if (lo)
        park_text_printf(out, "%s %s", field->lo_open ? ">" : "≥", low);
    if (hi)
        park_text_printf(out, "%s%s %s", lo ? ", " : "", field->hi_open ? "<" : "≤", high);
}

static void write_row(park_text *out, const char *prefix, const park_field *field)
{
    park_text_printf(out, "| `%s%s` | ", prefix, field->word);
    cell(out, field->en);
    park_text_add(out, field->en != NULL && field->zh != NULL ? "<br>" : "");
    cell(out, field->zh);
    if (field->later != NULL)
        park_text_add(out, " (not yet in this version 本版本尚不支持)");
    park_text_add(out, " | ");
    write_form(out, field);
    park_text_add(out, " | ");
    write_default(out, field);
    park_text_add(out, " | ");
    write_range(out, field);
    park_text_add(out, " | ");
    if (field->example != NULL) {
        park_text_char(out, '`');
        cell(out, field->example);
        park_text_char(out, '`');
    }
    park_text_add(out, " |\n");
}

static void write_rows(park_text *out, const char *prefix, const park_field *fields, const park_field *but)
{
    for (const park_field *field = fields; field != NULL && field->word != NULL; field++) {
        bool doubled = false;
        for (const park_field *other = but; other != NULL && other->word != NULL; other++)
            doubled |= strcmp(other->word, field->word) == 0;
        if (doubled)
            continue;
        write_row(out, prefix, field);
        if (field->record != NULL &&
            (field->shape == PARK_SHAPE_RECORD || field->shape == PARK_SHAPE_BY_CONSTITUENT ||
             field->shape == PARK_SHAPE_NAMED)) {
            char deeper[160];
            bool named = field->shape == PARK_SHAPE_NAMED;
            snprintf(deeper, sizeof deeper, "%s%s.%s", prefix, field->word, named ? "NAME." : "");
            if (!(named && strcmp(field->word, "stages") == 0)) /* the words of a technology, printed there */
                write_rows(out, deeper, field->record, NULL);
        }
    }
}

static void table_head(park_text *out)
{
    park_text_add(out, "\n| word 词 | what 含义 | form 写法 | default 默认 | range 范围 | example 示例 "
                       "|\n|---|---|---|---|---|---|\n");
}

static void write_units(park_text *out, const park_section *section)
{
    table_head(out);
    write_rows(out, "", park_unit_words_of(section->role), NULL);
    for (const park_unit_kind *const *kind = park_unit_kinds(); *kind != NULL; kind++) {
        if ((*kind)->role != section->role)
            continue;
        park_text_printf(out, "\n#### `%s` %s / %s\n", (*kind)->word, park_label_text((*kind)->label, false),
                         park_label_text((*kind)->label, true));
        table_head(out);
        write_rows(out, "", (*kind)->fields, NULL);
    }
}

static void write_section(park_text *out, const park_section *section)
{
    park_text_printf(out, "\n### `%s`\n\n%s / %s%s\n", section->word, section->en, section->zh,
                     section->required ? " (**required 必填**)" : "");
    if (section->later != NULL)
        park_text_printf(
            out, "\nNot yet in this version: it is checked, and %s. / 本版本尚不支持：仅检查，%s。\n",
            section->later_harmless ? "otherwise ignored with a warning" : "a park that has it does not run",
            section->later_harmless ? "其余忽略并警告" : "含此节的园区不能运行");
    if (section->example != NULL)
        park_text_printf(out, "\n    %s: %s\n", section->word, section->example);
    if (section->form == PARK_SECTION_UNITS)
        write_units(out, section);
    else if (section->fields != NULL) {
        table_head(out);
        write_rows(out, "", section->fields, NULL);
    }
    if (section->beside != NULL) {
        park_text_add(out, "\nAmong the ids may stand / 与各标识并列可写：\n");
        table_head(out);
        write_rows(out, "", section->beside, NULL);
    }
}

static void write_constituents(park_text *out)
{
    park_text_add(out, "\n## Constituents of the catalogue / 目录中的成分\n\n| id | name 名称 | counted as "
                       "计量基准 | class one 第一类 |\n|---|---|---|---|\n");
    for (const park_constituent_row *row = park_constituent_rows(); row->id != NULL; row++)
        park_text_printf(out, "| `%s` | %s %s | %s%s | %s |\n", row->id, row->en, row->zh,
                         row->basis != NULL  ? row->basis
                         : row->unit != NULL ? row->unit
                                             : "",
                         row->mixes == PARK_MIX_MASS   ? ""
                         : row->mixes == PARK_MIX_NONE ? " (mean weighted by flow, W0963 按流量加权平均)"
                                                       : " (not yet in this version 本版本尚不支持)",
                         row->class_one ? "yes 是" : "");
}

static void write_targets(park_text *out)
{
    park_text_add(out, "\n## What a target may speak of / 可设的目标\n\n| word 词 | what 含义 | dimension "
                       "量纲 |\n|---|---|---|\n");
    for (const park_target_row *row = PARK_TARGETS; row->word != NULL; row++)
        park_text_printf(out, "| `%s%s` | %s %s | %s |\n", row->word,
                         row->of == PARK_TARGET_OF_PRODUCT      ? ".PRODUCT"
                         : row->of == PARK_TARGET_OF_ENTERPRISE ? "[.ENTERPRISE]"
                                                                : "",
                         row->en, row->zh,
                         row->of == PARK_TARGET_OF_PRODUCT ? "water per product 单位产品水量"
                                                           : park_dimension_name(row->dim, false));
}

static void write_page(park_text *out, park_catalogue *catalogue, park_catalogue_page page, const char *title)
{
    const park_tree_node *root = park_catalogue_root(catalogue, page);
    park_text_printf(out, "\n## %s\n\n| name | what 含义 | source class 来源等级 |\n|---|---|---|\n", title);
    for (size_t i = 0; root != NULL && i < root->count; i++) {
        const park_tree_node *entry = root->items[i], *name = park_tree_get(entry, "name"),
                             *sure = park_tree_get(entry, "x-class");
        const park_tree_node *zh =
            name != NULL && name->form == PARK_MAPPING ? park_tree_get(name, "zh") : name;
        const park_tree_node *en =
            name != NULL && name->form == PARK_MAPPING ? park_tree_get(name, "en") : NULL;
        park_text_printf(out, "| `%s` | %s %s | %s |\n", park_tree_key(entry), en != NULL ? en->text : "",
                         zh != NULL ? zh->text : "", sure != NULL ? sure->text : "");
    }
}

park_status park_docs_write(park_text *out, park_error *err)
{
    static const char *const TITLES[]  = {"Sections of a park / 园区情景的各节",
                                          "Sections of a study / 方案集的各节",
                                          "Sections of a region / 区域文件的各节"};
    park_catalogue          *catalogue = park_catalogue_new(out->arena);
    if (catalogue == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the tables");
    for (int d = PARK_DOCUMENT_PARK; d <= PARK_DOCUMENT_REGION; d++) {
        park_text_printf(out, "\n## %s\n", TITLES[d]);
        for (const park_section *section = park_sections((park_document)d); section->word != NULL; section++)
            write_section(out, section);
        if (d == PARK_DOCUMENT_PARK) {
            write_targets(out);
            write_constituents(out);
            write_page(out, catalogue, PARK_PAGE_TECHNOLOGIES,
                       "Technologies of the catalogue / 目录中的工艺");
            write_page(out, catalogue, PARK_PAGE_LIMITS, "Limit sets of the catalogue / 目录中的限值标准");
            write_page(out, catalogue, PARK_PAGE_PIPES, "Pipes of the catalogue / 目录中的管材");
            write_page(out, catalogue, PARK_PAGE_CLIMATE, "Climates of the catalogue / 目录中的气候");
            write_page(out, catalogue, PARK_PAGE_RETROFITS, "Retrofits of the catalogue / 目录中的改造措施");
        }
    }
    return out->failed || catalogue->failed
               ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the tables")
               : PARK_OK;
}
