import { notCompared } from "../experiment/choices.ts";
import type { Problem } from "../experiment/problem.ts";
import { compileScalar } from "../expression/compile.ts";
import { constantValue } from "../expression/expression.ts";
import { degreeOf, polynomial } from "../expression/polynomial.ts";
import { substitute } from "../expression/rewrite.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { meansOf } from "../physics/spread.ts";
import { sharedAxis } from "./axis.ts";
import type { Cost } from "./cost.ts";
import { sizeOf } from "./cut.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { firstCut, firstDegree } from "./first-degree.ts";
import { instantaneous } from "./instantaneous.ts";
import type { FokkerPlanckSolution } from "./solution.ts";

/** Estimated cost of the stationary state and the slowest rate of one set of parameters, before anything is solved. */
export interface ExactEstimate extends Cost {
  readonly method: FokkerPlanckSolution["method"];
  /** First degree of the harmonics on the full sphere. */
  readonly degree?: number;
}

/** Cost of a one-dimensional (axial) problem. */
const axial: Cost = { seconds: 0.1, bytes: 1e7 };
/**
 * Seconds and bytes per harmonic, and their growth with the square of the potentials' degree, which couples the harmonics. Within a
 * factor of three of measured factorizations of uniaxial, tilted and cubic magnets at degrees 12 to 48.
 */
const perHarmonic = { seconds: 2e-5, coupled: 6e-6, bytes: 300 };
/** Assumed degree of potentials that are not polynomials. */
const otherDegree = 12;
/** The highest degree by default. */
const highest = 400;
/** The next resolution that the first is compared with has this many times its harmonics. */
const compared = 1.25 ** 2;

/**
 * Cost of all figures on the full sphere (eigenvalues, maps, evolution, dwell times, passages) in units of one stationary state, from and
 * to: 20 to 110 were measured for films, tilted fields and a junction.
 */
export const allFigures = [20, 100] as const;

/** Estimate for the first solution of the exact side; null with the reason if there is none. */
export function exactEstimate(problem: Problem): Exact<ExactEstimate> {
  if (!problem.compare) return outOfReach(notCompared);
  const { psi, omega, diffusion } = problem.dynamics;
  const [p, o, d] = substitute([psi, omega, diffusion] as const, meansOf(problem.spreads));
  const dynamics: Dynamics = { psi: p, omega: o, diffusion: d };
  if (constantValue(d) === 0) return outOfReach("at zero temperature there is no density");
  if (sharedAxis(dynamics)) return exactly({ method: "axial", ...axial });
  const held = instantaneous(dynamics, 0);
  const asked = firstDegree(held, compileScalar(held.diffusion, [])());
  if (!Number.isFinite(asked.first)) return outOfReach("the potentials are not finite in units of kT");
  const cut = firstCut(asked, highest);
  const size = sizeOf(cut) * (1 + compared);
  const coupling = Math.max(...[held.psi, held.omega].map(degreeIn)) ** 2;
  const { seconds, coupled, bytes } = perHarmonic;
  return exactly({
    method: "full sphere",
    degree: cut.lmax,
    seconds: size * (seconds + coupled * coupling),
    bytes: (bytes * size * coupling) / 4,
  });
}

function degreeIn(of: Dynamics["psi"]): number {
  const terms = polynomial(of);
  return terms ? degreeOf(terms) : otherDegree;
}
