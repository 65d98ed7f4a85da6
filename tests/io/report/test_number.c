#include "report/number.h"
#include "check.h"

static void is(double value, int decimals, const char *want)
{
    char text[400];
    park_number_print(value, decimals, text, sizeof text);
    CHECK_TEXT(text, want);
}

/* GB/T 8170-2008, clause 3.2: the examples of a tie go to the even digit. */
static void ties_go_to_the_even_digit(void)
{
    is(2.345, 2, "2.34");
    is(2.355, 2, "2.36");
    is(0.5, 0, "0");
    is(1.5, 0, "2");
    is(2.5, 0, "2");
    is(-3.5, 0, "-4");
    is(12.1498, 1, "12.1");
    is(10.5002, 0, "11");
    is(1.050, 1, "1.0");
    is(0.35, 1, "0.4");
}

static void carries_run_through(void)
{
    is(99.996, 2, "100.00");
    is(0.9996, 3, "1.000");
    is(9.5, 0, "10");
    is(0.0999, 2, "0.10");
    is(0.96, 0, "1");
    is(0.06, 1, "0.1");
    is(0.04, 1, "0.0");
}

static void plain_forms(void)
{
    is(0.0, 2, "0.00");
    is(-0.0, 2, "0.00");
    is(-0.001, 2, "0.00");
    is(1234567.0, 0, "1234567");
    is(1e15, 0, "1000000000000000");
    is(123.0, 3, "123.000");
    is(0.000123, 5, "0.00012");
    is(1e-9, 4, "0.0000");
    is(NAN, 2, "");
    is(INFINITY, 2, "");
}

/* Away from ties the C library rounds the same way. */
static void agrees_with_the_library_elsewhere(void)
{
    for (int i = 1; i < 4000; i++) {
        double value = i * 0.7310585786300049 * (i % 2 ? 1.0 : -1.0);
        char   want[64];
        snprintf(want, sizeof want, "%.3f", value);
        is(value, 3, want);
    }
}

int main(void)
{
    RUN(ties_go_to_the_even_digit);
    RUN(carries_run_through);
    RUN(plain_forms);
    RUN(agrees_with_the_library_elsewhere);
    return park_test_done();
}
