import type { Expression } from "../expression/expression.ts";
import type { Vector } from "../expression/vector.ts";
import type { DriveValue } from "./drives/index.ts";
import type { Matrix, Parameter, Parameters, Triple } from "./parameter.ts";
import type { RandomDirection, SpreadValue } from "./spread.ts";

/** A scalar of an entry: a number, a typed expression of t, a drive or a spread. */
export type ScalarValue = number | string | DriveValue | SpreadValue;

export interface HarmonicValue {
  readonly l: number;
  readonly m: number;
  readonly value: ScalarValue;
}

interface ValueOfKind {
  scalar: ScalarValue;
  number: number;
  integer: number;
  direction: Triple | RandomDirection;
  vector: readonly [ScalarValue, ScalarValue, ScalarValue];
  numbers: Triple;
  list: readonly number[];
  tensor: Matrix;
  choice: string;
  expression: string;
  field: readonly [string, string, string];
  named: Readonly<Record<string, ScalarValue>>;
  harmonics: readonly HarmonicValue[];
  stack: unknown;
}

interface ResolvedOfKind {
  scalar: Expression;
  number: number;
  integer: number;
  direction: Vector;
  vector: Vector;
  numbers: Triple;
  list: readonly number[];
  tensor: readonly [Vector, Vector, Vector];
  choice: string;
  expression: Expression;
  field: Vector;
  named: Readonly<Record<string, Expression>>;
  harmonics: readonly { readonly l: number; readonly m: number; readonly value: Expression }[];
  stack: unknown;
}

type Absent<P extends Parameter> = P extends { readonly optional: true } ? undefined : never;

type IsOptional<P extends Parameter> = P extends { readonly optional: true } ? true : false;

/** The values of an entry in a completed experiment: plain JSON, SI units. */
export type Values<P extends Parameters> = {
  readonly [K in keyof P as IsOptional<P[K]> extends true ? never : K]: ValueOfKind[P[K]["kind"]];
} & {
  readonly [K in keyof P as IsOptional<P[K]> extends true ? K : never]?: ValueOfKind[P[K]["kind"]];
};

/** The values of an entry for its physics: expressions of t (in s) and of per-spin parameters. */
export type Resolved<P extends Parameters> = {
  readonly [K in keyof P]: ResolvedOfKind[P[K]["kind"]] | Absent<P[K]>;
};
