/*
 * check.c - what is wrong with a park as a graph, before any unit's equations are asked.   Looks down on:
 * base.
 */
#include "model/freeze.h"

#include "base/names.h"

#include <stdio.h>
#include <string.h>

/* ---- names
 * -------------------------------------------------------------------------------------------------------- */

/* One id of the park: units and grades share one space of names. */
static park_status check_name(park_names *names, const char *id, const char *path, park_findings *findings)
{
    int32_t     index;
    park_error  clash;
    park_status status = park_names_add(names, id, strlen(id), &index, &clash);
    if (status == PARK_E_RANGE)
        park_finding_add(findings, PARK_E0402, PARK_ERROR, path,
                         "the name '%s' is taken by '%s'; names differ in more than case and width, and are "
                         "used once in a park",
                         "名称“%s”与“%s”冲突；名称在一个园区内只用一次，且不能仅以大小写或全半角区分", id,
                         names->text[index]);
    return status == PARK_E_MEMORY ? status : PARK_OK;
}

static park_status check_names(const park_model *model, park_findings *findings, park_error *err)
{
    park_names names;
    char       path[PARK_END_SIZE];
    park_names_init(&names, findings->arena);
    for (size_t u = 0; u < model->units; u++)
        if (check_name(&names, model->unit[u].id, park_unit_path(model, (int32_t)u, "", path), findings) !=
            PARK_OK)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for names");
    for (size_t g = 0; g < model->grades; g++)
        if (check_name(&names, model->grade[g].id, "grades", findings) != PARK_OK)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for names");
    return PARK_OK;
}

/* ---- reach
 * ---------------------------------------------------------------------------------------------------------
 */

/* Units that water of some source may reach over the links. */
static bool *reached(const park_model *model, park_arena *arena)
{
    bool *reach = PARK_ARRAY(arena, model->units, bool);
    for (size_t u = 0; reach != NULL && u < model->units; u++)
        reach[u] = model->unit[u].role == PARK_SOURCE;
    for (bool moved = reach != NULL; moved;) {
        moved = false;
        for (size_t l = 0; l < model->links; l++)
            if (reach[model->link[l].from] && !reach[model->link[l].to])
                reach[model->link[l].to] = moved = true;
    }
    return reach;
}

static bool has_donor(const park_model *model, size_t inlet)
{
    for (size_t l = 0; l < model->links; l++)
        if (model->link[l].inlet == (int32_t)inlet)
            return true;
    return false;
}

static bool has_taker(const park_model *model, size_t outlet)
{
    for (size_t l = 0; l < model->links; l++)
        if (model->link[l].outlet == (int32_t)outlet)
            return true;
    return false;
}

static void check_inlets(const park_model *model, const bool *reach, park_findings *findings)
{
    char path[PARK_END_SIZE], name[PARK_END_SIZE];
    for (size_t i = 0; i < model->inlets; i++) {
        const park_unit_info *unit = &model->unit[model->inlet[i].unit];
        bool                  dry  = !has_donor(model, i);
        park_unit_path(model, model->inlet[i].unit, "", path);
        park_inlet_text(model, (int32_t)i, name);
        if (unit->role == PARK_USER && (dry || !reach[model->inlet[i].unit]))
            park_finding_add(findings, PARK_E0501, PARK_ERROR, path,
                             dry ? "no water can reach %s: no connection, existing or candidate, leads to it "
                                   "that its grades, `accepts` and the law permit"
                                 : "no source's water can reach %s: its donors are themselves cut off",
                             dry ? "没有水能到达 %s：没有任何现有或候选连接同时满足其水质等级、accepts 和法规"
                                 : "没有水源的水能到达 %s：向其供水的单元本身都没有来水",
                             name);
        else if (unit->role == PARK_STORAGE && dry)
            park_finding_add(findings, PARK_E0505, PARK_ERROR, path,
                             "nothing fills %s: no connection leads to it",
                             "没有水流入 %s：没有任何连接通向它", name);
        else if (unit->role == PARK_TREATMENT && dry)
            park_finding_add(findings, PARK_W0510, PARK_WARNING, path,
                             "no connection leads to %s; it will not be used",
                             "没有任何连接通向 %s，该单元不会被使用", name);
    }
}

/* A treatment or a storage that nothing enters has been told already. */
static bool idles(const park_model *model, const park_unit_info *unit)
{
    if (unit->role != PARK_TREATMENT && unit->role != PARK_STORAGE)
        return false;
    for (size_t i = unit->first_inlet; i < unit->first_inlet + unit->inlets; i++)
        if (has_donor(model, i))
            return false;
    return true;
}

