import type { Table } from "../plots/panel.ts";

export function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const saveText = (name: string, text: string, type = "text/plain"): void =>
  saveBlob(name, new Blob([text], { type }));

export function saveImage(name: string, format: "png" | "svg", dataAddress: string): void {
  const link = document.createElement("a");
  link.href = dataAddress;
  link.download = `${name}.${format}`;
  link.click();
}

/** Columns of unequal length are padded with empty cells. */
export function saveCsv(name: string, table: Table): void {
  const names = Object.keys(table);
  const rows = Math.max(0, ...names.map((key) => table[key].length));
  const lines = [names.map((key) => (key.includes(",") ? `"${key}"` : key)).join(",")];
  for (let i = 0; i < rows; i++) lines.push(names.map((key) => table[key][i] ?? "").join(","));
  saveText(`${name}.csv`, `${lines.join("\n")}\n`, "text/csv");
}

/** One array of NumPy's format, version 1.0: magic, header padded to 64 bytes, little-endian float64. */
export function npyBytes(values: ArrayLike<number>): Uint8Array {
  const shape = `{'descr': '<f8', 'fortran_order': False, 'shape': (${values.length},), }`;
  const length = Math.ceil((10 + shape.length + 1) / 64) * 64 - 10;
  const header = `${shape.padEnd(length - 1)}\n`;
  const bytes = new Uint8Array(10 + length + 8 * values.length);
  bytes.set([0x93, ...[..."NUMPY"].map((c) => c.charCodeAt(0)), 1, 0, length & 255, length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  const view = new DataView(bytes.buffer, 10 + length);
  for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i], true);
  return bytes;
}

export async function saveNpz(name: string, table: Table): Promise<void> {
  const { zipSync } = await import("fflate");
  const files = Object.fromEntries(
    Object.entries(table).map(([key, values]) => [`${key.replace(/[^\w.-]+/g, "_")}.npy`, npyBytes(values)]),
  );
  saveBlob(`${name}.npz`, new Blob([zipSync(files) as Uint8Array<ArrayBuffer>], { type: "application/zip" }));
}
