/*
 * sections.c - the tables of sections.h for a park.
 */
#include "schema/sections.h"

#include <string.h>

#define YEAR (365.0 * 86400.0)

static const char *const DUTY_USER[]         = {"main", "auxiliary", "ancillary", NULL};
static const char *const DUTY_TREATMENT[]    = {"supply", "waste", NULL};
static const char *const USE[]               = {"indirect_cooling", "direct_cooling", "process", "boiler",
                                                "domestic",         "irrigation",     NULL};
static const char *const ORIGIN[]            = {"municipal", "park", NULL};
static const char *const ROUTE[]             = {"manhattan", "straight", NULL};
static const char *const FORBID[]            = {"forbidden", "allowed", NULL};
const char *const        PARK_BASIS_WORDS[]  = {"conventional", "all_sources", NULL};
const char *const        PARK_ORIGIN_WORDS[] = {"surface",        "ground",    "tap",  "reclaimed_municipal",
                                                "reclaimed_park", "mine",      "rain", "stream",
                                                "wastewater",     "reclaimed", NULL};

/* ---- units --------------------------------------------------------------------------------------------------- */

static const park_field PLACE[] = {{.word     = "x",
                                    .dim      = PARK_DIM_LENGTH,
                                    .offset   = 0,
                                    .lo       = -INFINITY,
                                    .hi       = INFINITY,
                                    .fallback = NAN,
                                    .required = true,
                                    .en       = "east",
                                    .zh       = "东向坐标",
                                    .example  = "120 m"},
                                   {.word     = "y",
                                    .dim      = PARK_DIM_LENGTH,
                                    .offset   = sizeof(double),
                                    .lo       = -INFINITY,
                                    .hi       = INFINITY,
                                    .fallback = NAN,
                                    .required = true,
                                    .en       = "north",
                                    .zh       = "北向坐标",
                                    .example  = "80 m"},
                                   {.word     = "z",
                                    .dim      = PARK_DIM_LENGTH,
                                    .offset   = 2 * sizeof(double),
                                    .lo       = -INFINITY,
                                    .hi       = INFINITY,
                                    .fallback = 0.0,
                                    .en       = "height",
                                    .zh       = "高程",
                                    .example  = "45 m"},
                                   PARK_FIELDS_END};

#define UNIT_NAME PARK_FIELD(park_unit_words, name, LABEL, .en = "name", .zh = "名称")
#define UNIT_AT(member)                                                                                      \
    {                                                                                                        \
        .word = "at", .shape = PARK_SHAPE_RECORD, .offset = offsetof(park_unit_words, member),               \
        .record = PLACE, .fallback = NAN, .en = "where it stands", .zh = "位置",                             \
        .example = "{x: 0 m, y: 0 m, z: 45 m}"                                                               \
    }
#define UNIT_KIND(due)                                                                                       \
    PARK_FIELD(park_unit_words, kind, TEXT, .required = due, .en = "kind of unit", .zh = "类型")
#define UNIT_ENTERPRISE                                                                                      \
    PARK_FIELD(park_unit_words, enterprise, TEXT,                                                            \
               .en = "who owns it; without one it belongs to the park's utility",                            \
               .zh = "所属企业；不写则归园区公用")
#define UNIT_CALENDAR                                                                                        \
    PARK_FIELD(park_unit_words, calendar, TEXT, .en = "calendar of closed days", .zh = "停产日历")
#define UNIT_ACCEPTS                                                                                         \
    PARK_FIELD(park_unit_words, accepts, LIST, .en = "grades or donors it takes water from",                 \
               .zh = "可接受的水质等级或供水单元", .example = "[demin]")
#define UNIT_ROLE(words)                                                                                     \
    PARK_FIELD(park_unit_words, role, CHOICE, .choices = words, .choice = -1, .en = "its part in the park",  \
               .zh = "用途类别")
#define UNIT_EXISTING                                                                                        \
    PARK_FIELD(park_unit_words, existing, BOOL, .fallback = 0, .en = "stands already: no capital cost",      \
               .zh = "已建成，不计投资")

const park_field PARK_UNIT_SOURCE[] = {
    UNIT_NAME,
    UNIT_KIND(true),
    UNIT_ENTERPRISE,
    UNIT_CALENDAR,
    PARK_FIELD(park_unit_words, origin, CHOICE, .choices = ORIGIN, .choice = -1,
               .en = "of reclaimed water: municipal counts as intake, park as reuse",
               .zh = "再生水来源：municipal 计入取水，park 计入重复利用"),
    UNIT_AT(at),
    PARK_FIELDS_END};
const park_field PARK_UNIT_USER[] = {
    UNIT_NAME,
    UNIT_KIND(false),
    UNIT_ENTERPRISE,
    UNIT_ROLE(DUTY_USER),
    PARK_FIELD(park_unit_words, use, CHOICE, .choices = USE, .choice = -1, .en = "what the water is used for",
               .zh = "用水性质"),
    UNIT_CALENDAR,
    UNIT_ACCEPTS,
    PARK_FIELD(park_unit_words, tags, LIST, .en = "what is done there, for retrofits of the catalogue",
               .zh = "工序标签，供目录中的改造措施识别", .example = "[rinsing]"),
    PARK_FIELD(park_unit_words, persons, COUNT, .lo = 1, .hi = 1e7,
               .en = "persons it serves, for the form of domestic water", .zh = "用水人数，用于生活用水表",
               .example = "1200"),
    UNIT_AT(at),
    PARK_FIELDS_END};
const park_field PARK_UNIT_TREATMENT[] = {
    UNIT_NAME,
    PARK_FIELD(park_unit_words, technology, TEXT, .en = "`removal` or a technology of the catalogue",
               .zh = "removal 或目录中的工艺", .example = "AO"),
    PARK_FIELD(park_unit_words, train, LIST, .en = "technologies of the catalogue, one after the other",
               .zh = "串联的工艺", .example = "[MMF, UF, BWRO]"),
    UNIT_ENTERPRISE,
    UNIT_ROLE(DUTY_TREATMENT),
    UNIT_CALENDAR,
    UNIT_ACCEPTS,
    UNIT_EXISTING,
    UNIT_AT(at),
    PARK_FIELDS_END};
const park_field PARK_UNIT_STORAGE[] = {UNIT_NAME,    UNIT_KIND(false), UNIT_ENTERPRISE, UNIT_CALENDAR,
                                        UNIT_ACCEPTS, UNIT_EXISTING,    UNIT_AT(at),     PARK_FIELDS_END};
const park_field PARK_UNIT_SINK[]    = {UNIT_NAME,    UNIT_KIND(false), UNIT_ENTERPRISE, UNIT_CALENDAR,
                                        UNIT_ACCEPTS, UNIT_AT(at),      PARK_FIELDS_END};

const park_field *park_unit_words_of(park_role role)
{
    static const park_field *const TABLES[PARK_ROLES] = {
        PARK_UNIT_SOURCE, PARK_UNIT_USER, PARK_UNIT_TREATMENT, PARK_UNIT_STORAGE, PARK_UNIT_SINK};
    return TABLES[role];
}

