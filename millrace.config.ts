/**
 * The settings of this checkout. Everything has a default, so nothing needs to stand here; the lines below show what can.
 * The environment wins over this file: DATABASE_URL, MILLRACE_DATA, MILLRACE_SMTP_URL, PORT, also from a file `.env`.
 * packages/millrace/src/config/config.ts describes every setting; `millrace config show` prints those in force.
 */
import { defineConfig } from "millrace";

export default defineConfig({
  // databaseUrl: "postgres://user:password@localhost:5432/millrace",   // default: an embedded PostgreSQL in dataFolder
  // dataFolder: ".millrace",
  // mail: { from: "Ada <ada@example.com>", smtpUrl: "smtp://localhost:1025" },   // default: no e-mail leaves
  // alerts: { sales: [{ type: "email", to: "sales@example.com" }] },   // beside the console, which shows every alert
  // hubspot: { owners: { sales: "77" } },   // the token: HUBSPOT_ACCESS_TOKEN; without one, `start` brings a simulator; false: neither
  // enrichment: { websites: true },   // the enricher visits the websites of companies; default: it asks nobody
  // businessHours: { … },   // default: Monday to Friday, 9 to 17, UTC
  // pack: { bands: { hotAbove: 85, qualifiedAbove: 70, nurtureFrom: 40 }, rearmAfter: "30d" },   // false: without the pack
  // events: {}, tasks: {}, agents: [], templates: {},   // of your own; workflows come from the folder workflows/
  // engine: { leaseMs: 60_000, maxDepth: 12, maxConnections: 10 },
  // gateway: { host: "127.0.0.1", port: 4300, publicUrl: "https://leads.example.com" },
});
