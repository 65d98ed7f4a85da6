/* The words of the laws, the stated map as a point, what every law needs. Math: docs/math/units.md, Eq. (U38), (U54). */
#include "units/treatments/treatment.h"

#include "units/analysis.h"

#include <string.h>

const char *const PARK_MECHANISM_WORDS[] = {"catalogue",       "solution_diffusion",
                                            "lime_soda",       "neutralization",
                                            "coprecipitation", "ion_exchange",
                                            "electrodialysis", "fenton",
                                            "ozone",           "evaporation",
                                            "crystallization", "stripping",
                                            "flotation",       "states",
                                            "stated",          NULL};

#define TERM(type, member, dim, ...) PARK_NUMBER(type, member, dim, .lo = 0.0, __VA_ARGS__)

const park_field PARK_MEMBRANE_FIELDS[] = {
    TERM(park_membrane_terms, water_permeability, NUMBER, .lo_open = true,
         .en = "water permeability at 25 °C in L/(m2 h bar)", .zh = "25 ℃ 水渗透系数，L/(m²·h·bar)",
         .example = "3.5"),
    TERM(park_membrane_terms, salt_permeability, FLOW_PER_AREA, .lo_open = true,
         .en = "salt permeability at 25 °C", .zh = "25 ℃ 盐渗透系数", .example = "0.1 L/m2/h"),
    TERM(park_membrane_terms, flux, FLOW_PER_AREA, .lo_open = true, .en = "mean flux it is built for",
         .zh = "设计平均通量", .example = "18 L/m2/h"),
    TERM(park_membrane_terms, rejection, SHARE, .hi = 1.0, .hi_open = true,
         .en = "rejection of salt at which the list of rejections holds", .zh = "截留率清单所对应的脱盐率",
         .example = "97.5 %"),
    TERM(park_membrane_terms, pressure, PRESSURE_HEAD, .lo_open = true, .en = "most feed pressure",
         .zh = "最高进水压力", .example = "4.1 MPa"),
    TERM(park_membrane_terms, drop, PRESSURE_HEAD, .en = "pressure lost along an element",
         .zh = "每支膜元件压降", .example = "15 kPa"),
    PARK_FIELD(park_membrane_terms, elements, COUNT, .fallback = 12.0, .lo = 1.0, .hi = 40.0,
               .en = "elements in a row, all stages", .zh = "各段串联的膜元件总数", .example = "12"),
    TERM(park_membrane_terms, pump, SHARE, .lo_open = true, .hi = 1.0, .en = "efficiency of the pumps",
         .zh = "高压泵效率", .example = "75 %"),
    TERM(park_membrane_terms, recovered, SHARE, .hi = 0.99,
         .en = "share of the reject's pressure energy that comes back", .zh = "浓水压力能回收率",
         .example = "90 %"),
    TERM(park_membrane_terms, ph, NUMBER, .hi = 14.0, .en = "pH of the feed", .zh = "进水 pH",
         .example = "7"),
    TERM(park_membrane_terms, fouling, RATE, .en = "rate at which the water permeability falls",
         .zh = "水渗透系数衰减速率", .example = "40 %/a"),
    TERM(park_membrane_terms, cleaning_at, SHARE, .lo_open = true, .hi = 1.0,
         .en = "share of the permeability left when it is cleaned", .zh = "化学清洗时剩余渗透系数比例",
         .example = "88 %"),
    PARK_FIELD(park_membrane_terms, skids, COUNT, .fallback = 3.0, .lo = 1.0, .hi = 100.0,
               .en = "skids, cleaned one after the other (states: membrane)",
               .zh = "机组数，逐组清洗（states: membrane 用）", .example = "3"),
    PARK_NUMBER(park_membrane_terms, cleaning_time, TIME, .fallback = 8.0 * 3600.0, .lo = 0.0,
                .lo_open = true, .en = "duration of the chemical cleaning of a skid (states: membrane)",
                .zh = "单组化学清洗历时（states: membrane 用）", .example = "8 h"),
    PARK_NUMBER(park_membrane_terms, cleaning_water, LENGTH, .fallback = 4e-3, .lo = 0.0,
                .en = "water of a cleaning per area of membrane: 4 mm are 4 L/m2 (states: membrane)",
                .zh = "单位膜面积清洗用水：4 mm 即 4 L/m²（states: membrane 用）", .example = "4 mm"),
    PARK_NUMBER(park_membrane_terms, cleaning_salt, CONC, .fallback = 10.0, .lo = 0.0,
                .en = "salt of the chemicals in that water (states: membrane)",
                .zh = "清洗废液中药剂带入的盐（states: membrane 用）", .example = "10 g/L"),
    PARK_NUMBER(park_membrane_terms, restores, SHARE, .fallback = 0.97, .lo = 0.0, .lo_open = true, .hi = 1.0,
                .en = "share of the loss that a cleaning takes away (states: membrane)",
                .zh = "清洗恢复的通量损失比例（states: membrane 用）", .example = "97 %"),
    PARK_FIELDS_END};

