/* load_region_ahead.c - what a region's document says of the future: growth, measures. */
#include "region_load.h"

#include <math.h>
#include <string.h>

static const double YEAR = 365.0 * 86400.0; /* [s] */

/* --- growth --- */

/* {value_added: 5 %/a, sd: 1 %/a} or 5 %/a. */
static void read_rate(park_region_load *l, park_tree_node *node, park_region_rate *rate)
{
    static const char *const WORDS[] = {"rate", "sd", NULL};
    if (node == NULL)
        return;
    if (node->form == PARK_SCALAR) {
        (void)park_region_yearly(l, node, PARK_DIM_RATE, &rate->rate);
        return;
    }
    if (!park_region_mapping(l, node, WORDS))
        return;
    const park_tree_node *mean = park_tree_get(node, "rate"), *sd = park_tree_get(node, "sd");
    if (mean == NULL)
        park_region_need(l, node, "rate");
    else
        (void)park_region_yearly(l, mean, PARK_DIM_RATE, &rate->rate);
    if (sd != NULL)
        (void)park_region_yearly(l, sd, PARK_DIM_RATE, &rate->sd);
}

static void read_course(park_region_load *l, park_tree_node *node, park_region_course *course)
{
    static const char *const WORDS[] = {"value_added", "intake", "reuse", "own", NULL};
    if (!park_region_mapping(l, node, WORDS))
        return;
    const park_tree_node *own = park_tree_get(node, "own");
    read_rate(l, park_tree_get(node, "value_added"), &course->growth);
    read_rate(l, park_tree_get(node, "intake"), &course->intake);
    read_rate(l, park_tree_get(node, "reuse"), &course->reuse);
    if (own != NULL)
        (void)park_region_yearly(l, own, PARK_DIM_RATE, &course->own_growth);
}

static bool anybody(const park_region_load *l, const char *word)
{
    for (size_t m = 0; m < l->region->members; m++)
        if (park_region_is_of(&l->region->member[m], word))
            return true;
    return false;
}

/* Who follows which: a member's own course before its sector's, before its city's, before the default. */
static void follow(park_region_load *l)
{
    park_region *region = l->region;
    for (size_t m = 0; m < region->members; m++) {
        const park_region_member *member   = &region->member[m];
        const char               *words[3] = {member->id, member->sector, member->city};
        for (int w = 0; w < 3 && l->course_of[m] == 0; w++)
            for (size_t c = 1; words[w] != NULL && c < region->courses; c++)
                if (strcmp(l->course_id[c], words[w]) == 0)
                    l->course_of[m] = (int32_t)c;
    }
}

void park_region_read_growth(park_region_load *l)
{
    park_tree_node *section = park_load_section(l->loader, "growth");
    size_t          count   = section != NULL ? section->count : 0;
    l->course               = PARK_REGION_ROOM(l, count + 1, park_region_course);
    l->course_id            = PARK_REGION_ROOM(l, count + 1, const char *);
    l->course_of            = PARK_REGION_ROOM(l, l->region->members + 1, int32_t);
    if (l->course == NULL || l->course_id == NULL || l->course_of == NULL)
        return;
    l->course_id[0]       = "default";
    l->region->courses    = 1;
    park_tree_node *usual = park_tree_get(section, "default");
    if (usual != NULL)
        read_course(l, usual, &l->course[0]);
    else if (l->region->last > l->region->known && section == NULL)
        PARK_TELL(l->reader, l->loader->root, PARK_AT_VALUE, PARK_E0302, PARK_ERROR, "what is ahead needs %s",
                  "预测需要 %s", "growth: {default: {value_added: 5 %/a, intake: -2 %/a, reuse: 0 %/a}}");
    for (size_t i = 0; i < count; i++) {
        park_tree_node *node = section->items[i];
        const char     *key  = park_tree_key(node);
        if (park_reader_is_note(key) || strcmp(key, "default") == 0)
            continue;
        if (strcmp(key, "all") == 0) {
            static const char *const WORDS[] = {"sd", NULL};
            const park_tree_node *sd = park_region_mapping(l, node, WORDS) ? park_tree_get(node, "sd") : NULL;
            if (sd != NULL)
                (void)park_region_yearly(l, sd, PARK_DIM_RATE, &l->region->growth_sd);
            continue;
        }
        if (!anybody(l, key)) {
            PARK_TELL(l->reader, node, PARK_AT_KEY, PARK_E0316, PARK_ERROR,
                      "no park, sector or city of the region is called '%s'",
                      "区域中没有名为“%s”的园区、行业或市州", key);
            continue;
        }
        l->course[l->region->courses] = l->course[0]; /* what it does not say is as by default */
        read_course(l, node, &l->course[l->region->courses]);
        l->course_id[l->region->courses++] = key;
    }
    follow(l);
    for (size_t c = 0; c < l->region->courses; c++)
        l->course[c].id = l->course_id[c];
    l->region->course    = l->course;
    l->region->course_of = l->course_of;
}

