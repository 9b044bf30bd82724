import { LineCounter, parseDocument } from "yaml";
import type { InputError } from "./input-error.ts";

export type ReadText =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly InputError[] };

const longestText = 10_000_000;
const tooDeep = "is nested too deeply";

const refused = (...rules: readonly string[]): ReadText => ({
  ok: false,
  problems: rules.map((rule) => ({ path: "", rule, value: undefined })),
});

/**
 * The encoding that a text had which was read as UTF-8 and is not: every second byte of UTF-16 is 0 in text of Latin letters, and its mark
 * is no UTF-8.
 */
function otherEncoding(text: string): string | undefined {
  const [start, first] = [text.slice(0, 2), text.replace(/^\uFFFD*/, "").slice(0, 4)];
  if (/\0\0/.test(first)) return "UTF-32";
  return start === "\uFFFD\uFFFD" || first.includes("\0") ? "UTF-16" : undefined;
}

/** Reads YAML or JSON (which is YAML); errors of syntax name line and column. */
export function readText(text: string): ReadText {
  if (text.length > longestText) return refused(`must have at most ${longestText} characters`);
  const encoding = otherEncoding(text);
  if (encoding !== undefined) return refused(`must be saved as UTF-8, is ${encoding}`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    // whatever else is found in what could not be read to its depth is no error of its own
    const deep = document.errors.filter(({ code }) => code === "RESOURCE_EXHAUSTION").slice(0, 1);
    const errors = deep.length > 0 ? deep : document.errors.slice(0, 20);
    return {
      ok: false,
      problems: errors.map(({ pos, message }) => {
        const { line, col } = lines.linePos(pos[0]);
        const rule = deep.length > 0 ? tooDeep : `is not YAML: ${message}`;
        return { path: `line ${line}, column ${col}`, rule, value: undefined };
      }),
    };
  }
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: 100 }) };
  } catch (error) {
    return refused(error instanceof RangeError ? tooDeep : `cannot be read: ${(error as Error).message}`);
  }
}
