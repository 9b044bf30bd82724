import { unitVariates } from "../../physics/model.ts";
import { philox4x32 } from "../../random/philox.ts";
import type { Variates } from "../kernel.ts";

/*
 * The noise of this backend. gpu.js has no 32-bit integers, and float32 holds whole numbers up to 2^24 exactly; so
 * six multiplicative congruential generators whose products all stay below that are combined: the three of
 * Wichmann and Hill (AS 183, Appl. Stat. 31, 188 (1982)) and the three of L'Ecuyer (Commun. ACM 31, 742 (1988), his
 * combination for 16-bit machines).
 *
 * A draw advances all six and adds the first twelve binary digits of x/p of each, modulo 4096. The sum is equal,
 * digit for digit, in every mode of gpu.js and in this file. Each x alone falls unevenly into 4096 classes; of the
 * sum of six the unevenness is below 1e-5. Each spin starts from six residues out of two Philox blocks of
 * (seed, spin), and x after n draws is a^n x mod p, so a call may begin at any step. The period is above 10^24.
 */

/** Modulus and multiplier of each generator. */
export const generators: readonly { readonly modulus: number; readonly multiplier: number }[] = [
  { modulus: 30269, multiplier: 171 },
  { modulus: 30307, multiplier: 172 },
  { modulus: 30323, multiplier: 170 },
  { modulus: 32363, multiplier: 157 },
  { modulus: 31727, multiplier: 146 },
  { modulus: 31657, multiplier: 142 },
];

/** Draws of twelve bits that one step takes. */
export const drawsPerStep: Record<Variates, number> = { none: 0, dyadic: 1, gaussian: 6 };

/** Second key word of the Philox blocks that seed these streams; no other use has it. */
const purpose = 0x6b15;

/** The residues with which the streams of spins [first, first + count) begin, one array per generator. */
export function seedResidues(seed: number, first: number, count: number): Float64Array[] {
  const residues = generators.map(() => new Float64Array(count));
  const words = new Uint32Array(4);
  for (let place = 0; place < count; place++)
    generators.forEach(({ modulus }, i) => {
      if (i % 3 === 0) philox4x32(words, first + place, i / 3, 0, 0, seed, purpose, 7);
      residues[i][place] = 1 + Math.floor((words[i % 3] / 0x100000000) * (modulus - 1));
    });
  return residues;
}

/** a^n mod p of every generator: the factor that skips n draws. */
export const skips = (draws: number): number[] =>
  generators.map(({ modulus, multiplier }) => {
    let [result, base] = [1, multiplier];
    for (let n = draws; n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) result = (result * base) % modulus;
      base = (base * base) % modulus;
    }
    return result;
  });

/** Advances six residues by one draw and returns its twelve bits; the kernel's text does the same. */
export function draw(residues: number[]): number {
  let sum = 0;
  generators.forEach(({ modulus, multiplier }, i) => {
    residues[i] = (residues[i] * multiplier) % modulus;
    sum += Math.floor((residues[i] * 4096) / modulus);
  });
  return sum % 4096;
}

/** Functions the kernel calls, in gpu.js's JavaScript. */
export const streamFunctions: readonly string[] = [
  // y mod p for whole y < 2^24; the quotient by a rounded reciprocal is off by one at most
  `function residueOf(y, p, reciprocal) {
    const r = y - Math.floor(y * reciprocal) * p;
    return r < 0.0 ? r + p : (r < p ? r : r - p);
  }`,
  // x·skip mod p by halves of the factor, so that no product passes 2^24
  `function skipped(x, skip, p, reciprocal) {
    const high = Math.floor(skip * 0.00390625);
    const low = skip - high * 256.0;
    const top = residueOf(high * x, p, reciprocal);
    return residueOf(top * 256.0 + low * x, p, reciprocal);
  }`,
  // the first twelve binary digits of x/p, six at a time
  `function twelveBits(x, p, reciprocal) {
    const y = x * 64.0;
    const first = Math.floor(y * reciprocal);
    return first * 64.0 + Math.floor((y - first * p) * 64.0 * reciprocal);
  }`,
  `function dyadic(nibble) {
    const magnitude = nibble - (nibble > 7.5 ? 8.0 : 0.0) < 0.5 ? 2.177534704 : 0.682259127;
    return nibble > 7.5 ? -magnitude : magnitude;
  }`,
  // radius of a Box-Muller pair from 24 bits
  `function gaussianRadius(high, low) {
    return Math.sqrt(-2.0 * accurateLog((high * 4096.0 + low + 0.5) * 0.000000059604644775390625));
  }`,
  // 4096 directions: their moments below the 4096th are those of the circle
  `function directionCosine(bits) {
    return accurateCos((bits - (bits > 2047.5 ? 4096.0 : 0.0)) * 0.0015339807878856412);
  }`,
];

/** Lines that leave the residues x0 … x5 of this spin at the first step of the call. */
export const streamStart: readonly string[] = [
  "const q_seeds0 = seeds0[this.thread.x];",
  "const q_seeds1 = seeds1[this.thread.x];",
  ...generators.map(
    ({ modulus }, i) =>
      `let x${i} = skipped(q_seeds${Math.floor(i / 3)}[${i % 3}], skip${i}, ${modulus}.0, ${1 / modulus});`,
  ),
];

const drawLines = (name: string): string[] => [
  ...generators.map(
    ({ modulus, multiplier }, i) =>
      `x${i} = residueOf(x${i} * ${multiplier}.0, ${modulus}.0, ${1 / modulus});`,
  ),
  ...generators.map(
    ({ modulus }, i) => `const ${name}${i} = twelveBits(x${i}, ${modulus}.0, ${1 / modulus});`,
  ),
  `const ${name}sum = ${generators.map((_, i) => `${name}${i}`).join(" + ")};`,
  `const ${name} = ${name}sum - Math.floor(${name}sum * 0.000244140625) * 4096.0;`,
];

const [x, y, z] = unitVariates;

/** Lines that draw one step's unit variates. */
export const variateLines: Record<Variates, readonly string[]> = {
  none: [],
  dyadic: [
    ...drawLines("w"),
    "const upper = Math.floor(w * 0.0625);",
    "const top = Math.floor(w * 0.00390625);",
    `const ${x} = dyadic(w - upper * 16.0);`,
    `const ${y} = dyadic(upper - top * 16.0);`,
    `const ${z} = dyadic(top);`,
  ],
  gaussian: [
    ...["a", "b", "c", "d", "e", "f"].flatMap((name) => drawLines(name)),
    "const radius = gaussianRadius(a, b);",
    `const ${x} = radius * directionCosine(c);`,
    // a quarter turn back
    `const ${y} = radius * directionCosine(c - 1024.0 + (c < 1023.5 ? 4096.0 : 0.0));`,
    `const ${z} = gaussianRadius(d, e) * directionCosine(f);`,
  ],
};
