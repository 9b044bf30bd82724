import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { processorSeconds } from "../../src/cli/processor-seconds.ts";
import { describeInputError } from "../../src/experiment/index.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { contractExample } from "./example.ts";

const seed = 5;

/** A checked experiment is complete and checks to itself; a refused one names its problems in sentences. */
function isSound(raw: unknown, settings: Record<string, unknown> = {}): void {
  const checked = checkExperiment(raw, settings);
  if (checked.ok) {
    const json = JSON.stringify(checked.experiment);
    const again = checkExperiment(JSON.parse(json));
    expect(again.ok && JSON.stringify(again.experiment)).toBe(json);
  } else {
    expect(checked.problems.length).toBeGreaterThan(0);
    expect(checked.problems.length).toBeLessThanOrEqual(101);
    for (const problem of checked.problems) {
      expect(problem.rule).toMatch(/^(must|is|cannot) /);
      expect(describeInputError(problem).length).toBeLessThan(2000);
    }
  }
}

const paths = [
  "name",
  "magnet",
  "magnet.Ms",
  "magnet.alpha",
  "magnet.temperature",
  "energies",
  "energies.0",
  "energies.0.type",
  "energies.0.Ku1",
  "energies.0.anisU",
  "energies.1.B_ext",
  "energies.1.B_ext.1",
  "torques.0.dampingLike",
  "torques.0.polarizer",
  "initial",
  "initial.type",
  "ensemble",
  "seed",
  "time",
  "time.duration",
  "time.step",
  "observables",
  "observables.0.times",
  "observables.1.of",
  "observables.1.bins",
  "observables.2.until",
  "observables.4.sampleEvery",
  "readout",
  "compare",
];
const scalars = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.string(),
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    1e308,
    5e-324,
    [],
    {},
    "0.1*t",
    "1e5*exp(-t)",
    "mz",
  ),
  fc.record({ mean: fc.double(), deviation: fc.double() }, { requiredKeys: [] }),
  fc
    .constantFrom("pulse", "train", "ramp", "sine", "table", "__proto__")
    .map((type) => ({ [type]: { amplitude: 1 } })),
);

describe("checkExperiment", () => {
  it("takes any JSON without throwing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => isSound(raw)),
      { seed, numRuns: 200 },
    );
  });

  it("takes anything at any place of a sound experiment", () => {
    const change = fc.tuple(fc.constantFrom(...paths), scalars);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        isSound({ ...contractExample(), observables: [] }, Object.fromEntries(changes));
        isSound(contractExample(), Object.fromEntries(changes.slice(0, 1)));
      }),
      { seed, numRuns: 120 },
    );
  });

  it("takes any value, even one that is no data at all", () => {
    const cycle: Record<string, unknown> = contractExample();
    cycle.magnet = cycle;
    const trap = Object.defineProperty({}, "magnet", {
      enumerable: true,
      get: () => ({ Ms: 1 }),
    });
    for (const raw of [
      undefined,
      null,
      0,
      "text",
      [],
      () => 1,
      Symbol("x"),
      10n,
      new Date(),
      new Map(),
      cycle,
      trap,
      new Proxy({}, {}),
    ])
      isSound(raw);
  });

  it("refuses keys that reach for prototypes, and leaves prototypes alone", () => {
    const raw = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}');
    const checked = checkExperiment(raw);
    expect(checked.ok).toBe(false);
    if (!checked.ok) expect(checked.problems.map(({ path }) => path)).toEqual(["__proto__", "constructor"]);
    for (const path of ["__proto__.polluted", "magnet.constructor.prototype.polluted", "a.__proto__.b"])
      expect(checkExperiment(contractExample(), [`${path}=1`]).ok).toBe(false);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    isSound({
      ...contractExample(),
      energies: [{ type: "toString" }, { type: "__proto__" }, { type: "constructor" }],
    });
  });

  it("refuses depth and size before they cost anything", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = { deep };
    const start = processorSeconds();
    isSound({ ...contractExample(), energies: deep });
    isSound({ ...contractExample(), energies: Array.from({ length: 1_000_000 }, () => 1) });
    isSound({ ...contractExample(), name: "x".repeat(10_000_000) });
    isSound({ ...contractExample(), energies: Array.from({ length: 5000 }, () => ({ type: "nothing" })) });
    isSound({
      ...contractExample(),
      energies: [{ type: "expression", density: `${"sin(".repeat(900)}mz${")".repeat(900)}` }],
    });
    isSound({
      ...contractExample(),
      energies: [{ type: "expression", density: "mz".concat("^2".repeat(1500)) }],
    });
    expect(processorSeconds() - start).toBeLessThan(10);
  });
});
