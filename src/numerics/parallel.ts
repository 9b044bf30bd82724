type Axis = readonly [number, number, number];

/** Scalar product. */
export const inner = (a: Axis, b: Axis): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Whether two unit vectors are parallel or antiparallel, up to rounding. */
export const areParallel = (a: Axis, b: Axis): boolean => Math.abs(inner(a, b)) > 1 - 1e-14;

/** Angle between two vectors, rad; as accurate near 0 and π as between. */
export const angleBetween = (a: Axis, b: Axis): number =>
  Math.atan2(
    Math.hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]),
    inner(a, b),
  );
