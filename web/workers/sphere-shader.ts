import { mapShader } from "./map-shader.ts";

/**
 * Spins as discs at the ends of their unit vectors, read from the simulation's own memory. Drawn twice: first the far
 * half, faint, then the near half. The colour shows the map's density at the disc.
 */
export const sphereShader = `
${mapShader.view}@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> state: array<f32>;
@group(0) @binding(2) var<storage, read> brightness: array<f32>;

struct Corner {
  @builtin(position) position: vec4f,
  @location(0) at: vec2f,
  @location(1) colour: vec3f,
}

${mapShader.reader("brightness")}${mapShader.colours}@vertex
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
  out.colour = clamp(viridis(clamp(brightnessAt(m), 0.0, 1.0)), vec3f(0.0), vec3f(1.0)) * (0.72 + 0.28 * max(seen.z, 0.0));
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
