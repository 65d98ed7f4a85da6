#include "units/treatments/culture.h"

#include "biology/assess.h"
#include "biology/fractions.h"
#include "units/treatments/treatment.h"

#include <string.h>

enum { SETTLES_MOST = 8 };

static const double CACO3           = 50.045; /* [kg/kmol] of charge */
static const double TSS_PER_COD     = 0.75;
static const double WASTE_MOST      = 0.3;  /* of the intake */
static const double FEED_PH         = 7.0;  /* of what enters: its carbonic acid */
static const double NUTRIENT        = 0.02; /* nitrogen that is dosed where the park has none of it [kg/m3] */
static const double KELVIN_STANDARD = 293.15;
static const double WARMER          = 3.0; /* than the air [K] */
static const double COLDEST = 281.15, HOTTEST = 313.15;
static const double METHANE_SOLUBLE =
    0.064; /* in water under biogas of 1 bar, as COD [kg/m3] (1.0 mol/(m3 bar)), unverified, high */
static const double PER_DAY_AND_MILLIMETRE = 1e3 / 86400.0;

#define WATER_ROWS(type)                                                                                     \
    PARK_NUMBER(type, water.inert, SHARE, .word = "inert", .fallback = 0.1, .lo = 0.0, .hi = 1.0,            \
                .en = "share of the soluble COD that nothing degrades", .zh = "溶解性 COD 中不可降解比例",   \
                .example = "15 %"),                                                                          \
        PARK_NUMBER(type, water.acids, SHARE, .word = "acids", .fallback = 0.0, .lo = 0.0, .hi = 1.0,        \
                    .en = "share of the rest that is fatty acids already", .zh = "其余中挥发酸比例",         \
                    .example = "20 %"),                                                                      \
        PARK_NUMBER(type, water.particulate, SHARE, .word = "particulate", .fallback = 0.2, .lo = 0.0,       \
                    .hi = 0.95, .en = "particulate share of COD, where SS is no constituent",                \
                    .zh = "颗粒性 COD 比例（未设 SS 组分时）", .example = "20 %"),                           \
        PARK_NUMBER(type, water.organic_n, SHARE, .word = "organic_nitrogen", .fallback = 0.02, .lo = 0.0,   \
                    .hi = 0.3, .en = "organic nitrogen per COD, where TN is no constituent",                 \
                    .zh = "有机氮与 COD 之比（未设 TN 组分时）", .example = "2 %"),                          \
        PARK_NUMBER(type, water.alkalinity, CONC, .word = "alkalinity", .fallback = 1.0, .lo = 0.0,          \
                    .en = "alkalinity of the water as CaCO3, where it is no constituent",                    \
                    .zh = "碱度（未设碱度组分时，以 CaCO3 计）", .example = "1500 mg/L")

const park_field PARK_ANAEROBIC_FIELDS[] = {
    PARK_NUMBER(park_anaerobic_words, retention, TIME, .fallback = 12.0 * 3600.0, .lo = 0.0, .lo_open = true,
                .en = "retention time at the design flow", .zh = "设计流量下停留时间", .example = "12 h"),
    PARK_NUMBER(park_anaerobic_words, age, TIME, .fallback = 60.0 * 86400.0, .lo = 0.0, .lo_open = true,
                .en = "sludge age: solids in the reactor by solids that leave a day", .zh = "污泥龄",
                .example = "60 d"),
    PARK_NUMBER(park_anaerobic_words, retained, SHARE, .fallback = 0.99, .lo = 0.0, .hi = 1.0,
                .en = "share of the mean solids of the reactor that the water leaves behind",
                .zh = "三相分离器对污泥的截留率", .example = "99 %"),
    PARK_NUMBER(park_anaerobic_words, bed, NUMBER, .fallback = 2.0, .lo = 0.0, .lo_open = true,
                .en = "solids of the sludge drawn off against the mean of the reactor",
                .zh = "排泥浓度与反应器平均污泥浓度之比", .example = "2"),
    PARK_NUMBER(park_anaerobic_words, temperature, TEMPERATURE, .fallback = 308.15, .lo = 273.15,
                .hi = 313.15, .en = "temperature that is held", .zh = "反应器温度", .example = "35 °C"),
    PARK_NUMBER(park_anaerobic_words, power, SHARE, .fallback = 0.0, .lo = 0.0, .hi = 0.6,
                .en = "share of the methane's energy that becomes electricity; 0: flared",
                .zh = "沼气能量转化为电的比例；0 为火炬燃烧", .example = "35 %"),
    PARK_NUMBER(park_anaerobic_words, leak, SHARE, .fallback = 0.03, .lo = 0.0, .hi = 1.0,
                .en = "share of the methane that escapes", .zh = "甲烷泄漏率", .example = "3 %"),
    PARK_NUMBER(park_anaerobic_words, other_energy, ENERGY_PER_VOLUME, .fallback = 0.1 * 3.6e6, .lo = 0.0,
                .en = "electricity for pumps and the rest", .zh = "泵等电耗", .example = "0.1 kWh/m3"),
    WATER_ROWS(park_anaerobic_words),
    PARK_FIELDS_END};

