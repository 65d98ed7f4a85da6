/* Written and read again: the same network, the same bytes. */
#include "inp_fixture.h"
#include "inp_rich.h"
#include "shared_networks.h"

static int unequal; /* numbers that differ by more than rounding */

static void same_numbers(const double *a, const double *b, size_t count, const char *what)
{
    for (size_t i = 0; i < count; i++)
        if (!(isnan(a[i]) ? isnan(b[i]) : fabs(a[i] - b[i]) <= 1e-11 * fabs(a[i]))) {
            fprintf(stderr, "%s[%zu]: %.17g became %.17g\n", what, i, a[i], b[i]);
            unequal++;
        }
}

static void same_bytes(const void *a, const void *b, size_t size, const char *what)
{
    if (size > 0 && memcmp(a, b, size) != 0) {
        fprintf(stderr, "%s differ\n", what);
        unequal++;
    }
}

static void same_names(const park_names *a, const park_names *b)
{
    CHECK(a->count == b->count);
    for (size_t i = 0; i < a->count && i < b->count; i++)
        unequal += strcmp(a->text[i], b->text[i]) != 0;
}

static void same_texts(const char **a, const char **b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        unequal += a[i] == NULL ? b[i] != NULL : b[i] == NULL || strcmp(a[i], b[i]) != 0;
}

#define NUMBERS(member, count) same_numbers(a->member, b->member, (count), #member)
#define BYTES(member, count) same_bytes(a->member, b->member, (count) * sizeof *a->member, #member)

static void same_nodes(const park_network *a, const park_network *b)
{
    size_t n = a->node.count, t = a->tank.count, d = a->demand.count;
    same_names(&a->node.names, &b->node.names);
    CHECK(t == b->tank.count && d == b->demand.count);
    if (n != b->node.count || t != b->tank.count || d != b->demand.count)
        return;
    BYTES(node.kind, n);
    BYTES(node.pattern, n);
    NUMBERS(node.elevation, n);
    NUMBERS(node.x, n);
    NUMBERS(node.y, n);
    NUMBERS(node.emitter, n);
    NUMBERS(node.quality, n);
    same_texts(a->node.tag, b->node.tag, n);
    same_texts(a->node.comment, b->node.comment, n);
    BYTES(demand.node, d);
    BYTES(demand.pattern, d);
    NUMBERS(demand.base, d);
    same_texts(a->demand.category, b->demand.category, d);
    BYTES(tank.node, t);
    BYTES(tank.curve, t);
    BYTES(tank.overflows, t);
    BYTES(tank.mixing, t);
    NUMBERS(tank.level, t);
    NUMBERS(tank.lowest, t);
    NUMBERS(tank.highest, t);
    NUMBERS(tank.diameter, t);
    NUMBERS(tank.dead_volume, t);
    NUMBERS(tank.mixing_share, t);
    NUMBERS(tank.bulk, t);
}

static void same_links(const park_network *a, const park_network *b)
{
    size_t l = a->link.count, p = a->pump.count;
    same_names(&a->link.names, &b->link.names);
    CHECK(p == b->pump.count);
    if (l != b->link.count || p != b->pump.count)
        return;
    BYTES(link.kind, l);
    BYTES(link.from, l);
    BYTES(link.to, l);
    BYTES(link.status, l);
    BYTES(link.curve, l);
    BYTES(link.vertex, l + 1);
    NUMBERS(link.length, l);
    NUMBERS(link.diameter, l);
    NUMBERS(link.roughness, l);
    NUMBERS(link.minor, l);
    NUMBERS(link.setting, l);
    NUMBERS(link.bulk, l);
    NUMBERS(link.wall, l);
    NUMBERS(link.leak_area, l);
    NUMBERS(link.leak_expansion, l);
    NUMBERS(link.vertex_x, a->link.vertex[l]);
    NUMBERS(link.vertex_y, a->link.vertex[l]);
    same_texts(a->link.tag, b->link.tag, l);
    same_texts(a->link.comment, b->link.comment, l);
    BYTES(pump.link, p);
    BYTES(pump.speed_pattern, p);
    BYTES(pump.efficiency, p);
    BYTES(pump.price_pattern, p);
    NUMBERS(pump.power, p);
    NUMBERS(pump.price, p);
}

