import { compileScalar } from "../expression/compile.ts";
import { mul } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import { dotProduct } from "../linear-algebra/arnoldi.ts";
import { transpose } from "../linear-algebra/sparse.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { finer, isNearlySame } from "./adaptive-evolution.ts";
import { axialCoefficients } from "./axial-initial.ts";
import { axialProfile } from "./axial-profile.ts";
import { turnsAbout } from "./axis.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { dynamicsInFrame, frameAlong, intoFrame, laboratory } from "./frame.ts";
import type { SeparatedDynamics } from "./generator.ts";
import { generator, separateDynamics } from "./generator.ts";
import { harmonicOrdering } from "./harmonic-ordering.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { harmonicIndex, harmonicLabels, harmonicsAt } from "./harmonics.ts";
import type { InitialDensity } from "./initial.ts";
import { initialCoefficients } from "./initial.ts";
import { alongAxis } from "./meridian.ts";
import { makePropagator } from "./propagator.ts";
import { refineUntilTwoAgree } from "./refinement.ts";
import { stationaryCoefficients } from "./stationary.ts";

/** A stretch of time under constant dynamics: a pulse, or the relaxation after it. */
export interface Segment {
  readonly dynamics: Dynamics;
  readonly duration: number;
}

/** from < axis·m ≤ to. */
export interface TargetBand {
  readonly axis: Vec3;
  readonly from: number;
  readonly to: number;
}

/** A probability with its relative error. */
export interface SmallProbability {
  readonly probability: number;
  readonly errorEstimate: number;
}

interface Stage {
  readonly problem: SeparatedDynamics;
  readonly duration: number;
  readonly steps: number;
  /** Span of Ψ/D in kT. */
  readonly span: number;
  /** Stationary coefficients, and the exact probability of the target where it is known by quadrature. */
  readonly stationary: (index: HarmonicIndex) => Float64Array;
  readonly targetShare?: number;
}

/**
 * Probability to be in the target after the segments, however small: the backward equation for the target's indicator less
 * its stationary mean. What is left decays with the answer, so nothing is one minus almost one. With a single segment
 * of an axial problem the relative error stays near 1e-10 at 1e-15 and below; after several segments, or off the
 * axis, an absolute error near 1e-15 remains. Refused where two degrees of harmonics disagree by more than `tolerance`.
 */
export function smallProbability(
  segments: readonly Segment[],
  target: TargetBand,
  initial: InitialDensity,
  options: { readonly tolerance?: number; readonly maximumDegree?: number } = {},
): Exact<SmallProbability> {
  const { tolerance = 1e-5 } = options;
  const axial = segments.every(({ dynamics }) => turnsAbout([dynamics.psi, dynamics.omega], target.axis));
  const frame = axial ? frameAlong(target.axis) : laboratory;
  const maximumDegree = options.maximumDegree ?? (axial ? 400 : 100);
  const stages: Stage[] = [];
  for (const segment of segments) {
    const stage = prepare(segment, frame, axial, target, maximumDegree);
    if (stage.value === null) return stage;
    stages.push(stage.value);
  }
  const at = (lmax: number) =>
    backwards(stages, target, initial, frame, harmonicIndex(lmax, axial ? 0 : lmax), axial);
  // an underresolved operator may grow: begin where the widths of the wells are resolved
  const widest = Math.max(...stages.map(({ span }) => span));
  const needed = Math.ceil(Math.max(24, (axial ? 9 : 5) * Math.sqrt(widest)));
  const highest = Math.ceil(maximumDegree / 1.3);
  if (!axial && needed > highest)
    return outOfReach(
      `wells of ${widest.toPrecision(3)} kT need harmonics of degree ${needed} to begin with; a small probability off the axis is computed with ${highest}`,
    );
  return refineUntilTwoAgree<number, number, SmallProbability>({
    first: Math.min(highest, needed),
    solve: (lmax) => exactly(at(lmax)),
    finer(lmax) {
      const next = Math.min(maximumDegree, finer(lmax));
      return isNearlySame(lmax, next) ? undefined : next;
    },
    compare({ coarse, fine }) {
      const errorEstimate = Math.abs(fine / coarse - 1);
      const agree = errorEstimate <= tolerance && fine > 0 && fine - 1 <= tolerance;
      if (!agree) return {};
      return {
        enough: exactly({ probability: Math.min(1, fine), errorEstimate: Math.max(errorEstimate, fine - 1) }),
      };
    },
    unresolved: (lmax) => `the probability did not settle by degree ${lmax}`,
  });
}

