import type { Expression } from "./expression.ts";
import { constant, constantValue, div, mul } from "./expression.ts";
import type { SignedKey } from "./signed-key.ts";

/** A number times an expression without a numerical factor. */
export interface LinearTerm {
  readonly factor: number;
  readonly of: Expression;
}

const one = constant(1);
/** Products of sums are multiplied out up to this many terms. */
const mostTerms = 256;

/**
 * An expression as Σ factor · of, with terms of equal structure added (`keys` compares them; see signedKeys). Equal functions that are
 * written in different ways stay separate, so a sum may be zero although its factors are not; the reverse is impossible.
 */
export function linearForm(of: Expression, keys: (node: Expression) => SignedKey): Map<number, LinearTerm> {
  const sums = new Map<number, LinearTerm>();
  for (const term of expanded(of)) {
    const { key, sign } = keys(term.of);
    const known = sums.get(key);
    const factor = known && keys(known.of).sign !== sign ? -term.factor : term.factor;
    sums.set(key, known ? { of: known.of, factor: known.factor + factor } : { of: term.of, factor });
  }
  return sums;
}

function expanded(node: Expression): LinearTerm[] {
  const value = constantValue(node);
  if (value !== undefined) return [{ factor: value, of: one }];
  if (node.kind !== "apply") return [{ factor: 1, of: node }];
  const [x, y] = node.operands;
  switch (node.operator) {
    case "add":
      return [...expanded(x), ...expanded(y)];
    case "sub":
      return [...expanded(x), ...expanded(y).map(({ factor, of }) => ({ factor: -factor, of }))];
    case "neg":
      return expanded(x).map(({ factor, of }) => ({ factor: -factor, of }));
    case "mul": {
      const [a, b] = [expanded(x), expanded(y)];
      if (a.length * b.length > mostTerms) break;
      return a.flatMap((p) => b.map((q) => ({ factor: p.factor * q.factor, of: mul(p.of, q.of) })));
    }
    case "div": {
      const divisor = expanded(y);
      if (divisor.length !== 1) break;
      const [{ factor, of }] = divisor;
      return expanded(x).map((p) => ({ factor: p.factor / factor, of: div(p.of, of) }));
    }
  }
  return [{ factor: 1, of: node }];
}
