/* The group of what statements are worth: one unit of each, looser and tighter, by solving again, and the dual. */
#include "results/parts.h"

#include "objective_text.h"
#include "worth_text.h"

typedef struct columns {
    const char **path, **per, **file;
    double      *value[7]; /* asked, unit, looser, tighter, dual, step, holds */
    int64_t     *seasons, *line;
    bool        *lower;
} columns;

static bool make(park_arena *arena, size_t n, columns *c)
{
    bool whole = true;
    c->path    = PARK_ARRAY(arena, n, const char *);
    c->per     = PARK_ARRAY(arena, n, const char *);
    c->file    = PARK_ARRAY(arena, n, const char *);
    c->seasons = PARK_ARRAY(arena, n, int64_t);
    c->line    = PARK_ARRAY(arena, n, int64_t);
    c->lower   = PARK_ARRAY(arena, n, bool);
    for (size_t k = 0; k < sizeof c->value / sizeof c->value[0]; k++)
        whole = (c->value[k] = PARK_ARRAY(arena, n, double)) != NULL && whole;
    return whole && c->path != NULL && c->per != NULL && c->file != NULL && c->seasons != NULL &&
           c->line != NULL && c->lower != NULL;
}

static void fill(const park_worth *worth, columns *c)
{
    for (size_t i = 0; i < worth->lines; i++) {
        const park_worth_line *w     = &worth->line[i];
        const double           row[] = {w->asked, w->unit, w->looser, w->tighter, w->dual, w->step, w->holds};
        c->path[i] = w->path, c->per[i] = park_worth_text_of(w->of).unit.en;
        c->file[i] = w->place.file != NULL ? w->place.file : "";
        c->line[i] = w->place.line, c->seasons[i] = (int64_t)w->seasons, c->lower[i] = w->lower;
        for (size_t k = 0; k < sizeof row / sizeof row[0]; k++)
            c->value[k][i] = row[k];
    }
}

void park_store_worth(park_store *store, park_group root, const park_design *design)
{
    static const struct {
        const char *name, *long_name;
        bool        money;
    } VALUE[]               = {{"asked", "the user's number, SI", false},
                               {"unit", "what one unit is, SI; of a target a hundredth of what is asked", false},
                               {"looser", "what the objective gains by one unit looser; NaN: not solved again", true},
                               {"tighter", "what it loses by one unit tighter; infinite: no plan was found then", true},
                               {"dual", "the same by the multipliers of the plan; NaN: see the attribute duals", true},
                               {"step", "by which it was moved to find out, SI", false},
                               {"holds", "looser holds so far within 5 %, SI", false}};
    const park_worth *worth = design != NULL ? design->worth : NULL;
    park_arena       *arena = worth != NULL && worth->lines > 0 ? park_arena_new() : NULL;
    columns           c;
    if (arena != NULL && make(arena, worth->lines, &c)) {
        const char *objective = park_objective_text_of(worth->objective_kind).cf;
        fill(worth, &c);
        park_group g = park_store_group(store, root, "worth");
        park_store_labels(store, g, "statement", c.path, worth->lines,
                          "path of the statement in the scenario");
        park_store_texts(store, g,
                         (park_variable){.name = "per", .dims = "statement", .long_name = "one unit of it"},
                         c.per);
        for (size_t k = 0; k < sizeof VALUE / sizeof VALUE[0]; k++)
            park_store_doubles(store, g,
                               (park_variable){.name      = VALUE[k].name,
                                               .dims      = "statement",
                                               .units     = VALUE[k].money ? objective : NULL,
                                               .long_name = VALUE[k].long_name},
                               c.value[k]);
        park_store_flags(
            store, g, (park_variable){.name = "minimum", .dims = "statement", .long_name = "looser is less"},
            c.lower);
        park_store_whole(store, g,
                         (park_variable){.name      = "seasons",
                                         .dims      = "statement",
                                         .long_name = "in how many of them the plan touches it"},
                         c.seasons);
        park_store_texts(store, g, (park_variable){.name = "file", .dims = "statement"}, c.file);
        park_store_whole(store, g, (park_variable){.name = "line", .dims = "statement"}, c.line);
        park_store_note_number(store, g, "base", worth->base);
        park_store_note_number(store, g, "improved", worth->improved);
        park_store_note(store, g, "objective_unit", worth->objective_unit);
        park_store_note_whole(store, g, "complete", worth->complete);
        park_store_note_whole(store, g, "reproducible", worth->reproducible);
        if (worth->open > 0)
            park_store_note(store, g, "open", park_worth_open_text(worth).en);
        park_store_note(store, g, "duals", park_worth_duals_text(worth).en);
        park_store_close(store, g);
    }
    park_arena_free(arena);
}
