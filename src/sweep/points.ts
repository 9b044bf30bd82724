import { inRounds } from "../linear-algebra/breathe.ts";
import { between } from "../numerics/between.ts";
import { seedStream, uniform } from "../random/streams.ts";
import type { Axis, AxisValue, Sampling, SweepDescription } from "./description.ts";

/** Settings of one point, by path. */
export type PointSettings = Readonly<Record<string, AxisValue>>;

/** What places the points of a sweep. */
type Placing = Pick<SweepDescription, "axes" | "sampling">;

/** Purpose number of the random numbers that place points. */
const purpose = 0x51ee;

/** The value at a share from 0 to 1 of an axis. */
function valueAt({ values, range }: Axis, share: number): AxisValue {
  if (values) return values[Math.min(values.length - 1, Math.floor(share * values.length))];
  if (!range) throw new Error("an axis has values or a range");
  return between(range.from, range.to, share, range.scale);
}

/** The values of an axis of a grid or list. */
export function valuesOfAxis(axis: Axis): readonly AxisValue[] {
  if (axis.values) return axis.values;
  const count = axis.range?.count ?? 1;
  return Array.from({ length: count }, (_, i) => valueAt(axis, count === 1 ? 0 : i / (count - 1)));
}

/** Number of points of a sweep, without making them. */
export function countPoints({ axes, sampling }: Placing): number {
  if (sampling.type === "random" || sampling.type === "latinHypercube") return sampling.points;
  const counts = axes.map((axis) => axis.values?.length ?? axis.range?.count ?? 1);
  return sampling.type === "list" ? counts[0] : counts.reduce((a, b) => a * b, 1);
}

/** A permutation of 0 … count − 1 (Fisher and Yates). */
async function permutation(count: number, stream: Uint32Array): Promise<Uint32Array> {
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  await inRounds(count - 1, (k) => {
    const i = count - 1 - k;
    const j = Math.floor(uniform(stream) * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  });
  return order;
}

/** How the point of each number is made. */
async function placing({ axes, sampling }: Placing): Promise<(index: number) => PointSettings> {
  if (sampling.type === "grid" || sampling.type === "list") {
    const values = axes.map(valuesOfAxis);
    return (index) => {
      let rest = index;
      const places = values.map(() => index);
      if (sampling.type === "grid")
        for (let k = axes.length - 1; k >= 0; k--) {
          places[k] = rest % values[k].length;
          rest = Math.floor(rest / values[k].length);
        }
      return Object.fromEntries(axes.map(({ path }, k) => [path, values[k][places[k]]]));
    };
  }
  const count = countPoints({ axes, sampling });
  const { type, seed } = sampling as Extract<Sampling, { readonly seed: number }>;
  const stream = new Uint32Array(4);
  const orders: Uint32Array[] = [];
  if (type === "latinHypercube")
    for (const k of axes.keys()) {
      seedStream(stream, seed, k, 1, purpose);
      orders.push(await permutation(count, stream));
    }
  return (index) => {
    seedStream(stream, seed, index, 0, purpose);
    return Object.fromEntries(
      axes.map((axis, k) => {
        const within = uniform(stream);
        const share = orders[k] ? (orders[k][index] + within) / count : within;
        return [axis.path, valueAt(axis, share)];
      }),
    );
  };
}

/**
 * The points of a sweep in their order: a grid with its last path fastest, lists side by side, random ones each by itself, or a
 * Latin hypercube, which has one point in each of the equal parts of every axis. The same description gives the same points. Signals
 * are handled while many are made.
 */
export async function pointsOf(description: Placing): Promise<PointSettings[]> {
  const pointAt = await placing(description);
  const points: PointSettings[] = [];
  await inRounds(countPoints(description), (index) => points.push(pointAt(index)));
  return points;
}

/** The path of the seed, which sets the noise of a point. */
export const seedPath = "seed";

/** The seed of a point's ensemble: that of the experiment for all, or one of its own. */
export function seedOfPoint(seed: number, index: number, common: boolean): number {
  if (common) return seed;
  const stream = new Uint32Array(4);
  seedStream(stream, seed, index, 2, purpose);
  return stream[0];
}
