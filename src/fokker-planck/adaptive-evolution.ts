import { dotProduct } from "../linear-algebra/arnoldi.ts";
import type { Density } from "./density.ts";
import { harmonicDensity } from "./density.ts";
import { evolveCoefficients } from "./evolution.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Frame } from "./frame.ts";
import type { Generator } from "./generator.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { harmonicLabels } from "./harmonics.ts";
import { refineUntilTwoAgree } from "./refinement.ts";

/** The next resolution to compare with. */
export const finer = (lmax: number): number => Math.ceil(1.25 * lmax) + 4;

/** Whether a next degree is too near for an agreement to mean anything: neighbours may differ by less than either errs. */
export const isNearlySame = (lmax: number, next: number): boolean => next < 1.12 * lmax;

/** Largest difference of first and second moments. */
export const momentDifference = (a: Density, b: Density): number =>
  Math.max(...[...a.m, ...a.mm].map((x, i) => Math.abs(x - [...b.m, ...b.mm][i])));

/**
 * Evolves at growing resolution until moments at all times agree; the finer result is returned, with their difference. Where they end before
 * that, each time at which they agree well enough to be of use is given and each other one is refused, unless all are. Densities between the
 * moments are as resolved as the operator is, but for a start from one direction at times so short that it is still a peak.
 */
export function evolveUntilSettled(problem: {
  readonly generator: (lmax: number) => Exact<Generator>;
  readonly initial: (index: HarmonicIndex) => Float64Array;
  readonly frame: Frame;
  readonly times: readonly number[];
  readonly breakpoints: readonly number[];
  /** Degrees of the first resolution and, if it is far enough from that, of the second. */
  readonly lmax: number;
  readonly second?: number;
  readonly maximumDegree: number;
  readonly tolerance: number;
  /** Degree up to which the densities themselves are resolved, beyond their moments; default not at all. */
  readonly resolvedUpTo?: number;
}): Exact<readonly Exact<Density>[]> {
  const { times, frame, tolerance, maximumDegree } = problem;
  if (times.some((t, i) => !(t >= (i === 0 ? 0 : times[i - 1]))))
    return outOfReach("times must ascend from zero");
  const at = (lmax: number): Exact<Density[]> => {
    const made = problem.generator(lmax);
    if (made.value === null) return made;
    const { index } = made.value;
    const evolved = evolveCoefficients(made.value, problem.initial(index), times, problem.breakpoints);
    if (evolved.value === null) return evolved;
    return exactly(evolved.value.map((c) => harmonicDensity(index, c, frame)));
  };
  return refineUntilTwoAgree<number, Density[], readonly Exact<Density>[]>({
    first: problem.lmax,
    solve: at,
    finer(lmax) {
      const { second = 0 } = problem;
      const isSecond = lmax === problem.lmax && second <= maximumDegree && !isNearlySame(lmax, second);
      const next = isSecond ? second : Math.min(finer(lmax), maximumDegree);
      return isNearlySame(lmax, next) ? undefined : next;
    },
    compare({ coarse, fine, level }) {
      const differences = fine.map((density, i) => momentDifference(density, coarse[i]));
      const mayGrow = !isNearlySame(level, Math.min(finer(level), problem.resolvedUpTo ?? 0));
      const wanted = fine[0] && fine[0].index.size > large ? Math.max(tolerance, dearTolerance) : tolerance;
      const ended = fine.map((density) => hasNumbers(density) && (!mayGrow || isResolved(density)));
      const within = (bound: number): boolean[] => differences.map((by, i) => by <= bound && ended[i]);
      const given = (isKnown: readonly boolean[], reason: string) =>
        exactly(
          fine.map((density, i) =>
            isKnown[i] ? exactly(density, differences[i]) : outOfReach<Density>(reason),
          ),
        );
      const enough = within(wanted);
      if (enough.every(Boolean)) return { enough: given(enough, "") };
      const useful = within(largestMomentError);
      return { useful: useful.includes(true) ? (reason) => given(useful, reason) : undefined };
    },
    unresolved: (lmax) => `the evolution is not resolved by harmonics up to degree ${lmax}`,
  });
}

const hasNumbers = ({ coefficients: c }: Density): boolean => Number.isFinite(dotProduct(c, c));

/** Moments whose resolutions differ by more are not given. */
export const largestMomentError = 1e-5;
/** With more unknowns than these, this agreement will do. */
const large = 8000;
const dearTolerance = 1e-6;

/** Coefficients of the highest degrees below which a density has no more to show, tails of a millionth included. */
const negligible = 1e-8;

/** Whether a density's own expansion has ended: moments may be right long before. */
function isResolved({ index, coefficients }: Density): boolean {
  const { l } = harmonicLabels(index);
  return coefficients.every((c, i) => l[i] < 0.95 * index.lmax || Math.abs(c) < negligible);
}
