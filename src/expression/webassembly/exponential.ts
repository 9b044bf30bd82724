import type { Code } from "./binary.ts";
import type { FunctionBuilder } from "./function.ts";
import { f32x4, i32x4, v128 } from "./instructions.ts";
import { absolute, horner, multiplyAdd, number, signOf } from "./polynomials.ts";

/* Coefficients are the single-precision ones of Cephes (S. L. Moshier); relative errors stay below 2e-7. */

/** ln 2 in two parts, the first short enough that its products with exponents are exact. */
const ln2 = [0.693359375, -2.1219444e-4];

/** 2^n of whole numbers −126 … 127. */
const powerOfTwo = (f: FunctionBuilder, n: Code): Code =>
  i32x4.shiftLeft(i32x4.add(n, f.constant(v128.words(127))), 23);

export function exponential(f: FunctionBuilder, operand: Code): Code {
  const x = f.keep(f32x4.maximum(number(f, -104), f32x4.minimum(number(f, 89), operand)));
  const n = f.keep(f32x4.nearest(f32x4.multiply(x, number(f, Math.LOG2E))));
  const high = multiplyAdd(f, n, number(f, -ln2[0]), x);
  const r = f.keep(multiplyAdd(f, n, number(f, -ln2[1]), high));
  const series = horner(
    f,
    r,
    [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1],
  );
  const mantissa = f32x4.add(multiplyAdd(f, f32x4.multiply(series, r), r, r), number(f, 1));
  // two factors, because 2^n itself may overflow although the product does not
  const whole = f.keep(i32x4.truncate(n));
  const half = f.keep(i32x4.shiftRightSigned(whole, 1));
  const first = f32x4.multiply(mantissa, powerOfTwo(f, half));
  return f32x4.multiply(first, powerOfTwo(f, i32x4.subtract(whole, half)));
}

export function logarithm(f: FunctionBuilder, operand: Code): Code {
  const x = f.keep(operand);
  const small = f.keep(f32x4.less(x, number(f, 2 ** -126)));
  const normal = f.keep(v128.bitselect(f32x4.multiply(x, number(f, 2 ** 24)), x, small));
  // whole exponent that leaves a mantissa between √½ and √2
  const whole = f.keep(
    i32x4.shiftRightSigned(i32x4.subtract(normal, f.constant(v128.words(0x3f3504f3))), 23),
  );
  const mantissa = i32x4.subtract(normal, i32x4.shiftLeft(whole, 23));
  const r = f.keep(f32x4.subtract(mantissa, number(f, 1)));
  const correction = v128.and(small, number(f, 24));
  const exponent = f.keep(f32x4.subtract(f32x4.convert(whole), correction));
  const z = f.keep(f32x4.multiply(r, r));
  const series = horner(
    f,
    r,
    [
      7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
      2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
    ],
  );
  const low = multiplyAdd(f, exponent, number(f, ln2[1]), f32x4.multiply(f32x4.multiply(series, r), z));
  const middle = f32x4.add(r, multiplyAdd(f, z, number(f, -0.5), low));
  const value = multiplyAdd(f, exponent, number(f, ln2[0]), middle);
  const finite = v128.bitselect(value, x, f32x4.less(x, number(f, Number.POSITIVE_INFINITY)));
  const real = v128.bitselect(number(f, Number.NaN), finite, f32x4.less(x, number(f, 0)));
  return v128.bitselect(number(f, Number.NEGATIVE_INFINITY), real, f32x4.equal(x, number(f, 0)));
}

/** log(1 + x): the logarithm of the rounded sum, corrected for the rounding. */
export function logarithmOnePlus(f: FunctionBuilder, operand: Code): Code {
  const x = f.keep(operand);
  const sum = f.keep(f32x4.add(x, number(f, 1)));
  const lost = f32x4.divide(f32x4.subtract(x, f32x4.subtract(sum, number(f, 1))), sum);
  const meaningful = v128.and(f32x4.less(number(f, 0), sum), f32x4.less(x, number(f, 2 ** 25)));
  return f32x4.add(logarithm(f, sum), v128.and(lost, meaningful));
}

export function hyperbolicTangent(f: FunctionBuilder, operand: Code): Code {
  const x = f.keep(operand);
  const size = f.keep(absolute(f, x));
  const z = f.keep(f32x4.multiply(x, x));
  const series = horner(
    f,
    z,
    [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1],
  );
  const near = multiplyAdd(f, f32x4.multiply(series, z), size, size);
  const growth = exponential(f, f32x4.add(size, size));
  const far = f32x4.subtract(number(f, 1), f32x4.divide(number(f, 2), f32x4.add(growth, number(f, 1))));
  return v128.xor(v128.bitselect(near, far, f32x4.less(size, number(f, 0.625))), signOf(f, x));
}
