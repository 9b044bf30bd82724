import type { MagnetAt } from "./reading.ts";
import type { Plain, Reader, Scalar, Vec3 } from "./values.ts";
import { cross, dot, formula, unit } from "./values.ts";

const vacuumPermeability = 1.25663706127e-6;
const axisOf = (value: unknown, otherwise: Vec3): Vec3 => unit((value as Vec3 | undefined) ?? otherwise);

/** N_i of an ellipsoid with semi-axes a: ½ a1 a2 a3 ∫_0^∞ ds /((s + a_i²) √Π(s + a_k²)), by the midpoint rule in ln s. */
function ellipsoidFactors(axes: Vec3): Vec3 {
  const a = axes.map((x) => x / Math.max(...axes));
  const product = a[0] * a[1] * a[2];
  const factors = [0, 0, 0];
  const step = 0.02;
  for (let x = -40; x < 60; x += step) {
    const s = Math.exp(x + step / 2);
    const root = Math.sqrt((s + a[0] ** 2) * (s + a[1] ** 2) * (s + a[2] ** 2));
    for (let i = 0; i < 3; i++) factors[i] += (0.5 * product * s * step) / ((s + a[i] ** 2) * root);
  }
  return [factors[0], factors[1], factors[2]];
}

/** The values of named parameters of a typed formula. */
export function namedValues(entry: Plain, reader: Reader): { names: string[]; at: (t: number) => number[] } {
  const named = Object.entries((entry.parameters ?? {}) as Record<string, Scalar>);
  const values = named.map(([, value]) => reader.scalar(value));
  return { names: named.map(([name]) => name), at: (t) => values.map((value) => value(t)) };
}

/** A typed function of direction and time. */
export function typed(text: string, names: readonly string[], at: (t: number) => number[]) {
  const f = formula(text, ["mx", "my", "mz", "theta", "phi", "t", ...names]);
  return (m: Vec3, t: number): number =>
    f(...m, Math.acos(Math.min(1, Math.max(-1, m[2]))), Math.atan2(m[1], m[0]), t, ...at(t));
}

/** The energy density of an entry, J/m³ (or over K). */
export function addEnergy(
  entry: Plain,
  reader: Reader,
  magnet: (t: number) => MagnetAt,
): (m: Vec3, t: number) => number {
  const scalar = (key: string, otherwise?: number) =>
    reader.scalar(entry[key] as Scalar | undefined, otherwise);
  switch (entry.type) {
    case "uniaxial": {
      const [first, second] = [scalar("Ku1"), scalar("Ku2", 0)];
      const u = axisOf(entry.anisU, [0, 0, 1]);
      return (m, t) => {
        const c2 = dot(m, u) ** 2;
        return -first(t) * c2 - second(t) * c2 * c2;
      };
    }
    case "zeeman": {
      const field = (entry.B_ext as Scalar[]).map((component) => reader.scalar(component));
      return (m, t) => -magnet(t).Ms * (m[0] * field[0](t) + m[1] * field[1](t) + m[2] * field[2](t));
    }
    case "cubic": {
      const [k1, k2, k3] = [scalar("Kc1"), scalar("Kc2", 0), scalar("Kc3", 0)];
      const c1 = axisOf(entry.anisC1, [1, 0, 0]);
      const c2 = axisOf(entry.anisC2, [0, 1, 0]);
      const c3 = cross(c1, c2);
      return (m, t) => {
        const [x, y, z] = [dot(m, c1), dot(m, c2), dot(m, c3)];
        const pairs = [(x * y) ** 2, (y * z) ** 2, (z * x) ** 2];
        return (
          k1(t) * (pairs[0] + pairs[1] + pairs[2]) +
          k2(t) * (x * y * z) ** 2 +
          k3(t) * (pairs[0] ** 2 + pairs[1] ** 2 + pairs[2] ** 2)
        );
      };
    }
    case "shape":
    case "ellipsoid": {
      const tensor =
        entry.type === "ellipsoid" ? ellipsoidFactors(entry.axes as Vec3) : (entry.tensor as unknown[]);
      const full = Array.isArray(tensor[0])
        ? (tensor as unknown as Vec3[])
        : tensor.map((n, i) => [0, 1, 2].map((j) => (i === j ? (n as number) : 0)) as unknown as Vec3);
      return (m, t) =>
        (vacuumPermeability / 2) *
        magnet(t).Ms ** 2 *
        (m[0] * dot(full[0], m) + m[1] * dot(full[1], m) + m[2] * dot(full[2], m));
    }
    case "voltageControl": {
      const [xi, E, thickness] = [scalar("xi"), scalar("E"), scalar("thickness")];
      const u = axisOf(entry.anisU, [0, 0, 1]);
      // Ku1 − ξE/t stands with a minus sign in the energy
      return (m, t) => ((xi(t) * E(t)) / thickness(t)) * dot(m, u) ** 2;
    }
    case "expression": {
      const { names, at } = namedValues(entry, reader);
      reader.timeDependent ||= /\bt\b/.test(entry.density as string);
      return typed(entry.density as string, names, at);
    }
    default:
      throw new Error(`the oracle knows no energy ${entry.type}`);
  }
}
