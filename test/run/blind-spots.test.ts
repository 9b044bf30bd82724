import { describe, expect, it } from "vitest";
import { parityIn } from "../../src/expression/parity.ts";
import { parse } from "../../src/expression/parse.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { blindSpots } from "../../src/run/blind-spots.ts";
import { predictionOf, readProblem } from "../../src/run/run.ts";

function untested(changes: object): string[] {
  const problem = readProblem({
    magnet: { delta: 2, alpha: 0.3 },
    energies: [{ type: "uniaxial", Ku1: 1 }],
    initial: { type: "boltzmann" },
    ensemble: 1000,
    time: { duration: 4 },
    observables: [{ type: "moments", times: 1 }],
    ...changes,
  });
  const prediction = predictionOf(problem);
  if (prediction.value === null) throw new Error(prediction.reason);
  return blindSpots(problem, prediction.value).map((spot) => spot.untested);
}

const oblique = [
  { type: "uniaxial", Ku1: 1 },
  { type: "zeeman", B_ext: [0.3, 0, 0.1] },
];
const up = { type: "direction", m: [0, 0, 1] };
const aslant = { type: "direction", m: [0.6, 0, 0.8] };

describe("blind spots", () => {
  it("are damping and precession where an equilibrium is looked at now and then", () => {
    expect(untested({})).toEqual(["damping", "precession"]);
    expect(untested({ energies: oblique })).toEqual(["damping", "precession"]);
  });

  it("are precession alone where all turns about one axis", () => {
    expect(untested({ initial: up })).toEqual(["precession"]);
    expect(untested({ initial: aslant, observables: [{ type: "histogram", of: "mz", bins: 8 }] })).toEqual([
      "precession",
    ]);
    const dwell = { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" };
    expect(untested({ observables: [dwell] })).toEqual(["precession"]);
    expect(untested({ observables: [{ type: "spectrum", of: "mz", sampleEvery: 0.5 }] })).toEqual([
      "precession",
    ]);
  });

  it("are the sense of precession in the spectrum of an equilibrium, on the axis and off it", () => {
    const observables = [{ type: "spectrum", of: "mx", sampleEvery: 0.5 }];
    expect(untested({ observables })).toEqual(["sense of precession"]);
    expect(untested({ energies: oblique, observables })).toEqual(["sense of precession"]);
  });

  it("are the sense of precession where all is its own mirror image", () => {
    // easy axis, field and start in the plane of x and z: y → −y reverses precession and nothing that is recorded
    const observables = [{ type: "firstPassage", until: "mz < -0.2" }];
    expect(untested({ energies: oblique, initial: up, observables })).toEqual([
      "sense of precession",
      "azimuth",
    ]);
    expect(
      untested({ energies: oblique, initial: { type: "direction", m: [0, 0.6, 0.8] }, observables }),
    ).toEqual([]);
  });

  it("are the azimuth of a field or a torque that alone breaks an axis, where figures turn about it", () => {
    const histogram = (of: string) => [{ type: "histogram", of, bins: 8 }];
    expect(untested({ energies: oblique, observables: histogram("mz") })).toContain("azimuth");
    expect(untested({ energies: oblique, observables: histogram("mx") })).not.toContain("azimuth");
    expect(untested({ energies: oblique })).not.toContain("azimuth");
    expect(untested({ energies: oblique, initial: aslant, observables: histogram("mz") })).not.toContain(
      "azimuth",
    );
    const torques = [{ type: "spinTransfer", dampingLike: 0.1, polarizer: [0.6, 0, 0.8] }];
    expect(untested({ torques, initial: up, observables: histogram("mz") })).toContain("azimuth");
    // two directions are tested against each other
    expect(untested({ energies: oblique, torques, observables: histogram("mz") })).not.toContain("azimuth");
  });

  it("are named where the well of the start is there by the term that breaks the axis", () => {
    // without the field m is the summit of an easy plane
    const energies = [
      { type: "uniaxial", Ku1: -1, anisU: [0.5, 0.3, 0.8] },
      { type: "zeeman", B_ext: [0.05, 0, 0.3] },
    ];
    expect(untested({ energies, initial: { type: "well", m: [0.5, 0.3, 0.8] } })).toEqual([
      "damping",
      "precession",
    ]);
  });

  it("are none in the moments of a transient off the axis", () => {
    expect(untested({ initial: aslant })).toEqual([]);
    expect(untested({ energies: oblique, initial: up })).toEqual([]);
    const torques = [{ type: "spinTransfer", dampingLike: 0.1, polarizer: [0.6, 0, 0.8] }];
    expect(untested({ torques })).toEqual([]);
  });

  it("claim what the exact side shows: reversed precession leaves the named figures as they are", () => {
    const experiment = {
      magnet: { delta: 2, alpha: 0.3 },
      energies: oblique,
      initial: up,
      time: { duration: 4 },
      observables: [{ type: "histogram", of: "mz", bins: 8 }],
    };
    expect(untested(experiment)).toEqual(["sense of precession", "azimuth"]);
    const problem = readProblem(experiment);
    const [planned] = problem.observables;
    const omega = { kind: "apply", operator: "neg", operands: [problem.dynamics.omega] } as const;
    const [right, reversed] = [problem, { ...problem, dynamics: { ...problem.dynamics, omega } }].map(
      (one) => {
        const density = predictionOf(one).value?.densities([one.steps]).value?.[0];
        if (!density || !planned.binning) throw new Error("no density");
        return { bins: demand(density.probabilities(planned.binning)), m: density.m };
      },
    );
    right.bins.forEach((p, b) => expect(reversed.bins[b]).toBeCloseTo(p, 8));
    // the mirror image: y turns over, and is far from zero
    expect(Math.abs(right.m[1])).toBeGreaterThan(0.01);
    expect(reversed.m[1]).toBeCloseTo(-right.m[1], 8);
  });
});

describe("parity", () => {
  const of = (text: string) => parityIn(parse(text, { names: ["t"] }), "my");
  it("is read from the form", () => {
    expect(of("mx*mz + 3")).toBe("even");
    expect(of("my^2*mx")).toBe("even");
    expect(of("my*mx*mz")).toBe("odd");
    expect(of("sin(my)*cos(my)/mz")).toBe("odd");
    expect(of("exp(my^2) + abs(my)")).toBe("even");
    expect(of("my + 1")).toBeUndefined();
    expect(of("exp(my)")).toBeUndefined();
    expect(of("phi")).toBe("odd");
  });
});
