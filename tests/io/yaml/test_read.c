/* include and extends: order, places of mistakes, the folder's fence. */
#include "yaml/tree.h"

#include "check.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char        folder[256];
static park_arena *arena;

static const char *path_of(const char *name)
{
    return park_arena_printf(arena, "%s/%s", folder, name);
}

static void put_file(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "wb");
    CHECK(file != NULL);
    if (file == NULL)
        return;
    fputs(text, file);
    fclose(file);
}

typedef struct outcome {
    park_findings findings;
    park_tree    *tree;
    park_status   status;
} outcome;

static outcome read_with(const char *name, const park_tree_options *options)
{
    outcome    o;
    park_error err = {0};
    park_findings_init(&o.findings, arena);
    o.status = park_tree_read_file(arena, path_of(name), options, &o.findings, &o.tree, &err);
    return o;
}

static const char *at(const outcome *o, const char *path)
{
    const park_tree_node *node = park_tree_at(o->tree->root, path);
    return node == NULL ? "(none)" : node->text;
}

/* "code file:line:column" of the only finding. */
static const char *told(const outcome *o)
{
    if (o->findings.count != 1)
        return park_arena_printf(arena, "%zu findings", o->findings.count);
    const park_finding *f     = &o->findings.items[0];
    const char         *slash = f->file == NULL ? NULL : strrchr(f->file, '/');
    return park_arena_printf(arena, "%s %s:%d:%d", park_code_name(f->code), slash == NULL ? "?" : slash + 1,
                             f->line, f->column);
}

static void later_files_win_key_by_key(void)
{
    put_file("base.yaml", "a: {x: base, y: base, z: base}\nonly: base\n");
    put_file("one.yaml", "a: {y: one, z: one}\n");
    put_file("two.yaml", "a: {z: two}\nb: two\n");
    put_file("park.yaml", "include: [one.yaml, two.yaml]\nextends: base.yaml\nb: park\n");
    outcome o = read_with("park.yaml", NULL);
    CHECK(o.status == PARK_OK && o.findings.count == 0);
    CHECK_TEXT(at(&o, "a.x"), "base");
    CHECK_TEXT(at(&o, "a.y"), "one");
    CHECK_TEXT(at(&o, "a.z"), "two");
    CHECK_TEXT(at(&o, "b"), "park");
    CHECK_TEXT(at(&o, "only"), "base");
    CHECK_TEXT(at(&o, "include"), "(none)");
    CHECK_TEXT(at(&o, "extends"), "(none)");
    const char *origin = park_tree_origin(o.tree, park_tree_at(o.tree->root, "a.z"), arena);
    CHECK_TEXT(strrchr(origin, '/'), "/two.yaml:1");
    park_tree_options alone = {.alone = true};
    o                       = read_with("park.yaml", &alone);
    CHECK_TEXT(at(&o, "extends"), "base.yaml");
}

static void mistakes_stand_at_the_word(void)
{
    put_file("self.yaml", "a: 1\nextends: self.yaml\n");
    outcome o = read_with("self.yaml", NULL);
    CHECK(o.status == PARK_E_INPUT);
    CHECK_TEXT(told(&o), "E0120 self.yaml:2:10");
    put_file("ring_a.yaml", "include: [ring_b.yaml]\n");
    put_file("ring_b.yaml", "x: 1\ninclude:\n  - ring_a.yaml\n");
    o = read_with("ring_a.yaml", NULL);
    CHECK_TEXT(told(&o), "E0120 ring_b.yaml:3:5");
    put_file("lost.yaml", "include: [none.yaml]\nb: 1\n");
    o = read_with("lost.yaml", NULL);
    CHECK_TEXT(told(&o), "E0121 lost.yaml:1:11");
    CHECK_TEXT(at(&o, "b"), "1");
    put_file("list.yaml", "- a\n");
    put_file("takes_list.yaml", "extends: list.yaml\n");
    o = read_with("takes_list.yaml", NULL);
    CHECK_TEXT(told(&o), "E0123 takes_list.yaml:1:10");
    put_file("odd.yaml", "include: [{a: 1}]\n");
    o = read_with("odd.yaml", NULL);
    CHECK_TEXT(told(&o), "E0123 odd.yaml:1:11");
    put_file("bad.yaml", "a: [*]\n");
    put_file("takes_bad.yaml", "include: bad.yaml\n");
    o = read_with("takes_bad.yaml", NULL);
    CHECK_TEXT(told(&o), "E0107 bad.yaml:1:5");
}

