#include <parkwater/status.h>

#include "check.h"

static void every_status_has_a_name_and_two_sentences(void)
{
#define CHECK_STATUS(status, value, en, zh)                                                                  \
    CHECK(status == value);                                                                                  \
    CHECK_TEXT(park_status_name(status), #status);                                                           \
    CHECK_TEXT(park_status_sentence(status), en);                                                            \
    CHECK_TEXT(park_status_sentence_zh(status), zh);                                                         \
    CHECK(strcmp(en, zh) != 0);
    PARK_STATUS_LIST(CHECK_STATUS)
    CHECK_TEXT(park_status_name((park_status)999), "PARK_E_UNKNOWN");
    CHECK_TEXT(park_status_sentence((park_status)999), "unknown status");
    CHECK_TEXT(park_status_sentence_zh((park_status)999), "未知状态");
}

static park_status recovery(double value, park_error *err)
{
    if (!(value > 0.0 && value < 1.0))
        return PARK_FAIL(err, PARK_E_RANGE, "recovery of %s is %g; it must lie in (0, 1)", "ro_1", value);
    return PARK_OK;
}

static park_status through(double value, park_error *err)
{
    PARK_TRY(recovery(value, err));
    return PARK_OK;
}

static void a_failure_is_recorded_and_passed_up(void)
{
    park_error err = {0};
    CHECK(through(0.75, &err) == PARK_OK && err.message[0] == '\0');
    CHECK(through(1.2, &err) == PARK_E_RANGE && err.status == PARK_E_RANGE);
    CHECK_TEXT(err.message, "recovery of ro_1 is 1.2; it must lie in (0, 1)");
    CHECK(strstr(err.file, "test_status.c") != NULL && err.line > 0 && err.place[0] == '\0');
    CHECK(through(NAN, NULL) == PARK_E_RANGE); /* nobody listens: the status still comes */
}

static void the_first_place_stays(void)
{
    park_error err = {0};
    CHECK(recovery(2.0, &err) == PARK_E_RANGE);
    CHECK(park_error_at(&err, "treatments.ro_1") == PARK_E_RANGE);
    CHECK(park_error_at(&err, "treatments") == PARK_E_RANGE);
    CHECK_TEXT(err.place, "treatments.ro_1");
    CHECK(park_error_at(NULL, "anywhere") == PARK_E_INTERNAL);
    CHECK(recovery(3.0, &err) == PARK_E_RANGE && err.place[0] == '\0'); /* a new failure, a new place */
}

static void long_messages_are_cut_not_overrun(void)
{
    park_error err = {0};
    char       text[2000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    CHECK(PARK_FAIL(&err, PARK_E_INPUT, "%s", text) == PARK_E_INPUT);
    CHECK(strlen(err.message) == sizeof err.message - 1);
    CHECK(park_error_at(&err, text) == PARK_E_INPUT && strlen(err.place) == sizeof err.place - 1);
}

int main(void)
{
    RUN(every_status_has_a_name_and_two_sentences);
    RUN(a_failure_is_recorded_and_passed_up);
    RUN(the_first_place_stays);
    RUN(long_messages_are_cut_not_overrun);
    return park_test_done();
}
