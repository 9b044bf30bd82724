// One sample of every spin: histograms and exact sums. The lines in /*…*/ are printed from a view's expressions.

struct Span {
  firstSpin: u32,
  spins: u32,
  step: u32,
  threads: u32, // invocations of this dispatch, or of one group; each samples every threads-th spin
  groupSpins: u32, // if several groups are counted separately, each by a row of workgroups: spins of each
}

@group(0) @binding(0) var<uniform> span: Span;
@group(0) @binding(1) var<storage, read_write> state: array<f32>;
@group(0) @binding(2) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(3) var<storage, read_write> counters: array<atomic<u32>>;

/*local*/
// Adds to a 64-bit counter kept in two words.
fn addWide(index: u32, low: u32, high: u32) {
  let before = atomicAdd(&counters[index], low);
  let carry = select(0u, 1u, before + low < before);
  if (high + carry != 0u) {
    atomicAdd(&counters[index + 1u], high + carry);
  }
}

@compute @workgroup_size(64)
fn observe(
  @builtin(global_invocation_id) invocation: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  /*clear*/
  /*sums*/
  for (var place = /*place*/invocation.x; place < /*end*/; place += span.threads) {
    /*tallies*/
  }
  /*flush*/
}
