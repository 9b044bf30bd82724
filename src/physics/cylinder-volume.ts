/** Of an upright cylinder with circular ends, in the unit of both lengths cubed. */
export const cylinderVolume = (diameter: number, thickness: number): number =>
  (Math.PI / 4) * diameter * diameter * thickness;