/* --- measures --- */

/* 60 %, {mean: .., sd: ..}, {min: .., max: ..} or {min: .., mode: .., max: ..} */
static bool read_adoption(park_region_load *l, park_tree_node *node, park_distribution *law)
{
    static const char *const WORDS[]  = {"mean", "sd", "min", "mode", "max", NULL};
    double                   value[5] = {NAN, 0.0, NAN, NAN, NAN};
    if (node->form == PARK_SCALAR) {
        *law = (park_distribution){.kind = PARK_DISTRIBUTION_NORMAL};
        return park_reader_quantity(l->reader, node, PARK_DIM_SHARE, &law->mean);
    }
    if (!park_region_mapping(l, node, WORDS))
        return false;
    for (int i = 0; i < 5; i++) {
        const park_tree_node *said = park_tree_get(node, WORDS[i]);
        if (said != NULL && !park_reader_quantity(l->reader, said, PARK_DIM_SHARE, &value[i]))
            return false;
    }
    *law = (park_distribution){.kind = !isnan(value[0])   ? PARK_DISTRIBUTION_NORMAL
                                       : !isnan(value[3]) ? PARK_DISTRIBUTION_TRIANGULAR
                                                          : PARK_DISTRIBUTION_UNIFORM,
                               .mean = value[0],
                               .sd   = value[1],
                               .min  = value[2],
                               .mode = value[3],
                               .max  = value[4]};
    if (!isnan(park_distribution_quantile(law, 0.5)))
        return true;
    PARK_TELL(l->reader, node, PARK_AT_KEY, PARK_E0303, PARK_ERROR, "'%s' makes no law; write a share, %s",
              "“%s”不成分布；请写一个比率，或 %s", park_tree_key(node),
              "{mean:, sd:}, {min:, max:}, {min:, mode:, max:}");
    return false;
}

static void read_effect(park_region_load *l, park_tree_node *node, park_region_measure *measure)
{
    static const char *const PARTS[] = {"V_i",   "reclaimed", "mine", "rain",
                                        "other", "V_r",       NULL}; /* by park_region_part */
    static const char *const HOW[]   = {"times", "add", NULL};
    if (!park_region_mapping(l, node, PARTS))
        return;
    for (int p = 0; p < PARK_REGION_PARTS; p++) {
        const park_tree_node *part = park_tree_get(node, PARTS[p]);
        if (part == NULL || !park_region_mapping(l, part, HOW))
            continue;
        const park_tree_node *times = park_tree_get(part, "times"), *add = park_tree_get(part, "add");
        if (times != NULL && park_reader_quantity(l->reader, times, PARK_DIM_NUMBER, &measure->times[p]) &&
            !(measure->times[p] >= 0.0))
            PARK_TELL(l->reader, times, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "times is %s; it must not be below 0", "times 为 %s；不得小于 0", times->text);
        if (add != NULL && park_region_yearly(l, add, PARK_DIM_FLOW, &measure->add[p]) &&
            !(measure->add[p] >= 0.0))
            PARK_TELL(l->reader, add, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "add is %s; it must not be below 0", "add 为 %s；不得小于 0", add->text);
    }
}

