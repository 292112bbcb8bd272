/** Who may be written to: subscription types, what a person said to each, and the word that ends all of them. */
import { z } from "zod";
import { type Account, type Consent, getOrMake, isoOf, type Source } from "../account/account.ts";
import { CONTACT } from "../account/object-types.ts";
import { findByUnique, putValues } from "../account/records.ts";
import { invalid } from "../http/api-error.ts";
import { type Answer, type Call, neededTable, ok, parsed, type Route } from "../http/route.ts";

const LEGAL_BASES = [
  "LEGITIMATE_INTEREST_PQL",
  "LEGITIMATE_INTEREST_CLIENT",
  "LEGITIMATE_INTEREST_OTHER",
  "PERFORMANCE_OF_CONTRACT",
  "CONSENT_WITH_NOTICE",
  "NON_GDPR",
  "PROCESS_AND_STORE",
] as const;
const basis = { legalBasis: z.enum(LEGAL_BASES).nullish(), legalBasisExplanation: z.string().nullish() };
const id = z.union([z.string(), z.number()]).transform(String);
const v3Schema = z.object({ emailAddress: z.email(), subscriptionId: id, ...basis });
const v4Schema = z.object({
  subscriptionId: id,
  statusState: z.enum(["SUBSCRIBED", "UNSUBSCRIBED", "NOT_SPECIFIED"]),
  channel: z.literal("EMAIL"),
  ...basis,
});

/** The key under which a person's "nothing more at all" is kept. */
const ALL = "all";

function saidBy(account: Account, email: string): Map<string, Consent> {
  return getOrMake(account.consents, email.toLowerCase(), () => new Map());
}

function keep(account: Account, email: string, key: string, status: string, given: z.infer<z.ZodObject<typeof basis>>) {
  const { legalBasis, legalBasisExplanation } = given;
  saidBy(account, email).set(key, {
    status,
    at: account.now(),
    ...(legalBasis ? { legalBasis } : {}),
    ...(legalBasisExplanation ? { legalBasisExplanation } : {}),
  });
}

/** The read-only flag on the contact follows what was said. */
function markContact(account: Account, email: string, isOut: boolean, source: Source): void {
  const table = neededTable(account, CONTACT);
  const record = findByUnique(table, "email", email);
  if (record !== undefined) putValues(account, table, record, new Map([["hs_email_optout", String(isOut)]]), source);
}

function typeOf(account: Account, subscriptionId: string) {
  const type = account.subscriptionTypes.find((known) => known.id === subscriptionId);
  if (type === undefined) throw invalid(`Subscription ${subscriptionId} does not exist`);
  return type;
}

const isOutOfAll = (account: Account, email: string): boolean =>
  account.consents.get(email.toLowerCase())?.get(ALL)?.status === "UNSUBSCRIBED";

function shownV3(account: Account, email: string, type: Account["subscriptionTypes"][number]) {
  const said = account.consents.get(email.toLowerCase())?.get(type.id);
  const isOut = isOutOfAll(account, email);
  const isIn = !isOut && said?.status === "SUBSCRIBED";
  return {
    id: type.id,
    name: type.name,
    description: type.description,
    status: isIn ? "SUBSCRIBED" : "NOT_SUBSCRIBED",
    sourceOfStatus: isOut ? "PORTAL_WIDE_STATUS" : "SUBSCRIPTION_STATUS",
    preferenceGroupName: null,
    legalBasis: said?.legalBasis ?? null,
    legalBasisExplanation: said?.legalBasisExplanation ?? null,
  };
}

function definitions({ account }: Call): Answer {
  return ok({
    subscriptionDefinitions: account.subscriptionTypes.map((type) => ({
      id: type.id,
      name: type.name,
      description: type.description,
      purpose: type.purpose,
      communicationMethod: "Email",
      isActive: true,
      isDefault: true,
      isInternal: type.isInternal,
      createdAt: type.createdAt,
      updatedAt: type.createdAt,
    })),
  });
}

function statusV3({ account, params }: Call): Answer {
  const recipient = params.email ?? "";
  return ok({
    recipient,
    subscriptionStatuses: account.subscriptionTypes.map((type) => shownV3(account, recipient, type)),
  });
}

