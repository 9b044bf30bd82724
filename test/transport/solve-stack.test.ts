import { describe, expect, test } from "vitest";
import { cobaltCopperCobalt } from "../../src/transport/example-stack.ts";
import { solveStack } from "../../src/transport/solve-stack.ts";
import type { StackInput } from "../../src/transport/stack-schema.ts";
import { integrate } from "./gauss.ts";

/** The solver is exact: what is left are a few roundings in sums of like size. */
const exactly = 1e-12;
const near = (value: number, expected: number, relative = exactly) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));

const cobalt = { rhoStar: 75e-9, asymmetry: 0.46, diffusionLength: 60e-9 };
const copper = { rhoStar: 6e-9, diffusionLength: 450e-9 };
const plane = { areaResistance: 0.51e-15, asymmetry: 0.77 };
const J0 = 1e11;
/** Valet and Fert's r_F = ρ*l and so on, Ω m². */
const [beta, rF, rN, rb, gamma] = [0.46, 75e-9 * 60e-9, 6e-9 * 450e-9, 0.51e-15, 0.77];

describe("closed forms", () => {
  test("an interface between a ferromagnet and a normal metal has the polarization and resistance of Fert and Jaffrès, Phys. Rev. B 64, 184420 (2001)", () => {
    const { planes, resistance } = solveStack({
      layers: [],
      interfaces: [plane],
      leads: { left: cobalt, right: copper },
      currentDensity: J0,
    });
    near(planes[0].spinCurrent / J0, (beta * rF + gamma * rb) / (rF + rN + rb));
    near(
      resistance.nonEquilibrium,
      (rN * (beta ** 2 * rF + gamma ** 2 * rb) + rF * rb * (beta - gamma) ** 2) / (rF + rN + rb),
    );
    near(resistance.ohmic, rb * (1 - gamma ** 2));
  });

  test("Valet and Fert's single interface between antiparallel half spaces has Δμ(0) = βJ0el/(σ0(1−β²)) and R = 2β²ρ*l", () => {
    const down = { ...cobalt, magnetization: "down" } as const;
    const { accumulation, spinCurrent, resistance } = solveStack({
      layers: [],
      leads: { left: cobalt, right: down },
      currentDensity: J0,
    });
    near(accumulation(0), beta * J0 * 2 * rF);
    near(accumulation(60e-9), (beta * J0 * 2 * rF) / Math.E);
    near(accumulation(-120e-9), (beta * J0 * 2 * rF) / Math.E ** 2);
    expect(Math.abs(spinCurrent(0))).toBeLessThan(exactly * J0);
    near(spinCurrent(-60e-9), beta * J0 * (1 - 1 / Math.E));
    near(resistance.nonEquilibrium, 2 * beta ** 2 * rF);
  });

  test("a bilayer of a ferromagnetic film and a normal half space has Δμ(0) = 2ρ*l·tanh(t/l)·(βJ0 − δJ)", () => {
    const t = 25e-9;
    const { accumulation, spinCurrent, resistance } = solveStack({
      layers: [{ ...cobalt, thickness: t }],
      leads: { left: { contact: "ideal" }, right: copper },
      currentDensity: J0,
    });
    const film = rF * Math.tanh(t / 60e-9);
    const polarization = (beta * film) / (film + rN);
    near(spinCurrent(t) / J0, polarization);
    near(accumulation(t), 2 * rN * polarization * J0);
    near(accumulation(t), 2 * film * (beta - polarization) * J0);
    near(resistance.nonEquilibrium, beta * polarization * rN);
  });

  test.each(["up", "down"] as const)(
    "a symmetric trilayer with its second magnet %s has the accumulation of its even or odd half",
    (magnetization) => {
      const t = 200e-9;
      const { accumulation, spinCurrent, resistance } = solveStack({
        layers: [{ ...copper, thickness: t }],
        interfaces: [plane, plane],
        leads: { left: cobalt, right: { ...cobalt, magnetization } },
        currentDensity: J0,
      });
      // by symmetry Δμ (parallel) or δJ (antiparallel) vanishes in the middle: half the normal metal is a load
      const half = Math.tanh(t / (2 * 450e-9));
      const load = magnetization === "up" ? rN * half : rN / half;
      const polarization = (beta * rF + gamma * rb) / (rF + rb + load);
      near(spinCurrent(0) / J0, polarization);
      near(accumulation(0), 2 * load * polarization * J0);
      const oneInterface =
        (load * (beta ** 2 * rF + gamma ** 2 * rb) + rF * rb * (beta - gamma) ** 2) / (rF + load + rb);
      near(resistance.nonEquilibrium, 2 * oneInterface);
    },
  );

  test("the symmetric trilayer's R_AP − R_P is that of Fert and Jaffrès", () => {
    const t = 200e-9;
    const total = (magnetization: "up" | "down") =>
      solveStack({
        layers: [{ ...copper, thickness: t }],
        interfaces: [plane, plane],
        leads: { left: cobalt, right: { ...cobalt, magnetization } },
      }).resistance.total;
    const x = t / 450e-9;
    const closed =
      (2 * (beta * rF + gamma * rb) ** 2) /
      ((rb + rF) * Math.cosh(x) + (rN / 2) * (1 + ((rb + rF) / rN) ** 2) * Math.sinh(x));
    near(total("down") - total("up"), closed, 1e-11);
  });
});

