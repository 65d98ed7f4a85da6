/* compare: runs of one park side by side. Reads result files alone; writes report.html, figures/ and tables/ in DIR. */
#include "jobs/job.h"

#include "compare/comparison.h"
#include "findings_text.h"
#include "json.h"
#include "replace.h"
#include "report/compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct comparing {
    park_job_context *context;
    park_findings     findings;
    park_error        error;
    size_t            count;
    const char       *name[PARK_ARGUMENTS_MOST];
    const char       *path[PARK_ARGUMENTS_MOST];
    park_saved       *run;
    park_quotas       quotas;
    park_comparison   all;
} comparing;

/* "ro/run.h5" is called ro, "now.h5" now; "NAME=PATH" says it, unless a file has that very name. */
static void name_of(comparing *c, size_t i, const char *argument)
{
    const char *equals = strchr(argument, '=');
    c->path[i]         = argument;
    if (equals != NULL && equals > argument && access(argument, R_OK) != 0) {
        c->name[i] = park_arena_text(c->context->arena, argument, (size_t)(equals - argument));
        c->path[i] = equals + 1;
        return;
    }
    const char *slash = strrchr(argument, '/'), *base = slash != NULL ? slash + 1 : argument;
    const char *dot    = strrchr(base, '.');
    size_t      length = dot != NULL && dot > base ? (size_t)(dot - base) : strlen(base);
    if (slash != NULL && slash > argument && length == 3 && strncmp(base, "run", 3) == 0) {
        const char *from = slash;
        while (from > argument && from[-1] != '/')
            from--;
        base   = from;
        length = (size_t)(slash - from);
    }
    c->name[i] = park_arena_text(c->context->arena, base, length);
}

/* The run of a name, or of a path as it was given; SIZE_MAX with a finding. */
static size_t run_of(comparing *c, const char *said)
{
    for (size_t i = 0; i < c->count; i++)
        if (strcmp(c->name[i], said) == 0 || strcmp(c->path[i], said) == 0)
            return i;
    park_finding_add(&c->findings, PARK_E0801, PARK_ERROR, NULL, "no run is called %s", "没有名为 %s 的结果",
                     said);
    return SIZE_MAX;
}

/* Every file that cannot be read is told, not the first alone. */
static park_status read_all(comparing *c)
{
    const park_options *options = c->context->options;
    park_status         first   = PARK_OK;
    c->count                    = options->arguments;
    c->run                      = PARK_ARRAY(c->context->arena, c->count, park_saved);
    if (c->run == NULL)
        return PARK_FAIL(&c->error, PARK_E_MEMORY, "no memory for the runs");
    for (size_t i = 0; i < c->count; i++) {
        name_of(c, i, options->argument[i]);
        if (c->name[i] == NULL)
            return PARK_FAIL(&c->error, PARK_E_MEMORY, "no memory for the runs");
        park_error  err    = {0};
        park_status status = park_saved_read(c->path[i], c->context->arena, &c->run[i], &err);
        if (status == PARK_OK)
            continue;
        first    = first == PARK_OK ? status : first;
        c->error = first == status && c->error.message[0] == '\0' ? err : c->error;
        if (!options->json && c->error.message[0] != '\0' && strcmp(c->error.message, err.message) != 0)
            fprintf(stderr, "parkwater%s%s\n", c->context->zh ? "：" : ": ", err.message);
    }
    return first;
}

static park_status put_together(comparing *c)
{
    const park_options *options = c->context->options;
    PARK_TRY(park_quotas_read(options->quotas, c->context->arena, &c->findings, &c->quotas, &c->error));
    size_t present = options->present != NULL ? run_of(c, options->present) : 0;
    size_t plan    = options->plan != NULL ? run_of(c, options->plan) : SIZE_MAX;
    if (c->findings.errors > 0)
        return PARK_FAIL(&c->error, PARK_E_INPUT, "the runs cannot be compared");
    park_comparison_wish wish = {.count   = c->count,
                                 .name    = c->name,
                                 .run     = c->run,
                                 .present = present,
                                 .plan    = plan == SIZE_MAX ? PARK_NONE : (int32_t)plan,
                                 .quotas  = &c->quotas};
    return park_comparison_make(&wish, c->context->arena, &c->findings, &c->all, &c->error);
}

static park_status write_all(comparing *c)
{
    park_arena       *arena = c->context->arena;
    const char       *dir   = c->context->options->output;
    park_compare_page page;
    PARK_TRY(park_compare_text(&c->all, c->context->zh, arena, &page, &c->error));
    PARK_TRY(park_folder_make(dir, &c->error));
    const char *html = park_arena_printf(arena, "%s/report.html", dir);
    if (html == NULL)
        return PARK_FAIL(&c->error, PARK_E_MEMORY, "no memory for the names of the results");
    PARK_TRY(park_file_replace(html, page.html, strlen(page.html), &c->error));
    PARK_TRY(park_compare_tables_write(&c->all, dir, c->context->zh, arena, &c->error));
    return park_compare_document_write(&c->all, &page, dir, c->context->zh, arena, &c->error);
}

