#include "jobs/march_zh.h"

#include "base/text.h"

#include <string.h>

enum { HOLES = 5, DEEPEST = 4 };

/* '*' in the English form is a hole; %1, %2 ... in the Chinese one what stood in it, &1 the same as a sentence or a name of its own. */
static const struct {
    const char *en, *zh;
} FORMS[] = {
    {"*; what was simulated before stands in *", "&1；此前的模拟结果保存在 %2"},
    {"* switches without end after *", "&1 在 %2 之后无休止地切换"},
    {"a unit", "某单元"},
    {"its start", "起始时刻"},
    {"the steady state", "稳态"},
    {"units switch ever earlier at * s: no piece of time is short enough",
     "单元切换时刻在 %1 s 处不断提前，没有足够短的时段"},
    {"the concentration of * in * cannot be carried on at * s (step * s)",
     "%2 中 %1 的浓度在 %3 s 处无法继续积分（步长 %4 s）"},
    {"no concentration of * in * to begin with", "%2 没有 %1 的起始浓度"},
    {"integrating * fails at * s, worst at *: *", "积分在 %2 s 处失败，偏差最大的状态为 %3：%4"},
    {"* does not go on at * s", "%1 在 %2 s 处停滞"},
    {"the inflow is * m3/s and less than the * m3/s that are wasted", "进水 %1 m3/s 小于剩余污泥量 %2 m3/s"},
    {"storage * has no volume to fill: it is * m3", "调蓄单元 %1 没有可用容积：%2 m3"},
    {"the volume of * is * m3; it must be above zero", "%1 的容积为 %2 m3，必须大于零"},
    {"the tolerance of the simulation is *; it must lie in (0, 0.01]", "模拟容差为 %1，应在 (0, 0.01] 内"},
    {"the tolerance of concentrations is *; it must lie in (0, 1)", "浓度容差为 %1，应在 (0, 1) 内"},
    {"the output step is * s and the spin-up * s; they must be above zero",
     "输出步长 %1 s、预热时间 %2 s，应大于零"},
    {"the stretch to simulate does not lie within the park's period", "模拟时段不在园区的时期之内"},
    {"the checkpoint is not one of this simulation, or is damaged", "检查点不属于本次模拟，或已损坏"},
    {"the plan speaks of another park, or holds no solution", "方案属于另一园区，或没有解"},
    {"* of tank * cannot be carried on (step * s)", "第 %2 池的&1无法继续积分（步长 %3 s）"},
    {"* of * cannot be carried on (step * s)", "%2 的&1无法继续积分（步长 %3 s）"},
    {"* cannot be carried on (step * s)", "&1 无法继续积分（步长 %2 s）"},
    {"*: *, at *", "&1：&2，时刻 &3"},
    {"*: *", "%1：&2"},
    {"inert matter", "惰性溶解物"},
    {"degradable matter", "可降解溶解物"},
    {"fatty acids", "挥发酸"},
    {"oxygen", "溶解氧"},
    {"ammonium", "氨氮"},
    {"nitrite", "亚硝态氮"},
    {"nitrate", "硝态氮"},
    {"organic nitrogen", "有机氮"},
    {"alkalinity", "碱度"},
    {"inorganic carbon", "无机碳"},
    {"inert solids", "惰性颗粒物"},
    {"degradable solids", "可降解颗粒物"},
    {"nitrogen of solids", "颗粒态有机氮"},
    {"mineral solids", "无机颗粒物"},
    {"heterotrophs", "异养菌"},
    {"ammonium oxidizers or methanogens", "氨氧化菌或产甲烷菌"},
    {"nitrite oxidizers", "亚硝酸盐氧化菌"},
    {"anammox organisms", "厌氧氨氧化菌"},
};

typedef struct hole {
    const char *at;
    size_t      length;
} hole;

/* Does the message have the form? Each hole ends where what follows it first stands; the last one, where the rest is the end. */
static bool fits(const char *form, const char *message, hole *holes)
{
    size_t n = 0;
    while (*form != '\0') {
        if (*form != '*') {
            if (*form++ != *message++)
                return false;
            continue;
        }
        size_t      length = strcspn(++form, "*");
        bool        last   = form[length] == '\0';
        const char *end    = message;
        for (; *end != '\0' || length == 0; end++) {
            bool here = strncmp(end, form, length) == 0;
            if (here && (last ? end[length] == '\0' : end > message))
                break;
            if (*end == '\0')
                return false;
        }
        if (n == HOLES || end == message || (*end == '\0' && length > 0))
            return false;
        holes[n++] = (hole){message, (size_t)(end - message)};
        message    = end;
    }
    return *message == '\0';
}

static const char *told(const char *message, park_arena *arena, int depth)
{
    for (size_t i = 0; depth < DEEPEST && i < sizeof FORMS / sizeof *FORMS; i++) {
        hole holes[HOLES] = {{NULL, 0}};
        if (!fits(FORMS[i].en, message, holes))
            continue;
        park_text text;
        park_text_init(&text, arena);
        for (const char *c = FORMS[i].zh; *c != '\0'; c++) {
            bool sign = (*c == '%' || *c == '&') && c[1] >= '1' && c[1] <= '0' + HOLES;
            if (!sign) {
                park_text_printf(&text, "%c", *c);
                continue;
            }
            const hole *h    = &holes[c[1] - '1'];
            const char *part = park_arena_printf(arena, "%.*s", (int)h->length, h->at);
            const char *own  = *c == '&' && part != NULL ? told(part, arena, depth + 1) : NULL;
            if (part == NULL)
                return NULL;
            park_text_printf(&text, "%s", own != NULL ? own : part);
            c++;
        }
        return park_text_done(&text);
    }
    return NULL;
}

const char *park_march_zh(const char *message, park_arena *arena)
{
    return told(message, arena, 0);
}