#define INDEX(member, en_, zh_)                                                                              \
    PARK_NUMBER(park_scaling, member, NUMBER, .lo = -5.0, .hi = 5.0, .en = en_, .zh = zh_, .example = "0.4")
const park_field PARK_SCALING_FIELDS[] = {
    INDEX(calcite, "calcium carbonate", "碳酸钙"),       INDEX(gypsum, "gypsum", "石膏"),
    INDEX(barite, "barium sulphate", "硫酸钡"),          INDEX(fluorite, "calcium fluoride", "氟化钙"),
    INDEX(silica, "amorphous silica", "无定形二氧化硅"), PARK_FIELDS_END};

const park_field PARK_REAGENT_FIELDS[] = {
    TERM(park_reagent_terms, ph, NUMBER, .hi = 14.0, .en = "pH aimed at", .zh = "目标 pH", .example = "9.5"),
    TERM(park_reagent_terms, feed_ph, NUMBER, .hi = 14.0, .en = "pH of the feed", .zh = "进水 pH",
         .example = "3"),
    TERM(park_reagent_terms, calcium, CONC, .en = "calcium hardness that stays in practice, as CaCO3",
         .zh = "实际残留钙硬度（以 CaCO3 计）", .example = "30 mg/L"),
    TERM(park_reagent_terms, magnesium, CONC, .en = "magnesium hardness that stays in practice, as CaCO3",
         .zh = "实际残留镁硬度（以 CaCO3 计）", .example = "10 mg/L"),
    TERM(park_reagent_terms, ratio, NUMBER, .en = "moles of iron to moles of metal", .zh = "铁与金属的摩尔比",
         .example = "20"),
    TERM(park_reagent_terms, price, PRICE_PER_MASS, .en = "price of the pure reagent (lime, ferric chloride)",
         .zh = "药剂（折纯）价格：石灰、三氯化铁", .example = "0.6 CNY/kg"),
    TERM(park_reagent_terms, soda_price, PRICE_PER_MASS, .en = "price of soda ash", .zh = "纯碱价格",
         .example = "2 CNY/kg"),
    TERM(park_reagent_terms, purity, SHARE, .lo_open = true, .hi = 1.0,
         .en = "purity of the reagent; the rest is sludge", .zh = "药剂有效含量，其余成泥",
         .example = "85 %"),
    TERM(park_reagent_terms, solids, SHARE, .lo_open = true, .hi = 1.0,
         .en = "dry share of the sludge drawn off", .zh = "排泥含固率", .example = "10 %"),
    TERM(park_reagent_terms, sludge_price, PRICE_PER_MASS, .en = "price of getting rid of dry solids",
         .zh = "干泥处置价格", .example = "0.3 CNY/kg"),
    PARK_FIELDS_END};

const park_field PARK_EXCHANGE_FIELDS[] = {
    TERM(park_exchange_terms, capacity, NUMBER, .lo_open = true,
         .en = "working capacity of the resin in eq/L", .zh = "树脂工作交换容量，eq/L", .example = "1.0"),
    TERM(park_exchange_terms, salt, CONC, .lo_open = true, .en = "salt per volume of resin and regeneration",
         .zh = "单位树脂体积每次再生用盐", .example = "110 kg/m3"),
    TERM(park_exchange_terms, brine, SHARE, .lo_open = true, .hi = 0.26, .en = "mass fraction of the brine",
         .zh = "再生液质量分数", .example = "10 %"),
    TERM(park_exchange_terms, rinse, NUMBER, .en = "backwash and rinse in volumes of resin",
         .zh = "反洗与清洗水（树脂体积倍数）", .example = "6"),
    TERM(park_exchange_terms, load, RATE, .lo_open = true,
         .en = "volumes of water per volume of resin and time", .zh = "空间流速", .example = "20 /h"),
    TERM(park_exchange_terms, price, PRICE_PER_MASS, .en = "price of salt", .zh = "工业盐价格",
         .example = "0.6 CNY/kg"),
    PARK_FIELD(park_exchange_terms, beds, COUNT, .fallback = 2.0, .lo = 1.0, .hi = 2.0,
               .en = "2: one in service while the other is regenerated or stands by; 1: service waits "
                     "(states: exchange)",
               .zh = "2 为一用一备，1 为再生时停运（states: exchange 用）", .example = "2"),
    PARK_NUMBER(park_exchange_terms, takes, TIME, .word = "regeneration_time", .fallback = 2.0 * 3600.0,
                .lo = 0.0, .lo_open = true, .en = "duration of a regeneration (states: exchange)",
                .zh = "再生历时（states: exchange 用）", .example = "2 h"),
    PARK_FIELDS_END};

