/**
 * Power of the certificate: the smallest relative error of a parameter that an ensemble of a given size detects with
 * probability ½, for each observable. From the exact side: the shift of its figures under a small change, over the
 * standard errors that the exact densities imply, against the limit of one test in ten at a false-alarm probability of
 * 1e-4. The bias that tests allow is left out.
 *
 *   npm run power
 */
import "./help.mjs";

import { endedAtOnce } from "./calibration/ended-at-once.ts";
import {
  chiSquaredQuantile,
  shiftOfDensity,
  shiftOfDwells,
  shiftOfPassage,
  shiftOfSpectrum,
} from "./calibration/shifts.ts";
import { prepared } from "./calibration/spoiled.ts";
import { spoilings, subjects } from "./calibration/subjects.ts";

await endedAtOnce("the same command starts again");

const sizes = [1e4, 1e6];
/** Limit of one of ten tests. */
const limit = 1e-5;
/** A larger relative error is not a small change. */
const largest = 0.5;

/** A spectrum is taken of the first spins only. */
const spectrumSpins = 2048;

const rounded = (x: number): string => String(Number(x.toPrecision(1)));
const percent = (x: number): string => (x > largest ? "no" : `${rounded(100 * x)} %`);

console.log(`| observable | in | ${spoilings.map(({ name }) => name).join(" | ")} |`);
console.log(`|---|---|${spoilings.map(() => "---").join("|")}|`);
for (const { name, experiment, observable } of subjects) {
  const right = prepared(experiment);
  const cells = spoilings.map(({ change, amount }) => {
    const wrong = change(right);
    if (!wrong) return "";
    const shift =
      observable === "dwell"
        ? shiftOfDwells(right, wrong)
        : observable === "firstPassage"
          ? shiftOfPassage(right, wrong)
          : observable === "spectrum"
            ? shiftOfSpectrum(right, wrong)
            : shiftOfDensity(right, wrong, observable);
    const needed = chiSquaredQuantile(limit, shift.degreesOfFreedom) - shift.degreesOfFreedom;
    // a reversal is detected from some number of spins on, a small change from some size on
    if (amount === null) {
      const spins = needed / shift.perSpin;
      return spins < 1e9 ? `from ${Math.max(10, Number(rounded(spins)))} spins` : "never";
    }
    const counted = sizes.map((n) => (observable === "spectrum" ? Math.min(n, spectrumSpins) : n));
    return [...new Set(counted)]
      .map((n) => percent(amount * Math.sqrt(needed / (n * shift.perSpin))))
      .join(", ");
  });
  console.log(`| ${observable} | ${name} | ${cells.join(" | ")} |`);
}
