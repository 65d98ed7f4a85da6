#include "period/rules.h"

#include <math.h>
#include <string.h>

enum { DAY = 86400 };

static const double FT = 0.3048;
static const double TOLERANCE =
    1e-3; /* of a premise, in the units of the file; of a setting, in ft, ft3/s and 1 */
static const double NO_FLOW = 1e-6 * 0.028316846592; /* [m3/s]: a tank neither fills nor drains */

/* One thousandth of the file's units, in SI: what a comparison lets pass. */
typedef struct slack {
    double flow, head, pressure;
} slack;

/* An action that will be done, and the rule that asks for it. */
typedef struct chosen {
    const park_net_action *action;
    int32_t                rule;
} chosen;

struct park_rules {
    slack    slack;
    size_t   count, most;
    chosen  *list;    /* [most], one a link */
    int32_t *of_link; /* [links] where in the list, -1 */
};

/* ---- making ---- */

static double flow_unit(const char *word)
{
    static const struct {
        const char *word;
        double      size; /* [m3/s] */
    } UNITS[] = {{"CFS", 2.8316846592e-2}, {"GPM", 6.30902e-5},  {"MGD", 4.38126e-2},  {"IMGD", 5.26168e-2},
                 {"AFD", 1.42764e-2},      {"LPS", 1e-3},        {"LPM", 1e-3 / 60.0}, {"MLD", 1e3 / 86400.0},
                 {"CMH", 1.0 / 3600.0},    {"CMD", 1.0 / 86400}, {"CMS", 1.0}};
    for (size_t i = 0; word != NULL && i < sizeof UNITS / sizeof UNITS[0]; i++)
        if (strcmp(word, UNITS[i].word) == 0)
            return UNITS[i].size;
    return 1e-3;
}

static bool is_us(const char *flow)
{
    return flow != NULL && strchr("CGMIA", flow[0]) != NULL && strcmp(flow, "CMH") != 0 &&
           strcmp(flow, "CMD") != 0 && strcmp(flow, "CMS") != 0 && strcmp(flow, "MLD") != 0;
}

/* Metres of head in one unit of pressure; without a word, the one that goes with the flows. */
static double pressure_unit(const char *word, bool us, double specific_gravity)
{
    double psi = FT / (0.4333 * specific_gravity);
    if (word == NULL)
        return us ? psi : 1.0;
    switch (word[0]) {
    case 'P':
        return psi;
    case 'K':
        return psi / 6.895;
    case 'B':
        return psi / 0.068948;
    case 'F':
        return FT;
    default:
        return 1.0;
    }
}

static slack slack_of(const park_network *net)
{
    const park_net_origin *from = &net->origin;
    bool                   us   = is_us(from->flow_unit);
    return (slack){.flow = TOLERANCE * flow_unit(from->flow_unit),
                   .head = TOLERANCE * (us ? FT : 1.0),
                   .pressure =
                       TOLERANCE * pressure_unit(from->pressure_unit, us, net->option.specific_gravity)};
}

