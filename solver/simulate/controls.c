#include "simulate/controls.h"

#include <math.h>

static double hysteresis(const park_control *control)
{
    return control->hysteresis > 0.0 ? control->hysteresis : 0.02; /* a switch without any would chatter */
}

double park_control_level(const park_control *control, bool fired)
{
    double back =
        control->below ? control->threshold + hysteresis(control) : control->threshold - hysteresis(control);
    return fired ? back : control->threshold;
}

static bool alone(const park_model *model, size_t control)
{
    for (size_t i = 0; i < model->controls; i++)
        if (i != control && model->control[i].link == model->control[control].link)
            return false;
    return true;
}

void park_controls_begin(const park_layout *layout, park_state *state)
{
    const park_model *model = layout->model;
    for (size_t i = 0; i < model->controls; i++) {
        const park_control *control = &model->control[i];
        if (control->storage < 0 || control->link < 0)
            continue;
        double share    = state->volume[control->storage] / layout->hold[control->storage];
        state->fired[i] = control->below ? share < control->threshold : share > control->threshold;
        if (state->fired[i])
            state->open[control->link] = control->open;
        else if (alone(model, i))
            state->open[control->link] = !control->open;
    }
}

bool park_control_switch(const park_layout *layout, park_state *state, int32_t control)
{
    const park_model   *model = layout->model;
    const park_control *c     = &model->control[control];
    bool                was   = c->link >= 0 && state->open[c->link];
    state->fired[control]     = !state->fired[control];
    if (c->link < 0)
        return false;
    if (state->fired[control])
        state->open[c->link] = c->open;
    else if (alone(model, (size_t)control))
        state->open[c->link] = !c->open;
    return state->open[c->link] != was;
}
