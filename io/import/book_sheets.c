#include "import/book_sheets.h"

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define NONE (-1)

/* --- choices --- */

static const park_book_choice DATA[]       = {{"measured", "实测", "measured"},
                                              {"estimated", "估算", "estimated"},
                                              {"illustrative", "示意", "illustrative"},
                                              {NULL, NULL, NULL}};
static const park_book_choice SEASONS[]    = {{"months", "逐月", "months"},
                                              {"quarters", "逐季", "quarters"},
                                              {"steady", "稳态", "steady"},
                                              {NULL, NULL, NULL}};
static const park_book_choice CANDIDATES[] = {
    {"all", "全部", "all"}, {"none", "无", "none"}, {NULL, NULL, NULL}};
static const park_book_choice OBJECTIVE[] = {{"cost", "年费用最低", "cost"},
                                             {"fresh_water", "新水量最少", "fresh water"},
                                             {"carbon", "碳排放最少", "carbon"},
                                             {NULL, NULL, NULL}};
static const park_book_choice BASIS[]     = {{"conventional", "常规水源", "conventional"},
                                             {"all_sources", "全部水源", "all sources"},
                                             {NULL, NULL, NULL}};
static const park_book_choice PIPES_OF[]  = {{"steel", "钢管", "steel"}, {NULL, NULL, NULL}};
static const park_book_choice SOURCE[]    = {{"surface", "地表水", "surface"},
                                             {"ground", "地下水", "ground"},
                                             {"municipal", "自来水", "municipal"},
                                             {"reclaimed", "再生水", "reclaimed"},
                                             {"mine", "矿井水", "mine"},
                                             {"rain", "雨水", "rain"},
                                             {"stream", "不可避免的来水", "stream"},
                                             {NULL, NULL, NULL}};
static const park_book_choice ORIGIN[]    = {
       {"municipal", "市政", "municipal"}, {"park", "园区", "park"}, {NULL, NULL, NULL}};
static const park_book_choice USER[] = {{"process", "工艺用水", "process"},
                                        {"cooling_tower", "冷却塔", "cooling tower"},
                                        {"boiler", "锅炉", "boiler"},
                                        {"irrigation", "绿化灌溉", "irrigation"},
                                        {NULL, NULL, NULL}};
static const park_book_choice ROLE[] = {{"main", "主要生产", "main"},
                                        {"auxiliary", "辅助生产", "auxiliary"},
                                        {"ancillary", "附属生产", "ancillary"},
                                        {NULL, NULL, NULL}};
static const park_book_choice USE[]  = {{"process", "工艺", "process"},
                                        {"indirect_cooling", "间接冷却", "indirect cooling"},
                                        {"direct_cooling", "直接冷却", "direct cooling"},
                                        {"boiler", "锅炉", "boiler"},
                                        {"domestic", "生活", "domestic"},
                                        {"irrigation", "绿化", "irrigation"},
                                        {NULL, NULL, NULL}};
static const park_book_choice DUTY[] = {
    {"supply", "给水", "supply"}, {"waste", "废水", "waste"}, {NULL, NULL, NULL}};
static const park_book_choice YES[] = {{"true", "是", "yes"}, {"false", "否", "no"}, {NULL, NULL, NULL}};
static const park_book_choice STORAGE[] = {
    {"tank", "水箱", "tank"}, {"pond", "水池", "pond"}, {NULL, NULL, NULL}};
static const park_book_choice SURFACE[] = {
    {"open", "敞开", "open"}, {"covered", "封闭", "covered"}, {NULL, NULL, NULL}};
static const park_book_choice SINK[] = {
    {"outfall", "排放口", "outfall"}, {"sewer", "市政污水管网", "sewer"}, {NULL, NULL, NULL}};
static const park_book_choice SAMPLING[]   = {{"daily_mean", "日均值", "daily mean"},
                                              {"maximum", "瞬时值", "maximum"},
                                              {"monthly_mean", "月均值", "monthly mean"},
                                              {NULL, NULL, NULL}};
static const park_book_choice QUALITY_OF[] = {
    {"quality", "水源水质", "quality of a source"},
    {"inlet", "进水上限", "most in the inlet"},
    {"adds", "带入量", "mass added"},
    {"outlet", "出水上限", "most in the outlet"},
    {"limits", "排放限值", "limit of discharge"},
    {"circulating_limits", "循环水上限", "most in circulating water"},
    {"removal", "去除率", "removal"},
    {"rejection", "截留率", "rejection"},
    {NULL, NULL, NULL}};
