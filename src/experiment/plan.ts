import { supremum } from "../expression/bounds.ts";
import type { Expression } from "../expression/expression.ts";
import { add, mul, sub } from "../expression/expression.ts";
import { infinityOf } from "../expression/finite.ts";
import { substitute } from "../expression/rewrite.ts";
import { dot, m, vector } from "../expression/vector.ts";
import { joinPath } from "./input-error.ts";
import type { ObservableSpecs } from "./observable-spec.ts";
import type { PlannedObservable } from "./problem.ts";
import type { Complain } from "./resolve.ts";
import { understood } from "./resolve.ts";
import type { CompletedExperiment } from "./schema.ts";
import { evaluator, spherePoints } from "./sphere-sample.ts";
import { boxOver } from "./spread-box.ts";
import type { Steps } from "./steps.ts";
import { nearestSteps } from "./steps.ts";
import type { Times } from "./times.ts";

/** The times that observables ask for, which should fall on whole steps. */
export const timesAsked = (
  specs: ObservableSpecs,
  experiment: Pick<CompletedExperiment, "observables">,
): Times[] =>
  experiment.observables
    .map((values) => specs[values.type].times(values as never))
    .filter((times) => times !== undefined);

/** Sampling intervals that the step may not change, in the unit of the experiment. */
export const intervalsAsked = (
  specs: ObservableSpecs,
  experiment: Pick<CompletedExperiment, "observables">,
): number[] =>
  experiment.observables
    .map((values) => specs[values.type].interval?.(values as never))
    .filter((interval) => interval !== undefined);

/** R(m) = R_P + ½ (R_AP − R_P)(1 − m·r), Ω. */
export function resistance({
  parallel,
  antiparallel,
  reference,
}: NonNullable<CompletedExperiment["readout"]>) {
  const half = (antiparallel - parallel) / 2;
  return add(parallel + half, mul(-half, dot(m, vector(...reference))));
}

/** Reads typed functions of m. With a readout they may use the name `resistance`. */
function quantityReader(readout: CompletedExperiment["readout"], complain: Complain) {
  return (text: string, path: string, condition: boolean, inTime = false): Expression => {
    const names = [...(readout ? ["resistance"] : []), ...(inTime ? ["t"] : [])];
    const expression = understood(text, path, { names, condition }, complain);
    return readout ? substitute([expression], { resistance: resistance(readout) })[0] : expression;
  };
}

/** Margin on both sides of a range, as a share of it. */
const room = 0.005;

/** Smallest and largest value on the sphere, from points on it and with a margin; wider if intervals find values beyond it. */
function rangeOnSphere(of: Expression): readonly [number, number] {
  const evaluate = evaluator([of], []);
  const values = spherePoints.map((point) => evaluate(point, 0, [])[0]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = room * (high - low);
  const centre = (low + high) / 2;
  const widened = (f: Expression, known: number): number => {
    const options = { tolerance: room, scale: high - low, work: 2000, known };
    const { attained } = supremum(f, {}, options);
    return (attained > known + margin ? attained : known) + margin;
  };
  return [centre - widened(sub(centre, of), centre - low), centre + widened(sub(of, centre), high - centre)];
}

/** What is recorded at which steps; times in the unit of the experiment. */
export function planObservables(
  specs: ObservableSpecs,
  { observables: written, readout, time }: Pick<CompletedExperiment, "observables" | "readout" | "time">,
  steps: Steps,
  complain: Complain,
): PlannedObservable[] {
  const read = quantityReader(readout, complain);
  const names = new Set<string>();
  return written.map((values, i) => {
    const path = joinPath("observables", i);
    const entry = specs[values.type];
    const label = values.name ?? entry.label(values as never);
    let name = label;
    for (let k = 2; names.has(name); k++) name = `${label} (${k})`;
    names.add(name);
    return entry.plan(values as never, name, {
      quantity(text, key, inTime = false) {
        const expression = read(text, joinPath(path, key), false, inTime);
        const isUnread = expression.kind === "constant" && Number.isNaN(expression.value);
        const during = boxOver([], time.duration);
        if (!isUnread && infinityOf([expression], inTime ? during : {})) {
          const throughout = inTime ? " throughout the run" : "";
          complain(joinPath(path, key), `must be finite everywhere on the sphere${throughout}`, text);
        }
        return expression;
      },
      condition: (text, key) => read(text, joinPath(path, key), true),
      steps: (times) => nearestSteps(times, time.duration, steps),
      everySteps: (interval) => Math.max(1, Math.round(interval / steps.timeStep)),
      range: rangeOnSphere,
      complain: (key, rule, value) => complain(joinPath(path, key), rule, value),
    });
  });
}
