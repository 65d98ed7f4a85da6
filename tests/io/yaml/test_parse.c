/* What a file as text can do wrong: every mistake has its code and its exact place. */
#include "yaml/tree.h"

#include "check.h"
#include "findings_text.h"

#include <stdio.h>
#include <time.h>

/* A parse that a claim looks at; freed by done(). */
typedef struct parsed {
    park_arena   *arena;
    park_findings findings;
    park_tree    *tree;
    park_status   status;
} parsed;

static parsed parse_bytes(const char *text, size_t length, const park_tree_limits *limits)
{
    parsed     p   = {.arena = park_arena_new()};
    park_error err = {0};
    park_findings_init(&p.findings, p.arena);
    p.status = park_tree_parse(p.arena, "park.yaml", text, length, limits, &p.findings, &p.tree, &err);
    park_findings_sort(&p.findings);
    return p;
}

static parsed parse(const char *text)
{
    return parse_bytes(text, strlen(text), NULL);
}

static void done(parsed *p)
{
    park_arena_free(p->arena);
}

/* "2:4 E0105; 7:1 E0110" */
static void places(const parsed *p, char out[600])
{
    out[0] = '\0';
    for (size_t i = 0; i < p->findings.count && strlen(out) < 560; i++) {
        const park_finding *f = &p->findings.items[i];
        snprintf(out + strlen(out), 600 - strlen(out), "%s%d:%d %s", i == 0 ? "" : "; ", f->line, f->column,
                 park_code_name(f->code));
    }
}

static void check_places(const char *text, const char *want)
{
    parsed p = parse(text);
    char   got[600];
    places(&p, got);
    if (strcmp(got, want) != 0)
        fprintf(stderr, "in:\n%s\n", text);
    CHECK_TEXT(got, want);
    CHECK(p.status == (want[0] == '\0' ? PARK_OK : PARK_E_INPUT));
    for (size_t i = 0; i < p.findings.count; i++)
        CHECK(p.findings.items[i].source != NULL && p.findings.items[i].length >= 1);
    done(&p);
}

static void good_files_have_no_findings(void)
{
    check_places("parkwater: 1\nname: {zh: 示范园区, en: Park}\nusers:\n  dyeing: {demand: 120 m3/h, "
                 "accepts: [soft]}\n",
                 "");
    check_places("name: 印染（一期），化工\nx-note: 全角：标点，“无妨”\n", "");
    check_places("a: \"全角：，\"\nforbid: [[\"*\", green]]\n", "");
    check_places("x-notes: {a: 说明，继续}\nb: 1\n", "");
    check_places("# only\n---\na: 1\n...\n", "");
    check_places("\xEF\xBB\xBF"
                 "a: 1\n",
                 "");
    check_places("a: 1\r\nb:\r\n  - 2\r\n", "");
    check_places("{\"a\": [1, 2.5e3, true, null], \"b\": {\"c\": \"\\u4e2d\\/\"}}", "");
    check_places("{\n\t\"a\": 1,\n\t\"b\": [\n\t\t2\n\t]\n}\n", "");
    check_places("series: {every: 1h, values: [1, 2,\n   3]}\n", "");
    check_places("quality: {Ca: 40 mg/L}\nt: 12:30\nu: http://x\n", "");
}

static void full_width_punctuation_is_named_in_place(void)
{
    check_places("users:\n  a：{kind: process}\n  b: 1\n", "2:4 E0105");
    check_places("users:\n  dyeing：\n    kind: process\n  green: 2\n", "2:9 E0105");
    check_places("parkwater: 1\nname：示范\nperiod: steady\n", "2:5 E0105");
    check_places("a: {kind: process，demand: 12}\n", "1:18 E0105");
    check_places("a: {kind: process， demand：12}\n", "1:18 E0105");
    check_places("a: {kind：process, b: 1}\n", "1:9 E0105");
    check_places("a: ｛kind: process｝\n", "1:4 E0105");
    check_places("accepts: [soft，demin]\n", "1:15 E0105");
    check_places("accepts: [soft、demin]\n", "1:15 E0105");
    check_places("forbid: [[“*”, green]]\n", "1:11 E0105");
    check_places("a:\n  demand：120 m3/h\n", "2:9 E0105");
    check_places("　a: 1\n", "1:1 E0105");
    check_places("name: {zh: 园区，en：Park}\n", "1:14 E0105");
    check_places("一：1\n二：2\n三：3\n", "1:2 E0105; 2:2 E0105; 3:2 E0105");
    check_places("users:\n  染色：1\n  冷却：2\nb: 1\n", "2:5 E0105; 3:5 E0105");
}

