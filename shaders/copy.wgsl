// Fills places of a block with copies of spins of a block, the same one or another; places whose source lies elsewhere stay.

struct Span {
  stateColumns: u32,
  spins: u32, // places in the target block
  parameterColumns: u32,
  rowLength: u32, // invocations per row of workgroups
  first: u32, // number of the first spin of the source block
  held: u32, // spins in that block
}

@group(0) @binding(0) var<uniform> span: Span;
@group(0) @binding(1) var<storage, read_write> state: array<f32>;
@group(0) @binding(2) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(3) var<storage, read_write> sources: array<u32>; // the spin that each place copies
@group(0) @binding(4) var<storage, read_write> copiedState: array<f32>;
@group(0) @binding(5) var<storage, read_write> copiedParameters: array<f32>;

@compute @workgroup_size(64)
fn copy(@builtin(global_invocation_id) invocation: vec3u) {
  let place = invocation.x + invocation.y * span.rowLength;
  if (place >= span.spins) {
    return;
  }
  let source = sources[place] - span.first;
  // the difference of a spin before the first one wraps to a large number
  if (source >= span.held) {
    return;
  }
  for (var i = 0u; i < span.stateColumns; i++) {
    copiedState[place + i * span.spins] = state[source + i * span.held];
  }
  for (var i = 0u; i < span.parameterColumns; i++) {
    copiedParameters[place + i * span.spins] = parameters[source + i * span.held];
  }
}
