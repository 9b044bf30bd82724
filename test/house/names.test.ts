import ts from "typescript";
import { describe, expect, it } from "vitest";
import { nodesIn, programFiles, textOf, treeOf, treeOfCode } from "./sources.ts";

/** Where the names of a macrospin's state and of its unit variates are written. */
const written = ["src/expression/vector.ts", "src/physics/model.ts"];

/** Captions, axes and colours of figures, and the page's words about an experiment, speak of the components of m. */
const captions =
  /^src\/figures\/|^src\/observables\/[\w-]+\/([\w-]+-)?figure\.ts$|^web\/(plots|presets)\/|^src\/report\/style\.ts$/;

/** Where `mz` is the key of rows of a map, from −z to z, or of a patch of the sphere. */
const rowsOfMaps =
  /^src\/(physics\/binning|fokker-planck\/(density|probabilities|two-states)|ensemble\/initial\/[\w-]+|ensemble\/webgpu\/drawn-start|observables\/histogram\/[\w-]+|report\/committor-figure)\.ts$|^web\/(workers|plots)\//;

const isText = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isStringLiteralLike(node) ||
  ts.isTemplateHead(node) ||
  ts.isTemplateMiddleOrTemplateTail(node) ||
  ts.isRegularExpressionLiteral(node);

/** Texts, conditions among them, and keys that name a component of the state. */
function namesIn(file: string, tree = treeOf(file)): string[] {
  const found: string[] = [];
  for (const node of nodesIn(tree)) {
    if (isText(node) && /\bm[xyz]\b/.test(node.text) && !captions.test(file))
      found.push(`${file}: ${node.text}`);
    const key =
      ts.isPropertyAssignment(node) ||
      ts.isShorthandPropertyAssignment(node) ||
      ts.isPropertySignature(node) ||
      ts.isPropertyAccessExpression(node)
        ? node.name.getText()
        : ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)
          ? (node.propertyName ?? node.name).getText()
          : "";
    const isCaption = captions.test(file) || (key === "mz" && rowsOfMaps.test(file));
    if (/^m[xyz]$/.test(key) && !isCaption) found.push(`${file}: ${node.getText().slice(0, 60)}`);
  }
  return found;
}

describe("names of state variables and unit variates", () => {
  it("are written once", () => {
    // as a text, as a key of what is put in the place of a variable, as a variate
    const isWritten = (file: string): boolean =>
      /["'`]m[xyz]["'`]|\{ ?m[xyz]: (?!readonly|number)|`m\$\{|\bxi[123]\b/.test(textOf(file));
    expect(programFiles.filter(isWritten).toSorted()).toEqual(written.toSorted());
  });

  it("come from there in conditions, messages and keys too", () => {
    const others = programFiles.filter((file) => !written.includes(file));
    expect(others.flatMap((file) => namesIn(file))).toEqual([]);
  });

  it.each([
    'const up = "mz > 0.5";',
    "f(`mx * 2`);",
    "/^mz/.test(x);",
    "state.mx;",
    "({ my });",
    "const { mx } = s;",
  ])("are seen in %s", (code) => {
    const tree = treeOfCode(code, "src/run/x.ts");
    expect(namesIn("src/run/x.ts", tree)).toHaveLength(1);
  });
});
