/* inp_write_controls.c - patterns, curves, controls and rules as text. */
#include "import/inp_pen.h"

#include <math.h>

/* --- patterns and curves --- */

void park_inp_write_curves(park_inp_pen *pen)
{
    enum { A_LINE = 6 };
    const park_network   *net = pen->net;
    const park_inp_units *u   = &pen->units;
    park_inp_pen_section(pen, "[PATTERNS]");
    for (size_t i = 0; i < net->pattern_names.count; i++)
        for (size_t k = 0; k < net->pattern[i].count; k++) {
            if (k % A_LINE == 0)
                park_inp_pen_id(pen, net->pattern_names.text[i]);
            park_inp_pen_number(pen, net->pattern[i].factor[k]);
            if (k % A_LINE == A_LINE - 1 || k + 1 == net->pattern[i].count)
                park_inp_pen_end(pen, NULL);
        }
    const double factor[][2] = {[PARK_NET_CURVE_UNUSED]     = {1.0, 1.0},
                                [PARK_NET_CURVE_PUMP]       = {u->flow, u->length},
                                [PARK_NET_CURVE_EFFICIENCY] = {u->flow, 0.01},
                                [PARK_NET_CURVE_VOLUME]     = {u->length, u->volume},
                                [PARK_NET_CURVE_HEADLOSS]   = {u->flow, u->length},
                                [PARK_NET_CURVE_OPENING]    = {0.01, 0.01}};
    park_inp_pen_section(pen, "[CURVES]");
    for (size_t i = 0; i < net->curve_names.count; i++)
        for (size_t k = 0; k < net->curve[i].count; k++) {
            park_inp_pen_id(pen, net->curve_names.text[i]);
            park_inp_pen_number(pen, net->curve[i].x[k] / factor[net->curve[i].kind][0]);
            park_inp_pen_number(pen, net->curve[i].y[k] / factor[net->curve[i].kind][1]);
            park_inp_pen_end(pen, NULL);
        }
}

/* --- controls --- */

static const char *status_word(park_net_status status)
{
    return status == PARK_NET_CLOSED ? "CLOSED" : status == PARK_NET_OPEN ? "OPEN" : "ACTIVE";
}

static const char *link_word(park_net_link_kind kind)
{
    return kind <= PARK_NET_CHECK_PIPE ? "PIPE" : kind == PARK_NET_PUMP ? "PUMP" : "VALVE";
}

static void command(park_inp_pen *pen, int32_t link, park_net_status status, double setting)
{
    if (isnan(setting))
        park_inp_pen_word(pen, status_word(status));
    else
        park_inp_pen_number(pen, setting / park_inp_setting_factor(pen->net->link.kind[link], &pen->units));
}

static void write_control(park_inp_pen *pen, const park_net_control *control)
{
    bool pressure = control->node >= 0 && pen->net->node.kind[control->node] == PARK_NET_JUNCTION;
    park_inp_pen_word(pen, "LINK");
    park_inp_pen_id(pen, park_inp_pen_link(pen, control->link));
    command(pen, control->link, control->status, control->setting);
    if (control->when == PARK_NET_WHEN_TIME || control->when == PARK_NET_WHEN_CLOCK) {
        park_inp_pen_word(pen, control->when == PARK_NET_WHEN_TIME ? "AT TIME" : "AT CLOCKTIME");
        park_inp_pen_time(pen, control->value);
    } else {
        park_inp_pen_word(pen, "IF NODE");
        park_inp_pen_id(pen, park_inp_pen_node(pen, control->node));
        park_inp_pen_word(pen, control->when == PARK_NET_WHEN_ABOVE ? "ABOVE" : "BELOW");
        park_inp_pen_number(pen, control->value / (pressure ? pen->units.pressure : pen->units.length));
    }
    if (!control->enabled)
        park_inp_pen_word(pen, "DISABLED");
    park_inp_pen_end(pen, NULL);
}

/* --- rules --- */

