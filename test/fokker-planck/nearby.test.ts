import { expect, it } from "vitest";
import { dynamicsOf } from "../../src/bench/workload.ts";
import * as e from "../../src/expression/expression.ts";
import { m } from "../../src/expression/vector.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { solveFokkerPlanck } from "../../src/fokker-planck/index.ts";

const [mx, , mz] = m;

it("assembles nothing again where only the diffusion is another, and finds the same as a new assembly", () => {
  const film = e.add(e.neg(e.square(mx)), e.mul(2, e.square(mz)));
  const dynamics = dynamicsOf(film, 2, 0.1, e.constant(0.001));
  const solution = demand(solveFokkerPlanck(dynamics));
  const warmer = { ...dynamics, diffusion: e.mul(1.01, dynamics.diffusion) };
  const near = solution.nearby?.(warmer);
  const anew = solution.nearby?.({ ...warmer, psi: structuredClone(warmer.psi) });
  if (!near?.value || !anew?.value) throw new Error("there is no solution nearby");
  const partsOf = (of: typeof solution) => demand(of.generator(solution.lmax)).parts;
  const [own, shared, assembled] = [solution, near.value, anew.value].map(partsOf);
  expect(shared[0].matrix).toBe(own[0].matrix);
  expect(assembled[0].matrix).not.toBe(own[0].matrix);
  expect(assembled[0].matrix).toEqual(own[0].matrix);
  expect(demand(near.value.slowestRate)).toBe(demand(anew.value.slowestRate));
  expect(demand(near.value.slowestRate)).toBeGreaterThan(demand(solution.slowestRate));
});
