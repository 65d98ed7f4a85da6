#include "results/words.h"

#include "base/dimension.h"

#include "run_record.h"

#include <string.h>

static const char *const ROLE[] = {[PARK_SOURCE]    = "source",
                                   [PARK_USER]      = "user",
                                   [PARK_TREATMENT] = "treatment",
                                   [PARK_STORAGE]   = "storage",
                                   [PARK_SINK]      = "sink"};
static const char *const DUTY[] = {
    [PARK_DUTY_MAIN] = "main",     [PARK_DUTY_AUXILIARY] = "auxiliary", [PARK_DUTY_ANCILLARY] = "ancillary",
    [PARK_DUTY_SUPPLY] = "supply", [PARK_DUTY_WASTE] = "waste",         [PARK_DUTY_NONE] = "none"};
static const char *const USE[]       = {[PARK_USE_INDIRECT_COOLING] = "indirect_cooling",
                                        [PARK_USE_DIRECT_COOLING]   = "direct_cooling",
                                        [PARK_USE_PROCESS]          = "process",
                                        [PARK_USE_BOILER]           = "boiler",
                                        [PARK_USE_DOMESTIC]         = "domestic",
                                        [PARK_USE_IRRIGATION]       = "irrigation",
                                        [PARK_USE_NONE]             = "none"};
static const char *const ORIGIN[]    = {[PARK_ORIGIN_SURFACE]             = "surface",
                                        [PARK_ORIGIN_GROUND]              = "ground",
                                        [PARK_ORIGIN_TAP]                 = "tap",
                                        [PARK_ORIGIN_RECLAIMED_MUNICIPAL] = "reclaimed_municipal",
                                        [PARK_ORIGIN_RECLAIMED_PARK]      = "reclaimed_park",
                                        [PARK_ORIGIN_MINE]                = "mine",
                                        [PARK_ORIGIN_RAIN]                = "rain",
                                        [PARK_ORIGIN_STREAM]              = "stream",
                                        [PARK_ORIGIN_WASTEWATER]          = "wastewater",
                                        [PARK_ORIGIN_NONE]                = "none"};
static const char *const OUTLET[]    = {[PARK_OUT_PRODUCT]     = "product",
                                        [PARK_OUT_REJECT]      = "reject",
                                        [PARK_OUT_BLOWDOWN]    = "blowdown",
                                        [PARK_OUT_BACKWASH]    = "backwash",
                                        [PARK_OUT_CONDENSATE]  = "condensate",
                                        [PARK_OUT_OVERFLOW]    = "overflow",
                                        [PARK_OUT_FIRST_FLUSH] = "first_flush",
                                        [PARK_OUT_EVAPORATION] = "evaporation",
                                        [PARK_OUT_DRIFT]       = "drift",
                                        [PARK_OUT_LEAK]        = "leak",
                                        [PARK_OUT_IN_PRODUCT]  = "in_product",
                                        [PARK_OUT_SLUDGE]      = "sludge",
                                        [PARK_OUT_STEAM]       = "steam"};
static const char *const MIXING[]    = {[PARK_MIX_MASS]        = "mass",
                                        [PARK_MIX_ENERGY]      = "energy",
                                        [PARK_MIX_EQUILIBRIUM] = "equilibrium",
                                        [PARK_MIX_NONE]        = "none"};
static const char *const COST[]      = {[PARK_COST_WATER]             = "water",
                                        [PARK_COST_WATER_TAX]         = "water_tax",
                                        [PARK_COST_DISCHARGE]         = "discharge",
                                        [PARK_COST_ENVIRONMENT_TAX]   = "environmental_tax",
                                        [PARK_COST_TREATMENT]         = "treatment",
                                        [PARK_COST_CHEMICALS]         = "chemicals",
                                        [PARK_COST_RESIDUES]          = "residues",
                                        [PARK_COST_ENERGY]            = "energy",
                                        [PARK_COST_CARBON]            = "carbon",
                                        [PARK_COST_CAPITAL_TREATMENT] = "capital_treatment",
                                        [PARK_COST_CAPITAL_STORAGE]   = "capital_storage",
                                        [PARK_COST_CAPITAL_PIPE]      = "capital_pipe",
                                        [PARK_COST_RETROFIT]          = "retrofit",
                                        [PARK_COST_OTHER]             = "other"};
