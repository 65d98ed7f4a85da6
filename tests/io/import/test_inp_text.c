#include "inp_fixture.h"

static void sections_and_words_are_known_by_their_start_in_any_case_and_order(void)
{
    inp_fixture f = inp_given(
        "[opti]\nunit lps\nHEADLOSS d-w\n[Pipe]\nP\tR J 1000 300 0.1 cv;main\n[TANK]\n[reserv]\r\n R 50\r\n"
        "[JUNC]\n; a comment\n\nJ 10 5 ; tap\n[EnD]\n[JUNCTIONS]\n late 1\n");
    CHECK(f.status == PARK_OK && f.findings.count == 0);
    CHECK(f.net->node.count == 2 && f.net->link.count == 1);
    CHECK(f.net->link.kind[0] == PARK_NET_CHECK_PIPE && f.net->option.headloss == PARK_NET_DARCY_WEISBACH);
    CHECK_CLOSE(f.net->link.roughness[0], 1e-4, 1e-18);
    CHECK_TEXT(f.net->link.comment[0], "main");
    CHECK_TEXT(f.net->node.comment[inp_node_named(&f, "J")], "tap");
    inp_done(&f);
}

static void ids_differ_by_case_and_may_be_chinese_or_quoted(void)
{
    inp_fixture f = inp_given(
        "\xEF\xBB\xBF[JUNCTIONS]\n j1 1\n J1 2\n 水厂 3\n \"old mill\" 4\n[RESERVOIRS]\n R 50\n[PIPES]\n"
        " a R j1 1 1 1\n A j1 J1 1 1 1\n b J1 水厂 1 1 1\n c 水厂 \"old mill\" 1 1 1\n");
    CHECK(f.status == PARK_OK && f.net->node.count == 5 && f.net->link.count == 4);
    CHECK(inp_node_named(&f, "j1") == 0 && inp_node_named(&f, "J1") == 1);
    CHECK(f.net->link.to[2] == inp_node_named(&f, "水厂") &&
          f.net->link.to[3] == inp_node_named(&f, "old mill"));
    inp_done(&f);
    f = inp_given("[JUNCTIONS]\n \xCB\xAE\xB3\xA7 3\n[RESERVOIRS]\n R 50\n[PIPES]\n a R \xCB\xAE\xB3\xA7 1 1 "
                  "1\n"); /* GBK */
    CHECK(f.status == PARK_OK && inp_node_named(&f, "水厂") == 0);
    inp_done(&f);
}

static void a_mistake_is_placed_by_line_and_column_and_shown(void)
{
    inp_fixture         f  = inp_given(INP_LEAST "[EMITTERS]\n 水 J  x1\n J 12O\n");
    const park_finding *at = inp_finding(&f, PARK_E0604, 11);
    CHECK(f.status == PARK_E_INPUT && at != NULL);
    if (at != NULL) {
        CHECK(at->column == 4 && at->length == 3);
        CHECK_TEXT(at->source, " J 12O");
        CHECK_TEXT(at->file, "net.inp");
    }
    at = inp_finding(&f, PARK_E0607, 10); /* both lines are told at once */
    CHECK(at != NULL && at->column == 2 && at->length == 1 && strstr(at->en, "水") != NULL &&
          strstr(at->zh, "水") != NULL);
    inp_done(&f);
}

static void what_is_misspelt_is_told_with_what_was_likely_meant(void)
{
    inp_fixture f = inp_given(INP_LEAST "[VAVLES]\n V J R 300 PRV 5\n");
    CHECK(f.status == PARK_E_INPUT && strstr(inp_finding(&f, PARK_E0601, 9)->en, "[VALVES]") != NULL);
    inp_done(&f);
    f = inp_given(INP_LEAST "[CALIBRATION]\n x y z\n");
    CHECK(f.status == PARK_OK && inp_finding(&f, PARK_W0602, 9) != NULL);
    inp_done(&f);
    f = inp_given(INP_LEAST " ACURACY 0.01\n DEAMND MULTIPLIER 2\n SKY blue\n");
    CHECK(strstr(inp_finding(&f, PARK_E0606, 9)->en, "ACCURACY") != NULL);
    CHECK(strstr(inp_finding(&f, PARK_E0606, 10)->en, "DEMAND") != NULL);
    CHECK(inp_finding(&f, PARK_W0616, 11) != NULL);
    inp_done(&f);
    f = inp_given("stray words\nmore\n" INP_LEAST);
    CHECK(f.status == PARK_OK && f.findings.count == 1 && inp_finding(&f, PARK_W0616, 1) != NULL);
    inp_done(&f);
}

static void numbers_are_decimal_and_finite(void)
{
    static const char *const BAD[] = {"0x10", "inf", "nan", "1e999", "1,5", "--1", "1e", ".", "5m"};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        char text[64];
        snprintf(text, sizeof text, "[JUNCTIONS]\n J %s\n", BAD[i]);
        inp_refused(text, PARK_E0604, 2, 4);
    }
    inp_fixture f = inp_given(INP_LEAST "[EMITTERS]\n J +1.5E-1\n");
    CHECK(f.status == PARK_OK && f.net->node.emitter[0] > 0.0);
    inp_done(&f);
}

static double clock(const char *words)
{
    char text[512];
    snprintf(text, sizeof text, INP_LEAST "[CONTROLS]\n LINK P CLOSED AT TIME %s\n", words);
    inp_fixture f     = inp_given(text);
    double      value = f.status == PARK_OK && f.net->controls == 1 ? f.net->control[0].value : -1.0;
    inp_done(&f);
    return value;
}

static void times_come_in_many_forms(void)
{
    CHECK(clock("6") == 21600.0 && clock("6.5") == 23400.0 && clock("6:30") == 23400.0 &&
          clock("6:30:15") == 23415.0);
    CHECK(clock("6:30 PM") == 66600.0 && clock("6 am") == 21600.0 && clock("12 AM") == 0.0 &&
          clock("12:30 PM") == 45000.0);
    CHECK(clock("90 MIN") == 5400.0 && clock("90 SECONDS") == 90.0 && clock("2 DAYS") == 172800.0 &&
          clock("3 Hours") == 10800.0);
    CHECK(clock("13 PM") == -1.0 && clock("6:") == -1.0 && clock("1:2:3:4") == -1.0 && clock("soon") == -1.0);
    CHECK(clock("-1") == -1.0 && clock("6:30 MIN") == -1.0 && clock("1e12") == -1.0);
}

static void bytes_that_are_no_text_are_refused(void)
{
    static const char NUL[] = INP_LEAST "[TITLE]\nab\0cd\n";
    inp_fixture       f     = inp_given_bytes(NUL, sizeof NUL - 1);
    CHECK(f.status == PARK_E_INPUT && inp_finding(&f, PARK_E0103, 0) != NULL);
    inp_done(&f);
    f = inp_given_bytes("\xFF\xFE\x00\xD8", 4);
    CHECK(f.status == PARK_E_INPUT);
    inp_done(&f);
}

int main(void)
{
    RUN(sections_and_words_are_known_by_their_start_in_any_case_and_order);
    RUN(ids_differ_by_case_and_may_be_chinese_or_quoted);
    RUN(a_mistake_is_placed_by_line_and_column_and_shown);
    RUN(what_is_misspelt_is_told_with_what_was_likely_meant);
    RUN(numbers_are_decimal_and_finite);
    RUN(times_come_in_many_forms);
    RUN(bytes_that_are_no_text_are_refused);
    return park_test_done();
}
