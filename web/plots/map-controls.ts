import { element } from "../elements/element.ts";
import { isCount, isRange } from "../presets/map-asked.ts";
import type { MapAsked, MapAxis } from "../presets/preset.ts";
import { plain } from "../values/number.ts";

/** A number of the experiment that can be varied, with a suitable range. */
export interface Variable {
  readonly path: string;
  readonly name: string;
  readonly unit: string;
  readonly from: number;
  readonly to: number;
}

const counts = { one: 33, two: 13 } as const;

/** The numbers of a map's axes, their ranges and numbers of steps. */
export class MapControls {
  readonly node: HTMLElement = element("div", { class: "map-controls" });
  readonly #changed: (asked: MapAsked) => void;
  #variables: readonly Variable[] = [];
  #asked: MapAsked | null = null;
  #key = "";

  constructor(changed: (asked: MapAsked) => void) {
    this.#changed = changed;
  }

  get asked(): MapAsked | null {
    return this.#asked;
  }

  /** Sets the numbers that may be varied; the choice stays if it is still possible. */
  offer(variables: readonly Variable[], asked: MapAsked | null): void {
    const paths = variables.map(({ path }) => path);
    const has = (axis: MapAxis | undefined): boolean => axis === undefined || paths.includes(axis.path);
    const wanted = asked && has(asked.x) && has(asked.y) ? asked : null;
    this.#variables = variables;
    this.#asked = wanted ?? (variables.length > 0 ? { x: this.#axis(variables[0], counts.one) } : null);
    const key = JSON.stringify([paths, this.#asked]);
    if (key === this.#key) return;
    this.#key = key;
    this.#make();
  }

  #axis({ path, from, to }: Variable, count: number): MapAxis {
    return { path, from, to, count };
  }

  #ask(asked: MapAsked): void {
    this.#asked = asked;
    this.#key = "";
    this.#make();
    this.#changed(asked);
  }

  #make(): void {
    const asked = this.#asked;
    if (!asked) {
      this.node.replaceChildren();
      return;
    }
    const focused = this.node.contains(document.activeElement)
      ? document.activeElement?.getAttribute("aria-label")
      : null;
    this.node.replaceChildren(
      // if one number is chosen for both axes, the axes are swapped
      this.#row("over", asked.x, null, (x) => {
        if (x) this.#ask({ ...asked, x, ...(x.path === asked.y?.path ? { y: asked.x } : {}) });
      }),
      this.#row("and", asked.y, asked.x.path, (y) => {
        const count = y ? counts.two : counts.one;
        const x = !y === !asked.y ? asked.x : { ...asked.x, count };
        this.#ask(y ? { x, y } : { x });
      }),
    );
    // keeps the keyboard focus in its place
    if (focused) this.node.querySelector<HTMLElement>(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
  }

  /** Whether values are spaced evenly or by factors, if both are possible. */
  #spacing(name: string, axis: MapAxis, changed: (axis: MapAxis) => void): HTMLElement {
    const select = element(
      "select",
      { "aria-label": `spacing of ${name}` },
      element("option", { value: "even" }, "even"),
      element("option", { value: "log", selected: axis.scale === "log" }, "by factors"),
    );
    select.addEventListener("change", () => {
      const { scale: _, ...even } = axis;
      changed(select.value === "log" ? { ...even, scale: "log" } : even);
    });
    return select;
  }

  #row(
    word: string,
    axis: MapAxis | undefined,
    /** The other number; this one may be absent. */
    other: string | null,
    changed: (axis: MapAxis | undefined) => void,
  ): HTMLElement {
    const own = this.#variables.find(({ path }) => path === axis?.path);
    const offered = this.#variables.filter(({ path }) => path !== other);
    const select = element(
      "select",
      { "aria-label": `the map is ${word}` },
      ...(other !== null ? [element("option", { value: "" }, "nothing else")] : []),
      ...offered.map(({ path, name }) =>
        element("option", { value: path, selected: path === axis?.path, title: path }, name),
      ),
    );
    select.addEventListener("change", () => {
      const variable = this.#variables.find(({ path }) => path === select.value);
      changed(variable && this.#axis(variable, axis?.count ?? counts.two));
    });
    const number = (label: string, key: "from" | "to" | "count"): HTMLElement | null => {
      if (!axis) return null;
      const input = element("input", {
        type: "text",
        inputmode: "decimal",
        class: "number",
        "aria-label": `${label} of ${own?.name ?? axis.path}`,
        value: plain(axis[key]),
      });
      input.addEventListener("change", () => {
        const value = Number(input.value);
        const { scale: _, ...even } = { ...axis, [key]: value };
        const isSound = input.value.trim() !== "" && isCount(even.count) && isRange(even.from, even.to);
        if (!isSound) input.value = plain(axis[key]);
        else changed(axis.scale && even.from * even.to > 0 ? { ...even, scale: axis.scale } : even);
      });
      return element("label", {}, `${label} `, input);
    };
    return element(
      "div",
      { class: "map-axis" },
      element("label", {}, `${word} `, select),
      number("from", "from"),
      number("to", "to"),
      axis ? element("span", { class: "unit" }, own?.unit ?? "") : null,
      number("points", "count"),
      axis && axis.from * axis.to > 0 ? this.#spacing(own?.name ?? axis.path, axis, changed) : null,
    );
  }
}
