import type { Ensemble, TallyResult } from "../../src/ensemble/kernel.ts";
import type { Record } from "../../src/ensemble/observations.ts";
import type { Plan } from "../../src/ensemble/plan.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import { observables } from "../../src/observables/index.ts";
import type { PlacedFigure } from "../../src/observables/placed-figures.ts";
import { figuresSoFar } from "../../src/observables/placed-figures.ts";
import type { ObservableResultBase, Provenance } from "../../src/result.ts";
import { instruments } from "./instruments.ts";

const added = (a: TallyResult | undefined, b: TallyResult): TallyResult => {
  if (!a || a.kind !== b.kind) return b;
  if (a.kind === "bins" && b.kind === "bins")
    return { kind: "bins", counts: a.counts.map((count, i) => count + b.counts[i]) };
  if (a.kind === "sum" && b.kind === "sum")
    return { kind: "sum", total: a.total + b.total, count: a.count + b.count, onGrid: a.onGrid + b.onGrid };
  return b;
};

/**
 * Observations of a run before its end. Records are stored as they are made, and counters are read between two pieces;
 * the run itself gets all of them at its end.
 */
export class SoFar {
  readonly plan: Plan;
  readonly #problem: Problem;
  readonly #provenance: Provenance;
  readonly #records: Record<unknown>[][];
  #counted: readonly TallyResult[] = [];
  /** Exact figures of each observable, if already known and comparable with the counts. */
  exact: readonly unknown[] = [];

  constructor(problem: Problem, plan: Plan, provenance: Provenance) {
    this.#problem = problem;
    this.#provenance = provenance;
    this.#records = plan.instruments.map(() => []);
    this.plan = {
      ...plan,
      instruments: plan.instruments.map((instrument, i) => ({
        ...instrument,
        sample: (given) => {
          const sample = instrument.sample(given);
          return async (ensemble, step) => {
            const value = await sample(ensemble, step);
            this.#records[i].push({ step, value });
            return value;
          };
        },
      })),
    };
  }

  /** An ensemble whose counters may be sampled during the run. */
  counting(inner: Ensemble): Ensemble {
    return { ...delegated(inner), collect: () => this.#collect(inner) };
  }

  async #collect(inner: Ensemble): Promise<readonly TallyResult[] & TallyResult[]> {
    const fresh = await inner.collect();
    const all = fresh.map((result, i) => added(this.#counted[i], result));
    this.#counted = all;
    return all;
  }

  /** The figures so far of all observables of the experiment. */
  async figures(ensemble: Ensemble, step: number): Promise<PlacedFigure[]> {
    const { gathered } = this.plan;
    const counted = gathered.some((places) => places.length > 0) ? await this.#collect(ensemble) : [];
    const all: PlacedFigure[] = [];
    const own: readonly string[] = Object.values(instruments);
    for (const [index, planned] of this.#problem.observables.entries()) {
      if (own.includes(planned.name) || observables[planned.type].countApart) continue;
      const instrument = this.plan.instruments[index];
      const counts = gathered[index].flatMap((k) => {
        const result = counted[k];
        return result?.kind === "bins" ? [result.counts] : [];
      });
      const noted = this.#records[index];
      const records =
        planned.steps || planned.everySteps
          ? noted
          : [{ step, value: await this.#now(index, ensemble, step) }];
      if (records.length === 0) continue;
      const observed = instrument.observation(records, counts);
      const beside = (this.exact[index] ?? null) as ObservableResultBase | null;
      all.push(...figuresSoFar(this.#problem, this.#provenance, { index, observed, step }, beside));
    }
    return all;
  }

  /** Observables that are recorded only at the end, sampled earlier. */
  async #now(index: number, ensemble: Ensemble, step: number): Promise<unknown> {
    const noted = this.#records[index];
    const before = noted.length;
    const value = await this.plan.instruments[index].sample(this.plan)(ensemble, step);
    noted.length = before;
    return value;
  }
}

const delegated = (inner: Ensemble): Ensemble => ({
  adapter: inner.adapter,
  precision: inner.precision,
  advance: (to) => inner.advance(to),
  observe: (view) => inner.observe(view),
  collect: () => inner.collect(),
  read: (count) => inner.read(count),
  column: (name) => inner.column(name),
  gather: (indices) => inner.gather(indices),
  snapshot: () => inner.snapshot(),
  dispose: () => inner.dispose(),
});
