/*
 * network_leak.h - what a pipe network loses, drawn by a unit of its own beside the units that the network serves.
 * Math: docs/math/units.md, Eq. (U24).   Looks down on: model.
 *
 * The pipes lose `flow` a metre at the law's pressure whatever they carry, so the leak is a demand and no share of the
 * flow. It is met by the donors of the connections that the network carries. What the hydraulics make of it season by
 * season comes back as network.times.
 */
#ifndef PARK_UNITS_NETWORK_LEAK_H
#define PARK_UNITS_NETWORK_LEAK_H

#include "units/kind.h"

typedef struct park_network_leak {
    int32_t        network; /* index into model->network */
    park_text_list accepts; /* its donors */
} park_network_leak;

/* What a network is thought to leak in a season [m3/s]; season -1: as the law says. */
double park_network_leak_flow(const park_model *model, int32_t network, int32_t season);

#endif
