/*
 * load.c - the recipe: read the tree, read every section in the order in which they lean on one another, complete the
 * units, check what sources must state, freeze. All mistakes of all sections are told before anything is given up.
 */
#include "load.h"

#include "import/inp.h"
#include "load_sections.h"
#include "study.h"
#include "units/kind.h"

#include <string.h>

/* --- places of what the model finds --- */

/* The node at a path, else the nearest one above it. */
static const park_tree_node *node_near(park_arena *arena, const park_tree_node *root, const char *path)
{
    char *cut = park_arena_text(arena, path, strlen(path));
    while (cut != NULL && cut[0] != '\0') {
        const park_tree_node *node = park_tree_at(root, cut);
        if (node != NULL)
            return node;
        char *dot = strrchr(cut, '.'), *bracket = strrchr(cut, '[');
        char *end = dot == NULL ? bracket : bracket == NULL ? dot : dot > bracket ? dot : bracket;
        if (end == NULL)
            return NULL;
        *end = '\0';
    }
    return NULL;
}

static void place_findings(park_loader *loader)
{
    park_reader   *reader   = &loader->reader;
    park_findings *findings = reader->findings;
    for (size_t i = 0; i < findings->count; i++) {
        park_finding *finding = &findings->items[i];
        if (finding->file != NULL || finding->path == NULL)
            continue;
        const park_tree_node *node = node_near(reader->arena, loader->root, finding->path);
        while (node != NULL && node->mark.file < 0) /* a default: the mapping that lacks it */
            node = node->parent;
        park_tree_place(reader->tree, node, node != NULL && node->key != NULL ? PARK_AT_KEY : PARK_AT_VALUE,
                        findings, finding);
    }
}

/* What a statement says: a scalar, or a short mapping of scalars such as {min: 94 %, basis: all_sources}; else "". */
static const char *statement_text(park_arena *arena, const park_tree_node *node)
{
    enum { SHORT = 4 };
    park_text text;
    if (node->form == PARK_SCALAR)
        return node->text;
    park_text_init(&text, arena);
    for (size_t i = 0; i < node->count; i++) {
        const park_tree_node *item = node->items[i];
        if (node->form != PARK_MAPPING || node->count > SHORT || item->form != PARK_SCALAR)
            return "";
        park_text_printf(&text, "%s%s: %s", i == 0 ? "{" : ", ", item->key->text, item->text);
    }
    park_text_add(&text, node->count > 0 ? "}" : "");
    const char *done = park_text_done(&text);
    return done != NULL ? done : "";
}

/* park_locate: where a path stands and what is written there. */
static bool locate(const void *user, const char *path, park_statement *place)
{
    const park_reader    *reader = user;
    const park_tree_node *node   = park_tree_at(reader->tree->root, path);
    if (node == NULL)
        return false;
    *place      = (park_statement){.path = path};
    place->text = statement_text(reader->arena, node);
    while (node != NULL && node->mark.file < 0)
        node = node->parent;
    if (node != NULL) {
        const park_mark *mark = node->key != NULL ? &node->key->mark : &node->mark;
        place->line           = mark->line;
        place->file           = reader->tree->files[node->mark.file].name;
    }
    return true;
}

/* --- documents --- */

static const char *version_word(park_document document)
{
    return document == PARK_DOCUMENT_STUDY    ? "parkwater_study"
           : document == PARK_DOCUMENT_REGION ? "parkwater_region"
                                              : "parkwater";
}

/* Which document the first word says it is, and whether its version is ours. */
static park_document document_of(park_loader *loader)
{
    park_reader *reader = &loader->reader;
    for (int d = PARK_DOCUMENT_PARK; d <= PARK_DOCUMENT_REGION; d++) {
        const park_tree_node *version = park_tree_get(loader->root, version_word((park_document)d));
        if (version == NULL)
            continue;
        if (park_reader_is(reader, version, PARK_SCALAR) && strcmp(version->text, "1") != 0)
            PARK_TELL(reader, version, PARK_AT_VALUE, PARK_E0311, PARK_ERROR,
                      "version '%s' of the language is not known to this program; it reads version %s",
                      "本程序不认识语言版本“%s”；可读版本 %s", version->text, "1");
        return (park_document)d;
    }
    if (!loader->root->damaged)
        PARK_TELL(reader, loader->root, PARK_AT_VALUE, PARK_E0302, PARK_ERROR,
                  "the file lacks its first word: '%s'", "文件缺少第一个词：“%s”", "parkwater: 1");
    return PARK_DOCUMENT_PARK;
}

