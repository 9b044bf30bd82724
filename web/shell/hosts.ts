import { byId } from "../elements/element.ts";
import { addObservable } from "../form/add-observable.ts";
import type { FormContext } from "../form/context.ts";
import { renderForm } from "../form/form.ts";
import { variablesOf } from "../form/variables.ts";
import type { MapHost } from "../plots/exact-maps.ts";
import type { Offering } from "../plots/offers.ts";
import type { Address } from "./address.ts";

/* What views need of the form, which they do not know. */

/** Numbers that maps may be over, and what a click on a map does. */
export const mapHost = (form: FormContext, address: Address): MapHost => ({
  // none while what is written is not known to be sound
  variables: () => (form.laboratory.completed ? variablesOf(form, form.laboratory.preset.knobs) : []),
  run(settings) {
    for (const [path, value] of Object.entries(settings))
      void form.laboratory.set(path, Number(value.toPrecision(6)));
    form.laboratory.settle();
    renderForm(byId("form"), form);
  },
  asked: (map) => address.keep({ map: JSON.stringify(map) }),
});

/** Observables that a view could show. */
export const offeringOf = (form: FormContext): Offering => ({
  of: (view) => form.observables.filter((entry) => entry.view === view),
  add: (type) => addObservable(form, type),
});
