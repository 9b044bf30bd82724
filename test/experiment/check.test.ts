import { describe, expect, it } from "vitest";
import { integratorChoices } from "../../src/experiment/choices.ts";
import { describeInputError } from "../../src/experiment/index.ts";
import type { Settings } from "../../src/experiment/settings.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { contractExample } from "./example.ts";

const complaints = (raw: unknown, settings: Settings = {}): string[] => {
  const checked = checkExperiment(raw, settings);
  return checked.ok ? [] : checked.problems.map(describeInputError);
};
/** Problems of the contract's example with changes. */
const changed = (settings: Record<string, unknown>) => complaints(contractExample(), settings);

describe("a completed experiment", () => {
  const checked = checkExperiment(contractExample());
  if (!checked.ok) throw new Error(checked.problems.map(describeInputError).join("\n"));
  const { experiment } = checked;

  it("has its defaults filled in", () => {
    expect(experiment.magnet).toMatchObject({ gamma: 1.76085963e11 });
    expect(experiment.energies[0]).toEqual({ type: "uniaxial", Ku1: 4e4, Ku2: 0, anisU: [0, 0, 1] });
    expect(experiment.time.variates).toBe("auto");
  });
  it("has unit vectors for directions", () => {
    const [{ polarizer }] = experiment.torques as unknown as { polarizer: number[] }[];
    expect(Math.hypot(...polarizer)).toBeCloseTo(1, 15);
    expect(polarizer[0] / polarizer[2]).toBeCloseTo(0.866 / 0.5, 14);
  });
  it("is plain JSON that checks to itself", () => {
    const again = checkExperiment(JSON.parse(JSON.stringify(experiment)));
    expect(again).toEqual({ ok: true, experiment });
  });
  it("does not touch what it was given", () => {
    const raw = contractExample();
    checkExperiment(raw, { "magnet.temperature": 5 });
    expect(raw).toEqual(contractExample());
  });
  it("needs no more than a magnet and a duration", () => {
    const least = {
      magnet: { Ms: 1e6, volume: 1e-24, alpha: 0.1, temperature: 300 },
      time: { duration: 1e-9 },
    };
    const found = checkExperiment(least);
    expect(found).toMatchObject({
      ok: true,
      experiment: {
        ensemble: 100_000,
        compare: "fokker-planck",
        observables: [{ type: "moments", times: 50 }],
      },
    });
  });
});

