const alpha = 0.1;

/** A spin torque along the axis, as a multiple of the critical one. */
export const current = (overCritical: number): object => ({
  torques: [{ type: "spinTransfer", dampingLike: overCritical * alpha, fieldLike: 0, polarizer: [0, 0, 1] }],
});

/** A magnet with one axis in reduced units, in equilibrium in its upper well; ten units are one relaxation time. */
export const experiment = (delta: number, duration: number, observable: object, more: object = {}) => ({
  magnet: { delta, alpha },
  energies: [{ type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] }],
  initial: { type: "well", m: [0, 0, 1] },
  ensemble: 1_000_000,
  seed: 1,
  time: { duration },
  observables: [{ type: "rareEvent", ...observable }],
  ...more,
});

/** The event, and its exact value if it is known without the exact side. */
export interface Case {
  readonly name: string;
  readonly written: ReturnType<typeof experiment>;
  readonly truth?: number;
}

const error = { event: "mz > 0" };
/** Δ = 40 after twelve relaxation times under twice the critical torque. */
export const typical: Required<Case> = {
  name: "Δ = 40, t = 12 τ_D",
  written: experiment(40, 120, error, current(2)),
  truth: 9.3892085e-10,
};

export const writeErrors: readonly Case[] = (
  [
    [60, 12, 1.52269265e-9],
    [60, 16, 4.79361447e-13],
    [60, 20, 1.50908587e-16],
    [40, 12, 9.3892085e-10],
    [40, 16, 2.869566e-13],
  ] as const
).map(([delta, times, truth]) => ({
  name: `Δ = ${delta}, t = ${times} τ_D`,
  written: experiment(delta, 10 * times, error, current(2)),
  truth,
}));

const until = { until: "mz < -0.5" };

export const escapes: readonly Case[] = [
  ...[20, 40, 60].map((delta) => ({ name: `escape, Δ = ${delta}`, written: experiment(delta, 20, until) })),
  { name: "escape, Δ = 40, half the critical current", written: experiment(40, 20, until, current(0.5)) },
];

export const oblique: Case = {
  name: "escape, Δ = 15, oblique field",
  written: experiment(15, 20, until, {
    energies: [
      { type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] },
      { type: "zeeman", B_ext: [0.1, 0, -0.1] },
    ],
  }),
};

/** A read current of 0.3 of the critical one for a hundred relaxation times, and the flipped fraction after it. */
export const readDisturb: Case = {
  name: "read disturb, Δ = 40, 100 τ_D at 0.3 of the critical current",
  written: experiment(40, 1000, { event: "mz < -0.5" }, current(0.3)),
};

const flipped = { event: "mz < -0.5" };

/** Runs at rest that are so short that most events start high in the well. */
export const shortRuns: readonly Case[] = [
  { name: "at rest, Δ = 20, 6 τ_D", written: experiment(20, 60, flipped) },
  { name: "at rest, Δ = 20, 2 τ_D", written: experiment(20, 20, flipped) },
  { name: "at rest, Δ = 60, 6 τ_D", written: experiment(60, 60, flipped) },
];
