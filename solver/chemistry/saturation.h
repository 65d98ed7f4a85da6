/*
 * saturation.h - will calcium carbonate scale or dissolve: Langelier, Ryznar and Puckorius indices.
 * Math: docs/math/chemistry.md, Eq. (S1)-(S6).   Looks down on: nothing.
 *
 * Engineering approximations for 10^1 to 10^4 mg/L of dissolved solids and 0 to 90 degrees Celsius.
 */
#ifndef PARK_CHEMISTRY_SATURATION_H
#define PARK_CHEMISTRY_SATURATION_H

/**
 * pH at which water is in equilibrium with calcite:  pHs = (9.3 + A + B) - (C + D),
 * A = (lg TDS - 1)/10, B = -13.12 lg T + 34.55, C = lg Ca - 0.4, D = lg Alk.
 * @param tds         dissolved solids [kg/m3]
 * @param kelvin      temperature [K]
 * @param calcium     hardness by calcium, as CaCO3 [kg/m3]
 * @param alkalinity  total, as CaCO3 [kg/m3]
 * @return NAN unless all are above zero. Source: Langelier (1936), J. AWWA 28, 1500, in the closed form in
 * common use.
 */
double park_saturation_ph(double tds, double kelvin, double calcium, double alkalinity);

/* Langelier: pH - pHs; above 0 scales. */
double park_langelier(double ph, double ph_saturation);
/* Ryznar: 2 pHs - pH; below 6 scales. */
double park_ryznar(double ph, double ph_saturation);
/* Puckorius: 2 pHs - pHeq, pHeq = 1.465 lg Alk + 4.54 with alkalinity [kg/m3] as CaCO3. */
double park_puckorius(double alkalinity, double ph_saturation);

/* Larson and Skold: (chloride + sulphate) / alkalinity, all [eq/kg]; above 1.2 corrodes steel, below 0.8 hardly. INFINITY
 * where there is no alkalinity. Source: Larson and Skold (1958), Corrosion 14, 285. */
double park_larson(double chloride, double sulphate, double alkalinity);

/* Saturation index by a pool's factors: pH + TF + CF + AF - 12.1, logs of temperature, calcium and alkalinity. */
double park_pool_index(double ph, double temperature_factor, double calcium_factor, double alkalinity_factor);

#endif
