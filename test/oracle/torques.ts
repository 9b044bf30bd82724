import { namedValues, typed } from "./energies.ts";
import type { MagnetAt, Term } from "./reading.ts";
import type { Plain, Reader, Scalar, Vec3 } from "./values.ts";
import { cross, dot, unit } from "./values.ts";

const reducedPlanck = 1.054571817e-34;
const charge = 1.602176634e-19;

/** Real spherical harmonics up to degree 2, orthonormal, as their textbooks have them. */
const harmonics: Record<string, (m: Vec3) => number> = {
  "0,0": () => Math.sqrt(1 / (4 * Math.PI)),
  "1,0": ([, , z]) => Math.sqrt(3 / (4 * Math.PI)) * z,
  "1,1": ([x]) => Math.sqrt(3 / (4 * Math.PI)) * x,
  "1,-1": ([, y]) => Math.sqrt(3 / (4 * Math.PI)) * y,
  "2,0": ([, , z]) => Math.sqrt(5 / (16 * Math.PI)) * (3 * z * z - 1),
  "2,1": ([x, , z]) => Math.sqrt(15 / (4 * Math.PI)) * x * z,
  "2,-1": ([, y, z]) => Math.sqrt(15 / (4 * Math.PI)) * y * z,
  "2,2": ([x, y]) => Math.sqrt(15 / (16 * Math.PI)) * (x * x - y * y),
  "2,-2": ([x, y]) => Math.sqrt(15 / (4 * Math.PI)) * x * y,
};

type Magnet = (t: number) => MagnetAt;

/** A Gilbert torque γ a(c) m×(m×p) + γ b(c) m×p by the antiderivatives of a and b (T). */
function gilbert(
  p: Vec3,
  a: (c: number, t: number) => number,
  b: (c: number, t: number) => number,
  magnet: Magnet,
): Term {
  const rate = ({ gamma, alpha }: MagnetAt) => gamma / (1 + alpha * alpha);
  return {
    psi: (m, t) => rate(magnet(t)) * (a(dot(m, p), t) + magnet(t).alpha * b(dot(m, p), t)),
    omega: (m, t) => rate(magnet(t)) * (b(dot(m, p), t) - magnet(t).alpha * a(dot(m, p), t)),
  };
}

/** ∫_0^c dx/(1 + r x) without cancellation for small r. */
const integralOfInverse = (r: number, c: number): number => (Math.abs(r) < 1e-9 ? c : Math.log1p(r * c) / r);

/** The motion that an entry adds. */
export function addTorque(entry: Plain, reader: Reader, magnet: Magnet): Term {
  const scalar = (key: string, otherwise?: number) =>
    reader.scalar(entry[key] as Scalar | undefined, otherwise);
  const direction = (key: string): Vec3 => unit((entry[key] ?? [0, 0, 1]) as Vec3);
  switch (entry.type) {
    case "spinTransfer": {
      const [a, b] = [scalar("dampingLike"), scalar("fieldLike", 0)];
      return gilbert(
        direction("polarizer"),
        (c, t) => a(t) * c,
        (c, t) => b(t) * c,
        magnet,
      );
    }
    case "slonczewski": {
      const [J, P, Lambda] = [scalar("J"), scalar("Pol"), scalar("Lambda", 1)];
      const [secondary, thickness] = [scalar("EpsilonPrime", 0), scalar("thickness")];
      const beta = (t: number) => (reducedPlanck * J(t)) / (charge * magnet(t).Ms * thickness(t));
      return gilbert(
        direction("FixedLayer"),
        (c, t) => {
          const L2 = Lambda(t) ** 2;
          return ((-beta(t) * P(t) * L2) / (L2 + 1)) * integralOfInverse((L2 - 1) / (L2 + 1), c);
        },
        (c, t) => -beta(t) * secondary(t) * c,
        magnet,
      );
    }
    case "spinOrbit": {
      const [J, hall] = [scalar("J"), scalar("spinHallAngle")];
      const [ratio, thickness] = [scalar("fieldLikeRatio", 0), scalar("thickness")];
      const a = (t: number) => (-reducedPlanck * hall(t) * J(t)) / (2 * charge * magnet(t).Ms * thickness(t));
      return gilbert(
        direction("polarizer"),
        (c, t) => a(t) * c,
        (c, t) => ratio(t) * a(t) * c,
        magnet,
      );
    }
    case "potential":
      return potential(entry, reader, magnet);
    case "field":
      return field(entry, reader, magnet);
    default:
      throw new Error(`the oracle knows no torque ${entry.type}`);
  }
}

function potential(entry: Plain, reader: Reader, magnet: Magnet): Term {
  const { names, at } = namedValues(entry, reader);
  const none = (): number => 0;
  const text = (key: string) => {
    if (entry[key] === undefined) return none;
    reader.timeDependent ||= /\bt\b/.test(entry[key] as string);
    return typed(entry[key] as string, names, at);
  };
  const sum = (key: string) => {
    const terms = ((entry[key] ?? []) as { l: number; m: number; value: Scalar }[]).map((term) => ({
      Y: harmonics[`${term.l},${term.m}`],
      value: reader.scalar(term.value),
    }));
    return (m: Vec3, t: number): number => terms.reduce((total, { Y, value }) => total + value(t) * Y(m), 0);
  };
  const [chi, Phi, chiEnergy, phiEnergy] = ["chi", "Phi", "chiEnergy", "phiEnergy"].map(text);
  const [chiSum, phiSum] = ["chiHarmonics", "phiHarmonics"].map(sum);
  const L = (t: number): number => {
    const { gamma, alpha, Ms, volume } = magnet(t);
    return gamma / (1 + alpha * alpha) / (Ms * volume);
  };
  return {
    psi: (m, t) => chi(m, t) + magnet(t).alpha * L(t) * chiEnergy(m, t) + chiSum(m, t),
    omega: (m, t) => Phi(m, t) + L(t) * phiEnergy(m, t) + phiSum(m, t),
  };
}

/** A typed vector field, used as it is: its split into potentials is what the oracle is not to share. */
function field(entry: Plain, reader: Reader, magnet: Magnet): Term {
  const strength = reader.scalar(entry.strength as Scalar | undefined, 1);
  const { names, at } = namedValues(entry, reader);
  const components = (entry.torque as string[]).map((text) => typed(text, names, at));
  const explicit = entry.form === "explicit";
  return {
    flow: (m, t) => {
      const raw = components.map((f) => strength(t) * f(m, t)) as unknown as Vec3;
      if (explicit) return raw;
      // dm/dt = τ + α m×dm/dt, solved for dm/dt (τ tangent; its radial part never crosses a face)
      const { alpha } = magnet(t);
      const radial = dot(raw, m);
      const tau = raw.map((x, i) => x - radial * m[i]) as unknown as Vec3;
      const turned = cross(m, tau);
      return tau.map((x, i) => (x + alpha * turned[i]) / (1 + alpha * alpha)) as unknown as Vec3;
    },
  };
}
