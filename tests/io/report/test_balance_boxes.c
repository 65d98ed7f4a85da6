#include "report/balance_boxes.h"

#include "check.h"

/* The example of consolidation worked by hand (GB/T 7119 conventions): A takes 100 and hands 40 to B and 20 to the plant, 40 are lost;
 * B takes 60 fresh, 40 of A, 10 reclaimed, loses 50 (5 of them leak), drains 60; the plant gives 10 back, 68 go, 2 stay in sludge. */
enum { RIVER, A, B, PLANT, OUTFALL, UNITS, AIR = UNITS, LEAK, SLUDGE, NODES };

static park_arena          *arena;
static park_unit_info       units[UNITS];
static park_enterprise_info enterprises[2];
static park_model           model;
static park_balance_node    nodes[NODES];
static park_balance         balance;
static park_balance_edge    edges[] = {
       {RIVER, A, 0, PARK_WATER_FRESH, 100.0, 100, false},     {RIVER, B, 1, PARK_WATER_FRESH, 60.0, 60, false},
       {A, B, 2, PARK_WATER_REUSED, 40.0, 40, false},          {A, PLANT, 3, PARK_WATER_WASTE, 20.0, 20, false},
       {B, PLANT, 4, PARK_WATER_WASTE, 60.0, 60, false},       {PLANT, B, 5, PARK_WATER_REUSED, 10.0, 10, true},
       {PLANT, OUTFALL, 6, PARK_WATER_WASTE, 68.0, 68, false}, {A, AIR, -1, PARK_WATER_LOST, 40.0, 40, false},
       {B, AIR, -1, PARK_WATER_LOST, 45.0, 45, false},         {B, LEAK, -1, PARK_WATER_LOST, 5.0, 5, false},
       {PLANT, SLUDGE, -1, PARK_WATER_LOST, 2.0, 2, false},
};

static void make(void)
{
    static const char *const ID[UNITS]   = {"river", "a", "b", "plant", "outfall"};
    static const park_role   ROLE[UNITS] = {PARK_SOURCE, PARK_USER, PARK_USER, PARK_TREATMENT, PARK_SINK};
    for (int u = 0; u < UNITS; u++) {
        units[u] = (park_unit_info){.id         = ID[u],
                                    .role       = ROLE[u],
                                    .enterprise = u == A   ? 0
                                                  : u == B ? 1
                                                           : PARK_NONE};
        nodes[u] = (park_balance_node){.unit = u, .label = {.zh = u == A ? "甲<车间>" : NULL}};
    }
    nodes[A].circulating = 900;
    nodes[B].circulating = 200;
    nodes[AIR]           = (park_balance_node){
                  .unit = PARK_NONE, .label = {.zh = "蒸发", .en = "Air"}, .layer = PARK_LAYER_LEAVE};
    nodes[LEAK] = (park_balance_node){
        .unit = PARK_NONE, .label = {.zh = "漏失", .en = "Leaks"}, .layer = PARK_LAYER_LEAVE};
    nodes[SLUDGE] = (park_balance_node){
        .unit = PARK_NONE, .label = {.zh = "随污泥", .en = "Sludge"}, .layer = PARK_LAYER_LEAVE};
    enterprises[0] = (park_enterprise_info){.id = "ea", .label = {.zh = "甲企业", .en = "Works A"}};
    enterprises[1] = (park_enterprise_info){.id = "eb"};
    model          = (park_model){.units = UNITS, .unit = units, .enterprises = 2, .enterprise = enterprises};
    balance =
        (park_balance){.nodes = NODES, .edges = sizeof edges / sizeof *edges, .node = nodes, .edge = edges};
}

static bool closes(park_boxes_sums s)
{
    return s.in == s.out + s.consumed + s.leaked + s.stored && s.in == s.boxes - s.inner;
}

static void the_park_eliminates_what_it_hands_on(void)
{
    park_boxes_sums s = park_boxes_sum(&balance, &model, PARK_BOXES_PARK, 0);
    CHECK(s.boxes == 100 + 110 + 80 && s.inner == 40 + 20 + 60 + 10 && s.in == 160);
    CHECK(s.out == 68 && s.consumed == 40 + 45 + 2 && s.leaked == 5 && s.stored == 0 && closes(s));
    CHECK(s.circulating == 1100);
}

static void enterprises_and_units_close(void)
{
    park_boxes_sums a = park_boxes_sum(&balance, &model, PARK_BOXES_ENTERPRISE, 0);
    park_boxes_sums b = park_boxes_sum(&balance, &model, PARK_BOXES_ENTERPRISE, 1);
    park_boxes_sums u = park_boxes_sum(&balance, &model, PARK_BOXES_ENTERPRISE, PARK_NONE);
    CHECK(a.in == 100 && a.out == 60 && a.consumed == 40 && closes(a));
    CHECK(b.in == 110 && b.out == 60 && b.consumed == 45 && b.leaked == 5 && closes(b));
    CHECK(u.in == 80 && u.out == 78 && u.consumed == 2 && closes(u));
    park_boxes_sums one = park_boxes_sum(&balance, &model, PARK_BOXES_UNIT, B);
    CHECK(memcmp(&one, &b, sizeof one) == 0);
    CHECK(park_boxes_any(&balance, &model, PARK_BOXES_UNIT, A) &&
          !park_boxes_any(&balance, &model, PARK_BOXES_UNIT, RIVER));
}