park_status park_rules_make(park_course *course, park_error *err)
{
    const park_network *net   = course->net;
    park_rules         *rules = PARK_NEW(course->arena, park_rules);
    if (rules != NULL) {
        rules->most    = net->link.count;
        rules->slack   = slack_of(net);
        rules->list    = PARK_ARRAY(course->arena, net->rules == 0 ? 0 : net->link.count, chosen);
        rules->of_link = PARK_ARRAY(course->arena, net->rules == 0 ? 0 : net->link.count, int32_t);
    }
    if (rules == NULL || rules->list == NULL || rules->of_link == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu rules", net->rules);
    course->rules = rules;
    return PARK_OK;
}

/* ---- premises ---- */

/* Eq. (P15): an instant is equal when it came since the last look. */
static bool time_holds(const park_net_premise *p, double since, double now)
{
    double x       = p->value;
    bool   between = now >= since ? x > since && x <= now : x > since || x <= now;
    switch (p->relation) {
    case PARK_NET_LT:
        return now < x;
    case PARK_NET_LE:
        return now <= x;
    case PARK_NET_GT:
        return now > x;
    case PARK_NET_GE:
        return now >= x;
    case PARK_NET_EQ:
        return between;
    case PARK_NET_NE:
        return !between;
    }
    return false;
}

static bool clock_holds(const park_course *course, const park_net_premise *p, double since)
{
    double start = (double)course->net->time.clock_start;
    if (p->variable == PARK_NET_RULE_TIME)
        return time_holds(p, since, course->time);
    return time_holds(p, fmod(since + start, DAY), fmod(course->time + start, DAY));
}

static bool status_holds(const park_course *course, const park_net_premise *p)
{
    park_net_status now = park_link_is_closed(course, p->index)                ? PARK_NET_CLOSED
                          : course->state.status[p->index] == PARK_FLOW_ACTIVE ? PARK_NET_ACTIVE
                                                                               : PARK_NET_OPEN;
    if (p->relation == PARK_NET_EQ)
        return now == p->status;
    return p->relation == PARK_NET_NE && now != p->status;
}

static double water_at(const park_course *course, int32_t n)
{
    const park_hydraulic_state *s = &course->state;
    return course->net->node.kind[n] == PARK_NET_JUNCTION ? s->delivered[n] + s->emitter[n] + s->leak[n]
                                                          : s->inflow[n];
}

/* Until a tank is full or empty at its present flow [s]; false where it is not on its way there. */
static bool time_left(const park_course *course, const park_net_premise *p, double *x)
{
    int32_t i = course->tanks->of_node[p->index];
    if (i < 0)
        return false;
    double inflow = course->state.inflow[p->index];
    bool   fills  = p->variable == PARK_NET_RULE_FILLTIME;
    double limit  = fills ? course->tanks->volume_high[i] : course->tanks->volume_low[i];
    if (fills ? inflow <= NO_FLOW : inflow >= -NO_FLOW)
        return false;
    *x = (limit - course->volume[i]) / inflow;
    return true;
}

static double setting_slack(const park_course *course, int32_t link)
{
    const slack *s = &course->rules->slack;
    switch (course->net->link.kind[link]) {
    case PARK_NET_PRV:
    case PARK_NET_PSV:
    case PARK_NET_PBV:
        return s->pressure;
    case PARK_NET_FCV:
        return s->flow;
    default:
        return TOLERANCE;
    }
}

/* The number that a premise speaks of and its slack; false where there is none. */
static bool observe(const park_course *course, const park_net_premise *p, double *x, double *tolerance)
{
    const park_hydraulic_state *state = &course->state;
    const slack                *s     = &course->rules->slack;
    int32_t                     i     = p->index;
    switch (p->variable) {
    case PARK_NET_RULE_DEMAND:
        *tolerance = s->flow;
        *x         = p->object == PARK_NET_RULE_SYSTEM ? course->system_demand : water_at(course, i);
        return true;
    case PARK_NET_RULE_HEAD:
    case PARK_NET_RULE_GRADE:
        *tolerance = s->head;
        *x         = state->head[i];
        return true;
    case PARK_NET_RULE_PRESSURE:
    case PARK_NET_RULE_LEVEL:
        *tolerance = p->variable == PARK_NET_RULE_LEVEL ? s->head : s->pressure;
        *x         = state->head[i] - course->net->node.elevation[i];
        return true;
    case PARK_NET_RULE_FLOW:
        *tolerance = s->flow;
        *x         = fabs(state->flow[i]);
        return true;
    case PARK_NET_RULE_SETTING:
        *tolerance = setting_slack(course, i);
        *x         = park_setting_now(course, i);
        return !isnan(*x);
    case PARK_NET_RULE_FILLTIME:
    case PARK_NET_RULE_DRAINTIME:
        *tolerance = TOLERANCE;
        return time_left(course, p, x);
    default:
        return false;
    }
}

/* Eq. (P16) */
static bool value_holds(const park_course *course, const park_net_premise *p)
{
    double x, tolerance;
    if (!observe(course, p, &x, &tolerance))
        return false;
    switch (p->relation) {
    case PARK_NET_EQ:
        return fabs(x - p->value) <= tolerance;
    case PARK_NET_NE:
        return fabs(x - p->value) >= tolerance;
    case PARK_NET_LT:
        return x <= p->value + tolerance;
    case PARK_NET_LE:
        return x <= p->value - tolerance;
    case PARK_NET_GT:
        return x >= p->value - tolerance;
    case PARK_NET_GE:
        return x >= p->value + tolerance;
    }
    return false;
}

static bool premise_holds(const park_course *course, const park_net_premise *p, double since)
{
    if (p->variable == PARK_NET_RULE_TIME || p->variable == PARK_NET_RULE_CLOCKTIME)
        return clock_holds(course, p, since);
    return p->variable == PARK_NET_RULE_STATUS ? status_holds(course, p) : value_holds(course, p);
}

/* Premises are read in their order: OR mends what is false so far, AND after something false ends it. */
static bool rule_holds(const park_course *course, const park_net_rule *rule, double since)
{
    bool holds = true;
    for (size_t i = 0; i < rule->premises; i++) {
        const park_net_premise *p = &rule->premise[i];
        if (p->joined_by_or && i > 0)
            holds = holds || premise_holds(course, p, since);
        else if (!holds)
            return false;
        else
            holds = premise_holds(course, p, since);
    }
    return holds;
}

/* ---- actions ---- */

/* A link listens to the first rule of the highest priority that speaks of it. */
static void gather(park_course *course, const park_net_action *action, size_t count, int32_t r)
{
    park_rules *rules = course->rules;
    for (size_t i = 0; i < count; i++) {
        int32_t at = rules->of_link[action[i].link];
        if (at < 0) {
            rules->of_link[action[i].link] = (int32_t)rules->count;
            rules->list[rules->count++]    = (chosen){&action[i], r};
        } else if (course->net->rule[r].priority > course->net->rule[rules->list[at].rule].priority) {
            rules->list[at] = (chosen){&action[i], r};
        }
    }
}

/* A setting in force that is as good as the one asked for. */
static bool near_setting(const park_course *course, const park_net_action *action)
{
    static const double FLOW = 1e-3 * 0.028316846592, HEAD = 1e-3 * 0.3048;
    park_net_link_kind  kind      = course->net->link.kind[action->link];
    bool                pressure  = kind == PARK_NET_PRV || kind == PARK_NET_PSV || kind == PARK_NET_PBV;
    double              tolerance = pressure ? HEAD : kind == PARK_NET_FCV ? FLOW : TOLERANCE;
    return fabs(park_setting_now(course, action->link) - action->setting) <= tolerance;
}

static bool changes(const park_course *course, const park_net_action *action)
{
    int32_t            l    = action->link;
    park_net_link_kind kind = course->net->link.kind[l];
    bool closed = park_link_is_closed(course, l), pipe = kind == PARK_NET_PIPE || kind == PARK_NET_CHECK_PIPE;
    if (isnan(action->setting) || pipe) {
        park_net_status wanted = park_command_of(course, l, action->status, action->setting).status;
        return wanted == PARK_NET_OPEN ? closed : wanted == PARK_NET_CLOSED && !closed;
    }
    return !near_setting(course, action);
}

size_t park_rules_look(park_course *course, double since)
{
    const park_network *net   = course->net;
    park_rules         *rules = course->rules;
    size_t              count = 0;
    rules->count              = 0;
    if (net->rules == 0)
        return 0;
    for (size_t l = 0; l < rules->most; l++)
        rules->of_link[l] = -1;
    for (size_t r = 0; r < net->rules; r++) {
        const park_net_rule *rule = &net->rule[r];
        if (!rule->enabled)
            continue;
        if (rule_holds(course, rule, since))
            gather(course, rule->then, rule->thens, (int32_t)r);
        else
            gather(course, rule->otherwise, rule->elses, (int32_t)r);
    }
    for (size_t i = 0; i < rules->count; i++)
        count += changes(course, rules->list[i].action);
    return count;
}

park_status park_rules_act(park_course *course, park_error *err)
{
    park_rules *rules = course->rules;
    for (size_t i = 0; i < rules->count; i++) {
        const park_net_action *a = rules->list[i].action;
        if (!changes(course, a))
            continue;
        if (park_command_put(course, a->link, park_command_of(course, a->link, a->status, a->setting)))
            PARK_TRY(park_command_tell(course, a->link, (park_cause){-1, rules->list[i].rule}, err));
    }
    return PARK_OK;
}
