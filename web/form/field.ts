import type { Parameter } from "../../src/physics/parameter.ts";
import { rangeRule } from "../../src/physics/parameter.ts";
import { isRandomDirection } from "../../src/physics/spread.ts";
import { element } from "../elements/element.ts";
import type { Plain } from "../values/difference.ts";
import { plain } from "../values/number.ts";
import { textOfValue, valueOfText } from "../values/typed.ts";
import type { FormContext } from "./context.ts";
import { numberInput } from "./number-input.ts";
import { scalarControls } from "./scalar-field.ts";
import { stackFields } from "./stack-field.ts";

/** One parameter of a catalogue entry: name, meaning, range, value with unit, and its problem. */
export function field(context: FormContext, path: string, name: string, given: Parameter): HTMLElement {
  const parameter = context.inItsUnits(given);
  const id = `field-${path}`;
  const range =
    "minimum" in parameter || "maximum" in parameter || "above" in parameter || "below" in parameter
      ? rangeRule(parameter, parameter.unit)
      : "";
  const meaning = [parameter.meaning, range].filter((part) => part !== "").join("; ");
  const controls = controlsOf(context, path, name, parameter, id);
  return element(
    "div",
    { class: "field", "data-kind": parameter.kind },
    element(
      "label",
      { for: id },
      element("span", { class: "name" }, name),
      " ",
      element("span", { class: "meaning" }, meaning),
    ),
    controls.mode,
    element("div", { class: "controls" }, ...controls.row),
    ...controls.below,
    context.errors(path, [controls.control]),
  );
}

interface Controls {
  /** The kind of value, if there are several. */
  readonly mode?: HTMLElement;
  readonly row: HTMLElement[];
  readonly below: HTMLElement[];
  readonly control: HTMLElement;
}

function controlsOf(
  context: FormContext,
  path: string,
  name: string,
  parameter: Parameter,
  id: string,
): Controls {
  const { laboratory } = context;
  const value = laboratory.value(path);
  const nested = (inner: string, innerName: string, innerParameter: Parameter) =>
    field(context, inner, innerName, innerParameter);
  // a direction at random is edited as JSON
  if (isRandomDirection(value)) return written(context, path, parameter, id);
  switch (parameter.kind) {
    case "scalar":
      return scalarControls(context, path, name, parameter, id, nested);
    case "number":
    case "integer": {
      const { nodes, text } = numberInput({
        id,
        label: name,
        value: typeof value === "number" ? value : undefined,
        unit: parameter.unit,
        positive: (parameter.minimum ?? parameter.above) === 0,
        slider: parameter.kind === "number" && typeof value === "number",
        placeholder: parameter.optional ? "not given" : "",
        change: (next) => void laboratory.set(path, next),
        settle: () => laboratory.settle(),
      });
      return { row: nodes, below: [], control: text };
    }
    case "direction":
    case "vector":
    case "numbers":
      return components(context, path, name, parameter.unit, id);
    case "choice": {
      const select = element(
        "select",
        { id },
        ...parameter.choices.map((choice) =>
          element("option", { value: choice, selected: choice === value }, choice),
        ),
      );
      select.addEventListener("change", () => void laboratory.set(path, select.value));
      return { row: [select], below: [], control: select };
    }
    case "stack": {
      const parts = element("div", { class: "nested", id, role: "group", "aria-label": name });
      parts.append(...stackFields(context, path));
      return { row: [], below: [parts], control: parts };
    }
    default:
      return written(context, path, parameter, id);
  }
}

/** Formulas as text; matrices, lists and named values as JSON. */
function written({ laboratory }: FormContext, path: string, { kind, unit }: Parameter, id: string): Controls {
  const formula = kind === "expression";
  const text = element("textarea", { id, rows: formula ? 2 : 3, spellcheck: "false", class: "formula" });
  text.value = textOfValue(laboratory.value(path));
  text.addEventListener(
    "input",
    () => void laboratory.set(path, formula ? text.value : valueOfText(text.value)),
  );
  text.addEventListener("change", () => laboratory.settle());
  return {
    row: unit === "" || unit === "1" ? [text] : [text, element("span", { class: "unit" }, unit)],
    below: [],
    control: text,
  };
}

/** Three numbers side by side; if a component is not a number, the value is edited as JSON. */
function components(context: FormContext, path: string, name: string, unit: string, id: string): Controls {
  const { laboratory } = context;
  const value = laboratory.value(path);
  const list = Array.isArray(value) ? (value as readonly Plain[]) : [0, 0, 0];
  const inputs = ["x", "y", "z"].map((axis, i) => {
    const present = list[i];
    const input = element("input", {
      id: i === 0 ? id : `${id}-${axis}`,
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      spellcheck: "false",
      class: "number",
      "aria-label": `${name} ${axis}`,
      value: typeof present === "number" ? plain(Number(present.toPrecision(6))) : textOfValue(present),
    });
    input.addEventListener("input", () => {
      const typed = valueOfText(input.value.replace(",", "."));
      const now = laboratory.value(path);
      const next = [...(Array.isArray(now) ? (now as Plain[]) : [0, 0, 0])];
      next[i] = typed ?? 0;
      void laboratory.set(path, next);
    });
    input.addEventListener("change", () => laboratory.settle());
    return element(
      "span",
      { class: "component" },
      element("span", { class: "axis", "aria-hidden": "true" }, axis),
      input,
    );
  });
  const row = [element("span", { class: "components" }, ...inputs)];
  if (unit !== "" && unit !== "1") row.push(element("span", { class: "unit" }, unit));
  return { row, below: [], control: inputs[0].querySelector("input") as HTMLElement };
}
