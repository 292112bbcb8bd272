/** What a token of HubSpot's must be allowed, and what each permission is for. Used by `hubspot check` and `hubspot app`. */

export interface Scope {
  readonly name: string;
  /** What does not work without it. */
  readonly about: string;
  /** Without it nothing is kept in step; without the others only what they are for is missing. */
  readonly isNeeded: boolean;
  /** Names that allow the same and more. */
  readonly also?: readonly string[];
}

const needed = (name: string, about: string, also?: readonly string[]): Scope => ({
  name,
  about,
  isNeeded: true,
  ...(also && { also }),
});
const wanted = (name: string, about: string): Scope => ({ name, about, isNeeded: false });

export const SCOPES: readonly Scope[] = [
  needed("crm.objects.contacts.read", "reading contacts"),
  needed("crm.objects.contacts.write", "writing contacts"),
  needed("communication_preferences.write", "carrying opt-outs to HubSpot", ["communication_preferences.read_write"]),
  wanted("forms", "forms sent at HubSpot start nothing"),
  wanted("sales-email-read", "answers logged in HubSpot come without their words"),
  wanted("content", "openings, clicks and reports of HubSpot's own e-mails are not seen"),
  wanted("crm.lists.read", "HubSpot's lists are not read"),
];

/** For `hubspot app`: the same, and what an app of its own asks for beside it. */
export const APP_SCOPES: readonly string[] = [
  "oauth",
  "automation",
  "crm.schemas.contacts.read",
  "crm.schemas.contacts.write",
  "crm.objects.owners.read",
  ...SCOPES.map(({ name, also }) => also?.[0] ?? name),
].toSorted();

/** Those that a token with the scopes `given` lacks. */
export function missingScopes(given: readonly string[]): readonly Scope[] {
  return SCOPES.filter(({ name, also = [] }) => ![name, ...also].some((scope) => given.includes(scope)));
}
