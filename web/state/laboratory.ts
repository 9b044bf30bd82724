import type { InputError } from "../../src/experiment/input-error.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { Preset } from "../presets/index.ts";
import { own, presets } from "../presets/index.ts";
import type { Plain, PlainObject } from "../values/difference.ts";
import { valueAt, withValue } from "../values/difference.ts";
import type { Remote } from "../workers/client.ts";
import type { CheckerCalls, CheckReply } from "../workers/messages.ts";
import { History } from "./history.ts";

export type Change = "preset" | "structure" | "value";

/** Listens to every change after its check. */
export interface LaboratoryListener {
  /** The written experiment has changed; it may have problems. */
  written(change: Change): void;
  problems(problems: readonly InputError[]): void;
  /** A valid experiment to run. */
  sound(experiment: CompletedExperiment, change: Change): void;
}

interface Written {
  readonly preset: Preset;
  readonly experiment: PlainObject;
}

/** The written experiment: edits, history and checks. */
export class Laboratory {
  #history: History<Written>;
  #checks = 0;
  readonly #checker: Remote<CheckerCalls>;
  readonly #listener: LaboratoryListener;
  completed: CompletedExperiment | null = null;

  constructor(checker: Remote<CheckerCalls>, listener: LaboratoryListener) {
    this.#checker = checker;
    this.#listener = listener;
    this.#history = new History<Written>({ preset: presets[0], experiment: presets[0].experiment });
  }

  get preset(): Preset {
    return this.#history.present.preset;
  }
  get experiment(): PlainObject {
    return this.#history.present.experiment;
  }
  get canUndo(): boolean {
    return this.#history.canUndo;
  }
  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** The value at a path; includes defaults if the experiment is valid. */
  value(path: string): Plain | undefined {
    return (
      valueAt(this.experiment, path) ??
      valueAt((this.completed as unknown as PlainObject | null) ?? undefined, path)
    );
  }

  /** Starts a new history, with nothing to undo. */
  open(preset: Preset, experiment: PlainObject): Promise<void> {
    this.#history = new History<Written>({ preset, experiment });
    return this.#changed("preset");
  }

  choose(preset: Preset, experiment: PlainObject = preset.experiment): Promise<void> {
    this.#history.push({ preset, experiment });
    return this.#changed("preset");
  }

  /** Opens an experiment from elsewhere; it is not a preset then. */
  replace(experiment: PlainObject): Promise<void> {
    this.#history.push({ preset: own, experiment });
    return this.#changed("preset");
  }

  set(path: string, value: Plain, change: Change = "value"): Promise<void> {
    const experiment = withValue(this.experiment, path, value);
    this.#history.push({ preset: this.preset, experiment }, change === "value" ? path : undefined);
    return this.#changed(change);
  }

  /** Ends a drag: later edits are undone separately. */
  settle(): void {
    this.#history.settle();
  }

  undo(): Promise<void> {
    this.#history.undo();
    return this.#changed("preset");
  }

  redo(): Promise<void> {
    this.#history.redo();
    return this.#changed("preset");
  }

  async #changed(change: Change): Promise<void> {
    const check = ++this.#checks;
    if (change !== "value") this.completed = null;
    this.#listener.written(change);
    const reply: CheckReply = await this.#checker.call("check", this.experiment);
    // a later edit has its own check
    if (check !== this.#checks) return;
    this.#listener.problems(reply.ok ? [] : reply.problems);
    if (!reply.ok) return;
    this.completed = reply.experiment;
    this.#listener.sound(reply.experiment, change);
  }
}
