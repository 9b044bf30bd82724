/*
 * Elementary functions to about 1e-7 in gpu.js's JavaScript, without bit operations. GLSL does not specify the errors of its own
 * trigonometry and logarithms. Polynomials: S. L. Moshier, Cephes Mathematical Library, single precision.
 */

const digits = (value: number): string => {
  const size = Math.abs(value);
  const text = size < 1e-3 ? size.toFixed(20) : `${size}`;
  return `${value < 0 ? "(-" : ""}${text.includes(".") ? text : `${text}.0`}${value < 0 ? ")" : ""}`;
};
const horner = (x: string, coefficients: readonly number[]): string =>
  coefficients
    .map(digits)
    .reduce((sum, coefficient) => (sum === "" ? coefficient : `(${sum} * ${x} + ${coefficient})`), "");

/** Multiplications by powers of two that bring a positive number into [1/√2·½, √2·2), and the exponent they add. */
const scalings = [64, 32, 16, 8, 4, 2, 1].flatMap((power) => [
  `if (y > ${digits(2 ** power * Math.SQRT1_2)}) { y = y * ${digits(2 ** -power)}; exponent = exponent + ${power}.0; }`,
  `if (y < ${digits(2 ** -power * Math.SQRT2)}) { y = y * ${digits(2 ** power)}; exponent = exponent - ${power}.0; }`,
]);

/** Ordered so that each calls only earlier ones. */
export const mathematics: readonly string[] = [
  `function sineOfQuarter(reduced, quadrant) {
    const z = reduced * reduced;
    const sine = reduced + reduced * z * ${horner("z", [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1])};
    const cosine = 1.0 - 0.5 * z + z * z * ${horner("z", [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2])};
    const turn = quadrant - Math.floor(quadrant * 0.25) * 4.0;
    const value = (turn > 0.5 && turn < 1.5) || turn > 2.5 ? cosine : sine;
    return turn > 1.5 ? -value : value;
  }`,
  `function reducedAngle(x, turns) {
    return ((x - turns * 1.5703125) - turns * 0.0004837512969970703125) - turns * 0.0000000754978995489188216;
  }`,
  `function accurateSin(x) {
    const turns = Math.floor(x * 0.6366197723675814 + 0.5);
    return sineOfQuarter(reducedAngle(x, turns), turns);
  }`,
  `function accurateCos(x) {
    const turns = Math.floor(x * 0.6366197723675814 + 0.5);
    return sineOfQuarter(reducedAngle(x, turns), turns + 1.0);
  }`,
  `function logarithmNearOne(x) {
    const z = x * x;
    const p = ${horner(
      "x",
      [
        7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
        2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
      ],
    )};
    return x + (p * x * z - 0.5 * z);
  }`,
  `function accurateLog(x) {
    let y = x;
    let exponent = x * 0.0;
    ${scalings.join("\n    ")}
    return logarithmNearOne(y - 1.0) - 0.000212194440 * exponent + 0.693359375 * exponent;
  }`,
  `function accurateLog1p(x) {
    const small = x > (-0.2928932) && x < 0.4142135 ? x : 0.0;
    return small == x ? logarithmNearOne(small) : accurateLog(1.0 + x);
  }`,
  `function accurateAtan2(y, x) {
    const small = Math.min(Math.abs(x), Math.abs(y));
    const large = Math.max(Math.max(Math.abs(x), Math.abs(y)), 0.000000000000000000000000000001);
    const far = small > 0.41421356 * large ? 1.0 : 0.0;
    const a = (small - far * large) / (large + far * small);
    const z = a * a;
    const near = ${horner("z", [8.05374449538e-2, -1.38776856032e-1, 1.99777106478e-1, -3.33329491539e-1])} * z * a + a;
    const first = near + far * 0.7853981633974483;
    const second = Math.abs(y) > Math.abs(x) ? 1.5707963267948966 - first : first;
    const third = x < 0.0 ? 3.141592653589793 - second : second;
    return y < 0.0 ? -third : third;
  }`,
  `function accurateAsin(x) {
    const a = Math.min(Math.abs(x), 1.0);
    const z = a > 0.5 ? 0.5 * (1.0 - a) : a * a;
    const s = a > 0.5 ? Math.sqrt(z) : a;
    const near = ${horner("z", [4.2163199048e-2, 2.4181311049e-2, 4.5470025998e-2, 7.4953002686e-2, 1.6666752422e-1])} * z * s + s;
    const angle = a > 0.5 ? 1.5707963267948966 - 2.0 * near : near;
    return x < 0.0 ? -angle : angle;
  }`,
  `function accurateAcos(x) {
    const a = Math.min(Math.abs(x), 1.0);
    const near = 2.0 * accurateAsin(Math.sqrt(0.5 * (1.0 - a)));
    const middle = 1.5707963267948966 - accurateAsin(x);
    const far = x < 0.0 ? 3.141592653589793 - near : near;
    return a > 0.5 ? far : middle;
  }`,
  `function accurateTanh(x) {
    const decay = Math.exp(-2.0 * Math.abs(x));
    const size = (1.0 - decay) / (1.0 + decay);
    return x < 0.0 ? -size : size;
  }`,
];
