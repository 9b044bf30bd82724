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

/** Where names of functions, types and values have such a name as a part, because the engines compute what has it in physics. */
const nameParts: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^src\/fokker-planck\//, ["dwell", "spectrum", "moments", "firstPassage", "entropyProduction"]],
  [/^src\/statistics\//, ["moments", "spectrum"]],
  [/^src\/theory\//, ["moments"]],
  // bias of moments by the time step, and of a band of a spectrum
  [/^src\/(run\/(checked-step|compared-result)|sweep\/shape)\.ts/, ["moments"]],
  [/^src\/result-parts\.ts/, ["spectrum"]],
  // eigenvalues of an operator
  [/^src\/run\/rates\.ts/, ["spectrum"]],
  // dwell times without an ensemble: `rates`, `fit`, `sweep`, and measured traces
  [/^src\/(cli|figures|report|run|sweep|traces)\/|^web\/(plots|state|workers)\//, ["dwell"]],
  // measured traces have a histogram and a spectrum
  [/^src\/traces\/|^src\/report\/trace-(figures|rows)\.ts/, ["histogram", "spectrum"]],
  [/^src\/cli\/read-instrument\.ts/, ["spectrum"]],
  // means of a run that moves
  [/^web\/(plots|workers)\//, ["moments"]],
];

const placesOf = { key: otherThings, text: words, name: nameParts };

/** A place that names an observable. */
interface Naming {
  readonly as: keyof typeof placesOf;
  readonly type: string;
  readonly file: string;
  readonly code: string;
}

const isKnown = ({ as, type, file }: Naming): boolean =>
  placesOf[as].some(([place, names]) => place.test(file) && names.includes(type));

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

/** "isFirstPassage" as separate words. */
const inWords = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();

/** Types as keys, `{ dwell: 1 }[type]`, `result.dwell`, `const { dwell } = result`, as parts of names, and in texts but paths of imports. */
function namings(file: string, tree: ts.SourceFile = treeOf(file)): Naming[] {
  const types = Object.keys(observables).filter((type) => !file.startsWith(folderOf(type)));
  const patterns = types.map(
    (type) => [type, asWords(type), new RegExp(`\\b${inWords(type)}s?\\b`)] as const,
  );
  const found: Naming[] = [];
  const add = (as: Naming["as"], type: string, code: string): void =>
    void found.push({ as, type, file, code: code.slice(0, 60) });
  for (const node of nodesIn(tree, isHandedOn)) {
    const key = keyIn(node);
    if (key !== undefined && types.includes(key)) add("key", key, node.getText());
    if (ts.isIdentifier(node) && !file.startsWith("src/observables/")) {
      const name = inWords(node.text);
      for (const [type, , part] of patterns) if (part.test(name)) add("name", type, node.text);
    }
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node) ||
      ts.isRegularExpressionLiteral(node)
    )
      for (const [type, pattern] of patterns) if (pattern.test(node.text)) add("text", type, node.text);
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
  const all = files.filter((file) => file !== "src/observables/index.ts").flatMap((file) => namings(file));

  it("is no key, no part of a name and no part of a text elsewhere, but where the engines' own figures have that name", () => {
    expect(all.filter((naming) => !isKnown(naming))).toEqual([]);
  });

  it("is named where places say so, and nowhere else", () => {
    const unused = Object.entries(placesOf).flatMap(([as, places]) =>
      places.flatMap(([place, names]) =>
        names
          .filter((type) => !all.some((one) => one.as === as && one.type === type && place.test(one.file)))
          .map((type) => `${as} ${type}: ${place}`),
      ),
    );
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
    "if (isTrajectory(own)) return;",
    "interface RareEventCounts {}",
    "const histogramBins = 64;",
  ])("is seen in: %s", (code) => {
    const tree = treeOfCode(code, "src/run/x.ts");
    expect(namings("src/run/x.ts", tree).filter((naming) => !isKnown(naming))).not.toEqual([]);
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