/* ---- who, grades, calendars ------------------------------------------------------------------------------------ */

const park_field PARK_PAST_WORDS[] = {
    PARK_NUMBER(park_past_words, conventional, FLOW, .lo = 0, .en = "intake of conventional water",
                .zh = "常规水源取水量", .example = "210 万m3/a"),
    PARK_NUMBER(park_past_words, non_conventional, FLOW, .lo = 0, .en = "intake of non-conventional water",
                .zh = "非常规水源取水量", .example = "12 万m3/a"),
    PARK_NUMBER(park_past_words, repeated, FLOW, .lo = 0, .en = "repeated use, circulation included",
                .zh = "重复利用水量（含循环）", .example = "2100 万m3/a"),
    PARK_NUMBER(park_past_words, discharge, FLOW, .lo = 0, .en = "discharge", .zh = "排水量",
                .example = "120 万m3/a"),
    PARK_NUMBER(park_past_words, value_added, MONEY_RATE, .lo = 0, .en = "industrial value added",
                .zh = "工业增加值", .example = "2.9 亿元/a"),
    PARK_NUMBER(park_past_words, output_value, MONEY_RATE, .lo = 0, .en = "gross output value",
                .zh = "总产值", .example = "11 亿元/a"),
    {.word     = "products",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en       = "yearly output of each product",
     .zh       = "各产品年产量",
     .example  = "{printed_cloth: 8.8e8 m/a}"},
    PARK_FIELDS_END};

const park_field PARK_ENTERPRISE_WORDS[] = {
    PARK_FIELD(park_enterprise_words, name, LABEL, .en = "name", .zh = "名称"),
    PARK_FIELD(park_enterprise_words, sector, TEXT, .en = "sector", .zh = "行业", .example = "textile"),
    PARK_NUMBER(park_enterprise_words, value_added, MONEY_RATE, .lo = 0, .en = "industrial value added",
                .zh = "工业增加值", .example = "3.2 亿元/a"),
    PARK_FIELD(park_enterprise_words, price_year, COUNT, .lo = 1990, .hi = 2100,
               .en = "year of the prices of value added", .zh = "增加值的价格基准年", .example = "2020"),
    {.word     = "products",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en       = "yearly output of each product",
     .zh       = "各产品年产量",
     .example  = "{printed_cloth: 9.2e8 m/a}"},
    PARK_FIELD(park_enterprise_words, code, TEXT, .en = "code of the enterprise, for forms",
               .zh = "统一社会信用代码，用于表格", .example = "91430600XXXXXXXXXX"),
    PARK_FIELD(park_enterprise_words, legal_person, TEXT, .en = "legal representative, for forms",
               .zh = "法定代表人，用于表格"),
    PARK_FIELD(park_enterprise_words, kind, TEXT, .en = "kind of enterprise, for forms",
               .zh = "企业类型，用于表格", .example = "有限责任公司"),
    PARK_NUMBER(park_enterprise_words, output_value, MONEY_RATE, .lo = 0,
                .en = "gross output value, for forms", .zh = "总产值，用于表格", .example = "12 亿元/a"),
    {.word        = "history",
     .shape       = PARK_SHAPE_NAMED,
     .offset      = offsetof(park_enterprise_words, history),
     .record      = PARK_PAST_WORDS,
     .record_size = sizeof(park_past_words),
     .fallback    = NAN,
     .en          = "what was reported of earlier years, for forms",
     .zh          = "以往年度填报数据，用于表格",
     .example     = "{2024: {conventional: 210 万m3/a}}"},
    PARK_FIELDS_END};

const park_field PARK_GRADE_WORDS[] = {
    PARK_FIELD(park_grade_words, name, LABEL, .en = "name", .zh = "名称"),
    PARK_BY_CONSTITUENT(park_grade_words, limits, CONC, .en = "highest levels; `standard:` names a limit set",
                        .zh      = "限值；standard 指明限值标准",
                        .example = "{standard: GB/T 19923-2005/open_circulating}"),
    PARK_FIELD(park_grade_words, deny_origin, LIST, .en = "origins that it refuses", .zh = "拒绝的来源",
               .example = "[wastewater]"),
    PARK_FIELDS_END};

const park_field PARK_CALENDAR_WORDS[] = {{.word     = "closed",
                                           .shape    = PARK_SHAPE_CUSTOM,
                                           .fallback = NAN,
                                           .required = true,
                                           .en       = "closed days: dates or ranges, both ends included",
                                           .zh       = "停产日：日期或区间，含首尾",
                                           .example  = "[2025-01-28..2025-02-04]"},
                                          PARK_FIELDS_END};

/* ---- connections -------------------------------------------------------------------------------------------------- */

const park_field PARK_CONNECTION_WORDS[] = {
    PARK_FIELD(park_connection_words, name, LABEL, .en = "name", .zh = "名称"),
    PARK_FIELD(park_connection_words, from, TEXT, .required = true, .en = "unit or unit.outlet",
               .zh = "起点：单元或 单元.出口", .example = "reuse.reject"),
    PARK_FIELD(park_connection_words, to, TEXT, .required = true, .en = "unit or unit.inlet",
               .zh = "终点：单元或 单元.进口", .example = "outfall"),
    PARK_FIELD_OF(park_connection_words, capacity, PARK_SHAPE_RANGE, FLOW, .lo = 0,
                  .en = "largest flow; {min, max} of a candidate", .zh = "最大流量；候选管道可写 {min, max}",
                  .example = "{max: 80 m3/h}"),
    PARK_NUMBER(park_connection_words, length, LENGTH, .lo = 0, .en = "length", .zh = "长度",
                .example = "900 m"),
    PARK_NUMBER(park_connection_words, lift, LENGTH, .en = "static lift", .zh = "静扬程", .example = "4 m"),
    PARK_NUMBER(park_connection_words, price, PRICE_PER_VOLUME, .fallback = 0,
                .en = "extra cost of the water carried", .zh = "输水附加费", .example = "0.1 CNY/m3"),
    PARK_FIELDS_END};

const park_field PARK_PIPE_WORDS[] = {
    PARK_FIELD(park_pipe_words, catalogue, TEXT, .required = true, .en = "pipes of the catalogue",
               .zh = "管材目录", .example = "steel"),
    PARK_FIELD(park_pipe_words, route, CHOICE, .choices = ROUTE, .en = "length from coordinates",
               .zh = "由坐标计算长度的方式"),
    PARK_NUMBER(park_pipe_words, max_velocity, VELOCITY, .lo = 0, .lo_open = true, .fallback = 1.5,
                .en = "design velocity", .zh = "设计流速", .example = "1.5 m/s"),
    PARK_NUMBER(park_pipe_words, roughness, NUMBER, .lo = 40, .hi = 200, .fallback = 130,
                .en = "Hazen-Williams C", .zh = "海曾-威廉系数"),
    PARK_NUMBER(park_pipe_words, pump_efficiency, SHARE, .lo = 0, .lo_open = true, .hi = 1, .fallback = 0.7,
                .en = "efficiency of pump and motor", .zh = "水泵机组效率"),
    PARK_NUMBER(park_pipe_words, life, TIME, .lo = 0, .lo_open = true, .fallback = 30 * YEAR,
                .en = "life of pipes", .zh = "管道寿命", .example = "30 a"),
    PARK_FIELDS_END};

