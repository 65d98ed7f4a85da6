/*
 * effluent_sample.h - the benchmark's own way of judging an effluent: a sample each quarter of an hour of its last week.
 */
#ifndef PARK_TESTS_EFFLUENT_SAMPLE_H
#define PARK_TESTS_EFFLUENT_SAMPLE_H

#include "biology/assess.h"
#include "biology/march.h"
#include "biology/plant.h"

typedef struct sampling {
    const park_sludge_form *form;
    double                  pollution;
    size_t                  count;
} sampling;

static inline void sample(void *user, double time, const park_sludge_inflow *in, const double *y)
{
    static const double LAST_WEEK = 21.0 * 86400.0; /* [s] */
    sampling           *s         = user;
    park_sludge_stream  out, waste;
    if (time < LAST_WEEK - 1.0)
        return;
    park_sludge_leaving(s->form, in, y, &out, &waste);
    park_sludge_measures m = park_asm1_measures(&s->form->plant.kinetics, out.conc, PARK_BOD_TREATED);
    s->pollution += out.flow * park_pollution(&m);
    s->count++;
}

#endif