const park_field PARK_OXIDANT_FIELDS[] = {
    TERM(park_oxidant_terms, dose, NUMBER, .en = "kilograms per kilogram of COD taken out",
         .zh = "去除每千克 COD 的投加量，kg/kg", .example = "2.1"),
    TERM(park_oxidant_terms, iron, NUMBER, .lo_open = true,
         .en = "kilograms of hydrogen peroxide per kilogram of iron", .zh = "双氧水与亚铁质量比",
         .example = "3"),
    TERM(park_oxidant_terms, energy, ENERGY_PER_MASS, .en = "energy of making it", .zh = "制备电耗",
         .example = "11000 kWh/t"),
    TERM(park_oxidant_terms, price, PRICE_PER_MASS, .en = "price of the pure oxidant",
         .zh = "氧化剂（折纯）价格", .example = "4 CNY/kg"),
    TERM(park_oxidant_terms, sludge_price, PRICE_PER_MASS, .en = "price of getting rid of dry solids",
         .zh = "干泥处置价格", .example = "2 CNY/kg"),
    PARK_FIELDS_END};

const park_field PARK_HEAT_FIELDS[] = {
    TERM(park_heat_terms, brine, CONC, .lo_open = true, .en = "salt that the reject may hold",
         .zh = "浓缩液含盐量上限", .example = "250 g/L"),
    TERM(park_heat_terms, moisture, SHARE, .hi = 0.9, .en = "moisture of the salt cake", .zh = "盐饼含水率",
         .example = "5 %"),
    TERM(park_heat_terms, salt_price, PRICE_PER_MASS, .en = "price of getting rid of the salt",
         .zh = "杂盐处置价格", .example = "3 CNY/kg"),
    TERM(park_heat_terms, steam, CONC, .en = "steam per inlet volume", .zh = "单位水量蒸汽耗量",
         .example = "150 kg/m3"),
    TERM(park_heat_terms, steam_price, PRICE_PER_MASS, .en = "price of steam", .zh = "蒸汽价格",
         .example = "0.2 CNY/kg"),
    TERM(park_heat_terms, stages, NUMBER, .lo_open = true, .en = "theoretical stages of the column",
         .zh = "理论塔板数", .example = "8"),
    TERM(park_heat_terms, volatility, NUMBER, .lo_open = true,
         .en = "ammonia in the vapour over that in the water, by mole", .zh = "氨的汽液平衡比 y/x",
         .example = "13"),
    TERM(park_heat_terms, ph, NUMBER, .hi = 14.0, .en = "pH in the column", .zh = "塔内 pH", .example = "11"),
    TERM(park_heat_terms, alkali_price, PRICE_PER_MASS, .en = "price of caustic soda",
         .zh = "烧碱（折百）价格", .example = "3 CNY/kg"),
    PARK_FIELDS_END};

const park_field PARK_FLOTATION_FIELDS[] = {
    TERM(park_flotation_terms, air, NUMBER, .lo_open = true, .en = "kilograms of air per kilogram of solids",
         .zh = "气固比", .example = "0.03"),
    TERM(park_flotation_terms, pressure, PRESSURE_HEAD, .lo_open = true,
         .en = "absolute pressure of the saturator", .zh = "溶气罐绝对压力", .example = "0.5 MPa"),
    TERM(park_flotation_terms, pump, SHARE, .lo_open = true, .hi = 1.0,
         .en = "efficiency of the recycle pump", .zh = "回流泵效率", .example = "65 %"),
    PARK_FIELDS_END};

/* ---- which law needs what ---- */

typedef struct mechanism_need {
    park_mechanism_rule *rule;
    const char          *record; /* word of its record in the park */
    const park_field    *fields;
    size_t               offset;       /* of the record in park_mechanism_terms */
    const char          *terms;        /* its fields that must be given, blank between */
    const char          *constituents; /* of the park that it cannot do without; "A|B": one of them */
} mechanism_need;

