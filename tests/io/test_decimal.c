/* Nine significant digits, the same bytes as printf's. */
#include "check.h"
#include "decimal.h"

#include <stdint.h>

static void same_as_printf(double value)
{
    char got[PARK_DECIMAL_MOST + 1], want[64];
    got[park_decimal_write(value, got)] = '\0';
    snprintf(want, sizeof want, "%.9g", value);
    CHECK_TEXT(got, want);
}

static void plain_numbers(void)
{
    static const double VALUES[] = {1.0,
                                    -1.0,
                                    0.1,
                                    1e-4,
                                    9.9999999949e-5,
                                    1e9,
                                    1e8,
                                    123456789.0,
                                    999999999.4,
                                    999999999.6,
                                    12345.6789012,
                                    0.00012345678912,
                                    3600.0,
                                    86400.0,
                                    1.0 / 3.0,
                                    2.0 / 3.0,
                                    1e15,
                                    1e22,
                                    1e23,
                                    1e-7,
                                    6.02e23,
                                    1.5e300,
                                    2.5e-308,
                                    -7.25,
                                    100.0,
                                    1000000.0,
                                    99999.99995,
                                    0.5,
                                    5e-324,
                                    0.000099999999996};
    for (size_t i = 0; i < sizeof VALUES / sizeof VALUES[0]; i++)
        same_as_printf(VALUES[i]);
}

/* Numbers in the middle between two nine-digit ones, where a quick way could round the wrong way. */
static void ties(void)
{
    for (int i = 0; i < 1000; i++) {
        same_as_printf(1.000000005 + i * 1e-8);
        same_as_printf((100000000.5 + i) * 1.0);
        same_as_printf((100000000.5 + i) / 1024.0);
    }
}

static void a_million_of_all_sizes(void)
{
    uint64_t word = 88172645463325252u;
    for (int i = 0; i < 1000000; i++) {
        word ^= word << 13;
        word ^= word >> 7;
        word ^= word << 17;
        double share = (double)(word >> 11) / 9007199254740992.0,
               value = ldexp(share, (int)(word % 120) - 60);
        char got[PARK_DECIMAL_MOST + 1], want[64];
        got[park_decimal_write(value, got)] = '\0';
        snprintf(want, sizeof want, "%.9g", value);
        if (strcmp(got, want) != 0)
            CHECK_TEXT(got, want);
    }
}

static void what_is_no_number(void)
{
    char got[PARK_DECIMAL_MOST + 1];
    CHECK(park_decimal_write(NAN, got) == 0);
    got[park_decimal_write(-0.0, got)] = '\0';
    CHECK_TEXT(got, "0");
    same_as_printf(INFINITY);
    same_as_printf(-INFINITY);
}

int main(void)
{
    RUN(plain_numbers);
    RUN(ties);
    RUN(a_million_of_all_sizes);
    RUN(what_is_no_number);
    return park_test_done();
}
