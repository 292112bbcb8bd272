/**
 * What came of a history, without positions, task ids and the order of contacts among each other: the same however it
 * was decided. A position becomes "the nth event of its contact", a task the merge key and the event that asked for it.
 */
import type { Store } from "./store.ts";

/** @returns per contact what is known, what happened and what is left to do; keys in order. */
export function outcomeOf(store: Store): Readonly<Record<string, unknown>> {
  const names = namesOf(store);
  const withNames = (value: unknown) => named(value, names);
  const result: Record<string, unknown> = {};
  const ids = [...new Set(store.log.map(({ contact }) => contact))].sort();
  for (const id of ids) {
    const mine = <Row extends { readonly contact: string | null }>(rows: Iterable<Row>) =>
      [...rows].filter(({ contact }) => contact === id);
    const events = mine(store.log);
    const of = new Set(events.map(({ position }) => position));
    result[id ?? "no contact"] = {
      contact: withNames(store.contacts.get(id ?? "")),
      events: withNames(events),
      decisions: sorted(store.decisions.filter(({ event }) => of.has(event)).map(withNames)),
      emails: sorted(mine(store.emails.values()).map(withNames)),
      alerts: sorted(mine(store.alerts.values()).map(withNames)),
      open: sorted(mine(store.open.values()).map(withNames)),
      finished: sorted(mine(store.finished.values()).map(withNames)),
      timers: sorted(mine(store.timers.values()).map(withNames)),
    };
  }
  return result;
}

type Names = ReadonlyMap<string, string>;

function namesOf({ log, open, finished, emails }: Store): Names {
  const names = new Map<string, string>();
  const counts = new Map<string | null, number>();
  for (const { position, contact } of log) {
    const nth = (counts.get(contact) ?? 0) + 1;
    counts.set(contact, nth);
    names.set(String(position), `event ${nth} of ${contact}`);
  }
  const nth = new Map<string, number>();
  const tasks = [...open.values(), ...finished.values()].sort((a, b) => a.id - b.id);
  for (const { id, contact, mergeKey, root } of tasks) {
    const key = `${mergeKey.replaceAll(NUMBER, (digits) => names.get(digits) ?? digits)} of ${contact} by ${names.get(String(root))}`;
    nth.set(key, (nth.get(key) ?? 0) + 1);
    names.set(String(id), `task ${nth.get(key)} ${key}`);
  }
  // Made of a hash of the key, in which positions may stand.
  for (const { messageId, onceKey } of emails.values()) {
    if (messageId !== undefined) {
      names.set(messageId, `message ${onceKey.replaceAll(NUMBER, (digits) => names.get(digits) ?? digits)}`);
    }
  }
  return names;
}

const NUMBER = /\d{10,13}/g;

function named(value: unknown, names: Names): unknown {
  if (typeof value === "number") return names.get(String(value)) ?? value;
  if (typeof value === "string") {
    if (value.length < 10) return value;
    return names.get(value) ?? value.replaceAll(NUMBER, (digits) => names.get(digits) ?? digits);
  }
  if (Array.isArray(value)) return value.map((one) => named(one, names));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) =>
      one === undefined ? [] : [[names.get(key) ?? key, named(one, names)]],
    ),
  );
}

function sorted(values: readonly unknown[]): unknown[] {
  const keyed = values.map((value) => [JSON.stringify(value), value] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value);
}
