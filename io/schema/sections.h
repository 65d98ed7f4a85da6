/*
 * sections.h - every section of a scenario and its words as tables, for the reader, the JSON Schema and the docs.
 * The words of unit kinds stand with the kinds (units/kind.h).   Looks down on: base, the public interface.
 */
#ifndef PARK_SCHEMA_SECTIONS_H
#define PARK_SCHEMA_SECTIONS_H

#include "schema/document.h"

#include <parkwater/model.h>

typedef enum park_section_form {
    PARK_SECTION_RECORD, /* one record */
    PARK_SECTION_NAMED,  /* id -> record */
    PARK_SECTION_UNITS,  /* id -> unit of `role`: common words and those of its kind */
    PARK_SECTION_LIST,   /* list of records */
    PARK_SECTION_VALUE   /* a form of its own; `json` says it */
} park_section_form;

typedef struct park_section {
    const char       *word;
    park_section_form form;
    const park_field *fields;
    park_role         role;
    bool              required;
    const char       *json; /* JSON Schema of a VALUE, or of what a RECORD may be besides a mapping; NULL */
    const char       *en, *zh; /* what it is */
    const char       *example;
    const park_field *beside; /* of NAMED: words that may stand among the ids; NULL */
    const char       *later;  /* not NULL: "not yet in this version" when it is present */
    bool              later_harmless;
} park_section;

/* Sections of a document, ended by word NULL. */
const park_section *park_sections(park_document document);
/* The JSON Schema of a word of shape CUSTOM, by its table and word; "{}" when nothing more is said. */
const char *park_custom_json(const park_field *fields, const char *word);

/* Words that every unit has beside those of its kind. */
typedef struct park_unit_words {
    park_label     name;
    const char    *kind;       /* sources, users, storages, sinks */
    const char    *technology; /* treatments */
    const char    *enterprise;
    int32_t        role;   /* index into the section's own choices, -1 */
    int32_t        use;    /* -1 */
    int32_t        origin; /* reclaimed sources, -1 */
    const char    *calendar;
    double         at[3];
    bool           existing;
    park_text_list accepts, train, tags;
    int32_t        persons;
} park_unit_words;

typedef struct park_enterprise_words {
    park_label  name;
    const char *sector;
    double      value_added, output_value;
    int32_t     price_year;
    const char *code, *legal_person, *kind;
    park_named  history;
} park_enterprise_words;

/* 2023: {conventional: 210 万m3/a, repeated: 2100 万m3/a, ..} */
typedef struct park_past_words {
    double conventional, non_conventional, repeated, discharge, value_added, output_value;
} park_past_words;

typedef struct park_grade_words {
    park_label     name;
    double        *limits;
    park_text_list deny_origin;
} park_grade_words;

typedef struct park_connection_words {
    park_label  name;
    const char *from, *to;
    park_range  capacity;
    double      length, lift, price;
} park_connection_words;

typedef struct park_pipe_words {
    const char *catalogue;
    int32_t     route; /* 0 manhattan, 1 straight */
    double      max_velocity, roughness, pump_efficiency, life;
} park_pipe_words;

typedef struct park_connections_words {
    bool            self;
    double          min_flow;
    park_pipe_words pipe;
} park_connections_words;

typedef struct park_retrofit_words {
    park_label     name;
    const char    *applies_to;
    double         capex, opex, life;
    park_text_list requires_, excludes_;
} park_retrofit_words;

/* {from: catalogue, sector: textile, except: [low_liquor_dyeing], cost: high}: retrofits of the catalogue. */
typedef struct park_offer_words {
    int32_t        from;
    park_text_list only, except;
    int32_t        cost, effect; /* 0 low, 1 typical, 2 high */
} park_offer_words;

/* The seven sectors of the action plan, ended by NULL: words of the scenario, and their names in the plan. */
extern const char *const PARK_SECTORS[], *const PARK_SECTORS_ZH[];

typedef struct park_failure_words {
    const char *unit, *from, *to, *fire, *burst;
    double      for_, flow, diameter, lost;
} park_failure_words;

typedef struct park_meter_words {
    park_label  name, location;
    const char *on, *parent, *valid_until;
    int32_t     level;
    double      max_error, size, static_flow, night_flow, night_use;
} park_meter_words;

/* {flow: 8 m3/km/d, at: 30 m, growing: 50 %} */
typedef struct park_favad_words {
    double flow, at, growing;
} park_favad_words;

typedef struct park_leakage_words {
    park_favad_words favad;
} park_leakage_words;

typedef struct park_network_words {
    const char        *inp;
    park_leakage_words leakage;
    park_text_list     carries;
    double             min_pressure;
} park_network_words;

/* {hold: pond.level, at: 60 %, by: river_pond, range: {max: 300 m3/h}, gain: 1, reset: 1 h} */
typedef struct park_pid_words {
    const char *hold, *by;
    park_range  range;
    double      gain, reset, rate, start;
} park_pid_words;

/* {from: reuse_dyeing, with: river_dyeing, hold: {TDS: 600 mg/L}} */
typedef struct park_blend_words {
    const char *from, *with;
    double     *hold;
} park_blend_words;

/* {of: dyeing, order: price} */
typedef struct park_priority_words {
    const char *of;
} park_priority_words;

typedef struct park_control_words {
    const char         *when, *do_;
    double              hysteresis, every;
    park_pid_words      pid;
    park_blend_words    blend;
    park_priority_words priority;
} park_control_words;

typedef struct park_law_words {
    int32_t dilution, reclaimed_to_food; /* 0 forbidden, 1 allowed */
} park_law_words;

typedef struct park_accounting_words {
    int32_t     intake; /* park_basis */
    const char *hardness_as;
} park_accounting_words;

extern const park_field PARK_UNIT_SOURCE[], PARK_UNIT_USER[], PARK_UNIT_TREATMENT[], PARK_UNIT_STORAGE[],
    PARK_UNIT_SINK[];
extern const park_field PARK_ENTERPRISE_WORDS[], PARK_PAST_WORDS[], PARK_GRADE_WORDS[],
    PARK_CONNECTION_WORDS[], PARK_PIPE_WORDS[], PARK_CONNECTIONS_WORDS[], PARK_RETROFIT_WORDS[],
    PARK_OFFER_WORDS[], PARK_FAILURE_WORDS[], PARK_METER_WORDS[], PARK_NETWORK_WORDS[], PARK_LEAKAGE_WORDS[],
    PARK_FAVAD_WORDS[], PARK_CONTROL_WORDS[], PARK_PID_WORDS[], PARK_BLEND_WORDS[], PARK_PRIORITY_WORDS[],
    PARK_LAW_WORDS[], PARK_ACCOUNTING_WORDS[], PARK_ECONOMICS_WORDS[], PARK_CARBON_WORDS[],
    PARK_TARIFF_WORDS[], PARK_TARGET_WORDS[], PARK_CALENDAR_WORDS[];

/* The common words of a unit's section. */
const park_field *park_unit_words_of(park_role role);

/* What a target may speak of. */
typedef struct park_target_row {
    const char    *word;
    park_dimension dim;
    enum {
        PARK_TARGET_OF_PARK,
        PARK_TARGET_OF_ENTERPRISE,
        PARK_TARGET_OF_PRODUCT
    } of; /* what may stand behind its dot */
    const char *en, *zh;
} park_target_row;
/* Ended by word NULL. */
extern const park_target_row PARK_TARGETS[];
extern const char *const     PARK_BASIS_WORDS[]; /* conventional, all_sources */
extern const char
    *const PARK_ORIGIN_WORDS[]; /* by park_origin, and the last one `reclaimed` for both kinds */

#endif
