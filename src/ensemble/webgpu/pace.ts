import { chunkLength } from "../kernel.ts";
import type { Device } from "./device.ts";

/** Target time of a dispatch: long enough to hide launch costs, far below any watchdog. */
const targetSeconds = 0.05;
/** Most steps of a dispatch. */
const longestDispatch = 1 << 16;
/** Dispatches queued behind the one that runs. */
const queueDepth = 2;
/**
 * Largest factor by which the estimated speed may grow from one dispatch to the next. A busy host sees several dispatches end at once, as
 * if the later ones had taken no time.
 */
const mostFaster = 2;

interface Dispatched {
  readonly done: Promise<void>;
  /** Spin-steps. */
  readonly work: number;
}

/**
 * Keeps a few dispatches queued behind the one that runs, so that the device never waits for the host; the time between
 * their ends sets the length of the next.
 */
export class Pace {
  readonly #device: Device;
  /** Steps in one turn of the shader's loop. */
  readonly #turn: number;
  readonly #stepLimit: number;
  /** Dispatches that may still run, oldest first. */
  readonly #inFlight: Dispatched[] = [];
  #secondsPerSpinStep = 0;
  #since = 0;

  constructor(device: Device, turn: number, stepLimit: number) {
    this.#device = device;
    this.#turn = turn;
    this.#stepLimit = stepLimit;
  }

  /**
   * Steps of the next dispatch on `spins` spins from step `at`: whole turns of the loop if at least one fits, and up to the end of a
   * chunk of noise if that takes at most four times the target time, so that dispatches are long and start at the start of a chunk. At
   * most `room` steps.
   */
  nextLength(at: number, left: number, spins: number, room: number): number {
    const turn = this.#turn;
    const pace = this.#secondsPerSpinStep;
    const affordable = pace > 0 ? targetSeconds / (pace * spins) : 32;
    const toChunk = chunkLength - (at % chunkLength);
    const chunks = Math.max(0, Math.round((affordable - toChunk) / chunkLength)) * chunkLength;
    const aligned = 4 * affordable >= toChunk ? toChunk + chunks : affordable;
    const most = Math.max(turn, Math.min(aligned, longestDispatch));
    const length = Math.min(left, this.#stepLimit, room, most);
    // if the last dispatch ended inside a turn, first complete it
    if (at % turn !== 0) return Math.min(Math.floor(length), turn - (at % turn));
    return length >= turn ? Math.floor(length / turn) * turn : Math.floor(length);
  }

  /** Registers a dispatch of some spin-steps that was just queued, and waits while too many are queued. */
  async keep(work: number, counted: Promise<unknown>): Promise<void> {
    if (this.#inFlight.length === 0) this.#since = performance.now();
    const done = Promise.all([this.#device.finished(), counted]).then(() => {});
    // a lost device is reported to the caller that waits; a promise without a caller must not end the process
    done.catch(() => {});
    this.#inFlight.push({ done, work });
    while (this.#inFlight.length > (this.#secondsPerSpinStep === 0 ? 0 : queueDepth)) {
      const [oldest] = this.#inFlight.splice(0, 1);
      await oldest.done;
      const now = performance.now();
      const measured = Math.max(now - this.#since, 1e-3) / 1000 / oldest.work;
      this.#secondsPerSpinStep = Math.max(measured, this.#secondsPerSpinStep / mostFaster);
      this.#since = now;
    }
  }

  /** Waits for all dispatches. */
  async settle(): Promise<void> {
    await Promise.all(this.#inFlight.splice(0).map(({ done }) => done));
  }
}
