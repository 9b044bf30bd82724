import { mapShader } from "./map-shader.ts";

/**
 * The near half of the sphere in the colours of a density, without shading, so that a colour is a density. With two
 * densities the right half of the picture shows the exact one, and is empty if that is unknown.
 */
export const surfaceShader = `
${mapShader.view}
@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> brightness: array<f32>;
@group(0) @binding(2) var<storage, read> exact: array<f32>;
${mapShader.reader("brightness")}${mapShader.reader("exact")}${mapShader.colours}
struct Place {
  @builtin(position) position: vec4f,
  @location(0) at: vec2f,
}

@vertex
fn square(@builtin(vertex_index) vertex: u32) -> Place {
  var out: Place;
  out.at = vec2f(f32(vertex & 1u) * 2.0 - 1.0, f32(vertex >> 1u) * 2.0 - 1.0);
  out.position = vec4f(out.at, 0.5, 1.0);
  return out;
}

@fragment
fn shade(in: Place) -> @location(0) vec4f {
  let seen = in.at / view.up.w;
  let r = length(seen);
  // view.right.w: a pixel; view.opacity: whether there are two halves, and whether the exact one is known
  let pixel = view.right.w / view.up.w;
  let halves = view.opacity.x > 0.5;
  let right = halves && in.at.x > 0.0;
  let known = select(1.0, view.opacity.y, right);
  let alpha = known * (1.0 - smoothstep(1.0 - pixel, 1.0 + pixel, r));
  let toward = sqrt(max(0.0, 1.0 - r * r));
  let m = normalize(seen.x * view.right.xyz + seen.y * view.up.xyz + toward * view.toward.xyz);
  let place = select(brightnessAt(m), exactAt(m), right);
  return vec4f(clamp(viridis(clamp(place, 0.0, 1.0)), vec3f(0.0), vec3f(1.0)) * alpha, alpha);
}
`;
