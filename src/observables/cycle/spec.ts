import { observableSpec } from "../../experiment/observable-spec.ts";
import { directionSchema, numberSchema } from "../../experiment/parameter-schema.ts";
import type { PlannedObservable } from "../../experiment/problem.ts";
import type { Expression } from "../../expression/expression.ts";
import { dot, m, vector } from "../../expression/vector.ts";
import type { Triple } from "../../physics/parameter.ts";

export interface PlannedCycle extends PlannedObservable {
  readonly type: "cycle";
  readonly withoutDensities: true;
  readonly direction: Triple;
  /** m·direction. */
  readonly of: Expression;
  /** Steps of the points of the loop, which covers the last period, and the end of that period. */
  readonly steps: readonly number[];
  readonly phases: number;
  readonly periodSteps: number;
  /** Number of whole periods before the averages, and of periods in the averages. */
  readonly before: number;
  readonly periods: number;
  /** kg/m³ */
  readonly massDensity?: number;
}

/** Number of harmonics in the result. */
export const harmonics = 3;

export const spec = observableSpec<PlannedCycle>()({
  type: "cycle",
  title:
    "loop of ⟨m·direction⟩ under a periodic drive, its area and the susceptibilities χ′, χ″ of three harmonics",
  observes: "phases",
  needsNoise: true,
  shape: {
    period: numberSchema({ above: 0 }, "s").meta({ description: "period of the drive (s)" }),
    direction: directionSchema
      .default([0, 0, 1])
      .meta({ description: "direction along which m is followed" }),
    phases: numberSchema({ minimum: 8, maximum: 256 }, "", true)
      .default(32)
      .meta({ description: "number of points on the loop" }),
    periods: numberSchema({ minimum: 1, maximum: 100_000 }, "", true)
      .default(1)
      .meta({ description: "number of periods at the end of the run that are averaged" }),
    massDensity: numberSchema({ above: 0 }, "kg/m³")
      .optional()
      .meta({ description: "mass density of the magnet (kg/m³), for losses per mass" }),
  },
  label: () => "cycle",
  times: ({ period, phases }) => ({ every: period / phases }),
  alignsOnly: true,
  interval: ({ period, phases }) => period / phases,
  plan({ period, direction, phases, periods, massDensity }, name, { steps, everySteps, complain }) {
    const every = everySteps(period / phases);
    const periodSteps = every * phases;
    if (Math.abs(everySteps(period) - periodSteps) > 0)
      complain("period", `must be ${phases} times a whole number of steps`, period);
    const [last] = steps(1);
    const whole = Math.floor(last / periodSteps);
    if (whole === 0) complain("period", "must not be longer than time.duration", period);
    else if (periods > whole)
      complain("periods", `must not be more than the ${whole} whole periods of the run`, periods);
    const begin = (whole - 1) * periodSteps;
    return {
      type: "cycle",
      name,
      withoutDensities: true,
      direction,
      of: dot(m, vector(...direction)),
      steps: Array.from({ length: phases + 1 }, (_, k) => begin + k * every),
      phases,
      periodSteps,
      before: whole - periods,
      periods,
      ...(massDensity === undefined ? {} : { massDensity }),
    };
  },
});
