#include "units/users/process.h"

#include "units/kinds.h"

/* ---- parameters
 * --------------------------------------------------------------------------------------------------- */

static const park_field LOSS[] = {
    PARK_NUMBER(park_loss, evaporation, SHARE, .fallback = 0.0, .lo = 0.0, .hi = 1.0,
                .en = "share of the inlet that evaporates and leaves its salt behind",
                .zh = "蒸发损失占进水比例（不带走溶解物）", .example = "4 %"),
    PARK_NUMBER(park_loss, product, SHARE, .fallback = 0.0, .lo = 0.0, .hi = 1.0,
                .en = "share of the inlet that leaves in the goods", .zh = "进入产品的水占进水比例",
                .example = "2 %"),
    PARK_NUMBER(park_loss, leak, SHARE, .fallback = 0.0, .lo = 0.0, .hi = 1.0,
                .en = "share of the inlet that leaks away", .zh = "漏失占进水比例", .example = "1 %"),
    PARK_FIELDS_END};

static const park_field INLET[] = {
    PARK_FIELD(park_process_inlet, demand, DEMAND, .dim = PARK_DIM_FLOW, .required = true, .lo = 0.0,
               .en = "water drawn here", .zh = "此处需水量", .example = "40 m3/h"),
    PARK_FIELD(park_process_inlet, accepts, LIST, .en = "grades or donors it takes water from",
               .zh = "可接受的水质等级或来水", .example = "[soft]"),
    PARK_BY_CONSTITUENT(park_process_inlet, limits, CONC, .lo = 0.0, .en = "most that this water may hold",
                        .zh = "此处进水水质上限", .example = "{COD: 50 mg/L}"),
    PARK_FIELDS_END};

static const park_field FIELDS[] = {
    PARK_FIELD(park_process, demand, DEMAND, .dim = PARK_DIM_FLOW, .lo = 0.0,
               .en = "water required: a flow, `free`, or {min:, max:}",
               .zh = "需水量：流量、free 或 {min:, max:}", .example = "120 m3/h"),
    PARK_FIELD(park_process, loss, RECORD, .record = LOSS, .bare = "product", .dim = PARK_DIM_SHARE,
               .en = "shares of the inlet that do not reach the drain", .zh = "未进入排水的水量比例",
               .example = "{evaporation: 4 %, product: 2 %}"),
    PARK_BY_CONSTITUENT(park_process, inlet, CONC, .lo = 0.0, .en = "most that the inlet may hold",
                        .zh = "进水水质上限", .example = "{COD: 50 mg/L}"),
    PARK_FIELD(park_process, outlet, OUTLET_QUALITY, .dim = PARK_DIM_CONC, .lo = 0.0,
               .en = "quality of the drain: a maximum, or {fixed: ..}",
               .zh = "出水水质：上限，或 {fixed: ..}", .example = "{COD: 900 mg/L}"),
    PARK_BY_CONSTITUENT(park_process, adds, MASS_FLOW, .en = "mass that the operation adds at base demand",
                        .zh = "基准需水量下带入的污染物量", .example = "{COD: 96 kg/h}"),
    PARK_FIELD(park_process, inlets, NAMED, .record = INLET, .record_size = sizeof(park_process_inlet),
               .en      = "several waters drawn: {dye: {demand:, accepts:, limits:}, ..}",
               .zh      = "多个进水口：{dye: {demand:, accepts:, limits:}, ..}",
               .example = "{rinse: {demand: 40 m3/h}}"),
    PARK_FIELD(park_process, accepts, LIST, .en = "grades or donors it takes water from",
               .zh = "可接受的水质等级或来水", .example = "[soft]"),
    PARK_NUMBER(park_process, holding, TIME, .fallback = 3600.0, .lo = 0.0, .lo_open = true,
                .en = "time that the water spends inside", .zh = "水在单元内的停留时间", .example = "1 h"),
    PARK_FIELDS_END};

/* ---- before freezing
 * ------------------------------------------------------------------------------------------------ */

static const park_process_inlet *inlet_of(const park_process *process, size_t i)
{
    return (const park_process_inlet *)process->inlets.items + i;
}

static bool given(const park_demand *demand)
{
    return demand->free || !isnan(demand->flow.base) || !isnan(demand->min) || !isnan(demand->max);
}

