import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Device } from "../../src/ensemble/webgpu/device.ts";
import { Pace } from "../../src/ensemble/webgpu/pace.ts";

/** Drivers end a dispatch after two seconds (Windows) or more. */
const watchdog = 2;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Seconds of every dispatch of a run, on a device that takes so many seconds for a spin-step; `deaf` seconds pass between two dispatches where the host does something else. */
async function dispatches(
  { spins, steps, deaf = () => 0 }: { spins: number; steps: number; deaf?: (dispatch: number) => number },
  secondsAt: (step: number) => number,
): Promise<number[]> {
  let free = 0;
  let next = 0;
  const device = {
    finished() {
      free = Math.max(free, performance.now()) + 1000 * next;
      return new Promise<void>((resolve) => setTimeout(resolve, free - performance.now()));
    },
  } as unknown as Device;
  const pace = new Pace(device, 2, Number.POSITIVE_INFINITY);
  const taken: number[] = [];
  for (let at = 0; at < steps; ) {
    const length = pace.nextLength(at, steps - at, spins, Number.POSITIVE_INFINITY);
    expect(length).toBeGreaterThan(0);
    next = length * spins * secondsAt(at);
    taken.push(next);
    let isKept = false;
    void pace.keep(length * spins, Promise.resolve()).then(() => {
      isKept = true;
    });
    for (await vi.advanceTimersByTimeAsync(0); !isKept; ) await vi.advanceTimersToNextTimerAsync();
    await vi.advanceTimersByTimeAsync(1000 * deaf(taken.length));
    at += length;
  }
  return taken;
}

it.each([
  ["a fast GPU and a full block", 1 << 22, 2e-12],
  ["a slow GPU and a full block", 1 << 22, 5e-9],
  ["a processor that runs shaders", 1 << 16, 5e-8],
  ["few spins", 1000, 1e-9],
  ["a heavy step", 1 << 16, 5e-7],
])("no dispatch comes near a watchdog, the first included: %s", async (_, spins, seconds) => {
  const taken = await dispatches({ spins, steps: 20_000 }, () => seconds);
  expect(Math.max(...taken)).toBeLessThan(watchdog);
  // dispatches end where a chunk of noise does if that takes no more than four times the aim
  expect(Math.max(...taken.slice(1))).toBeLessThan(0.25);
});

it("a device that becomes ten times slower gets shorter dispatches at once", async () => {
  const taken = await dispatches({ spins: 1 << 20, steps: 400_000 }, (step) =>
    step < 200_000 ? 1e-11 : 1e-10,
  );
  expect(Math.max(...taken)).toBeLessThan(watchdog);
  expect(taken.at(-2)).toBeLessThan(0.25);
});

it("a host that looks late takes what has waited for it for no fast device", async () => {
  const taken = await dispatches(
    { spins: 1 << 16, steps: 20_000, deaf: (dispatch) => (dispatch % 5 === 0 ? 3 : 0) },
    () => 5e-8,
  );
  // as many times twice as long as there are dispatches in flight
  expect(Math.max(...taken)).toBeLessThan(1);
});
