#include "units/treatments/sludge.h"

#include "biology/fractions.h"

#include <math.h>
#include <string.h>

static const double KELVIN_STANDARD = 288.15;
static const double HEIGHT          = 4.0; /* of a settler [m] */

enum { AERATED = 3, ANOXIC = 2 }; /* tanks, where they are not listed */

static const char *const SEPARATIONS[] = {"settler", "membrane", NULL};
static const char *const LAYERS_OF[]   = {"tank", "own", NULL};

static const park_field TANK[] = {
    PARK_NUMBER(park_sludge_words_tank, volume, VOLUME, .required = true, .lo = 0.0, .lo_open = true,
                .en = "volume of the tank", .zh = "池容", .example = "1333 m3"),
    PARK_NUMBER(park_sludge_words_tank, oxygen, CONC, .lo = 0.0, .lo_open = true,
                .en = "dissolved oxygen that is held", .zh = "溶解氧设定值", .example = "2 mg/L"),
    PARK_NUMBER(park_sludge_words_tank, transfer, RATE, .fallback = 0.0, .lo = 0.0,
                .en = "oxygen transfer coefficient; where oxygen is held, the greatest",
                .zh = "氧传质系数 KLa；控制溶解氧时为其上限", .example = "240 /d"),
    PARK_FIELDS_END};

