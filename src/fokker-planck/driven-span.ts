import { infinityNorm } from "../linear-algebra/sparse.ts";
import { integrateDriven } from "./driven-evolution.ts";
import type { DrivenSector } from "./driven-sectors.ts";
import { drivenSectors } from "./driven-sectors.ts";
import { extrapolatedEuler, straightPieces } from "./extrapolated-euler.ts";
import type { Generator } from "./generator.ts";

/** An operator that changes with time; its sectors keep their factorizations. */
export interface DrivenOperator {
  readonly generator: Generator;
  readonly sectors: () => readonly DrivenSector[];
}

/** The operator of a generator; its sectors are found when first needed. */
export function drivenOperator(generator: Generator): DrivenOperator {
  let made: readonly DrivenSector[] | undefined;
  return {
    generator,
    sectors() {
      made ??= drivenSectors(generator);
      return made;
    },
  };
}

/** A span of a changing drive; `longest` is the step over which it is nearly straight. */
export interface DrivenSpan {
  readonly from: number;
  readonly to: number;
  readonly longest: number;
}

/** Fewest implicit steps of a span, because the steps grow from a short first one. */
const leastSteps = 10;
/** Local error of the implicit method, relative to the norm; not far above the rounding of its differences. */
const tolerance = 1e-8;
/** Cost of an implicit step in explicit steps, if orders are banded separately and if all are coupled. */
const workOf = { banded: 300, coupled: 5000 } as const;
/** Stability limit of the explicit method on the negative real axis, times the ratio of the operator's norm to its rates. */
const reach = 4;
/** Seconds per entry and unknown of the seven stages of an explicit step. */
const perEntry = 9e-9;
const perUnknown = 8e-8;

/** Density at the end of a span: explicit steps follow the fastest rate, implicit ones the drive alone. */
export function alongDrive(
  { generator, sectors }: DrivenOperator,
  density: Float64Array,
  span: DrivenSpan,
): Float64Array {
  const { from, to, longest } = span;
  const { explicit, implicit } = explicitStepsOf(generator, span);
  if (explicit < implicit) return integrateDriven(generator, density, from, to, longest);
  const start = { density, integrals: new Float64Array(0) };
  return extrapolatedEuler(sectors(), start, { from, to, straight: longest, tolerance }, () => {}).density;
}

/** Approximate cost of a span, in seconds of one core. */
export function spanSeconds(generator: Generator, span: DrivenSpan): number {
  const { explicit, implicit } = explicitStepsOf(generator, span);
  const { parts, laplacian, index } = generator;
  const entries = [laplacian, ...parts.map(({ matrix }) => matrix)].reduce(
    (sum, { values }) => sum + values.length,
    0,
  );
  return Math.min(explicit, implicit) * (perEntry * entries + perUnknown * index.size);
}

/** Cost of both methods, in explicit steps. */
function explicitStepsOf(generator: Generator, { from, to, longest }: DrivenSpan) {
  const { parts, laplacian, diffusion, index } = generator;
  const middle = (from + to) / 2;
  const norm = [{ scale: diffusion, matrix: laplacian }, ...parts].reduce(
    (sum, { scale, matrix }) => sum + Math.abs(scale(middle)) * infinityNorm(matrix),
    0,
  );
  const straight = (to - from) / longest;
  return {
    explicit: Math.max(straight, ((to - from) * norm) / reach),
    implicit: (index.mmax <= 2 ? workOf.banded : workOf.coupled) * (straight / straightPieces + leastSteps),
  };
}
