/*
 * The Jacobian of a sludge plant. One walk names every entry in a fixed order; the first time it writes down where the
 * entries stand, later it adds their values there. So pattern and values cannot disagree.
 */
#include "biology/layout.h"

#include <math.h>
#include <string.h>

typedef struct pen {
    park_triplets *pattern; /* not NULL: writing the pattern */
    const size_t  *place;
    double        *value;
    size_t         written;
    park_status    status;
} pen;

static void put(pen *w, size_t row, size_t column, double value)
{
    if (w->pattern == NULL) {
        w->value[w->place[w->written++]] += value;
        return;
    }
    if (w->status == PARK_OK)
        w->status = park_triplets_add(w->pattern, (int32_t)row, (int32_t)column, 0.0, NULL);
}

/* ---- tanks ---- */

static void reactions(pen *w, const park_sludge_form *f, const double *y, size_t tank)
{
    double slope[PARK_ASM1_PROCESSES][6] = {{0.0}};
    park_asm1_slopes(&f->plant.kinetics, y + tank_at(tank, 0), slope);
    for (size_t p = 0; p < PARK_ASM1_PROCESSES; p++)
        for (size_t r = 0; PARK_ASM1_READS[p][r] >= 0; r++)
            for (const int *to = PARK_ASM1_MAKES[p]; *to >= 0; to++)
                put(w, tank_at(tank, (size_t)*to), tank_at(tank, (size_t)PARK_ASM1_READS[p][r]),
                    f->matrix.nu[p][*to] * slope[p][r]);
}

static void aeration(pen *w, const park_sludge_form *f, const double *y, size_t tank)
{
    const park_sludge_plant *p  = &f->plant;
    size_t                   so = tank_at(tank, PARK_SO), memory = f->control[tank];
    double                   kla = park_sludge_kla(f, y, tank), gap = p->oxygen_saturation - y[so];
    put(w, so, so, -kla);
    if (memory == 0)
        return;
    double free = kla > 0.0 && kla < p->tank[tank].kla_most ? 1.0 : 0.0; /* not at a limit */
    put(w, so, so, -free * p->do_gain * gap);
    put(w, so, memory, free * gap);
    put(w, memory, so, -p->do_gain / p->do_time + (1.0 - free) * p->do_gain / p->do_tracking);
    put(w, memory, memory, -(1.0 - free) / p->do_tracking);
}

static double outflow(const park_sludge_plant *p, double inflow, size_t tank, size_t component)
{
    if (tank + 1 < p->tanks)
        return onward(p, inflow, tank);
    double kept = p->separation == PARK_SEPARATION_MEMBRANE && park_asm1_particulate(component)
                      ? p->retention * (inflow - p->wasted)
                      : 0.0;
    return inflow + p->returned - kept;
}

static void water(pen *w, const park_sludge_form *f, double inflow, size_t tank)
{
    const park_sludge_plant *p   = &f->plant;
    double                   per = 1.0 / p->tank[tank].volume;
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++) {
        size_t here = tank_at(tank, k);
        double out  = outflow(p, inflow, tank, k) + (tank == p->recycle_from ? p->recycle : 0.0);
        put(w, here, here, -out * per);
        if (tank > 0)
            put(w, here, tank_at(tank - 1, k), onward(p, inflow, tank - 1) * per);
        if (tank == p->recycle_to)
            put(w, here, tank_at(p->recycle_from, k), p->recycle * per);
    }
}

/* The sludge that comes back into the first tank. */
static void returning(pen *w, const park_sludge_form *f, const double *y)
{
    const park_sludge_plant *p   = &f->plant;
    double                   per = p->returned / p->tank[0].volume, cod = p->kinetics.tss_per_cod;
    if (!settles(f)) {
        for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
            put(w, tank_at(0, k), last_at(f, k), per);
        return;
    }
    for (size_t s = 0; s < SOLUBLES; s++)
        put(w, tank_at(0, SOLUBLE[s]), soluble_at(f, LAYERS - 1, s), per);
    double feed = park_asm1_tss(&p->kinetics, y + last_at(f, 0)), by = feed > 0.0 ? per / feed : 0.0;
    for (size_t i = 0; i < SOLIDS; i++) {
        size_t to = tank_at(0, SOLID[i]);
        if (carried(f)) {
            put(w, to, solid_at(f, LAYERS - 1, i), per);
            continue;
        }
        double x = y[last_at(f, SOLID[i])], tss = y[tss_at(f, LAYERS - 1)];
        put(w, to, tss_at(f, LAYERS - 1), by * x);
        put(w, to, last_at(f, SOLID[i]), by * tss);
        for (size_t q = 0; q < TSS_PARTS; q++)
            put(w, to, last_at(f, SOLID[q]), feed > 0.0 ? -by * x * tss * cod / feed : 0.0);
    }
}

/* ---- settler ---- */

