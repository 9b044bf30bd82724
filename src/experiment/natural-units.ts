import { own } from "../expression/own.ts";

/** Natural units that replace units of the catalogues for a magnet in reduced units. */
const naturalUnits: Readonly<Record<string, string>> = {
  T: "B_K",
  "J/m³": "½ Ms B_K",
  s: "1/(γ'B_K)",
  "1/s": "γ'B_K",
  Hz: "γ'B_K",
};

/** The unit of an experiment in reduced units for one of the catalogues. */
export const naturalUnit = (unit: string): string => own(naturalUnits, unit) ?? unit;

/** A rule in the words of the catalogues for an experiment in reduced units: a unit follows a number, a range or "in". */
export const inNaturalUnits = (rule: string): string =>
  rule.replace(/(?<=(?:[\d\])]|\bin) )(?:T|J\/m³|1\/s|s|Hz)(?=$|[\s,;])/g, naturalUnit);
