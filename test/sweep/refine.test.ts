import { describe, expect, it } from "vitest";
import { describeInputError } from "../../src/experiment/index.ts";
import type { Axis } from "../../src/sweep/description.ts";
import { readSweep } from "../../src/sweep/description.ts";
import { planSweep } from "../../src/sweep/plan.ts";
import type { PointSettings } from "../../src/sweep/points.ts";
import type { Known } from "../../src/sweep/refine.ts";
import { refinement } from "../../src/sweep/refine.ts";
import { seeded } from "../statistics/seeded.ts";

const experiment = {
  magnet: { delta: 4, alpha: 0.1 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  ensemble: 50,
  time: { duration: 20 },
};

const axesOf = (vary: object): readonly Axis[] => {
  const found = readSweep({ experiment, vary });
  if (!found.ok) throw new Error(found.problems.map(describeInputError).join("\n"));
  return found.sweep.axes;
};

/** All extra points for a function of the settings. */
function placed(
  vary: object,
  points: number,
  of: (settings: PointSettings) => Known | null,
  scale: "linear" | "log" = "linear",
): PointSettings[] {
  const search = refinement(axesOf(vary), { points, scale }, of);
  const all: PointSettings[] = [];
  for (let more = search.next(); more.length > 0; more = search.next()) {
    all.push(...more);
    search.take(of);
  }
  return all;
}

const exactly = (value: number): Known => ({ value, error: 0 });

/** Largest distance of a function from straight lines between the given numbers. */
function offLines(f: (x: number) => number, at: readonly number[]): number {
  const xs = at.toSorted((a, b) => a - b);
  let worst = 0;
  for (let i = 0; i + 1 < xs.length; i++)
    for (let k = 1; k < 20; k++) {
      const share = k / 20;
      const x = xs[i] + share * (xs[i + 1] - xs[i]);
      worst = Math.max(worst, Math.abs(f(x) - f(xs[i]) - share * (f(xs[i + 1]) - f(xs[i]))));
    }
  return worst;
}

describe("extra points of a sweep", () => {
  const from = (count: number, [low, high] = [-1, 1]): number[] =>
    Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

  it("stand where a curve bends: ten times nearer to it than as many even ones", () => {
    const step = (x: number): number => Math.tanh((x - 0.31) / 0.02);
    const extra = placed({ x: { from: -1, to: 1, count: 9 } }, 32, ({ x }) => exactly(step(x as number)));
    expect(extra).toHaveLength(32);
    const own = [...from(9), ...extra.map(({ x }) => x as number)];
    expect(new Set(own).size).toBe(41);
    expect(offLines(step, own)).toBeLessThan(offLines(step, from(41)) / 10);
  });

  it("stand along the line over a map where it has its step, and nowhere twice", () => {
    const of = ({ x, y }: PointSettings): Known =>
      exactly(1 / (1 + Math.exp(-((x as number) - 2 * (y as number)) / 0.03)));
    const extra = placed({ x: { from: -1, to: 1, count: 6 }, y: { from: -1, to: 1, count: 6 } }, 200, of);
    expect(extra.length).toBeGreaterThan(190);
    expect(new Set(extra.map((one) => JSON.stringify(one))).size).toBe(extra.length);
    const within = (distance: number): number =>
      extra.filter(({ x, y }) => Math.abs((x as number) - 2 * (y as number)) < distance).length /
      extra.length;
    // of even points a fifth and a twentieth
    expect(within(0.4)).toBeGreaterThan(0.6);
    expect(within(0.1)).toBeGreaterThan(0.2);
  });

  it("are not placed after noise", () => {
    const x = { from: 0, to: 1, count: 11 };
    const maps = [{ x: { from: -1, to: 1, count: 21 } }, { x, y: { from: 0, to: 1, count: 5 } }];
    const counts = Array.from({ length: 20 }, (_, seed) => {
      const random = seeded(seed);
      const memory = new Map<string, Known>();
      const noisy = ({ x, y = 0 }: PointSettings): Known => {
        const key = `${x} ${y}`;
        const value = 0.4 * (x as number) + (y as number) + 0.01 * random.normal();
        const found = memory.get(key) ?? { value, error: 0.01 };
        memory.set(key, found);
        return found;
      };
      return placed(maps[seed % 2], 500, noisy).length;
    });
    // one of hundreds of edges may be off by chance
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThan(20);
    // nor after rounding: tenths are no binary numbers
    const plane = ({ x, y }: PointSettings): Known => exactly((x as number) + (y as number));
    expect(placed({ x, y: x }, 500, plane)).toEqual([]);
    expect(placed({ x: { from: -1, to: 1, count: 21 } }, 50, ({ x }) => exactly(x as number))).toEqual([]);
  });

  it("halve decades of a logarithmic path, and see a logarithm's bends where asked", () => {
    const of = ({ t }: PointSettings): Known => exactly(10 ** -((Math.log10(t as number) - 1) ** 2));
    const extra = placed({ t: { from: 1, to: 1e4, count: 5, scale: "log" } }, 4, of, "log");
    for (const { t } of extra) expect(Math.log10(t as number) % 0.5).toBeCloseTo(0, 9);
    // a parabola bends everywhere alike
    expect(extra).toHaveLength(4);
  });

  it("leave alone what has no figure", () => {
    const of = ({ x }: PointSettings): Known | null =>
      (x as number) < 0 ? null : exactly((x as number) ** 2);
    const extra = placed({ x: { from: -1, to: 1, count: 9 } }, 20, of);
    expect(extra).toHaveLength(20);
    for (const { x } of extra) expect(x as number).toBeGreaterThan(0);
  });

  it("are not spent where no point has the figure, with two values of a path either", () => {
    const vary = { "magnet.alpha": [0.1, 0.3], "energies.0.Ku1": [1, 2] };
    expect(placed(vary, 5, () => null)).toHaveLength(0);
    expect(placed(vary, 5, ({ "magnet.alpha": x }) => exactly(Number(x) ** 2)).length).toBeGreaterThan(0);
  });

  it("want numbers and a grid", async () => {
    const refine = { of: "moments.mz", points: 5 };
    const listed = readSweep({ experiment, refine, vary: { "magnet.alpha": [0.1, 0.2] }, sampling: "list" });
    expect(listed.ok).toBe(false);
    const read = readSweep({ experiment, refine, vary: { "initial.type": ["uniform", "boltzmann"] } });
    if (!read.ok) throw new Error(read.problems.map(describeInputError).join("\n"));
    await expect(planSweep(read.sweep, experiment)).rejects.toThrow(/must be numbers if points are refined/);
  });
});
