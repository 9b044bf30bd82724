import { observables } from "../observables/index.ts";
import type { Observable } from "../observables/observable.ts";

type Unseen = keyof NonNullable<NonNullable<Observable["sight"]>["remedy"]>;

/** What to add to an experiment that does not see something: what the entries of the list say of themselves, and what else would do. */
export function remedyFor(unseen: Unseen, ...others: readonly string[]): string {
  const texts = Object.values(observables).flatMap(({ sight }) => sight?.remedy?.[unseen] ?? []);
  const all = [...texts, ...others];
  const comma = all.length > 2 ? "," : "";
  return `add ${[all.slice(0, -1).join(", "), all.at(-1)].filter(Boolean).join(`${comma} or `)}`;
}