const park_field PARK_CONNECTIONS_WORDS[] = {
    {.word     = "existing",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en       = "connections that stand",
     .zh       = "已有连接",
     .example  = "[[river, dyeing], [dyeing, wwtp]]"},
    {.word     = "candidates",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en       = "connections that may be built: all, none, or by name or pair",
     .zh       = "候选连接：all、none、按名称或成对列出",
     .example  = "all"},
    {.word     = "forbid",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en       = "pairs that must not be connected, * for any",
     .zh       = "禁止的连接，* 表示任意",
     .example  = "[[dyeing, boiler], [\"*\", green]]"},
    PARK_FIELD(park_connections_words, self, BOOL, .fallback = 0, .en = "may a unit feed itself",
               .zh = "是否允许单元自回用"),
    PARK_NUMBER(park_connections_words, min_flow, FLOW, .lo = 0, .fallback = 0,
                .en = "a pipe with less is not worth laying", .zh = "低于此流量不值得敷设",
                .example = "1 m3/h"),
    {.word     = "pipe",
     .shape    = PARK_SHAPE_RECORD,
     .offset   = offsetof(park_connections_words, pipe),
     .record   = PARK_PIPE_WORDS,
     .fallback = NAN,
     .en       = "what pipes cost; without it only stated prices count",
     .zh       = "管道造价规则；不写则只计所列价格"},
    PARK_FIELDS_END};

/* ---- what happens and what may be changed --------------------------------------------------------------------------- */

const park_field PARK_RETROFIT_WORDS[] = {
    PARK_FIELD(park_retrofit_words, name, LABEL, .en = "name", .zh = "名称"),
    PARK_FIELD(park_retrofit_words, applies_to, TEXT, .required = true,
               .en = "what it changes: a unit, a connection, network.NAME, tariffs .. or park",
               .zh = "改造对象：单元、连接、network.名称、tariffs 等，或 park", .example = "network.fresh"),
    {.word     = "changes",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .required = true,
     .en       = "paths of numbers there and what becomes of them: set, times or add",
     .zh       = "改动的数值（路径）：set、times 或 add",
     .example  = "{circulating_limits.Cl: {set: 1000 mg/L}}"},
    PARK_NUMBER(park_retrofit_words, capex, MONEY, .lo = 0, .fallback = 0, .en = "investment", .zh = "投资",
                .example = "180 万元"),
    PARK_NUMBER(park_retrofit_words, opex, MONEY_RATE, .fallback = 0,
                .en = "yearly cost, negative for savings", .zh = "年运行费，节省为负",
                .example = "30 万元/a"),
    PARK_NUMBER(park_retrofit_words, life, TIME, .lo = 0, .lo_open = true,
                .en = "life; economics.life when not said", .zh = "寿命；不写则取 economics.life",
                .example = "10 a"),
    {.word     = "requires",
     .shape    = PARK_SHAPE_LIST,
     .offset   = offsetof(park_retrofit_words, requires_),
     .fallback = NAN,
     .en       = "retrofits it needs",
     .zh       = "须同时采用的措施"},
    {.word     = "excludes",
     .shape    = PARK_SHAPE_LIST,
     .offset   = offsetof(park_retrofit_words, excludes_),
     .fallback = NAN,
     .en       = "retrofits it rules out",
     .zh       = "互斥的措施"},
    PARK_FIELDS_END};

const char *const PARK_SECTORS[] = {"thermal_power", "steel", "petrochemical", "textile",
                                    "paper",         "food",  "nonferrous",    NULL};
const char *const PARK_SECTORS_ZH[] = {"火电", "钢铁", "石化化工", "纺织", "造纸", "食品", "有色金属", NULL};

static const char *const FROM[]  = {"catalogue", NULL};
static const char *const LEVEL[] = {"low", "typical", "high", NULL};

const park_field PARK_OFFER_WORDS[] = {
    PARK_FIELD(park_offer_words, from, CHOICE, .choices = FROM, .choice = -1,
               .en = "`catalogue`: take retrofits of the action plan's sectors",
               .zh = "catalogue：采用目录中行动计划各行业的改造措施"),
    {.word     = "sector",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en = "one sector or several: thermal_power, steel, petrochemical, textile, paper, food, nonferrous; "
           "those of "
           "the park's enterprises where it is not said",
     .zh = "行业（一个或多个）：thermal_power 火电、steel 钢铁、petrochemical 石化化工、textile 纺织、paper "
           "造纸、food 食品、nonferrous 有色金属；不写则取企业所属行业",
     .example = "textile"},
    PARK_FIELD(park_offer_words, only, LIST, .en = "none but these entries", .zh = "仅用这些条目",
               .example = "[counter_current_rinsing]"),
    PARK_FIELD(park_offer_words, except, LIST, .en = "all but these entries", .zh = "不用这些条目",
               .example = "[low_liquor_dyeing]"),
    PARK_FIELD(park_offer_words, cost, CHOICE, .choices = LEVEL, .choice = 1,
               .en = "which end of the range of costs", .zh = "费用取区间的低、典型或高值",
               .example = "high"),
    PARK_FIELD(park_offer_words, effect, CHOICE, .choices = LEVEL, .choice = 1,
               .en = "which end of the range of effects", .zh = "效果取区间的低、典型或高值",
               .example = "low"),
    {.word     = "set",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en       = "other values for an entry, or for a retrofit by its id",
     .zh       = "改写某条目或某项措施（按标识）的数值",
     .example  = "{counter_current_rinsing: {changes: {demand: {times: 0.8}}, capex: {cost: 1500 CNY}}}"},
    PARK_FIELDS_END};

const park_field PARK_FAILURE_WORDS[] = {
    PARK_FIELD(park_failure_words, unit, TEXT, .en = "the unit that fails", .zh = "故障单元"),
    PARK_FIELD(park_failure_words, fire, TEXT, .en = "or the node of a network that a fire draws from",
               .zh = "或火灾取水的管网节点", .example = "fresh.J17"),
    PARK_FIELD(park_failure_words, burst, TEXT, .en = "or the pipe of a network that bursts",
               .zh = "或爆裂的管段", .example = "fresh.P4"),
    PARK_NUMBER(park_failure_words, flow, FLOW, .lo = 0, .lo_open = true, .en = "what the fire draws",
                .zh = "消防流量", .example = "30 L/s"),
    PARK_NUMBER(park_failure_words, diameter, LENGTH, .lo = 0, .lo_open = true, .hi = 5,
                .en = "of the hole that bursts, round", .zh = "破口直径（圆孔）", .example = "80 mm"),
    PARK_FIELD(park_failure_words, from, TEXT,
               .en = "when it begins; a fire or burst without it: at the worst hour of all",
               .zh = "开始时刻；火灾与爆管可省略，按最不利时刻", .example = "2025-07-10"),
    PARK_FIELD(park_failure_words, to, TEXT, .en = "when it ends", .zh = "结束时刻"),
    {.word     = "for",
     .shape    = PARK_SHAPE_NUMBER,
     .dim      = PARK_DIM_TIME,
     .offset   = offsetof(park_failure_words, for_),
     .lo       = 0,
     .lo_open  = true,
     .hi       = INFINITY,
     .fallback = NAN,
     .en       = "how long it lasts",
     .zh       = "历时",
     .example  = "5 d"},
    PARK_NUMBER(park_failure_words, lost, SHARE, .lo = 0, .lo_open = true, .hi = 1, .fallback = 1.0,
                .en = "share of the capacity of a treatment or a source that is out: 1 of 3 lines is 33 %",
                .zh = "处理单元或水源停运的能力份额：三条线停一条为 33 %", .example = "33 %"),
    PARK_FIELDS_END};