const park_field PARK_SLUDGE_FIELDS[] = {
    PARK_FIELD(park_sludge_words, separation, CHOICE, .choices = SEPARATIONS,
               .choice = PARK_SEPARATION_SETTLER, .en = "what keeps the sludge back", .zh = "泥水分离方式",
               .example = "settler"),
    PARK_NUMBER(park_sludge_words, retention, TIME, .fallback = 12.0 * 3600.0, .lo = 0.0, .lo_open = true,
                .en = "retention time of all tanks at the design flow", .zh = "设计流量下生化池总停留时间",
                .example = "12 h"),
    PARK_NUMBER(park_sludge_words, anoxic, SHARE, .fallback = 0.3, .lo = 0.0, .hi = 0.9,
                .en = "anoxic share of the tanks", .zh = "缺氧池容积比例", .example = "30 %"),
    PARK_FIELD(
        park_sludge_words, tanks, NAMED, .record = TANK, .record_size = sizeof(park_sludge_words_tank),
        .en = "the tanks one by one, instead of retention and anoxic share",
        .zh = "逐池给出（代替停留时间与缺氧比例）",
        .example =
            "{anoxic: {volume: 2000 m3}, aerobic: {volume: 4000 m3, oxygen: 2 mg/L, transfer: 240 /d}}"),
    PARK_NUMBER(park_sludge_words, age, TIME, .fallback = 15.0 * 86400.0, .lo = 0.0, .lo_open = true,
                .en = "sludge age: solids in the tanks by solids that leave a day", .zh = "污泥龄",
                .example = "15 d"),
    PARK_NUMBER(park_sludge_words, waste, FLOW, .lo = 0.0,
                .en = "waste sludge, where it is not set by the age", .zh = "剩余污泥量（不由污泥龄控制时）",
                .example = "385 m3/d"),
    PARK_NUMBER(park_sludge_words, oxygen, CONC, .fallback = 2e-3, .lo = 0.0, .lo_open = true, .hi = 6e-3,
                .en = "dissolved oxygen held in aerated tanks", .zh = "好氧池溶解氧设定值",
                .example = "2 mg/L"),
    PARK_NUMBER(park_sludge_words, transfer, RATE, .fallback = 360.0 / 86400.0, .lo = 0.0, .lo_open = true,
                .en = "greatest oxygen transfer coefficient of the blowers", .zh = "曝气系统最大 KLa",
                .example = "360 /d"),
    PARK_NUMBER(park_sludge_words, recycle, SHARE, .fallback = 2.0, .lo = 0.0, .hi = 10.0,
                .en = "internal recycle as a share of the design flow", .zh = "内回流比", .example = "200 %"),
    PARK_NUMBER(park_sludge_words, returned, SHARE, .word = "return", .fallback = 1.0, .lo = 0.0,
                .lo_open = true, .hi = 10.0, .en = "returned sludge as a share of the design flow",
                .zh = "污泥回流比", .example = "100 %"),
    PARK_FIELD(
        park_sludge_words, layers, CHOICE, .choices = LAYERS_OF, .choice = PARK_SOLIDS_CARRIED,
        .en = "composition of the settler's layers: their own, or that of the last tank as in BSM1 "
              "(what then closes COD and nitrogen counts as removed)",
        .zh =
            "二沉池各层固体组成：own 各层自有，tank 同末池（BSM1 的规则，由此产生的 COD、氮差额计入去除量）",
        .example = "own"),
    PARK_NUMBER(park_sludge_words, surface_load, FLOW_PER_AREA, .fallback = 0.7 / 3600.0, .lo = 0.0,
                .lo_open = true, .en = "surface load of the settler at the design flow",
                .zh = "二沉池设计表面负荷", .example = "0.7 m3/m2/h"),
    PARK_NUMBER(park_sludge_words, settler_area, AREA, .lo = 0.0, .lo_open = true,
                .en = "area of the settler, where not by its load", .zh = "二沉池面积（不由负荷确定时）",
                .example = "1500 m2"),
    PARK_NUMBER(park_sludge_words, temperature, TEMPERATURE, .lo = 273.15, .hi = 313.15,
                .en = "temperature of the water; else it follows the air", .zh = "水温；不填则随气温变化",
                .example = "20 °C"),
    PARK_NUMBER(park_sludge_words, inert, SHARE, .fallback = 30.0 / 99.5, .lo = 0.0, .hi = 1.0,
                .en = "share of the soluble COD that nothing degrades", .zh = "溶解性 COD 中不可降解比例",
                .example = "15 %"),
    PARK_NUMBER(park_sludge_words, particulate, SHARE, .fallback = 0.6, .lo = 0.0, .hi = 0.95,
                .en = "particulate share of COD, where SS is no constituent",
                .zh = "颗粒性 COD 比例（未设 SS 组分时）", .example = "60 %"),
    PARK_NUMBER(park_sludge_words, organic_n, SHARE, .word = "organic_nitrogen", .fallback = 0.04, .lo = 0.0,
                .hi = 0.3, .en = "organic nitrogen per COD, where TN is no constituent",
                .zh = "有机氮与 COD 之比（未设 TN 组分时）", .example = "4 %"),
    PARK_NUMBER(park_sludge_words, alkalinity, CONC, .fallback = 0.35, .lo = 0.0,
                .en = "alkalinity of the water as CaCO3, where it is no constituent",
                .zh = "碱度（未设碱度组分时，以 CaCO3 计）", .example = "350 mg/L"),
    PARK_NUMBER(park_sludge_words, heterotrophs, SHARE, .fallback = 1.0, .lo = 0.0, .lo_open = true,
                .hi = 2.0, .en = "growth of heterotrophs against the standard's", .zh = "异养菌生长速率系数",
                .example = "80 %"),
    PARK_NUMBER(park_sludge_words, nitrifiers, SHARE, .fallback = 1.0, .lo = 0.0, .lo_open = true, .hi = 2.0,
                .en = "growth of nitrifiers against the standard's", .zh = "硝化菌生长速率系数",
                .example = "60 %"),
    PARK_NUMBER(park_sludge_words, ammonium_half, CONC, .fallback = 5e-5, .lo = 0.0,
                .en = "ammonium below which growth slows down", .zh = "异养菌氨氮半饱和浓度",
                .example = "0.05 mg/L"),
    PARK_NUMBER(park_sludge_words, alkalinity_half, CONC, .fallback = 0.025, .lo = 0.0,
                .en = "alkalinity, as CaCO3, below which nitrification slows down",
                .zh = "硝化碱度半饱和浓度（以 CaCO3 计）", .example = "25 mg/L"),
    PARK_NUMBER(park_sludge_words, other_energy, ENERGY_PER_VOLUME, .fallback = 0.1 * 3.6e6, .lo = 0.0,
                .en = "energy besides aeration, pumping and mixing", .zh = "曝气、回流、搅拌以外的电耗",
                .example = "0.1 kWh/m3"),
    PARK_FIELDS_END};

const char *const PARK_SLUDGE_COMPONENT[PARK_ASM1_COMPONENTS] = {
    [PARK_SI] = "S_I",   [PARK_SS] = "S_S", [PARK_XI] = "X_I",   [PARK_XS] = "X_S",  [PARK_XBH] = "X_BH",
    [PARK_XBA] = "X_BA", [PARK_XP] = "X_P", [PARK_SND] = "S_ND", [PARK_XND] = "X_ND"};

