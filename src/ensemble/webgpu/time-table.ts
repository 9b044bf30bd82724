import { compileVector } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { isLogical, less, neg, select, variable, variablesOf } from "../../expression/expression.ts";
import { rewrite } from "../../expression/rewrite.ts";
import { signedKeys } from "../../expression/signed-key.ts";
import { chunkLength } from "../kernel.ts";
import type { Device, DeviceBuffer } from "./device.ts";

/*
 * A value that depends only on time is the same for all spins. The host computes it in float64, once for every step of a dispatch, and
 * the shader reads it from a table. A column is one expression, a row has the values for one turn of the loop.
 */

const prefix = "time";
const columnName = (column: number): string => `${prefix}${column}`;

/** Whether a printed name is the time or a column of the table: the same for all spins. */
export const isOfTime = (name: string): boolean => name === "t" || /^time\d+$/.test(name);

/** Vectors of four words in the table: as many as a uniform buffer can hold on every device. */
const tableVectors = 4096;
/** Most columns; with more, every spin computes them itself. */
export const mostColumns = 256;
/** Number of vectors with the values for one turn of the loop. */
const turnVectors = (columns: number, turn: number): number => Math.ceil((columns * turn) / 4);
const tableTurns = (columns: number, turn: number): number =>
  Math.floor(tableVectors / turnVectors(columns, turn));

/** How the shader reads the table; the values of one turn of the loop lie together. */
export function timeReader({ length }: readonly Expression[], turn: number) {
  const vectors = turnVectors(length, turn);
  return {
    declaration:
      length > 0
        ? [
            `@group(0) @binding(6) var<uniform> times: array<array<vec4f, ${vectors}>, ${tableTurns(length, turn)}>;`,
          ]
        : [],
    /** Lines at the start of a turn. The bounds check is made once for the row. */
    enter: length > 0 ? [`let row = &times[(step - span.firstStep) / ${turn}u];`] : [],
    /** Lines before step j of the turn: they load each vector when it is first read. */
    load: (j: number): string[] =>
      Array.from({ length: vectors }, (_, place) => place)
        .filter((place) => Math.floor((4 * place) / length) === j)
        .map((place) => `let times${place} = (*row)[${place}u];`),
    /** Lines that name the columns in step j. */
    name: (j: number): string[] =>
      Array.from({ length }, (_, i) => {
        const word = j * length + i;
        return `let ${columnName(i)} = times${Math.floor(word / 4)}.${"xyzw"[word % 4]};`;
      }),
  };
}

/**
 * Replaces values that depend on time alone by columns of a table; the negative of a column is read from it too. `always` is evaluated at
 * every step and determines the columns; `seldom` only reads columns that it shares.
 */
export function tabulate(
  always: readonly Expression[],
  seldom: readonly Expression[],
): { columns: readonly Expression[]; always: readonly Expression[]; seldom: readonly Expression[] } {
  const columns: Expression[] = [];
  const keyOf = signedKeys();
  /** Columns by the keys of their expressions. */
  const held = new Map<number, { readonly name: Expression; readonly sign: number }>();
  const known = new Map<Expression, Expression>();
  const onlyTime = (node: Expression): boolean => {
    const names = variablesOf(node);
    return names.size === 1 && names.has("t");
  };
  const column = (node: Expression): Expression => {
    const { sign, key } = keyOf(node);
    let found = held.get(key);
    if (!found) {
      const place = columns.push(isLogical(node) ? select(node, 1, 0) : node) - 1;
      found = { name: variable(columnName(place)), sign };
      held.set(key, found);
    }
    const read = isLogical(node) ? less(0.5, found.name) : found.sign === sign ? found.name : neg(found.name);
    known.set(node, read);
    return read;
  };
  return {
    columns,
    always: rewrite(always, (node) =>
      node.kind === "apply" && onlyTime(node) ? (known.get(node) ?? column(node)) : undefined,
    ),
    seldom: rewrite(seldom, (node) => known.get(node)),
  };
}

/** The table of an ensemble on the device. */
export class TimeTable {
  readonly buffer: DeviceBuffer;
  readonly #device: Device;
  readonly #columns: number;
  readonly #timeStep: number;
  readonly #evaluate: (out: Float64Array, offset: number, t: number) => void;

  constructor(device: Device, columns: readonly Expression[], timeStep: number) {
    this.#device = device;
    this.#columns = columns.length;
    this.#timeStep = timeStep;
    this.#evaluate = compileVector(columns, ["t"]);
    this.buffer = device.uniform(columns.length > 0 ? 4 * tableVectors : 4);
  }

  /** Most steps of a dispatch whose rows fit; whole chunks of noise, if a chunk fits. */
  room(turn: number): number {
    if (this.#columns === 0) return Number.POSITIVE_INFINITY;
    const steps = tableTurns(this.#columns, turn) * turn;
    return steps > chunkLength ? steps - (steps % chunkLength) : steps;
  }

  /** Queues the rows of steps [from, to) for the next dispatch, which takes turns of the given length. */
  write(from: number, to: number, turn: number): void {
    if (this.#columns === 0) return;
    const turnWords = 4 * turnVectors(this.#columns, turn);
    const words = new Float64Array(Math.ceil((to - from) / turn) * turnWords);
    for (let step = from; step < to; step++) {
      const [turns, j] = [Math.floor((step - from) / turn), (step - from) % turn];
      this.#evaluate(words, turns * turnWords + j * this.#columns, step * this.#timeStep);
    }
    this.#device.write(this.buffer, Float32Array.from(words));
  }
}
