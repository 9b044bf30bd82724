import { describe, expect, it } from "vitest";
import { supremum } from "../../src/expression/bounds.ts";
import { constant } from "../../src/expression/expression.ts";
import { merged, sizeOf } from "../../src/expression/merge.ts";
import { parse } from "../../src/expression/parse.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { driftStretch } from "../../src/physics/drift-rate.ts";
import { landscapes } from "../../src/physics/wells/landscape.ts";
import { minimaOf } from "../../src/physics/wells/minima.ts";

/** As long as a formula may be. */
const product = Array(240).fill("sin(mx*my+mz)").join("*");

describe("formulas of thousands of operations", () => {
  it("are derived without copies of equal nodes", () => {
    const psi = parse(product);
    const stretch = driftStretch({ psi, omega: psi, diffusion: constant(1) });
    expect(sizeOf([stretch])).toBe(sizeOf(merged([stretch])));
    expect(sizeOf([stretch])).toBeLessThan(20_000);
  });

  it("are searched on fewer cells", () => {
    const psi = parse(product);
    const stretch = driftStretch({ psi, omega: psi, diffusion: constant(1) });
    expect(supremum(stretch, {}, { tolerance: 0, work: 1000 }).work).toBeLessThan(200);
    expect(supremum(parse("sin(40*mx*my*mz)"), {}, { tolerance: 0, work: 1000 }).work).toBeGreaterThan(990);
  });

  it("have fewer descents to their minima", () => {
    let descents = 0;
    const landscape = landscapes(parse(product))();
    minimaOf({
      ...landscape,
      descend: (m) => {
        descents++;
        return m;
      },
      energy: () => 0,
    });
    expect(descents).toBeLessThan(100);
  });

  it("are refused if all terms together take too many operations, with the path of the largest", () => {
    const small = { type: "uniaxial", Ku1: 1 };
    const large = { type: "expression", density: product };
    const checked = checkExperiment({
      magnet: { delta: 4, alpha: 0.1 },
      energies: [small, ...Array(50).fill(large)],
      time: { duration: 1 },
      observables: [{ type: "moments", times: 2 }],
    });
    expect(checked).toMatchObject({
      ok: false,
      problems: [{ path: "energies.1", rule: expect.stringContaining("must be simpler") }],
    });
  });
});
