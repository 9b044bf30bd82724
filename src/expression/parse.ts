import type { MathNode } from "mathjs/number";
import { create, parseDependencies } from "mathjs/number";
import { withoutAngles } from "./angles.ts";
import type { Expression } from "./expression.ts";
import * as e from "./expression.ts";
import { nearestName } from "./nearest-name.ts";
import { own } from "./own.ts";
import { magnetization, mz } from "./vector.ts";

/*
 * The only place where typed text becomes an expression. mathjs only parses it; it evaluates nothing. The tree is rebuilt from a list of
 * allowed operators, functions and names, so no other text ever reaches a printer.
 */
let parser: ((text: string) => MathNode) | undefined;

/** The parser is made when the first text is read: this takes a tenth of the command's start, and many commands read no text. */
function parseText(text: string): MathNode {
  parser ??= create({ parseDependencies }).parse;
  return parser(text);
}

/** A problem of a typed expression, and its position. */
export class ExpressionError extends Error {
  /** Counted from 1; undefined if the problem is the text as a whole. */
  readonly position: number | undefined;
  readonly suggestion: string | undefined;
  constructor(message: string, position?: number, suggestion?: string) {
    super(message);
    this.name = "ExpressionError";
    this.position = position;
    this.suggestion = suggestion;
  }
}

export interface ParseOptions {
  /** Names that stand for variables, besides mx my mz theta phi. */
  readonly names?: readonly string[];
  /** Allows no m: a function of the given names only, such as t. */
  readonly withoutMagnetization?: boolean;
  /** Whether the text must be a condition (`mz < 0`); otherwise it must be a number. */
  readonly condition?: boolean;
}

type Make = (...x: Expression[]) => Expression;

/** Functions by name, with the number of their arguments. */
const functions: Readonly<Record<string, { arguments: number; make: Make }>> = {
  sqrt: { arguments: 1, make: e.sqrt },
  sin: { arguments: 1, make: e.sin },
  cos: { arguments: 1, make: e.cos },
  tan: { arguments: 1, make: (x) => e.div(e.sin(x), e.cos(x)) },
  asin: { arguments: 1, make: e.asin },
  acos: { arguments: 1, make: e.acos },
  atan2: { arguments: 2, make: e.atan2 },
  exp: { arguments: 1, make: e.exp },
  log: { arguments: 1, make: e.log },
  log1p: { arguments: 1, make: e.log1p },
  tanh: { arguments: 1, make: e.tanh },
  abs: { arguments: 1, make: e.abs },
  floor: { arguments: 1, make: e.floor },
  min: { arguments: 2, make: e.min },
  max: { arguments: 2, make: e.max },
};

const numeric: Readonly<Record<string, Make>> = {
  add: e.add,
  subtract: e.sub,
  multiply: e.mul,
  divide: (x, y) => {
    if (e.constantValue(y) === 0) throw new ExpressionError("divides by zero");
    return e.div(x, y);
  },
  pow: e.pow,
  unaryMinus: e.neg,
  unaryPlus: (x) => x,
};
const comparisons: Readonly<Record<string, Make>> = {
  smaller: e.less,
  smallerEq: e.lessEqual,
  larger: (x, y) => e.less(y, x),
  largerEq: (x, y) => e.lessEqual(y, x),
};
const connectives: Readonly<Record<string, Make>> = { and: e.and, or: e.or, not: e.not };

const constants: Readonly<Record<string, number>> = { pi: Math.PI };
const ofState = [...magnetization, "theta", "phi"];
/** Names that a parameter may not take. */
export const reservedNames: readonly string[] = [
  ...ofState,
  "t",
  ...Object.keys(constants),
  ...Object.keys(functions),
  "and",
  "or",
  "not",
  "mod",
  "to",
  "in",
  "true",
  "false",
];
/** A name of a parameter in a typed expression. */
export const namePattern = /^[A-Za-z][A-Za-z0-9_]{0,31}$/;

const longestText = 4000;

/**
 * The expression that a text describes: a function of mx, my, mz (theta and phi are rewritten) and the given names.
 * @throws ExpressionError
 */
