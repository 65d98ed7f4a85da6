/* Forms that stand nowhere else on the page: metering, water that is not for production, leaks, applications. */
#include "report/forms.h"
#include "report/page.h"

#include <math.h>

static void cell_of(park_page *page, const park_cell *en, const park_cell *zh)
{
    if (en->text == NULL && isfinite(en->number)) {
        park_page_cell_number(page, en->number, en->decimals);
        return;
    }
    park_page_cell(page);
    if (en->text != NULL)
        park_page_label(page, (park_label){.zh = zh->text, .en = en->text}, "");
}

static void form_table(park_page *page, const park_sheet sheet[2])
{
    size_t       columns = sheet[0].row[1];
    const char **titles  = PARK_ARRAY(page->arena, 2 * columns + 1, const char *);
    if (titles == NULL) {
        page->out.failed = true;
        return;
    }
    for (size_t c = 0; c < columns; c++) {
        const park_cell *below = &sheet[0].cell[columns + c]; /* of numbers the heading stands right, too */
        titles[2 * c]          = sheet[1].cell[c].text;
        titles[2 * c + 1] = below->text == NULL ? park_arena_printf(page->arena, "%s>", sheet[0].cell[c].text)
                                                : sheet[0].cell[c].text;
    }
    park_page_table(page, titles);
    for (size_t r = 1; r < sheet[0].rows; r++) {
        park_page_row(page);
        for (size_t c = 0; c < columns; c++)
            cell_of(page, &sheet[0].cell[r * columns + c], &sheet[1].cell[r * columns + c]);
        park_page_row_end(page);
    }
    park_page_table_end(page);
}

void park_page_forms(park_page *page)
{
    park_sheet sheet[2];
    if (page->ledger == NULL)
        return;
    park_page_section(page, "forms", "计量、非生产用水、漏失与申报表",
                      "Metering, water that is not for production, leaks, applications");
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(
        page,
        "其余表格见各章与 "
        "tables/"
        "、tables.xlsx、report.docx。应装水表：跨越企业（或园区公用）边界的每条在用连接为一级，边界内通往用水"
        "单元的为二级，通往循环冷却、锅炉、处理与蓄水的为三级；配备率、计量率、误差与漏失率的要求未见标准原文"
        "，标“待核”。"
        "申报信息与以往年度由情景填写，不写则空。",
        "All other forms stand in the chapters, in tables/, tables.xlsx and report.docx. Meters required: "
        "each "
        "connection in use that crosses the bounds of an enterprise or of the utility is of level 1, within "
        "them "
        "level 2 to a user and level 3 to towers, boilers, treatment and storage. What is asked of metering, "
        "errors "
        "and leaks was not read in its standard. What an applicant says of itself and of earlier years comes "
        "from the "
        "scenario.");
    park_text_add(&page->out, "</p>\n");
    for (size_t i = 0; i < park_forms() && page->status == PARK_OK; i++) {
        if (!park_form_at(i)->on_page)
            continue;
        page->status = park_form_sheets(page->record, i, page->arena, sheet, page->err);
        if (page->status != PARK_OK || sheet[0].rows < 2)
            continue;
        park_text_printf(&page->out, "<h3>%s ", park_form_at(i)->id);
        park_page_label(page, park_form_at(i)->title, "");
        park_text_add(&page->out, "</h3>\n");
        form_table(page, sheet);
    }
    park_page_section_end(page);
}
