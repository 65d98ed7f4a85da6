/*
 * docs/user/scenario.md holds the tables of today's words. PARK_WRITE_DOCS=1 writes them anew.
 */
#include "check.h"

#include "load.h"

static const char PATH[] = PARK_SOURCE_DIR "/docs/user/scenario.md", MARK[] = "<!-- tables -->\n";

static char *page(void)
{
    static char text[1 << 20];
    FILE       *file = fopen(PATH, "rb");
    size_t      got  = file != NULL ? fread(text, 1, sizeof text - 1, file) : 0;
    text[got]        = '\0';
    if (file != NULL)
        fclose(file);
    return text;
}

static void scenario_page_is_up_to_date(void)
{
    park_arena *arena = park_arena_new();
    park_text   out;
    park_text_init(&out, arena);
    CHECK(park_docs_write(&out, NULL) == PARK_OK);
    char *text = page(), *mark = strstr(text, MARK);
    CHECK(mark != NULL);
    if (mark != NULL && getenv("PARK_WRITE_DOCS") != NULL) {
        FILE *file = fopen(PATH, "wb");
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
            fprintf(
                stderr,
                "docs/user/scenario.md is out of date: PARK_WRITE_DOCS=1 ctest -R io/load_docs writes it\n");
    }
    park_arena_free(arena);
}

int main(void)
{
    RUN(scenario_page_is_up_to_date);
    return park_test_done();
}
