#include "results/results.h"

#include "replace.h"
#include "results/parts.h"

enum { SERIES_BITS = 13 };

void park_results_settings_default(park_results_settings *settings)
{
    settings->series_bits = SERIES_BITS;
}

static const char *word(park_data_class data)
{
    return data == PARK_DATA_MEASURED    ? "measured"
           : data == PARK_DATA_ESTIMATED ? "estimated"
                                         : "illustrative";
}

/* What made the file; what differs between equal runs stands in wall_clock. */
void park_store_provenance(park_store *store, park_group root, const park_run_record *record)
{
    const park_provenance *p = &record->provenance;
    park_group             g = park_store_group(store, root, "provenance");
    park_store_note(store, g, "engine", "parkwater");
    park_store_note(store, g, "version", p->version);
    park_store_note(store, g, "commit", p->commit);
    park_store_note(store, g, "build", p->build);
    park_store_note(store, g, "libraries", p->libraries);
    park_store_note(store, g, "input_path", p->input_path);
    park_store_note(store, g, "input_sha256", p->input_sha256);
    park_store_note(store, g, "language", p->language);
    park_store_note_whole(store, g, "seed", (int64_t)p->seed);
    park_store_note_number(store, g, "gap_asked", p->gap);
    park_store_note_number(store, g, "rtol", p->rtol);
    park_store_document(store, g, "resolved_yaml", p->resolved_yaml);
    park_store_close(store, g);

    g = park_store_group(store, root, "wall_clock");
    park_store_note(store, g, "command", p->command);
    park_store_note(store, g, "started", p->started);
    park_store_note(store, g, "ended", p->ended);
    park_store_note_number(store, g, "seconds", p->seconds);
    park_store_note_whole(store, g, "peak_memory", (int64_t)p->peak_memory);
    park_store_note_whole(store, g, "threads", p->threads);
    park_store_note_whole(store, g, "ranks", p->ranks);
    if (record->design != NULL)
        park_store_note_number(store, g, "design_seconds", record->design->seconds);
    if (record->simulation != NULL)
        park_store_note_number(store, g, "simulation_seconds", record->simulation->seconds);
    park_store_close(store, g);
}

static void describe(park_store *store, park_group root, const park_run_record *record)
{
    const park_model *m = record->base;
    park_store_note(store, root, "Conventions", "CF-1.11");
    park_store_note(store, root, "title", park_label_text(m->name, false));
    park_store_note(store, root, "title_zh", park_label_text(m->name, true));
    park_store_note(store, root, "job", record->job);
    if (record->incomplete != NULL)
        park_store_note(store, root, "incomplete", record->incomplete);
    park_store_note(store, root, "data", word(m->data));
    park_store_note(store, root, "basis",
                    m->accounting.intake == PARK_BASIS_CONVENTIONAL ? "conventional" : "all_sources");
    park_store_note_whole(store, root, "agreed", record->agreed);
    park_store_note_whole(store, root, "interrupted", record->interrupted);
    park_store_note_number(store, root, "first_bound", record->first_bound);
}

park_status park_results_write_as(const park_run_record *record, const park_results_settings *settings,
                                  const char *path, park_arena *arena, park_error *err)
{
    park_store *store = park_store_new(arena);
    if (store == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the result file");
    park_group        root  = park_store_root(store);
    const park_model *model = park_record_model(record);
    describe(store, root, record);
    park_store_summary(store, root, record);
    park_store_indicators(store, root, record);
    park_store_design(store, root, record->design, record->running);
    park_store_ledgers(store, root, record);
    park_store_running(store, root, record);
    park_store_closures(store, root, record);
    park_store_simulation(store, root, model, record->simulation);
    park_store_series(store, root, model, record->rows, settings->series_bits);
    park_store_networks(store, root, model, record);
    park_store_front(store, root, record->design);
    park_store_futures(store, root, record->design);
    park_store_worth(store, root, record->design);
    park_store_stages(store, root, record);
    park_store_rounds(store, root, record);
    park_store_findings(store, root, record->findings);
    park_store_assumptions(store, root, record);
    park_store_description(store, root, record);
    park_store_chapters(store, root, record);
    park_store_provenance(store, root, record);
    const char *bytes;
    size_t      length;
    PARK_TRY(park_store_finish(store, &bytes, &length, err));
    return park_file_replace(path, bytes, length, err);
}

park_status park_results_write(const park_run_record *record, const char *path, park_arena *arena,
                               park_error *err)
{
    park_results_settings settings;
    park_results_settings_default(&settings);
    return park_results_write_as(record, &settings, path, arena, err);
}
