/**
 * What all processes know of a server: whether it is left alone for a while, and how its tools were described when they were first
 * seen. A row each, so that a dead server asks a person once, however many processes and leads meet it.
 */
import { createHash } from "node:crypto";
import type { Database, Queryable } from "../../db/database.ts";
import { gathered, type Written } from "../../db/gathered.ts";
import type { OfferedTool } from "./connection.ts";

export interface ServerState {
  readonly name: string;
  readonly state: "up" | "down";
  readonly error: string | null;
  /** Since when it is down; milliseconds. */
  readonly since: number | null;
  readonly retryAt: number | null;
  /** Tools that are not as they were first seen. */
  readonly changed: readonly string[];
}

const FIRST_PAUSE_MS = 30_000;
const MAX_PAUSE_MS = 600_000;

export function readServers(db: Queryable): Promise<ServerState[]> {
  return db.query(
    `select name, state, error, since, retry_at as "retryAt", coalesce(changed, '{}') as changed from mcp_servers order by name`,
  );
}

/** "up": ask it. "trial": its pause is over, and this call is the one that tries it. */
export type MayAsk = { readonly is: "up" | "trial" } | { readonly is: "down"; readonly error: string | null };

/**
 * May a server be asked? One that is down is tried by one call at a time when its pause is over; `holdMs` is how long others wait
 * for that one.
 */
export function permission(db: Database): (name: string, now: number, holdMs: number) => Promise<MayAsk> {
  // Asked before each call of a tool: those that come at the same moment are one question.
  const down = gathered((names: readonly string[]) => downAmong(db, names));
  return async (name, now, holdMs) => {
    const row = await down(name);
    return row === undefined ? { is: "up" } : tryAgain(db, row, now, holdMs);
  };
}

interface DownRow {
  readonly name: string;
  readonly error: string | null;
}

async function downAmong(db: Database, names: readonly string[]): Promise<readonly Written<DownRow | undefined>[]> {
  const rows = await db.query<DownRow>(
    "select name, error from mcp_servers where name = any($1::text[]) and state = 'down'",
    [[...new Set(names)]],
    "mcp_down_among",
  );
  return names.map((name) => ({ result: rows.find((row) => row.name === name) }));
}

async function tryAgain(db: Database, { name, error }: DownRow, now: number, holdMs: number): Promise<MayAsk> {
  const tried = await db.query(
    `update mcp_servers set retry_at = to_timestamp($3::float8 / 1000)
      where name = $1 and state = 'down' and retry_at <= to_timestamp($2::float8 / 1000) returning 1`,
    [name, now, now + holdMs],
  );
  return tried.length > 0 ? { is: "trial" } : { is: "down", error };
}

/**
 * Leaves a server alone: 30 seconds, and twice as long for each trial that fails, ten minutes at most.
 * @returns true for the task that is to tell it: the one that found the server down first.
 */
export async function noteDown(
  db: Database,
  name: string,
  failed: { readonly error: string; readonly task: number; readonly isTrial: boolean; readonly now: number },
): Promise<boolean> {
  const { error, task, isTrial, now } = failed;
  const [row] = await db.query<{ mustReport: boolean }>(
    `insert into mcp_servers as s (name, state, error, since, retry_at, failures, told_by)
     values ($1, 'down', $2, to_timestamp($4::float8 / 1000), to_timestamp(($4::float8 + $5) / 1000), 1, $3)
     on conflict (name) do update set
       state = 'down', error = excluded.error,
       since = case when s.state = 'down' then s.since else excluded.since end,
       told_by = case when s.state = 'down' then s.told_by else excluded.told_by end,
       failures = s.failures + case when s.state = 'up' or $7 then 1 else 0 end,
       retry_at = case when s.state = 'up' then excluded.retry_at
                       when $7 then to_timestamp(($4::float8 + least($5 * power(2, s.failures), $6)) / 1000)
                       else s.retry_at end
     returning told_by = $3 as "mustReport"`,
    [name, error.slice(0, 2_000), task, now, FIRST_PAUSE_MS, MAX_PAUSE_MS, isTrial],
  );
  return row?.mustReport ?? true;
}

export async function noteUp(db: Database, name: string): Promise<void> {
  await db.query(
    `update mcp_servers set state = 'up', error = null, since = null, retry_at = null, failures = 0, told_by = null
      where name = $1 and state = 'down'`,
    [name],
    "mcp_note_up",
  );
}

/** SHA-256 of what a model is told of a tool. */
export function hashOf({ name, description, inputSchema, isReadOnly }: OfferedTool): string {
  return createHash("sha256")
    .update(JSON.stringify([name, description, inputSchema, isReadOnly]))
    .digest("hex");
}

/**
 * Compares what a server offers with what was seen first. Other settings of the server, as another version, begin anew.
 * @param settings hash of its settings.
 * @returns names of tools that are described otherwise than before. A tool that is new is seen first now.
 */
export async function seenTools(
  db: Database,
  name: string,
  { settings, tools }: { readonly settings: string; readonly tools: Iterable<OfferedTool> },
): Promise<readonly string[]> {
  const offered = Object.fromEntries([...tools].map((tool) => [tool.name, hashOf(tool)]));
  const [row] = await db.query<{ tools: Record<string, string> }>(
    `insert into mcp_servers as s (name, settings, tools, offered) values ($1, $2, $3, $3)
     on conflict (name) do update set
       -- The first description of a tool stays: what is known wins over what is offered.
       tools = case when s.settings = excluded.settings then excluded.tools || s.tools else excluded.tools end,
       settings = excluded.settings, offered = excluded.offered
     returning tools`,
    [name, settings, JSON.stringify(offered)],
  );
  const known = row?.tools ?? offered;
  const changed = Object.keys(offered).filter((tool) => known[tool] !== offered[tool]);
  await db.query("update mcp_servers set changed = $2 where name = $1 and changed is distinct from $2", [
    name,
    changed,
  ]);
  return changed;
}

/** A person has looked at what the server offers now. @returns the tools that had changed; [] when none had. */
export async function acceptTools(db: Queryable, name: string): Promise<readonly string[]> {
  const [row] = await db.query<{ changed: string[] }>(
    "select changed from mcp_servers where name = $1 and changed <> '{}' for update",
    [name],
  );
  await db.query("update mcp_servers set tools = offered, changed = '{}' where name = $1", [name]);
  return row?.changed ?? [];
}