static void same_orders(const park_network *a, const park_network *b)
{
    CHECK(a->controls == b->controls && a->rules == b->rules && a->sources == b->sources);
    for (size_t i = 0; i < a->controls && i < b->controls; i++) {
        const park_net_control *x = &a->control[i], *y = &b->control[i];
        unequal += x->link != y->link || x->status != y->status || x->when != y->when || x->node != y->node ||
                   x->enabled != y->enabled;
        same_numbers(&x->value, &y->value, 1, "control");
        same_numbers(&x->setting, &y->setting, 1, "control's setting");
    }
    for (size_t i = 0; i < a->rules && i < b->rules; i++) {
        const park_net_rule *x = &a->rule[i], *y = &b->rule[i];
        unequal += x->premises != y->premises || x->thens != y->thens || x->elses != y->elses ||
                   x->priority != y->priority || x->enabled != y->enabled;
        for (size_t k = 0; k < x->premises && k < y->premises; k++) {
            const park_net_premise *m = &x->premise[k], *n = &y->premise[k];
            unequal += m->joined_by_or != n->joined_by_or || m->object != n->object || m->index != n->index ||
                       m->variable != n->variable || m->relation != n->relation || m->status != n->status;
            same_numbers(&m->value, &n->value, 1, "premise");
        }
    }
    for (size_t i = 0; i < a->sources && i < b->sources; i++)
        same_numbers(&a->source[i].strength, &b->source[i].strength, 1, "source");
}

static void same_options(const park_network *a, const park_network *b)
{
    const park_net_options *x = &a->option, *y = &b->option;
    const double            p[] = {x->viscosity,
                                   x->diffusivity,
                                   x->specific_gravity,
                                   x->demand_multiplier,
                                   x->emitter_exponent,
                                   x->accuracy,
                                   x->head_error,
                                   x->flow_change,
                                   x->quality_unit,
                                   x->quality_tolerance,
                                   x->bulk_order,
                                   x->bulk,
                                   x->wall,
                                   x->limiting,
                                   x->wall_roughness_factor,
                                   x->damp_limit};
    const double            q[] = {y->viscosity,
                                   y->diffusivity,
                                   y->specific_gravity,
                                   y->demand_multiplier,
                                   y->emitter_exponent,
                                   y->accuracy,
                                   y->head_error,
                                   y->flow_change,
                                   y->quality_unit,
                                   y->quality_tolerance,
                                   y->bulk_order,
                                   y->bulk,
                                   y->wall,
                                   y->limiting,
                                   y->wall_roughness_factor,
                                   y->damp_limit};
    same_numbers(p, q, sizeof p / sizeof p[0], "option");
    CHECK(x->headloss == y->headloss && x->pressure_driven == y->pressure_driven && x->quality == y->quality);
    CHECK(x->trials == y->trials && x->extra_trials == y->extra_trials && x->trace_node == y->trace_node);
    CHECK(x->emitter_backflow == y->emitter_backflow && a->default_pattern == b->default_pattern);
    CHECK(memcmp(&a->time, &b->time, sizeof a->time) == 0);
    if (x->pressure_driven) {
        same_numbers(&x->pressure_min, &y->pressure_min, 1, "least pressure");
        same_numbers(&x->pressure_required, &y->pressure_required, 1, "required pressure");
    }
    same_numbers(&a->energy.price, &b->energy.price, 1, "price");
    same_numbers(&a->energy.efficiency, &b->energy.efficiency, 1, "efficiency");
    same_numbers(&a->energy.demand_charge, &b->energy.demand_charge, 1, "charge");
}

static void same_curves(const park_network *a, const park_network *b)
{
    same_names(&a->pattern_names, &b->pattern_names);
    same_names(&a->curve_names, &b->curve_names);
    for (size_t i = 0; i < a->pattern_names.count && i < b->pattern_names.count; i++)
        if (a->pattern[i].count == b->pattern[i].count)
            NUMBERS(pattern[i].factor, a->pattern[i].count);
        else
            unequal++;
    for (size_t i = 0; i < a->curve_names.count && i < b->curve_names.count; i++)
        if (a->curve[i].count == b->curve[i].count && a->curve[i].kind == b->curve[i].kind) {
            NUMBERS(curve[i].x, a->curve[i].count);
            NUMBERS(curve[i].y, a->curve[i].count);
        } else {
            unequal++;
        }
}

static void same_network(const park_network *a, const park_network *b)
{
    unequal = 0;
    same_nodes(a, b);
    same_links(a, b);
    same_orders(a, b);
    same_options(a, b);
    same_curves(a, b);
    CHECK(unequal == 0);
}

static const char *written(const inp_fixture *f, const char *unit)
{
    park_text out;
    park_text_init(&out, f->arena);
    CHECK(park_inp_write(f->net, unit, &out, NULL) == PARK_OK);
    return out.data != NULL ? out.data : "";
}

static void reads_back(const inp_fixture *first)
{
    const char *text  = written(first, NULL);
    inp_fixture again = inp_given(text);
    CHECK(again.status == PARK_OK);
    if (again.status == PARK_OK) {
        same_network(first->net, again.net);
        CHECK(strcmp(written(&again, NULL), text) == 0);
    }
    inp_done(&again);
}

static void everything_is_written_and_read_back(void)
{
    inp_fixture f = inp_given(INP_RICH);
    reads_back(&f);
    inp_done(&f);
}

