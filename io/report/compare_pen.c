#include "report/compare_pen.h"

void park_compare_table(park_compare_pen *pen, const char *const *titles)
{
    park_page   *page = &pen->page;
    const char **all  = PARK_ARRAY(page->arena, 2 * (pen->all->count + 16) + 1, const char *);
    size_t       n    = 0;
    if (all == NULL) {
        page->out.failed = true;
        return;
    }
    for (; titles[0] != NULL && n < 32; titles += 2) {
        all[n++] = titles[0];
        all[n++] = titles[1];
    }
    for (size_t i = 0; i < pen->all->count; i++) {
        park_page escaped = {.arena = page->arena};
        park_text_init(&escaped.out, page->arena);
        park_page_text(&escaped, pen->all->run[i].name);
        const char *zh = park_text_done(&escaped.out);
        const char *en = zh != NULL ? park_arena_printf(page->arena, "%.120s>", zh) : NULL;
        if (en == NULL) {
            page->out.failed = true;
            return;
        }
        all[n++] = zh;
        all[n++] = en;
    }
    all[n] = NULL;
    park_page_table(page, all);
}

void park_compare_row(park_compare_pen *pen, const char *zh, const char *en, const char *unit_zh,
                      const char *unit_en)
{
    park_page_row(&pen->page);
    park_page_cell(&pen->page);
    park_page_both(&pen->page, zh, en);
    park_page_cell(&pen->page);
    park_page_both(&pen->page, unit_zh, unit_en);
}

void park_compare_figure(park_compare_pen *pen, const char *svg, const char *file, const char *zh,
                         const char *en)
{
    park_page *page = &pen->page;
    if (svg == NULL || file == NULL || zh == NULL || en == NULL) {
        page->out.failed = true;
        return;
    }
    if (pen->figures < sizeof pen->drawing / sizeof pen->drawing[0]) {
        pen->drawing[pen->figures]  = svg;
        pen->file[pen->figures]     = file;
        pen->figure[pen->figures++] = (park_label){.zh = zh, .en = en};
    }
    park_text_add(&page->out, "<h3>");
    park_page_label(page, (park_label){.zh = zh, .en = en}, "");
    park_text_add(&page->out, "</h3>\n");
    park_text_add(&page->out, svg);
}
