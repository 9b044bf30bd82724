import type { Problem } from "../experiment/problem.ts";
import { reduce } from "../observables/experiment.ts";
import type { ObservableResult } from "../observables/index.ts";
import { observables } from "../observables/index.ts";
import { plan as planOf } from "../observables/plan.ts";
import type { Result } from "../result.ts";
import { comparedResult, provenanceOf } from "../run/compared-result.ts";
import { emptyRow } from "../run/rates-over.ts";
import { backends, ExperimentError } from "../run/run.ts";
import { columnsOf, prefixesOf } from "./columns.ts";
import { columnsOfRates } from "./columns-of-rates.ts";
import type { PlacedSweep } from "./plan.ts";
import { checkedHearing, isExperiment } from "./shape.ts";

/** The names of a table's columns before its first point. */
export interface ColumnNames {
  /** Those that every point has. */
  readonly names: readonly string[];
  /** Whether a point may have a column with this name. */
  has(name: string): boolean;
}

const nobody = { backend: null, adapter: null, precision: "float64" } as const;
/** Any backend without a device will do: nothing is stepped. */
const anyone = backends.find(({ ownsDevice }) => !ownsDevice) ?? backends[0];

/** A simulation of two spins before their first step, as the observables give it. */
async function resultsAtStart(problem: Problem): Promise<ObservableResult[]> {
  const planned = planOf(problem);
  const ensemble = await anyone.prepare(planned.kernel, planned.filling, { threads: 1 });
  try {
    const samples = planned.instruments.map((instrument) => instrument.sample(planned));
    const counted = await ensemble.collect();
    const results: ObservableResult[] = [];
    for (const [i, instrument] of planned.instruments.entries()) {
      const counts = planned.gathered[i].flatMap((k) => {
        const found = counted[k];
        return found?.kind === "bins" ? [found.counts] : [];
      });
      const observed = instrument.observation([{ step: 0, value: await samples[i](ensemble, 0) }], counts);
      const own = problem.observables[i];
      const found = observables[own.type].result(observed, own, problem, { prediction: null, known: null });
      results.push(found as ObservableResult);
    }
    return results;
  } finally {
    await ensemble.dispose();
  }
}

/** A result without any run or solution. */
const resultOf = (problem: Problem, results: readonly ObservableResult[]): Result => ({
  ...comparedResult(
    problem,
    provenanceOf(problem, { ...nobody, spinSteps: 0, wallSeconds: 0 }),
    null,
    undefined,
    { value: null, reason: "nothing was solved" },
  ),
  observables: results,
});

/** The columns that the points of a plan will have; null if they are unknown before the run. */
export async function columnNamesOf(plan: PlacedSweep): Promise<ColumnNames | null> {
  if (plan.exact) {
    const names = Object.keys(columnsOfRates(emptyRow({}, ""), "s").values);
    return { names, has: (name) => names.includes(name) };
  }
  const experiment = await checkedHearing(plan.experiment, plan.points[0]);
  if (!isExperiment(experiment)) return null;
  try {
    const problem = reduce({ ...experiment, ensemble: 2 });
    const results = await resultsAtStart(problem);
    const names = Object.keys(columnsOf(resultOf(problem, results), problem.compare).values);
    const prefixes = prefixesOf(problem.observables.map(({ name }) => name));
    const further = problem.observables.flatMap(({ type }, i) => {
      const { furtherColumns } = observables[type];
      return furtherColumns ? [{ start: prefixes[i], furtherColumns }] : [];
    });
    const isFurther = (name: string): boolean =>
      further.some(
        ({ start, furtherColumns }) =>
          name.startsWith(start) &&
          furtherColumns.test(name.slice(start.length).replace(/\.(error|low|high|exact)$/, "")),
      );
    // two spins that have not moved have no mean, and hence no error of it
    const isKnown = (name: string): boolean => names.includes(name.replace(/\.error$/, ""));
    return { names, has: (name) => isKnown(name) || isFurther(name) };
  } catch (error) {
    // the first point is not valid; it is reported in its turn
    if (error instanceof RangeError || error instanceof ExperimentError) return null;
    throw error;
  }
}
