import type { Expression } from "./expression.ts";
import { add, constant, constantValue, div, mul, neg, nodesWith, same, select } from "./expression.ts";
import { magnetization } from "./vector.ts";

/** time(t) · space(m): one term of an expression in which t and m separate. */
export interface SeparatedTerm {
  readonly time: Expression;
  readonly space: Expression;
}

const one = constant(1);

/** Most terms of an expanded product. Each further factor of two terms doubles them: a formula of 2000 characters has room for 200. */
const mostOfProduct = 256;

/** Σ time·space equal to the expression, with terms of the same time dependence merged; undefined if t and m do not separate, or only into very many. */
export function separate(of: Expression): SeparatedTerm[] | undefined {
  const terms = expand(of, dependenceOf([of]));
  if (!terms) return undefined;
  const merged: SeparatedTerm[] = [];
  for (const term of terms.map(constantToSpace)) {
    if (constantValue(term.space) === 0) continue;
    const known = merged.findIndex(({ time }) => same(time, term.time));
    if (known < 0) merged.push(term);
    else merged[known] = { time: term.time, space: add(merged[known].space, term.space) };
  }
  return merged;
}

/** The nodes of expressions that depend on t, and on m. */
interface Dependence {
  readonly inTime: ReadonlySet<Expression>;
  readonly inSpace: ReadonlySet<Expression>;
}

export const dependenceOf = (
  of: readonly Expression[],
  state: readonly string[] = magnetization,
): Dependence => ({
  inTime: nodesWith(["t"], of),
  inSpace: nodesWith(state, of),
});

function expand(of: Expression, dependence: Dependence): SeparatedTerm[] | undefined {
  const { inTime, inSpace } = dependence;
  if (!inTime.has(of)) return [{ time: one, space: of }];
  if (!inSpace.has(of)) return [{ time: of, space: one }];
  if (of.kind !== "apply") return undefined;
  const [x, y, z] = of.operands;
  const termsOf = (part: Expression) => expand(part, dependence);
  switch (of.operator) {
    case "add":
      return both(termsOf(x), termsOf(y), (a, b) => [...a, ...b]);
    case "sub":
      return both(termsOf(x), termsOf(y), (a, b) => [...a, ...b.map(scaled(constant(-1)))]);
    case "neg":
      return termsOf(x)?.map(scaled(constant(-1)));
    case "mul":
      return both(termsOf(x), termsOf(y), (a, b) => {
        if (a.length * b.length > mostOfProduct) return undefined;
        return a.flatMap((p) => b.map((q) => ({ time: mul(p.time, q.time), space: mul(p.space, q.space) })));
      });
    case "div":
      if (!inSpace.has(y)) return termsOf(x)?.map(({ time, space }) => ({ time: div(time, y), space }));
      if (!inTime.has(y)) return termsOf(x)?.map(({ time, space }) => ({ time, space: div(space, y) }));
      return undefined;
    case "select": {
      if (inSpace.has(x)) return undefined;
      return both(termsOf(y), termsOf(z), (a, b) => [
        ...a.map(({ time, space }) => ({ time: select(x, time, 0), space })),
        ...b.map(({ time, space }) => ({ time: select(x, 0, time), space })),
      ]);
    }
    default:
      return undefined;
  }
}

const both = <T>(
  a: T[] | undefined,
  b: T[] | undefined,
  join: (a: T[], b: T[]) => T[] | undefined,
): T[] | undefined => (a && b ? join(a, b) : undefined);

const scaled =
  (factor: Expression) =>
  ({ time, space }: SeparatedTerm): SeparatedTerm => ({ time, space: mul(factor, space) });

/** Moves signs and constant factors of the time part to the space part, so that proportional drives share a term. */
function constantToSpace({ time, space }: SeparatedTerm): SeparatedTerm {
  if (time.kind === "constant") return { time: one, space: mul(time, space) };
  if (time.kind !== "apply") return { time, space };
  if (time.operator === "neg") return constantToSpace({ time: time.operands[0], space: neg(space) });
  if (time.operator === "mul" && time.operands[0].kind === "constant")
    return constantToSpace({ time: time.operands[1], space: mul(time.operands[0], space) });
  return { time, space };
}
