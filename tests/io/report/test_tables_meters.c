/* Meters, domestic water, leaks and the forms of applications, against hand counts of the small run. */
#include "check.h"
#include "small_run.h"

#include "report/forms.h"
#include "report/tables_meters.h"

#include "base/calendar.h"

/* A cell below a heading as it is typed, as text, in the n-th row whose column `by` says `key`. */
static const char *at(const park_sheet *sheet, const char *by, const char *key, int nth, const char *heading)
{
    static char text[8][64];
    static int  turn;
    size_t      columns = sheet->rows > 1 ? sheet->row[1] : sheet->cells, find = columns, want = columns;
    for (size_t c = 0; c < columns; c++) {
        const char *typed = park_unit_as_typed(sheet->cell[c].text, sheet->text.arena);
        find              = strcmp(typed, by) == 0 ? c : find;
        want              = strcmp(typed, heading) == 0 ? c : want;
    }
    CHECK(find < columns && want < columns);
    for (size_t r = 1; find < columns && want < columns && r < sheet->rows; r++) {
        const park_cell *is = &sheet->cell[r * columns + find], *cell = &sheet->cell[r * columns + want];
        if (is->text == NULL || strcmp(is->text, key) != 0 || nth-- > 0)
            continue;
        turn = (turn + 1) % 8;
        if (cell->text != NULL)
            return cell->text;
        snprintf(text[turn], sizeof text[turn], "%.*f", cell->decimals, cell->number);
        return isfinite(cell->number) ? text[turn] : "";
    }
    return "(none)";
}

/* By hand, m3/d: river 300 to the plant and 150 to the tower; the plant 330 to the works; these give 90 back and 240 to the bank;
 * the tower 27 to the bank. Four meters: two valid, one run out, one without a date. */
static void metered_run(small_run *run)
{
    static park_meter METER[] = {
        {.id = "M1", .on = "river", .level = 1, .parent = PARK_NONE, .max_error = 0.01, .size = 0.3},
        {.id = "M2", .on = "l1", .level = 2, .parent = 0, .max_error = 0.02},
        {.id = "M3", .on = "tower", .level = 2, .parent = 0, .max_error = 0.02},
        {.id = "M4", .on = "l4", .parent = PARK_NONE, .max_error = 0.05}};
    small_run_begin(run);
    park_model *m = &run->p.m;
    for (size_t i = 0; i < 4; i++) {
        METER[i].static_flow = METER[i].night_flow = METER[i].night_use = NAN;
        METER[i].valid_until                                            = INT64_MIN;
        METER[i].size                                                   = i == 0 ? 0.3 : NAN;
    }
    METER[1].valid_until = m->time.end;
    METER[2].valid_until = m->time.end - (int64_t)30 * PARK_DAY_SECONDS;
    METER[3].valid_until = m->time.end + (int64_t)400 * PARK_DAY_SECONDS;
    METER[1].static_flow = 12.0 / 86400.0;
    METER[2].night_flow = 20.0 / 86400.0, METER[2].night_use = 11.0 / 86400.0;
    m->meter = METER, m->meters = 4;
    m->enterprise[0].sector = "textile";
}

static void filled(const small_run *run, park_table fill, park_sheet *sheet)
{
    park_error  err = {0};
    park_tables t   = park_tables_of(&run->record, run->p.arena);
    t.accounts      = 1;
    park_sheet_begin(sheet, run->p.arena, "t.csv", false);
    CHECK(fill(&t, sheet, &err) == PARK_OK);
}

static void points_by_what_they_cross(void)
{
    small_run run;
    int32_t   owner;
    const int LEVEL[] = {1, 1, 1, 1, 1, 1}; /* every connection of this park crosses a bound */
    const int OWNER[] = {0, -1, 0, -1, 0, 0};
    metered_run(&run);
    for (size_t l = 0; l < 6; l++) {
        CHECK(park_metering_level(&run.p.m, l, &owner) == LEVEL[l]);
        CHECK(owner == OWNER[l]);
    }
    run.p.m.unit[run.p.m.link[1].to].enterprise = 0; /* the works belong to the enterprise: within it */
    CHECK(park_metering_level(&run.p.m, 1, &owner) == 3 && owner == 0);
    CHECK(park_metering_level(&run.p.m, 2, &owner) == 2 && owner == 0);
    run.p.m.unit[run.p.m.link[2].to].use = PARK_USE_BOILER;
    CHECK(park_metering_level(&run.p.m, 2, &owner) == 3);
    park_arena_free(run.p.arena);
}

