// Where spins begin: src/ensemble/initial on the device, from the same words of the same streams. The lines in /*…*/ are printed.

struct Span {
  firstSpin: u32,  // number of the spin in the first place of this dispatch
  spins: u32,      // spins in the block
  firstPlace: u32,
  count: u32,      // places of this dispatch
  seed: u32,
  rowLength: u32,  // invocations per row of workgroups
  patches: u32,
  tries: u32,
}

@group(0) @binding(0) var<uniform> span: Span;
@group(0) @binding(1) var<storage, read_write> state: array<f32>;
// thresholds, then distances of the nearer end from the pole, widths in mz (below 0: at the pole below), lower ends and widths in quarter
// turns, lowest values, and whether all of a patch is inside
@group(0) @binding(2) var<storage, read_write> patches: array<u32>;
// how many spins the host has to draw, and their places
@group(0) @binding(3) var<storage, read_write> left: array<atomic<u32>>;

// By the distance in mz from the nearer pole, which keeps its digits where mz itself is rounded.
fn direction(isUp: bool, distance: f32, quarters: f32) -> vec3f {
  let across = sqrt(distance * (2.0f - distance));
  let mz = select(distance - 1.0f, 1.0f - distance, isUp);
  // whole quarter turns are split off exactly
  let whole = round(quarters);
  let angle = (quarters - whole) * 1.5707963267948966f;
  let quadrant = i32(whole);
  return vec3f(across * sineOfQuarter(angle, quadrant + 1), across * sineOfQuarter(angle, quadrant), mz);
}

// Uniform in (0, 1), with as many digits as float32 has there; of the word's complement it is 1 less this.
fn uniformOf(word: u32) -> f32 {
  return (f32(word) + 0.5f) * 2.3283064365386963e-10f;
}

fn excessAt(m: vec3f) -> f32 {
  let mx = m.x;
  let my = m.y;
  let mz = m.z;
  /*excess*/
}

fn numberAt(column: u32, piece: u32) -> f32 {
  return bitcast<f32>(patches[column * span.patches + piece]);
}

fn patchOf(word: u32) -> u32 {
  var low = 0u;
  var high = span.patches - 1u;
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
  var stream = philox4x32(vec4u(span.firstSpin + index, 0u, 0u, 0u), vec2u(span.seed, /*purpose*/u));
  var m = vec3f(0.0f, 0.0f, 1.0f);
  /*draw*/
  let mx = m.x;
  let my = m.y;
  let mz = m.z;
  /*store*/
}
