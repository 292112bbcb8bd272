/** A database of its own for each test, copied from the migrated template of the run's cluster. */
export { execute, withDatabase } from "../../packages/millrace/src/testing/cluster.ts";
export { freshDatabase } from "../../packages/millrace/src/testing/database.ts";
