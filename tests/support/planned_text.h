/*
 * planned_text.h - the design of a scenario given as text, to a gap of 1e-7; NULL where there is none, which fails the test.
 */
#ifndef PARK_TEST_PLANNED_TEXT_H
#define PARK_TEST_PLANNED_TEXT_H

#include "load_text.h"

#include <parkwater/design.h>

static inline park_design *planned_as(loaded_text *t, const char *text, park_choosing choosing)
{
    park_design         *design = NULL;
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap = 1e-7, settings.choosing = choosing;
    *t = load_text(text);
    if (t->status != PARK_OK)
        show(t);
    CHECK(t->status == PARK_OK);
    if (t->status == PARK_OK)
        CHECK(park_design_solve(t->loaded.model, &settings, t->arena, &design, &t->findings, &t->err) ==
              PARK_OK);
    CHECK(design != NULL && design->link_flow != NULL);
    return design != NULL && design->link_flow != NULL ? design : NULL;
}

static inline park_design *planned(loaded_text *t, const char *text)
{
    return planned_as(t, text, PARK_CHOOSING_ANY);
}

#endif
