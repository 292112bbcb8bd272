/** Pure rules: no import that runs leads such a file to the database. Run by the test command. */
const PURE = [
  "contacts/(contact|contact-id|derive|fold|form-fields|form-spellings|owned-values|score-bands|whole-number|with-values)",
  "decider/(backtest-tally|cascade|cascade-plan|cascade-unit|plan|run-pure|apply-outcome|layout)",
  "email/policy/(mail-gate|opt-out-\\w+|engagement)",
  "events/(actor|batch-rule|define-event|event|mission-events|operator-events)",
  "flows/[\\w-]+",
  "monitor/thresholds",
  "tasks/(business-hours|catalogue|draft|outcome|retry|task|transition)",
  "workflows/(condition|condition-claims|decide|diagram|lint|lint-branches|lint-loops|number-conditions|number-range|number-set|step-options|workflow|workflow-graph)",
];

export default {
  forbidden: [
    {
      name: "rules-reach-no-database",
      severity: "error",
      from: { path: `^packages/millrace/src/(${PURE.join("|")})\\.ts$` },
      to: { path: "^packages/millrace/src/db/", reachable: true },
    },
    {
      name: "rules-reach-no-machine",
      severity: "error",
      from: { path: `^packages/millrace/src/(${PURE.join("|")})\\.ts$` },
      to: { path: "^(node:)?(fs|net|http|https|child_process|worker_threads)(/|$)", reachable: true },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    // Types are no way to anything: only imports that run count.
    tsPreCompilationDeps: false,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
