import { compileScalar } from "../expression/compile.ts";
import { mul } from "../expression/expression.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { isDriven } from "../physics/dynamics.ts";
import { leastCost, shownCost } from "./cost.ts";
import type { Cut } from "./cut.ts";
import { isEquilibrium } from "./equilibrium.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { expandedOnce } from "./expansion-once.ts";
import { firstCut, firstDegree } from "./first-degree.ts";
import type { Frame } from "./frame.ts";
import { dynamicsInFrame } from "./frame.ts";
import { separateDynamics } from "./generator.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { boltzmannCoefficients } from "./initial.ts";
import { instantaneous } from "./instantaneous.ts";
import { polarFrame } from "./polar-frame.ts";
import type { InstantaneousProblem } from "./resolution.ts";
import type { FokkerPlanckOptions } from "./solution.ts";

/** Lowest degree for a well, over the root of its span in kT. */
const wellsPerDegree = 3;
/** Most seconds of all integrals of squares, if the experiment sets no limit for the exact side. */
const mostQuotients = 100;
/** Most bytes of the factorizations of one resolution. */
export const mostBytes = 1e9;

/** Limits of a solution on the full sphere. */
export interface SphereLimits {
  /** Accepted difference between two resolutions: absolute in moments, relative in the slowest rate. */
  readonly tolerance: number;
  readonly maximumDegree: number;
  /** Seconds of all resolutions without their integrals of squares, and with them. */
  readonly seconds: number;
  readonly secondsWithQuotients: number;
}

/** A problem on the full sphere, before any resolution. */
export interface SphereProblem {
  readonly dynamics: Dynamics;
  readonly held: InstantaneousProblem;
  readonly limits: SphereLimits;
  readonly breakpoints: readonly number[];
  /** The first resolution. */
  readonly first: Cut;
  /** Lowest degree that resolves layers of the slowest mode. */
  readonly layers: number;
  /** Whether a drive changes Ψ, Ω or D. */
  readonly isDriven: boolean;
}

/** Dynamics in the frame of the harmonics: at a fixed time, and separated into terms. */
export function inHarmonics(
  dynamics: Dynamics,
  {
    frame,
    time,
    maximumDegree,
  }: { readonly frame: Frame; readonly time: number; readonly maximumDegree: number },
): Exact<Pick<InstantaneousProblem, "separated" | "held" | "equilibrium"> & { readonly diffusion: number }> {
  const there = dynamicsInFrame(frame, dynamics);
  const separated = separateDynamics(there, Math.min(60, maximumDegree >> 1));
  if (separated.value === null) return separated;
  const held = instantaneous(there, time);
  const diffusion = compileScalar(held.diffusion, [])();
  const potential = isEquilibrium(instantaneous(dynamics, time)) ? mul(1 / diffusion, held.psi) : undefined;
  const equilibrium =
    potential && expandedOnce((index: HarmonicIndex) => boltzmannCoefficients(potential, index));
  return exactly({ separated: separated.value, held, diffusion, equilibrium });
}

/** The problem in the frame of its harmonics; refused if even the lowest resolution exceeds the limits. */
export function sphereProblem(dynamics: Dynamics, options: FokkerPlanckOptions): Exact<SphereProblem> {
  const { tolerance = 1e-7, maximumDegree = 400, breakpoints = [], time = 0, seconds = 20 } = options;
  const frame = options.frame ?? polarFrame(instantaneous(dynamics, time).psi);
  const prepared = inHarmonics(dynamics, { frame, time, maximumDegree });
  if (prepared.value === null) return prepared;
  const { held, diffusion, separated, equilibrium } = prepared.value;
  const degrees = firstDegree(held, diffusion);
  const { span, layers } = degrees;
  const least = Math.ceil(wellsPerDegree * Math.sqrt(span));
  const leastWork = leastCost(least);
  if (least > maximumDegree || leastWork.seconds > seconds || leastWork.bytes > mostBytes)
    return outOfReach(
      `wells of ${span.toPrecision(3)} kT need harmonics of at least degree ${least}: ${shownCost(leastWork)}, and degree ${maximumDegree}, ${seconds} s and ${mostBytes / 1e9} GB are allowed`,
    );
  // the stationary state, which is known in closed form, and densities soon after a start in a well have no such layers
  const isRateBeyond = equilibrium !== undefined && layers > maximumDegree;
  return exactly({
    dynamics,
    held: { time, frame, held, separated, equilibrium, span, isRateBeyond },
    limits: { tolerance, maximumDegree, seconds, secondsWithQuotients: options.seconds ?? mostQuotients },
    breakpoints,
    first: firstCut(degrees, maximumDegree),
    layers,
    isDriven: isDriven(dynamics),
  });
}