static void meters_are_listed_with_what_they_see(void)
{
    small_run  run;
    park_sheet sheet;
    metered_run(&run);
    filled(&run, park_table_meters, &sheet);
    CHECK(sheet.rows == 5);
    CHECK_TEXT(at(&sheet, "meter", "M1", 0, "measured (m3/d)"), "450.00");
    CHECK_TEXT(at(&sheet, "meter", "M1", 0, "meters below (m3/d)"), "450.00");
    CHECK_TEXT(at(&sheet, "meter", "M1", 0, "difference (m3/d)"), "0.00");
    CHECK_TEXT(at(&sheet, "meter", "M1", 0, "width (mm)"), "300");
    CHECK_TEXT(at(&sheet, "meter", "M1", 0, "verification"), "not said");
    CHECK_TEXT(at(&sheet, "meter", "M2", 0, "meter above"), "M1");
    CHECK_TEXT(at(&sheet, "meter", "M2", 0, "verification"), "valid");
    CHECK_TEXT(at(&sheet, "meter", "M3", 0, "measured (m3/d)"), "150.00");
    CHECK_TEXT(at(&sheet, "meter", "M3", 0, "verification"), "run out");
    CHECK_TEXT(at(&sheet, "meter", "M4", 0, "level"), "1"); /* by its place */
    CHECK_TEXT(at(&sheet, "meter", "M4", 0, "error asked, not verified (%)"), "5.00");
    CHECK_TEXT(at(&sheet, "meter", "M2", 0, "error asked, not verified (%)"), "2.00");
    park_arena_free(run.p.arena);
}

/* Of the enterprise's points 300, 90, 150, 27 two are metered: 450 of 567; of the utility's 330, 240 one: 240 of 570. The main
 * meter stands for no single connection. */
static void reach_closes_as_printed(void)
{
    small_run  run;
    park_sheet sheet;
    metered_run(&run);
    filled(&run, park_table_metering, &sheet);
    CHECK_TEXT(at(&sheet, "of", "印染厂", 0, "required"), "4");
    CHECK_TEXT(at(&sheet, "of", "印染厂", 0, "installed"), "2");
    CHECK_TEXT(at(&sheet, "of", "印染厂", 0, "installed of required (%)"), "50.00");
    CHECK_TEXT(at(&sheet, "of", "印染厂", 0, "water to be measured (m3/d)"), "567.00");
    CHECK_TEXT(at(&sheet, "of", "印染厂", 0, "water measured (m3/d)"), "450.00");
    CHECK_TEXT(at(&sheet, "of", "印染厂", 0, "measured of it (%)"), "79.37");
    CHECK_TEXT(at(&sheet, "of", "印染厂", 0, "verified of installed (%)"), "50.00");
    CHECK_TEXT(at(&sheet, "of", "印染厂", 0, "verdict"), "missed (not verified)");
    CHECK_TEXT(at(&sheet, "of", "park utility", 0, "water measured (m3/d)"), "240.00");
    CHECK_TEXT(at(&sheet, "level", "all", 0, "water to be measured (m3/d)"), "1137.00");
    CHECK_TEXT(at(&sheet, "level", "all", 0, "water measured (m3/d)"), "690.00");
    CHECK_TEXT(at(&sheet, "level", "all", 0, "required"), "6");
    park_arena_free(run.p.arena);
}

