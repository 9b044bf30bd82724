import ts from "typescript";
import { expect, it } from "vitest";
import { nodesIn, programFiles, treeOf } from "./sources.ts";

/** Lines of a function, its name and parameters included. */
const most = 80;

/** Functions with more lines than the limit, as "file name": lines. */
function longFunctions(file: string): [string, number][] {
  const source = treeOf(file);
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  const found: [string, number][] = [];
  for (const node of nodesIn(source)) {
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const lines = lineOf(node.end) - lineOf(node.getStart()) + 1;
      const name = (
        node.name ?? ("name" in node.parent ? (node.parent.name as ts.Node) : undefined)
      )?.getText();
      if (lines > most) found.push([`${file} ${name ?? "anonymous"}`, lines]);
    }
  }
  return found;
}

it(`functions have ${most} lines at most`, () => {
  expect(programFiles.flatMap(longFunctions)).toEqual([]);
});
