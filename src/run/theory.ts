import type { Problem } from "../experiment/problem.ts";
import { isDriven } from "../physics/dynamics.ts";
import { namedDirection } from "../physics/initial/initial-law.ts";
import type { TheoryResult } from "../result.ts";
import { effectiveField } from "../theory/axial-drive.ts";
import { theory } from "../theory/catalogue.ts";
import type { ClosedForm } from "../theory/closed-form.ts";
import { evaluateForm } from "../theory/closed-form.ts";
import { escapeOverSaddles } from "../theory/escape-over-saddles.ts";
import type { QuadraticMagnet } from "./magnet-at.ts";
import { magnetAt } from "./magnet-at.ts";

/** Fields over B_K below this are rounding. */
const negligible = 1e-9;

/** Evaluates formulas and converts units of the magnet's own B_K into SI. */
export function formRows<P>(
  problem: Problem,
  { scale }: QuadraticMagnet,
  forms: readonly ClosedForm<P>[],
  parameters: P,
): TheoryResult[] {
  const { units } = problem;
  const inSI: Readonly<Record<string, readonly [number, string]>> = {
    "γ'B_K": [scale / units.time, "1/s"],
    "1/(γ'B_K)": [units.time / scale, "s"],
    B_K: [scale * units.field, "T"],
  };
  return forms.map((form) => {
    const row = evaluateForm(form, parameters);
    const [factor, unit] = inSI[row.unit] ?? [1, row.unit];
    return { ...row, unit, value: row.value === null ? null : row.value * factor };
  });
}

/**
 * Closed forms that apply to a problem with constant dynamics, in SI units. Only Ψ, Ω and V decide which ones: an
 * energy with one low and two equal high directions is a uniaxial magnet, whichever terms it was written with.
 */
export function theoryOf(problem: Problem): TheoryResult[] {
  if (isDriven(problem.dynamics)) return [];
  const magnet = magnetAt(problem, 0);
  if (!magnet) return [];
  const rows = <P>(forms: readonly ClosedForm<P>[], parameters: P) =>
    formRows(problem, magnet, forms, parameters);
  const { alpha, delta, hardness, along, across, hasNoTorque, torque } = magnet;
  if (delta === 0) return hasNoTorque ? rows(theory.freeSpin, { fieldEnergy: magnet.fieldEnergy }) : [];
  if (!torque) return [];
  const { dampingLike, fieldLike } = torque;
  if (hardness > 0)
    return [
      ...(hasNoTorque ? escapeRows(problem, magnet) : []),
      ...(across < negligible ? filmRows(problem, magnet) : []),
    ];
  if (across > negligible) {
    if (!hasNoTorque) return [];
    const field = Math.hypot(along, across);
    return rows(theory.oblique, { delta, alpha, field, fieldAngle: Math.acos(Math.abs(along) / field) });
  }
  const drive = { delta, alpha, field: along, dampingLike, fieldLike };
  return [
    ...rows(theory.axialEquilibrium, { delta, field: effectiveField(drive) }),
    ...rows(theory.axial, drive),
    ...(Math.abs(dampingLike) > negligible
      ? rows(theory.axialStability, { alpha, field: along, fieldLike })
      : []),
    ...switchingTimes(problem, magnet),
  ];
}

/** Two wells of any shape, from Ψ and Ω. */
function escapeRows(problem: Problem, magnet: QuadraticMagnet): TheoryResult[] {
  const found = escapeOverSaddles(problem.dynamics);
  if (!found) return [];
  const [langer, attempts] = [found.langer, found.attempts].map((rate) => rate / magnet.scale);
  return formRows(problem, magnet, theory.twoWells, { ...found, langer, attempts });
}

/** A film with its easy axis in the plane, and field and polarizer along it. */
function filmRows(problem: Problem, magnet: QuadraticMagnet): TheoryResult[] {
  const { alpha, delta, hardness, along, torque } = magnet;
  if (!torque || Math.abs(torque.dampingLike) < negligible) return [];
  // a > 0 empties the well at +axis, a < 0 the other
  const side = Math.sign(torque.dampingLike);
  const drive = { alpha, demagnetizing: hardness, field: side * along };
  const [critical] = theory.filmStability;
  const torqueRatio = Math.abs(torque.dampingLike) / critical.value(drive);
  return [
    ...formRows(problem, magnet, theory.filmStability, drive),
    ...formRows(problem, magnet, theory.filmBarrier, { delta, torqueRatio, opposingField: -side * along }),
  ];
}

/** Times to the equator of a start that a torque makes unstable. */
function switchingTimes(problem: Problem, magnet: QuadraticMagnet): TheoryResult[] {
  const { alpha, delta, along, torque } = magnet;
  const named = namedDirection(problem.initial);
  if (!torque || !named || Math.abs(along) > negligible || Math.abs(torque.fieldLike) > negligible) return [];
  const start = named.reduce((sum, x, i) => sum + x * magnet.axis[i], 0);
  const overdrive = (torque.dampingLike * Math.sign(start)) / alpha;
  if (!(overdrive > 1)) return [];
  const initialAngle = Math.acos(Math.min(1, Math.abs(start)));
  return [
    ...formRows(problem, magnet, theory.thermalStart, { delta, alpha, overdrive }),
    ...("direction" in problem.initial && initialAngle > 0
      ? formRows(problem, magnet, theory.switchingStart, { alpha, overdrive, initialAngle })
      : []),
  ];
}
