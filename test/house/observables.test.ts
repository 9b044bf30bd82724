import ts from "typescript";
import { describe, expect, it } from "vitest";
import { observables } from "../../src/observables/index.ts";
import { remedyFor } from "../../src/run/remedy.ts";
import { codeOf, programFiles as files, filesBelow, textOf, treeOf } from "./sources.ts";

const folderOf = (type: string): string =>
  `src/observables/${type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}/`;

/** What people write of the program and of the page, the page's own document and styles too. */
const everything = [...files, ...filesBelow("web", /\.(html|css)$/)];

/**
 * As a text a type is named wherever it stands, as an entry of an experiment inside a text too; as a word it may be what engines
 * compute, but not a part of a result, nor an entry taken out of the list.
 */
function mentions(type: string): string[] {
  const text = new RegExp(`["'\`]${type}["'\`]|\\btype: ${type}\\b|\\b${type} observable\\b`);
  const part = new RegExp(`\\b(exact|fokkerPlanck|observables)\\??\\.${type}\\b`);
  return everything.filter((file) => {
    if (file.startsWith(folderOf(type)) || file === "src/observables/index.ts") return false;
    return text.test(codeOf(file)) || (file.startsWith("src/") && part.test(codeOf(file)));
  });
}

/** Other things of the same name, as keys: what a trace shows, the moments of a step's bias, a period of a density. */
const otherThings: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^src\/traces\/|^src\/report\/trace-figures\.ts|^src\/report\/trace-rows\.ts|^src\/cli\/traces-command\.ts|^web\/workers\/data\.ts/,
    ["dwell", "histogram", "spectrum"],
  ],
  [/^src\/(statistics|run|sweep|observables)\//, ["moments"]],
  [/^src\/statistics\/promised-bias\.ts|^src\/observables\/spectrum\//, ["spectrum"]],
  [/^src\/fokker-planck\/periodic-state\.ts/, ["cycle"]],
];

/**
 * Types as keys, and in texts that a name is compared with: `{ dwell: 1 }[type]`, `result.dwell`, `name.startsWith("dwell")`,
 * `/^histogram of /`.
 */
function keysAndComparisons(file: string): string[] {
  const types = Object.keys(observables).filter((type) => !file.startsWith(folderOf(type)));
  const isFree = (type: string): boolean =>
    otherThings.some(([place, names]) => place.test(file) && names.includes(type));
  const found: string[] = [];
  const inText = (text: string): void => {
    for (const type of types) if (new RegExp(`\\b${type}\\b`).test(text)) found.push(`${file}: ${text}`);
  };
  const walk = (node: ts.Node): void => {
    const key =
      ts.isPropertyAssignment(node) ||
      ts.isShorthandPropertyAssignment(node) ||
      ts.isPropertySignature(node) ||
      ts.isPropertyDeclaration(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isPropertyAccessExpression(node)
        ? node.name.getText().replace(/["'`]/g, "")
        : undefined;
    if (key !== undefined && types.includes(key) && !isFree(key))
      found.push(`${file}: ${node.getText().slice(0, 60)}`);
    if (ts.isRegularExpressionLiteral(node)) inText(node.text);
    const isCompared =
      ts.isStringLiteralLike(node) &&
      ((ts.isBinaryExpression(node.parent) && /^[!=]==?$/.test(node.parent.operatorToken.getText())) ||
        (ts.isCallExpression(node.parent) &&
          ts.isPropertyAccessExpression(node.parent.expression) &&
          /^(startsWith|endsWith|includes|indexOf|match|split|replace|replaceAll)$/.test(
            node.parent.expression.name.text,
          )) ||
        ts.isCaseClause(node.parent));
    if (isCompared) inText(node.text);
    ts.forEachChild(node, walk);
  };
  walk(treeOf(file));
  return found;
}

/** The first words of texts that are put together in a file: "mean dwell" of `mean dwell ${side}`. */
function firstWords(file: string): string[] {
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    const head = ts.isTemplateExpression(node) ? node.head.text : "";
    const [words] = /^[a-z]+ [a-z]+( [a-z]+)?/.exec(head) ?? [];
    if (words !== undefined) found.push(words);
    ts.forEachChild(node, walk);
  };
  walk(treeOf(file));
  return found;
}

/** Texts that names are searched for: in regular expressions and comparisons of a file, without other signs than letters. */
function soughtTexts(file: string): string[] {
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    const { parent } = node;
    const isSought =
      parent !== undefined &&
      ((ts.isCallExpression(parent) &&
        ts.isPropertyAccessExpression(parent.expression) &&
        /^(startsWith|endsWith|includes|indexOf)$/.test(parent.expression.name.text)) ||
        ts.isBinaryExpression(parent));
    if (isSought && ts.isStringLiteralLike(node)) found.push(node.text);
    ts.forEachChild(node, walk);
  };
  walk(treeOf(file));
  return found;
}

describe("a figure", () => {
  it("is found by what it is, not by its name", () => {
    const places = files.filter((file) =>
      /^src\/observables\/[\w-]+\/shown\.ts|not-switched-name\.ts$/.test(file),
    );
    const names = places.flatMap(firstWords);
    expect(names).toEqual(expect.arrayContaining(["mean dwell", "share of time", "not switched at"]));
    const sought = files
      .filter((file) => !file.startsWith("src/observables/"))
      .flatMap((file) =>
        soughtTexts(file)
          .filter((text) =>
            names.some((name) => text.includes(name) || (text.includes(" ") && name.startsWith(text))),
          )
          .map((text) => `${file}: ${text}`),
      );
    expect(sought).toEqual([]);
  });

  it("over a parameter too, with a title that the page does not know", () => {
    const titles = [...textOf("src/report/rates-figures.ts").matchAll(/\btitle: "([^"]+)"/g)].map(
      ([, title]) => title,
    );
    expect(titles).toContain("Mean dwell times");
    const known = files
      .filter((file) => file.startsWith("web/"))
      .filter((file) => titles.some((title) => title.includes(" ") && codeOf(file).includes(`"${title}"`)));
    expect(known).toEqual([]);
  });
});

describe("an observable", () => {
  it("is no key and no part of a compared text elsewhere", () => {
    const named = files.filter((file) => file !== "src/observables/index.ts").flatMap(keysAndComparisons);
    expect(named).toEqual([]);
  });

  it.each(Object.keys(observables))("%s is known in its own folder and in the list alone", (type) => {
    expect(mentions(type)).toEqual([]);
  });

  it("has a folder that only the list and other observables open", () => {
    const opened = files
      .filter((file) => !file.startsWith("src/observables/"))
      .filter((file) => /observables\/[\w-]+\/[\w/-]+\.ts["'`]/.test(codeOf(file)));
    expect(opened).toEqual([]);
  });

  it("says itself what to add where a run does not see something", () => {
    expect(files.filter((file) => /\bremedy: ["'`]/.test(codeOf(file)))).toEqual([]);
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
