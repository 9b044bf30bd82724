import type { Vector } from "../expression/vector.ts";
import { cross, normalized, plus, scale } from "../expression/vector.ts";
import type { Model } from "../physics/model.ts";
import { rotationFields, spinsOf } from "../physics/model.ts";
import type { Driven } from "./drive.ts";
import { drivesOver } from "./drive.ts";
import { at, integrator } from "./integrator.ts";
import { noiseTurns } from "./kick.ts";
import { throughAngle, turned, turnedTwice } from "./rotation.ts";

const combined = (...terms: readonly (readonly [number, Vector])[]): Vector =>
  terms.map(([factor, v]) => scale(factor, v)).reduce(plus);

/**
 * The drift dm = m×A dt of each spin over a window as one rotation exp(Θ), Θ = −∫A − ½∬[A, A] to fourth
 * order: the classical Runge–Kutta method integrates m and ∫A together, and with A linear in time the
 * commutator is h²/12 A(end)×A(begin). `half` is Θ/2. `midway` is the state in the middle from the same
 * stages, of third order; its length is only nearly one.
 */
function magnusDrifts(model: Model, driven: Driven, duration: number): { half: Vector; midway: Vector }[] {
  const h = duration;
  // going backwards in time, a spin enters the window at its end
  const forwards = Math.sign(h);
  const [begin, middle, end] = [-1, 0, 1].map((place) => rotationFields(driven(forwards * place)));
  const spins = spinsOf(model);
  const slopes = (places: readonly Vector[], fields: readonly Vector[]): Vector[] =>
    places.map((m, i) => cross(m, fields[i]));
  const moved = (by: number, along: readonly Vector[]): Vector[] =>
    spins.map((m, i) => plus(m, scale(by, along[i])));
  const k1 = begin;
  const f1 = slopes(spins, k1);
  const m2 = moved(h / 2, f1);
  const k2 = at(middle, model, m2);
  const f2 = slopes(m2, k2);
  const m3 = moved(h / 2, f2);
  const k3 = at(middle, model, m3);
  const f3 = slopes(m3, k3);
  const m4 = moved(h, f3);
  const k4 = at(end, model, m4);
  return spins.map((m, i) => ({
    half: combined(
      [-h / 12, plus(k1[i], k4[i])],
      [-h / 6, plus(k2[i], k3[i])],
      [(h * h) / 24, cross(k4[i], k1[i])],
    ),
    midway: combined(
      [1, m],
      [(5 * h) / 24, f1[i]],
      [h / 6, plus(f2[i], f3[i])],
      [-h / 24, cross(m4[i], k4[i])],
    ),
  }));
}

/**
 * The splitting D(h/2) N(h) D(h/2) with a drift of fourth order. The error of the splitting remains of
 * second order, but it is proportional to the noise and leaves phases alone. For spins that precess many
 * times during the observation.
 */
export const magnus = integrator({
  name: "magnus",
  weakOrder: 2,
  source:
    "drift by the explicit Magnus expansion of F. Casas and A. Iserles, J. Phys. A 39, 5445 (2006), in its fourth order; noise as in splitting",
  stepLimit: 0.4,
  steps(model, timeStep, law, breakpoints) {
    const h = timeStep;
    const across = magnusDrifts(model, drivesOver(model, { from: -h / 2, to: h / 2 }, breakpoints), h);
    const before = drivesOver(model, { from: -h / 2, to: 0 }, breakpoints);
    const [ahead, back] = [h / 2, -h / 2].map((duration) => magnusDrifts(model, before, duration));
    // with the drives averaged over the half window that ends at the sample
    const drifts = magnusDrifts(model, (place) => before(2 * place + 1), h);
    const kicks = noiseTurns(model, h, law, breakpoints);
    return spinsOf(model).map((m, i) => ({
      step: turned(turnedTwice(throughAngle(across[i].half), kicks[i]), m),
      observed: turned(throughAngle(ahead[i].half), m),
      passing: drifts[i].midway,
      stored: turned(throughAngle(back[i].half), m),
      refresh: normalized(m),
    }));
  },
});
