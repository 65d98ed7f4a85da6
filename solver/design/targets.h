/*
 * targets.h - what a target speaks of, read once: the volume it bounds and what it is divided by.
 * Math: docs/math/optimization.md, Eq. (O31)-(O35).   Looks down on: superstructure.
 */
#ifndef PARK_DESIGN_TARGETS_H
#define PARK_DESIGN_TARGETS_H

#include "design/superstructure.h"

typedef enum park_target_kind {
    PARK_TARGET_UNKNOWN,
    PARK_TARGET_REUSE_RATE,
    PARK_TARGET_NONCONVENTIONAL_RATE,
    PARK_TARGET_NONCONVENTIONAL,
    PARK_TARGET_INTAKE,
    PARK_TARGET_REUSE,
    PARK_TARGET_DISCHARGE,
    PARK_TARGET_INTAKE_PER_VALUE,
    PARK_TARGET_DISCHARGE_PER_VALUE,
    PARK_TARGET_UNIT_INTAKE
} park_target_kind;

typedef struct park_target_word {
    park_target_kind kind;
    int32_t          enterprise; /* -1: the whole park */
    double per; /* what one unit of the ratio stands for: products a year, CNY of value added a year */
} park_target_word;

/* An indicative target bounds nothing: its kind is PARK_TARGET_UNKNOWN. */
park_target_word park_target_read(const park_model *model, const park_target *target);
/* The tracers that a model's targets need. */
void park_targets_trace(const park_model *model, bool tracer[PARK_TRACERS]);
/* A finding for each target that cannot be a constraint in this version. */
void park_targets_check(const park_model *model, park_findings *findings);

#endif
