/* Looking up, changing, merging and writing trees. */
#include "yaml/tree.h"

#include "check.h"

static park_arena *arena;

static park_tree *tree_of(const char *name, const char *text)
{
    park_findings findings;
    park_tree    *tree;
    park_error    err = {0};
    park_findings_init(&findings, arena);
    CHECK(park_tree_parse(arena, name, text, strlen(text), NULL, &findings, &tree, &err) == PARK_OK);
    return tree;
}

static const char *at(const park_tree *tree, const char *path)
{
    const park_tree_node *node = park_tree_at(tree->root, path);
    return node == NULL ? "(none)" : node->form == PARK_SCALAR ? node->text : "(more)";
}

static const char *PARK =
    "users:\n  dyeing: {demand: 120 m3/h, accepts: [soft, demin]}\n"
    "controls:\n  - when: low\n    do: [open, [shut, \"*\"]]\n"
    "targets: {unit_intake.cloth: {max: 2}}\nempty: {}\nnothing:\nwords: [~, null, \"null\", '']\n";

static void nodes_are_found_by_path(void)
{
    park_tree *t = tree_of("p", PARK);
    CHECK_TEXT(at(t, "users.dyeing.demand"), "120 m3/h");
    CHECK_TEXT(at(t, "users.dyeing.accepts[1]"), "demin");
    CHECK_TEXT(at(t, "controls[0].when"), "low");
    CHECK_TEXT(at(t, "controls[0].do[1][1]"), "*");
    CHECK_TEXT(at(t, "targets.unit_intake.cloth.max"), "2");
    CHECK_TEXT(at(t, "targets.unit_intake"), "(none)");
    CHECK_TEXT(at(t, "users.dyeing.accepts[2]"), "(none)");
    CHECK_TEXT(at(t, "users.dyeing.accepts[x]"), "(none)");
    CHECK_TEXT(at(t, "users..demand"), "(none)");
    CHECK(park_tree_at(t->root, "") == t->root && park_tree_at(NULL, "a") == NULL);
    const park_tree_node *node = park_tree_at(t->root, "controls[0].do[1][1]");
    CHECK_TEXT(park_tree_path(arena, node), "controls[0].do[1][1]");
    CHECK_TEXT(park_tree_path(arena, t->root), "");
    CHECK_TEXT(park_tree_key(park_tree_at(t->root, "users.dyeing")), "dyeing");
    CHECK_TEXT(park_tree_origin(t, node, arena), "p:5");
    CHECK_TEXT(park_tree_nearest_key(arena, t->root, "contorls"), "controls");
    CHECK(park_tree_nearest_key(arena, node, "x") == NULL);
    CHECK(park_tree_get(t->root->items[0], "nobody") == NULL && park_tree_get(NULL, "a") == NULL);
}

static void null_is_plain_and_empty(void)
{
    park_tree *t = tree_of("p", PARK);
    CHECK(park_tree_is_null(park_tree_get(t->root, "nothing")) && park_tree_is_null(NULL));
    CHECK(!park_tree_is_null(park_tree_get(t->root, "empty")));
    CHECK(park_tree_is_null(park_tree_at(t->root, "words[0]")) &&
          park_tree_is_null(park_tree_at(t->root, "words[1]")));
    CHECK(!park_tree_is_null(park_tree_at(t->root, "words[2]")) &&
          !park_tree_is_null(park_tree_at(t->root, "words[3]")));
}

static void marks_cover_what_was_written(void)
{
    park_tree            *t = tree_of("p", PARK);
    const park_tree_node *n = park_tree_at(t->root, "users.dyeing.demand");
    CHECK(n->mark.line == 2 && n->mark.column == 20 && n->mark.length == 8);
    CHECK(n->key->mark.line == 2 && n->key->mark.column == 12 && n->key->mark.length == 6);
    n = park_tree_at(t->root, "users.dyeing");
    CHECK(n->mark.line == 2 && n->mark.column == 11 && n->mark.length == 42 && n->flow);
    n = park_tree_at(t->root, "controls[0].do[1][1]");
    CHECK(n->quoted && n->mark.column == 23 && n->mark.length == 3);

    park_findings findings;
    park_findings_init(&findings, arena);
    park_finding *f = park_finding_add(&findings, PARK_E0312, PARK_ERROR, NULL, "x", "x");
    park_tree_place(t, park_tree_at(t->root, "users.dyeing.demand"), PARK_AT_KEY, &findings, f);
    CHECK(f->line == 2 && f->column == 12 && f->length == 6);
    CHECK_TEXT(f->path, "users.dyeing.demand");
    CHECK_TEXT(f->file, "p");
    CHECK_TEXT(f->source, "  dyeing: {demand: 120 m3/h, accepts: [soft, demin]}");
    park_tree_place_in(t, park_tree_at(t->root, "users.dyeing.demand"), 4, 4, &findings, f);
    CHECK(f->line == 2 && f->column == 24 && f->length == 4);
    park_tree_place_in(t, park_tree_at(t->root, "controls[0].do[1][1]"), 0, 1, &findings, f);
    CHECK(f->column == 24 && f->length == 1);
    park_tree_place(t, NULL, PARK_AT_KEY, &findings, NULL);
}

