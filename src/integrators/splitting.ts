import { substitute } from "../expression/rewrite.ts";
import type { Vector } from "../expression/vector.ts";
import { cross, m, normalized, plus, scale } from "../expression/vector.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { rotationField } from "../physics/dynamics.ts";
import { drivesOver } from "./drive.ts";
import type { Integrator } from "./integrator.ts";
import { noiseTurn } from "./kick.ts";
import { cayley, turned, turnedTwice } from "./rotation.ts";

/**
 * Cayley vector of the drift dm = m×A dt over `duration`: A is taken at an explicit half-step predictor, which is
 * not normalized (a normalized or Cayley predictor is measurably worse).
 */
function driftRotation(dynamics: Dynamics, duration: number): { rotation: Vector; predicted: Vector } {
  const field = rotationField(dynamics);
  const predicted = plus(m, scale(duration / 2, cross(m, field)));
  const corrected = substitute(field, { mx: predicted[0], my: predicted[1], mz: predicted[2] });
  return { rotation: scale(-duration / 2, corrected), predicted };
}

/** The drift over half of `duration` from values that the whole one needs, in the manner of Heun: not normalized. */
const halfDrift = ({ rotation, predicted }: { rotation: Vector; predicted: Vector }): Vector =>
  scale(0.5, plus(plus(m, predicted), cross(rotation, predicted)));

/**
 * Drift–noise splitting D(h/2) N(h) D(h/2). Stored between steps is the state before the closing half drift, so a
 * step is one full drift and one kick, fused into one rotation; the half drift is added where m is looked at.
 * Step k therefore carries the drift over [t − h/2, t + h/2] and the kick over [t, t + h].
 */
export const splitting: Integrator = {
  name: "splitting",
  weakOrder: 2,
  calculus: "Stratonovich",
  source:
    "Strang splitting of drift and rotational diffusion with Cayley rotations and a kick calibrated on the sphere (docs/integrators.md); after Garanin, Phys. Rev. E 95, 013306 (2017)",
  stepLimit: 0.2,
  build(dynamics, timeStep, variates, breakpoints = []) {
    const h = timeStep;
    const across = drivesOver(dynamics, { from: -h / 2, to: h / 2 }, breakpoints)(0);
    const before = drivesOver(dynamics, { from: -h / 2, to: 0 }, breakpoints)(0);
    return {
      step: turned(
        turnedTwice(cayley(driftRotation(across, h).rotation), noiseTurn(dynamics, h, variates, breakpoints)),
        m,
      ),
      observed: turned(cayley(driftRotation(before, h / 2).rotation), m),
      passing: halfDrift(driftRotation(before, h)),
      stored: turned(cayley(driftRotation(before, -h / 2).rotation), m),
      refresh: normalized(m),
    };
  },
};
