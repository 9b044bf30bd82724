import { drives } from "../../src/physics/drives/index.ts";
import type { Parameter, Parameters } from "../../src/physics/parameter.ts";
import { spreadParameters } from "../../src/physics/spread.ts";
import { element } from "../elements/element.ts";
import type { Plain } from "../values/difference.ts";
import { plain } from "../values/number.ts";
import type { FormContext } from "./context.ts";
import { numberInput } from "./number-input.ts";
import { volumeInput } from "./volume-input.ts";

type Mode = "number" | "formula" | "spread" | keyof typeof drives;

const modes: readonly { mode: Mode; name: string }[] = [
  { mode: "number", name: "constant" },
  { mode: "formula", name: "formula of t" },
  { mode: "spread", name: "spread" },
  ...Object.values(drives).map(({ type }) => ({ mode: type as Mode, name: type })),
];

function modeOf(value: Plain | undefined): Mode {
  if (typeof value === "string") return "formula";
  if (typeof value !== "object" || value === null) return "number";
  if (Object.hasOwn(value, "deviation")) return "spread";
  return (Object.keys(drives).find((type) => Object.hasOwn(value, type)) as Mode) ?? "number";
}

/** A typical number of the value, for when its kind changes. */
function representative(value: Plain | undefined): number {
  if (typeof value === "number") return value;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return 0;
  const inner = value as { [key: string]: Plain };
  for (const key of ["mean", "amplitude", "from"]) if (typeof inner[key] === "number") return inner[key];
  return representative(Object.values(inner)[0]);
}

/** A value of the new kind with the same size, times within the run. */
function converted(value: Plain | undefined, mode: Mode, duration: number): Plain {
  const x = representative(value);
  switch (mode) {
    case "number":
      return x;
    case "formula":
      return String(x);
    case "spread":
      return { mean: x, deviation: Math.abs(x) / 20, distribution: "normal" };
    default:
      return { [mode]: (drives[mode].typical?.(x, duration) ?? {}) as Plain };
  }
}

/** Fields of the plain numbers of a drive or a spread. */
function inner(
  context: FormContext,
  parameters: Parameters,
  path: string,
  unit: string,
  field: (path: string, name: string, parameter: Parameter) => HTMLElement,
): HTMLElement {
  return element(
    "div",
    { class: "nested" },
    ...Object.entries(parameters).map(([name, parameter]) =>
      field(`${path}.${name}`, name, {
        ...parameter,
        unit: parameter.unit === "value" ? unit : parameter.unit,
      }),
    ),
    context.errors(path, []),
  );
}

/** A scalar of any kind: number, formula, drive, spread. */
export function scalarControls(
  context: FormContext,
  path: string,
  label: string,
  parameter: Extract<Parameter, { kind: "scalar" }>,
  id: string,
  field: (path: string, name: string, parameter: Parameter) => HTMLElement,
): { row: HTMLElement[]; below: HTMLElement[]; control: HTMLElement; mode: HTMLElement } {
  const { laboratory } = context;
  const value = laboratory.value(path);
  const mode = modeOf(value);
  const select = element(
    "select",
    { class: "mode", "aria-label": `how ${label} is given` },
    ...modes.map((entry) =>
      element("option", { value: entry.mode, selected: entry.mode === mode }, entry.name),
    ),
  );
  select.addEventListener("change", () => {
    const duration = Number(laboratory.value("time.duration")) || 1e-8;
    void laboratory.set(path, converted(laboratory.value(path), select.value as Mode, duration), "structure");
  });
  if (mode === "number") {
    const { nodes, text } = numberInput({
      id,
      label,
      value: typeof value === "number" ? value : undefined,
      unit: parameter.unit,
      positive: (parameter.minimum ?? parameter.above) === 0,
      minimum: parameter.minimum,
      maximum: parameter.maximum,
      placeholder: parameter.optional ? "not given" : "",
      change: (next) => void laboratory.set(path, next),
      settle: () => laboratory.settle(),
    });
    const disc = (): HTMLElement =>
      volumeInput(laboratory, value, {
        id,
        change: (volume) => {
          text.value = plain(volume);
          text.dispatchEvent(new Event("input"));
        },
        settle: () => laboratory.settle(),
      });
    const below = parameter.unit === "m³" ? [disc()] : [];
    return { row: nodes, below, control: text, mode: select };
  }
  if (mode === "formula") {
    const text = element("input", {
      id,
      type: "text",
      class: "formula",
      spellcheck: "false",
      value: String(value ?? ""),
    });
    text.addEventListener("input", () => void laboratory.set(path, text.value));
    text.addEventListener("change", () => laboratory.settle());
    return {
      row: [text, element("span", { class: "unit" }, parameter.unit)],
      below: [],
      control: text,
      mode: select,
    };
  }
  const spread = mode === "spread";
  const parameters: Parameters = spread ? spreadParameters : drives[mode].parameters;
  return {
    row: [
      element("span", { class: "drive-title" }, spread ? "differs from spin to spin" : drives[mode].title),
    ],
    below: [inner(context, parameters, spread ? path : `${path}.${mode}`, parameter.unit, field)],
    control: select,
    mode: select,
  };
}
