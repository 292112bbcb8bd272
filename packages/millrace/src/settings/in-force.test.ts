/** What `config show` says of each setting: its value in force, and where that comes from. */
import assert from "node:assert/strict";
import { it } from "node:test";
import type { MillraceConfig } from "../config/config.ts";
import { checkedConfig, configSchema } from "../config/config-schema.ts";
import { withEnvironment } from "../load-config/environment.ts";
import { settingsInForce } from "./in-force.ts";

/** [setting, value, source] of those asked for. */
function shown(written: MillraceConfig, env: NodeJS.ProcessEnv, ...names: readonly string[]) {
  const { config, variables } = withEnvironment(written, env);
  const inForce = checkedConfig(config, { source: "x", variables });
  const all = settingsInForce({ schema: configSchema, inForce, written, variables });
  return all
    .filter(({ setting }) => names.includes(setting))
    .map(({ setting, value, source }) => [setting, value, source]);
}

for (const [what, written, env, expected] of [
  ["a default", {}, {}, ["engine.sweepMs", 2_000, "default"]],
  ["a value of the file", { engine: { sweepMs: 9 } }, {}, ["engine.sweepMs", 9, "file"]],
  ["a variable, which wins over the file", { gateway: { port: 1 } }, { PORT: "80" }, ["gateway.port", 80, "PORT"]],
  [
    "a variable in a group that the file does not have",
    {},
    { MILLRACE_IMAP_URL: "imap://a:hush@b" },
    ["mail.inbox.imapUrl", "imap://a:hidden@b", "MILLRACE_IMAP_URL"],
  ],
  ["a group that is switched off", { monitor: false }, {}, ["monitor", false, "file"]],
  ["a secret", {}, { HUBSPOT_ACCESS_TOKEN: "pat-hush" }, ["hubspot.accessToken", "(hidden)", "HUBSPOT_ACCESS_TOKEN"]],
  ["what is not set", {}, {}, ["mail.smtpUrl", null, "default"]],
] as const) {
  it(`config show: ${what}`, () => {
    assert.deepEqual(shown(written, env, expected[0]), [[...expected]]);
  });
}

it("config show: a HubSpot that is switched off stays off, whatever the environment says", () => {
  assert.deepEqual(shown({ hubspot: false }, { HUBSPOT_ACCESS_TOKEN: "pat" }, "hubspot", "hubspot.accessToken"), [
    ["hubspot", false, "file"],
  ]);
});

it("config show: every setting is listed, unless the group it is in is switched off", () => {
  const all = settingsInForce({
    schema: configSchema,
    inForce: checkedConfig({}, { source: "x" }),
    written: {},
    variables: new Map(),
  });
  assert.ok(all.length > 100, String(all.length));
  assert.ok(all.some(({ setting }) => setting === "engine.retry.jitter"));
});
