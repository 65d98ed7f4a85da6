/*
 * shell.h - what stands around the sections of a page that is not about one park: head, switch of language, chapters, foot.
 * Looks down on: page.
 */
#ifndef PARK_REPORT_SHELL_H
#define PARK_REPORT_SHELL_H

#include "report/page.h"

typedef struct park_chapter {
    const char *id, *zh, *en;
} park_chapter;

/* A page from its first byte to <main>. `facts` is one line below the title; `chapters` ends with id NULL. */
void park_shell_open(park_page *page, park_label title, park_label facts, const park_chapter *chapters);
void park_shell_close(park_page *page);

#endif
