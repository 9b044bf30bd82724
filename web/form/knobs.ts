import { own } from "../../src/expression/own.ts";
import { drives } from "../../src/physics/drives/index.ts";
import { energies } from "../../src/physics/energies/index.ts";
import { magnetParameters, reducedMagnetParameters } from "../../src/physics/magnet.ts";
import type { Parameter, Parameters } from "../../src/physics/parameter.ts";
import { torques } from "../../src/physics/torques/index.ts";
import { element } from "../elements/element.ts";
import type { Knob } from "../presets/preset.ts";
import { withUnit } from "../values/number.ts";
import type { Schema } from "../values/schema.ts";
import type { FormContext } from "./context.ts";

interface Named {
  readonly name: string;
  readonly meaning: string;
  readonly unit: string;
}

const catalogues: Readonly<Record<string, Readonly<Record<string, { readonly parameters: Parameters }>>>> = {
  energies,
  torques,
};

const components = ["x", "y", "z"];

/** Name, meaning and unit of the number at a path, from its catalogue entry. */
export const named = (context: FormContext, path: string): Named =>
  context.inItsUnits(inCatalogue(context, path));

function inCatalogue({ laboratory, stack }: FormContext, path: string): Named {
  const [list, at, ...rest] = path.split(".");
  const keys = list === "magnet" ? [at, ...rest] : rest;
  const type = String(laboratory.value(`${list}.${at}.type`));
  const magnet: Parameters = { ...reducedMagnetParameters, ...magnetParameters };
  const parameters = list === "magnet" ? magnet : (catalogues[list]?.[type]?.parameters ?? {});
  const [key, inner, last] = keys;
  const parameter: Parameter | undefined = own(parameters, key);
  const plain = { name: key, meaning: parameter?.meaning ?? "", unit: parameter?.unit ?? "" };
  if (inner === undefined || !parameter) return plain;
  if (parameter.kind === "stack") {
    const { description = "", unit = "" }: Schema = stack?.properties?.[inner] ?? {};
    return { name: inner, meaning: description.replace(` (${unit})`, ""), unit };
  }
  if (last !== undefined && Object.hasOwn(drives, inner)) {
    const of = (drives as Readonly<Record<string, { readonly parameters: Parameters }>>)[inner].parameters[
      last
    ];
    const unit = of.unit === "value" ? parameter.unit : of.unit;
    return { name: `${inner} ${last}`, meaning: `${key}: ${of.meaning}`, unit };
  }
  return { ...plain, name: `${key} ${components[Number(inner)] ?? inner}` };
}

const steps = 400;

/** A name with possible line breaks before capitals: "current", "Density". */
const inParts = (name: string): (string | HTMLElement)[] =>
  name.split(/(?<=[a-z])(?=[A-Z])/).flatMap((part, i) => (i === 0 ? [part] : [element("wbr"), part]));

interface Made {
  readonly path: string;
  readonly slider: HTMLInputElement;
  readonly output: HTMLElement;
  at(value: number): number;
  words(value: number): string;
}

/** Sliders beside the plots for the most important numbers of an experiment. */
export class Knobs {
  #made: readonly Made[] = [];
  readonly #host: HTMLElement;
  readonly #context: FormContext;
  readonly #settled: () => void;

  /** `settled`: a slider was released. */
  constructor(host: HTMLElement, context: FormContext, settled: () => void) {
    this.#host = host;
    this.#context = context;
    this.#settled = settled;
  }

  /** Makes the sliders of an experiment, without those of numbers that it lacks. */
  make(knobs: readonly Knob[]): void {
    const { laboratory } = this.#context;
    const present = knobs.filter(({ path }) => typeof laboratory.value(path) === "number");
    this.#host.hidden = present.length === 0;
    const focused = document.activeElement?.id;
    const nodes = present.map((knob) => this.#knob(knob));
    this.#made = nodes.map(([made]) => made);
    this.#host.replaceChildren(...nodes.map(([, node]) => node));
    if (focused?.startsWith("knob-")) document.getElementById(focused)?.focus();
    this.show();
  }

  #knob({ path, from, to }: Knob): [Made, HTMLElement] {
    const { laboratory } = this.#context;
    const { name, meaning, unit } = named(this.#context, path);
    const words = (value: number): string => withUnit(value, unit, 3);
    const at = (value: number): number => (steps * (value - from)) / (to - from);
    const slider = element("input", { id: `knob-${path}`, type: "range", min: "0", max: steps, step: "1" });
    const output = element("output", { for: slider.id });
    slider.addEventListener("input", () => {
      const value = Number((from + ((to - from) * Number(slider.value)) / steps).toPrecision(3));
      void laboratory.set(path, Math.abs(value) < 1e-9 * (to - from) ? 0 : value);
    });
    slider.addEventListener("change", () => {
      laboratory.settle();
      this.#settled();
    });
    const node = element(
      "div",
      { class: "knob", title: meaning },
      element("label", { for: slider.id }, ...inParts(name)),
      output,
      slider,
      element(
        "span",
        { class: "ends", "aria-hidden": "true" },
        element("span", {}, words(from)),
        element("span", {}, words(to)),
      ),
    );
    return [{ path, slider, output, at, words }, node];
  }

  /** Shows the values as they are written. */
  show(): void {
    for (const { path, slider, output, at, words } of this.#made) {
      const value = this.#context.laboratory.value(path);
      if (typeof value !== "number") continue;
      slider.value = String(Math.round(at(value)));
      slider.setAttribute("aria-valuetext", words(value));
      output.textContent = words(value);
    }
  }
}