const park_field PARK_METER_WORDS[] = {
    PARK_FIELD(park_meter_words, on, TEXT, .required = true, .en = "connection or unit it measures",
               .zh = "计量的连接或单元"),
    PARK_FIELD(park_meter_words, level, COUNT, .lo = 1, .hi = 3, .en = "metering level 1 to 3",
               .zh = "计量级别 1 至 3"),
    PARK_FIELD(park_meter_words, parent, TEXT, .en = "meter above it", .zh = "上级水表"),
    PARK_NUMBER(park_meter_words, max_error, SHARE, .lo = 0, .hi = 1, .en = "largest error", .zh = "最大误差",
                .example = "2 %"),
    PARK_FIELD(park_meter_words, name, LABEL, .en = "name", .zh = "名称"),
    PARK_FIELD(park_meter_words, location, LABEL, .en = "where it hangs", .zh = "安装位置"),
    PARK_NUMBER(park_meter_words, size, LENGTH, .lo = 0, .lo_open = true, .hi = 5, .en = "nominal width",
                .zh = "口径", .example = "150 mm"),
    PARK_FIELD(park_meter_words, valid_until, TEXT, .en = "last day on which its verification is valid",
               .zh = "检定有效期至", .example = "2026-06-30"),
    PARK_NUMBER(park_meter_words, static_flow, FLOW, .lo = 0,
                .en = "what flows with all use shut off (static test)",
                .zh = "静态试验流量（全部用水关闭时）", .example = "0.6 m3/h"),
    PARK_NUMBER(park_meter_words, night_flow, FLOW, .lo = 0, .en = "least flow of the night",
                .zh = "夜间最小流量", .example = "3 m3/h"),
    PARK_NUMBER(park_meter_words, night_use, FLOW, .lo = 0, .en = "what of the night flow is used",
                .zh = "夜间最小流量中的正常用水", .example = "1.8 m3/h"),
    PARK_FIELDS_END};

const park_field PARK_FAVAD_WORDS[] = {
    PARK_NUMBER(park_favad_words, flow, FLOW_PER_LENGTH, .lo = 0, .en = "leakage of a length of pipe",
                .zh = "单位管长漏失量", .example = "8 m3/km/d"),
    PARK_NUMBER(park_favad_words, at, PRESSURE_HEAD, .lo = 0, .lo_open = true, .fallback = 30.0,
                .en = "at this pressure", .zh = "对应的水头", .example = "30 m"),
    PARK_NUMBER(park_favad_words, growing, SHARE, .lo = 0, .hi = 1, .fallback = 0.5,
                .en = "share of it from openings that grow with pressure (p^1.5; the rest p^0.5)",
                .zh = "其中随压力张开的漏口所占份额（p^1.5，其余 p^0.5）", .example = "50 %"),
    PARK_FIELDS_END};

const park_field PARK_LEAKAGE_WORDS[] = {{.word     = "favad",
                                          .shape    = PARK_SHAPE_RECORD,
                                          .offset   = offsetof(park_leakage_words, favad),
                                          .fallback = NAN,
                                          .record   = PARK_FAVAD_WORDS,
                                          .en       = "fixed and growing openings",
                                          .zh       = "固定与可变面积漏口"},
                                         PARK_FIELDS_END};

const park_field PARK_NETWORK_WORDS[] = {
    PARK_FIELD(park_network_words, inp, TEXT, .required = true, .en = "EPANET file", .zh = "EPANET 文件",
               .example = "fresh.inp"),
    PARK_FIELD(park_network_words, carries, LIST, .en = "connections it carries", .zh = "承载的连接"),
    {.word     = "bind",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en       = "units to junctions",
     .zh       = "单元与节点的对应",
     .example  = "{river: R1, cooling: {J3: 60 %, J4: 40 %}}"},
    {.word     = "leakage",
     .shape    = PARK_SHAPE_RECORD,
     .offset   = offsetof(park_network_words, leakage),
     .fallback = NAN,
     .record   = PARK_LEAKAGE_WORDS,
     .en       = "what its pipes leak besides what its file says",
     .zh       = "管道漏损（在管网文件所载之外）",
     .example  = "{favad: {flow: 8 m3/km/d, at: 30 m, growing: 50 %}}"},
    PARK_NUMBER(park_network_words, min_pressure, PRESSURE_HEAD, .lo = 0, .en = "lowest pressure",
                .zh = "最低服务水头", .example = "15 m"),
    PARK_FIELDS_END};

const park_field PARK_PID_WORDS[] = {
    PARK_FIELD(park_pid_words, hold, TEXT, .required = true,
               .en = "what is held: a level, a connection's flow, a concentration that leaves or enters",
               .zh = "被控量：水位、连接流量、出水或进水浓度", .example = "pond.level"),
    {.word     = "at",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .required = true,
     .en       = "the set point",
     .zh       = "设定值",
     .example  = "60 %"},
    PARK_FIELD(park_pid_words, by, TEXT, .required = true, .en = "the connection whose flow is set",
               .zh = "调节流量的连接", .example = "river_pond"),
    PARK_FIELD_OF(park_pid_words, range, PARK_SHAPE_RANGE, FLOW, .lo = 0, .required = true,
                  .en = "least and largest flow that may be set", .zh = "可调流量范围",
                  .example = "{max: 300 m3/h}"),
    PARK_NUMBER(
        park_pid_words, gain, NUMBER, .fallback = 1.0,
        .en = "share of the range per relative error (of a level: per share of the volume); below 0 where "
              "more flow lowers what is held",
        .zh = "比例增益：相对偏差（水位为容积份额）对应的流量范围份额；流量增大使被控量下降时取负",
        .example = "2"),
    PARK_NUMBER(park_pid_words, reset, TIME, .lo = 0, .lo_open = true, .fallback = 3600.0,
                .en = "integral time", .zh = "积分时间", .example = "1 h"),
    PARK_NUMBER(park_pid_words, rate, TIME, .lo = 0, .fallback = 0.0, .en = "derivative time",
                .zh = "微分时间", .example = "0 h"),
    PARK_NUMBER(park_pid_words, start, FLOW, .lo = 0,
                .en = "flow at the start; else the plan's, without a plan the middle of the range",
                .zh = "起始流量；不写则取方案流量，无方案时取范围中值", .example = "100 m3/h"),
    PARK_FIELDS_END};

