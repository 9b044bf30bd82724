import { isObject } from "../../src/experiment/plain-object.ts";
import type { Plain } from "./difference.ts";

/** The pulse in `{ KIND: { amplitude, length, … } }`; null for anything else. */
function pulseIn(value: Plain): { readonly amplitude: number; readonly base: number } | null {
  if (!isObject(value)) return null;
  const [inner, ...others] = Object.values(value);
  if (others.length > 0 || !isObject(inner)) return null;
  const { amplitude, length, base = 0 } = inner;
  return typeof amplitude === "number" && typeof length === "number" && typeof base === "number"
    ? { amplitude, base }
    : null;
}

/** Whether there is a pulse anywhere in a value. */
export const hasPulse = (value: Plain): boolean =>
  pulseIn(value) !== null ||
  (typeof value === "object" && value !== null && Object.values(value).some(hasPulse));

/** The value with every pulse replaced by a constant share of its height. */
export function heldPulses(value: Plain, share: number): Plain {
  const pulse = pulseIn(value);
  if (pulse) return pulse.base + share * (pulse.amplitude - pulse.base);
  if (Array.isArray(value)) return (value as readonly Plain[]).map((x) => heldPulses(x, share));
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, x]) => [key, heldPulses(x, share)]))
    : value;
}
