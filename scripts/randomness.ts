/**
 * Is the noise random as the kernels use it? The words of the program's streams, in the orders in which they could be
 * alike (a spin's own, its neighbours' in the same step, first words of spins, chunks and seeds), through a battery of
 * tests; with --dieharder through tests of that program, where it is installed (Debian: apt-get install dieharder).
 * Ends with 1 if a test fails.
 *
 *   npm run randomness -- [--words 4194304] [--seed 1] [--only ORDER] [--dieharder 0,2,3,4,8,15,100,101,102] [--report FILE]
 */
import "./help.mjs";

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { options } from "./options.ts";
import { battery } from "./randomness/battery.ts";
import { orders } from "./randomness/orders.ts";

const { values } = options({
  words: { type: "string", default: String(1 << 22) },
  seed: { type: "string", default: "1" },
  only: { type: "string" },
  dieharder: { type: "string" },
  report: { type: "string" },
});
const [count, seed] = [Number(values.words), Number(values.seed)];
/** Each table is one look at many p-values: the least of them may be this small by chance once in ten thousand tables. */
const falseAlarm = 1e-4;
const chosen = Object.entries(orders).filter(([name]) => !values.only || name.includes(values.only));

interface Verdict {
  readonly order: string;
  readonly test: string;
  readonly p: number;
}

const own = (): Verdict[] =>
  chosen.flatMap(([order, of]) => {
    const words = new Uint32Array(count);
    of(seed)(words);
    return Object.entries(battery).map(([test, pOf]) => ({ order, test, p: pOf(words) }));
  });

/** The p-values of one of dieharder's tests, which reads as many words as it needs. */
function dieharder(order: string, number: string): Promise<Verdict[]> {
  const next = orders[order](seed);
  const child = spawn("dieharder", ["-g", "200", "-d", number], { stdio: ["pipe", "pipe", "inherit"] });
  const block = new Uint32Array(1 << 16);
  const feed = (): void => {
    for (let hasRoom = true; hasRoom && child.stdin.writable; ) {
      next(block);
      hasRoom = child.stdin.write(Buffer.from(block.slice().buffer));
    }
  };
  let text = "";
  child.stdin.on("drain", feed);
  // it closes the pipe when it needs no more
  child.stdin.on("error", () => {});
  child.stdout.on("data", (piece) => {
    text += piece;
  });
  return new Promise((resolve, reject) => {
    child.on("error", () => reject(new Error("dieharder is not installed")));
    child.on("close", () =>
      resolve(
        text.split("\n").flatMap((line) => {
          const cells = line.split("|").map((cell) => cell.trim());
          const p = Number(cells[4]);
          if (cells.length < 6 || !/PASSED|WEAK|FAILED/.test(cells[5])) return [];
          return [{ order, test: `dieharder ${cells[0]} (${cells[1]})`, p: 2 * Math.min(p, 1 - p) }];
        }),
      ),
    );
    feed();
  });
}

async function all(): Promise<Verdict[]> {
  if (values.dieharder === undefined) return own();
  const found: Verdict[] = [];
  for (const [order] of chosen)
    for (const number of values.dieharder.split(",")) found.push(...(await dieharder(order, number)));
  return found;
}

const found = await all();
const limit = falseAlarm / found.length;
const lines = [
  "| order of the words | tests | least p-value, both ends | of the test | below the limit |",
  "|---|---|---|---|---|",
  ...chosen.map(([order]) => {
    const rows = found.filter((row) => row.order === order).sort((a, b) => a.p - b.p);
    const failed = rows.filter(({ p }) => p < limit).map(({ test }) => test);
    return `| ${order} | ${rows.length} | ${rows[0]?.p.toPrecision(2)} | ${rows[0]?.test} | ${failed.join(", ") || "none"} |`;
  }),
  "",
  `${found.length} tests${values.dieharder === undefined ? ` of ${count} words each` : ""}, seed ${seed}; a test fails if its p-value is below ${limit.toPrecision(2)}.`,
];
console.log(lines.join("\n"));
if (values.report) writeFileSync(values.report, `${lines.join("\n")}\n`);
process.exitCode = found.some(({ p }) => !(p >= limit)) ? 1 : 0;
