/* Plain arithmetic for independent calculations: nothing here comes from the code under test. */

export type V = readonly [number, number, number];

export const dot = (a: V, b: V): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: V, b: V): V => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const sum = (...terms: readonly V[]): V =>
  terms.reduce((a, b): V => [a[0] + b[0], a[1] + b[1], a[2] + b[2]], [0, 0, 0]);
export const scale = (s: number, a: V): V => [s * a[0], s * a[1], s * a[2]];
export const norm = (a: V): number => Math.hypot(...a);
export const unit = (a: V): V => scale(1 / norm(a), a);

/** Directions spread evenly and irregularly enough to meet no symmetry. */
export const directions: readonly V[] = Array.from({ length: 24 }, (_, i): V => {
  const z = 1 - (2 * i + 1.37) / 25;
  const angle = 0.7 + i * 2.399963;
  const s = Math.sqrt(1 - z * z);
  return [s * Math.cos(angle), s * Math.sin(angle), z];
});

/** Tangent gradient on the sphere of a function of a direction, by central differences along two great circles. */
export function numericalGradient(f: (m: V) => number, m: V): V {
  const u = unit(cross(m, Math.abs(m[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]));
  const v = cross(m, u);
  const h = 1e-4;
  const along = (direction: V): number => {
    const at = (angle: number) => f(sum(scale(Math.cos(angle), m), scale(Math.sin(angle), direction)));
    return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
  };
  return sum(scale(along(u), u), scale(along(v), v));
}

/** x of x = f + α m×x, the Gilbert equation solved for dm/dt, by Cramer's rule. */
export function solveGilbert(f: V, m: V, alpha: number): V {
  const rows: V[] = [
    [1, alpha * m[2], -alpha * m[1]],
    [-alpha * m[2], 1, alpha * m[0]],
    [alpha * m[1], -alpha * m[0], 1],
  ];
  const determinant = (a: V, b: V, c: V) => dot(a, cross(b, c));
  const column = (j: number): V => [rows[0][j], rows[1][j], rows[2][j]];
  const [a, b, c] = [column(0), column(1), column(2)];
  const whole = determinant(a, b, c);
  return [determinant(f, b, c) / whole, determinant(a, f, c) / whole, determinant(a, b, f) / whole];
}
