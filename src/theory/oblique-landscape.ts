/**
 * Uniaxial magnet, easy axis z, field h = |B|/B_K at `fieldAngle` ψ from it (rad): e = V/(Kv) = −mz² − 2h(mz cosψ + mx sinψ).
 */
export interface ObliqueMagnet {
  readonly delta: number;
  readonly alpha: number;
  readonly field: number;
  readonly fieldAngle: number;
}

export interface StationaryPoint {
  /** In the plane of axis and field: m = (sinθ, 0, cosθ), −π < θ ≤ π. */
  readonly theta: number;
  /** In Kv. */
  readonly energy: number;
  /** Curvatures of e on the sphere, in the plane and across it. */
  readonly along: number;
  readonly across: number;
}

export interface TwoWells {
  /** The deeper well first. */
  readonly wells: readonly [StationaryPoint, StationaryPoint];
  readonly saddle: StationaryPoint;
}

/**
 * The two wells and the saddle between them, or null where the second well is gone (beyond the astroid) or the field is
 * along the axis, where the saddle is a ring.
 */
export function obliqueLandscape({ field: h, fieldAngle: psi }: ObliqueMagnet): TwoWells | null {
  const slope = (t: number) => Math.sin(2 * t) + 2 * h * Math.sin(t - psi);
  const point = (theta: number): StationaryPoint => {
    const cosine = Math.cos(theta);
    const zeeman = 2 * h * Math.cos(theta - psi);
    return {
      theta,
      energy: -cosine * cosine - zeeman,
      along: 2 * Math.cos(2 * theta) + zeeman,
      across: 2 * cosine * cosine + zeeman,
    };
  };
  const found: StationaryPoint[] = [];
  const cells = 720;
  // Offset by half a cell so that no node falls on a stationary point at a multiple of π/2.
  const grid = (i: number) => -Math.PI + ((i + 0.5) * 2 * Math.PI) / cells;
  for (let i = 0; i < cells; i++) {
    let [low, high] = [grid(i), grid(i + 1)];
    const rising = slope(low) < 0;
    if (rising === slope(high) < 0) continue;
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2;
      if (slope(middle) < 0 === rising) low = middle;
      else high = middle;
    }
    found.push(point((low + high) / 2));
  }
  const wells = found.filter((p) => p.along > 0 && p.across > 0).sort((a, b) => a.energy - b.energy);
  const saddles = found.filter((p) => p.along < 0 && p.across > 1e-9);
  if (wells.length !== 2 || saddles.length !== 1) return null;
  return { wells: [wells[0], wells[1]], saddle: saddles[0] };
}
