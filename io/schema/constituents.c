#include "schema/constituents.h"

#include <string.h>

/* Typical levels are those of park waters; they only scale equations. Class one: GB 8978-1996, table 1. */
#define MASS(id, zh, en, basis, due, one, magnitude, also)                                                   \
    {                                                                                                        \
        id, zh, en, PARK_MIX_MASS, PARK_DIM_CONC, NULL, basis, due, one, magnitude, also                     \
    }
#define LEVEL(id, zh, en, mixes, dimension, unit, magnitude, also)                                           \
    {                                                                                                        \
        id, zh, en, mixes, PARK_DIM_##dimension, unit, NULL, false, false, magnitude, also                   \
    }

static const park_constituent_row ROWS[] = {
    MASS("TDS", "溶解性总固体", "total dissolved solids", NULL, false, false, 0.5,
         "tds salinity 盐分 全盐量"),
    MASS("COD", "化学需氧量", "chemical oxygen demand", NULL, false, false, 0.1, "CODCr cod"),
    MASS("BOD", "五日生化需氧量", "biochemical oxygen demand", NULL, false, false, 0.03, "BOD5 bod"),
    MASS("NH3-N", "氨氮", "ammonia nitrogen", "N", false, false, 0.01, "NH3N NH4-N NH4N ammonia"),
    MASS("TN", "总氮", "total nitrogen", "N", false, false, 0.02, "tn"),
    MASS("TP", "总磷", "total phosphorus", "P", false, false, 0.001, "tp"),
    MASS("Cl", "氯化物", "chloride", NULL, false, false, 0.1, "chloride 氯离子 Cl-"),
    MASS("SO4", "硫酸盐", "sulphate", NULL, false, false, 0.1, "sulfate sulphate 硫酸根"),
    MASS("Ca", "钙", "calcium", NULL, false, false, 0.05, "calcium 钙离子"),
    MASS("Mg", "镁", "magnesium", NULL, false, false, 0.01, "magnesium 镁离子"),
    MASS("Na", "钠", "sodium", NULL, false, false, 0.05, "sodium 钠离子"),
    MASS("K", "钾", "potassium", NULL, false, false, 0.005, "potassium"),
    MASS("hardness", "总硬度", "total hardness", "CaCO3", true, false, 0.2, "硬度 TH"),
    MASS("alkalinity", "总碱度", "total alkalinity", "CaCO3", true, false, 0.15, "碱度 Alk alk"),
    MASS("SiO2", "二氧化硅", "silica", NULL, false, false, 0.01, "silica 硅 Si"),
    MASS("SS", "悬浮物", "suspended solids", NULL, false, false, 0.05, "TSS 悬浮固体"),
    MASS("oil", "石油类", "oil", NULL, false, false, 0.003, "油 petroleum"),
    MASS("LAS", "阴离子表面活性剂", "anionic surfactants", NULL, false, false, 0.0005, "las"),
    MASS("phenol", "挥发酚", "volatile phenols", NULL, false, false, 0.0005, "酚"),
    MASS("CN", "氰化物", "cyanide", NULL, false, false, 0.0005, "cyanide"),
    MASS("S", "硫化物", "sulphide", NULL, false, false, 0.001, "sulfide"),
    MASS("F", "氟化物", "fluoride", NULL, false, false, 0.001, "fluoride 氟"),
    MASS("NO3-N", "硝酸盐氮", "nitrate nitrogen", "N", false, false, 0.005, "NO3 nitrate"),
    MASS("Fe", "铁", "iron", NULL, false, false, 0.0003, "iron"),
    MASS("Mn", "锰", "manganese", NULL, false, false, 0.0001, "manganese"),
    MASS("Zn", "锌", "zinc", NULL, false, false, 0.001, "zinc"),
    MASS("Cu", "铜", "copper", NULL, false, false, 0.0005, "copper"),
    MASS("Ba", "钡", "barium", NULL, false, false, 0.0001, "barium"),
    MASS("Al", "铝", "aluminium", NULL, false, false, 0.0001, "aluminium"),
    MASS("As", "砷", "arsenic", NULL, false, true, 0.0001, "arsenic 总砷"),
    MASS("Cd", "镉", "cadmium", NULL, false, true, 0.00001, "cadmium 总镉"),
    MASS("Pb", "铅", "lead", NULL, false, true, 0.0001, "lead 总铅"),
    MASS("Hg", "汞", "mercury", NULL, false, true, 0.000001, "mercury 总汞"),
    MASS("Cr", "总铬", "chromium", NULL, false, true, 0.0001, "chromium 铬"),
    MASS("Cr6", "六价铬", "hexavalent chromium", NULL, false, true, 0.00005, "CrVI Cr(VI)"),
    MASS("Ni", "镍", "nickel", NULL, false, true, 0.0001, "nickel 总镍"),
    MASS("Ag", "银", "silver", NULL, false, true, 0.00005, "silver 总银"),
    MASS("Be", "铍", "beryllium", NULL, false, true, 0.000001, "beryllium"),
    MASS("Sb", "锑", "antimony", NULL, false, false, 0.0001, "antimony"),
    MASS("Tl", "铊", "thallium", NULL, false, false, 0.000005, "thallium"),
    LEVEL("temperature", "水温", "temperature", PARK_MIX_ENERGY, TEMPERATURE, NULL, 293.15, "T 温度"),
    LEVEL("pH", "pH 值", "pH", PARK_MIX_EQUILIBRIUM, NUMBER, NULL, 7.0, "ph PH"),
    LEVEL("turbidity", "浊度", "turbidity", PARK_MIX_NONE, NUMBER, "NTU", 5.0, "浑浊度"),
    LEVEL("colour", "色度", "colour", PARK_MIX_NONE, NUMBER, "度", 20.0, "color"),
    LEVEL("conductivity", "电导率", "conductivity", PARK_MIX_NONE, NUMBER, "uS/cm", 500.0, "EC 导电率"),
    {.id = NULL},
};

