// Initial states of spins: src/ensemble/initial on the device, from the same words of the same streams. The lines in
// /*…*/ are generated.

struct Span {
  firstSpin: u32,  // number of the spin in the first place of this dispatch
  spins: u32,      // spins in the block
  firstPlace: u32,
  count: u32,      // places of this dispatch
  seed: u32,
  rowLength: u32,  // invocations per row of workgroups
  patches: u32,
  tries: u32,
  boxes: u32,
}

@group(0) @binding(0) var<uniform> span: Span;
@group(0) @binding(1) var<storage, read_write> state: array<f32>;
// thresholds, then distances of the nearer end from the pole, widths in mz (below 0: at the pole below), lower ends and widths in quarter
// turns, lowest values, and whether all of a patch is inside; then of each box its first patch, how many it has, and its reference
@group(0) @binding(2) var<storage, read_write> patches: array<u32>;
// how many spins the host has to draw, and their places
@group(0) @binding(3) var<storage, read_write> left: array<atomic<u32>>;
@group(0) @binding(4) var<storage, read_write> parameters: array<f32>;

// Uses the distance in mz from the nearer pole, which keeps digits that mz itself loses by rounding.
fn direction(isUp: bool, distance: f32, quarters: f32) -> vec3f {
  let across = sqrt(distance * (2.0f - distance));
  let mz = select(distance - 1.0f, 1.0f - distance, isUp);
  // whole quarter turns are split off exactly
  let whole = round(quarters);
  let angle = (quarters - whole) * 1.5707963267948966f;
  let quadrant = i32(whole);
  return vec3f(across * sineOfQuarter(angle, quadrant + 1), across * sineOfQuarter(angle, quadrant), mz);
}

// Uniform in (0, 1), with all digits of float32; the word's complement gives 1 minus this.
fn uniformOf(word: u32) -> f32 {
  return (f32(word) + 0.5f) * 2.3283064365386963e-10f;
}

// Uniform in +-1: the host's 2u - 1.
fn uniformVariate(stream: vec4u) -> f32 {
  return 2.0f * uniformOf(wordOf(stream)) - 1.0f;
}

// Standard normal within its range, from the same words as on the host.
fn normalVariate(first: vec4u, reach: f32) -> f32 {
  var stream = first;
  var variate = 2.0f * reach;
  while (abs(variate) > reach) {
    let word = wordOf(stream);
    stream = sfc32(stream);
    let quarters = 4.0f * uniformOf(wordOf(stream));
    stream = sfc32(stream);
    let isUpper = word >= 0x80000000u;
    let distance = uniformOf(select(word, ~word, isUpper));
    let radius = sqrt(-2.0f * select(accurateLog(distance), accurateLog1p(-distance), isUpper));
    let whole = round(quarters);
    variate = radius * sineOfQuarter((quarters - whole) * 1.5707963267948966f, i32(whole) + 1);
  }
  return variate;
}

// The part of a variate's range in which it lies.
fn partOf(variate: f32, reach: f32, parts: u32) -> u32 {
  return min(u32(max(0.0f, (variate + reach) / (2.0f * reach) * f32(parts))), parts - 1u);
}

fn boxAt(column: u32, box: u32) -> u32 {
  return patches[7u * span.patches + column * span.boxes + box];
}

fn excessAt(m: vec3f, reference: vec3f/*arguments*/) -> f32 {
  let mx = m.x;
  let my = m.y;
  let mz = m.z;
  let referenceX = reference.x;
  let referenceY = reference.y;
  let referenceZ = reference.z;
  /*excess*/
}

fn numberAt(column: u32, piece: u32) -> f32 {
  return bitcast<f32>(patches[column * span.patches + piece]);
}

fn patchOf(word: u32, first: u32, count: u32) -> u32 {
  var low = first;
  var high = first + count - 1u;
  while (low < high) {
    let middle = (low + high) >> 1u;
    if (patches[middle] > word) {
      high = middle;
    } else {
      low = middle + 1u;
    }
  }
  return low;
}

@compute @workgroup_size(64)
fn start(@builtin(global_invocation_id) invocation: vec3u) {
  let index = invocation.x + invocation.y * span.rowLength;
  if (index >= span.count) {
    return;
  }
  let place = span.firstPlace + index;
  let spin = span.firstSpin + index;
  /*parameters*/
  var stream = philox4x32(vec4u(spin, 0u, 0u, 0u), vec2u(span.seed, /*purpose*/u));
  var m = vec3f(0.0f, 0.0f, 1.0f);
  /*draw*/
  let mx = m.x;
  let my = m.y;
  let mz = m.z;
  /*store*/
}
