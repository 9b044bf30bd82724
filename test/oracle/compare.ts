import { demand } from "../../src/fokker-planck/exact.ts";
import { predictDwell, predictPassage } from "../../src/fokker-planck/switching.ts";
import type { PlannedDwell } from "../../src/observables/dwell/spec.ts";
import type { PlannedPassage } from "../../src/observables/first-passage/spec.ts";
import { predict as predictSpectrum } from "../../src/observables/spectrum/exact.ts";
import type { PlannedSpectrum } from "../../src/observables/spectrum/spec.ts";
import { predictionOf, readProblem } from "../../src/run/run.ts";
import type { Estimate } from "./extrapolate.ts";
import { momentNames } from "./figures.ts";
import { lagsInSamples, survivalShares } from "./solve.ts";
import type { Plain } from "./values.ts";

/** The product's figures by the oracle's names: a value with its own error where it states one, or the reason for none. */
export type ProductFigure = { readonly value: number; readonly error: number } | { readonly reason: string };

/** What the product's exact side says of an experiment. */
export function productFigures(experiment: Plain): Map<string, ProductFigure> {
  const found = new Map<string, ProductFigure>();
  const problem = readProblem(experiment);
  const prediction = predictionOf(problem);
  if (prediction.value === null) {
    found.set("everything", { reason: prediction.reason });
    return found;
  }
  const judge = prediction.value;
  const stated = judge.typical.solution.errorEstimate;
  const put = (name: string, value: number, error = stated) => found.set(name, { value, error });
  const stationary = judge.stationary();
  const nine = (density: { m: readonly number[]; mm: readonly number[] }, label: string): void =>
    momentNames.forEach((name, i) => put(`⟨${name}⟩ ${label}`, [...density.m, ...density.mm][i]));
  if (stationary.value) nine(stationary.value, "stationary");
  else for (const name of momentNames) found.set(`⟨${name}⟩ stationary`, { reason: stationary.reason });
  for (const planned of problem.observables) {
    if (planned.type === "moments") {
      const densities = judge.densities(planned.steps ?? []);
      if (densities.value)
        densities.value.forEach((density, n) => {
          nine(density, `at time ${n + 1}`);
          put(
            `mz > 0 at time ${n + 1}`,
            demand(density.probabilities({ kind: "projection", axis: [0, 0, 1], edges: [-1, 0, 1] }))[1],
          );
        });
      else found.set("evolution", { reason: densities.reason });
    }
    if (planned.type === "histogram" && planned.binning) {
      const { binning } = planned;
      const moments = problem.observables.find(({ type }) => type === "moments");
      const last = moments?.steps?.length ?? 1;
      const densities = judge.densities(planned.steps ?? []);
      densities.value?.[0]
        .probabilities(binning)
        .value?.forEach((p, b) => put(`bin ${b} at time ${last}`, p));
    }
    if (planned.type === "firstPassage") {
      const end = problem.steps * problem.timeStep;
      const passage = predictPassage(
        problem,
        judge,
        (planned as PlannedPassage).until,
        survivalShares.map((share) => share * end),
      );
      if (passage.value === null) found.set("mean passage", { reason: passage.reason });
      else {
        const { mean, survival } = passage.value;
        const { errorEstimate = 0 } = mean;
        if (mean.value !== null)
          put(
            "mean passage",
            mean.value * problem.units.time,
            errorEstimate * mean.value * problem.units.time,
          );
        survival.value?.forEach((value, n) =>
          put(`survival at time ${n + 1}`, value, survival.errorEstimate ?? 0),
        );
      }
    }
    if (planned.type === "dwell") {
      const dwell = predictDwell(problem, judge, planned as PlannedDwell);
      if (dwell.value === null) found.set("dwell up", { reason: dwell.reason });
      else {
        const { up, down, occupationUp, errorEstimate } = dwell.value;
        for (const [name, mean] of [
          ["dwell up", up],
          ["dwell down", down],
        ] as const)
          if (mean.value === null) found.set(name, { reason: mean.reason });
          else
            put(
              name,
              mean.value * problem.units.time,
              (mean.errorEstimate ?? 0) * mean.value * problem.units.time,
            );
        put("occupation", occupationUp, errorEstimate);
      }
    }
    if (planned.type === "spectrum") {
      const spectrum = predictSpectrum(planned as PlannedSpectrum, problem, judge);
      if (spectrum.value === null) found.set("autocovariance at lag 1", { reason: spectrum.reason });
      else {
        put("mean", spectrum.value.mean);
        lagsInSamples.forEach((lag, n) => {
          const { value } = spectrum.value.autocorrelation;
          if (lag < value.length) put(`autocovariance at lag ${n + 1}`, value[lag]);
        });
      }
    }
  }
  return found;
}

export interface Disagreement {
  readonly figure: string;
  readonly product: number;
  readonly oracle: number;
  /** What both sides say of their errors, added as the comparison adds them. */
  readonly allowed: number;
}

/** Errors of the oracle count this many times, the product's stated ones once. */
const caution = 4;
/** What the product may be off without saying so, relative to the larger of one and the value. */
const unstated = 3e-6;

export interface Outcome {
  readonly compared: number;
  /** Figures whose oracle's error is below 1e-3 of the larger of one and the value. */
  readonly sharp: number;
  readonly disagreements: readonly Disagreement[];
  /** What the product refused, with its reason. */
  readonly refused: readonly string[];
  /** The largest difference relative to what is allowed. */
  readonly worst: number;
}

/** Holds the product's figures against the oracle's. Times and dwell means count relative to themselves. */
export function compareFigures(
  oracle: ReadonlyMap<string, Estimate>,
  product: ReadonlyMap<string, ProductFigure>,
): Outcome {
  const disagreements: Disagreement[] = [];
  const refused: string[] = [];
  let [compared, sharp, worst] = [0, 0, 0];
  for (const [figure, found] of product) {
    if ("reason" in found) {
      refused.push(`${figure}: ${found.reason}`);
      continue;
    }
    const exact = oracle.get(figure);
    if (!exact) continue;
    const size = /passage|dwell/.test(figure) ? Math.abs(exact.value) : 1;
    const allowed = caution * exact.error + found.error + unstated * size;
    const share = Math.abs(found.value - exact.value) / allowed;
    compared++;
    if (exact.error < 1e-3 * size) sharp++;
    worst = Math.max(worst, share);
    if (!(share <= 1)) disagreements.push({ figure, product: found.value, oracle: exact.value, allowed });
  }
  return { compared, sharp, disagreements, refused, worst };
}
