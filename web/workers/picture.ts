import type { Camera, Shading } from "./messages.ts";

/** Radius of the sphere over half the canvas: the rest is for the names of the axes. */
export const sphereRadius = 0.74;

export type Rows = readonly [Triple, Triple, Triple];
type Triple = readonly [number, number, number];

/**
 * Rows of the camera's rotation: right, up and towards the eye. At yaw 0 and pitch 0 the eye looks along −x with z up
 * and y to the right.
 */
export function cameraRows({ yaw, pitch }: Camera): Rows {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return [
    [-sy, cy, 0],
    [-sp * cy, -sp * sy, cp],
    [cp * cy, cp * sy, sp],
  ];
}

export const project = (rows: Rows, m: Triple): [number, number, number] =>
  rows.map((row) => row[0] * m[0] + row[1] * m[1] + row[2] * m[2]) as [number, number, number];

/** A picture of the spins on a canvas. */
export interface Picture {
  /** Source of the points: read back from the device, or none if its own memory is drawn. */
  readonly wants: number;
  /** Shortest time between two drawings, ms. */
  readonly drawEvery: number;
  points(columns: readonly Float64Array[]): void;
  /** Positions on the colour scale of the ensemble's density, and of the exact one if known. */
  brightness(map: Float32Array): void;
  exact(map: Float32Array | null): void;
  shade(shading: Shading): void;
  resize(size: number): void;
  draw(camera: Camera): void;
  release(): void;
}
