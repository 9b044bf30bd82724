/**
 * −ζ(½)/√(2π): mean distance by which a Gaussian walk that is watched at its steps overshoots a rim, in units of its step
 * (Chernoff 1965; Siegmund 1979). Ensemble and exact side shift rims by it.
 */
export const overshoot = 0.5825971579390106;
