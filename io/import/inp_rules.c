#include "import/inp_parts.h"

#include <math.h>

static void broken(park_inp *inp, int word, const char *en, const char *zh)
{
    inp->rule.clause = INP_BROKEN; /* the rest of the rule is not judged */
    PARK_INP_TELL(inp, word, PARK_E0615, PARK_ERROR, "%s%.0s", "%.0s%s", en, zh);
}

static park_net_rule *current(park_inp *inp)
{
    return &inp->net->rule[inp->net->rules - 1];
}

/* --- premises --- */

static const char *const OBJECTS[]   = {"JUNC", "RESER", "TANK", "NODE",  "PIPE",
                                        "PUMP", "VALVE", "LINK", "SYSTEM"};
static const char *const VARIABLES[] = {"DEMAND",    "HEAD",     "PRESSURE", "LEVEL", "GRADE",
                                        "FLOW",      "STATUS",   "SETTING",  "POWER", "TIME",
                                        "CLOCKTIME", "FILLTIME", "DRAINTIME"};

/* In the order of park_net_rule_variable: the objects that have it, as bits of park_net_rule_object. */
enum { NODE = 1 << PARK_NET_RULE_NODE, LINK = 1 << PARK_NET_RULE_LINK, SYSTEM = 1 << PARK_NET_RULE_SYSTEM };
static const int HAVE[] = {NODE | SYSTEM, NODE, NODE,   NODE,   NODE, LINK, LINK,
                           LINK,          0,    SYSTEM, SYSTEM, NODE, NODE};

static bool read_object(park_inp *inp, park_net_premise *premise)
{
    int object = park_inp_choice(inp, 1, OBJECTS, 9);
    if (object < 0)
        return false;
    premise->object = object < 4   ? PARK_NET_RULE_NODE
                      : object < 8 ? PARK_NET_RULE_LINK
                                   : PARK_NET_RULE_SYSTEM;
    premise->index  = premise->object == PARK_NET_RULE_NODE   ? park_inp_node(inp, 2)
                      : premise->object == PARK_NET_RULE_LINK ? park_inp_link(inp, 2)
                                                              : -1;
    return premise->object == PARK_NET_RULE_SYSTEM || premise->index >= 0;
}

static bool read_variable(park_inp *inp, size_t word, park_net_premise *premise)
{
    int variable = park_inp_choice(inp, word, VARIABLES, 13);
    if (variable < 0)
        return false;
    bool needs_tank = variable >= PARK_NET_RULE_FILLTIME;
    if ((HAVE[variable] & (1 << premise->object)) == 0 ||
        (needs_tank && inp->net->node.kind[premise->index] == PARK_NET_JUNCTION)) {
        PARK_INP_TELL(inp, (int)word, PARK_E0606, PARK_ERROR, "the object has no %s", "该对象没有 %s",
                      VARIABLES[variable]);
        return false;
    }
    premise->variable = (park_net_rule_variable)variable;
    return true;
}

static bool read_relation(park_inp *inp, size_t word, park_net_premise *premise)
{
    static const char *const       SIGNS[] = {"=", "<>", "<=", ">=", "<", ">", "IS", "NOT", "BELOW", "ABOVE"};
    static const park_net_relation MEANS[] = {PARK_NET_EQ, PARK_NET_NE, PARK_NET_LE, PARK_NET_GE,
                                              PARK_NET_LT, PARK_NET_GT, PARK_NET_EQ, PARK_NET_NE,
                                              PARK_NET_LT, PARK_NET_GT};
    int                            sign    = park_inp_choice(inp, word, SIGNS, 10);
    premise->relation                      = sign >= 0 ? MEANS[sign] : PARK_NET_EQ;
    return sign >= 0;
}

static double premise_factor(const park_inp *inp, const park_net_premise *premise)
{
    switch (premise->variable) {
    case PARK_NET_RULE_DEMAND:
    case PARK_NET_RULE_FLOW:
        return inp->units.flow;
    case PARK_NET_RULE_PRESSURE:
        return inp->units.pressure;
    case PARK_NET_RULE_HEAD:
    case PARK_NET_RULE_LEVEL:
    case PARK_NET_RULE_GRADE:
        return inp->units.length;
    case PARK_NET_RULE_SETTING:
        return park_inp_setting_factor(inp->net->link.kind[premise->index], &inp->units);
    case PARK_NET_RULE_FILLTIME:
    case PARK_NET_RULE_DRAINTIME:
        return 3600.0;
    default:
        return 1.0;
    }
}

static bool read_value(park_inp *inp, size_t word, park_net_premise *premise)
{
    static const char *const     STATES[] = {"OPEN", "CLOSED", "ACTIVE"};
    static const park_net_status MEANS[]  = {PARK_NET_OPEN, PARK_NET_CLOSED, PARK_NET_ACTIVE};
    if (premise->variable == PARK_NET_RULE_TIME || premise->variable == PARK_NET_RULE_CLOCKTIME) {
        double hours;
        if (!park_inp_hours(inp, word, inp->words > word + 1, &hours)) {
            PARK_INP_TELL(inp, (int)word, PARK_E0614, PARK_ERROR, "the time is not understood%s",
                          "时间无法识别%s", "");
            return false;
        }
        premise->value = floor(hours * 3600.0);
        return true;
    }
    if (premise->variable == PARK_NET_RULE_STATUS) {
        int state       = park_inp_choice(inp, word, STATES, 3);
        premise->status = state >= 0 ? MEANS[state] : PARK_NET_OPEN;
        return state >= 0;
    }
    double value = 0.0;
    if (!park_inp_number(inp, word, &value))
        return false;
    premise->value = value * premise_factor(inp, premise);
    return true;
}

