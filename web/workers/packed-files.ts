import { strToU8, unzipSync, zipSync } from "fflate";
import type { OwnData } from "./data-messages.ts";

/** Most bytes of files, and most characters of a link. */
const mostBytes = 400_000;
const mostCharacters = 32_000;

/** Bytes as text of an address: base64 with its own letters for two of them. */
function encoded(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const decoded = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const short = (files: Record<string, Uint8Array>): string | null => {
  const text = encoded(zipSync(files, { level: 9, mtime: new Date(2000, 0, 1) }));
  return text.length <= mostCharacters ? text : null;
};

/** Files as a text for a link; if that is too long, the table of their measurements, or nothing. */
export async function packed(files: readonly File[], table: string): Promise<OwnData["packed"]> {
  if (files.reduce((sum, { size }) => sum + size, 0) <= mostBytes) {
    const contents = await Promise.all(
      files.map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())] as const),
    );
    const text = short(Object.fromEntries(contents));
    if (text !== null) return { text, isWhole: true };
  }
  const text = short({ "dwell-times.csv": strToU8(table) });
  return text === null ? null : { text, isWhole: false };
}

/** The files of a link. */
export function unpacked(text: string): File[] {
  try {
    return Object.entries(unzipSync(decoded(text))).map(
      ([name, bytes]) => new File([bytes as Uint8Array<ArrayBuffer>], name),
    );
  } catch {
    throw new Error("the data of the link are cut or damaged");
  }
}
