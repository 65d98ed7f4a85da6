/*
 * quantity.h - numbers with units: "12000 m3/d", "1.2 万m3/a", "110 mg/L CaCO3", "6 %" to SI and back.
 * Looks down on: utf8, base.
 *
 *   quantity  ::=  number [unit] [basis]                1.2 万m3/a     2.05 元/m³     110 mg/L CaCO3
 *   unit      ::=  ['/'] factor { ('/' | '*' | '·' | space) factor }          CNY/kW/month     /a     kJ/(kg
 * K) factor    ::=  [万|亿|千|百|...] symbol [['^'] power]  |  '(' unit ')' [['^'] power]
 *
 * A symbol is a factor times powers of m, kg, s, K and CNY; SI prefixes exist only where the list has them. A
 * slash divides by the next factor only; a product behind a slash must be bracketed (m3/(ha d)), because half
 * of the readers take it the other way. Full-width digits and letters, ³ and ㎥ are read as their plain
 * forms. A year `a` is 365 d, a month a/12. Numbers follow the core schema of YAML 1.2 (1e3 is a number),
 * without hexadecimal, inf and nan.
 */
#ifndef PARK_QUANTITY_H
#define PARK_QUANTITY_H

#include "base/dimension.h"
#include "base/finding.h"

#include <stddef.h>

/* What a text came to. */
typedef struct park_quantity {
    double         value;     /* SI */
    park_exponents exponents; /* of its unit as written */
    const char    *basis;     /* what a mass is counted as: "CaCO3", "N"; "" when not said. Static */
    bool           bare;      /* no unit was written */
} park_quantity;

/* Why a text is no quantity. Fixed buffers: nothing is allocated. */
typedef struct park_quantity_problem {
    park_code code;
    size_t    offset, length; /* bytes of the text at fault */
    char      en[400], zh[400];
} park_quantity_problem;

/**
 * Read a quantity of a dimension.
 *   SHARE    "6 %" or a bare number within -1..1     NUMBER  a bare number
 *   TEMPERATURE  "25 °C" becomes 298.15 K; TEMPERATURE_DIFFERENCE "8 °C" becomes 8 K
 *   PRESSURE_HEAD  a length, or a pressure divided by 9806.65 N/m3
 * @param text       UTF-8, length bytes
 * @param dimension  what is due; PARK_DIM_COUNT takes any
 * @param quantity   out
 * @param problem    out on failure; may be NULL
 * @return true when it is one. No allocation; cost O(length). Thread-safe.
 */
bool park_quantity_parse(const char *text, size_t length, park_dimension dimension, park_quantity *quantity,
                         park_quantity_problem *problem);

/* A plain number of YAML's core schema (full-width digits too): "1e3", "-.5". Units and ratios do not enter.
 */
bool park_number_parse(const char *text, size_t length, double *value, park_quantity_problem *problem);

/* A unit alone, as series and tables name it: SI value = number * scale + offset (offset is not 0 only for °C
 * where a TEMPERATURE is due). `basis` may be NULL. */
bool park_unit_parse(const char *text, size_t length, park_dimension dimension, double *scale, double *offset,
                     const char **basis, park_quantity_problem *problem);

/* Add a problem to findings; the caller gives it its place. `what` names the field ("capacity"), may be NULL.
 */
park_finding *park_quantity_finding(park_findings *findings, const park_quantity_problem *problem,
                                    const char *path);

/**
 * Write an SI value in a unit: "12000 m3/d".
 * @param unit    a unit text that park_unit_parse takes for the dimension; NULL: the one shown for it
 * @param digits  significant digits, 1 to 17; 0: the fewest that read back as the same double
 * @param buffer  out [size]
 * @return characters written, as snprintf; -1 when the unit does not fit the dimension
 */
int park_quantity_format(double value, park_dimension dimension, const char *unit, int digits, bool zh,
                         char *buffer, size_t size);

/* The list behind `parkwater units`. */
typedef struct park_unit_row {
    const char    *symbol;
    double         factor; /* to SI: factor_over / factor_under */
    double         over, under;
    park_exponents exponents;
    unsigned       marks; /* internal */
} park_unit_row;
const park_unit_row *park_units_list(size_t *count);

#endif