const park_field PARK_BLEND_WORDS[] = {
    PARK_FIELD(park_blend_words, from, TEXT, .required = true,
               .en = "connection of the water of which as much is taken as the mixture bears",
               .zh = "尽量多用的来水连接", .example = "reuse_dyeing"),
    PARK_FIELD(park_blend_words, with, TEXT, .required = true,
               .en = "connection of the water that makes up the rest", .zh = "其余部分的来水连接",
               .example = "river_dyeing"),
    PARK_BY_CONSTITUENT(park_blend_words, hold, CONC, .lo = 0.0, .required = true,
                        .en = "what the mixture of both may hold", .zh = "混合后的水质设定值",
                        .example = "{TDS: 600 mg/L}"),
    PARK_FIELDS_END};

const park_field PARK_PRIORITY_WORDS[] = {
    PARK_FIELD(park_priority_words, of, TEXT, .required = true, .en = "the inlet that asks",
               .zh = "取水的单元或进水口", .example = "cooling"),
    {.word     = "order",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .required = true,
     .en       = "`price`: the cheapest first; a constituent: the purest first; or connections in order",
     .zh       = "price 为价低者先；写水质成分为水质好者先；或按顺序列出连接",
     .example  = "price"},
    PARK_FIELDS_END};

const park_field PARK_CONTROL_WORDS[] = {
    PARK_FIELD(park_control_words, when, TEXT,
               .en =
                   "a condition: `STORAGE.level < 20 %`, `CONNECTION.flow > 20 m3/h`, `UNIT.TDS > 900 mg/L`, "
                   "`UNIT.inlet.TDS > 900 mg/L`",
               .zh = "条件：蓄水单元.level < 20 %，连接.flow > 20 m3/h，单元.TDS > 900 mg/L，单元.inlet.TDS "
                     "> 900 mg/L"),
    {.word     = "hours",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en       = "or hours of the day in which the action holds, its opposite outside",
     .zh       = "或每日执行动作的时段，其余时间执行相反动作",
     .example  = "[8-12, 22-6]"},
    {.word     = "do",
     .shape    = PARK_SHAPE_TEXT,
     .offset   = offsetof(park_control_words, do_),
     .fallback = NAN,
     .en       = "`open CONNECTION` or `close CONNECTION`",
     .zh       = "动作：open 或 close 某连接"},
    PARK_NUMBER(park_control_words, hysteresis, SHARE, .lo = 0, .hi = 1, .fallback = 0.02,
                .en = "dead band, of the level or of the threshold", .zh = "回差（水位份额或阈值份额）"),
    PARK_NUMBER(park_control_words, every, TIME, .lo = 60, .hi = 86400, .fallback = 900.0,
                .en = "how often a controller looks, but for levels, which are located as events, and hours",
                .zh = "控制器采样周期（水位与时段控制除外）", .example = "15 min"),
    {.word     = "pid",
     .shape    = PARK_SHAPE_RECORD,
     .offset   = offsetof(park_control_words, pid),
     .record   = PARK_PID_WORDS,
     .fallback = NAN,
     .en       = "a flow set so that what is read stays at its set point",
     .zh       = "PID 控制：调节流量使被控量保持设定值"},
    {.word     = "blend",
     .shape    = PARK_SHAPE_RECORD,
     .offset   = offsetof(park_control_words, blend),
     .record   = PARK_BLEND_WORDS,
     .fallback = NAN,
     .en       = "two waters mixed to a set point",
     .zh       = "两种来水配水至设定水质"},
    {.word     = "priority",
     .shape    = PARK_SHAPE_RECORD,
     .offset   = offsetof(park_control_words, priority),
     .record   = PARK_PRIORITY_WORDS,
     .fallback = NAN,
     .en       = "which donor an inlet asks first",
     .zh       = "进水口的水源优先次序"},
    PARK_FIELDS_END};

/* ---- money, carbon, law, targets ------------------------------------------------------------------------------------ */

const park_field PARK_ECONOMICS_WORDS[] = {
    PARK_NUMBER(park_economics, discount, SHARE, .lo = 0, .hi = 1, .fallback = 0.06,
                .en = "yearly discount rate", .zh = "折现率", .example = "6 %"),
    PARK_NUMBER(park_economics, life, TIME, .lo = 0, .lo_open = true, .fallback = 15 * YEAR,
                .en = "life of what is built", .zh = "工程寿命", .example = "15 a"),
    PARK_NUMBER(park_economics, annual_factor, RATE, .lo = 0,
                .en = "share of the investment paid per year; else from discount and life",
                .zh = "投资年折算系数；不写则由折现率与寿命计算", .example = "0.1 /a"),
    {.word     = "hours",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en       = "operating time of a steady year, 8760 h/a by default",
     .zh       = "稳态年的运行时间，默认 8760 h/a",
     .example  = "8000 h/a"},
    {.word     = "budget",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en       = "most that may be invested, in all or by year",
     .zh       = "投资上限，总额或分年",
     .example  = "{2025: 3000 万元, 2026: 2000 万元}"},
    PARK_FIELD(park_economics, price_year, COUNT, .lo = 1990, .hi = 2100, .en = "year of all prices",
               .zh = "价格基准年", .example = "2025"),
    PARK_FIELDS_END};

const park_field PARK_TARIFF_WORDS[] = {
    {.word     = "power",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en =
         "price of electricity, flat or by the hour (`sharp`, `peak`, `flat`, `valley`, `deep_valley`), 0.65 "
         "CNY/kWh by default; `demand_charge` on each month's largest mean power of 15 minutes",
     .zh      = "电价，单一或分时（尖峰平谷、深谷），默认 0.65 元/kWh；demand_charge 为按月最大需量（15 "
                "min）计的需量电价",
     .example = "{peak: {hours: [10-12, 18-22], price: 1.05 CNY/kWh}, flat: 0.65 CNY/kWh, demand_charge: 32 "
                "CNY/kW/month}"},
    {.word     = "tap",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en       = "tiers of the year's water, as multiples of each licensed source's price",
     .zh       = "阶梯水价：按许可水量的份额分级，乘以水源价格",
     .example  = "{tiers: [{to: 120 %, times: 1}, {above: 120 %, times: 2}], of: licence}"},
    PARK_FIELDS_END};

const park_field PARK_CARBON_WORDS[] = {
    PARK_NUMBER(park_carbon, grid, CARBON_PER_ENERGY, .lo = 0, .fallback = 0.49 / 3.6e6,
                .en = "emission factor of the grid", .zh = "电网排放因子", .example = "0.49 kg/kWh"),
    PARK_FIELD(park_carbon, year, COUNT, .lo = 1990, .hi = 2100, .fallback = 2022, .en = "year of the factor",
               .zh = "因子年份"),
    PARK_NUMBER(park_carbon, price, CARBON_PRICE, .lo = 0, .fallback = 0, .en = "price of carbon",
                .zh = "碳价", .example = "0 CNY/t"),
    PARK_FIELDS_END};

