#include "study/variants.h"

#include "load_text.h"

/* Small enough to count by hand; `hours` carries a series of a file. */
static const char PARK[] =
    "parkwater: 1\nperiod: steady\nconstituents: [COD]\n"
    "sources:\n  river: {kind: surface, price: 2 CNY/m3, quality: {COD: 12 mg/L}}\n"
    "users:\n  wash: {kind: process, demand: 80 m3/h, inlet: {COD: 60 mg/L}, adds: {COD: 16 kg/h}}\n"
    "  dye: {kind: process, demand: {base: 0.1 万m3/d, pattern: work}, inlet: {COD: 30 mg/L}, adds: {COD: 9 "
    "kg/h}}\n"
    "  hours: {kind: process, demand: {csv: hours.csv, column: q, unit: m3/h}, inlet: {COD: 30 mg/L}, adds: "
    "{COD: 1 kg/h}}\n"
    "patterns:\n  work: {every: 12h, factors: [0.5, 1.5]}\n"
    "sinks:\n  outfall: {kind: outfall, limits: {COD: 500 mg/L}, price: 1.4 CNY/m3}\n"
    "connections: {candidates: all}\nobjective: cost\n";
static const char HOURS[] = "time,q\n2025-01-01T00:00,5\n2025-01-01T01:00,5\n";

typedef struct opened {
    park_arena   *arena;
    park_findings findings;
    park_variants variants;
    park_status   status;
    park_error    err;
} opened;

static opened open_study(const char *text)
{
    opened      o    = {.arena = park_arena_new()};
    const char *path = test_file("base.yaml", PARK, sizeof PARK - 1);
    (void)path;
    test_file("hours.csv", HOURS, sizeof HOURS - 1);
    park_findings_init(&o.findings, o.arena);
    path     = test_file("study.yaml", text, strlen(text));
    path     = park_arena_printf(o.arena, "%s", path);
    o.status = park_variants_open(path, NULL, o.arena, &o.variants, &o.findings, &o.err);
    return o;
}

static void tell(const opened *o)
{
    for (size_t i = 0; i < o->findings.count; i++)
        fprintf(stderr, "  %s: %s\n", park_code_name(o->findings.items[i].code), o->findings.items[i].en);
    if (o->err.status != PARK_OK)
        fprintf(stderr, "  %s\n", o->err.message);
}

static opened open_well(const char *text)
{
    opened o = open_study(text);
    CHECK(o.status == PARK_OK);
    if (o.status != PARK_OK) {
        tell(&o);
        exit(1);
    }
    return o;
}

/* What stands at a path in variant i. */
static const char *at(opened *o, size_t i, const char *path)
{
    park_tree *tree = NULL;
    CHECK(park_variants_tree(&o->variants, i, o->arena, &tree, &o->findings, &o->err) == PARK_OK);
    const park_tree_node *node = tree != NULL ? park_tree_at(tree->root, path) : NULL;
    return node != NULL ? node->text : NULL;
}

#define HEAD "parkwater_study: 1\nbase: base.yaml\n"

