/*
 * inp_park.h - a first park around a pipe network: what feeds it and who draws from it, bound to its nodes.
 * Looks down on: network, text.
 */
#ifndef PARK_IMPORT_INP_PARK_H
#define PARK_IMPORT_INP_PARK_H

#include "base/text.h"

#include <parkwater/network.h>

enum { PARK_INP_USERS_MOST = 40 }; /* junctions with demand up to which each becomes a user of its own */

typedef struct park_inp_park_counts {
    size_t sources, users, connections, patterns;
    size_t without_source; /* demands of parts that nothing feeds: left out, and said in the text */
    bool   grouped;        /* users stand for many junctions */
} park_inp_park_counts;

/**
 * A scenario as YAML. Reservoirs are sources (tanks where a part has no reservoir), inflows are streams. Users are junctions with
 * demand, one each where there are few; else one for each part, category and pattern. All their water goes to one sewer, for the
 * file does not say where it goes. Each source is connected with each user of its part.
 * @param inp_name  how the scenario names the network's file
 * @return PARK_OK; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_inp_park(const park_network *net, const char *inp_name, park_text *out,
                                          park_inp_park_counts *counts, park_error *err);

#endif