/* The plant as an office of 3000 persons: 300 fresh and 90 used again are 390 m3/d, 130 L each; the tower says no persons. */
static void domestic_water_by_heads(void)
{
    small_run  run;
    park_sheet sheet;
    metered_run(&run);
    filled(&run, park_table_domestic, &sheet);
    CHECK(sheet.rows == 1); /* all of it is production */
    run.p.m.unit[1].use = PARK_USE_DOMESTIC, run.p.m.unit[1].persons = 3000;
    for (size_t u = 0; u < run.p.m.units; u++)
        if (strcmp(run.p.m.unit[u].id, "tower") == 0)
            run.p.m.unit[u].duty = PARK_DUTY_ANCILLARY;
    filled(&run, park_table_domestic, &sheet);
    CHECK(sheet.rows == 4);
    CHECK_TEXT(at(&sheet, "unit", "plant", 0, "conventional water (m3/d)"), "300.00");
    CHECK_TEXT(at(&sheet, "unit", "plant", 0, "used again (m3/d)"), "90.00");
    CHECK_TEXT(at(&sheet, "unit", "plant", 0, "water use (m3/d)"), "390.00");
    CHECK_TEXT(at(&sheet, "unit", "plant", 0, "per person (L/(person d))"), "130.0");
    CHECK_TEXT(at(&sheet, "unit", "tower", 0, "per person (L/(person d))"), "");
    CHECK_TEXT(at(&sheet, "enterprise", "sum", 0, "persons"), "3000");
    CHECK_TEXT(at(&sheet, "enterprise", "sum", 0, "water use (m3/d)"),
               "12540.00"); /* 390 + 150 + 12000 around */
    CHECK_TEXT(at(&sheet, "enterprise", "sum", 0, "per person (L/(person d))"), "130.0");
    park_arena_free(run.p.arena);
}

/* Static 12 of 300 is 4 %; of a night's 20 less 11 used 9 of 150 is 6 %, the most that textile is quoted with. */
static void leak_tests_by_hand(void)
{
    small_run  run;
    park_sheet sheet;
    metered_run(&run);
    filled(&run, park_table_leaks, &sheet);
    CHECK_TEXT(at(&sheet, "method", "static test", 0, "leak (m3/d)"), "12.00");
    CHECK_TEXT(at(&sheet, "method", "static test", 0, "leak rate Kl (%)"), "4.00");
    CHECK_TEXT(at(&sheet, "method", "static test", 0, "verdict"), "met (not verified)");
    CHECK_TEXT(at(&sheet, "method", "least night flow", 0, "flow found (m3/d)"), "20.00");
    CHECK_TEXT(at(&sheet, "method", "least night flow", 0, "leak (m3/d)"), "9.00");
    CHECK_TEXT(at(&sheet, "method", "least night flow", 0, "leak rate Kl (%)"), "6.00");
    CHECK_TEXT(at(&sheet, "of", "印染厂", 0, "verdict"), ""); /* no leak is stated: none was looked for */
    run.p.m.enterprise[0].sector = "steel";
    filled(&run, park_table_leaks, &sheet);
    CHECK_TEXT(at(&sheet, "method", "static test", 0, "at most, not verified (%)"), "8.00");
    park_arena_free(run.p.arena);
}

/* Where a meter saw nothing but the rounding of a sum, 1e-9 m3 in a year, a leak is no share of it. */
static void a_dry_meter_has_no_leak_rate(void)
{
    small_run  run;
    park_sheet sheet;
    metered_run(&run);
    int32_t link = park_model_link(&run.p.m, "l1");
    for (size_t s = 0; s < run.p.g->seasons; s++)
        run.p.g->link_water[s * run.p.g->links + (size_t)link] = 5e-10;
    filled(&run, park_table_leaks, &sheet);
    CHECK_TEXT(at(&sheet, "method", "static test", 0, "leak (m3/d)"), "12.00");
    CHECK_TEXT(at(&sheet, "method", "static test", 0, "leak rate Kl (%)"), "");
    CHECK_TEXT(at(&sheet, "method", "static test", 0, "verdict"), "");
    park_arena_free(run.p.arena);
}

/* 2023: 200 000 and 20 000 m3, 5 800 000 used again, 1000 万元: A 96.67 %, 200 m3/万元; 30 million m of cloth: 200 000 / 300 000
 * = 0.6667 m3 per 100 m. */
