import type { Problem } from "../../experiment/problem.ts";
import { thermalEnergyOf } from "../../experiment/thermal-energy.ts";
import { compileScalar } from "../../expression/compile.ts";
import { constantValue, mul } from "../../expression/expression.ts";
import type { Exact } from "../../fokker-planck/exact.ts";
import { vacuumPermeability } from "../../physics/constants.ts";
import type { ObservableResultBase } from "../../result-parts.ts";
import type { ObservedCycle } from "./count.ts";
import { driveAlong, fundamental } from "./drive.ts";
import type { KnownCycle } from "./exact.ts";
import type { PlannedCycle } from "./spec.ts";
import { harmonics } from "./spec.ts";

/** One harmonic of ⟨m·d⟩ over the first harmonic of the drive: χ = χ′ − iχ″ with e^{iωt}. */
export interface Susceptibility {
  readonly order: number;
  readonly inPhase: number | null;
  readonly inPhaseStandardError: number | null;
  readonly quadrature: number | null;
  readonly quadratureStandardError: number | null;
}

/** Figures of a loop; exact ones have no standard errors. SI units. */
export interface LoopFigures {
  readonly mean: number | null;
  readonly meanStandardError: number | null;
  /** Susceptibilities of m·d over ξ = μB/kT; null if the drive is not a field along d or has no first harmonic. */
  readonly susceptibility: readonly Susceptibility[] | null;
  readonly susceptibilityReason?: string;
  /** Volume susceptibility μ₀Ms⟨m·d⟩/B; null in reduced units. */
  readonly volumeSusceptibility: readonly Susceptibility[] | null;
  /** J a period and spin. */
  readonly energyPerCycle: number | null;
  readonly energyPerCycleStandardError: number | null;
  /** The same over kT; null if kT differs from spin to spin or changes in time. */
  readonly energyPerCycleOverKT: number | null;
  /** W/m³ and W/kg. */
  readonly powerPerVolume: number | null;
  readonly powerPerMass: number | null;
}

export interface CycleResult extends ObservableResultBase, LoopFigures {
  readonly type: "cycle";
  readonly period: number;
  readonly direction: readonly number[];
  /** Times within the period, and at each the drive (T) and ⟨m·d⟩. */
  readonly times: readonly number[];
  readonly drive: readonly number[] | null;
  readonly driveReason?: string;
  readonly loop: readonly number[];
  readonly loopStandardError: readonly number[];
}

/** Exact figures over the periods of the run, and of the periodic state; null with the reason. */
export interface CycleFigures {
  readonly loop: readonly number[] | null;
  readonly run: LoopFigures | null;
  readonly settled: LoopFigures | null;
  /** Relative to the loop's amplitude, or to the work if that has the larger error. */
  readonly errorEstimate: number | null;
  readonly reason?: string;
}

interface Given {
  readonly values: readonly number[];
  readonly covariance: readonly (readonly number[])[] | null;
}

const plain = (x: unknown): number | null => {
  if (typeof x === "number") return x;
  return typeof x === "object" && x !== null && "mean" in x ? (x as { mean: number }).mean : null;
};