static void messages_name_the_character(void)
{
    parsed p = parse("name：示范\nperiod: steady\n");
    CHECK_TEXT(p.findings.items[0].en, "full-width '：' stands here; write ':' and a space");
    CHECK_TEXT(p.findings.items[0].zh, "此处是全角“：”；请写半角 ':' 并加空格");
    CHECK_TEXT(p.findings.items[0].source, "name：示范");
    done(&p);
    p = parse("a: [1, 2\nb: 3\n");
    CHECK_TEXT(p.findings.items[0].en,
               "'[' is opened here and not closed; line 2, column 2 cannot belong to it");
    done(&p);
    p = parse("a: 1\nb: 2\na: 3\n");
    CHECK_TEXT(p.findings.items[0].en, "the key 'a' stands already in line 1");
    CHECK_TEXT(park_tree_get(p.tree->root, "a")->text, "1");
    done(&p);
}

static void structure_mistakes_are_placed(void)
{
    check_places("a: [*, green]\n", "1:5 E0107");
    check_places("a: *\n", "1:4 E0107");
    check_places("a: *x\n", "1:4 E0108");
    check_places("a: &x {b: *x}\n", "1:11 E0108");
    check_places("a: &x 1\nb: &x 2\n", "2:4 E0109");
    check_places("a: {b: 1\nc: 2\nd: 3\n", "1:4 E0106");
    check_places("a: [1, 2\nc: 2\nd: 3\n", "1:4 E0106");
    check_places("a: \"abc\nb: 2\n", "1:4 E0106");
    check_places("a: 'it's'\n", "1:8 E0101");
    check_places("a:\n\tb: 1\n", "2:1 E0104");
    check_places("a:\n  b: 1\n\tc: 2\n", "3:1 E0104");
    check_places("a: {b: 1 c: 2}\n", "1:11 E0101");
    check_places("a: 1\n b: 2\n", "2:2 E0101");
    check_places("a:b\nc: 1\n", "1:2 E0101");
    check_places("{a:1, b: 2}\n", "1:3 E0101");
    check_places("a: {demand: 1,200 m3/h, b: 2}\n", "1:13 E0203");
    check_places("a: {b: 1, 200: 2}\nc: [1,200]\n", "");
    check_places("a: b: c\n", "1:5 E0101");
    check_places("a: @x\nb: `y\nc: %z\n", "1:4 E0117; 2:4 E0117; 3:4 E0117");
    check_places("a: \"\\q\"\n", "1:5 E0101");
    check_places("a: 1\n---\nb: 2\n", "2:1 E0111");
    check_places("a: !x y\n", "1:4 E0115");
    check_places("a: !!str 12\n", "");
    check_places("? [a]\n: 1\n", "1:3 E0113");
    check_places("{a: b}: 1\n", "1:1 E0113");
    check_places("\"\": 1\n", "1:1 E0113");
    check_places("\"a\\0b\": 1\n", "1:1 E0113");
    check_places("<<: x\n", "1:5 E0114");
    check_places("a: &a [1]\nb: {<<: [*a]}\n", "2:9 E0114");
    check_places("", "1:1 E0116");
    check_places("# nothing\n\n", "1:1 E0116");
}

static void duplicates_are_told_at_the_second(void)
{
    check_places("a: 1\nb: 2\na: 3\nb: 4\n", "3:1 E0110; 4:1 E0110");
    check_places("u: {x: 1, y: 2, x: 3}\n", "1:17 E0110");
    check_places("\"a\": 1\na: 2\n", "2:1 E0110");
    char large[4000] = "";
    for (int i = 0; i < 100; i++)
        snprintf(large + strlen(large), sizeof large - strlen(large), "key%d: %d\n", i, i);
    strcat(large, "key57: 0\n");
    check_places(large, "101:1 E0110");
}

