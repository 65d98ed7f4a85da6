/*
 * costs.h - what things cost: rates that the program puts on its columns, and the lines that an answer is priced by.
 * Both read the same functions, so that the sum of the lines is the objective.
 * Math: docs/math/optimization.md, Eq. (O28)-(O30).   Looks down on: superstructure.
 */
#ifndef PARK_DESIGN_COSTS_H
#define PARK_DESIGN_COSTS_H

#include "design/superstructure.h"

/* Share of an investment paid a year [1/a]: annual_factor when given, else i / (1 - (1+i)^-n) over the life [s]. */
double park_annual_factor(const park_model *model, double life);
/* Has building it a price? Not when it stands already. */
bool park_needs_capital(const park_map *map);
/* Investment of a size [CNY], 0 for size 0. */
double park_capex_of(const park_map *map, double size);
/* Sizes of a stepped unit: min, min + step, ...; how many are not above what `most` needs. */
int    park_size_steps(const park_map *map, double most);
double park_size_of_step(const park_map *map, int step);

/* What the i-th step costs beyond the one before it [CNY]: of a stepped unit, of a pipe whose smallest size is `first`. */
double park_capex_step(const park_map *map, int step);
double park_pipe_step(const park_model *model, const park_link_info *link, int first, int step);

/* Catalogue sizes worth offering to a link that carries at most `most` [m3/s]; count 0: laying it costs nothing. */
typedef struct park_pipe_range {
    int first, count;
} park_pipe_range;
park_pipe_range park_pipe_sizes(const park_model *model, const park_link_info *link, double most);
double          park_pipe_capacity(const park_model *model, int size); /* [m3/s] at max_velocity */
double          park_pipe_price(const park_model *model, const park_link_info *link, int size); /* [CNY] */
/* Energy per m3 to lift and to overcome friction, at the frozen velocity [J/m3]. */
double park_link_energy(const park_model *model, const park_link_info *link, double reference_flow);
/* Flow at which a link's friction is frozen [m3/s]: its largest. */
double park_link_reference(const park_super *super, size_t l);

/* What a cubic metre costs, emits or counts as intake: through the inlets, through the first outlet, on a link. */
typedef struct park_rates {
    double in, out;
} park_rates;
park_rates park_unit_rates(const park_super *super, park_objective_kind kind, size_t s, size_t u);
double     park_link_rate(const park_super *super, park_objective_kind kind, size_t s, size_t l);
/* Months of the period whose seasons are the same ones: any of them may bring the months' largest power (O135). */
typedef struct park_tariff_months {
    bool  *season; /* [seasons] */
    double share;  /* of the year, a part of a month by its part */
} park_tariff_months;
/* NULL: out of memory. tariff_rows.c */
park_tariff_months *park_tariff_months_of(const park_time *time, park_arena *arena, size_t *count);
/* Price of electricity with the carbon that it brings [CNY/J]. */
double park_energy_price(const park_model *model);
/* Does the taking from this source count as intake on the scenario's basis? */
bool park_counts_as_intake(const park_model *model, size_t u, park_basis basis);

#endif
