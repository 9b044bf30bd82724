import type { CompletedExperiment } from "../../src/experiment/schema.ts";

export type Triple = readonly [number, number, number];

/** A direction drawn on the sphere. */
export interface Arrow {
  readonly kind: "axis" | "field" | "polarizer" | "mean";
  readonly label: string;
  readonly direction: Triple;
  /** Of the sphere's radius. */
  readonly length: number;
  /** Drawn both ways. */
  readonly double?: boolean;
}

const unit = (v: Triple): Triple => {
  const length = Math.hypot(...v) || 1;
  return [v[0] / length, v[1] / length, v[2] / length];
};

const numbers = (value: unknown): Triple | undefined =>
  Array.isArray(value) && value.length === 3 && value.every((x) => typeof x === "number")
    ? (value as unknown as Triple)
    : undefined;

/** Easy axes, fields and polarizers of an experiment. */
export function arrowsOf(experiment: CompletedExperiment): Arrow[] {
  const arrows: Arrow[] = [];
  for (const energy of experiment.energies) {
    const values = energy as unknown as Record<string, unknown>;
    const axis = numbers(values.anisU);
    if (axis) arrows.push({ kind: "axis", label: "u", direction: unit(axis), length: 1.12, double: true });
    const field = numbers(values.B_ext);
    if (field?.some((x) => x !== 0))
      arrows.push({ kind: "field", label: "B", direction: unit(field), length: 1.16 });
  }
  for (const torque of experiment.torques) {
    const values = torque as unknown as Record<string, unknown>;
    const polarizer = numbers(values.polarizer) ?? numbers(values.FixedLayer);
    if (polarizer) arrows.push({ kind: "polarizer", label: "p", direction: unit(polarizer), length: 1.2 });
  }
  return arrows;
}
