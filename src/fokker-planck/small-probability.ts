import { compileScalar } from "../expression/compile.ts";
import { mul } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import { dotProduct } from "../linear-algebra/arnoldi.ts";
import { transpose } from "../linear-algebra/sparse.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import { finer, isNearlySame } from "./adaptive-evolution.ts";
import { axialCoefficients } from "./axial-initial.ts";
import { axialProfile } from "./axial-profile.ts";
import { turnsAbout } from "./axis.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { expandedOnce } from "./expansion-once.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { dynamicsInFrame, frameAlong, intoFrame, laboratory } from "./frame.ts";
import type { SeparatedDynamics } from "./generator.ts";
import { generator, separateDynamics } from "./generator.ts";
import { harmonicOrdering } from "./harmonic-ordering.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { harmonicIndex, harmonicLabels, harmonicsAt } from "./harmonics.ts";
import { initialCoefficients } from "./initial.ts";
import { alongAxis } from "./meridian.ts";
import { makePropagator } from "./propagator.ts";
import { refineUntilTwoAgree } from "./refinement.ts";
import { stationaryCoefficients } from "./stationary.ts";

/** An interval of time under constant dynamics: a pulse, or the relaxation after it. */
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
  /** Stationary coefficients, and the exact probabilities of target and rest, if quadrature gives them. */
  readonly stationary: (index: HarmonicIndex) => Float64Array;
  readonly shares?: Shares;
}

/** Shares of the target and of the rest of the sphere. */
interface Shares {
  readonly inside: number;
  readonly outside: number;
}

/** Probabilities of a target and of the rest of the sphere, neither computed as one minus the other. */
export interface TargetProbabilities {
  readonly inside: Exact<SmallProbability>;
  readonly outside: Exact<SmallProbability>;
}

type Side = keyof TargetProbabilities;

interface SmallProbabilityOptions {
  readonly tolerance?: number;
  readonly maximumDegree?: number;
}

/**
 * Probability to be in the target after the segments, however small: solves the backward equation for the target's indicator minus its
 * stationary mean. This difference decays together with the answer, so nothing is one minus almost one. With a single segment of an axial
 * problem the relative error stays near 1e-10 at 1e-15 and below; after several segments, or off the axis, an absolute error near 1e-15
 * remains. Refused if two degrees of harmonics disagree by more than `tolerance`.
 */
export const smallProbability = (
  segments: readonly Segment[],
  target: TargetBand,
  initial: InitialLaw,
  options: SmallProbabilityOptions = {},
): Exact<SmallProbability> => targetProbabilities(segments, target, initial, ["inside"], options).inside;

/** The same for the target and for the rest in one evolution: their indicators minus the means differ only in sign. */
export function targetProbabilities(
  segments: readonly Segment[],
  target: TargetBand,
  initial: InitialLaw,
  wanted: readonly Side[] = ["inside", "outside"],
  options: SmallProbabilityOptions = {},
): TargetProbabilities {
  const { tolerance = 1e-5 } = options;
  const refused = (reason: string): TargetProbabilities => {
    const nothing = outOfReach<SmallProbability>(reason);
    return { inside: nothing, outside: nothing };
  };
  const axial = segments.every(({ dynamics }) => turnsAbout([dynamics.psi, dynamics.omega], target.axis));
  const frame = axial ? frameAlong(target.axis) : laboratory;
  const maximumDegree = options.maximumDegree ?? (axial ? 400 : 100);
  const stages: Stage[] = [];
  for (const segment of segments) {
    const stage = prepare(segment, frame, axial, target, maximumDegree);
    if (stage.value === null) return refused(stage.reason);
    stages.push(stage.value);
  }
  const indexAt = (lmax: number): HarmonicIndex => harmonicIndex(lmax, axial ? 0 : lmax);
  // an underresolved operator may have growing modes, so start with a degree that resolves the widths of the wells
  const widest = Math.max(...stages.map(({ span }) => span));
  const needed = Math.ceil(Math.max(24, (axial ? 9 : 5) * Math.sqrt(widest)));
  const highest = Math.ceil(maximumDegree / 1.3);
  if (!axial && needed > highest)
    return refused(
      `wells of ${widest.toPrecision(3)} kT need harmonics of degree ${needed} to begin with; a small probability off the axis is computed with ${highest}`,
    );
  // most probabilities converge first at the third degree
  const begin = Math.min(highest, needed);
  const third = indexAt(Math.min(maximumDegree, finer(finer(begin))));
  const start = expandedOnce((index) => initialCoefficients(initial, index, frame));
  const settled: { [side in Side]?: Exact<SmallProbability> } = {};
  const all = refineUntilTwoAgree<number, Shares, typeof settled>({
    first: begin,
    solve: (lmax) =>
      exactly(backwards(stages, target, (index) => start(index, third), frame, indexAt(lmax), axial)),
    finer(lmax) {
      const next = Math.min(maximumDegree, finer(lmax));
      return isNearlySame(lmax, next) ? undefined : next;
    },
    compare({ coarse, fine }) {
      for (const side of wanted) {
        const found = settled[side] ?? agreed(coarse[side], fine[side], tolerance);
        if (found) settled[side] = found;
        // finer harmonics would not help
        else if (!axial && Math.abs(fine[side]) * tolerance < rounding)
          settled[side] = outOfReach(
            `two degrees of harmonics give ${coarse[side].toExponential(1)} and ${fine[side].toExponential(1)}: off the axis rounding leaves about ${rounding}, too much for a probability this small`,
          );
      }
      return wanted.every((side) => settled[side]) ? { enough: exactly(settled) } : {};
    },
    unresolved: (lmax) => `the probability did not settle by degree ${lmax}`,
  });
  return { ...refused(all.reason ?? "it was not asked for"), ...settled };
}

