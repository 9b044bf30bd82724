/**
 * −ζ(½)/√(2π): mean overshoot of a Gaussian random walk beyond a boundary when only its steps are seen, in
 * units of the step (Chernoff 1965; Siegmund 1979). Ensemble and exact side shift boundaries by it.
 */
export const overshoot = 0.5825971579390106;
