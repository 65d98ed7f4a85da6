#include "report/caption.h"
#include "check.h"

static park_arena *arena;

static double widest(const park_caption *c)
{
    double first  = park_caption_ems(c->line[0], strlen(c->line[0]));
    double second = c->line[1] != NULL ? park_caption_ems(c->line[1], strlen(c->line[1])) : 0.0;
    return c->font * fmax(first, second);
}

/* 处理站 is three letters in full, " 12" a blank and two figures: 3 + 0.49 + 2 x 0.57 = 4.63 heights of a letter. */
static void width_by_hand(void)
{
    CHECK_CLOSE(park_caption_ems("处理站 12", strlen("处理站 12")), 4.63, 1e-12);
}

static void what_fits_stays_on_one_line(void)
{
    park_caption c = park_caption_fit("处理站", " 12", 12.0, 9.0, 12.0 * 4.64, 200.0, arena);
    CHECK_TEXT(c.line[0], "处理站 12");
    CHECK(c.line[1] == NULL && !c.cut);
    CHECK_CLOSE(c.font, 12.0, 0.0);
}

/* The name that was cut to "Ultrapure water stat…": 12 narrow letters in the longer line take 12 x 12 x 0.49 < 155. */
static void what_is_too_long_takes_two_lines(void)
{
    park_caption c = park_caption_fit("Ultrapure water station", " 3437", 12.0, 9.0, 155.0, 155.0, arena);
    CHECK_TEXT(c.line[0], "Ultrapure water ");
    CHECK_TEXT(c.line[1], "station 3437");
    CHECK_CLOSE(c.font, 12.0, 0.0);
    c = park_caption_fit("含氟废水处理（钙盐混凝）", " 323", 12.0, 9.0, 130.0, 130.0, arena);
    CHECK_TEXT(c.line[0], "含氟废水处理");
    CHECK_TEXT(c.line[1], "（钙盐混凝） 323");
}

/* Fourteen wide letters break into seven and seven: at 70 px a letter is 10 px high. */
static void letters_shrink_before_they_are_cut(void)
{
    const char  *name = "一二三四五六七八九十甲乙丙丁";
    park_caption c    = park_caption_fit(name, "", 12.0, 9.0, 70.0, 70.0, arena);
    CHECK(!c.cut && c.line[1] != NULL && strlen(c.line[0]) == 7 * 3);
    CHECK_CLOSE(c.font, 10.0, 1e-12);
    c = park_caption_fit(name, " 5", 12.0, 9.0, 36.0, 36.0, arena);
    CHECK(c.cut && c.line[1] != NULL);
    CHECK_TEXT(c.line[0], "一二三四");
    CHECK_TEXT(c.line[1], "五… 5");
}

/* Whatever the name and the place: nothing is lost unless it says so, letters are whole, and it fits. */
static void every_place_is_kept(void)
{
    static const char *const NAME[] = {
        "Pretreatment and water curtains of paint shops", "洗瓶预浸与CIP预冲（不接触产品）",
        "Unbrokenandendlesslylongnameofaunit", "a b c d e f g h i j k l m n o p"};
    for (size_t n = 0; n < sizeof NAME / sizeof *NAME; n++)
        for (double room = 60.0; room < 400.0; room += 7.0) {
            park_caption c = park_caption_fit(NAME[n], " 1234", 12.0, 9.0, room, room, arena);
            CHECK(widest(&c) <= room + 1e-9);
            CHECK(c.font >= 9.0 && c.font <= 12.0);
            const char *all = park_arena_printf(arena, "%s%s", c.line[0], c.line[1] != NULL ? c.line[1] : "");
            CHECK((strncmp(all, NAME[n], strlen(NAME[n])) == 0) == !c.cut);
            CHECK(strcmp(all + strlen(all) - 5, " 1234") == 0);
            CHECK(c.line[1] == NULL || ((unsigned char)c.line[1][0] & 0xC0) != 0x80);
        }
}

static void memory_failure_is_told(void)
{
    park_arena *poor = park_arena_new();
    park_arena_fail_after(poor, 1);
    CHECK(park_caption_fit("a b", "", 12.0, 9.0, 5.0, 5.0, poor).line[0] == NULL);
    park_arena_free(poor);
}

int main(void)
{
    arena = park_arena_new();
    RUN(width_by_hand);
    RUN(what_fits_stays_on_one_line);
    RUN(what_is_too_long_takes_two_lines);
    RUN(letters_shrink_before_they_are_cut);
    RUN(every_place_is_kept);
    RUN(memory_failure_is_told);
    park_arena_free(arena);
    return park_test_done();
}
