import { describe, expect, it } from "vitest";
import type { Filling } from "../../src/ensemble/kernel.ts";
import { simulate } from "../../src/ensemble/simulate.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { interruptWhere } from "../../src/linear-algebra/interruption.ts";
import type { ObservedDwell } from "../../src/observables/dwell/count.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { plan } from "../../src/observables/plan.ts";
import { fitFigures, fitRows } from "../../src/report/fit-figures.ts";
import { exactQuantities, fitExperiment } from "../../src/run/fit.ts";
import type { Measurement } from "../../src/run/measurement.ts";
import { withEnsemble } from "../with-ensemble.ts";

const truth = { volume: 2.2e-25, Ku1: 4.0e4 };
const fieldPath = "energies.1.B_ext.2";
const fields = [-0.008, 0, 0.008];

const experiment = (volume: number, Ku1: number, more: object = {}) => ({
  magnet: { Ms: 8.0e5, volume, alpha: 0.1, temperature: 300 },
  energies: [
    { type: "uniaxial", Ku1, anisU: [0, 0, 1] },
    { type: "zeeman", B_ext: [0, 0, 0] },
  ],
  initial: { type: "boltzmann" },
  ensemble: 400,
  time: { duration: 6e-8, step: 1e-11 },
  observables: [{ type: "dwell", up: "mz > 0.5", down: "mz < -0.5" }],
  ...more,
});

/** What runs at each field: planned once for all sets of magnets. */
const planned = fields.map((field, i) => {
  const checked = checkExperiment(experiment(truth.volume, truth.Ku1, { seed: 10 + i }), {
    [fieldPath]: field,
  });
  if (!checked.ok) throw new Error("the model is sound");
  const problem = reduce(checked.experiment);
  return { field, problem, whole: plan(problem) };
});

/** Dwell times at three fields as a set of 400 magnets shows them; each set has magnets of its own. */
async function measured(set: number): Promise<Measurement[]> {
  const rows: Measurement[] = [];
  for (const { field, problem, whole } of planned) {
    const firstSpin = set * problem.ensemble;
    const kernel = { ...whole.kernel, firstSpin };
    const filling: Filling = (first, count) => whole.filling(firstSpin + first, count);
    const { observations } = await withEnsemble(wasm.prepare(kernel, filling), (ensemble) =>
      simulate(problem, { ...whole, kernel, filling }, ensemble),
    );
    const [dwell] = observations as readonly ObservedDwell[];
    if (!dwell.up || !dwell.down) throw new Error("dwell times expected");
    const unit = problem.timeStep * problem.units.time;
    rows.push({
      settings: { [fieldPath]: field },
      values: {
        tau_up: { value: dwell.up.mean * unit, error: dwell.up.standardError * unit },
        tau_down: { value: dwell.down.mean * unit, error: dwell.down.standardError * unit },
      },
    });
  }
  return rows;
}

describe("a fit with exact rates", () => {
  it("finds the parameters again from exact data", () => {
    const rows = fields.map((field): Measurement => {
      const checked = checkExperiment(experiment(truth.volume, truth.Ku1), { [fieldPath]: field });
      if (!checked.ok) throw new Error("the model is sound");
      const { tau_up, tau_down } = exactQuantities(reduce(checked.experiment), ["tau_up", "tau_down"]);
      const point = (value: number | undefined) => ({
        value: value as number,
        error: 0.01 * (value as number),
      });
      return {
        settings: { [fieldPath]: field },
        values: { tau_up: point(tau_up), tau_down: point(tau_down) },
      };
    });
    const fit = fitExperiment(experiment(1.8e-25, 4.6e4), rows, ["magnet.volume", "energies.0.Ku1"]);
    expect(fit.outcome).toBe("converged");
    expect(fit.values[0] / truth.volume).toBeCloseTo(1, 5);
    expect(fit.values[1] / truth.Ku1).toBeCloseTo(1, 5);
    expect(fit.correlation?.[0][1]).toBeLessThan(0);
    expect(fit.units).toEqual({ "magnet.volume": "m³", "energies.0.Ku1": "J/m³", [fieldPath]: "T" });
    expect(fitRows(fit).map(([name]) => name)).toEqual(["magnet.volume (m³)", "energies.0.Ku1 (J/m³)"]);
    for (const { layout } of fitFigures(fit))
      expect(layout).toMatchObject({ xaxis: { title: { text: `${fieldPath} (T)` } } });
  });

  it("recovers them from ensembles within its own intervals at the right frequency", async () => {
    let inside = 0;
    const sets = 12;
    for (let set = 0; set < sets; set++) {
      // from near by: that it is found from afar is the test before
      const fit = fitExperiment(experiment(2.15e-25, 4.05e4), await measured(set), [
        "magnet.volume",
        "energies.0.Ku1",
      ]);
      expect(fit.outcome).toBe("converged");
      [truth.volume, truth.Ku1].forEach((value, i) => {
        const interval = fit.intervals[i];
        if (interval && interval.low <= value && value <= interval.high) inside++;
      });
    }
    // 24 intervals of 95 %, in correlated pairs: 22.8 expected; fewer than 18 has a chance below 1 %
    expect(inside).toBeGreaterThanOrEqual(18);
  });

  it("refuses dwell times for a model without thresholds", () => {
    const model = {
      magnet: { delta: 4, alpha: 0.05 },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      initial: { type: "well", m: [0, 0, 1] },
      ensemble: 10,
      time: { duration: 10 },
      observables: [{ type: "firstPassage", until: "mz < 0" }],
    };
    const data = [{ settings: {}, values: { tau_up: { value: 100, error: 5 } } }];
    expect(() => fitExperiment(model, data, ["magnet.alpha"])).toThrow(
      'the model has no dwell observable, and dwell times need its thresholds: add to observables { type: dwell, up: "mz > 0.5", down: "mz < -0.5" }',
    );
  });

  it("refuses what is not a number of the model", () => {
    const rows: Measurement[] = [{ settings: {}, values: { tau_up: { value: 1e-9, error: 1e-10 } } }];
    expect(() => fitExperiment(experiment(2e-25, 4e4), rows, ["magnet.colour"])).toThrow(/magnet\.colour/);
  });

  it("that is stopped in its profile keeps what it has fitted", () => {
    let isStopped = false;
    interruptWhere(() => (isStopped ? "stopped" : undefined));
    try {
      const rows: Measurement[] = [
        { settings: {}, values: { tau_up: { value: 1e-8, error: 1e-9 } } },
        { settings: { [fieldPath]: 0.004 }, values: { tau_up: { value: 1.5e-8, error: 1e-9 } } },
      ];
      const fit = fitExperiment(experiment(truth.volume, truth.Ku1), rows, ["energies.0.Ku1"], {
        profile: true,
        onProgress: ({ phase }) => {
          isStopped = phase === "profile";
        },
      });
      expect(fit.outcome).toBe("converged");
      expect([fit.profile, fit.profileReason]).toEqual([undefined, "stopped"]);
      expect(fit.standardErrors[0]).toBeGreaterThan(0);
      expect(() => fitExperiment(experiment(truth.volume, truth.Ku1), rows, ["energies.0.Ku1"])).toThrow(
        "stopped",
      );
    } finally {
      interruptWhere(() => undefined);
    }
  });
});
