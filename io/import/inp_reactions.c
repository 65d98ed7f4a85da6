/* [REACTIONS] and [ENERGY]: numbers of the whole network, then those of single pipes, tanks and pumps. */
#include "import/inp_parts.h"

#include <math.h>
#include <string.h>

/* --- [REACTIONS] --- */

static double *global(park_inp *inp, int which)
{
    park_net_options *o = &inp->net->option;
    return which == 0 ? &o->bulk : &o->wall;
}

static double factor(const park_inp *inp, int which)
{
    const park_net_options *o = &inp->net->option;
    return which == 0   ? park_inp_bulk_factor(o->bulk_order, o->quality_unit)
           : which == 1 ? park_inp_wall_factor(o->wall_order, o->quality_unit, &inp->units)
                        : park_inp_bulk_factor(o->tank_order, o->quality_unit);
}

static const char *const WHERE[] = {"BULK", "WALL", "TANK"};

/* Orders come before all coefficients, whose units they are part of. */
void park_inp_read_order(park_inp *inp)
{
    park_net_options *o = &inp->net->option;
    double            y = 0.0;
    if (inp->words < 3 || !park_inp_is(inp, 0, "ORDER"))
        return;
    int where = park_inp_choice(inp, 1, WHERE, 3);
    if (where < 0 || !park_inp_number(inp, inp->words - 1, &y))
        return;
    if (where == 1 && y != 0.0 && y != 1.0) {
        PARK_INP_TELL(inp, (int)inp->words - 1, PARK_E0605, PARK_ERROR,
                      "the order of wall reactions is 0 or 1, not %g", "管壁反应级数为 0 或 1，而非 %g", y);
        return;
    }
    *(where == 0 ? &o->bulk_order : where == 1 ? &o->wall_order : &o->tank_order) = y;
}

static void to_one(park_inp *inp, int where, double value)
{
    park_network *net = inp->net;
    park_names   *ids = where == 2 ? &net->node.names : &net->link.names;
    int32_t       i   = park_names_find(ids, inp->word[1].text, inp->word[1].length);
    if (i < 0 || (where == 2 && inp->tank_of[i] < 0)) {
        park_inp_left_out(inp, 1, "no such pipe or tank", "没有该管道或水池");
        return;
    }
    *(where == 0   ? &net->link.bulk[i]
      : where == 1 ? &net->link.wall[i]
                   : &net->tank.bulk[inp->tank_of[i]]) = value;
}

static void to_range(park_inp *inp, int where, double value)
{
    park_network  *net   = inp->net;
    size_t         count = where == 2 ? net->tank.count : net->link.count;
    park_inp_range range;
    if (!park_inp_range_of(inp, 1, count, &range))
        return;
    for (size_t i = 0; i < count; i++) {
        const char *id = where == 2 ? net->node.names.text[net->tank.node[i]] : net->link.names.text[i];
        if (park_inp_range_holds(&range, id))
            *(where == 0 ? &net->link.bulk[i] : where == 1 ? &net->link.wall[i] : &net->tank.bulk[i]) = value;
    }
}

void park_inp_read_reaction(park_inp *inp)
{
    static const char *const WORDS[] = {"BULK", "WALL", "TANK", "GLOB", "LIMIT", "ROUG", "ORDER"};
    park_net_options        *o       = &inp->net->option;
    double                   value   = 0.0;
    if (inp->words < 3)
        return;
    int word = park_inp_choice(inp, 0, WORDS, 7);
    if (word < 0 || word == 6 || !park_inp_number(inp, inp->words - 1, &value))
        return;
    if (word == 3) {
        int which = park_inp_choice(inp, 1, WHERE, 2);
        if (which >= 0)
            *global(inp, which) = value * factor(inp, which);
    } else if (word == 4) {
        o->limiting = value * park_inp_quality_factor(o->quality, o->quality_unit);
    } else if (word == 5) {
        o->wall_roughness_factor = value * factor(inp, 1);
    } else if (inp->words == 3) {
        to_one(inp, word, value * factor(inp, word));
    } else {
        to_range(inp, word, value * factor(inp, word));
    }
}

/* A tank without a coefficient of its own takes the network's number; with orders that differ its unit is another. */
void park_inp_settle_reactions(park_inp *inp)
{
    park_net_options *o    = &inp->net->option;
    park_net_tanks   *tank = &inp->net->tank;
    for (size_t t = 0; o->tank_order != o->bulk_order && o->bulk != 0.0 && t < tank->count; t++)
        if (isnan(tank->bulk[t]))
            tank->bulk[t] = o->bulk / factor(inp, 0) * factor(inp, 2);
}

/* --- [ENERGY] --- */

static const double KILOWATT_HOUR = 3.6e6; /* [J] */

static void read_global(park_inp *inp, int what)
{
    park_net_energy *energy = &inp->net->energy;
    size_t           last   = inp->words - 1;
    double           value  = 0.0;
    if (what == 1) {
        (void)park_inp_pattern(inp, last, &energy->price_pattern);
    } else if (what == 0 && park_inp_not_negative(inp, last, &value)) {
        energy->price = value / KILOWATT_HOUR;
    } else if (what == 2 && park_inp_above_zero(inp, last, &value)) {
        energy->efficiency = value / 100.0;
    }
}

static void read_pump(park_inp *inp, int what)
{
    park_net_pumps *pump  = &inp->net->pump;
    size_t          last  = inp->words - 1;
    double          price = 0.0;
    int32_t         link  = park_inp_link(inp, 1);
    if (link < 0)
        return;
    int32_t p = inp->pump_of[link];
    if (p < 0) {
        PARK_INP_TELL(inp, 1, PARK_E0613, PARK_ERROR, "link '%s' is no pump", "管段“%s”不是水泵",
                      inp->net->link.names.text[link]);
        return;
    }
    if (what == 1) {
        (void)park_inp_pattern(inp, last, &pump->price_pattern[p]);
    } else if (what == 2) {
        pump->efficiency[p] = park_inp_curve(inp, last, PARK_NET_CURVE_EFFICIENCY);
    } else if (park_inp_not_negative(inp, last, &price)) {
        pump->price[p] = price > 0.0 ? price / KILOWATT_HOUR : NAN; /* zero means the network's */
    }
}

/* GLOBAL PRICE|PATTERN|EFFIC value; PUMP id PRICE|PATTERN|EFFIC value; DEMAND CHARGE value */
void park_inp_read_energy(park_inp *inp)
{
    static const char *const WORDS[] = {"GLOB", "PUMP", "DEMAN"};
    static const char *const WHATS[] = {"PRICE", "PATT", "EFFI"};
    double                   charge  = 0.0;
    if (inp->words < 3)
        return;
    int word = park_inp_choice(inp, 0, WORDS, 3);
    if (word == 2) {
        if (park_inp_not_negative(inp, 2, &charge))
            inp->net->energy.demand_charge = charge / 1000.0;
        return;
    }
    if (word < 0 || (word == 1 && !park_inp_needs(inp, 4, "PUMP id PRICE value")))
        return;
    int what = park_inp_choice(inp, inp->words - 2, WHATS, 3);
    if (what < 0)
        return;
    if (word == 0)
        read_global(inp, what);
    else
        read_pump(inp, what);
}
