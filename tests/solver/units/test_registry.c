/* The tables of the kinds are whole, found by their words, and a map that makes no sense is refused. */
#include "park_fixture.h"

#include "units/weather.h"

static size_t size_of(const park_field *f)
{
    switch (f->shape) {
    case PARK_SHAPE_NUMBER:
        return sizeof(double);
    case PARK_SHAPE_COUNT:
    case PARK_SHAPE_CHOICE:
        return sizeof(int32_t);
    case PARK_SHAPE_SERIES:
        return sizeof(park_series);
    case PARK_SHAPE_RANGE:
        return sizeof(park_range);
    case PARK_SHAPE_DEMAND:
        return sizeof(park_demand);
    case PARK_SHAPE_CAPEX:
        return sizeof(park_capex);
    case PARK_SHAPE_REF:
        return sizeof(park_ref);
    case PARK_SHAPE_NAMED:
        return sizeof(park_named);
    case PARK_SHAPE_REF_MAP:
        return sizeof(park_ref_map);
    case PARK_SHAPE_LIST:
        return sizeof(park_text_list);
    case PARK_SHAPE_OUTLET_QUALITY:
        return sizeof(park_outlet_quality);
    case PARK_SHAPE_BY_CONSTITUENT:
        return sizeof(double *);
    default:
        return 1;
    }
}

static void check_table(const char *kind, const park_field *fields, size_t size)
{
    for (const park_field *f = fields; f->word != NULL; f++) {
        bool whole = f->en != NULL && f->zh != NULL && f->offset + size_of(f) <= size && (f->lo <= f->hi) &&
                     (f->shape != PARK_SHAPE_CHOICE || f->choices != NULL) &&
                     (f->shape != PARK_SHAPE_RECORD || f->record != NULL) &&
                     (f->shape != PARK_SHAPE_NAMED || (f->record != NULL && f->record_size > 0));
        bool inside = isnan(f->fallback) ||
                      (f->fallback >= f->lo && f->fallback <= f->hi); /* a default obeys its range */
        CHECK(whole && inside);
        if (!whole || !inside)
            fprintf(stderr, "  %s.%s\n", kind, f->word);
        for (const park_field *g = fields; g != f; g++)
            CHECK(strcmp(g->word, f->word) != 0);
        if (f->shape == PARK_SHAPE_NAMED)
            check_table(f->word, f->record, f->record_size);
        else if (f->shape == PARK_SHAPE_RECORD)
            check_table(f->word, f->record, size - f->offset);
        else if (f->shape == PARK_SHAPE_BY_CONSTITUENT && f->record != NULL)
            check_table(f->word, f->record, size);
    }
}

static void every_table_is_whole(void)
{
    size_t count = 0;
    for (const park_unit_kind *const *kind = park_unit_kinds(); *kind != NULL; kind++, count++) {
        check_table((*kind)->word, (*kind)->fields, (*kind)->params_size);
        CHECK((*kind)->label.zh != NULL && (*kind)->label.en != NULL);
        CHECK(park_unit_kind_find((*kind)->role, (*kind)->word) == *kind);
    }
    CHECK(count == 18);
    CHECK(park_unit_kind_find(PARK_USER, "surface") == NULL);
}

static void defaults_stand_in_new_units(void)
{
    static const char *const CL[]  = {"Cl"};
    park_arena              *arena = park_arena_new();
    park_draft              *draft = draft_with(arena, CL, 1);
    int32_t                  rain  = add_unit(draft, PARK_SOURCE, "rain", "rain");
    CHECK(draft->unit[rain].origin == PARK_ORIGIN_RAIN && draft->unit[rain].existing &&
          draft->unit[rain].calendar == -1);
    int32_t plant = add_unit(draft, PARK_TREATMENT, "removal", "plant");
    CHECK(!draft->unit[plant].existing && draft->unit[plant].duty == PARK_DUTY_NONE &&
          isnan(draft->unit[plant].at[0]));
    park_arena_free(arena);
}

/* ---- maps that make no sense ------------------------------------------------------------------------------------------ */

static park_status loses_water(const park_model *model, int32_t unit, int32_t season, park_map *map,
                               park_error *err)
{
    (void)model, (void)unit, (void)season, (void)err;
    map->outlet[0].alpha = 0.9;
    return PARK_OK;
}

static park_status not_finite(const park_model *model, int32_t unit, int32_t season, park_map *map,
                              park_error *err)
{
    (void)model, (void)unit, (void)season, (void)err;
    map->outlet[0].alpha = 1.0;
    map->add[0]          = NAN;
    return PARK_OK;
}

static park_status asks_for_nothing_at_most(const park_model *model, int32_t unit, int32_t season,
                                            park_map *map, park_error *err)
{
    (void)model, (void)unit, (void)season, (void)err;
    map->outlet[0].alpha = 1.0;
    map->in_lo[0]        = 2.0;
    map->in_hi[0]        = 1.0;
    return PARK_OK;
}

static park_status outcome(park_status (*average)(const park_model *, int32_t, int32_t, park_map *,
                                                  park_error *))
{
    static const char *const      CL[]     = {"Cl"};
    static const park_field       NONE[]   = {PARK_FIELDS_END};
    static const park_outlet_info OUTLET[] = {{.id = "", .role = PARK_OUT_PRODUCT}, {.id = NULL}};
    park_unit_kind                kind     = {.word        = "odd",
                                              .role        = PARK_USER,
                                              .fields      = NONE,
                                              .params_size = 8,
                                              .outlets     = OUTLET,
                                              .average     = average};
    park_arena                   *arena    = park_arena_new();
    park_draft                   *draft    = draft_with(arena, CL, 1);
    park_findings                 findings;
    park_error                    err = {0};
    park_findings_init(&findings, arena);
    int32_t unit = park_draft_add(draft, &kind, "odd");
    CHECK(park_draft_shape(draft, &findings, &err) == PARK_OK);
    park_status status = park_unit_average(draft, unit, 0, park_map_new(arena, draft, unit), &err);
    CHECK(strstr(err.message, "odd") != NULL);
    park_arena_free(arena);
    return status;
}

static void odd_maps_are_refused(void)
{
    CHECK(outcome(loses_water) == PARK_E_INTERNAL);
    CHECK(outcome(not_finite) == PARK_E_INTERNAL);
    CHECK(outcome(asks_for_nothing_at_most) == PARK_E_RANGE);
}

/* ---- weather ---------------------------------------------------------------------------------------------------------------- */

/* 28 C and 77 %: 0.0018 (53)^2 23 = 116.29 mm a month. */
static void open_water_evaporates_by_temperature_and_humidity(void)
{
    double month = 365.0 / 12.0 * 86400.0;
    CHECK_CLOSE(park_open_water_evaporation(301.15, 0.77) * month * 1000.0, 116.29, 0.005);
    CHECK(park_open_water_evaporation(240.0, 0.5) == 0.0);
    CHECK(park_open_water_evaporation(300.0, 1.0) == 0.0);
}

int main(void)
{
    RUN(every_table_is_whole);
    RUN(defaults_stand_in_new_units);
    RUN(odd_maps_are_refused);
    RUN(open_water_evaporates_by_temperature_and_humidity);
    return park_test_done();
}
