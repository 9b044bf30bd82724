import type { Code } from "./binary.ts";
import { flatten, sequence, sized, text, unsigned, valueTypes } from "./binary.ts";
import type { FunctionBuilder } from "./function.ts";

const section = (number: number, items: readonly Code[]): Code => [number, sized(sequence(items))];

const pageSize = 65536;

/**
 * A module of functions and one memory, all exported: the memory as "memory", the functions by
 * the names given here. Functions may call those that stand before them, by position.
 */
export function assembleModule(
  functions: Readonly<Record<string, FunctionBuilder>>,
  memoryBytes: number,
): Uint8Array<ArrayBuffer> {
  const named = Object.entries(functions);
  const types = named.map(([, { parameterTypes, resultType }]) => [
    0x60,
    sequence(parameterTypes.map((type) => [valueTypes[type]])),
    sequence(resultType ? [[valueTypes[resultType]]] : []),
  ]);
  return Uint8Array.from(
    flatten([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, types),
      section(
        3,
        named.map((_, index) => unsigned(index)),
      ),
      section(5, [[0, unsigned(Math.ceil(memoryBytes / pageSize))]]),
      section(7, [[text("memory"), 2, 0], ...named.map(([name], index) => [text(name), 0, unsigned(index)])]),
      section(
        10,
        named.map(([, builder]) => builder.body()),
      ),
    ]),
  );
}
