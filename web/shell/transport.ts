import { byId, isTyping } from "../elements/element.ts";
import type { SphereView } from "../sphere/view.ts";
import type { Remote } from "../workers/client.ts";
import type { SimulationCalls, SimulationEvents } from "../workers/messages.ts";

/** Pause, step, reset and speed, by buttons and keys. */
export class Transport {
  #paused = false;
  #steps = 1;
  /** The run is over; `onward`: another may continue from its end. */
  #ended: { readonly onward: boolean } | null = null;
  readonly #simulation: Remote<SimulationCalls, SimulationEvents>;
  readonly #again: () => void;
  readonly #onward: () => void;
  readonly #sphere: SphereView;
  readonly #pausing: (paused: boolean) => void;

  constructor(
    simulation: Remote<SimulationCalls, SimulationEvents>,
    runs: { readonly again: () => void; readonly onward: () => void },
    sphere: SphereView,
    pausing: (paused: boolean) => void,
  ) {
    this.#simulation = simulation;
    this.#again = runs.again;
    this.#onward = runs.onward;
    this.#sphere = sphere;
    this.#pausing = pausing;
    byId("pause").addEventListener("click", () => this.pause(!this.#paused));
    byId("step").addEventListener("click", () => this.step());
    byId("again").addEventListener("click", () => this.reset());
    byId("turn").addEventListener("click", () => this.turn());
    byId("turn").setAttribute("aria-pressed", String(sphere.turning));
    const speed = byId<HTMLInputElement>("speed");
    speed.addEventListener("input", () => {
      const factor = 2 ** Number(speed.value);
      byId("speed-value").textContent = `×${factor >= 1 ? Math.round(factor * 10) / 10 : factor.toFixed(2)}`;
      void simulation.call("speed", factor);
    });
    addEventListener("keydown", (event) => this.#key(event));
  }

  get paused(): boolean {
    return this.#paused;
  }

  pause(paused: boolean): void {
    const ended = this.#ended;
    if (ended && !ended.onward) return;
    // the run is over: the next one starts from its end
    this.#paused = ended ? false : paused;
    this.#show();
    void this.#simulation.call("pause", this.#paused);
    this.#pausing(this.#paused);
    if (ended) this.#goOn();
  }

  step(): void {
    const ended = this.#ended;
    if (ended && !ended.onward) return;
    if (!this.#paused) {
      this.#paused = true;
      void this.#simulation.call("pause", true);
      this.#pausing(true);
    }
    if (ended) this.#goOn();
    this.#show();
    void this.#simulation.call("step", null);
  }

  #goOn(): void {
    this.#ended = null;
    this.#show();
    this.#onward();
  }

  #show(): void {
    const [pause, step] = [byId<HTMLButtonElement>("pause"), byId<HTMLButtonElement>("step")];
    const over = this.#ended !== null;
    pause.setAttribute("aria-pressed", String(this.#paused && !over));
    pause.textContent = this.#paused || over ? "Go on" : "Pause";
    const dead = this.#ended?.onward === false;
    for (const button of [pause, step]) button.disabled = dead;
    pause.title = dead ? "The run is finished; Reset starts it again" : "Pause or continue (Space)";
  }

  reset(): void {
    if (this.#paused) this.pause(false);
    this.#again();
  }

  turn(): void {
    this.#sphere.turning = !this.#sphere.turning;
  }

  started(steps: number): void {
    this.#ended = null;
    this.#show();
    this.#steps = steps;
    this.moved(0);
  }

  moved(step: number): void {
    byId<HTMLProgressElement>("progress").value = step / this.#steps;
  }

  finished(onward: boolean): void {
    this.moved(this.#steps);
    this.#paused = false;
    void this.#simulation.call("pause", false);
    this.#pausing(false);
    this.#ended = { onward };
    this.#show();
  }

  /** Single keys act unless a text field has the focus; Space is left to elements that it can press. */
  #key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
    if (event.key === " " && target.closest("button, summary, [role=tab], a, select")) return;
    const actions: Record<string, () => void> = {
      " ": () => this.pause(!this.#paused),
      ".": () => this.step(),
      r: () => this.reset(),
      t: () => this.turn(),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }
}
