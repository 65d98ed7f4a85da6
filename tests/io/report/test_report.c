/* The page of a run read back from its file is the page that the run wrote, chapter by chapter. */
#include "check.h"
#include "small_run.h"

#include "report/report.h"
#include "results/results.h"
#include "results/saved.h"

#include <stdlib.h>
#include <unistd.h>

static char         path[] = "/tmp/park_report_XXXXXX";
static park_running RUNNING;

static void begin(small_run *run)
{
    small_run_begin(run);
    small_run_worth(run);
    small_run_staging(run);
    run->record.running     = &RUNNING;
    run->record.first_bound = 950.0;
}

static park_status again(small_run *run, park_arena *arena, park_saved *saved, const char **html,
                         park_error *err)
{
    park_results_settings settings = {.series_bits = 52};
    PARK_TRY(park_results_write_as(&run->record, &settings, path, arena, err));
    PARK_TRY(park_saved_read(path, arena, saved, err));
    PARK_TRY(park_saved_page(saved, arena, err));
    return park_report_text(&saved->record, true, arena, html, err);
}

static const char *find(const char *html, const char *id, size_t *length)
{
    char        begins[64];
    const char *end;
    snprintf(begins, sizeof begins, "<section id=\"%s\"", id);
    const char *at = strstr(html, begins);
    *length        = at != NULL && (end = strstr(at, "</section>")) != NULL ? (size_t)(end - at) : 0;
    return at;
}

static const char *const ID[] = {"verdict",    "front", "futures", "stages",     "balance",     "boxes",
                                 "allocation", "forms", "exits",   "money",      "worth",       "promise",
                                 "series",     "units", "hours",   "indicators", "assumptions", "provenance"};

static void every_chapter_is_the_same(void)
{
    small_run   run;
    park_saved  saved;
    const char *first = NULL, *second = NULL;
    park_error  err = {0};
    begin(&run);
    park_arena *arena = park_arena_new();
    CHECK(park_report_text(&run.record, true, arena, &first, &err) == PARK_OK);
    CHECK(park_report_keep(&run.record, arena, &run.record.chapter, &run.record.chapters, &err) == PARK_OK);
    CHECK(again(&run, arena, &saved, &second, &err) == PARK_OK);
    CHECK_TEXT(err.message, "");
    size_t a, b;
    for (size_t i = 0; first != NULL && second != NULL && i < sizeof ID / sizeof ID[0]; i++) {
        const char *from = find(first, ID[i], &a), *to = find(second, ID[i], &b);
        bool        same = from != NULL && to != NULL && a == b && memcmp(from, to, a) == 0;
        if (!same)
            fprintf(stderr, "chapter %s differs (%zu, %zu bytes)\n", ID[i], a, b);
        CHECK(same);
    }
    CHECK(first != NULL && strstr(first, "由结果文件重新生成") == NULL);
    CHECK(second != NULL && strstr(second, "由结果文件重新生成") != NULL);
    CHECK(second != NULL && strstr(second, "此处从略") == NULL);
    park_arena_free(arena);
    park_arena_free(run.p.arena);
}

/* A file without kept chapters: they are left out of page and menu, and named. */
static void what_is_left_out_is_named(void)
{
    small_run   run;
    park_saved  saved;
    const char *html = NULL;
    park_error  err  = {0};
    size_t      length;
    begin(&run);
    park_arena *arena = park_arena_new();
    CHECK(again(&run, arena, &saved, &html, &err) == PARK_OK);
    CHECK(html != NULL && find(html, "front", &length) == NULL && find(html, "forms", &length) == NULL);
    CHECK(html != NULL && strstr(html, "href=\"#front\"") == NULL &&
          strstr(html, "href=\"#verdict\"") != NULL);
    CHECK(html != NULL && strstr(html, "该文件未保存以下章节，此处从略：") != NULL &&
          strstr(html, "Networks") != NULL);
    park_arena_free(arena);
    park_arena_free(run.p.arena);
}

int main(void)
{
    int file = mkstemp(path);
    if (file < 0)
        return 1;
    close(file);
    RUN(every_chapter_is_the_same);
    RUN(what_is_left_out_is_named);
    unlink(path);
    return park_test_done();
}
