/*
 * Unit by unit: how much went through and when most, when its water was nearest to a limit, what it held, what power it took, and
 * which round put right what. Its lines through the period open below its row.
 */
#include "report/page.h"

#include "base/calendar.h"

#include <math.h>

/* What a unit's hours came to. */
typedef struct extremes {
    double  mean, most;  /* through its inlets; of sources what they gave [m3/s] */
    int64_t most_time;   /* the end of its hour */
    double  stress;      /* largest share of an inlet limit */
    int32_t constituent; /* which */
    int64_t stress_time;
    double  low, high;         /* volume [m3]; NAN without */
    double  power, power_mean; /* [W] */
    double  unmet, spilled;    /* [m3] */
} extremes;

typedef struct hours {
    const park_page *page;
    const park_rows *rows;
    extremes        *unit;    /* [units] */
    double          *through; /* [rows] scratch */
} hours;

static double at(const hours *h, size_t column, size_t row)
{
    return h->rows->value[column * h->rows->rows + row];
}

static void through_unit(hours *h, size_t u)
{
    const park_model *model  = h->page->model;
    bool              source = model->unit[u].role == PARK_SOURCE;
    extremes         *e      = &h->unit[u];
    for (size_t r = 0; r < h->rows->rows; r++)
        h->through[r] = 0.0;
    for (size_t k = 0; k < h->rows->columns; k++) {
        const park_column *c = &h->rows->column[k];
        if (c->kind == PARK_COLUMN_LINK_FLOW &&
            (source ? model->link[c->link].from : model->link[c->link].to) == (int32_t)u)
            for (size_t r = 0; r < h->rows->rows; r++)
                h->through[r] += at(h, k, r);
    }
    for (size_t r = 0; r < h->rows->rows; r++) {
        e->mean += h->through[r] / (double)h->rows->rows;
        if (h->through[r] > e->most)
            e->most = h->through[r], e->most_time = h->rows->time[r];
    }
}

static void stress_of(hours *h, size_t column, const park_column *c)
{
    const park_inlet_info *inlet = &h->page->model->inlet[c->inlet];
    extremes              *e     = &h->unit[inlet->unit];
    double                 limit = inlet->limit == NULL ? INFINITY : inlet->limit[c->constituent];
    if (!isfinite(limit) || !(limit > 0.0))
        return;
    for (size_t r = 0; r < h->rows->rows; r++) {
        double share = at(h, column, r) / limit;
        if (share > e->stress)
            e->stress = share, e->constituent = c->constituent, e->stress_time = h->rows->time[r];
    }
}

static void column_of(hours *h, size_t column, const park_column *c)
{
    extremes *e    = c->unit >= 0 ? &h->unit[c->unit] : NULL;
    double    step = (double)h->rows->every;
    if (c->kind == PARK_COLUMN_INLET_CONC)
        stress_of(h, column, c);
    for (size_t r = 0; r < h->rows->rows && e != NULL; r++) {
        double value = at(h, column, r);
        if (c->kind == PARK_COLUMN_VOLUME)
            e->low = fmin(e->low, value), e->high = fmax(e->high, value); /* NAN gives way */
        else if (c->kind == PARK_COLUMN_POWER)
            e->power = fmax(e->power, value), e->power_mean += value / (double)h->rows->rows;
        else if (c->kind == PARK_COLUMN_UNMET)
            e->unmet += value * step;
        else if (c->kind == PARK_COLUMN_SPILL)
            e->spilled += value * step;
    }
}

/* " (07-20 15:00)" of the beginning of a row's hour; nothing where there is no clock. */
static void moment(park_page *page, int64_t time)
{
    park_civil when = park_civil_at(time - page->record->rows->every, page->model->time.utc_offset / 60);
    if (time != 0 && !page->model->time.steady)
        park_text_printf(&page->out, " (%02d-%02d %02d:%02d)", (int)when.month, (int)when.day, (int)when.hour,
                         (int)when.minute);
}