/* What a mass may be written as, and the factor to the row's own basis. */
static const struct {
    const char *id, *basis;
    double      factor;
} BASES[] = {
    {"Ca", "CaCO3", 40.078 / 100.0869},
    {"Mg", "CaCO3", 24.305 / 100.0869},
    {"hardness", "CaCO3", 1.0},
    {"hardness", "CaO", 100.0869 / 56.0774},
    {"alkalinity", "CaCO3", 1.0},
    {"alkalinity", "HCO3", 50.04345 / 61.0168},
    {"NH3-N", "N", 1.0},
    {"NH3-N", "NH3", 14.007 / 17.031},
    {"NH3-N", "NH4", 14.007 / 18.039},
    {"TN", "N", 1.0},
    {"NO3-N", "N", 1.0},
    {"NO3-N", "NO3", 14.007 / 62.004},
    {"TP", "P", 1.0},
    {"TP", "PO4", 30.974 / 94.971},
    {"SO4", "SO4", 1.0},
    {"SO4", "S", 96.06 / 32.06},
    {"SiO2", "SiO2", 1.0},
    {"SiO2", "Si", 60.084 / 28.085},
    {"Cl", "Cl", 1.0},
    {"Cl", "NaCl", 35.45 / 58.44},
    {"F", "F", 1.0},
    {"TDS", "NaCl", 1.0},
    {"Ca", "Ca", 1.0},
    {"Mg", "Mg", 1.0},
};

const park_constituent_row *park_constituent_rows(void)
{
    return ROWS;
}

const park_constituent_row *park_constituent_row_find(const char *id)
{
    for (const park_constituent_row *row = ROWS; row->id != NULL; row++)
        if (strcmp(row->id, id) == 0)
            return row;
    return NULL;
}

/* Is `word` one of the blank separated `words`? */
static bool among(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = words; *at != '\0';) {
        size_t span = strcspn(at, " ");
        if (span == length && memcmp(at, word, length) == 0)
            return true;
        at += span + (at[span] == ' ');
    }
    return false;
}

const park_constituent_row *park_constituent_row_guess(const char *word)
{
    for (const park_constituent_row *row = ROWS; row->id != NULL; row++)
        if (strcmp(row->zh, word) == 0 || strcmp(row->en, word) == 0 || among(row->also, word))
            return row;
    return NULL;
}

double park_constituent_basis(const char *id, const char *basis)
{
    const park_constituent_row *row = park_constituent_row_find(id);
    if (basis[0] == '\0')
        return row != NULL && row->basis_due ? 0.0 : 1.0;
    for (size_t i = 0; i < sizeof BASES / sizeof *BASES; i++)
        if (strcmp(BASES[i].id, id) == 0 && strcmp(BASES[i].basis, basis) == 0)
            return BASES[i].factor;
    return 0.0;
}
