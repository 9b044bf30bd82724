import type { Point } from "./landscape.ts";

/** Two unit vectors that complete m to an orthonormal frame. */
export function tangents([x, y, z]: Point): readonly [Point, Point] {
  const sign = z < 0 ? -1 : 1;
  const a = -1 / (sign + z);
  const b = x * y * a;
  return [
    [1 + sign * x * x * a, sign * b, -sign * x],
    [b, sign + y * y * a, -y],
  ];
}

/** The point at u p + v q beside m in the tangent plane, projected to the sphere. */
export function beside(m: Point, [p, q]: readonly [Point, Point], u: number, v: number): Point {
  const x = m[0] + u * p[0] + v * q[0];
  const y = m[1] + u * p[1] + v * q[1];
  const z = m[2] + u * p[2] + v * q[2];
  const length = Math.sqrt(x * x + y * y + z * z);
  return [x / length, y / length, z / length];
}

/** Eight directions at a small angle from m. */
export function around(m: Point, angle: number): Point[] {
  const frame = tangents(m);
  const reach = Math.tan(angle);
  return Array.from({ length: 8 }, (_, i) => {
    const turn = (i * Math.PI) / 4;
    return beside(m, frame, reach * Math.cos(turn), reach * Math.sin(turn));
  });
}
