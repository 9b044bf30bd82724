import { describe, expect, it } from "vitest";
import { compileVector } from "../../src/expression/compile.ts";
import type { Expression } from "../../src/expression/expression.ts";
import * as e from "../../src/expression/expression.ts";
import { integrators } from "../../src/integrators/index.ts";
import { drives } from "../../src/physics/drives/index.ts";
import type { Dynamics } from "../../src/physics/dynamics.ts";

/*
 * Schemes under drives whose edges fall between steps, without noise. The judge shares nothing with the schemes: classical Runge–Kutta on
 * dm/dt = m×A from edge to edge in steps of 1/400.
 */

const t = e.variable("t");
const [mx, my, mz] = ["mx", "my", "mz"].map(e.variable);
const alpha = 0.1;

const fieldAlongX = (drive: Expression): Expression => e.mul(-2, drive, mx);
/** Energy and torque of a uniaxial magnet with a drive in its field. */
const magnet = (driven: Expression): Dynamics => {
  const energy = e.sub(e.neg(e.square(mz)), e.mul(0.3, my));
  return {
    psi: e.mul(alpha / 2, e.add(energy, driven)),
    omega: e.mul(0.5, e.add(energy, driven)),
    diffusion: e.constant(0),
  };
};

const pulse = { amplitude: 1, start: 1.033, length: 1.41, rise: 0, fall: 0, base: 0 };
const trapezoid = { amplitude: -0.8, start: 0.713, length: 2.17, rise: 0.31, fall: 0.017, base: 0.1 };
const train = { ...pulse, start: 0.217, length: 0.37, period: 0.713, count: 12 };
const table = { times: [0.31, 0.97, 1.003, 2.9], values: [0, 1, -0.5, 0.4] };
const sine = { mean: 0, amplitude: 0.7, frequency: 0.21, phase: 0.4 };
const step = e.select(e.less(t, 2.2), 0.2, 1);

const cases: Record<string, { dynamics: Dynamics; breakpoints: number[] }> = {
  pulse: {
    dynamics: magnet(fieldAlongX(drives.pulse.expression(pulse, t))),
    breakpoints: drives.pulse.breakpoints(pulse),
  },
  trapezoid: {
    dynamics: magnet(fieldAlongX(drives.pulse.expression(trapezoid, t))),
    breakpoints: drives.pulse.breakpoints(trapezoid),
  },
  train: {
    dynamics: magnet(fieldAlongX(drives.train.expression(train, t))),
    breakpoints: drives.train.breakpoints(train),
  },
  table: {
    dynamics: magnet(fieldAlongX(drives.table.expression(table, t))),
    breakpoints: drives.table.breakpoints(table),
  },
  sine: { dynamics: magnet(fieldAlongX(drives.sine.expression(sine, t))), breakpoints: [] },
  "root of time": { dynamics: magnet(fieldAlongX(e.sqrt(e.add(t, 1)))), breakpoints: [] },
  "product of two pulses that begin together": {
    dynamics: magnet(
      e.mul(
        drives.pulse.expression(pulse, t),
        drives.pulse.expression({ ...pulse, length: 0.9, base: 0.5 }, t),
        fieldAlongX(e.constant(2)),
      ),
    ),
    breakpoints: [pulse.start, pulse.start + 1.41, pulse.start + 0.9],
  },
  "pulse of a strength of anisotropy": {
    dynamics: magnet(e.mul(drives.pulse.expression(pulse, t), e.square(mx))),
    breakpoints: drives.pulse.breakpoints(pulse),
  },
  "choice by time between terms with m": {
    dynamics: magnet(e.select(e.less(t, 2.033), fieldAlongX(e.constant(1)), e.square(e.add(mx, my)))),
    breakpoints: [2.033],
  },
  "choice within a drive": { dynamics: magnet(fieldAlongX(step)), breakpoints: [2.2] },
};

const start = [0.36, 0.48, 0.8];
const duration = 4;