function prepare(
  { dynamics, duration }: Segment,
  frame: Frame,
  axial: boolean,
  target: TargetBand,
  maximumDegree: number,
): Exact<Stage> {
  const there = dynamicsInFrame(frame, dynamics);
  const separated = separateDynamics(there, maximumDegree >> 1);
  if (separated.value === null) return separated;
  const diffusion = compileScalar(dynamics.diffusion, [])();
  if (!(diffusion > 0)) return outOfReach("at zero temperature (D = 0) the motion is deterministic");
  const problem = separated.value;
  const potential = alongAxis(laboratory, mul(1 / diffusion, there.psi));
  const span = spanOf(there, diffusion);
  // one step decays by a few e-folds at most: errors of a step are relative to what is left
  const steps = Math.max(1, Math.ceil(0.5 * duration * diffusion * span));
  if (!axial)
    return exactly({
      problem,
      duration,
      steps,
      span,
      stationary: ({ lmax }) => {
        const made = generator(problem, lmax);
        return stationaryCoefficients(made.operatorAt(0), harmonicOrdering(made));
      },
    });
  const profile = axialProfile(potential);
  const parts = [target.from, target.to].map((edge) => Math.max(-1, Math.min(1, edge)));
  const inside = axialProfile(potential, parts[0], parts[1]);
  const targetShare = Math.exp(inside.logPartition - inside.lowest - (profile.logPartition - profile.lowest));
  return exactly({
    problem,
    duration,
    steps,
    span,
    stationary: (index) => axialCoefficients(profile, index),
    targetShare,
  });
}

/** Span of Ψ/D: with D it bounds the rates at which probability concentrates. */
function spanOf(dynamics: Dynamics, diffusion: number): number {
  const psi = compileScalar(dynamics.psi, magnetization);
  const values = [...Array(400).keys()].map((i) => {
    const z = -1 + (2 * i + 1) / 400;
    const s = Math.sqrt(1 - z * z);
    return psi(s * Math.cos(2.4 * i), s * Math.sin(2.4 * i), z) / diffusion;
  });
  return Math.max(...values) - Math.min(...values) + 1;
}

function backwards(
  stages: readonly Stage[],
  target: TargetBand,
  initial: InitialDensity,
  frame: Frame,
  index: HarmonicIndex,
  axial: boolean,
): number {
  const start = initialCoefficients(initial, index, frame);
  let u = indicator(target, frame, index);
  let constant = 0;
  const one = Math.sqrt(4 * Math.PI);
  const last = stages.length - 1;
  for (let k = last; k >= 0; k--) {
    const { problem, duration, steps, stationary, targetShare } = stages[k];
    const made = generator(problem, index.lmax, index.mmax, axial);
    const { advance } = makePropagator(transpose(made.operatorAt(0)), harmonicOrdering(made), {
      tolerance: 1e-13,
      of: "functions",
    });
    const rho = stationary(index);
    const mean = dotProduct(rho, u);
    // known by quadrature, the share of the target carries no rounding of the expansion
    constant += k === last && targetShare !== undefined ? targetShare : mean;
    u[0] -= one * mean;
    for (let step = 0; step < steps; step++) {
      u = advance(u, duration / steps);
      u[0] -= one * dotProduct(rho, u);
    }
  }
  return constant + dotProduct(start, u);
}

/** Coefficients of the target's indicator: 2π ∫P_l Y_lm(axis) by the addition theorem. */
function indicator({ axis, from, to }: TargetBand, frame: Frame, index: HarmonicIndex): Float64Array {
  const integrals = new Float64Array(index.lmax + 1);
  for (const [edge, sign] of [
    [to, 1],
    [from, -1],
  ]) {
    const c = Math.max(-1, Math.min(1, edge));
    integrals[0] += sign * c;
    let [before, p] = [1, c];
    for (let l = 1; l <= index.lmax; l++) {
      const next = ((2 * l + 1) * c * p - l * before) / (l + 1);
      integrals[l] += (sign * (next - before)) / (2 * l + 1);
      [before, p] = [p, next];
    }
  }
  const { l } = harmonicLabels(index);
  return harmonicsAt(index, intoFrame(frame, axis)).map((y, i) => 2 * Math.PI * integrals[l[i]] * y);
}