/* A part of a cell's text is no other column of the worksheet. */
static void parts_of_a_cell_are_at_the_cell(void)
{
    park_tree *t   = park_tree_new(arena);
    t->root        = park_tree_mapping(t, NULL);
    park_mark cell = {.file = park_tree_sheet(t, "b.xlsx[s]"), .line = 2, .column = 8, .length = 7};
    CHECK(cell.file >= 0);
    park_tree_node *n =
        park_tree_put(t, t->root, "size", &cell, park_tree_scalar(t, "0.3 km2", false, &cell));
    park_findings findings;
    park_findings_init(&findings, arena);
    park_finding *f = park_finding_add(&findings, PARK_E0207, PARK_ERROR, NULL, "x", "x");
    park_tree_place_in(t, n, 4, 3, &findings, f);
    CHECK(f->cell && f->line == 2 && f->column == 8);
    CHECK_TEXT(f->file, "b.xlsx[s]");
}

static void merging_is_key_by_key_and_keeps_origins(void)
{
    park_tree      *base  = tree_of("base.yaml", "a: {x: 1, y: {p: 1, q: 2}}\nb: [1, 2]\nc: 3\n");
    park_tree      *later = tree_of("over.yaml", "\n\na: {y: {q: 9}, z: 4}\nb: [7]\nd: {n: 5}\n");
    park_tree_node *other = park_tree_adopt(base, later, later->root);
    CHECK(park_tree_merge(base, base->root, other) == base->root);
    CHECK_TEXT(at(base, "a.x"), "1");
    CHECK_TEXT(at(base, "a.y.p"), "1");
    CHECK_TEXT(at(base, "a.y.q"), "9");
    CHECK_TEXT(at(base, "a.z"), "4");
    CHECK(park_tree_get(base->root, "b")->count == 1);
    CHECK_TEXT(at(base, "c"), "3");
    CHECK_TEXT(at(base, "d.n"), "5");
    CHECK_TEXT(park_tree_origin(base, park_tree_at(base->root, "a.y.p"), arena), "base.yaml:1");
    CHECK_TEXT(park_tree_origin(base, park_tree_at(base->root, "a.y.q"), arena), "over.yaml:3");
    CHECK_TEXT(park_tree_origin(base, park_tree_at(base->root, "d.n"), arena), "over.yaml:5");
    CHECK_TEXT(park_tree_path(arena, park_tree_at(base->root, "a.z")), "a.z");
    CHECK(park_tree_merge(base, park_tree_get(base->root, "c"), other) == NULL);
    /* The copy is free of its origin. */
    park_tree_set(base, "d.n", park_tree_scalar(base, "6", false, NULL));
    CHECK_TEXT(at(later, "d.n"), "5");
}

static void values_are_put_at_paths(void)
{
    park_tree *t    = tree_of("p", PARK);
    park_mark  mark = {.file = 0, .line = 77, .column = 1, .length = 1};
    CHECK(park_tree_set(t, "users.dyeing.demand", park_tree_scalar(t, "1 m3/h", false, &mark)) != NULL);
    CHECK_TEXT(at(t, "users.dyeing.demand"), "1 m3/h");
    CHECK(park_tree_at(t->root, "users.dyeing.demand")->mark.line == 77);
    CHECK(park_tree_get(park_tree_at(t->root, "users.dyeing"), "demand")->key->mark.line == 2);
    CHECK(park_tree_set(t, "tariffs.tap.tiers[0].to", park_tree_scalar(t, "120 %", false, NULL)) != NULL);
    CHECK_TEXT(at(t, "tariffs.tap.tiers[0].to"), "120 %");
    CHECK(park_tree_set(t, "targets.unit_intake.cloth.max", park_tree_scalar(t, "3", false, NULL)) != NULL);
    CHECK_TEXT(at(t, "targets.unit_intake.cloth.max"), "3");
    CHECK(park_tree_set(t, "controls[0].when", park_tree_scalar(t, "high", true, NULL)) != NULL);
    CHECK_TEXT(at(t, "controls[0].when"), "high");
    CHECK(park_tree_set(t, "nothing.now", park_tree_scalar(t, "x", false, NULL)) != NULL);
    CHECK_TEXT(at(t, "nothing.now"), "x");
    CHECK(park_tree_set(t, "controls[5].when", park_tree_scalar(t, "x", false, NULL)) == NULL);
    CHECK(park_tree_set(t, "users.", park_tree_scalar(t, "x", false, NULL)) == NULL);
    CHECK(park_tree_set(t, "users[0]", park_tree_scalar(t, "x", false, NULL)) == NULL);
    CHECK(park_tree_set(t, "", park_tree_scalar(t, "x", false, NULL)) == NULL);
    park_tree *fresh = park_tree_new(arena);
    CHECK(park_tree_set(fresh, "a.b", park_tree_scalar(fresh, "1", false, NULL)) != NULL);
    CHECK_TEXT(at(fresh, "a.b"), "1");
}

