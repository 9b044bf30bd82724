import { z } from "zod";
import type { Planning } from "../../experiment/observable-spec.ts";
import { observableSpec } from "../../experiment/observable-spec.ts";
import { directionSchema, numberSchema } from "../../experiment/parameter-schema.ts";
import type { PlannedObservable } from "../../experiment/problem.ts";
import { settling } from "../../experiment/settling.ts";
import { timesSchema } from "../../experiment/times.ts";
import { magnetization, mx, my, mz } from "../../expression/vector.ts";
import type { Binning } from "../../physics/binning.ts";
import { evenEdges } from "../../physics/binning.ts";
import type { Triple } from "../../physics/parameter.ts";

const count = numberSchema({ minimum: 1, maximum: 4096 }, "", true);
const anyNumber = numberSchema({}, "");

const components: Readonly<Record<string, Triple>> = Object.fromEntries(
  magnetization.map((name, i) => [name, [Number(i === 0), Number(i === 1), Number(i === 2)]]),
);

interface Values {
  readonly of: string | readonly [number, number, number];
  readonly bins: number | readonly [number, number];
  readonly range?: readonly [number, number] | undefined;
}

function binningOf({ of, bins, range }: Values, planning: Planning): Binning {
  if (of === "map") {
    const [rows, columns] = typeof bins === "number" ? [bins, bins] : bins;
    if (rows * columns > 65_536) planning.complain("bins", "must not make more than 65536 bins", bins);
    return {
      kind: "map",
      mz: evenEdges(-1, 1, rows),
      phi: evenEdges(-Math.PI, Math.PI, columns),
    };
  }
  if (typeof bins !== "number") {
    planning.complain("bins", "must be one number unless of is map", bins);
    return { kind: "azimuth", edges: [-Math.PI, Math.PI] };
  }
  if (of === "phi") return { kind: "azimuth", edges: evenEdges(-Math.PI, Math.PI, bins) };
  const axis = typeof of !== "string" ? of : Object.hasOwn(components, of) ? components[of] : undefined;
  if (axis && range === undefined) return { kind: "projection", axis, edges: evenEdges(-1, 1, bins) };
  const quantity = planning.quantity(typeof of === "string" ? of : axisText(of), "of");
  const [low, high] = range ?? planning.range(quantity);
  // an unreadable formula has no range, and is a problem of its own already
  if (high <= low) planning.complain(range ? "range" : "of", "must not be constant", range ?? of);
  return { kind: "expression", of: quantity, edges: evenEdges(low, high, bins) };
}

/** The nearest cheap sampling interval: a small power of two, or a multiple of sixteen steps. */
const evenlyGathered = (steps: number): number =>
  steps >= 16 ? 16 * Math.round(steps / 16) : 2 ** Math.round(Math.log2(steps));

const axisText = (axis: readonly number[]): string =>
  axis.map((x, i) => `${x}*${magnetization[i]}`).join(" + ");

export interface PlannedHistogram extends PlannedObservable {
  readonly type: "histogram";
  readonly binning: Binning;
  readonly steps: readonly number[];
}

export const spec = observableSpec<PlannedHistogram>()({
  type: "histogram",
  title: "counts of spins by the value of a quantity",
  observes: "averages",
  shape: {
    of: z
      .union([z.string().max(4000), directionSchema])
      .default(magnetization[2])
      .meta({
        description: `${mx}, ${my}, ${mz}, phi, map (equal-area map of the sphere), resistance, a direction [x, y, z] or a formula`,
      }),
    bins: z
      .union([count, z.tuple([count, count])], { error: "must be a number of bins, or two for a map" })
      .default(64)
      .meta({ description: `number of bins; for a map two, along ${mz} and φ` }),
    range: z
      .tuple([anyNumber, anyNumber])
      .refine(([low, high]) => low < high, { error: "must ascend" })
      .optional()
      .meta({ description: "lowest and highest edge; default: the whole range of the quantity" }),
    times: timesSchema.default(1),
    every: numberSchema({ above: 0 }, "s").optional().meta({
      description:
        "sampling interval (s): one histogram of all samples from the last 90 % of the run, instead of histograms at times",
    }),
  },
  label: ({ of }) =>
    `histogram of ${typeof of === "string" ? of : `m along [${of.map((x) => Number(x.toPrecision(3))).join(", ")}]`}`,
  times: ({ times, every }) => (every === undefined ? times : undefined),
  plan: (values, name, planning) => {
    const binning = binningOf(values, planning);
    const { every, times } = values;
    if (every === undefined) return { type: "histogram", name, binning, steps: planning.steps(times) };
    const steps = planning.steps(1)[0];
    const gather = { every: evenlyGathered(planning.everySteps(every)), from: Math.ceil(settling * steps) };
    if (gather.every + gather.from >= steps)
      planning.complain("every", "must be shorter than nine tenths of time.duration", every);
    return { type: "histogram", name, binning, steps: [], gather };
  },
});
