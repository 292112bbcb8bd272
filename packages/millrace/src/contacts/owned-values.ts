/** Values that a person or another system gave: whose they are, what they took the place of, and how that is taken back. */
import type { Contact, ReplacedValue } from "./contact.ts";
import { isEmpty, isNothing, type Properties, withFacts, withValues } from "./with-values.ts";

/** The score our rubric gives, for as long as `lead_score` is another's. */
export const OWN_SCORE = "millrace_score";

/**
 * Sets properties that another than a form or an agent of ours says, and notes who. An empty value gives the property up
 * again; for the score, ours takes its place then.
 */
export function withOwnedValues(contact: Contact, values: Properties, by: string): Contact {
  const isScoreGivenUp = "lead_score" in values && isNothing(values.lead_score);
  const ownScore = contact.properties[OWN_SCORE];
  const taken = isScoreGivenUp && ownScore !== undefined ? { ...values, lead_score: ownScore } : values;
  const owners: Record<string, string> = { ...contact.facts.owners };
  for (const name in values) {
    if (isNothing(values[name])) delete owners[name];
    else owners[name] = by;
  }
  return withFacts(withValues(contact, taken), { owners: isEmpty(owners) ? undefined : owners });
}

/** Remembers what a person is about to put another value in the place of. */
export function replacing(contact: Contact, values: Properties): Contact {
  const { owners, sources } = contact.facts;
  const replaced: Record<string, ReplacedValue> = { ...contact.facts.replaced };
  for (const name in values) {
    const [owner, source] = [owners?.[name], sources?.[name]];
    replaced[name] = {
      value: contact.properties[name] ?? null,
      ...(owner === undefined ? {} : { owner }),
      ...(source === undefined ? {} : { source }),
    };
  }
  return withFacts(contact, { replaced });
}

/** Values are again what they were before a person's correction, and whose they were. What was not corrected stays. */
export function takenBack(contact: Contact, names: readonly string[]): Contact {
  let back = contact;
  for (const name of names) {
    const { [name]: former, ...replaced } = back.facts.replaced ?? {};
    if (former === undefined) continue;
    const known = withValues(back, { [name]: former.value });
    const owners: Record<string, string> = { ...known.facts.owners };
    delete owners[name];
    if (former.owner !== undefined) owners[name] = former.owner;
    back = withFacts(known, {
      owners: isEmpty(owners) ? undefined : owners,
      replaced: isEmpty(replaced) ? undefined : replaced,
      ...(former.source === undefined ? {} : { sources: { ...known.facts.sources, [name]: former.source } }),
    });
  }
  return back;
}

export function notOwned(contact: Contact, values: Properties): Properties {
  const { owners } = contact.facts;
  if (owners === undefined) return values;
  return Object.fromEntries(Object.entries(values).filter(([name]) => owners[name] === undefined));
}