const park_field PARK_ACCOUNTING_WORDS[] = {
    PARK_FIELD(park_accounting_words, intake, CHOICE, .choices = PARK_BASIS_WORDS,
               .en = "basis of targets that do not say theirs: conventional (A) or all_sources (B)",
               .zh = "未注明口径的目标所用口径：conventional（A）或 all_sources（B）"),
    PARK_FIELD(park_accounting_words, hardness_as, TEXT, .en = "how hardness is printed",
               .zh = "硬度的表示方式", .example = "CaCO3"),
    PARK_FIELDS_END};

const park_field PARK_LAW_WORDS[] = {
    PARK_FIELD(park_law_words, dilution, CHOICE, .choices = FORBID, .en = "clean water to dilute discharges",
               .zh = "清水稀释排放"),
    PARK_FIELD(park_law_words, reclaimed_to_food, CHOICE, .choices = FORBID,
               .en = "reclaimed water to food enterprises", .zh = "再生水用于食品企业"),
    PARK_FIELDS_END};

const park_field PARK_TARGET_WORDS[] = {
    {.word     = "min",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en       = "at least",
     .zh       = "不小于",
     .example  = "94 %"},
    {.word = "max", .shape = PARK_SHAPE_CUSTOM, .fallback = NAN, .en = "at most", .zh = "不大于"},
    {.word     = "basis",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en       = "conventional or all_sources",
     .zh       = "口径"},
    {.word     = "indicative",
     .shape    = PARK_SHAPE_CUSTOM,
     .fallback = NAN,
     .en       = "judged and told, but no plan is held to it",
     .zh       = "预期性：只评判，不约束方案",
     .example  = "true"},
    PARK_FIELDS_END};

const park_target_row PARK_TARGETS[] = {
    {"reuse_rate", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "reuse rate", "重复利用率"},
    {"circulating_rate", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "circulating rate", "循环利用率"},
    {"cascade_rate", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "cascade rate", "串联利用率"},
    {"indirect_cooling_rate", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "indirect cooling circulation rate",
     "间接冷却水循环率"},
    {"direct_cooling_rate", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "direct cooling circulation rate",
     "直接冷却水循环率"},
    {"cooling_rate", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "cooling circulation rate", "冷却水循环率"},
    {"process_reuse_rate", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "process water reuse rate",
     "工艺水回用率"},
    {"condensate_rate", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "condensate return rate", "冷凝水回用率"},
    {"wastewater_reuse_rate", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "wastewater reuse rate",
     "废水回用率"},
    {"reclaimed_use_rate", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "reclaimed water use rate",
     "再生水利用率"},
    {"non_conventional_share", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "share of non-conventional water",
     "非常规水源替代率"},
    {"leak_rate", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "leak rate", "用水综合漏失率"},
    {"compliant_discharge_rate", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "compliant discharge rate",
     "达标排放率"},
    {"discharge_rate", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "discharge rate", "排水率"},
    {"consumption_rate", PARK_DIM_SHARE, PARK_TARGET_OF_ENTERPRISE, "consumption rate", "耗水率"},
    {"unit_intake", PARK_DIM_COUNT, PARK_TARGET_OF_PRODUCT, "intake per product", "单位产品取水量"},
    {"intake_per_value_added", PARK_DIM_INTENSITY_PER_VALUE, PARK_TARGET_OF_ENTERPRISE,
     "intake per value added", "万元工业增加值取水量"},
    {"discharge_per_value_added", PARK_DIM_INTENSITY_PER_VALUE, PARK_TARGET_OF_ENTERPRISE,
     "discharge per value added", "万元增加值废水排放量"},
    {"intake", PARK_DIM_FLOW, PARK_TARGET_OF_ENTERPRISE, "intake", "取水量"},
    {"intake_conventional", PARK_DIM_FLOW, PARK_TARGET_OF_ENTERPRISE, "intake of conventional water",
     "常规水源取水量"},
    {"non_conventional", PARK_DIM_FLOW, PARK_TARGET_OF_ENTERPRISE, "non-conventional water used",
     "非常规水利用量"},
    {"non_conventional_reclaimed", PARK_DIM_FLOW, PARK_TARGET_OF_ENTERPRISE, "reclaimed water used",
     "再生水利用量"},
    {"non_conventional_mine", PARK_DIM_FLOW, PARK_TARGET_OF_ENTERPRISE, "mine water used", "矿井水利用量"},
    {"non_conventional_rain", PARK_DIM_FLOW, PARK_TARGET_OF_ENTERPRISE, "rain used", "雨水利用量"},
    {"repeated_use", PARK_DIM_FLOW, PARK_TARGET_OF_ENTERPRISE, "repeated use", "重复利用水量"},
    {"water_use", PARK_DIM_FLOW, PARK_TARGET_OF_ENTERPRISE, "water use", "用水量"},
    {"discharge", PARK_DIM_FLOW, PARK_TARGET_OF_ENTERPRISE, "discharge", "排水量"},
    {"consumption", PARK_DIM_FLOW, PARK_TARGET_OF_ENTERPRISE, "consumption", "耗水量"},
    {"leak", PARK_DIM_FLOW, PARK_TARGET_OF_ENTERPRISE, "leak", "漏失水量"},
    {"cost", PARK_DIM_MONEY_RATE, PARK_TARGET_OF_PARK, "yearly cost", "年费用"},
    {"carbon", PARK_DIM_MASS_FLOW, PARK_TARGET_OF_PARK, "yearly carbon", "年碳排放"},
    {"cost_per_m3", PARK_DIM_PRICE_PER_VOLUME, PARK_TARGET_OF_PARK, "cost per volume used", "单位用水费用"},
    {"carbon_per_m3", PARK_DIM_CARBON_PER_VOLUME, PARK_TARGET_OF_PARK, "carbon per volume used",
     "单位用水碳排放"},
    {"energy_per_m3", PARK_DIM_ENERGY_PER_VOLUME, PARK_TARGET_OF_PARK, "energy per volume used",
     "单位用水电耗"},
    {NULL, PARK_DIM_NUMBER, PARK_TARGET_OF_PARK, NULL, NULL},
};

/* ---- the park ---------------------------------------------------------------------------------------------------------- */

#define VALUE(word_, json_, en_, zh_, example_)                                                              \
    {                                                                                                        \
        .word = word_, .form = PARK_SECTION_VALUE, .json = json_, .en = en_, .zh = zh_, .example = example_  \
    }
#define NAMED(word_, fields_, en_, zh_)                                                                      \
    {                                                                                                        \
        .word = word_, .form = PARK_SECTION_NAMED, .fields = fields_, .en = en_, .zh = zh_                   \
    }
#define RECORD(word_, fields_, en_, zh_)                                                                     \
    {                                                                                                        \
        .word = word_, .form = PARK_SECTION_RECORD, .fields = fields_, .en = en_, .zh = zh_                  \
    }
#define UNITS(word_, role_, en_, zh_)                                                                        \
    {                                                                                                        \
        .word = word_, .form = PARK_SECTION_UNITS, .role = role_, .en = en_, .zh = zh_                       \
    }

#define TEXT_OR_NUMBER "{\"type\":[\"string\",\"number\"]}"
#define SERIES_OBJECT "{\"type\":\"object\"}"

