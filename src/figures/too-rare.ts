/** Why a state of the slowest mode has no escape rate. */
export const otherTooRare =
  "the other state holds too little of the stationary probability to be distinguished from its error";