#define NEED(rule_, record_, fields_, terms_, constituents_)                                                 \
    {                                                                                                        \
        rule_, #record_, fields_, offsetof(park_mechanism_terms, record_), terms_, constituents_             \
    }
static const mechanism_need NEEDS[PARK_MECHANISMS] = {
    [PARK_MECHANISM_SOLUTION_DIFFUSION] =
        NEED(park_mechanism_membrane, membrane, PARK_MEMBRANE_FIELDS,
             "water_permeability salt_permeability flux rejection pressure drop pump recovered ph", "TDS|Cl"),
    [PARK_MECHANISM_LIME_SODA]       = NEED(park_mechanism_lime_soda, reagent, PARK_REAGENT_FIELDS,
                                            "feed_ph calcium magnesium price soda_price purity solids sludge_price",
                                            "Ca|hardness alkalinity"),
    [PARK_MECHANISM_NEUTRALIZATION]  = NEED(park_mechanism_neutralization, reagent, PARK_REAGENT_FIELDS,
                                            "ph feed_ph price purity solids sludge_price", "Fe SO4"),
    [PARK_MECHANISM_COPRECIPITATION] = NEED(park_mechanism_coprecipitation, reagent, PARK_REAGENT_FIELDS,
                                            "ratio price purity solids sludge_price", "As|Sb|Tl"),
    [PARK_MECHANISM_ION_EXCHANGE]    = NEED(park_mechanism_ion_exchange, exchange, PARK_EXCHANGE_FIELDS,
                                            "capacity salt brine rinse load price", "Ca|hardness"),
    [PARK_MECHANISM_ELECTRODIALYSIS] = {park_mechanism_electrodialysis, "", NULL, 0, "", "TDS"},
    [PARK_MECHANISM_FENTON] =
        NEED(park_mechanism_fenton, oxidant, PARK_OXIDANT_FIELDS, "dose iron price sludge_price", "COD"),
    [PARK_MECHANISM_OZONE] = NEED(park_mechanism_ozone, oxidant, PARK_OXIDANT_FIELDS, "dose energy", "COD"),
    [PARK_MECHANISM_EVAPORATION] = NEED(park_mechanism_evaporation, heat, PARK_HEAT_FIELDS, "brine", "TDS"),
    [PARK_MECHANISM_CRYSTALLIZATION] =
        NEED(park_mechanism_crystallization, heat, PARK_HEAT_FIELDS, "moisture salt_price", "TDS"),
    [PARK_MECHANISM_STRIPPING] = NEED(park_mechanism_stripping, heat, PARK_HEAT_FIELDS,
                                      "steam steam_price stages volatility ph alkali_price", "NH3-N"),
    [PARK_MECHANISM_FLOTATION] =
        NEED(park_mechanism_flotation, flotation, PARK_FLOTATION_FIELDS, "air pressure pump", "SS"),
    [PARK_MECHANISM_STATES] = {park_mechanism_states, "", NULL, 0, "", "COD"},
    [PARK_MECHANISM_KEPT]   = {NULL, "", NULL, 0, "", ""},
};

/* The next of the words of a list into `word`; false at its end. */
static bool next_word(const char **list, char word[32])
{
    size_t n = 0;
    while (**list == ' ')
        (*list)++;
    for (; **list != '\0' && **list != ' ' && n + 1 < 32; (*list)++)
        word[n++] = **list;
    word[n] = '\0';
    return n > 0;
}

static bool stated(const mechanism_need *need, const void *record, const char *word)
{
    for (const park_field *f = need->fields; f->word != NULL; f++)
        if (strcmp(f->word, word) == 0)
            return !isnan(*(const double *)(const void *)((const char *)record + f->offset));
    return false;
}

/* "Ca|hardness": is one of them a constituent of the park? Those that are, are read. */
static bool park_has(park_draft *draft, char *words)
{
    bool there = false;
    for (char *word = words; word != NULL;) {
        char *bar = strchr(word, '|');
        if (bar != NULL)
            *bar = '\0';
        int32_t c = park_model_constituent(draft, word);
        if (c >= 0)
            there = draft->constituent[c].read = true;
        word = bar == NULL ? NULL : bar + 1;
    }
    return there;
}

