import { byId } from "../elements/element.ts";
import { addObservable } from "../form/add-observable.ts";
import type { FormContext } from "../form/context.ts";
import { renderForm } from "../form/form.ts";
import { variablesOf } from "../form/variables.ts";
import type { MapHost } from "../plots/exact-maps.ts";
import type { Offering } from "../plots/offers.ts";
import type { DataHost } from "../plots/own-data.ts";
import type { Address } from "./address.ts";
import { notice } from "./notices.ts";

/* Functions of the form for the views, which do not import it. */

/** None until the written experiment has been found valid. */
const variables = (form: FormContext): ReturnType<typeof variablesOf> =>
  form.laboratory.completed ? variablesOf(form, form.laboratory.preset.knobs) : [];

/** Sets numbers of the experiment and runs it. */
function runAt(form: FormContext, settings: Readonly<Record<string, number>>): void {
  for (const [path, value] of Object.entries(settings))
    void form.laboratory.set(path, Number(value.toPrecision(6)));
  form.laboratory.settle();
  renderForm(byId("form"), form);
}

/** Numbers for the axes of maps, and the action of a click on a map. */
export const mapHost = (
  form: FormContext,
  address: Address,
  more: Pick<MapHost, "backend" | "measurements">,
): MapHost => ({
  ...more,
  variables: () => variables(form),
  run: (settings) => runAt(form, settings),
  asked: (map) => address.keep({ map: JSON.stringify(map) }),
});

/** Measured data: their progress above the page, and their place in the link. */
export const dataHost = (form: FormContext, address: Address, opened: () => void): DataHost => ({
  variables: () => variables(form),
  run: (settings) => runAt(form, settings),
  doing: (text, stop) => notice("data", text, "plain", ["Stop", stop]),
  refused: (message) => notice("data", message, "bad"),
  opened,
  linked: (data, reading) =>
    address.keep({
      data,
      reading: data === undefined || Object.keys(reading).length === 0 ? undefined : JSON.stringify(reading),
    }),
  choose: () => byId("file").click(),
});

/** Observables that a view could show. */
export const offeringOf = (form: FormContext): Offering => ({
  of: (view) => form.observables.filter((entry) => entry.view === view),
  add: (type) => addObservable(form, type),
});
