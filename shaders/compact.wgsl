// Copies every spin of a block to a new place: unfinished ones to the front, finished ones to the back. The order
// inside either part is arbitrary; a spin's number, the last of its parameters, moves with it.

struct Span {
  stateColumns: u32,
  spins: u32, // spins in the block
  parameterColumns: u32,
  rowLength: u32, // invocations per row of workgroups
}

@group(0) @binding(0) var<uniform> span: Span;
@group(0) @binding(1) var<storage, read_write> state: array<f32>;
@group(0) @binding(2) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(3) var<storage, read_write> placed: array<atomic<u32>>; // spins put in front, spins put behind
@group(0) @binding(4) var<storage, read_write> movedState: array<f32>;
@group(0) @binding(5) var<storage, read_write> movedParameters: array<f32>;

@compute @workgroup_size(64)
fn compact(@builtin(global_invocation_id) invocation: vec3u) {
  let place = invocation.x + invocation.y * span.rowLength;
  if (place >= span.spins) {
    return;
  }
  let finished = /*finished*/;
  let order = atomicAdd(&placed[select(0u, 1u, finished)], 1u);
  let to = select(order, span.spins - 1u - order, finished);
  for (var i = 0u; i < span.stateColumns; i++) {
    movedState[to + i * span.spins] = state[place + i * span.spins];
  }
  for (var i = 0u; i < span.parameterColumns; i++) {
    movedParameters[to + i * span.spins] = parameters[place + i * span.spins];
  }
}