function subscribeV3({ account, body }: Call): Answer {
  const given = parsed(v3Schema, body);
  const type = typeOf(account, given.subscriptionId);
  const before = account.consents.get(given.emailAddress.toLowerCase())?.get(type.id)?.status;
  if (before === "UNSUBSCRIBED" || isOutOfAll(account, given.emailAddress)) {
    throw invalid(`${given.emailAddress} has unsubscribed and cannot be subscribed again through the API`);
  }
  keep(account, given.emailAddress, type.id, "SUBSCRIBED", given);
  return ok(shownV3(account, given.emailAddress, type));
}

function unsubscribeV3({ account, body }: Call): Answer {
  const given = parsed(v3Schema, body);
  const type = typeOf(account, given.subscriptionId);
  keep(account, given.emailAddress, type.id, "UNSUBSCRIBED", given);
  return ok(shownV3(account, given.emailAddress, type));
}

function shownV4(account: Account, email: string, type: Account["subscriptionTypes"][number]) {
  const said = account.consents.get(email.toLowerCase())?.get(type.id);
  const isOut = isOutOfAll(account, email);
  return {
    subscriberIdString: email,
    subscriptionId: Number(type.id),
    subscriptionName: type.name,
    status: isOut ? "UNSUBSCRIBED" : (said?.status ?? "NOT_SPECIFIED"),
    source: isOut ? "PORTAL_WIDE_STATUS" : "SUBSCRIPTION_STATUS",
    channel: "EMAIL",
    businessUnitId: 0,
    legalBasis: said?.legalBasis ?? null,
    legalBasisExplanation: said?.legalBasisExplanation ?? null,
    setStatusSuccessReason: null,
    timestamp: isoOf(said?.at ?? account.now()),
  };
}

function batchOf(account: Account, results: unknown[]) {
  const at = isoOf(account.now());
  return { status: "COMPLETE", results, startedAt: at, completedAt: at };
}

function statusV4({ account, params, query }: Call): Answer {
  if (query.get("channel") !== "EMAIL") throw invalid("channel is required and must be EMAIL");
  const all = account.subscriptionTypes.map((type) => shownV4(account, params.email ?? "", type));
  return ok(batchOf(account, all));
}

function setStatusV4({ account, params, body }: Call): Answer {
  const given = parsed(v4Schema, body);
  const email = params.email ?? "";
  const type = typeOf(account, given.subscriptionId);
  keep(account, email, type.id, given.statusState, given);
  return ok(batchOf(account, [shownV4(account, email, type)]));
}

function shownAll(account: Account, email: string) {
  const said = account.consents.get(email.toLowerCase())?.get(ALL);
  return {
    subscriberIdString: email,
    channel: "EMAIL",
    status: said?.status ?? "NOT_SPECIFIED",
    wideStatusType: "PORTAL_WIDE",
    timestamp: isoOf(said?.at ?? account.now()),
  };
}

function readAll({ account, params }: Call): Answer {
  return ok(batchOf(account, [shownAll(account, params.email ?? "")]));
}

function leaveAll({ account, params, query, source }: Call): Answer {
  const email = params.email ?? "";
  keep(account, email, ALL, "UNSUBSCRIBED", {});
  markContact(account, email, true, source);
  return ok(batchOf(account, query.get("verbose") === "true" ? [shownAll(account, email)] : []));
}

const READ = ["communication_preferences.read", "communication_preferences.read_write"];
const WRITE = ["communication_preferences.write", "communication_preferences.read_write"];

export function preferenceRoutes(): Route[] {
  const v3 = "/communication-preferences/v3";
  const later = ["v4", "2026-03", "2026-09"].flatMap((version): Route[] => {
    const root = `/communication-preferences/${version}`;
    const all = `${root}/statuses/:email/unsubscribe-all`;
    return [
      { method: "GET", path: `${root}/definitions`, handle: definitions, scopes: READ },
      { method: "GET", path: `${root}/statuses/:email`, handle: statusV4, scopes: READ },
      { method: "POST", path: `${root}/statuses/:email`, handle: setStatusV4, scopes: WRITE },
      { method: "GET", path: all, handle: readAll, scopes: READ },
      { method: "POST", path: all, handle: leaveAll, scopes: WRITE },
    ];
  });
  return [
    { method: "GET", path: `${v3}/definitions`, handle: definitions, scopes: READ },
    { method: "GET", path: `${v3}/status/email/:email`, handle: statusV3, scopes: READ },
    { method: "POST", path: `${v3}/subscribe`, handle: subscribeV3, scopes: WRITE },
    { method: "POST", path: `${v3}/unsubscribe`, handle: unsubscribeV3, scopes: WRITE },
    ...later,
  ];
}
