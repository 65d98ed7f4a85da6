/* Forms of applications for water-saving and leading enterprises: who applies, and three or more years side by side. */
#include "indicator_text.h"
#include "report/tables_parts.h"

#include "base/calendar.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double WAN = 1e4;

enum { YEARS_MOST = 12 };

static double share(double of, double all)
{
    return all > 0.0 ? of / all : NAN;
}

/* ---- who applies ---- */

/* Names of what an enterprise draws from, largest flows not first: in the order of the park. */
static void sources_cell(const park_tables *t, park_sheet *sheet, const park_ledger *g, int32_t enterprise)
{
    const park_model *model = t->model;
    park_text         names;
    park_text_init(&names, t->arena);
    for (size_t u = 0; u < model->units; u++) {
        double taken = 0.0;
        for (size_t l = 0; model->unit[u].role == PARK_SOURCE && l < model->links; l++)
            for (size_t s = 0; s < g->seasons; s++)
                if (model->link[l].from == (int32_t)u &&
                    model->unit[model->link[l].to].enterprise == enterprise &&
                    model->unit[model->link[l].to].role != PARK_SINK)
                    taken += g->link_water[s * g->links + l];
        if (taken > 0.0)
            park_text_printf(&names, "%s%s", names.length > 0 ? (sheet->zh ? "、" : ", ") : "",
                             park_label_text(model->unit[u].label, sheet->zh));
    }
    park_sheet_text(sheet, park_text_done(&names));
}

static void products_cell(const park_tables *t, park_sheet *sheet, const park_enterprise_info *who)
{
    park_text names;
    park_text_init(&names, t->arena);
    for (size_t i = 0; i < who->products; i++) {
        double      si;
        const char *unit = park_output_unit(who->product[i].dim, sheet->zh, &si);
        park_text_printf(&names, "%s%s %.10g %s/a", i > 0 ? (sheet->zh ? "、" : ", ") : "",
                         park_label_text(who->product[i].label, sheet->zh),
                         who->product[i].rate * PARK_YEAR_SECONDS / si, unit);
    }
    park_sheet_text(sheet, park_text_done(&names));
}

static void applicant_row(const park_tables *t, park_sheet *sheet, const park_account *account, int32_t e,
                          const park_volumes *v)
{
    const park_enterprise_info *who = &t->model->enterprise[e];
    park_sheet_word(sheet, account->zh, account->en);
    park_sheet_enterprise(sheet, t->model, e);
    park_sheet_text(sheet, who->code);
    park_sheet_text(sheet, who->legal_person);
    park_sheet_text(sheet, who->kind);
    park_sheet_text(sheet, who->sector);
    products_cell(t, sheet, who);
    sources_cell(t, sheet, account->ledger, e);
    park_sheet_number(sheet, who->output_value * PARK_YEAR_SECONDS / WAN, 1);
    park_sheet_number(sheet, who->value_added * PARK_YEAR_SECONDS / WAN, 1);
    park_sheet_wan(sheet, v->vf);
    park_sheet_wan(sheet, v->vi_conventional);
    park_sheet_wan(sheet, v->vih);
    park_sheet_wan(sheet, v->vf - v->vi_conventional - v->vih);
    park_sheet_wan(sheet, v->vr);
    park_sheet_wan(sheet, v->vd);
    park_sheet_percent(sheet, share(v->vr, v->vi_conventional + v->vr));
    park_sheet_percent(sheet, share(v->vr, v->vf + v->vr));
    park_sheet_end_row(sheet);
}

park_status park_table_applicants(const park_tables *t, park_sheet *sheet, park_error *err)
{
    static const char *const HEADS[][2] = {
        {"账户", "account"},
        {"企业名称", "enterprise"},
        {"统一社会信用代码", "code"},
        {"法定代表人", "legal representative"},
        {"企业类型", "kind"},
        {"行业", "sector"},
        {"主要产品与产量", "products and outputs"},
        {"主要水源", "sources"},
        {"总产值 (万元/a)", "gross output (10^4 CNY/a)"},
        {"工业增加值 (万元/a)", "value added (10^4 CNY/a)"},
        {"取水量 (万m³/a)", "intake (10^4 m3/a)"},
        {"其中常规水源 (万m³/a)", "of it conventional (10^4 m3/a)"},
        {"其中非常规水源 (万m³/a)", "of it non-conventional (10^4 m3/a)"},
        {"其中企业间转供 (万m³/a)", "of it handed on by others (10^4 m3/a)"},
        {"重复利用水量 (万m³/a)", "repeated use (10^4 m3/a)"},
        {"排水量 (万m³/a)", "discharge (10^4 m3/a)"},
        {"重复利用率A (%)", "reuse rate A (%)"},
        {"重复利用率B (%)", "reuse rate B (%)"}};
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++)
        park_sheet_head(sheet, HEADS[i][0], HEADS[i][1]);
    park_sheet_end_row(sheet);
    for (size_t a = 0; a < t->accounts; a++)
        for (int32_t e = 0; e < (int32_t)t->model->enterprises; e++) {
            park_volumes v;
            PARK_TRY(park_volumes_of(t->model, t->account[a].ledger, PARK_BOUNDARY_ENTERPRISE, e, &v, err));
            applicant_row(t, sheet, &t->account[a], e, &v);
        }
    return PARK_OK;
}

