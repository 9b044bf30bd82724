/** Why a state of the slowest mode has no rate of leaving. */
export const otherTooRare =
  "the other state holds too little of the stationary probability to be distinguished from its error";
