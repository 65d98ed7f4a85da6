/*
 * tables_meters.h - which connections are to be measured at which level, and what a meter sees.
 * Docs: docs/user/tables.md.   Looks down on: tables_parts.
 */
#ifndef PARK_REPORT_TABLES_METERS_H
#define PARK_REPORT_TABLES_METERS_H

#include "report/tables_parts.h"

/**
 * The level of a connection: 1 where it crosses the bounds of an enterprise or of the utility (sources and sinks stand outside),
 * 2 where it leads within them to a user, 3 where it leads to a tower, a boiler, a treatment or a storage.
 * @param owner  out: the enterprise whose point it is, PARK_NONE the utility: who receives, of sinks who gives
 */
int32_t park_metering_level(const park_model *model, size_t link, int32_t *owner);

/* What goes through a meter in a year [m3]: of a connection its water, of a source all that leaves, of another unit all that
 * enters; NAN when it measures nothing that this park has. */
double park_metered(const park_model *model, const park_ledger *ledger, const park_meter *meter);

#endif
