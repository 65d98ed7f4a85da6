/*
 * batch_crew.h - the hands of one rank: processes forked, talked to by pipes, replaced when they die.
 * Looks down on: batch_hand.
 */
#ifndef PARK_JOBS_BATCH_CREW_H
#define PARK_JOBS_BATCH_CREW_H

#include "jobs/batch_hand.h"

typedef struct park_crew park_crew;

/**
 * Fork `count` hands, numbered from `first` on.
 * @param in_child  called in each new process before it works, to let go of what is not its own; may be NULL
 * @return PARK_OK; PARK_E_FILE when pipes or processes cannot be made; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_crew_start(park_arena *arena, const park_hand_task *task, size_t count,
                                            int32_t first, void (*in_child)(void *user), void *user,
                                            park_crew **crew, park_error *err);
/* To the hand that order.hand names. A hand that died meanwhile does not get it: its end is reported by park_crew_listen. */
void park_crew_order(park_crew *crew, const park_hand_order *order);
/* The next report within that time; false when none came. A dead hand is replaced, then reported as DIED. */
bool park_crew_listen(park_crew *crew, int milliseconds, park_hand_report *report);
/* End a hand at once; DIED follows. */
void park_crew_kill(park_crew *crew, int32_t hand);
/* No more orders: hands write what they have and end; `now`: they give up what they are at. Reports that still come are handed to
 * `heard` (may be NULL). */
void park_crew_end(park_crew *crew, bool now, void (*heard)(void *user, const park_hand_report *report),
                   void *user);

#endif
