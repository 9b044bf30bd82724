import { describe, expect, it } from "vitest";
import type { Backend, Ensemble } from "../../src/ensemble/kernel.ts";
import { reference } from "../../src/ensemble/reference/index.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { DeviceLostError } from "../../src/ensemble/webgpu/device.ts";
import { isResident } from "../../src/ensemble/webgpu/ensemble.ts";
import { webgpu } from "../../src/ensemble/webgpu/index.ts";
import type { Result } from "../../src/result.ts";
import { run } from "../../src/run/run.ts";
import { backends } from "../laws/backends.ts";

const experiment = {
  compare: "none",
  magnet: { delta: 4, alpha: 0.1 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  initial: { type: "boltzmann" },
  ensemble: 100,
  time: { duration: 20, step: 0.05, integrator: "splitting" },
  observables: [
    { type: "moments", times: 8 },
    { type: "dwell", up: "mz > 0.3", down: "mz < -0.3" },
  ],
};
/** The state is kept after every piece of a run. */
const everyPiece = { checkpoint: { every: 0, save: () => {} } };

/** Without what no two runs share. */
const lasting = (result: Result): unknown =>
  JSON.parse(
    JSON.stringify(result, (key, value) =>
      ["adapter", "wallSeconds", "spinStepsPerSecond", "seconds", "deviceLosses", "choice"].includes(key)
        ? undefined
        : value,
    ),
  );

/** A backend whose device is lost when `when` says so, asked before every preparation and every piece. */
function losable(
  inner: Backend,
  when: (place: "prepare" | "advance") => boolean,
  lose: (ensemble: Ensemble | null) => void = () => {
    throw new DeviceLostError("unknown: the test took it away");
  },
): Backend {
  return {
    ...inner,
    name: "webgpu",
    async prepare(kernel, filling, options) {
      if (when("prepare")) lose(null);
      const ensemble = await inner.prepare(kernel, filling, options);
      const advance = ensemble.advance.bind(ensemble);
      ensemble.advance = async (to) => {
        if (when("advance")) lose(ensemble);
        await advance(to);
      };
      return ensemble;
    },
  };
}

/** True at the calls that are listed, counted from one. */
const at = (place: "prepare" | "advance", ...calls: readonly number[]) => {
  let count = 0;
  return (now: string): boolean => now === place && calls.includes(++count);
};

describe("a device that is lost", () => {
  const whole = async (): Promise<unknown> =>
    lasting(await run(experiment, { backend: losable(reference, () => false) }));

  it("is opened again, and the run goes on from the last state kept to the same result", async () => {
    const result = await run(experiment, { backend: losable(reference, at("advance", 3, 7)), ...everyPiece });
    expect(result.provenance.deviceLosses).toBe(2);
    expect(result.outcome).toBe("complete");
    expect(lasting(result)).toEqual(await whole());
  });

  it("starts again where nothing was kept yet, even if it was lost while it was prepared", async () => {
    const result = await run(experiment, { backend: losable(reference, at("prepare", 1)) });
    expect(result.provenance.deviceLosses).toBe(1);
    expect(lasting(result)).toEqual(await whole());
  });

  it("that is lost again and again is given up, with what there is and its reason", async () => {
    let tries = 0;
    const always = (place: string): boolean => place === "advance" && ++tries % 2 === 0;
    const result = await run(experiment, { backend: losable(reference, always), ...everyPiece });
    expect(result.outcome).toBe("device lost");
    expect(result.provenance.deviceLosses).toBe(3);
    await expect(
      run(experiment, { backend: losable(reference, (place) => place === "prepare") }),
    ).rejects.toThrow(/took it away/);
  });

  const reason = backends.find(({ backend }) => backend === webgpu)?.reason;
  it.skipIf(reason !== undefined)("is WebGPU's own, destroyed under a run", async () => {
    const destroy = (ensemble: Ensemble | null): void => {
      if (ensemble && isResident(ensemble)) ensemble.device.destroy();
    };
    const quiet = await run(experiment, { backend: losable(webgpu, () => false) });
    const lost = await run(experiment, {
      backend: losable(webgpu, at("advance", 4), destroy),
      ...everyPiece,
    });
    expect(lost.provenance.deviceLosses).toBe(1);
    expect(lasting(lost)).toEqual(lasting(quiet));
  });
});

describe("the initial states of many spins", () => {
  it.each([reference, wasm, webgpu])("can be stopped on $name", async (inner) => {
    if (backends.find(({ backend }) => backend === inner)?.reason !== undefined) return;
    const stop = new AbortController();
    const many = { ...experiment, ensemble: 1_000_000 };
    let pieces = 0;
    const backend: Backend = {
      ...inner,
      prepare: (kernel, filling, options) =>
        inner.prepare(
          kernel,
          (first, count) => {
            if (++pieces === 2) setTimeout(() => stop.abort(new Error("enough")));
            const state = kernel.state.map(() => new Float64Array(count));
            // as long as the states of a piece would take
            for (const began = performance.now(); performance.now() - began < 60; );
            filling(first, 1);
            return { state, parameters: [] };
          },
          options,
        ),
    };
    await expect(run(many, { backend, signal: stop.signal, threads: 2 })).rejects.toThrow("enough");
    // of 16; each thread hears of it after its own piece
    expect(pieces).toBeLessThan(10);
  });
});