typedef struct settling {
    double up, down, in, face; /* per volume of a layer, as in the rates */
    double flux[LAYERS], by_upper[LAYERS], by_lower[LAYERS], by_feed[LAYERS], tss[LAYERS], cod;
} settling;

static settling settling_at(const park_sludge_form *f, double inflow, const double *y)
{
    const park_sludge_plant *p      = &f->plant;
    double                   volume = p->settler.area * p->settler.height / LAYERS;
    settling                 s      = {.up   = (inflow - p->wasted) / volume,
                                       .down = (p->returned + p->wasted) / volume,
                                       .in   = (inflow + p->returned) / volume,
                                       .face = p->settler.area / volume,
                                       .cod  = p->kinetics.tss_per_cod};
    for (size_t j = 0; j < LAYERS; j++)
        s.tss[j] = carried(f) ? park_asm1_tss(&p->kinetics, y + f->settler_at + j * f->settler_width)
                              : y[tss_at(f, j)];
    park_settler_flux(&p->settler, park_asm1_tss(&p->kinetics, y + last_at(f, 0)), s.tss, s.flux, s.by_upper,
                      s.by_lower, s.by_feed);
    return s;
}

static size_t layer_slot(const park_sludge_form *f, size_t layer, bool soluble, size_t i)
{
    return soluble ? soluble_at(f, layer, i) : carried(f) ? solid_at(f, layer, i) : tss_at(f, layer);
}

/* What the water moves; `i` counts solubles or solids. */
static void washing(pen *w, const park_sludge_form *f, const settling *s, bool soluble, size_t i)
{
    size_t at = f->plant.settler.feed_layer;
    for (size_t j = 0; j < LAYERS; j++) {
        size_t here = layer_slot(f, j, soluble, i);
        put(w, here, here, -(j <= at ? s->up : 0.0) - (j >= at ? s->down : 0.0));
        if (j < at)
            put(w, here, layer_slot(f, j + 1, soluble, i), s->up);
        if (j > at)
            put(w, here, layer_slot(f, j - 1, soluble, i), s->down);
    }
    size_t here = layer_slot(f, at, soluble, i);
    if (soluble || carried(f)) {
        put(w, here, last_at(f, soluble ? SOLUBLE[i] : SOLID[i]), s->in);
    } else {
        for (size_t q = 0; q < TSS_PARTS; q++)
            put(w, here, last_at(f, SOLID[q]), s->in * s->cod);
    }
}

/* What leaves one layer arrives in the next. */
static void drop(pen *w, size_t upper, size_t lower, size_t column, double value)
{
    put(w, upper, column, -value);
    put(w, lower, column, value);
}

static void falling_tss(pen *w, const park_sludge_form *f, const settling *s)
{
    for (size_t j = 0; j + 1 < LAYERS; j++) {
        size_t upper = tss_at(f, j), lower = tss_at(f, j + 1);
        drop(w, upper, lower, upper, s->face * s->by_upper[j]);
        drop(w, upper, lower, lower, s->face * s->by_lower[j]);
        for (size_t q = 0; q < TSS_PARTS; q++)
            drop(w, upper, lower, last_at(f, SOLID[q]), s->face * s->by_feed[j] * s->cod);
    }
}

static void falling_solids(pen *w, const park_sludge_form *f, const settling *s, const double *y)
{
    for (size_t j = 0; j + 1 < LAYERS; j++) {
        double per = s->tss[j] > 0.0 ? s->face / s->tss[j] : 0.0, mean = per * s->flux[j];
        double steeper = s->tss[j] > 0.0 ? s->by_upper[j] - s->flux[j] / s->tss[j] : 0.0;
        for (size_t i = 0; i < SOLIDS; i++) {
            size_t upper = solid_at(f, j, i), lower = solid_at(f, j + 1, i);
            double share = per * y[upper] * s->cod;
            drop(w, upper, lower, upper, mean);
            for (size_t q = 0; q < TSS_PARTS; q++) {
                drop(w, upper, lower, solid_at(f, j, q), share * steeper);
                drop(w, upper, lower, solid_at(f, j + 1, q), share * s->by_lower[j]);
                drop(w, upper, lower, last_at(f, SOLID[q]), share * s->by_feed[j]);
            }
        }
    }
}

/* ---- the walk ---- */

static void walk(pen *w, const park_sludge_form *f, double inflow, const double *y)
{
    for (size_t i = 0; i < f->plant.tanks; i++) {
        reactions(w, f, y, i);
        aeration(w, f, y, i);
        water(w, f, inflow, i);
    }
    returning(w, f, y);
    if (!settles(f))
        return;
    settling s = settling_at(f, inflow, y);
    for (size_t i = 0; i < SOLUBLES; i++)
        washing(w, f, &s, true, i);
    for (size_t i = 0; i < (carried(f) ? SOLIDS : 1); i++)
        washing(w, f, &s, false, i);
    if (carried(f))
        falling_solids(w, f, &s, y);
    else
        falling_tss(w, f, &s);
}

