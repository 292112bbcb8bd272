/**
 * Every address of HubSpot's API that is called, built here and nowhere else.
 * The numbered family (v3/v4) is the default: all that is known of answers, codes and errors was seen there, 207 in
 * batches above all. HubSpot ends it in 2027; then `hubspot.apiFamily: "2026-09"` is the one switch, and tests run both.
 */
import type { ApiFamily } from "./hubspot-settings.ts";

export type ObjectType = "contacts" | "tasks" | "notes" | "emails";

export type Paths = ReturnType<typeof pathsOf>;

export function pathsOf(family: ApiFamily) {
  const isNumbered = family === "numbered";
  const objects = isNumbered ? "/crm/v3/objects" : `/crm/objects/${family}`;
  const objectAssociations = isNumbered ? "/crm/v4/objects" : `/crm/objects/${family}`;
  const associations = isNumbered ? "/crm/v4/associations" : `/crm/associations/${family}`;
  const properties = isNumbered ? "/crm/v3/properties" : `/crm/properties/${family}`;
  const at = (...parts: string[]) => parts.map(encodeURIComponent).join("/");
  return {
    objects: (type: ObjectType) => `${objects}/${type}`,
    object: (type: ObjectType, id: string) => `${objects}/${type}/${at(id)}`,
    batch: (type: ObjectType, what: "create" | "read" | "update" | "upsert" | "archive") =>
      `${objects}/${type}/batch/${what}`,
    search: (type: ObjectType) => `${objects}/${type}/search`,
    merge: (type: ObjectType) => `${objects}/${type}/merge`,
    privacyDelete: () => `${objects}/contacts/gdpr-delete`,
    /** Joins pairs in the way HubSpot thinks usual; doing it twice is doing it once. */
    associateDefault: (from: ObjectType, to: ObjectType) => `${associations}/${from}/${to}/batch/associate/default`,
    readAssociations: (from: ObjectType, to: ObjectType) => `${associations}/${from}/${to}/batch/read`,
    associationsOf: (from: ObjectType, id: string, to: ObjectType) =>
      `${objectAssociations}/${from}/${at(id)}/associations/${to}`,
    properties: (type: ObjectType) => `${properties}/${type}`,
    property: (type: ObjectType, name: string) => `${properties}/${type}/${at(name)}`,
    propertyGroups: (type: ObjectType) => `${properties}/${type}/groups`,
    accountDetails: () => (isNumbered ? "/account-info/v3/details" : `/account-info/${family}/details`),
    usage: () => `${isNumbered ? "/account-info/v3" : `/account-info/${family}`}/api-usage/daily/private-apps`,
    tokenInfo: () => "/oauth/v2/private-apps/get/access-token-info",
    owners: () => (isNumbered ? "/crm/v3/owners" : `/crm/owners/${family}`),
    forms: () => (isNumbered ? "/marketing/v3/forms" : `/marketing/forms/${family}`),
    formSubmissions: (form: string) => `/form-integrations/v1/submissions/forms/${at(form)}`,
    /** What HubSpot's own marketing e-mails led to. */
    emailEvents: () => "/email/public/v1/events",
    listMembers: (list: string) => `${isNumbered ? "/crm/v3/lists" : `/crm/lists/${family}`}/${at(list)}/memberships`,
    preferences: (email: string) => `${preferencesOf(family)}/statuses/${at(email)}`,
    unsubscribeAll: (email: string) => `${preferencesOf(family)}/statuses/${at(email)}/unsubscribe-all`,
    actionCallback: (callback: string) =>
      `${isNumbered ? "/automation/v4/actions" : `/automation/actions/${family}`}/callbacks/${at(callback)}/complete`,
    webhookSubscriptions: (app: string) =>
      `${isNumbered ? "/webhooks/v3" : `/app-webhooks/${family}`}/${at(app)}/subscriptions`,
    /** An app's own token, for its id and secret. HubSpot ends this address in February 2027. */
    appToken: () => "/oauth/v1/token",
    journalSubscriptions: () => `/webhooks-journal/subscriptions/${JOURNAL}`,
    journalEnd: (end: "earliest" | "latest") => `/webhooks-journal/journal/${JOURNAL}/${end}`,
    journalNext: (offset: string) => `/webhooks-journal/journal/${JOURNAL}/offset/${at(offset)}/next`,
  };
}

/** The journal has no numbered address. */
const JOURNAL = "2026-09";

function preferencesOf(family: ApiFamily): string {
  return family === "numbered" ? "/communication-preferences/v4" : `/communication-preferences/${family}`;
}

/** The part of a path that stays the same whatever it is about, e.g. for a circuit breaker: ids become ":id". */
export function endpointOf(method: string, path: string): string {
  return `${method} ${path.replace(/\/(\d{2,}|[^/]*(%40|@)[^/]*|[0-9a-f-]{36})(?=\/|$)/g, "/:id")}`;
}