static void the_folder_has_a_fence(void)
{
    mkdir(path_of("in"), 0755);
    mkdir(path_of("out"), 0755);
    put_file("out/secret.yaml", "s: 1\n");
    put_file("in/up.yaml", "extends: ../out/secret.yaml\n");
    put_file("in/down.yaml", "include: [sub.yaml]\n");
    put_file("in/sub.yaml", "t: 1\n");
    outcome o = read_with("in/up.yaml", NULL);
    CHECK_TEXT(told(&o), "E0122 up.yaml:1:10");
    const char       *allowed[] = {path_of("out")};
    park_tree_options options   = {.rule = {allowed, 1}};
    o                           = read_with("in/up.yaml", &options);
    CHECK(o.status == PARK_OK);
    CHECK_TEXT(at(&o, "s"), "1");
    o = read_with("in/down.yaml", NULL);
    CHECK_TEXT(at(&o, "t"), "1");
    /* A symbolic link out of the folder is seen through; so is an absolute name. */
    CHECK(symlink(path_of("out/secret.yaml"), path_of("in/link.yaml")) == 0);
    put_file("in/via.yaml", "extends: link.yaml\n");
    o = read_with("in/via.yaml", NULL);
    CHECK_TEXT(told(&o), "E0122 via.yaml:1:10");
    put_file("in/abs.yaml", park_arena_printf(arena, "extends: %s\n", path_of("out/secret.yaml")));
    o = read_with("in/abs.yaml", NULL);
    CHECK_TEXT(told(&o), "E0122 abs.yaml:1:10");
    /* A folder whose name merely starts the same is another folder. */
    mkdir(path_of("inside"), 0755);
    put_file("inside/x.yaml", "x: 1\n");
    put_file("in/near.yaml", "extends: ../inside/x.yaml\n");
    o = read_with("in/near.yaml", NULL);
    CHECK_TEXT(told(&o), "E0122 near.yaml:1:10");
}

/* Each file includes the next twice: 2^n files if nobody counted. */
static void include_bombs_are_bounded(void)
{
    for (int i = 0; i < 15; i++)
        put_file(park_arena_printf(arena, "n%d.yaml", i),
                 park_arena_printf(arena, "include: [n%d.yaml, n%d.yaml]\n", i + 1, i + 1));
    put_file("n15.yaml", "a: 1\n");
    outcome o = read_with("n0.yaml", NULL);
    CHECK(o.status == PARK_E_INPUT && o.findings.items[0].code == PARK_E0112);
    for (int i = 0; i < 20; i++)
        put_file(park_arena_printf(arena, "c%d.yaml", i),
                 park_arena_printf(arena, "extends: c%d.yaml\n", i + 1));
    put_file("c20.yaml", "a: 1\n");
    o = read_with("c0.yaml", NULL);
    CHECK_TEXT(told(&o), "E0112 c15.yaml:1:10");
}

static void the_file_itself_must_be_there(void)
{
    outcome o = read_with("nowhere.yaml", NULL);
    CHECK(o.status == PARK_E_FILE);
    o = read_with("in", NULL);
    CHECK(o.status == PARK_E_FILE);
    park_tree_limits  small   = {.bytes = 4, .nodes = 10, .expanded = 10, .depth = 10};
    park_tree_options options = {.limits = &small};
    o                         = read_with("park.yaml", &options);
    CHECK(o.status == PARK_E_FILE);
}

static void every_allocation_may_fail(void)
{
    const char *path   = path_of("park.yaml");
    bool        passed = false;
    for (size_t n = 1; !passed && n < 1000; n++) {
        park_arena   *tight = park_arena_new(), *other = park_arena_new();
        park_findings findings;
        park_tree    *tree;
        park_findings_init(&findings, other);
        park_arena_fail_after(tight, n);
        park_status status = park_tree_read_file(tight, path, NULL, &findings, &tree, NULL);
        CHECK(status == PARK_OK || status == PARK_E_MEMORY);
        passed = status == PARK_OK;
        park_arena_free(tight);
        park_arena_free(other);
    }
    CHECK(passed);
}

int main(void)
{
    arena = park_arena_new();
    snprintf(folder, sizeof folder, "%s/Testing/read.XXXXXX", PARK_BINARY_DIR);
    mkdir(PARK_BINARY_DIR "/Testing", 0755);
    if (mkdtemp(folder) == NULL)
        SKIP("no room for files");
    RUN(later_files_win_key_by_key);
    RUN(mistakes_stand_at_the_word);
    RUN(the_folder_has_a_fence);
    RUN(include_bombs_are_bounded);
    RUN(the_file_itself_must_be_there);
    RUN(every_allocation_may_fail);
    park_arena_free(arena);
    return park_test_done();
}