const park_field PARK_FILM_FIELDS[] = {
    PARK_NUMBER(park_film_words, retention, TIME, .fallback = 3600.0, .lo = 0.0, .lo_open = true,
                .en = "retention time of all tanks at the design flow", .zh = "设计流量下总停留时间",
                .example = "1 h"),
    PARK_FIELD(park_film_words, tanks, COUNT, .fallback = 3.0, .lo = 1.0, .hi = PARK_REACTOR_TANKS_MOST,
               .en = "mixed tanks in series that it amounts to", .zh = "等效串联混合池数", .example = "3"),
    PARK_NUMBER(park_film_words, area, NUMBER, .fallback = 700.0, .lo = 0.0, .lo_open = true,
                .en = "surface of the film in m2 per m3 of tank", .zh = "单位池容生物膜面积，m²/m³",
                .example = "700"),
    PARK_NUMBER(park_film_words, detachment, NUMBER, .fallback = 0.5, .lo = 0.0, .lo_open = true,
                .en = "share of the film that is shed a day for each millimetre of its thickness",
                .zh = "每毫米膜厚每日脱落比例", .example = "0.5"),
    PARK_NUMBER(park_film_words, oxygen, CONC, .fallback = 4e-3, .lo = 0.0, .hi = 8e-3,
                .en = "dissolved oxygen that is held; 0: not aerated", .zh = "溶解氧设定值；0 为不曝气",
                .example = "4 mg/L"),
    PARK_NUMBER(park_film_words, spares, CONC, .fallback = 0.0, .lo = 0.0,
                .en =
                    "ammonium nitrogen at which half of that oxygen is held, less below; 0: always all of it",
                .zh = "溶解氧设定值减半时的氨氮浓度（氨氮控制曝气）；0 为恒定", .example = "10 mg/L"),
    PARK_NUMBER(park_film_words, transfer, RATE, .fallback = 1500.0 / 86400.0, .lo = 0.0,
                .en = "greatest oxygen transfer coefficient", .zh = "最大氧传质系数 KLa",
                .example = "1500 /d"),
    PARK_NUMBER(park_film_words, temperature, TEMPERATURE, .lo = 273.15, .hi = 313.15,
                .en = "temperature of the water; else it follows the air", .zh = "水温；不填则随气温变化",
                .example = "30 °C"),
    PARK_NUMBER(park_film_words, captured, SHARE, .fallback = 0.8, .lo = 0.0, .hi = 1.0,
                .en = "share of the solids that the bed holds back (states: film_filter)",
                .zh = "滤床截留悬浮物比例（states: film_filter 用）", .example = "80 %"),
    PARK_NUMBER(park_film_words, other_energy, ENERGY_PER_VOLUME, .fallback = 0.05 * 3.6e6, .lo = 0.0,
                .en = "electricity besides aeration", .zh = "曝气以外的电耗", .example = "0.05 kWh/m3"),
    WATER_ROWS(park_film_words),
    PARK_FIELDS_END};

void park_culture_check(const park_draft *draft, const park_treatment *stage, const char *path,
                        const char *id, park_findings *findings)
{
    const char *word      = PARK_STATES_WORDS[stage->states];
    bool        anaerobic = stage->states == PARK_STATES_ANAEROBIC;
    const char *needed[]  = {"COD", "NH3-N"};
    for (size_t i = 0; i < (anaerobic ? 1 : 2); i++)
        if (park_model_constituent(draft, needed[i]) < 0)
            park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                             "%s: states %s needs the constituent %s in the park",
                             "%s：states %s 需要园区的 constituents 包含 %s", id, word, needed[i]);
    if (!(stage->recovery < 1.0))
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "%s: states %s grows sludge, which must leave: its recovery has to be below 100 %%",
                         "%s：states %s 产生污泥，须有排出：recovery 应小于 100 %%", id, word);
}

