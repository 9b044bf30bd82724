import { describe, expect, it } from "vitest";
import type {
  Backend,
  Filling,
  Group,
  Kernel,
  PrepareOptions,
  TallyResult,
} from "../../src/ensemble/kernel.ts";
import * as e from "../../src/expression/expression.ts";
import { splitting } from "../../src/integrators/splitting.ts";
import { backends } from "../laws/backends.ts";

/*
 * Groups of spins in the same dispatches, each with a seed and parameters of its own: they are counted apart, and each is to the bit what
 * it is alone on the same backend.
 */

const [mx, my, mz, side, crossings, warmth, pull, t] = [
  "mx",
  "my",
  "mz",
  "side",
  "crossings",
  "warmth",
  "pull",
  "t",
].map(e.variable);
const timeStep = 0.25;
const halves = e.select(e.less(mz, 0), 0, 1);

/** A macrospin under a field that drives, which counts its crossings; whether it may finish once it has crossed. */
function kernelOf(spins: number, mayFinish = false): Kernel {
  const energy = e.sub(e.neg(e.square(mz)), e.mul(pull, e.add(mx, e.mul(0.2, e.sin(t), mz))));
  const dynamics = { psi: e.mul(0.1, energy), omega: energy, diffusion: e.mul(0.05, warmth) };
  const { step, refresh } = splitting.build(dynamics, timeStep, "dyadic");
  const crosses = e.less(e.mul(side, mz), -0.1);
  return {
    spins,
    seed: 0,
    state: ["mx", "my", "mz", "side", "crossings"],
    parameters: ["warmth", "pull"],
    variates: "dyadic",
    timeStep,
    step: [...step, side, crossings],
    refresh: [...refresh, side, crossings],
    watch: mayFinish
      ? []
      : [
          { kind: "bins", index: halves, bins: 2 },
          { kind: "bins", every: 4, index: e.min(7, e.floor(e.mul(4, e.add(mz, 1)))), bins: 8 },
          { kind: "sum", every: 4, when: e.less(0, mz), value: mx, low: -2, high: 2 },
        ],
    events: [
      {
        when: mayFinish ? e.and(e.less(crossings, 0), crosses) : crosses,
        set: { side: e.neg(side), crossings: mayFinish ? t : e.add(crossings, 1) },
        count: [{ kind: "bins", index: e.min(3, e.max(0, crossings)), bins: 4 }],
      },
    ],
    ...(mayFinish ? { finished: ["crossings"] } : {}),
    views: {
      state: [
        { kind: "sum", value: my, low: -2, high: 2 },
        { kind: "bins", index: halves, bins: 2 },
        { kind: "sum", when: e.less(0, mx), value: e.mul(mx, mz), low: -2, high: 2 },
      ],
      crossings: [{ kind: "sum", value: crossings, low: -1, high: 1000 }],
    },
  };
}

const groupsOf = (count: number, mayFinish: boolean): Group[] =>
  Array.from({ length: count }, (_, i) => {
    const filling: Filling = (first, length) => ({
      state: [0, 0, 1, 1, mayFinish ? -1 : 0].map((x) => new Float64Array(length).fill(x)),
      // each spin by its number in its group, in two pieces or in one
      parameters: [
        Float64Array.from({ length }, (_, k) => 1 + 0.3 * i + 0.01 * (first + k)),
        new Float64Array(length).fill(0.1 * i),
      ],
    });
    return { seed: 7 + 13 * i, filling };
  });

const stops = [3, 40, 300];

/** What one group shows: both views at each stop, then its counters and the states of its spins. */
interface Shown {
  readonly views: readonly TallyResult[][];
  readonly counted: readonly TallyResult[];
  readonly states: readonly Float64Array[];
}

/** What each of some groups shows side by side, and what those of `alone` do alone. */
async function compared(
  backend: Backend,
  kernel: Kernel,
  count: number,
  alone: readonly number[],
  options: PrepareOptions,
): Promise<{ side: Shown[]; single: Shown[] }> {
  const groups = groupsOf(count, kernel.finished !== undefined);
  const together = await backend.prepareGroups?.(kernel, groups, options);
  if (!together) throw new Error("there are no groups here");
  const views: TallyResult[][][] = [];
  for (const stop of stops) {
    await together.advance(stop);
    views.push(await together.observe("state"), await together.observe("crossings"));
  }
  const counted = await together.collect();
  const states = await Promise.all(alone.map((i) => together.read(i, kernel.spins)));
  expect(await together.collect()).toEqual(counted);
  await together.dispose();
  const side = alone.map((i, k) => ({
    views: views.map((view) => view[i]),
    counted: counted[i],
    states: states[k],
  }));
  const single: Shown[] = [];
  for (const i of alone) {
    const { seed, filling } = groups[i];
    const ensemble = await backend.prepare({ ...kernel, seed }, filling, options);
    const seen: TallyResult[][] = [];
    for (const stop of stops) {
      await ensemble.advance(stop);
      seen.push(await ensemble.observe("state"), await ensemble.observe("crossings"));
    }
    single.push({
      views: seen,
      counted: await ensemble.collect(),
      states: await ensemble.read(kernel.spins),
    });
    await ensemble.dispose();
  }
  return { side, single };
}

describe.each(backends.filter(({ backend }) => backend.prepareGroups))(
  "groups on $backend.name",
  ({ backend, reason }) => {
    const prints = backend.name === "webgpu" ? (["processor", "gpu"] as const) : (["processor"] as const);
    describe.skipIf(reason !== undefined).each(prints)("as printed for a %s", (printedFor) => {
      it("are each what it is alone, in batches or not, with places left over", async () => {
        // two and a half groups, of which two fit
        const options = { printedFor, threads: 2, spinsPerDispatch: 175 };
        const { side, single } = await compared(backend, kernelOf(70), 5, [0, 1, 2, 3, 4], options);
        expect(side).toEqual(single);
        expect(new Set(single.map((one) => JSON.stringify(one))).size).toBe(5);
      });

      it("may be many and small", async () => {
        const { side, single } = await compared(backend, kernelOf(3), 400, [0, 123, 399], {
          printedFor,
          threads: 2,
        });
        expect(side).toEqual(single);
      });
    });

    it.skipIf(reason !== undefined)("leave spins alone that nobody asks for any more", async () => {
      const { side, single } = await compared(backend, kernelOf(150, true), 3, [0, 1, 2], { threads: 2 });
      // where a spin is once it is finished is its own affair
      const asked = (groups: readonly Shown[]) =>
        groups.map(({ views, counted, states }) => [views.filter((_, i) => i % 2 === 1), counted, states[4]]);
      expect(asked(side)).toEqual(asked(single));
      const finished = single[2].states[4].filter((time) => time >= 0).length;
      expect(finished).toBeGreaterThan(100);
      expect(finished).toBeLessThanOrEqual(150);
    });
  },
);
