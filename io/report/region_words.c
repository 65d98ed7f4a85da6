/* region_words.c - what the subjects, factors and columns of a region are called and in which unit they are shown. */
#include "report/region.h"

#include <string.h>

const park_label PARK_REGION_FLOW_LABEL[PARK_REGION_FLOWS] = {
    [PARK_REGION_SURFACE]   = {"地表水", "surface water"},
    [PARK_REGION_GROUND]    = {"地下水", "groundwater"},
    [PARK_REGION_TAP]       = {"自来水", "tap water"},
    [PARK_REGION_BOUGHT]    = {"外购水及水的产品", "bought water and steam"},
    [PARK_REGION_RECLAIMED] = {"再生水", "reclaimed water"},
    [PARK_REGION_MINE]      = {"矿井水", "mine water"},
    [PARK_REGION_RAIN]      = {"雨水", "rain water"},
    [PARK_REGION_OTHER]     = {"其他非常规水", "other non-conventional"},
    [PARK_REGION_REUSED]    = {"重复利用量", "repeated use"},
};

park_label park_region_subject_label(const park_region *region, const park_region_subject *subject,
                                     park_arena *arena)
{
    static const park_label BASIS[2]                      = {{"口径A", "basis A"}, {"口径B", "basis B"}};
    static const park_label NAMES[PARK_REGION_QUANTITIES] = {
        [PARK_REGION_REUSE_RATE]       = {"重复利用率", "reuse rate"},
        [PARK_REGION_NON_CONVENTIONAL] = {"非常规水利用量", "non-conventional water"},
        [PARK_REGION_INTAKE]           = {"取水量", "intake"},
        [PARK_REGION_INTAKE_PER_ADDED] = {"万元增加值用水量", "intake per value added"},
        [PARK_REGION_UNIT_INTAKE]      = {"单位产品取水量", "intake per product"},
    };
    park_label name = NAMES[subject->quantity];
    if (subject->quantity == PARK_REGION_NON_CONVENTIONAL)
        return name;
    if (subject->quantity == PARK_REGION_UNIT_INTAKE) {
        park_label of = region->product[subject->product].label;
        return (park_label){park_arena_printf(arena, "%s · %s", park_label_text(of, true), name.zh),
                            park_arena_printf(arena, "%s, %s", park_label_text(of, false), name.en)};
    }
    return (park_label){park_arena_printf(arena, "%s（%s%s）", name.zh, BASIS[subject->basis].zh,
                                          subject->large ? "，规上" : ""),
                        park_arena_printf(arena, "%s (%s%s)", name.en, BASIS[subject->basis].en,
                                          subject->large ? ", above designated size" : "")};
}

park_label park_region_subject_unit(const park_region *region, const park_region_subject *subject)
{
    switch (subject->quantity) {
    case PARK_REGION_REUSE_RATE:
        return (park_label){"%", "%"};
    case PARK_REGION_NON_CONVENTIONAL:
    case PARK_REGION_INTAKE:
        return (park_label){"万m³/a", "10⁴ m³/a"};
    case PARK_REGION_INTAKE_PER_ADDED:
        return (park_label){"m³/万元", "m³/10⁴ CNY"};
    default: {
        park_dimension dimension = region->product[subject->product].output;
        return (park_label){park_dimension_shown(dimension, true), park_dimension_shown(dimension, false)};
    }
    }
}

double park_region_subject_si(const park_region *region, const park_region_subject *subject)
{
    switch (subject->quantity) {
    case PARK_REGION_REUSE_RATE:
        return 0.01;
    case PARK_REGION_NON_CONVENTIONAL:
    case PARK_REGION_INTAKE:
        return 1e4;
    case PARK_REGION_INTAKE_PER_ADDED:
        return 1e-4;
    default:
        break;
    }
    switch (region->product[subject->product].output) {
    case PARK_DIM_INTENSITY_PER_MASS:
        return 1e-3; /* m3/t */
    case PARK_DIM_INTENSITY_PER_LENGTH:
        return 1e-2; /* m3 per 100 m */
    case PARK_DIM_INTENSITY_PER_ENERGY:
        return 1.0 / 3.6e9; /* m3/MWh */
    default:
        return 1.0; /* m3/kL is m3/m3; m3/m2; m3 per piece */
    }
}

park_label park_region_sector_label(const char *sector)
{
    static const struct {
        const char *word;
        park_label  label;
    } SECTORS[] = {{"thermal_power", {"火电", "thermal power"}},
                   {"steel", {"钢铁", "steel"}},
                   {"petrochemical", {"石化化工", "petrochemical"}},
                   {"textile", {"纺织", "textile"}},
                   {"paper", {"造纸", "paper"}},
                   {"food", {"食品", "food"}},
                   {"nonferrous", {"有色金属", "non-ferrous metals"}},
                   {"mixed", {"综合", "mixed"}},
                   {"rest", {"其余", "the rest"}}};
    for (size_t i = 0; sector != NULL && i < sizeof SECTORS / sizeof *SECTORS; i++)
        if (strcmp(SECTORS[i].word, sector) == 0)
            return SECTORS[i].label;
    return (park_label){sector, sector};
}

int park_region_subject_decimals(const park_region_subject *subject)
{
    return subject->quantity == PARK_REGION_UNIT_INTAKE ? 3 : 2;
}

park_label park_region_factor_label(const park_region *region, const park_region_factor *factor,
                                    park_arena *arena)
{
    static const park_label WORD[] = {
        [PARK_REGION_FACTOR_GROWTH]        = {"全区域增长", "growth of the whole region"},
        [PARK_REGION_FACTOR_COURSE_GROWTH] = {"增长", "growth"},
        [PARK_REGION_FACTOR_COURSE_INTAKE] = {"单位增加值取水变化", "trend of intake per value added"},
        [PARK_REGION_FACTOR_COURSE_REUSE] = {"单位增加值重复利用变化", "trend of reuse per value added"},
        [PARK_REGION_FACTOR_MEASURE]       = {"措施推广程度", "adoption"},
        [PARK_REGION_FACTOR_OWN_GROWTH]    = {"自身增长", "own growth"},
        [PARK_REGION_FACTOR_VOLUME_INTAKE] = {"取水量填报误差", "error of reported intake"},
        [PARK_REGION_FACTOR_VOLUME_REUSE]  = {"重复利用量填报误差", "error of reported reuse"},
    };
    park_label word = WORD[factor->kind], of = {"", ""};
    if (factor->kind == PARK_REGION_FACTOR_GROWTH)
        return word;
    if (factor->kind == PARK_REGION_FACTOR_MEASURE)
        of = region->measure[factor->index].label;
    else if (factor->kind >= PARK_REGION_FACTOR_OWN_GROWTH)
        of = region->member[factor->index].label;
    else {
        const char *id = region->course[factor->index].id;
        of             = (park_label){id, id};
        if (factor->index == 0)
            of = (park_label){"其余", "the others"};
    }
    return (park_label){park_arena_printf(arena, "%s：%s", park_label_text(of, true), word.zh),
                        park_arena_printf(arena, "%s: %s", park_label_text(of, false), word.en)};
}
