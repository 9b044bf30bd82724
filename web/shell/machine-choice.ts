import type { BackendName } from "../../src/ensemble/backends.ts";
import { aboutBackends, backendNames } from "../../src/ensemble/backends.ts";
import { byId, element } from "../elements/element.ts";
import { withPrefix } from "../values/number.ts";

const choices: readonly (readonly [BackendName | "auto", string])[] = [
  ["auto", "automatic"],
  ...backendNames.map((name) => [name, aboutBackends[name].label] as const),
];
const counts = [1e3, 1e4, 1e5, 1e6];
const most = 2 ** 24;

/** Choice for a run: a backend and a number of spins, or `auto` for the best backend and as many spins as fit. */
export interface MachineOptions {
  readonly backend: BackendName | "auto";
  readonly spins: number | "auto";
}

/** The two menus beside “runs on”. */
export class MachineChoice {
  readonly #backend = byId<HTMLSelectElement>("backend");
  readonly #count = byId<HTMLSelectElement>("count");

  constructor(changed: (options: MachineOptions) => void) {
    this.#backend.append(...choices.map(([value, name]) => element("option", { value }, name)));
    this.show({});
    const announce = () =>
      changed({
        backend: this.#backend.value as BackendName | "auto",
        spins: this.#count.value === "auto" ? "auto" : Number(this.#count.value),
      });
    this.#backend.addEventListener("change", announce);
    this.#count.addEventListener("change", announce);
  }

  /** Sets the choice of a link, as far as it is available; returns it. */
  show({
    backend,
    spins,
  }: {
    readonly backend?: string | undefined;
    readonly spins?: number | undefined;
  }): MachineOptions {
    const known = choices.find(([name]) => name === backend)?.[0] ?? "auto";
    const count = spins ? Math.max(1, Math.min(most, Math.round(spins))) : null;
    this.#backend.value = known;
    const numbers = [...new Set([...counts, ...(count ? [count] : [])])].sort((a, b) => a - b);
    this.#count.replaceChildren(
      element("option", { value: "auto" }, "as many spins as fit"),
      ...numbers.map((value) =>
        element(
          "option",
          { value: String(value), selected: value === count },
          `${withPrefix(value, "", 4)} spins`,
        ),
      ),
    );
    return { backend: known, spins: count ?? "auto" };
  }
}