/* One call tells mistakes of all blocks, and what is whole is kept. */
static void reading_goes_on_after_a_syntax_error(void)
{
    const char *text = "parkwater: 1\n"
                       "sources:\n"
                       "  river: {kind: surface, capacity：2500 m3/h}\n"
                       "  city: {kind: reclaimed\n"
                       "  rain: {kind: rain}\n"
                       "users:\n"
                       "  dyeing:\n"
                       "\t demand: 1\n"
                       "  green: [*]\n"
                       "  boiler: {kind: boiler}\n"
                       "  boiler: {kind: boiler}\n"
                       "sinks:\n"
                       "  out: \"x\n"
                       "targets: {a: 1}\n";
    check_places(text, "3:34 E0105; 4:9 E0106; 8:1 E0104; 9:11 E0107; 11:3 E0110; 13:8 E0106");
    parsed p = parse(text);
    CHECK(p.tree->damaged && p.tree->root->damaged);
    CHECK(park_tree_at(p.tree->root, "sources.rain.kind") != NULL);
    CHECK(park_tree_at(p.tree->root, "sources.city") == NULL);
    CHECK(park_tree_at(p.tree->root, "users.boiler.kind") != NULL);
    CHECK(park_tree_at(p.tree->root, "targets.a") != NULL);
    CHECK(park_tree_get(p.tree->root, "sources")->damaged);
    CHECK(park_tree_get(p.tree->root, "sinks")->damaged);
    CHECK(!park_tree_get(p.tree->root, "targets")->damaged);
    done(&p);
}

static void encodings_are_told(void)
{
    /* 园 is D4 B0 and 区 is C7 F8 in GBK; the third line's first foreign byte is in column 7. */
    static const char GBK[] = "a: 1\nb: 2\nname: \xD4\xB0\xC7\xF8\nc: [*]\n";
    parsed            p     = parse_bytes(GBK, sizeof GBK - 1, NULL);
    char              got[600];
    places(&p, got);
    CHECK_TEXT(got, "3:7 E0102; 4:5 E0107");
    CHECK_TEXT(p.findings.items[0].en, "the file looks like GBK; save it as UTF-8");
    CHECK_TEXT(p.findings.items[0].source, "name: 园区");
    done(&p);
    check_places("a: 1\nb: \xFF\xFF\xFF\n", "2:4 E0102");
    p = parse_bytes("\xFF\xFE"
                    "a\0:\0 \0"
                    "1\0",
                    10, NULL);
    places(&p, got);
    CHECK_TEXT(got, "1:1 E0102");
    CHECK_TEXT(p.findings.items[0].en, "the file looks like UTF-16; save it as UTF-8");
    CHECK_TEXT(park_tree_get(p.tree->root, "a")->text, "1");
    done(&p);
    p = parse_bytes("a: 1\nb: x\0y\nc: \x01\n", 17, NULL);
    places(&p, got);
    CHECK_TEXT(got, "2:5 E0103; 3:4 E0103");
    CHECK_TEXT(p.findings.items[0].en, "the character U+0000 is no text (NUL)");
    CHECK_TEXT(p.findings.items[0].source, "b: x y");
    done(&p);
}

static void anchors_and_merges_work(void)
{
    parsed p = parse("base: &b {kind: process, loss: 4 %}\n"
                     "more: &m {kind: boiler, steam: 1 t/h}\n"
                     "u: {<<: *b, loss: 5 %}\n"
                     "v:\n  <<: [*b, *m]\n  x: *m\n"
                     "q: {\"<<\": text}\n");
    CHECK(p.status == PARK_OK);
    CHECK_TEXT(park_tree_at(p.tree->root, "u.kind")->text, "process");
    CHECK_TEXT(park_tree_at(p.tree->root, "u.loss")->text, "5 %");
    CHECK(park_tree_get(p.tree->root, "u")->count == 2);
    CHECK_TEXT(park_tree_at(p.tree->root, "v.kind")->text, "process");
    CHECK_TEXT(park_tree_at(p.tree->root, "v.steam")->text, "1 t/h");
    CHECK_TEXT(park_tree_at(p.tree->root, "v.x.steam")->text, "1 t/h");
    CHECK_TEXT(park_tree_at(p.tree->root, "q.<<")->text, "text");
    CHECK(park_tree_at(p.tree->root, "v.steam")->mark.line == 2);
    CHECK_TEXT(park_tree_path(p.arena, park_tree_at(p.tree->root, "v.x.steam")), "v.x.steam");
    done(&p);
}

