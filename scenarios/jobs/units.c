/* units: what a quantity may be written in, by what it measures. */
#include "jobs/job.h"

#include "json.h"
#include "quantity.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

/* Two columns that stand below each other on a terminal, where a Chinese character is two wide. */
static void dimension_row(park_text *out, const char *name, const char *examples)
{
    enum { WIDTH = 34 };
    int    columns = 0;
    size_t length  = strlen(name);
    for (size_t i = 0, step; i < length; i += step) {
        uint32_t code;
        step = park_utf8_next(name + i, length - i, &code);
        columns += step == 0 ? 1 : park_utf8_columns(code);
        step += step == 0;
    }
    park_text_printf(out, "  %s%*s %s\n", name, columns < WIDTH ? WIDTH - columns : 0, "", examples);
}

park_exit park_job_units(park_job_context *context)
{
    size_t               count;
    const park_unit_row *rows = park_units_list(&count);
    park_text            out;
    park_text_init(&out, context->arena);
    if (context->options->json) {
        park_json json;
        park_json_init(&json, &out);
        park_json_open(&json, NULL, '{');
        park_json_open(&json, "units", '[');
        for (size_t i = 0; i < count; i++) {
            park_json_open(&json, NULL, '{');
            park_json_text(&json, "unit", rows[i].symbol);
            park_json_number(&json, "si", rows[i].factor);
            park_json_close(&json, '}');
        }
        park_json_close(&json, ']');
        park_json_open(&json, "dimensions", '[');
        for (int d = 0; d < PARK_DIM_COUNT; d++) {
            park_json_open(&json, NULL, '{');
            park_json_text(&json, "dimension", park_dimension_word((park_dimension)d));
            park_json_text(&json, "examples", park_dimension_examples((park_dimension)d));
            park_json_close(&json, '}');
        }
        park_json_close(&json, ']');
        park_json_close(&json, '}');
        park_text_char(&out, '\n');
    } else {
        park_text_add(&out, context->zh
                                ? "各量可用的单位（可组合，如 元/m³、kWh/m3）：\n"
                                : "what a quantity may be written in (units combine: CNY/m3, kWh/m3):\n");
        for (int d = 0; d < PARK_DIM_COUNT; d++)
            if (park_dimension_examples((park_dimension)d)[0] != '\0')
                dimension_row(&out, park_dimension_name((park_dimension)d, context->zh),
                              park_dimension_examples((park_dimension)d));
        park_text_add(&out, context->zh ? "单位符号：" : "symbols:");
        for (size_t i = 0; i < count; i++)
            park_text_printf(&out, " %s", rows[i].symbol);
        park_text_char(&out, '\n');
    }
    const char *done = park_text_done(&out);
    return done != NULL && fputs(done, stdout) != EOF ? PARK_EXIT_DONE : PARK_EXIT_FILE;
}