static void every_level_meets_every_other(void)
{
    opened o = open_well(HEAD "vary:\n"
                              "  - {set: users.wash.demand, times: [0.9, 1, 1.1]}\n"
                              "  - {set: users.dye.demand, add: [0 m3/d, 240 m3/d]}\n"
                              "  - {overlay: {none: {}, cheap: {sources: {river: {price: 1 CNY/m3}}}}}\n"
                              "  - {set: sources.river.price, values: {low: 1 CNY/m3, high: 3 CNY/m3}}\n"
                              "reference: {overlay: cheap}\n");
    CHECK(o.variants.count == 3 * 2 * 2 * 2 && o.variants.factorial);
    CHECK_TEXT(park_variants_name(&o.variants, 0, o.arena),
               "users.wash.demand=x0.9, users.dye.demand=+0 m3/d, overlay=none, sources.river.price=low");
    CHECK_TEXT(park_variants_name(&o.variants, 23, o.arena),
               "users.wash.demand=x1.1, users.dye.demand=+240 m3/d, overlay=cheap, sources.river.price=high");
    CHECK_TEXT(at(&o, 0, "users.wash.demand"), "72 m3/h");
    CHECK_TEXT(at(&o, 23, "users.wash.demand"), "88 m3/h");
    CHECK_TEXT(at(&o, 0, "users.dye.demand.base"), "0.1 万m3/d");
    CHECK_TEXT(at(&o, 23, "users.dye.demand.base"), "0.124 万m3/d"); /* 1000 + 240 m3/d in the unit it had */
    CHECK_TEXT(at(&o, 23, "sources.river.price"), "3 CNY/m3");
    CHECK_TEXT(at(&o, 23, "users.dye.demand.pattern"), "work");
    CHECK(park_variants_reference(&o.variants) == 2);
    CHECK(park_variants_number(&o.variants, 23, 0) == 1.1 && park_variants_number(&o.variants, 23, 3) == 3.0);
    CHECK(isnan(park_variants_number(&o.variants, 23, 2)));
    CHECK(park_variants_check(&o.variants, &o.findings, &o.err) == PARK_OK);
    park_arena_free(o.arena);
}

static void a_list_goes_row_by_row(void)
{
    opened o = open_well(HEAD "vary:\n  - {set: users.wash.demand, values: [70 m3/h, 75 m3/h]}\n"
                              "  - {set: sources.river.price, times: [1, 2], name: price}\ncombine: list\n");
    CHECK(o.variants.count == 2 && !o.variants.factorial);
    CHECK_TEXT(park_variants_name(&o.variants, 1, o.arena), "users.wash.demand=75 m3/h, price=x2");
    CHECK_TEXT(at(&o, 1, "sources.river.price"), "4 CNY/m3");
    park_arena_free(o.arena);
}

/* Drawn numbers follow from (seed, variant, variable): in a cross as in a sample. */
static void draws_follow_their_law(void)
{
    opened o =
        open_well(HEAD "seed: 9\nvary:\n"
                       "  - {set: sources.river.price, draw: {uniform: {min: 1 CNY/m3, max: 3 CNY/m3}}}\n"
                       "  - {set: users.wash.demand, draw: {times: {lognormal: {mean: 1, cv: 20 %}}}}\n"
                       "  - {overlay: {none: {}, some: {name: other}}}\n"
                       "correlate: [{of: [sources.river.price, users.wash.demand], rho: 0.7}]\n"
                       "combine: {monte_carlo: 2000}\n");
    double sum = 0.0, squares = 0.0, least = 9.0, most = 0.0;
    size_t overlaid = 0;
    CHECK(o.variants.count == 2000);
    for (size_t i = 0; i < 2000; i++) {
        double price = park_variants_number(&o.variants, i, 0),
               times = park_variants_number(&o.variants, i, 1);
        least = fmin(least, price), most = fmax(most, price);
        sum += times, squares += times * times;
        overlaid += park_variants_level(&o.variants, i, 2) == 1;
    }
    CHECK(least >= 1.0 && most <= 3.0 && least < 1.01 && most > 2.99);
    CHECK_CLOSE(sum / 2000.0, 1.0, 0.02); /* 4.5 standard errors: 0.2 / sqrt(2000) = 0.0045 */
    CHECK_CLOSE(sqrt(squares / 2000.0 - sum * sum / 4e6), 0.2, 0.02);
    CHECK(overlaid > 890 && overlaid < 1110);
    double price = park_variants_number(&o.variants, 5, 0);
    park_arena_free(o.arena);
    o = open_well(HEAD "seed: 9\nvary:\n"
                       "  - {set: sources.river.price, draw: {uniform: {min: 1 CNY/m3, max: 3 CNY/m3}}}\n"
                       "combine: {monte_carlo: 6}\n");
    CHECK(park_variants_number(&o.variants, 5, 0) == price);
    CHECK(strncmp(park_variants_name(&o.variants, 5, o.arena), "6: sources.river.price=", 23) == 0);
    CHECK(strtod(at(&o, 5, "sources.river.price"), NULL) == price);
    CHECK(park_variants_check(&o.variants, &o.findings, &o.err) == PARK_OK);
    park_arena_free(o.arena);
}

