import { expect, it } from "vitest";
import { describeInputError } from "../../src/experiment/index.ts";
import type { Settings } from "../../src/experiment/settings.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";

const complaints = (raw: unknown, settings: Settings = {}): string[] => {
  const checked = checkExperiment(raw, settings);
  return checked.ok ? [] : checked.problems.map(describeInputError);
};

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
