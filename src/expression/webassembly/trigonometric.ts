import type { Code } from "./binary.ts";
import type { FunctionBuilder } from "./function.ts";
import { f32x4, f64x2, i32x4, v128 } from "./instructions.ts";
import { absolute, horner, joinHalves, multiplyAdd, number, signOf, upperHalf } from "./polynomials.ts";

/*
 * Coefficients are the single-precision ones of Cephes (S. L. Moshier). Absolute errors stay below 1.5e-7 times
 * the larger of 1 and the result; test/expression/webassembly.test.ts measures them.
 */

/** Sine and cosine on [−π/4, π/4]. */
export function sineCosine(f: FunctionBuilder, angle: Code): { sine: Code; cosine: Code } {
  const x = f.keep(angle);
  const z = f.keep(f32x4.multiply(x, x));
  const odd = horner(f, z, [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1]);
  const even = horner(f, z, [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2]);
  const sine = f.keep(multiplyAdd(f, f32x4.multiply(odd, z), x, x));
  const half = f32x4.subtract(number(f, 1), f32x4.multiply(number(f, 0.5), z));
  const cosine = f.keep(multiplyAdd(f, f32x4.multiply(even, z), z, half));
  return { sine, cosine };
}

/** The sine that is `quarters` quarter turns ahead of a remainder in [−π/4, π/4]. */
export function quadrant(f: FunctionBuilder, quarters: Code, parts: { sine: Code; cosine: Code }): Code {
  const q = f.keep(quarters);
  const swap = i32x4.shiftRightSigned(i32x4.shiftLeft(q, 31), 31);
  const negative = i32x4.shiftLeft(v128.and(q, f.constant(v128.words(2))), 30);
  return v128.xor(v128.bitselect(parts.cosine, parts.sine, swap), negative);
}

/** Subtracts quarter turns in double precision, which is enough for angles up to 1e9. */
function turned(f: FunctionBuilder, angle: Code, ahead: number): Code {
  const x = f.keep(angle);
  const halves = [x, upperHalf(x)].map((half) => {
    const quarters = f.keep(f64x2.multiply(f64x2.promoteLow(half), f64x2.constant(2 / Math.PI)));
    const whole = f.keep(f64x2.nearest(quarters));
    const rest = f64x2.multiply(f64x2.subtract(quarters, whole), f64x2.constant(Math.PI / 2));
    return { quarters: f64x2.truncate(whole), rest: f64x2.demote(rest) };
  });
  const rest = joinHalves(halves[0].rest, halves[1].rest);
  const quarters = joinHalves(halves[0].quarters, halves[1].quarters);
  return quadrant(f, i32x4.add(quarters, f.constant(v128.words(ahead))), sineCosine(f, rest));
}

export const sine = (f: FunctionBuilder, x: Code): Code => turned(f, x, 0);
export const cosine = (f: FunctionBuilder, x: Code): Code => turned(f, x, 1);

/** arcsin s for s = |x| up to ½, else for s = √((1 − |x|)/2), of which |x| is the cosine of twice the angle. */
function foldedArcsine(f: FunctionBuilder, x: Code): { large: Code; angle: Code } {
  const size = f.keep(absolute(f, x));
  const large = f.keep(f32x4.less(number(f, 0.5), size));
  const square = v128.bitselect(
    f32x4.multiply(number(f, 0.5), f32x4.subtract(number(f, 1), size)),
    f32x4.multiply(size, size),
    large,
  );
  const z = f.keep(square);
  const s = f.keep(v128.bitselect(f32x4.sqrt(z), size, large));
  const series = horner(
    f,
    z,
    [4.2163199048e-2, 2.4181311049e-2, 4.5470025998e-2, 7.4953002686e-2, 1.6666752422e-1],
  );
  return { large, angle: f.keep(multiplyAdd(f, f32x4.multiply(series, z), s, s)) };
}

export function arcsine(f: FunctionBuilder, operand: Code): Code {
  const x = f.keep(operand);
  const { large, angle } = foldedArcsine(f, x);
  const rest = f32x4.subtract(number(f, Math.PI / 2), f32x4.add(angle, angle));
  return v128.xor(v128.bitselect(rest, angle, large), signOf(f, x));
}

export function arccosine(f: FunctionBuilder, operand: Code): Code {
  const x = f.keep(operand);
  const { large, angle } = foldedArcsine(f, x);
  const twice = f.keep(f32x4.add(angle, angle));
  const negative = f32x4.less(x, number(f, 0));
  const far = v128.bitselect(f32x4.subtract(number(f, Math.PI), twice), twice, negative);
  const near = f32x4.subtract(number(f, Math.PI / 2), v128.xor(angle, signOf(f, x)));
  return v128.bitselect(far, near, large);
}

export function arctangent2(f: FunctionBuilder, ordinate: Code, abscissa: Code): Code {
  const [y, x] = [f.keep(ordinate), f.keep(abscissa)];
  const [sizeY, sizeX] = [f.keep(absolute(f, y)), f.keep(absolute(f, x))];
  const steep = f.keep(f32x4.less(sizeX, sizeY));
  const least = f.constant(v128.words(1));
  // the smallest positive number prevents 0/0
  const larger = f32x4.maximum(v128.bitselect(sizeY, sizeX, steep), least);
  const q = f.keep(f32x4.divide(v128.bitselect(sizeX, sizeY, steep), larger));
  const upper = f.keep(f32x4.less(number(f, Math.tan(Math.PI / 8)), q));
  const shifted = f32x4.divide(f32x4.subtract(q, number(f, 1)), f32x4.add(q, number(f, 1)));
  const s = f.keep(v128.bitselect(shifted, q, upper));
  const z = f.keep(f32x4.multiply(s, s));
  const series = horner(f, z, [8.05374449538e-2, -1.38776856032e-1, 1.99777106478e-1, -3.33329491539e-1]);
  const start = f32x4.add(v128.and(upper, number(f, Math.PI / 4)), s);
  const octant = f.keep(multiplyAdd(f, f32x4.multiply(series, z), s, start));
  const quarter = f.keep(v128.bitselect(f32x4.subtract(number(f, Math.PI / 2), octant), octant, steep));
  const behind = i32x4.shiftRightSigned(x, 31);
  const half = v128.bitselect(f32x4.subtract(number(f, Math.PI), quarter), quarter, behind);
  return v128.xor(half, signOf(f, y));
}
