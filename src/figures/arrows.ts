import type { CompletedExperiment } from "../experiment/schema.ts";
import { energies } from "../physics/energies/index.ts";
import type { Entry } from "../physics/entry.ts";
import type { Triple } from "../physics/parameter.ts";
import { torques } from "../physics/torques/index.ts";

export type { Triple } from "../physics/parameter.ts";

/** A direction drawn on the sphere. */
export interface Arrow {
  readonly kind: "axis" | "field" | "polarizer" | "mean";
  readonly label: string;
  readonly direction: Triple;
  /** Of the sphere's radius. */
  readonly length: number;
  /** Drawn in both directions. */
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

/** How each kind is drawn. Lengths differ, so that arrows along one direction stay visible. */
const styles = {
  axis: { length: 1.12, double: true },
  field: { length: 1.16 },
  polarizer: { length: 1.2 },
} as const;

/** The arrows of an experiment's entries on the sphere: easy axes, fields and polarizers. */
export function arrowsOf({ energies: written, torques: acting }: CompletedExperiment): Arrow[] {
  const terms: readonly (readonly [Entry | undefined, object])[] = [
    ...written.map((values) => [energies[values.type], values] as const),
    ...acting.map((values) => [torques[values.type], values] as const),
  ];
  return terms.flatMap(([entry, values]) =>
    (entry?.arrows ?? []).flatMap(({ parameter, kind, label }): Arrow[] => {
      const direction = numbers((values as Record<string, unknown>)[parameter]);
      if (!direction?.some((x) => x !== 0)) return [];
      return [{ kind, label, direction: unit(direction), ...styles[kind] }];
    }),
  );
}
