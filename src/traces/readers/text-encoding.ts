/** Most characters of a table are in this range; in two-byte text their other byte is 0. */
const mostly = 0.8;

/**
 * Encoding of the first bytes of a file: UTF-8 (and encodings that extend ASCII), or UTF-16 with the low or the high
 * byte first, as some programs on Windows write it. Null if they are not text.
 */
export function textEncoding(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | null {
  if (!bytes.includes(0)) return "utf-8";
  const half = Math.floor(bytes.length / 2);
  const zeros = (from: number): number => {
    let count = 0;
    for (let i = 0; i < half; i++) if (bytes[2 * i + from] === 0) count++;
    return count;
  };
  const [first, second] = [zeros(0), zeros(1)];
  if (first === 0 && second > mostly * half) return "utf-16le";
  return second === 0 && first > mostly * half ? "utf-16be" : null;
}
