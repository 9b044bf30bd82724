/** Reason of a figure that was not finished when the user stopped. */
export const stoppedByUser = "stopped by the user";