/* ---- years side by side ---- */

/* A year of one enterprise; volumes in m3/a, money in CNY/a, NAN where it is not said. */
typedef struct one_year {
    int32_t                  year;
    double                   conventional, other, fresh, repeated, discharge, value_added, output_value;
    size_t                   products;
    const park_product_info *product;
} one_year;

typedef struct side {
    size_t   years;
    one_year year[YEARS_MOST];
} side;

static one_year of_past(const park_past_year *past)
{
    const double Y = PARK_YEAR_SECONDS;
    return (one_year){.year         = past->year,
                      .conventional = past->conventional * Y,
                      .other        = past->non_conventional * Y,
                      .fresh        = (past->conventional + past->non_conventional) * Y,
                      .repeated     = past->repeated * Y,
                      .discharge    = past->discharge * Y,
                      .value_added  = past->value_added * Y,
                      .output_value = past->output_value * Y,
                      .products     = past->products,
                      .product      = past->product};
}

static one_year of_run(const park_enterprise_info *who, const park_volumes *v, int32_t year)
{
    const double Y = PARK_YEAR_SECONDS;
    return (one_year){.year         = year,
                      .conventional = v->vi_conventional,
                      .other        = v->vih,
                      .fresh        = v->vf,
                      .repeated     = v->vr,
                      .discharge    = v->vd,
                      .value_added  = who->value_added * Y,
                      .output_value = who->output_value * Y,
                      .products     = who->products,
                      .product      = who->product};
}

static double per_wan(const one_year *y, double volume)
{
    return share(volume, y->value_added / WAN);
}

typedef enum figure {
    OUTPUT_VALUE,
    VALUE_ADDED,
    INTAKE,
    CONVENTIONAL,
    OTHER,
    REPEATED,
    DISCHARGE,
    REUSE_A,
    REUSE_B,
    PER_VALUE_A,
    PER_VALUE_B,
    FIGURES
} figure;

static double figure_of(const one_year *y, figure of)
{
    const double value[FIGURES] = {[OUTPUT_VALUE] = y->output_value / WAN,
                                   [VALUE_ADDED]  = y->value_added / WAN,
                                   [INTAKE]       = y->fresh / WAN,
                                   [CONVENTIONAL] = y->conventional / WAN,
                                   [OTHER]        = y->other / WAN,
                                   [REPEATED]     = y->repeated / WAN,
                                   [DISCHARGE]    = y->discharge / WAN,
                                   [REUSE_A]      = 100.0 * share(y->repeated, y->conventional + y->repeated),
                                   [REUSE_B]      = 100.0 * share(y->repeated, y->fresh + y->repeated),
                                   [PER_VALUE_A]  = per_wan(y, y->conventional),
                                   [PER_VALUE_B]  = per_wan(y, y->fresh)};
    return value[of];
}

static void item(park_sheet *sheet, const park_tables *t, int32_t e, const char *zh, const char *en,
                 const char *unit)
{
    park_sheet_enterprise(sheet, t->model, e);
    park_sheet_word(sheet, zh, en);
    park_sheet_measure(sheet, unit, unit);
}

static void figure_rows(const park_tables *t, park_sheet *sheet, int32_t e, const side *s)
{
    static const struct {
        const char *zh, *en, *unit_zh, *unit_en;
        int         decimals;
    } ROWS[FIGURES] = {{"总产值", "gross output", "万元", "10^4 CNY", 1},
                       {"工业增加值", "value added", "万元", "10^4 CNY", 1},
                       {"取水量", "intake", "万m³", "10^4 m3", 4},
                       {"其中常规水源", "of it conventional", "万m³", "10^4 m3", 4},
                       {"其中非常规水源", "of it non-conventional", "万m³", "10^4 m3", 4},
                       {"重复利用水量", "repeated use", "万m³", "10^4 m3", 4},
                       {"排水量", "discharge", "万m³", "10^4 m3", 4},
                       {"重复利用率A", "reuse rate A", "%", "%", 2},
                       {"重复利用率B", "reuse rate B", "%", "%", 2},
                       {"万元增加值取水量A", "intake per value added A", "m³/万元", "m3/10^4 CNY", 3},
                       {"万元增加值取水量B", "intake per value added B", "m³/万元", "m3/10^4 CNY", 3}};
    for (int i = 0; i < FIGURES; i++) {
        item(sheet, t, e, ROWS[i].zh, ROWS[i].en, sheet->zh ? ROWS[i].unit_zh : ROWS[i].unit_en);
        for (size_t y = 0; y < s->years; y++)
            park_sheet_number(sheet, figure_of(&s->year[y], (figure)i), ROWS[i].decimals);
        park_sheet_end_row(sheet);
    }
}

