/*
 * objective_text.h - what objectives are called in scenarios and files, and the unit they are printed in.
 * Looks down on: the public interface.
 */
#ifndef PARK_OBJECTIVE_TEXT_H
#define PARK_OBJECTIVE_TEXT_H

#include <parkwater/model.h>

typedef struct park_objective_text {
    const char *word;  /* as in the scenario */
    park_label  label; /* to a person */
    park_label  shown; /* unit */
    double      si;    /* yearly value = shown value x si */
    const char *cf;    /* unit of the value itself, as CF writes it */
} park_objective_text;

static inline park_objective_text park_objective_text_of(park_objective_kind kind)
{
    static const park_objective_text TEXT[] = {
        [PARK_MIN_COST]        = {"cost",
                                  {.zh = "年费用", .en = "yearly cost"},
                                  {.zh = "万元/a", .en = "10^4 CNY/a"},
                                  1e4,
                                  "CNY year-1"},
        [PARK_MIN_FRESH_WATER] = {"fresh_water",
                                  {.zh = "取水量", .en = "fresh water"},
                                  {.zh = "万m³/a", .en = "10^4 m3/a"},
                                  1e4,
                                  "m3 year-1"},
        [PARK_MIN_CARBON] =
            {"carbon", {.zh = "碳排放", .en = "carbon"}, {.zh = "t/a", .en = "t/a"}, 1e3, "kg year-1"},
    };
    return TEXT[kind];
}

#endif