static const park_book_choice STATE[] = {
    {"existing", "已有", "existing"}, {"candidates", "候选", "candidate"}, {NULL, NULL, NULL}};
static const park_book_choice LEVEL[] = {
    {"1", "一级", "level 1"}, {"2", "二级", "level 2"}, {"3", "三级", "level 3"}, {NULL, NULL, NULL}};
/* --- columns --- */

static const park_book_column PARK[] = {
    {"园区名称", "name of the park", NULL, "name.zh", PARK_BOOK_TEXT, NULL, NONE},
    {"英文名称", "name in English", NULL, "name.en", PARK_BOOK_TEXT, NULL, NONE},
    {"数据性质", "how sure the figures are", NULL, "data", PARK_BOOK_CHOICE, DATA, NONE},
    {"计算起始日", "first day", NULL, "period.start", PARK_BOOK_DATE, NULL, NONE},
    {"计算终止日（不含）", "day after the last", NULL, "period.end", PARK_BOOK_DATE, NULL, NONE},
    {"优化时段", "seasons of the plan", NULL, "seasons", PARK_BOOK_CHOICE, SEASONS, NONE},
    {"气象站", "station of the weather", NULL, "weather.generator", PARK_BOOK_TEXT, NULL, NONE},
    {"气象随机种子", "seed of the weather", NULL, "weather.seed", PARK_BOOK_TEXT, NULL, NONE},
    {"候选连接", "connections that may be built", NULL, "connections.candidates", PARK_BOOK_CHOICE,
     CANDIDATES, NONE},
    {"管材", "pipes", NULL, "connections.pipe.catalogue", PARK_BOOK_TEXT, PIPES_OF, NONE},
    {"最小敷设流量", "least flow of a pipe", "m3/h", "connections.min_flow", PARK_BOOK_NUMBER, NULL, NONE},
    {"折现率", "discount rate", "%", "economics.discount", PARK_BOOK_NUMBER, NULL, NONE},
    {"工程寿命", "life of what is built", "a", "economics.life", PARK_BOOK_NUMBER, NULL, NONE},
    {"年运行时间", "hours of a year", "h/a", "economics.hours", PARK_BOOK_NUMBER, NULL, NONE},
    {"投资上限", "most to invest", "万元", "economics.budget", PARK_BOOK_NUMBER, NULL, NONE},
    {"价格基准年", "year of prices", NULL, "economics.price_year", PARK_BOOK_TEXT, NULL, NONE},
    {"电价", "price of electricity", "元/kWh", "tariffs.power", PARK_BOOK_NUMBER, NULL, NONE},
    {"取水口径", "basis of intake", NULL, "accounting.intake", PARK_BOOK_CHOICE, BASIS, NONE},
    {"优化目标", "what is made least", NULL, "objective", PARK_BOOK_CHOICE, OBJECTIVE, NONE},
};
static const park_book_column CONSTITUENTS[] = {
    {"指标", "constituent", NULL, NULL, PARK_BOOK_TEXT, NULL, NONE},
};
#define NAMED                                                                                                \
    {"编号", "id", NULL, NULL, PARK_BOOK_ID, NULL, NONE},                                                    \
        {"名称", "name", NULL, "name.zh", PARK_BOOK_TEXT, NULL, NONE},                                       \
    {                                                                                                        \
        "英文名称", "name in English", NULL, "name.en", PARK_BOOK_TEXT, NULL, NONE                           \
    }
#define OWNED                                                                                                \
    {                                                                                                        \
        "企业", "enterprise", NULL, "enterprise", PARK_BOOK_ID, NULL, PARK_BOOK_ENTERPRISES                  \
    }
#define PLACED                                                                                               \
    {"X", "x", "m", "at.x", PARK_BOOK_NUMBER, NULL, NONE},                                                   \
        {"Y", "y", "m", "at.y", PARK_BOOK_NUMBER, NULL, NONE},                                               \
    {                                                                                                        \
        "高程", "z", "m", "at.z", PARK_BOOK_NUMBER, NULL, NONE                                               \
    }
