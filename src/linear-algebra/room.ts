/**
 * Memory that successive factorizations reuse. The operating system clears fresh memory page by page, which
 * may take longer than the factorization: for a thin film it was 107 MB and 60 % of the time.
 */
export interface Room {
  /**
   * That many numbers with arbitrary values; the caller must write all of them. Numbers given out before
   * are lost.
   */
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

/** Rooms that are free: at most so many are kept, up to this size. */
const idle: Room[] = [];
const mostIdle = 2;
const largestIdle = 2 ** 24;

/** A room for the caller alone until it is given back. */
export const borrowRoom = (): Room =>
  idle.pop() ?? (typeof WebAssembly === "undefined" ? plainRoom() : growingRoom());

/** Gives a room back; factors in it must not be read after that. */
export function giveBack(room: Room): void {
  if (idle.length < mostIdle && room.held() <= largestIdle) idle.push(room);
}

/** Calls a function with a room of its own; factors in the room are lost when it returns. */
export function inRoom<T>(work: (room: Room) => T): T {
  const room = borrowRoom();
  try {
    return work(room);
  } finally {
    giveBack(room);
  }
}
