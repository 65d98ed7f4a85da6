/* What is worth saying about a network that was solved for a park. */
#include "bound/day.h"

#include "base/calendar.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LACKS_TOLD = 8 };

static const char *path_of(const park_bound_binding *b, park_findings *findings)
{
    return park_arena_printf(findings->arena, "network.%s", b->bound->id);
}

void park_bound_pass_on(const park_bound_binding *b, const park_findings *noticed, bool *told,
                        park_findings *findings)
{
    for (size_t i = 0; i < noticed->count; i++) {
        const park_finding *f = &noticed->items[i];
        if (f->severity == PARK_NOTE || told[f->code])
            continue;
        told[f->code] = true;
        park_finding_add(findings, f->code, f->severity, path_of(b, findings), "%s%.0s", "%.0s%s", f->en,
                         f->zh);
    }
}

/* ---- lacks ---- */

/* "2025-07-14 10:00" in the park's time; "" when steady. */
static const char *when_text(const park_model *model, int64_t when, char text[PARK_ISO_SIZE])
{
    text[0] = '\0';
    if (!model->time.steady) {
        park_iso_format(when, model->time.utc_offset / 60, text);
        text[10] = ' ';
        text[16] = '\0';
    }
    return text;
}

/* "; it would hold with 3.8 m more head at the sources and tanks, or with larger pipes: P4 DN350, P5 DN400" */
static const char *remedy_text(const park_bound_binding *b, const park_bound_lack *lack, bool zh,
                               park_arena *arena)
{
    park_text   text;
    const char *join = zh ? "；补救：" : "; it would hold with ", *or_else = zh ? "，或" : ", or with ";
    park_text_init(&text, arena);
    if (isfinite(lack->head)) {
        park_text_printf(&text,
                         zh ? "%s水源与水池水头增 %.2f m" : "%s%.2f m more head at the sources and tanks",
                         join, lack->head);
        join = or_else;
    }
    for (size_t i = 0; lack->pipes_help && i < lack->pipes; i++) {
        park_text_printf(&text, "%s%s%s %s", i == 0 ? join : ", ",
                         i > 0 ? ""
                         : zh  ? "管段加大为 "
                               : "larger pipes: ",
                         b->bound->net->link.names.text[lack->pipe[i]], lack->size[i]);
        join = i + 1 == lack->pipes ? or_else : join;
    }
    if (lack->alternative && lack->draw_times > 0.0)
        park_text_printf(&text, zh ? "%s取水降至 %.0f %%" : "%s%.0f %% of the draw", join,
                         100.0 * lack->draw_times);
    if (text.length == 0)
        park_text_add(&text,
                      zh ? "；增加水头与加大管径均不能满足" : "; neither more head nor larger pipes help");
    const char *done = park_text_done(&text);
    return done != NULL ? done : "";
}

static void tell_lack(const park_bound_binding *b, const park_bound_lack *lack, park_findings *findings)
{
    char                    when[PARK_ISO_SIZE];
    const park_model       *model  = b->model;
    const park_season_info *season = &model->time.season[lack->season];
    const char             *unit   = lack->unit >= 0 ? model->unit[lack->unit].id : "";
    const char             *node   = b->bound->net->node.names.text[lack->node];
    if (when_text(model, lack->when, when)[0] == '\0')
        snprintf(when, sizeof when, "%s", season->id);
    /* both languages take the same arguments; each leaves out the other's remedy */
    park_finding_add(findings, PARK_W0720, PARK_WARNING, path_of(b, findings),
                     "the pressure at node %s (%s) falls to %.2f m where %.2f m is asked for (%s)%.0s%s",
                     "节点 %s（%s）的水头降到 %.2f m，要求 %.2f m（%s）%s%.0s", node, unit, lack->lowest,
                     lack->required, when, remedy_text(b, lack, true, findings->arena),
                     remedy_text(b, lack, false, findings->arena));
}

static bool is_worst_of_node(const park_bound_result *r, size_t i)
{
    for (size_t k = 0; k < r->lacks; k++)
        if (r->lack[k].node == r->lack[i].node &&
            (r->lack[k].lowest < r->lack[i].lowest || (r->lack[k].lowest == r->lack[i].lowest && k < i)))
            return false;
    return true;
}

