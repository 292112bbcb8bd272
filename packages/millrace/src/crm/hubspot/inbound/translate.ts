/**
 * What a change in HubSpot means here: the event it becomes. Pure. Called by take-changes.ts for each change, in the
 * order in which HubSpot says they happened.
 *
 * Every change is in the log, so nothing is lost; the ones that change nothing here become `crm_change_noted`, to
 * which no one reacts: our own writes coming back (echoes), what came too late, what we knew. That is how loops end.
 *
 * Two may write the same property. HubSpot's last value wins, by HubSpot's own clock: our value coming back after
 * someone else's is taken, a change older than the newest one heard is only noted.
 */
import { parseEmailAddress } from "../../../base/email-address.ts";
import type { PropertyValue } from "../../../events/define-event.ts";
import type { ContactReference, Json, Position } from "../../../events/event.ts";
import type { Written } from "../../difference.ts";
import { textOf } from "../outbound/contact-mapping.ts";
import type { HubspotChange } from "./change.ts";

/** The newest value HubSpot sent. */
export interface RemoteValue {
  readonly value: string;
  /** HubSpot's clock. */
  readonly at: number;
  /** The event that carried it; 0 when it was nothing new. */
  readonly position: Position;
}
export type RemoteSnapshot = Readonly<Record<string, RemoteValue>>;

/** A contact of ours as far as this is concerned. */
export interface KnownContact {
  readonly contact: string;
  readonly hubspotId: string;
  /** The last event folded into `properties`. */
  readonly position: Position;
  readonly properties: Readonly<Record<string, PropertyValue>>;
  readonly isOptedOut: boolean;
  /** When HubSpot had the record no more, by HubSpot's clock; null while it is there. */
  readonly deletedAt: number | null;
  readonly written: Written;
  readonly heard: RemoteSnapshot;
}

export interface TranslationRules {
  /** Our names by HubSpot's. */
  readonly ours: Readonly<Record<string, string>>;
  /** HubSpot's properties that say, when true, that the contact wants no mail. */
  readonly optOuts: ReadonlySet<string>;
}

export interface Translation {
  readonly type: string;
  readonly data: Json;
  readonly contact?: ContactReference;
  readonly actor: string;
  /** What was heard by it; `isTaken` when it is new here. */
  readonly heard?: { readonly name: string; readonly value: string; readonly at: number; readonly isTaken: boolean };
}

/** Why a change changes nothing here. */
export type Because = "echo" | "stale" | "known" | "not ours" | "erased";

const NUMBERS: ReadonlySet<string> = new Set(["lead_score", "numberofemployees", "employees", "annualrevenue"]);
/** How far our clock and HubSpot's may differ, and how long a write of ours may take to come back. */
const SKEW_MS = 60_000;
const ECHO_WITHIN_MS = 900_000;

/** @param known undefined only for what is not about a contact. */
export function translate(
  change: HubspotChange,
  known: KnownContact | undefined,
  rules: TranslationRules,
): Translation {
  if (change.object !== "contact" || known === undefined) return noted(change, "not ours");
  const whom = { externalIds: { hubspot: change.objectId } };
  switch (change.kind) {
    case "propertyChange":
      return propertyChanged(change, known, rules);
    case "deletion":
      if (known.deletedAt !== null) return noted(change, "known", whom);
      return { type: "contact_deleted", data: { ...whom, system: "hubspot" }, contact: whom, actor: actorOf(change) };
    case "restore":
      if (known.deletedAt === null) return noted(change, "known", whom);
      if (change.occurredAt < known.deletedAt) return noted(change, "stale", whom);
      return { type: "contact_restored", data: { ...whom, system: "hubspot" }, contact: whom, actor: actorOf(change) };
    case "privacyDeletion": {
      const data = { ...whom, system: "hubspot" };
      return { type: "privacy_deletion_requested", data, contact: whom, actor: actorOf(change) };
    }
    case "creation":
      return noted(change, isOurs(change) ? "echo" : "known", whom);
    default:
      return noted(change, "not ours", whom);
  }
}

function propertyChanged(change: HubspotChange, known: KnownContact, rules: TranslationRules): Translation {
  const { property: name = "", value = "", occurredAt: at, objectId } = change;
  const whom: ContactReference = { externalIds: { hubspot: objectId } };
  const because = whyNothing(change, known, rules);
  const heard = known.heard[name];
  if (because !== undefined) {
    const isNewest = because !== "stale" && (heard === undefined || at >= heard.at);
    return { ...noted(change, because, whom), ...(isNewest ? { heard: { name, value, at, isTaken: false } } : {}) };
  }
  const taken = { heard: { name, value, at, isTaken: true }, actor: actorOf(change) };
  if (isOptOut(change, rules)) {
    return { type: "opted_out", data: { externalIds: { hubspot: objectId }, by: "hubspot" }, contact: whom, ...taken };
  }
  const ours = rules.ours[name] ?? name;
  const before = known.properties[ours] ?? null;
  const from = isUnfolded(known, name) ? propertyOf(ours, heard?.value ?? "", before) : before;
  const changes = { [ours]: { from, to: propertyOf(ours, value, before) } };
  const email = ours === "email" ? parseEmailAddress(value) : undefined;
  return {
    type: "contact_updated",
    data: { externalIds: { hubspot: objectId }, changes },
    contact: { ...whom, ...(email === undefined ? {} : { email }) },
    ...taken,
  };
}

