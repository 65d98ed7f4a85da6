#include "design/costs.h"

static const double YEAR            = 31536000.0; /* 365 d [s] */
static const double GRAVITY         = 9810.0;     /* weight of a cubic metre of water [N/m3] */
static const double FROZEN_VELOCITY = 0.8; /* of the largest: where friction is frozen (outside the proof) */
static const double PI              = 3.14159265358979323846;

double park_annual_factor(const park_model *model, double life)
{
    const park_economics *e = &model->economics;
    if (isfinite(e->annual_factor))
        return e->annual_factor * YEAR;
    double years = (isfinite(life) && life > 0.0 ? life : e->life) / YEAR;
    if (!(years > 0.0))
        return 0.0;
    if (!(fabs(e->discount) > 0.0))
        return 1.0 / years;
    return e->discount / (1.0 - pow(1.0 + e->discount, -years));
}

bool park_needs_capital(const park_map *map)
{
    return !map->existing && (map->capex.scale > 0.0 || map->capex.fixed > 0.0);
}

double park_capex_of(const park_map *map, double size)
{
    double sum = 0.0;
    if (!(size > 0.0) || map->existing)
        return 0.0;
    if (map->capex.scale > 0.0)
        sum += map->capex.scale * pow(size / map->capex.reference, map->capex.exponent);
    if (map->capex.fixed > 0.0)
        sum += map->capex.fixed;
    return sum;
}

double park_size_of_step(const park_map *map, int step)
{
    double size =
        fmax(map->size_min, 0.0) > 0.0 ? map->size_min + step * map->size_step : (step + 1) * map->size_step;
    return fmin(size, map->size_max);
}

int park_size_steps(const park_map *map, double most)
{
    int steps = 1;
    while (steps < 4096 && park_size_of_step(map, steps - 1) < fmin(most, map->size_max) * (1.0 - 1e-12))
        steps++;
    return steps;
}

double park_capex_step(const park_map *map, int step)
{
    double here = park_capex_of(map, park_size_of_step(map, step));
    return step == 0 ? here : here - park_capex_of(map, park_size_of_step(map, step - 1));
}

double park_pipe_step(const park_model *model, const park_link_info *link, int first, int step)
{
    double here = park_pipe_price(model, link, first + step);
    return step == 0 ? here : here - park_pipe_price(model, link, first + step - 1);
}

/* ---- pipes -------------------------------------------------------------------------------------------------------- */

double park_pipe_capacity(const park_model *model, int size)
{
    double d = model->pipe.size[size].diameter;
    return model->pipe.max_velocity * PI * d * d / 4.0;
}

double park_pipe_price(const park_model *model, const park_link_info *link, int size)
{
    return model->pipe.size[size].price * link->length;
}

park_pipe_range park_pipe_sizes(const park_model *model, const park_link_info *link, double most)
{
    const park_pipe_rules *pipe  = &model->pipe;
    park_pipe_range        range = {0, 0};
    if (link->existing || link->free || !(link->length > 0.0) || pipe->sizes == 0 ||
        !(pipe->max_velocity > 0.0))
        return range;
    int first = 0, sizes = (int)pipe->sizes;
    while (first < sizes - 1 &&
           park_pipe_capacity(model, first) < fmax(link->min_flow, link->capacity_min) * (1.0 - 1e-12))
        first++;
    int last = first;
    while (last < sizes - 1 && park_pipe_capacity(model, last) < most * (1.0 - 1e-12))
        last++;
    range.first = first, range.count = last - first + 1;
    return range;
}

double park_link_reference(const park_super *super, size_t l)
{
    double most = 0.0;
    if (super->link_most != NULL)
        return super->link_most[l];
    for (size_t s = 0; s < super->seasons; s++)
        most = fmax(most, super->link_hi[s * super->links + l]);
    return most;
}