describe("conservation", () => {
  const valve = (currentDensity = J0): StackInput => ({
    ...cobaltCopperCobalt,
    currentDensity,
    leads: { contact: "ideal" },
    layers: [
      { name: "polarizer", thickness: 40e-9, ...cobalt },
      { name: "spacer", thickness: 20e-9, ...copper },
      { name: "free", thickness: 12e-9, ...cobalt, magnetization: "down" },
    ],
  });

  test("what is dissipated in layers and planes adds up to J0² R", () => {
    const { dissipation, planes, resistance } = solveStack(valve());
    const edges = planes.map((entry) => entry.position);
    const inLayers = edges.slice(1).map((end, k) => integrate(dissipation, edges[k], end - 1e-18, 20));
    const inPlanes = planes.map((entry) => entry.dissipation);
    const total = [...inLayers, ...inPlanes].reduce((sum, value) => sum + value, 0);
    near(total, J0 ** 2 * resistance.total, 1e-9); // the layers stop 1e-18 m short of their right planes
  });

  test("semi-infinite leads dissipate the rest", () => {
    const solution = solveStack({
      layers: [
        { ...copper, thickness: 30e-9 },
        { ...cobalt, thickness: 12e-9 },
      ],
      interfaces: [plane, plane, { areaResistance: 0.2e-15, asymmetry: -0.3, magnet: "right" }],
      leads: { ...cobalt, magnetization: "down" },
      currentDensity: J0,
    });
    const { dissipation, planes, resistance } = solution;
    const edges = planes.map((entry) => entry.position);
    const atRest = J0 ** 2 * 75e-9 * (1 - 0.46 ** 2);
    const excess = (z: number) => dissipation(z) - atRest;
    const far = 30 * 60e-9;
    const total =
      integrate(excess, -far, -1e-18, 400) +
      integrate(excess, edges[2], edges[2] + far, 400) +
      edges.slice(1).reduce((sum, end, k) => sum + integrate(dissipation, edges[k], end - 1e-18, 20), 0) +
      planes.reduce((sum, entry) => sum + entry.dissipation, 0);
    near(total, J0 ** 2 * resistance.total, 1e-9);
    near(solution.voltage, J0 * resistance.total);
  });

  test("each channel obeys its own Ohm's law in the layers and at the planes", () => {
    const { potential, accumulation, currentUp, currentDown, planes } = solveStack(valve());
    // Ohm's law of each channel alone, from the potentials: μ_α/e = potential ± Δμ/2e
    const sigmaUp = (1 / (2 * 75e-9 * (1 - 0.46 ** 2))) * (1 + 0.46);
    const sigmaDown = (1 / (2 * 75e-9 * (1 - 0.46 ** 2))) * (1 - 0.46);
    const h = 1e-13;
    const slope = (f: (z: number) => number, z: number) => (f(z + h) - f(z - h)) / (2 * h);
    const differencing = 1e-6; // rounding of the potentials over 2h
    for (const z of [3e-9, 17e-9, 39e-9]) {
      near(-sigmaUp * slope((x) => potential(x) + accumulation(x) / 2, z), currentUp(z), differencing);
      near(-sigmaDown * slope((x) => potential(x) - accumulation(x) / 2, z), currentDown(z), differencing);
    }
    for (const { position, spinCurrent } of planes.slice(1, 3)) {
      const [rUp, rDown] = [2 * rb * (1 - gamma), 2 * rb * (1 + gamma)];
      const down = position > 50e-9; // the plane at the free layer follows its magnetization
      const before = position - 1e-20;
      const drop = (sign: 1 | -1) =>
        potential(before) -
        potential(position) +
        (sign * (accumulation(before) - accumulation(position))) / 2;
      near(drop(1), ((J0 + spinCurrent) / 2) * (down ? rDown : rUp), 1e-8);
      near(drop(-1), ((J0 - spinCurrent) / 2) * (down ? rUp : rDown), 1e-8);
    }
  });

  test("a stack seen from behind has the same resistance and mirrored fields", () => {
    const forth = solveStack(valve());
    const back = solveStack({ ...valve(-J0), layers: valve().layers.toReversed() });
    near(back.resistance.total, forth.resistance.total);
    near(back.accumulation(72e-9 - 10e-9), forth.accumulation(10e-9), 1e-10);
    near(back.spinCurrent(72e-9 - 10e-9), -forth.spinCurrent(10e-9), 1e-10);
  });
});