static void years_stand_side_by_side(void)
{
    static const double YEAR = PARK_YEAR_SECONDS;
    small_run           run;
    park_sheet          sheet;
    metered_run(&run);
    park_product_info then     = run.p.m.enterprise[0].product[0];
    then.rate                  = 30e6 / YEAR;
    park_past_year past        = {.year             = 2023,
                                  .conventional     = 2e5 / YEAR,
                                  .non_conventional = 2e4 / YEAR,
                                  .repeated         = 5.8e6 / YEAR,
                                  .discharge        = NAN,
                                  .value_added      = 1e7 / YEAR,
                                  .output_value     = NAN,
                                  .products         = 1,
                                  .product          = &then};
    run.p.m.enterprise[0].past = &past, run.p.m.enterprise[0].years = 1;
    run.p.m.enterprise[0].code = "9143", run.p.m.enterprise[0].output_value = NAN;
    filled(&run, park_table_years, &sheet);
    CHECK_TEXT(at(&sheet, "item", "intake", 0, "2023 (reported)"), "22.0000");
    CHECK_TEXT(at(&sheet, "item", "reuse rate A", 0, "2023 (reported)"), "96.67");
    CHECK_TEXT(at(&sheet, "item", "discharge", 0, "2023 (reported)"), "");
    CHECK_TEXT(at(&sheet, "item", "intake per value added A", 0, "2023 (reported)"), "200.000");
    CHECK_TEXT(at(&sheet, "item", "intake per product A, printed cloth", 0, "2023 (reported)"), "0.6667");
    filled(&run, park_table_applicants, &sheet);
    CHECK_TEXT(at(&sheet, "enterprise", "印染厂", 0, "code"), "9143");
    CHECK_TEXT(at(&sheet, "enterprise", "印染厂", 0, "sources"), "river");
    CHECK_TEXT(at(&sheet, "enterprise", "印染厂", 0, "intake (10^4 m3/a)"), "19.7100"); /* 540 m3/d */
    CHECK_TEXT(at(&sheet, "enterprise", "印染厂", 0, "of it non-conventional (10^4 m3/a)"), "3.2850");
    CHECK_TEXT(at(&sheet, "enterprise", "印染厂", 0, "products and outputs"), "printed cloth 315360 100 m/a");
    park_arena_free(run.p.arena);
}

/* The account goes, columns without an entry go, and both languages keep the same. */
static void forms_leave_out_what_is_empty(void)
{
    small_run  run;
    park_error err = {0};
    metered_run(&run);
    for (size_t i = 0; i < park_forms(); i++) {
        park_sheet sheet[2];
        CHECK(park_form_sheets(&run.record, i, run.p.arena, sheet, &err) == PARK_OK);
        CHECK(sheet[0].rows == sheet[1].rows && sheet[0].cells == sheet[1].cells);
        CHECK(sheet[0].rows < 2 || sheet[0].cells == sheet[0].rows * sheet[0].row[1]);
        for (size_t c = 0; sheet[0].rows > 1 && c < sheet[0].row[1]; c++)
            CHECK(strcmp(sheet[0].cell[c].text, "account") != 0 &&
                  strcmp(sheet[0].cell[c].text, "location") != 0);
        if (strcmp(park_form_at(i)->id, "A3-1") == 0) {
            CHECK_TEXT(at(&sheet[0], "meter", "M1", 0, "measured (m3/d)"), "450.00");
            CHECK_TEXT(at(&sheet[1], "水表编号", "M3", 0, "检定状态"), "已过期");
        }
    }
    park_arena_free(run.p.arena);
}

int main(void)
{
    RUN(points_by_what_they_cross);
    RUN(meters_are_listed_with_what_they_see);
    RUN(reach_closes_as_printed);
    RUN(domestic_water_by_heads);
    RUN(leak_tests_by_hand);
    RUN(a_dry_meter_has_no_leak_rate);
    RUN(years_stand_side_by_side);
    RUN(forms_leave_out_what_is_empty);
    return park_test_done();
}
