import type { Entry } from "../../src/physics/entry.ts";
import { element } from "../elements/element.ts";
import type { PlainObject } from "../values/difference.ts";
import type { FormContext } from "./context.ts";
import { field } from "./field.ts";

type Catalogue = Readonly<Record<string, Entry>>;

/** A new entry with the example of its catalogue. */
const fresh = ({ type, example }: Entry): PlainObject => ({ type, ...(example as PlainObject | undefined) });

/** A list of catalogue entries: each with its fields and a button to remove it, and a menu to add others. */
export function entryList(
  context: FormContext,
  path: string,
  title: string,
  catalogue: Catalogue,
): HTMLElement {
  const { laboratory } = context;
  // read again each time: fields may have been edited since the form was made
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
      { class: "entry", "data-entry": `${path}.${i}` },
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
