import type { Problem } from "../experiment/problem.ts";
import { boxOf } from "../experiment/spread-box.ts";
import { bounds } from "../expression/bounds.ts";
import { less, select, variable } from "../expression/expression.ts";
import type { Scheme } from "../integrators/index.ts";
import { integrators } from "../integrators/index.ts";
import type { InPieces } from "../linear-algebra/breathe.ts";
import type { Model } from "../physics/model.ts";
import { macrospin } from "../physics/model.ts";
import type { Dynkin } from "./dynkin/dynkin.ts";
import { dynkinOf, withoutDynkin } from "./dynkin/dynkin.ts";
import { endOf } from "./dynkin/window.ts";
import { fillingOf } from "./initial/filling.ts";
import type { Instrument, InstrumentMaker } from "./instrument.ts";
import type { Filling, Kernel } from "./kernel.ts";
import type { Observer, Register } from "./observers/observer.ts";

/** A problem turned into what a backend runs. */
export interface Plan {
  readonly kernel: Kernel;
  readonly filling: Filling;
  readonly scheme: Scheme;
  /** The registers of the observers for every spin. */
  readonly registers: readonly Register[];
  /** For each observable the places of its counters in the result of `collect`. */
  readonly gathered: readonly (readonly number[])[];
  /** Bounds of the reduced energy over the sphere, the run and the spreads. */
  readonly energyRange: { readonly low: number; readonly high: number };
  /** One for each observable. */
  readonly instruments: readonly Instrument[];
  /** Where and how the run is compared with Dynkin's formula. */
  readonly dynkin: Dynkin;
}

/** Bounds of the energy over the sphere, the run and six deviations of spreads; proved by intervals if these find any. */
export function energyRange(problem: Problem): { low: number; high: number } {
  const { low, high } = bounds(problem.energy, boxOf(problem), { tolerance: 0.02, work: 1500 });
  const range = high.attained - low.attained;
  // margin for rounding in single precision; without a bound, the attained range again on both sides
  const margin = 0.05 * range + 1e-6;
  const bounded = (bound: number, attained: number, outward: 1 | -1): number =>
    Number.isFinite(bound) ? bound + outward * margin : attained + outward * (range + margin);
  return { low: bounded(low.bound, low.attained, -1), high: bounded(high.bound, high.attained, 1) };
}

/** A register that is negative up to a step, so that every spin is stepped until then: a window sums over all of them. */
const staysUntil = (step: number, timeStep: number): Register => ({
  name: `stays_until_${step}`,
  initial: -1,
  next: select(less(variable("t"), (step - 0.5) * timeStep), -1, 0),
});

const finishedOf = (observers: readonly Observer[], stays: readonly Register[]): string[] => [
  ...observers.flatMap(({ finished = [] }) => finished),
  ...stays.map(({ name }) => name),
];

/** Prefix of the registers and of the views of the i-th observable of an experiment. */
export const instrumentId = (i: number): string => `o${i}`;

/**
 * Step, observers and initial state of a problem as one kernel; `make` makes the instrument of each observable. `model` is the problem's
 * macrospin, or several spins that all have the problem's initial law; observables measure the first. In pieces, because formulas of
 * thousands of operations take seconds.
 */
export function* planWith(
  problem: Problem,
  make: InstrumentMaker,
  model: Model = macrospin(problem.dynamics),
): InPieces<Plan> {
  const { timeStep, variates, breakpoints } = problem;
  const schemes = integrators[problem.integrator].steps(model, timeStep, variates, breakpoints);
  const [scheme] = schemes;
  yield;
  const range = energyRange(problem);
  const instruments: Instrument[] = [];
  for (let i = 0; i < problem.observables.length; i++) {
    yield;
    instruments.push(make(i, { problem, scheme, id: instrumentId(i), energyRange: range }));
  }
  yield;
  const observers = instruments.map(({ observer }) => observer);
  const isWatchedThroughout = !(observers.length > 0 && observers.every(({ finished }) => finished));
  const dynkin =
    schemes.length > 1 ? withoutDynkin("it is of one spin") : dynkinOf(problem, scheme, isWatchedThroughout);
  const stays = isWatchedThroughout
    ? []
    : dynkin.windows.map((window) => staysUntil(endOf(window), timeStep));
  const registers = [...observers.flatMap((observer) => observer.registers), ...stays];
  const kernel: Kernel = {
    spins: problem.ensemble,
    seed: problem.seed,
    state: [...model.state, ...registers.map((register) => register.name)],
    parameters: problem.spreads.map((spread) => spread.name),
    variates,
    ...(schemes.length > 1 ? { streams: model.noise.map(({ variates: names }) => names) } : {}),
    timeStep,
    step: [
      ...schemes.flatMap(({ step }) => step),
      ...registers.map(({ name, next }) => next ?? variable(name)),
    ],
    watch: observers.flatMap((observer) => observer.watch),
    events: observers.flatMap((observer) => observer.events),
    ...(isWatchedThroughout ? {} : { finished: finishedOf(observers, stays) }),
    refresh: [
      ...schemes.flatMap(({ refresh }) => refresh),
      ...registers.map((register) => variable(register.name)),
    ],
    views: Object.assign({}, ...observers.map((observer) => observer.views), dynkin.views),
  };
  let [watch, event] = [0, kernel.watch.length];
  const gathered = observers.map((observer) => [
    ...observer.watch.map(() => watch++),
    ...observer.events.flatMap(({ count }) => count.map(() => event++)),
  ]);
  return {
    kernel,
    gathered,
    filling: fillingOf(problem, schemes, registers, model.state),
    scheme,
    registers,
    energyRange: range,
    instruments,
    dynkin,
  };
}
