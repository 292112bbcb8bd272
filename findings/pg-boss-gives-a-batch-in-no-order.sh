#!/usr/bin/env bash
# pg-boss 12.38.0: a fetch of several jobs takes those of the highest priority, and gives them in no order: what is most urgent may stand
# last in the array. Who does a batch from its first job to its last, as arrays are read, does urgent work late; it has to be sorted first.
# Seen, on PGlite 0.5.14: six jobs of priorities 0 9 3 7 1 5, fetched together twenty times; most batches are not in order.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund pg-boss@12.38.0 @electric-sql/pglite@0.5.14
cat > look.mjs << 'JS'
import { PGlite } from "@electric-sql/pglite";
import { PgBoss } from "pg-boss";

const pg = await PGlite.create();
const rowsOf = ({ rows, affectedRows = 0 }) => ({ rows, rowCount: affectedRows });
const executeSql = async (text, values = []) =>
  values.length > 0 ? rowsOf(await pg.query(text, values)) : (await pg.exec(text)).map(rowsOf);
const single = async (text, values) => {
  const found = await executeSql(text, values);
  return Array.isArray(found) && found.length === 1 ? found[0] : found;
};
const boss = new PgBoss({ db: { executeSql: single }, supervise: false, schedule: false });
boss.on("error", () => {});
await boss.start();
await boss.createQueue("leads");
let unordered = 0;
for (let i = 0; i < 20; i++) {
  for (const priority of [0, 9, 3, 7, 1, 5]) await boss.send("leads", { priority }, { priority });
  const given = (await boss.fetch("leads", { batchSize: 6 })).map(({ data }) => data.priority);
  if (i < 3) console.log(`batch ${i + 1}: ${given.join(" ")}`);
  if (given.join() !== "9,7,5,3,1,0") unordered += 1;
}
console.log(`${unordered} of 20 batches are not in the order of priority`);
process.exit(unordered > 5 ? 0 : 1);
JS
node look.mjs || { echo "It behaves otherwise now." >&2; exit 1; }