static void check_outlets(const park_model *model, park_findings *findings)
{
    char path[PARK_END_SIZE], name[PARK_END_SIZE];
    for (size_t k = 0; k < model->outlets; k++) {
        const park_outlet_info *outlet = &model->outlet[k];
        const park_unit_info   *unit   = &model->unit[outlet->unit];
        if (outlet->exits || outlet->reserved || has_taker(model, k) || idles(model, unit))
            continue;
        park_unit_path(model, outlet->unit, "", path);
        park_outlet_text(model, (int32_t)k, name);
        bool waits = (unit->role == PARK_SOURCE && unit->unused) || unit->role == PARK_STORAGE ||
                     (unit->role == PARK_TREATMENT && !unit->existing);
        if (waits)
            park_finding_add(findings, PARK_W0510, PARK_WARNING, path,
                             "the water of %s can go nowhere; it will not be used",
                             "%s 的水没有去向，不会被使用", name);
        else
            park_finding_add(
                findings, PARK_E0502, PARK_ERROR, path,
                "the water of %s can go nowhere: no connection, existing or candidate, takes it to a user, a "
                "treatment or a sink that may receive it",
                "%s 的水没有去向：没有任何现有或候选连接通向可以接纳它的用水单元、处理单元或排放口", name);
    }
}

/* ---- retrofits
 * ---------------------------------------------------------------------------------------------------------
 */

/* Everything that a retrofit needs, directly or through others, into `needed`. */
static void collect(const park_model *model, int32_t retrofit, bool *needed)
{
    const park_retrofit *r = &model->retrofit[retrofit];
    for (size_t i = 0; i < r->requires_count; i++)
        if (!needed[r->requires_[i]]) {
            needed[r->requires_[i]] = true;
            collect(model, r->requires_[i], needed);
        }
}

static bool excludes(const park_retrofit *retrofit, int32_t other)
{
    for (size_t i = 0; i < retrofit->excludes_count; i++)
        if (retrofit->excludes_[i] == other)
            return true;
    return false;
}

/* Can a retrofit stand together with all that it requires? */
static park_status check_retrofits(const park_model *model, park_findings *findings, park_error *err)
{
    for (int32_t r = 0; r < (int32_t)model->retrofits; r++) {
        bool *needed = PARK_ARRAY(findings->arena, model->retrofits, bool);
        char  path[PARK_END_SIZE];
        if (needed == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
        needed[r] = true;
        collect(model, r, needed);
        for (int32_t a = 0; a < (int32_t)model->retrofits; a++)
            for (int32_t b = 0; b < (int32_t)model->retrofits; b++) {
                if (!needed[a] || !needed[b] || !excludes(&model->retrofit[a], b))
                    continue;
                snprintf(path, sizeof path, "retrofits.%s", model->retrofit[r].id);
                park_finding_add(
                    findings, PARK_E0506, PARK_ERROR, path,
                    "retrofit %s can never be made: it needs both %s and %s, which exclude each other",
                    "改造措施 %s 永远无法实施：它同时需要相互排斥的 %s 和 %s", model->retrofit[r].id,
                    model->retrofit[a].id, model->retrofit[b].id);
            }
    }
    return PARK_OK;
}

/* ---- sources
 * ------------------------------------------------------------------------------------------------------------
 */

static const double *quality_of(const park_unit_info *unit)
{
    for (const park_field *f = unit->fields; f != NULL && f->word != NULL; f++)
        if (f->shape == PARK_SHAPE_BY_CONSTITUENT && strcmp(f->word, "quality") == 0)
            return *(double *const *)(const void *)((const char *)unit->params + f->offset);
    return NULL;
}

static void check_quality(const park_model *model, park_findings *findings)
{
    char path[PARK_END_SIZE];
    for (size_t u = 0; u < model->units; u++) {
        const double *quality = model->unit[u].role == PARK_SOURCE ? quality_of(&model->unit[u]) : NULL;
        for (size_t c = 0; quality != NULL && c < model->constituents; c++) {
            if (!isnan(quality[c]))
                continue;
            const char *name = model->constituent[c].id;
            park_unit_path(model, (int32_t)u, "quality", path);
            if (model->constituent[c].read)
                park_finding_add(findings, PARK_E0507, PARK_ERROR, path,
                                 "%s does not state its %s, which a limit or a treatment of this park reads; "
                                 "what is not known is not zero",
                                 "%s 没有给出 %s，而本园区的限值或处理单元要用到它；未知不等于零",
                                 model->unit[u].id, name);
            else
                park_finding_add(findings, PARK_N0507, PARK_NOTE, path,
                                 "%s does not state its %s; nothing reads it, so it is carried as 0",
                                 "%s 没有给出 %s；没有限值或处理用到它，按 0 计", model->unit[u].id, name);
        }
    }
}

park_status park_graph_check(const park_model *model, park_findings *findings, park_error *err)
{
    PARK_TRY(check_names(model, findings, err));
    PARK_TRY(check_retrofits(model, findings, err));
    if (!model->frozen)
        return PARK_OK;
    bool *reach = reached(model, findings->arena);
    if (reach == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to walk the connections");
    check_inlets(model, reach, findings);
    check_outlets(model, findings);
    check_quality(model, findings);
    return PARK_OK;
}