static void ids_that_a_line_would_cut_are_quoted(void)
{
    inp_fixture f =
        inp_given("[JUNCTIONS]\n \"a\rb\" 1\n \"c d\" 1\n e\"f 1\n[RESERVOIRS]\n \"R\tS\" 9\n[PIPES]\n"
                  " P \"R\tS\" \"a\rb\" 1 1 1\n \"[Q\" \"a\rb\" \"c d\" 1 1 1\n S e\"f \"c d\" 1 1 1\n");
    CHECK(f.status == PARK_OK && f.net->node.count == 4 && f.net->link.count == 3);
    reads_back(&f);
    inp_done(&f);
}

/* A number that is small enough is the property itself; a multiple as small may not be written. */
static void properties_far_below_those_of_water(void)
{
    static const char *const TEXTS[] = {INP_LEAST " DIFFUSIVITY 1e-30\n VISCOSITY 1e-20\n",
                                        INP_LEAST " DIFFUSIVITY 0\n VISCOSITY 1e-3\n",
                                        INP_LEAST " DIFFUSIVITY 1.1e-4\n VISCOSITY 1.1e-3\n"};
    for (size_t i = 0; i < 3; i++) {
        inp_fixture f = inp_given(TEXTS[i]);
        CHECK(f.status == PARK_OK);
        reads_back(&f);
        inp_done(&f);
    }
}

static void another_unit_changes_the_text_and_not_the_network(void)
{
    static const char *const UNITS[] = {"GPM", "CMH", "MGD", "CFS", "IMGD",
                                        "AFD", "LPM", "MLD", "CMD", "CMS"};
    inp_fixture              f       = inp_given(INP_RICH);
    for (size_t i = 0; i < sizeof UNITS / sizeof UNITS[0]; i++) {
        inp_fixture g = inp_given(written(&f, UNITS[i]));
        CHECK(g.status == PARK_OK);
        if (g.status == PARK_OK)
            same_network(f.net, g.net);
        CHECK_TEXT(g.net->origin.flow_unit, UNITS[i]);
        inp_done(&g);
    }
    park_text out;
    park_text_init(&out, f.arena);
    CHECK(park_inp_write(f.net, "FURLONGS", &out, NULL) == PARK_E_RANGE);
    inp_done(&f);
}

/* A second at which hours, cut as EPANET cuts them, fall short: 5:30:10 reads as 19809 s. */
static void whole_seconds_survive(void)
{
    char text[2048];
    int  lost = 0;
    for (int s = 0; s < 90000; s += 7 * 61) {
        snprintf(text, sizeof text, INP_LEAST "[CONTROLS]\n LINK P CLOSED AT TIME %d:%02d:%02d\n", s / 3600,
                 s / 60 % 60, s % 60);
        inp_fixture f = inp_given(text), g = inp_given(written(&f, NULL));
        lost += g.net->control[0].value != f.net->control[0].value;
        inp_done(&f);
        inp_done(&g);
    }
    CHECK(lost == 0);
}

/* A demand without a pattern although there is a default one: only a program can have made it. */
static void constant_demands_beside_a_default_pattern(void)
{
    inp_fixture f = inp_given(INP_LEAST "[PATTERNS]\n 1 2\n");
    CHECK(f.net->demand.pattern[0] == 0);
    f.net->demand.pattern[0] = -1;
    inp_fixture g            = inp_given(written(&f, NULL));
    CHECK(g.net->demand.pattern[0] == -1 && g.net->pattern_names.count == 1);
    inp_done(&f);
    inp_done(&g);
}

static void the_public_networks_are_written_and_read_back(void)
{
    static char path[SHARED_NETWORKS_MOST][700];
    int         count = shared_networks(path);
    if (count == 0)
        printf("  (left out: no ../shared)\n");
    for (int i = 0; i < count; i++) {
        inp_fixture f = {.arena = park_arena_new()};
        park_findings_init(&f.findings, f.arena);
        if (park_inp_read_file(f.arena, path[i], &f.net, &f.findings, &f.err) == PARK_OK)
            reads_back(&f);
        inp_done(&f);
    }
}

static void memory_can_fail_at_every_point(void)
{
    inp_fixture f      = inp_given(INP_RICH);
    park_status status = PARK_E_MEMORY;
    size_t      n      = 0;
    while (status == PARK_E_MEMORY && n < 1000) {
        park_arena *arena = park_arena_new();
        park_text   out;
        park_text_init(&out, arena);
        park_arena_fail_after(arena, ++n);
        status = park_inp_write(f.net, NULL, &out, NULL);
        park_arena_free(arena);
    }
    CHECK(status == PARK_OK && n > 3);
    inp_done(&f);
}

int main(void)
{
    RUN(everything_is_written_and_read_back);
    RUN(ids_that_a_line_would_cut_are_quoted);
    RUN(properties_far_below_those_of_water);
    RUN(another_unit_changes_the_text_and_not_the_network);
    RUN(whole_seconds_survive);
    RUN(constant_demands_beside_a_default_pattern);
    RUN(the_public_networks_are_written_and_read_back);
    RUN(memory_can_fail_at_every_point);
    return park_test_done();
}