static void check_demand(const park_demand *demand, const char *path, const char *where,
                         park_findings *findings)
{
    if (!given(demand))
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "%s states no demand; write a flow, `free`, or {min:, max:}",
                         "%s 没有写需水量 demand；请写流量、free 或 {min:, max:}", where);
    else if (demand->min > demand->max)
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "the demand of %s has a minimum above its maximum", "%s 的需水量下限大于上限",
                         where);
}

static void check_quality(park_draft *draft, const park_process *process, const char *path, const char *id,
                          park_findings *findings)
{
    for (size_t c = 0; c < draft->constituents; c++) {
        bool fixed                 = !isnan(process->outlet.fixed[c]);
        draft->constituent[c].read = draft->constituent[c].read || fixed;
        if (fixed && !isnan(process->adds[c]))
            park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                             "%s both adds %s and fixes it at the outlet; one of the two says everything",
                             "%s 对 %s 既给出加入量又固定出水浓度；两者只能取其一", id,
                             draft->constituent[c].id);
    }
}

static park_status complete(park_draft *draft, int32_t unit, const char *path, park_findings *findings,
                            park_error *err)
{
    const park_unit_info *info    = &draft->unit[unit];
    const park_process   *process = info->params;
    double                lost    = process->loss.evaporation + process->loss.product + process->loss.leak;
    (void)err;
    if (draft->unit[unit].use == PARK_USE_NONE)
        draft->unit[unit].use = PARK_USE_PROCESS;
    if (lost > 1.0 + 1e-12)
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "%s loses %g %% of its inlet; losses add up to at most 100 %%",
                         "%s 的损失合计为进水的 %g %%，不得超过 100 %%", info->id, 100.0 * lost);
    if (process->loss.evaporation > 1.0 - 1e-12)
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "%s evaporates all its water, so what is dissolved in it could not leave; let some "
                         "of the loss be `product` or `leak`",
                         "%s 的水全部蒸发，溶解物无处可去；请把部分损失写为 product 或 leak", info->id);
    if (process->inlets.count == 0)
        check_demand(&process->demand, path, info->id, findings);
    for (size_t i = 0; i < process->inlets.count; i++)
        check_demand(&inlet_of(process, i)->demand, path, process->inlets.id[i], findings);
    check_quality(draft, process, path, info->id, findings);
    return PARK_OK;
}

/* What is left of the inlet for the drain: no dust of rounding where all is lost. */
static double share_drained(const park_loss *loss)
{
    double share = 1.0 - loss->evaporation - loss->product - loss->leak;
    return share < 1e-12 ? 0.0 : share;
}

/* A drain that never runs takes no candidates. */
static park_status shape(park_draft *draft, int32_t unit, park_error *err)
{
    const park_process    *process = draft->unit[unit].params;
    const park_outlet_info drain   = {
          .id = "", .role = PARK_OUT_PRODUCT, .reserved = share_drained(&process->loss) == 0.0};
    const park_outlet_info exits[] = {{.id = "evaporation", .role = PARK_OUT_EVAPORATION, .exits = true},
                                      {.id = "in_product", .role = PARK_OUT_IN_PRODUCT, .exits = true},
                                      {.id = "leak", .role = PARK_OUT_LEAK, .exits = true}};
    PARK_TRY(park_draft_outlet(draft, unit, drain, err));
    for (size_t k = 0; k < sizeof exits / sizeof *exits; k++)
        PARK_TRY(park_draft_outlet(draft, unit, exits[k], err));
    if (process->inlets.count == 0)
        return park_draft_inlet(draft, unit, "", process->inlet, process->accepts, err);
    for (size_t i = 0; i < process->inlets.count; i++) {
        const park_process_inlet *in = inlet_of(process, i);
        for (size_t c = 0; in->limits != NULL && c < draft->constituents; c++)
            draft->constituent[c].read = draft->constituent[c].read || !isnan(in->limits[c]);
        PARK_TRY(park_draft_inlet(draft, unit, process->inlets.id[i], in->limits, in->accepts, err));
    }
    return PARK_OK;
}

/* ---- both faces
 * ---------------------------------------------------------------------------------------------------------
 */

