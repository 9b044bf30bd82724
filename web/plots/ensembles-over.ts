import type { BackendName } from "../../src/ensemble/kernel.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { counted } from "../../src/statistics/certificate.ts";
import { element } from "../elements/element.ts";
import type { MapAsked } from "../presets/preset.ts";
import { MapEnsembles } from "../state/map-ensembles.ts";
import type { EnsembleCell } from "../workers/messages.ts";

/** The switch for ensembles over a map, their progress, and their verdict. */
export class EnsemblesOver {
  readonly node: HTMLElement = element("p", { class: "map-state" });
  /** Whether they run as soon as the exact side is complete. */
  wanted = false;
  readonly #ensembles: MapEnsembles;
  readonly #button: HTMLButtonElement;
  readonly #said = element("span", { class: "meaning", role: "status", "data-state": "none" });

  /** `switched`: the user has changed the switch. */
  constructor(changed: () => void, switched: (wanted: boolean) => void) {
    this.#ensembles = new MapEnsembles(() => {
      this.show();
      changed();
    });
    this.#button = element("button", {
      type: "button",
      id: "map-ensembles",
      click: () => {
        this.wanted = !this.#ensembles.running;
        switched(this.wanted);
      },
    });
    this.node.append(this.#button, " ", this.#said);
    this.show();
  }

  get cells(): readonly (EnsembleCell | undefined)[] {
    return this.#ensembles.cells;
  }
  get running(): boolean {
    return this.#ensembles.running;
  }
  get done(): number {
    return this.#ensembles.done;
  }

  /** Starts the ensembles if they are wanted and have not started. */
  begin(experiment: CompletedExperiment, asked: MapAsked, backend: BackendName | "auto"): void {
    const { running, cells, reason } = this.#ensembles;
    if (this.wanted && !running && cells.length === 0 && reason === null)
      void this.#ensembles.start(experiment, asked, backend);
  }

  clear(): void {
    this.#ensembles.clear();
    this.show();
  }

  stop(): void {
    this.#ensembles.stop();
    this.show();
  }

  show(): void {
    const { running, done, cells, spins, certificate, reason } = this.#ensembles;
    this.#button.textContent = running
      ? "Stop ensembles"
      : cells.length > 0
        ? "Ensembles again"
        : "Run ensembles over it";
    const missing = cells.flatMap((cell) =>
      cell && !cell.seen ? [cell.record.reasons[0] ?? cell.record.outcome] : [],
    );
    const verdict = certificate
      ? certificate.passed
        ? ` ${counted(certificate.tests, "test")} over all of them agree with the exact side.`
        : ` They do not agree: ${certificate.reason}.`
      : "";
    this.#said.dataset.state = certificate ? (certificate.passed ? "passed" : "failed") : "none";
    this.#said.textContent =
      reason ??
      (cells.length === 0
        ? this.wanted
          ? "once the exact side is there"
          : ""
        : `${done} of ${cells.length} cells${spins > 0 ? `, ${spins} spins each` : ""}${missing.length > 0 ? `; ${missing.length} without: ${missing[0]}` : ""}.${verdict}`);
  }
}