static bool read_measure(park_region_load *l, park_tree_node *node, park_region_measure *measure)
{
    static const char *const WORDS[]    = {"applies_to", "start", "ramp", "adoption", "effect", "to_reuse",
                                           "replaces",   "capex", "opex", "life",     "name",   NULL};
    static const char *const REPLACES[] = {"nothing", "conventional", NULL};
    if (!park_reader_id(l->reader, node) || !park_region_mapping(l, node, WORDS))
        return false;
    const park_tree_node *who = park_tree_get(node, "applies_to"), *start = park_tree_get(node, "start"),
                         *ramp = park_tree_get(node, "ramp"), *replaces = park_tree_get(node, "replaces"),
                         *to_reuse = park_tree_get(node, "to_reuse"), *capex = park_tree_get(node, "capex"),
                         *opex = park_tree_get(node, "opex"), *life = park_tree_get(node, "life");
    park_tree_node *adoption = park_tree_get(node, "adoption"), *effect = park_tree_get(node, "effect"),
                   *name = park_tree_get(node, "name");
    int32_t which = 0, *member = PARK_REGION_ROOM(l, l->region->members + 1, int32_t);
    size_t  before = l->reader->findings->errors;
    if (start == NULL || effect == NULL || member == NULL) {
        if (member != NULL)
            park_region_need(l, node, start == NULL ? "start" : "effect");
        return false;
    }
    *measure = (park_region_measure){.id       = park_tree_key(node),
                                     .label    = {park_tree_key(node), park_tree_key(node)},
                                     .ramp     = 1.0,
                                     .adoption = {.kind = PARK_DISTRIBUTION_NORMAL, .mean = 1.0},
                                     .member   = member,
                                     .capex    = NAN,
                                     .opex     = NAN,
                                     .life     = NAN};
    for (int p = 0; p < PARK_REGION_PARTS; p++)
        measure->times[p] = 1.0;
    if (name != NULL)
        (void)park_reader_label(l->reader, name, &measure->label);
    (void)park_reader_count(l->reader, start, &measure->start);
    if (ramp != NULL && park_reader_quantity(l->reader, ramp, PARK_DIM_TIME, &measure->ramp)) {
        measure->ramp /= YEAR;
        if (!(measure->ramp >= 1.0))
            PARK_TELL(l->reader, ramp, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "ramp is %s; it must be 1 a or more", "ramp 为 %s；应不小于 1 a", ramp->text);
    }
    if (adoption != NULL)
        (void)read_adoption(l, adoption, &measure->adoption);
    read_effect(l, effect, measure);
    if (replaces != NULL && park_reader_choice(l->reader, replaces, REPLACES, &which))
        measure->replaces = which == 1;
    if (to_reuse != NULL && park_reader_quantity(l->reader, to_reuse, PARK_DIM_SHARE, &measure->to_reuse) &&
        measure->to_reuse < 0.0)
        PARK_TELL(l->reader, to_reuse, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "to_reuse is %s; it must not be below 0", "to_reuse 为 %s；不得小于 0", to_reuse->text);
    if (capex != NULL)
        (void)park_reader_quantity(l->reader, capex, PARK_DIM_MONEY, &measure->capex);
    if (opex != NULL)
        (void)park_region_yearly(l, opex, PARK_DIM_MONEY_RATE, &measure->opex);
    if (life != NULL && park_reader_quantity(l->reader, life, PARK_DIM_TIME, &measure->life))
        measure->life /= YEAR;
    if (who != NULL)
        measure->members = park_region_members_of(l, who, member);
    else
        for (size_t m = 0; m < l->region->members; m++)
            member[measure->members++] = (int32_t)m;
    return l->reader->findings->errors == before && measure->members > 0;
}

void park_region_read_measures(park_region_load *l)
{
    park_tree_node      *section = park_load_section(l->loader, "measures");
    size_t               count   = section != NULL ? section->count : 0;
    park_region_measure *measure = PARK_REGION_ROOM(l, count + 1, park_region_measure);
    for (size_t i = 0; measure != NULL && i < count; i++)
        if (!park_reader_is_note(park_tree_key(section->items[i])) &&
            read_measure(l, section->items[i], &measure[l->region->measures]))
            l->region->measures++;
    l->region->measure = measure;
}
