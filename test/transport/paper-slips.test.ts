import { describe, expect, test } from "vitest";
import { onsagerSystem } from "../../src/transport/onsager/onsager-system.ts";
import {
  separateChannels,
  transverseAccumulation,
  twoChannel,
} from "../../src/transport/onsager/two-channel.ts";
import { solveStack } from "../../src/transport/solve-stack.ts";
import { integrate } from "./gauss.ts";

/*
 * Slips of Wegrowe's paper that are of transport, each shown to be one: what is printed contradicts another equation
 * of the paper or the second law. docs/equations.md lists them all.
 */

const e = 1.602176634e-19;
const channels = { meanConductivity: 5e6, asymmetry: 0.46, spinFlipCoefficient: 1e34 };
const [up, down, accumulation] = [-3, 1.5, 2e-5]; // −∂μ/e of each channel (V/m), Δμ/e (V)
const powerApart = separateChannels(channels).dissipatedPower({ fieldUp: up, fieldDown: down, accumulation });

test("Eq. 6: with its printed sign the field at zero current is −S∂T in the definition below it", () => {
  const [sigma, S, slope] = [1e7, -30e-6, 2e5];
  const printed = (field: number) => sigma * field + S * sigma * slope;
  const field = -S * slope; // the zero of the printed current
  expect(printed(field)).toBe(0);
  expect(field).not.toBe(S * slope);
});

test("Eq. 10: the printed heat lines break reciprocity, the current lines' sign set against theirs", () => {
  const [sigma, S, kappa, T] = [1e7, -30e-6, 20, 300];
  // J = σε + Sσ∂T and, with the missing 1/e put in, J^Q = +TSσε − (κ+TS²σ)∂T; force T∂(1/T) = −∂T/T
  const printed = onsagerSystem({
    name: "Eq. 10 as printed",
    powerUnit: "W/m³",
    pairs: separateChannels(channels).pairs.slice(0, 2),
    coefficients: [
      [sigma, -S * sigma * T],
      [T * S * sigma, (kappa + T * S ** 2 * sigma) * T],
    ],
  });
  expect(printed.reciprocity().holds).toBe(false);
});

test("before Eq. 9: β = (σα−σγ)/σ0 is twice the β of Eq. 9", () => {
  const { currentUp, currentDown } = separateChannels(channels).fluxes({ fieldUp: 1, fieldDown: 1 });
  const sigma0 = (currentUp + currentDown) / 2;
  expect((currentUp - currentDown) / sigma0 / 0.46).toBeCloseTo(2, 12);
  const { spinCurrent, wholeCurrent } = twoChannel(channels).fluxes({ meanField: 1 });
  expect(spinCurrent / wholeCurrent).toBeCloseTo(0.46, 12);
});

test("Eq. 14 and 41: −δJ∂Δμ/e − J0∂µ0/e is twice the electric power of Eq. 7", () => {
  const { spinCurrent, wholeCurrent, spinFlip } = twoChannel(channels).fluxes({
    accumulationField: (up - down) / 2,
    meanField: (up + down) / 2,
    accumulation,
  });
  const relaxation = spinFlip * accumulation;
  const printed = spinCurrent * (up - down) + wholeCurrent * (up + down);
  expect(printed / (powerApart - relaxation)).toBeCloseTo(2, 12);
});

test("Eq. 39: without a factor ½ transverse spin dissipates twice what longitudinal spin does in the same metal", () => {
  const system = transverseAccumulation({ ...channels, asymmetry: 0, transverseConductivity: 5e6 });
  const gradient = 4; // −∂Δμ/e, V/m, of either kind
  const longitudinal = system.dissipatedPower({ accumulationField: gradient / 2 });
  const { transverseCurrent } = system.fluxes({ transverseField: gradient / 2 });
  expect((transverseCurrent * gradient) / longitudinal).toBeCloseTo(2, 12);
});