static void tell_lacks(const park_bound_binding *b, const park_bound_result *r, park_findings *findings)
{
    size_t nodes = 0;
    for (size_t i = 0; i < r->lacks; i++)
        if (is_worst_of_node(r, i) && nodes++ < LACKS_TOLD)
            tell_lack(b, &r->lack[i], findings);
    if (nodes > LACKS_TOLD)
        park_finding_add(findings, PARK_W0720, PARK_WARNING, path_of(b, findings),
                         "%zu more nodes fall below the required pressure; see pressures.csv",
                         "另有 %zu 个节点低于要求的水头；见 pressures.csv", nodes - LACKS_TOLD);
}

/* ---- failures ---- */

/* What happens, and what runs away: "a fire at F18 (30 L/s)", "a burst of FP2 (1632 m3 lost)". */
static const char *what_text(const park_bound_binding *b, const park_bound_failure *f, bool zh,
                             park_arena *arena)
{
    const park_network         *net  = b->bound->net;
    const park_network_failure *what = f->what;
    if (what->kind == PARK_NETWORK_FIRE)
        return park_arena_printf(arena, zh ? "%s 处火灾取水 %.4g L/s" : "a fire at %s (%.4g L/s)",
                                 net->node.names.text[what->node], what->flow * 1000.0);
    return park_arena_printf(arena, zh ? "%s 爆管，流失 %.0f m³" : "a burst of %s (%.0f m3 lost)",
                             net->link.names.text[what->link], f->lost);
}

static int32_t lowest_node(const park_bound_result *r, const double *pressure, size_t *draws)
{
    int32_t lowest = -1;
    *draws         = 0;
    for (size_t i = 0; i < r->nodes; i++) {
        if (!r->node[i].draws)
            continue;
        (*draws)++;
        if (lowest < 0 || pressure[r->node[i].node] < pressure[lowest])
            lowest = r->node[i].node;
    }
    return lowest;
}

static void tell_failure(const park_bound_binding *b, const park_bound_result *r, const park_bound_failure *f,
                         park_findings *findings)
{
    size_t  draws;
    char    when[PARK_ISO_SIZE];
    int32_t lowest = lowest_node(r, f->lowest, &draws);
    bool    harm   = f->below > 0 || f->unmet > f->unmet_without + 1e-3;
    if (lowest < 0)
        return;
    if (when_text(b->model, f->start, when)[0] == '\0')
        snprintf(when, sizeof when, "%s", b->model->time.season[f->season].id);
    park_finding_add(
        findings, harm ? PARK_W0721 : PARK_N0722, harm ? PARK_WARNING : PARK_NOTE, path_of(b, findings),
        "%s (%s), %s%.0s: of %zu nodes where the park draws, %zu fall below %.1f m, the lowest to %.1f m "
        "(%s); %.4g m3 are not delivered",
        "%s（%s），%.0s%s：%zu 个供水节点中 %zu 个低于 %.1f m，最低 %.1f m（%s）；未供水量 %.4g m³",
        f->what->id, when, what_text(b, f, false, findings->arena), what_text(b, f, true, findings->arena),
        draws, f->below, f->required, f->lowest[lowest], b->bound->net->node.names.text[lowest], f->unmet);
}

/* ---- the rest ---- */

static void tell_loose(const park_bound_binding *b, park_findings *findings)
{
    for (size_t i = 0; i < b->carried; i++)
        for (int to = 0; to < 2; to++) {
            const park_link_info *link = &b->model->link[b->link[i]];
            if (park_bound_end_is_loose(b, i, to == 1))
                park_finding_add(
                    findings, PARK_W0723, PARK_WARNING, path_of(b, findings),
                    "the network carries '%s' but '%s' is bound to none of its nodes: that end's "
                    "water is missing in it",
                    "管网承载“%s”，但“%s”未与其任何节点对应：该端水量未计入管网", link->id,
                    b->model->unit[to ? link->to : link->from].id);
        }
}

void park_bound_tell(const park_bound_binding *b, const park_bound_result *r, park_findings *findings)
{
    tell_loose(b, findings);
    tell_lacks(b, r, findings);
    for (size_t i = 0; i < r->failures; i++)
        tell_failure(b, r, &r->failure[i], findings);
}
