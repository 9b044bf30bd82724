import { afterEach, describe, expect, it } from "vitest";
import {
  check,
  energy,
  fit as fitModel,
  fokkerPlanck,
  jsonSchema,
  math,
  rates,
  register,
  report,
  transport,
} from "../../src/index.ts";
import { energies } from "../../src/physics/energies/index.ts";
import type { Parameters } from "../../src/physics/parameter.ts";
import { physicsAdditions } from "../../src/physics/register.ts";
import { torques } from "../../src/physics/torques/index.ts";

const tilt = energy({
  type: "tilt",
  title: "a tilt along x",
  source: "this test",
  parameters: { slope: { kind: "scalar", unit: "J/m³", meaning: "slope", above: 0 } },
  example: { slope: 1e3 },
  contribution: ({ slope }) => math.mul(slope, math.m[0]),
});
const experiment = (energy: object) => ({
  magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 },
  energies: [energy],
  time: { duration: 1e-9 },
});

describe("register", () => {
  let remove = (): void => {};
  afterEach(() => remove());

  it("makes an entry known to checks and schema, until it is taken out", () => {
    const written = experiment({ type: "tilt", slope: 2e3 });
    expect(check(written).ok).toBe(false);
    remove = register({ energies: [tilt] });
    expect(check(written).ok).toBe(true);
    expect(JSON.stringify(jsonSchema())).toContain('"const":"tilt"');
    const refused = check(experiment({ type: "tilt", slope: -1 }));
    expect(!refused.ok && refused.problems[0]).toMatchObject({
      path: "energies.0.slope",
      rule: "must be > 0 J/m³",
    });
    remove();
    expect(check(written).ok).toBe(false);
  });

  it("refuses types that are taken or are no names, and examples that are wrong, and adds nothing then", () => {
    expect(() => register({ energies: [{ ...tilt, type: "uniaxial" }] })).toThrow(
      "there is an energy of type uniaxial already",
    );
    expect(() => register({ energies: [tilt, tilt] })).toThrow("there is an energy of type tilt already");
    expect(() => register({ energies: [{ ...tilt, type: "a b" }] })).toThrow("must be a name");
    expect(() => register({ energies: [{ ...tilt, example: { slope: -1 } }] })).toThrow(
      "tilt: energies.0.slope must be > 0 J/m³, got -1",
    );
    const throwing = (): never => {
      throw new Error("my own fault");
    };
    expect(() => register({ energies: [{ ...tilt, contribution: throwing }] })).toThrow("my own fault");
    const { contribution: _, ...without } = tilt;
    expect(() => register({ energies: [without as never] })).toThrow(
      "tilt: an energy must have parameters, contribution: without contribution",
    );
    expect(check(experiment({ type: "tilt", slope: 1 })).ok).toBe(false);
    expect(energies).not.toHaveProperty("tilt");
  });

  it("refuses keys that it does not know, with the one that was meant", () => {
    const said = (own: object): string => {
      try {
        register(own as never)();
      } catch (error) {
        if (error instanceof RangeError) return error.message;
        throw error;
      }
      return "";
    };
    expect(said({ energys: [tilt] })).toMatch(
      /^energys is not known; there are energies, .*, observables; did you mean energies\?$/,
    );
    expect(said({ energies: tilt })).toBe("energies must be a list of entries");
    expect(said({ energies: [null] })).toBe("an energy must be an object, got null");
    const { example, ...others } = tilt;
    expect(said({ energies: [{ ...others, exampel: example }] })).toBe(
      "tilt: exampel is not known; did you mean example?",
    );
    // what is nobody's word may be a user's own
    expect(said({ energies: [{ ...tilt, publishedIn: "1998" }] })).toBe("");
  });

  it("knows every key of the entries that are there", () => {
    for (const { catalogue, what, parts, optional = [] } of physicsAdditions({}))
      for (const entry of Object.values(catalogue) as object[])
        expect(
          Object.keys(entry).filter((key) => !["type", ...parts, ...optional].includes(key)),
          what,
        ).toEqual([]);
  });

  it("takes out what it has added, and not a later entry of the name", () => {
    const first = register({ energies: [tilt] });
    first();
    remove = register({ energies: [{ ...tilt }] });
    first();
    expect(check(experiment({ type: "tilt", slope: 1 })).ok).toBe(true);
  });
});

describe.each([
  ["energies", energies],
  ["torques", torques],
])("the examples of %s", (part, catalogue) => {
  it.each(Object.values(catalogue))("$type gives what has no default, and checks", (entry) => {
    const needed = Object.entries(entry.parameters as Parameters)
      .filter(([, p]) => !("default" in p) && !("optional" in p) && p.kind !== "named")
      .map(([name]) => name);
    expect(Object.keys(entry.example ?? {})).toEqual(expect.arrayContaining(needed));
    const checked = check({
      ...experiment({ type: "uniaxial", Ku1: 1e4 }),
      [part]: [{ type: entry.type, ...entry.example }],
    });
    expect(checked).toMatchObject({ ok: true });
    for (const { parameter } of entry.arrows ?? [])
      expect(Object.keys(entry.parameters)).toContain(parameter);
  });
});

describe("the library does what the command does", () => {
  const junction = {
    magnet: { delta: 6, alpha: 0.1 },
    energies: [{ type: "uniaxial", Ku1: 1 }],
    time: { duration: 5 },
    observables: [{ type: "dwell", up: "mz > 0.5", down: "mz < -0.5" }],
  } as const;

  it("rates, and a fit that gives the barrier back from them", () => {
    const { rows } = rates(junction, { "magnet.delta": [5, 6] });
    expect(rows.length).toBe(2);
    const exact = fokkerPlanck(junction).fokkerPlanck?.dwell;
    const measured = (value = exact?.up ?? 0) => ({ value, error: 0.01 * value });
    const found = fitModel(
      { ...junction, magnet: { delta: 5.8, alpha: 0.1 } },
      [{ settings: {}, values: { tau_up: measured(), tau_down: measured() } }],
      ["magnet.delta"],
    );
    expect(found.values[0]).toBeCloseTo(6, 4);
  });

  it("transport and report", () => {
    const layer = { thickness: 3e-9, rhoStar: 7.5e-8, asymmetry: 0.46, diffusionLength: 6e-8 };
    const lead = { rhoStar: 6e-9, diffusionLength: 4.5e-7 };
    const { voltage } = transport({
      layers: [{ ...layer, magnetization: "up" }],
      interfaces: [{}, {}],
      leads: lead,
      currentDensity: 1e11,
    });
    expect(voltage).toBeGreaterThan(0);
    expect(report(fokkerPlanck(junction))).toContain("<h1>experiment</h1>");
  });
});
