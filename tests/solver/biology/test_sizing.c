#include "biology/sizing.h"

#include "check.h"

static const double DAY = 86400.0;

static park_sludge_load worked(void)
{
    return (park_sludge_load){.flow          = 1000.0 / DAY,
                              .substrate_in  = 0.6,
                              .substrate_out = 0.001925926,
                              .age           = 5.0 * DAY,
                              .yield         = 0.6,
                              .decay         = 0.06 / DAY,
                              .sludge        = 4.0,
                              .vss_share     = 0.75,
                              .bod5_share    = 0.7};
}

/* A worked calculation sheet (1000 m3/d, 600 g BOD5, five days): 345.04 m3, Yobs 0.6/1.3, 276.03 kg VSS, 462.4 kg O2. */
static void a_worked_plant(void)
{
    park_sludge_load load = worked();
    park_sludge_size size;
    CHECK(park_sludge_sized(&load, &size, NULL) == PARK_OK);
    CHECK_CLOSE(size.volume, 345.0427, 1e-3);
    CHECK_CLOSE(size.yield_seen, 0.6 / 1.3, 1e-12);
    CHECK_CLOSE(size.sludge_vss * DAY, 276.03, 0.01);
    CHECK_CLOSE(size.sludge_tss * DAY, 368.05, 0.01);
    CHECK_CLOSE(size.waste_flow * DAY, 69.00855, 1e-3);
    CHECK_CLOSE(size.oxygen * DAY, 462.423, 0.01);
    CHECK_CLOSE(size.food * DAY, 0.434729, 1e-5);
}

static void nonsense_is_refused(void)
{
    park_sludge_size size;
    park_error       err  = {0};
    park_sludge_load load = worked();
    load.age              = 0.0;
    CHECK(park_sludge_sized(&load, &size, &err) == PARK_E_RANGE);
    load               = worked();
    load.substrate_out = 0.7;
    CHECK(park_sludge_sized(&load, &size, &err) == PARK_E_RANGE && strstr(err.message, "0.7") != NULL);
}

int main(void)
{
    RUN(a_worked_plant);
    RUN(nonsense_is_refused);
    return park_test_done();
}
