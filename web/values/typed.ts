import type { Plain } from "./difference.ts";

/** A value as a field shows it: texts as they are, anything else as JSON. */
export const textOfValue = (value: Plain | undefined): string =>
  value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

/** JSON if the text is JSON, else the text itself; an empty text is null. */
export function valueOfText(text: string): Plain {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text) as Plain;
  } catch {
    return text;
  }
}
