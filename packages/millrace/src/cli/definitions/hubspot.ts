/** Commands about HubSpot. */
import type { CommandDefinition } from "../command.ts";

export const hubspotCommands: readonly CommandDefinition[] = [
  {
    name: "hubspot setup",
    about: "Make the properties in HubSpot that Millrace writes; what is there stays as it is.",
    examples: ["hubspot setup --dry-run", "hubspot setup", "hubspot setup --json"],
    options: [{ flags: "--dry-run", about: "say what would be made and change nothing" }],
    load: () => import("../commands/hubspot-setup.ts"),
  },
  {
    name: "hubspot check",
    about: "Ask HubSpot whether all is well: token, scopes, properties, calls left.",
    examples: ["hubspot check", "hubspot check --json"],
    load: () => import("../commands/hubspot-check.ts"),
  },
  {
    name: "hubspot app",
    words: "[dir]",
    about: "Write the project of a HubSpot app: webhooks, and actions for HubSpot's workflows and agents.",
    examples: ["hubspot app", "hubspot app my-app --url https://leads.example.com"],
    options: [
      { flags: "--url <address>", about: "where HubSpot reaches your gateway (default: gateway.publicUrl)" },
      { flags: "--force", about: "write over files that are there" },
    ],
    load: () => import("../commands/hubspot-app.ts"),
  },
  {
    name: "hubspot import",
    about: "Take every contact HubSpot has, behind whatever is alive; what is here already is not taken again.",
    examples: ["hubspot import --dry-run", "hubspot import", "hubspot import --json"],
    options: [{ flags: "--dry-run", about: "count, and take nothing" }],
    load: () => import("../commands/hubspot-import.ts"),
  },
];
