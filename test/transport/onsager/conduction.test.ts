import { describe, expect, test } from "vitest";
import { fourier, ohm, thermoelectric } from "../../../src/transport/onsager/conduction.ts";
import {
  separateChannels,
  transverseAccumulation,
  twoChannel,
  twoChannelWithHeat,
} from "../../../src/transport/onsager/two-channel.ts";

const e = 1.602176634e-19;
const digits = 12;
const near = (value: number, expected: number) => expect(value / expected).toBeCloseTo(1, digits);

describe("one conductor", () => {
  test("Ohm's law dissipates σE²", () => {
    const system = ohm({ conductivity: 6e7 });
    expect(system.fluxes({ field: 0.1 })).toEqual({ current: 6e6 });
    near(system.dissipatedPower({ field: 0.1 }), 6e7 * 0.01);
  });

  test("Fourier's law has κT beside T∂(1/T), the force of Eq. 3", () => {
    const [kappa, T, slope] = [400, 300, 1e6];
    const system = fourier({ thermalConductivity: kappa, temperature: T });
    const heatForce = -slope / T;
    near(system.fluxes({ heatForce }).heatCurrent, -kappa * slope);
    near(system.dissipatedPower({ heatForce }), (kappa * slope ** 2) / T);
  });

  describe("with thermoelectric coupling", () => {
    const [sigma, S, kappa, T] = [1e7, -30e-6, 20, 300];
    const system = thermoelectric({
      conductivity: sigma,
      seebeck: S,
      thermalConductivity: kappa,
      temperature: T,
    });

    test("the field at zero current is S∂T and the heat then −κ∂T", () => {
      const slope = 2e5;
      const open = system.fluxes({ field: S * slope, heatForce: -slope / T });
      expect(Math.abs(open.current)).toBeLessThan(1e-9 * sigma * Math.abs(S) * slope);
      near(open.heatCurrent, -kappa * slope);
    });

    test("the Peltier heat at uniform temperature is TS times the current", () => {
      const { current, heatCurrent } = system.fluxes({ field: 3 });
      near(heatCurrent / current, T * S);
    });

    test("obeys the second law and reciprocity", () => {
      expect(system.secondLaw().holds).toBe(true);
      expect(system.reciprocity().holds).toBe(true);
    });
  });
});

describe("two channels", () => {
  const parameters = { meanConductivity: 5e6, asymmetry: 0.46, spinFlipCoefficient: 1e34 };
  // potentials' gradients over e (V/m) and accumulation (V), any values
  const [up, down, accumulation] = [-3, 1.5, 2e-5];
  const apart = separateChannels(parameters);
  const together = twoChannel(parameters);
  const apartForces = { fieldUp: -up, fieldDown: -down, accumulation };
  const togetherForces = { accumulationField: -(up - down) / 2, meanField: -(up + down) / 2, accumulation };

  test("apart and as sum and difference give the same fluxes", () => {
    const a = apart.fluxes(apartForces);
    const b = together.fluxes(togetherForces);
    near(b.spinCurrent, a.currentUp - a.currentDown);
    near(b.wholeCurrent, a.currentUp + a.currentDown);
    near(b.spinFlip, a.spinFlip);
    near(a.spinFlip, e * 1e34 * accumulation);
  });

  test("apart and as sum and difference dissipate the same power", () => {
    near(together.dissipatedPower(togetherForces), apart.dissipatedPower(apartForces));
  });

  test("obey the second law up to the bound |β| = 1 and reciprocity", () => {
    for (const asymmetry of [0, 0.46, -0.99]) {
      const { margin, holds } = twoChannel({ ...parameters, asymmetry }).secondLaw();
      expect(holds).toBe(true);
      expect(margin).toBeCloseTo(1 - Math.abs(asymmetry), digits);
    }
    expect(together.reciprocity().holds).toBe(true);
  });

  test("with heat give the pooled Seebeck coefficient S̄ + ½βΔS at zero current of each channel together", () => {
    const T = 300;
    const system = twoChannelWithHeat({
      ...parameters,
      seebeck: -20e-6,
      seebeckDifference: 8e-6,
      thermalConductivityUp: 12,
      thermalConductivityDown: 9,
      temperature: T,
    });
    const slope = 1e5;
    const field = (-20e-6 + 0.5 * 0.46 * 8e-6) * slope; // in a bulk without accumulation both fields are one
    const forces = { fieldUp: field, fieldDown: field, heatForceUp: -slope / T, heatForceDown: -slope / T };
    const { currentUp, currentDown } = system.fluxes(forces);
    expect(Math.abs(currentUp + currentDown)).toBeLessThan(1e-12 * Math.abs(currentUp));
    expect(currentUp).not.toBe(0);
    expect(system.secondLaw().holds).toBe(true);
    expect(system.reciprocity().holds).toBe(true);
  });

  test("with transverse accumulation treat all directions of spin alike in a metal without magnetization", () => {
    const system = transverseAccumulation({ ...parameters, asymmetry: 0, transverseConductivity: 5e6 });
    const power = (angle: number) =>
      system.dissipatedPower({
        accumulationField: 2 * Math.cos(angle),
        transverseField: 2 * Math.sin(angle),
      });
    for (const angle of [0.3, 1, Math.PI / 2]) near(power(angle), power(0));
    expect(system.reciprocity().holds).toBe(true);
  });
});

describe("bad parameters", () => {
  test("are all told, with rule and value", () => {
    expect(() => twoChannel({ meanConductivity: -1, asymmetry: 1, spinFlipCoefficient: 0 })).toThrow(
      "meanConductivity must be > 0, got -1\n" +
        "asymmetry must be in (-1, 1), got 1\n" +
        "spinFlipCoefficient must be > 0, got 0",
    );
    expect(() => ohm({ conductivity: Number.NaN })).toThrow(
      new RangeError("conductivity must be > 0, got NaN"),
    );
    expect(() => fourier({ thermalConductivity: 1 } as never)).toThrow(
      "temperature must be > 0, got undefined",
    );
  });

  test("an unknown force is refused with the known ones", () => {
    expect(() => ohm({ conductivity: 1 }).fluxes({ filed: 1 })).toThrow("filed must be one of field");
  });
});