static void budgets_hold(void)
{
    char bomb[600] = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i <= 9; i++)
        snprintf(bomb + strlen(bomb), sizeof bomb - strlen(bomb),
                 "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i - 1, i - 1, i - 1, i - 1, i - 1,
                 i - 1);
    parsed p = parse(bomb);
    CHECK(p.status == PARK_E_INPUT && p.findings.count == 1 && p.findings.items[0].code == PARK_E0112);
    CHECK(park_arena_bytes(p.arena) < (size_t)64 << 20);
    done(&p);

    char merge_bomb[2000] = "m0: &m0 {k: 1}\n";
    for (int i = 1; i <= 20; i++)
        snprintf(merge_bomb + strlen(merge_bomb), sizeof merge_bomb - strlen(merge_bomb),
                 "m%d: &m%d {a: *m%d, b: *m%d}\n", i, i, i - 1, i - 1);
    p = parse(merge_bomb);
    CHECK(p.status == PARK_E_INPUT && p.findings.items[0].code == PARK_E0112);
    done(&p);

    char deep[400];
    memset(deep, '[', 200);
    deep[200] = '\0';
    p         = parse(deep);
    CHECK(p.findings.count == 1 && p.findings.items[0].code == PARK_E0112);
    CHECK(p.findings.items[0].line == 1 && p.findings.items[0].column == 65);
    done(&p);

    park_tree_limits small = {.bytes = 1000, .nodes = 10, .expanded = 10, .depth = 4};
    p                      = parse_bytes("a: [1,2,3,4,5,6,7,8,9,10]", 25, &small);
    CHECK(p.findings.count == 1 && p.findings.items[0].code == PARK_E0112);
    done(&p);
    p = parse_bytes(bomb, sizeof bomb,
                    &(park_tree_limits){.bytes = 100, .nodes = 10, .expanded = 10, .depth = 4});
    CHECK(p.status == PARK_E_INPUT && p.findings.items[0].code == PARK_E0112);
    done(&p);
}

static const char *const WHOLE =
    "parkwater: 1\nname: {zh: 示范园区, en: \"Demo \\u4e2d\"}\n"
    "constituents: [TDS, COD]\nbase: &b {kind: process, loss: 4 %}\n"
    "users:\n  染色: {<<: *b, demand: {base: 120 m3/h, pattern: two}}\n"
    "  cooling:\n    kind: cooling_tower\n    circulating_limits: {Cl: 700 mg/L}\n"
    "x-text: |\n  two\n  lines\ncontrols:\n  - {when: \"pond.level < 20 %\", do: open x}\n";

/* A file cut off anywhere gives a tree or findings, never a crash; ASan looks on in that preset. */
static void every_truncation_is_survived(void)
{
    size_t length = strlen(WHOLE);
    for (size_t cut = 0; cut <= length; cut++) {
        char *copy = malloc(cut + 1); /* its own block, so that reading past the end is seen */
        memcpy(copy, WHOLE, cut);
        parsed p = parse_bytes(copy, cut, NULL);
        CHECK(p.status == PARK_OK || (p.status == PARK_E_INPUT && p.findings.count > 0));
        CHECK((p.status == PARK_OK) == (p.findings.errors == 0));
        done(&p);
        free(copy);
    }
}

/* One byte of the file replaced by a hostile one. */
static void every_flip_is_survived(void)
{
    static const char HOSTILE[] = {'\0', '\t',   '{',    ']', '"', '*', '&', ':',
                                   '\n', '\xFF', '\xE4', '!', '|', '-', '#'};
    size_t            length    = strlen(WHOLE);
    for (size_t at = 0; at < length; at++)
        for (size_t h = 0; h < sizeof HOSTILE; h++) {
            char *copy = malloc(length + 1);
            memcpy(copy, WHOLE, length + 1);
            copy[at] = HOSTILE[h];
            parsed p = parse_bytes(copy, length, NULL);
            CHECK(p.status == PARK_OK || (p.status == PARK_E_INPUT && p.findings.count > 0));
            done(&p);
            free(copy);
        }
}

static void every_allocation_may_fail(void)
{
    static const char *const TEXTS[] = {NULL, "a: {b: 1\nc：2\nd: [*]\n", "name: \xD4\xB0\n"};
    for (size_t t = 0; t < 3; t++) {
        const char *text   = TEXTS[t] == NULL ? WHOLE : TEXTS[t];
        bool        passed = false;
        for (size_t n = 1; !passed && n < 2000; n++) {
            park_arena   *arena = park_arena_new(), *other = park_arena_new();
            park_findings findings;
            park_tree    *tree;
            park_error    err = {0};
            park_findings_init(&findings, other);
            park_arena_fail_after(arena, n);
            park_status status =
                park_tree_parse(arena, "f", text, strlen(text), NULL, &findings, &tree, &err);
            CHECK(status == PARK_OK || status == PARK_E_INPUT || status == PARK_E_MEMORY);
            if (status == PARK_E_MEMORY)
                CHECK(err.message[0] != '\0');
            passed = status != PARK_E_MEMORY;
            park_arena_free(arena);
            park_arena_free(other);
        }
        CHECK(passed);
    }
}

