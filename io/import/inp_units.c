#include "import/inp_units.h"

#include <math.h>
#include <string.h>

static const double FOOT        = 0.3048;                      /* [m] */
static const double CUBIC_FOOT  = 0.3048 * 0.3048 * 0.3048;    /* [m3] */
static const double PSI_OF_FOOT = 0.4333;                      /* psi of a foot of water */
static const double KPA_OF_PSI = 6.895, BAR_OF_PSI = 0.068948; /* as EPANET rounds them */
static const double HORSEPOWER = 745.7;                        /* [W] */

static const struct {
    const char *word;
    double      per_cfs;
    bool        si;
} FLOWS[] = {{"CFS", 1.0, false},     {"GPM", 448.831, false}, {"AFD", 1.9837, false},
             {"MGD", 0.64632, false}, {"IMGD", 0.5382, false}, {"LPS", 28.317, true},
             {"LPM", 1699.0, true},   {"CMH", 101.94, true},   {"CMD", 2446.6, true},
             {"MLD", 2.4466, true},   {"CMS", 0.028317, true}};

enum { FLOW_WORDS = sizeof FLOWS / sizeof FLOWS[0] };

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool park_inp_begins(const char *text, size_t length, const char *word)
{
    size_t i = 0;
    for (; word[i] != '\0'; i++)
        if (i >= length || upper(text[i]) != upper(word[i]))
            return false;
    return i > 0;
}

double park_inp_flow_per_cfs(const char *text, size_t length, const char **word)
{
    if (park_inp_begins(text, length, "SI")) {
        text   = "LPS";
        length = 3;
    }
    for (int i = 0; i < FLOW_WORDS; i++)
        if (park_inp_begins(text, length, FLOWS[i].word)) {
            if (word != NULL)
                *word = FLOWS[i].word;
            return FLOWS[i].per_cfs;
        }
    return 0.0;
}

const char *park_inp_pressure_word(const char *text, size_t length)
{
    static const char *const WORDS[] = {"PSI", "KPA", "METERS", "BAR", "FEET"};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (park_inp_begins(text, length, WORDS[i]))
            return WORDS[i];
    return NULL;
}

/* Metres of head in one unit of pressure. */
static double metres_of(const char *word, double specific_gravity)
{
    double psi = FOOT / (PSI_OF_FOOT * specific_gravity);
    switch (word[0]) {
    case 'K':
        return psi / KPA_OF_PSI;
    case 'B':
        return psi / BAR_OF_PSI;
    case 'M':
        return 1.0;
    case 'F':
        return FOOT;
    default:
        return psi;
    }
}

static bool is_metric(const char *flow_word)
{
    for (int i = 0; i < FLOW_WORDS; i++)
        if (strcmp(flow_word, FLOWS[i].word) == 0)
            return FLOWS[i].si;
    return true;
}

park_inp_units park_inp_units_of(const char *flow_word, const char *pressure_word, double specific_gravity,
                                 park_net_headloss headloss)
{
    park_inp_units units = {.si = is_metric(flow_word)};
    units.flow           = CUBIC_FOOT / park_inp_flow_per_cfs(flow_word, strlen(flow_word), NULL);
    units.length         = units.si ? 1.0 : FOOT;
    units.diameter       = units.si ? 1e-3 : FOOT / 12.0;
    units.pressure       = metres_of(pressure_word != NULL ? pressure_word
                                     : units.si            ? "METERS"
                                                           : "PSI",
                               specific_gravity);
    units.volume    = units.length * units.length * units.length;
    units.power     = units.si ? 1000.0 : HORSEPOWER;
    units.viscosity = units.length * units.length;
    units.roughness = headloss == PARK_NET_DARCY_WEISBACH ? units.length / 1000.0 : 1.0; /* mm, millifeet */
    units.emitter_base = units.si ? 1.0 : PSI_OF_FOOT * specific_gravity / FOOT;
    units.leak_area = units.leak_expansion = 1e-6 / (100.0 * units.length); /* mm2 along 100 m or 100 ft */
    return units;
}

double park_inp_quality_unit(const char *text, size_t length)
{
    if (park_inp_begins(text, length, "mg/"))
        return 1e-3;
    if (park_inp_begins(text, length, "ug/") || park_inp_begins(text, length, "µg/") ||
        park_inp_begins(text, length, "μg/"))
        return 1e-6;
    return 0.0;
}

double park_inp_bulk_factor(double order, double quality_unit)
{
    return pow(quality_unit, 1.0 - fmax(order, 0.0)) / 86400.0;
}

double park_inp_wall_factor(double order, double quality_unit, const park_inp_units *units)
{
    if (order == 0.0) /* mass of a square metre or foot and day; one unit of mass is that of a litre */
        return quality_unit * 1e-3 / (units->length * units->length * 86400.0);
    return units->length / 86400.0;
}

double park_inp_quality_factor(park_net_quality quality, double quality_unit)
{
    switch (quality) {
    case PARK_NET_QUALITY_AGE:
        return 3600.0;
    case PARK_NET_QUALITY_TRACE:
        return 0.01;
    case PARK_NET_QUALITY_NONE:
    case PARK_NET_QUALITY_CHEMICAL:
        break;
    }
    return quality_unit;
}

double park_inp_setting_factor(park_net_link_kind kind, const park_inp_units *units)
{
    switch (kind) {
    case PARK_NET_PRV:
    case PARK_NET_PSV:
    case PARK_NET_PBV:
        return units->pressure;
    case PARK_NET_FCV:
        return units->flow;
    case PARK_NET_PCV:
        return 0.01;
    default:
        return 1.0;
    }
}
