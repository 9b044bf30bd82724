import type { Vector } from "../expression/vector.ts";
import { normalized, plus, scale } from "../expression/vector.ts";
import { spinsOf } from "../physics/model.ts";
import { stepRotations } from "./heun.ts";
import type { Scheme } from "./integrator.ts";
import { integrator } from "./integrator.ts";
import { cayley, turned } from "./rotation.ts";

const half = (a: readonly Vector[], b: readonly Vector[]): Vector[] =>
  a.map((vector, i) => scale(0.5, plus(vector, b[i])));
/** The flow of dm = m×B over the step is the Cayley rotation about −B/2. */
const turn = (rotations: readonly Vector[], spins: readonly Vector[]): Vector[] =>
  rotations.map((rotation, i) => turned(cayley(scale(-0.5, rotation)), spins[i]));
/** The stored magnetization is the physical one. */
const plain = (next: readonly Vector[], spins: readonly Vector[]): Scheme[] =>
  spins.map((m, i) => ({ step: next[i], observed: m, passing: m, stored: m, refresh: normalized(m) }));

/** Semi-implicit scheme B: predictor and corrector are Cayley rotations, with the field at the midpoint. */
export const semiImplicit = integrator({
  name: "semi-implicit",
  weakOrder: 1,
  source: "J. H. Mentink et al., J. Phys.: Condens. Matter 22, 176001 (2010), scheme SIB",
  stepLimit: 0.05,
  steps(model, timeStep, law, breakpoints) {
    const spins = spinsOf(model);
    const rotations = stepRotations(model, timeStep, law, breakpoints);
    const predicted = turn(rotations(spins), spins);
    return plain(turn(rotations(half(spins, predicted)), spins), spins);
  },
});

/** Implicit midpoint rule with a fixed number of fixed-point iterations, each one a Cayley rotation. */
export const implicitMidpoint = integrator({
  name: "implicit-midpoint",
  weakOrder: 1,
  source: "M. d'Aquino, C. Serpico et al., J. Appl. Phys. 99, 08B905 (2006)",
  stepLimit: 0.1,
  steps(model, timeStep, law, breakpoints) {
    const spins = spinsOf(model);
    const rotations = stepRotations(model, timeStep, law, breakpoints);
    let next = turn(rotations(spins), spins);
    for (let iteration = 0; iteration < 5; iteration++) next = turn(rotations(half(spins, next)), spins);
    return plain(next, spins);
  },
});
