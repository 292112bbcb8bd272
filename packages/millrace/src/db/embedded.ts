/** The embedded database as the engine sees it: what its package reports becomes an error of ours. */
import {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  findInstalled,
  startEmbedded,
} from "@millrace/embedded-postgres";
import { MillraceError } from "../base/errors.ts";

/**
 * Starts the database of a data folder, or adopts the server still running on it.
 * @throws MillraceError `database_locked` when another engine uses the folder, `database_setup` when the
 *   folder, the platform or the settings do not allow a database.
 */
export async function startEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  try {
    return await startEmbedded(options);
  } catch (error) {
    throw asMillraceError(error);
  }
}

/** The embedded database of these settings, started; undefined where a server is named. @throws MillraceError as startEmbeddedDatabase. */
export async function embeddedDatabaseOf({
  databaseUrl,
  dataFolder,
}: {
  readonly databaseUrl?: string;
  readonly dataFolder: string;
}): Promise<EmbeddedPostgres | undefined> {
  return databaseUrl === undefined ? startEmbeddedDatabase({ dataFolder }) : undefined;
}

/** The version of the PostgreSQL programs that are installed for this or another platform. @throws MillraceError `database_setup` when there are none. */
export function installedPostgresVersion(platform?: string, arch?: string): string {
  try {
    return findInstalled(platform, arch).version;
  } catch (error) {
    throw asMillraceError(error);
  }
}

function asMillraceError(error: unknown): unknown {
  return error instanceof EmbeddedPostgresError ? new MillraceError(error.code, error.parts) : error;
}
