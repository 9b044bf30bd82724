/** About evenly spread unit vectors, from z = 1 to z = −1: a Fibonacci spiral by the golden angle. */
export const spreadPoints = (count: number): [number, number, number][] =>
  Array.from({ length: count }, (_, i) => {
    const z = 1 - (2 * i + 1) / count;
    const phi = i * Math.PI * (3 - Math.sqrt(5));
    const s = Math.sqrt(1 - z * z);
    return [s * Math.cos(phi), s * Math.sin(phi), z];
  });

/** The direction at a polar angle θ and an azimuth φ. */
export const directionAt = (theta: number, phi: number): [number, number, number] => [
  Math.sin(theta) * Math.cos(phi),
  Math.sin(theta) * Math.sin(phi),
  Math.cos(theta),
];
