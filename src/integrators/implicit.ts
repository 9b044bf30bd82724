import type { Vector } from "../expression/vector.ts";
import { m, normalized, plus, scale } from "../expression/vector.ts";
import { stepRotation } from "./heun.ts";
import type { Integrator } from "./integrator.ts";
import { cayley, turned } from "./rotation.ts";

const half = (a: Vector, b: Vector): Vector => scale(0.5, plus(a, b));
/** dm = m×B over the step is the Cayley rotation about −B/2. */
const turn = (rotation: Vector): Vector => turned(cayley(scale(-0.5, rotation)), m);

/** Semi-implicit B: the predictor and the corrector are Cayley rotations, the field is taken at the midpoint. */
export const semiImplicit: Integrator = {
  name: "semi-implicit",
  weakOrder: 1,
  calculus: "Stratonovich",
  source: "J. H. Mentink et al., J. Phys.: Condens. Matter 22, 176001 (2010), scheme SIB",
  stepLimit: 0.05,
  build(dynamics, timeStep, variates, breakpoints = []) {
    const rotation = stepRotation(dynamics, timeStep, variates, breakpoints);
    const predicted = turn(rotation(m));
    return {
      step: turn(rotation(half(m, predicted))),
      observed: m,
      passing: m,
      stored: m,
      refresh: normalized(m),
    };
  },
};

/** Implicit midpoint, by a fixed number of fixed-point iterations: each is one more Cayley rotation. */
export const implicitMidpoint: Integrator = {
  name: "implicit-midpoint",
  weakOrder: 1,
  calculus: "Stratonovich",
  source: "M. d'Aquino, C. Serpico et al., J. Appl. Phys. 99, 08B905 (2006)",
  stepLimit: 0.1,
  build(dynamics, timeStep, variates, breakpoints = []) {
    const rotation = stepRotation(dynamics, timeStep, variates, breakpoints);
    let next = turn(rotation(m));
    for (let iteration = 0; iteration < 5; iteration++) next = turn(rotation(half(m, next)));
    return { step: next, observed: m, passing: m, stored: m, refresh: normalized(m) };
  },
};
