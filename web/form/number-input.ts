import { element } from "../elements/element.ts";
import { plain } from "../values/number.ts";

export interface NumberInputOptions {
  readonly id: string;
  readonly label: string;
  readonly value: number | undefined;
  readonly unit: string;
  readonly positive: boolean;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly slider?: boolean;
  readonly placeholder?: string;
  readonly change: (value: number | string | null) => void;
  readonly settle: () => void;
}

/** Scales for sliders of quantities that are 0, by unit. */
const usualSizes: Readonly<Record<string, number>> = { T: 0.05, "J/m³": 4e4, "A/m²": 1e11, K: 300, "1": 1 };

/** Values of a slider's positions 0 … 1000: equal steps, or equal ratios for quantities that are always positive. */
function scaleFor({ value, unit, positive, minimum, maximum }: NumberInputOptions) {
  const present = value ?? 0;
  if (minimum !== undefined && maximum !== undefined)
    return {
      at: (x: number) => (1000 * (x - minimum)) / (maximum - minimum),
      of: (p: number) => minimum + ((maximum - minimum) * p) / 1000,
    };
  if (positive && present > 0) {
    const low = Math.log(present / 10);
    const span = Math.log(100);
    return {
      at: (x: number) => (1000 * (Math.log(Math.max(x, 1e-300)) - low)) / span,
      of: (p: number) => Math.exp(low + (span * p) / 1000),
    };
  }
  const reach = present !== 0 ? 3 * Math.abs(present) : (usualSizes[unit] ?? 1);
  return {
    at: (x: number) => 500 + (500 * x) / reach,
    of: (p: number) => (reach * (p - 500)) / 500,
  };
}

/** A number as text, as it was typed or in three digits from the slider. */
export function numberInput(options: NumberInputOptions): { nodes: HTMLElement[]; text: HTMLInputElement } {
  const { id, label, value, unit, change, settle } = options;
  const text = element("input", {
    id,
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    class: "number",
    placeholder: options.placeholder ?? "",
    value: value === undefined ? "" : plain(value),
  });
  // a hidden exponent would show another number
  const widen = (): void => {
    text.style.width = `${Math.max(7.4, 0.62 * text.value.length + 2)}em`;
  };
  widen();
  const read = (): number | string | null => {
    const typed = text.value.trim();
    if (typed === "") return null;
    const number = Number(typed.replace(",", "."));
    return Number.isFinite(number) ? number : typed;
  };
  const nodes: HTMLElement[] = [text];
  let slider: HTMLInputElement | undefined;
  const scale = scaleFor(options);
  if (options.slider !== false) {
    slider = element("input", {
      type: "range",
      min: "0",
      max: "1000",
      step: "1",
      "aria-label": `${label}, slider`,
    });
    slider.value = String(scale.at(value ?? 0));
    slider.addEventListener("input", () => {
      const moved = Number(scale.of(Number(slider?.value)).toPrecision(3));
      text.value = plain(moved);
      widen();
      change(moved);
    });
    slider.addEventListener("change", settle);
    nodes.push(slider);
  }
  text.addEventListener("input", () => {
    widen();
    const typed = read();
    if (slider && typeof typed === "number") slider.value = String(scale.at(typed));
    change(typed);
  });
  text.addEventListener("change", settle);
  if (unit !== "" && unit !== "1") nodes.splice(1, 0, element("span", { class: "unit" }, unit));
  return { nodes, text };
}