describe("extremes", () => {
  test("layers a thousand diffusion lengths thick do not overflow and part the magnets", () => {
    const solution = solveStack({
      layers: [
        { ...cobalt, thickness: 6e-5 },
        { ...copper, thickness: 4.5e-4 },
        { ...cobalt, thickness: 6e-5, magnetization: "down" },
      ],
      interfaces: [plane, plane],
      leads: copper,
      currentDensity: J0,
    });
    const { z, ...fields } = solution.profile(101);
    expect(z).toHaveLength(303);
    for (const values of [fields.accumulation, fields.currentUp, fields.dissipation, fields.potential])
      expect(values.every(Number.isFinite)).toBe(true);
    const single = (interfaceResistance: number, asymmetry: number) =>
      (rN * (beta ** 2 * rF + asymmetry ** 2 * interfaceResistance) +
        rF * interfaceResistance * (beta - asymmetry) ** 2) /
      (rF + rN + interfaceResistance);
    // four interfaces that know nothing of each other: two transparent at the leads, two with resistance
    near(solution.resistance.nonEquilibrium, 2 * single(0, 0) + 2 * single(rb, gamma));
  });

  test("a layer of a picometre changes nothing but its ohmic resistance", () => {
    const stack = (thickness: number): StackInput => ({
      layers: [
        { ...cobalt, thickness: 8e-9 },
        { ...copper, thickness },
      ],
      leads: copper,
    });
    const thin = solveStack(stack(1e-12)).resistance.nonEquilibrium;
    const thinner = solveStack(stack(1e-18)).resistance.nonEquilibrium;
    near(thin, thinner, 1e-5); // t/l and 2ρ*t/r are about 1e-9 and 1e-6
  });

  test("the spin-flip coefficient L gives the diffusion length of Eq. 38", () => {
    const e = 1.602176634e-19;
    const sigma0 = 1 / (2 * 75e-9 * (1 - 0.46 ** 2));
    const L = (sigma0 * (1 - 0.46 ** 2)) / (2 * e * 60e-9 ** 2);
    const { diffusionLength: _, ...rest } = cobalt;
    const viaL = solveStack({
      layers: [{ ...rest, spinFlipCoefficient: L, thickness: 9e-9 }],
      leads: copper,
    });
    const viaLength = solveStack({ layers: [{ ...cobalt, thickness: 9e-9 }], leads: copper });
    near(viaL.resistance.total, viaLength.resistance.total);
  });

  test("the four ways to give a resistivity agree", () => {
    const rhoStar = 75e-9;
    const resistivity = rhoStar * (1 - 0.46 ** 2);
    const ways = [
      { rhoStar },
      { resistivity },
      { conductivity: 1 / resistivity },
      { meanConductivity: 1 / (2 * resistivity) },
    ];
    const totals = ways.map(
      (way) =>
        solveStack({
          layers: [{ ...way, asymmetry: 0.46, diffusionLength: 60e-9, thickness: 9e-9 }],
          leads: copper,
        }).resistance.total,
    );
    for (const total of totals) near(total, totals[0]);
  });
});
