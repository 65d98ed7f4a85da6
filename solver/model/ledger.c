#include <parkwater/ledger.h>

#include <math.h>
#include <stdbool.h>

/* A millionth of the largest throughput: below it a unit counts as idle. */
static const double IDLE_SHARE = 1e-6;

park_ledger *park_ledger_new(park_arena *arena, const park_model *model)
{
    park_ledger *ledger = PARK_NEW(arena, park_ledger);
    if (ledger == NULL)
        return NULL;
    size_t s = model->time.seasons, l = model->links, k = model->outlets, u = model->units;
    size_t c             = model->constituents;
    ledger->seasons      = s;
    ledger->links        = l;
    ledger->outlets      = k;
    ledger->units        = u;
    ledger->constituents = c;

    const struct {
        double **column;
        size_t   rows, width;
    } columns[] = {
        {&ledger->link_water, s * l, 1},
        {&ledger->link_mass, s * l, c},
        {&ledger->outlet_water, s * k, 1},
        {&ledger->outlet_mass, s * k, c},
        {&ledger->own_water, s * u, 1},
        {&ledger->own_mass, s * u, c},
        {&ledger->added_mass, s * u, c},
        {&ledger->removed_mass, s * u, c},
        {&ledger->stored_water, s * u, 1},
        {&ledger->stored_mass, s * u, c},
        {&ledger->circulating, s * u, 1},
        {&ledger->required, s * u, 1},
        {&ledger->unmet, s * u, 1},
        {&ledger->spilled, s * u, 1},
        {&ledger->spilled_mass, s * u, c},
        {&ledger->unit_energy, s * u, 1},
        {&ledger->link_energy, s * l, 1},
        {&ledger->link_used_share, s * l, 1},
        {&ledger->link_treated_share, s * l, 1},
        {&ledger->link_origin_share, s * l, PARK_ORIGIN_NONE},
        {&ledger->link_first_share, s * l, PARK_ORIGIN_NONE},
    };
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        *columns[i].column = park_array(arena, columns[i].rows * columns[i].width, sizeof(double));
        if (*columns[i].column == NULL)
            return NULL;
    }
    return ledger;
}

/* One quantity of the ledger: water (width 1) or one constituent (offset c of width C); added and removed are
 * NULL for water. */
typedef struct quantity {
    size_t        width, at;
    const double *link, *outlet, *own, *added, *removed, *stored, *spilled;
} quantity;

static double of(const quantity *q, const double *column, size_t row)
{
    return column == NULL ? 0.0 : column[row * q->width + q->at];
}

/* Eq. (B1): what came in and what went out of every unit in one season. */
static void unit_sums(const park_model *model, const park_ledger *ledger, const quantity *q, size_t s,
                      double *in, double *out)
{
    for (size_t u = 0; u < ledger->units; u++) {
        size_t row = s * ledger->units + u;
        in[u]      = of(q, q->own, row) + of(q, q->added, row);
        out[u]     = of(q, q->removed, row) + of(q, q->spilled, row);
    }
    for (size_t l = 0; l < ledger->links; l++)
        in[model->link[l].to] += of(q, q->link, s * ledger->links + l);
    for (size_t k = 0; k < ledger->outlets; k++)
        out[model->outlet[k].unit] += of(q, q->outlet, s * ledger->outlets + k);
}

/* The worst residual found so far, with its unit. */
typedef struct worst {
    double  residual;
    int32_t unit;
    double  floor; /* amounts below it are idle */
    bool    finite;
} worst;

static void judge(worst *w, double in, double out, double stored, int32_t unit)
{
    double gap   = fabs(in - out - stored);
    double scale = fmax(fmax(fabs(in), fabs(out)), w->floor);
    if (!isfinite(gap))
        w->finite = false;
    if (scale > 0.0 && gap / scale > w->residual) {
        w->residual = gap / scale;
        w->unit     = unit;
    }
}

/* The boundary's amounts over the year. */
typedef struct crossing {
    double in, added, removed, out, stored;
} crossing;

/* Eq. (B3), one season: sources and own water in, sinks, exits and spills out. */
static crossing boundary(const park_model *model, const park_ledger *ledger, const quantity *q, size_t s)
{
    crossing b = {0};
    for (size_t u = 0; u < ledger->units; u++) {
        size_t row = s * ledger->units + u;
        b.in += of(q, q->own, row);
        b.added += of(q, q->added, row);
        b.removed += of(q, q->removed, row);
        b.stored += of(q, q->stored, row);
        b.out += of(q, q->spilled, row);
        if (model->unit[u].role == PARK_SOURCE) /* a source has no inlet: what it spills has arrived, too */
            b.in += of(q, q->spilled, row) - of(q, q->own, row);
    }
    for (size_t k = 0; k < ledger->outlets; k++) {
        double amount = of(q, q->outlet, s * ledger->outlets + k);
        if (model->unit[model->outlet[k].unit].role == PARK_SOURCE)
            b.in += amount;
        if (model->outlet[k].exits)
            b.out += amount;
    }
    for (size_t l = 0; l < ledger->links; l++)
        if (model->unit[model->link[l].to].role == PARK_SINK)
            b.out += of(q, q->link, s * ledger->links + l);
    return b;
}

