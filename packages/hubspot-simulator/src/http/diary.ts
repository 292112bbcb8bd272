/** The last few hundred of something, newest first, for the page and for tests. */

export type Diary<T> = { note: (entry: T) => void; latest: (count?: number) => T[]; clear: () => void };

export function newDiary<T>(most = 500): Diary<T> {
  let entries: T[] = [];
  return {
    note(entry) {
      entries.push(entry);
      // Cut rarely, in halves: a shift per call would copy the whole list each time.
      if (entries.length > most * 2) entries = entries.slice(-most);
    },
    latest: (count = most) => entries.slice(-count).reverse(),
    clear() {
      entries = [];
    },
  };
}

export type CallEntry = {
  at: number;
  method: string;
  path: string;
  status: number;
  tookMs: number;
  /** Which fault struck, if any. */
  fault?: string;
};
