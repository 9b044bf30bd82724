import ts from "typescript";
import { describe, expect, it } from "vitest";
import { observables } from "../../src/observables/index.ts";
import { remedyFor } from "../../src/run/remedy.ts";
import { codeOf, programFiles as files, filesBelow, nodesIn, textOf, treeOf, treeOfCode } from "./sources.ts";

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
    /^src\/traces\/|^src\/report\/trace-(figures|rows)\.ts|^src\/cli\/traces-command\.ts|^src\/run\/tau-table\.ts|^web\/workers\/data\.ts/,
    ["dwell", "histogram", "spectrum"],
  ],
  [
    /^src\/statistics\/|^src\/run\/(checked-step|compared-result)\.ts|^src\/sweep\/shape\.ts|^src\/observables\/cycle\/compare\.ts/,
    ["moments"],
  ],
  [/^src\/statistics\/promised-bias\.ts|^src\/fokker-planck\/azimuth-waves\.ts/, ["spectrum"]],
  [/^src\/fokker-planck\/periodic-state\.ts/, ["cycle"]],
  // counters of the ensemble, which know bins
  [/^src\/observables\/first-passage\/count\.ts/, ["histogram"]],
];

/** Where texts for people speak of what the engines themselves compute, which has the same name in physics. */
const words: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^src\/fokker-planck\//, ["dwell", "spectrum", "moments", "firstPassage"]],
  [/^src\/statistics\//, ["moments", "spectrum"]],
  [/^src\/bench\/gate\.ts/, ["firstPassage"]],
  // stationary moments, and those of recorded densities, of the exact side
  [/^src\/report\/missing\.ts/, ["moments"]],
  // `rates`, `fit` and `sweep` compute dwell times without an ensemble
  [
    /^src\/(report\/(rates|rates-figures|fit-figures)|run\/rates|sweep\/columns-of-rates|observables\/missing-levels|cli\/program|figures\/dwell-times)\.ts/,
    ["dwell"],
  ],
  // what `rates` does not compute
  [/^src\/cli\/rates-command\.ts/, ["rareEvent"]],
  // measured traces have levels, dwell times and a spectrum
  [
    /^src\/traces\/|^src\/cli\/(program|traces-command)\.ts|^src\/report\/(trace-figures|trace-rows|dwell-times-figure|sweep-of-traces-figures)\.ts|^web\/plots\/(data-head|data-rows|own-data)\.ts|^web\/workers\/(data|packed-files)\.ts/,
    ["dwell", "spectrum"],
  ],
  // what the page says about an experiment
  [/^web\/presets\//, ["dwell", "spectrum", "histogram"]],
];

const isKnownIn = (places: typeof words, file: string, type: string): boolean =>
  places.some(([place, names]) => place.test(file) && names.includes(type));

/** "firstPassage" as a key, and as people write it: "first passage", "First passages", "first-passage". */
const asWords = (type: string): RegExp =>
  new RegExp(`\\b${type.replace(/[A-Z]/g, (letter) => `[ -]?[${letter}${letter.toLowerCase()}]`)}s?\\b`, "i");

/** The key that a node of a syntax tree names: of an object, of a type, or of what is taken apart. */
function keyIn(node: ts.Node): string | undefined {
  if (ts.isBindingElement(node)) return (node.propertyName ?? node.name).getText();
  return ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertyAccessExpression(node)
    ? node.name.getText().replace(/["'`]/g, "")
    : undefined;
}

const isHandedOn = (node: ts.Node): boolean => ts.isImportDeclaration(node) || ts.isExportDeclaration(node);

/** Types as keys, `{ dwell: 1 }[type]`, `result.dwell`, `const { dwell } = result`, and in any text but the path of an import. */
function keysAndTexts(file: string, tree: ts.SourceFile = treeOf(file)): string[] {
  const types = Object.keys(observables).filter((type) => !file.startsWith(folderOf(type)));
  const patterns = types.map((type) => [type, asWords(type)] as const);
  const found: string[] = [];
  for (const node of nodesIn(tree, isHandedOn)) {
    const key = keyIn(node);
    if (key !== undefined && types.includes(key) && !isKnownIn(otherThings, file, key))
      found.push(`${file}: ${node.getText().slice(0, 60)}`);
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node) ||
      ts.isRegularExpressionLiteral(node)
    )
      for (const [type, pattern] of patterns)
        if (pattern.test(node.text) && !isKnownIn(words, file, type)) found.push(`${file}: ${node.text}`);
  }
  return found;
}

/** The first words of texts that are put together in a file: "mean dwell" of `mean dwell ${side}`. */
function firstWords(file: string): string[] {
  const found: string[] = [];
  for (const node of nodesIn(treeOf(file))) {
    const head = ts.isTemplateExpression(node) ? node.head.text : "";
    const [words] = /^[a-z]+ [a-z]+( [a-z]+)?/.exec(head) ?? [];
    if (words !== undefined) found.push(words);
  }
  return found;
}

/** Texts that names are searched for: in regular expressions and comparisons of a file, without other signs than letters. */
function soughtTexts(file: string): string[] {
  const found: string[] = [];
  for (const node of nodesIn(treeOf(file))) {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    const { parent } = node;
    const isSought =
      parent !== undefined &&
      ((ts.isCallExpression(parent) &&
        ts.isPropertyAccessExpression(parent.expression) &&
        /^(startsWith|endsWith|includes|indexOf)$/.test(parent.expression.name.text)) ||
        ts.isBinaryExpression(parent));
    if (isSought && ts.isStringLiteralLike(node)) found.push(node.text);
  }
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
  it("is no key and no part of a text elsewhere, but where the engines' own figures have that name", () => {
    const others = files.filter((file) => file !== "src/observables/index.ts");
    expect(others.flatMap((file) => keysAndTexts(file))).toEqual([]);
  });

  it("is named where places say so, and nowhere else", () => {
    const unused = [...otherThings, ...words].filter(([place]) => !files.some((file) => place.test(file)));
    expect(unused).toEqual([]);
  });

  it.each([
    "const all = { moments: 1 }[type];",
    "const { firstPassage } = own;",
    "const f = ({ rareEvent: rare }) => rare;",
    'const start = "histogram of"; name.startsWith(start);',
    'const sought = new RegExp("^mean dwell");',
    'const types = "moments trajectory".split(" ");',
    "const title = `First passages`;",
  ])("is seen in: %s", (code) => {
    const tree = treeOfCode(code, "src/run/x.ts");
    expect(keysAndTexts("src/run/x.ts", tree)).not.toEqual([]);
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
