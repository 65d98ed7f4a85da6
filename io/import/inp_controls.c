#include "import/inp_parts.h"

#include <math.h>

static const char *const STATES[] = {"OPEN", "CLOSED", "ACTIVE"};

/* What a control or a rule does to a link: a state, or a number that is a setting in the file's units. */
bool park_inp_command(park_inp *inp, size_t word, int32_t link, park_net_status *status, double *setting)
{
    park_net_link_kind kind   = inp->net->link.kind[link];
    double             number = 0.0;
    int                state  = park_inp_find(inp, word, STATES, 3);
    *setting                  = NAN;
    if (state >= 0) {
        static const park_net_status MEANS[] = {PARK_NET_OPEN, PARK_NET_CLOSED, PARK_NET_ACTIVE};
        *status                              = MEANS[state];
        return true;
    }
    if (kind == PARK_NET_GPV) {
        PARK_INP_TELL(inp, (int)word, PARK_E0613, PARK_ERROR,
                      "valve '%s' follows its curve: it can be OPEN or CLOSED, but has no setting",
                      "阀门“%s”由其曲线决定：只能 OPEN 或 CLOSED，没有设定值",
                      inp->net->link.names.text[link]);
        return false;
    }
    bool no_sign = kind == PARK_NET_PIPE || kind == PARK_NET_PUMP;
    if (no_sign ? !park_inp_not_negative(inp, word, &number) : !park_inp_number(inp, word, &number))
        return false;
    if (no_sign && number == 0.0)
        *status = PARK_NET_CLOSED;
    else if (kind == PARK_NET_PIPE)
        *status = PARK_NET_OPEN;
    else {
        *status  = PARK_NET_ACTIVE;
        *setting = number * park_inp_setting_factor(kind, &inp->units);
    }
    return true;
}

/* The link that is switched; a check valve obeys nobody. */
int32_t park_inp_switched(park_inp *inp, size_t word)
{
    int32_t link = park_inp_link(inp, word);
    if (link >= 0 && inp->net->link.kind[link] == PARK_NET_CHECK_PIPE) {
        PARK_INP_TELL(inp, (int)word, PARK_E0613, PARK_ERROR,
                      "pipe '%s' has a check valve: nothing can switch it", "管道“%s”带止回阀，不能开关",
                      inp->net->link.names.text[link]);
        return -1;
    }
    return link;
}

static bool read_time(park_inp *inp, park_net_control *control)
{
    double hours;
    if (!park_inp_hours(inp, 5, inp->words > 6, &hours)) {
        PARK_INP_TELL(inp, 5, PARK_E0614, PARK_ERROR, "the time '%.*s' is not understood",
                      "时间“%.*s”无法识别", (int)(inp->word[5].length < 40 ? inp->word[5].length : 40),
                      inp->word[5].text);
        return false;
    }
    control->value = floor(3600.0 * hours);
    if (control->when == PARK_NET_WHEN_CLOCK)
        control->value = fmod(control->value, 86400.0);
    return true;
}

static bool read_level(park_inp *inp, park_net_control *control)
{
    static const char *const SIDES[] = {"BELOW", "ABOVE"};
    double                   value   = 0.0;
    if (!park_inp_needs(inp, 8, "LINK id OPEN IF NODE id BELOW value"))
        return false;
    control->node = park_inp_node(inp, 5);
    int side      = control->node >= 0 ? park_inp_choice(inp, 6, SIDES, 2) : -1;
    if (side < 0 || !park_inp_number(inp, 7, &value))
        return false;
    bool pressure  = inp->net->node.kind[control->node] == PARK_NET_JUNCTION;
    control->when  = side == 0 ? PARK_NET_WHEN_BELOW : PARK_NET_WHEN_ABOVE;
    control->value = value * (pressure ? inp->units.pressure : inp->units.length);
    return true;
}

/* LINK id state IF NODE id BELOW|ABOVE value [DISABLED]; LINK id state AT TIME|CLOCKTIME value [unit] [DISABLED] */
void park_inp_read_control(park_inp *inp)
{
    static const char *const WHENS[] = {"TIME", "CLOCKTIME"};
    park_network            *net     = inp->net;
    park_net_control         control = {.node = -1, .enabled = true};
    if (!park_inp_needs(inp, 6, "LINK id OPEN IF NODE id BELOW value"))
        return;
    if (park_inp_is(inp, inp->words - 1, "DISABLED")) {
        control.enabled = false;
        inp->words--;
    }
    control.link = park_inp_switched(inp, 1);
    if (control.link < 0 || !park_inp_command(inp, 2, control.link, &control.status, &control.setting))
        return;
    int when = park_inp_find(inp, 4, WHENS, 2);
    if (when >= 0) {
        control.when = when == 0 ? PARK_NET_WHEN_TIME : PARK_NET_WHEN_CLOCK;
        if (!park_inp_needs(inp, 6, "LINK id OPEN AT TIME value") || !read_time(inp, &control))
            return;
    } else if (!read_level(inp, &control)) {
        return;
    }
    if (park_inp_grow(inp, PARK_GROW(inp->arena, net->control, net->controls, inp->control_capacity)))
        net->control[net->controls++] = control;
}