static const park_book_column ENTERPRISES[] = {
    NAMED,
    {"行业", "sector", NULL, "sector", PARK_BOOK_TEXT, NULL, NONE},
    {"工业增加值", "value added", "亿元/a", "value_added", PARK_BOOK_NUMBER, NULL, NONE},
    {"增加值价格年", "price year", NULL, "price_year", PARK_BOOK_TEXT, NULL, NONE},
};
static const park_book_column PRODUCTS[] = {
    {"企业", "enterprise", NULL, NULL, PARK_BOOK_ID, NULL, PARK_BOOK_ENTERPRISES},
    {"产品编号", "product", NULL, NULL, PARK_BOOK_ID, NULL, NONE},
    {"产品名称", "name", NULL, NULL, PARK_BOOK_TEXT, NULL, NONE},
    {"年产量", "yearly output", NULL, NULL, PARK_BOOK_NUMBER, NULL, NONE},
    {"产量单位", "unit of output", NULL, NULL, PARK_BOOK_TEXT, NULL, NONE},
};
static const park_book_column SOURCES[] = {
    NAMED,
    {"类型", "kind", NULL, "kind", PARK_BOOK_CHOICE, SOURCE, NONE},
    {"供水能力", "capacity", "m3/h", "capacity", PARK_BOOK_NUMBER, NULL, NONE},
    {"矿井涌水量", "inflow of a mine", "m3/d", "inflow", PARK_BOOK_NUMBER, NULL, NONE},
    {"来水流量", "flow of a stream", "m3/h", "flow", PARK_BOOK_NUMBER, NULL, NONE},
    {"汇水面积", "catchment", "ha", "catchment", PARK_BOOK_NUMBER, NULL, NONE},
    {"径流系数", "runoff coefficient", "%", "runoff", PARK_BOOK_NUMBER, NULL, NONE},
    {"初期弃流", "first flush", "mm", "first_flush", PARK_BOOK_NUMBER, NULL, NONE},
    {"水价（不含税）", "price without tax", "元/m3", "price", PARK_BOOK_NUMBER, NULL, NONE},
    {"水资源税", "water resource tax", "元/m3", "tax", PARK_BOOK_NUMBER, NULL, NONE},
    {"许可水量", "licence", "万m3/a", "licence", PARK_BOOK_NUMBER, NULL, NONE},
    {"输水电耗", "electricity", "kWh/m3", "energy", PARK_BOOK_NUMBER, NULL, NONE},
    {"再生水来源", "origin of reclaimed water", NULL, "origin", PARK_BOOK_CHOICE, ORIGIN, NONE},
    PLACED,
};
static const park_book_column USERS[] = {
    NAMED,
    OWNED,
    {"类型", "kind", NULL, "kind", PARK_BOOK_CHOICE, USER, NONE},
    {"生产类别", "role", NULL, "role", PARK_BOOK_CHOICE, ROLE, NONE},
    {"用水性质", "use", NULL, "use", PARK_BOOK_CHOICE, USE, NONE},
    {"需水量", "demand", "m3/h", "demand", PARK_BOOK_NUMBER, NULL, NONE},
    {"蒸发损失", "evaporated share", "%", "loss.evaporation", PARK_BOOK_NUMBER, NULL, NONE},
    {"进入产品", "share into goods", "%", "loss.product", PARK_BOOK_NUMBER, NULL, NONE},
    {"漏失", "leaked share", "%", "loss.leak", PARK_BOOK_NUMBER, NULL, NONE},
    {"循环水量", "circulation", "m3/h", "circulation", PARK_BOOK_NUMBER, NULL, NONE},
    {"进出水温差", "range", "K", "range", PARK_BOOK_NUMBER, NULL, NONE},
    {"风吹损失", "drift", "%", "drift", PARK_BOOK_NUMBER, NULL, NONE},
    {"浓缩倍数上限", "most cycles", NULL, "cycles", PARK_BOOK_TEXT, NULL, NONE},
    {"产汽量", "steam", "t/h", "steam", PARK_BOOK_NUMBER, NULL, NONE},
    {"冷凝水回收率", "condensate returned", "%", "condensate_return", PARK_BOOK_NUMBER, NULL, NONE},
    {"灌溉面积", "area watered", "ha", "area", PARK_BOOK_NUMBER, NULL, NONE},
    {"灌水定额", "depth of watering", "mm/d", "demand", PARK_BOOK_NUMBER, NULL, NONE},
    PLACED,
};
static const park_book_column TREATMENTS[] = {
    NAMED,
    OWNED,
    {"工艺", "technology", NULL, "technology", PARK_BOOK_TEXT, NULL, NONE},
    {"组合流程", "train", NULL, "train", PARK_BOOK_LIST, NULL, NONE},
    {"用途", "duty", NULL, "role", PARK_BOOK_CHOICE, DUTY, NONE},
    {"已建成", "stands already", NULL, "existing", PARK_BOOK_CHOICE, YES, NONE},
    {"处理能力", "capacity", "m3/h", "capacity", PARK_BOOK_NUMBER, NULL, NONE},
    {"最小规模", "least size", "m3/h", "capacity.min", PARK_BOOK_NUMBER, NULL, NONE},
    {"最大规模", "largest size", "m3/h", "capacity.max", PARK_BOOK_NUMBER, NULL, NONE},
    {"规模级差", "step of sizes", "m3/h", "capacity.step", PARK_BOOK_NUMBER, NULL, NONE},
    {"产水率", "recovery", "%", "recovery", PARK_BOOK_NUMBER, NULL, NONE},
    {"运行费", "running cost", "元/m3", "opex", PARK_BOOK_NUMBER, NULL, NONE},
    {"电耗", "electricity", "kWh/m3", "energy", PARK_BOOK_NUMBER, NULL, NONE},
    {"参考投资", "investment at the reference", "万元", "capex.scale", PARK_BOOK_NUMBER, NULL, NONE},
    {"参考规模", "reference size", "m3/h", "capex.reference", PARK_BOOK_NUMBER, NULL, NONE},
    {"规模指数", "exponent of size", NULL, "capex.exponent", PARK_BOOK_TEXT, NULL, NONE},
    PLACED,
};
static const park_book_column STORAGES[] = {
    NAMED,
    OWNED,
    {"类型", "kind", NULL, "kind", PARK_BOOK_CHOICE, STORAGE, NONE},
    {"容积", "volume", "m3", "volume", PARK_BOOK_NUMBER, NULL, NONE},
    {"水面面积", "area of the surface", "ha", "area", PARK_BOOK_NUMBER, NULL, NONE},
    {"水面", "surface", NULL, "surface", PARK_BOOK_CHOICE, SURFACE, NONE},
    {"已建成", "stands already", NULL, "existing", PARK_BOOK_CHOICE, YES, NONE},
    PLACED,
};
static const park_book_column SINKS[] = {
    NAMED,
    {"类型", "kind", NULL, "kind", PARK_BOOK_CHOICE, SINK, NONE},
    {"排水费", "fee", "元/m3", "price", PARK_BOOK_NUMBER, NULL, NONE},
    {"许可排水量", "licence", "万m3/a", "licence", PARK_BOOK_NUMBER, NULL, NONE},
    {"考核方式", "how a limit is judged", NULL, "sampling", PARK_BOOK_CHOICE, SAMPLING, NONE},
    PLACED,
};
static const park_book_column QUALITY[] = {
    {"单元编号", "unit", NULL, NULL, PARK_BOOK_ID, NULL, NONE},
    {"项目", "what", NULL, NULL, PARK_BOOK_CHOICE, QUALITY_OF, NONE},
    {"指标", "constituent", NULL, NULL, PARK_BOOK_ID, NULL, PARK_BOOK_CONSTITUENTS},
    {"数值", "value", NULL, NULL, PARK_BOOK_NUMBER, NULL, NONE},
    {"单位", "unit of value", NULL, NULL, PARK_BOOK_TEXT, NULL, NONE},
};
static const park_book_column PIPES[] = {
    {"编号", "id", NULL, NULL, PARK_BOOK_ID, NULL, NONE},
    {"起点", "from", NULL, NULL, PARK_BOOK_ID, NULL, NONE},
    {"终点", "to", NULL, NULL, PARK_BOOK_ID, NULL, NONE},
    {"状态", "state", NULL, NULL, PARK_BOOK_CHOICE, STATE, NONE},
    {"长度", "length", "m", "length", PARK_BOOK_NUMBER, NULL, NONE},
    {"提升高度", "lift", "m", "lift", PARK_BOOK_NUMBER, NULL, NONE},
    {"输水能力", "capacity", "m3/h", "capacity", PARK_BOOK_NUMBER, NULL, NONE},
};
static const park_book_column METERS[] = {
    NAMED,
    {"计量的管线或单元", "pipe or unit measured", NULL, "on", PARK_BOOK_ID, NULL, PARK_BOOK_PIPES},
    {"计量级别", "level", NULL, "level", PARK_BOOK_CHOICE, LEVEL, NONE},
    {"上级水表", "meter above", NULL, "parent", PARK_BOOK_ID, NULL, PARK_BOOK_METERS},
    {"安装位置", "where it hangs", NULL, "location", PARK_BOOK_TEXT, NULL, NONE},
    {"口径", "nominal width", "mm", "size", PARK_BOOK_NUMBER, NULL, NONE},
    {"最大误差", "largest error", "%", "max_error", PARK_BOOK_NUMBER, NULL, NONE},
    {"检定有效期至", "verified until", NULL, "valid_until", PARK_BOOK_DATE, NULL, NONE},
    {"静态试验流量", "flow of the static test", "m3/h", "static_flow", PARK_BOOK_NUMBER, NULL, NONE},
    {"夜间最小流量", "least flow of the night", "m3/h", "night_flow", PARK_BOOK_NUMBER, NULL, NONE},
    {"夜间正常用水", "lawful use of the night", "m3/h", "night_use", PARK_BOOK_NUMBER, NULL, NONE},
};
static const park_book_column TARGETS[] = {
    {"指标", "indicator", NULL, NULL, PARK_BOOK_TEXT, NULL, NONE},
    {"产品或企业", "product or enterprise", NULL, NULL, PARK_BOOK_ID, NULL, NONE},
    {"不小于", "at least", NULL, "min", PARK_BOOK_NUMBER, NULL, NONE},
    {"不大于", "at most", NULL, "max", PARK_BOOK_NUMBER, NULL, NONE},
    {"单位", "unit", NULL, NULL, PARK_BOOK_TEXT, NULL, NONE},
    {"口径", "basis", NULL, "basis", PARK_BOOK_CHOICE, BASIS, NONE},
};