static const park_section PARK[] = {
    {.word     = "parkwater",
     .form     = PARK_SECTION_VALUE,
     .required = true,
     .json     = "{\"enum\":[1,\"1\"]}",
     .en       = "version of the language",
     .zh       = "语言版本",
     .example  = "1"},
    VALUE("name", "{\"type\":[\"string\",\"number\",\"object\"]}", "name of the park", "园区名称",
          "{zh: 示范园区, en: Demonstration park}"),
    VALUE("data", "{\"enum\":[\"illustrative\",\"estimated\",\"measured\"]}", "how sure the figures are",
          "数据性质", "illustrative"),
    VALUE("period",
          "{\"anyOf\":[{\"const\":\"steady\"},{\"type\":\"object\",\"required\":[\"start\",\"end\"]}]}",
          "the time looked at, the end not included, or `steady`", "计算时段（不含终点），或 steady",
          "{start: 2025-01-01, end: 2026-01-01}"),
    VALUE("seasons", "{\"anyOf\":[{\"enum\":[\"steady\",\"months\",\"quarters\"]},{\"type\":\"object\"}]}",
          "how the optimizer divides the period", "优化时段划分", "months"),
    {.word     = "constituents",
     .form     = PARK_SECTION_VALUE,
     .required = true,
     .json    = "{\"anyOf\":[{\"type\":\"array\",\"minItems\":1},{\"type\":\"object\",\"minProperties\":1}]}",
     .en      = "what the water carries",
     .zh      = "水质成分",
     .example = "[TDS, COD, NH3-N]"},
    VALUE("initial", "{\"anyOf\":[{\"const\":\"periodic\"},{\"type\":\"object\"}]}",
          "how full storages begin: `periodic` or by unit", "蓄水初始状态：periodic 或逐个给出", "periodic"),
    VALUE("weather", "{\"type\":\"object\"}", "weather by CSV or generator", "气象：CSV 或发生器",
          "{csv: weather.csv}"),
    NAMED("calendars", PARK_CALENDAR_WORDS, "days on which works are closed", "停产日历"),
    VALUE("patterns", "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"object\"}}",
          "factors in time, by name", "变化曲线", "{summer: {monthly: [..]}}"),
    NAMED("enterprises", PARK_ENTERPRISE_WORDS, "who is measured and who pays", "企业"),
    UNITS("sources", PARK_SOURCE, "where water comes from", "水源"),
    UNITS("users", PARK_USER, "water-using operations", "用水单元"),
    NAMED("grades", PARK_GRADE_WORDS, "qualities that users speak of", "水质等级"),
    UNITS("treatments", PARK_TREATMENT, "what changes water", "水处理"),
    UNITS("storages", PARK_STORAGE, "tanks and ponds", "蓄水"),
    UNITS("sinks", PARK_SINK, "where water leaves", "排放去向"),
    RECORD("connections", PARK_CONNECTIONS_WORDS, "which water may go where", "连接"),
    {.word   = "network",
     .form   = PARK_SECTION_NAMED,
     .fields = PARK_NETWORK_WORDS,
     .en     = "hydraulic networks",
     .zh     = "管网"},
    {.word    = "controls",
     .form    = PARK_SECTION_LIST,
     .fields  = PARK_CONTROL_WORDS,
     .en      = "switches, PID, blending, priorities of sources",
     .zh      = "控制：切换、PID、配水、水源优先",
     .example = "[{when: pond.level < 20 %, do: open river_cooling}]"},
    NAMED("failures", PARK_FAILURE_WORDS, "units that are down for a while", "故障"),
    NAMED("meters", PARK_METER_WORDS, "water meters, for the forms of metering and of leak tests",
          "水表，用于计量器具表与漏失测试表"),
    {.word    = "retrofits",
     .form    = PARK_SECTION_NAMED,
     .fields  = PARK_RETROFIT_WORDS,
     .beside  = PARK_OFFER_WORDS,
     .en      = "actions that change the park, one's own and those of the catalogue",
     .zh      = "改造措施：自拟的，以及目录中的",
     .example = "{from: catalogue, sector: textile, except: [low_liquor_dyeing]}"},
    RECORD("economics", PARK_ECONOMICS_WORDS, "money and time", "经济参数"),
    RECORD("tariffs", PARK_TARIFF_WORDS, "prices by time and volume", "价格"),
    RECORD("carbon", PARK_CARBON_WORDS, "carbon", "碳排放"),
    RECORD("accounting", PARK_ACCOUNTING_WORDS, "how things are counted", "统计口径"),
    RECORD("law", PARK_LAW_WORDS, "what is forbidden", "法规"),
    {.word    = "targets",
     .form    = PARK_SECTION_NAMED,
     .fields  = PARK_TARGET_WORDS,
     .en      = "what must be reached",
     .zh      = "目标",
     .example = "{reuse_rate: {min: 94 %, basis: all_sources}}"},
    VALUE("objective",
          "{\"anyOf\":[{\"enum\":[\"cost\",\"fresh_water\",\"carbon\"]},{\"type\":\"array\"},{\"type\":"
          "\"object\"}]}",
          "what is made least: one, a list in order, a front of two, or a mean, worst or regret over futures",
          "优化目标：一个、按先后的列表、两个目标的前沿，或多种未来下的期望、最坏或遗憾",
          "{pareto: [fresh_water, cost], points: 15}"),
    {.word    = "uncertainty",
     .form    = PARK_SECTION_VALUE,
     .json    = "{\"type\":\"object\"}",
     .en      = "what is not known exactly, each value with its law; `draws` futures are made of them",
     .zh      = "不确定的量及其概率分布，据以生成 `draws` 种未来",
     .example = "{sources.rain.catchment: {times: {lognormal: {mean: 1, cv: 0.18}}}, draws: 12, seed: 1}"},
    {.word = NULL},
};

static const park_section STUDY[] = {
    {.word     = "parkwater_study",
     .form     = PARK_SECTION_VALUE,
     .required = true,
     .json     = "{\"enum\":[1,\"1\"]}",
     .en       = "version of the language",
     .zh       = "语言版本",
     .example  = "1"},
    {.word     = "base",
     .form     = PARK_SECTION_VALUE,
     .required = true,
     .json     = "{\"type\":\"string\"}",
     .en       = "the park",
     .zh       = "基准园区",
     .example  = "park.yaml"},
    VALUE("name", "{\"type\":[\"string\",\"number\",\"object\"]}", "name of the study", "方案集名称", NULL),
    VALUE("job", "{\"enum\":[\"run\",\"simulate\",\"optimize\"]}", "what is done with each variant",
          "对每个方案执行的作业", "run"),
    {.word     = "vary",
     .form     = PARK_SECTION_VALUE,
     .required = true,
     .json     = "{\"type\":\"array\"}",
     .en       = "what varies",
     .zh       = "变化项",
     .example  = "[{set: users.dyeing.demand, times: [0.9, 1, 1.1]}]"},
    VALUE("combine", "{\"anyOf\":[{\"enum\":[\"cross\",\"list\"]},{\"type\":\"object\"}]}",
          "how the variations are put together", "组合方式", "cross"),
    VALUE("seed", TEXT_OR_NUMBER, "seed of random draws", "随机种子", "7"),
    VALUE("correlate", "{\"type\":\"array\"}", "drawn numbers that go together", "相关的抽样变量",
          "[{of: [sources.city.price, users.dyeing.demand], rho: 0.5}]"),
    VALUE("reference", SERIES_OBJECT, "the variant that others are compared with", "参照方案",
          "{overlay: none}"),
    VALUE("keep", SERIES_OBJECT, "what is stored of each variant", "保存内容",
          "{indicators: all, every: 1h}"),
    {.word = NULL},
};

