// Many steps of every spin, state in registers. The lines in /*…*/ are printed from the kernel's expressions.

struct Span {
  firstSpin: u32, // number of the block's first spin in the whole ensemble
  spins: u32,     // spins in the block
  firstStep: u32,
  endStep: u32,
  seed: u32,
  rowLength: u32, // invocations per row of workgroups
}

@group(0) @binding(0) var<uniform> span: Span;
@group(0) @binding(1) var<storage, read_write> state: array<f32>;
@group(0) @binding(2) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(3) var<storage, read_write> counters: array<atomic<u32>>;

/*counting*/

@compute @workgroup_size(/*workgroup*/)
fn advance(@builtin(global_invocation_id) invocation: vec3u) {
  let place = invocation.x + invocation.y * span.rowLength;
  if (place >= span.spins) {
    return;
  }
  let spin = span.firstSpin + place;
  /*load*/
  var stream = seedStream(span.seed, spin, span.firstStep / /*chunk*/);
  // a dispatch may begin inside a chunk: draw what the steps before it have drawn
  for (var skipped = (span.firstStep % /*chunk*/) * /*words*/; skipped > 0u; skipped--) {
    stream = sfc32(stream);
  }
  for (var step = span.firstStep; step < span.endStep; step += /*unroll*/) {
    if (step % /*chunk*/ == 0u) {
      stream = seedStream(span.seed, spin, step / /*chunk*/);
      /*refresh*/
    }
    /*steps*/
  }
  /*store*/
}