function byRungeKutta({ psi, omega }: Dynamics, breakpoints: readonly number[]): number[] {
  const names = ["mx", "my", "mz"];
  // central differences in place of the program's own derivatives
  const value = [psi, omega].map((f) => compileVector([f], [...names, "t"]));
  const out = new Float64Array(1);
  const gradient = (which: number, m: readonly number[], time: number): number[] =>
    [0, 1, 2].map((i) => {
      const [up, down] = [1e-5, -1e-5].map((d) => {
        const x = m.map((component, k) => component + (k === i ? d : 0));
        value[which](out, 0, ...(x as [number, number, number]), time);
        return out[0];
      });
      return (up - down) / 2e-5;
    });
  const cross = (a: number[], b: number[]): number[] => [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  const slope = (m: number[], time: number): number[] => {
    const precession = cross(m, gradient(1, m, time));
    const relaxation = cross(m, cross(m, gradient(0, m, time)));
    return precession.map((x, i) => x + relaxation[i]);
  };
  let m = [...start];
  const stops = [0, ...breakpoints.filter((x) => x > 0 && x < duration).sort((a, b) => a - b), duration];
  for (let k = 1; k < stops.length; k++) {
    const count = Math.max(1, Math.ceil((stops[k] - stops[k - 1]) * 400));
    const h = (stops[k] - stops[k - 1]) / count;
    for (let i = 0; i < count; i++) {
      // just inside the stretch between two edges
      const inside = (x: number): number =>
        Math.min(Math.max(stops[k - 1] + (i + x) * h, stops[k - 1] + 1e-9), stops[k] - 1e-9);
      const moved = (f: number[], x: number): number[] => m.map((c, j) => c + x * h * f[j]);
      const k1 = slope(m, inside(0));
      const k2 = slope(moved(k1, 0.5), inside(0.5));
      const k3 = slope(moved(k2, 0.5), inside(0.5));
      const k4 = slope(moved(k3, 1), inside(1));
      m = m.map((c, j) => c + (h / 6) * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]));
    }
  }
  return m;
}

function byScheme(
  name: string,
  { dynamics, breakpoints }: (typeof cases)[string],
  steps: number,
): Float64Array {
  const h = duration / steps;
  const scheme = integrators[name].build(dynamics, h, "none", breakpoints);
  const names = ["mx", "my", "mz", "t"];
  const [store, advance, look] = [scheme.stored, scheme.step, scheme.observed].map((of) =>
    compileVector(of, names),
  );
  const m = Float64Array.from(start);
  store(m, 0, m[0], m[1], m[2], 0);
  for (let step = 0; step < steps; step++) advance(m, 0, m[0], m[1], m[2], step * h);
  look(m, 0, m[0], m[1], m[2], duration);
  return m;
}

const known = new Map<string, number[]>();
const error = (name: string, drive: string, steps: number): number => {
  const exact = known.get(drive) ?? byRungeKutta(cases[drive].dynamics, cases[drive].breakpoints);
  known.set(drive, exact);
  const found = byScheme(name, cases[drive], steps);
  return Math.hypot(...exact.map((x, i) => x - found[i]));
};

it("the fourth order of the drift is that of drives without edges too", () => {
  for (const drive of ["sine", "root of time"])
    expect(Math.log2(error("magnus", drive, 20) / error("magnus", drive, 40))).toBeGreaterThan(3.5);
});

describe.each(Object.keys(cases))("%s", (drive) => {
  it.each([
    ["splitting", 0.1],
    ["magnus", 0.002],
  ])("%s is of second order or better with edges anywhere", (name, most) => {
    // edges lie differently in each division: the worst of several each
    const worst = (divisions: readonly number[]): number =>
      Math.max(...divisions.map((n) => error(name, drive, n)));
    const [coarse, fine] = [worst([20, 21, 22, 23]), worst([80, 83, 86, 89])];
    expect(coarse).toBeLessThan(most);
    expect(Math.log2(coarse / fine) / 2).toBeGreaterThan(1.8);
  });
});
