import { element } from "../elements/element.ts";
import type { Plain, PlainObject } from "../values/difference.ts";
import { valueAt } from "../values/difference.ts";
import type { Schema } from "../values/schema.ts";
import type { FormContext } from "./context.ts";
import { numberInput } from "./number-input.ts";

/** The field of a key, by path, where the schema does not define it; undefined for others. */
export type Special = (path: string, key: string) => HTMLElement | undefined;

/** Description of a key, without the unit, which stands beside its value. */
const meaningOf = ({ description = "", unit }: Schema): string =>
  unit === undefined ? description : description.replace(` (${unit})`, "");

/** The rule of a number in words. */
function ruleOf({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Schema): string {
  const low =
    minimum !== undefined ? `≥ ${minimum}` : exclusiveMinimum !== undefined ? `> ${exclusiveMinimum}` : "";
  const high =
    maximum !== undefined ? `≤ ${maximum}` : exclusiveMaximum !== undefined ? `< ${exclusiveMaximum}` : "";
  return [low, high].filter((part) => part !== "").join(", ");
}

/** Initial values of new numbers, in the unit of their key: values of cobalt and copper films. */
const usualValues: Readonly<Record<string, Plain>> = {
  thickness: 3e-9,
  resistivity: 1e-7,
  rhoStar: 7.5e-8,
  conductivity: 1e7,
  meanConductivity: 5e6,
  asymmetry: 0.46,
  diffusionLength: 6e-8,
  spinFlipCoefficient: 1e34,
  thermalConductivity: 100,
  areaResistance: 5e-16,
  re: 5e14,
  temperature: 300,
  heatCurrent: 1e9,
  currentDensity: 1e11,
};

/** An initial value. */
export function initialValue(key: string, schema: Schema): Plain {
  if (Object.hasOwn(usualValues, key)) return usualValues[key];
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  if (schema.type === "object")
    return Object.fromEntries(
      (schema.required ?? []).map((name) => [name, initialValue(name, schema.properties?.[name] ?? {})]),
    );
  if (schema.type === "array") return [];
  return schema.type === "string" ? "" : (schema.minimum ?? (schema.exclusiveMinimum ?? -1) + 1);
}

function labelled(
  id: string,
  key: string,
  meaning: string,
  remove: HTMLElement | null,
  row: readonly HTMLElement[],
  error: HTMLElement,
): HTMLElement {
  return element(
    "div",
    { class: "field" },
    element(
      "label",
      { for: id },
      element("span", { class: "name" }, key),
      " ",
      element("span", { class: "meaning" }, meaning),
    ),
    remove,
    element("div", { class: "controls" }, ...row),
    error,
  );
}

/** A button that removes a key. */
export const removal = (label: string, click: () => void): HTMLElement =>
  element(
    "button",
    { type: "button", class: "quiet", "aria-label": `remove ${label}`, title: "remove", click },
    "×",
  );

function control(context: FormContext, path: string, key: string, schema: Schema, id: string): HTMLElement[] {
  const { laboratory } = context;
  const value = laboratory.value(path);
  if (schema.enum) {
    const options = schema.enum.map((choice) =>
      element("option", { value: choice, selected: choice === value }, choice),
    );
    const select = element("select", { id }, ...options);
    select.addEventListener("change", () => void laboratory.set(path, select.value, "structure"));
    return [select];
  }
  if (schema.type === "string") {
    const text = element("input", { id, type: "text", class: "formula", value: String(value ?? "") });
    text.addEventListener("input", () => void laboratory.set(path, text.value));
    text.addEventListener("change", () => laboratory.settle());
    return [text];
  }
  return numberInput({
    id,
    label: key,
    value: typeof value === "number" ? value : undefined,
    unit: schema.unit ?? "",
    positive: (schema.minimum ?? schema.exclusiveMinimum) === 0,
    minimum: schema.exclusiveMinimum === 0 ? undefined : schema.exclusiveMinimum,
    maximum: schema.exclusiveMaximum,
    slider: typeof value === "number",
    change: (next) => void laboratory.set(path, next),
    settle: () => laboratory.settle(),
  }).nodes;
}

/** One key: a single field, or the fields of its object. */
function keyField(
  context: FormContext,
  path: string,
  key: string,
  schema: Schema,
  required: boolean,
  special: Special,
): HTMLElement {
  const { laboratory } = context;
  const id = `field-${path}`;
  const remove = required ? null : removal(key, () => void laboratory.set(path, null, "structure"));
  const meaning = [meaningOf(schema), ruleOf(schema)].filter((part) => part !== "").join("; ");
  const own = special(path, key);
  if (!own && schema.type === "object")
    return element(
      "fieldset",
      { class: "entry" },
      element("legend", {}, key, remove),
      element("p", { class: "meaning" }, meaning),
      ...objectFields(context, path, schema, special),
    );
  const row = own ? [own] : control(context, path, key, schema, id);
  return labelled(id, key, meaning, remove, row, context.errors(path, row));
}

/** The given keys of an object, and a menu to add others. `special` handles lists. */
export function objectFields(
  context: FormContext,
  path: string,
  schema: Schema,
  special: Special,
): HTMLElement[] {
  const { laboratory } = context;
  const written = (valueAt(laboratory.experiment, path) ?? {}) as PlainObject;
  const keys = Object.entries(schema.properties ?? {}).filter(([, { type }]) => type !== "array");
  const required = new Set(schema.required ?? []);
  const shown = keys.filter(([key]) => required.has(key) || written[key] !== undefined);
  const others = keys.filter((entry) => !shown.includes(entry));
  const add = element(
    "select",
    { class: "add", "aria-label": `give another property of ${path}` },
    element("option", { value: "" }, "+ another property…"),
    ...others.map(([key, of]) => element("option", { value: key, title: meaningOf(of) }, key)),
  );
  add.addEventListener("change", () => {
    const found = others.find(([key]) => key === add.value);
    if (found) void laboratory.set(`${path}.${found[0]}`, initialValue(...found), "structure");
  });
  return [
    ...shown.map(([key, of]) => keyField(context, `${path}.${key}`, key, of, required.has(key), special)),
    ...(others.length > 0 ? [add] : []),
    context.errors(path, []),
  ];
}
