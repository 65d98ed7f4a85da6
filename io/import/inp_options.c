#include "import/inp_parts.h"

#include "utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double VISCOSITY   = 1.1e-5; /* of water at 20 degrees, as EPANET has it [ft2/s] */
static const double DIFFUSIVITY = 1.3e-8; /* of chlorine [ft2/s] */
static const double FOOT        = 0.3048;
enum { DAY = 86400, HOUR = 3600 };

void park_inp_begin_options(park_inp *inp)
{
    park_net_options *o = &inp->net->option;
    *o                  = (park_net_options){.specific_gravity  = 1.0,
                                             .demand_multiplier = 1.0,
                                             .pressure_exponent = 0.5,
                                             .emitter_exponent  = 0.5,
                                             .emitter_backflow  = true,
                                             .trials            = 200,
                                             .accuracy          = 1e-3,
                                             .extra_trials      = -1,
                                             .check_every       = 2,
                                             .check_until       = 10,
                                             .quality_unit      = 1e-3,
                                             .trace_node        = -1,
                                             .bulk_order        = 1.0,
                                             .wall_order        = 1.0,
                                             .tank_order        = 1.0};
    inp->net->time      = (park_net_times){.hydraulic_step = HOUR, .pattern_step = HOUR, .report_step = HOUR};
    inp->net->energy    = (park_net_energy){.efficiency = 0.75, .price_pattern = -1};
    inp->net->origin.flow_unit    = "GPM";
    inp->net->default_pattern     = -1;
    inp->option.viscosity         = NAN;
    inp->option.diffusivity       = NAN;
    inp->option.tolerance         = NAN;
    inp->option.pressure_min      = 0.0;
    inp->option.pressure_required = NAN;
    inp->option.default_pattern   = (park_inp_word){"1", 1};
}

/* --- words --- */

/* What decides how all other numbers are read. */
void park_inp_read_units(park_inp *inp)
{
    static const char *const FLOWS[]     = {"CFS", "GPM", "MGD", "IMGD", "AFD", "LPS",
                                            "LPM", "MLD", "CMH", "CMD",  "CMS"};
    static const char *const PRESSURES[] = {"PSI", "METERS", "KPA", "BAR", "FEET"};
    static const char *const LAWS[]      = {"H-W", "D-W", "C-M"};
    park_net_origin         *origin      = &inp->net->origin;
    if (inp->words < 2)
        return;
    if (park_inp_is(inp, 0, "UNIT")) {
        if (park_inp_flow_per_cfs(inp->word[1].text, inp->word[1].length, &origin->flow_unit) == 0.0)
            park_inp_unknown(inp, 1, FLOWS, 11);
    } else if (park_inp_is(inp, 0, "PRESSURE") && !park_inp_is(inp, 1, "EXP")) {
        const char *word = park_inp_pressure_word(inp->word[1].text, inp->word[1].length);
        if (word == NULL)
            park_inp_unknown(inp, 1, PRESSURES, 5);
        else
            origin->pressure_unit = word;
    } else if (park_inp_is(inp, 0, "HEADL")) {
        int law = park_inp_choice(inp, 1, LAWS, 3);
        if (law >= 0)
            inp->net->option.headloss = (park_net_headloss)law;
    } else if (park_inp_is(inp, 0, "SPEC") && inp->words > 2 && !park_inp_is(inp, 1, "VISC")) {
        (void)park_inp_above_zero(inp, 2, &inp->net->option.specific_gravity);
    }
}

static void read_quality(park_inp *inp)
{
    static const char *const KINDS[] = {"NONE", "CHEM", "AGE", "TRACE"};
    park_net_options        *o       = &inp->net->option;
    int                      kind    = park_inp_find(inp, 1, KINDS, 4);
    o->quality                       = kind >= 0 ? (park_net_quality)kind : PARK_NET_QUALITY_CHEMICAL;
    o->chemical = o->quality == PARK_NET_QUALITY_CHEMICAL ? park_inp_copy(inp, inp->word[1]) : NULL;
    inp->option.trace_line = NULL;
    if (o->quality == PARK_NET_QUALITY_TRACE) {
        if (park_inp_needs(inp, 3, "QUALITY TRACE node"))
            inp->option.trace_line = inp->line;
    } else if (o->quality == PARK_NET_QUALITY_CHEMICAL && inp->words > 2) {
        double unit = park_inp_quality_unit(inp->word[2].text, inp->word[2].length);
        if (unit == 0.0)
            PARK_INP_TELL(inp, 2, PARK_W0616, PARK_WARNING,
                          "the unit of concentration is not known; mg/L is taken%s",
                          "浓度单位未知，按 mg/L 处理%s", "");
        o->quality_unit = unit > 0.0 ? unit : 1e-3;
    }
}

