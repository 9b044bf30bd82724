import type { BenchRow } from "./run-bench.ts";
import { bare } from "./workload.ts";

/** Speed of another program, as its authors published it or as it was measured for this project. */
export interface PublishedRate {
  readonly program: string;
  /** What one of its steps computes. */
  readonly step: string;
  /** The machine it ran on, which is not this one. */
  readonly machine: string;
  readonly stepsPerSecond: number;
  readonly source: string;
}

const diffEqGpu =
  "U. Utkarsh et al., arXiv 2304.06835; paper_artifacts of github.com/utkarsh530/GPUODEBenchmarks at 1a90256";
/** Trajectories of their timings. */
const trajectories = 8_388_608;
/** Steps per second of 8 388 608 trajectories, from the milliseconds that the paper's artefacts hold. */
const rate = (steps: number, milliseconds: number): number => (trajectories * steps * 1000) / milliseconds;

/** Figures of other programs on other machines. They give the scale of a rate; they do not show which program is faster. */
export const publishedRates: readonly PublishedRate[] = [
  {
    program: "cmtj",
    step: "thermal macrospin, Heun, float64",
    machine: "one core of an AMD EPYC server",
    stepsPerSecond: 1.45e6,
    source:
      "measured for this project: github.com/LemurPwned/cmtj at 5bb3d78, core/junction.hpp, gcc 12 -O3, one layer, no logging",
  },
  {
    program: "DiffEqGPU.jl GPUEM",
    step: "Euler–Maruyama, linear, 3 components, float32",
    machine: "NVIDIA Quadro RTX 5000",
    stepsPerSecond: rate(256, 715.9),
    source: diffEqGpu,
  },
  {
    program: "DifferentialEquations.jl EM",
    step: "Euler–Maruyama, linear, 3 components, float32",
    machine: "the processor of the same paper",
    stepsPerSecond: rate(256, 6702),
    source: diffEqGpu,
  },
  {
    program: "DiffEqGPU.jl GPUTsit5",
    step: "Tsitouras 5, Lorenz, no noise, float32",
    machine: "NVIDIA V100",
    stepsPerSecond: rate(1000, 145.3),
    source: diffEqGpu,
  },
  {
    program: "MPGOS (CUDA C++)",
    step: "Runge–Kutta 4, Lorenz, no noise, float32",
    machine: "NVIDIA V100",
    stepsPerSecond: rate(1000, 94.2),
    source: diffEqGpu,
  },
  {
    program: "JAX diffrax",
    step: "Tsitouras 5, Lorenz, no noise, float32",
    machine: "NVIDIA V100",
    stepsPerSecond: rate(1000, 10_038),
    source: diffEqGpu,
  },
];

export interface PublishedRatio extends PublishedRate {
  /** Our rate over theirs. */
  readonly ratio: number;
}

/** The fastest bare step loop whose gate passed, or null. */
export const fastest = (rows: readonly BenchRow[]): BenchRow | null =>
  rows
    .filter(({ name, backend, spinStepsPerSecond }) => {
      return name === bare.name && backend !== "twin" && spinStepsPerSecond !== null;
    })
    .reduce<BenchRow | null>(
      (best, row) => ((best?.spinStepsPerSecond ?? 0) >= (row.spinStepsPerSecond ?? 0) ? best : row),
      null,
    );

/** A row's rate over every published one; empty if the row has no rate. */
export const againstPublished = (row: BenchRow | null): PublishedRatio[] => {
  const own = row?.spinStepsPerSecond;
  return own ? publishedRates.map((other) => ({ ...other, ratio: own / other.stepsPerSecond })) : [];
};
