/*
 * inp.h - pipe networks as EPANET writes them: INP text of versions 2.0 to 2.3 into columns in SI, and back.
 * Looks down on: network, text, file, base.
 *
 * Sections may stand in any order and any number of times. Words are known by their first letters, as EPANET knows
 * them; ids are compared byte by byte. Files in UTF-8 (with or without mark), GBK or UTF-16.
 * Numbers become SI by EPANET's own rounded factors (448.831 gpm, 28.317 L/s, 101.94 m3/h .. to the ft3/s, 0.3048 m to
 * the ft, 0.4333 psi to the ft), so that both engines solve one and the same network.
 */
#ifndef PARK_IMPORT_INP_H
#define PARK_IMPORT_INP_H

#include "base/text.h"

#include <parkwater/network.h>

/**
 * A network from the text of a file.
 * @param name      stands for the file in messages
 * @param text      length bytes in any of the encodings; borrowed for the call
 * @param net       out: nodes stand as junctions, reservoirs, tanks; links as pipes, pumps, valves; each in the file's
 *                  order; arena-owned. Also given, in part, where it has mistakes; NULL out of memory
 * @param findings  all mistakes at once with line and column, what was left out, and what park_network_check says
 * @return PARK_OK; PARK_E_INPUT when errors were added to the findings; PARK_E_MEMORY
 * Cost O(length), but O(links) for each range of ids in [STATUS], [QUALITY] or [REACTIONS].
 */
PARK_MUST_CHECK park_status park_inp_read(park_arena *arena, const char *name, const char *text,
                                          size_t length, park_network **net, park_findings *findings,
                                          park_error *err);

/* The same from a file; PARK_E_FILE when it cannot be read. */
PARK_MUST_CHECK park_status park_inp_read_file(park_arena *arena, const char *path, park_network **net,
                                               park_findings *findings, park_error *err);

/* Does the path end like a network file: .inp in any case? */
bool park_inp_named(const char *path);

/**
 * The network as INP text that EPANET 2.3 reads, with 12 significant digits.
 * @param flow_unit  "LPS", "CMH", "GPM" ..; NULL: the unit it came in, "LPS" where it has none
 * @return PARK_OK; PARK_E_RANGE when the flow unit is unknown; PARK_E_MEMORY
 * What was read and is written reads again to the same columns, up to rounding; and is then written to the same bytes.
 */
PARK_MUST_CHECK park_status park_inp_write(const park_network *net, const char *flow_unit, park_text *out,
                                           park_error *err);

#endif