static void read_unbalanced(park_inp *inp)
{
    static const char *const WORDS[] = {"STOP", "CONT"};
    double                   trials  = 0.0;
    int                      word    = park_inp_choice(inp, 1, WORDS, 2);
    if (word < 0 || (word == 1 && !park_inp_number(inp, 2, &trials)))
        return;
    inp->net->option.extra_trials = word == 0 ? -1 : (int32_t)fmax(0.0, fmin(trials, 1e9));
}

static void read_yes_no(park_inp *inp, size_t word, bool *value)
{
    static const char *const WORDS[] = {"NO", "YES"};
    int                      found   = park_inp_choice(inp, word, WORDS, 2);
    if (found >= 0)
        *value = found == 1;
}

static void read_model(park_inp *inp)
{
    static const char *const MODELS[] = {"DDA", "PDA"};
    int                      model    = park_inp_choice(inp, 2, MODELS, 2);
    if (model >= 0)
        inp->net->option.pressure_driven = model == 1;
}

/* A choice, or what needs more than a number. False when the word is none of them. */
static bool option_in_words(park_inp *inp)
{
    if (park_inp_is(inp, 0, "QUAL"))
        read_quality(inp);
    else if (park_inp_is(inp, 0, "UNBA"))
        read_unbalanced(inp);
    else if (park_inp_is(inp, 0, "PATT"))
        inp->option.default_pattern = inp->word[1];
    else if (park_inp_is(inp, 0, "DEMAND") && park_inp_is(inp, 1, "MODEL"))
        read_model(inp);
    else if (park_inp_is(inp, 0, "BACK") && park_inp_is(inp, 1, "ALLOW"))
        read_yes_no(inp, 2, &inp->net->option.emitter_backflow);
    else if (park_inp_is(inp, 0, "EMIT") && park_inp_is(inp, 1, "BACK"))
        read_yes_no(inp, 2, &inp->net->option.emitter_backflow);
    else
        return park_inp_is(inp, 0, "UNIT") || park_inp_is(inp, 0, "HEADL") || park_inp_is(inp, 0, "MAP") ||
               park_inp_is(inp, 0, "VERI") || park_inp_is(inp, 0, "SEGM") || park_inp_is(inp, 0, "HYDR") ||
               (park_inp_is(inp, 0, "PRESSURE") && !park_inp_is(inp, 1, "EXP")) ||
               (park_inp_is(inp, 0, "SPEC") && !park_inp_is(inp, 1, "VISC"));
    return true;
}

/* --- numbers --- */

/* A count, one at least. */
static int32_t whole(double number)
{
    return (int32_t)fmax(1.0, fmin(number, 1e9));
}

/* One row a number: the first word's start, the second's (a number with two words before it) and where it goes. */
static bool option_in_numbers(park_inp *inp)
{
    park_net_options *o = &inp->net->option;
    double trials = o->trials, every = o->check_every, until = o->check_until, exponent = 2.0, ignored = 0.0;
    const struct {
        const char *first, *second;
        bool        positive; /* above zero; else zero or more */
        double     *value;
    } ROWS[] = {
        {"SPEC", "VISC", true, &inp->option.viscosity},
        {"VISC", NULL, true, &inp->option.viscosity},
        {"DIFF", NULL, false, &inp->option.diffusivity},
        {"TRIAL", NULL, true, &trials},
        {"ACCU", NULL, true, &o->accuracy},
        {"HEADERROR", NULL, false, &inp->option.head_error},
        {"FLOWCHANGE", NULL, false, &inp->option.flow_change},
        {"DAMPLIMIT", NULL, false, &o->damp_limit},
        {"CHECKFREQ", NULL, true, &every},
        {"MAXCHECK", NULL, true, &until},
        {"TOLER", NULL, false, &inp->option.tolerance},
        {"MINI", "", false, &inp->option.pressure_min},
        {"REQ", "", false, &inp->option.pressure_required},
        {"PRESSURE", "EXP", false, &o->pressure_exponent},
        {"EMIT", "", true, &exponent},
        {"DEMAND", "", true, &o->demand_multiplier},
        {"HTOL", NULL, true, &ignored},
        {"QTOL", NULL, true, &ignored},
        {"RQTOL", NULL, true, &ignored},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        size_t at = ROWS[i].second != NULL ? 2 : 1;
        if (!park_inp_is(inp, 0, ROWS[i].first) ||
            (ROWS[i].second != NULL && ROWS[i].second[0] != '\0' && !park_inp_is(inp, 1, ROWS[i].second)))
            continue;
        if (!(ROWS[i].positive ? park_inp_above_zero(inp, at, ROWS[i].value)
                               : park_inp_not_negative(inp, at, ROWS[i].value)))
            return true;
        if (ROWS[i].value == &ignored)
            park_inp_left_out(inp, 0, "this tolerance of EPANET's has no counterpart",
                              "EPANET 的该容差没有对应项");
        else if (ROWS[i].value == &exponent && inp->words > at)
            o->emitter_exponent = exponent;
        o->trials      = whole(trials);
        o->check_every = whole(every);
        o->check_until = whole(until);
        return true;
    }
    return false;
}

