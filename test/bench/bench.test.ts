import { describe, expect, it } from "vitest";
import { exactPassage, exactSquare, gate } from "../../src/bench/gate.ts";
import { instructionsPerStep } from "../../src/bench/instructions.ts";
import { issueCeiling } from "../../src/bench/machine.ts";
import type { Runner } from "../../src/bench/measure.ts";
import { measure, median } from "../../src/bench/measure.ts";
import { runBench } from "../../src/bench/run-bench.ts";
import type { Workload } from "../../src/bench/workload.ts";
import { alpha, delta, dynamicsOf, timeStepOf, workloadProblem } from "../../src/bench/workload.ts";
import { workloads } from "../../src/bench/workloads.ts";
import type { Backend } from "../../src/ensemble/kernel.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { mul, variable } from "../../src/expression/expression.ts";
import { substitute } from "../../src/expression/rewrite.ts";
import { integrators } from "../../src/integrators/index.ts";
import { plan } from "../../src/observables/plan.ts";

const doubled = (name: string) => mul(2, variable(name));

describe("the gate of the benchmarks", () => {
  it("knows the limits of its exact values", () => {
    // barrier 2: ⟨mz²⟩ between that of free spins and one
    expect(exactSquare()).toBeGreaterThan(1 / 3);
    expect(exactSquare()).toBeLessThan(1);
    // and a passage that takes longer than free diffusion, ∫ (1 − y)/(D (1 − y²)) dy = ln 4 / D with D = 1/8
    expect(exactPassage()).toBeGreaterThan(8 * Math.log(4));
  });

  it("passes a right backend", async () => {
    const checks = await gate(wasm, "splitting", "dyadic", 4096);
    expect(checks.map((check) => check.passed)).toEqual([true, true]);
  });

  it("stops a backend that computes another temperature", async () => {
    const warm: Backend = {
      ...wasm,
      prepare: (kernel, filling, options) =>
        wasm.prepare(
          {
            ...kernel,
            step: substitute(kernel.step, { xi1: doubled("xi1"), xi2: doubled("xi2"), xi3: doubled("xi3") }),
          },
          filling,
          options,
        ),
    };
    const checks = await gate(warm, "splitting", "dyadic", 4096);
    expect(checks.map((check) => check.passed)).toEqual([false, false]);
  });
});

describe("measuring", () => {
  it("takes medians", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it("takes turns, forwards and backwards, after a warm-up", async () => {
    const order: string[] = [];
    const runner = (name: string, seconds: number): Runner => ({
      name,
      spins: 100,
      adapter: "none",
      run: async (steps) => {
        order.push(name);
        return steps * seconds;
      },
      close: async () => undefined,
    });
    const [a, b] = await measure([runner("a", 1e-3), runner("b", 2e-3)], { seconds: 1, repeats: 5 });
    expect(order.slice(-10).join("")).toBe("abbaabbaab");
    expect(a.rates).toHaveLength(5);
    expect(median(a.rates)).toBeCloseTo(1e5);
    expect(median(b.rates)).toBeCloseTo(5e4);
  });

  it.each([
    // compiled by nvcc 13.0 for sm_90 from the printed text: 74.1, 76.3, 100.1 instructions a step in turns of eight
    ["bare step loop", 74.1],
    ["spin torque", 76.3],
    ["typed energy", 100.1],
  ])("counts the instructions of a step as a compiler does: %s", (name, compiled) => {
    const { energy, torque } = workloads.find((workload) => workload.name === name) as Workload;
    const { kernel } = plan(
      workloadProblem({
        energy,
        dynamics: dynamicsOf(energy, delta, alpha, torque),
        ensemble: 1,
        timeStep: timeStepOf.splitting,
        steps: 1,
        integrator: "splitting",
        variates: "dyadic",
      }),
    );
    expect(Math.abs((instructionsPerStep(kernel) as number) / compiled - 1)).toBeLessThan(0.01);
  });

  it("knows what an H200 can issue", () => {
    expect(issueCeiling("NVIDIA H200", 74)).toBeCloseTo(4.521e11, -9);
    expect(issueCeiling("llvmpipe", 74)).toBeUndefined();
  });
});

it("gives the rows and ratios of a machine as plain data", async () => {
  const result = await runBench({
    backend: "wasm",
    bareOnly: true,
    seconds: 0.01,
    spins: 1024,
    integrator: "splitting",
  });
  const plain = JSON.parse(JSON.stringify(result)) as typeof result;
  expect(plain).toEqual(result);
  expect(plain.gate.passed).toBe(true);
  for (const row of plain.results) {
    expect(Object.keys(row)).toEqual([
      "name",
      "backend",
      "adapter",
      "integrator",
      "variates",
      "threads",
      "spins",
      "steps",
      "spinStepsPerSecond",
    ]);
    expect(row.spinStepsPerSecond).toBeGreaterThan(0);
  }
});

it("knows a step for each scheme", () => {
  expect(Object.keys(timeStepOf).sort()).toEqual(Object.keys(integrators).sort());
});
