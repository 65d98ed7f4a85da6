/* Networks from any bytes: places lie within the text, indices within their columns, and what was read without an error is
 * written, read back and written to the same bytes. */
#include "import/inp.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand_that(int claim)
{
    if (!claim)
        abort();
}

static void within(const int32_t *index, size_t count, int32_t least, size_t below)
{
    for (size_t i = 0; i < count; i++)
        demand_that(index[i] >= least && index[i] < (int32_t)below);
}

static void check_indices(const park_network *net)
{
    size_t nodes = net->node.count, links = net->link.count, curves = net->curve_names.count;
    size_t patterns = net->pattern_names.count;
    demand_that(nodes == net->node.names.count && links == net->link.names.count);
    within(net->link.from, links, 0, nodes);
    within(net->link.to, links, 0, nodes);
    within(net->link.curve, links, -1, curves);
    within(net->demand.node, net->demand.count, 0, nodes);
    within(net->demand.pattern, net->demand.count, -1, patterns);
    within(net->node.pattern, nodes, -1, patterns);
    within(net->tank.node, net->tank.count, 0, nodes);
    within(net->tank.curve, net->tank.count, -1, curves);
    within(net->pump.link, net->pump.count, 0, links);
    for (size_t i = 0; i < net->controls; i++)
        within(&net->control[i].link, 1, 0, links);
}

static void check_written(park_arena *arena, const park_network *net)
{
    park_text     one, two;
    park_findings findings;
    park_network *again;
    park_findings_init(&findings, arena);
    park_text_init(&one, arena);
    park_text_init(&two, arena);
    demand_that(park_inp_write(net, NULL, &one, NULL) == PARK_OK);
    demand_that(park_inp_read(arena, "again", one.data, one.length, &again, &findings, NULL) == PARK_OK);
    demand_that(park_inp_write(again, NULL, &two, NULL) == PARK_OK);
    demand_that(strcmp(one.data, two.data) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    park_arena   *arena = park_arena_new();
    park_findings findings;
    park_network *net;
    park_findings_init(&findings, arena);
    park_status status = park_inp_read(arena, "f", (const char *)data, size, &net, &findings, NULL);
    demand_that((status == PARK_OK) == (findings.errors == 0) && net != NULL);
    size_t lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n';
    for (size_t i = 0; i < findings.count; i++) /* 16-bit text has another number of these bytes */
        demand_that(findings.items[i].line >= 0 &&
                    ((size_t)findings.items[i].line <= lines || (size > 0 && data[0] >= 0xFE)));
    check_indices(net);
    if (status == PARK_OK)
        check_written(arena, net);
    park_arena_free(arena);
    return 0;
}