/** Turns averages in the order of the counters into figures. */
export function figuresOf(problem: Problem, planned: PlannedCycle): (given: Given) => LoopFigures {
  const { energyOverKT, energy, units, experiment } = problem;
  const period = planned.periodSteps * problem.timeStep;
  const drive = energyOverKT && driveAlong(energyOverKT, planned.direction, problem).value;
  const field = driveAlong(energy, planned.direction, problem).value;
  const overKT = constantValue(thermalEnergyOf(problem)) ?? null;
  const magnet = experiment.magnet as unknown as { Ms?: unknown; volume?: unknown };
  const [Ms, volume] = [plain(magnet.Ms), plain(magnet.volume)];
  const frequency = 1 / (period * units.time);
  const perWave = (
    { values, covariance }: Given,
    wave: { amplitude: number; phase: number },
    scale: number,
  ): Susceptibility[] =>
    Array.from({ length: harmonics }, (_, k) => {
      const n = k + 1;
      const [i, j] = [2 * n - 1, 2 * n];
      const [c, s] = [Math.cos(n * wave.phase), Math.sin(n * wave.phase)].map(
        (x) => (x * scale) / wave.amplitude,
      );
      // M = a − ib over e^{inφ}
      const error = (u: number, v: number): number | null =>
        covariance &&
        Math.sqrt(
          Math.max(0, u * u * covariance[i][i] + 2 * u * v * covariance[i][j] + v * v * covariance[j][j]),
        );
      return {
        order: n,
        inPhase: c * values[i] - s * values[j],
        inPhaseStandardError: error(c, -s),
        quadrature: s * values[i] + c * values[j],
        quadratureStandardError: error(s, c),
      };
    });
  return (given) => {
    const { values, covariance } = given;
    const last = values.length - 1;
    const energyPerCycle = values[last] * units.energy;
    const perVolume = volume === null ? null : (energyPerCycle * frequency) / volume;
    const error = (i: number): number | null => covariance && Math.sqrt(Math.max(0, covariance[i][i]));
    const ownError = error(last);
    const wave = drive && fundamental(drive, period);
    // energies are −2 b m in ½ Ms v B_K
    const inTesla = field && Ms !== null && fundamental(mul(units.field / 2, field), period);
    return {
      mean: values[0],
      meanStandardError: error(0),
      susceptibility: wave && wave.amplitude > 0 ? perWave(given, wave, 1) : null,
      ...(wave?.amplitude === 0 ? { susceptibilityReason: noFundamental } : {}),
      volumeSusceptibility:
        inTesla && inTesla.amplitude > 0
          ? perWave(given, inTesla, vacuumPermeability * (Ms as number))
          : null,
      energyPerCycle,
      energyPerCycleStandardError: ownError === null ? null : ownError * units.energy,
      energyPerCycleOverKT: overKT === null ? null : energyPerCycle / overKT,
      powerPerVolume: perVolume,
      powerPerMass:
        perVolume === null || planned.massDensity === undefined ? null : perVolume / planned.massDensity,
    };
  };
}

const noFundamental =
  "susceptibilities are shares of the first harmonic of the drive, and this drive has none in the period asked for";

const nothing: LoopFigures = {
  mean: null,
  meanStandardError: null,
  susceptibility: null,
  volumeSusceptibility: null,
  energyPerCycle: null,
  energyPerCycleStandardError: null,
  energyPerCycleOverKT: null,
  powerPerVolume: null,
  powerPerMass: null,
};

/** The loop of the ensemble in SI units, with standard errors over spins. */
export function result(
  { name, loop, averages }: ObservedCycle,
  planned: PlannedCycle,
  problem: Problem,
): CycleResult {
  const { units, timeStep, energy } = problem;
  const { periodSteps, phases, direction } = planned;
  const figures = figuresOf(problem, planned);
  const driven = driveAlong(energy, direction, problem);
  const times = Array.from({ length: phases }, (_, k) => (k * periodSteps * timeStep) / phases);
  const field = driven.value && compileScalar(driven.value, ["t"]);
  return {
    type: "cycle",
    name,
    period: periodSteps * timeStep * units.time,
    direction,
    times: times.map((t) => t * units.time),
    drive: field && times.map((t) => (field(t) * units.field) / 2),
    ...(driven.value === null ? { driveReason: driven.reason } : {}),
    loop: loop.map(({ mean }) => mean),
    loopStandardError: loop.map(({ standardError }) => standardError),
    ...(averages ? figures(averages) : nothing),
  };
}

/** The exact loop in SI units, over the periods of the run and of the periodic state; null if there is none. */
export function exactFigures(known: Exact<KnownCycle> | null, problem: Problem): CycleFigures | null {
  if (!known) return null;
  if (known.value === null)
    return { loop: null, run: null, settled: null, errorEstimate: null, reason: known.reason };
  const { loop, run, settled, workError, planned } = known.value;
  const figures = figuresOf(problem, planned);
  return {
    loop,
    run: figures({ values: run, covariance: null }),
    settled: figures({ values: settled, covariance: null }),
    errorEstimate: Math.max(known.errorEstimate ?? 0, workError.settled),
  };
}
