/*
 * read.c - a file with all that it includes and extends, merged into one tree.
 */
#include "yaml/tree.h"

#include "yaml/build.h"

#include <string.h>

enum { CHAIN = 16, FILES = 256 /* most files that lead to each other, and in all */ };

typedef struct reading {
    park_tree               *tree;
    const park_tree_limits  *limits;
    const park_tree_options *options;
    park_findings           *findings;
    const char              *chain[CHAIN]; /* files being read, outermost first */
    int                      depth;
    int                      files;
} reading;

static park_status read_one(reading *r, const char *path, park_tree_node **root, park_error *err);

static bool in_chain(const reading *r, const char *path)
{
    for (int i = 0; i < r->depth; i++)
        if (park_file_same(r->chain[i], path))
            return true;
    return false;
}

/* A named file's tree into `into`; mistakes are findings at the name. PARK_E_MEMORY alone is passed up. */
static park_status read_named(reading *r, const char *from, const park_tree_node *name, park_tree_node *into,
                              park_error *err)
{
    park_error  said = {0};
    const char *path;
    if (name->form != PARK_SCALAR || name->length == 0 || strlen(name->text) != name->length) {
        PARK_BUILD_ERROR(r->tree, r->findings, name->mark, PARK_E0123, "a file name is due here%s",
                         "此处应为文件名%s", "");
        return PARK_OK;
    }
    park_status status = park_file_resolve(r->tree->arena, from, name->text, &r->options->rule, &path, &said);
    if (status == PARK_E_MEMORY)
        return PARK_FAIL(err, PARK_E_MEMORY, "%s", said.message);
    if (status == PARK_E_RANGE) {
        PARK_BUILD_ERROR(r->tree, r->findings, name->mark, PARK_E0122,
                         "%s lies outside the folder of %s; --allow-path DIR allows another folder",
                         "%s 位于 %s 所在文件夹之外；可用 --allow-path DIR 允许其他文件夹", name->text, from);
        return PARK_OK;
    }
    if (status == PARK_OK && in_chain(r, path)) {
        PARK_BUILD_ERROR(r->tree, r->findings, name->mark, PARK_E0120, "%s leads back to itself through %s",
                         "%s 经由 %s 又引用到自身", name->text, from);
        return PARK_OK;
    }
    if (status == PARK_OK && (r->depth == CHAIN || ++r->files > FILES)) {
        PARK_BUILD_ERROR(r->tree, r->findings, name->mark, PARK_E0112,
                         "too many files: at most %d in all and %d that lead to each other",
                         "文件过多：总数至多 %d 个，逐级引用至多 %d 层", (int)FILES, (int)CHAIN);
        return PARK_OK;
    }
    park_tree_node *root = NULL;
    if (status == PARK_OK)
        status = read_one(r, path, &root, &said);
    if (status == PARK_E_MEMORY)
        return PARK_FAIL(err, PARK_E_MEMORY, "%s", said.message);
    if (status == PARK_E_FILE)
        PARK_BUILD_ERROR(r->tree, r->findings, name->mark, PARK_E0121, "%s", "文件无法读取：%s",
                         said.message);
    else if (root != NULL && root->form == PARK_MAPPING && park_tree_merge(r->tree, into, root) == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to merge %s", name->text);
    else if (root != NULL && root->form != PARK_MAPPING && !root->damaged)
        PARK_BUILD_ERROR(r->tree, r->findings, name->mark, PARK_E0123, "%s holds no mapping of keys",
                         "%s 的内容不是键的映射", name->text);
    return PARK_OK;
}

static park_status read_includes(reading *r, const char *path, const park_tree_node *own,
                                 park_tree_node *into, park_error *err)
{
    const park_tree_node *base = park_tree_get(own, "extends"), *include = park_tree_get(own, "include");
    if (base != NULL)
        PARK_TRY(read_named(r, path, base, into, err));
    if (include == NULL)
        return PARK_OK;
    if (include->form != PARK_LIST)
        return read_named(r, path, include, into, err);
    for (size_t i = 0; i < include->count; i++)
        PARK_TRY(read_named(r, path, include->items[i], into, err));
    return PARK_OK;
}

/* One file and what it names. *root NULL: nothing of it could be read (findings say why). */
static park_status read_one(reading *r, const char *path, park_tree_node **root, park_error *err)
{
    char  *bytes;
    size_t length;
    *root              = NULL;
    park_status status = park_file_read(r->tree->arena, path, r->limits->bytes, &bytes, &length, err);
    if (status == PARK_E_RANGE)
        return PARK_FAIL(err, PARK_E_FILE, "%s is larger than %zu bytes", path, r->limits->bytes);
    PARK_TRY(status);
    park_tree_node *own;
    status = park_build_parse(r->tree, path, bytes, length, r->limits, r->findings, &own, err);
    if (status == PARK_E_MEMORY)
        return status;
    *root      = own;
    bool names = park_tree_get(own, "extends") != NULL || park_tree_get(own, "include") != NULL;
    if (!names || r->options->alone)
        return PARK_OK;

    park_tree_node *merged = park_tree_mapping(r->tree, &own->mark);
    if (merged == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", path);
    r->chain[r->depth++] = path;
    PARK_TRY(read_includes(r, path, own, merged, err));
    r->depth--;
    park_tree_remove(own, "extends");
    park_tree_remove(own, "include");
    if (park_tree_merge(r->tree, merged, own) == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to merge %s", path);
    *root = merged;
    return PARK_OK;
}

park_status park_tree_read_file(park_arena *arena, const char *path, const park_tree_options *options,
                                park_findings *findings, park_tree **tree, park_error *err)
{
    static const park_tree_options NONE     = {0};
    park_tree_limits               defaults = park_tree_limits_default();
    size_t                         errors   = findings->errors;
    reading                        r        = {
                                      .tree = park_tree_new(arena), .findings = findings, .options = options != NULL ? options : &NONE};
    r.limits = r.options->limits != NULL ? r.options->limits : &defaults;
    *tree    = r.tree;
    if (r.tree == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", path);
    PARK_TRY(read_one(&r, path, &r.tree->root, err));
    if (findings->errors > errors)
        return PARK_FAIL(err, PARK_E_INPUT, "%s has errors", path);
    return PARK_OK;
}
