import { zipSync } from "fflate";
import type { Result } from "../result.ts";

/** One array of float64 in NumPy's .npy format, version 1.0. */
export function npy(values: ArrayLike<number>, shape: readonly number[]): Uint8Array {
  const size = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  let header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${size}), }`;
  // the data begin at a multiple of 64 bytes
  header = `${header.padEnd(64 * Math.ceil((11 + header.length) / 64) - 11)}\n`;
  const bytes = new Uint8Array(10 + header.length + 8 * values.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  const view = new DataView(bytes.buffer, 10 + header.length);
  for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i], true);
  return bytes;
}

/** Rectangular nested arrays of numbers, flattened, with their shape; a missing row becomes NaN. Undefined for anything else. */
function rectangle(value: unknown): { values: number[]; shape: number[] } | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (value.every((x) => typeof x === "number")) return { values: value, shape: [value.length] };
  const rows = value.map((row) => (row === null ? null : rectangle(row)));
  const first = rows.find((row) => row);
  if (!first || !rows.every((row) => row === null || `${row?.shape}` === `${first.shape}`)) return undefined;
  const missing = new Array<number>(first.values.length).fill(Number.NaN);
  return { values: rows.flatMap((row) => row?.values ?? missing), shape: [value.length, ...first.shape] };
}

/**
 * Folders in the archive, named after the observables in characters that every system accepts. All differ, and none leads out of the
 * archive.
 */
function foldersOf(names: readonly string[]): Map<string, string> {
  const taken = new Set([exactFolder]);
  return new Map(
    names.map((name) => {
      const plain = name.replace(/[^\w .-]/g, "_").replace(/^\.+$/, "_");
      let folder = plain;
      for (let i = 2; taken.has(folder); i++) folder = `${plain}-${i}`;
      taken.add(folder);
      return [name, folder];
    }),
  );
}

const exactFolder = "fokkerPlanck";

/**
 * Every numeric array of a result as one NumPy archive. Names are paths: "moments/m", "fokkerPlanck/evolution/time".
 */
export function npz(result: Result): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  const folders = foldersOf(result.observables.map(({ name }) => name));
  const add = (path: string, value: unknown): void => {
    const found = rectangle(value);
    if (found) files[`${path}.npy`] = npy(found.values, found.shape);
    else if (Array.isArray(value) && value.length > 0 && typeof value[0] === "object" && value[0] !== null) {
      for (const key of Object.keys(value[0]))
        add(
          `${path}/${key}`,
          value.map((row) => row?.[key]),
        );
    } else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) add(`${path}/${key}`, inner);
    }
  };
  for (const observable of result.observables) {
    const { name, ...columns } = observable;
    for (const [key, value] of Object.entries(columns)) add(`${folders.get(name)}/${key}`, value);
  }
  if (result.fokkerPlanck) {
    const { observables, ...exact } = result.fokkerPlanck;
    add(exactFolder, exact);
    for (const { type: _, name, ...own } of observables) add(`${folders.get(name) ?? name}/exact`, own);
  }
  return zipSync(files, { level: 6 });
}
