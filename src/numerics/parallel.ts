type Axis = readonly [number, number, number];

/** Scalar product. */
export const inner = (a: Axis, b: Axis): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Whether two unit vectors are parallel or antiparallel, up to rounding. */
export const areParallel = (a: Axis, b: Axis): boolean => Math.abs(inner(a, b)) > 1 - 1e-14;
