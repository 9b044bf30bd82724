import { expect, it } from "vitest";
import { describeInputError } from "../../src/experiment/index.ts";
import type { Settings } from "../../src/experiment/settings.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";

const complaints = (raw: unknown, settings: Settings = {}): string[] => {
  const checked = checkExperiment(raw, settings);
  return checked.ok ? [] : checked.problems.map(describeInputError);
};

const tooFast = "must not have rates above 1000000000000 in reduced units";

it.each<[Record<string, unknown>, string]>([
  [{ "magnet.alpha": 1e300 }, "magnet.alpha must not be above 1000000000000"],
  [{ "magnet.alpha": "1e13*(1 + t)" }, "magnet.alpha must not be above 1000000000000"],
  [{ "time.duration": 5e-324 }, "1/(γ'B_K), because nothing moves in a shorter time, got 5e-324"],
  [{ "time.step": 1e-15, "time.duration": 1e-14 }, "time.step must be ≥"],
  [
    { "magnet.delta": 1e305, "energies.0.Ku1": 1e-300, "energies.1.B_ext.2": 1e-301 },
    "energies.0 must not have rates below 1e-12 in reduced units if no other term is faster",
  ],
])("a number beyond any physics is refused with its path: %j", (settings, text) => {
  const magnet = { delta: 5, alpha: 0.1 };
  const energies = [
    { type: "uniaxial", Ku1: 1 },
    { type: "zeeman", B_ext: [0, 0, 0.1] },
  ];
  const said = complaints({ magnet, energies, time: { duration: 10 } }, settings);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(text);
});

it("in SI units too, also where nothing moves at all", () => {
  const magnet = { Ms: 8e5, volume: 1e-24, alpha: 0.1, temperature: 0 };
  const still = { magnet, initial: { type: "direction", m: [0, 0, 1] }, time: { duration: 1e-9 } };
  const [energies, observables] = [[{ type: "uniaxial", Ku1: 1e4 }], [{ type: "moments" }]];
  expect(complaints({ ...still, observables })).toEqual([]);
  expect(complaints({ ...still, observables }, { "time.duration": 5e-324 }).join()).toMatch(
    /^time\.duration must be ≥ \S+ s, because nothing moves in a shorter time/,
  );
  const moving = { ...still, observables, energies };
  expect(complaints(moving, { "time.duration": 1e-30 }).join()).toMatch(/^time\.duration must be ≥ \S+ s,/);
  expect(complaints(moving, { "magnet.alpha": 1e300 })).toEqual([
    "magnet.alpha must not be above 1000000000000, got 1e+300",
  ]);
});

it.each<[Record<string, unknown>, string]>([
  [{ "magnet.gamma": 1e-300 }, "magnet.gamma must be in [1, 100000000000000000000] rad/(s T)"],
  [{ "magnet.gamma": 1e300 }, "magnet.gamma must be in [1, 100000000000000000000] rad/(s T)"],
  [
    { "energies.1.B_ext.2": { sine: { amplitude: 0.01, frequency: 1e300 } } },
    "energies.1.B_ext.2.sine must not change within less than",
  ],
  [{ "energies.1.B_ext.2": "sin(1e100*t)" }, "energies.1.B_ext.2 must not change within less than"],
  [{ "energies.1.B_ext.2": "sin(1e200*t)" }, "energies.1.B_ext.2 must not change within less than"],
  [
    { "magnet.Ms": { mean: 5e-324, deviation: 0.1 } },
    "magnet.Ms must be > 0 A/m within 5 deviations, reaches -0.5",
  ],
  [
    { "magnet.Ms": { mean: 5e-324, deviation: 0.1, distribution: "lognormal" } },
    "magnet.Ms.deviation must be ≤",
  ],
  [{ "energies.0.Ku1": 1.7e308 }, "energies.0 must make B_K between 1e-100 and 1e+100 T"],
  [{ "magnet.fieldScale": 1.7e308 }, "magnet.fieldScale must make B_K between 1e-100 and 1e+100 T"],
  // the step is too short first; ten times hotter the rate itself is beyond the limit
  [{ "magnet.temperature": 1e16 }, `magnet.temperature ${tooFast}; give magnet.fieldScale`],
  [{ "magnet.temperature": 1e17 }, `magnet.temperature ${tooFast}`],
  // the cause is another entry: what makes the steps short, or the number that no device has
  [{ "time.step": 1e-19 }, "as short as time.step makes them; time.step is 1e-19 s, which no device has"],
  [{ "energies.1.B_ext.2": 1e10 }, "as short as energies.1 makes them; energies.1.B_ext.2 is 10000000000 T"],
  [{ "magnet.volume": 1e-100 }, `magnet.temperature ${tooFast}; magnet.volume is 1e-100 m³, which no device`],
  [{ "magnet.Ms": 1e30 }, `energies.1 ${tooFast}; magnet.Ms is 1e+30 A/m, which no device has`],
  [{ "magnet.fieldScale": 1e-30 }, "magnet.fieldScale must be a field of the magnet, so that all rates"],
  [{ "magnet.fieldScale": 1e30 }, "magnet.fieldScale must be a field of the magnet, so that all rates"],
  [{ "time.duration": 1e300 }, "time.duration must not need more than 2147483648 steps"],
])("the entry of an extreme number in SI units is named, and what it may be: %j", (settings, text) => {
  const magnet = { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 };
  const energies = [
    { type: "uniaxial", Ku1: 4e4 },
    { type: "zeeman", B_ext: [0, 0, 0.01] },
  ];
  const time = { duration: 1e-8 };
  const observables = [{ type: "moments", times: 2 }];
  const said = complaints({ magnet, energies, time, observables }, settings);
  expect(said[0]).toContain(text);
  expect(said.join()).not.toMatch(/Infinity|NaN|the experiment must/);
});
