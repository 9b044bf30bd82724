import ts from "typescript";
import { describe, expect, it } from "vitest";
import { integrators } from "../../src/integrators/index.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { drives } from "../../src/physics/drives/index.ts";
import { energies } from "../../src/physics/energies/index.ts";
import { initialStates } from "../../src/physics/initial/index.ts";
import { torques } from "../../src/physics/torques/index.ts";
import { codeOf, programFiles as files, nodesIn, treeOf, treeOfCode } from "./sources.ts";

/** The catalogues, and where experiments are written in code: what is timed, what `register` tries out. */
const written = [
  "src/physics/energies/",
  "src/physics/torques/",
  "src/physics/drives/",
  "src/physics/initial/",
  "src/integrators/",
  "src/bench/",
  "src/observables/register.ts",
];

/** Code without comments, texts that are no names of entries, and importance splitting, a way of counting of the same name. */
const code = (file: string): string => codeOf(file).replace(/name: "splitting"/g, "");

/**
 * Words that are also names of other things: kinds of parameters and bins, elements of a document, columns of an array, laws of a spread.
 * Of these only types are checked.
 */
const ambiguous = new Set([
  "expression",
  "field",
  "shape",
  "table",
  "potential",
  "disc",
  "direction",
  "uniform",
]);

const catalogues: Readonly<Record<string, object>> = {
  energies,
  torques,
  drives,
  integrators,
  initialStates,
};
/** Keys of the same name: amplitudes of a wave, a purpose of random numbers, closed forms of a pulse. */
const otherKeys = [
  "src/observables/cycle/exact.ts sine",
  "src/observables/rare-event/walkers.ts splitting",
  "src/run/pulse-theory.ts pulse",
];

/** Keys of objects and types in a file, also where they are taken apart. */
function keysIn(file: string): string[] {
  const found: string[] = [];
  for (const node of nodesIn(treeOf(file))) {
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent))
      found.push((node.propertyName ?? node.name).getText());
    else if (
      ts.isPropertyAssignment(node) ||
      ts.isShorthandPropertyAssignment(node) ||
      ts.isPropertySignature(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isPropertyAccessExpression(node)
    )
      found.push(node.name.getText());
  }
  return found;
}

/** Where a name of these is the type of an entry: what is written as it, compared with it, or one of its cases; a drive is a key. */
function typesIn(tree: ts.SourceFile): string[] {
  const isType = (node: ts.Node): boolean => /(^|[.!?])(type|initial)$/.test(node.getText());
  return nodesIn(tree).flatMap((node) => {
    if (!ts.isStringLiteralLike(node) || !ambiguous.has(node.text)) return [];
    const { parent } = node;
    const isWritten = ts.isPropertyAssignment(parent) && parent.name.getText() === "type";
    const isCompared =
      ts.isBinaryExpression(parent) &&
      (/^[!=]==?$/.test(parent.operatorToken.getText())
        ? isType(parent.left) || isType(parent.right)
        : parent.operatorToken.kind === ts.SyntaxKind.InKeyword && node.text in drives);
    const isCase = ts.isCaseClause(parent) && isType(parent.parent.parent.expression);
    return isWritten || isCompared || isCase ? [node.text] : [];
  });
}

const entries = Object.entries(catalogues).flatMap(([kind, entries]) =>
  Object.keys(entries)
    .filter((type) => !ambiguous.has(type))
    .map((type) => [kind, type] as const),
);

describe("entries of catalogues", () => {
  it.each(entries)("of %s: %s is named in its catalogue alone", (_, type) => {
    const text = new RegExp(`["'\`]${type}["'\`]`);
    const named = files.filter((file) => !written.some((place) => file.startsWith(place)));
    expect(named.filter((file) => text.test(code(file)))).toEqual([]);
  });

  it("are no keys where experiments are read, run and shown", () => {
    const names = new Set(entries.map(([, type]) => type));
    const rooms = /^(web|src\/(experiment|run|sweep|report|figures|cli|observables))\//;
    const keys = files
      .filter((file) => rooms.test(file) && !written.some((place) => file.startsWith(place)))
      .flatMap((file) =>
        keysIn(file)
          .filter((key) => names.has(key))
          .map((key) => `${file} ${key}`),
      );
    expect([...new Set(keys)].toSorted()).toEqual(otherKeys);
  });

  it("whose names are words for other things are no types: nobody writes them, asks for them or takes cases of them", () => {
    const named = files.filter((file) => !written.some((place) => file.startsWith(place)));
    expect(named.flatMap((file) => typesIn(treeOf(file)).map((type) => `${file} ${type}`))).toEqual([
      // how a buffer is bound
      "src/ensemble/webgpu/device.ts uniform",
      "src/ensemble/webgpu/device.ts uniform",
    ]);
    expect(
      [
        'add({ type: "field", tau: 1 });',
        'const isTable = "table" in written;',
        'if (entry.type !== "shape") return;',
        'switch (energy.type) { case "expression": f(); }',
        'if (initial === "uniform") f();',
        'if (problem.initial.type === "direction") f();',
      ].filter((code) => typesIn(treeOfCode(code)).length !== 1),
    ).toEqual([]);
  });

  it("of what a run is compared with are named in their list alone", () => {
    const holders = (pattern: RegExp) => files.filter((file) => pattern.test(codeOf(file)));
    expect(holders(/["'`]fokker-planck["'`]|compare: none|["'`]fokker-planck: /)).toEqual([
      "src/experiment/choices.ts",
    ]);
    expect(holders(/compare: ("|[^,;]*[!=]== ")/)).toEqual([]);
  });

  it.each(Object.entries(drives))(
    "%s says what a form starts from, and that passes the checks",
    (type, entry) => {
      const typical = entry.typical?.(0.02, 1e-9);
      expect(typical).toBeDefined();
      const checked = checkExperiment({
        magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 },
        energies: [{ type: "zeeman", B_ext: [0, 0, { [type]: typical }] }],
        time: { duration: 1e-9 },
      });
      expect(checked.ok || checked.problems).toBe(true);
    },
  );
});