const park_book_sheet PARK_BOOK[PARK_BOOK_SHEETS] = {
    [PARK_BOOK_PARK]         = {"园区", "park", NULL, PARK, COUNT(PARK)},
    [PARK_BOOK_CONSTITUENTS] = {"水质指标", "constituents", "constituents", CONSTITUENTS,
                                COUNT(CONSTITUENTS)},
    [PARK_BOOK_ENTERPRISES]  = {"企业", "enterprises", "enterprises", ENTERPRISES, COUNT(ENTERPRISES)},
    [PARK_BOOK_PRODUCTS]     = {"产品", "products", NULL, PRODUCTS, COUNT(PRODUCTS)},
    [PARK_BOOK_SOURCES]      = {"水源", "sources", "sources", SOURCES, COUNT(SOURCES)},
    [PARK_BOOK_USERS]        = {"用水单元", "users", "users", USERS, COUNT(USERS)},
    [PARK_BOOK_TREATMENTS]   = {"处理设施", "treatments", "treatments", TREATMENTS, COUNT(TREATMENTS)},
    [PARK_BOOK_STORAGES]     = {"水池", "storages", "storages", STORAGES, COUNT(STORAGES)},
    [PARK_BOOK_SINKS]        = {"排放口", "sinks", "sinks", SINKS, COUNT(SINKS)},
    [PARK_BOOK_QUALITY]      = {"水质", "quality", NULL, QUALITY, COUNT(QUALITY)},
    [PARK_BOOK_PIPES]        = {"管线", "pipes", NULL, PIPES, COUNT(PIPES)},
    [PARK_BOOK_METERS]       = {"水表", "meters", "meters", METERS, COUNT(METERS)},
    [PARK_BOOK_TARGETS]      = {"目标", "targets", NULL, TARGETS, COUNT(TARGETS)},
};

