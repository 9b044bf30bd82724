import { describe, expect, it } from "vitest";
import { cellBounds, domainOf } from "../../src/expression/bounds.ts";
import type { Expression } from "../../src/expression/expression.ts";
import { constant } from "../../src/expression/expression.ts";
import { merged, sizeOf } from "../../src/expression/merge.ts";
import { parse } from "../../src/expression/parse.ts";
import { separate } from "../../src/expression/separation.ts";
import { timeline } from "../../src/expression/timeline.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { plan } from "../../src/observables/plan.ts";
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
    const cells = (of: Expression): number => cellBounds(of, domainOf([of], {}), 1000).most;
    expect(cells(stretch)).toBeLessThan(200);
    expect(cells(parse("sin(40*mx*my*mz)"))).toBeGreaterThan(990);
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

  it("are expanded into terms of t and m only where these are few", () => {
    const factors = (count: number) => Array.from({ length: count }, (_, i) => `(mz + sin(${i + 1}*t))`);
    const separated = (count: number) => separate(parse(factors(count).join("*"), { names: ["t"] }));
    expect(separated(6)).toHaveLength(64);
    expect(separated(16)).toBeUndefined();
  });

  it("are followed in time through fewer cells, and then not completely", () => {
    const floors = (count: number) =>
      Array.from({ length: count }, (_, i) => parse(`floor(${10 * i + 10}*t)`, { names: ["t"] }));
    expect(timeline(floors(3), 0, 1).isComplete).toBe(true);
    const { isComplete, stretches } = timeline(floors(200), 0, 1);
    expect(isComplete).toBe(false);
    expect(stretches.length).toBeLessThan(10_000);
  });

  it("are not tested by Dynkin's formula, with the reason", () => {
    const planned = (density: string) => {
      const checked = checkExperiment({
        magnet: { delta: 4, alpha: 0.1 },
        energies: [{ type: "expression", density }],
        ensemble: 1000,
        time: { duration: 10 },
        observables: [{ type: "moments", times: 2 }],
      });
      if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
      return plan(reduce(checked.experiment)).dynkin;
    };
    const factors = (count: number) => Array.from({ length: count }, (_, i) => `sin(mx*my+${i}*mz)`);
    expect(planned(factors(3).join("*")).windows.length).toBeGreaterThan(0);
    expect(planned(factors(200).join("*"))).toMatchObject({ windows: [], reason: /operations/ });
    // few operations in the rates, but each floor stands at several times in a step
    const floors = (count: number) => Array.from({ length: count }, (_, i) => `floor(${i + 1}*t)*mx`);
    expect(planned(floors(2).join("+")).windows.length).toBeGreaterThan(0);
    expect(planned(floors(200).join("+"))).toMatchObject({ windows: [], reason: /^a step takes more than/ });
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