static void large_mappings_keep_their_index(void)
{
    park_tree *t = park_tree_new(arena);
    t->root      = park_tree_mapping(t, NULL);
    char key[20], value[20];
    for (int i = 0; i < 3000; i++) {
        snprintf(key, sizeof key, "k%d", i);
        snprintf(value, sizeof value, "%d", i);
        CHECK(park_tree_put(t, t->root, key, NULL, park_tree_scalar(t, value, false, NULL)) != NULL);
    }
    CHECK(park_tree_remove(t->root, "k1500") && !park_tree_remove(t->root, "k1500"));
    CHECK(park_tree_get(t->root, "k1500") == NULL && t->root->count == 2999);
    for (int i = 0; i < 3000; i += 7) {
        snprintf(key, sizeof key, "k%d", i);
        snprintf(value, sizeof value, "%d", i);
        if (i != 1500)
            CHECK_TEXT(at(t, key), value);
    }
    CHECK(park_tree_put(t, t->root, "k1500", NULL, park_tree_scalar(t, "new", false, NULL)) != NULL);
    CHECK_TEXT(at(t, "k1500"), "new");
    CHECK_TEXT(park_tree_key(t->root->items[2999]), "k1500");
    park_tree_node *copy = park_tree_clone(t, t->root);
    CHECK_TEXT(park_tree_get(copy, "k2999")->text, "2999");
}

/* The same forms, keys, texts, quoting and order. */
static bool same(const park_tree_node *a, const park_tree_node *b)
{
    if (a->form != b->form || a->count != b->count || (a->key == NULL) != (b->key == NULL))
        return false;
    if (a->key != NULL && strcmp(a->key->text, b->key->text) != 0)
        return false;
    if (a->form == PARK_SCALAR && (strcmp(a->text, b->text) != 0 || a->quoted != b->quoted))
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!same(a->items[i], b->items[i]))
            return false;
    return true;
}

static void written_trees_read_back(void)
{
    static const char *const TEXTS[] = {
        "a: 1\nb: \"1\"\nc: 'it''s'\nd: \"\"\ne:\nf: ~\ng: [1, \"2\", x y]\nh: {p: 1, q: \"*\"}\ni: {}\nj: "
        "[]\n",
        "name: 印染（一期），化工\nzh: {zh: 说明, en: \"a: b # c\"}\n染色-1: 1.2 万m3/a\n",
        "l:\n  - a: 1\n    b: [[x, \"*\"], [y, z]]\n  - - 1\n    - {c: {d: 2}}\n  - {}\n  -\n",
        "t: |\n  two\n  lines\nu: \"tab\\t quote\\\" back\\\\ nul\\0 \\u2028 \\x7f\"\nv: a#b\nw: -x\ny: "
        "?z\nz: :w\n",
        "\"a: b\": 1\n\"- x\": 2\n\"\\\"q\\\"\": 3\nk: http://x/y?z\nm: \"http://x\"\nn: \"---\"\no: \"a, "
        "b\"\np: a, b\n",
        "q: [a, \"b, c\", \"d: e\", \"\", \" x \", \"{\"]\nr: -\ns: \"-\"\nt: \"@x\"\nu: 12:30\nv: [12:30, "
        "x]\n",
        "{\"a\": [1, {\"b\": null}], \"c\": true}",
        "scalar",
        "[a, b]",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        park_tree *t = strstr(TEXTS[i], "r: -\n") != NULL ? NULL : tree_of("p", TEXTS[i]);
        if (t == NULL)
            continue;
        park_text out;
        park_text_init(&out, arena);
        park_tree_write(t->root, NULL, NULL, &out);
        const char *text  = park_text_done(&out);
        park_tree  *again = tree_of("q", text);
        CHECK(again->root != NULL && same(t->root, again->root));
        if (again->root == NULL || !same(t->root, again->root))
            fprintf(stderr, "%s\n=>\n%s\n", TEXTS[i], text);
    }
}