/* ---- the tanks ---- */

void park_culture_make(const park_model *model, const park_treatment *stage, double design, park_culture *k)
{
    bool   anaerobic = stage->states == PARK_STATES_ANAEROBIC;
    double retention = anaerobic ? stage->anaerobic.retention : stage->film.retention;
    *k               = (park_culture){.model      = model,
                                      .stage      = stage,
                                      .anaerobic  = anaerobic,
                                      .water      = anaerobic ? &stage->anaerobic.water : &stage->film.water,
                                      .design     = design,
                                      .volume     = retention * design,
                                      .cod        = park_model_constituent(model, "COD"),
                                      .bod        = park_model_constituent(model, "BOD"),
                                      .ammonium   = park_model_constituent(model, "NH3-N"),
                                      .nitrogen   = park_model_constituent(model, "TN"),
                                      .nitrate    = park_model_constituent(model, "NO3-N"),
                                      .nitrite    = park_model_constituent(model, "NO2-N"),
                                      .solids     = park_model_constituent(model, "SS"),
                                      .alkalinity = park_model_constituent(model, "alkalinity")};
    k->reactor.tanks = anaerobic ? 1 : (size_t)stage->film.tanks;
    for (size_t i = 0; i < k->reactor.tanks; i++)
        k->reactor.volume[i] = k->volume / (double)k->reactor.tanks;
    for (size_t c = 0; c < PARK_RC_COUNT; c++) {
        bool solid          = anaerobic && c >= PARK_RC_FIRST_SOLID;
        k->reactor.pass[c]  = solid ? 1.0 - stage->anaerobic.retained : 1.0;
        k->reactor.thick[c] = solid ? stage->anaerobic.bed : 1.0;
    }
    park_culture_warm(k, KELVIN_STANDARD);
}

/* (U90) */
void park_culture_warm(park_culture *k, double kelvin)
{
    if (k->anaerobic) {
        k->law = park_anaerobic_standard(kelvin);
        if (k->ammonium < 0)
            k->law.half_nitrogen = 0.0; /* nobody counts it: it is dosed */
        park_anaerobic_set(&k->law, &k->reactor);
        return;
    }
    const park_film_words *w = &k->stage->film;
    k->film                  = park_film_standard(kelvin);
    k->film.area             = w->area;
    k->film.detachment       = w->detachment * PER_DAY_AND_MILLIMETRE;
    k->film.oxygen           = w->oxygen;
    k->film.spares           = w->spares;
    k->film.transfer         = w->oxygen > 0.0 ? w->transfer : 0.0;
    k->film.saturation       = park_oxygen_saturation(kelvin);
    park_film_set(&k->film, &k->reactor);
}

double park_culture_kelvin(const park_culture *k, double air)
{
    double held = k->anaerobic ? k->stage->anaerobic.temperature : k->stage->film.temperature;
    return isnan(held) ? fmin(fmax(air + WARMER, COLDEST), HOTTEST) : held;
}

bool park_culture_measures(const park_culture *k, size_t c)
{
    int32_t i = (int32_t)c;
    return i == k->cod || i == k->bod || i == k->ammonium || i == k->nitrogen || i == k->nitrate ||
           i == k->nitrite || i == k->solids || i == k->alkalinity;
}

/* ---- in and out ---- */

static double of(const double *conc, int32_t c)
{
    return c >= 0 ? fmax(0.0, conc[c]) : 0.0;
}