/* Two numbers in one cell. */
static void span_cell(park_page *page, bool there, double from, double to, int decimals)
{
    park_text_add(&page->out, "<td class=\"n\">");
    if (!there) {
        park_text_add(&page->out, "—");
        return;
    }
    park_page_number(page, from, decimals);
    park_text_add(&page->out, " / ");
    park_page_number(page, to, decimals);
}

static void row(park_page *page, size_t u, const extremes *e)
{
    park_page_row(page);
    park_page_cell(page);
    park_page_unit(page, (int32_t)u);
    span_cell(page, true, e->mean * 3600.0, e->most * 3600.0, 1);
    moment(page, e->most_time);
    park_text_add(&page->out, "<td class=\"n\">");
    if (e->stress > 0.0) {
        park_page_number(page, 100.0 * e->stress, 1);
        park_text_add(&page->out, " % ");
        park_page_label(page, page->model->constituent[e->constituent].label,
                        page->model->constituent[e->constituent].id);
        moment(page, e->stress_time);
    } else {
        park_text_add(&page->out, "—");
    }
    span_cell(page, isfinite(e->low), e->low, e->high, 0);
    span_cell(page, e->power > 0.0, e->power_mean * 1e-3, e->power * 1e-3, 1);
    park_page_cell_number(page, e->unmet + e->spilled > 0.0 ? e->unmet + e->spilled : NAN, 0);
    park_page_cell(page);
    park_page_courses(page, (int32_t)u);
    park_page_row_end(page);
}

static bool idle(const extremes *e)
{
    return !(e->most > 0.0) && !isfinite(e->low) && !(e->spilled > 0.0) && !(e->unmet > 0.0);
}

static void table(park_page *page, const extremes *unit)
{
    static const char *const TITLES[] = {"单元",
                                         "unit",
                                         "流量：平均 / 最大（m³/h，时刻）",
                                         "flow: mean / largest (m³/h, when)>",
                                         "占进水限值最大比例（时刻）",
                                         "nearest to an inlet limit (when)>",
                                         "蓄水量：最低 / 最高（m³）",
                                         "volume: lowest / highest (m³)>",
                                         "功率：平均 / 最大（kW）",
                                         "power: mean / largest (kW)>",
                                         "缺水与溢出（m³）",
                                         "not met or spilled (m³)>",
                                         "修正",
                                         "put right",
                                         NULL};
    park_page_table(page, TITLES);
    for (size_t u = 0; u < page->model->units; u++)
        if (!idle(&unit[u]))
            row(page, u, &unit[u]);
    park_page_table_end(page);
    for (size_t u = 0; u < page->model->units; u++) {
        if (idle(&unit[u]))
            continue;
        park_text_add(&page->out, "<details class=\"unit\"><summary>");
        park_page_unit(page, (int32_t)u);
        park_text_printf(&page->out,
                         "</summary><div class=\"unit-charts\" data-unit=\"%zu\"></div></details>\n", u);
    }
}

void park_page_units(park_page *page)
{
    const park_rows *rows = page->record->rows;
    if (rows == NULL || rows->rows == 0)
        return;
    hours h = {page, rows, PARK_ARRAY(page->arena, page->model->units, extremes),
               PARK_ARRAY(page->arena, rows->rows, double)};
    if (h.unit == NULL || h.through == NULL) {
        page->out.failed = true;
        return;
    }
    for (size_t u = 0; u < page->model->units; u++) {
        h.unit[u].low = h.unit[u].high = NAN;
        through_unit(&h, u);
    }
    for (size_t k = 0; k < rows->columns; k++)
        column_of(&h, k, &rows->column[k]);
    park_page_section(page, "units", "逐单元过程", "Unit by unit");
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(page, "各单元的最不利时刻（所示为该时段起点）；展开单元可看其逐时过程。",
                   "When each unit is most stretched (the beginning of the hour is told); open a unit to see "
                   "its hours.");
    park_text_add(&page->out, "</p>\n");
    table(page, h.unit);
    park_page_section_end(page);
}
