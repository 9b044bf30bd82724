import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { npz } from "../../src/cli/npz.ts";
import { fit as fitted, onsager, run } from "../../src/index.ts";
import { measurementsIn } from "../../src/run/measurement-table.ts";

/* A name that a user chose is nothing but a name, even where every object has a property of that name. */

const inherited = ["constructor", "toString", "hasOwnProperty", "__proto__"];
const moments = (name: string) => ({ type: "moments", times: 1, name }) as const;
const experiment = {
  magnet: { delta: 2, alpha: 0.5 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  ensemble: 200,
  time: { duration: 2, step: 0.05 },
} as const;
const on = { backend: "reference", threads: 1 } as const;

describe("a name that every object knows", () => {
  it("may be that of an observable, as may be that of a counter of our own", async () => {
    const names = ["toString", "__proto__", "dynkin: f"];
    const own = await run({ ...experiment, observables: names.map(moments) }, on);
    const plain = await run({ ...experiment, observables: names.map((_, i) => moments(`m${i}`)) }, on);
    const figures = ({ observables }: typeof own) => observables.map(({ name: _, ...rest }) => rest);
    expect(own.observables.map(({ name }) => name)).toEqual(names);
    expect(figures(own)).toEqual(figures(plain));
    expect(own.dynkin).toEqual(plain.dynkin);
  });

  it("may be that of a flux, a force and a parameter", () => {
    const situations = (flux: string, force: string, parameter: string) => {
      const found = onsager({
        fluxes: ["heat", flux],
        forces: ["gradient", force],
        parameters: { [parameter]: 3 },
        coefficients: [
          [2, 1],
          [1, parameter],
        ],
        given: [{ gradient: 1 }, { heat: 1 }],
        combine: [
          { flux: "sum", of: { heat: 1, [flux]: 1 } },
          { flux: "rest", of: { heat: 1 } },
        ],
      });
      const { situations, combined } = found;
      return JSON.stringify([situations, combined?.coefficients])
        .replaceAll(flux, "F")
        .replaceAll(force, "X");
    };
    expect(situations("toString", "valueOf", "Math")).toBe(situations("aFlux", "aForce", "k"));
    expect(situations("constructor", "hasOwnProperty", "return")).toBe(situations("aFlux", "aForce", "k"));
  });

  it.each(inherited)("is no column of measurements: %s", (name) => {
    expect(() => measurementsIn("data.csv", `${name},tau_up,tau_up_error\n1,1,1\n`)).toThrow(
      `data.csv: column ${name} is not known`,
    );
  });

  it("is no number of an experiment", () => {
    const data = [{ settings: {}, values: { tau_up: { value: 1, error: 0.1 } } }];
    const levels = { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" } as const;
    const model = { ...experiment, observables: [levels] };
    expect(() => fitted(model, data, ["magnet.toString.length"])).toThrow("is not a number of the model");
  });
});

it("arrays of observables with like names have folders of their own in the archive, and none leads out of it", async () => {
  const names = ["α", "β", "..", "fokkerPlanck"];
  const result = await run({ ...experiment, observables: names.map(moments) }, on);
  const files = Object.keys(unzipSync(npz(result)));
  const folders = new Set(files.map((file) => file.split("/")[0]));
  expect(folders).toEqual(new Set(["_", "_-2", "_-3", "fokkerPlanck", "fokkerPlanck-2"]));
});