/* Bounds of one inlet's flow, (U20); returns what it requires. */
static double ask(const park_when *when, const park_demand *demand, double *lo, double *hi)
{
    double open = park_when_open(when);
    if (!isnan(demand->flow.base)) {
        *lo = *hi = park_when_working(when, demand->flow);
    } else {
        *lo = isnan(demand->min) ? 0.0 : open * demand->min;
        *hi = open == 0.0 ? 0.0 : isnan(demand->max) ? INFINITY : open * demand->max;
    }
    return *lo;
}

/* Is the series a base times a pattern of factors, not measured values? */
static bool factors(const park_model *model, park_series flow)
{
    return flow.pattern >= 0 && flow.base > 0.0 &&
           (model->pattern[flow.pattern].id != NULL || flow.base != 1.0);
}

/* How much of its base load the operation makes now: loads follow the demand's pattern, (U22). */
static double activity(const park_when *when, const park_process *process)
{
    double needed = 0.0, base = 0.0;
    if (process->inlets.count == 0 && factors(when->model, process->demand.flow))
        return park_when_working(when, process->demand.flow) / process->demand.flow.base;
    for (size_t i = 0; i < process->inlets.count; i++) {
        park_series flow = inlet_of(process, i)->demand.flow;
        if (isnan(flow.base) || (flow.pattern >= 0 && !factors(when->model, flow)))
            return park_when_open(when);
        needed += park_when_working(when, flow);
        base += flow.base;
    }
    return base > 0.0 ? needed / base : park_when_open(when);
}

static void split_water(const park_process *process, park_map *map)
{
    const park_loss *loss                         = &process->loss;
    map->outlet[PARK_PROCESS_PRODUCT].alpha       = share_drained(loss);
    map->outlet[PARK_PROCESS_EVAPORATION].alpha   = loss->evaporation;
    map->outlet[PARK_PROCESS_IN_PRODUCT].alpha    = loss->product;
    map->outlet[PARK_PROCESS_LEAK].alpha          = loss->leak;
    map->outlet[PARK_PROCESS_PRODUCT].quality     = PARK_QUALITY_MIX;
    map->outlet[PARK_PROCESS_IN_PRODUCT].quality  = PARK_QUALITY_MIX;
    map->outlet[PARK_PROCESS_LEAK].quality        = PARK_QUALITY_MIX;
    map->outlet[PARK_PROCESS_EVAPORATION].quality = PARK_QUALITY_NONE;
}

static park_status fill(const park_when *when, park_map *map, park_error *err)
{
    const park_process *process = park_when_unit(when)->params;
    (void)err;
    if (process->inlets.count == 0)
        map->demand = ask(when, &process->demand, &map->in_lo[0], &map->in_hi[0]);
    for (size_t i = 0; i < process->inlets.count; i++)
        map->demand += ask(when, &inlet_of(process, i)->demand, &map->in_lo[i], &map->in_hi[i]);
    split_water(process, map);

    double load = activity(when, process), wet = 1.0 - process->loss.evaporation;
    for (size_t c = 0; c < map->constituents; c++) {
        map->add[c] = isnan(process->adds[c]) ? 0.0 : load * process->adds[c];
        if (!isnan(process->outlet
                       .fixed[c])) { /* all that enters is taken out, x comes with the wet flow: (U23) */
            map->removed_share[c] = 1.0;
            map->add_per_flow[c]  = wet * process->outlet.fixed[c];
        }
        if (!isnan(process->outlet.max[c]))
            map->outlet[PARK_PROCESS_PRODUCT].limit[c] = process->outlet.max[c];
    }
    return PARK_OK;
}

PARK_FACES(fill)

static double volume(const park_model *model, int32_t unit, double design_flow)
{
    const park_process *process = model->unit[unit].params;
    return process->holding * design_flow;
}

static const park_time_face TIME = {.volume = volume, .at = at};

/* An operation that uses water: washing, dyeing, scrubbing, a canteen, flushing. */
const park_unit_kind PARK_KIND_PROCESS = {
    .word        = "process",
    .role        = PARK_USER,
    .label       = {"工艺用水单元", "process"},
    .fields      = FIELDS,
    .params_size = sizeof(park_process),
    .complete    = complete,
    .shape       = shape,
    .average     = average,
    .time        = &TIME,
};
