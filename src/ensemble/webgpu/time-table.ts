import { compileVector } from "../../expression/compile.ts";
import type { Expression, Operator } from "../../expression/expression.ts";
import { less, neg, select, variable, variablesOf } from "../../expression/expression.ts";
import { rewrite } from "../../expression/rewrite.ts";
import { signedKey } from "../../expression/signed-key.ts";
import type { Device, DeviceBuffer } from "./device.ts";

/*
 * What depends on nothing but time is the same for all spins: the host computes it in float64, once for every step of a
 * dispatch, and the shader reads it from a table. A row is a step, a column one expression.
 */

const prefix = "time";
const columnName = (column: number): string => `${prefix}${column}`;

/** Whether a printed name is the time or a column of the table: the same for all spins. */
export const isOfTime = (name: string): boolean => name === "t" || /^time\d+$/.test(name);

/** How the shader reads the table: the values of a whole turn of the loop lie together, in vectors where they fill them. */
export function timeReader(columns: readonly Expression[], turn: number) {
  const words = columns.length * turn;
  const width = words % 4 === 0 ? 4 : 1;
  /** The first step of the turn that reads a vector. */
  const firstReader = (place: number): number => Math.floor((place * width) / columns.length);
  return {
    type: `array<array<${width === 4 ? "vec4f" : "f32"}, ${words / width}>>`,
    /** Lines at the beginning of a turn. One place is looked up and checked; what follows from it is known to exist. */
    enter: columns.length > 0 ? [`let row = &times[(step - span.firstStep) / ${turn}u];`] : [],
    /** Lines before step j of the turn. */
    load: (j: number): string[] =>
      Array.from({ length: words / width }, (_, place) => place)
        .filter((place) => firstReader(place) === j)
        .map((place) => `let times${place} = (*row)[${place}u];`),
    /** Lines that name the columns in step j. */
    name: (j: number): string[] =>
      columns.map((_, i) => {
        const word = j * columns.length + i;
        const part = width === 4 ? `.${"xyzw"[word % 4]}` : "";
        return `let ${columnName(i)} = times${Math.floor(word / width)}${part};`;
      }),
  };
}

const logical: ReadonlySet<Operator> = new Set(["less", "lessEqual", "and", "or", "not"]);

/**
 * Puts columns of a table in the place of what depends on time alone; what is the opposite of a column is read from it too.
 * `always` is evaluated at every step and says what the columns are; `seldom` reads them where it shares them.
 */
export function tabulate(
  always: readonly Expression[],
  seldom: readonly Expression[],
): { columns: readonly Expression[]; always: readonly Expression[]; seldom: readonly Expression[] } {
  const columns: Expression[] = [];
  /** Columns by the keys of what they hold. */
  const held = new Map<string, { readonly name: Expression; readonly sign: number }>();
  const known = new Map<Expression, Expression>();
  const onlyTime = (node: Expression): boolean => {
    const names = variablesOf(node);
    return names.size === 1 && names.has("t");
  };
  const column = (node: Expression): Expression => {
    const isLogical = node.kind === "apply" && logical.has(node.operator);
    const { sign, key } = signedKey(node);
    let found = held.get(key);
    if (!found) {
      const place = columns.push(isLogical ? select(node, 1, 0) : node) - 1;
      found = { name: variable(columnName(place)), sign };
      held.set(key, found);
    }
    const read = isLogical ? less(0.5, found.name) : found.sign === sign ? found.name : neg(found.name);
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

  constructor(device: Device, columns: readonly Expression[], timeStep: number, longest: number) {
    this.#device = device;
    this.#columns = columns.length;
    this.#timeStep = timeStep;
    this.#evaluate = compileVector(columns, ["t"]);
    this.buffer = device.storage(this.#columns * longest);
  }

  /** Queues the rows of steps [from, to) for the next dispatch. */
  write(from: number, to: number): void {
    if (this.#columns === 0) return;
    const rows = new Float64Array((to - from) * this.#columns);
    for (let step = from; step < to; step++)
      this.#evaluate(rows, (step - from) * this.#columns, step * this.#timeStep);
    this.#device.write(this.buffer, Float32Array.from(rows));
  }
}
