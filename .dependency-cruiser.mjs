/** The floors of the house: imports go down only, and never in a circle. Run by the test command. */
const floors = [
  ["errors", "clock", "email-address", "secret-file", "package"],
  ["settings", "tracing"],
  ["log"],
  ["db", "web"],
  ["events"],
  ["contacts", "access"],
  ["tasks", "webhooks"],
  ["crm", "outreach", "alerts", "models"],
  ["workflows", "agents", "monitor", "consumers", "erasure"],
  ["flows"],
  ["engine-settings", "gateway-settings"],
  ["config", "config-schema", "handlers", "maintenance", "work-due"],
  ["workflows-in-force", "work-rules"],
  ["engine-base"],
  ["built-in-agents"],
  ["apply-decision-timeout"],
  ["engine-parts"],
  ["operations"],
  ["queries"],
  ["actions"],
  ["engine"],
  ["engine-handle"],
  ["open-engine"],
  ["create-engine"],
  ["millrace", "load-config"],
  ["mcp/server"],
  ["gateway"],
  ["cli"],
];

const pathOf = (names) => `^packages/millrace/src/(${names.join("|")})(/|\\.ts$)`;

const goDown = floors.slice(0, -1).map((floor, i) => ({
  name: `${floor[0]}-imports-nothing-above`,
  severity: "error",
  from: { path: pathOf(floor), pathNot: "\\.test\\.ts$" },
  to: { path: pathOf(floors.slice(i + 1).flat()) },
}));

export default {
  forbidden: [
    ...goDown,
    {
      name: "no-circles",
      severity: "error",
      from: { path: "^packages" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "source-knows-no-tests",
      severity: "error",
      from: { path: "^packages/[^/]+/src", pathNot: "\\.(test|fixture)\\.ts$" },
      to: { path: "^(test|bench|examples)/" },
    },
    {
      name: "no-undeclared-packages",
      severity: "error",
      // HubSpot's client, the list of countries and MCP's SDK are bundled into what is published (tools/build.ts).
      from: {
        path: "^packages/[^/]+/src",
        pathNot: [
          "\\.test\\.ts$",
          "hubspot/official-client\\.ts$",
          "millrace/src/countries\\.ts$",
          "mcp/server/sdk\\.ts$",
        ],
      },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "simulator-knows-nothing-of-the-engine",
      severity: "error",
      from: { path: "^packages/(hubspot|model)-simulator", pathNot: "\\.test\\.ts$" },
      to: { path: "^(packages/(?!(hubspot|model)-simulator)[^/]+|test|bench|examples)/" },
    },
    {
      name: "packages-below-know-nothing-of-the-engine",
      severity: "error",
      from: { path: "^packages/(embedded-postgres|console)" },
      to: { path: "^packages/(millrace|hubspot-simulator|model-simulator)/" },
    },
    {
      name: "packages-meet-at-their-doors",
      severity: "error",
      from: { path: "^packages/([^/]+)/src", pathNot: "\\.test\\.ts$" },
      to: {
        path: "^packages/",
        pathNot: [
          "^packages/$1/",
          "^packages/[^/]+/src/index\\.ts$",
          "^packages/millrace/src/millrace\\.ts$",
          "^packages/console/index\\.(js|d\\.ts)$",
        ],
      },
    },
    {
      name: "everything-resolves",
      severity: "error",
      from: { path: "^packages/[^/]+/(src|test)/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
