import { describe, expect, it } from "vitest";
import { againstPublished, fastest, publishedRates } from "../../src/bench/published.ts";
import type { BenchRow } from "../../src/bench/run-bench.ts";

const row = (parts: Partial<BenchRow>): BenchRow => ({
  name: "bare step loop",
  backend: "wasm",
  adapter: "",
  integrator: "splitting",
  variates: "dyadic",
  threads: 1,
  spins: 1,
  steps: 1,
  spinStepsPerSecond: 1e8,
  ...parts,
});

describe("published rates", () => {
  it("are those of the papers", () => {
    const of = (program: string) =>
      publishedRates.find((rate) => rate.program === program)?.stepsPerSecond ?? 0;
    // three digits, as the rates are quoted
    expect(of("DiffEqGPU.jl GPUEM") / 3.0e9).toBeCloseTo(1, 2);
    expect(of("DiffEqGPU.jl GPUTsit5") / 5.77e10).toBeCloseTo(1, 2);
    expect(of("MPGOS (CUDA C++)") / 8.91e10).toBeCloseTo(1, 2);
    expect(of("JAX diffrax") / 8.36e8).toBeCloseTo(1, 2);
    expect(publishedRates.every(({ source, machine }) => source !== "" && machine !== "")).toBe(true);
  });

  it("are held against the fastest bare loop whose gate passed", () => {
    const rows = [
      row({ spinStepsPerSecond: null, reason: "the gate failed" }),
      row({ spinStepsPerSecond: 2.9e6 }),
      row({ spinStepsPerSecond: 1.45e6 }),
      row({ name: "spin torque", spinStepsPerSecond: 1e9 }),
      row({ backend: "twin", spinStepsPerSecond: 1e9 }),
    ];
    expect(fastest(rows)).toBe(rows[1]);
    const ratio = againstPublished(rows[1]).find(({ program }) => program === "cmtj")?.ratio;
    expect(ratio).toBeCloseTo(2, 12);
    expect(againstPublished(fastest([rows[0]]))).toEqual([]);
  });
});
