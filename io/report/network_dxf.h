/*
 * network_dxf.h - pipe networks as a drawing (DXF) for CAD programs.
 * Docs: docs/user/export.md.   Looks down on: network.h, text.
 */
#ifndef PARK_REPORT_NETWORK_DXF_H
#define PARK_REPORT_NETWORK_DXF_H

#include "base/text.h"

#include <parkwater/network.h>

typedef struct park_dxf_network {
    const char         *id;
    const park_network *net;
    const char *const  *unit; /* [nodes] names of the units bound there, NULL none; may be NULL */
} park_dxf_network;

/**
 * DXF of release 12 (AC1009), ASCII, in the file's own map units; letters in GBK (ANSI_936), others as \U+XXXX. Each network has
 * its layers (ID-PIPE, -CHECK, -PUMP, -VALVE, -JUNCTION, -RESERVOIR, -TANK, -DN, -NAME, -UNIT): pipes are polylines with
 * their bends, diameters stand along them in mm, pumps, valves and nodes are blocks, closed links are dashed.
 * @param left_out  out: links and nodes without a place on the map
 * @return PARK_OK; PARK_E_INPUT when no node has a place; PARK_E_MEMORY
 * Names of units give way to each other. Cost O(nodes + links + units^2).
 */
PARK_MUST_CHECK park_status park_network_dxf(const park_dxf_network *network, size_t count, park_text *out,
                                             size_t *left_out, park_error *err);

#endif
