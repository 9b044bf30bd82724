import ts from "typescript";
import { describe, expect, it } from "vitest";
import { filesBelow, nodesIn, textOf, treeOf, treeOfCode } from "./sources.ts";

const program = ["src", "web"].flatMap((folder) => filesBelow(folder));
const all = [...program, ...["bench", "scripts"].flatMap((folder) => filesBelow(folder))];

/** Names of fields that code reads: from an object, taken apart, or named in a text, as a key or in code that is a text. */
function readIn(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  for (const node of nodesIn(tree)) {
    if (ts.isPropertyAccessExpression(node)) {
      const { parent, name } = node;
      const isWritten =
        ts.isBinaryExpression(parent) &&
        parent.left === node &&
        parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
      if (!isWritten) found.push(name.text);
    } else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent))
      found.push((node.propertyName ?? node.name).getText());
    else if (ts.isStringLiteralLike(node))
      found.push(...(node.text.includes("\n") ? (node.text.match(/\w+/g) ?? []) : [node.text]));
  }
  return found;
}

/** Fields and methods that a file declares in interfaces, types and classes. */
const declaredIn = (tree: ts.SourceFile): string[] =>
  nodesIn(tree).flatMap((node) =>
    ts.isPropertySignature(node) ||
    ts.isMethodSignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isMethodDeclaration(node)
      ? [node.name.getText().replace(/["']/g, "")]
      : [],
  );

/** What others call or read: the packages that build the page, and users of `exact`, the solver itself. */
const readByOthers: readonly string[] = [
  "src/fokker-planck/entropy-transient.ts energyChange",
  "src/fokker-planck/entropy-transient.ts systemEntropyChange",
  "web/offline/precache.ts buildStart",
  "web/offline/precache.ts handler",
  "web/one-file.config.ts handler",
  "web/one-file.config.ts licences",
  "web/vite.config.ts configResolved",
];

describe("a field", () => {
  it("is read by the program, or docs say what a file of results holds in it", () => {
    const read = new Set(all.flatMap((file) => readIn(treeOf(file))));
    const spans = filesBelow("docs", /\.md$/).flatMap((page) => textOf(page).match(/`[^`\n]+`/g) ?? []);
    const documented = new Set(spans.flatMap((span) => span.match(/\w+/g) ?? []));
    const unread = program.flatMap((file) =>
      [...new Set(declaredIn(treeOf(file)))]
        .filter((name) => !read.has(name) && !documented.has(name))
        .map((name) => `${file} ${name}`),
    );
    expect(unread.toSorted()).toEqual(readByOthers.toSorted());
  });

  it.each([
    ["const f = (x: T) => x.sum;", ["sum"]],
    ["const { sum: all, mean } = x;", ["sum", "mean"]],
    ['x["sum"];', ["sum"]],
    ["x.sum = 1; const y = { sum: 2 };", []],
  ])("counts as read in: %s", (code, names) => {
    expect(readIn(treeOfCode(code))).toEqual(names);
  });
});
