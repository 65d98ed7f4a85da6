/*
 * docs/user/scenario.md and retrofits.md hold the tables of today's words and entries. PARK_WRITE_DOCS=1 writes them anew.
 */
#include "check.h"

#include "load.h"

static const char MARK[] = "<!-- tables -->\n";

static char *page(const char *path)
{
    static char text[1 << 20];
    FILE       *file = fopen(path, "rb");
    size_t      got  = file != NULL ? fread(text, 1, sizeof text - 1, file) : 0;
    text[got]        = '\0';
    if (file != NULL)
        fclose(file);
    return text;
}

static void page_is_up_to_date(const char *path, park_status (*write)(park_text *out, park_error *err))
{
    park_arena *arena = park_arena_new();
    park_text   out;
    park_text_init(&out, arena);
    CHECK(write(&out, NULL) == PARK_OK);
    char *text = page(path), *mark = strstr(text, MARK);
    CHECK(mark != NULL);
    if (mark != NULL && getenv("PARK_WRITE_DOCS") != NULL) {
        FILE *file = fopen(path, "wb");
        CHECK(file != NULL);
        if (file != NULL) {
            fwrite(text, 1, (size_t)(mark - text) + strlen(MARK), file);
            fputs(park_text_done(&out), file);
            CHECK(fclose(file) == 0);
        }
    } else if (mark != NULL) {
        bool same = strcmp(mark + strlen(MARK), park_text_done(&out)) == 0;
        CHECK(same);
        if (!same)
            fprintf(stderr, "%s is out of date: PARK_WRITE_DOCS=1 ctest -R io/load_docs writes it\n", path);
    }
    park_arena_free(arena);
}

static void scenario_page_is_up_to_date(void)
{
    page_is_up_to_date(PARK_SOURCE_DIR "/docs/user/scenario.md", park_docs_write);
}

static void retrofits_page_is_up_to_date(void)
{
    page_is_up_to_date(PARK_SOURCE_DIR "/docs/user/retrofits.md", park_docs_retrofits_write);
}

int main(void)
{
    RUN(scenario_page_is_up_to_date);
    RUN(retrofits_page_is_up_to_date);
    return park_test_done();
}
