/* load_region_shared.c - water that more than one of a region's rows counts. */
#include "region_load.h"

#include <math.h>
#include <stdio.h>

/* 120 万m3/a for every year, or {2020: .., 2021: ..}. */
static bool volumes_of(park_region_load *l, const park_tree_node *node, double *volume)
{
    double one;
    if (node->form == PARK_SCALAR) {
        if (!park_region_yearly(l, node, PARK_DIM_FLOW, &one))
            return false;
        for (size_t y = 0; y < l->book.known; y++)
            volume[y] = one;
        return true;
    }
    for (size_t y = 0; y < l->book.known; y++) {
        char key[16];
        snprintf(key, sizeof key, "%d", (int)(l->region->base + (int32_t)y));
        const park_tree_node *of = park_tree_get(node, key);
        if (of == NULL) {
            PARK_TELL(l->reader, node, PARK_AT_KEY, PARK_E0382, PARK_ERROR, "'%s' says nothing of %s",
                      "“%s”缺少 %s 年的数据", park_tree_key(node), key);
            return false;
        }
        if (!park_region_yearly(l, of, PARK_DIM_FLOW, &volume[y]))
            return false;
    }
    return true;
}

/* Nothing is said of how much: what the receiver with the least of that water reports, each of them counting all of it. */
static void least_claim(park_region_load *l, const park_tree_node *node, const park_region_shared *shared,
                        double *volume)
{
    for (size_t y = 0; y < l->book.known && shared->receivers > 0; y++) {
        volume[y] = INFINITY;
        for (size_t i = 0; i < shared->receivers; i++)
            volume[y] = fmin(volume[y], *park_region_place(&l->book, shared->receiver[i], y, shared->as));
    }
    if (shared->receivers > 0)
        PARK_TELL(l->reader, node, PARK_AT_KEY, PARK_W0389, PARK_WARNING,
                  "'%s' says no volume: the least that one of its receivers reports is taken as claimed by "
                  "each of them",
                  "“%s”没有给出水量：取各受水园区填报的最小值，并视为各园区均全额填报", park_tree_key(node));
}

static bool read_shared(park_region_load *l, park_tree_node *node, park_region_shared *shared)
{
    static const char *const      WORDS[]   = {"supplies", "from", "volume", "origin",
                                               "claimed",  "as",   "name",   NULL};
    static const char *const      ORIGINS[] = {"park", "municipal", NULL};
    static const char *const      CLAIMS[]  = {"share", "each", NULL};
    static const char *const      AS[]      = {"reclaimed", "mine", "rain", "other", "bought", NULL};
    static const park_region_flow FLOWS[]   = {PARK_REGION_RECLAIMED, PARK_REGION_MINE, PARK_REGION_RAIN,
                                               PARK_REGION_OTHER, PARK_REGION_BOUGHT};
    if (!park_reader_id(l->reader, node) || !park_region_mapping(l, node, WORDS))
        return false;
    const park_tree_node *supplies = park_tree_get(node, "supplies"), *from = park_tree_get(node, "from");
    const park_tree_node *volume = park_tree_get(node, "volume"), *origin = park_tree_get(node, "origin");
    const park_tree_node *claimed = park_tree_get(node, "claimed"), *as = park_tree_get(node, "as");
    park_tree_node       *name   = park_tree_get(node, "name");
    int32_t               whence = 0, how = 0, column = from != NULL ? 4 : 0;
    if (supplies == NULL) {
        park_region_need(l, node, "supplies");
        return false;
    }
    if ((origin != NULL && !park_reader_choice(l->reader, origin, ORIGINS, &whence)) ||
        (claimed != NULL && !park_reader_choice(l->reader, claimed, CLAIMS, &how)) ||
        (as != NULL && !park_reader_choice(l->reader, as, AS, &column)))
        return false;
    int32_t *receiver      = PARK_REGION_ROOM(l, l->region->members, int32_t);
    double  *column_volume = PARK_REGION_ROOM(l, l->region->years, double);
    if (receiver == NULL || column_volume == NULL ||
        (volume != NULL && !volumes_of(l, volume, column_volume)))
        return false;
    *shared = (park_region_shared){.id        = park_tree_key(node),
                                   .label     = {park_tree_key(node), park_tree_key(node)},
                                   .as        = FLOWS[column],
                                   .receivers = park_region_members_of(l, supplies, receiver),
                                   .receiver  = receiver,
                                   .volume    = column_volume};
    if (name != NULL)
        (void)park_reader_label(l->reader, name, &shared->label);
    shared->claims = shared->receivers;
    /* water of the members' own, or a plant of theirs, is reuse; a plant of others' water counts once */
    shared->how = from != NULL                                        ? PARK_REGION_TRANSFER
                  : whence == 0 && (origin != NULL || volume != NULL) ? PARK_REGION_INNER
                                                                      : PARK_REGION_CLAIMED;
    if (shared->how == PARK_REGION_CLAIMED && how == 0 && volume != NULL)
        shared->claims = 1;
    if (volume == NULL)
        least_claim(l, node, shared, column_volume);
    return shared->receivers > 0;
}

void park_region_read_shared(park_region_load *l)
{
    park_tree_node     *section = park_load_section(l->loader, "shared");
    size_t              count   = section != NULL ? section->count : 0;
    park_region_shared *shared  = PARK_REGION_ROOM(l, count + 1, park_region_shared);
    for (size_t i = 0; shared != NULL && i < count; i++)
        if (!park_reader_is_note(park_tree_key(section->items[i])) &&
            read_shared(l, section->items[i], &shared[l->region->shares]))
            l->region->shares++;
    l->region->shared = shared;
}