void park_sludge_words_check(const park_draft *draft, const park_sludge_words *words, double recovery,
                             const char *path, const char *id, park_findings *findings)
{
    static const char *const NEEDED[] = {"COD", "NH3-N"};
    for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++)
        if (park_model_constituent(draft, NEEDED[i]) < 0)
            park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                             "%s is modelled by its sludge, which needs the constituent %s",
                             "%s 采用活性污泥模型，需要水质组分 %s", id, NEEDED[i]);
    size_t told = 0;
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
        told +=
            PARK_SLUDGE_COMPONENT[k] != NULL && park_model_constituent(draft, PARK_SLUDGE_COMPONENT[k]) >= 0;
    if (told > 0 && told < PARK_SLUDGE_TOLD)
        park_finding_add(
            findings, PARK_E0511, PARK_ERROR, path,
            "%s is modelled by its sludge, and %zu of the %d components are constituents; it needs all of "
            "them (S_I, S_S, X_I, X_S, X_BH, X_BA, X_P, S_ND, X_ND) or none",
            "%s 采用活性污泥模型，水质组分中有 %zu 个模型组分（共 %d 个），应全部给出"
            "（S_I、S_S、X_I、X_S、X_BH、X_BA、X_P、S_ND、X_ND）或都不给",
            id, told, PARK_SLUDGE_TOLD);
    if (!(recovery < 1.0))
        park_finding_add(
            findings, PARK_E0511, PARK_ERROR, path,
            "%s is modelled by its sludge, which must leave: its recovery has to be below 100 %%",
            "%s 采用活性污泥模型，须有剩余污泥排出：recovery 应小于 100 %%", id);
    if (words->tanks.count > PARK_SLUDGE_TANKS_MOST)
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "%s lists %zu tanks; at most %d are possible", "%s 列出 %zu 个池，最多 %d 个", id,
                         words->tanks.count, PARK_SLUDGE_TANKS_MOST);
}

static void tanks_set(const park_sludge_words *w, double design_flow, park_sludge_plant *p)
{
    p->tanks = w->tanks.count;
    for (size_t i = 0; i < p->tanks; i++) {
        const park_sludge_words_tank *t = (const park_sludge_words_tank *)w->tanks.items + i;
        p->tank[i]                      = (park_sludge_tank){t->volume, t->transfer, t->transfer, t->oxygen};
        if (!isnan(t->oxygen))
            p->tank[i].kla = 0.5 * t->transfer;
    }
    if (p->tanks > 0)
        return;
    double volume = w->retention * design_flow;
    size_t anoxic = w->anoxic > 0.0 ? ANOXIC : 0;
    p->tanks      = anoxic + AERATED;
    for (size_t i = 0; i < p->tanks; i++)
        p->tank[i] = i < anoxic
                         ? (park_sludge_tank){volume * w->anoxic / ANOXIC, 0.0, 0.0, NAN}
                         : (park_sludge_tank){volume * (1.0 - (anoxic > 0 ? w->anoxic : 0.0)) / AERATED,
                                              0.5 * w->transfer, w->transfer, w->oxygen};
}

/* Eq. (U62). */
park_sludge_plant park_sludge_words_plant(const park_sludge_words *w, double design_flow)
{
    park_sludge_plant p = park_sludge_bsm1();
    p.kinetics          = park_asm1_standard(KELVIN_STANDARD);
    p.kinetics.k_n      = w->ammonium_half;
    p.kinetics.k_alk    = w->alkalinity_half / PARK_SLUDGE_CACO3;
    tanks_set(w, design_flow, &p);
    p.recycle_from   = p.tanks - 1;
    p.recycle_to     = 0;
    p.recycle        = w->recycle * design_flow;
    p.returned       = w->returned * design_flow;
    p.wasted         = isnan(w->waste) ? 0.0 : w->waste;
    p.separation     = (park_separation)w->separation;
    p.settler.area   = isnan(w->settler_area) ? design_flow / w->surface_load : w->settler_area;
    p.settler.height = HEIGHT;
    p.settler.solids = (park_settler_solids)w->layers;
    return p;
}
