/*
 * unit.h - the symbols of units and the algebra of their products; used by quantity.c alone.
 * Looks down on: utf8, base.
 */
#ifndef PARK_UNIT_H
#define PARK_UNIT_H

#include "quantity.h"

#include <stdint.h>

enum { PARK_UNIT_TEXT = 240 /* bytes that a quantity may have */ };

/* A text in plain form: full-width characters, superscripts and typographic signs replaced; `from` leads
 * back. */
typedef struct park_unit_text {
    char     text[PARK_UNIT_TEXT + 1];
    uint16_t from[PARK_UNIT_TEXT + 1]; /* byte offset in the original of each byte, and of the end */
    size_t   length;
} park_unit_text;

/* What the symbols of a unit were, beyond their exponents: keeps kWh from kW per month, m3 from m3 per piece.
 */
enum park_unit_mark {
    PARK_UNIT_POWER   = 1,
    PARK_UNIT_ENERGY  = 2,
    PARK_UNIT_LONG    = 4, /* day, month, year */
    PARK_UNIT_PIECE   = 8,
    PARK_UNIT_SHARE   = 16, /* % */
    PARK_UNIT_CELSIUS = 32,
    PARK_UNIT_TIMES   = 64, /* 万: stands before another symbol */
    PARK_UNIT_HOUR    = 128,
    PARK_UNIT_LONE    = 256 /* the whole unit is one symbol without power */
};

/* SI value = number * over / under. */
typedef struct park_unit {
    double         over, under;
    park_exponents exponents;
    unsigned       marks;
    const char    *basis; /* "" when not said; static */
} park_unit;

/* Bring a text to its plain form; false when it is longer than PARK_UNIT_TEXT. */
bool park_unit_text_make(const char *text, size_t length, park_unit_text *plain);

/* Read the unit from byte `at` of the plain text to its end. On failure the problem's place is in the
 * original text. */
bool park_unit_read(const park_unit_text *plain, size_t at, park_unit *unit, park_quantity_problem *problem);

/* Fill a problem: from .. to are bytes of the plain text; en and zh are formats over the same arguments.
 * Returns false. */
bool park_unit_fail(park_quantity_problem *problem, const park_unit_text *plain, size_t from, size_t to,
                    park_code code, const char *en, const char *zh, ...);

/* Is the word (length bytes) such a unit? en and zh then say what to write instead. */
bool park_unit_stranger(const char *word, size_t length, const char **en, const char **zh);

#endif
