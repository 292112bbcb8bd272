/** What is read again and again, by several at once: an answer that is older than the one kept says what was, and is thrown away. */

/**
 * @param keep called with each answer that is newer than the last one kept, by when its reading began.
 * @returns reads, and resolves when the answer is kept or thrown away. Throws what `read` throws; nothing is kept then.
 */
export function newestReading<Answer, From extends readonly unknown[] = []>(
  read: (...from: From) => Promise<Answer>,
  keep: (answer: Answer) => void,
): (...from: From) => Promise<void> {
  let begun = 0;
  let kept = 0;
  return async (...from) => {
    begun += 1;
    const own = begun;
    const answer = await read(...from);
    if (own < kept) return;
    kept = own;
    keep(answer);
  };
}