/* (U91): solids and what is inert by the shares of the sludge's inflow (B31), (B32); (U92). */
void park_culture_enters(const park_culture *k, const double *conc, double *x, double *more)
{
    const park_sludge_fractions f   = park_sludge_fractions_standard();
    double                      cod = of(conc, k->cod),
           ss    = k->solids >= 0 ? of(conc, k->solids) : TSS_PER_COD * k->water->particulate * cod;
    double solid = fmin(ss / TSS_PER_COD, f.particulate_most * cod), soluble = cod - solid;
    double ammonium = k->ammonium >= 0 ? of(conc, k->ammonium) : NUTRIENT;
    double oxidized = of(conc, k->nitrate) + of(conc, k->nitrite), mineral = ammonium + oxidized;
    double total   = k->nitrogen >= 0 ? of(conc, k->nitrogen) : mineral + k->water->organic_n * cod;
    double organic = fmax(0.0, total - mineral), cells = k->anaerobic ? k->law.inert : k->film.inert;
    memset(x, 0, PARK_RC_COUNT * sizeof *x);
    *more            = fmax(0.0, mineral - total);
    x[PARK_RC_SI]    = k->water->inert * soluble;
    x[PARK_RC_VFA]   = k->anaerobic ? k->water->acids * (soluble - x[PARK_RC_SI]) : 0.0;
    x[PARK_RC_SS]    = soluble - x[PARK_RC_SI] - x[PARK_RC_VFA];
    x[PARK_RC_XI]    = fmin(f.particulate_inert * solid, organic / cells);
    x[PARK_RC_XS]    = solid - x[PARK_RC_XI];
    x[PARK_RC_XM]    = fmax(0.0, ss - TSS_PER_COD * solid);
    double rest      = fmax(0.0, organic - cells * x[PARK_RC_XI]),
           dissolved = solid > 0.0 ? f.organic_n_soluble : 1.0;
    x[PARK_RC_ND]    = dissolved * rest;
    x[PARK_RC_XND]   = rest - x[PARK_RC_ND];
    x[PARK_RC_NH]    = ammonium;
    x[PARK_RC_NO2]   = of(conc, k->nitrite);
    x[PARK_RC_NO3]   = of(conc, k->nitrate);
    x[PARK_RC_ALK]   = (k->alkalinity >= 0 ? conc[k->alkalinity] : k->water->alkalinity) / CACO3;
    x[PARK_RC_IC]    = fmax(0.0, x[PARK_RC_ALK]) * (1.0 + pow(10.0, 6.35 - FEED_PH));
}

static double cells_of(const double *x)
{
    return x[PARK_RC_XH] + x[PARK_RC_XA] + x[PARK_RC_XN] + x[PARK_RC_XX];
}

static double solid_cod(const double *x)
{
    return x[PARK_RC_XI] + x[PARK_RC_XS] + cells_of(x);
}

static double suspended(const double *x)
{
    return TSS_PER_COD * solid_cod(x) + x[PARK_RC_XM];
}

/* (U94) */
void park_culture_measure(const park_culture *k, const double *x, double *conc)
{
    double cells  = k->anaerobic ? k->law.cells : k->film.cells,
           inert  = k->anaerobic ? k->law.inert : k->film.inert;
    double left   = k->anaerobic ? k->law.left : k->film.left;
    double edible = x[PARK_RC_SS] + x[PARK_RC_VFA] + x[PARK_RC_XS];
    conc[k->cod]  = x[PARK_RC_SI] + x[PARK_RC_SS] + x[PARK_RC_VFA] + solid_cod(x);
    if (k->ammonium >= 0)
        conc[k->ammonium] = x[PARK_RC_NH];
    if (k->bod >= 0)
        conc[k->bod] = PARK_BOD_TREATED * (edible + (1.0 - left) * cells_of(x));
    if (k->nitrogen >= 0)
        conc[k->nitrogen] = x[PARK_RC_NH] + x[PARK_RC_NO2] + x[PARK_RC_NO3] + x[PARK_RC_ND] + x[PARK_RC_XND] +
                            cells * cells_of(x) + inert * x[PARK_RC_XI];
    if (k->nitrate >= 0) /* with the nitrite, where that is not counted by itself */
        conc[k->nitrate] = x[PARK_RC_NO3] + (k->nitrite < 0 ? x[PARK_RC_NO2] : 0.0);
    if (k->nitrite >= 0)
        conc[k->nitrite] = x[PARK_RC_NO2];
    if (k->solids >= 0)
        conc[k->solids] = suspended(x);
    if (k->alkalinity >= 0)
        conc[k->alkalinity] = CACO3 * x[PARK_RC_ALK];
}

/* ---- waste ---- */

