import type { Fields } from "./fields.ts";

/** Fields of a stack sampled along z; arrays of equal length, units as in StackSolution. Plain data for JSON. */
export interface Profile {
  readonly z: number[];
  /** Index of the layer of each sample. */
  readonly layer: number[];
  readonly accumulation: number[];
  readonly spinCurrent: number[];
  readonly currentUp: number[];
  readonly currentDown: number[];
  readonly potential: number[];
  readonly dissipation: number[];
  /** Null without heat. */
  readonly temperature: number[] | null;
}

/** Evenly spaced samples in each layer, both planes included, so a jump shows as two samples at one z. */
export function sampleProfile(positions: readonly number[], at: Fields, pointsPerLayer: number): Profile {
  const samples = positions.slice(1).flatMap((end, layer) =>
    Array.from({ length: pointsPerLayer }, (_, i) => {
      const distance = ((end - positions[layer]) * i) / (pointsPerLayer - 1);
      return { z: positions[layer] + distance, layer, ...at.inLayer(layer, distance) };
    }),
  );
  const temperatures = samples.map((sample) => sample.temperature).filter((value) => value !== null);
  return {
    z: samples.map((sample) => sample.z),
    layer: samples.map((sample) => sample.layer),
    accumulation: samples.map((sample) => sample.accumulation),
    spinCurrent: samples.map((sample) => sample.spinCurrent),
    currentUp: samples.map((sample) => sample.currentUp),
    currentDown: samples.map((sample) => sample.currentDown),
    potential: samples.map((sample) => sample.potential),
    dissipation: samples.map((sample) => sample.dissipation),
    temperature: temperatures.length > 0 ? temperatures : null,
  };
}
