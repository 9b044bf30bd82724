/** Archives, by their first bytes as latin1 text, and the programs that unpack them. */
const kinds: readonly { readonly head: string; readonly name: string; readonly unpack: string }[] = [
  { head: "\x1f\x8b", name: "gzip", unpack: "gunzip" },
  { head: "PK\x03\x04", name: "zip", unpack: "unzip" },
  { head: "BZh", name: "bzip2", unpack: "bunzip2" },
  { head: "\xfd7zXZ", name: "xz", unpack: "unxz" },
  { head: "\x28\xb5\x2f\xfd", name: "Zstandard", unpack: "unzstd" },
];

/** Advice on a packed file, as a sentence; null for any other file. */
export function packedFile(head: string, name: string): string | null {
  const kind = kinds.find((one) => head.startsWith(one.head));
  if (!kind) return null;
  const sheet = kind.name === "zip" ? "; a table of Excel has to be saved as CSV" : "";
  return `${name} is packed by ${kind.name}: unpack it first (${kind.unpack} ${name})${sheet}`;
}
