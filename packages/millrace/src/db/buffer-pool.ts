/**
 * Room to write what has no known length beforehand: one piece for the process, kept, and copied out at its true length.
 * Text may take three bytes a character and mostly takes one; buffers of the size that might have been needed were three
 * times as large, and the garbage collector counts them.
 */
const LARGEST_KEPT = 8 * 1_048_576;

let kept = Buffer.allocUnsafeSlow(65_536);
let isTaken = false;

/**
 * @param room bytes it takes at most.
 * @param write fills the room from its beginning. @returns where it has ended.
 */
export function writtenOut(room: number, write: (buffer: Buffer) => number): Buffer {
  // One who writes a part of what is being written has a room of its own.
  if (isTaken || room > LARGEST_KEPT) {
    const own = Buffer.allocUnsafe(room);
    return own.subarray(0, write(own));
  }
  if (room > kept.length) kept = Buffer.allocUnsafeSlow(Math.min(2 ** Math.ceil(Math.log2(room)), LARGEST_KEPT));
  isTaken = true;
  try {
    return Buffer.from(kept.subarray(0, write(kept)));
  } finally {
    isTaken = false;
  }
}
