#!/usr/bin/env bash
# graphile-worker 0.18.0: a job that is added under the key of one that waits takes its place. Added together, two jobs of one key are an
# error of PostgreSQL's, and none of the batch is added. Who gathers jobs to add them at once (two events of one lead in a second) has
# to see to it that each key is there once, or loses the whole batch.
# Seen, on PGlite 0.5.14: "ON CONFLICT DO UPDATE command cannot affect row a second time", 0 jobs; one by one, 1 job, the second.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund graphile-worker@0.18.0 @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17
cat > look.mjs << 'JS'
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { Logger, makeWorkerUtils } from "graphile-worker";

const database = await PGlite.create();
const server = new PGLiteSocketServer({ db: database, host: "127.0.0.1", port: 0 });
const listening = new Promise((resolve) =>
  server.addEventListener("listening", ({ detail }) => resolve(detail.port)),
);
await server.start();
const connectionString = `postgres://postgres@127.0.0.1:${await listening}/postgres?sslmode=disable`;
const utils = await makeWorkerUtils({ connectionString, maxPoolSize: 1, logger: new Logger(() => () => {}) });
await utils.migrate();
const count = async () =>
  (await utils.withPgClient((client) => client.query("select count(*)::int as jobs from graphile_worker.jobs"))).rows[0].jobs;
const job = (points) => ({ identifier: "score", payload: { points }, jobKey: "ada" });
const said = await utils.addJobs([job(1), job(2), { ...job(3), jobKey: "bob" }]).then(
  () => "added",
  ({ message }) => message,
);
console.log(`together: ${said}; ${await count()} jobs`);
await utils.addJob("score", { points: 1 }, { jobKey: "ada" });
const { payload } = await utils.addJob("score", { points: 2 }, { jobKey: "ada" });
console.log(`one by one: ${await count()} job, ${JSON.stringify(payload)}`);
process.exit(0);
JS
seen=$(node look.mjs)
printf '%s\n' "$seen"
wanted=$(printf '%s\n' "together: ON CONFLICT DO UPDATE command cannot affect row a second time; 0 jobs" 'one by one: 1 job, {"points":2}')
[ "$seen" = "$wanted" ] || { echo "It behaves otherwise now." >&2; exit 1; }
