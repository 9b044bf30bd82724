import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { fitText } from "../../src/report/fit-text.ts";
import type { BestSoFar, ExperimentFit } from "../../src/run/fit.ts";
import { upAndDown } from "../../src/traces/up-level.ts";
import type { Remote } from "../workers/client.ts";
import { connect } from "../workers/client.ts";
import type { Beside, DataCalls, DataEvents, OwnData, Reading } from "../workers/data-messages.ts";

type DataWorker = Remote<DataCalls, DataEvents>;

/** Listeners for the data of a visit. */
export interface DataListener {
  /** Something has changed. */
  changed(): void;
  /** Progress of reading files, or null at its end. */
  doing(text: string | null): void;
  /** Files were read, or need input before they can be read. */
  opened(): void;
  /** Files cannot be read; everything stays as before. */
  refused(message: string): void;
}

/** Dropped files, their analysis, and fits to it. Workers do the computation; to stop it, they are terminated. */
export class DataDesk {
  files: readonly File[] = [];
  reading: Reading = {};
  data: OwnData | null = null;
  /** Missing information that is needed to read the files. */
  asks: { readonly text: string; readonly signals: readonly string[] } | null = null;
  /** Exact values of the experiment for the same. */
  beside: Beside | null = null;
  fit: ExperimentFit | null = null;
  best: BestSoFar | null = null;
  /** Progress of a fit; null if there is none. */
  fitting: string | null = null;
  /** Why there is no fit. */
  fitReason: string | null = null;
  isReading = false;
  readonly #listener: DataListener;
  #worker: DataWorker | null = null;
  #second: DataWorker | null = null;
  #turn = 0;
  #asked = 0;

  constructor(listener: DataListener) {
    this.#listener = listener;
  }

  #connected(): DataWorker {
    const broken = (message: string): void => {
      this.stop();
      this.#listener.refused(message);
    };
    return connect<DataCalls, DataEvents>("data", broken);
  }

  /** Ends current work; known results stay. */
  stop(): void {
    this.#turn++;
    this.#worker?.end();
    this.#worker = null;
    if (this.isReading) this.#listener.doing(null);
    if (this.fitting !== null) this.fitReason = "Stopped.";
    this.isReading = false;
    this.fitting = null;
    this.#listener.changed();
  }

  #begin(): DataWorker {
    if (this.isReading || this.fitting !== null) this.stop();
    this.#worker ??= this.#connected();
    return this.#worker;
  }

  /** Reads files in place of the open ones, which stay if that fails. */
  async open(files: readonly File[], reading: Reading = {}): Promise<void> {
    const worker = this.#begin();
    const turn = ++this.#turn;
    this.isReading = true;
    worker.on("doing", (text) => turn === this.#turn && this.#listener.doing(text));
    this.#listener.doing(`Reading ${files.map(({ name }) => name).join(", ")}.`);
    this.#listener.changed();
    try {
      const reply = await worker.call("read", { files, reading });
      if (turn !== this.#turn) return;
      this.isReading = false;
      this.#listener.doing(null);
      Object.assign(this, { files, reading });
      this.#forget();
      if ("asks" in reply) this.asks = { text: reply.asks, signals: reply.signals };
      else this.data = reply.data;
      this.#listener.opened();
    } catch (error) {
      if (turn !== this.#turn) return;
      this.isReading = false;
      this.#listener.doing(null);
      this.#listener.refused((error as Error).message);
    }
    this.#listener.changed();
  }

  /** Opens the data of a link. */
  async unpack(text: string, reading: Reading): Promise<void> {
    const worker = this.#begin();
    try {
      await this.open(await worker.call("unpack", text), reading);
    } catch (error) {
      this.#listener.refused((error as Error).message);
    }
  }

  #forget(): void {
    Object.assign(this, { data: null, asks: null, beside: null, fit: null, best: null, fitReason: null });
  }

  close(): void {
    this.stop();
    Object.assign(this, { files: [], reading: {} });
    this.#forget();
    this.#listener.changed();
  }

  /** Exact figures of an experiment for the data; a later request ends the one before. */
  async compare(experiment: CompletedExperiment): Promise<void> {
    const { data } = this;
    if (!data) return;
    const asked = ++this.#asked;
    this.#second?.end();
    const worker = this.#connected();
    this.#second = worker;
    const edges = data.traces.map(({ analysis: { dwellTimes, upLevel } }) => {
      const [up, down] = upAndDown(dwellTimes, upLevel);
      return [up.edges, down.edges] as const;
    });
    const beside = await worker.call("beside", { experiment, data: data.measurements, edges });
    if (asked !== this.#asked) return;
    worker.end();
    this.#second = null;
    if (this.data !== data) return;
    this.beside = beside;
    this.#listener.changed();
  }

  /** Fits numbers of an experiment; with the profile the intervals are those of χ². */
  async fitTo(experiment: CompletedExperiment, free: readonly string[], profile: boolean): Promise<void> {
    const { data } = this;
    if (!data) return;
    const worker = this.#begin();
    const turn = ++this.#turn;
    const isPresent = (): boolean => turn === this.#turn;
    if (!profile) Object.assign(this, { fit: null, best: null });
    this.fitReason = null;
    this.fitting = "The fit begins.";
    worker.on("better", (best) => {
      if (isPresent()) this.best = best;
    });
    worker.on("fitting", (progress) => {
      if (!isPresent()) return;
      this.fitting = fitText(progress, this.best?.chiSquared);
      this.#listener.changed();
    });
    this.#listener.changed();
    try {
      const fit = await worker.call("fit", { experiment, data: data.measurements, free, profile });
      if (!isPresent()) return;
      this.fit = fit;
    } catch (error) {
      if (!isPresent()) return;
      this.fitReason = (error as Error).message;
    }
    this.fitting = null;
    this.#listener.changed();
  }
}
