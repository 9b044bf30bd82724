import type { Table } from "../values/table.ts";

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

export async function saveNpz(name: string, table: Table): Promise<void> {
  const [{ zipSync }, { npy }] = await Promise.all([import("fflate"), import("../../src/cli/npz.ts")]);
  const files = Object.fromEntries(
    Object.entries(table).map(([key, values]) => [
      `${key.replace(/[^\w.-]+/g, "_")}.npy`,
      npy(values, [values.length]),
    ]),
  );
  saveBlob(`${name}.npz`, new Blob([zipSync(files) as Uint8Array<ArrayBuffer>], { type: "application/zip" }));
}
