/** The package's door: a real PostgreSQL in a folder of the user's, started and stopped with the process that needs it. */
export { findInstalled, type InstalledPackage } from "./binaries.ts";
export { type EmbeddedOptions, type EmbeddedPostgres, startEmbedded, urlOfRunning } from "./embedded.ts";
export {
  EmbeddedPostgresError,
  type EmbeddedPostgresErrorCode,
  type EmbeddedPostgresErrorParts,
} from "./errors.ts";
export { freePort, isFree } from "./free-port.ts";
