/* Who gives water to whom, and each constituent of the receiver's mixture against its limit. */
#include "report/tables_parts.h"

#include <math.h>
#include <string.h>

static const double MG_PER_L = 1e3; /* of 1 kg/m3 */

/* Mixtures at all inlets in one season: water [I], mass [I*C]. */
static void mix(const park_tables *t, const park_ledger *g, size_t s, double *water, double *mass)
{
    size_t C = g->constituents;
    memset(water, 0, t->model->inlets * sizeof *water);
    memset(mass, 0, t->model->inlets * C * sizeof *mass);
    for (size_t l = 0; l < g->links; l++) {
        size_t i = (size_t)t->model->link[l].inlet, row = s * g->links + l;
        water[i] += g->link_water[row];
        for (size_t c = 0; c < C; c++)
            mass[i * C + c] += g->link_mass[row * C + c];
    }
}

static void ends(const park_tables *t, park_sheet *sheet, size_t a, size_t s, size_t l)
{
    const park_link_info   *link   = &t->model->link[l];
    const park_season_info *season = &t->model->time.season[s];
    const park_ledger      *g      = t->account[a].ledger;
    size_t                  row    = s * g->links + l;
    park_sheet_word(sheet, t->account[a].zh, t->account[a].en);
    park_sheet_label(sheet, season->label, season->id);
    park_sheet_text(sheet, link->id);
    park_sheet_text(sheet, park_run_outlet(t->arena, t->model, link->outlet));
    park_sheet_text(sheet, park_run_inlet(t->arena, t->model, link->inlet));
    park_sheet_number(sheet, g->link_water[row] / (season->seconds / 86400.0), 2);
    park_sheet_percent(sheet, g->link_used_share[row]);
}

/* One constituent: donor's water, receiver's mixture, limit, margin. */
static void quality(const park_tables *t, park_sheet *sheet, const park_ledger *g, size_t row, size_t l,
                    size_t c, double water, double mass)
{
    const double *limits = t->model->inlet[t->model->link[l].inlet].limit;
    double        limit  = limits == NULL ? INFINITY : limits[c];
    double        mixed  = mass / water;
    park_sheet_label(sheet, t->model->constituent[c].label, t->model->constituent[c].id);
    park_sheet_number(sheet, MG_PER_L * g->link_mass[row * g->constituents + c] / g->link_water[row], 3);
    park_sheet_number(sheet, MG_PER_L * mixed, 3);
    park_sheet_number(sheet, MG_PER_L * limit, 3);
    park_sheet_percent(sheet, isfinite(limit) && limit > 0.0 ? 1.0 - mixed / limit : NAN);
    park_sheet_end_row(sheet);
}

static void heads(park_sheet *sheet)
{
    park_sheet_head(sheet, "账户", "account");
    park_sheet_head(sheet, "季", "season");
    park_sheet_head(sheet, "连接", "connection");
    park_sheet_head(sheet, "供水方", "donor");
    park_sheet_head(sheet, "受水方", "receiver");
    park_sheet_head(sheet, "流量 (m³/d)", "flow (m3/d)");
    park_sheet_head(sheet, "已用水占比 (%)", "used before (%)");
    park_sheet_head(sheet, "水质项目", "constituent");
    park_sheet_head(sheet, "供水浓度 (mg/L)", "donor's water (mg/L)");
    park_sheet_head(sheet, "受水混合浓度 (mg/L)", "receiver's mixture (mg/L)");
    park_sheet_head(sheet, "受水限值 (mg/L)", "receiver's limit (mg/L)");
    park_sheet_head(sheet, "余量 (%)", "margin (%)");
    park_sheet_end_row(sheet);
}

park_status park_table_allocation(const park_tables *t, park_sheet *sheet, park_error *err)
{
    size_t  C     = t->model->constituents;
    double *water = PARK_ARRAY(t->arena, t->model->inlets, double);
    double *mass  = PARK_ARRAY(t->arena, t->model->inlets * C, double);
    if (water == NULL || mass == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the table of allocation");
    heads(sheet);
    for (size_t a = 0; a < t->accounts; a++)
        for (size_t s = 0; s < t->model->time.seasons; s++) {
            const park_ledger *g = t->account[a].ledger;
            mix(t, g, s, water, mass);
            for (size_t l = 0; l < g->links; l++) {
                size_t i = (size_t)t->model->link[l].inlet, row = s * g->links + l;
                if (!(g->link_water[row] > 0.0))
                    continue;
                if (C == 0) {
                    ends(t, sheet, a, s, l);
                    for (int empty = 0; empty < 5; empty++)
                        park_sheet_text(sheet, "");
                    park_sheet_end_row(sheet);
                }
                for (size_t c = 0; c < C; c++) {
                    ends(t, sheet, a, s, l);
                    quality(t, sheet, g, row, l, c, water[i], mass[i * C + c]);
                }
            }
        }
    return PARK_OK;
}
