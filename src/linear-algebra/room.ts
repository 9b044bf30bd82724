/**
 * Numbers that one factorization after the other is written into. Fresh memory is cleared by the system page by page, which may take longer than
 * the factorization: a film's had 107 MB of it, and 60 % of their time went there.
 */
export interface Room {
  /** That many numbers of any values, for the whole of which the caller writes; those given before are lost. */
  take(count: number): Float64Array;
  /** Numbers that it holds. */
  readonly held: () => number;
}

const bytesOfPage = 65_536;

/** Grows in place where there is WebAssembly: pages that were in use before are not cleared again. */
function growingRoom(): Room {
  let memory: WebAssembly.Memory;
  try {
    memory = new WebAssembly.Memory({ initial: 0 });
  } catch {
    return plainRoom();
  }
  return {
    take(count) {
      const missing = 8 * count - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / bytesOfPage));
      return new Float64Array(memory.buffer, 0, count);
    },
    held: () => memory.buffer.byteLength / 8,
  };
}

function plainRoom(): Room {
  let numbers = new Float64Array(0);
  return {
    take(count) {
      if (numbers.length < count) numbers = new Float64Array(count);
      return numbers.subarray(0, count);
    },
    held: () => numbers.length,
  };
}

/** Rooms that nobody uses, as many as are kept and up to this size. */
const idle: Room[] = [];
const mostIdle = 2;
const largestIdle = 2 ** 24;

/** A room of one's own until it is given back. */
export const borrowRoom = (): Room =>
  idle.pop() ?? (typeof WebAssembly === "undefined" ? plainRoom() : growingRoom());

/** What was written into it must not be read any more. */
export function giveBack(room: Room): void {
  if (idle.length < mostIdle && room.held() <= largestIdle) idle.push(room);
}

/** Works with a room of its own, whose factors end with the work. */
export function inRoom<T>(work: (room: Room) => T): T {
  const room = borrowRoom();
  try {
    return work(room);
  } finally {
    giveBack(room);
  }
}
