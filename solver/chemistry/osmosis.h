/*
 * osmosis.h - pressures, concentration and energy of reverse osmosis and electrodialysis.
 * Math: docs/math/chemistry.md, Eq. (R1)-(R4).   Looks down on: nothing.
 */
#ifndef PARK_CHEMISTRY_OSMOSIS_H
#define PARK_CHEMISTRY_OSMOSIS_H

/**
 * Osmotic pressure of a sodium chloride solution, van 't Hoff with an osmotic coefficient:  pi = 2 phi R T C
 * / M.
 * @param conc         [kg/m3], to about 10
 * @param kelvin       [K]
 * @param coefficient  osmotic coefficient phi [-], 0.93 for NaCl at a few g/L; 1 for the ideal law
 * @return [Pa]
 */
double park_osmotic_pressure(double conc, double kelvin, double coefficient);

/* How much a fully rejected salt is concentrated at a recovery Y:  1/(1 - Y). INFINITY at Y = 1, NAN beyond.
 */
double park_concentration_factor(double recovery);

/* Pump energy per volume of product, P/(eta Y) [J/m3]: pressure [Pa], efficiency and recovery in (0, 1]. */
double park_osmosis_energy(double pressure, double efficiency, double recovery);

/* Electrodialysis reversal, energy per volume of product [J/m3] by feed TDS [kg/m3]: 0.2534 + 0.5149 C in
 * kWh/m3. Source: the linear fit of the WaterTAP database (EDR). */
double park_electrodialysis_energy(double tds);

#endif
