#include "report/zones.h"

#include "report/sheet.h"

#include <math.h>
#include <stdio.h>

static const double HOUR = 3600.0, LITRE = 1e-3;

const char *park_zone_name(int32_t zone, char *buffer)
{
    snprintf(buffer, 16, zone >= 0 ? "Z%d" : "-", zone + 1);
    return buffer;
}

static void zone_cell(park_sheet *sheet, int32_t zone)
{
    char name[16];
    park_sheet_text(sheet, park_zone_name(zone, name));
}

static const char *node_id(const park_network *net, int32_t node)
{
    return node >= 0 ? net->node.names.text[node] : NULL;
}

/* --- zones.csv --- */

static void state_heads(park_sheet *sheet, bool after)
{
    park_sheet_head(sheet, after ? "之后：高峰最低压力 m" : "之前：高峰最低压力 m",
                    after ? "after: lowest pressure at peak m" : "before: lowest pressure at peak m");
    park_sheet_head(sheet, after ? "之后：最低压力节点" : "之前：最低压力节点",
                    after ? "after: node of lowest pressure" : "before: node of lowest pressure");
    park_sheet_head(sheet, after ? "之后：高峰平均压力 m" : "之前：高峰平均压力 m",
                    after ? "after: mean pressure at peak m" : "before: mean pressure at peak m");
    park_sheet_head(sheet, after ? "之后：低谷平均压力 m" : "之前：低谷平均压力 m",
                    after ? "after: mean pressure at night m" : "before: mean pressure at night m");
    park_sheet_head(sheet, after ? "之后：低于服务水头的节点数" : "之前：低于服务水头的节点数",
                    after ? "after: nodes below service pressure" : "before: nodes below service pressure");
    park_sheet_head(sheet, after ? "之后：可用消防流量 L/s" : "之前：可用消防流量 L/s",
                    after ? "after: available fire flow L/s" : "before: available fire flow L/s");
    park_sheet_head(sheet, after ? "之后：平均水龄 h" : "之前：平均水龄 h",
                    after ? "after: mean water age h" : "before: mean water age h");
    park_sheet_head(sheet, after ? "之后：最大水龄 h" : "之前：最大水龄 h",
                    after ? "after: oldest water h" : "before: oldest water h");
}

static void state_cells(park_sheet *sheet, const park_network *net, const park_zone_state *s)
{
    park_sheet_number(sheet, s->pressure_min, 2);
    park_sheet_text(sheet, node_id(net, s->worst));
    park_sheet_number(sheet, s->pressure_mean, 2);
    park_sheet_number(sheet, s->night_mean, 2);
    park_sheet_whole(sheet, s->low);
    park_sheet_number(sheet, s->fire_min / LITRE, 1);
    park_sheet_number(sheet, s->age_mean / HOUR, 2);
    park_sheet_number(sheet, s->age_most / HOUR, 2);
}

static void zones_sheet(park_sheet *sheet, const park_network *net, const park_zones *zones)
{
    park_sheet_head(sheet, "分区", "zone");
    park_sheet_head(sheet, "节点数", "junctions");
    park_sheet_head(sheet, "水库", "reservoirs");
    park_sheet_head(sheet, "水池", "tanks");
    park_sheet_head(sheet, "平均用水量 m³/h", "mean demand m3/h");
    park_sheet_head(sheet, "管长 km", "pipe length km");
    park_sheet_head(sheet, "流量计", "meters");
    park_sheet_head(sheet, "新关阀门", "valves to close");
    park_sheet_head(sheet, "原已关闭", "closed before");
    state_heads(sheet, false);
    state_heads(sheet, true);
    park_sheet_end_row(sheet);
    for (size_t z = 0; z < zones->zones; z++) {
        const park_zone *item = &zones->item[z];
        zone_cell(sheet, (int32_t)z);
        park_sheet_whole(sheet, (int64_t)item->junctions);
        park_sheet_whole(sheet, (int64_t)item->reservoirs);
        park_sheet_whole(sheet, (int64_t)item->tanks);
        park_sheet_number(sheet, item->demand * HOUR, 3);
        park_sheet_number(sheet, item->length / 1000.0, 3);
        park_sheet_whole(sheet, item->meters);
        park_sheet_whole(sheet, item->valves);
        park_sheet_whole(sheet, item->closed);
        state_cells(sheet, net, &item->before);
        state_cells(sheet, net, &item->after);
        park_sheet_end_row(sheet);
    }
}

