import { afterEach, describe, expect, it, vi } from "vitest";
import { costSummary } from "../../src/cli/cost-summary.ts";
import type { Backend } from "../../src/ensemble/kernel.ts";
import { reference } from "../../src/ensemble/reference/index.ts";
import { duration } from "../../src/figures/duration.ts";
import { costOf } from "../../src/fokker-planck/cost.ts";
import { exactEstimate } from "../../src/fokker-planck/estimate.ts";
import { generator, separateDynamics } from "../../src/fokker-planck/generator.ts";
import { harmonicOrdering } from "../../src/fokker-planck/harmonic-ordering.ts";
import { operatorOf } from "../../src/fokker-planck/instantaneous-operator.ts";
import { Members } from "../../src/fokker-planck/members.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { runCost } from "../../src/run/cost.ts";
import { drawingSeconds } from "../../src/run/drawing-seconds.ts";
import { exactFiguresOf } from "../../src/run/exact-result.ts";
import { readProblem } from "../../src/run/run.ts";

const film = {
  magnet: { delta: 5, alpha: 0.1 },
  energies: [
    { type: "uniaxial", Ku1: 1, anisU: [1, 0, 0] },
    { type: "uniaxial", Ku1: -4, anisU: [0, 0, 1] },
  ],
  initial: { type: "boltzmann" },
  ensemble: 1000,
  time: { duration: 1000, step: 0.05 },
};
const tilted = {
  ...film,
  energies: [
    { type: "uniaxial", Ku1: 1, anisU: [1, 1, 1] },
    { type: "zeeman", B_ext: [0.1, 0.2, 0] },
  ],
  torques: [{ type: "spinTransfer", dampingLike: 0.006, fieldLike: 0.003, polarizer: [0.766, 0, 0.643] }],
};
const cubic = {
  ...film,
  energies: [{ type: "cubic", Kc1: 1, Kc2: 0.5, anisC1: [1, 1, 0], anisC2: [1, -1, 0.1] }],
};

