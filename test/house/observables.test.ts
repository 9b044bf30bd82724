import { describe, expect, it } from "vitest";
import { observables } from "../../src/observables/index.ts";
import { remedyFor } from "../../src/run/remedy.ts";
import { codeOf, programFiles as files, filesBelow } from "./sources.ts";

const folderOf = (type: string): string =>
  `src/observables/${type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}/`;

/** What people write of the program and of the page, the page's own document and styles too. */
const everything = [...files, ...filesBelow("web", /\.(html|css)$/)];

/** Code without comments; `kind: "histogram"` is a kind of counter on a device. */
const code = (file: string): string => codeOf(file).replace(/kind(:| ===| !==) "histogram"/g, "");

/**
 * As a text a type is named wherever it stands, as an entry of an experiment inside a text too; as a word it may be what engines
 * compute, but not a part of a result, nor an entry taken out of the list.
 */
function mentions(type: string): string[] {
  const text = new RegExp(`["'\`]${type}["'\`]|\\btype: ${type}\\b|\\b${type} observable\\b`);
  const part = new RegExp(`\\b(exact|fokkerPlanck|observables)\\??\\.${type}\\b`);
  return everything.filter((file) => {
    if (file.startsWith(folderOf(type)) || file === "src/observables/index.ts") return false;
    return text.test(code(file)) || (file.startsWith("src/") && part.test(code(file)));
  });
}

describe("an observable", () => {
  it.each(Object.keys(observables))("%s is known in its own folder and in the list alone", (type) => {
    expect(mentions(type)).toEqual([]);
  });

  it("has a folder that only the list and other observables open", () => {
    const opened = files
      .filter((file) => !file.startsWith("src/observables/"))
      .filter((file) => /observables\/[a-z-]+\/[a-z-]+\.ts"/.test(code(file)));
    expect(opened).toEqual([]);
  });

  it("says itself what to add where a run does not see something", () => {
    expect(files.filter((file) => /\bremedy: ["'`]/.test(code(file)))).toEqual([]);
    expect((["damping", "precession", "azimuth"] as const).map((unseen) => remedyFor(unseen))).toEqual([
      "add moments of a transient, dwell times, or a spectrum",
      "add moments of a transient that starts off the axis",
      "add moments",
    ]);
  });

  it.each(Object.entries(observables))("%s stands in the list under its own type", (type, entry) => {
    expect(entry.type).toBe(type);
  });
});
