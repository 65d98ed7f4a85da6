/* A park bound to a pipe network. */
#include "load_text.h"

#include "check.h"

static const char INP[] = "[JUNCTIONS]\n J1 10 5\n J2 11 3\n[RESERVOIRS]\n R 50\n[PIPES]\n P R J1 1000 300 "
                          "130\n Q J1 J2 100 200 130\n";

#define PARK                                                                                                 \
    "parkwater: 1\nperiod: steady\nconstituents: []\nsources: {river: {kind: surface}}\n"                    \
    "users: {wash: {kind: process, demand: 10 m3/h}, dye: {kind: process, demand: 5 m3/h}}\nsinks: {sewer: " \
    "{kind: sewer}}\n"                                                                                       \
    "connections: {existing: {a: [river, wash], b: [river, dye], c: [wash, sewer], d: [dye, sewer]}}\n"

static loaded_text load_with(const char *network)
{
    char text[2048];
    (void)test_file("bound.inp", INP, sizeof INP - 1);
    snprintf(text, sizeof text, "%s%s", PARK, network);
    return load_text(text);
}

static void units_are_bound_to_nodes(void)
{
    loaded_text t = load_with("network: {fresh: {inp: bound.inp, carries: [a, b], bind: {river: R, wash: J2, "
                              "dye: {J1: 60 %, J2: 0.4}}, "
                              "min_pressure: 15 m}}\n");
    CHECK(t.status == PARK_OK && t.findings.errors == 0 && found(&t, PARK_W0902, 0) == NULL);
    CHECK(t.loaded.networks == 1);
    if (t.loaded.networks == 1) {
        const park_bound_network *n = &t.loaded.network[0];
        CHECK_TEXT(n->id, "fresh");
        CHECK(n->net->node.count == 3 && n->carried == 2 && n->min_pressure == 15.0 && n->binds == 4);
        CHECK_TEXT(n->carries[1], "b");
        CHECK_TEXT(n->bind[2].unit, "dye");
        CHECK(n->bind[0].node == 2 && n->bind[0].share == 1.0 && n->bind[2].node == 0 &&
              n->bind[2].share == 0.6);
    }
    CHECK(t.loaded.model != NULL);
    bool kept = false; /* the network is a file of the run's provenance */
    for (size_t i = 0; i < t.loaded.files; i++)
        kept = kept || strstr(t.loaded.file[i].path, "bound.inp") != NULL;
    CHECK(kept);
    done(&t);
}

static void leakage_and_failures_are_read(void)
{
    loaded_text t = load_with(
        "network: {fresh: {inp: bound.inp, leakage: {favad: {flow: 12 m3/km/d, growing: 25 %}}}}\n"
        "failures: {blaze: {fire: fresh.J2, flow: 30 L/s, for: 2 h}, hole: {burst: fresh.Q, diameter: 80 mm, "
        "from: 2025-07-10, for: 1 h}}\n");
    CHECK(t.status == PARK_OK && t.loaded.networks == 1);
    if (t.loaded.networks == 1) {
        const park_bound_network *n = &t.loaded.network[0];
        CHECK_CLOSE(n->leak.flow, 12.0 / 1000.0 / 86400.0, 1e-15);
        CHECK(n->leak.at == 30.0 && n->leak.growing == 0.25 && isnan(n->min_pressure));
        CHECK(n->failures == 2);
        CHECK_TEXT(n->failure[0].id, "blaze");
        CHECK(n->failure[0].kind == PARK_NETWORK_FIRE && n->failure[0].node == 1 &&
              n->failure[0].seconds == 7200.0 && n->failure[0].from == INT64_MIN);
        CHECK_CLOSE(n->failure[0].flow, 0.03, 1e-12);
        CHECK(n->failure[1].kind == PARK_NETWORK_BURST && n->failure[1].link == 1);
        CHECK(n->failure[1].from ==
              1752076800); /* 2025-07-10 in the park's time, 16:00 of the day before in UTC */
        CHECK_CLOSE(n->failure[1].diameter, 0.08, 1e-12);
        CHECK(t.loaded.model != NULL && t.loaded.model->failures == 0);
    }
    done(&t);
}

static void refused(const char *network, park_code code)
{
    loaded_text t  = load_with(network);
    bool        ok = t.status == PARK_E_INPUT && found(&t, code, 0) != NULL;
    CHECK(ok);
    if (!ok) {
        fprintf(stderr, "%s", network);
        show(&t);
    }
    done(&t);
}

static void mistakes_of_networks(void)
{
    refused("perjod: steady\nnetwork: {fresh: {inp: bound.inp, bind: {wash: J9}}}\n",
            PARK_E0607); /* one more, whatever else is wrong */
    refused("network: {f: {inp: gone.inp}}\n", PARK_E0121);
    refused("network: {f: {inp: folder/gone.inp}}\n", PARK_E0121);
    refused("network: {f: {inp: ../gone.inp}}\n", PARK_E0122); /* outside, though nothing is there */
    refused("network: {f: {inp: folder/../../gone.inp}}\n", PARK_E0122);
    refused("network: {f: {inp: /gone/gone.inp}}\n", PARK_E0122);
    refused("network: {f: {inp: bound.inp, bind: {lake: R}}}\n", PARK_E0316);
    refused("network: {f: {inp: bound.inp, bind: {river: R9}}}\n", PARK_E0607);
    refused("network: {f: {inp: bound.inp, bind: {wash: {J1: 60 %, J9: 40 %}}}}\n", PARK_E0607);
    refused("network: {f: {inp: bound.inp, bind: {wash: {J1: 60 %, J2: 50 %}}}}\n", PARK_E0303);
    refused("network: {f: {inp: bound.inp, bind: {wash: [J1]}}}\n", PARK_E0301);
    refused("network: {f: {inp: bound.inp, carries: [a, z]}}\n", PARK_E0316);
    refused("network: {f: {inp: bound.inp, leakage: {favad: 1}}}\n", PARK_E0301);
    refused("network: {f: {inp: bound.inp, leakage: {favad: {flow: 1 m3/km/d, growing: 2}}}}\n", PARK_E0208);
    refused("network: {f: {bind: {river: R}}}\n", PARK_E0302);
    (void)test_file("broken.inp", "[JUNCTIONS]\n J one\n", 19);
    refused("network: {f: {inp: broken.inp}}\n",
            PARK_E0604); /* the mistakes of the file itself, at their places */
}

int main(void)
{
    RUN(units_are_bound_to_nodes);
    RUN(leakage_and_failures_are_read);
    RUN(mistakes_of_networks);
    return park_test_done();
}
