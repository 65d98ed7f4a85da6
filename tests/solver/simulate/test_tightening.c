/* Throttles that go on and on, against the limit of the sequence by hand. */
#include "simulate/tightening.h"

#include "check.h"

#include <math.h>

static const double NOTICED = 1e-9;

/* What a treatment gets that may take x: fixed points by hand are stated beside each. */
typedef double feed(double x);

/* Throttled until it gets what it may take; returns that, and how often it was throttled. */
static double rest(feed *got_of, double x, bool led, int *throttles)
{
    park_tightening t = {.off = !led};
    for (*throttles = 0; *throttles < 1000; ++*throttles) {
        double got  = got_of(x);
        double next = got < x * (1.0 - NOTICED) ? park_tightening_next(&t, got) : park_tightening_back(&t, x);
        if (next == x)
            break;
        x = next;
    }
    return x;
}

/* x = 0.2 80 + 0.8 x rests at 80. */
static double straight(double x)
{
    return 16.0 + 0.8 * x;
}

/* x = 80 + x (x - 80)/(2 x - 60): (x - 80)(x - 60) = 0, so from above it rests at 80; the slope there is 80/100, and less above. */
static double bent(double x)
{
    return 80.0 + x * (x - 80.0) / (2.0 * x - 60.0);
}

/* The straight one, until at 120 a river helps: whoever may take 110 gets it. */
static double helped(double x)
{
    return x <= 110.0 ? x : 16.0 + 0.8 * x;
}

/* By single throttles x - 80 falls by 0.8: 500 to 80e-9 takes log(420/80e-9 0.2)/log(1.25) = 93. */
static void what_is_led_comes_to_the_same_rest_sooner(void)
{
    int    led, single;
    double x = rest(straight, 500.0, true, &led), y = rest(straight, 500.0, false, &single);
    CHECK_CLOSE(x, 80.0, 80.0 * 1e-8);
    CHECK_CLOSE(y, 80.0, 80.0 * 1e-8);
    CHECK(led <= 20 && single > 80);
    x = rest(bent, 500.0, true, &led), y = rest(bent, 500.0, false, &single);
    CHECK_CLOSE(x, 80.0, 80.0 * 1e-8);
    CHECK_CLOSE(y, 80.0, 80.0 * 1e-8);
    CHECK(led <= 40 && single > 60);
}

/* 500, 416, 348.8, 295.04 ... tend to 80, but from 110 downwards there is enough: it must not end below what single throttles find,
 * 16 + 0.8 x of the last x above 110. */
static void who_is_led_too_far_goes_back(void)
{
    int    led, single;
    double x = rest(helped, 500.0, true, &led), y = rest(helped, 500.0, false, &single);
    CHECK(y > 100.0 && y <= 110.0);
    CHECK_CLOSE(x, y, 0.2 * 110.0);
    CHECK(x > 100.0);
}

/* Each ratio of its own, throttles that grow, nothing at all: what was got is what may be taken. */
static void what_has_no_ratio_is_not_led(void)
{
    static const double GOT[] = {100.0, 90.0, 50.0, 49.0, 20.0, 19.0, 10.0, 0.0, 0.0, 0.0, 0.0};
    park_tightening     t     = {0};
    for (size_t i = 0; i < sizeof GOT / sizeof *GOT; i++)
        CHECK(park_tightening_next(&t, GOT[i]) == GOT[i]);
    CHECK(park_tightening_back(&t, 7.0) == 7.0 && !t.off);
}

int main(void)
{
    RUN(what_is_led_comes_to_the_same_rest_sooner);
    RUN(who_is_led_too_far_goes_back);
    RUN(what_has_no_ratio_is_not_led);
    return park_test_done();
}
