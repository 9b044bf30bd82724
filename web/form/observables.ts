import type { EntryDescription } from "../../src/experiment/describe.ts";
import { element } from "../elements/element.ts";
import type { Plain, PlainObject } from "../values/difference.ts";
import { textOfValue, valueOfText } from "../values/typed.ts";
import { addObservable, writtenObservables } from "./add-observable.ts";
import type { FormContext } from "./context.ts";

/** One key of an observable: a number, a list or a formula, as text. */
function key(context: FormContext, path: string, name: string, meaning: string, usual: unknown): HTMLElement {
  const { laboratory } = context;
  const input = element("input", {
    id: `field-${path}`,
    type: "text",
    class: "formula",
    spellcheck: "false",
    autocomplete: "off",
    value: textOfValue(laboratory.value(path)),
    placeholder: usual === undefined ? "" : textOfValue(usual as Plain),
  });
  input.addEventListener("input", () => void laboratory.set(path, valueOfText(input.value)));
  input.addEventListener("change", () => laboratory.settle());
  return element(
    "div",
    { class: "field" },
    element(
      "label",
      { for: input.id },
      element("span", { class: "name" }, name),
      " ",
      element("span", { class: "meaning" }, meaning),
    ),
    element("div", { class: "controls" }, input),
    context.errors(path, [input]),
  );
}

/** Observables of the experiment in addition to those of the page, from the catalogue. */
export function observablesSection(
  context: FormContext,
  catalogue: readonly EntryDescription[],
): HTMLElement {
  const { laboratory } = context;
  // read again each time: fields may have been edited since the form was made
  const present = (): readonly PlainObject[] => writtenObservables(context);
  const list = present();
  const entries = list.map((values, i) => {
    const entry = catalogue.find(({ type }) => type === values?.type);
    const remove = element(
      "button",
      {
        type: "button",
        class: "quiet",
        "aria-label": `remove ${values?.type}`,
        title: "remove",
        click: () =>
          void laboratory.set(
            "observables",
            present().filter((_, k) => k !== i),
            "structure",
          ),
      },
      "×",
    );
    return element(
      "fieldset",
      { class: "entry" },
      element("legend", {}, String(values?.type ?? "?"), remove),
      element("p", { class: "meaning" }, entry?.title ?? ""),
      ...(entry?.parameters ?? []).map(({ name, meaning, default: usual }) =>
        key(context, `observables.${i}.${name}`, name, meaning, usual),
      ),
      context.errors(`observables.${i}`, []),
    );
  });
  const add = element(
    "select",
    { class: "add", "aria-label": "add to Observables" },
    element("option", { value: "" }, "+ add to Observables…"),
    ...catalogue.map(({ type, title }) => element("option", { value: type, title }, type)),
  );
  add.addEventListener("change", () => {
    if (add.value !== "") addObservable(context, add.value);
  });
  return element(
    "details",
    { "data-section": "observables" },
    element("summary", {}, "Observables", element("span", { class: "count" }, String(list.length))),
    ...entries,
    add,
    context.errors("observables", [add], true),
  );
}
