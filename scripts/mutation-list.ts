/** The guards that `npm run mutations` takes out, one at a time, with the test that has to see it. That each line is still there is a test (test/proof.test.ts). */

export interface Mutation {
  /** The guard that is gone. */
  readonly guard: string;
  /** Below packages/millrace/src. */
  readonly file: string;
  /** Stands there once. */
  readonly line: string;
  readonly instead: string;
  /** The test file that has to fail. */
  readonly noticedBy: string;
}

export const MUTATIONS: readonly Mutation[] = [
  {
    guard: "the append lock: positions are drawn one process behind the other",
    file: "events/log-writer.ts",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the line as it stands in the file.
    line: "    `select pg_advisory_xact_lock(${LOG_LOCK});\n     select setval",
    instead: "    `select 1;\n     select setval",
    noticedBy: "test/faults/readers.test.ts",
  },
  {
    guard: "the fencing token where a result is decided",
    file: "tasks/queue.ts",
    line: "where tasks.id = held.id and tasks.fence = held.fence and claim is not null and not requested_again returning",
    instead: "where tasks.id = held.id and claim is not null and not requested_again returning",
    noticedBy: "test/faults/fencing.test.ts",
  },
  {
    guard: "a repeated delivery is recognised",
    file: "events/log-writer.ts",
    line: "on conflict (source, id) where id is not null do nothing returning 1)",
    instead: "returning 1)",
    noticedBy: "test/http/forms.test.ts",
  },
  {
    guard: "an e-mail found `sending` is unknown, and not sent again",
    file: "tasks/sending.ts",
    line: "    if (earlier !== undefined) {",
    instead: '    if (earlier !== undefined && earlier.state !== "sending") {',
    noticedBy: "test/scenarios/mail.test.ts",
  },
  {
    guard: "the gate is asked again in the transaction that lets an e-mail leave",
    file: "email/transport/mailer.ts",
    line: "  if (!verdict.ok) return verdict;",
    instead: "  if (!verdict.ok) return undefined;",
    noticedBy: "test/scenarios/mail-limits.test.ts",
  },
  {
    guard: "who unsubscribes is answered when no e-mail is under way",
    file: "email/mail-channel.ts",
    line: "      await noneIsLeaving(db, contact);\n",
    instead: "",
    noticedBy: "test/scenarios/mail.test.ts",
  },
  {
    guard: "HubSpot's signature",
    file: "crm/hubspot/inbound/signature.ts",
    line: "  return a.length === b.length && timingSafeEqual(a, b);",
    instead: "  return a.length === b.length || timingSafeEqual(a, b);",
    noticedBy: "test/crm-in/door.test.ts",
  },
  {
    guard: "a foreign sender's signature",
    file: "webhooks/signatures.ts",
    line: "  return a.length === b.length && timingSafeEqual(a, b);",
    instead: "  return a.length === b.length || timingSafeEqual(a, b);",
    noticedBy: "packages/millrace/src/webhooks/signatures.test.ts",
  },
  {
    guard: "only public addresses are fetched",
    file: "web/address-guard.ts",
    line: '  if (ip.range() !== "unicast" || ip.toString() === PLATFORM_ADDRESS) return false;',
    instead: "",
    noticedBy: "packages/millrace/src/web/address-guard.test.ts",
  },
  {
    guard: "a page of another site cannot act with our cookie",
    file: "http/access.ts",
    line: '    if (method !== "GET" && method !== "HEAD") this.checkSameOrigin(headers);',
    instead: "",
    noticedBy: "test/http/access.test.ts",
  },
  {
    guard: "what one person holds is not ended by another",
    file: "tasks/people.ts",
    line: '  if (refusal === "held") throw heldBy(task);\n',
    instead: "",
    noticedBy: "test/scenarios/tasks.test.ts",
  },
  {
    guard: "erasing empties the history",
    file: "privacy/text-matches.ts",
    line: "    const rows = await tx.query(sql, [textColumn(names), uuidColumn(contacts)]);",
    instead: "    const rows: object[] = sql === undefined ? [] : [];",
    noticedBy: "test/privacy/everywhere.test.ts",
  },
  {
    guard: "what a contact leads to stands behind what waits of it",
    file: "decider/cascade-plan.ts",
    line: "const isSettled = isOwn && !unit.isDeferred;",
    instead: "const isSettled = isOwn;",
    noticedBy: "test/simulator/simulator.test.ts",
  },
  {
    guard: "a chain of events ends at its depth, in the hands of a person",
    file: "decider/cascade.ts",
    line: "if (event.depth === this.#rules.maxDepth) this.#stop(",
    instead: "if (event.depth === -1) this.#stop(",
    noticedBy: "test/simulator/simulator.test.ts",
  },
  {
    guard: "a restored database is not taken for the one it was",
    file: "restore/restore-guard.ts",
    line: "    const finding = findingOf(compared);",
    instead: "    const finding = findingOf({ ...compared, known: undefined, seen: undefined });",
    noticedBy: "test/backup/restored.test.ts",
  },
  {
    guard: "the hold of a restored database: no e-mail",
    file: "tasks/sending.ts",
    line: "(await whyHeld(tx)) ?? (off",
    instead: "(await whyHeld(tx))?.slice(0, 0) || (off",
    noticedBy: "test/backup/restored.test.ts",
  },
  {
    guard: "the hold of a restored database: no webhook",
    file: "consumers/webhook-out.ts",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the line as it stands in the file.
    line: " and not ${IS_HELD}",
    instead: "",
    noticedBy: "test/backup/restored.test.ts",
  },
  {
    guard: "retention keeps the text of an e-mail that may have left",
    file: "privacy/retention.ts",
    line: "and state in ('sent', 'suppressed') and body",
    instead: "and body",
    noticedBy: "test/privacy/retention.test.ts",
  },
  {
    guard: "an operation is asked by the roles that stand beside it",
    file: "http/access.ts",
    line: "  if (!roles.some((role) => needed.includes(role)))",
    instead: "  if (roles.length === 0)",
    noticedBy: "test/http/roles.test.ts",
  },
  {
    guard: "the runtime role changes nothing in the log",
    file: "db/grants.ts",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the line as it stands in the file.
    line: "    revoke update, delete, truncate on ${log} from ${role};\n",
    instead: "",
    noticedBy: "test/log/roles.test.ts",
  },
  {
    guard: "another HubSpot client in the process slows none of ours",
    file: "crm/hubspot/client/official-client.ts",
    line: "apiRequest: (request) => undecorated(() => client.apiRequest(request))",
    instead: "apiRequest: (request) => client.apiRequest(request)",
    noticedBy: "test/faults/no-success.test.ts",
  },
  {
    guard: "what may happen once is stated once, by whichever process",
    file: "decider/runner.ts",
    line: "      keysOnRecord(tx, keysOf(plan), NO_KEYS),",
    instead: "      NO_KEYS,",
    noticedBy: "test/log/once-keys.test.ts",
  },
  {
    guard: "what may happen once is stated once, behind a result",
    file: "decider/decide-results.ts",
    line: "      keysOnRecord(tx, keysOf(following), batch.usedKeys),",
    instead: "      NO_KEYS,",
    noticedBy: "test/log/once-keys.test.ts",
  },
  {
    guard: "a chain's width is counted over all its batches",
    file: "decider/cascade.ts",
    line: "return this.#made.countOf(root) + (this.#rules.widths?.eventsOf(root) ?? 0);",
    instead: "return this.#made.countOf(root);",
    noticedBy: "test/log/wide-chains.test.ts",
  },
  {
    guard: "only its holder moves a subscriber's place",
    file: "consumers/webhook-out.ts",
    line: "where name = $1 and lease_holder = $5 returning 1`,\n        [name, new Date(clock.now()), status ?? null, LEASE_MS, this.#holder],",
    instead: "where name = $1 returning 1`,\n        [name, new Date(clock.now()), status ?? null, LEASE_MS],",
    noticedBy: "test/faults/dead-holders.test.ts",
  },
  {
    guard: "an older reading of what is stopped never wins",
    file: "base/newest-reading.ts",
    line: "    if (own < kept) return;\n",
    instead: "",
    noticedBy: "packages/millrace/src/engine/workflow-registry.test.ts",
  },
  {
    guard: "every wait for the database ends",
    file: "db/database.ts",
    line: "      query_timeout: this.#answerWithinMs,\n      idleTimeoutMillis",
    instead: "      idleTimeoutMillis",
    noticedBy: "test/faults/partition.test.ts",
  },
];