static void json_run(park_json *json, const comparing *c, const park_compared *r)
{
    park_json_open(json, r->name, '{');
    park_json_text(json, "part",
                   r->part == PARK_PART_PRESENT ? "present"
                   : r->part == PARK_PART_PLAN  ? "plan"
                                                : "proposal");
    park_json_number(json, "intake_conventional_m3_per_a", r->intake[PARK_BASIS_CONVENTIONAL]);
    park_json_number(json, "intake_all_sources_m3_per_a", r->intake[PARK_BASIS_ALL_SOURCES]);
    park_json_number(json, "running_CNY_per_a", r->running_sum);
    park_json_number(json, "investment_CNY", r->investment);
    park_json_number(json, "electricity_kWh_per_a", r->energy / 3.6e6);
    park_json_number(json, "carbon_kg_per_a", r->carbon);
    for (size_t k = 0; k < r->concentrates; k++) {
        park_json_open(
            json,
            park_arena_printf(c->context->arena, "reject_%s", r->model->unit[r->concentrate[k].unit].id),
            '{');
        park_json_number(json, "water_m3_per_d", r->concentrate[k].water / 365.0);
        park_json_number(json, "recovery", 1.0 - r->concentrate[k].share);
        for (size_t i = 0; i < r->model->constituents; i++)
            park_json_number(json, r->model->constituent[i].id,
                             1e3 * r->concentrate[k].mass[i] / r->concentrate[k].water);
        park_json_close(json, '}');
    }
    if (r->part != PARK_PART_PRESENT) {
        park_json_number(json, "saved_m3_per_a", r->saved[c->all.basis]);
        park_json_number(json, "npv_CNY", r->merit.npv);
        park_json_open(json, "irr", '[');
        for (size_t i = 0; i < r->merit.rates; i++)
            park_json_number(json, NULL, r->merit.rate[i]);
        park_json_close(json, ']');
        park_json_number(json, "payback_a", r->merit.payback);
        park_json_number(json, "payback_dynamic_a", r->merit.payback_dynamic);
        park_json_number(json, "unit_cost_CNY_per_m3", r->merit.unit_cost);
        park_json_number(json, "unit_cost_gross_CNY_per_m3", r->merit.unit_cost_gross);
        park_json_open(json, "swings", '[');
        for (size_t k = 0; k < r->swings; k++) {
            park_json_open(json, NULL, '{');
            park_json_text(json, "of", park_swing_word(&r->swing[k]));
            park_json_number(json, "low_CNY", r->swing[k].low);
            park_json_number(json, "high_CNY", r->swing[k].high);
            park_json_number(json, "turns", r->swing[k].turns);
            park_json_close(json, '}');
        }
        park_json_close(json, ']');
    }
    park_json_close(json, '}');
}

static park_exit tell_json(comparing *c)
{
    park_text text, findings;
    park_json json;
    park_text_init(&text, c->context->arena);
    park_text_init(&findings, c->context->arena);
    park_json_init(&json, &text);
    park_json_open(&json, NULL, '{');
    park_json_text(&json, "job", "compare");
    park_json_text(&json, "status", "done");
    park_json_text(&json, "basis", c->all.basis == PARK_BASIS_CONVENTIONAL ? "conventional" : "all_sources");
    park_json_text(&json, "of", c->all.simulated ? "simulated" : "promised");
    park_json_whole(&json, "price_year", c->all.price_year);
    park_json_number(&json, "discount", c->all.discount);
    park_json_whole(&json, "years", c->all.years);
    park_json_open(&json, "runs", '{');
    for (size_t i = 0; i < c->all.count; i++)
        json_run(&json, c, &c->all.run[i]);
    park_json_close(&json, '}');
    park_findings_json(&c->findings, &findings);
    park_json_raw(&json, "findings", park_text_done(&findings));
    park_json_close(&json, '}');
    park_text_char(&text, '\n');
    const char *done = park_text_done(&text);
    return done != NULL && fputs(done, stdout) != EOF ? PARK_EXIT_DONE : PARK_EXIT_FILE;
}

static park_exit tell_people(const comparing *c)
{
    bool zh = c->context->zh;
    for (size_t i = 0; i < c->all.count; i++) {
        const park_compared *r = &c->all.run[i];
        printf(zh ? "%s：取水 %.2f 万m³/a，年运行费 %.2f 万元"
                  : "%s: intake %.2f ×10⁴ m³/a, running %.2f ×10⁴ CNY/a",
               r->name, r->intake[c->all.basis] * 1e-4, r->running_sum * 1e-4);
        if (r->part != PARK_PART_PRESENT) {
            printf(zh ? "；节水 %.2f 万m³/a，投资 %.2f 万元，净现值 %.2f 万元，内部收益率 "
                      : "; saves %.2f, investment %.2f, NPV %.2f, IRR ",
                   r->saved[c->all.basis] * 1e-4, r->investment * 1e-4, r->merit.npv * 1e-4);
            if (r->merit.rates == 0)
                printf("%s", zh ? "无" : "none");
            for (size_t k = 0; k < r->merit.rates; k++)
                printf("%s%.2f %%", k > 0 ? ", " : "", 100.0 * r->merit.rate[k]);
            if (isfinite(r->merit.unit_cost))
                printf(zh ? "，净成本 %.3f 元/m³" : ", net cost %.3f CNY/m³", r->merit.unit_cost);
        }
        printf("\n");
    }
    printf(zh ? "结果：%s\n" : "result: %s\n", c->context->options->output);
    return PARK_EXIT_DONE;
}

park_exit park_job_compare(park_job_context *context)
{
    comparing c = {.context = context};
    park_findings_init(&c.findings, context->arena);
    park_status status = read_all(&c);
    if (status == PARK_OK)
        status = put_together(&c);
    park_job_tell(context, &c.findings, 0, 0);
    if (status == PARK_OK)
        status = write_all(&c);
    if (status != PARK_OK) /* findings have been told already */
        return c.findings.errors == 0 || context->options->json
                   ? park_job_fail(context, status, &c.error, &c.findings)
                   : park_exit_of(status);
    return context->options->json ? tell_json(&c) : tell_people(&c);
}
