/**
 * Products of harmonics, E_LM·E_lμ = Σ T E_l',μ+M over |l' − l| ≤ L, for all wanted (L, M) and one (l, μ) at a time. E_lm = p e^{imφ}
 * with p ≥ 0 near z = 1 (no Condon–Shortley phase), ∫|E|² = 1. From E_00 by the recurrences of multiplication with s e^{±iφ} and
 * with z, which are exact and stable for the few steps up to L.
 */
export class HarmonicProducts {
  /** Numbers of l' − l, from −degree to degree. */
  private readonly width: number;
  /** Length of a table of T. */
  private readonly size: number;
  private readonly degree: number;
  /** Highest wanted L for each M from −degree to degree; −1 if there is none. */
  private readonly tops: Int32Array;
  private readonly places: Int32Array;

  constructor(degree: number, wanted: readonly { readonly l: number; readonly m: number }[]) {
    this.degree = degree;
    this.width = 2 * degree + 1;
    this.tops = new Int32Array(this.width).fill(-1);
    for (const { l, m } of wanted) this.tops[m + degree] = Math.max(this.tops[m + degree], l);
    // the chain of L = |M| goes through all smaller orders
    for (const sign of [1, -1])
      for (let m = degree - 1; m >= 0; m--) {
        const [own, above] = [degree + sign * m, degree + sign * (m + 1)];
        if (this.tops[above] >= 0) this.tops[own] = Math.max(this.tops[own], m);
      }
    this.places = new Int32Array(this.width);
    let next = 0;
    for (let m = -degree; m <= degree; m++) {
      // place of L = 0; the first existing one is L = |M|
      this.places[m + degree] = next - Math.abs(m);
      next += Math.max(0, this.tops[m + degree] - Math.abs(m) + 1);
    }
    this.size = next * this.width;
  }

  /** Start of the T of (L, M) in a table; l' = l − degree comes first. */
  at({ l, m }: { readonly l: number; readonly m: number }): number {
    return this.place(l, m);
  }

  /** Tables of one order, by l up to `top`. */
  ofOrder(order: number, top: number): (l: number) => Float64Array {
    const lowest = Math.abs(order);
    const all = new Float64Array(Math.max(0, top - lowest + 1) * this.size);
    const table = (l: number): Float64Array =>
      all.subarray((l - lowest) * this.size, (l - lowest + 1) * this.size);
    for (let l = lowest; l <= top; l++) this.fill(l, order, table(l));
    return table;
  }

  private place(l: number, m: number): number {
    return (this.places[m + this.degree] + l) * this.width;
  }

  private fill(l: number, order: number, table: Float64Array): void {
    const { degree, width, tops } = this;
    if (tops[degree] < 0) return;
    table[this.place(0, 0) + degree] = 1 / Math.sqrt(4 * Math.PI);
    for (const sign of [1, -1])
      for (let m = 0; m < degree && tops[degree + sign * (m + 1)] >= 0; m++) {
        const [from, to] = [this.place(m, sign * m), this.place(m + 1, sign * (m + 1))];
        const scale = Math.sqrt((2 * m + 3) / (2 * m + 2));
        turn(table, from, to, width, l - degree, order + sign * m, sign, scale);
      }
    for (let m = -degree; m <= degree; m++)
      for (let own = Math.abs(m); own < tops[m + degree]; own++) {
        const [from, to] = [this.place(own, m), this.place(own + 1, m)];
        alongZ(table, from, to, width, l - degree, order + m);
        const [before, after] = [stepOf(own, m), 1 / stepOf(own + 1, m)];
        for (let d = 0; d < width; d++)
          table[to + d] = after * (table[to + d] - (before === 0 ? 0 : before * table[from - width + d]));
      }
  }
}

/** z E_lm = stepOf(l, m)·E_{l−1,m} + stepOf(l+1, m)·E_{l+1,m}. */
const stepOf = (l: number, m: number): number => Math.sqrt((l * l - m * m) / (4 * l * l - 1));

/** Coefficients of z·f in the order m, the first of them of degree `first`. */
function alongZ(
  table: Float64Array,
  from: number,
  to: number,
  width: number,
  first: number,
  m: number,
): void {
  const lowest = Math.max(0, Math.abs(m) - first);
  let below = 0;
  for (let d = lowest; d < width; d++) {
    const above = d + 1 < width ? stepOf(first + d + 1, m) : 0;
    const value = table[from + d];
    if (d > lowest) table[to + d - 1] += below * value;
    if (d + 1 < width) table[to + d + 1] += above * value;
    below = above;
  }
}

/** Coefficients of scale·s e^{±iφ}·f, f of the order m. */
function turn(
  table: Float64Array,
  from: number,
  to: number,
  width: number,
  first: number,
  m: number,
  sign: number,
  scale: number,
): void {
  const order = Math.abs(m);
  const isOutward = m * sign >= 0;
  for (let d = Math.max(0, order - first); d < width; d++) {
    const value = scale * table[from + d];
    if (value === 0) continue;
    const l = first + d;
    const [up, down] = isOutward
      ? [(l + order + 1) * (l + order + 2), -(l - order) * (l - order - 1)]
      : [-(l - order + 1) * (l - order + 2), (l + order) * (l + order - 1)];
    if (d + 1 < width) table[to + d + 1] += value * signedRoot(up / ((2 * l + 1) * (2 * l + 3)));
    if (d > 0 && down !== 0) table[to + d - 1] += value * signedRoot(down / ((2 * l + 1) * (2 * l - 1)));
  }
}

const signedRoot = (x: number): number => (x < 0 ? -Math.sqrt(-x) : Math.sqrt(x));
