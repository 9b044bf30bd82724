import { compileScalar } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import type { Point } from "../../physics/wells/landscape.ts";
import { uniform } from "../../random/streams.ts";

/** A patch of the sphere of equal-area coordinates (mz, φ) and an upper bound of exp(−U) on it. */
interface Cell {
  readonly mz: readonly [number, number];
  readonly phi: readonly [number, number];
  readonly lowest: number;
  readonly tag: boolean | undefined;
}

/** A draw from a density ∝ exp(−U); advances the stream. */
export type Sampler = (stream: Uint32Array) => Point;

const pointAt = (mz: number, phi: number): Point => {
  const rho = Math.sqrt(Math.max(0, 1 - mz * mz));
  return [rho * Math.cos(phi), rho * Math.sin(phi), mz];
};

/**
 * Exact sampler of exp(−U(m)), by rejection under a step function: the sphere is cut until U varies by less than
 * half a kT in each cell, so most draws are kept and the bound (lowest value seen, less the variation seen) holds
 * for any energy smooth on that scale. Cells 50 kT above the minimum are left out (weight below 1e-20).
 *
 * `keep` restricts the density to a region: it tells for a point whether it belongs; cells whose nine test points
 * agree are not asked again.
 */
export function boltzmannSampler(energyOverKT: Expression, keep?: (m: Readonly<Point>) => boolean): Sampler {
  const energy = compileScalar(energyOverKT, ["mx", "my", "mz"]);
  const grid = [0, 0.5, 1];
  const examine = (
    mz: readonly [number, number],
    phi: readonly [number, number],
    inherited: boolean | undefined,
  ) => {
    const values: number[] = [];
    const members: boolean[] = [];
    for (const u of grid)
      for (const v of grid) {
        const m = pointAt(mz[0] + u * (mz[1] - mz[0]), phi[0] + v * (phi[1] - phi[0]));
        values.push(energy(...m));
        if (keep && inherited === undefined) members.push(keep(m));
      }
    const low = Math.min(...values);
    const range = Math.max(...values) - low;
    const tag = inherited ?? (members.every((x) => x) ? true : members.some((x) => x) ? undefined : false);
    return { low, range, tag };
  };
  let floor = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= 64; i++)
    for (let j = 0; j < 64; j++) {
      const m = pointAt(-1 + i / 32, -Math.PI + (j * Math.PI) / 32);
      if (!keep || keep(m)) floor = Math.min(floor, energy(...m));
    }
  const cells: Cell[] = [];
  const cut = (
    mz: readonly [number, number],
    phi: readonly [number, number],
    depth: number,
    inherited?: boolean,
  ): void => {
    const { low, range, tag } = examine(mz, phi, inherited);
    const known = depth >= 4 ? tag : undefined;
    if (tag === false && depth >= 3) return;
    if (low - range > floor + 50 && depth >= 3) return;
    if (depth >= 3 && (range < 0.5 || depth >= 22)) {
      cells.push({ mz, phi, lowest: low - range, tag });
      return;
    }
    const across = Math.acos(Math.max(-1, mz[0])) - Math.acos(Math.min(1, mz[1]));
    const around = (phi[1] - phi[0]) * Math.sqrt(1 - Math.min(mz[0] ** 2, mz[1] ** 2));
    if (across > around) {
      const middle = (mz[0] + mz[1]) / 2;
      cut([mz[0], middle], phi, depth + 1, known);
      cut([middle, mz[1]], phi, depth + 1, known);
    } else {
      const middle = (phi[0] + phi[1]) / 2;
      cut(mz, [phi[0], middle], depth + 1, known);
      cut(mz, [middle, phi[1]], depth + 1, known);
    }
  };
  for (let i = 0; i < 8; i++)
    for (let j = 0; j < 8; j++)
      cut([-1 + i / 4, -1 + (i + 1) / 4], [(Math.PI * (j - 4)) / 4, (Math.PI * (j - 3)) / 4], 0);
  const cumulative = new Float64Array(cells.length);
  let total = 0;
  cells.forEach((cell, i) => {
    total += (cell.mz[1] - cell.mz[0]) * (cell.phi[1] - cell.phi[0]) * Math.exp(floor - cell.lowest);
    cumulative[i] = total;
  });
  if (cells.length === 0)
    throw new RangeError("initial.m stands on a ridge or a summit of the energy: it is in no well");
  return (stream) => {
    for (;;) {
      const target = uniform(stream) * total;
      let [low, high] = [0, cells.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cumulative[middle] > target) high = middle;
        else low = middle + 1;
      }
      const cell = cells[low];
      const m = pointAt(
        cell.mz[0] + uniform(stream) * (cell.mz[1] - cell.mz[0]),
        cell.phi[0] + uniform(stream) * (cell.phi[1] - cell.phi[0]),
      );
      if (Math.log(uniform(stream)) >= cell.lowest - energy(...m)) continue;
      if (keep && cell.tag === undefined && !keep(m)) continue;
      return m;
    }
  };
}
