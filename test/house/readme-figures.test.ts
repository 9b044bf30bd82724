import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const [, speed] = /## Speed\n([\s\S]*?)\n## /.exec(readFileSync(`${root}README.md`, "utf8"))!;
const words = speed.replace(/\s+/g, " ");

interface Bench {
  readonly results: readonly {
    name: string;
    backend: string;
    integrator: string;
    spinStepsPerSecond: number;
  }[];
  readonly ratios: readonly { name: string; value: number }[];
  readonly equalBias: { cases: { twins: { name: string; advantage: number }[] }[] };
}
const measured = (file: string): Bench =>
  JSON.parse(readFileSync(`${root}bench/results/${file}.json`, "utf8"));

const node = measured("h200/bench-node");
const ratio = (name: string, { ratios } = node): number => {
  const found = ratios.find((one) => one.name === name);
  if (!found) throw new Error(`no ratio ${name} was measured`);
  return found.value;
};
const rate = ({ results }: Bench): string => {
  const loop = results.find(
    ({ name, backend, integrator }) =>
      name === "bare step loop" && backend === "webgpu" && integrator === "splitting",
  );
  return `${(loop!.spinStepsPerSecond / 1e11).toFixed(1)} × 10¹¹`;
};

it("README gives the speeds as they were measured", () => {
  expect(words).toContain(`${rate(node)} spin-steps per second in Node`);
  expect(words).toContain(`${rate(measured("h200/bench-deno"))} in Deno`);
  const ours = "webgpu splitting dyadic";
  expect(words).toContain(
    `${ratio(`${ours} : CUDA, same algorithm`).toFixed(2)} times the same algorithm in CUDA`,
  );
  const customary = ratio(`${ours} : CUDA, Heun, Philox10, Box-Muller`);
  expect(words).toContain(`${customary.toFixed(1)} times the customary algorithm in CUDA`);
  expect(words).toContain(`${ratio(`${ours} : JAX, Heun, jit and fori_loop`).toFixed(0)} times JAX`);
  const histogram = 100 * (ratio(`${ours}: bare loop : histogram every 16 steps`) - 1);
  expect(words).toContain(`A histogram every 16 steps makes a run ${histogram.toFixed(0)} % slower`);
  const avx2 = ratio(
    "wasm splitting dyadic, 1 thread : C++ AVX2, splitting, one vector, 1 thread",
    measured("xeon-emerald-rapids-2-threads/bench-node"),
  );
  expect(words).toContain(`one thread reaches ${avx2.toFixed(2)} of the speed`);
});

it("README gives the physical time at equal bias as it was measured, worst and best", () => {
  const { cases } = measured("h200/equal-bias").equalBias;
  const advantages = cases.map(
    ({ twins }) => twins.find(({ name }) => name === "CUDA, Heun, Philox10, Box-Muller")!.advantage,
  );
  const [worst, best] = [Math.min(...advantages), Math.max(...advantages)];
  expect(words).toContain(`${worst.toFixed(1)} to ${best.toFixed(0)} times as much physical time per second`);
});

it("README names the command that measures them", () => {
  expect(words).toContain("`npm run bench -- --all FOLDER`");
});