function whyNothing(change: HubspotChange, known: KnownContact, rules: TranslationRules): Because | undefined {
  const { property: name = "", value = "", occurredAt } = change;
  const heard = known.heard[name];
  const current = currentText(known, name, rules);
  if (isOurs(change)) {
    // Ours came behind someone else's that we have taken meanwhile: HubSpot has ours now.
    const isNewer = heard !== undefined && occurredAt >= heard.at;
    return isNewer && value !== heard.value && current === heard.value ? undefined : "echo";
  }
  if (heard !== undefined && occurredAt < heard.at) return "stale";
  if (isHeardAgain(change, known)) return "known";
  if (isOptOut(change, rules)) return known.isOptedOut ? "known" : undefined;
  if (current === value) return "known";
  return isLikelyOurs(change, known) ? "echo" : undefined;
}

/** The same value of the same moment, of a property we write: it was noted together with others, and comes again. */
function isHeardAgain({ property = "", value, occurredAt }: HubspotChange, { heard, written }: KnownContact): boolean {
  const last = heard[property];
  return last !== undefined && written[property] !== undefined && last.at === occurredAt && last.value === value;
}

function isOptOut({ property = "", value }: HubspotChange, { optOuts }: TranslationRules): boolean {
  return optOuts.has(property) && value === "true";
}

/** What we think it is: the newest value heard, as long as that is not folded yet, or the contact's. */
export function currentText(known: KnownContact, name: string, { ours }: TranslationRules): string {
  if (isUnfolded(known, name)) return known.heard[name]?.value ?? "";
  return textOf(known.properties[ours[name] ?? name]);
}

function isUnfolded(known: KnownContact, name: string): boolean {
  return (known.heard[name]?.position ?? 0) > known.position;
}

/** HubSpot says so itself: written by the app the webhook is of. */
export function isOurs({ changeSource, sourceId, appId }: HubspotChange): boolean {
  return !isPersons({ changeSource, sourceId }) && appId !== "" && sourceId === appId;
}

function isPersons({ changeSource, sourceId }: Pick<HubspotChange, "changeSource" | "sourceId">): boolean {
  return changeSource.startsWith("CRM_UI") || changeSource.startsWith("MOBILE") || /^userId:\d+$/.test(sourceId);
}

/** A source that names no one, with the value we wrote, about when we wrote it. */
function isLikelyOurs(change: HubspotChange, known: KnownContact): boolean {
  const last = known.written[change.property ?? ""];
  if (last === undefined || last.kept || last.value !== change.value || isPersons(change)) return false;
  const isSince = change.occurredAt >= last.at - SKEW_MS && change.occurredAt <= last.at + ECHO_WITHIN_MS;
  const heard = known.heard[change.property ?? ""];
  return isSince && (heard === undefined || heard.position === 0 || heard.at < last.at - SKEW_MS);
}

/** HubSpot has text only; what is a number here stays one. */
export function propertyOf(ours: string, text: string, before: PropertyValue = null): PropertyValue {
  if (text === "") return null;
  const isNumber = NUMBERS.has(ours) || typeof before === "number";
  if (isNumber && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  if (typeof before === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

/** "hubspot:7" for user 7. */
export function actorOf({ changeSource, sourceId }: Pick<HubspotChange, "changeSource" | "sourceId">): string {
  if (!isPersons({ changeSource, sourceId })) return "hubspot";
  return `hubspot:${sourceId.replace(/^userId:/, "").slice(0, 100)}`;
}

/** Of someone who is not ours, what it was that changed is nothing for us to keep. */
export function noted(change: HubspotChange, because: Because, contact?: ContactReference): Translation {
  const isOurs = because !== "not ours" && because !== "erased";
  return {
    type: "crm_change_noted",
    data: {
      system: "hubspot",
      change: change.type,
      object: change.objectId,
      ...(change.property === undefined ? {} : { property: change.property }),
      ...(change.property === undefined || !isOurs ? {} : { value: change.value ?? "" }),
      because,
    },
    ...(contact === undefined ? {} : { contact }),
    actor: because === "echo" ? "hubspot:echo" : actorOf(change),
  };
}
