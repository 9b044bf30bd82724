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

/** Whether the next degree is too near for a comparison: two near degrees may differ by less than their errors. */
export const isNearlySame = (lmax: number, next: number): boolean => next < 1.12 * lmax;

/** Largest difference of first and second moments. */
export const momentDifference = (a: Density, b: Density): number =>
  Math.max(...[...a.m, ...a.mm].map((x, i) => Math.abs(x - [...b.m, ...b.mm][i])));

/**
 * Evolves at growing resolution until moments at all times agree; returns the finer result with the difference. If the resolutions end
 * before that, times at which they agree well enough are returned and the others are refused; if no time is left, the evolution is refused.
 * The density itself is resolved as well as the operator, except soon after a start in one direction, when it is a narrow peak.
 */
export function evolveUntilSettled(problem: {
  readonly generator: (lmax: number) => Exact<Generator>;
  readonly initial: (index: HarmonicIndex) => Float64Array;
  readonly frame: Frame;
  readonly times: readonly number[];
  readonly breakpoints: readonly number[];
  /** Degree of the first resolution, and of the second if that differs enough. */
  readonly lmax: number;
  readonly second?: number;
  readonly maximumDegree: number;
  readonly tolerance: number;
  /** Highest degree used to resolve the densities themselves, not only their moments; by default only the moments are resolved. */
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
      const wanted =
        fine[0] && fine[0].index.size > large ? Math.max(tolerance, expensiveTolerance) : tolerance;
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

/** Largest difference of moments between two resolutions; with a larger one they are refused. */
export const largestMomentError = 1e-5;
/** With more unknowns than this, the agreement below is enough. */
const large = 8000;
const expensiveTolerance = 1e-6;

/** A density is resolved if the coefficients of its highest degrees are below this, including tails of 10⁻⁶. */
const negligible = 1e-8;

/** Whether the expansion of a density has converged; moments converge much earlier. */
function isResolved({ index, coefficients }: Density): boolean {
  const { l } = harmonicLabels(index);
  return coefficients.every((c, i) => l[i] < 0.95 * index.lmax || Math.abs(c) < negligible);
}
