/*
 * constituents.h - the constituents that the catalogue knows, and what a mass may be counted as.
 * Looks down on: base, the public interface.
 */
#ifndef PARK_SCHEMA_CONSTITUENTS_H
#define PARK_SCHEMA_CONSTITUENTS_H

#include <parkwater/model.h>

typedef struct park_constituent_row {
    const char    *id, *zh, *en;
    park_mixing    mixes;
    park_dimension dimension; /* of its level: CONC, TEMPERATURE, or NUMBER with the unit word below */
    const char    *unit;      /* "NTU": a word that may stand behind the number; NULL */
    const char    *basis;     /* what its mass is counted as; NULL: as itself */
    bool           basis_due; /* the text must say the basis: hardness, alkalinity */
    bool           class_one; /* first-class pollutant of GB 8978: limited at the workshop's outlet */
    double         magnitude; /* a typical level, SI */
    const char    *also;      /* other spellings, blank separated, for "did you mean" */
} park_constituent_row;

/* All rows, ended by id NULL. */
const park_constituent_row *park_constituent_rows(void);
/* By exact id; NULL. */
const park_constituent_row *park_constituent_row_find(const char *id);
/* The row that one of whose other spellings or names is `word`; NULL. */
const park_constituent_row *park_constituent_row_guess(const char *word);

/**
 * Factor from a mass written as `basis` to the constituent's own basis: 40 mg/L CaCO3 of Ca are 40 times
 * 0.4004 mg/L of calcium.
 * @param basis  "" when the text says none
 * @return the factor; 0 when that constituent is not counted so
 * Source: molar masses, IUPAC 2021 abridged; CaCO3 stands for one mole of two charges.
 */
double park_constituent_basis(const char *id, const char *basis);

#endif
