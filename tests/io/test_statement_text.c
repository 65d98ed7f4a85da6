/* Paths in words of people, amounts in the unit they think in. */
#include "statement_text.h"
#include "check.h"

static char text[400];

static const char *said(const park_model *model, const char *path, bool zh)
{
    park_statement_text(model, path, zh, text, sizeof text);
    return text;
}

static const char *amount(park_worth_of of, park_dimension dim, double value, bool zh)
{
    park_statement_amount(of, dim, value, zh, text, sizeof text);
    return text;
}

static void paths_are_words(void)
{
    park_unit_info unit[2] = {{.id = "out", .role = PARK_SINK, .label = {.zh = "排口", .en = "Outfall"}},
                              {.id = "wash", .role = PARK_USER}};
    park_model     model   = {.units = 2, .unit = unit};
    CHECK_TEXT(said(&model, "sinks.out.limits.COD", true), "排口 · COD 排放限值");
    CHECK_TEXT(said(&model, "sinks.out.limits.COD", false), "Outfall, discharge limit of COD");
    CHECK_TEXT(said(&model, "users.wash.inlet.NH3-N", false), "wash, inlet limit of NH3-N");
    CHECK_TEXT(said(&model, "users.wash.inlets.dye.limits.COD", true), "wash · 进水口 dye 的 COD 限值");
    CHECK_TEXT(said(&model, "users.wash.demand", true), "wash · 需水量");
    CHECK_TEXT(said(&model, "users.wash.circulating_limits.so4_plus_cl", false),
               "wash, limit of so4_plus_cl in the circulating water");
    CHECK_TEXT(said(&model, "connections.candidates.c7.capacity", true), "管线 c7 · 能力");
    CHECK_TEXT(said(&model, "economics.budget", false), "budget");
    CHECK_TEXT(said(&model, "targets.reuse_rate", true), "目标：重复利用率");
    CHECK_TEXT(said(&model, "targets.unit_intake.cloth", false), "target: intake per product · cloth");
    const char *const STRANGE[] = {
        "", "users", "users.wash", "users.wash.colour", "targets.joy", "connections.candidates.c7"};
    for (size_t i = 0; i < sizeof STRANGE / sizeof STRANGE[0]; i++)
        CHECK_TEXT(said(&model, STRANGE[i], true), STRANGE[i]);
}

static void amounts_have_units(void)
{
    CHECK_TEXT(amount(PARK_WORTH_CONC, PARK_DIM_CONC, 0.0125, false), "12.5 mg/L");
    CHECK_TEXT(amount(PARK_WORTH_FLOW, PARK_DIM_FLOW, 10.0 / 3600.0, true), "10 m³/h");
    CHECK_TEXT(amount(PARK_WORTH_RATE, PARK_DIM_SHARE, 0.94, true), "94 %");
    CHECK_TEXT(amount(PARK_WORTH_SHARE, PARK_DIM_FLOW, 3e6 / (365.0 * 86400.0), true), "300.0 万m³/a");
    CHECK_TEXT(amount(PARK_WORTH_CONC, PARK_DIM_CONC, NAN, true), "—");
    CHECK(park_statement_amount(PARK_WORTH_CONC, PARK_DIM_CONC, 1.0, true, text, 4) > 4);
}

int main(void)
{
    RUN(paths_are_words);
    RUN(amounts_have_units);
    return park_test_done();
}
