/*
 * random_day.h - random networks through a day, as the text of an INP file.
 */
#ifndef PARK_TESTS_RANDOM_DAY_H
#define PARK_TESTS_RANDOM_DAY_H

#include "base/random.h"
#include "base/text.h"

/* A grid of side x side junctions on a hill; a reservoir with a pump at one corner; tanks, emitters, a check valve, a control
 * on a level, a rule, a pattern of a day; chlorine that decays. */
static inline const char *random_day(park_arena *arena, uint64_t seed)
{
    park_random random = park_random_start(seed, 7, 0);
    int         side = 3 + (int)(park_random_uniform(&random) * 5.0), tanks = 1 + (int)(seed % 3);
    park_text   text;
    park_text_init(&text, arena);
    park_text_add(&text, "[JUNCTIONS]\n");
    for (int i = 0; i < side * side; i++)
        park_text_printf(&text, "J%d %.3f %.4f DAY\n", i, 20.0 * park_random_uniform(&random),
                         park_random_uniform(&random) < 0.7 ? 3.0 * park_random_uniform(&random) : 0.0);
    park_text_add(&text, "[RESERVOIRS]\nR 20\n[TANKS]\n");
    for (int t = 0; t < tanks; t++)
        park_text_printf(&text, "T%d %.2f %.2f 0.5 %.2f %.2f 0%s\n", t, 40.0 + 4.0 * t, 1.0 + t,
                         3.0 + 2.0 * t, 4.0 + 10.0 * park_random_uniform(&random), t == 2 ? " * YES" : "");
    park_text_add(&text, "[PIPES]\n");
    for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++)
            for (int along = 0; along < 2; along++) {
                int to = along ? i * side + j + 1 : (i + 1) * side + j;
                if ((along ? j : i) + 1 < side)
                    park_text_printf(&text, "P%d_%d_%d J%d J%d %.1f %.0f %.0f 0 Open\n", i, j, along,
                                     i * side + j, to, 100.0 + 900.0 * park_random_uniform(&random),
                                     100.0 + 250.0 * park_random_uniform(&random),
                                     80.0 + 60.0 * park_random_uniform(&random));
            }
    for (int t = 0; t < tanks; t++)
        park_text_printf(&text, "PT%d J%d T%d 200 250 110 0 Open\n", t, side * side - 1 - t * 2, t);
    park_text_printf(&text, "PC R J%d 1000 100 100 0 CV\n", side - 1);
    park_text_add(&text, "[PUMPS]\nU R J0 HEAD C\n[CURVES]\nC 60 35\n[EMITTERS]\nJ1 0.1\n[LEAKAGE]\nP0_0_0 "
                         "1.5 0.1\n[PATTERNS]\nDAY");
    for (int h = 0; h < 12; h++)
        park_text_printf(&text, " %.3f", 0.4 + 1.2 * park_random_uniform(&random));
    park_text_add(&text,
                  "\n[CONTROLS]\nLINK U CLOSED IF NODE T0 ABOVE 2.8\nLINK U OPEN IF NODE T0 BELOW 1.5\n"
                  "[RULES]\nRULE night\nIF SYSTEM CLOCKTIME >= 2 AM\nAND TANK T0 LEVEL > 2\nTHEN PUMP U "
                  "SETTING IS 0.95\n"
                  "PRIORITY 1\n[QUALITY]\nR 0.5\n[REACTIONS]\nGLOBAL BULK -0.5\n"
                  "[OPTIONS]\nUNITS LPS\nHEADLOSS H-W\nQUALITY CHLORINE mg/L\nUNBALANCED CONTINUE 10\n"
                  "[TIMES]\nDURATION 24\nPATTERN TIMESTEP 2:00\nQUALITY TIMESTEP 0:05\n[END]\n");
    return park_text_done(&text);
}

#endif
