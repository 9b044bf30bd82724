import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The folder of the project. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

export const textOf = (file: string): string => readFileSync(join(root, file), "utf8");

/** Files that people write below a folder, as "src/run/run.ts"; what is generated is left out. */
export const filesBelow = (folder: string, ending = /\.ts$/): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name) && !/\.(gen|d)\.ts$/.test(name))
    .map((name) => join(folder, name).replaceAll("\\", "/"));

/** The program and the page. */
export const programFiles: readonly string[] = ["src", "web"].flatMap((folder) => filesBelow(folder));

/** What `../room/${name}/index.ts` finds from a folder, by name; a path without a name to fill in finds itself. */
export function foundAt(folder: string, path: string): { readonly path: string; readonly name: string }[] {
  const [, before, after] = /^([^$]*)\$\{\w+\}(.*)$/.exec(path) ?? [];
  if (before === undefined) return [{ path, name: "" }];
  return readdirSync(join(folder, before))
    .map((name) => ({ path: `${before}${name}${after}`, name }))
    .filter((found) => existsSync(join(folder, found.path)));
}

const known = new Map<string, string>();

/** A file without its comments. */
export function codeOf(file: string): string {
  const code =
    known.get(file) ??
    textOf(file)
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/(^|\s)\/\/.*$/gm, "");
  known.set(file, code);
  return code;
}

/** The syntax tree of code that is in no file, as if it were in one of that name. */
export const treeOfCode = (code: string, name = "x.ts"): ts.SourceFile =>
  ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true);

const trees = new Map<string, ts.SourceFile>();

/** The syntax tree of a file. */
export function treeOf(file: string): ts.SourceFile {
  const tree = trees.get(file) ?? treeOfCode(textOf(file), file);
  trees.set(file, tree);
  return tree;
}

/** A node and all below it, each before what it holds; what is left out is not entered either. */
export function nodesIn(node: ts.Node, isLeftOut: (node: ts.Node) => boolean = () => false): ts.Node[] {
  const found: ts.Node[] = [];
  const enter = (one: ts.Node): void => {
    if (isLeftOut(one)) return;
    found.push(one);
    ts.forEachChild(one, enter);
  };
  enter(node);
  return found;
}
