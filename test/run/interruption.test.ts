import { describe, expect, it } from "vitest";
import { fokkerPlanck as exactSide, fit as fitted, rates } from "../../src/library.ts";
import type { Moment } from "../../src/linear-algebra/interruption.ts";
import { moment, secondsSince } from "../../src/linear-algebra/interruption.ts";
import { fokkerPlanckBeside } from "../../src/run/exact-alone.ts";
import { exactRows } from "../../src/run/exact-rows.ts";
import { fokkerPlanck, run } from "../../src/run/run.ts";
import { stoppedByUser } from "../../src/run/thread/stopped.ts";

/** A thin film: its exact side takes seconds. */
const film = (more: object = {}) => ({
  magnet: { delta: 5, alpha: 0.1 },
  energies: [
    { type: "uniaxial", Ku1: 1, anisU: [1, 0, 0] },
    { type: "uniaxial", Ku1: -4, anisU: [0, 0, 1] },
  ],
  initial: { type: "direction", m: [1, 0, 0] },
  ensemble: 20,
  time: { duration: 2, step: 0.02 },
  observables: [
    { type: "moments", times: [2] },
    { type: "dwell", up: "mx > 0.5", down: "mx < -0.5" },
  ],
  ...more,
});

const small = {
  magnet: { delta: 2, alpha: 0.2 },
  energies: [{ type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] }],
  initial: { type: "boltzmann" },
  ensemble: 100,
  time: { duration: 4, step: 0.05 },
};

/** Seconds to the next place where a computation can be interrupted; those in which others had the machine do not count. */
const soon = 3;

describe("a run that is stopped", () => {
  it("in the exact side keeps what the ensemble gave, and says of each missing figure that the user stopped", async () => {
    const stop = new AbortController();
    let stopped: Moment | undefined;
    const result = await run(film(), {
      backend: "reference",
      signal: stop.signal,
      onProgress: ({ step, steps }) => {
        if (step < steps) return;
        stopped = moment();
        stop.abort();
      },
    });
    expect(secondsSince(stopped as Moment)).toBeLessThan(soon);
    expect(result.outcome).toBe("complete");
    expect(result.observables[0]).toMatchObject({ type: "moments", m: [expect.anything()] });
    const { fokkerPlanck: exact } = result;
    const reason = exact ? exact.dwell?.reason : result.fokkerPlanckReason;
    expect(reason).toBe(stoppedByUser);
    expect(result.certificate).toBeNull();
  });

  it("before the first step rejects with the signal's reason", async () => {
    const stop = new AbortController();
    const running = run(film({ time: { duration: 2 } }), {
      backend: "reference",
      signal: stop.signal,
      onExactFigure: (figure) => figure === "time step" && stop.abort(new Error("enough")),
    });
    await expect(running).rejects.toThrow("enough");
  });

  it("not at all has the result of a run without a signal", async () => {
    const [alone, beside] = [
      await run(small, { backend: "reference" }),
      await run(small, { backend: "reference", signal: new AbortController().signal }),
    ];
    const { wallSeconds: _, ...exact } = alone.fokkerPlanck ?? { wallSeconds: 0 };
    expect(beside.fokkerPlanck).toMatchObject(exact);
    expect(beside.comparisons).toEqual(alone.comparisons);
    expect(beside.certificate).toEqual(alone.certificate);
  });
});

describe("exact figures in threads", () => {
  it("are those of the same thread", async () => {
    const { wallSeconds: _, ...exact } = fokkerPlanck(small).fokkerPlanck ?? { wallSeconds: 0 };
    expect((await fokkerPlanckBeside(small)).fokkerPlanck).toMatchObject(exact);
  });

  it("keep those that were there before the stop", async () => {
    const stop = new AbortController();
    const result = await fokkerPlanckBeside(small, {
      signal: stop.signal,
      onExactFigure: (figure) => figure === "eigenvalues" && stop.abort(),
    });
    expect(result.fokkerPlanck?.stationary?.mm[0]).toBeCloseTo(
      fokkerPlanck(small).fokkerPlanck?.stationary?.mm[0] ?? 0,
      6,
    );
  });

  it("hand out the rows that are done, in their order", async () => {
    const stop = new AbortController();
    const rows = [];
    const places = [1, 2, 3].map((delta) => ({ "magnet.delta": delta }));
    for await (const found of exactRows(small, [...places, { "magnet.alpha": 1e-6 }], {
      threads: 2,
      signal: stop.signal,
    })) {
      rows.push(found);
      if (rows.length === 3) stop.abort();
    }
    expect(rows.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(rows.slice(0, 3).every(({ row }) => (row?.slowest?.rate ?? 0) > 0)).toBe(true);
  });

  it("refuse an experiment in its own words", async () => {
    await expect(fokkerPlanckBeside({ ...small, ensemble: -1 })).rejects.toThrow(/ensemble must be/);
  });
});

describe("a call of the library that is stopped", () => {
  /** Its stationary state alone takes more than a second on a quiet machine. */
  const slow = {
    magnet: { Ms: 1e6, volume: 1.005e-24, alpha: 0.01, temperature: 300 },
    energies: [
      { type: "ellipsoid", axes: [40e-9, 20e-9, 1.6e-9] },
      { type: "uniaxial", Ku1: 4e5, anisU: [0, 0, 1] },
    ],
    time: { duration: 1e-10, step: 1e-12 },
    observables: [{ type: "dwell", up: "mx > 0.5", down: "mx < -0.5" }],
  } as const;
  const error = { value: 1e-9, error: 1e-10 };
  const data = [0.01, 0.02].map((alpha) => ({
    settings: { "magnet.alpha": alpha },
    values: { tau_up: error },
  }));
  const calls: [string, (signal: AbortSignal) => Promise<unknown>, unknown][] = [
    [
      "fokkerPlanck",
      async (signal) => {
        const { stopped, fokkerPlanckReason } = await exactSide(slow, { signal });
        return [stopped, fokkerPlanckReason];
      },
      [true, stoppedByUser],
    ],
    [
      "rates",
      async (signal) => (await rates(slow, { "magnet.alpha": [0.01, 0.02] }, { signal, threads: 1 })).missed,
      2,
    ],
    ["fit", (signal) => fitted(slow, data, ["magnet.temperature"], { signal }), "enough"],
  ];

  it.each(calls)("%s comes back soon", async (_, call, expected) => {
    const stop = new AbortController();
    let stopped: Moment | undefined;
    setTimeout(() => {
      stopped = moment();
      stop.abort(new Error("enough"));
    }, 500);
    expect(await call(stop.signal).catch((error) => error.message)).toEqual(expected);
    expect(stopped).toBeDefined();
    expect(secondsSince(stopped as Moment)).toBeLessThan(soon);
    await expect(call(stop.signal)).rejects.toThrow("enough");
  });
});
