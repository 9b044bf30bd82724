import { element } from "../elements/element.ts";
import type { Plain, PlainObject } from "../values/difference.ts";
import { valueAt } from "../values/difference.ts";
import type { Schema } from "../values/schema.ts";
import type { FormContext } from "./context.ts";
import { initialValue, objectFields, removal } from "./schema-field.ts";

const listAt = (context: FormContext, path: string): readonly PlainObject[] => {
  const written = valueAt(context.laboratory.experiment, path);
  return Array.isArray(written) ? (written as readonly PlainObject[]) : [];
};

const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at);
const swapped = <T>(list: readonly T[], at: number): T[] =>
  list.map((item, i) => (i === at ? list[at - 1] : i === at - 1 ? list[at] : item));

/** Names of layers that the stack does not have yet. */
function newName(layers: readonly PlainObject[]): string {
  const names = new Set(layers.map(({ name }) => name));
  let count = layers.length + 1;
  while (names.has(`layer ${count}`)) count++;
  return `layer ${count}`;
}

/** The written stack while its fields are made. */
interface Stack {
  readonly context: FormContext;
  readonly path: string;
  readonly schema: Schema;
  readonly layers: readonly PlainObject[];
  readonly planes: readonly PlainObject[];
  /** If both ends are written, plane i is left of layer i; otherwise plane i is right of it. */
  readonly ends: boolean;
}

const layerSchemaOf = ({ schema }: Stack): Schema => schema.properties?.layers?.items ?? {};

/**
 * A layered stack: a part for each layer and each plane between them, from left to right, made from the schema. Layers
 * and planes are added and removed together, so that the stack stays consistent.
 */
export function stackFields(context: FormContext, path: string): HTMLElement[] {
  const { stack: schema } = context;
  if (!schema) return [element("p", { class: "meaning" }, "The fields are being loaded.")];
  const layers = listAt(context, `${path}.layers`);
  const planes = listAt(context, `${path}.interfaces`);
  const ends = planes.length === layers.length + 1;
  const stack: Stack = { context, path, schema, layers, planes, ends };
  const plane = (i: number): HTMLElement[] => planePart(stack, i);
  const layer = (i: number): HTMLElement => layerPart(stack, i);
  const add = addition(stack);
  return [
    element("p", { class: "meaning" }, "From left to right, along the current:"),
    ...layers.flatMap((_, i) => (ends ? [...plane(i), layer(i)] : [layer(i), ...plane(i)])),
    ...(ends ? plane(layers.length) : []),
    add,
    context.errors(`${path}.layers`, [add], true),
    context.errors(`${path}.interfaces`, [add], true),
    ...objectFields(context, path, schema, (inner, key) => layerChoice(stack, inner, key)),
  ];
}

/** Changes the current layers and planes: fields may have been edited since. */
function rebuild(
  { context, path }: Stack,
  edit: (
    layers: readonly PlainObject[],
    planes: readonly PlainObject[],
  ) => [readonly PlainObject[], readonly PlainObject[]],
): void {
  const { laboratory } = context;
  const whole = (valueAt(laboratory.experiment, path) ?? {}) as PlainObject;
  const planesNow = listAt(context, `${path}.interfaces`);
  const [next, nextPlanes] = edit(listAt(context, `${path}.layers`), planesNow);
  const changed: PlainObject = { ...whole, layers: next as readonly Plain[] };
  const interfaces = nextPlanes as readonly Plain[];
  void laboratory.set(path, planesNow.length > 0 ? { ...changed, interfaces } : changed, "structure");
}

/** A menu of the existing names of layers. */
function layerChoice(
  { context: { laboratory }, layers }: Stack,
  inner: string,
  key: string,
): HTMLElement | undefined {
  if (key !== "spacer" && key !== "freeLayer") return undefined;
  const present = laboratory.value(inner);
  const names = layers.flatMap(({ name }) => (typeof name === "string" ? [name] : []));
  const select = element(
    "select",
    { id: `field-${inner}` },
    ...[...new Set([...names, String(present ?? "")])].map((name) =>
      element("option", { value: name, selected: name === present }, name),
    ),
  );
  select.addEventListener("change", () => void laboratory.set(inner, select.value, "structure"));
  return select;
}

function part(
  stack: Stack,
  title: string,
  inner: string,
  of: Schema,
  buttons: HTMLElement[],
  mark: string,
): HTMLElement {
  const { context } = stack;
  return element(
    "div",
    { class: "part-row" },
    context.part(
      inner,
      element(
        "details",
        { class: "part", "data-section": inner, "data-part": mark },
        element("summary", {}, title),
      ),
      () => objectFields(context, inner, of, (inner, key) => layerChoice(stack, inner, key)),
    ),
    // not inside the summary, which is a button itself
    buttons.length > 0 ? element("div", { class: "part-buttons" }, ...buttons) : null,
  );
}

function planePart(stack: Stack, i: number): HTMLElement[] {
  const { planes, layers, ends, path, schema } = stack;
  if (planes[i] === undefined) return [];
  const title = ends && (i === 0 || i === layers.length) ? "plane to the lead" : "plane between";
  const of = schema.properties?.interfaces?.items ?? {};
  return [part(stack, title, `${path}.interfaces.${i}`, of, [], "interface")];
}

function layerPart(stack: Stack, i: number): HTMLElement {
  const { layers, ends, path } = stack;
  const name = String(layers[i].name ?? `layer ${i + 1}`);
  const earlier = element(
    "button",
    {
      type: "button",
      class: "quiet",
      "aria-label": `move ${name} to the left`,
      title: "one place to the left",
      disabled: i === 0,
      click: () => rebuild(stack, (layers, planes) => [swapped(layers, i), planes]),
    },
    "↑",
  );
  const remove = removal(name, () =>
    rebuild(stack, (layers, planes) => [
      without(layers, i),
      without(planes, ends ? i + 1 : Math.min(i, planes.length - 1)),
    ]),
  );
  return part(stack, name, `${path}.layers.${i}`, layerSchemaOf(stack), [earlier, remove], "layer");
}

/** The button that adds a layer, with a plane if planes are written. */
function addition(stack: Stack): HTMLElement {
  return element(
    "button",
    {
      type: "button",
      class: "add",
      click: () =>
        rebuild(stack, (layers, planes) => {
          // a further magnet would break the rules of most stacks
          const plain = layers.findLast(
            ({ asymmetry = 0, magnetization }) => asymmetry === 0 && !magnetization,
          );
          const model =
            plain ??
            layers[layers.length - 1] ??
            (initialValue("layer", layerSchemaOf(stack)) as PlainObject);
          const next = [...layers, { ...model, name: newName(layers) }];
          return [next, planes.length > 0 ? [...planes, { areaResistance: 0 }] : planes];
        }),
    },
    "+ layer",
  );
}
