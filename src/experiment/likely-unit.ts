import { isReduced } from "./natural-units.ts";
import { unitAt } from "./path-unit.ts";
import type { CompletedExperiment } from "./schema.ts";

/** The range of a quantity in devices, wide by orders of magnitude, and the customary units that people may have used by mistake. */
interface Custom {
  readonly from: number;
  readonly to: number;
  readonly units: readonly (readonly [name: string, inSI: number])[];
}

const customs: Readonly<Record<string, Custom>> = {
  "m³": {
    from: 1e-30,
    to: 1e-15,
    units: [
      ["nm³", 1e-27],
      ["µm³", 1e-18],
      ["cm³", 1e-6],
    ],
  },
  m: {
    from: 1e-12,
    to: 1e-3,
    units: [
      ["nm", 1e-9],
      ["µm", 1e-6],
    ],
  },
  s: {
    from: 1e-16,
    to: 1e5,
    units: [
      ["ns", 1e-9],
      ["ps", 1e-12],
      ["µs", 1e-6],
    ],
  },
  "A/m": {
    from: 1e2,
    to: 1e8,
    units: [
      ["kA/m", 1e3],
      ["MA/m", 1e6],
    ],
  },
  "rad/(s T)": {
    from: 1e9,
    to: 1e13,
    units: [
      ["GHz/T", 2e9 * Math.PI],
      ["rad/(ns T)", 1e9],
    ],
  },
  T: {
    from: 0,
    to: 1e3,
    units: [
      ["mT", 1e-3],
      ["Oe", 1e-4],
    ],
  },
  "J/m³": {
    from: 1e-2,
    to: 1e10,
    units: [
      ["kJ/m³", 1e3],
      ["MJ/m³", 1e6],
    ],
  },
  "A/m²": {
    from: 1,
    to: 1e17,
    units: [
      ["MA/cm²", 1e10],
      ["A/cm²", 1e4],
    ],
  },
  K: { from: 0, to: 1e5, units: [] },
};

/** A number outside the range of devices, and what was probably meant. */
export interface UnitHint {
  readonly path: string;
  readonly value: number;
  readonly unit: string;
  /** "4e-25 (400 nm³)"; undefined if no customary unit puts it into the range. */
  readonly suggestion: string | undefined;
}

/** Numbers of an SI experiment that lie outside the range of devices, probably because they were written in other units. */
export function unitHints(experiment: Partial<CompletedExperiment>): UnitHint[] {
  const { magnet } = experiment;
  if (!magnet || isReduced(magnet)) return [];
  const parts = { magnet, energies: experiment.energies, torques: experiment.torques, time: experiment.time };
  const found: UnitHint[] = [];
  const walk = (of: unknown, path: string): void => {
    if (typeof of === "object" && of !== null)
      for (const [key, value] of Object.entries(of)) walk(value, path === "" ? key : `${path}.${key}`);
    if (typeof of !== "number" || of === 0) return;
    const unit = unitAt({ energies: [], torques: [], ...experiment } as CompletedExperiment, path);
    const hint = customs[unit] && hintOf(path, of, unit, customs[unit]);
    if (hint) found.push(hint);
  };
  walk(parts, "");
  return found;
}

function hintOf(
  path: string,
  value: number,
  unit: string,
  { from, to, units }: Custom,
): UnitHint | undefined {
  const size = Math.abs(value);
  if (size >= from && size <= to) return undefined;
  // the first customary unit that puts the number into the range
  const meant = units.find(([, inSI]) => size * inSI >= from && size * inSI <= to);
  const suggestion = meant && `${Number((value * meant[1]).toPrecision(6))} (${value} ${meant[0]})`;
  return { path, value, unit, suggestion };
}

/** "magnet.volume is 400 m³, which no magnet has; did you mean 4e-25 (400 nm³)?" */
export const describeHint = ({ path, value, unit, suggestion }: UnitHint): string =>
  `${path} is ${value} ${unit}, which no device has${suggestion ? `; did you mean ${suggestion}?` : ""}`;
