import type { Estimate, Figures } from "./extrapolate.ts";
import { extrapolatedFigures } from "./extrapolate.ts";
import type { Bins, EvolutionAsked } from "./figures.ts";
import {
  correlationFigures,
  dwellFigures,
  evolutionFigures,
  passageFigures,
  stationaryFigures,
} from "./figures.ts";
import type { MeshPlan } from "./mesh.ts";
import { read } from "./reading.ts";
import { averagedFigures } from "./spreads.ts";
import type { Plain, Vec3 } from "./values.ts";

export interface Accuracy {
  readonly refinements: readonly number[];
  readonly rings: number;
  readonly tolerance: number;
}

/** Survival is looked at after these shares of the run. */
export const survivalShares = [1 / 8, 1 / 4, 1 / 2, 1];
/** Autocovariances are looked at after so many samples. */
export const lagsInSamples = [1, 2, 5, 10];

const axes: Record<string, Vec3> = { mx: [1, 0, 0], my: [0, 1, 0], mz: [0, 0, 1] };

/** "mx < -0.3" as a cap about an axis: the axis, and the polar angle of its rim; the cap holds the axis. */
export function capOf(condition: string): { axis: Vec3; rim: number } {
  const match = /^\s*(m[xyz])\s*([<>])\s*(-?[\d.e-]+)\s*$/.exec(condition);
  if (!match) throw new Error(`the oracle cannot read the condition ${condition}`);
  const [, name, sign, number] = match;
  const turn = sign === ">" ? 1 : -1;
  return {
    axis: axes[name].map((x) => turn * x) as unknown as Vec3,
    rim: Math.acos(turn * Number(number)),
  };
}

/** Polar angles between which the well that holds m lies, where the energy depends on the angle to z alone. */
function rimOf(energy: (m: Vec3) => number, m: Vec3): [number, number] {
  const at = (theta: number): number => energy([Math.sin(theta), 0, Math.cos(theta)]);
  const count = 4000;
  const step = Math.PI / count;
  const first = Math.round(Math.acos(m[2] / Math.hypot(...m)) / step);
  const climb = (k: number, way: number): number => {
    while (k > 0 && k < count) {
      // downhill behind the top: the well is left
      const [before, here, after] = [k - way, k, k + way].map((i) => at(i * step));
      if (here >= before && here > after) {
        const bend = before - 2 * here + after;
        return (k + (way * (before - after)) / (2 * bend)) * step;
      }
      k += way;
    }
    return k * step;
  };
  const downhill = at((first + 1) * step) < at((first - 1) * step) ? 1 : -1;
  let bottom = first;
  while (bottom > 0 && bottom < count && at((bottom + downhill) * step) < at(bottom * step))
    bottom += downhill;
  return [climb(bottom, -1), climb(bottom, 1)];
}

const whole = (axis: Vec3, faces: readonly number[], { rings }: Accuracy): MeshPlan => ({
  axis,
  faces,
  from: 0,
  to: Math.PI,
  rings,
  columns: 2 * rings,
});

/** Figures of an experiment with their errors, observable by observable; times are those that the file asks for. */
export function oracleFigures(experiment: Plain, accuracy: Accuracy): Map<string, Estimate> {
  const middle = read(experiment);
  const observables = (experiment.observables ?? []) as Plain[];
  const found = new Map<string, Estimate>();
  const { refinements, tolerance } = accuracy;
  const solved = (
    solve: (reading: ReturnType<typeof read>, refinement: number, loose: number) => Figures,
  ): void => {
    const spread = middle.spreads.length > 0;
    const estimates = spread
      ? averagedFigures(middle.spreads[0], refinements, (deviate, refinement) =>
          solve(read(experiment, [deviate]), refinement, tolerance),
        )
      : extrapolatedFigures(
          refinements.map((refinement) => solve(middle, refinement, tolerance)),
          refinements,
        );
    // what the steps of time add: ten times the tolerance against it, on the coarsest mesh
    const [strict, loose] = [tolerance, 10 * tolerance].map((x) => solve(middle, refinements[0], x));
    for (const [name, { value, error }] of estimates) {
      const steps = Math.abs((strict.get(name) as number) - (loose.get(name) as number));
      found.set(name, { value, error: error + steps });
    }
  };
  const m = ((experiment.initial as Plain).m ?? [0, 0, 1]) as Vec3;
  const rim = (experiment.initial as Plain).type === "well" ? rimOf(middle.energyOverKT, m) : undefined;

  const moments = observables.find(({ type }) => type === "moments");
  const histogram = observables.find(({ type }) => type === "histogram");
  if (moments) {
    const count = moments.times as number;
    const of = (histogram?.of ?? "mz") as string;
    const bins = histogram?.bins as number;
    const azimuth = of === "phi";
    const polar =
      azimuth || !histogram
        ? []
        : Array.from({ length: bins - 1 }, (_, k) => Math.acos(1 - (2 * (k + 1)) / bins));
    const axis = azimuth ? axes.mz : axes[of];
    const faces = [...(axis === axes.mz ? [Math.PI / 2] : []), ...(rim ?? []), ...polar];
    const asked: Omit<EvolutionAsked, "tolerance"> = {
      plan: whole(axis, distinct(faces), accuracy),
      times: Array.from({ length: count }, (_, k) => (middle.duration * (k + 1)) / count),
      halves: axis === axes.mz,
      rim,
      ...(histogram
        ? { histogram: { kind: azimuth ? "azimuth" : "polar", count: bins } satisfies Bins }
        : {}),
    };
    solved((reading, refinement, loose) =>
      evolutionFigures(reading, { ...asked, tolerance: loose }, refinement),
    );
  }
  solved((reading, refinement) =>
    stationaryFigures(reading, whole(axes.mz, [Math.PI / 2], accuracy), refinement),
  );
  for (const observable of observables) {
    if (observable.type === "firstPassage") {
      const cap = capOf(observable.until as string);
      const plan = { ...whole(cap.axis, rim ? distinct(rim) : [], accuracy), from: cap.rim };
      solved((reading, refinement, loose) =>
        passageFigures(
          reading,
          { plan, times: survivalShares.map((share) => share * middle.duration), rim, tolerance: loose },
          refinement,
        ),
      );
    }
    if (observable.type === "dwell") {
      const [up, down] = [capOf(observable.up as string), capOf(observable.down as string)];
      solved((reading, refinement) =>
        dwellFigures(reading, whole(up.axis, [], accuracy), [up.rim, Math.PI - down.rim], refinement),
      );
    }
    if (observable.type === "spectrum") {
      const lags = lagsInSamples.map((k) => k * (observable.sampleEvery as number));
      solved((reading, refinement, loose) =>
        correlationFigures(
          reading,
          whole(axes.mz, [Math.PI / 2], accuracy),
          (observable.of as string)[1] as "x",
          lags,
          loose,
          refinement,
        ),
      );
    }
  }
  return found;
}

/** Ascending, without those that coincide, poles apart. */
const distinct = (faces: readonly number[]): number[] =>
  [...faces]
    .sort((a, b) => a - b)
    .filter((x, i, all) => x > 1e-6 && x < Math.PI - 1e-6 && (i === 0 || x - all[i - 1] > 1e-9));
