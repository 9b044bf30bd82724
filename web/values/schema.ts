import type { Plain } from "./difference.ts";

/** The part of JSON Schema that the form supports: objects of numbers, choices, names, and lists of objects. */
export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly default?: Plain;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}
