import ts from "typescript";
import { describe, expect, it } from "vitest";
import { nodesIn, programFiles, treeOf, treeOfCode } from "./sources.ts";

/** What a comparison of directions computes: products, lengths and angles. */
const products = /(^|\.)(hypot|cross|outer|dot|inner|acos|asin|atan2|angleBetween|length|squaredChord)$/;
/** The largest number that may be a tolerance. */
const small = 1e-3;

/** What constants of a tree are set to, by name. */
function constantsOf(tree: ts.Node): Map<string, ts.Node> {
  const found = new Map<string, ts.Node>();
  for (const node of nodesIn(tree)) {
    if (ts.isVariableDeclaration(node) && node.initializer) {
      const { name, initializer } = node;
      if (ts.isIdentifier(name)) found.set(name.text, initializer);
      if (ts.isArrayBindingPattern(name) && ts.isArrayLiteralExpression(initializer))
        name.elements.forEach((element, i) => {
          const value = initializer.elements[i];
          if (ts.isBindingElement(element) && ts.isIdentifier(element.name) && value)
            found.set(element.name.text, value);
        });
    }
  }
  return found;
}

const isPropertyName = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;

/** Comparisons of a length, a product or an angle of vectors with a tolerance, or of a cosine with one less a tolerance. */
function comparisonsIn(tree: ts.SourceFile): string[] {
  const constants = constantsOf(tree);
  const named = (node: ts.Node, depth: number): ts.Node | undefined =>
    ts.isIdentifier(node) && depth < 3 && !isPropertyName(node) ? constants.get(node.text) : undefined;
  const isSmall = (node: ts.Node, depth = 0): boolean => {
    if (ts.isNumericLiteral(node)) return Number(node.text) > 0 && Number(node.text) <= small;
    if (ts.isParenthesizedExpression(node)) return isSmall(node.expression, depth);
    if (ts.isBinaryExpression(node)) {
      const { left, right } = node;
      const operator = node.operatorToken.getText();
      if (operator === "*") return isSmall(left, depth) || isSmall(right, depth);
      if (operator === "/") return isSmall(left, depth);
      return operator === "-" && left.getText() === "1" && isSmall(right, depth);
    }
    const value = named(node, depth);
    return value !== undefined && isSmall(value, depth + 1);
  };
  const isProduct = (node: ts.Node, depth = 0): boolean => {
    // complex numbers and errors of figures are no directions, and a function of vectors is not yet a product of them
    if (/\.(re|im)\b|[eE]rror/.test(node.getText()) || (depth > 0 && ts.isArrowFunction(node))) return false;
    if (ts.isCallExpression(node) && products.test(node.expression.getText())) return true;
    if (ts.isBinaryExpression(node) && node.operatorToken.getText() === "*") {
      const isPart = (side: ts.Node): boolean => /^\w+(\[\d\]|\.[xyz])$/.test(side.getText());
      if (isPart(node.left) && isPart(node.right)) return true;
    }
    const value = named(node, depth);
    if (value) return isProduct(value, depth + 1);
    return ts.forEachChild(node, (child) => isProduct(child, depth) || undefined) ?? false;
  };
  const isOneLess = (node: ts.Node): boolean =>
    ts.isBinaryExpression(node) && node.operatorToken.getText() === "-" && isSmall(node);
  const found: string[] = [];
  for (const node of nodesIn(tree)) {
    if (ts.isBinaryExpression(node) && /^[<>]=?$/.test(node.operatorToken.getText())) {
      const { left, right } = node;
      const asks = (tolerance: ts.Node, other: ts.Node): boolean =>
        (isSmall(tolerance) && isProduct(other)) ||
        (isOneLess(tolerance) && /(\[2\]|\.z|\bz|cos\w*)\)?$/i.test(other.getText()));
      if (asks(left, right) || asks(right, left)) found.push(node.getText().replace(/\s+/g, " "));
    }
  }
  return found;
}

/** Comparisons that ask something else. */
const otherQuestions: Readonly<Record<string, string>> = {
  "src/experiment/parameter-schema.ts: Math.abs(largest * length - 1) < 1e-15":
    "whether a direction has the length one already",
  "src/fokker-planck/axis.ts: Math.abs(inner(v, axis)) < tolerance":
    "whether an axis obeys the equations of a symmetry, which are perpendicular to it",
  "src/experiment/projection-set.ts: Math.abs(x - trace * axis[(i / 3) | 0] * axis[i % 3]) > 1e-14 * (Math.abs(trace) + size)":
    "whether a matrix is that of one axis",
  "src/fokker-planck/rotation.ts: sine > 1e-6": "whether a rotation is by nothing or by half a turn",
  "src/observables/cycle/drive.ts: Math.hypot(fine[0] - coarse[0], fine[1] - coarse[1]) <= rounding * size":
    "whether two amplitudes agree",
  "src/observables/cycle/drive.ts: amplitude > rounding * size": "whether a wave is more than rounding",
  "src/physics/energies/cubic.ts: Math.abs(product) > 1e-6": "whether a user's axes are perpendicular",
  "src/physics/wells/barriers.ts: size < 1e-9": "whether a step of an iteration is small",
  "src/physics/wells/minima.ts: arc < smallestArc": "whether two minima are one",
  "src/theory/escape-over-saddles.ts: angleBetween(bottom, end) < sameBottom":
    "whether two descents end in one well",
  "web/workers/landscape.ts: Math.hypot(other.mz - mz, Math.sin((other.phi - phi) / 2)) < 1e-3":
    "whether two points at rest are one",
};

describe("whether two axes are parallel", () => {
  it.each([
    ["a length of a cross product", "if (Math.hypot(...cross(a, b)) < 1e-12) f();"],
    ["components", "const s = a[1] * b[2] - a[2] * b[1]; if (Math.abs(s) < 1e-9) f();"],
    [
      "what is left across",
      "const g = dot(a, b); const across = Math.hypot(...a.map((x, i) => x - g * b[i])); if (!(across <= 1e-9 * size)) f();",
    ],
    ["an angle", "const slack = 1e-10; const isSame = angleBetween(a, b) < slack;"],
    ["a cosine", "const isSame = Math.abs(inner(a, b)) > 1 - 1e-12;"],
    ["a component", "const isUp = axis[2] > 1 - 1e-12;"],
  ])("is seen where it is asked by %s", (_, text) => {
    expect(comparisonsIn(treeOfCode(text))).toHaveLength(1);
  });

  it("is asked in one place", () => {
    // matrices of large spaces know no directions
    const rooms = programFiles.filter((file) => !file.startsWith("src/linear-algebra/"));
    const found = rooms.flatMap((file) =>
      comparisonsIn(treeOf(file)).map((comparison) => `${file}: ${comparison}`),
    );
    const [asked, others] = [true, false].map((isPlace) =>
      found.filter((one) => one.startsWith("src/numerics/parallel.ts") === isPlace),
    );
    expect(asked).toEqual(["src/numerics/parallel.ts: Math.abs(inner(a, b)) > 1 - 1e-14"]);
    expect(others.toSorted()).toEqual(Object.keys(otherQuestions).toSorted());
  });
});
