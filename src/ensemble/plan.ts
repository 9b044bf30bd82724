import type { Problem } from "../experiment/problem.ts";
import { compileScalar } from "../expression/compile.ts";
import { variable } from "../expression/expression.ts";
import type { Scheme } from "../integrators/index.ts";
import { integrators } from "../integrators/index.ts";
import { fillingOf } from "./initial/filling.ts";
import type { Filling, Kernel } from "./kernel.ts";
import { observeDwell } from "./observers/dwell.ts";
import { boundOf, observeEntropyProduction, productionFunctions } from "./observers/entropy-production.ts";
import { observeFirstPassage } from "./observers/first-passage.ts";
import { gatherHistogram, observeHistogram } from "./observers/histogram.ts";
import { observeMoments } from "./observers/moments.ts";
import type { Observer } from "./observers/observer.ts";

/** A problem turned into what a backend runs. */
export interface Plan {
  readonly kernel: Kernel;
  readonly filling: Filling;
  readonly scheme: Scheme;
  /** For each observable, where its counters stand in what `collect` gives. */
  readonly gathered: readonly (readonly number[])[];
  /** Bounds of the reduced energy over the sphere, the run and the spreads. */
  readonly energyRange: { readonly low: number; readonly high: number };
  /** Scales of the counted entropy production and powers. */
  readonly productionBounds: readonly number[];
}

const nothing: Observer = { registers: [], watch: [], events: [], views: {} };

/** Bounds of the energy on a grid of directions, times and spreads, with a margin for what the grid misses. */
export function energyRange(problem: Problem): { low: number; high: number } {
  const names = problem.spreads.map((spread) => spread.name);
  const energy = compileScalar(problem.energy, ["mx", "my", "mz", "t", ...names]);
  const duration = problem.steps * problem.timeStep;
  const times = [...Array.from({ length: 9 }, (_, i) => (duration * i) / 8), ...problem.breakpoints];
  const shifts = problem.spreads.length > 0 ? [-6, -3, 0, 3, 6] : [0];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i <= 32; i++)
    for (let j = 0; j < 32; j++) {
      const mz = -1 + i / 16;
      const rho = Math.sqrt(Math.max(0, 1 - mz * mz));
      const phi = (Math.PI * j) / 16;
      for (const t of times)
        for (const shift of shifts) {
          const values = problem.spreads.map((spread) => spread.mean + shift * spread.deviation);
          const value = energy(rho * Math.cos(phi), rho * Math.sin(phi), mz, t, ...values);
          if (value < low) low = value;
          if (value > high) high = value;
        }
    }
  const margin = 0.05 * (high - low) + 1e-6;
  return { low: low - margin, high: high + margin };
}

/** Step, observers and initial state of a problem as one kernel. */
export function plan(problem: Problem): Plan {
  const integrator = integrators[problem.integrator];
  const { timeStep, dynamics } = problem;
  const scheme = integrator.build(dynamics, timeStep, problem.variates, problem.breakpoints);
  const range = energyRange(problem);
  const productions = problem.observables.some(({ type }) => type === "entropyProduction")
    ? productionFunctions(problem)
    : [];
  const productionBounds = productions.map((f) => boundOf(f, problem));
  const observers = problem.observables.map((observable, i): Observer => {
    const id = `o${i}`;
    switch (observable.type) {
      case "moments":
        return observeMoments(observable.name, scheme, problem.energy, range);
      case "histogram":
        return observable.gather
          ? gatherHistogram(id, scheme, observable.binning, observable.gather, timeStep)
          : observeHistogram(observable.name, scheme, observable.binning);
      case "firstPassage":
        return observeFirstPassage(observable.name, id, scheme, observable.until, problem);
      case "dwell":
        return observeDwell(observable.name, id, scheme, observable, problem);
      case "entropyProduction":
        return observeEntropyProduction(observable.name, scheme, productions, productionBounds);
      case "spectrum":
      case "trajectory":
        // these read the first spins as they are; nothing is counted on the device
        return nothing;
    }
  });
  const registers = observers.flatMap((observer) => observer.registers);
  const kernel: Kernel = {
    spins: problem.ensemble,
    seed: problem.seed,
    state: ["mx", "my", "mz", ...registers.map((register) => register.name)],
    parameters: problem.spreads.map((spread) => spread.name),
    variates: problem.variates,
    timeStep,
    step: [...scheme.step, ...registers.map(({ name, next }) => next ?? variable(name))],
    watch: observers.flatMap((observer) => observer.watch),
    events: observers.flatMap((observer) => observer.events),
    ...(observers.length > 0 && observers.every(({ finished }) => finished)
      ? { finished: observers.flatMap(({ finished = [] }) => finished) }
      : {}),
    refresh: [...scheme.refresh, ...registers.map((register) => variable(register.name))],
    views: Object.assign({}, ...observers.map((observer) => observer.views)),
  };
  let [watch, event] = [0, kernel.watch.length];
  const gathered = observers.map((observer) => [
    ...observer.watch.map(() => watch++),
    ...observer.events.flatMap(({ count }) => count.map(() => event++)),
  ]);
  return {
    kernel,
    gathered,
    filling: fillingOf(problem, scheme, registers),
    scheme,
    energyRange: range,
    productionBounds,
  };
}
