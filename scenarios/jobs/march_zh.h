/* march_zh.h - failures of a march in Chinese, form by form. */
#ifndef PARK_JOBS_MARCH_ZH_H
#define PARK_JOBS_MARCH_ZH_H

#include "base/arena.h"

/* The Chinese sentence of an English one that the simulation says; NULL where it is none of its forms. What stands in the places of
 * numbers, names and times is kept, sentences within a sentence are told in Chinese, too. */
const char *park_march_zh(const char *message, park_arena *arena);

#endif