void park_inp_read_option(park_inp *inp)
{
    static const char *const WORDS[] = {"UNITS",    "HEADLOSS", "PRESSURE",  "QUALITY",     "UNBALANCED",
                                        "PATTERN",  "DEMAND",   "VISCOSITY", "DIFFUSIVITY", "SPECIFIC",
                                        "TRIALS",   "ACCURACY", "HEADERROR", "FLOWCHANGE",  "TOLERANCE",
                                        "MINIMUM",  "REQUIRED", "EMITTER",   "BACKFLOW",    "CHECKFREQ",
                                        "MAXCHECK", "DAMPLIMIT"};
    if (inp->words < 2 || option_in_words(inp) || option_in_numbers(inp))
        return;
    char text[32] = "";
    for (size_t i = 0; i < inp->word[0].length && i + 1 < sizeof text; i++)
        text[i] =
            (char)(inp->word[0].text[i] >= 'a' && inp->word[0].text[i] <= 'z' ? inp->word[0].text[i] - 32
                                                                              : inp->word[0].text[i]);
    if (park_nearest(text, WORDS, sizeof WORDS / sizeof WORDS[0]) != NULL)
        park_inp_unknown(inp, 0, WORDS, sizeof WORDS / sizeof WORDS[0]);
    else
        PARK_INP_TELL(inp, 0, PARK_W0616, PARK_WARNING, "option '%s' is not known and changes nothing",
                      "选项“%s”未知，不起作用", text);
}

/* --- [TIMES] --- */

static bool read_span(park_inp *inp, int64_t *seconds)
{
    size_t last  = inp->words - 1;
    double hours = 0.0;
    if (!park_inp_hours(inp, last, false, &hours) &&
        !(last > 0 && park_inp_hours(inp, last - 1, true, &hours))) {
        PARK_INP_TELL(inp, (int)last, PARK_E0614, PARK_ERROR, "the time '%.*s' is not understood",
                      "时间“%.*s”无法识别", (int)(inp->word[last].length < 40 ? inp->word[last].length : 40),
                      inp->word[last].text);
        return false;
    }
    *seconds = (int64_t)(3600.0 * hours + 0.5);
    return true;
}

static void read_statistic(park_inp *inp)
{
    static const char *const WORDS[] = {"NO", "AVERAGE", "MINIMUM", "MAXIMUM", "RANGE"};
    int                      word    = park_inp_choice(inp, inp->words - 1, WORDS, 5);
    if (word >= 0)
        inp->net->time.statistic = word;
}