describe("what a run takes", () => {
  afterEach(() => vi.restoreAllMocks());

  /**
   * A machine whose clock only its steps move: so many spin-steps a second. On a busy one this program has a `share` of the processor.
   */
  function clockwork(rate: number, share = 1): Backend {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now / share);
    vi.spyOn(process, "cpuUsage").mockImplementation(() => ({ user: 1000 * now, system: 0 }));
    return {
      ...reference,
      async prepare(kernel, filling, options) {
        const ensemble = await reference.prepare(kernel, filling, options);
        let step = 0;
        ensemble.advance = async (to) => {
          now += (1000 * (to - step) * kernel.spins) / rate;
          step = to;
        };
        return ensemble;
      },
    };
  }

  it("is seen from some of its spins, for a fraction of the time", async () => {
    const { seconds, spinSteps, bytes, exact } = await runCost(readProblem(film), {
      backend: clockwork(5e4),
      threads: 1,
    });
    expect(spinSteps).toBe(2e7);
    expect(seconds).toBeCloseTo(400, 6);
    // three float64 variables a spin
    expect(bytes).toBe(24_000);
    expect(exact.value?.method).toBe("full sphere");
  });

  it("is the same where others want the processor too", async () => {
    const { seconds } = await runCost(readProblem(film), { backend: clockwork(5e4, 0.1), threads: 1 });
    expect(seconds).toBeCloseTo(400, 6);
  });

  it("is told where a run is over before it is measured", async () => {
    const short = { ...film, ensemble: 3, time: { duration: 0.2, step: 0.05 } };
    const { seconds } = await runCost(readProblem(short), { backend: clockwork(100), threads: 1 });
    expect(seconds).toBeCloseTo(12 / 100, 9);
  });

  it("counts the bounds that initial states with spreads are drawn under", async () => {
    const axes = { type: "uniaxial", Ku1: 1, anisU: { distribution: "isotropic" } };
    const random = { ...film, magnet: { delta: 8, alpha: 0.1 }, energies: [axes] };
    const of = (experiment: object) => drawingSeconds(readProblem(experiment), 1);
    const [few, many] = [await of({ ...random, ensemble: 1 }), await of({ ...random, ensemble: 64 })];
    // 64 boxes of two parameters, each a fraction of a second
    expect(many).toBeGreaterThan(10 * few);
    expect(await of({ ...random, initial: { type: "direction", m: [0, 0, 1] } })).toBe(0);
    const rows = costSummary({
      backend: "wasm",
      isOnGpu: false,
      adapter: "",
      spinSteps: 1,
      seconds: 1,
      bytes: 1,
      startSeconds: 20,
      exact: { value: null, reason: "" },
    });
    expect(rows[0]).toEqual(["initial states", "about 20 s to draw"]);
  });

  it("leaves the thread to signals between what it works out", async () => {
    const found = await reference.probe();
    const backend = clockwork(5e4);
    let hadTurn = false;
    const seen: boolean[] = [];
    const watching: Backend = {
      ...backend,
      async probe() {
        setTimeout(() => {
          hadTurn = true;
        });
        return found;
      },
      prepare(...words) {
        seen.push(hadTurn);
        return backend.prepare(...words);
      },
    };
    await runCost(readProblem(film), { backend: watching, threads: 1 });
    expect(seen).toEqual([true]);
  });

  it("counts the solutions over spreads", async () => {
    const normal = (mean: number, deviation: number) => ({ mean, deviation, distribution: "normal" });
    const spread = (oblique: number, more: object = {}) => ({
      ...film,
      magnet: { delta: normal(1, 0.1), alpha: 0.3 },
      energies: [
        { type: "uniaxial", Ku1: 1 },
        { type: "zeeman", B_ext: [oblique, 0, 0.1] },
      ],
      time: { duration: 2, step: 0.05 },
      observables: [{ type: "moments", times: [2] }],
      ...more,
    });
    const counted = vi.spyOn(Members.prototype, "at");
    for (const [experiment, spreads] of [
      [spread(0), 1],
      [spread(0.3), 1],
      [spread(0.3, { energies: [{ type: "uniaxial", Ku1: normal(1, 0.1), anisU: [1, 0, 1] }] }), 2],
    ] as const) {
      counted.mockClear();
      const problem = readProblem(experiment);
      expect(problem.spreads).toHaveLength(spreads);
      exactFiguresOf(problem, predict(problem));
      const members = new Set(counted.mock.calls.map(([point]) => point.join())).size;
      const { average } = await runCost(problem, { backend: reference, threads: 1 });
      expect(average?.solutions).toBeGreaterThan(members / 2);
      expect(average?.solutions).toBeLessThan(2 * members);
    }
  });

  it("is written for people", async () => {
    const cost = await runCost(readProblem(film), { backend: clockwork(50), threads: 1 });
    const [[, ensemble], [, exact]] = costSummary(cost);
    expect(ensemble).toBe("about 4.6 days and 24 kB for 2·10⁷ spin-steps (reference)");
    expect(exact).toMatch(
      /^about .* for a stationary state \(full sphere, harmonics of degree \d+ or more\); about .* to (?!about).* for all figures$/,
    );
    expect([0.001, 59, 600, 9000].map(duration)).toEqual([
      "less than 0.01 s",
      "about 59 s",
      "about 10 minutes",
      "about 2.5 hours",
    ]);
  });
});

describe("what the exact side takes", () => {
  it.each([
    ["film", film],
    ["tilted", tilted],
    ["cubic", cubic],
  ])("of a %s magnet is that of its first resolutions within a factor of four", (_, experiment) => {
    const problem = readProblem(experiment);
    const { value } = exactEstimate(problem);
    const separated = separateDynamics(problem.dynamics, 60).value;
    if (!separated || value?.degree === undefined) throw new Error("the full sphere is needed");
    const cost = [value.degree, Math.ceil(1.25 * value.degree)].map((lmax) => {
      const made = generator(separated, lmax, lmax, false);
      const operator = operatorOf(made.operatorAt(0), harmonicOrdering(made));
      // a cost is that of what was worked out: the first resolution looks at every sector
      for (const sector of operator.sectors) sector.shifted();
      return costOf(made, operator).seconds;
    });
    const ratio = value.seconds / (cost[0] + cost[1]);
    expect(ratio).toBeGreaterThan(1 / 4);
    expect(ratio).toBeLessThan(4);
  });

  it("is nothing where there is none, and says why", () => {
    expect(exactEstimate(readProblem({ ...film, compare: "none" })).reason).toMatch(/compare: none/);
    const cold = { magnet: { Ms: 8e5, volume: 1e-24, alpha: 0.1, temperature: 0 }, time: { duration: 1e-9 } };
    expect(exactEstimate(readProblem(cold)).reason).toMatch(/zero temperature/);
    const axial = { ...film, energies: [{ type: "uniaxial", Ku1: 1 }] };
    expect(exactEstimate(readProblem(axial)).value?.method).toBe("axial");
  });
});
