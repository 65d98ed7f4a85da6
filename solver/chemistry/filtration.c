#include "chemistry/filtration.h"

static const double GRAVITY = 9.81; /* [m/s2] */

double park_filter_resistance(double membrane, double fouling, double cake, double specific)
{
    return membrane + fouling + cake * specific;
}

double park_filter_flux(double pressure, double viscosity, double resistance)
{
    return pressure / (viscosity * resistance);
}

double park_filter_pressure(double flux, double viscosity, double resistance)
{
    return flux * viscosity * resistance;
}

double park_filter_cake(double flux, double solids, double time)
{
    return flux * solids * time;
}

double park_filter_recovery(double flux, double time, double wash, double wash_time)
{
    return 1.0 - wash * wash_time / (flux * time);
}

double park_filter_net_flux(double flux, double time, double wash, double wash_time)
{
    return (flux * time - wash * wash_time) / (time + wash_time);
}

double park_bed_reynolds(const park_bed *bed, double velocity, double density, double viscosity)
{
    return density * velocity * bed->sphericity * bed->grain / viscosity;
}

double park_bed_friction(const park_bed *bed, double reynolds)
{
    return 150.0 * (1.0 - bed->porosity) / reynolds + 1.75;
}

/* Loss of head for a friction factor: f (1 - e)/e^3 L v^2 / (psi d g). */
static double loss(const park_bed *bed, double friction, double velocity)
{
    double e = bed->porosity;
    return friction * (1.0 - e) / (e * e * e) * bed->depth * velocity * velocity /
           (bed->sphericity * bed->grain * GRAVITY);
}

double park_bed_loss(const park_bed *bed, double velocity, double density, double viscosity)
{
    return loss(bed, park_bed_friction(bed, park_bed_reynolds(bed, velocity, density, viscosity)), velocity);
}

double park_bed_loss_kozeny(const park_bed *bed, double constant, double velocity, double density,
                            double viscosity)
{
    double reynolds = park_bed_reynolds(bed, velocity, density, viscosity);
    return loss(bed, constant * (1.0 - bed->porosity) / reynolds, velocity);
}