static void check_words(park_loader *loader, park_document document)
{
    const char *words[64];
    size_t      n = 0;
    for (const park_section *section = park_sections(document); section->word != NULL && n < 63; section++)
        words[n++] = section->word;
    words[n] = NULL;
    (void)park_reader_known(&loader->reader, loader->root, NULL, 0, words);
}

static park_status load_sections(park_loader *loader, park_error *err)
{
    park_reader *reader = &loader->reader;
    if (!park_load_constituents(loader))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the park");
    reader->draft->locate      = locate;
    reader->draft->locate_user = reader;
    park_load_head(loader);
    park_load_period(loader);
    park_load_economics(loader);
    park_load_seasons(loader);
    park_load_patterns(loader);
    park_load_weather(loader);
    park_load_enterprises(loader);
    park_load_grades(loader);
    park_load_units(loader);
    park_load_references(loader);
    park_load_initial(loader);
    park_load_connections(loader);
    park_load_networks(loader);
    park_load_events(loader);
    park_load_targets(loader);
    park_load_retrofits(loader);
    park_load_uncertainty(loader);
    park_load_ids_check(loader);
    park_load_quality(loader);
    return reader->failed ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the park") : PARK_OK;
}

static park_status load_park(park_loader *loader, park_loaded *loaded, park_error *err)
{
    park_reader   *reader   = &loader->reader;
    park_findings *findings = reader->findings;
    PARK_TRY(load_sections(loader, err));
    loaded->draft = reader->draft;
    if (findings->errors > 0)
        return PARK_E_INPUT;
    park_status status = park_draft_shape(reader->draft, findings, err);
    if (status == PARK_OK ||
        status == PARK_E_RANGE) { /* what is wrong with connections is told beside what is wrong with units */
        park_load_accepts(loader);
        for (size_t i = 0; i < loader->placed_count; i++)
            park_load_change_check(loader, loader->placed[i].node, loader->placed[i].path,
                                   &loader->placed[i].change);
        park_draft *model = park_draft_copy(reader->arena, reader->draft);
        if (model == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the park");
        status = park_model_freeze(model, findings, err);
        if (status == PARK_OK && findings->errors == 0)
            status = park_model_check(model, findings, err);
        if (status == PARK_OK && findings->errors == 0)
            loaded->model = model;
    }
    if (status == PARK_E_MEMORY || status == PARK_E_INTERNAL)
        return status;
    if (findings->errors == 0 && status != PARK_OK) /* never silently */
        park_finding_add(findings, PARK_E0320, PARK_ERROR, "", "%s", "%s",
                         err != NULL ? err->message : "the park makes no sense");
    return findings->errors > 0 ? PARK_E_INPUT : PARK_OK;
}

/* Every file of the tree, for hashing. */
static void keep_files(park_reader *reader)
{
    for (size_t i = 0; i < reader->tree->file_count; i++)
        park_reader_file(reader, reader->tree->files[i].name);
}

static park_status begin(park_loader *loader, park_tree *tree, park_arena *arena,
                         const park_load_options *options, park_findings *findings, park_error *err)
{
    loader->reader = (park_reader){.arena = arena, .tree = tree, .findings = findings, .data_class = ""};
    if (options != NULL)
        loader->reader.rule = (park_file_rule){options->allow_path, options->allow_paths};
    loader->parks            = options != NULL ? options->parks : NULL;
    loader->root             = tree != NULL ? tree->root : NULL;
    loader->reader.catalogue = park_catalogue_new(arena);
    return loader->reader.catalogue == NULL
               ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to load a scenario")
               : PARK_OK;
}

static park_status load_tree(park_loader *loader, park_loaded *loaded, park_error *err)
{
    park_reader *reader = &loader->reader;
    if (loader->root == NULL)
        return PARK_E_INPUT;
    if (!park_reader_is(reader, loader->root, PARK_MAPPING))
        return PARK_E_INPUT;
    loaded->document = document_of(loader);
    check_words(loader, loaded->document);
    if (loaded->document == PARK_DOCUMENT_PARK)
        return load_park(loader, loaded, err);
    park_study *study = PARK_NEW(reader->arena, park_study);
    if (study == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the document");
    if (loaded->document == PARK_DOCUMENT_STUDY)
        park_load_study(loader, study);
    else
        park_load_region(loader, &loaded->region, &loaded->allocation);
    loaded->study = loaded->document == PARK_DOCUMENT_STUDY ? study : NULL;
    return reader->failed             ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the document")
           : reader->findings->errors ? PARK_E_INPUT
                                      : PARK_OK;
}

static park_status finish(park_loader *loader, park_loaded *loaded, park_status status, park_error *err)
{
    park_reader *reader = &loader->reader;
    reader->failed      = reader->failed || reader->catalogue->failed;
    keep_files(reader);
    if (loader->root != NULL)
        place_findings(loader);
    loaded->tree        = reader->tree;
    loaded->reader      = reader;
    loaded->networks    = loader->networks;
    loaded->network     = loader->network;
    loaded->assumptions = reader->assumptions;
    loaded->assumption  = reader->assumption;
    loaded->files       = reader->files;
    loaded->file        = reader->file;
    if ((status == PARK_OK || status == PARK_E_INPUT) && reader->failed)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the park");
    if ((status == PARK_OK || status == PARK_E_INPUT) && reader->findings->errors > 0) {
        loaded->model = NULL;
        return PARK_FAIL(err, PARK_E_INPUT, "the scenario has %zu mistakes", reader->findings->errors);
    }
    return status;
}

/* What follows once a tree stands, in whole or with parts left out. */
static park_status load_from(park_tree *tree, park_status parsed, const park_load_options *options,
                             park_arena *arena, park_loaded *loaded, park_findings *findings, park_error *err)
{
    park_loader *loader = PARK_NEW(arena, park_loader);
    if (parsed != PARK_OK && parsed != PARK_E_INPUT)
        return parsed;
    if (loader == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to load a scenario");
    PARK_TRY(begin(loader, tree, arena, options, findings, err));
    return finish(loader, loaded, load_tree(loader, loaded, err), err);
}

static park_status refuse_network(const char *path, park_findings *findings, park_error *err)
{
    park_finding *finding = park_finding_add(
        findings, PARK_E0618, PARK_ERROR, NULL,
        "'%s' is an EPANET network; this job takes a park: `parkwater import` makes a first one of it",
        "“%s”是 EPANET 管网文件；本任务需要园区：可用 `parkwater import` 由它生成园区初稿", path);
    if (finding != NULL)
        finding->file = path;
    return PARK_FAIL(err, PARK_E_INPUT, "a network stands where a park is due");
}

park_status park_load(const char *path, const park_load_options *options, park_arena *arena,
                      park_loaded *loaded, park_findings *findings, park_error *err)
{
    park_tree_options how  = {.limits = NULL};
    park_tree        *tree = NULL;
    *loaded                = (park_loaded){.document = PARK_DOCUMENT_PARK};
    if (park_inp_named(path))
        return refuse_network(path, findings, err);
    if (options != NULL)
        how.rule = (park_file_rule){options->allow_path, options->allow_paths};
    park_status parsed = park_tree_read_file(arena, path, &how, findings, &tree, err);
    return load_from(tree, parsed, options, arena, loaded, findings, err);
}

park_status park_load_text(const char *name, const char *text, size_t length,
                           const park_load_options *options, park_arena *arena, park_loaded *loaded,
                           park_findings *findings, park_error *err)
{
    park_tree *tree    = NULL;
    *loaded            = (park_loaded){.document = PARK_DOCUMENT_PARK};
    park_status parsed = park_tree_parse(arena, name, text, length, NULL, findings, &tree, err);
    return load_from(tree, parsed, options, arena, loaded, findings, err);
}

park_status park_load_tree(park_tree *tree, const park_load_options *options, park_arena *arena,
                           park_loaded *loaded, park_findings *findings, park_error *err)
{
    *loaded = (park_loaded){.document = PARK_DOCUMENT_PARK};
    return load_from(tree, PARK_OK, options, arena, loaded, findings, err);
}
