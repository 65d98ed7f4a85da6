/* Meters of a park: what they measure, what stands above them, their tests; years that enterprises reported. */
#include "load_text.h"

#include "check.h"

#define PARK                                                                                                 \
    "parkwater: 1\nperiod: steady\nconstituents: []\nsources: {river: {kind: surface}}\n"                    \
    "users: {wash: {kind: process, demand: 10 m3/h, use: domestic, persons: 1200}}\nsinks: {sewer: {kind: "  \
    "sewer}}\n"                                                                                              \
    "connections: {existing: {a: [river, wash], c: [wash, sewer]}}\n"

static loaded_text with(const char *more)
{
    char text[2048];
    snprintf(text, sizeof text, "%s%s", PARK, more);
    return load_text(text);
}

static void meters_are_read(void)
{
    loaded_text t = with(
        "meters: {M0: {on: river, level: 1}, M1: {on: a, level: 2, parent: M0, max_error: 2 %, size: 150 mm, "
        "valid_until: 2026-06-30, static_flow: 0.36 m3/h, night_flow: 3.6 m3/h, night_use: 1.8 m3/h, "
        "location: {zh: 井, en: shaft}}}\n");
    CHECK(t.status == PARK_OK && t.findings.count == 0);
    const park_model *m = t.loaded.model;
    CHECK(m != NULL && m->meters == 2 && m->unit[park_model_unit(m, "wash")].persons == 1200);
    if (m != NULL && m->meters == 2) {
        CHECK(m->meter[0].parent == PARK_NONE && isnan(m->meter[0].max_error) &&
              m->meter[0].valid_until == INT64_MIN);
        CHECK(m->meter[1].parent == 0 && m->meter[1].level == 2);
        CHECK_CLOSE(m->meter[1].size, 0.15, 1e-15);
        CHECK_CLOSE(m->meter[1].static_flow, 1e-4, 1e-18);
        CHECK_CLOSE(m->meter[1].night_flow - m->meter[1].night_use, 5e-4, 1e-18);
        CHECK(m->meter[1].valid_until == 1782748800); /* midnight of 2026-06-30 at +08:00 */
        CHECK_TEXT(m->meter[1].location.en, "shaft");
    }
    done(&t);
}

static void mistakes_are_told(void)
{
    static const struct {
        const char *text, *says;
        park_code   code;
    } CASES[] = {
        {"meters: {m: {on: rivr}}", "did you mean", PARK_E0316},
        {"meters: {m: {on: river, parent: n}}", "no meter 'n'", PARK_E0316},
        {"meters: {m: {on: river, parent: n}, n: {on: a, parent: m}}", "below itself", PARK_E0308},
        {"meters: {m: {on: river, level: 2}, n: {on: a, level: 2, parent: m}}", "smaller level", PARK_E0308},
        {"meters: {m: {on: river, night_flow: 2 m3/h}}", "night_use", PARK_E0302},
        {"meters: {m: {on: river, night_flow: 2 m3/h, night_use: 3 m3/h}}", "uses more", PARK_E0303},
        {"meters: {m: {on: river, valid_until: soon}}", "no date", PARK_E0309},
        {"meters: {m: {on: river, level: 4}}", "level", PARK_E0303},
        {"meters: {m: {level: 1}}", "on", PARK_E0302},
        {"enterprises: {e: {history: {last: {conventional: 1 m3/h}}}}", "no year", PARK_E0303},
        {"enterprises: {e: {history: {2024: {}, 2023: {}}}}", "earliest first", PARK_E0303},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        loaded_text         t  = with(CASES[i].text);
        const park_finding *is = found(&t, CASES[i].code, 0);
        CHECK(t.status != PARK_OK && is != NULL);
        CHECK(is != NULL && strstr(is->en, CASES[i].says) != NULL);
        if (is != NULL && strstr(is->en, CASES[i].says) == NULL)
            printf("%s: %s\n", CASES[i].text, is->en);
        done(&t);
    }
}

static void reported_years_are_read(void)
{
    loaded_text t = with("enterprises: {e: {code: '9143', kind: 有限责任公司, output_value: 2 亿元/a, "
                         "history: {2023: {conventional: 365 "
                         "万m3/a, products: {cloth: 3e7 m/a}}, 2024: {repeated: 1 m3/h}}}}\n");
    CHECK(t.status == PARK_OK && t.loaded.model != NULL);
    if (t.loaded.model != NULL) {
        const park_enterprise_info *e = &t.loaded.model->enterprise[0];
        CHECK_TEXT(e->code, "9143");
        CHECK(e->years == 2 && e->past[0].year == 2023 && e->past[1].year == 2024 && e->legal_person == NULL);
        CHECK_CLOSE(e->past[0].conventional, 1e4 / 86400.0, 1e-12);
        CHECK(isnan(e->past[0].repeated) && isnan(e->past[1].conventional));
        CHECK(e->past[0].products == 1 && e->past[1].products == 0);
        CHECK_CLOSE(e->output_value, 2e8 / 31536000.0, 1e-9);
    }
    done(&t);
}

int main(void)
{
    RUN(meters_are_read);
    RUN(mistakes_are_told);
    RUN(reported_years_are_read);
    return park_test_done();
}
