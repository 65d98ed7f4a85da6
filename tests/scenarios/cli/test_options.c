#include "cli/options.h"
#include "check.h"

static park_arena  *arena;
static park_options options;
static park_text    complaint;

static park_status parse(const char *job, int count, const char *const *words)
{
    char *argv[16] = {0};
    for (int i = 0; i < count; i++)
        argv[i + 2] = (char *)(size_t)words[i];
    park_text_init(&complaint, arena);
    return park_options_parse(park_job_find(job), count + 2, argv, false, &options, &complaint);
}
#define PARSE(job, ...)                                                                                      \
    parse(job, (int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)), (const char *[]){__VA_ARGS__})

static void defaults_are_the_contracts(void)
{
    CHECK(PARSE("optimize", "park.yaml", "-o", "run.h5") == PARK_OK);
    CHECK(options.gap == 1e-2 && isinf(options.time_limit) && options.work_limit == 0 &&
          options.threads == 1);
    CHECK(options.arguments == 1 && !options.json && options.language == NULL);
    CHECK_TEXT(options.argument[0], "park.yaml");
    CHECK_TEXT(options.output, "run.h5");
}

static void every_way_of_writing_a_value(void)
{
    CHECK(PARSE("optimize", "--gap", "1e-4", "--time-limit=60", "-oout.h5", "--json", "park.yaml") ==
          PARK_OK);
    CHECK(options.gap == 1e-4 && options.time_limit == 60.0 && options.json);
    CHECK_TEXT(options.output, "out.h5");
    CHECK(PARSE("check", "--", "-odd.yaml") == PARK_OK);
    CHECK_TEXT(options.argument[0], "-odd.yaml");
    CHECK(PARSE("check", "p.yaml", "--allow-path", "a", "--allow-path", "b") == PARK_OK);
    CHECK(options.allow_paths == 2);
}

static void wrong_words_are_refused(void)
{
    CHECK(PARSE("optimize", "park.yaml") == PARK_E_INPUT);                  /* no -o */
    CHECK(PARSE("optimize", "-o", "x") == PARK_E_INPUT);                    /* no park */
    CHECK(PARSE("optimize", "a", "b", "-o", "x") == PARK_E_INPUT);          /* two parks */
    CHECK(PARSE("optimize", "a", "-o", "x", "--gap", "2") == PARK_E_INPUT); /* above its range */
    CHECK(PARSE("optimize", "a", "-o", "x", "--gap", "nan") == PARK_E_INPUT);
    CHECK(PARSE("optimize", "a", "-o", "x", "--gap", "1x") == PARK_E_INPUT);
    CHECK(PARSE("optimize", "a", "-o", "x", "--work-limit", "1.5") == PARK_E_INPUT); /* not whole */
    CHECK(PARSE("optimize", "a", "-o", "x", "--gap") == PARK_E_INPUT);               /* value missing */
    CHECK(PARSE("optimize", "a", "-o", "x", "--json=yes") == PARK_E_INPUT);          /* a flag takes none */
    CHECK(PARSE("check", "a", "--gap", "0.1") == PARK_E_INPUT);                      /* not this job's */
    CHECK(PARSE("check", "a", "--lang", "fr") == PARK_E_INPUT);
    CHECK(strstr(park_text_done(&complaint), "'fr'") != NULL);
}

static void help_names_every_option_of_a_job(void)
{
    park_text out;
    park_text_init(&out, arena);
    park_help_job(park_job_find("run"), false, &out);
    const char *text = park_text_done(&out);
    CHECK(strstr(text, "--fail-on-target") != NULL && strstr(text, "--gap") != NULL);
    CHECK(strstr(text, "--expand") == NULL);
    CHECK(strstr(text, "example: parkwater run park.yaml -o out") != NULL);
}

static void statuses_map_to_the_contracts_exits(void)
{
    CHECK(park_exit_of(PARK_OK) == 0 && park_exit_of(PARK_E_RANGE) == 1 && park_exit_of(PARK_E_NUMERIC) == 2);
    CHECK(park_exit_of(PARK_E_INFEASIBLE) == 3 && park_exit_of(PARK_E_FILE) == 4 &&
          park_exit_of(PARK_E_INTERNAL) == 5);
    park_cancel      cancel  = {0};
    park_job_context context = {.cancel = &cancel};
    CHECK(park_exit_final(&context, PARK_EXIT_DONE) == 0);
    park_cancel_raise(&cancel, 15);
    CHECK(park_exit_final(&context, PARK_EXIT_DONE) == 143);
}

int main(void)
{
    arena = park_arena_new();
    RUN(defaults_are_the_contracts);
    RUN(every_way_of_writing_a_value);
    RUN(wrong_words_are_refused);
    RUN(help_names_every_option_of_a_job);
    RUN(statuses_map_to_the_contracts_exits);
    park_arena_free(arena);
    return park_test_done();
}
