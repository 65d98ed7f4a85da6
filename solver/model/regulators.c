/* What controllers read and lead, found by name once units, outlets and links stand. */
#include "model/freeze.h"

#include <string.h>

static void tell(park_findings *findings, const park_regulator *r, const char *what)
{
    park_finding_add(findings, PARK_E0412, PARK_ERROR, r->id, "%s speaks of '%s', which is not there",
                     "%s 所指的“%s”不存在", r->id, what == NULL ? "" : what);
}

/* "dyeing.rinse.inlet" without its last word. */
static const char *before_inlet(park_arena *arena, const char *text)
{
    size_t length = strlen(text), tail = strlen(".inlet");
    return length > tail ? park_arena_text(arena, text, length - tail) : NULL;
}

static void resolve_probe(park_draft *draft, park_regulator *r, park_findings *findings)
{
    park_probe *probe = &r->probe;
    const char *inlet;
    probe->index = -1;
    switch (probe->kind) {
    case PARK_PROBE_LEVEL:
        probe->index = park_model_unit(draft, probe->text);
        break;
    case PARK_PROBE_FLOW:
        probe->index = park_model_link(draft, probe->text);
        break;
    case PARK_PROBE_OUTLET:
        probe->index = park_model_outlet(draft, probe->text);
        break;
    case PARK_PROBE_INLET:
        inlet        = before_inlet(draft->arena, probe->text);
        probe->index = inlet == NULL ? -1 : park_model_inlet(draft, inlet);
        break;
    }
    if (probe->index < 0)
        tell(findings, r, probe->text);
}

static int32_t resolve_link(const park_draft *draft, const park_regulator *r, const char *text,
                            park_findings *findings)
{
    int32_t link = text == NULL ? -1 : park_model_link(draft, text);
    if (link < 0)
        tell(findings, r, text);
    return link;
}

/* Ends at another inlet than the others of its controller. */
static void same_inlet(const park_draft *draft, park_regulator *r, int32_t link, const char *text,
                       park_findings *findings)
{
    if (link < 0)
        return;
    if (r->inlet < 0)
        r->inlet = draft->link[link].inlet;
    else if (draft->link[link].inlet != r->inlet)
        park_finding_add(findings, PARK_E0412, PARK_ERROR, r->id, "%s: '%s' leads to another inlet",
                         "%s：“%s”通向另一个进水口", r->id, text);
}

static park_status resolve_ranks(park_draft *draft, park_regulator *r, park_findings *findings,
                                 park_error *err)
{
    int32_t *rank = PARK_ARRAY(draft->arena, r->ranks, int32_t);
    if (rank == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for controls");
    for (size_t i = 0; i < r->ranks; i++) {
        rank[i] = resolve_link(draft, r, r->rank_text[i], findings);
        same_inlet(draft, r, rank[i], r->rank_text[i], findings);
    }
    r->rank = rank;
    return PARK_OK;
}

park_status park_freeze_regulators(park_draft *draft, park_findings *findings, park_error *err)
{
    for (size_t i = 0; i < draft->regulators; i++) {
        park_regulator *r = &draft->regulator[i];
        r->link[0] = r->link[1] = r->inlet = -1;
        if (r->kind != PARK_REGULATE_PRIORITY)
            r->link[0] = resolve_link(draft, r, r->link_text[0], findings);
        if (r->kind == PARK_REGULATE_SWITCH || r->kind == PARK_REGULATE_PID)
            resolve_probe(draft, r, findings);
        if (r->kind == PARK_REGULATE_BLEND) {
            r->link[1] = resolve_link(draft, r, r->link_text[1], findings);
            same_inlet(draft, r, r->link[0], r->link_text[0], findings);
            same_inlet(draft, r, r->link[1], r->link_text[1], findings);
        }
        if (r->kind == PARK_REGULATE_PRIORITY) {
            r->inlet = r->inlet_text == NULL ? -1 : park_model_inlet(draft, r->inlet_text);
            if (r->inlet < 0)
                tell(findings, r, r->inlet_text);
            else
                PARK_TRY(resolve_ranks(draft, r, findings, err));
        }
    }
    return PARK_OK;
}
