import { agreeing, counted } from "../statistics/certificate.ts";
import type { SweepResult } from "./result.ts";

/** The verdict over all points in one line, worded as for a single run. */
export function sweepVerdict({ certificate, points }: SweepResult): string {
  if (!certificate) return `${counted(points, "point")}; nothing was compared`;
  const { passed, tests, untested, falseAlarmProbability, reason } = certificate;
  const left = untested > 0 ? `, ${counted(untested, "figure")} could not be tested` : "";
  return passed
    ? `CERTIFICATE PASSED: ${agreeing(tests, "test", ` over ${counted(points, "point")}`)} with the exact solution${left} (false-alarm probability ${falseAlarmProbability})`
    : `CERTIFICATE FAILED: ${reason}`;
}