export function parse(text: string, options: ParseOptions = {}): Expression {
  if (text.trim() === "") throw new ExpressionError("is empty");
  if (text.length > longestText) throw new ExpressionError(`is longer than ${longestText} characters`);
  try {
    const expression = build(syntaxTree(text), text, options);
    if (options.condition && !e.isLogical(expression))
      throw new ExpressionError(`must be a condition such as ${mz} < -0.5, not a number`);
    if (!options.condition && e.isLogical(expression))
      throw new ExpressionError("must be a number, not a condition");
    return withoutAngles(expression);
  } catch (error) {
    if (error instanceof RangeError) throw new ExpressionError("is nested too deeply");
    throw error;
  }
}

function syntaxTree(text: string): MathNode {
  try {
    return parseText(text);
  } catch (error) {
    const { char, message } = error as { char?: number; message: string };
    if (char === undefined) throw error;
    throw new ExpressionError(message.replace(/ \(char \d+\)$/, "").toLowerCase(), char);
  }
}

/** The fields of a mathjs node that are read; its `type` says which exist. */
interface SyntaxNode {
  readonly type: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly fn?: string | { readonly name?: string };
  readonly op?: string;
  readonly args?: readonly SyntaxNode[];
  readonly params?: readonly SyntaxNode[];
  readonly conditionals?: readonly string[];
  readonly content?: SyntaxNode;
}

function build(root: MathNode, text: string, { names = [], withoutMagnetization }: ParseOptions): Expression {
  const variables = withoutMagnetization ? names : [...ofState, ...names];

  /** Position of the first occurrence of a word or symbol. */
  const positionOf = (word: string): number | undefined => {
    const pattern = /^\w+$/.test(word) ? `(?<![\\w.])${word}(?!\\w)` : word.replace(/[^\w]/g, "\\$&");
    const index = text.search(new RegExp(pattern));
    return index < 0 ? undefined : index + 1;
  };
  const refuse = (message: string, word: string, known?: Iterable<string>): never => {
    throw new ExpressionError(message, positionOf(word), known && nearestName(word, known));
  };
  const operands = (nodes: readonly SyntaxNode[], logical: boolean, where: string): Expression[] =>
    nodes.map(walk).map((operand) => {
      if (e.isLogical(operand) === logical) return operand;
      return refuse(
        logical ? `${where} needs conditions on both sides` : `${where} cannot take a condition`,
        where,
      );
    });

  const walk = (node: SyntaxNode): Expression => {
    switch (node.type) {
      case "ConstantNode":
        if (typeof node.value !== "number" || !Number.isFinite(node.value))
          return refuse(`${JSON.stringify(node.value) ?? "this"} is not a finite number`, String(node.value));
        return e.constant(node.value);
      case "ParenthesisNode":
        return walk(node.content!);
      case "SymbolNode": {
        const name = node.name!;
        const value = own(constants, name);
        if (value !== undefined) return e.constant(value);
        if (variables.includes(name)) return e.variable(name);
        const known = [...variables, ...Object.keys(constants)];
        if (own(functions, name)) return refuse(`${name} needs an argument`, name);
        return refuse(`unknown name ${name}; known here: ${known.join(", ")}`, name, known);
      }
      case "FunctionNode": {
        const name = typeof node.fn === "string" ? node.fn : (node.fn?.name ?? "");
        const found = own(functions, name);
        if (!found)
          return refuse(`${name || "this"} is not a known function`, name || text, Object.keys(functions));
        const given = node.args!.length;
        if (given !== found.arguments)
          return refuse(`${name} takes ${found.arguments} argument(s), got ${given}`, name);
        return found.make(...operands(node.args!, false, name));
      }
      case "OperatorNode": {
        const name = String(node.fn);
        const symbol = node.op!;
        const arithmetic = own(numeric, name) ?? own(comparisons, name);
        if (arithmetic) return arithmetic(...operands(node.args!, false, symbol));
        const connective = own(connectives, name);
        if (connective) return connective(...operands(node.args!, true, symbol));
        if (symbol === "==" || symbol === "!=")
          return refuse(`${symbol} never holds for continuous values; use < or >`, symbol);
        return refuse(`the operator ${symbol} is not supported`, symbol);
      }
      case "RelationalNode": {
        const parts = operands(node.params!, false, "<");
        return node
          .conditionals!.map((name, i) => own(comparisons, name)?.(parts[i], parts[i + 1]))
          .map((condition) => condition ?? refuse("this comparison is not supported", "="))
          .reduce((x, y) => e.and(x, y));
      }
      default:
        throw new ExpressionError(
          `is not a plain formula (${node.type.replace(/Node$/, "").toLowerCase()} found)`,
        );
    }
  };
  return walk(root as unknown as SyntaxNode);
}