/** Absolute error of a probability off the axis. */
const rounding = 1e-15;

/** A probability that two degrees agree on. */
function agreed(coarse: number, fine: number, tolerance: number): Exact<SmallProbability> | undefined {
  const errorEstimate = Math.abs(fine / coarse - 1);
  if (!(errorEstimate <= tolerance && fine > 0 && fine - 1 <= tolerance)) return undefined;
  return exactly({ probability: Math.min(1, fine), errorEstimate: Math.max(errorEstimate, fine - 1) });
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
  // a step decays by a few factors of e at most, because its error is relative to the remaining amplitude
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
  const share = (from: number, to: number): number => {
    const part = axialProfile(potential, from, to);
    return Math.exp(part.logPartition - part.lowest - (profile.logPartition - profile.lowest));
  };
  const sum = (bands: readonly TargetBand[]): number =>
    bands.reduce((total, { from, to }) => total + share(from, to), 0);
  return exactly({
    problem,
    duration,
    steps,
    span,
    stationary: (index) => axialCoefficients(profile, index),
    shares: { inside: sum(withinSphere([target])), outside: sum(withinSphere(beside(target))) },
  });
}

/** The parts of the sphere outside a band. */
const beside = ({ axis, from, to }: TargetBand): TargetBand[] => [
  { axis, from: -1, to: from },
  { axis, from: to, to: 1 },
];

/** Bands cut to −1 … 1, without empty ones. */
const withinSphere = (bands: readonly TargetBand[]): TargetBand[] =>
  bands
    .map(({ axis, from, to }) => ({ axis, from: Math.max(-1, from), to: Math.min(1, to) }))
    .filter(({ from, to }) => from < to);

/** Span of Ψ/D: with D it is a bound for the rates at which probability concentrates. */
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
  startAt: (index: HarmonicIndex) => Float64Array,
  frame: Frame,
  index: HarmonicIndex,
  axial: boolean,
): Shares {
  const start = startAt(index);
  let u = indicator(target, frame, index);
  let constant: Shares = { inside: 0, outside: 0 };
  const one = Math.sqrt(4 * Math.PI);
  const last = stages.length - 1;
  for (let k = last; k >= 0; k--) {
    const { problem, duration, steps, stationary, shares } = stages[k];
    const made = generator(problem, index.lmax, index.mmax, axial);
    const { advance } = makePropagator(transpose(made.operatorAt(0)), harmonicOrdering(made), {
      tolerance: 1e-13,
      of: "functions",
    });
    const rho = stationary(index);
    const mean = dotProduct(rho, u);
    // the excess of the target over its share is the deficit of the rest; a share by quadrature has no rounding of the expansion
    constant =
      k === last
        ? (shares ?? {
            inside: mean,
            outside: withinSphere(beside(target)).reduce(
              (sum, band) => sum + dotProduct(rho, indicator(band, frame, index)),
              0,
            ),
          })
        : { inside: constant.inside + mean, outside: constant.outside - mean };
    u[0] -= one * mean;
    for (let step = 0; step < steps; step++) {
      u = advance(u, duration / steps);
      u[0] -= one * dotProduct(rho, u);
    }
  }
  const rest = dotProduct(start, u);
  return { inside: constant.inside + rest, outside: constant.outside - rest };
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
