/* Which links a network carries, and where they draw and give. */
#include "bound/day.h"

#include <string.h>

/* Does a bind speak of this end of a link? By the path of its inlet or outlet, or as the whole unit. */
static bool speaks_of(const park_model *model, const park_network_bind *bind, const park_link_info *link,
                      bool to)
{
    int32_t port = to ? park_model_inlet(model, bind->unit) : park_model_outlet(model, bind->unit);
    int32_t unit = to ? link->to : link->from;
    return strchr(bind->unit, '.') == NULL ? strcmp(bind->unit, model->unit[unit].id) == 0
                                           : port == (to ? link->inlet : link->outlet) && port >= 0;
}

/* A bind by its path goes before one of the whole unit. */
static bool by_path(const park_model *model, const park_bound_network *bound, const park_link_info *link,
                    bool to)
{
    for (size_t i = 0; i < bound->binds; i++)
        if (strchr(bound->bind[i].unit, '.') != NULL && speaks_of(model, &bound->bind[i], link, to))
            return true;
    return false;
}

static void end_of(park_bound_binding *b, size_t carried, bool to)
{
    const park_bound_network *bound = b->bound;
    const park_link_info     *link  = &b->model->link[b->link[carried]];
    bool                      path  = by_path(b->model, bound, link, to);
    for (size_t i = 0; i < bound->binds; i++) {
        const park_network_bind *bind = &bound->bind[i];
        if ((strchr(bind->unit, '.') != NULL) != path || !speaks_of(b->model, bind, link, to) ||
            bound->net->node.kind[bind->node] != PARK_NET_JUNCTION)
            continue;
        b->draw[b->draws++] = (park_bound_draw){.carried = (int32_t)carried,
                                                .node    = bind->node,
                                                .unit    = to ? link->to : link->from,
                                                .share   = to ? bind->share : -bind->share};
    }
}

bool park_bound_end_is_loose(const park_bound_binding *b, size_t carried, bool to)
{
    for (size_t i = 0; i < b->bound->binds; i++)
        if (speaks_of(b->model, &b->bound->bind[i], &b->model->link[b->link[carried]], to))
            return false;
    return true;
}

static int64_t divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a            = b;
        b            = rest;
    }
    return a;
}

/* All patterns step together: the file's, and hours that begin at midnight. */
static void clock_of(park_bound_binding *b)
{
    static const int64_t  DAY = 86400, HOUR = 3600;
    const park_net_times *t = &b->bound->net->time;
    b->midnight             = ((t->pattern_start - t->clock_start) % DAY + DAY) % DAY;
    b->step                 = divisor(divisor(t->pattern_step, HOUR), b->midnight);
}

park_status park_bound_binding_make(const park_model *model, const park_bound_network *bound,
                                    park_arena *arena, park_bound_binding **binding, park_error *err)
{
    park_bound_binding *b = PARK_NEW(arena, park_bound_binding);
    *binding              = b;
    if (b == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to bind a network");
    if (bound->net->time.pattern_step <= 0)
        return PARK_FAIL(err, PARK_E_RANGE,
                         "the pattern step of the network '%s' is %lld s; it must be above zero", bound->id,
                         (long long)bound->net->time.pattern_step);
    b->model    = model;
    b->bound    = bound;
    b->link     = PARK_ARRAY(arena, bound->carried, int32_t);
    b->draw     = PARK_ARRAY(arena, 2 * bound->carried * bound->binds, park_bound_draw);
    b->is_bound = PARK_ARRAY(arena, bound->net->node.count, bool);
    if (b->link == NULL || b->draw == NULL || b->is_bound == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to bind a network");
    for (size_t i = 0; i < bound->carried; i++) /* a connection that the park may not have is no link */
        for (size_t l = 0; l < model->links; l++)
            if (model->link[l].id != NULL && strcmp(model->link[l].id, bound->carries[i]) == 0) {
                b->link[b->carried] = (int32_t)l;
                end_of(b, b->carried, false);
                end_of(b, b->carried, true);
                b->carried++;
                break;
            }
    for (size_t i = 0; i < bound->binds; i++)
        b->is_bound[bound->bind[i].node] = true;
    clock_of(b);
    return PARK_OK;
}
