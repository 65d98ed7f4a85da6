/*
 * balance.h - the park's water as a closed graph of printed numbers: nodes, flows in whole m3/d, every node's sum closing.
 * Looks down on: the public interface.
 */
#ifndef PARK_REPORT_BALANCE_H
#define PARK_REPORT_BALANCE_H

#include "base/text.h"

#include <parkwater/ledger.h>

/* Columns of the diagram, left to right: 取水 供水 用水 收集 处理 回用/排放. */
typedef enum park_balance_layer {
    PARK_LAYER_INTAKE,
    PARK_LAYER_SUPPLY,
    PARK_LAYER_USE,
    PARK_LAYER_COLLECT,
    PARK_LAYER_TREAT,
    PARK_LAYER_LEAVE,
    PARK_LAYERS
} park_balance_layer;

typedef enum park_water_class { /* what a ribbon carries: decides its colour */
                                PARK_WATER_FRESH,
                                PARK_WATER_NONCONVENTIONAL,
                                PARK_WATER_REUSED,
                                PARK_WATER_WASTE,
                                PARK_WATER_LOST,
                                PARK_WATER_CLASSES
} park_water_class;

typedef struct park_balance_node {
    park_label         label;
    int32_t            unit; /* -1: an exit (evaporation, goods ...) or rain on ponds, change of storage */
    park_balance_layer layer;
    double             flow;        /* through it [m3/d] */
    int64_t            printed;     /* the same, as printed */
    int64_t            circulating; /* moved inside it [m3/d], as printed */
} park_balance_node;

typedef struct park_balance_edge {
    int32_t          from, to; /* nodes */
    int32_t          link;     /* model->link, -1: an exit, own water, a change of storage */
    park_water_class water;
    double           flow;    /* [m3/d] */
    int64_t          printed; /* [m3/d]; floor or ceiling of flow, so that every node closes */
    bool             back;    /* against the layers: drawn as a return */
} park_balance_edge;

typedef struct park_balance {
    size_t             nodes, edges;
    park_balance_node *node;
    park_balance_edge *edge;
} park_balance;

/**
 * The year's balance as a graph.
 * @return PARK_OK; PARK_E_MEMORY; PARK_E_NUMERIC when a node of the ledger does not close to 1e-6
 */
PARK_MUST_CHECK park_status park_balance_of(const park_model *model, const park_ledger *ledger,
                                            park_arena *arena, park_balance **balance, park_error *err);

/**
 * Round the edges of a closed graph to whole numbers, each to its floor or ceiling, so that every node still closes.
 * Edge i runs from[i] -> to[i]; nodes 0..nodes-1; node sums must be equal in and out (to 1e-6).
 * Cost O(edges^2). Source: a fractional circulation contains a cycle; pushing along it makes an edge whole.
 */
PARK_MUST_CHECK park_status park_round_closed(size_t nodes, size_t edges, const int32_t *from,
                                              const int32_t *to, const double *flow, int64_t *printed,
                                              park_arena *arena, park_error *err);

/* The diagram as an SVG element, both languages in it (classes zh and en), widths true to scale. */
void park_balance_svg(const park_balance *balance, park_text *out, park_arena *arena);

#endif
