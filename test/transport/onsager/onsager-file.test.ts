import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { onsager } from "../../../src/transport/onsager/onsager-result.ts";
import { systems } from "../../../src/transport/onsager/systems.ts";

const docs = readFileSync(new URL("../../../docs/onsager.md", import.meta.url), "utf8");
const example = readFileSync(new URL("../../../examples/thermoelectric.yaml", import.meta.url), "utf8");
const near = (value: number, expected: number) => expect(value / expected).toBeCloseTo(1, 10);
const e = 1.602176634e-19;

describe("a system of one's own", () => {
  const result = onsager(parseYaml(example));
  const [sigma, S, kappa, T] = [1e7, -3e-5, 100, 300];

  it("obeys both laws and gives its parameters back", () => {
    expect([result.reciprocity.holds, result.secondLaw.holds]).toEqual([true, true]);
    const found = Object.fromEntries(result.measurable.map(({ name, value }) => [name, value]));
    near(found.conductivity, sigma);
    near(found.seebeck, S);
    near(found.peltier, S * T);
    near(found.thermalConductivity, kappa);
    near(found.figureOfMerit, (sigma * S ** 2 * T) / kappa);
  });

  it("in an open circuit has the field S∂T and the heat current −κ∂T, and dissipates κ(∂T)²/T", () => {
    const [open, short] = result.situations;
    const slope = 666.7 * T;
    near(open.forces.field, S * slope);
    near(open.fluxes.heatCurrent, -kappa * slope);
    near(open.dissipatedPower, (kappa * slope ** 2) / T);
    expect(open.fluxes.current).toBe(0);
    near(short.fluxes.heatCurrent, S * T * sigma * 10);
    near(short.parts.current, sigma * 100);
  });

  it("that breaks the second law is told with the forces that do it, and their power is negative", () => {
    const written = parseYaml(example);
    const { secondLaw, reciprocity } = onsager({
      ...written,
      coefficients: [
        ["sigma", 1e6],
        [1e6, 1],
      ],
      given: [],
    });
    expect(reciprocity.holds).toBe(true);
    expect(secondLaw.holds).toBe(false);
    expect(Object.keys(secondLaw.direction!)).toEqual(["field", "heatForce"]);
    const { field, heatForce } = secondLaw.direction!;
    near(secondLaw.power!, 1e7 * field ** 2 + 2e6 * field * heatForce + heatForce ** 2);
    expect(secondLaw.power).toBeLessThan(0);
  });

  it("is reversed with its magnetization", () => {
    const hall = (side: string) =>
      onsager({
        fluxes: ["jx", "jy"],
        forces: ["ex", "ey"],
        coefficients: [
          [1, side],
          [`-(${side})`, 1],
        ],
        state: { m: [0, 0.6, 0.8], B: [0, 0, 1] },
      });
    for (const odd of ["0.1*mz", "0.2*Bz", "mz*Bz*Bz"]) expect(hall(odd).reciprocity.holds, odd).toBe(true);
    for (const even of ["0.1", "mz^2", "mz*Bz"]) expect(hall(even).reciprocity.holds, even).toBe(false);
    expect(hall("0.1*mz").coefficients[0][1]).toBeCloseTo(0.08, 14);
  });

  test.each<[object, string]>([
    [{ fluxes: ["a"], forces: ["b"] }, "coefficients must be given if `system` is not"],
    [{ fluxes: ["a"], forces: ["b", "c"], coefficients: [[1]] }, "forces must be as many as the fluxes, 1"],
    [{ fluxes: ["a"], forces: ["b"], coefficients: [["mq"]] }, "coefficients[0][0] "],
    [{ fluxes: ["a"], forces: ["b"], coefficients: [["1/(mx-mx)"]] }, "coefficients[0][0] must be finite"],
    [{ fluxes: ["a"], forces: ["b"], coefficients: [[1]], given: { q: 1 } }, "given.q is not known"],
    [{ fluxes: ["a"], forces: ["b"], coefficients: [[1]], given: { a: 1, b: 1 } }, "both a and b"],
    [{ fluxes: ["a"], forces: ["b"], coefficients: [[0]], given: { a: 1 } }, "singular"],
    [{ fluxes: ["a"], forces: ["b"], coefficients: [[1]], sytem: "ohm" }, "sytem is not known"],
    [{ system: "ohm", parameters: { conductivity: -1 } }, "parameters.conductivity must be > 0, got -1"],
    [{ system: "ohm", parameters: { conductivity: 1 }, forces: ["b"] }, "forces must not be given beside"],
    [{ system: "peltier" }, "system"],
  ])("%j is refused: %s", (input, words) => {
    expect(() => onsager(input)).toThrow(RangeError);
    expect(() => onsager(input)).toThrow(words);
  });
});

