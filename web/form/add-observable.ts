import { mz } from "../../src/expression/vector.ts";
import type { Plain, PlainObject } from "../values/difference.ts";
import type { FormContext } from "./context.ts";

/** The observables as written. */
export function writtenObservables({ laboratory }: FormContext): readonly PlainObject[] {
  const written = laboratory.value("observables");
  return Array.isArray(written) ? (written as readonly PlainObject[]) : [];
}

/** Whether spins start with mz < 0. */
const startsDown = ({ laboratory }: FormContext): boolean => Number(laboratory.value("initial.m.2") ?? 1) < 0;

/** Initial values of keys without a default: conditions for leaving the side of the start, or for remaining there. */
function initialValue(context: FormContext, name: string): Plain {
  const [there, here] = startsDown(context) ? [`${mz} > 0`, `${mz} < 0`] : [`${mz} < 0`, `${mz} > 0`];
  if (name === "until") return there;
  if (name === "event") return here;
  // intervals: a few hundred records in a run
  const duration = Number(context.laboratory.value("time.duration"));
  return duration > 0 ? Number((duration / 400).toPrecision(2)) : 1;
}

/** Adds an observable of the catalogue to the experiment. */
export function addObservable(context: FormContext, type: string): void {
  const { laboratory, observables } = context;
  const entry = observables.find((one) => one.type === type);
  if (!entry) return;
  const required = entry.parameters.filter(
    ({ optional, default: usual }) => !optional && usual === undefined,
  );
  const names = required.map(({ name }) => name);
  // an observable with an optional event needs one here
  const event = entry.parameters.some(({ name }) => name === "event") ? ["event"] : [];
  const values = Object.fromEntries([...names, ...event].map((name) => [name, initialValue(context, name)]));
  void laboratory.set("observables", [...writtenObservables(context), { type, ...values }], "structure");
}
