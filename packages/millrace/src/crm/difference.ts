/**
 * What of a contact is to be written to the CRM: the difference between what is known now and what was written last.
 * Pure. Writes coalesce by themselves, because only the newest value of a property is ever looked at.
 *
 * A value that an agent found never takes the place of one a person typed in the CRM: it is written only where the CRM
 * has nothing, or still has what we wrote. A value the contact or a person gave us, and what we work out, is written.
 */
import type { Position } from "../events/event.ts";

/** The newest value of ours for one property of the CRM. */
export interface WrittenValue {
  readonly value: string;
  readonly position: Position;
  /** Milliseconds. */
  readonly at: number;
  /** True: the CRM's own value was left in place. */
  readonly kept?: true;
}

export type Written = Readonly<Record<string, WrittenValue>>;

/** A value as it is to stand in the CRM, by the CRM's name for the property. */
export interface OurValue {
  readonly value: string;
  /** True: an agent found it somewhere; no one said it. */
  readonly isFound: boolean;
}
export type OurValues = Readonly<Record<string, OurValue>>;

/** What the CRM has now, as far as it was asked; undefined: not asked. */
export type TheirValues = Readonly<Record<string, string | null>> | undefined;

export interface Difference {
  readonly write: Readonly<Record<string, string>>;
  /** Properties in which the CRM's own value stays, with the value of ours that was not written. */
  readonly keep: Readonly<Record<string, string>>;
}

/** What could have to be written, before the CRM is asked: nothing that is written already, nothing older than that. */
export function changedValues(ours: OurValues, written: Written, position: Position): OurValues {
  return Object.fromEntries(
    Object.entries(ours).filter(([name, { value }]) => {
      const last = written[name];
      return last === undefined || (last.value !== value && last.position <= position);
    }),
  );
}

/** Whether the CRM must be asked first what it has. */
export function mustAsk(changed: OurValues): boolean {
  return Object.values(changed).some(({ isFound }) => isFound);
}

export function differenceOf(changed: OurValues, written: Written, theirs: TheirValues, isNew: boolean): Difference {
  const write: Record<string, string> = {};
  const keep: Record<string, string> = {};
  for (const [name, { value, isFound }] of Object.entries(changed)) {
    if (!isFound || isNew) {
      write[name] = value;
      continue;
    }
    // Not asked, or no answer: left for the next time rather than risked.
    if (theirs === undefined) continue;
    const there = theirs[name] ?? "";
    const last = written[name];
    if (there === "" || there === value || (last !== undefined && !last.kept && last.value === there)) {
      write[name] = value;
    } else keep[name] = value;
  }
  return { write, keep };
}

/** What was written, with what is written now on top; an older position never takes the place of a newer one. */
export function writtenAfter(written: Written, difference: Difference, position: Position, at: number): Written {
  const after: Record<string, WrittenValue> = { ...written };
  const put = (values: Readonly<Record<string, string>>, more: { kept?: true }) => {
    for (const [name, value] of Object.entries(values)) {
      if ((after[name]?.position ?? 0) <= position) after[name] = { value, position, at, ...more };
    }
  };
  put(difference.write, {});
  put(difference.keep, { kept: true });
  return after;
}