double park_link_energy(const park_model *model, const park_link_info *link, double reference_flow)
{
    const park_pipe_rules *pipe = &model->pipe;
    double                 head = isfinite(link->lift) ? link->lift : 0.0;
    if (link->length > 0.0 && pipe->sizes > 0 && pipe->max_velocity > 0.0 && pipe->roughness_hw > 0.0) {
        int    size = 0;
        double v    = FROZEN_VELOCITY * pipe->max_velocity;
        while (size < (int)pipe->sizes - 1 && park_pipe_capacity(model, size) < reference_flow)
            size++;
        double d = pipe->size[size].diameter, q = v * PI * d * d / 4.0;
        head += 10.666829 * link->length * pow(q, 1.852) / (pow(pipe->roughness_hw, 1.852) * pow(d, 4.871));
    }
    double efficiency = pipe->pump_efficiency > 0.0 ? pipe->pump_efficiency : 0.7;
    return head > 0.0 ? GRAVITY * head / efficiency : 0.0;
}

/* ---- rates ----------------------------------------------------------------------------------------------------------- */

double park_energy_price(const park_model *model)
{
    double power = isfinite(model->tariffs.power) ? model->tariffs.power : 0.0;
    double grid  = isfinite(model->carbon.grid) ? model->carbon.grid : 0.0;
    double price = isfinite(model->carbon.price) ? model->carbon.price : 0.0;
    return power + grid * price;
}

bool park_counts_as_intake(const park_model *model, size_t u, park_basis basis)
{
    switch (model->unit[u].origin) {
    case PARK_ORIGIN_SURFACE:
    case PARK_ORIGIN_GROUND:
    case PARK_ORIGIN_TAP:
        return model->unit[u].role == PARK_SOURCE;
    case PARK_ORIGIN_RECLAIMED_MUNICIPAL:
    case PARK_ORIGIN_MINE:
    case PARK_ORIGIN_RAIN:
        return model->unit[u].role == PARK_SOURCE && basis == PARK_BASIS_ALL_SOURCES;
    case PARK_ORIGIN_RECLAIMED_PARK:
    case PARK_ORIGIN_STREAM:
    case PARK_ORIGIN_WASTEWATER:
    case PARK_ORIGIN_NONE:
        break;
    }
    return false;
}

park_rates park_unit_rates(const park_super *super, park_objective_kind kind, size_t s, size_t u)
{
    const park_model *model  = super->future[s / super->per];
    const park_map   *map    = PARK_SUPER_FACE(super, s, u)->map;
    double            grid   = isfinite(model->carbon.grid) ? model->carbon.grid : 0.0;
    double            carbon = isfinite(model->carbon.price) ? model->carbon.price : 0.0;
    double            energy = park_energy_price(model);
    switch (kind) {
    case PARK_MIN_COST:
        return (park_rates){map->opex_in + map->energy_in * energy + map->carbon_in * carbon,
                            map->opex_out + map->energy_out * energy};
    case PARK_MIN_FRESH_WATER:
        return (park_rates){0.0, park_counts_as_intake(model, u, model->accounting.intake) ? 1.0 : 0.0};
    case PARK_MIN_CARBON:
        return (park_rates){map->energy_in * grid + map->carbon_in, map->energy_out * grid};
    }
    return (park_rates){0.0, 0.0};
}

double park_link_rate(const park_super *super, park_objective_kind kind, size_t s, size_t l)
{
    const park_model     *model  = super->future[s / super->per];
    const park_link_info *link   = &model->link[l];
    double                energy = park_link_energy(model, link, park_link_reference(super, l));
    double                grid   = isfinite(model->carbon.grid) ? model->carbon.grid : 0.0;
    switch (kind) {
    case PARK_MIN_COST:
        return link->price + energy * park_energy_price(model);
    case PARK_MIN_CARBON:
        return energy * grid;
    case PARK_MIN_FRESH_WATER:
        break;
    }
    return 0.0;
}