const char *park_book_choose(const park_book_choice *choice, const char *text)
{
    for (; choice->word != NULL; choice++)
        if (strcmp(text, choice->word) == 0 || strcmp(text, choice->zh) == 0 || strcmp(text, choice->en) == 0)
            return choice->word;
    return NULL;
}

/* --- the example: two enterprises around a plant that may gain reuse --- */

static const char *const EX_PARK[] = {
    "示例园区", "Example park", "示意", "2025-01-01", "2026-01-01", "稳态", "yueyang",
    "7",        "全部",         "",     "",           "6",          "15",   "",
    "",         "2025",         "0.65", "常规水源",   "年费用最低", NULL};
static const char *const EX_CONSTITUENTS[] = {"TDS", "COD", NULL};
static const char *const EX_ENTERPRISES[]  = {"dye_co|印染企业|Dyeing works|textile|3.2|2020",
                                              "mill|食品企业|Food works|food|1.5|2020", NULL};
static const char *const EX_PRODUCTS[]     = {"dye_co|printed_cloth|印染布|920|百万m/a", NULL};
static const char *const EX_SOURCES[]      = {
         "river|江水|River|地表水|900||||||2.05|0.2|600|0.25",
         "city|城市再生水|City reclaimed water|再生水|150||||||1.1|||0.3|市政", NULL};
