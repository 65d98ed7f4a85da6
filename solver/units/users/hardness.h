/*
 * hardness.h - which constituents of a park are its calcium, magnesium and alkalinity, and what they are as CaCO3.
 * Looks down on: model.
 */
#ifndef PARK_UNITS_USERS_HARDNESS_H
#define PARK_UNITS_USERS_HARDNESS_H

#include <parkwater/model.h>

/* Grams of CaCO3 that stand for one gram of a constituent: 1 where it is stated as CaCO3, 100.087/40.078 for calcium. */
double park_as_caco3(const park_constituent_info *constituent);

/* The constituent that stands for it, by its usual names; -1 where the park has none. */
int32_t park_calcium_of(const park_model *model);    /* Ca, Ca_hardness, hardness */
int32_t park_magnesium_of(const park_model *model);  /* Mg, Mg_hardness, hardness */
int32_t park_alkalinity_of(const park_model *model); /* alkalinity, HCO3 */

#endif
