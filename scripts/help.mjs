// Every script imports this first: `--help` prints the comment at the head of the script and ends.
import { readFileSync } from "node:fs";

/** The text of the comment at the head of a script. */
export function helpOf(file) {
  const text = readFileSync(file, "utf8").replace(/^#!.*\n/, "");
  const block = /^\/\*\*?([\s\S]*?)\*\//.exec(text)?.[1].replace(/^ \* ?/gm, "");
  const lines = /^(\/\/.*\n)+/.exec(text)?.[0].replace(/^\/\/ ?/gm, "");
  return (block ?? lines ?? "").trim();
}

if (process.argv.includes("--help") || process.argv.includes("-h")) {
  process.stdout.write(`${helpOf(process.argv[1])}\n`);
  process.exit(0);
}
