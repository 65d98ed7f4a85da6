/* Sites of one group of parts, their corners and their picks; Eq. (O185)-(O187) of docs/math/optimization.md. */
#include "design/factors.h"

#include <string.h>

static const double ROUNDING = 1e-9;
static const size_t SUBSETS_FEW =
    64; /* as many stand better in one site: its relaxation is the tighter one */

/* ---- which items are asked for together ---------------------------------------------------------------------------------- */

static bool excludes(const park_sites *sites, size_t i, size_t j)
{
    int32_t a = park_sites_retrofit(sites, i), b = park_sites_retrofit(sites, j);
    if (a < 0 || b < 0)
        return false;
    const park_retrofit *r = &sites->model->retrofit[a];
    for (size_t k = 0; k < r->excludes_count; k++)
        if (r->excludes_[k] == b)
            return true;
    return false;
}

/* Do more subsets stand at a part than one site should have? */
static bool many_subsets(const park_sites *sites, const park_site *all)
{
    size_t count = 0;
    if (all->items > PARK_SITE_ITEMS)
        return true;
    for (uint32_t set = 0; set < 1u << all->items && count <= SUBSETS_FEW; set++)
        count += park_sites_stands(sites, all, set);
    return count > SUBSETS_FEW;
}

/* Items that exclude each other are asked for together from the beginning: nobody takes both. */
static void begin_at(park_sites *sites, size_t part, int32_t *item)
{
    int32_t  *with = sites->with + part * sites->items;
    park_site all  = {.item = item};
    for (size_t i = 0; i < sites->items; i++) {
        with[i] = (int32_t)i;
        if (park_sites_acts(sites, i, sites->part[part]))
            all.item[all.items++] = (int32_t)i;
    }
    bool apart = sites->stages == 1 && many_subsets(sites, &all);
    for (size_t a = 0; a < all.items; a++)
        for (size_t b = 0; b < a; b++) {
            size_t i = (size_t)all.item[a], j = (size_t)all.item[b];
            if (with[i] == with[j] || (apart && !excludes(sites, i, j) && !excludes(sites, j, i)))
                continue;
            int32_t from = with[i] > with[j] ? with[i] : with[j], to = with[i] > with[j] ? with[j] : with[i];
            for (size_t k = 0; k < sites->items; k++)
                with[k] = with[k] == from ? to : with[k];
        }
}

park_status park_factors_begin(park_sites *sites, park_error *err)
{
    int32_t *item = PARK_ARRAY(sites->arena, sites->items + 1, int32_t);
    sites->with   = PARK_ARRAY(sites->arena, sites->parts * sites->items + 1, int32_t);
    if (item == NULL || sites->with == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    for (size_t p = 0; p < sites->parts; p++)
        begin_at(sites, p, item);
    return PARK_OK;
}

/* ---- the parks of a pick ---------------------------------------------------------------------------------------------------- */

/* What the pick takes at the sites of a group, in the order of the items; -1: out of memory. */
static int32_t *taken_items(const park_sites *sites, const park_site *first, const int32_t *pick,
                            park_arena *arena, size_t *items, size_t *changed)
{
    int32_t *item = PARK_ARRAY(arena, sites->items + 1, int32_t);
    *items = *changed = 0;
    for (size_t s = first->first; item != NULL && s < first->first + first->sites; s++) {
        const park_site *site = &sites->site[s];
        *changed += pick[s] > 0;
        for (size_t a = 0; a < site->items; a++) {
            if (!(site->set[pick[s]] >> a & 1u))
                continue;
            size_t at = (*items)++;
            for (; at > 0 && item[at - 1] > site->item[a]; at--)
                item[at] = item[at - 1];
            item[at] = site->item[a];
        }
    }
    return item;
}

park_status park_factors_models(const park_sites *sites, const park_site *first, const int32_t *pick,
                                park_arena *arena, const park_model **model, park_error *err)
{
    size_t   items, changed;
    bool     drawn = false;
    int32_t *item  = taken_items(sites, first, pick, arena, &items, &changed);
    if (item == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a variant");
    if (changed > 1)
        PARK_TRY(park_sites_models(sites, first, item, items, arena, model, &drawn, err));
    for (size_t s = first->first; changed <= 1 && s < first->first + first->sites; s++)
        if (s == first->first || pick[s] > 0)
            memcpy(model, sites->site[s].model[pick[s]], sites->futures * sizeof *model);
    return drawn ? PARK_FAIL(err, PARK_E_RANGE, "retrofits together change which futures are drawn")
                 : PARK_OK;
}

/* ---- corners ------------------------------------------------------------------------------------------------------------------ */

/* The kinds of numbers of a face: those of a kind move every bound the same way, so a corner has all of them great or all small. */
typedef enum number_kind {
    LOADS,   /* what is added, what the unit's own water brings */
    LEAVING, /* loads and fixed qualities of single outlets */
    SHARES,  /* of mass: removed, led to single outlets */
    WATER,   /* shares and constants of flows */
    LIMITS,  /* of inlets and outlets */
    KINDS,
    GREAT, /* always as great as can be: largest flows and sizes */
    SMALL, /* always as small: least flows */
} number_kind;

static bool differ(const double *a, const double *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i] < b[i] || b[i] < a[i] || isnan(a[i]) != isnan(b[i]))
            return true;
    return false;
}

