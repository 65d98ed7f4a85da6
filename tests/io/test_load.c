/*
 * The loader on whole parks: small ones by hand, the published cases, mistakes with their places.
 */
#include "load_text.h"

#include "units/kind.h"

static const char SMALL[] = "parkwater: 1\n"
                            "name: {zh: 小园区, en: Small park}\n"
                            "constituents: [COD, Ca]\n"
                            "sources:\n"
                            "  river: {kind: surface, capacity: 2400 m3/d, price: 2.05 元/m³, quality: {COD: 12 mg/L, Ca: 100 mg/L CaCO3}}\n"
                            "users:\n"
                            "  wash: {kind: process, demand: 36 m3/h, inlet: {COD: 50 mg/L}, adds: {COD: 3.6 kg/h}}\n"
                            "sinks:\n"
                            "  outfall: {kind: outfall, limits: {COD: 120 mg/L}}\n"
                            "connections: {candidates: all}\n";

/* Units by hand: 2400 m3/d = 1/36 m3/s; 36 m3/h = 0.01 m3/s; 100 mg/L as CaCO3 = 40.04 mg/L of calcium. */
static void small_park_loads_in_si(void)
{
    loaded_text t = load_text(SMALL);
    CHECK(t.status == PARK_OK);
    CHECK(t.findings.errors == 0);
    const park_model *model = t.loaded.model;
    CHECK(model != NULL);
    if (model == NULL) {
        show(&t);
        done(&t);
        return;
    }
    CHECK(model->frozen);
    CHECK(model->constituents == 2);
    CHECK_TEXT(model->name.zh, "小园区");
    CHECK_TEXT(model->name.en, "Small park");
    CHECK(model->units == 3);
    park_arena *arena = t.arena;
    int32_t river = park_model_unit(model, "river"), wash = park_model_unit(model, "wash");
    park_map *map = park_map_new(arena, model, river);
    CHECK(park_unit_average(model, river, 0, map, NULL) == PARK_OK);
    CHECK_CLOSE(map->outlet[0].hi, 1.0 / 36.0, 1e-15);
    CHECK_CLOSE(map->opex_out, 2.05, 1e-15);
    CHECK_CLOSE(map->outlet[0].conc[0], 0.012, 1e-15);
    CHECK_CLOSE(map->outlet[0].conc[1], 0.1 * 40.078 / 100.0869, 1e-15);
    map = park_map_new(arena, model, wash);
    CHECK(park_unit_average(model, wash, 0, map, NULL) == PARK_OK);
    CHECK_CLOSE(map->in_lo[0], 0.01, 1e-15);
    CHECK_CLOSE(map->add[0], 1e-3, 1e-15);
    /* river -> wash, wash -> outfall; the river may not go to the outfall by law */
    CHECK(model->links == 2);
    done(&t);
}

/* Every published case is a park; the sources state all constituents. */
static void published_cases_load(void)
{
    const char *shared = getenv("PARK_SHARED");
    char command[4096], path[1024];
    if (shared == NULL)
        shared = PARK_SOURCE_DIR "/../shared";
    snprintf(path, sizeof path, "%s/tools/case_to_park.py", shared);
    if (access(path, R_OK) != 0)
        return;
    snprintf(command, sizeof command, "cd %s && for c in $(python3 %s %s/data/water_cases/cases.json --list); do python3 %s %s/data/water_cases/cases.json $c > case_$c.yaml; echo $c; done",
             test_folder(), path, shared, path, shared);
    FILE *list = popen(command, "r");
    char name[200]; /* of a case */
    size_t count = 0;
    while (list != NULL && fscanf(list, "%199s", name) == 1) {
        snprintf(path, sizeof path, "%s/case_%s.yaml", test_folder(), name);
        loaded_text t = load_file(path);
        CHECK(t.status == PARK_OK && t.loaded.model != NULL);
        if (t.status != PARK_OK)
            show(&t);
        done(&t);
        count++;
    }
    CHECK(count >= 20);
    if (list != NULL)
        pclose(list);
}

int main(void)
{
    RUN(small_park_loads_in_si);
    RUN(published_cases_load);
    return park_test_done();
}
