import type { Expression } from "./expression.ts";

/** What an expression is up to its sign: equal keys mean equal values, or opposite ones where the signs differ. */
export interface SignedKey {
  readonly sign: 1 | -1;
  readonly key: string;
}

const times = (a: 1 | -1, b: 1 | -1): 1 | -1 => (a === b ? 1 : -1);
const text = ({ sign, key }: SignedKey): string => (sign === 1 ? key : `-${key}`);
const byKey = (a: SignedKey, b: SignedKey): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** The key of an expression. Sums and products are compared in any order of their terms and factors. */
export function signedKey(node: Expression): SignedKey {
  if (node.kind === "constant") return { sign: node.value < 0 ? -1 : 1, key: `${Math.abs(node.value)}` };
  if (node.kind === "variable") return { sign: 1, key: node.name };
  const { operator, operands } = node;
  switch (operator) {
    case "neg": {
      const { sign, key } = signedKey(operands[0]);
      return { sign: times(sign, -1), key };
    }
    case "mul":
    case "div": {
      const [first, second] = operands.map(signedKey);
      const factors = operator === "mul" ? [first, second].sort(byKey) : [first, second];
      return {
        sign: times(first.sign, second.sign),
        key: `${operator}(${factors.map(({ key }) => key).join(",")})`,
      };
    }
    case "add":
    case "sub": {
      const [first, second] = operands.map(signedKey);
      const signed = operator === "add" ? second : { ...second, sign: times(second.sign, -1) };
      const [lead, other] = [first, signed].sort(byKey);
      const relative = { ...other, sign: times(lead.sign, other.sign) };
      return { sign: lead.sign, key: `add(${lead.key},${text(relative)})` };
    }
    default:
      return {
        sign: 1,
        key: `${operator}(${operands.map((operand) => text(signedKey(operand))).join(",")})`,
      };
  }
}
