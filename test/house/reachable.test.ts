import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { codeOf, filesBelow, foundAt, root, textOf, treeOf, treeOfCode } from "./sources.ts";

const program = [...filesBelow("src"), ...filesBelow("web")];
const all = [...program, ...filesBelow("bench"), ...filesBelow("scripts")];

/** What a person starts: the command, the library, the page, and the commands of package.json. */
const scripts = JSON.parse(textOf("package.json")).scripts as Record<string, string>;
const entries = [
  "src/index.ts",
  "web/main.ts",
  // how the page is built
  "web/vite.config.ts",
  "web/one-file.config.ts",
  // what stands in a worker in the place of a package that it cannot use
  "web/workers/no-hdf5.ts",
  ...Object.values(scripts).flatMap((script) => script.match(/\b(?:src|bench|scripts)\/\S+\.ts\b/g) ?? []),
];

const resolved = (file: string, target: string): string =>
  relative(root, join(root, dirname(file), target)).replaceAll("\\", "/");

/** The files that `import(`../room/${name}/index.ts`)` finds, with the name. */
const foundByName = (file: string): { target: string; name: string }[] =>
  [...codeOf(file).matchAll(/import\(`(\.[^`]+\.ts)`\)/g)].flatMap(([, path]) =>
    foundAt(join(root, dirname(file)), path).map((found) => ({
      target: resolved(file, found.path),
      name: found.name,
    })),
  );

/** The files that a file names: by import, of types too, or as the address of a worker. */
const named = (file: string): string[] => [
  ...[...codeOf(file).matchAll(/["'](\.{1,2}\/[^"']+\.ts)(?:\?\w+)?["']/g)]
    .map(([, target]) => resolved(file, target))
    .filter((target) => existsSync(join(root, target))),
  ...foundByName(file).map(({ target }) => target),
];

/** Everything that is reached from some starting points. */
function reachedFrom(starts: readonly string[], next: (at: string) => Iterable<string>): Set<string> {
  const reached = new Set<string>();
  const walk = (at: string): void => {
    if (reached.has(at)) return;
    reached.add(at);
    for (const one of next(at)) walk(one);
  };
  for (const start of starts) walk(start);
  return reached;
}

/** Declarations of a file by name, each with the names it mentions, and those that it mentions as it is loaded. */
interface Declared {
  readonly mentions: Map<string, Set<string>>;
  readonly atOnce: Set<string>;
  /** Files of which everything is handed on. */
  readonly whole: Set<string>;
  /** Names under which it imports: which of these are used, the linter says. */
  readonly imports: Set<string>;
}

const textIn = (node: ts.Node): string => (ts.isStringLiteralLike(node) ? node.text : "");

const namesIn = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));

/** Whether something is called as soon as the file is loaded. */
function calls(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return true;
  return ts.forEachChild(node, (child) => calls(child) || undefined) ?? false;
}

/** What code mentions: names of this file as they are, names of others as "file name". */
function mentioned(file: string, node: ts.Node, into: Set<string>): void {
  const targetOf = (call: ts.Node): string | undefined =>
    ts.isCallExpression(call) && call.expression.kind === ts.SyntaxKind.ImportKeyword
      ? resolved(file, textIn(call.arguments[0]))
      : undefined;
  const awaited = (value: ts.Expression | undefined): string | undefined => {
    let inner = value;
    while (
      inner &&
      (ts.isParenthesizedExpression(inner) || ts.isAwaitExpression(inner) || ts.isAsExpression(inner))
    )
      inner = inner.expression;
    return inner && targetOf(inner);
  };
  const walk = (one: ts.Node): void => {
    if (ts.isIdentifier(one)) into.add(one.text);
    if (ts.isPropertyAccessExpression(one)) {
      const target = awaited(one.expression);
      if (target) into.add(`${target} ${one.name.text}`);
      if (ts.isIdentifier(one.expression)) into.add(`${one.expression.text}.${one.name.text}`);
      walk(one.expression);
      return;
    }
    if (ts.isPropertyAssignment(one)) {
      // the key is no mention
      walk(one.initializer);
      return;
    }
    if (ts.isVariableDeclaration(one) && ts.isObjectBindingPattern(one.name)) {
      const target = awaited(one.initializer);
      if (target)
        for (const { name, propertyName } of one.name.elements)
          into.add(`${target} ${(propertyName ?? name).getText()}`);
    }
    ts.forEachChild(one, walk);
  };
  walk(node);
}

function declaredIn(file: string, tree = treeOf(file), code = codeOf(file)): Declared {
  const mentions = new Map<string, Set<string>>();
  const [atOnce, whole, imports] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const bring = (name: string, from: string): void => {
    imports.add(name);
    mentions.set(name, new Set([from]));
  };
  const add = (name: string, node: ts.Node): void => {
    const into = mentions.get(name) ?? new Set<string>();
    mentions.set(name, into);
    mentioned(file, node, into);
    into.delete(name);
  };
  for (const statement of tree.statements) {
    if (ts.isImportDeclaration(statement)) {
      const target = resolved(file, textIn(statement.moduleSpecifier));
      const { name, namedBindings } = statement.importClause ?? {};
      if (name) bring(name.text, `${target} default`);
      if (namedBindings && ts.isNamedImports(namedBindings))
        for (const one of namedBindings.elements)
          bring(one.name.text, `${target} ${(one.propertyName ?? one.name).text}`);
      if (namedBindings && ts.isNamespaceImport(namedBindings))
        for (const [, member] of code.matchAll(new RegExp(`\\b${namedBindings.name.text}\\.(\\w+)`, "g")))
          bring(`${namedBindings.name.text}.${member}`, `${target} ${member}`);
    } else if (ts.isExportDeclaration(statement)) {
      const target = statement.moduleSpecifier && resolved(file, textIn(statement.moduleSpecifier));
      if (statement.exportClause && ts.isNamedExports(statement.exportClause))
        for (const one of statement.exportClause.elements) {
          const inner = (one.propertyName ?? one.name).text;
          mentions.set(one.name.text, new Set([target ? `${target} ${inner}` : inner]));
        }
      else if (target) whole.add(target);
    } else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations)
        for (const name of namesIn(declaration.name)) add(name, declaration);
      if (calls(statement)) mentioned(file, statement, atOnce);
    } else if (
      (ts.isFunctionDeclaration(statement) ||
        ts.isClassDeclaration(statement) ||
        ts.isInterfaceDeclaration(statement) ||
        ts.isTypeAliasDeclaration(statement)) &&
      statement.name
    )
      add(statement.name.text, statement);
    else mentioned(file, statement, atOnce);
  }
  return { mentions, atOnce, whole, imports };
}

/** Declarations, as "file name", that neither loading a file, nor the names handed on by the library, lead to. */
function unreachedIn(
  declared: ReadonlyMap<string, Declared>,
  library: string,
  further: readonly string[],
): string[] {
  /** "file name" of what a file mentions by a name. */
  const here = (file: string, name: string): string => (name.includes(" ") ? name : `${file} ${name}`);
  const namesOf = (file: string): string[] =>
    [...(declared.get(file)?.mentions.keys() ?? [])].map((name) => `${file} ${name}`);
  const starts = [...declared].flatMap(([file, { atOnce, whole }]) => [
    ...[...atOnce].map((name) => here(file, name)),
    ...[...whole].flatMap(namesOf),
  ]);
  const reached = reachedFrom([...starts, ...further, ...namesOf(library)], (at) => {
    const [file, name] = at.split(" ");
    return [...(declared.get(file)?.mentions.get(name) ?? [])].map((next) => here(file, next));
  });
  return [...declared].flatMap(([file, { imports }]) =>
    namesOf(file).filter((name) => !reached.has(name) && !imports.has(name.split(" ")[1])),
  );
}

/** Twins of what a device's own text does, word for word, which tests compare with published and counted values. */
const twins = [
  "src/random/streams.ts drawVariates",
  "src/random/sfc32.ts nextWord",
  "src/ensemble/gpujs/stream.ts draw",
];

describe("nothing is unreachable", () => {
  it("every file of program and page is reached from a command, the library or the page", () => {
    const reached = reachedFrom(entries, named);
    expect(program.filter((file) => !reached.has(file))).toEqual([]);
  });

  it("every declaration is used by more than tests and itself", () => {
    const declared = new Map(all.map((file) => [file, declaredIn(file)]));
    const byName = all.flatMap(foundByName).map(({ target, name }) => `${target} ${name}`);
    const unused = unreachedIn(declared, "src/index.ts", byName).filter((one) => /^(src|web)\//.test(one));
    expect(unused.toSorted()).toEqual(twins.toSorted());
  });

  it.each([
    ["a function that calls itself", "export function f(x: number): number { return x < 0 ? 0 : f(x - 1); }"],
    ["two that call each other", "export const f = () => g(); export const g = () => f();"],
    ["a name in a text", 'export const f = 1; export const used = ["f"]; console.log(used);'],
    ["a type", "export interface f { readonly x: number }"],
    ["a function of a file that is loaded for another one", "export const f = 1; console.log({ f: 2 }.f);"],
  ])("%s does not reach itself", (_, code) => {
    const tree = treeOfCode(code);
    expect(unreachedIn(new Map([["x.ts", declaredIn("x.ts", tree, code)]]), "", [])).toContain("x.ts f");
  });
});
