/** What the command line reads and writes: values of options, tables, secrets. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ErrorCode, MillraceError } from "../base/errors.ts";
import { redacted } from "../settings/redacted.ts";
import { EXIT, failureOf } from "./exit-codes.ts";
import { parseId, parseRate, parseSince, wholeNumber } from "./parse.ts";
import { harmless, span, table } from "./text.ts";

const usage = { name: "CliError", code: "usage" };

test("rates are per second, or per minute when they say so", () => {
  assert.equal(parseRate("5"), 5);
  assert.equal(parseRate("5/s"), 5);
  assert.equal(parseRate("300/min"), 5);
  for (const text of ["", "0", "-1", "5/h", "fast"]) assert.throws(() => parseRate(text), usage, text);
});

test("--since takes a time ago or a moment", () => {
  const now = Date.UTC(2026, 2, 2, 9);
  assert.equal(parseSince("30m", "--since", now), now - 1_800_000);
  assert.equal(parseSince("2h", "--since", now), now - 7_200_000);
  assert.equal(parseSince("7d", "--since", now), now - 7 * 86_400_000);
  assert.equal(parseSince("2026-03-01", "--since", now), Date.UTC(2026, 2, 1));
  for (const text of ["", "soon", "30", "m", "1y"]) assert.throws(() => parseSince(text, "--since", now), usage, text);
});

test("numbers outside of their range and ids that are none are usage errors that show how to write it", () => {
  const limit = wholeNumber("--limit", { from: 1, to: 10 });
  assert.equal(limit("10"), 10);
  for (const text of ["0", "11", "1.5", "1e1", ""]) assert.throws(() => limit(text), usage, text);
  for (const text of ["", "0", "-1", "1.5", "x", undefined]) assert.throws(() => parseId("a task", text), usage, text);
});

test("errors end with the exit code of their kind", () => {
  const endOf = (code: ErrorCode) => failureOf(new MillraceError(code, { saw: "x", next: "y" })).exitCode;
  assert.equal(endOf("not_found"), EXIT.failure);
  assert.equal(endOf("database_locked"), EXIT.setup);
  assert.equal(endOf("invalid_workflow"), EXIT.findings);
  assert.deepEqual([endOf("not_signed_in"), endOf("forbidden")], [EXIT.notAuthorised, EXIT.notAuthorised]);
  assert.deepEqual(failureOf(new TypeError("odd")), {
    ...failureOf(new Error("odd")),
    code: "bug",
    exitCode: EXIT.failure,
  });
});

test("what a form sends cannot steer the terminal that shows it", () => {
  assert.equal(harmless("a\u001b[31mred\u0007\nb\u202e"), "a�[31mred� b�");
  assert.ok(!table(["NAME"], [["\u001b]0;title\u0007"]]).includes("\u001b"));
});

test("a table's columns are as wide as their longest cell and end at the terminal's edge", () => {
  assert.equal(
    table(
      ["ID", "NAME"],
      [
        ["1", "Ada"],
        ["100", "Grace Hopper"],
      ],
      0,
    ),
    "ID   NAME\n1    Ada\n100  Grace Hopper",
  );
  assert.equal(table(["ID", "NAME"], [["100", "Grace Hopper"]], 10), "ID   NAME\n100  Grac…");
});

test("spans are told in the unit a person would use", () => {
  assert.deepEqual([12, 1_500, 240_000, 7_200_000, 3 * 86_400_000].map(span), [
    "12 ms",
    "1.5 s",
    "4 min",
    "2 h",
    "3 d",
  ]);
});

test("no secret is left in the settings that are shown", () => {
  const shown = JSON.stringify(
    redacted({
      databaseUrl: "postgres://ada:hush@db/leads",
      mail: { smtpUrl: "smtp://ada:hush@mail", from: "Ada <ada@example.com>" },
      alerts: {
        sales: [
          { type: "slack", url: "https://hooks.slack.com/services/hush" },
          { type: "webhook", url: "https://x.example/hush", secret: "whsec_hush" },
        ],
      },
      gateway: { port: 1, webhookSecrets: { stripe: "whsec_hush" } },
    }),
  );
  assert.doesNotMatch(shown, /hush/);
  assert.match(shown, /postgres:\/\/ada:hidden@db\/leads/);
  assert.match(shown, /ada@example\.com/);
});
