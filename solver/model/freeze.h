/*
 * freeze.h - the stages of park_model_freeze, shared by the files of this room.   Looks down on: base.
 *
 *     names    park_freeze_inlets      limits and refusals of every inlet from its own words and its grades
 *     pairs    park_freeze_pairs       written connections and candidates become pairs outlet -> inlet
 *     law      park_freeze_law         what the law and the origins of the water forbid is taken out
 *     links    (freeze.c)              what is left is packed, with lengths
 */
#ifndef PARK_MODEL_FREEZE_H
#define PARK_MODEL_FREEZE_H

#include <parkwater/model.h>

/* A possible link. */
typedef struct park_pair {
    int32_t outlet, inlet;
    int32_t connection; /* as written; -1: made by `candidates: all` */
    bool    written;    /* both ends named in full: refusing it is worth a finding */
    bool    dropped;
} park_pair;

enum { PARK_PAIR_MADE = 1, PARK_PAIR_FORBIDDEN = 2 };

typedef struct park_pairs {
    park_pair *item;
    size_t     count, capacity;
    uint8_t   *mark; /* [outlets * inlets] PARK_PAIR_MADE, PARK_PAIR_FORBIDDEN */
} park_pairs;

/* Room for "unit.outlet" in full; ids have at most 64 characters of at most 4 bytes. */
enum { PARK_END_SIZE = 1024 };
/* "reuse.reject", "dyeing" into text; returns text. */
char *park_outlet_text(const park_model *model, int32_t outlet, char text[PARK_END_SIZE]);
char *park_inlet_text(const park_model *model, int32_t inlet, char text[PARK_END_SIZE]);
/* "connections.existing.c7", or "connections.existing[3]" where it has no id, into text; returns text. */
char *park_connection_path(const park_model *model, int32_t connection, char text[PARK_END_SIZE]);
/* "users.dyeing.accepts" into text; returns text. */
char *park_unit_path(const park_model *model, int32_t unit, const char *word, char text[PARK_END_SIZE]);
/* The unit whose id looks most like the text, for "did you mean"; NULL when none is near. */
const char *park_unit_like(const park_model *model, const char *text);

PARK_MUST_CHECK park_status park_freeze_inlets(park_draft *draft, park_findings *findings, park_error *err);
PARK_MUST_CHECK park_status park_freeze_pairs(park_draft *draft, park_pairs *pairs, park_findings *findings,
                                              park_error *err);
PARK_MUST_CHECK park_status park_freeze_law(park_draft *draft, park_pairs *pairs, park_findings *findings,
                                            park_error *err);
/* What controllers read and lead, by index. */
PARK_MUST_CHECK park_status park_freeze_regulators(park_draft *draft, park_findings *findings,
                                                   park_error *err);
/* Does the inlet take this outlet's water by name (no accepted donors at all: any)? */
bool park_inlet_accepts(const park_model *model, int32_t inlet, int32_t outlet);

/* The part of park_model_check that needs no unit's own equations: ids, reach, retrofits, storages. */
PARK_MUST_CHECK park_status park_graph_check(const park_model *model, park_findings *findings,
                                             park_error *err);

#endif