static const park_product_info *made(const one_year *y, const park_product_info *product)
{
    for (size_t i = 0; i < y->products; i++)
        if (strcmp(y->product[i].id, product->id) == 0 && y->product[i].dim == product->dim)
            return &y->product[i];
    return NULL;
}

/* Output and intake per product of every year: all intake of the enterprise over each product, as its indicator has it. */
static void product_rows(const park_tables *t, park_sheet *sheet, int32_t e, const side *s,
                         const park_product_info *product)
{
    double      si_output, si_intake;
    const char *output = park_output_unit(product->dim, sheet->zh, &si_output);
    const char *intake = park_indicator_unit(park_dimension_intensity(product->dim), sheet->zh, &si_intake);
    for (int row = 0; row < 3; row++) {
        park_text name;
        park_text_init(&name, t->arena);
        park_text_printf(&name,
                         row == 0   ? (sheet->zh ? "%s产量" : "output of %s")
                         : row == 1 ? (sheet->zh ? "%s单位产品取水量A" : "intake per product A, %s")
                                    : (sheet->zh ? "%s单位产品取水量B" : "intake per product B, %s"),
                         park_label_text(product->label, sheet->zh));
        park_sheet_enterprise(sheet, t->model, e);
        park_sheet_text(sheet, park_text_done(&name));
        park_sheet_text(sheet, row == 0 ? output : intake);
        for (size_t y = 0; y < s->years; y++) {
            const park_product_info *here   = made(&s->year[y], product);
            double                   rate   = here != NULL ? here->rate * PARK_YEAR_SECONDS : NAN;
            double                   volume = row == 1 ? s->year[y].conventional : s->year[y].fresh;
            park_sheet_number(sheet, row == 0 ? rate / si_output : share(volume, rate) / si_intake,
                              row == 0 ? 2 : 4);
        }
        park_sheet_end_row(sheet);
    }
}

/* The years that any enterprise reported, rising, and the run's own behind them. */
static size_t all_years(const park_model *model, int32_t own, int32_t *year)
{
    size_t n = 0;
    for (size_t e = 0; e < model->enterprises; e++)
        for (size_t i = 0; i < model->enterprise[e].years; i++) {
            int32_t here = model->enterprise[e].past[i].year;
            size_t  at   = n;
            while (at > 0 && year[at - 1] > here)
                at--;
            if ((at > 0 && year[at - 1] == here) || n == YEARS_MOST - 1)
                continue;
            for (size_t k = n; k > at; k--)
                year[k] = year[k - 1];
            year[at] = here;
            n++;
        }
    year[n] = own;
    return n + 1;
}

park_status park_table_years(const park_tables *t, park_sheet *sheet, park_error *err)
{
    const park_model *model = t->model;
    int32_t           year[YEARS_MOST];
    int32_t           own = model->time.steady ? 0 : park_civil_at(model->time.start, PARK_OFFSET_CHINA).year;
    size_t            count = all_years(model, own, year);
    park_sheet_head(sheet, "企业", "enterprise");
    park_sheet_head(sheet, "指标", "item");
    park_sheet_head(sheet, "单位", "unit");
    for (size_t y = 0; y < count; y++) {
        char zh[64], en[64];
        snprintf(zh, sizeof zh,
                 y + 1 < count ? "%d（填报）"
                 : own > 0     ? "%d（计算）"
                               : "稳态年（计算）",
                 (int)year[y]);
        snprintf(en, sizeof en,
                 y + 1 < count ? "%d (reported)"
                 : own > 0     ? "%d (computed)"
                               : "steady (computed)",
                 (int)year[y]);
        park_sheet_head(sheet, zh, en);
    }
    park_sheet_end_row(sheet);
    for (int32_t e = 0; t->accounts > 0 && e < (int32_t)model->enterprises; e++) {
        const park_enterprise_info *who = &model->enterprise[e];
        park_volumes                v;
        side                        s = {.years = count};
        PARK_TRY(
            park_volumes_of(model, t->account[t->accounts - 1].ledger, PARK_BOUNDARY_ENTERPRISE, e, &v, err));
        for (size_t y = 0; y + 1 < count; y++) {
            s.year[y] = (one_year){year[y], NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0, NULL};
            for (size_t i = 0; i < who->years; i++)
                if (who->past[i].year == year[y])
                    s.year[y] = of_past(&who->past[i]);
        }
        s.year[count - 1] = of_run(who, &v, own);
        figure_rows(t, sheet, e, &s);
        for (size_t i = 0; i < who->products; i++)
            product_rows(t, sheet, e, &s, &who->product[i]);
    }
    return PARK_OK;
}
