import { byId } from "../elements/element.ts";
import type { SphereView } from "../sphere/view.ts";
import type { Remote } from "../workers/client.ts";
import type { SimulationCalls, SimulationEvents } from "../workers/messages.ts";

/** Pause, step, reset, speed; by hand and by key. */
export class Transport {
  #paused = false;
  #steps = 1;
  readonly #simulation: Remote<SimulationCalls, SimulationEvents>;
  readonly #again: () => void;
  readonly #sphere: SphereView;
  readonly #pausing: (paused: boolean) => void;

  constructor(
    simulation: Remote<SimulationCalls, SimulationEvents>,
    again: () => void,
    sphere: SphereView,
    pausing: (paused: boolean) => void,
  ) {
    this.#simulation = simulation;
    this.#again = again;
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

  pause(paused: boolean): void {
    this.#paused = paused;
    const button = byId("pause");
    button.setAttribute("aria-pressed", String(paused));
    button.textContent = paused ? "Go on" : "Pause";
    void this.#simulation.call("pause", paused);
    this.#pausing(paused);
  }

  step(): void {
    if (!this.#paused) this.pause(true);
    void this.#simulation.call("step", null);
  }

  reset(): void {
    if (this.#paused) this.pause(false);
    this.#again();
  }

  turn(): void {
    this.#sphere.turning = !this.#sphere.turning;
  }

  started(steps: number): void {
    this.#steps = steps;
    this.moved(0);
  }

  moved(step: number): void {
    byId<HTMLProgressElement>("progress").value = step / this.#steps;
  }

  finished(): void {
    this.moved(this.#steps);
  }

  /** Single keys act where no field is being typed in. */
  #key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest("input, textarea, select, button, summary, [role=tab], a")) return;
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
