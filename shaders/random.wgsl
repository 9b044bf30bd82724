// Twins of src/random/*.ts: the same rules, tested with the same known answers.

// High and low word of a 32 x 32 bit product; WGSL has no wide multiplication.
fn multiplyWide(x: u32, y: u32) -> vec2u {
  let low = (x & 0xffffu) * (y & 0xffffu);
  let middle = (x >> 16u) * (y & 0xffffu) + (low >> 16u);
  let cross = (x & 0xffffu) * (y >> 16u) + (middle & 0xffffu);
  return vec2u((x >> 16u) * (y >> 16u) + (middle >> 16u) + (cross >> 16u), x * y);
}

// Philox4x32 with 7 rounds (Salmon et al., SC'11).
fn philox4x32(counter: vec4u, key: vec2u) -> vec4u {
  var c = counter;
  var k = key;
  for (var round = 0u; round < 7u; round++) {
    let p = multiplyWide(0xd2511f53u, c.x);
    let q = multiplyWide(0xcd9e8d57u, c.z);
    c = vec4u(q.x ^ c.y ^ k.x, q.y, p.x ^ c.w ^ k.y, p.y);
    k += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}

// The sfc32 state at the start of one spin's chunk of steps.
fn seedStream(seed: u32, spin: u32, chunk: u32) -> vec4u {
  return philox4x32(vec4u(spin, chunk, 0u, 0u), vec2u(seed, 0x5eedu));
}

// sfc32 (PractRand): the state after one draw; the word drawn is a + b + d of the state before.
fn sfc32(s: vec4u) -> vec4u {
  let word = s.x + s.y + s.w;
  return vec4u(s.y ^ (s.y >> 9u), s.z + (s.z << 3u), ((s.z << 21u) | (s.z >> 11u)) + word, s.w + 1u);
}

fn wordOf(s: vec4u) -> u32 {
  return s.x + s.y + s.w;
}

// Four-point variate of the lowest four bits: +-large with probability 1/16 each, +-small with 7/16 each. The two
// lengths carry the factor by which the step multiplies the variate.
fn dyadic(word: u32, small: f32, large: f32) -> f32 {
  let magnitude = select(small, large, (word & 7u) == 0u);
  return bitcast<f32>(bitcast<u32>(magnitude) ^ ((word << 28u) & 0x80000000u));
}

// Two Gaussian variates of two words (Box-Muller).
fn gaussianPair(first: u32, second: u32) -> vec2f {
  let radius = sqrt(-2.0f * accurateLog((f32(first >> 8u) + 0.5f) * 5.9604644775390625e-8f));
  // whole quarter turns are split off exactly
  let quarters = f32(second >> 8u) * 2.384185791015625e-7f;
  let whole = round(quarters);
  let angle = (quarters - whole) * 1.5707963267948966f;
  let quadrant = i32(whole);
  return radius * vec2f(sineOfQuarter(angle, quadrant + 1), sineOfQuarter(angle, quadrant));
}