void park_sludge_jacobian(const park_sludge_form *f, const park_sludge_inflow *in, const double *y,
                          double *value)
{
    pen w = {.place = f->place, .value = value};
    memset(value, 0, f->pattern.start[f->states] * sizeof *value);
    walk(&w, f, in->flow, y);
}

/* ---- making ---- */

static park_status check(const park_sludge_plant *p, park_error *err)
{
    if (p->tanks == 0 || p->tanks > PARK_SLUDGE_TANKS_MOST)
        return PARK_FAIL(err, PARK_E_RANGE, "a sludge plant has 1 to %d tanks, not %zu",
                         PARK_SLUDGE_TANKS_MOST, p->tanks);
    for (size_t i = 0; i < p->tanks; i++) {
        const park_sludge_tank *t = &p->tank[i];
        if (!(t->volume > 0.0) || !(t->kla >= 0.0))
            return PARK_FAIL(
                err, PARK_E_RANGE,
                "tank %zu: its volume is %g m3 and its oxygen transfer %g 1/s; they must lie above and "
                "not below zero",
                i + 1, t->volume, t->kla);
        if (!isnan(t->do_set) && !(t->do_set > 0.0 && t->do_set < p->oxygen_saturation && t->kla_most > 0.0))
            return PARK_FAIL(err, PARK_E_RANGE,
                             "tank %zu: oxygen of %g kg/m3 cannot be held; saturation is %g kg/m3", i + 1,
                             t->do_set, p->oxygen_saturation);
        if (!isnan(t->do_set) && !(p->do_gain > 0.0 && p->do_time > 0.0 && p->do_tracking > 0.0))
            return PARK_FAIL(err, PARK_E_RANGE, "the oxygen controller's gain and times must be above zero");
    }
    if (p->recycle_from >= p->tanks || p->recycle_to > p->recycle_from)
        return PARK_FAIL(err, PARK_E_RANGE, "the recycle from tank %zu to tank %zu does not run back",
                         p->recycle_from + 1, p->recycle_to + 1);
    if (!(p->recycle >= 0.0 && p->returned >= 0.0 && p->wasted >= 0.0) || p->returned + p->wasted <= 0.0)
        return PARK_FAIL(
            err, PARK_E_RANGE,
            "recycle %g, return %g and waste %g m3/s must not be below zero, and sludge must leave",
            p->recycle, p->returned, p->wasted);
    if (settles(&(park_sludge_form){.plant = *p})) {
        const park_settler *s = &p->settler;
        if (!(s->area > 0.0 && s->height > 0.0) || s->feed_layer == 0 || s->feed_layer + 1 >= LAYERS)
            return PARK_FAIL(err, PARK_E_RANGE, "a settler of %g m2 and %g m with its feed in layer %zu",
                             s->area, s->height, s->feed_layer + 1);
    } else if (!(p->retention >= 0.0 && p->retention <= 1.0)) {
        return PARK_FAIL(err, PARK_E_RANGE, "the membrane's retention is %g; it must lie in [0, 1]",
                         p->retention);
    }
    return PARK_OK;
}

static void lay_out(park_sludge_form *f)
{
    const park_sludge_plant *p = &f->plant;
    f->settler_at              = p->tanks * PARK_ASM1_COMPONENTS;
    f->settler_width           = !settles(f)                                ? 0
                                 : p->settler.solids == PARK_SOLIDS_CARRIED ? PARK_ASM1_COMPONENTS
                                                                            : SOLUBLES + 1;
    f->control_at              = f->settler_at + f->settler_width * LAYERS;
    f->states                  = f->control_at;
    for (size_t i = 0; i < p->tanks; i++)
        if (!isnan(p->tank[i].do_set))
            f->control[i] = f->states++;
}

park_status park_sludge_form_make(park_arena *arena, const park_sludge_plant *plant, park_sludge_form **form,
                                  park_error *err)
{
    *form = NULL;
    PARK_TRY(check(plant, err));
    park_sludge_form *f = PARK_NEW(arena, park_sludge_form);
    if (f == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a sludge plant");
    f->plant  = *plant;
    f->matrix = park_asm1_stoichiometry(&plant->kinetics);
    lay_out(f);
    park_triplets entries;
    double       *y = PARK_ARRAY(arena, f->states, double);
    park_triplets_init(&entries, arena, (int32_t)f->states, (int32_t)f->states);
    pen w = {.pattern = &entries};
    if (y != NULL)
        walk(&w, f, plant->returned + plant->wasted, y);
    f->place = PARK_ARRAY(arena, entries.count + 1, size_t);
    if (y == NULL || w.status != PARK_OK || f->place == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a sludge plant");
    PARK_TRY(park_sparse_build(arena, &entries, &f->pattern, f->place, err));
    *form = f;
    return PARK_OK;
}