describe("problems read as path, rule and value", () => {
  it.each<[Record<string, unknown>, string]>([
    [{ "magnet.temperature": -4 }, "magnet.temperature must be ≥ 0 K, got -4"],
    [{ "magnet.temprature": 300 }, "magnet.temprature is not known; did you mean temperature?"],
    [{ "magnet.Ms": 0 }, "magnet.Ms must be > 0 A/m, got 0"],
    [{ seed: -1 }, "seed must be a whole number in [0, 4294967295], got -1"],
    [{ ensemble: 1.5 }, "ensemble must be a whole number, got 1.5"],
    [{ ensemble: 1e30 }, "ensemble must be a whole number in [1, 2147483648], got 1e+30"],
    [{ "energies.0.anisU": [0, 0, 0] }, "energies.0.anisU must not be the zero vector, got [0,0,0]"],
    [
      { compare: "fokker-plank" },
      'compare must be one of fokker-planck, none, got "fokker-plank"; did you mean fokker-planck?',
    ],
    [
      { "observables.2.until": "mz - 3" },
      'observables.2.until must be a condition such as mz < -0.5, not a number, got "mz - 3"',
    ],
    [
      { "observables.0.times": [3e-8] },
      "observables.0.times must not be after time.duration, 2e-8, got [3e-8]",
    ],
    [
      { "time.integrator": "Heun" },
      `time.integrator must be one of ${integratorChoices.join(", ")}, got "Heun"; did you mean heun?`,
    ],
  ])("%j", (settings, text) => {
    expect(changed(settings)).toEqual([text]);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ "time.duration": 0 }, "time.duration must be > 0 1/(γ'B_K), got 0"],
    [{ "time.step": -1 }, "time.step must be > 0 1/(γ'B_K), got -1"],
    [
      { "energies.1.B_ext": ["1/t", 0, 0] },
      'energies.1.B_ext.0 must be finite at all times, is not at 0 1/(γ\'B_K), got "1/t"',
    ],
    [{ "observables.0.times": [-1] }, "observables.0.times.0 must be ≥ 0 1/(γ'B_K), got -1"],
  ])("in reduced units without those of SI: %j", (settings, text) => {
    const magnet = { delta: 5, alpha: 0.1 };
    const energies = [
      { type: "uniaxial", Ku1: 1 },
      { type: "zeeman", B_ext: [0, 0, 0.1] },
    ];
    const observables = [{ type: "moments" }];
    expect(complaints({ magnet, energies, observables, time: { duration: 10 } }, settings)).toEqual([text]);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ "magnet.delta": 5e-324 }, "magnet.delta"],
    [{ "energies.0.Ku1": 1e300 }, "energies.0"],
    [{ "energies.1.B_ext": [0, "1e13*cos(3*t)", 0] }, "energies.1"],
  ])("as the path of the term whose rates are too large: %j", (settings, path) => {
    const magnet = { delta: 5, alpha: 0.1 };
    const energies = [
      { type: "uniaxial", Ku1: 1 },
      { type: "zeeman", B_ext: [0, 0, 0.1] },
    ];
    const said = complaints({ magnet, energies, time: { duration: 1e-12 } }, settings);
    expect(said).toEqual([`${path} must not have rates above 1000000000000 in reduced units`]);
  });

  it("as the temperature where that is what is too fast", () => {
    const magnet = { Ms: 8e5, volume: 1e-24, alpha: 0.1, temperature: 1e40 };
    const energies = [{ type: "uniaxial", Ku1: 1e4 }];
    expect(complaints({ magnet, energies, time: { duration: 1e-60 } })).toEqual([
      "magnet.temperature must not have rates above 1000000000000 in reduced units",
    ]);
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ "torques.0.type": "spinTransfr" }, /^torques\.0\.type must be one of .*did you mean spinTransfer\?$/],
    [{ "energies.0.Ku1": { meen: 1, deviation: 2 } }, /Ku1\.meen is not known; did you mean mean\?/],
    [
      { "energies.0.Ku1": { pulse: { amplitud: 3, length: 1e-9 } } },
      /Ku1\.pulse\.amplitud is not known; did you mean amplitude\?/,
    ],
    [
      { "energies.0.Ku1": { expression: "2*t" } },
      /Ku1 must be a number .*, an expression of t, a drive \(pulse, .*\) or a spread, got/,
    ],
    [{ "energies.0.Ku1": { mean: 3, sine: {} } }, /Ku1 must be a number .* a drive .* or a spread, got/],
    [
      { "energies.0.Ku1": { sin: { amplitude: 1 } } },
      /^energies\.0\.Ku1\.sin is not known; did you mean sine\?$/,
    ],
    [{ "energies.0.Ku1": "2*Kx" }, /Ku1 cannot be read: unknown name Kx; known here: /],
    [{ "energies.0.Ku1": "1/(t - 1e-8)" }, /Ku1 must be finite at all times/],
    [
      { "magnet.alpha": { mean: 0.1, deviation: 0.05 } },
      /alpha must be > 0 within 5 deviations, reaches -0.15/,
    ],
    [
      { "magnet.temperature": { ramp: { from: 300, to: -1, length: 1e-8 } } },
      /temperature must be ≥ 0 K at all times/,
    ],
    [
      { "magnet.Ms": { mean: 0, deviation: 1, distribution: "lognormal" } },
      /Ms\.mean must not be 0 for a lognormal/,
    ],
    [{ "magnet.Ms": Number.NaN }, /magnet\.Ms must be a number in A\/m, .* got NaN/],
    [{ magnet: undefined }, /^magnet must be given/],
    [
      { "energies.0": { type: "cubic", Kc1: 1, anisC1: [1, 0, 0], anisC2: [1, 1, 0] } },
      /anisC2 must be perpendicular/,
    ],
    [{ "energies.0": { type: "shape", tensor: [1, 1, 1] } }, /tensor must have the trace 1, has 3/],
    [
      { "energies.0": { type: "expression", density: "K/mz", parameters: { K: 1 } } },
      /^energies\.0 must be finite everywhere on the sphere/,
    ],
    [
      { "energies.0": { type: "expression", density: "phi*1e4" } },
      /^energies\.0 must have a finite gradient everywhere/,
    ],
    [
      { "energies.0": { type: "expression", density: "1e4*floor(3*mz)" } },
      /^energies\.0 must be continuous on the sphere/,
    ],
    [
      { "energies.0": { type: "expression", density: "kv*mz", parameters: { ku: 1 } } },
      /density cannot be read: unknown name kv.*did you mean ku\?/,
    ],
    [{ "energies.0": { type: "expression", density: "mz", parameters: { sin: 1 } } }, /parameters\.sin/],
    [{ "torques.0": { type: "potential" } }, /^torques\.0 must have at least one of chi/],
    [{ "torques.0": { type: "potential", chi: "log(mz)" } }, /^torques\.0 must be finite everywhere/],
    [
      { "torques.0": { type: "field", torque: ["abs(mz)", "0", "0"] } },
      /^torques\.0 must be smooth on the sphere/,
    ],
    [
      {
        "torques.0": {
          type: "slonczewski",
          J: 1e11,
          Pol: 0.5,
          Lambda: -1,
          FixedLayer: [0, 0, 1],
          thickness: 1e-9,
        },
      },
      /Lambda must be > 0, got -1/,
    ],
    [
      { "torques.0": { type: "slonczewski", J: 1e11, Pol: 1.5, FixedLayer: [0, 0, 1], thickness: 1e-9 } },
      /Pol must be in \[0, 1\], got 1.5/,
    ],
    [
      {
        "torques.0": {
          type: "spinAccumulation",
          polarizer: [0, 0, 1],
          stack: { layers: [{ thickness: 1e-9, resistivity: -1 }], leads: { contact: "ideal" } },
        },
      },
      /torques\.0\.stack\.layers\.0\.resistivity must be > 0, got -1/,
    ],
    [
      {
        "torques.0": {
          type: "spinAccumulation",
          polarizer: [0, 0, 1],
          stack: {
            layers: [{ thickness: 1e-9, resistivity: 1e-7, asymmetry: 1.2, diffusionLength: 1e-8 }],
            leads: { contact: "ideal" },
          },
        },
      },
      /asymmetry must be in \(-1, 1\), got 1.2/,
    ],
    [
      { "magnet.temperature": 0, initial: { type: "boltzmann" } },
      /^initial\.type must be direction or uniform( or \w+)* at 0 K/,
    ],
    [
      {
        "magnet.temperature": { ramp: { from: 0, to: 300, length: 1e-9 } },
        initial: { type: "well", m: [0, 0, 1] },
      },
      /^initial\.type must be direction or uniform( or \w+)* at 0 K/,
    ],
    [{ "magnet.temperature": 0 }, /^observables\.3\.type must not need noise at 0 K/],
    [{ "time.step": 1 }, /^time\.step must not be longer than time\.duration/],
    [{ "time.step": 1e-19 }, /^time\.duration must not need more than/],
    [{ "observables.1.bins": [3, 4] }, /^observables\.1\.bins must be one number unless of is map/],
    [{ "observables.1.of": "1/mz" }, /^observables\.1\.of must be finite everywhere/],
    [{ "observables.1.of": "resistance" }, /^observables\.1\.of cannot be read: unknown name resistance/],
    [{ "observables.5.every": 1 }, /^observables\.5\.every must not be longer than time\.duration/],
    [{ magnet: { delta: 3 } }, /^magnet\.alpha must be given/],
  ])("%j", (settings, text) => {
    expect(changed(settings).join("\n")).toMatch(text);
  });

  it("tells all of them at once, whatever part they are in", () => {
    const found = changed({
      "magnet.alpha": -1,
      "energies.0.Ku1": "x + 1",
      "energies.1.B_ext": [0, 0],
      "torques.0.polarizer": [0, 0, 0],
      "torques.1": { type: "potential", chi: "sin(mz" },
      "observables.2.until": 5,
      "time.duration": 0,
      colour: "red",
    });
    for (const path of [
      "magnet.alpha",
      "energies.0.Ku1",
      "energies.1.B_ext",
      "torques.0.polarizer",
      "observables.2.until",
      "time.duration",
      "colour",
    ])
      expect(found.some((text) => text.startsWith(path))).toBe(true);
    expect(new Set(found).size).toBe(found.length);
  });

  it("complains once of a quantity that cannot be read", () => {
    expect(changed({ "observables.1.of": "foo(mz)" })).toEqual([
      'observables.1.of cannot be read: foo is not a known function (character 1), got "foo(mz)"',
    ]);
    expect(changed({ "observables.1.of": "0 * mz" }).join()).toMatch(
      /observables\.1\.of must not be constant/,
    );
  });

  it("refuses terms that need SI units in a reduced magnet", () => {
    const raw = {
      magnet: { delta: 5, alpha: 0.1 },
      energies: [
        { type: "uniaxial", Ku1: 1 },
        { type: "shape", tensor: [0, 0, 1] },
      ],
      time: { duration: 10 },
    };
    expect(complaints(raw)).toEqual([
      'energies.1.type must not need SI units where magnet is reduced (delta), got "shape"',
    ]);
  });
});
