// Elementary functions to about 1e-7. WGSL allows errors up to 2^-11 in its own functions, which a million spins would
// show. Polynomials: S. L. Moshier, Cephes Mathematical Library, single precision (sinf, logf, atanf, asinf).

// x minus the nearest multiple of pi/2, in three exact parts, and that multiple.
fn quarterTurns(x: f32) -> vec2f {
  let turns = round(x * 0.6366197723675814f);
  let reduced = ((x - turns * 1.5703125f) - turns * 4.837512969970703125e-4f) - turns * 7.54978995489188216e-8f;
  return vec2f(reduced, turns);
}

fn sineNearZero(x: f32) -> f32 {
  let z = x * x;
  return x + x * z * ((-1.9515295891e-4f * z + 8.3321608736e-3f) * z - 1.6666654611e-1f);
}

fn cosineNearZero(x: f32) -> f32 {
  let z = x * x;
  let tail = (2.443315711809948e-5f * z - 1.388731625493765e-3f) * z + 4.166664568298827e-2f;
  return 1.0f - 0.5f * z + z * z * tail;
}

fn sineOfQuarter(reduced: f32, quadrant: i32) -> f32 {
  let value = select(sineNearZero(reduced), cosineNearZero(reduced), (quadrant & 1) == 1);
  return select(value, -value, (quadrant & 2) == 2);
}

fn accurateSin(x: f32) -> f32 {
  let r = quarterTurns(x);
  return sineOfQuarter(r.x, i32(r.y));
}

fn accurateCos(x: f32) -> f32 {
  let r = quarterTurns(x);
  return sineOfQuarter(r.x, i32(r.y) + 1);
}

// log(1 + x) for x in [sqrt(1/2) - 1, sqrt(2) - 1].
fn logarithmNearOne(x: f32) -> f32 {
  let z = x * x;
  var p = 7.0376836292e-2f;
  p = p * x - 1.1514610310e-1f;
  p = p * x + 1.1676998740e-1f;
  p = p * x - 1.2420140846e-1f;
  p = p * x + 1.4249322787e-1f;
  p = p * x - 1.6668057665e-1f;
  p = p * x + 2.0000714765e-1f;
  p = p * x - 2.4999993993e-1f;
  p = p * x + 3.3333331174e-1f;
  return x + (p * x * z - 0.5f * z);
}

// x > 0, normal.
fn accurateLog(x: f32) -> f32 {
  let bits = bitcast<i32>(x);
  // the power of two that leaves a mantissa between the roots of 1/2 and 2
  let power = (bits - 0x3f3504f3) >> 23u;
  let mantissa = bitcast<f32>(bits - (power << 23u));
  let exponent = f32(power);
  return logarithmNearOne(mantissa - 1.0f) - 2.12194440e-4f * exponent + 0.693359375f * exponent;
}

fn accurateLog1p(x: f32) -> f32 {
  if (x > -0.2928932f && x < 0.4142135f) {
    return logarithmNearOne(x);
  }
  return accurateLog(1.0f + x);
}

fn accurateAtan2(y: f32, x: f32) -> f32 {
  let small = min(abs(x), abs(y));
  let large = max(abs(x), abs(y));
  if (large == 0.0f) {
    return 0.0f;
  }
  let far = small > 0.41421356f * large;
  let a = select(small / large, (small - large) / (small + large), far);
  let z = a * a;
  var angle = ((8.05374449538e-2f * z - 1.38776856032e-1f) * z + 1.99777106478e-1f) * z - 3.33329491539e-1f;
  angle = angle * z * a + a + select(0.0f, 0.7853981633974483f, far);
  angle = select(angle, 1.5707963267948966f - angle, abs(y) > abs(x));
  angle = select(angle, 3.141592653589793f - angle, x < 0.0f);
  return select(angle, -angle, y < 0.0f);
}

fn accurateAsin(x: f32) -> f32 {
  let a = min(abs(x), 1.0f);
  let far = a > 0.5f;
  let z = select(a * a, 0.5f * (1.0f - a), far);
  let s = select(a, sqrt(z), far);
  var p = 4.2163199048e-2f;
  p = p * z + 2.4181311049e-2f;
  p = p * z + 4.5470025998e-2f;
  p = p * z + 7.4953002686e-2f;
  p = p * z + 1.6666752422e-1f;
  let near = p * z * s + s;
  let angle = select(near, 1.5707963267948966f - 2.0f * near, far);
  return select(angle, -angle, x < 0.0f);
}

fn accurateAcos(x: f32) -> f32 {
  if (x > 0.5f) {
    return 2.0f * accurateAsin(sqrt(0.5f * (1.0f - min(x, 1.0f))));
  }
  if (x < -0.5f) {
    return 3.141592653589793f - 2.0f * accurateAsin(sqrt(0.5f * (1.0f + max(x, -1.0f))));
  }
  return 1.5707963267948966f - accurateAsin(x);
}
