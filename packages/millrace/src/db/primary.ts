/**
 * Which of several hosts takes writes. The driver (pg 8.23) knows one host and ignores target_session_attrs, so all are asked at
 * once, each for a short while: of two that say yes, an old primary and the standby that was promoted, the later timeline is right.
 */
import pg from "pg";
import { messageOf } from "../base/errors.ts";

const WITHIN_MS = 3_000;

interface Answer {
  readonly url: string;
  readonly timeline: number;
}

/**
 * @param urls an address for each host.
 * @throws Error with a code of PostgreSQL's for "not now" when none takes writes, so that it is tried again.
 */
export async function primaryOf(urls: readonly string[]): Promise<string> {
  const said = await Promise.allSettled(urls.map(ask));
  const [primary] = said
    .flatMap((one) => (one.status === "fulfilled" && one.value !== undefined ? [one.value] : []))
    .toSorted((a, b) => b.timeline - a.timeline);
  if (primary !== undefined) return primary.url;
  const each = urls.map((url, i) => `${new URL(url).host}: ${wordsOf(said[i])}`);
  throw Object.assign(new Error(`none of the hosts takes writes (${each.join("; ")})`), { code: "57P03" });
}

/** @returns undefined for a standby. */
async function ask(url: string): Promise<Answer | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: WITHIN_MS, query_timeout: WITHIN_MS });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ isStandby: boolean; timeline: number }>(
      `select pg_is_in_recovery() or current_setting('default_transaction_read_only')::boolean as "isStandby",
              case when pg_is_in_recovery() then 0 else ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int end as timeline`,
    );
    const [row] = rows;
    return row === undefined || row.isStandby ? undefined : { url, timeline: row.timeline };
  } finally {
    await client.end().catch(() => {});
  }
}

function wordsOf(said: PromiseSettledResult<Answer | undefined> | undefined): string {
  return said?.status === "rejected" ? messageOf(said.reason) : "a standby";
}
