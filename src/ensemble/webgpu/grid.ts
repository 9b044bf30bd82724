import type { Device } from "./device.ts";

/** Invocations of a workgroup in the shaders that step and move spins. */
export const workgroupSize = 64;

/** Workgroups for a number of invocations, in rows of a length that the device allows. */
export function gridFor({ limits }: Device, invocations: number): [columns: number, rows: number] {
  const groups = Math.max(1, Math.ceil(invocations / workgroupSize));
  const columns = Math.min(groups, limits.workgroups);
  return [columns, Math.ceil(groups / columns)];
}
