import { compileColumns } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { magnetization } from "../../expression/vector.ts";
import type { Vec3 } from "../../fokker-planck/frame.ts";
import { frameAlong, unit } from "../../fokker-planck/frame.ts";
import { spreadPoints } from "../../numerics/sphere-points.ts";

/** ln G as a function of direction, for many spins at once. */
export interface LogPotential {
  /** Names of the components of m on which it depends. */
  readonly of: readonly string[];
  /** Takes the columns of these components and fills in ln G. */
  readonly fill: (columns: readonly Float64Array[], logs: Float64Array) => void;
}

/** Number of intervals of a table: several per cell of the backward equation, and few enough for the cache. */
const parts = 4096;

/** A function between two values as a table with linear interpolation. */
export interface EvenTable {
  readonly values: Float64Array;
  readonly low: number;
  /** Intervals per unit. */
  readonly scale: number;
}

export const tableOf = (low: number, high: number, f: (x: number) => number): EvenTable => ({
  values: Float64Array.from({ length: parts + 1 }, (_, i) => f(low + ((high - low) * i) / parts)),
  low,
  scale: parts / (high - low),
});

/** The value at x; beyond an end, where x lies by rounding alone, the last interval is extrapolated. */
export function inTable({ values, low, scale }: EvenTable, x: number): number {
  const place = (x - low) * scale;
  const k = Math.min(parts - 1, Math.max(0, place | 0));
  return values[k] + (place - k) * (values[k + 1] - values[k]);
}

/** The potential of a function of u·m. */
export function alongAxis(u: Vec3, logG: (z: number) => number): LogPotential {
  const table = tableOf(-1, 1, logG);
  const alone = u.findIndex((component) => Math.abs(component) === 1);
  if (alone >= 0)
    return {
      of: [magnetization[alone]],
      fill([column], logs) {
        for (let i = 0; i < logs.length; i++) logs[i] = inTable(table, u[alone] * column[i]);
      },
    };
  return {
    of: magnetization,
    fill([x, y, z], logs) {
      for (let i = 0; i < logs.length; i++) logs[i] = inTable(table, u[0] * x[i] + u[1] * y[i] + u[2] * z[i]);
    },
  };
}

/** The potentials of a formula of m and possibly t: one for each of the times. */
export function ofFormula(logG: Expression, times: readonly number[]): LogPotential[] {
  const fill = compileColumns(logG, magnetization, ["t"]);
  return times.map((t) => ({ of: magnetization, fill: (columns, logs) => fill(columns, logs, t) }));
}

/**
 * Guides islands of `size` spins: the first potential those of even number, the second those of odd number; `island` is
 * the number of the first.
 */
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

/** Directions all over the sphere. */
export const spreadOut = spreadPoints(3000);
/** Number of intervals of ln G, and fewest points in one for a mean. */
const [levels, fewest] = [24, 8];
/** rad. */
const apart = 1e-3;

/**
 * Slope of ln G per rad: the root mean square over directions of similar G, as a spin that precesses along a line of
 * equal G meets them, and then over all values of ln G.
 */
export function steepnessOf({ of, fill }: LogPotential): number {
  const at = (points: readonly Vec3[]): Float64Array => {
    const logs = new Float64Array(points.length);
    const columns = of.map((name) => {
      const k = magnetization.indexOf(name);
      return Float64Array.from(points, (m) => m[k]);
    });
    fill(columns, logs);
    return logs;
  };
  const here = at(spreadOut);
  const [first, second] = [0, 1].map((k) =>
    at(
      spreadOut.map((m) => {
        const aside = frameAlong(m)[k];
        return unit([m[0] + apart * aside[0], m[1] + apart * aside[1], m[2] + apart * aside[2]]);
      }),
    ),
  );
  const [low, high] = [here.reduce((a, b) => Math.min(a, b)), here.reduce((a, b) => Math.max(a, b))];
  const [sums, counts] = [new Float64Array(levels), new Float64Array(levels)];
  here.forEach((log, i) => {
    const level = Math.min(levels - 1, Math.floor((levels * (log - low)) / (high - low)));
    sums[level] += ((first[i] - log) ** 2 + (second[i] - log) ** 2) / apart ** 2;
    counts[level]++;
  });
  const found = Array.from(sums, (sum, k) => sum / counts[k]).filter((_, k) => counts[k] >= fewest);
  return Math.sqrt(found.reduce((all, square) => all + square / found.length, 0));
}
