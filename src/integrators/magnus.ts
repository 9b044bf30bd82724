import { substitute } from "../expression/rewrite.ts";
import type { Vector } from "../expression/vector.ts";
import { cross, m, normalized, plus, scale } from "../expression/vector.ts";
import { rotationField } from "../physics/dynamics.ts";
import type { Driven } from "./drive.ts";
import { drivesOver } from "./drive.ts";
import type { Integrator } from "./integrator.ts";
import { noiseTurn } from "./kick.ts";
import { throughAngle, turned, turnedTwice } from "./rotation.ts";

const combined = (...terms: readonly (readonly [number, Vector])[]): Vector =>
  terms.map(([factor, v]) => scale(factor, v)).reduce(plus);

/**
 * The drift dm = m×A dt over a window as one rotation exp(Θ), Θ = −∫A − ½∬[A, A] to fourth order: the classical Runge–Kutta
 * method integrates m and ∫A together, and with A linear in time the commutator is h²/12 A(end)×A(begin). `half` is Θ/2;
 * `midway` the state in the middle, from the same stages and of third order, of length one only nearly.
 */
function magnusDrift(driven: Driven, duration: number): { half: Vector; midway: Vector } {
  const h = duration;
  // backwards in time the window is entered at its end
  const forwards = Math.sign(h);
  const [begin, middle, end] = [-1, 0, 1].map((place) => rotationField(driven(forwards * place)));
  const at = (field: Vector, [mx, my, mz]: Vector): Vector => substitute(field, { mx, my, mz }) as Vector;
  const k1 = begin;
  const f1 = cross(m, k1);
  const m2 = plus(m, scale(h / 2, f1));
  const k2 = at(middle, m2);
  const f2 = cross(m2, k2);
  const m3 = plus(m, scale(h / 2, f2));
  const k3 = at(middle, m3);
  const f3 = cross(m3, k3);
  const m4 = plus(m, scale(h, f3));
  const k4 = at(end, m4);
  return {
    half: combined([-h / 12, plus(k1, k4)], [-h / 6, plus(k2, k3)], [(h * h) / 24, cross(k4, k1)]),
    midway: combined([1, m], [(5 * h) / 24, f1], [h / 6, plus(f2, f3)], [-h / 24, cross(m4, k4)]),
  };
}

/**
 * The splitting D(h/2) N(h) D(h/2) with a drift of fourth order. What is left at second order is the splitting's own error, which
 * is in proportion to the noise and does not touch phases: for spins that precess many times within what is looked at.
 */
export const magnus: Integrator = {
  name: "magnus",
  weakOrder: 2,
  calculus: "Stratonovich",
  source:
    "drift by the explicit Magnus expansion of F. Casas and A. Iserles, J. Phys. A 39, 5445 (2006), in its fourth order; noise as in splitting",
  stepLimit: 0.4,
  build(dynamics, timeStep, variates, breakpoints = []) {
    const h = timeStep;
    const across = drivesOver(dynamics, { from: -h / 2, to: h / 2 }, breakpoints);
    const before = drivesOver(dynamics, { from: -h / 2, to: 0 }, breakpoints);
    const kick = noiseTurn(dynamics, h, variates, breakpoints);
    return {
      step: turned(turnedTwice(throughAngle(magnusDrift(across, h).half), kick), m),
      observed: turned(throughAngle(magnusDrift(before, h / 2).half), m),
      // with the drives of the half window, which end where the look is
      passing: magnusDrift((place) => before(2 * place + 1), h).midway,
      stored: turned(throughAngle(magnusDrift(before, -h / 2).half), m),
      refresh: normalized(m),
    };
  },
};