/* Eq. (B2): a linked outlet carries exactly what its links carry. */
static void judge_outlets(const park_model *model, const park_ledger *ledger, const quantity *q, size_t s,
                          double *sum, worst *w)
{
    for (size_t k = 0; k < ledger->outlets; k++)
        sum[k] = 0.0;
    for (size_t l = 0; l < ledger->links; l++)
        sum[model->link[l].outlet] += of(q, q->link, s * ledger->links + l);
    for (size_t k = 0; k < ledger->outlets; k++)
        if (!model->outlet[k].exits)
            judge(w, of(q, q->outlet, s * ledger->outlets + k), sum[k], 0.0, model->outlet[k].unit);
}

static void judge_units(const park_model *model, const park_ledger *ledger, const quantity *q, size_t s,
                        const double *in, const double *out, worst *w)
{
    for (size_t u = 0; u < ledger->units; u++) {
        park_role role = model->unit[u].role;
        if (role != PARK_SOURCE && role != PARK_SINK)
            judge(w, in[u], out[u], of(q, q->stored, s * ledger->units + u), (int32_t)u);
    }
}

/* All balances of one quantity; `total` gathers the year over the boundary. Scratch: in, out [U], sum [K]. */
static worst close_quantity(const park_model *model, const park_ledger *ledger, const quantity *q, double *in,
                            double *out, double *sum, crossing *total)
{
    worst w = {.unit = -1, .finite = true};
    for (size_t s = 0; s < ledger->seasons; s++) {
        unit_sums(model, ledger, q, s, in, out);
        for (size_t u = 0; u < ledger->units; u++)
            w.floor = fmax(w.floor, IDLE_SHARE * fmax(in[u], out[u]));
    }
    for (size_t s = 0; s < ledger->seasons; s++) {
        unit_sums(model, ledger, q, s, in, out);
        judge_units(model, ledger, q, s, in, out, &w);
        judge_outlets(model, ledger, q, s, sum, &w);
        crossing b = boundary(model, ledger, q, s);
        judge(&w, b.in + b.added, b.out + b.removed, b.stored, -1);
        total->in += b.in;
        total->added += b.added;
        total->removed += b.removed;
        total->out += b.out;
        total->stored += b.stored;
    }
    judge(&w, total->in + total->added, total->out + total->removed, total->stored, -1);
    return w;
}

static bool same_shape(const park_model *model, const park_ledger *ledger)
{
    return ledger->seasons == model->time.seasons && ledger->links == model->links &&
           ledger->outlets == model->outlets && ledger->units == model->units &&
           ledger->constituents == model->constituents;
}

park_status park_ledger_close(const park_model *model, const park_ledger *ledger, park_arena *arena,
                              park_closure *closure, park_error *err)
{
    if (!same_shape(model, ledger))
        return PARK_FAIL(err, PARK_E_RANGE, "the ledger has the shape of another park");
    size_t  constituents = ledger->constituents;
    double *in           = PARK_ARRAY(arena, ledger->units, double);
    double *out          = PARK_ARRAY(arena, ledger->units, double);
    double *sum          = PARK_ARRAY(arena, ledger->outlets, double);
    double *mass         = PARK_ARRAY(arena, 5 * constituents, double);
    if (in == NULL || out == NULL || sum == NULL || mass == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to close the balances");

    *closure       = (park_closure){.water_unit       = -1,
                                    .mass_unit        = -1,
                                    .mass_constituent = -1,
                                    .mass_in          = mass,
                                    .mass_added       = mass + constituents,
                                    .mass_removed     = mass + 2 * constituents,
                                    .mass_out         = mass + 3 * constituents,
                                    .mass_stored      = mass + 4 * constituents};
    quantity water = {.width   = 1,
                      .link    = ledger->link_water,
                      .outlet  = ledger->outlet_water,
                      .own     = ledger->own_water,
                      .stored  = ledger->stored_water,
                      .spilled = ledger->spilled};
    crossing total = {0};
    worst    w     = close_quantity(model, ledger, &water, in, out, sum, &total);
    if (!w.finite)
        return PARK_FAIL(err, PARK_E_NUMERIC, "a volume in the ledger is not a finite number");
    closure->water       = w.residual;
    closure->water_unit  = w.unit;
    closure->park_in     = total.in;
    closure->park_out    = total.out;
    closure->park_stored = total.stored;

    for (size_t c = 0; c < constituents; c++) {
        if (model->constituent[c].mixes != PARK_MIX_MASS)
            continue; /* temperature, pH, turbidity: bounded or mixed otherwise, no mass to close */
        quantity m = {.width   = constituents,
                      .at      = c,
                      .link    = ledger->link_mass,
                      .outlet  = ledger->outlet_mass,
                      .own     = ledger->own_mass,
                      .added   = ledger->added_mass,
                      .removed = ledger->removed_mass,
                      .stored  = ledger->stored_mass,
                      .spilled = ledger->spilled_mass};
        total      = (crossing){0};
        w          = close_quantity(model, ledger, &m, in, out, sum, &total);
        if (!w.finite)
            return PARK_FAIL(err, PARK_E_NUMERIC, "a mass of %s in the ledger is not a finite number",
                             model->constituent[c].id);
        if (w.residual > closure->mass || closure->mass_constituent < 0) {
            closure->mass             = w.residual;
            closure->mass_unit        = w.unit;
            closure->mass_constituent = (int32_t)c;
        }
        closure->mass_in[c]      = total.in;
        closure->mass_added[c]   = total.added;
        closure->mass_removed[c] = total.removed;
        closure->mass_out[c]     = total.out;
        closure->mass_stored[c]  = total.stored;
    }
    return PARK_OK;
}
