import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { describeInputError } from "../../src/experiment/index.ts";
import { describeHint, unitHints } from "../../src/experiment/likely-unit.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { energyExamples, magnet, torqueExamples } from "../physics/terms.ts";

const device = (more: object = {}) => ({
  magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 },
  energies: [{ type: "uniaxial", Ku1: 2.5e4 }],
  time: { duration: 5e-9 },
  ...more,
});
const completed = (raw: unknown) => {
  const checked = checkExperiment(raw);
  if (!checked.ok) throw new Error(checked.problems.map(describeInputError).join("\n"));
  return checked.experiment;
};
const refusal = (raw: unknown): string => {
  const checked = checkExperiment(raw);
  return checked.ok ? "" : checked.problems.map(describeInputError).join("\n");
};

describe("numbers that no device has", () => {
  it.each([
    [
      { magnet: { Ms: 8e5, volume: 400, alpha: 0.1, temperature: 300 } },
      "magnet.volume is 400 m³, which no device has; did you mean 4e-25 (400 nm³)?",
    ],
    [
      { magnet: { Ms: 0.8, volume: 4e-25, alpha: 0.1, temperature: 300 } },
      "magnet.Ms is 0.8 A/m, which no device has; did you mean 800 (0.8 kA/m)?",
    ],
    [
      { magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300, gamma: 28 } },
      "magnet.gamma is 28 rad/(s T), which no device has; did you mean 175929000000 (28 GHz/T)?",
    ],
    [
      { magnet: { Ms: 8e5, volume: { mean: 400, deviation: 1e-26 }, alpha: 0.1, temperature: 300 } },
      "magnet.volume.mean is 400 m³, which no device has; did you mean 4e-25 (400 nm³)?",
    ],
    [
      {
        energies: [
          { type: "uniaxial", Ku1: 2.5e4 },
          { type: "disc", diameter: 20, thickness: 2 },
        ],
      },
      "energies.1.diameter is 20 m, which no device has; did you mean 2e-8 (20 nm)?",
    ],
  ])("are told from wrong units: %j", (more, hint) => {
    const found = unitHints(device(more) as never).map(describeHint);
    expect(found[0]).toBe(hint);
  });

  it("stand among the warnings of a run", () => {
    const experiment = completed(device({ magnet: { Ms: 8e5, volume: 400, alpha: 0.1, temperature: 300 } }));
    expect(reduce(experiment).warnings.join()).toMatch(/did you mean 4e-25 \(400 nm³\)/);
  });

  it("are hinted at where they are refused", () => {
    expect(refusal(device({ time: { duration: 5e6 } }))).toMatch(
      /^time\.duration must not need .*; did you mean 0\.005 \(5000000 ns\)\?/,
    );
  });

  it("are none in the examples and the catalogue, nor in reduced units", () => {
    const folder = new URL("../../examples/", import.meta.url);
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".yaml"))) {
      const read = parse(readFileSync(new URL(name, folder), "utf8"));
      expect(unitHints(read.experiment ?? read), name).toEqual([]);
    }
    for (const { energy } of energyExamples)
      if (energy.type !== "ellipticCylinder")
        expect(unitHints(device({ magnet, energies: [energy] }) as never)).toEqual([]);
    for (const { torque } of torqueExamples)
      expect(unitHints(device({ magnet, torques: [torque] }) as never)).toEqual([]);
    expect(unitHints({ magnet: { delta: 1e9, alpha: 1e9 } } as never)).toEqual([]);
  });

  it("are answered in a sentence, whatever they are", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        for (const hint of unitHints(device({ time: { duration: value } }) as never))
          expect(describeHint(hint)).toMatch(
            /^time\.duration is \S+ s, which no device has(; did you mean .*\?)?$/,
          );
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
