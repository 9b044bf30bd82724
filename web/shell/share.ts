import { notice } from "./notices.ts";

/** Puts the address, which holds the experiment, into the clipboard; says where it is where that is not allowed. */
export async function share(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    notice("share", "The link to this experiment is in the clipboard.");
  } catch {
    notice("share", `The link to this experiment is in the address bar: ${location.href}`);
  }
}
