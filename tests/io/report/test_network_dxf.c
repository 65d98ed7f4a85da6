#include "report/network_dxf.h"

#include "check.h"
#include "inp_fixture.h"

static const char NET[] =
    "[JUNCTIONS]\nJ1 10 5\nJ2 8 3\nJ3 8 0\n[RESERVOIRS]\nR1 50\n[TANKS]\nT1 40 2 0 5 10 0\n"
    "[PIPES]\nP1 R1 J1 500 300 100 0 Open\nP2 J1 J2 400 200 100 0 CV\nP3 J2 T1 300 150 100 0 Closed\n"
    "P4 J1 J3 10 150 100 0 Open\n[PUMPS]\nU1 R1 J2 POWER 5\n[VALVES]\nV1 J1 T1 250 PRV 30\n"
    "[COORDINATES]\nR1 0 0\nJ1 100 0\nJ2 100 50\nT1 200 50\n[VERTICES]\nP1 40 20\nP1 60 20\n"
    "[OPTIONS]\nUnits LPS\nHeadloss H-W\n[END]\n";

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (; (text = strstr(text, what)) != NULL; text += strlen(what))
        n++;
    return n;
}

static const char *drawing(const park_dxf_network *net, size_t networks, size_t *left_out)
{
    park_text out;
    park_text_init(&out, net->net->node.names.arena);
    CHECK(park_network_dxf(net, networks, &out, left_out, NULL) == PARK_OK);
    return park_text_done(&out);
}

static void every_link_and_node_is_drawn(void)
{
    inp_fixture f        = inp_given(NET);
    const char *unit[5]  = {"\u67d3\u8272\U0001F600"};
    size_t      left_out = 9;
    const char *text = drawing(&(park_dxf_network){.id = "fresh", .net = f.net, .unit = unit}, 1, &left_out);
    CHECK(strncmp(text,
                  "0\r\nSECTION\r\n2\r\nHEADER\r\n9\r\n$ACADVER\r\n1\r\nAC1009\r\n9\r\n$"
                  "DWGCODEPAGE\r\n3\r\nANSI_936",
                  70) == 0);
    CHECK(strcmp(text + strlen(text) - 16, "ENDSEC\r\n0\r\nEOF\r\n") == 0 ||
          strstr(text, "0\r\nEOF\r\n") != NULL);
    CHECK(left_out == 2); /* J3 and the pipe to it have no place */
    CHECK(count(text, "0\r\nPOLYLINE\r\n8\r\nFRESH-") == 5);
    CHECK(count(text, "0\r\nVERTEX\r\n8\r\nFRESH-PIPE\r\n") == 2 + 2 + 2); /* P1 with two bends, P3 */
    CHECK(strstr(text, "10\r\n40\r\n20\r\n20\r\n") != NULL);
    CHECK(count(text, "0\r\nINSERT\r\n") == 4 + 2); /* nodes, pump and valve */
    CHECK(count(text, "6\r\nDASHED\r\n") == 1);     /* the closed pipe */
    CHECK(count(text, "\r\n1\r\nDN300\r\n") == 1 && count(text, "\r\n1\r\nDN250\r\n") == 1);
    CHECK(strstr(text, "\r\n1\r\n\xC8\xBE\xC9\xAB\\U+F600\r\n") !=
          NULL); /* GBK; a letter beyond it escaped */
    CHECK(count(text, "0\r\nSECTION") == 4 && count(text, "0\r\nENDSEC") == 4);
    inp_done(&f);
}

/* The map is 200 wide: letters are 200 / 60 = 3.33 high, names of ten figures 1.2 x 3.33 x 5.7 = 22.8 wide. J1's stands right above
 * it at 102, J2's would stand at 105 and goes left of its node, 103 - 2 - 22.8; J3's, between both, goes 2.6 letters below. */
static void names_of_units_give_way(void)
{
    static const char NEAR[] =
        "[JUNCTIONS]\nJ1 10 5\nJ2 8 3\nJ3 8 0\nJ4 8 0\n[RESERVOIRS]\nR1 50\n[PIPES]\nP1 R1 J1 500 300 100 0 "
        "Open\n"
        "P2 J1 J2 4 200 100 0 Open\nP3 J2 J3 3 150 100 0 Open\nP4 J3 J4 90 150 100 0 Open\n[COORDINATES]\n"
        "R1 200 0\nJ1 100 0\nJ2 103 1\nJ3 102.5 0.5\nJ4 0 0\n[OPTIONS]\nUnits LPS\nHeadloss H-W\n[END]\n";
    inp_fixture f       = inp_given(NEAR);
    const char *unit[5] = {"1111111111", "2222222222", "3333333333"};
    size_t      left_out;
    const char *text = drawing(&(park_dxf_network){.id = "n", .net = f.net, .unit = unit}, 1, &left_out);
    CHECK(strstr(text, "10\r\n102\r\n20\r\n2\r\n") != NULL);
    CHECK(strstr(text, "10\r\n78.2\r\n20\r\n3\r\n") != NULL);
    CHECK(strstr(text, "10\r\n104.5\r\n20\r\n-8.1666666") != NULL);
    inp_done(&f);
}

/* Codes and values alternate, codes are numbers: what any reader of DXF relies on. */
static void pairs_alternate(void)
{
    inp_fixture f = inp_given(NET);
    size_t      left_out, lines = 0;
    const char *text    = drawing(&(park_dxf_network){.id = "\u6e05\u6c34", .net = f.net}, 1, &left_out);
    bool        numbers = true;
    for (const char *at = text; *at != '\0'; lines++) {
        const char *end = strstr(at, "\r\n");
        if (lines % 2 == 0)
            numbers &= end != NULL && (size_t)(end - at) == strspn(at, "0123456789");
        at = end != NULL ? end + 2 : at + strlen(at);
    }
    CHECK(numbers && lines % 2 == 0 && lines > 300);
    CHECK(strstr(text, "8\r\nNET1-PIPE") != NULL); /* layers are plain */
    inp_done(&f);
}

static void two_networks_have_their_own_layers(void)
{
    inp_fixture      f = inp_given(NET);
    size_t           left_out;
    park_dxf_network both[2] = {{.id = "a", .net = f.net}, {.id = "b", .net = f.net}};
    const char      *text    = drawing(both, 2, &left_out);
    CHECK(count(text, "0\r\nLAYER\r\n") == 20 && left_out == 4);
    CHECK(strstr(text, "8\r\nA-PIPE") != NULL && strstr(text, "8\r\nB-PIPE") != NULL);
    inp_done(&f);
}

static void nothing_placed_is_told(void)
{
    inp_fixture f = inp_given("[JUNCTIONS]\nJ1 1 1\n[RESERVOIRS]\nR1 9\n[PIPES]\nP R1 J1 9 100 100\n[END]\n");
    park_text   out;
    size_t      left_out;
    park_text_init(&out, f.net->node.names.arena);
    CHECK(park_network_dxf(&(park_dxf_network){.id = "a", .net = f.net}, 1, &out, &left_out, NULL) ==
          PARK_E_INPUT);
    inp_done(&f);
}

int main(void)
{
    RUN(every_link_and_node_is_drawn);
    RUN(names_of_units_give_way);
    RUN(pairs_alternate);
    RUN(two_networks_have_their_own_layers);
    RUN(nothing_placed_is_told);
    return park_test_done();
}
