/**
 * sfc32 (Doty-Humphrey, PractRand): 128 bits of state, additions, shifts and xors only, no known statistical
 * defect. Advances the four words of `state` and returns one unsigned word. Self-contained: its text also runs
 * in worker threads.
 */
export function sfc32(state: Uint32Array): number {
  const t = (state[0] + state[1] + state[3]) >>> 0;
  const b = state[1];
  const c = state[2];
  state[3] = state[3] + 1;
  state[0] = b ^ (b >>> 9);
  state[1] = c + (c << 3);
  state[2] = ((c << 21) | (c >>> 11)) + t;
  return t;
}

/** The word that comes next, without drawing it. */
export const nextWord = (state: Uint32Array): number => (state[0] + state[1] + state[3]) >>> 0;
