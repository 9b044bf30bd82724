/**
 * Spins as discs at the ends of their unit vectors, read from the simulation's own memory. Drawn twice: first the far
 * half, faint, then the near half. The colour is the density of the map that the disc stands in.
 */
export const sphereShader = `
struct View {
  right: vec4f,   // rows of the camera's rotation; w: half-width of a disc, in units of half the canvas
  up: vec4f,      // w: radius of the sphere in the same units
  toward: vec4f,  // w: 0 draws the far half, 1 the near half
  counts: vec4u,  // spins in the block, spins drawn, rows and columns of the map
  opacity: vec4f, // of the far and the near half
}

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> state: array<f32>;
@group(0) @binding(2) var<storage, read> brightness: array<f32>;

struct Corner {
  @builtin(position) position: vec4f,
  @location(0) at: vec2f,
  @location(1) colour: vec3f,
}

fn bin(i: i32, j: i32) -> f32 {
  let rows = i32(view.counts.z);
  let columns = i32(view.counts.w);
  return brightness[clamp(i, 0, rows - 1) * columns + ((j + columns) % columns)];
}

fn densityAt(m: vec3f) -> f32 {
  let x = 0.5 * (m.z + 1.0) * f32(view.counts.z) - 0.5;
  let y = (atan2(m.y, m.x) / 6.2831853 + 0.5) * f32(view.counts.w) - 0.5;
  let i = i32(floor(x));
  let j = i32(floor(y));
  let u = x - floor(x);
  let v = y - floor(y);
  return mix(mix(bin(i, j), bin(i, j + 1), v), mix(bin(i + 1, j), bin(i + 1, j + 1), v), u);
}

// polynomial fit of viridis by M. Zucker, CC0
fn viridis(t: f32) -> vec3f {
  let c0 = vec3f(0.2777273, 0.0054073, 0.3340998);
  let c1 = vec3f(0.1050930, 1.4046135, 1.3845901);
  let c2 = vec3f(-0.3308618, 0.2148475, 0.0950951);
  let c3 = vec3f(-4.6342305, -5.7991009, -19.3324409);
  let c4 = vec3f(6.2282699, 14.1799333, 56.6905526);
  let c5 = vec3f(4.7763849, -13.7451453, -65.3530326);
  let c6 = vec3f(-5.4354558, 4.6458526, 26.3124352);
  return c0 + t * (c1 + t * (c2 + t * (c3 + t * (c4 + t * (c5 + t * c6)))));
}

@vertex
fn corner(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Corner {
  // a stride over the block, so that fewer discs still show all of it
  let spin = u32(f32(instance) * (f32(view.counts.x) / f32(view.counts.y)));
  let count = view.counts.x;
  let m = normalize(vec3f(state[spin], state[spin + count], state[spin + 2u * count]));
  let seen = vec3f(dot(view.right.xyz, m), dot(view.up.xyz, m), dot(view.toward.xyz, m));
  let at = vec2f(f32(vertex & 1u) * 2.0 - 1.0, f32(vertex >> 1u) * 2.0 - 1.0);
  var out: Corner;
  let near = seen.z >= 0.0;
  let here = select(0.0, 1.0, near == (view.toward.w > 0.5));
  let size = view.right.w * (0.8 + 0.2 * seen.z) * here;
  out.position = vec4f(view.up.w * seen.xy + size * at, 0.5, 1.0);
  out.at = at;
  out.colour = clamp(viridis(clamp(densityAt(m), 0.0, 1.0)), vec3f(0.0), vec3f(1.0)) * (0.72 + 0.28 * max(seen.z, 0.0));
  return out;
}

@fragment
fn disc(in: Corner) -> @location(0) vec4f {
  let r = dot(in.at, in.at);
  let edge = 1.0 - smoothstep(0.55, 1.0, r);
  let alpha = edge * select(view.opacity.x, view.opacity.y, view.toward.w > 0.5);
  return vec4f(in.colour * alpha, alpha);
}
`;