static void samples_of_other_kinds(void)
{
    opened o = open_well(
        HEAD "vary: [{set: users.wash.demand, draw: {triangular: {min: 60 m3/h, mode: 80 m3/h, max: "
             "90 m3/h}}}, {set: sources.river.price, values: [1 CNY/m3, 2 CNY/m3]}]\n"
             "combine: {latin_hypercube: 50, seed: 3}\n");
    size_t first = 0;
    for (size_t i = 0; i < o.variants.count; i++)
        first += park_variants_level(&o.variants, i, 1) == 0;
    CHECK(o.variants.count == 50 && first == 25);
    park_arena_free(o.arena);
    o = open_well(
        HEAD
        "vary: [{set: users.wash.demand, draw: {discrete: [70 m3/h, 80 m3/h]}}]\ncombine: {sobol: 64}\n");
    first = 0;
    for (size_t i = 0; i < o.variants.count; i++)
        first += park_variants_number(&o.variants, i, 0) == 70.0;
    CHECK(o.variants.count == 64 && first == 32);
    park_arena_free(o.arena);
}

static void hash_of(opened *o, size_t i, const char *engine, char hex[PARK_SHA256_HEX])
{
    CHECK(park_variants_hash(&o->variants, i, engine, hex, &o->err) == PARK_OK);
}

/* The hash is that of the content: scenario, files it reads, engine. */
static void equal_scenarios_have_equal_hashes(void)
{
    char   a[PARK_SHA256_HEX], b[PARK_SHA256_HEX], c[PARK_SHA256_HEX];
    opened o = open_well(
        HEAD "vary: [{set: users.wash.demand, values: {same: 80 m3/h, more: 81 m3/h, again: 80 m3/h}}]\n");
    hash_of(&o, 0, "engine 1", a), hash_of(&o, 1, "engine 1", b), hash_of(&o, 2, "engine 1", c);
    CHECK(strcmp(a, b) != 0 && strcmp(a, c) == 0);
    hash_of(&o, 0, "engine 2", b);
    CHECK(strcmp(a, b) != 0);
    park_arena_free(o.arena);
    o = open_well(HEAD "vary: [{set: users.wash.demand, values: [81 m3/h, 80 m3/h]}]\n");
    hash_of(&o, 1, "engine 1", b);
    CHECK(strcmp(a, b) == 0); /* another study, the same park */
    park_arena_free(o.arena);
}

static void a_changed_file_is_another_result(void)
{
    static const char STUDY[] = HEAD "vary: [{set: users.wash.demand, values: [80 m3/h]}]\n";
    char              a[PARK_SHA256_HEX], b[PARK_SHA256_HEX];
    opened            o = open_well(STUDY);
    hash_of(&o, 0, "e", a);
    park_arena_free(o.arena);
    o = open_well(STUDY);
    test_file("hours.csv", "time,q\n2025-01-01T00:00,6\n2025-01-01T01:00,6\n", 46);
    hash_of(&o, 0, "e", b);
    CHECK(strcmp(a, b) != 0);
    park_arena_free(o.arena);
}

static void refuse(const char *text, park_status status, park_code code)
{
    opened o = open_study(text);
    if (o.status == PARK_OK)
        o.status = park_variants_check(&o.variants, &o.findings, &o.err);
    bool told = code == PARK_CODE_COUNT;
    for (size_t i = 0; i < o.findings.count; i++)
        told |= o.findings.items[i].code == code && o.findings.items[i].line > 0;
    CHECK(o.status == status && told);
    if (o.status != status || !told)
        tell(&o);
    park_arena_free(o.arena);
}

