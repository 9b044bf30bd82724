import type { Observation } from "../ensemble/observations.ts";
import type { DwellTotals } from "../ensemble/observers/dwell.ts";
import { dwellBins } from "../ensemble/observers/dwell.ts";
import { resistance } from "../experiment/plan.ts";
import type { PlannedObservable, Problem } from "../experiment/problem.ts";
import { compileScalar } from "../expression/compile.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { gatheredProbabilities, gatheredSteps } from "../fokker-planck/gathered-density.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import type { Binning } from "../physics/binning.ts";
import type { DwellResult, HistogramResult, ObservableResult } from "../result.ts";
import { clopperPearsonInterval } from "../statistics/proportion.ts";
import { entropyProductionResult } from "./entropy-production-result.ts";
import { passageResult } from "./passage-result.ts";
import type { ExactSpectrum } from "./spectra.ts";
import { lastLagOf } from "./spectra.ts";
import { firstSettled, spectrumResult } from "./spectrum-result.ts";
import type { Switching } from "./switching.ts";

const edgesOf = (binning: Binning): { edges: readonly number[]; columnEdges?: readonly number[] } =>
  binning.kind === "map" ? { edges: binning.mz, columnEdges: binning.phi } : { edges: binning.edges };

/** Exact bin probabilities beside the counts, where there is an exact side. */
function histogramResult(
  observation: Extract<Observation, { type: "histogram" }>,
  planned: Extract<PlannedObservable, { type: "histogram" }>,
  problem: Problem,
  prediction: Prediction | null,
  time: (step: number) => number,
): HistogramResult {
  const { groups } = observation;
  const { gather } = planned;
  if (groups && gather) {
    const known = prediction && gatheredProbabilities(prediction, gather, problem.steps, planned.binning);
    const exact = known?.value;
    return {
      type: "histogram",
      name: observation.name,
      ...edgesOf(planned.binning),
      times: [time(problem.steps)],
      counts: [[...groups[0]].map((_, bin) => groups.reduce((sum, counts) => sum + counts[bin], 0))],
      probabilities: exact ? [[...exact.probabilities]] : null,
      ...(known?.reason ? { probabilitiesReason: known.reason } : {}),
      gathered: {
        every: time(gather.every),
        from: time(gather.from),
        looks: gatheredSteps(gather, problem.steps).length,
      },
    };
  }
  const steps = observation.records.map((record) => record.step);
  const sharp = problem.initial.kind === "direction" && steps.includes(0);
  const found = prediction === null || sharp ? null : prediction.densities(steps);
  const known = found?.value?.map((density) => density.probabilities(planned.binning));
  const failed = known?.findIndex(({ value }) => value === null) ?? -1;
  const reason =
    failed >= 0
      ? `at ${Number(time(steps[failed]).toPrecision(4))}: ${known?.[failed].reason}`
      : found?.reason;
  return {
    type: "histogram",
    name: observation.name,
    ...edgesOf(planned.binning),
    times: steps.map(time),
    counts: observation.records.map((record) => [...record.value]),
    probabilities: known && failed < 0 ? known.map(({ value }) => [...(value ?? [])]) : null,
    ...(reason ? { probabilitiesReason: reason } : {}),
  };
}

function dwellResult(
  observation: Extract<Observation, { type: "dwell" }>,
  problem: Problem,
  unit: number,
): DwellResult {
  const side = (totals: DwellTotals | null) =>
    totals && {
      mean: totals.mean * unit,
      meanStandardError: totals.standardError * unit,
      rate: 1 / (totals.mean * unit),
      rateStandardError: totals.standardError / (totals.mean * totals.mean * unit),
      count: totals.count,
    };
  const span = Math.log(Math.max(problem.steps, 2));
  return {
    type: "dwell",
    name: observation.name,
    up: side(observation.up),
    down: side(observation.down),
    occupationUp: observation.occupationUp,
    occupationUpStandardError: observation.occupationUpStandardError,
    edges: Array.from({ length: dwellBins + 1 }, (_, i) => unit * Math.exp((span * i) / dwellBins)),
    upCounts: [...observation.upCounts],
    downCounts: [...observation.downCounts],
  };
}

/** Resistance of a direction in Ω, where the experiment has a readout. */
function resistanceOf({ experiment: { readout } }: Problem): ((m: readonly number[]) => number) | undefined {
  if (!readout) return undefined;
  const evaluate = compileScalar(resistance(readout), ["mx", "my", "mz"]);
  return ([x, y, z]) => evaluate(x, y, z);
}

/** What the exact side says to the correlation time of the records. */
const spectrumKnown = (exact: ExactSpectrum | null | undefined) =>
  exact ? { mean: exact.mean, lastLag: lastLagOf(exact) } : undefined;

/** Observations in SI units, as the result holds them. */
export function observableResults(
  problem: Problem,
  observations: readonly Observation[],
  prediction: Prediction | null,
  switching: Switching | null,
  spectra?: ReadonlyMap<string, Exact<ExactSpectrum>>,
): ObservableResult[] {
  const { units, timeStep } = problem;
  const time = (step: number): number => step * timeStep * units.time;
  return observations.map((observation, i): ObservableResult => {
    const planned = problem.observables[i];
    const { name } = observation;
    switch (observation.type) {
      case "moments": {
        const values = observation.records.map((record) => record.value);
        const up = values.map((value) => clopperPearsonInterval(value.up, value.spins));
        return {
          type: "moments",
          name,
          times: observation.records.map((record) => time(record.step)),
          m: values.map((value) => value.m),
          mStandardError: values.map((value) => value.mStandardError),
          mm: values.map((value) => value.mm),
          mmStandardError: values.map((value) => value.mmStandardError),
          energy: values.map((value) => value.energy * units.energy),
          energyStandardError: values.map((value) => value.energyStandardError * units.energy),
          probabilityUp: values.map((value) => value.up / value.spins),
          probabilityUpLow: up.map(({ low }) => low),
          probabilityUpHigh: up.map(({ high }) => high),
        };
      }
      case "histogram":
        if (planned.type !== "histogram") throw new Error("observations out of order");
        return histogramResult(observation, planned, problem, prediction, time);
      case "firstPassage":
        return passageResult(observation, problem, switching?.passages.get(name)?.value ?? null);
      case "dwell":
        return dwellResult(observation, problem, timeStep * units.time);
      case "spectrum":
        if (planned.type !== "spectrum") throw new Error("observations out of order");
        return spectrumResult(
          observation,
          planned.everySteps * timeStep * units.time,
          firstSettled(problem, observation.samples.length),
          spectrumKnown(spectra?.get(name)?.value),
        );
      case "trajectory": {
        const spins = (observation.points[0]?.length ?? 0) / 3;
        const m = Array.from({ length: spins }, (_, spin) =>
          observation.points.map((point) => [...point.slice(3 * spin, 3 * spin + 3)]),
        );
        const ohms = resistanceOf(problem);
        return {
          type: "trajectory",
          name,
          times: observation.steps.map(time),
          m,
          ...(ohms ? { resistance: m.map((points) => points.map(ohms)) } : {}),
        };
      }
      case "entropyProduction":
        return entropyProductionResult(observation, problem, time);
    }
  });
}