/* Memory checkers walk the stack at every allocation of libyaml's: a smaller file says as much to them. */
#if defined(__SANITIZE_ADDRESS__)
enum { LARGE = 200 << 10 };
#else
enum { LARGE = 10 << 20 };
#endif

/* No time is demanded; the figure is for the reader of the log. */
static void large_files_are_parsed(void)
{
    size_t room = LARGE, used = 0;
    char  *text = malloc(room + 200);
    used += (size_t)sprintf(text, "series:\n  values: [");
    while (used < room / 2)
        used += (size_t)sprintf(text + used, "%zu.25, ", used % 977);
    used += (size_t)sprintf(text + used, "0]\nusers:\n");
    for (int i = 0; used < room; i++)
        used += (size_t)sprintf(
            text + used, "  unit_%d: {kind: process, demand: %d m3/h, inlet: {COD: 50 mg/L}}\n", i, i % 500);
    clock_t start   = clock();
    parsed  p       = parse_bytes(text, used, NULL);
    double  seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    CHECK(p.status == PARK_OK);
    CHECK_TEXT(park_tree_at(p.tree->root, "users.unit_777.demand")->text, "277 m3/h");
    printf("     %.1f MB in %.2f s: %.0f MB/s, %.0f MB of memory\n", (double)used / 1e6, seconds,
           (double)used / 1e6 / seconds, (double)park_arena_bytes(p.arena) / 1e6);
    done(&p);
    /* Nor may many characters that are no text, all in one line. */
    char *nothing = calloc(room, 1);
    start         = clock();
    p             = parse_bytes(nothing, room, NULL);
    CHECK(p.status == PARK_E_INPUT && p.findings.errors == 5);
    printf("     nothing but NUL: %.2f s\n", (double)(clock() - start) / CLOCKS_PER_SEC);
    done(&p);
    free(nothing);
    /* A file full of mistakes costs no more than its passes. */
    for (size_t i = 0; i < used; i += 1000)
        text[i] = '\t';
    start = clock();
    p     = parse_bytes(text, used, NULL);
    CHECK(p.status == PARK_E_INPUT);
    printf("     with a tab every 1000 bytes: %.2f s\n", (double)(clock() - start) / CLOCKS_PER_SEC);
    done(&p);
    /* One key over and over must not be compared with all before it. */
    size_t repeats = 0;
    for (; repeats < room / 50; repeats += 5)
        memcpy(text + repeats, "a: 1\n", 5);
    start = clock();
    p     = parse_bytes(text, repeats, NULL);
    CHECK(p.findings.errors == repeats / 5 - 1);
    printf("     one key %zu times: %.2f s\n", repeats / 5, (double)(clock() - start) / CLOCKS_PER_SEC);
    done(&p);
    free(text);
}

static void long_lines_are_shown_in_part(void)
{
    size_t length = 100000;
    char  *text   = malloc(length + 40);
    strcpy(text, "a: [");
    for (size_t i = 4; i < length; i++)
        text[i] = i % 2 == 0 ? '1' : ',';
    strcpy(text + length, "1, *, 2]\n");
    parsed p = parse(text);
    CHECK(p.findings.count == 1 && p.findings.items[0].code == PARK_E0107);
    const park_finding *f = &p.findings.items[0];
    CHECK(f->column == (int)length + 4 && strlen(f->source) < 300);
    /* The caret's column in the cut line points at the star: three bytes of the sign of cutting are one character. */
    CHECK(f->source_column > 0 && f->source[f->source_column + 1] == '*');
    done(&p);
    free(text);
}

int main(void)
{
    RUN(good_files_have_no_findings);
    RUN(full_width_punctuation_is_named_in_place);
    RUN(messages_name_the_character);
    RUN(structure_mistakes_are_placed);
    RUN(duplicates_are_told_at_the_second);
    RUN(reading_goes_on_after_a_syntax_error);
    RUN(encodings_are_told);
    RUN(anchors_and_merges_work);
    RUN(budgets_hold);
    RUN(every_truncation_is_survived);
    RUN(every_flip_is_survived);
    RUN(every_allocation_may_fail);
    RUN(large_files_are_parsed);
    RUN(long_lines_are_shown_in_part);
    return park_test_done();
}
