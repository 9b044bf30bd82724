import { notice } from "./notices.ts";

/**
 * Puts the address, which contains the experiment, into the clipboard; if that is not allowed, a notice shows the
 * address.
 */
export async function share(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    notice("share", "The link to this experiment is in the clipboard.");
  } catch {
    notice("share", `The link to this experiment is in the address bar: ${location.href}`);
  }
}