describe("systems of the paper", () => {
  const channels = { meanConductivity: 5e6, asymmetry: 0.46, spinFlipCoefficient: 1e34 };
  const heat = {
    ...channels,
    seebeck: -2e-5,
    seebeckDifference: 4e-6,
    thermalConductivityUp: 30,
    thermalConductivityDown: 20,
    temperature: 300,
  };
  const parameters: Record<string, object> = {
    ohm: { conductivity: 1e7 },
    fourier: { thermalConductivity: 100, temperature: 300 },
    thermoelectric: { conductivity: 1e7, seebeck: -3e-5, thermalConductivity: 100, temperature: 300 },
    separateChannels: channels,
    twoChannel: channels,
    twoChannelWithHeat: heat,
    transverseAccumulation: { ...channels, transverseConductivity: 4e6 },
    ferromagnet: { alpha: 0.1, mobility: 3e30 },
    fullCoupling: {
      alpha: 0.02,
      mobility: 2e30,
      conductance: 1.5,
      asymmetry: 0.4,
      transverseConductance: 0.8,
      spinFlipConductance: 0.1,
      couplings: { thetaTheta: 5e12, phiPhi: 3e12 },
    },
  };

  it.each(Object.keys(systems))("%s is reciprocal and obeys the second law", (system) => {
    const result = onsager({ system, parameters: parameters[system] as Record<string, unknown> });
    expect(result.reciprocity.violations).toEqual([]);
    expect(result.secondLaw.holds).toBe(true);
    expect(result.equations).toBe(systems[system].equations);
    expect(docs).toContain(`| \`${system}\` | ${systems[system].equations} |`);
  });

  it("have the diffusion length of Eq. 38 for their own channels' decay", () => {
    const found = onsager({ system: "twoChannel", parameters: channels }).measurable;
    const { value } = found.find(({ name }) => name === "diffusionLength")!;
    const { meanConductivity: s0, asymmetry: b, spinFlipCoefficient: L } = channels;
    // each channel loses Ψ̇: σ_α μ_α'' = e²LΔμ/e…, so Δμ'' = e L (1/σ_α + 1/σ_γ) Δμ
    near(value, 1 / Math.sqrt(e * L * (1 / (s0 * (1 + b)) + 1 / (s0 * (1 - b)))));
  });

  it("turn Eq. 8 into Eq. 9 by combining the channels, with the same power", () => {
    const [block] = [...docs.matchAll(/```yaml\n([\s\S]*?)```/g)].slice(-1);
    const written = parseYaml(block[1]);
    const { combined, ...apart } = onsager(written);
    const whole = onsager({ system: "twoChannel", parameters: channels });
    combined!.coefficients.forEach((row, i) => {
      row.forEach((value, j) => expect(value).toBeCloseTo(whole.coefficients[i][j], 6));
    });
    expect(combined!.measurable).toEqual(
      whole.measurable.map((one) => ({ ...one, value: expect.closeTo(one.value, 12) })),
    );
    expect(combined!.forces[0].symbol).toBe("0.5·(−∂μ_α/e) + -0.5·(−∂μ_γ/e)");
    expect(apart.reciprocity.holds && combined!.reciprocity.holds).toBe(true);
  });

  it("refuse combinations that are dependent, unknown or mix parities", () => {
    const system = { system: "fullCoupling", parameters: parameters.fullCoupling as Record<string, unknown> };
    const flux = (name: string) => name;
    expect(() =>
      onsager({
        ...system,
        combine: [{ flux: flux("a"), of: { magneticFluxPhi: 1, spinCurrent: 1, q: 1 } }],
      }),
    ).toThrow(/as many entries.*q is not a flux.*must not mix/s);
    expect(() =>
      onsager({
        system: "separateChannels",
        parameters: channels,
        combine: [
          { flux: "a", of: { currentUp: 1, currentDown: 1 } },
          { flux: "b", of: { currentUp: 2, currentDown: 2 } },
          { flux: "c", of: { spinFlip: 1 } },
        ],
      }),
    ).toThrow("independent");
  });
});

it.each([...docs.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => [block]))(
  "docs/onsager.md shows a file that works: %s",
  (block) => {
    const { reciprocity, secondLaw } = onsager(parseYaml(block));
    expect([reciprocity.holds, secondLaw.holds]).toEqual([true, true]);
  },
);
