#include "report/shell.h"

#include "report/assets.h"

static const char *const CSP =
    "default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; img-src data:";

void park_shell_open(park_page *page, park_label title, park_label facts, const park_chapter *chapters)
{
    park_text_printf(&page->out,
                     "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
                     "http-equiv=\"Content-Security-Policy\" content=\"%s\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
                     page->zh_first ? "zh" : "en", CSP);
    park_page_text(page, park_label_text(title, page->zh_first));
    park_text_printf(&page->out,
                     " — parkwater</title>\n<style>\n%s</style>\n</head>\n<body>\n"
                     "<input class=\"language\" type=\"radio\" name=\"language\" id=\"say-zh\"%s>\n"
                     "<input class=\"language\" type=\"radio\" name=\"language\" id=\"say-en\"%s>\n",
                     park_asset_style, page->zh_first ? " checked" : "", page->zh_first ? "" : " checked");
    park_text_add(&page->out, "<header>\n<div class=\"switch\"><label for=\"say-zh\">中文</label><label "
                              "for=\"say-en\">English</label></div>\n<h1>");
    park_page_label(page, title, "");
    park_text_add(&page->out, "</h1>\n<div class=\"facts\">");
    park_page_label(page, facts, "");
    park_text_add(&page->out, "</div>\n<nav>");
    for (; chapters->id != NULL; chapters++) {
        park_text_printf(&page->out, "<a href=\"#%s\">", chapters->id);
        park_page_both(page, chapters->zh, chapters->en);
        park_text_add(&page->out, "</a>");
    }
    park_text_add(&page->out, "</nav>\n</header>\n<main>\n");
}

void park_shell_close(park_page *page)
{
    park_text_add(&page->out, "</main>\n<footer>");
    park_page_both(page, "由 parkwater 生成；本页不访问网络。",
                   "Made by parkwater; this page asks no network.");
    park_text_add(&page->out, "</footer>\n</body>\n</html>\n");
}
