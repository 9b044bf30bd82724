import type { Vector } from "../expression/vector.ts";
import { cross, normalized, plus, scale } from "../expression/vector.ts";
import type { Model } from "../physics/model.ts";
import { rotationFields, spinsOf } from "../physics/model.ts";
import { drivesOver } from "./drive.ts";
import { at, integrator } from "./integrator.ts";
import { noiseTurns } from "./kick.ts";
import { cayley, turned, turnedTwice } from "./rotation.ts";

interface DriftRotation {
  readonly rotation: Vector;
  readonly predicted: Vector;
}

/**
 * Cayley vectors of the drift dm = m×A dt of each spin over `duration`: A is evaluated at an explicit
 * half-step predictor without normalization (a normalized or Cayley predictor is measurably worse).
 */
function driftRotations(model: Model, duration: number): DriftRotation[] {
  const fields = rotationFields(model);
  const predicted = spinsOf(model).map((m, i) => plus(m, scale(duration / 2, cross(m, fields[i]))));
  return at(fields, model, predicted).map((corrected, i) => ({
    rotation: scale(-duration / 2, corrected),
    predicted: predicted[i],
  }));
}

/**
 * The drift over half of `duration`, as in Heun's method, from values that the full drift needs anyway; not
 * normalized.
 */
const halfDrift = (m: Vector, { rotation, predicted }: DriftRotation): Vector =>
  scale(0.5, plus(plus(m, predicted), cross(rotation, predicted)));

/**
 * Drift–noise splitting D(h/2) N(h) D(h/2). Between steps the state before the closing half drift is
 * stored, so that a step is one full drift and one kick, fused into one rotation. The half drift is added
 * where m is sampled. Step k therefore carries the drift over [t − h/2, t + h/2] and the kick over [t, t +
 * h].
 */
export const splitting = integrator({
  name: "splitting",
  weakOrder: 2,
  source:
    "Strang splitting of drift and rotational diffusion with Cayley rotations and a kick calibrated on the sphere (docs/integrators.md); after Garanin, Phys. Rev. E 95, 013306 (2017)",
  stepLimit: 0.2,
  steps(model, timeStep, law, breakpoints) {
    const h = timeStep;
    const across = driftRotations(drivesOver(model, { from: -h / 2, to: h / 2 }, breakpoints)(0), h);
    const before = drivesOver(model, { from: -h / 2, to: 0 }, breakpoints)(0);
    const [ahead, back, whole] = [h / 2, -h / 2, h].map((duration) => driftRotations(before, duration));
    const kicks = noiseTurns(model, h, law, breakpoints);
    return spinsOf(model).map((m, i) => ({
      step: turned(turnedTwice(cayley(across[i].rotation), kicks[i]), m),
      observed: turned(cayley(ahead[i].rotation), m),
      passing: halfDrift(m, whole[i]),
      stored: turned(cayley(back[i].rotation), m),
      refresh: normalized(m),
    }));
  },
});
