/** The settings the embedded PostgreSQL runs with: `millrace.conf`, included by its postgresql.conf. */
import { existsSync, readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { giveTo, type Place } from "./data-directory.ts";
import { EmbeddedPostgresError } from "./errors.ts";

/** For a small machine that also runs the engine: durable first, then modest. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  // `minimal` would write less only where a table is made and filled in one transaction, which an engine does
  // not do; `replica` allows a base backup of the running database.
  wal_level: "replica",
  max_wal_senders: "2",
  max_wal_size: "1GB",
  checkpoint_timeout: "15min",
  shared_buffers: "128MB",
  max_connections: "60",
  autovacuum: "on",
  // Compiling costs more than our short queries take.
  jit: "off",
  TimeZone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  // No statements and no failing rows in the log: they would carry contacts' data (invariant I32).
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/** The settings of the last start, as text; "" before the first. */
export function readSettings(place: Place): string {
  const path = settingsPath(place);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

export async function writeSettings(place: Place, text: string): Promise<void> {
  const path = settingsPath(place);
  const draft = `${path}.draft`;
  await writeFile(draft, text, { mode: 0o600 });
  await giveTo(draft, place.user);
  await rename(draft, path);
}

/**
 * The server's settings in the words of postgresql.conf, the caller's over ours.
 * @throws EmbeddedPostgresError `database_setup` for what cannot be written there; whether PostgreSQL knows a setting
 *   it tells itself.
 */
export function renderSettings(settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ ...SETTINGS, ...settings }).map(([name, value]) => {
    if (!/^[a-z_][a-z0-9_.]*$/i.test(name) || /[\r\n]/.test(value)) {
      throw new EmbeddedPostgresError("database_setup", {
        saw: `"${name} = ${value}" cannot be a PostgreSQL setting.`,
        expected: "a name of letters, digits, _ and dots, and a value on one line",
        next: "fix the setting.",
      });
    }
    return `${name} = '${value.replaceAll("'", "''")}'\n`;
  });
  return `# Written by Millrace at every start; edits are lost.\n${lines.join("")}`;
}

function settingsPath(place: Place): string {
  return join(place.cluster, "millrace.conf");
}