static const park_section REGION[] = {
    {.word     = "parkwater_region",
     .form     = PARK_SECTION_VALUE,
     .required = true,
     .json     = "{\"enum\":[1,\"1\"]}",
     .en       = "version of the language",
     .zh       = "语言版本",
     .example  = "1"},
    VALUE("name", "{\"type\":[\"string\",\"number\",\"object\"]}", "name of the region", "区域名称", NULL),
    {.word     = "years",
     .form     = PARK_SECTION_VALUE,
     .required = true,
     .json     = SERIES_OBJECT,
     .en       = "base year, last known year, last year",
     .zh       = "基准年、已知年、终止年",
     .example  = "{base: 2020, known_to: 2022, to: 2030}"},
    VALUE("rows", SERIES_OBJECT, "table of parks by year", "园区逐年数据表",
          "{csv: parks.csv, columns: {..}, unit: 万m3/a, units: {value_added: 亿元/a}}"),
    VALUE("products", SERIES_OBJECT, "what is made, and in which unit", "产品及其单位",
          "{crude_steel: {name: 粗钢, unit: 万t/a}}"),
    VALUE("outputs", SERIES_OBJECT, "table of outputs and their intake by park, year and product",
          "产量与取水量表", "{csv: products.csv, columns: {..}, unit: 万m3/a}"),
    VALUE("parks", SERIES_OBJECT, "parks from files, runs or rows", "园区",
          "{yueyang: {run: out/run.h5, replaces: 岳阳}}"),
    VALUE("remainder", SERIES_OBJECT, "the rest of industry: stated, or what the region's totals leave",
          "其余工业", "{total: {2020: {V_i_surface: 57.95 亿m3/a, V_r: .., value_added: ..}}}"),
    VALUE("price_index", SERIES_OBJECT, "price index", "价格指数", "{csv: index.csv, base: 2020}"),
    VALUE("shared", SERIES_OBJECT, "plants that several parks share", "共用设施",
          "{plant_x: {supplies: [park_a, park_b], volume: 120 万m3/a, origin: park}}"),
    VALUE(
        "growth", SERIES_OBJECT, "how value added, intake and reuse per value added move", "增长与强度变化",
        "{all: {sd: 1 %/a}, default: {value_added: {rate: 5 %/a, sd: 1 %/a}, intake: -2 %/a, reuse: 0 %/a}}"),
    VALUE("measures", SERIES_OBJECT, "measures and their spread", "措施",
          "{leaks: {applies_to: all, start: 2024, ramp: 3 a, adoption: 60 %, effect: {V_i: {times: 0.97}}}}"),
    VALUE("targets", SERIES_OBJECT, "targets of the region", "区域目标",
          "{reuse: {quantity: reuse_rate, about: 94 %, band: 0.5 %, year: 2025}}"),
    VALUE("allocation", SERIES_OBJECT, "what may be built where, by which money and rules",
          "措施分配：可选措施、资金与规则",
          "{options: {csv: options.csv, unit: 万m3/a, money: 万元}, budget: {2024: 1 亿元}, subsidy: {most: "
          "30 %}}"),
    VALUE("notes", SERIES_OBJECT,
          "what is assumed, unknown, quoted or counted by hand, as the report shall say it",
          "说明：假设、未知、引用、人工统计的内容",
          "{A1: {kind: assumption, text: {zh: .., en: ..}, place: 一（一）}}"),
    VALUE("volume_error", "{\"type\":[\"string\",\"number\",\"object\"]}",
          "how far off reported volumes are: relative standard deviations", "填报水量的相对标准差",
          "{intake: 3 %, reuse: 20 %}"),
    VALUE("draws", TEXT_OR_NUMBER, "random draws", "抽样次数", "100000"),
    VALUE("seed", TEXT_OR_NUMBER, "seed of random draws", "随机种子", "7"),
    {.word = NULL},
};

const park_section *park_sections(park_document document)
{
    return document == PARK_DOCUMENT_STUDY ? STUDY : document == PARK_DOCUMENT_REGION ? REGION : PARK;
}

const char *park_custom_json(const park_field *fields, const char *word)
{
    static const struct {
        const park_field *fields;
        const char       *word, *json;
    } FORMS[] = {
        {PARK_ENTERPRISE_WORDS, "products", "{\"type\":\"object\"}"},
        {PARK_PAST_WORDS, "products", "{\"type\":\"object\"}"},
        {PARK_CALENDAR_WORDS, "closed", "{\"type\":[\"array\",\"string\"]}"},
        {PARK_CONNECTIONS_WORDS, "existing", "{\"type\":[\"object\",\"array\"]}"},
        {PARK_CONNECTIONS_WORDS, "candidates",
         "{\"anyOf\":[{\"enum\":[\"all\",\"none\"]},{\"type\":[\"object\",\"array\"]}]}"},
        {PARK_CONNECTIONS_WORDS, "forbid",
         "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"minItems\":2,\"maxItems\":2}}"},
        {PARK_RETROFIT_WORDS, "changes", "{\"type\":\"object\"}"},
        {PARK_OFFER_WORDS, "sector", "{\"type\":[\"string\",\"array\"]}"},
        {PARK_OFFER_WORDS, "set", "{\"type\":\"object\"}"},
        {PARK_NETWORK_WORDS, "bind", "{\"type\":\"object\"}"},
        {PARK_CONTROL_WORDS, "hours", "{\"type\":[\"array\",\"string\"]}"},
        {PARK_PID_WORDS, "at", "{\"type\":[\"string\",\"number\"]}"},
        {PARK_PRIORITY_WORDS, "order", "{\"type\":[\"array\",\"string\"]}"},
        {PARK_ECONOMICS_WORDS, "hours", "{\"type\":\"string\"}"},
        {PARK_ECONOMICS_WORDS, "budget", "{\"type\":[\"object\",\"string\"]}"},
        {PARK_TARIFF_WORDS, "power", "{\"type\":[\"object\",\"string\"]}"},
        {PARK_TARIFF_WORDS, "tap", "{\"type\":\"object\"}"},
        {PARK_TARGET_WORDS, "basis", "{\"enum\":[\"conventional\",\"all_sources\"]}"},
        {PARK_TARGET_WORDS, "indicative", "{\"type\":\"boolean\"}"},
    };
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
        if (FORMS[i].fields == fields && strcmp(FORMS[i].word, word) == 0)
            return FORMS[i].json;
    return "{}";
}