static const char *const STATUS[]    = {[PARK_DESIGN_OPTIMAL]           = "optimal",
                                        [PARK_DESIGN_GAP_REACHED]       = "gap_reached",
                                        [PARK_DESIGN_LIMIT_FEASIBLE]    = "limit_feasible",
                                        [PARK_DESIGN_INFEASIBLE]        = "infeasible",
                                        [PARK_DESIGN_LIMIT_NO_SOLUTION] = "limit_no_solution"};
static const char *const VIOLATION[] = {
    [PARK_VIOLATION_QUALITY_IN] = "quality_in",   [PARK_VIOLATION_QUALITY_OUT] = "quality_out",
    [PARK_VIOLATION_DEMAND] = "demand",           [PARK_VIOLATION_SPILL] = "spill",
    [PARK_VIOLATION_CAPACITY] = "capacity",       [PARK_VIOLATION_LICENCE] = "licence",
    [PARK_VIOLATION_STORAGE_DRY] = "storage_dry", [PARK_VIOLATION_STORAGE_FULL] = "storage_full",
    [PARK_VIOLATION_SHORTFALL] = "shortfall",     [PARK_VIOLATION_PRESSURE] = "pressure"};

static const char *const COLUMN[] = {[PARK_COLUMN_LINK_FLOW]   = "link_flow",
                                     [PARK_COLUMN_OUTLET_CONC] = "outlet_conc",
                                     [PARK_COLUMN_INLET_CONC]  = "inlet_conc",
                                     [PARK_COLUMN_VOLUME]      = "volume",
                                     [PARK_COLUMN_UNMET]       = "unmet",
                                     [PARK_COLUMN_SPILL]       = "spilled",
                                     [PARK_COLUMN_WITHHELD]    = "withheld",
                                     [PARK_COLUMN_POWER]       = "power",
                                     [PARK_COLUMN_MONEY]       = "money",
                                     [PARK_COLUMN_CARBON]      = "carbon",
                                     [PARK_COLUMN_STATE]       = "state"};

#define WORDS(list)                                                                                          \
    {                                                                                                        \
        (list), (int)(sizeof(list) / sizeof((list)[0]))                                                      \
    }
static const struct {
    const char *const *word;
    int                count;
} LIST[PARK_WORDINGS] = {
    [PARK_WORDS_ROLE] = WORDS(ROLE),     [PARK_WORDS_DUTY] = WORDS(DUTY),
    [PARK_WORDS_USE] = WORDS(USE),       [PARK_WORDS_ORIGIN] = WORDS(ORIGIN),
    [PARK_WORDS_OUTLET] = WORDS(OUTLET), [PARK_WORDS_MIXING] = WORDS(MIXING),
    [PARK_WORDS_COST] = WORDS(COST),     [PARK_WORDS_DIMENSION] = {NULL, PARK_DIM_COUNT},
    [PARK_WORDS_STATUS] = WORDS(STATUS), [PARK_WORDS_VIOLATION] = WORDS(VIOLATION),
    [PARK_WORDS_COLUMN] = WORDS(COLUMN),
};

const char *park_word_of(park_wording wording, int value)
{
    if (value < 0 || value >= LIST[wording].count)
        return "";
    return wording == PARK_WORDS_DIMENSION ? park_dimension_word((park_dimension)value)
                                           : LIST[wording].word[value];
}

int park_word_find(park_wording wording, const char *word)
{
    for (int i = 0; i < LIST[wording].count; i++)
        if (strcmp(park_word_of(wording, i), word) == 0)
            return i;
    return -1;
}