/* IF|AND|OR object id variable relation value; IF|AND|OR SYSTEM variable relation value [unit] */
static void read_premise(park_inp *inp, bool joined_by_or)
{
    park_net_premise premise = {.joined_by_or = joined_by_or, .index = -1};
    park_net_rule   *rule    = current(inp);
    if (inp->words != 5 && inp->words != 6) {
        broken(inp, -1, "a premise reads IF object id variable relation value",
               "条件写作：IF 对象 编号 变量 关系 值");
        return;
    }
    size_t at = park_inp_is(inp, 1, "SYSTEM") ? 2 : 3;
    if (!park_inp_needs(inp, at + 3, "IF TANK id LEVEL BELOW value") || !read_object(inp, &premise) ||
        !read_variable(inp, at, &premise) || !read_relation(inp, at + 1, &premise) ||
        !read_value(inp, at + 2, &premise)) {
        inp->rule.clause = INP_BROKEN;
        return;
    }
    if (park_inp_grow(inp, PARK_GROW(inp->arena, rule->premise, rule->premises, inp->rule.premise_capacity)))
        rule->premise[rule->premises++] = premise;
}

/* --- actions --- */

/* THEN|ELSE|AND object id variable IS value: object, variable and IS are as good as any word, as in EPANET. */
static void read_action(park_inp *inp)
{
    park_net_rule  *rule   = current(inp);
    park_net_action action = {.link = -1};
    if (inp->words != 6) {
        broken(inp, -1, "an action reads THEN object id STATUS IS value",
               "动作写作：THEN 对象 编号 STATUS IS 值");
        return;
    }
    action.link = park_inp_switched(inp, 2);
    if (action.link < 0 || !park_inp_command(inp, 5, action.link, &action.status, &action.setting)) {
        inp->rule.clause = INP_BROKEN;
        return;
    }
    if (inp->rule.clause == INP_THEN) {
        if (park_inp_grow(inp, PARK_GROW(inp->arena, rule->then, rule->thens, inp->rule.then_capacity)))
            rule->then[rule->thens++] = action;
    } else if (park_inp_grow(inp,
                             PARK_GROW(inp->arena, rule->otherwise, rule->elses, inp->rule.else_capacity))) {
        rule->otherwise[rule->elses++] = action;
    }
}

/* --- clauses --- */

static void begin_rule(park_inp *inp)
{
    park_network *net = inp->net;
    if (inp->words != 2) {
        broken(inp, -1, "a rule begins with RULE and its name", "规则以 RULE 和规则名开始");
        return;
    }
    if (!park_inp_grow(inp, PARK_GROW(inp->arena, net->rule, net->rules, inp->rule_capacity)))
        return;
    const char *name           = park_arena_text(inp->arena, inp->word[1].text, inp->word[1].length);
    net->rule[net->rules++]    = (park_net_rule){.id = name, .enabled = true};
    inp->rule.clause           = INP_RULE;
    inp->rule.premise_capacity = 0;
    inp->rule.then_capacity    = 0;
    inp->rule.else_capacity    = 0;
    (void)park_inp_grow(inp, name != NULL);
}

/* A clause that may follow only those of the mask. */
static bool follows(park_inp *inp, unsigned mask)
{
    if ((mask & (1u << inp->rule.clause)) != 0)
        return true;
    broken(inp, 0, "the clause is out of place: IF, THEN, ELSE, PRIORITY come in this order",
           "子句位置不当：应依次为 IF、THEN、ELSE、PRIORITY");
    return false;
}

void park_inp_read_rule(park_inp *inp)
{
    static const char *const WORDS[] = {"RULE", "IF", "AND", "OR", "THEN", "ELSE", "PRIO", "DISABLED"};
    enum { RULE, IF, AND, OR, THEN, ELSE, PRIORITY, DISABLED };
    int word = park_inp_find(inp, 0, WORDS, 8);
    if (inp->rule.clause == INP_BROKEN && word != RULE)
        return;
    switch (word) {
    case RULE:
        begin_rule(inp);
        break;
    case IF:
        if (follows(inp, 1u << INP_RULE)) {
            inp->rule.clause = INP_IF;
            read_premise(inp, false);
        }
        break;
    case AND:
        if (!follows(inp, 1u << INP_IF | 1u << INP_THEN | 1u << INP_ELSE))
            break;
        if (inp->rule.clause == INP_IF)
            read_premise(inp, false);
        else
            read_action(inp);
        break;
    case OR:
        if (follows(inp, 1u << INP_IF))
            read_premise(inp, true);
        break;
    case THEN:
    case ELSE:
        if (follows(inp, 1u << (word == THEN ? INP_IF : INP_THEN))) {
            inp->rule.clause = word == THEN ? INP_THEN : INP_ELSE;
            read_action(inp);
        }
        break;
    case PRIORITY:
        if (follows(inp, 1u << INP_THEN | 1u << INP_ELSE) && park_inp_needs(inp, 2, "PRIORITY 1")) {
            inp->rule.clause = INP_PRIORITY;
            (void)park_inp_number(inp, 1, &current(inp)->priority);
        }
        break;
    case DISABLED:
        if (follows(inp, 1u << INP_THEN | 1u << INP_ELSE | 1u << INP_PRIORITY))
            current(inp)->enabled = false;
        break;
    default:
        broken(inp, 0, "a clause of a rule begins with RULE, IF, AND, OR, THEN, ELSE or PRIORITY",
               "规则的子句以 RULE、IF、AND、OR、THEN、ELSE 或 PRIORITY 开头");
    }
}