test("Eq. 7 and 30: ΨΔμ is a power for a particle flux, but Eq. 29 and 38 take Ψ as an electric current", () => {
  // Eq. 38's length from Eq. 29 and 37: l² = σ0(1−β²)/(2eL); a particle flux would lack the e of Ψ = LΔμ
  const L = channels.spinFlipCoefficient;
  const spinConductivity = channels.meanConductivity * (1 - 0.46 ** 2);
  const length = Math.sqrt(spinConductivity / (2 * e * L));
  const { accumulation: U } = solveStack({
    layers: [],
    leads: {
      left: { ...channels, magnetization: "up" },
      right: { ...channels, magnetization: "down" },
    },
    currentDensity: 1e11,
  });
  expect(U(length) / U(0)).toBeCloseTo(Math.exp(-1), 12);
  const { spinFlip } = twoChannel(channels).fluxes({ accumulation });
  expect(spinFlip / (L * accumulation * e)).toBeCloseTo(1, 12);
});

describe("Eq. 33 to 36, for two antiparallel half spaces", () => {
  const [beta, rhoStar, l, J0] = [0.46, 75e-9, 60e-9, 1e11];
  const metal = { rhoStar, asymmetry: beta, diffusionLength: l };
  const {
    accumulation: U,
    potential,
    resistance,
  } = solveStack({
    layers: [],
    leads: { left: metal, right: { ...metal, magnetization: "down" } },
    currentDensity: J0,
  });
  const sigma0 = 1 / (2 * rhoStar * (1 - beta ** 2));
  const far = 40 * l;
  const halfStep = 1e-12;
  const slope = (f: (z: number) => number, z: number) => (f(z + halfStep) - f(z - halfStep)) / (2 * halfStep);
  const differencing = 5; // digits
  const edge = 2e-12; // keeps the differences on one side of the interface
  const integrals = (f: (side: 1 | -1) => (z: number) => number) =>
    integrate(f(1), -far, -edge, 400) + integrate(f(-1), edge, far, 400);

  test("Eq. 33 must have 1/(2σ0): only then is J0 = −2σ0 ∂ζ", () => {
    const zeta = (factor: number) => (z: number) => {
      const [sUp, sDown] = [sigma0 * (1 + beta), sigma0 * (1 - beta)]; // left of the interface
      return (factor / sigma0) * (sUp * (potential(z) + U(z) / 2) + sDown * (potential(z) - U(z) / 2));
    };
    expect((-2 * sigma0 * slope(zeta(0.5), -l)) / J0).toBeCloseTo(1, differencing);
    expect((-2 * sigma0 * slope(zeta(2), -l)) / J0).toBeCloseTo(4, differencing);
  });

  test("Eq. 34's regular part, integrated, is J0 R for both channels", () => {
    // μ_α − eζ = ½(1−β)Δμ and μ_γ − eζ = −½(1+β)Δμ
    const alpha = integrals((side) => (z) => slope((x) => 0.5 * (1 - side * beta) * U(x), z));
    const gamma = integrals((side) => (z) => slope((x) => -0.5 * (1 + side * beta) * U(x), z));
    const expected = J0 * resistance.nonEquilibrium;
    expect(gamma / expected).toBeCloseTo(-1, 3);
    expect(alpha / expected).toBeCloseTo(-1, 3);
  });

  test("Eq. 35 and 36 need +½, with β inside the integral: outside it the integral vanishes", () => {
    const inside = integrals((side) => (z) => side * beta * slope(U, z)) / (2 * J0);
    expect(inside / resistance.nonEquilibrium).toBeCloseTo(1, 3);
    const outside = (-2 * beta * integrals(() => (z) => slope(U, z))) / J0;
    expect(Math.abs(outside)).toBeLessThan(1e-3 * resistance.nonEquilibrium);
    const printed35 = -integrals((side) => (z) => 2 * side * beta * slope(U, z)) / J0;
    expect(printed35 / resistance.nonEquilibrium).toBeCloseTo(-4, 2);
  });
});
