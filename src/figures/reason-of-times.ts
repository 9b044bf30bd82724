import { readable } from "./readable.ts";

/** A figure at one time, or the reason why it is missing. */
interface Asked {
  readonly value: unknown;
  readonly reason?: string | undefined;
}

/** Why figures are missing, and at which times: "at 3 of 20 times, from 0.1 to 0.3 s: …"; undefined if none is missing. */
export function reasonOfTimes(
  each: readonly Asked[],
  times: readonly number[],
  timeUnit: string,
): string | undefined {
  const absent = new Map<string, number[]>();
  each.forEach(({ value, reason }, i) => {
    if (value === null && reason !== undefined) absent.set(reason, [...(absent.get(reason) ?? []), times[i]]);
  });
  const parts = [...absent].map(([reason, at]) => {
    if (at.length === times.length) return reason;
    const [first, last] = [readable(at[0]), readable(at[at.length - 1])];
    const unit = timeUnit === "" ? "" : ` ${timeUnit}`;
    const when =
      at.length === 1
        ? `at ${first}${unit}`
        : `at ${at.length} of ${times.length} times, ${first} to ${last}${unit}`;
    return `${when}: ${reason}`;
  });
  return parts.length === 0 ? undefined : parts.join("; ");
}
