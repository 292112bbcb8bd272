/** Who is asking and what account is this: details, usage, owners, custom object schemas, what a token may do. */
import { z } from "zod";
import { isoOf } from "../account/account.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import type { Family } from "../http/families.ts";
import type { RateLimits } from "../http/rate-limits.ts";
import { type Answer, type Call, ok, pageOf, parsed, type Route } from "../http/route.ts";

export type Identity = { token: string; scopes: readonly string[] };

const tokenSchema = z.object({ tokenKey: z.string() });

function offsetOf(timeZone: string, now: number): { text: string; ms: number } {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(now);
  const text = parts.find(({ type }) => type === "timeZoneName")?.value.replace("GMT", "") || "+00:00";
  const [hours = "0", minutes = "0"] = text.slice(1).split(":");
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return { text, ms: text.startsWith("-") ? -ms : ms };
}

function details({ account }: Call): Answer {
  const offset = offsetOf(account.timeZone, account.now());
  return ok({
    portalId: account.portalId,
    accountType: "DEVELOPER_TEST",
    timeZone: account.timeZone,
    companyCurrency: "EUR",
    additionalCurrencies: [],
    utcOffset: offset.text,
    utcOffsetMilliseconds: offset.ms,
    uiDomain: "app.hubspot.com",
    dataHostingLocation: "eu1",
  });
}

const usage =
  (limits: RateLimits) =>
  ({ account }: Call): Answer => {
    const { perDay } = limits.settings;
    const now = account.now();
    return ok({
      results: [
        {
          name: "Private Apps",
          usageLimit: perDay ?? 1_000_000,
          currentUsage: limits.usedToday(),
          collectedAt: isoOf(now),
          fetchStatus: "SUCCESS",
          resetsAt: isoOf(limits.dayEndsAt()),
        },
      ],
    });
  };

function shownOwner(owner: { userId: number; [field: string]: unknown }) {
  return { ...owner, type: "PERSON", userIdIncludingInactive: owner.userId, teams: [] };
}

function listOwners(call: Call): Answer {
  const email = call.query.get("email")?.toLowerCase();
  const isArchived = call.query.get("archived") === "true";
  const all = [...call.account.owners.values()].filter(
    (owner) => owner.archived === isArchived && (email === undefined || owner.email.toLowerCase() === email),
  );
  return ok(pageOf(call, all.map(shownOwner), 100, 500));
}

function readOwner({ account, params, query }: Call): Answer {
  const owner =
    query.get("idProperty") === "userId"
      ? [...account.owners.values()].find(({ userId }) => String(userId) === params.id)
      : account.owners.get(params.id ?? "");
  if (owner === undefined) throw notFound();
  return ok(shownOwner(owner));
}

const introspect =
  ({ token, scopes }: Identity) =>
  ({ account, body }: Call): Answer => {
    if (parsed(tokenSchema, body).tokenKey !== token) {
      throw new ApiError(404, { message: "Unable to find private app access token", category: "OBJECT_NOT_FOUND" });
    }
    return ok({ userId: account.userId, hubId: account.portalId, appId: account.appId, scopes });
  };

const introspectOauth =
  ({ token, scopes }: Identity) =>
  ({ account, params }: Call): Answer => {
    if (params.token !== token) throw new ApiError(404, { message: "access token not found", category: "NOT_FOUND" });
    return ok({
      token,
      user: "sam@example.com",
      hub_domain: "simulator.example.com",
      scopes,
      scope_to_scope_group_pks: [],
      trial_scopes: [],
      trial_scope_to_scope_group_pks: [],
      hub_id: account.portalId,
      app_id: account.appId,
      expires_in: 1_800,
      user_id: account.userId,
      token_type: "access",
      is_private_distribution: true,
    });
  };

export function accountRoutes(family: Family, limits: RateLimits): Route[] {
  return [
    { method: "GET", path: `${family.accountInfo}/details`, handle: details },
    { method: "GET", path: `${family.accountInfo}/api-usage/daily/private-apps`, handle: usage(limits) },
    { method: "GET", path: `${family.accountInfo}/api-usage/daily`, handle: usage(limits) },
    { method: "GET", path: family.owners, handle: listOwners, scopes: ["crm.objects.owners.read"] },
    { method: "GET", path: `${family.owners}/:id`, handle: readOwner, scopes: ["crm.objects.owners.read"] },
    { method: "GET", path: family.schemas, handle: () => ok({ results: [] }) },
  ];
}

export function tokenRoutes(identity: Identity): Route[] {
  return [
    {
      method: "POST",
      path: "/oauth/v2/private-apps/get/access-token-info",
      handle: introspect(identity),
      access: "open",
    },
    { method: "GET", path: "/oauth/v1/access-tokens/:token", handle: introspectOauth(identity), access: "open" },
  ];
}