static double premise_factor(const park_inp_pen *pen, const park_net_premise *premise)
{
    switch (premise->variable) {
    case PARK_NET_RULE_DEMAND:
    case PARK_NET_RULE_FLOW:
        return pen->units.flow;
    case PARK_NET_RULE_PRESSURE:
        return pen->units.pressure;
    case PARK_NET_RULE_HEAD:
    case PARK_NET_RULE_LEVEL:
    case PARK_NET_RULE_GRADE:
        return pen->units.length;
    case PARK_NET_RULE_SETTING:
        return park_inp_setting_factor(pen->net->link.kind[premise->index], &pen->units);
    case PARK_NET_RULE_FILLTIME:
    case PARK_NET_RULE_DRAINTIME:
        return 3600.0;
    default:
        return 1.0;
    }
}

static const char *node_word(park_net_node_kind kind)
{
    return kind == PARK_NET_JUNCTION ? "JUNCTION" : kind == PARK_NET_TANK ? "TANK" : "RESERVOIR";
}

static void write_premise(park_inp_pen *pen, const park_net_premise *premise, bool first)
{
    static const char *const VARIABLES[] = {"DEMAND",    "HEAD",     "PRESSURE", "LEVEL", "GRADE",
                                            "FLOW",      "STATUS",   "SETTING",  "POWER", "TIME",
                                            "CLOCKTIME", "FILLTIME", "DRAINTIME"};
    static const char *const RELATIONS[] = {"=", "<>", "<", ">", "<=", ">="};
    park_inp_pen_word(pen, first ? "IF" : premise->joined_by_or ? "OR" : "AND");
    if (premise->object == PARK_NET_RULE_NODE) {
        park_inp_pen_word(pen, node_word(pen->net->node.kind[premise->index]));
        park_inp_pen_id(pen, park_inp_pen_node(pen, premise->index));
    } else if (premise->object == PARK_NET_RULE_LINK) {
        park_inp_pen_word(pen, link_word(pen->net->link.kind[premise->index]));
        park_inp_pen_id(pen, park_inp_pen_link(pen, premise->index));
    } else {
        park_inp_pen_word(pen, "SYSTEM");
    }
    park_inp_pen_word(pen, VARIABLES[premise->variable]);
    park_inp_pen_word(pen, RELATIONS[premise->relation]);
    if (premise->variable == PARK_NET_RULE_STATUS)
        park_inp_pen_word(pen, status_word(premise->status));
    else if (premise->variable == PARK_NET_RULE_TIME || premise->variable == PARK_NET_RULE_CLOCKTIME)
        park_inp_pen_time(pen, premise->value);
    else
        park_inp_pen_number(pen, premise->value / premise_factor(pen, premise));
    park_inp_pen_end(pen, NULL);
}

static void write_actions(park_inp_pen *pen, const char *first, const park_net_action *action, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        park_inp_pen_word(pen, i == 0 ? first : "AND");
        park_inp_pen_word(pen, link_word(pen->net->link.kind[action[i].link]));
        park_inp_pen_id(pen, park_inp_pen_link(pen, action[i].link));
        park_inp_pen_word(pen, isnan(action[i].setting) ? "STATUS IS" : "SETTING IS");
        command(pen, action[i].link, action[i].status, action[i].setting);
        park_inp_pen_end(pen, NULL);
    }
}

static void write_rule(park_inp_pen *pen, const park_net_rule *rule)
{
    park_inp_pen_word(pen, "RULE");
    park_inp_pen_id(pen, rule->id);
    park_inp_pen_end(pen, NULL);
    for (size_t i = 0; i < rule->premises; i++)
        write_premise(pen, &rule->premise[i], i == 0);
    write_actions(pen, "THEN", rule->then, rule->thens);
    write_actions(pen, "ELSE", rule->otherwise, rule->elses);
    if (rule->priority != 0.0)
        park_inp_pen_option(pen, "PRIORITY", rule->priority);
    if (!rule->enabled) {
        park_inp_pen_word(pen, "DISABLED");
        park_inp_pen_end(pen, NULL);
    }
}

void park_inp_write_controls(park_inp_pen *pen)
{
    park_inp_pen_section(pen, "[CONTROLS]");
    for (size_t i = 0; i < pen->net->controls; i++)
        write_control(pen, &pen->net->control[i]);
    park_inp_pen_section(pen, "[RULES]");
    for (size_t i = 0; i < pen->net->rules; i++)
        write_rule(pen, &pen->net->rule[i]);
}
