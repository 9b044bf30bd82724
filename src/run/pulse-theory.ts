import type { Problem } from "../experiment/problem.ts";
import { isDriven } from "../physics/dynamics.ts";
import type { TheoryCurve } from "../result.ts";
import { theory } from "../theory/catalogue.ts";
import { evaluateForm } from "../theory/closed-form.ts";
import { tzoufras, tzoufrasAt } from "../theory/tzoufras.ts";
import type { QuadraticMagnet } from "./magnet-at.ts";
import { magnetAt } from "./magnet-at.ts";

const samples = 400;
const negligible = 1e-9;

/**
 * Not-switched probability against time by the closed forms for a collinear pulse from a thermal start in a well. A
 * pulse with ramps counts as a rectangular one of the same area and height. Evenly spaced times, the last at the end;
 * empty for other problems.
 */
export function pulseTheory(problem: Problem, drawnTimes = 20): TheoryCurve[] {
  const { initial } = problem;
  if (!("wellOf" in initial)) return [];
  const duration = problem.steps * problem.timeStep;
  const changes = isDriven(problem.dynamics);
  const count = changes ? samples : 1;
  const magnets: QuadraticMagnet[] = [];
  for (let j = 0; j < count; j++) {
    const magnet = magnetAt(problem, ((j + 0.5) / count) * duration);
    if (!magnet?.torque || magnet.hardness > 0 || magnet.delta === 0 || magnet.across > negligible) return [];
    magnets.push(magnet);
  }
  const [{ axis, alpha, delta, scale, along }] = magnets;
  const same = ({ delta: other, along: field, torque }: QuadraticMagnet): boolean =>
    Math.abs(other / delta - 1) < negligible &&
    Math.abs(field - along) < negligible &&
    Math.abs(torque?.fieldLike ?? 0) < negligible;
  if (!magnets.every(same)) return [];
  const side = Math.sign(initial.wellOf.reduce((sum, x, i) => sum + x * axis[i], 0));
  const drives = magnets.map(({ torque }) => (side * (torque?.dampingLike ?? 0)) / alpha);
  const overdrive = Math.max(...drives);
  if (!(overdrive > 1) || drives.some((drive) => drive < -negligible)) return [];
  const field = side * along;
  // B_K is that of the energy alone: Butler's formulas have no field
  const forms = field === 0 ? theory.pulse : theory.pulse.slice(2);
  const times = Array.from({ length: drawnTimes }, (_, k) => (duration * (k + 1)) / drawnTimes);
  const pulseUntil = (t: number): number => {
    const whole = (t / duration) * count;
    let sum = 0;
    for (let j = 0; j < count && j < whole; j++) sum += Math.min(1, whole - j) * (drives[j] / overdrive);
    return (sum / count) * duration * scale;
  };
  return forms.map((form) => {
    const pulse = { delta, alpha, overdrive, field };
    const lengths = times.map(pulseUntil);
    const rows =
      form === tzoufras
        ? tzoufrasAt(pulse, lengths)
        : lengths.map((time) => evaluateForm(form, { ...pulse, time }));
    return {
      name: form.name,
      quantity: form.quantity,
      unit: form.unit,
      times: times.map((t) => t * problem.units.time),
      value: rows.map((row) => row.value),
      inRange: rows.map((row) => row.inRange),
      validWhen: form.validWhen,
      cite: form.cite,
    };
  });
}
