/*
 * number.h - numbers as they are printed: GB/T 8170, a tie goes to the even digit.
 * Looks down on: nothing.
 */
#ifndef PARK_REPORT_NUMBER_H
#define PARK_REPORT_NUMBER_H

#include <stddef.h>

/**
 * Print `value` rounded to `decimals` (0..12) as a plain decimal. What counts is the decimal number that a reader
 * would write for the value (15 significant digits), so 2.345 gives 2.34 and 2.355 gives 2.36; minus zero loses its sign.
 * Values that are not finite give "".
 * @return characters written, as snprintf; size 400 is always enough
 */
int park_number_print(double value, int decimals, char *buffer, size_t size);

#endif