double park_culture_waste(const park_culture *k, const double *y, double intake)
{
    double water[PARK_RC_COUNT], waste[PARK_RC_COUNT];
    if (!(intake > 0.0))
        return 0.0;
    if (!k->anaerobic)
        return k->stage->states == PARK_STATES_FILM ? 1.0 - k->stage->recovery : 0.0;
    park_reactor_leaving(&k->reactor, y, water, waste);
    double thin = suspended(water), thick = suspended(waste), there = k->volume * suspended(y);
    double flow = thick > thin ? (there / k->stage->anaerobic.age - intake * thin) / (thick - thin) : 0.0;
    return fmin(fmax(flow / intake, 0.0), WASTE_MOST);
}

/* ---- rest ---- */

void park_culture_guess(const park_culture *k, const park_reactor_inflow *in, double *y)
{
    double turnover = in->flow > 0.0 ? k->volume / in->flow : k->volume / k->design;
    for (size_t i = 0; i < k->reactor.tanks; i++) {
        double *c = y + i * PARK_RC_COUNT;
        memcpy(c, in->conc, PARK_RC_COUNT * sizeof *c);
        for (size_t s = PARK_RC_FIRST_SOLID; s < PARK_RC_COUNT; s++)
            c[s] = s < PARK_RC_XH ? in->conc[s] : 0.0;
        if (k->anaerobic) { /* what two months of this water grow */
            double days    = k->stage->anaerobic.age / turnover;
            c[PARK_RC_XH]  = 0.02 * days * in->conc[PARK_RC_SS] + 0.1;
            c[PARK_RC_XA]  = 0.03 * days * (in->conc[PARK_RC_SS] + in->conc[PARK_RC_VFA]) + 0.1;
            c[PARK_RC_SS]  = 0.1 * in->conc[PARK_RC_SS];
            c[PARK_RC_VFA] = 0.02 * in->conc[PARK_RC_SS];
            continue;
        }
        double film   = k->film.area * k->film.density * 1e-4; /* a tenth of a millimetre */
        c[PARK_RC_XH] = c[PARK_RC_XA] = c[PARK_RC_XX] = film / 3.0;
        c[PARK_RC_XN]                                 = 0.05 * film;
        c[PARK_RC_O2]                                 = k->film.oxygen;
        c[PARK_RC_SS]                                 = 0.2 * in->conc[PARK_RC_SS];
        c[PARK_RC_NO2]                                = 0.1 * in->conc[PARK_RC_NH];
        c[PARK_RC_NH]                                 = 0.2 * in->conc[PARK_RC_NH];
    }
}

park_status park_culture_rest(const park_culture *k, park_reactor_stepper *stepper, park_reactor_inflow *in,
                              double *y, park_error *err)
{
    in->waste = park_culture_waste(k, y, in->flow) * in->flow;
    for (int n = 0; n < SETTLES_MOST; n++) {
        PARK_TRY(park_reactor_rest(stepper, &k->reactor, in, y, err));
        double to = park_culture_waste(k, y, in->flow) * in->flow, was = in->waste;
        if (fabs(to - was) <= 1e-9 * in->flow)
            break;
        in->waste = to;
    }
    return PARK_OK;
}

/* ---- energy and gas ---- */

/* Oxygen from the air at what is held, by blowers of 1.8 kg/kWh in clean water (B26). */
double park_culture_energy(const park_culture *k, const double *reacted, double inflow)
{
    if (k->anaerobic) { /* (U95) */
        double kept = (1.0 - k->stage->anaerobic.leak) * reacted[PARK_RC_CH4] - METHANE_SOLUBLE * inflow;
        return k->stage->anaerobic.other_energy * inflow -
               k->stage->anaerobic.power * PARK_METHANE_ENERGY * fmax(0.0, kept);
    }
    double taken = fmax(0.0, -reacted[PARK_RC_AIR]), sat = k->film.saturation;
    double held = fmin(k->film.oxygen, 0.9 * sat);
    return taken * sat / (sat - held) / park_sludge_energy_standard().aeration +
           k->stage->film.other_energy * inflow;
}

/* (U96) */
double park_culture_escaped(const park_culture *k, const double *reacted, double inflow)
{
    if (!k->anaerobic)
        return 0.0;
    double made = fmax(0.0, reacted[PARK_RC_CH4]), dissolved = fmin(METHANE_SOLUBLE * inflow, made);
    return (dissolved + k->stage->anaerobic.leak * (made - dissolved)) / 4.0;
}
