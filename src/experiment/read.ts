import { LineCounter, parseDocument } from "yaml";
import type { InputError } from "./input-error.ts";

export type ReadText =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly InputError[] };

const longestText = 10_000_000;

/** Reads YAML or JSON (which is YAML); errors of syntax name line and column. */
export function readText(text: string): ReadText {
  if (text.length > longestText)
    return {
      ok: false,
      problems: [{ path: "", rule: `must have at most ${longestText} characters`, value: undefined }],
    };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0)
    return {
      ok: false,
      problems: document.errors.slice(0, 20).map(({ pos, message }) => {
        const { line, col } = lines.linePos(pos[0]);
        return { path: `line ${line}, column ${col}`, rule: `is not YAML: ${message}`, value: undefined };
      }),
    };
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: 100 }) };
  } catch (error) {
    const rule = `cannot be read: ${(error as Error).message}`;
    return { ok: false, problems: [{ path: "", rule, value: undefined }] };
  }
}
