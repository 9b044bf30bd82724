import { speaksOf } from "../figures/speaks-of.ts";
import type { ResultBase } from "../result-parts.ts";

/**
 * Whether only its name distinguishes an observable from others of its type: a given name, or the type's own name with
 * a number.
 */
function isOneOfSeveral(type: string, name: string, { observables: all }: ResultBase["experiment"]): boolean {
  const alike = all.filter((one) => one.type === type);
  return alike.length > 1 && (alike.some((one) => one.name === name) || / \(\d+\)$/.test(name));
}

/**
 * A text of one observable, followed by its name if there are several of its type and the text does not contain the
 * name.
 */
export function namedApart(
  text: string,
  { type, name }: { readonly type: string; readonly name: string },
  experiment: ResultBase["experiment"],
  between = ", ",
): string {
  // "histogram of mx" is named by "Distribution of mx"
  const short = name.replace(/^\S+ of /, "");
  return isOneOfSeveral(type, name, experiment) && !speaksOf(text, short) ? `${text}${between}${name}` : text;
}
