import ts from "typescript";
import { expect, it } from "vitest";
import { programFiles, textOf } from "./sources.ts";

/** Lines of a function, its name and parameters included. */
const most = 80;

/** Functions with more lines than the limit, as "file name": lines. */
function longFunctions(file: string): [string, number][] {
  const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true);
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  const found: [string, number][] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const lines = lineOf(node.end) - lineOf(node.getStart()) + 1;
      const name = (
        node.name ?? ("name" in node.parent ? (node.parent.name as ts.Node) : undefined)
      )?.getText();
      if (lines > most) found.push([`${file} ${name ?? "anonymous"}`, lines]);
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
}

it(`functions have ${most} lines at most`, () => {
  expect(programFiles.flatMap(longFunctions)).toEqual([]);
});
