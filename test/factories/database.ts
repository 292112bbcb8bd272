/** A database of its own for each test, copied from the migrated template of the run's cluster. */
import { after } from "node:test";
import { type Cluster, execute, startCluster, TEMPLATE, VARIABLE, withDatabase } from "./cluster.ts";

let own: Promise<Cluster> | undefined;
let counter = 0;

after(stopOwn);

/** The URL of a database nobody else uses, its schema up to date; `drop` removes it. */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const cluster = await clusterUrl();
  counter += 1;
  const name = `t_${process.pid}_${counter}_${Date.now().toString(36)}`;
  await execute(cluster, `create database ${name} template ${TEMPLATE}`);
  return {
    url: withDatabase(cluster, name),
    drop: () => execute(cluster, `drop database if exists ${name} with (force)`),
  };
}

async function clusterUrl(): Promise<string> {
  const shared = process.env[VARIABLE];
  if (shared !== undefined && own === undefined) return shared;
  // A test file run alone brings its own cluster and takes it away again.
  own ??= startCluster();
  return (await own).url;
}

async function stopOwn(): Promise<void> {
  if (own === undefined) return;
  const cluster = await own;
  own = undefined;
  delete process.env[VARIABLE];
  await cluster.stop();
}
