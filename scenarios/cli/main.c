/*
 * main.c - argument words in, exit status out.
 */
#include "cli/options.h"

#include "jobs/crowd.h"
#include "json.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

/* The one thing that a signal handler must reach. */
static park_cancel cancelled;

static void on_signal(int signal)
{
    park_cancel_raise(&cancelled, signal);
}

static void listen_for(int number)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags   = SA_RESETHAND; /* a second signal ends the program at once */
    sigaction(number, &action, NULL);
}

static int say(park_text *text, FILE *stream, int exit)
{
    const char *done = park_text_done(text);
    if (done == NULL || fputs(done, stream) == EOF || fflush(stream) != 0)
        return PARK_EXIT_FILE;
    return exit;
}

/* Words that no job can take: the complaint, or with --json anywhere the one object that a program reads. */
static int refuse(park_arena *arena, park_text *complaint, int argc, char **argv)
{
    bool asked = false;
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
        asked |= strcmp(argv[i], "--json") == 0;
    if (!asked) {
        park_text_char(complaint, '\n');
        return say(complaint, stderr, PARK_EXIT_INPUT);
    }
    park_text text;
    park_json json;
    park_text_init(&text, arena);
    park_json_init(&json, &text);
    park_json_open(&json, NULL, '{');
    park_json_text(&json, "status", "error");
    park_json_text(&json, "error", park_text_done(complaint));
    park_json_open(&json, "findings", '[');
    park_json_close(&json, ']');
    park_json_close(&json, '}');
    park_text_char(&text, '\n');
    return say(&text, stdout, PARK_EXIT_INPUT);
}

static int run(park_arena *arena, int argc, char **argv)
{
    bool      zh = park_language_is_zh(argc, argv);
    park_text text;
    park_text_init(&text, arena);
    if (argc < 2) {
        park_help_overview(zh, &text);
        return say(&text, stderr, PARK_EXIT_INPUT);
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        const park_job *asked = argc > 2 ? park_job_find(argv[2]) : NULL;
        if (asked != NULL)
            park_help_job(asked, zh, &text);
        else
            park_help_overview(zh, &text);
        return say(&text, stdout, PARK_EXIT_DONE);
    }
    if (strcmp(argv[1], "--version") == 0) {
        park_text_printf(&text, "parkwater %s\n", PARK_VERSION);
        return say(&text, stdout, PARK_EXIT_DONE);
    }
    const park_job *job = park_job_find(argv[1]);
    if (job == NULL) {
        park_text_printf(&text,
                         zh ? "parkwater：没有任务 '%s'；parkwater --help 列出全部任务"
                            : "parkwater: there is no job '%s'; parkwater --help lists them",
                         argv[1]);
        return refuse(arena, &text, argc, argv);
    }
    park_options options;
    if (park_options_parse(job, argc, argv, zh, &options, &text) != PARK_OK)
        return refuse(arena, &text, argc, argv);
    if (options.help) {
        park_help_job(job, zh, &text);
        return say(&text, stdout, PARK_EXIT_DONE);
    }
    if (job->run == NULL) {
        park_text_printf(&text,
                         zh ? "parkwater：本版本尚不支持任务 %s"
                            : "parkwater: the job %s is not yet in this version",
                         job->word);
        return refuse(arena, &text, argc, argv);
    }
    bool        silent;
    const char *refused = park_crowd_refuses(job, &options, zh, &silent);
    if (silent)
        return PARK_EXIT_INPUT;
    if (refused != NULL) {
        park_text_printf(&text, "parkwater %s%s%s", job->word, zh ? "：" : " ", refused);
        return refuse(arena, &text, argc, argv);
    }
    listen_for(SIGINT);
    listen_for(SIGTERM);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a write that fails, told with its name */
    park_job_context context = {.options = &options,
                                .argc    = argc,
                                .argv    = argv,
                                .zh      = zh,
                                .arena   = arena,
                                .cancel  = &cancelled,
                                .started = park_clock_seconds()};
    park_exit        exit    = job->run(&context);
    if (fflush(stdout) != 0)
        exit = PARK_EXIT_FILE;
    return park_exit_final(&context, exit);
}

int main(int argc, char **argv)
{
    park_arena *arena = park_arena_new();
    if (arena == NULL)
        return PARK_EXIT_FILE;
    int exit = run(arena, argc, argv);
    park_arena_free(arena);
    return exit;
}
