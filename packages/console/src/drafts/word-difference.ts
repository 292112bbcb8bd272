/** What changed between two texts, word by word. Pure. */

export interface Piece {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** Above this many pairs of words the texts are shown whole, old and new. */
const MAX_PAIRS = 4_000_000;

/** The longest common run of words is kept; what stands beside it was removed or added. */
export function wordDifference(from: string, to: string): Piece[] {
  const a = from.split(/(\s+)/);
  const b = to.split(/(\s+)/);
  if (a.length * b.length > MAX_PAIRS) {
    return [
      { kind: "removed", text: from },
      { kind: "added", text: to },
    ];
  }
  const lengths = commonLengths(a, b);
  const at = (i: number, j: number) => lengths[i * (b.length + 1) + j] ?? 0;
  const pieces: Piece[] = [];
  const push = (kind: Piece["kind"], text: string) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) pieces[pieces.length - 1] = { kind, text: last.text + text };
    else pieces.push({ kind, text });
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push("same", a[i] ?? "");
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      push("removed", a[i] ?? "");
      i += 1;
    } else {
      push("added", b[j] ?? "");
      j += 1;
    }
  }
  return pieces;
}

/** By (i, j): how long the common part of what follows word i of one and word j of the other is. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  return lengths;
}