static void storages_give_and_take(void)
{
    edges[10]           = (park_balance_edge){PLANT, SLUDGE, -1, PARK_WATER_LOST, 2.0, 2, false};
    nodes[SLUDGE].layer = PARK_LAYER_SUPPLY; /* the node of what is stored */
    park_boxes_sums s   = park_boxes_sum(&balance, &model, PARK_BOXES_PARK, 0);
    CHECK(s.stored == 2 && closes(s));
    edges[10] = (park_balance_edge){SLUDGE, PLANT, -1, PARK_WATER_NONCONVENTIONAL, 2.0, 2, false};
    s         = park_boxes_sum(&balance, &model, PARK_BOXES_PARK, 0);
    CHECK(s.stored == -2 && s.in == 160);
    edges[10] = (park_balance_edge){PLANT, SLUDGE, -1, PARK_WATER_LOST, 2.0, 2, false};
    make();
}

static const char *drawn(park_boxes_of of, int32_t index, bool zh)
{
    park_text out;
    park_text_init(&out, arena);
    park_balance_boxes_svg(&balance, &model, of, index, zh, &out, arena);
    return park_text_done(&out);
}

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (; (text = strstr(text, what)) != NULL; text += strlen(what))
        n++;
    return n;
}

static void drawings_say_every_number(void)
{
    const char *park = drawn(PARK_BOXES_PARK, 0, true), *works = drawn(PARK_BOXES_ENTERPRISE, 0, false);
    CHECK(strstr(park, "甲企业") != NULL && strstr(park, "园区公用设施") != NULL);
    CHECK(strstr(park, "各框进水合计 290 － 框间转供（抵销）130 ＝ 进入园区 160") != NULL);
    CHECK(strstr(park, "进 110 = 出 110") != NULL && strstr(park, "循环 900") != NULL);
    CHECK(count(park, ">40</text>") == 3); /* A to B stands at both boxes, and what A loses */
    CHECK(strstr(works, "in 100 = handed on and drained 60 + consumed 40 + leaked 0 + stored 0") != NULL);
    CHECK(strstr(park, "用水量") == NULL && strstr(drawn(PARK_BOXES_UNIT, PLANT, true), "用水量") == NULL);
    CHECK(strstr(works, "use 1000, in 100 = out 100") != NULL && strstr(works, "Works A") != NULL);
    CHECK(strstr(drawn(PARK_BOXES_UNIT, A, true), "甲&lt;车间&gt;") != NULL);
    CHECK(count(park, "<svg") == 1 && count(park, "</svg>") == 1 && strstr(park, "nan") == NULL);
}

/* Sixteen wide letters of 14 px are 224, and a box is 200 wide: two lines of eight. Thirteen are 182. */
static void a_long_name_stays_in_its_box(void)
{
    park_label  was = enterprises[0].label;
    park_text   svg;
    const char *text;
    enterprises[0].label.zh = "综合重金属废水处理站（石灰中和）";
    park_text_init(&svg, arena);
    park_balance_boxes_svg(&balance, &model, PARK_BOXES_PARK, 0, true, &svg, arena);
    text = park_text_done(&svg);
    CHECK(text != NULL && strstr(text, "font-size:12.0px;font-weight:bold\">综合重金属废水处<") != NULL &&
          strstr(text, ">理站（石灰中和）<") != NULL);
    enterprises[0].label.zh = "综合重金属废水处理站石灰中";
    park_text_init(&svg, arena);
    park_balance_boxes_svg(&balance, &model, PARK_BOXES_PARK, 0, true, &svg, arena);
    text = park_text_done(&svg);
    CHECK(text != NULL &&
          strstr(text, "font-size:14.0px;font-weight:bold\">综合重金属废水处理站石灰中<") != NULL);
    enterprises[0].label = was;
}

/* Left of an arrow are 283 px, twenty-two wide letters of 12.5 px; thirty stand in two lines of fifteen, 10 px high. */
static void a_long_counterpart_stays_in_the_drawing(void)
{
    park_label was = nodes[RIVER].label;
    nodes[RIVER].label.zh = "资江支流取水泵站及其原水管线入园区交接点之后的第二级提升泵房出";
    const char *text = drawn(PARK_BOXES_PARK, 0, true);
    CHECK(strstr(text, "font-size:10.0px\">资江支流取水泵站及其原水管线入<") != NULL &&
          strstr(text, "font-size:10.0px\">园区交接点之后的第二级提升泵房出<") != NULL);
    nodes[RIVER].label.zh = "资江支流取水泵站及其原水管线入园";
    CHECK(strstr(drawn(PARK_BOXES_PARK, 0, true), "font-size:12.5px\">资江支流取水泵站及其原水管线入园<") !=
          NULL);
    nodes[RIVER].label = was;
}

static void kinds_of_water_differ_in_black_and_white(void)
{
    const char *park = drawn(PARK_BOXES_PARK, 0, true);
    CHECK(count(park, "stroke-dasharray=\"7 3\"") >= 3 && count(park, "stroke-dasharray=\"2 3\"") >= 4);
    CHECK(count(park, "stroke-dasharray=\"4 3\"") == 1); /* the leak */
    CHECK(count(park, "q2 -4 4 0t4 0") > 10);            /* waves */
}

int main(void)
{
    arena = park_arena_new();
    make();
    RUN(the_park_eliminates_what_it_hands_on);
    RUN(enterprises_and_units_close);
    RUN(storages_give_and_take);
    RUN(drawings_say_every_number);
    RUN(a_long_name_stays_in_its_box);
    RUN(a_long_counterpart_stays_in_the_drawing);
    RUN(kinds_of_water_differ_in_black_and_white);
    park_arena_free(arena);
    return park_test_done();
}
