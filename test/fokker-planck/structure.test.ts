import { describe, expect, it } from "vitest";
import { constant } from "../../src/expression/expression.ts";
import { parse } from "../../src/expression/parse.ts";
import { sharedAxis, turnsAbout } from "../../src/fokker-planck/axis.ts";
import { isEquilibrium } from "../../src/fokker-planck/equilibrium.ts";
import type { Dynamics } from "../../src/physics/dynamics.ts";

const typed = (text: string) => parse(text, { names: ["t"] });
const dynamics = (psi: string, omega = psi): Dynamics => ({
  psi: typed(psi),
  omega: typed(omega),
  diffusion: constant(0.1),
});
const u = "(0.36*mx + 0.48*my + 0.8*mz)";

describe("a common axis", () => {
  it.each([
    ["-mz^2 + 0.3*mz", [0, 0, 1]],
    ["mx^2 + my^2", [0, 0, 1]],
    ["mx^2 + my^2 + 1.7*mz^2 + 3", [0, 0, 1]],
    [`-${u}^2 + 0.1*${u}^4 - ${u}`, [0.36, 0.48, 0.8]],
    [`log1p(0.3*${u}) - ${u}^2`, [0.36, 0.48, 0.8]],
    ["exp(-((mx - 0.3)/0.002)^2)*mx + my^2 + mz^2", [1, 0, 0]],
    ["-cos(theta)^2 + theta^2", [0, 0, 1]],
    ["-mz^2 + 0.3*sin(t)*mz", [0, 0, 1]],
    ["-mz^2 + max(0, -1 - t)*mx", [0, 0, 1]],
    ["-mz^2 + (t - t)*mx + (2*sin(t) - sin(t) - sin(t))*my", [0, 0, 1]],
    ["7", [0, 0, 1]],
  ])("of %s", (psi, axis) => {
    expect(sharedAxis(dynamics(psi))).toEqual(axis.map((x) => expect.closeTo(x, 13)));
  });

  it.each([
    "-mz^2 + 0.4*exp(-((t - 20)/2)^2)*mx",
    "-mz^2 + max(0, t - 100)*1e-3*mx",
    "-mz^2 + 1e-9*exp(-((t - 3141.5)/1e-6)^2)*my",
    "-mz^2 + floor(t/1e3)*mx",
    "-(mz*cos(1e-9*t) + mx*sin(1e-9*t))^2",
    "-mz^2 + sin(2*pi*t)*sin(7*pi*t)*mx",
    "-mz^2 + 1e-3*mx*my",
    "exp(mz) + exp(mx)",
  ])("is not seen in %s", (psi) => {
    expect(sharedAxis(dynamics(psi))).toBeUndefined();
    expect(sharedAxis(dynamics("-mz^2", psi))).toBeUndefined();
  });

  it("may be any axis where there is no direction", () => {
    expect(turnsAbout([typed("mx^2 + my^2 + mz^2"), constant(3)], [0.6, 0.8, 0])).toBe(true);
    expect(turnsAbout([typed("mx^2 + my^2")], [0.6, 0.8, 0])).toBe(false);
  });
});

describe("equilibrium", () => {
  it.each([
    ["0.1*(mx*my - mz^2)", "mx*my - mz^2"],
    ["0.1*(exp(mx*my) + mz)", "exp(mx*my) + mz"],
    ["-mz^2 + 0.4*mz", "3*mz - log1p(mz/2)"],
    ["-mz^2 + 10*mx^2", "mz^2 - 10*mx^2 + 5"],
    ["0", "mx*my"],
    ["0.2*(-mz^2 + mx^2) + 0.1", "-mz^2 + mx^2"],
  ])("with Ψ = %s and Ω = %s", (psi, omega) => {
    expect(isEquilibrium(dynamics(psi, omega))).toBe(true);
  });
  it.each([
    ["0.1*(mx^2 - mz^2) + 0.01*mx", "mx^2 - mz^2"],
    ["-mz^2 + 0.2*mx", "-mz^2 + 0.2*my"],
    ["0.1*exp(mx*my) + 1e-6*mz", "exp(mx*my)"],
  ])("not with Ψ = %s and Ω = %s", (psi, omega) => {
    expect(isEquilibrium(dynamics(psi, omega))).toBe(false);
  });
});
