#include "indicator_text.h"
#include "check.h"

static char text[400];

static void yearly_figures_read_as_in_reports(void)
{
    park_indicator item = {.dim = PARK_DIM_VOLUME, .value = 3456789.0, .target = PARK_NONE};
    park_indicator_value_text(&item, true, text, sizeof text);
    CHECK_TEXT(text, "345.7 万m³/a");
    park_indicator_value_text(&item, false, text, sizeof text);
    CHECK_TEXT(text, "345.7 ×10⁴ m³/a");
    item = (park_indicator){.dim = PARK_DIM_SHARE, .value = 0.94345, .target = PARK_NONE};
    park_indicator_value_text(&item, true, text, sizeof text);
    CHECK_TEXT(text, "94.34 %"); /* the tie 94.345 goes to the even digit */
    item.value = NAN;
    park_indicator_value_text(&item, true, text, sizeof text);
    CHECK_TEXT(text, "—");
}

static void a_flow_asked_of_a_yearly_volume(void)
{
    park_target    target = {.min = 3e6 / (365.0 * 86400.0), .max = INFINITY, .dim = PARK_DIM_FLOW};
    park_model     model  = {.targets = 1, .target = &target};
    park_indicator item   = {.dim = PARK_DIM_VOLUME, .value = 2e6, .target = 0};
    CHECK_CLOSE(park_indicator_asked(&model, &item), 3e6, 1e-6);
    park_indicator_target_text(&model, &item, true, text, sizeof text);
    CHECK_TEXT(text, "≥ 300.0 万m³/a");
    item.target = PARK_NONE;
    park_indicator_target_text(&model, &item, true, text, sizeof text);
    CHECK_TEXT(text, "");
}

static void money_by_language(void)
{
    park_shown_text(72867490.0, PARK_DIM_MONEY, true, text, sizeof text);
    CHECK_TEXT(text, "7287 万元");
    park_shown_text(72867490.0, PARK_DIM_MONEY, false, text, sizeof text);
    CHECK_TEXT(text, "72.87 million CNY");
    park_shown_text(100.0 / 3600.0, PARK_DIM_FLOW, true, text, sizeof text);
    CHECK_TEXT(text, "2400 m³/d");
}

/* 12 m3 for each 10 000 CNY is 0.0012 m3/CNY. */
static void units_read_in_the_language_of_the_page(void)
{
    park_shown_text(12e-4, PARK_DIM_INTENSITY_PER_VALUE, false, text, sizeof text);
    CHECK_TEXT(text, "12.00 m³/10⁴ CNY");
    park_shown_text(12e-4, PARK_DIM_INTENSITY_PER_VALUE, true, text, sizeof text);
    CHECK_TEXT(text, "12.00 m³/万元");
    park_shown_text(5.5e-3, PARK_DIM_INTENSITY_PER_MASS, false, text, sizeof text);
    CHECK_TEXT(text, "5.500 m³/t");
}

static void objectives_read_in_the_language_of_the_page(void)
{
    CHECK_TEXT(park_objective_unit_text("CNY/a", true), "元/a");
    CHECK_TEXT(park_objective_unit_text("CNY/a", false), "CNY/a");
    CHECK_TEXT(park_objective_unit_text("m3/a", true), "m³/a");
    CHECK_TEXT(park_objective_unit_text("m3/a", false), "m³/a");
    CHECK_TEXT(park_objective_unit_text("kg/a", true), "kg/a");
}

int main(void)
{
    RUN(yearly_figures_read_as_in_reports);
    RUN(a_flow_asked_of_a_yearly_volume);
    RUN(money_by_language);
    RUN(units_read_in_the_language_of_the_page);
    RUN(objectives_read_in_the_language_of_the_page);
    return park_test_done();
}