void park_inp_read_time(park_inp *inp)
{
    park_net_times *t = &inp->net->time;
    int64_t         unused;
    const struct {
        const char *first, *second;
        int64_t    *value;
    } ROWS[] = {
        {"DURA", NULL, &t->duration},
        {"HYDR", NULL, &t->hydraulic_step},
        {"QUAL", NULL, &t->quality_step},
        {"RULE", NULL, &t->rule_step},
        {"MINI", NULL, &unused},
        {"PATT", "TIME", &t->pattern_step},
        {"PATT", "STAR", &t->pattern_start},
        {"REPO", "TIME", &t->report_step},
        {"REPO", "STAR", &t->report_start},
        {"STAR", NULL, &t->clock_start},
    };
    static const char *const WORDS[] = {
        "DURATION",      "HYDRAULIC TIMESTEP", "QUALITY TIMESTEP", "RULE TIMESTEP",   "PATTERN TIMESTEP",
        "PATTERN START", "REPORT TIMESTEP",    "REPORT START",     "START CLOCKTIME", "STATISTIC"};
    if (!park_inp_needs(inp, 2, "DURATION 24:00"))
        return;
    if (park_inp_is(inp, 0, "STAT")) {
        read_statistic(inp);
        return;
    }
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        if (park_inp_is(inp, 0, ROWS[i].first) &&
            (ROWS[i].second == NULL || park_inp_is(inp, 1, ROWS[i].second))) {
            (void)read_span(inp, ROWS[i].value);
            return;
        }
    park_inp_unknown(inp, 0, WORDS, sizeof WORDS / sizeof WORDS[0]);
}

/* --- what depends on several options --- */

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The step that EPANET takes where none is given; of the shortest ones a second is left. */
static int64_t tenth(int64_t step)
{
    return step >= 10 ? step / 10 : 1;
}

/* Steps that were not given, and steps that others bound, in EPANET's order. */
static void settle_times(park_net_times *t)
{
    if (t->pattern_step <= 0)
        t->pattern_step = HOUR;
    if (t->report_step <= 0)
        t->report_step = t->pattern_step;
    if (t->hydraulic_step <= 0)
        t->hydraulic_step = HOUR;
    t->hydraulic_step = smaller(t->hydraulic_step, smaller(t->pattern_step, t->report_step));
    if (t->report_start > t->duration)
        t->report_start = 0;
    if (t->quality_step == 0)
        t->quality_step = tenth(t->hydraulic_step);
    if (t->rule_step == 0)
        t->rule_step = tenth(t->hydraulic_step);
    t->rule_step    = smaller(t->rule_step, t->hydraulic_step);
    t->quality_step = smaller(t->quality_step, t->hydraulic_step);
    t->clock_start %= DAY;
}

/* A small number is the property itself, a larger one a multiple of water's. */
static double property(double written, double of_water, double most, double unit)
{
    if (isnan(written))
        return of_water * FOOT * FOOT;
    return written > most ? written * of_water * FOOT * FOOT : written * unit;
}

void park_inp_settle_options(park_inp *inp)
{
    static const double LEAST_SPAN = 0.1; /* of pressures where demands fail, in the file's unit */
    park_net_options   *o          = &inp->net->option;
    settle_times(&inp->net->time);
    o->viscosity   = property(inp->option.viscosity, VISCOSITY, 1e-3, inp->units.viscosity);
    o->diffusivity = property(inp->option.diffusivity, DIFFUSIVITY, 1e-4, inp->units.viscosity);
    o->accuracy    = fmin(fmax(o->accuracy, 1e-5), 1e-1);
    o->head_error  = inp->option.head_error * inp->units.length;
    o->flow_change = inp->option.flow_change * inp->units.flow;
    double least   = inp->option.pressure_min;
    double most = isnan(inp->option.pressure_required) ? least + LEAST_SPAN : inp->option.pressure_required;
    if (!(most - least >= LEAST_SPAN * (1.0 - 1e-9)))
        park_finding_add(inp->findings, PARK_E0605, PARK_ERROR, "[OPTIONS]",
                         "REQUIRED PRESSURE %g must exceed MINIMUM PRESSURE %g by at least 0.1",
                         "REQUIRED PRESSURE %g 须比 MINIMUM PRESSURE %g 至少大 0.1", most, least);
    o->pressure_min           = least * inp->units.pressure;
    o->pressure_required      = most * inp->units.pressure;
    double tolerance          = isnan(inp->option.tolerance) ? 0.01 : inp->option.tolerance;
    o->quality_tolerance      = tolerance * park_inp_quality_factor(o->quality, o->quality_unit);
    inp->net->default_pattern = park_names_find(&inp->net->pattern_names, inp->option.default_pattern.text,
                                                inp->option.default_pattern.length);
}

void park_inp_settle_quality(park_inp *inp)
{
    if (inp->option.trace_line == NULL)
        return;
    park_inp_take(inp, INP_OPTIONS, inp->option.trace_line);
    inp->net->option.trace_node = park_inp_node(inp, 2);
}
