import type { Problem } from "../experiment/problem.ts";

/** Largest bias of first and second moments that a time step may cause; a certificate with more fails. */
export const allowedStepBias = 1e-3;
/** Largest relative bias of the slowest rate. */
export const allowedRateBias = 0.01;

export interface PromisedBias {
  /** Largest bias of first and second moments, stationary and at recorded times. */
  readonly moments: number;
  /** Largest relative bias of the slowest rate. */
  readonly rate: number;
  /**
   * Limits for spectra: the bias of a band's mean in standard errors of the run, if its relative size exceeds `least`;
   * and the bias of the autocovariance at any lag as a share of the variance.
   */
  readonly spectrum: {
    readonly standardErrors: number;
    readonly least: number;
    readonly covariance: number;
  };
}

/** Share of the standard error of an ensemble that a step's bias may be; a moment's deviation is at most 1. */
const shareOfError = 0.15;
/** No step is shortened for less bias than this: below it float32 and the law of the kicks dominate. */
const floor = { moments: 5e-5, rate: 1e-3 };
/**
 * If all eight bands have such a bias, the test of a spectrum moves by a hundredth of its range; `least` is the
 * resolution of the computation.
 */
const spectrum = { standardErrors: 0.2, least: 3e-4, covariance: 5e-4 };

/**
 * What `step: auto` promises: a bias that the ensemble cannot see, 0.15/√N of moments, between 5e-5 and the 1e-3 that no
 * certificate forgives; of rates 1.5/√N relative, between 1e-3 and 1 %.
 */
export function promisedBias({ ensemble }: Pick<Problem, "ensemble">): PromisedBias {
  const seen = shareOfError / Math.sqrt(ensemble);
  return {
    moments: Math.min(allowedStepBias, Math.max(floor.moments, seen)),
    rate: Math.min(allowedRateBias, Math.max(floor.rate, 10 * seen)),
    spectrum,
  };
}
