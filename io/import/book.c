#include "import/book_parts.h"

#include "load.h"

#include <string.h>

static const char *comment_of(void *user, const park_tree_node *node)
{
    const park_book *b    = user;
    const char      *text = NULL;
    for (size_t i = 0; i < b->comments; i++)
        if (b->comment[i].node == node)
            text = text == NULL ? b->comment[i].text
                                : park_arena_printf(b->arena, "%s; %s", text, b->comment[i].text);
    return text;
}

/* Findings that say something is not said yet, rather than that something is wrong. */
static bool says_missing(park_code code)
{
    return code == PARK_E0302 || code == PARK_E0307 || code == PARK_E0319 || code == PARK_E0507;
}

/* The node of the draft that a path is about, or the nearest above it. */
static const park_tree_node *node_at(park_book *b, const char *path)
{
    char *cut = park_arena_text(b->arena, path, strlen(path));
    while (cut != NULL && cut[0] != '\0') {
        const park_tree_node *node = park_tree_at(b->tree->root, cut);
        if (node != NULL)
            return node;
        char *dot = strrchr(cut, '.');
        if (dot == NULL)
            break;
        *dot = '\0';
    }
    return b->tree->root->count > 0 ? b->tree->root->items[0] : b->tree->root;
}

/* Read the draft as a scenario; what it lacks becomes a warning and a comment. */
static park_status check(park_book *b, park_error *err)
{
    park_loaded   loaded = {0};
    park_findings found;
    park_findings_init(&found, b->arena);
    park_tree *copy = park_tree_new(b->arena);
    if (copy != NULL)
        copy->root = park_tree_adopt(copy, b->tree, b->tree->root);
    if (copy == NULL || copy->root == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a draft");
    park_status status = park_load_tree(copy, NULL, b->arena, &loaded, &found, err);
    if (status != PARK_OK && status != PARK_E_INPUT)
        return status;
    for (size_t i = 0; i < found.count; i++) {
        park_finding  f       = found.items[i];
        bool          missing = f.severity == PARK_ERROR && says_missing(f.code);
        park_finding *told    = park_finding_add(b->findings, missing ? PARK_W0233 : f.code,
                                              missing ? PARK_WARNING : f.severity, NULL, "%s", "%s", "");
        if (told != NULL) {
            f.code     = told->code;
            f.severity = told->severity;
            *told      = f;
        }
        b->missing += missing;
        if (missing)
            park_book_comment(b, f.path != NULL ? node_at(b, f.path) : b->tree->root->items[0],
                              park_arena_printf(b->arena, "待核: %s", b->zh ? f.zh : f.en));
    }
    return PARK_OK;
}

static size_t count_of(const park_book *b, const char *section)
{
    const park_tree_node *node = park_tree_get(b->tree->root, section);
    return node != NULL ? node->count : 0;
}

park_status park_book_read(const char *name, const char *bytes, size_t length, bool zh, park_arena *arena,
                           park_findings *findings, park_book_draft *draft, park_error *err)
{
    park_book       b = {.arena = arena, .findings = findings, .zh = zh};
    park_xlsx_book *book;
    park_text       out;
    PARK_TRY(park_xlsx_parse(arena, name, bytes, length, findings, &book, err));
    b.book = book;
    PARK_TRY(park_book_tree(&b, err));
    PARK_TRY(check(&b, err)); /* also where cells are wrong: all mistakes at once */
    if (b.failed)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a draft");
    if (findings->errors > 0)
        return PARK_FAIL(err, PARK_E_INPUT, "%s has mistakes", name);
    park_text_init(&out, arena);
    park_text_printf(&out,
                     zh ? "# 由 %s 生成的初稿；标有“待核”处须补充。\n"
                        : "# Drafted from %s; what is marked 待核 is still to be said.\n",
                     strrchr(name, '/') != NULL ? strrchr(name, '/') + 1 : name);
    park_tree_write(b.tree->root, comment_of, &b, &out);
    draft->text = park_text_done(&out);
    if (draft->text == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a draft");
    draft->length      = out.length;
    draft->enterprises = count_of(&b, "enterprises");
    draft->units       = count_of(&b, "sources") + count_of(&b, "users") + count_of(&b, "treatments") +
                   count_of(&b, "storages") + count_of(&b, "sinks");
    draft->pipes   = b.pipes;
    draft->meters  = count_of(&b, "meters");
    draft->targets = b.targets;
    draft->missing = b.missing;
    return PARK_OK;
}
