import { own } from "../expression/own.ts";
import type { reducedMagnetParameters } from "../physics/magnet.ts";
import type { Values } from "../physics/value.ts";
import type { Problem } from "./problem.ts";
import type { MagnetDescription } from "./schema.ts";

/** The unit of time of a magnet in reduced units. */
const naturalTime = "1/(γ'B_K)";

/** Natural units that replace units of the catalogues for a magnet in reduced units. */
const naturalUnits: Readonly<Record<string, string>> = {
  T: "B_K",
  "J/m³": "½ Ms B_K",
  s: naturalTime,
  "1/s": "γ'B_K",
  Hz: "γ'B_K",
};

/** The unit of an experiment in reduced units for one of the catalogues. */
export const naturalUnit = (unit: string): string => own(naturalUnits, unit) ?? unit;

/** Whether a magnet is given in reduced units, by `delta`. */
export const isReduced = (magnet: MagnetDescription): magnet is Values<typeof reducedMagnetParameters> =>
  "delta" in magnet;

/** The unit of a magnet's results for one of the catalogues. */
export const unitFor = (magnet: MagnetDescription, unit: string): string =>
  isReduced(magnet) ? naturalUnit(unit) : unit;

/** The unit of the times of a problem's results. */
export const timeUnitOf = ({ experiment }: Pick<Problem, "experiment">): "s" | typeof naturalTime =>
  isReduced(experiment.magnet ?? {}) ? naturalTime : "s";

/** A rule in the words of the catalogues for an experiment in reduced units: a unit follows a number, a range or "in". */
export const inNaturalUnits = (rule: string): string =>
  rule.replace(/(?<=(?:[\d\])]|\bin) )(?:T|J\/m³|1\/s|s|Hz)(?=$|[\s,;])/g, naturalUnit);
