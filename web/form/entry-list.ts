import type { Entry } from "../../src/physics/entry.ts";
import type { Parameter } from "../../src/physics/parameter.ts";
import { cobaltCopperCobalt } from "../../src/transport/example-stack.ts";
import { element } from "../shell/element.ts";
import type { Plain, PlainObject } from "../state/difference.ts";
import type { FormContext } from "./context.ts";
import { field } from "./field.ts";

type Catalogue = Readonly<Record<string, Entry>>;

/** A value to begin with for a parameter that has no default. */
function beginning(parameter: Parameter): Plain {
  switch (parameter.kind) {
    case "scalar":
    case "number":
      return parameter.minimum === undefined && parameter.above === undefined
        ? 0
        : (parameter.above ?? 0) + 1;
    case "integer":
      return parameter.minimum ?? 1;
    case "direction":
      return [0, 0, 1];
    case "vector":
      return [0, 0, 0];
    case "numbers":
      return [1, 1, 1];
    case "list":
      return [0, 1];
    case "tensor":
      return [0, 0, 0];
    case "choice":
      return parameter.choices[0];
    case "expression":
      return "0";
    case "field":
      return ["0", "0", "0"];
    case "named":
      return {};
    case "harmonics":
      return [];
    case "stack":
      return cobaltCopperCobalt as unknown as Plain;
  }
}

/** Sizes that show something at once, for parameters whose natural beginning would be 0. */
const telling: Readonly<Record<string, Plain>> = {
  Ku1: 1e4,
  Kc1: 1e4,
  B_ext: [0.02, 0, 0],
  dampingLike: 0.002,
  J: 5e10,
  Pol: 0.5,
  Lambda: 1,
  thickness: 1.5e-9,
  spinHallAngle: 0.15,
  density: "1e4*mx^2",
};

function fresh({ type, parameters }: Entry): PlainObject {
  const values: Record<string, Plain> = { type };
  for (const [name, parameter] of Object.entries(parameters))
    if (!parameter.optional && !("default" in parameter && parameter.default !== undefined))
      values[name] = telling[name] ?? beginning(parameter);
  return values;
}

/** A list of catalogue entries: each with its fields, to be removed, and a way to add others. */
export function entryList(
  context: FormContext,
  path: string,
  title: string,
  catalogue: Catalogue,
): HTMLElement {
  const { laboratory } = context;
  // asked for whenever it is needed: fields may have been edited since the form was made
  const present = (): readonly PlainObject[] => {
    const written = laboratory.value(path);
    return Array.isArray(written) ? (written as readonly PlainObject[]) : [];
  };
  const list = present();
  const entries = list.map((values, i) => {
    const entry = Object.hasOwn(catalogue, String(values?.type)) ? catalogue[String(values.type)] : undefined;
    const remove = element(
      "button",
      { type: "button", class: "quiet", "aria-label": `remove ${values?.type}`, title: "remove" },
      "×",
    );
    remove.addEventListener("click", () => {
      void laboratory.set(
        path,
        present().filter((_, k) => k !== i),
        "structure",
      );
    });
    return element(
      "fieldset",
      { class: "entry" },
      element("legend", {}, String(values?.type ?? "?"), remove),
      element("p", { class: "meaning" }, entry?.title ?? "not known to this page"),
      ...Object.entries(entry?.parameters ?? {}).map(([name, parameter]) =>
        field(context, `${path}.${i}.${name}`, name, parameter),
      ),
      context.errors(`${path}.${i}`, []),
    );
  });
  const add = element(
    "select",
    { class: "add", "aria-label": `add to ${title}` },
    element("option", { value: "" }, `+ add to ${title}…`),
    ...Object.values(catalogue).map(({ type, title: meaning }) =>
      element("option", { value: type, title: meaning }, type),
    ),
  );
  add.addEventListener("change", () => {
    if (add.value !== "") void laboratory.set(path, [...present(), fresh(catalogue[add.value])], "structure");
  });
  return element(
    "details",
    { open: true, "data-section": path },
    element("summary", {}, title, element("span", { class: "count" }, String(list.length))),
    ...entries,
    add,
    context.errors(path, [add], true),
  );
}
