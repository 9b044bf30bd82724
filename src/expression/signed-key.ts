import type { Expression } from "./expression.ts";

/** An expression up to its sign: equal keys mean equal values, or opposite values if the signs differ. */
export interface SignedKey {
  readonly sign: 1 | -1;
  readonly key: number;
}

const times = (a: 1 | -1, b: 1 | -1): 1 | -1 => (a === b ? 1 : -1);
const text = ({ sign, key }: SignedKey): string => (sign === 1 ? `${key}` : `-${key}`);
const byKey = (a: SignedKey, b: SignedKey): number => a.key - b.key;

/**
 * Makes a function that returns keys of expressions. Keys of the same function can be compared. The order of the two operands of a sum or
 * product does not matter.
 */
export function signedKeys(): (node: Expression) => SignedKey {
  const keys = new Map<string, number>();
  const known = new Map<Expression, SignedKey>();
  const keyed = (sign: 1 | -1, description: string): SignedKey => {
    const key = keys.get(description) ?? keys.size;
    keys.set(description, key);
    return { sign, key };
  };
  const find = (node: Expression): SignedKey => {
    if (node.kind === "constant") return keyed(node.value < 0 ? -1 : 1, `constant ${Math.abs(node.value)}`);
    if (node.kind === "variable") return keyed(1, `variable ${node.name}`);
    const { operator } = node;
    const operands = node.operands.map(of);
    const [first, second] = operands;
    switch (operator) {
      case "neg":
        return { sign: times(first.sign, -1), key: first.key };
      case "mul":
      case "div": {
        const factors = operator === "mul" ? [first, second].sort(byKey) : [first, second];
        return keyed(times(first.sign, second.sign), `${operator} ${factors.map(({ key }) => key)}`);
      }
      case "add":
      case "sub": {
        const added = operator === "add" ? second : { ...second, sign: times(second.sign, -1) };
        const [lead, other] = [first, added].sort(byKey);
        return keyed(lead.sign, `add ${lead.key} ${text({ ...other, sign: times(lead.sign, other.sign) })}`);
      }
      default:
        return keyed(1, `${operator} ${operands.map(text)}`);
    }
  };
  const of = (node: Expression): SignedKey => {
    const key = known.get(node) ?? find(node);
    known.set(node, key);
    return key;
  };
  return of;
}
