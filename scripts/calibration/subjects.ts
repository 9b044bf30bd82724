import { mul } from "../../src/expression/expression.ts";
import type { Experiment, Solved } from "./spoiled.ts";
import { changed, solved } from "./spoiled.ts";

type Observable = "moments" | "histogram" | "firstPassage" | "dwell" | "spectrum";

/** An experiment with one observable whose power is computed. */
export interface Subject {
  readonly name: string;
  readonly experiment: Experiment;
  readonly observable: Observable;
}

const torque = (turn = 0) => {
  const angle = (50 * Math.PI) / 180 + turn;
  return {
    type: "spinTransfer",
    dampingLike: 0.15,
    fieldLike: 0.06,
    polarizer: [Math.sin(angle), 0, Math.cos(angle)],
  };
};
const easy = { type: "uniaxial", Ku1: 1 };
const field = { type: "zeeman", B_ext: [0, 0, 0.1] };
const oblique = { type: "zeeman", B_ext: [0.2, 0, 0.1] };
const boltzmann = { type: "boltzmann" };
const up = { type: "direction", m: [0, 0, 1] };
const aslant = { type: "direction", m: [0.8, 0, 0.6] };

const one = (
  name: string,
  observable: Observable,
  asked: object,
  [delta, alpha, duration]: readonly [number, number, number],
  energies: readonly object[],
  initial: object,
  torques: readonly object[] = [],
): Subject => ({
  name,
  observable,
  experiment: {
    magnet: { delta, alpha },
    energies,
    torques,
    initial,
    time: { duration },
    observables: [{ type: observable, ...asked }],
  },
});

const histogram = (of: string) => ({ of, bins: 24 });
const once = { times: 1 };

export const subjects: readonly Subject[] = [
  one("equilibrium, axial", "moments", once, [4, 0.1, 10], [easy, field], boltzmann),
  one("equilibrium, oblique", "moments", once, [4, 0.1, 10], [easy, oblique], boltzmann),
  one("equilibrium, axial", "histogram", histogram("mz"), [4, 0.1, 10], [easy, field], boltzmann),
  one("relaxation from +z", "moments", once, [4, 0.1, 30], [easy, field], up),
  one("relaxation from +z", "histogram", histogram("mz"), [4, 0.1, 30], [easy, field], up),
  one("ringing from 53° to z, at t = 10", "moments", once, [10, 0.05, 10], [easy, field], aslant),
  one(
    "ringing from 53° to z, at t = 10",
    "histogram",
    histogram("mz"),
    [10, 0.05, 10],
    [easy, field],
    aslant,
  ),
  one(
    "ringing from 53° to z, at t = 10",
    "histogram",
    histogram("phi"),
    [10, 0.05, 10],
    [easy, field],
    aslant,
  ),
  one("oblique torque, at t = 20", "moments", once, [2.5, 0.2, 20], [easy, field], up, [torque()]),
  one("oblique torque, at t = 20", "histogram", histogram("mz"), [2.5, 0.2, 20], [easy, field], up, [
    torque(),
  ]),
  one("passage of z < −1/2", "firstPassage", { until: "mz < -0.5" }, [4, 0.1, 100], [easy, field], up),
  one(
    "dwell at ±1/2",
    "dwell",
    { up: "mz > 0.5", down: "mz < -0.5" },
    [3, 0.1, 300],
    [easy, field],
    boltzmann,
  ),
  one("of mz, axial", "spectrum", { of: "mz", sampleEvery: 1 }, [3, 0.1, 300], [easy, field], boltzmann),
  one("of mx, axial", "spectrum", { of: "mx", sampleEvery: 0.5 }, [10, 0.05, 300], [easy, field], boltzmann),
];

/** A reversal (amount null) or a change by a relative amount; undefined if there is nothing to change. */
export interface Spoiling {
  readonly name: string;
  readonly amount: number | null;
  readonly change: (right: Solved) => Solved | undefined;
}

type Magnet = { readonly delta: number; readonly alpha: number };
const small = 0.02;

const magnet = (name: string, of: (magnet: Magnet) => object): Spoiling => ({
  name,
  amount: small,
  change: (right) =>
    changed(right, (experiment) => ({
      ...experiment,
      magnet: { ...(experiment.magnet as object), ...of(experiment.magnet as Magnet) },
    })),
});

const torqueChange = (
  name: string,
  of: (torque: { dampingLike: number; fieldLike: number; polarizer: number[] }) => object,
): Spoiling => ({
  name,
  amount: small,
  change: (right) => {
    const torques = right.experiment.torques as Parameters<typeof of>[0][];
    if (torques.length === 0) return undefined;
    return changed(right, (experiment) => ({
      ...experiment,
      torques: torques.map((entry) => ({ ...entry, ...of(entry) })),
    }));
  },
});

export const spoilings: readonly Spoiling[] = [
  magnet("temperature (or 1/volume)", ({ delta }) => ({ delta: delta / (1 + small) })),
  magnet("damping", ({ alpha }) => ({ alpha: alpha * (1 + small) })),
  {
    name: "field",
    amount: small,
    change: (right) =>
      changed(right, (experiment) => ({
        ...experiment,
        energies: (experiment.energies as { B_ext?: number[] }[]).map((entry) =>
          entry.B_ext ? { ...entry, B_ext: entry.B_ext.map((x) => x * (1 + small)) } : entry,
        ),
      })),
  },
  torqueChange("torque", ({ dampingLike, fieldLike }) => ({
    dampingLike: dampingLike * (1 + small),
    fieldLike: fieldLike * (1 + small),
  })),
  torqueChange("field-like torque", ({ fieldLike }) => ({ fieldLike: fieldLike * (1 + small) })),
  // 2 % of a radian
  torqueChange("torque's direction (rad)", () => torque(small)),
  {
    name: "precession",
    amount: small,
    change: ({ experiment, problem }) =>
      solved(experiment, {
        ...problem,
        dynamics: { ...problem.dynamics, omega: mul(1 + small, problem.dynamics.omega) },
      }),
  },
  {
    name: "precession reversed",
    amount: null,
    change: ({ experiment, problem }) =>
      solved(experiment, {
        ...problem,
        dynamics: { ...problem.dynamics, omega: mul(-1, problem.dynamics.omega) },
      }),
  },
];
