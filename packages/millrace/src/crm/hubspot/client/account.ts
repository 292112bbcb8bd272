/**
 * Which HubSpot account the ids here belong to. Ids mean nothing in another account, where the same number is someone
 * else: after a change of account (from the simulator to the real one, say) they are forgotten before anything is
 * written, and contacts are found by their addresses again. Asked once a process, by sync.ts, task-mirror.ts and what comes in.
 */
import type { Database, Tx } from "../../../db/database.ts";
import type { HubspotFailure } from "./answer.ts";
import type { HubspotApi } from "./client.ts";

/** Call it while holding the writer's lease. @returns why it could not be asked; then nothing may be written. */
export type AccountCheck = () => Promise<HubspotFailure | undefined>;

export function accountCheck(db: Database, api: HubspotApi): AccountCheck {
  let isKnown = false;
  return async () => {
    if (isKnown) return undefined;
    const answer = await api.request({
      method: "GET",
      path: api.paths.accountDetails(),
      urgency: "urgent",
      kind: "other",
    });
    if (!answer.ok) return answer.failure;
    const account = accountIn(answer.body);
    if (account === undefined) return NO_ACCOUNT;
    await db.transaction((tx) => settleAccount(tx, account));
    isKnown = true;
    return undefined;
  };
}

/** Everything that was known of another account is forgotten for this answer, so nothing is guessed of it. */
const NO_ACCOUNT: HubspotFailure = {
  kind: "unavailable",
  status: 200,
  message: "HubSpot's answer does not say which account it is.",
};

/** HubSpot's id of the account; undefined when the answer names none. */
export function accountIn(body: unknown): string | undefined {
  const { portalId } = (typeof body === "object" && body !== null ? body : {}) as { readonly portalId?: unknown };
  return /^[1-9]\d*$/.test(String(portalId)) ? String(portalId) : undefined;
}

/** An API that asks nothing before it is known whose account it is. For what comes in: polling, import, newcomers. */
export function ofKnownAccount(api: HubspotApi, check: AccountCheck): HubspotApi {
  return {
    ...api,
    request: async (call) => {
      const failure = await check();
      return failure === undefined ? api.request(call) : { ok: false, failure };
    },
  };
}

async function settleAccount(tx: Tx, account: string): Promise<void> {
  const [before] = await tx.query<{ account: string | null }>("select account from crm_installation for update");
  if (before?.account === account) return;
  await tx.query("update crm_installation set account = $1", [account]);
  if (before?.account == null) return;
  await tx.query("delete from contact_identities where kind = 'hubspot'");
  await tx.query("delete from crm_records");
  await tx.query("delete from crm_tasks");
  await tx.query("delete from suppressions where kind = 'hubspot'");
  await tx.query("delete from crm_heard");
  await tx.query("delete from crm_waiting");
  await tx.query("delete from crm_places");
}
