import { describe, expect, it } from "vitest";
import { observables } from "../../src/observables/index.ts";
import { codeOf, programFiles as files } from "./sources.ts";

const folderOf = (type: string): string =>
  `src/observables/${type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}/`;

/** Where experiments that are written in code name what they ask for: what is timed, and what the page shows first. */
const written = [
  "src/bench/gate.ts",
  "src/bench/workload.ts",
  "web/presets/",
  "web/workers/instruments.ts",
  // reads what these instruments counted
  "web/workers/reporter.ts",
];
const isWritten = (file: string): boolean => written.some((place) => file.startsWith(place));

/** Code without comments; `kind: "histogram"` is a kind of counter on a device, and `TraceAnalysis["spectrum"]` a part of a measured trace. */
const code = (file: string): string =>
  codeOf(file)
    .replace(/kind(:| ===| !==) "histogram"/g, "")
    .replace(/TraceAnalysis\["\w+"\]|Board\["moments"\]/g, "");

/**
 * As a text a type is named wherever it stands, as an entry of an experiment inside a text too; as a word it may be what engines
 * compute, but not a part of a result.
 */
function mentions(type: string): string[] {
  const text = new RegExp(`["'\`]${type}["'\`]|\\btype: ${type}\\b|\\b${type} observable\\b`);
  const part = new RegExp(`\\b(exact|fokkerPlanck)\\??\\.${type}\\b`);
  return files.filter((file) => {
    if (file.startsWith(folderOf(type)) || file === "src/observables/index.ts") return false;
    if (isWritten(file)) return false;
    return text.test(code(file)) || (file.startsWith("src/") && part.test(code(file)));
  });
}

describe("an observable", () => {
  it.each(Object.keys(observables))("%s is known in its own folder and in the list alone", (type) => {
    expect(mentions(type)).toEqual([]);
  });

  it("has a folder that only the list and other observables open", () => {
    const opened = files
      .filter((file) => !file.startsWith("src/observables/") && !isWritten(file))
      .filter((file) => /observables\/[a-z-]+\/[a-z-]+\.ts"/.test(code(file)));
    expect(opened).toEqual([]);
  });

  it.each(Object.entries(observables))("%s stands in the list under its own type", (type, entry) => {
    expect(entry.type).toBe(type);
  });
});