void park_mechanism_check(park_draft *draft, const park_treatment *stage, const char *path, const char *id,
                          park_findings *findings)
{
    int32_t               kind = park_treatment_law(stage);
    const mechanism_need *need = &NEEDS[kind];
    const char           *list = need->terms;
    char                  word[32], shown[32];
    if (kind == PARK_MECHANISM_STATED || kind == PARK_MECHANISM_KEPT || kind == PARK_MECHANISM_STATES)
        return;
    for (const char *law = PARK_MECHANISM_WORDS[kind]; need->fields != NULL && next_word(&list, word);)
        if (!stated(need, (const char *)&stage->mechanism + need->offset, word))
            park_finding_add(findings, PARK_E0511, PARK_ERROR, path, "%s: model %s needs %s.%s",
                             "%s：model %s 需要给出 %s.%s", id, law, need->record, word);
    list = need->constituents;
    while (next_word(&list, word)) {
        memcpy(shown, word, sizeof shown);
        if (!park_has(draft, word))
            park_finding_add(
                findings, PARK_E0511, PARK_ERROR, path, "%s: model %s needs the constituent %s in the park",
                "%s：model %s 需要园区的 constituents 包含 %s", id, PARK_MECHANISM_WORDS[kind], shown);
    }
}

/* ---- the stated map ---- */

void park_mechanism_recover(const park_mechanism_case *at, double recovery, park_stage_point *point)
{
    park_treatment stage = *at->stage;
    stage.recovery       = recovery;
    point->recovery      = recovery;
    for (size_t c = 0; c < at->model->constituents; c++)
        park_treatment_shares(at->model, &stage, c, &point->product[c], &point->reject[c]);
}

void park_mechanism_stated(const park_mechanism_case *at, park_stage_point *point)
{
    const park_treatment *stage = at->stage;
    point->opex                 = stage->opex;
    point->chemicals            = stage->chemicals;
    point->energy               = stage->energy;
    point->carbon               = stage->carbon;
    for (size_t c = 0; c < at->model->constituents; c++)
        point->product_adds[c] = point->reject_adds[c] = point->brings[c] = 0.0;
    park_mechanism_recover(at, stage->recovery, point);
}

park_status park_mechanism_apply(const park_mechanism_case *at, park_stage_point *point, const char **binds,
                                 park_error *err)
{
    *binds = "";
    park_mechanism_stated(at, point);
    park_mechanism_rule *rule = NEEDS[park_treatment_law(at->stage)].rule;
    return rule == NULL ? PARK_OK : rule(at, point, binds, err);
}

/* ---- shared by the laws ---- */

double park_mechanism_conc(const park_mechanism_case *at, const char *id)
{
    int32_t c = park_model_constituent(at->model, id);
    return c < 0 ? 0.0 : at->feed->conc[c];
}

void park_mechanism_product(const park_mechanism_case *at, size_t c, double conc, park_stage_point *point)
{
    double feed = at->feed->conc[c], y = point->recovery;
    bool   less = conc <= feed;
    double kept = less && feed > 0.0 ? conc / feed : 1.0, more = less ? 0.0 : conc - feed;
    point->product[c]      = y * kept;
    point->reject[c]       = (1.0 - y) * kept;
    point->product_adds[c] = y * more;
    point->reject_adds[c]  = (1.0 - y) * more;
}

static const struct {
    park_phase  phase;
    size_t      offset;
    const char *word;
} WATCHED[] = {{PARK_CALCITE, offsetof(park_scaling, calcite), "calcite"},
               {PARK_GYPSUM, offsetof(park_scaling, gypsum), "gypsum"},
               {PARK_BARITE, offsetof(park_scaling, barite), "barite"},
               {PARK_FLUORITE, offsetof(park_scaling, fluorite), "fluorite"},
               {PARK_SILICA, offsetof(park_scaling, silica), "silica"}};
enum { WATCHED_COUNT = sizeof WATCHED / sizeof *WATCHED };

size_t park_scaling_contacts(const park_scaling *scaling, park_contact contacts[PARK_CONTACTS])
{
    size_t count = 0;
    for (size_t i = 0; i < WATCHED_COUNT; i++) {
        double target = *(const double *)(const void *)((const char *)scaling + WATCHED[i].offset);
        if (!isnan(target))
            contacts[count++] = (park_contact){.phase = WATCHED[i].phase, .target = target};
    }
    return count;
}

const char *park_scaling_word(park_phase phase)
{
    for (size_t i = 0; i < WATCHED_COUNT; i++)
        if (WATCHED[i].phase == phase)
            return WATCHED[i].word;
    return "";
}
