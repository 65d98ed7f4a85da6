/*
 * decimal.h - numbers with nine significant digits, fast: tables of a network hold millions of them.
 * Looks down on: nothing.
 */
#ifndef PARK_DECIMAL_H
#define PARK_DECIMAL_H

#include <stddef.h>

enum { PARK_DECIMAL_MOST = 24 }; /* bytes that a number may take */

/**
 * Write `value` as printf's "%.9g" does, byte for byte; but zero is "0" whatever its sign, and what is no number is
 * left empty.
 * @param out  at least PARK_DECIMAL_MOST bytes; not terminated
 * @return bytes written
 */
size_t park_decimal_write(double value, char *out);

#endif