/* Which kinds of numbers differ between two maps of a unit. False: something differs that no corner stands for. */
static bool compare_maps(const park_map *a, const park_map *b, bool *moves)
{
    size_t C = a->constituents;
    if (differ(&a->own, &b->own, 1) || differ(&a->volume_min, &b->volume_min, 1) ||
        differ(&a->volume_max, &b->volume_max, 1) || differ(&a->volume_start, &b->volume_start, 1) ||
        a->sized != b->sized || a->existing != b->existing || isnan(a->size_max) != isnan(b->size_max))
        return false;
    moves[LOADS] = moves[LOADS] || differ(a->add, b->add, C) || differ(a->add_per_flow, b->add_per_flow, C) ||
                   differ(a->own_conc, b->own_conc, C);
    moves[SHARES] = moves[SHARES] || differ(a->removed_share, b->removed_share, C);
    moves[LIMITS] = moves[LIMITS] || differ(a->in_limit, b->in_limit, a->inlets * C);
    for (size_t k = 0; k < a->outlets; k++) {
        const park_map_outlet *x = &a->outlet[k], *y = &b->outlet[k];
        if (x->flow != y->flow || x->quality != y->quality)
            return false;
        moves[LEAVING] = moves[LEAVING] || differ(x->conc, y->conc, C) ||
                         differ(x->per_flow, y->per_flow, C) || differ(x->load, y->load, C);
        moves[SHARES] = moves[SHARES] || differ(x->share, y->share, C);
        moves[WATER]  = moves[WATER] || differ(&x->alpha, &y->alpha, 1) || differ(&x->beta, &y->beta, 1);
        moves[LIMITS] = moves[LIMITS] || differ(x->limit, y->limit, C);
    }
    /* a remainder is what the others leave, a tracer what the water takes */
    moves[SHARES] = moves[SHARES] || moves[WATER];
    return true;
}

/* The maps of a unit in one variant against those of the park as it is, in all rows of time. */
static park_status compare_variant(const park_sites *sites, const park_site *site, size_t v, int32_t unit,
                                   park_arena *arena, bool *moves, bool *add_up, park_error *err)
{
    for (size_t w = 0; w < sites->futures; w++)
        for (size_t s = 0; s < sites->model->time.seasons; s++) {
            park_map *here  = park_map_new(arena, site->model[0][w], unit),
                     *there = park_map_new(arena, site->model[v][w], unit);
            if (here == NULL || there == NULL)
                return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
            PARK_TRY(park_unit_average(site->model[0][w], unit, (int32_t)s, here, err));
            PARK_TRY(park_unit_average(site->model[v][w], unit, (int32_t)s, there, err));
            *add_up = compare_maps(here, there, moves) && *add_up;
        }
    return PARK_OK;
}

