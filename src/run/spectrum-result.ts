import type { Observation } from "../ensemble/observations.ts";
import type { SpectrumResult } from "../result.ts";

/** Averaged periodograms of the sampled spins; `interval` is the time between samples in s. */
export function spectrumResult(
  { name, samples }: Extract<Observation, { type: "spectrum" }>,
  interval: number,
): SpectrumResult {
  void interval;
  return {
    type: "spectrum",
    name,
    frequencies: [],
    oneSidedPower: null,
    standardError: null,
    reason: `no estimate is made from ${samples.length} samples yet`,
  };
}
