import type { Complex } from "../linear-algebra/hessenberg.ts";
import { finer } from "./adaptive-evolution.ts";
import { axialModes } from "./axial-modes.ts";
import type { AxialProfile } from "./axial-profile.ts";
import { harmonicOrdering } from "./evolution.ts";
import type { Generator } from "./generator.ts";
import { byRate, slowestModes } from "./spectrum-of-generator.ts";

/**
 * Zero and the slowest modes of every azimuthal order. Order m decays at least as fast as D m², which bounds the orders to
 * look at. Rates too small for the matrix come from the double quadrature. Only modes on which two degrees agree are kept.
 */
export function axialSpectrum(problem: {
  readonly generator: (lmax: number, mmax: number) => Generator;
  readonly diffusion: number;
  readonly slowest: number;
  readonly profile: AxialProfile;
  readonly first: number;
  readonly count: number;
  readonly time: number;
  readonly maximumDegree: number;
}): Complex[] {
  const { diffusion, count, first, maximumDegree } = problem;
  if (count <= 2)
    return [
      { re: 0, im: 0 },
      { re: problem.slowest, im: 0 },
    ].slice(0, count);
  let lmax = first;
  let coarse = spectrumAt(problem, lmax);
  for (;;) {
    const next = Math.min(maximumDegree, finer(lmax));
    const fine = spectrumAt(problem, next);
    const disagreement = fine.findIndex(
      (rate, i) =>
        !coarse[i] ||
        Math.hypot(rate.re - coarse[i].re, rate.im - coarse[i].im) > 1e-8 * Math.hypot(rate.re, rate.im),
    );
    if (disagreement < 0 || next >= maximumDegree) {
      const agreed = disagreement < 0 ? fine : fine.slice(0, disagreement);
      return [{ re: 0, im: 0 }, ...withTinyRates(agreed, problem.profile, diffusion)].slice(0, count);
    }
    lmax = next;
    coarse = fine;
  }
}

/** Modes of the matrix, complete up to `count` by growing the azimuthal order until D m² exceeds the last. */
function spectrumAt(
  { generator, diffusion, count, time }: Parameters<typeof axialSpectrum>[0],
  lmax: number,
): Complex[] {
  for (let mmax = Math.min(2, lmax); ; mmax = Math.min(lmax, mmax + 2)) {
    const made = generator(lmax, mmax);
    // the shift keeps tiny rates from spoiling the inverse; it moves no eigenvalue
    const modes = slowestModes(made.frozen(time), harmonicOrdering(made), 2 * count, {
      shift: 0.1 * diffusion,
    });
    const rates = modes.map(({ rate }) => rate).sort(byRate);
    const last = rates[Math.min(rates.length, count) - 1];
    if (mmax === lmax || (rates.length >= count && diffusion * (mmax + 1) ** 2 > last.re))
      return rates.slice(0, count);
  }
}

/** Replaces rates that are rounding in the matrix by those of the double quadrature. */
function withTinyRates(rates: Complex[], profile: AxialProfile, diffusion: number): Complex[] {
  const tiny = rates.filter(({ re, im }) => im === 0 && Math.abs(re) < 1e-4 * diffusion).length;
  const exact = axialModes(profile, diffusion, Math.max(1, tiny)).map(({ rate }) => ({ re: rate, im: 0 }));
  if (tiny > 0) return [...exact, ...rates.slice(tiny)];
  // the slowest axial mode is known better from quadrature, wherever it stands among the others
  return rates.map((rate) =>
    rate.im === 0 && Math.abs(rate.re - exact[0].re) < 1e-7 * exact[0].re ? exact[0] : rate,
  );
}