static const char *const EX_USERS[] = {
    "dyeing|染色车间|Dyeing|dye_co|工艺用水|主要生产|工艺|120|4|2|1",
    "wash|水洗车间|Washing|dye_co|工艺用水|主要生产|工艺|80|3||",
    "cooling|循环水场|Cooling|dye_co|冷却塔|辅助生产|间接冷却|||||1500|8|0.01|5",
    "canning|罐装车间|Canning|mill|工艺用水|主要生产|工艺|60|5||",
    "canteen|食堂与办公|Canteen|mill|工艺用水|附属生产|生活|6|||",
    NULL};
static const char *const EX_TREATMENTS[] = {"wwtp|污水处理厂|Sewage plant||AO||废水|是|350",
                                            "reuse|回用水厂|Reuse plant|||MMF、UF、BWRO|给水|否||50|200",
                                            NULL};
static const char *const EX_STORAGES[]   = {NULL};
static const char *const EX_SINKS[]   = {"outfall|园区排放口|Outfall|排放口|1.4|300|日均值", NULL};
static const char *const EX_QUALITY[] = {
    "river|水源水质|TDS|180|mg/L",      "river|水源水质|COD|12|mg/L",
    "city|水源水质|TDS|560|mg/L",       "city|水源水质|COD|32|mg/L",
    "dyeing|进水上限|TDS|500|mg/L",     "dyeing|进水上限|COD|30|mg/L",
    "dyeing|带入量|TDS|60|kg/h",        "dyeing|带入量|COD|96|kg/h",
    "wash|进水上限|TDS|1000|mg/L",      "wash|进水上限|COD|60|mg/L",
    "wash|带入量|TDS|20|kg/h",          "wash|带入量|COD|16|kg/h",
    "cooling|循环水上限|TDS|2500|mg/L", "cooling|循环水上限|COD|150|mg/L",
    "canning|进水上限|TDS|250|mg/L",    "canning|进水上限|COD|15|mg/L",
    "canning|带入量|COD|30|kg/h",       "canteen|进水上限|TDS|250|mg/L",
    "canteen|进水上限|COD|15|mg/L",     "canteen|带入量|COD|2|kg/h",
    "outfall|排放限值|COD|80|mg/L",     NULL};
static const char *const EX_PIPES[]  = {"river_dyeing|river|dyeing|已有|1200|6|150",
                                        "dyeing_wwtp|dyeing|wwtp|已有|800|0|200",
                                        "wwtp_outfall|wwtp|outfall|已有|500|0|400", NULL};
static const char *const EX_METERS[] = {
    "M1|园区总表|Park's main|river|一级||取水泵站|400|1|2026-06-30",
    "M11|染色车间进水表|Dye house|river_dyeing|二级|M1|染色车间进水井|150|2|2026-03-31||3|1.8",
    "M20|外排口流量计|Outfall's meter|wwtp_outfall|一级||园区排放口|300|3|2026-06-30", NULL};
static const char *const EX_TARGETS[] = {"重复利用率||85||%|全部水源", NULL};

const char *const *const PARK_BOOK_EXAMPLE[PARK_BOOK_SHEETS] = {
    [PARK_BOOK_PARK]         = EX_PARK,
    [PARK_BOOK_CONSTITUENTS] = EX_CONSTITUENTS,
    [PARK_BOOK_ENTERPRISES]  = EX_ENTERPRISES,
    [PARK_BOOK_PRODUCTS]     = EX_PRODUCTS,
    [PARK_BOOK_SOURCES]      = EX_SOURCES,
    [PARK_BOOK_USERS]        = EX_USERS,
    [PARK_BOOK_TREATMENTS]   = EX_TREATMENTS,
    [PARK_BOOK_STORAGES]     = EX_STORAGES,
    [PARK_BOOK_SINKS]        = EX_SINKS,
    [PARK_BOOK_QUALITY]      = EX_QUALITY,
    [PARK_BOOK_PIPES]        = EX_PIPES,
    [PARK_BOOK_METERS]       = EX_METERS,
    [PARK_BOOK_TARGETS]      = EX_TARGETS,
};
