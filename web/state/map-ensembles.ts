import type { BackendName } from "../../src/ensemble/kernel.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { SweepCertificate } from "../../src/sweep/certificate.ts";
import { certifySweep } from "../../src/sweep/certificate.ts";
import type { Axis } from "../../src/sweep/description.ts";
import type { MapAsked, MapAxis } from "../presets/preset.ts";
import type { Remote } from "../workers/client.ts";
import { connect } from "../workers/client.ts";
import type { EnsembleCalls, EnsembleCell, EnsembleEvents } from "../workers/messages.ts";
import { coarseFirst, workerCount } from "./map-filling.ts";

type EnsembleWorker = Remote<EnsembleCalls, EnsembleEvents>;

/** Largest probability that correct ensembles of a whole map fail their verdict. */
const falseAlarmProbability = 1e-4;

const axisOf = ({ path, from, to, count, scale }: MapAxis): Axis => ({
  path,
  values: null,
  range: { from, to, count, scale: scale ?? "linear" },
});

/** Small ensembles over the cells of a map, and one verdict over all of them. */
export class MapEnsembles {
  /** Row by row of y, like the exact cells; missing ones are not finished yet. */
  cells: (EnsembleCell | undefined)[] = [];
  /** After the last cell. */
  certificate: SweepCertificate | null = null;
  /** Why there are none. */
  reason: string | null = null;
  #workers: readonly EnsembleWorker[] = [];
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get running(): boolean {
    return this.#workers.length > 0;
  }

  get done(): number {
    return this.cells.filter((cell) => cell !== undefined).length;
  }

  /** Spins of one cell; 0 before the first. */
  get spins(): number {
    return this.cells.find((cell) => cell?.seen)?.seen?.spins ?? 0;
  }

  /** Forgets all ensembles. */
  clear(): void {
    this.stop();
    Object.assign(this, { cells: [], certificate: null, reason: null });
  }

  async start(
    experiment: CompletedExperiment,
    { x, y }: MapAsked,
    backend: BackendName | "auto",
  ): Promise<void> {
    this.clear();
    const [columns, rows] = [x.count, y?.count ?? 1];
    this.cells = new Array(columns * rows).fill(undefined);
    const axes = [...(y ? [axisOf(y)] : []), axisOf(x)];
    const order = coarseFirst(columns, rows);
    const of = Math.min(workerCount(), order.length);
    const workers = Array.from({ length: of }, () =>
      connect<EnsembleCalls, EnsembleEvents>("ensembles", (message) => this.#fail(workers, message)),
    );
    this.#workers = workers;
    for (const worker of workers)
      worker.on("filled", (cell) => {
        if (workers !== this.#workers) return;
        this.cells[cell.record.index] = cell;
        this.#changed();
      });
    this.#changed();
    try {
      await Promise.all(
        workers.map((worker, index) =>
          worker.call("fill", { experiment, axes, order, backend, share: { index, of } }),
        ),
      );
      if (workers !== this.#workers) return;
      const records = this.cells.flatMap((cell) => (cell ? [cell.record] : []));
      this.certificate = certifySweep(records, falseAlarmProbability);
      this.stop();
      this.#changed();
    } catch (error) {
      this.#fail(workers, (error as Error).message);
    }
  }

  #fail(workers: readonly EnsembleWorker[], message: string): void {
    if (workers !== this.#workers) return;
    this.reason = message;
    this.stop();
    this.#changed();
  }

  /** Ends current work; filled cells stay. */
  stop(): void {
    for (const worker of this.#workers) worker.end();
    this.#workers = [];
  }
}
