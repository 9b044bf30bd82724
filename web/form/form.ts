import {
  generalParameters,
  readoutParameters,
  timeParameters,
} from "../../src/experiment/experiment-parameters.ts";
import { energies } from "../../src/physics/energies/index.ts";
import type { Entry } from "../../src/physics/entry.ts";
import { defaultInitial, initialStates } from "../../src/physics/initial/index.ts";
import type { InitialEntry } from "../../src/physics/initial/initial-entry.ts";
import { magnetParameters, reducedMagnetParameters } from "../../src/physics/magnet.ts";
import type { Parameters } from "../../src/physics/parameter.ts";
import { torques } from "../../src/physics/torques/index.ts";
import { element } from "../elements/element.ts";
import type { Plain } from "../values/difference.ts";
import type { FormContext } from "./context.ts";
import { entryList } from "./entry-list.ts";
import { field } from "./field.ts";
import { observablesSection } from "./observables.ts";

const section = (context: FormContext, path: string, title: string, parameters: Parameters, open: boolean) =>
  element(
    "details",
    { open, "data-section": path },
    element("summary", {}, title),
    ...Object.entries(parameters).map(([name, parameter]) =>
      field(context, path === "" ? name : `${path}.${name}`, name, parameter),
    ),
    ...(path === "" ? [] : [context.errors(path, [], true)]),
  );

const states: Readonly<Record<string, InitialEntry>> = initialStates;

/** Where the ensemble starts. */
function initialSection(context: FormContext): HTMLElement {
  const { laboratory } = context;
  const type = String(laboratory.value("initial.type") ?? defaultInitial.type);
  const select = element(
    "select",
    { id: "field-initial.type" },
    ...Object.values(states).map((state) =>
      element("option", { value: state.type, selected: state.type === type }, state.title),
    ),
  );
  select.addEventListener("change", () => {
    const { parameters, example = {} } = states[select.value];
    const values = Object.keys(parameters).map((name) => [
      name,
      laboratory.value(`initial.${name}`) ?? (example[name] as Plain),
    ]);
    void laboratory.set("initial", { type: select.value, ...Object.fromEntries(values) }, "structure");
  });
  return element(
    "details",
    { "data-section": "initial" },
    element("summary", {}, "Start"),
    element(
      "div",
      { class: "field" },
      element("label", { for: select.id }, element("span", { class: "name" }, "spins")),
      element("div", { class: "controls" }, select),
    ),
    ...Object.entries(states[type]?.parameters ?? {}).map(([name, parameter]) =>
      field(context, `initial.${name}`, name, parameter),
    ),
    context.errors("initial", [select], true),
  );
}

/** The readout, which defines the quantity `resistance`; added or removed as a whole. */
function readoutSection(context: FormContext): HTMLElement {
  const { laboratory } = context;
  const given = laboratory.value("readout") !== undefined;
  const set = (value: Plain) => () => void laboratory.set("readout", value, "structure");
  return element(
    "details",
    { "data-section": "readout" },
    element("summary", {}, "Readout"),
    ...(given
      ? [
          ...Object.entries(readoutParameters).map(([name, parameter]) =>
            field(context, `readout.${name}`, name, parameter),
          ),
          element("button", { type: "button", class: "add", click: set(null) }, "remove the readout"),
        ]
      : [
          element("p", { class: "meaning" }, "Resistances of a junction, for observables of `resistance`."),
          element(
            "button",
            {
              type: "button",
              class: "add",
              click: set({ parallel: 5000, antiparallel: 1e4, reference: [0, 0, 1] }),
            },
            "+ a readout",
          ),
        ]),
    context.errors("readout", []),
  );
}

/** Selection in a text field, to restore it in the field that replaces it. */
function selectionOf(focused: Element | null): readonly [number, number] | undefined {
  if (!(focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement)) return undefined;
  const { selectionStart, selectionEnd } = focused;
  return selectionStart === null || selectionEnd === null ? undefined : [selectionStart, selectionEnd];
}

/** Fills the form from the experiment. Open sections, focus and selection are kept. */
export function renderForm(host: HTMLElement, context: FormContext): void {
  const open = new Map(
    [...host.querySelectorAll<HTMLDetailsElement>("details[data-section]")].map((d) => [
      d.dataset.section,
      d.open,
    ]),
  );
  const focused = document.activeElement?.id;
  const selection = selectionOf(document.activeElement);
  context.clear();
  host.replaceChildren(
    section(
      context,
      "magnet",
      "Magnet",
      context.isReduced ? reducedMagnetParameters : magnetParameters,
      true,
    ),
    entryList(context, "energies", "Energies", energies as Readonly<Record<string, Entry>>),
    entryList(context, "torques", "Torques", torques as unknown as Readonly<Record<string, Entry>>),
    initialSection(context),
    section(context, "time", "Time", timeParameters, true),
    observablesSection(context, context.observables),
    readoutSection(context),
    section(context, "", "General", generalParameters, false),
  );
  for (const details of host.querySelectorAll<HTMLDetailsElement>("details[data-section]")) {
    const was = open.get(details.dataset.section);
    if (was !== undefined) details.open = was;
  }
  context.fillOpen();
  if (!focused?.startsWith("field-")) return;
  const control = document.getElementById(focused);
  control?.focus();
  if (selection && selectionOf(control)) (control as HTMLTextAreaElement).setSelectionRange(...selection);
}
