import type { Complex } from "../linear-algebra/hessenberg.ts";
import { finer } from "./adaptive-evolution.ts";
import { axialModes } from "./axial-modes.ts";
import type { AxialProfile } from "./axial-profile.ts";
import type { Exact } from "./exact.ts";
import { exactly } from "./exact.ts";
import type { Generator } from "./generator.ts";
import { harmonicOrdering } from "./harmonic-ordering.ts";
import { refineUntilTwoAgree } from "./refinement.ts";
import { byRate, slowestModes } from "./spectrum-of-generator.ts";

interface AxialProblem {
  readonly generator: (lmax: number, mmax: number) => Generator;
  readonly diffusion: number;
  readonly slowest: number;
  readonly profile: AxialProfile;
  readonly first: number;
  readonly count: number;
  readonly time: number;
  readonly maximumDegree: number;
}

/** Modes of one azimuthal order lie nearer to zero than those of the next: the search stops at an order that adds no mode. */
const largestOrder = 60;

/**
 * Zero and the modes nearest to it over all azimuthal orders, as on the full sphere, by ascending real part. Rates below the rounding of
 * the matrix come from the double quadrature. Only modes on which two degrees agree are returned.
 */
export function axialSpectrum(problem: AxialProblem): Exact<Complex[]> {
  const { count, first, maximumDegree } = problem;
  if (count <= 2)
    return exactly(
      [
        { re: 0, im: 0 },
        { re: problem.slowest, im: 0 },
      ].slice(0, count),
    );
  return refineUntilTwoAgree<number, Complex[], Complex[]>({
    first,
    solve: (lmax) => exactly(spectrumAt(problem, lmax)),
    finer: (lmax) => Math.min(maximumDegree, finer(lmax)),
    compare({ coarse, fine, level }) {
      const disagreement = fine.findIndex((rate, i) => !coarse[i] || !agree(rate, coarse[i]));
      if (disagreement >= 0 && level < Math.min(maximumDegree, 4 * first)) return {};
      const agreed = disagreement < 0 ? fine : fine.slice(0, disagreement);
      return { enough: exactly([{ re: 0, im: 0 }, ...agreed].slice(0, count)) };
    },
    unresolved: (lmax) => `the spectrum is not resolved by degree ${lmax}`,
  });
}

const size = ({ re, im }: Complex): number => Math.hypot(re, im);

const agree = (a: Complex, b: Complex): boolean =>
  Math.hypot(a.re - b.re, Math.abs(a.im) - Math.abs(b.im)) <= 1e-8 * Math.hypot(a.re, a.im);

/** The `count`−1 decaying modes nearest to zero at one degree. */
function spectrumAt(problem: AxialProblem, lmax: number): Complex[] {
  const { generator, diffusion, count, time, profile } = problem;
  const wanted = count - 1;
  let rates: Complex[] = [];
  for (let order = 0; order <= Math.min(lmax, largestOrder); order++) {
    const made = generator(lmax, Math.min(lmax, 4 * Math.ceil((order + 1) / 4)));
    // with the shift tiny rates do not make the inverse inaccurate; eigenvalues are not changed
    const modes = slowestModes(made.operatorAt(time), harmonicOrdering(made), wanted + 2, {
      shift: 0.1 * diffusion,
      level: order,
    }).map(({ rate }) => rate);
    const found = order === 0 ? withTinyRates(modes, profile, diffusion) : modes;
    const farthest = rates[wanted - 1] ? size(rates[wanted - 1]) : Number.POSITIVE_INFINITY;
    // each order returned its modes nearest to zero, so sort by distance from zero: by real part some would be missing
    rates = [...rates, ...found].sort((a, b) => size(a) - size(b)).slice(0, wanted);
    if (order > 0 && !found.some((rate) => size(rate) < farthest)) break;
  }
  return rates.sort(byRate);
}

/** Replaces rates of axial modes that are rounding of the matrix by those of the double quadrature. */
function withTinyRates(rates: readonly Complex[], profile: AxialProfile, diffusion: number): Complex[] {
  const sorted = [...rates].sort(byRate);
  const tiny = sorted.filter(({ re, im }) => im === 0 && Math.abs(re) < 1e-4 * diffusion).length;
  const exact = axialModes(profile, diffusion, Math.max(1, tiny)).map(({ rate }) => ({ re: rate, im: 0 }));
  return [...exact, ...sorted.slice(exact.length)];
}
