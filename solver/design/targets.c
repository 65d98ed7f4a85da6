#include "design/targets.h"

#include <string.h>

static const double YEAR = 31536000.0; /* 365 d [s] */

static const struct {
    const char      *word;
    park_target_kind kind;
} WORDS[] = {{"reuse_rate", PARK_TARGET_REUSE_RATE},
             {"non_conventional_rate", PARK_TARGET_NONCONVENTIONAL_RATE},
             {"non_conventional_share", PARK_TARGET_NONCONVENTIONAL_RATE},
             {"non_conventional", PARK_TARGET_NONCONVENTIONAL},
             {"intake", PARK_TARGET_INTAKE},
             {"fresh_water", PARK_TARGET_INTAKE},
             {"reuse", PARK_TARGET_REUSE},
             {"reuse_volume", PARK_TARGET_REUSE},
             {"discharge", PARK_TARGET_DISCHARGE},
             {"intake_per_value_added", PARK_TARGET_INTAKE_PER_VALUE},
             {"discharge_per_value_added", PARK_TARGET_DISCHARGE_PER_VALUE},
             {"unit_intake", PARK_TARGET_UNIT_INTAKE}};

static double value_added(const park_model *model, int32_t enterprise)
{
    double sum = 0.0;
    for (size_t e = 0; e < model->enterprises; e++)
        if ((enterprise < 0 || (int32_t)e == enterprise) && isfinite(model->enterprise[e].value_added))
            sum += model->enterprise[e].value_added * YEAR;
    return sum;
}

park_target_word park_target_read(const park_model *model, const park_target *target)
{
    park_target_word word = {PARK_TARGET_UNKNOWN, -1, 1.0};
    if (target->indicative)
        return word;
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(target->quantity, WORDS[i].word) == 0)
            word.kind = WORDS[i].kind;
    bool named = target->subject != NULL && target->subject[0] != '\0';
    if (word.kind == PARK_TARGET_UNIT_INTAKE) {
        for (size_t e = 0; named && e < model->enterprises; e++)
            for (size_t p = 0; p < model->enterprise[e].products; p++)
                if (strcmp(model->enterprise[e].product[p].id, target->subject) == 0)
                    word.enterprise = (int32_t)e, word.per = model->enterprise[e].product[p].rate * YEAR;
        if (word.enterprise < 0 || !(word.per > 0.0))
            word.kind = PARK_TARGET_UNKNOWN;
        return word;
    }
    for (size_t e = 0; named && e < model->enterprises; e++)
        if (strcmp(model->enterprise[e].id, target->subject) == 0)
            word.enterprise = (int32_t)e;
    if (named && (word.enterprise < 0 || word.kind != PARK_TARGET_INTAKE_PER_VALUE))
        word.kind = PARK_TARGET_UNKNOWN;
    if (word.kind == PARK_TARGET_INTAKE_PER_VALUE || word.kind == PARK_TARGET_DISCHARGE_PER_VALUE) {
        word.per = value_added(model, word.enterprise);
        if (!(word.per > 0.0))
            word.kind = PARK_TARGET_UNKNOWN;
    }
    return word;
}

void park_targets_trace(const park_model *model, bool tracer[PARK_TRACERS])
{
    for (int t = 0; t < PARK_TRACERS; t++)
        tracer[t] = false;
    for (size_t i = 0; i < model->targets; i++) {
        const park_target *target = &model->target[i];
        park_target_word   word   = park_target_read(model, target);
        park_basis         basis  = target->basis_given ? target->basis : model->accounting.intake;
        if (word.kind == PARK_TARGET_REUSE_RATE || word.kind == PARK_TARGET_REUSE)
            tracer[PARK_TRACER_USED] = true;
        if (word.enterprise >= 0) {
            tracer[PARK_TRACER_CONVENTIONAL] = true;
            if (basis == PARK_BASIS_ALL_SOURCES)
                tracer[PARK_TRACER_NONCONVENTIONAL] = true;
        }
    }
}

void park_targets_check(const park_model *model, park_findings *findings)
{
    for (size_t i = 0; i < model->targets && findings != NULL; i++) {
        const park_target *target = &model->target[i];
        if (target->indicative || park_target_read(model, target).kind != PARK_TARGET_UNKNOWN)
            continue;
        park_finding_add(findings, PARK_W0961, PARK_WARNING, NULL,
                         "target %s%s%s is judged after the optimum but not yet a constraint in this version",
                         "目标 %s%s%s 在本版本中只作评判，尚不能作为优化约束", target->quantity,
                         target->subject != NULL ? "." : "", target->subject != NULL ? target->subject : "");
    }
}
