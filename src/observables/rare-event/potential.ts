import { magnetization } from "../../expression/vector.ts";
import type { Vec3 } from "../../fokker-planck/frame.ts";

/** ln G of a direction, for many spins at once. */
export interface LogPotential {
  /** Names of the components of m that it is of. */
  readonly of: readonly string[];
  /** Takes their columns and fills in ln G. */
  readonly fill: (columns: readonly Float64Array[], logs: Float64Array) => void;
}

/** Parts of [−1, 1] in a table: several to a cell of the backward equation, and few enough to stay at hand. */
const parts = 4096;

/** Of a function of u·m, by a table with straight lines between its points. */
export function alongAxis(u: Vec3, logG: (z: number) => number): LogPotential {
  const table = Float64Array.from({ length: parts + 1 }, (_, i) => logG((2 * i) / parts - 1));
  const at = (along: number): number => {
    const place = (along + 1) * (parts / 2);
    // beyond an end, by rounding, the last part goes on
    const k = Math.min(parts - 1, Math.max(0, place | 0));
    return table[k] + (place - k) * (table[k + 1] - table[k]);
  };
  const alone = u.findIndex((component) => Math.abs(component) === 1);
  if (alone >= 0)
    return {
      of: [magnetization[alone]],
      fill([column], logs) {
        for (let i = 0; i < logs.length; i++) logs[i] = at(u[alone] * column[i]);
      },
    };
  return {
    of: magnetization,
    fill([x, y, z], logs) {
      for (let i = 0; i < logs.length; i++) logs[i] = at(u[0] * x[i] + u[1] * y[i] + u[2] * z[i]);
    },
  };
}

/** Of a function of m. */
export const ofDirection = (logG: (x: number, y: number, z: number) => number): LogPotential => ({
  of: magnetization,
  fill([x, y, z], logs) {
    for (let i = 0; i < logs.length; i++) logs[i] = logG(x[i], y[i], z[i]);
  },
});

/** Of islands of `size` spins: the first potential leads the islands of even number, the second those of odd; `island` is the first one's. */
export function inTurn(even: LogPotential, odd: LogPotential, size: number, island: number): LogPotential {
  const alike = even.of.length === 1 && even.of[0] === odd.of[0];
  const of = alike ? even.of : magnetization;
  return {
    of,
    fill(columns, logs) {
      for (let from = 0, number = island; from < logs.length; from += size, number++) {
        const own = number % 2 === 0 ? even : odd;
        const part = (column: Float64Array): Float64Array => column.subarray(from, from + size);
        own.fill(
          own.of.map((name) => part(columns[of.indexOf(name)])),
          part(logs),
        );
      }
    },
  };
}

/** A power of a potential. */
export const raised = ({ of, fill }: LogPotential, power: number): LogPotential => ({
  of,
  fill(columns, logs) {
    fill(columns, logs);
    for (let i = 0; i < logs.length; i++) logs[i] *= power;
  },
});
