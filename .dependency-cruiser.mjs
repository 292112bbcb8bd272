/** The floors of the house: imports go down only, and never in a circle. Run by the test command. */
const floors = [
  ["base"],
  ["settings"],
  ["logging"],
  ["db", "web"],
  ["events"],
  ["contacts", "access"],
  ["tasks", "webhooks"],
  ["intake"],
  ["email", "models", "mcp/client"],
  ["crm", "alerts"],
  ["workflows", "agents", "monitor", "consumers", "privacy", "restore"],
  ["decider"],
  ["flows", "backup"],
  ["config"],
  ["operations"],
  ["queries"],
  ["actions"],
  ["engine"],
  ["index"],
  ["load-config"],
  ["mcp/server", "testing"],
  ["http"],
  ["cli"],
];

const pathOf = (names) => `^packages/millrace/src/(${names.join("|")})(/|\\.ts$)`;

/** Rooms of one floor do not know each other. */
const apart = floors.flatMap((floor) =>
  floor.length === 1
    ? []
    : floor.map((room) => ({
        name: `${room.replace("/", "-")}-knows-no-neighbour`,
        severity: "error",
        from: { path: pathOf([room]), pathNot: "\\.test\\.ts$" },
        to: { path: pathOf(floor.filter((other) => other !== room)) },
      })),
);

const goDown = floors.slice(0, -1).map((floor, i) => ({
  name: `${floor[0]}-imports-nothing-above`,
  severity: "error",
  from: { path: pathOf(floor), pathNot: "\\.test\\.ts$" },
  to: { path: pathOf(floors.slice(i + 1).flat()) },
}));

export default {
  forbidden: [
    ...goDown,
    ...apart,
    {
      name: "only-the-pipeline-and-append-write-the-log",
      severity: "error",
      from: {
        path: "^packages/millrace/src/",
        pathNot: ["\\.test\\.ts$", "/events/append\\.ts$", "/src/intake/ingest\\.ts$", "/src/decider/"],
      },
      to: { path: "^packages/millrace/src/events/log-writer\\.ts$" },
    },
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
      // HubSpot's client, the list of countries, MCP's SDK and what checks passkeys are bundled into what is published (tools/build.ts).
      // The console is built whole: nothing of what it is made of is needed once it is.
      from: {
        path: "^packages/[^/]+/src",
        pathNot: [
          "^packages/console/",
          "\\.test\\.ts$",
          "hubspot/client/official-client\\.ts$",
          "millrace/src/base/countries\\.ts$",
          "mcp/(server|client)/sdk\\.ts$",
          "access/webauthn-library\\.ts$",
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
          "^packages/millrace/src/index\\.ts$",
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
