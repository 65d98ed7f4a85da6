#include "report/figures.h"

#include "replace.h"
#include "report/balance_boxes.h"
#include "report/png.h"
#include "run_names.h"

#include <dirent.h>
#include <string.h>

static const double DOTS = 2.0; /* a drawing's pixel in print */

typedef struct figures {
    const char         *dir;
    const park_balance *balance;
    const park_model   *model;
    bool                zh;
    park_arena         *arena;
    park_error         *err;
    park_new_file      *file; /* [most] */
    size_t              files;
} figures;

static park_status add_file(figures *f, const char *name, const char *ending, const char *bytes,
                            size_t length)
{
    const char *path = park_arena_printf(f->arena, "%s/%s.%s", f->dir, name, ending);
    if (path == NULL)
        return PARK_FAIL(f->err, PARK_E_MEMORY, "no memory for the figures");
    f->file[f->files++] = (park_new_file){.path = path, .bytes = bytes, .length = length};
    return PARK_OK;
}

static park_status add_drawing(figures *f, park_boxes_of of, int32_t index, const char *name)
{
    park_text svg;
    park_png  png = {0};
    if (name == NULL)
        return PARK_FAIL(f->err, PARK_E_MEMORY, "no memory for the figures");
    if (!park_boxes_any(f->balance, f->model, of, index))
        return PARK_OK;
    park_text_init(&svg, f->arena);
    park_balance_boxes_svg(f->balance, f->model, of, index, f->zh, &svg, f->arena);
    const char *text = park_text_done(&svg);
    if (text == NULL)
        return PARK_FAIL(f->err, PARK_E_MEMORY, "no memory for the figures");
    PARK_TRY(add_file(f, name, "svg", text, svg.length));
    PARK_TRY(park_png_draw(text, DOTS, f->arena, &png, f->err));
    return add_file(f, name, "png", png.bytes, png.length);
}

static bool is_new(const figures *f, const char *path)
{
    for (size_t i = 0; i < f->files; i++)
        if (strcmp(f->file[i].path, path) == 0)
            return true;
    return false;
}

/* The folder speaks of one run: what an earlier one left there goes. */
static park_status remove_others(figures *f)
{
    DIR        *folder = opendir(f->dir);
    park_status status = PARK_OK;
    if (folder == NULL)
        return PARK_OK;
    for (struct dirent *entry; status == PARK_OK && (entry = readdir(folder)) != NULL;) {
        const char *name = entry->d_name, *ending = strrchr(name, '.');
        bool ours = (strncmp(name, "balance", 7) == 0 || strncmp(name, "unit_", 5) == 0) && ending != NULL &&
                    (strcmp(ending, ".svg") == 0 || strcmp(ending, ".png") == 0);
        const char *path = ours ? park_arena_printf(f->arena, "%s/%s", f->dir, name) : NULL;
        if (path != NULL && !is_new(f, path))
            status = park_file_remove(path, f->err);
    }
    closedir(folder);
    return status;
}

park_status park_figures_write(const park_run_record *record, const char *dir, bool zh, park_arena *arena,
                               park_error *err)
{
    const park_model  *model   = park_record_model(record);
    const park_ledger *ledger  = record->simulation != NULL ? record->simulation->ledger
                                 : record->design != NULL   ? record->design->ledger
                                                            : NULL;
    figures            f       = {.dir = dir, .model = model, .zh = zh, .arena = arena, .err = err};
    park_balance      *balance = NULL;
    if (ledger == NULL) /* nothing to draw: what an earlier run drew goes */
        return remove_others(&f);
    PARK_TRY(park_balance_of(model, ledger, arena, &balance, err));
    f.balance = balance;
    f.file    = PARK_ARRAY(arena, 2 * (model->enterprises + model->units + 2), park_new_file);
    if (f.file == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the figures");
    PARK_TRY(add_drawing(&f, PARK_BOXES_PARK, 0, "balance_park"));
    PARK_TRY(add_drawing(&f, PARK_BOXES_ENTERPRISE, PARK_NONE, "balance_utility"));
    for (size_t e = 0; e < model->enterprises; e++)
        PARK_TRY(add_drawing(&f, PARK_BOXES_ENTERPRISE, (int32_t)e,
                             park_arena_printf(arena, "balance_%s", model->enterprise[e].id)));
    for (size_t u = 0; u < model->units; u++)
        if (model->unit[u].role != PARK_SOURCE && model->unit[u].role != PARK_SINK)
            PARK_TRY(add_drawing(&f, PARK_BOXES_UNIT, (int32_t)u,
                                 park_arena_printf(arena, "unit_%s", model->unit[u].id)));
    PARK_TRY(park_folder_make(dir, err));
    PARK_TRY(park_files_replace(f.file, f.files, err));
    return remove_others(&f);
}
