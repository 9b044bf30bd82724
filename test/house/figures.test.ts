import { describe, expect, it } from "vitest";
import { arrowsOf } from "../../src/figures/arrows.ts";
import { formulaTraces } from "../../src/figures/formulas.ts";
import { demand, solveFokkerPlanck } from "../../src/fokker-planck/index.ts";
import { probabilityCurrent } from "../../src/fokker-planck/probability-current.ts";
import { energies } from "../../src/physics/energies/index.ts";
import { torques } from "../../src/physics/torques/index.ts";
import { dynamicsOf, uniaxial } from "../fokker-planck/macrospins.ts";
import { programFiles, textOf } from "./sources.ts";

const holders = (pattern: RegExp): string[] => programFiles.filter((file) => pattern.test(textOf(file)));

describe("report and page draw the same", () => {
  it("figures of observables, from one list", () => {
    const users = holders(/placed-figures\.ts"/);
    expect(users.some((file) => file.startsWith("src/report/"))).toBe(true);
    expect(users.some((file) => file.startsWith("web/plots/"))).toBe(true);
  });

  it("closed forms and their validity, by one function", () => {
    expect(holders(/export function formulaTraces\(/)).toEqual(["src/figures/formulas.ts"]);
    expect(holders(/formulaTraces\(/).some((file) => file.startsWith("web/"))).toBe(true);
    const traces = formulaTraces(
      [0, 1].map((x) => ({ name: "law", x, value: x + 1, inRange: x === 0 })),
    ) as unknown as { name: string; y: (number | null)[] }[];
    expect(traces.map(({ name }) => name)).toEqual(["law (out of range)", "law"]);
    expect(traces[1].y).toEqual([1, null]);
  });

  it.each([
    ["the probability current", /diffusion \* along(Theta|Phi)/, "src/fokker-planck/probability-current.ts"],
    ["arrows of axes, fields and polarizers", /polarizer: \{ length/, "src/figures/arrows.ts"],
  ])("%s, from one place", (_, pattern, place) => {
    expect(holders(pattern)).toEqual([place]);
  });
});

describe("the probability current", () => {
  it("of an equilibrium circulates about the axis alone, with ρ ∂Ω/∂θ", () => {
    const dynamics = dynamicsOf({ delta: 3, alpha: 0.1, energy: uniaxial() });
    const density = demand(demand(solveFokkerPlanck(dynamics)).stationary());
    const current = probabilityCurrent(dynamics, 0.1 / 6, density);
    for (const theta of [0.3, 1.2, 2.5]) {
      const { up, around } = current(theta, 0.7);
      const rho = density.at([
        Math.sin(theta) * Math.cos(0.7),
        Math.sin(theta) * Math.sin(0.7),
        Math.cos(theta),
      ]);
      expect(up).toBeCloseTo(0, 6);
      expect(around).toBeCloseTo(rho * Math.cos(theta) * Math.sin(theta), 6);
    }
  });
});

describe("arrows on the sphere", () => {
  it.each([
    ...Object.entries(energies).map(([type, entry]) => ["energies", type, entry] as const),
    ...Object.entries(torques).map(([type, entry]) => ["torques", type, entry] as const),
  ])("of %s %s are those that the entry names", (kind, type, entry) => {
    const experiment = { energies: [], torques: [], [kind]: [{ ...entry.example, type }] };
    const drawn = arrowsOf(experiment as never);
    for (const { label } of drawn) expect(entry.arrows?.map((arrow) => arrow.label)).toContain(label);
    for (const { direction } of drawn) expect(Math.hypot(...direction)).toBeCloseTo(1, 12);
  });
});
