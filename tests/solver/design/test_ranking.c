/* Two retrofits ranked by hand, the order in which they are built, and what telescopes. */
#include "bench_park.h"

typedef struct two {
    bench         b;
    park_change   change[2];
    park_retrofit retrofit[2];
} two;

/* The cascade: b's limit from 80 to 90 mg/L saves 5 m3/h for 30000 CNY/a; a's demand from 100 to 90 m3/h (its load stays) saves
 * 10 m3/h of a's water for 43800 CNY/a and concentrates its drain. */
static void two_retrofits(two *t)
{
    t->b = bench_cascade();
    const struct {
        const char *id, *word;
        int32_t     unit;
        double      value, opex, capex;
    } ROWS[]                            = {{"tolerant", "inlet", 2, 90.0 * MG_L, 20000.0, 0.0},
                                           {"counterflow", "demand", 1, 90.0 * M3_H, 0.0, 400000.0}};
    t->b.draft->economics.annual_factor = 0.1 / (8760.0 * 3600.0);
    for (int i = 0; i < 2; i++) {
        t->change[i] = (park_change){.unit        = ROWS[i].unit,
                                     .constituent = i == 0 ? COD : -1,
                                     .op          = PARK_CHANGE_SET,
                                     .value       = ROWS[i].value};
        for (const park_field *f = t->b.draft->unit[ROWS[i].unit].fields; f->word != NULL; f++)
            if (strcmp(f->word, ROWS[i].word) == 0)
                t->change[i].field = f, t->change[i].offset = f->offset;
        t->retrofit[i] = (park_retrofit){.id         = ROWS[i].id,
                                         .applies_to = ROWS[i].unit,
                                         .changes    = 1,
                                         .change     = &t->change[i],
                                         .capex      = ROWS[i].capex,
                                         .opex       = ROWS[i].opex / 31536000.0,
                                         .life       = NAN};
    }
    t->b.draft->retrofit               = t->retrofit;
    t->b.draft->retrofits              = 2;
    t->b.draft->candidates             = PARK_CANDIDATES_NONE;
    static const char *const ENDS[][2] = {
        {"river", "a"}, {"river", "b"}, {"a", "b"}, {"a", "out"}, {"b", "out"}};
    for (size_t i = 0; i < 5; i++)
        park_draft_connection(t->b.draft, (park_connection){.from     = ENDS[i][0],
                                                            .to       = ENDS[i][1],
                                                            .existing = true,
                                                            .capacity = INFINITY,
                                                            .length   = NAN,
                                                            .lift     = NAN});
}

/* By hand, m3/h: without both 100 + 50 - 40 = 110. Tolerant alone: 150 - 45 = 105. Counterflow alone: a drains 90 at 111.11 mg/L, b takes
 * 50 x 80 / 111.11 = 36, 90 + 14 = 104. Both: b takes 50 x 90 / 111.11 = 40.5, 90 + 9.5 = 99.5. */
static void two_retrofits_by_hand(void)
{
    two                 t;
    park_worth_settings settings;
    park_ranking       *ranking = NULL;
    two_retrofits(&t);
    park_design *d = bench_solve(&t.b, 1e-6);
    CHECK(d->retrofit[0] && d->retrofit[1]);
    CHECK_CLOSE(d->objective, 99.5 * HOURS + 20000.0 + 40000.0, 1.0);
    park_worth_settings_default(&settings);
    settings.gap = 1e-6;
    CHECK(park_design_rank(t.b.draft, d, &settings, t.b.arena, &ranking, &t.b.err) == PARK_OK);
    CHECK_TEXT(t.b.err.message, "");
    if (ranking == NULL)
        exit(1);
    CHECK(ranking->complete && ranking->reproducible && ranking->base_bare && ranking->base.found);
    CHECK_CLOSE(ranking->base.intake, 110.0 * HOURS, 1.0);
    CHECK_CLOSE(ranking->base.cost, 110.0 * HOURS, 1.0);
    /* in company: tolerant (104 - 99.5) 4.5 m3/h, counterflow 5.5 m3/h; CNY per m3 = (own cost - water)/water */
    const park_rank *first = &ranking->rank[0], *second = &ranking->rank[1];
    CHECK(ranking->ranks == 2 && first->retrofit == 0 && second->retrofit == 1);
    CHECK_CLOSE(first->alone.water, 5.0 * HOURS, 1.0);
    CHECK_CLOSE(first->company.water, 4.5 * HOURS, 1.0);
    CHECK_CLOSE(first->company.per_water, 20000.0 / (4.5 * HOURS) - 1.0, 1e-4);
    CHECK_CLOSE(second->alone.water, 6.0 * HOURS, 1.0);
    CHECK_CLOSE(second->company.water, 5.5 * HOURS, 1.0);
    CHECK_CLOSE(second->company.cost, 40000.0 - 5.5 * HOURS, 1.0);
    CHECK_CLOSE(second->company.payback, 400000.0 / (5.5 * HOURS), 1e-3);
    /* the path: tolerant leaves 105 x 8760 + 20000 = 939800, counterflow 104 x 8760 + 40000 = 951040: tolerant comes first */
    CHECK(ranking->steps == 2);
    CHECK_TEXT(ranking->step[0].name, "tolerant");
    CHECK_TEXT(ranking->step[1].name, "counterflow");
    CHECK_CLOSE(ranking->step[0].after.cost, 105.0 * HOURS + 20000.0, 1.0);
    CHECK_CLOSE(ranking->step[0].water, 5.0 * HOURS, 1.0);
    CHECK_CLOSE(ranking->step[1].water, 5.5 * HOURS, 1.0);
    CHECK_CLOSE(ranking->step[1].cost, 40000.0 - 5.5 * HOURS, 1.0);
    CHECK(ranking->closure <= 1e-9);
    double traced = 0.0, reused = 0.0;
    for (size_t l = 0; l < d->model->links; l++)
        traced += ranking->link_saved[l], reused += ranking->link_reuse[l];
    CHECK_CLOSE(traced, 10.5 * HOURS, 1.0);
    CHECK_CLOSE(reused, 0.5 * HOURS, 1.0);
    park_arena_free(t.b.arena);
}

static void a_park_without_retrofits_has_no_order(void)
{
    bench               b       = bench_cascade();
    park_ranking       *ranking = NULL;
    park_worth_settings settings;
    park_worth_settings_default(&settings);
    park_design *d = bench_solve(&b, 1e-4);
    CHECK(park_design_rank(b.draft, d, &settings, b.arena, &ranking, &b.err) == PARK_E_RANGE);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(two_retrofits_by_hand);
    RUN(a_park_without_retrofits_has_no_order);
    return park_test_done();
}
