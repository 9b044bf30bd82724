import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { Board } from "../plots/board.ts";
import type { Remote } from "../workers/client.ts";
import type { ExactCalls } from "../workers/messages.ts";

/** Requests of visible views to the exact side; answers that come too late are dropped. */
export class Questions {
  #landscapeOf: { readonly experiment: CompletedExperiment; readonly time: number } | null = null;
  readonly #exact: Remote<ExactCalls>;
  readonly #board: Board;
  readonly #answered: () => void;

  constructor(exact: Remote<ExactCalls>, board: Board, answered: () => void) {
    this.#exact = exact;
    this.#board = board;
    this.#answered = answered;
  }

  /** At a time in s, if a drive changes; by default at the last requested time. */
  async landscape(time: number = this.#landscapeOf?.time ?? 0): Promise<void> {
    const { experiment } = this.#board;
    const last = this.#landscapeOf;
    if (!experiment || (last?.experiment === experiment && last.time === time)) return;
    const asked = { experiment, time };
    this.#landscapeOf = asked;
    const landscape = await this.#exact.call("landscape", asked).catch(() => null);
    if (this.#landscapeOf !== asked || !landscape) return;
    this.#board.landscape = landscape;
    this.#answered();
  }

  async transport(): Promise<void> {
    const { experiment } = this.#board;
    if (!experiment) return;
    const transport = await this.#exact.call("transport", experiment).catch(() => null);
    if (this.#board.experiment !== experiment) return;
    this.#board.transport = transport;
    this.#answered();
  }

  /** The exact map at the end of the run. */
  async map(): Promise<void> {
    const { started } = this.#board;
    if (!started) return;
    const map = await this.#exact.call("map", { run: started.run, step: started.steps }).catch(() => null);
    if (!map || map.run !== this.#board.started?.run) return;
    this.#board.exactMap = map;
    this.#answered();
  }
}