/* --- boundaries.csv --- */

static const struct {
    const char *zh, *en;
} FATES[] = {[PARK_BORDER_METER]  = {"装流量计", "meter"},
             [PARK_BORDER_VALVE]  = {"关闭阀门", "closed valve"},
             [PARK_BORDER_CLOSED] = {"原已关闭", "closed before"}};

static void boundaries_sheet(park_sheet *sheet, const park_network *net, const park_zones *zones)
{
    park_sheet_head(sheet, "管段", "link");
    park_sheet_head(sheet, "起点", "from node");
    park_sheet_head(sheet, "终点", "to node");
    park_sheet_head(sheet, "起点分区", "from zone");
    park_sheet_head(sheet, "终点分区", "to zone");
    park_sheet_head(sheet, "管径 mm", "diameter mm");
    park_sheet_head(sheet, "处置", "what it gets");
    park_sheet_head(sheet, "之前高峰流量 L/s", "flow at peak before L/s");
    park_sheet_head(sheet, "之后高峰流量 L/s", "flow at peak after L/s");
    park_sheet_end_row(sheet);
    for (size_t i = 0; i < zones->boundaries; i++) {
        const park_border *b = &zones->boundary[i];
        park_sheet_text(sheet, net->link.names.text[b->link]);
        park_sheet_text(sheet, node_id(net, net->link.from[b->link]));
        park_sheet_text(sheet, node_id(net, net->link.to[b->link]));
        zone_cell(sheet, b->from);
        zone_cell(sheet, b->to);
        park_sheet_number(sheet, net->link.diameter[b->link] * 1000.0, 1);
        park_sheet_word(sheet, FATES[b->fate].zh, FATES[b->fate].en);
        park_sheet_number(sheet, b->flow_before / LITRE, 3);
        park_sheet_number(sheet, b->flow_after / LITRE, 3);
        park_sheet_end_row(sheet);
    }
}

static void nodes_sheet(park_sheet *sheet, const park_network *net, const park_zones *zones)
{
    park_sheet_head(sheet, "节点", "node");
    park_sheet_head(sheet, "分区", "zone");
    park_sheet_end_row(sheet);
    for (size_t n = 0; n < net->node.count; n++) {
        park_sheet_text(sheet, node_id(net, (int32_t)n));
        zone_cell(sheet, zones->zone[n]);
        park_sheet_end_row(sheet);
    }
}

park_status park_zones_tables(const park_network *net, const park_zones *zones, const char *folder, bool zh,
                              park_arena *arena, park_new_file *file, park_error *err)
{
    static const struct {
        const char *name;
        void (*write)(park_sheet *sheet, const park_network *net, const park_zones *zones);
    } SHEETS[PARK_ZONES_TABLES] = {
        {"zones.csv", zones_sheet}, {"boundaries.csv", boundaries_sheet}, {"nodes.csv", nodes_sheet}};
    for (size_t i = 0; i < PARK_ZONES_TABLES; i++) {
        park_sheet sheet;
        park_sheet_begin(&sheet, arena, SHEETS[i].name, zh);
        SHEETS[i].write(&sheet, net, zones);
        file[i] = (park_new_file){.path   = park_arena_printf(arena, "%s/%s", folder, SHEETS[i].name),
                                  .bytes  = park_text_done(&sheet.text),
                                  .length = sheet.text.length};
        if (file[i].path == NULL || file[i].bytes == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for tables of zones");
    }
    return PARK_OK;
}
