/*
 * worth_text.h - in which unit a statement's worth is told.
 * Looks down on: the public interface.
 */
#ifndef PARK_WORTH_TEXT_H
#define PARK_WORTH_TEXT_H

#include <parkwater/worth.h>

typedef struct park_worth_text {
    park_label unit;   /* one of it is what the worth is of */
    double     si;     /* value = shown value x si; SHARE: a per cent of the value asked */
    int        places; /* decimals of a value */
} park_worth_text;

static inline park_worth_text park_worth_text_of(park_worth_of of)
{
    static const park_worth_text TEXT[] = {
        [PARK_WORTH_FLOW]    = {{.zh = "m³/h", .en = "m3/h"}, 1.0 / 3600.0, 2},
        [PARK_WORTH_CONC]    = {{.zh = "mg/L", .en = "mg/L"}, 1e-3, 3},
        [PARK_WORTH_STORAGE] = {{.zh = "1000 m³", .en = "1000 m3"}, 1000.0, 3},
        [PARK_WORTH_LICENCE] = {{.zh = "万m³/a", .en = "10^4 m3/a"}, 1e4, 3},
        [PARK_WORTH_MONEY]   = {{.zh = "万元", .en = "10^4 CNY"}, 1e4, 2},
        [PARK_WORTH_RATE]    = {{.zh = "百分点", .en = "percentage point"}, 0.01, 3},
        [PARK_WORTH_SHARE]   = {{.zh = "要求值的 1 %", .en = "1 % of what is asked"}, 1.0, 6},
    };
    return TEXT[of];
}

/* Whether the duals are told, or why not. */
/* Of a line without a figure. */
static inline park_label park_worth_open_text(const park_worth *worth)
{
    switch (worth->stopped) {
    case PARK_WORTH_WORK:
        return (park_label){"未计算：计算量限额", "not computed: work"};
    case PARK_WORTH_TIME:
        return (park_label){"未计算：时间限额", "not computed: time"};
    case PARK_WORTH_INTERRUPT:
        return (park_label){"未计算：被中断", "not computed: interrupted"};
    case PARK_WORTH_WHOLE:
        break;
    }
    return (park_label){"未计算", "not computed"};
}

static inline park_label park_worth_duals_text(const park_worth *worth)
{
    if (worth->stationary)
        return (park_label){.zh = "对偶值可用", .en = "told"};
    return (park_label){.zh = "方案处的线性化问题不能复现目标值，对偶值不能作为核对，故不给出",
                        .en =
                            "not told: the program linearized at the plan does not reproduce its objective"};
}

/* A size in the unit told; of a SHARE in hundredths of `asked`. */
static inline double park_worth_shown(park_worth_of of, double value, double asked)
{
    if (of == PARK_WORTH_SHARE)
        return 100.0 * value / asked;
    return value / park_worth_text_of(of).si;
}

#endif
