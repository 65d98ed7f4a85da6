/* age.c - water age in the zones, before and after closing: two marches of the network through some days. */
#include <parkwater/period.h>
#include <parkwater/zones.h>

#include <math.h>
#include <string.h>

static const double DAY = 86400.0, HOUR = 3600.0;

/* Sums of ages at the report times of the last day. */
typedef struct ages {
    size_t  nodes, rows;
    double  from; /* [s] */
    double *sum;  /* [nodes] [s] */
} ages;

static park_status take_row(void *user, const park_period_row *row, park_error *err)
{
    ages *a = user;
    (void)err;
    if (row->time < a->from || row->constituents != 1)
        return PARK_OK;
    for (size_t n = 0; n < a->nodes; n++)
        a->sum[n] += row->quality[n];
    a->rows++;
    return PARK_OK;
}

/* The network as it is marched: age instead of what the file asks for, hourly rows, an unbalanced hour does not end it. */
static park_status prepare(const park_network *net, const park_zones *zones, double hours, bool after,
                           park_arena *scratch, park_network *march, park_error *err)
{
    double          *zero   = PARK_ARRAY(scratch, net->node.count, double);
    park_net_status *status = PARK_ARRAY(scratch, net->link.count, park_net_status);
    if (zero == NULL || status == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for water age");
    memcpy(status, net->link.status, net->link.count * sizeof *status);
    for (size_t i = 0; after && i < zones->boundaries; i++)
        if (zones->boundary[i].fate == PARK_BORDER_VALVE)
            status[zones->boundary[i].link] = PARK_NET_CLOSED;
    *march                          = *net;
    march->link.status              = status;
    march->node.quality             = zero;
    march->option.quality           = PARK_NET_QUALITY_AGE;
    march->option.quality_tolerance = 0.01 * HOUR;
    march->option.trace_node        = -1;
    march->sources                  = 0;
    march->time.duration            = (int64_t)(hours * HOUR);
    march->time.report_step         = (int64_t)HOUR;
    march->time.report_start        = 0;
    if (march->option.extra_trials < 0)
        march->option.extra_trials = 0;
    return PARK_OK;
}

/* Eq. (Z9): means over the last day; of a zone, weighted by demand; and the oldest served node. */
static void note(const park_network *net, park_zones *zones, bool after, const ages *a, const double *demand)
{
    double rows = (double)a->rows;
    for (size_t z = 0; z < zones->zones; z++) {
        park_zone_state *s = after ? &zones->item[z].after : &zones->item[z].before;
        s->age_mean = s->age_most = 0.0;
        s->oldest                 = -1;
    }
    for (size_t n = 0; n < net->node.count; n++) {
        int32_t z = zones->zone[n];
        if (z < 0 || !(demand[n] > 0.0) || net->node.kind[n] != PARK_NET_JUNCTION)
            continue;
        park_zone_state *s   = after ? &zones->item[z].after : &zones->item[z].before;
        double           age = a->sum[n] / rows;
        s->age_mean += age * demand[n] / zones->item[z].demand;
        if (s->oldest < 0 || age > s->age_most) {
            s->age_most = age;
            s->oldest   = (int32_t)n;
        }
    }
}

static park_status march_once(const park_network *net, park_zones *zones, double hours, bool after,
                              park_arena *scratch, park_error *err)
{
    park_network         march;
    park_period_result  *result;
    park_findings        ignored;
    park_period_settings settings = park_period_settings_default();
    ages                 a        = {.nodes = net->node.count, .from = fmax(0.0, hours * HOUR - DAY)};
    park_period_sink     sink     = {.user = &a, .row = take_row};
    double              *demand   = PARK_ARRAY(scratch, net->node.count, double);
    a.sum                         = PARK_ARRAY(scratch, net->node.count, double);
    if (a.sum == NULL || demand == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for water age");
    park_findings_init(&ignored, scratch);
    PARK_TRY(prepare(net, zones, hours, after, scratch, &march, err));
    PARK_TRY(park_period_run(&march, &settings, &sink, &ignored, scratch, &result, err));
    park_network_demands_mean(net, demand);
    note(net, zones, after, &a, demand);
    return PARK_OK;
}

park_status park_zones_age(const park_network *net, double hours, park_zones *zones, park_error *err)
{
    if (!(hours >= 1.0 && hours <= 24.0 * 366.0))
        return PARK_FAIL(err, PARK_E_RANGE, "water age is marched for 1 to 8784 hours, not %g", hours);
    for (int after = 0; after < 2; after++) {
        park_arena *scratch = park_arena_new();
        park_status status  = march_once(net, zones, hours, after == 1, scratch, err);
        park_arena_free(scratch);
        if (status != PARK_OK)
            return status;
    }
    return PARK_OK;
}