static park_status compare_all(const park_sites *sites, const park_site *first, park_arena *arena,
                               bool *moves, bool *units, bool *add_up, park_error *err)
{
    for (size_t p = 0; p < first->parts; p++) {
        if (first->part[p].kind != PARK_PART_UNIT)
            continue;
        *units = true;
        for (size_t s = first->first; s < first->first + first->sites; s++)
            for (size_t v = 1; v < sites->site[s].variants; v++)
                PARK_TRY(compare_variant(sites, &sites->site[s], v, first->part[p].index, arena, moves,
                                         add_up, err));
    }
    return PARK_OK;
}

/* Which kinds are great in a corner: those that move are counted through. */
static uint32_t great_kinds(const bool *moves, size_t corner)
{
    uint32_t great = 0;
    for (int kind = 0; kind < KINDS; kind++)
        if (moves[kind]) {
            great |= (uint32_t)(corner & 1u) << kind;
            corner >>= 1;
        }
    return great;
}

park_status park_factors_corners(const park_sites *sites, park_site *first, bool *add_up, park_error *err)
{
    bool        moves[KINDS] = {false}, units = false;
    park_arena *arena = park_arena_new();
    *add_up           = true;
    if (arena == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    park_status status = compare_all(sites, first, arena, moves, &units, add_up, err);
    park_arena_free(arena);
    PARK_TRY(status);
    first->corners = units ? 1 : 0;
    for (int kind = 0; units && kind < KINDS; kind++)
        first->corners *= moves[kind] ? 2 : 1;
    first->corner       = PARK_ARRAY(sites->arena, first->corners * first->parts + 1, int32_t);
    first->corner_great = PARK_ARRAY(sites->arena, first->corners + 1, uint32_t);
    if (first->corner == NULL || first->corner_great == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    for (size_t i = 0; i < first->corners * first->parts; i++)
        first->corner[i] = -1;
    for (size_t n = 0; n < first->corners; n++)
        first->corner_great[n] = great_kinds(moves, n);
    return PARK_OK;
}

/* ---- faces of corners ---------------------------------------------------------------------------------------------------------- */

/* All numbers of a face, one after the other, each with its kind. */
typedef struct face_numbers {
    size_t   count;
    double **at;
    uint8_t *kind;
} face_numbers;

static void list(face_numbers *n, double *first, size_t count, number_kind kind)
{
    for (size_t i = 0; i < count; i++)
        n->at[n->count] = first + i, n->kind[n->count++] = (uint8_t)kind;
}

static bool list_face(const park_super *copies, park_arena *arena, const park_unit_info *unit,
                      park_face *face, face_numbers *n)
{
    size_t T = copies->traced, I = unit->inlets, K = unit->outlets;
    size_t most = I * (2 + T) + 4 * T + K * (4 + 5 * T);
    *n = (face_numbers){.at = PARK_ARRAY(arena, most, double *), .kind = PARK_ARRAY(arena, most, uint8_t)};
    if (n->at == NULL || n->kind == NULL)
        return false;
    list(n, face->in_lo, I, SMALL), list(n, face->in_hi, I, GREAT), list(n, face->in_limit, I * T, LIMITS);
    list(n, face->own_conc, T, LOADS), list(n, face->add, T, LOADS), list(n, face->add_per_flow, T, LOADS);
    list(n, face->removed_share, T, SHARES);
    for (size_t k = 0; k < K; k++) {
        park_face_outlet *out = &face->outlet[k];
        list(n, &out->alpha, 1, WATER), list(n, &out->beta, 1, WATER);
        list(n, &out->lo, 1, SMALL), list(n, &out->hi, 1, GREAT);
        list(n, out->conc, T, LEAVING), list(n, out->per_flow, T, LEAVING), list(n, out->load, T, LEAVING);
        list(n, out->share, T, SHARES), list(n, out->limit, T, LIMITS);
    }
    return true;
}

/* What a number is at most (or at least) in any pick: what it is, and what each site adds at most. */
typedef struct ends {
    double base, least, greatest;
} ends;

/* More of a site's variant: `least` and `greatest` are those of its variants so far. */
static void widen(double base, double here, double *least, double *greatest)
{
    if (here < base)
        *least = fmin(*least, here - base);
    else if (here > base)
        *greatest = fmax(*greatest, here - base);
}

/* The faces of one unit in one row of time: the ends of all its numbers go to its corners. */
static bool spread_unit(const park_sites *sites, const park_site *first, size_t part, size_t row,
                        park_super *copies, park_arena *arena)
{
    size_t                base = (size_t)park_site_copy(first, part, 0);
    const park_unit_info *unit = &copies->model->unit[base];
    park_face            *face = PARK_SUPER_FACE(copies, row, base);
    face_numbers          now, other;
    double                size = face->map->size_max;
    if (!list_face(copies, arena, unit, face, &now))
        return false;
    ends *end = PARK_ARRAY(arena, now.count, ends);
    if (end == NULL)
        return false;
    for (size_t i = 0; i < now.count; i++)
        end[i] = (ends){*now.at[i], *now.at[i], *now.at[i]};
    double *least = PARK_ARRAY(arena, now.count, double), *greatest = PARK_ARRAY(arena, now.count, double);
    if (least == NULL || greatest == NULL)
        return false;
    for (size_t s = first->first; s < first->first + first->sites; s++) {
        const park_site *site = &sites->site[s];
        double           more = 0.0;
        memset(least, 0, now.count * sizeof *least), memset(greatest, 0, now.count * sizeof *greatest);
        for (size_t v = 1; v < site->variants; v++) {
            park_face *of = PARK_SUPER_FACE(copies, row, (size_t)park_site_copy(site, part, v));
            if (!list_face(copies, arena, unit, of, &other))
                return false;
            for (size_t i = 0; i < now.count; i++)
                widen(end[i].base, *other.at[i], &least[i], &greatest[i]);
            more = fmax(more, of->map->size_max - face->map->size_max);
        }
        for (size_t i = 0; i < now.count; i++) /* a little more than the sum, for rounding */
            end[i].least += least[i] * (1.0 + ROUNDING), end[i].greatest += greatest[i] * (1.0 + ROUNDING);
        size += more;
    }
    for (size_t n = 0; n < first->corners; n++) {
        park_face *corner = PARK_SUPER_FACE(copies, row, (size_t)first->corner[n * first->parts + part]);
        if (!list_face(copies, arena, unit, corner, &other))
            return false;
        corner->wide = true, corner->size_most = size;
        for (size_t i = 0; i < now.count; i++) {
            bool great =
                now.kind[i] == GREAT || (now.kind[i] < KINDS && (first->corner_great[n] >> now.kind[i] & 1u));
            *other.at[i] = great ? end[i].greatest : end[i].least;
        }
    }
    return true;
}

park_status park_factors_spread(const park_sites *sites, park_super *copies, park_error *err)
{
    park_arena *arena = park_arena_new();
    bool        ok    = arena != NULL;
    for (size_t s = 0; s < sites->count; s++) {
        const park_site *first = &sites->site[s];
        for (size_t p = 0; first->corners > 0 && p < first->parts; p++)
            for (size_t row = 0; first->part[p].kind == PARK_PART_UNIT && ok && row < copies->seasons; row++)
                ok = spread_unit(sites, first, p, row, copies, arena);
    }
    park_arena_free(arena);
    return ok ? PARK_OK : PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
}
