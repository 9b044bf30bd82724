import { describe, expect, it } from "vitest";
import { demand } from "../../src/fokker-planck/exact.ts";
import { guideToEnd } from "../../src/observables/rare-event/guide.ts";
import { summaryOfIslands } from "../../src/statistics/islands.ts";
import { count, exactOf, inputErrorsOf, readProblem, written } from "./counted-rare-event.ts";

/* Importance functions typed by the user, which may change in time. They lead the islands of even number. */

const ledByTyped = (logs: readonly number[]) =>
  summaryOfIslands(logs.filter((_, island) => island % 2 === 0));

/** Standard errors of the islands between their figure and the exact one. */
const offBy = ({ value, relativeError }: ReturnType<typeof summaryOfIslands>, exact: number): number =>
  Math.log((value as number) / exact) / (relativeError as number);

describe("a typed importance function of m and t", () => {
  it("in closed form leads as well as the backward solution, to one in a thousand million", async () => {
    // exp(−Δ(i−1) max(0, sinθ − 0.9 e^(−(i−1)s))²), s the time left over the relaxation time: spins need not have left the pole before it is late
    const importance = "-40*max(0, sqrt(mx^2 + my^2) - 0.9*exp(-(120 - t)/10))^2";
    const event = { event: "mz > 0", importance };
    const { counts } = await count(written(40, 120, event));
    const typed = ledByTyped(counts.logs);
    expect(Math.abs(offBy(typed, 9.3892085e-10))).toBeLessThan(4);
    expect(typed.relativeError).toBeLessThan(0.2);
    // the same that forgets the time is of no use
    const still = { event: "mz > 0", importance: "-40*max(0, sqrt(mx^2 + my^2) - 0.9)^2" };
    const { counts: lost } = await count(written(40, 120, still));
    expect(ledByTyped(lost.logs).relativeError ?? 1).toBeGreaterThan(2 * (typed.relativeError as number));
  });

  it("whose time runs backwards widens the error, and the mean stays within it", async () => {
    const backwards = "-5*max(0, sqrt(mx^2 + my^2) - 0.9*exp(-t/10))^2";
    const forwards = "-20*max(0, sqrt(mx^2 + my^2) - 0.9*exp(-(40 - t)/10))^2";
    const found = [];
    for (const importance of [backwards, forwards]) {
      const event = written(
        20,
        40,
        { event: "mz > 0", importance, islands: 64 },
        { ensemble: 16384, seed: 8 },
      );
      const exact = demand(exactOf(event)).value;
      const { counts } = await count(event);
      const typed = ledByTyped(counts.logs);
      expect(Math.abs(offBy(typed, exact))).toBeLessThan(4);
      found.push(typed.relativeError as number);
    }
    expect(found[0]).toBeGreaterThan(1.5 * found[1]);
  });

  it("takes t in the unit of the experiment, and none for a rate", () => {
    const duration = 5e-9;
    const inSI = readProblem({
      magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 },
      energies: [{ type: "uniaxial", Ku1: 4e5 }],
      torques: [{ type: "spinTransfer", dampingLike: 0.2, polarizer: [0, 0, 1] }],
      initial: { type: "well", m: [0, 0, 1] },
      ensemble: 1024,
      time: { duration },
      observables: [{ type: "rareEvent", event: "mz > 0", importance: "1e9*t + mz" }],
    });
    const { times, potentials } = guideToEnd(inSI.problem, inSI.planned);
    expect(potentials).toHaveLength(times.length);
    const logs = new Float64Array(1);
    for (const [k, { of, fill }] of potentials.entries()) {
      fill(
        of.map((name) => Float64Array.of(name === "mz" ? 0.5 : 0)),
        logs,
      );
      // stages are evenly spaced from the start
      expect(logs[0]).toBeCloseTo((1e9 * duration * k) / times.length + 0.5, 9);
    }
    expect(inputErrorsOf({ event: "mz > 0", importance: "mz*t/120" })).toEqual([]);
    expect(inputErrorsOf({ event: "mz > 0", importance: "mz/(t - 60)" })[0]).toContain("throughout the run");
    expect(inputErrorsOf({ until: "mz < 0", importance: "mz*t" })[0]).toContain("observables.0.importance");
  });
});
