/** Common parts of the sphere's shaders: the camera, the interpolation of a map, and its colours. */
export const mapShader: {
  readonly view: string;
  readonly colours: string;
  /** The function `nameAt` of a direction, for a map bound as `name`. */
  readonly reader: (name: string) => string;
} = {
  view: `
struct View {
  right: vec4f,   // rows of the camera's rotation; w: half-width of a disc, in units of half the canvas
  up: vec4f,      // w: radius of the sphere in the same units
  toward: vec4f,  // w: 0 draws the far half, 1 the near half
  counts: vec4u,  // spins in the block, spins drawn, rows and columns of the map
  opacity: vec4f, // of the far and the near half
}

`,
  colours: `
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

`,
  reader: (name) => `
fn ${name}Bin(i: i32, j: i32) -> f32 {
  let rows = i32(view.counts.z);
  let columns = i32(view.counts.w);
  return ${name}[clamp(i, 0, rows - 1) * columns + ((j + columns) % columns)];
}

fn ${name}At(m: vec3f) -> f32 {
  let x = 0.5 * (m.z + 1.0) * f32(view.counts.z) - 0.5;
  let y = (atan2(m.y, m.x) / 6.2831853 + 0.5) * f32(view.counts.w) - 0.5;
  let i = i32(floor(x));
  let j = i32(floor(y));
  let u = x - floor(x);
  let v = y - floor(y);
  return mix(mix(${name}Bin(i, j), ${name}Bin(i, j + 1), v), mix(${name}Bin(i + 1, j), ${name}Bin(i + 1, j + 1), v), u);
}

`,
};
