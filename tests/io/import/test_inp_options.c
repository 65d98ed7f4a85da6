#include "inp_fixture.h"

static void what_is_not_said_is_as_in_epanet(void)
{
    inp_fixture f = inp_given("[JUNCTIONS]\n J 1\n[RESERVOIRS]\n R 2\n[PIPES]\n P J R\n");
    CHECK(f.status == PARK_OK);
    const park_net_options *o = &f.net->option;
    CHECK_TEXT(f.net->origin.flow_unit, "GPM");
    CHECK(o->trials == 200 && o->accuracy == 1e-3 && o->extra_trials == -1 && o->check_every == 2 &&
          o->check_until == 10);
    CHECK(o->emitter_exponent == 0.5 && o->emitter_backflow && !o->pressure_driven &&
          o->specific_gravity == 1.0);
    CHECK_CLOSE(o->viscosity, 1.1e-5 * 0.09290304, 1e-18);
    CHECK_CLOSE(o->pressure_required, 0.1 * 0.3048 / 0.4333, 1e-15);
    CHECK_CLOSE(f.net->link.length[0], 330.0 * 0.3048, 1e-10);
    CHECK_CLOSE(f.net->link.diameter[0], 0.254, 1e-14);
    CHECK(f.net->link.roughness[0] == 130.0);
    const park_net_times *t = &f.net->time;
    CHECK(t->duration == 0 && t->hydraulic_step == 3600 && t->pattern_step == 3600 && t->report_step == 3600);
    CHECK(t->quality_step == 360 && t->rule_step == 360);
    inp_done(&f);
}

static void options_in_words_and_numbers(void)
{
    inp_fixture f = inp_given(
        INP_LEAST
        " PRESSURE KPA\n SPECIFIC GRAVITY 1.1\n VISCOSITY 2\n DIFFUSIVITY 1e-9\n TRIALS 40\n ACCURACY 1e-9\n"
        " HEADERROR 0.01\n FLOWCHANGE 0.5\n UNBALANCED CONTINUE 10\n DEMAND MODEL PDA\n MINIMUM PRESSURE 10\n"
        " REQUIRED PRESSURE 200\n PRESSURE EXPONENT 0.6\n EMITTER EXPONENT 0.7\n BACKFLOW ALLOWED NO\n"
        " CHECKFREQ 3\n MAXCHECK 11\n DAMPLIMIT 0.1\n TOLERANCE 0.02\n MAP x.map\n HEADLOSS C-M\n");
    CHECK(f.status == PARK_OK && f.findings.count == 0);
    const park_net_options *o   = &f.net->option;
    double                  kpa = 0.3048 / (0.4333 * 1.1 * 6.895);
    CHECK_CLOSE(o->pressure_min, 10.0 * kpa, 1e-14);
    CHECK_CLOSE(o->pressure_required, 200.0 * kpa, 1e-13);
    CHECK(o->pressure_driven && o->pressure_exponent == 0.6 && o->emitter_exponent == 0.7 &&
          !o->emitter_backflow);
    CHECK_CLOSE(o->viscosity, 2.2e-5 * 0.09290304, 1e-18); /* above 1e-3: a multiple of water's */
    CHECK(o->diffusivity == 1e-9);                         /* below 1e-4: the property itself */
    CHECK(o->trials == 40 && o->accuracy == 1e-5 && o->head_error == 0.01 &&
          o->extra_trials == 10); /* held within 1e-5..0.1 */
    CHECK_CLOSE(o->flow_change, 0.5e-3, 1e-8);
    CHECK(o->check_every == 3 && o->check_until == 11 && o->damp_limit == 0.1 &&
          o->headloss == PARK_NET_CHEZY_MANNING);
    CHECK_CLOSE(o->quality_tolerance, 2e-5, 1e-18);
    inp_done(&f);
    f = inp_given(INP_LEAST " TRIALS 0.5\n CHECKFREQ 1e-9\n MAXCHECK 1e300\n");
    CHECK(f.net->option.trials == 1 && f.net->option.check_every == 1 &&
          f.net->option.check_until == 1000000000);
    inp_done(&f);
    f = inp_given(INP_LEAST " VISCOSITY 1.2e-6\n");
    CHECK(f.net->option.viscosity == 1.2e-6); /* below 1e-3: the property itself */
    inp_done(&f);
    f = inp_given(INP_LEAST " EMITTER BACKFLOW NO\n UNBALANCED STOP\n UNBALANCED CONTINUE\n QTOL 1\n");
    CHECK(!f.net->option.emitter_backflow && f.net->option.extra_trials == 0 && f.findings.count == 1);
    inp_done(&f);
}

static void steps_bound_one_another(void)
{
    inp_fixture f = inp_given(INP_LEAST "[TIMES]\n DURATION 2 DAYS\n HYDRAULIC TIMESTEP 2:00\n PATTERN "
                                        "TIMESTEP 1:00\n REPORT TIMESTEP 30 MIN\n"
                                        " QUALITY TIMESTEP 5 MIN\n REPORT START 100:00\n PATTERN START "
                                        "1:30\n START CLOCKTIME 6 PM\n STATISTIC AVERAGE\n"
                                        " RULE TIMESTEP 0:06\n MINIMUM TRAVELTIME 1\n");
    CHECK(f.status == PARK_OK);
    const park_net_times *t = &f.net->time;
    CHECK(t->duration == 172800 && t->hydraulic_step == 1800 && t->pattern_step == 3600 &&
          t->report_step == 1800);
    CHECK(t->quality_step == 300 && t->rule_step == 360 && t->pattern_start == 5400 &&
          t->clock_start == 64800);
    CHECK(t->report_start == 0 && t->statistic == 1); /* beyond the end: from the start */
    inp_done(&f);
    f = inp_given(INP_LEAST "[TIMES]\n HYDRAULIC TIMESTEP 5 SEC\n");
    CHECK(f.net->time.quality_step == 1 && f.net->time.rule_step == 1); /* a tenth, but no step of nothing */
    inp_done(&f);
}

static void mistakes_of_options(void)
{
    INP_REFUSED(" UNITS FURLONGS\n", PARK_E0606, 1, 8);
    INP_REFUSED(" PRESSURE TORR\n", PARK_E0606, 1, 11);
    INP_REFUSED(" HEADLOSS X-Y\n", PARK_E0606, 1, 11);
    INP_REFUSED(" TRIALS 0\n", PARK_E0605, 1, 9);
    INP_REFUSED(" ACCURACY little\n", PARK_E0604, 1, 11);
    INP_REFUSED(" DEMAND MODEL XYZ\n", PARK_E0606, 1, 15);
    INP_REFUSED(" UNBALANCED MAYBE\n", PARK_E0606, 1, 13);
    INP_REFUSED("[TIMES]\n DURATION long\n", PARK_E0614, 2, 11);
    INP_REFUSED("[TIMES]\n DRUATION 5\n", PARK_E0606, 2, 2);
    INP_REFUSED("[TIMES]\n STATISTIC MODE\n", PARK_E0606, 2, 12);
    inp_refused(INP_LEAST " MINIMUM PRESSURE 20\n REQUIRED PRESSURE 20\n", PARK_E0605, 0, 0);
}

int main(void)
{
    RUN(what_is_not_said_is_as_in_epanet);
    RUN(options_in_words_and_numbers);
    RUN(steps_bound_one_another);
    RUN(mistakes_of_options);
    return park_test_done();
}