static void what_cannot_be_is_told_at_its_place(void)
{
    refuse("parkwater_study: 1\nbase: none.yaml\nvary: [{set: a, times: [1]}]\n", PARK_E_INPUT, PARK_E0121);
    refuse(HEAD "vary: [{set: users.wish.demand, times: [1, 2]}]\n", PARK_E_INPUT, PARK_E0316);
    refuse(HEAD "vary: [{set: users.hours.demand, times: [1, 2]}]\n", PARK_E_INPUT, PARK_E0301);
    refuse(HEAD "vary: [{set: users.wash.demand, add: [1 CNY]}]\n", PARK_E_INPUT, PARK_E0308);
    refuse(HEAD "vary: [{set: users.wash.demnd, values: [1 m3/h]}]\n", PARK_E_INPUT, PARK_E0312);
    refuse(HEAD "vary: [{overlay: {none: {}, lost: lost.yaml}}]\n", PARK_E_INPUT, PARK_E0121);
    refuse(HEAD "vary: [{set: users.wash.demand, times: [1, 1]}]\n", PARK_E_INPUT, PARK_E0306);
    refuse(HEAD "vary: [{set: users.wash.demand, times: [1]}, {set: users.wash.demand, add: [1 m3/h]}]\n",
           PARK_E_INPUT, PARK_E0306);
    refuse(HEAD "vary: [{set: users.wash.demand, draw: {normal: {mean: 80 m3/h, sd: 1 m3/d}}}]\n",
           PARK_E_INPUT, PARK_E0308);
    refuse(HEAD "vary: [{set: users.wash.demand, draw: {uniform: {min: 2 m3/h, max: 1 m3/h}}}]\n",
           PARK_E_INPUT, PARK_E0303);
    refuse(HEAD "vary: [{set: users.wash.demand, times: [1, 2]}, {set: sources.river.price, times: [1]}]\n"
                "combine: list\n",
           PARK_E_INPUT, PARK_E0310);
    refuse(HEAD "vary: [{set: users.wash.demand, times: [1, 2]}]\ncorrelate: [{of: [users.wash.demand, b], "
                "rho: 1}]\n",
           PARK_E_INPUT, PARK_E0303);
    refuse(HEAD "vary: [{set: users.wash.demand, times: [1, 2]}]\nreference: {users.wash.demand: x3}\n",
           PARK_E_INPUT, PARK_E0316);
    refuse("parkwater: 1\n", PARK_E_INPUT, PARK_E0302);
}

/* An overlay may bring what another change is made to. */
static void a_change_may_need_an_overlay(void)
{
    opened o = open_well(HEAD "vary:\n  - {overlay: {none: {}, mine: {sources: {mine: {kind: surface, price: "
                              "1 CNY/m3, quality: {COD: 9 "
                              "mg/L}}}}}}\n"
                              "  - {set: sources.mine.price, times: [1, 2]}\n");
    CHECK(park_variants_check(&o.variants, &o.findings, &o.err) == PARK_OK);
    if (o.findings.errors > 0)
        tell(&o);
    CHECK_TEXT(at(&o, 3, "sources.mine.price"), "2 CNY/m3");
    park_tree *tree;
    CHECK(park_variants_tree(&o.variants, 1, o.arena, &tree, &o.findings, &o.err) == PARK_E_INPUT);
    park_arena_free(o.arena);
}

static void too_many_are_refused(void)
{
    static char text[20000];
    size_t      n = (size_t)snprintf(text, sizeof text, HEAD "vary:\n");
    for (int k = 0; k < 4; k++) {
        n += (size_t)snprintf(text + n, sizeof text - n, "  - {set: users.wash.demand, name: a%d, times: [1",
                              k);
        for (int i = 0; i < 99; i++)
            n += (size_t)snprintf(text + n, sizeof text - n, ", 1.%02d", i + 1);
        n += (size_t)snprintf(text + n, sizeof text - n, "]}\n");
    }
    refuse(text, PARK_E_RANGE, PARK_CODE_COUNT);
}

int main(void)
{
    RUN(every_level_meets_every_other);
    RUN(a_list_goes_row_by_row);
    RUN(draws_follow_their_law);
    RUN(samples_of_other_kinds);
    RUN(equal_scenarios_have_equal_hashes);
    RUN(a_changed_file_is_another_result);
    RUN(what_cannot_be_is_told_at_its_place);
    RUN(a_change_may_need_an_overlay);
    RUN(too_many_are_refused);
    return park_test_done();
}