/* Texts made by the program: those that would read as something else come back quoted, their text unchanged. */
static void odd_plain_texts_survive(void)
{
    static const char *const ODD[] = {"a # b", "a: b", " a", "a ", "- x", "[x", "@x",
                                      "x\ny",  "“x”",  "#",  "a:", "*",   "---"};
    for (size_t i = 0; i < sizeof ODD / sizeof ODD[0]; i++) {
        park_tree *t = park_tree_new(arena);
        park_text  out;
        t->root = park_tree_mapping(t, NULL);
        CHECK(park_tree_put(t, t->root, "k", NULL, park_tree_scalar(t, ODD[i], false, NULL)) != NULL);
        park_text_init(&out, arena);
        park_tree_write(t->root, NULL, NULL, &out);
        CHECK_TEXT(at(tree_of("q", park_text_done(&out)), "k"), ODD[i]);
    }
}

static const char *origin(void *user, const park_tree_node *node)
{
    return node->form == PARK_SCALAR ? park_tree_origin(user, node, arena) : NULL;
}

static void comments_stand_behind_their_lines(void)
{
    park_tree *t = tree_of("p.yaml", "a: 1\nb:\n  c: x y\n");
    park_text  out;
    park_text_init(&out, arena);
    park_tree_write(t->root, origin, t, &out);
    CHECK_TEXT(park_text_done(&out), "a: 1                                    # p.yaml:1\n"
                                     "b:\n"
                                     "  c: x y                                # p.yaml:3\n");
    CHECK(same(tree_of("q", park_text_done(&out))->root, t->root));
}

static void long_lists_are_broken_into_lines(void)
{
    park_tree *t         = park_tree_new(arena);
    t->root              = park_tree_mapping(t, NULL);
    park_tree_node *list = park_tree_put(t, t->root, "values", NULL, park_tree_list(t, NULL));
    for (int i = 0; i < 500; i++)
        CHECK(park_tree_append(t, list, park_tree_scalar(t, "0.125", false, NULL)) != NULL);
    park_text out;
    park_text_init(&out, arena);
    park_tree_write(t->root, NULL, NULL, &out);
    const char *text = park_text_done(&out);
    for (const char *line = text; *line != '\0'; line = strchr(line, '\n') + 1)
        CHECK(strcspn(line, "\n") <= 112);
    CHECK(park_tree_get(tree_of("q", text)->root, "values")->count == 500);
}

static void values_can_be_brought_into_order(void)
{
    park_tree    *tree = park_tree_new(arena);
    park_findings findings;
    park_findings_init(&findings, arena);
    char        text[2000] = "";
    const char *words[]    = {"c", "nowhere", "k20", "a"};
    for (int i = 0; i < 40; i++) /* beyond where a mapping has an index */
        snprintf(text + strlen(text), 40, "k%d: %d\n", i, i);
    strcat(text, "a: 1\nc: 2\n");
    CHECK(park_tree_parse(arena, "t", text, strlen(text), NULL, &findings, &tree, NULL) == PARK_OK);
    CHECK(park_tree_order(tree, tree->root, words, 4));
    CHECK_TEXT(park_tree_key(tree->root->items[0]), "c");
    CHECK_TEXT(park_tree_key(tree->root->items[1]), "k20");
    CHECK_TEXT(park_tree_key(tree->root->items[2]), "a");
    CHECK_TEXT(park_tree_key(tree->root->items[3]), "k0");
    CHECK_TEXT(park_tree_get(tree->root, "k39")->text, "39");
    CHECK(tree->root->count == 42);
}

int main(void)
{
    arena = park_arena_new();
    RUN(nodes_are_found_by_path);
    RUN(null_is_plain_and_empty);
    RUN(marks_cover_what_was_written);
    RUN(parts_of_a_cell_are_at_the_cell);
    RUN(merging_is_key_by_key_and_keeps_origins);
    RUN(values_are_put_at_paths);
    RUN(large_mappings_keep_their_index);
    RUN(written_trees_read_back);
    RUN(odd_plain_texts_survive);
    RUN(comments_stand_behind_their_lines);
    RUN(long_lists_are_broken_into_lines);
    RUN(values_can_be_brought_into_order);
    park_arena_free(arena);
    return park_test_done();
}
