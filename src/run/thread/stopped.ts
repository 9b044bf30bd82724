/** Why a figure is missing that was being computed, or was still to be, when the user stopped. */
export const stoppedByUser = "stopped by the user";
