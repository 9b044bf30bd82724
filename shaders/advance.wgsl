// Many steps of every spin, state in registers. The lines in /*…*/ are printed from the kernel's expressions.
//
// Seeding and renormalization stand in a loop over chunks of noise, outside the loop over steps, not in a branch inside
// it: Mesa's processor driver executes both sides of every branch and only masks the results.

struct Span {
  firstSpin: u32, // number of the block's first spin in the whole ensemble
  spins: u32,     // spins in the block
  firstStep: u32,
  endStep: u32,
  seed: u32,
  rowLength: u32, // invocations per row of workgroups
  invocations: u32, // number of invocations with work, and distance between the spins of one invocation
  resumed: u32,   // whether `streams` holds the states of the noise after the last dispatch
  groupSpins: u32, // if several groups are counted separately: spins of each
  groupWorkgroups: u32,
  groups: u32,
}

@group(0) @binding(0) var<uniform> span: Span;
@group(0) @binding(1) var<storage, read_write> state: array<f32>;
@group(0) @binding(2) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(3) var<storage, read_write> counters: array<atomic<u32>>;
@group(0) @binding(4) var<storage, read_write> streams: array<vec4u>;

/*counting*/

// The stream of a spin at a step inside a chunk: as the last dispatch left it, or after drawing again the words of the
// chunk's earlier steps. Both give the same.
fn streamAt(seed: u32, spin: u32, place: u32, step: u32) -> vec4u {
  let resumed = span.resumed != 0u && step == span.firstStep && step % /*chunk*/ != 0u;
  var stream = select(seedStream(seed, spin, step / /*chunk*/), streams[place], resumed);
  for (var drawn = select((step % /*chunk*/) * /*words*/ / /*stepsOfWords*/, 0u, resumed); drawn > 0u; drawn--) {
    stream = sfc32(stream);
  }
  return stream;
}

@compute @workgroup_size(/*workgroup*/)
fn advance(
  @builtin(global_invocation_id) invocation: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  /*enter*/
  /*load*/
  for (var chunk = span.firstStep / /*chunk*/; chunk * /*chunk*/ < span.endStep; chunk++) {
    let begin = max(span.firstStep, chunk * /*chunk*/);
    let end = min(span.endStep, chunk * /*chunk*/ + /*chunk*/);
    let fresh = begin % /*chunk*/ == 0u;
    /*refresh*/
    for (var step = begin; step < end; step += /*unroll*/) {
      /*steps*/
    }
  }
  /*store*/
}
