/** How many e-mails leave, when, and that a switch stops them: decided again in the transaction that lets an e-mail leave. */
import assert from "node:assert/strict";
import { it } from "node:test";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { DEFAULT_CAP, DEFAULT_WINDOW } from "../../packages/millrace/src/email/mail-settings.ts";
import { mayEmail } from "../../packages/millrace/src/email/policy/mail-gate.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import type { Json } from "../../packages/millrace/src/events/event.ts";
import { beginEmail, type SendingMoment } from "../../packages/millrace/src/tasks/sending.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { headerOf, mailServer } from "../servers/smtp.ts";

const HOUR = 3_600_000;

/** One workflow an e-mail: every form asks for each. */
function letters(...names: readonly string[]) {
  return names.map((name) =>
    workflow(name.replaceAll("-", "_"), {}, [
      on("form_submitted", task("send_email", { mergeKey: `send_email:${name}`, payload: letter(name) })),
    ]),
  );
}

function letter(name: string): Json {
  const [purpose = "outreach", number = "1"] = name.split("-");
  const subject = number === "1" ? `About ${purpose}` : "";
  return { template: "outreach", onceKey: name, purpose, thread: "talk", subject, text: `Letter ${name}.` };
}

function config(names: readonly string[], mail: MillraceConfig["mail"] = {}): MillraceConfig {
  return { pack: false, workflows: letters(...names), mail: { from: "Sales <sales@acme.example>", ...mail } };
}

async function statesOf(test: TestEngine): Promise<readonly string[]> {
  const rows = await test.engine.db.query<{ name: string }>(
    "select once_key || ' ' || state as name from emails where state <> 'suppressed' order by once_key",
  );
  return rows.map(({ name }) => name);
}

it("two prospecting e-mails asked for at once: one leaves, the other waits for tomorrow's window, and then answers the first", async () => {
  await using smtp = await mailServer();
  await using test = await testEngine(config(["outreach-1", "outreach-2"], { smtpUrl: smtp.url }));
  await test.engine.append([formSubmitted()]);
  await test.engine.idle();
  assert.equal(smtp.letters.length, 1);
  test.clock.advance(20 * HOUR);
  await test.engine.idle();
  assert.equal(smtp.letters.length, 1, "five in the morning");
  test.clock.advance(4 * HOUR);
  await test.engine.idle();
  assert.equal(smtp.letters.length, 2);
  const [first = "", second = ""] = smtp.letters;
  assert.equal(headerOf(second, "In-Reply-To"), headerOf(first, "Message-ID"));
  assert.equal(headerOf(second, "References"), headerOf(first, "Message-ID"));
  const rows = await test.engine.db.query("select attempt from finished_tasks where kind = 'send_email' order by id");
  assert.deepEqual(rows, [{ attempt: 1 }, { attempt: 1 }], "waiting used up no attempt");
});

it("without a server the same holds: a later letter of a conversation has the first one's subject", async () => {
  await using test = await testEngine(config(["outreach-1", "outreach-2"]));
  await test.engine.append([formSubmitted()]);
  await test.engine.idle();
  test.clock.advance(24 * HOUR);
  await test.engine.idle();
  const rows = await test.engine.db.query("select subject, message_id is null as bare from emails order by id");
  assert.deepEqual(rows, [
    { subject: "About outreach", bare: false },
    { subject: "Re: About outreach", bare: false },
  ]);
});

for (const [setting, mail, sent] of [
  ["the default cap", {}, 1],
  ["mail.cap of two a day", { cap: { perDay: 2, perWeek: 3 } }, 2],
  ["no mail.cap", { cap: false }, 3],
  ["a mail.window that is closed", { window: { days: [7], from: "08:00", to: "18:00" } }, 0],
  [
    "a mail.window in a zone where it is night",
    { window: { days: [1], from: "08:00", to: "18:00", timeZone: "America/New_York" } },
    0,
  ],
  ["no mail.window", { window: false, cap: false }, 3],
  ["mail.paused", { paused: true, cap: false }, 0],
] as const) {
  it(`${setting}: of three prospecting e-mails ${sent} leave at once, and answers ${setting === "mail.paused" ? "wait too" : "always do"}`, async () => {
    await using test = await testEngine(config(["outreach-1", "outreach-2", "nurture-1", "transactional-1"], mail));
    await test.engine.append([formSubmitted()]);
    // Not in one transaction: what has left must be known to the next.
    await test.engine.idle();
    const states = await statesOf(test);
    const answers = states.filter((name) => name.startsWith("transactional"));
    assert.equal(answers.length, setting === "mail.paused" ? 0 : 1);
    assert.equal(states.length - answers.length, sent);
  });
}

for (const kind of ["smtp", "local"] as const) {
  it(`a switched off mailer (${kind}) lets nothing leave, loses nothing, and goes on when it is switched on`, async () => {
    await using smtp = await mailServer();
    await using test = await testEngine(
      config(["transactional-1", "outreach-1"], kind === "smtp" ? { smtpUrl: smtp.url } : {}),
    );
    const paused = await test.engine.actions.pauseMail({ reason: "Wrong price." }, { by: "ada" });
    assert.deepEqual([paused.isPaused, paused.reason, paused.changedBy], [true, "Wrong price.", "ada"]);
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    assert.deepEqual(await statesOf(test), []);
    assert.equal((await test.engine.queries.mail()).waiting, 2);
    test.clock.advance(2 * HOUR);
    await test.engine.idle();
    assert.deepEqual(await statesOf(test), []);
    const resumed = await test.engine.actions.resumeMail({}, { by: "ada" });
    assert.deepEqual([resumed.isPaused, resumed.reason], [false, null]);
    await test.engine.idle();
    // The answer goes first: the other e-mail looks again a second later.
    test.clock.advance(1_000);
    await test.engine.idle();
    assert.deepEqual(await statesOf(test), ["outreach-1 sent", "transactional-1 sent"]);
    assert.equal(smtp.letters.length, kind === "smtp" ? 2 : 0);
  });
}

it("the switch is read in the transaction that lets an e-mail leave: another process's pause holds at once", async () => {
  await using smtp = await mailServer();
  await using test = await testEngine(config(["transactional-1"], { smtpUrl: smtp.url }), { roles: ["engine"] });
  await test.engine.append([formSubmitted()]);
  await test.engine.actions.pauseMail({}, { by: "ada" });
  const worker = await openEngine(
    { ...config(["transactional-1"], { smtpUrl: smtp.url }), databaseUrl: test.url },
    { clock: test.clock },
  );
  await worker.idle();
  await worker.stop();
  assert.deepEqual(smtp.recipients(), []);
});

for (const [points, first] of [
  [46, "An idea for Corner Shop"],
  [74, "Corner Shop and us"],
] as const) {
  it(`the thank-you leaves before the first sales e-mail of a lead with ${points} points, though the server does not take it at first`, async () => {
    let refusals = 2;
    const beforeTaking = async (raw: string) => {
      if (!/^Subject: Thank you/m.test(raw) || refusals-- <= 0) return;
      throw Object.assign(new Error("try again later"), { responseCode: 451 });
    };
    await using smtp = await mailServer({ beforeTaking });
    await using test = await testEngine({
      agents: [scoresByPoints, findsNothing],
      mail: { from: "Sales <sales@acme.example>", smtpUrl: smtp.url },
    });
    await test.engine.append([formSubmitted({ points, company: "Corner Shop" })]);
    for (let minute = 0; minute < 10; minute += 1) {
      await test.engine.idle();
      test.clock.advance(HOUR / 60);
    }
    const subjects = smtp.letters.map((letter) => headerOf(letter, "Subject"));
    assert.deepEqual(subjects, ["Thank you for getting in touch", first]);
  });
}

it("an answer that is to leave much later holds nothing back", async () => {
  await using smtp = await mailServer();
  const later = workflow("later", {}, [
    on("form_submitted", task("send_email", { after: "3d", mergeKey: "later", payload: letter("transactional-1") })),
  ]);
  const own = config(["outreach-1"], { smtpUrl: smtp.url });
  await using test = await testEngine({ ...own, workflows: [...(own.workflows ?? []), later] });
  await test.engine.append([formSubmitted()]);
  await test.engine.idle();
  assert.deepEqual(await statesOf(test), ["outreach-1 sent"]);
});

for (const kind of ["smtp", "local"] as const) {
  for (const [pauseAfterAnswerMs, minutes] of [
    [undefined, 0],
    [600_000, 10],
  ] as const) {
    it(`pauseAfterAnswerMs ${pauseAfterAnswerMs ?? "left out"} (${kind}): the first sales e-mail leaves ${minutes} minutes after the thank-you`, async () => {
      await using smtp = await mailServer();
      const mail = { from: "Sales <sales@acme.example>", ...(kind === "smtp" ? { smtpUrl: smtp.url } : {}) };
      await using test = await testEngine({
        agents: [scoresByPoints, findsNothing],
        mail: { ...mail, ...(pauseAfterAnswerMs === undefined ? {} : { pauseAfterAnswerMs }) },
      });
      await test.engine.append([formSubmitted({ points: 74, company: "Corner Shop" })]);
      for (let step = 0; step < 15; step += 1) {
        await test.engine.idle();
        test.clock.advance(HOUR / 60);
      }
      const [thanks, first] = await test.engine.db.query<{ purpose: string; at: number }>(
        "select purpose, created_at as at from emails where state = 'sent' order by id",
      );
      assert.deepEqual([thanks?.purpose, first?.purpose], ["transactional", "outreach"]);
      const minutesBetween = Math.floor(((first?.at ?? 0) - (thanks?.at ?? 0)) / 60_000);
      assert.ok(minutesBetween >= minutes && minutesBetween <= minutes + 1, `${minutesBetween} minutes`);
    });
  }
}

it("of ten prospecting e-mails to one contact that begin to leave at once, one does", async () => {
  await using test = await testEngine({ pack: false });
  const [form] = await test.engine.append([formSubmitted()]);
  await test.engine.idle();
  const { db, clock } = test.engine;
  const judge = ({ contact }: SendingMoment) => {
    assert.ok(contact);
    const policy = { cap: DEFAULT_CAP, window: DEFAULT_WINDOW };
    const verdict = mayEmail(contact, { purpose: "outreach" }, clock.now(), policy);
    return verdict.ok ? undefined : verdict;
  };
  const record = { template: "t", to: "a@b.example", subject: "s", text: "t", task: 1, root: 1, purpose: "outreach" };
  const begun = await Promise.all(
    Array.from({ length: 10 }, (_, i) => {
      const own = { ...record, onceKey: `k${i}`, messageId: `<${i}@x>`, contact: form?.contact ?? "" };
      return beginEmail(db, own, clock.now(), judge);
    }),
  );
  assert.equal(begun.filter(({ state }) => state === "begun").length, 1);
  assert.equal(begun.filter(({ state }) => state === "held").length, 9);
});

it("tracking and the way to leave need a public address; each can be switched off, and answers have neither", async () => {
  const cases: readonly (readonly [MillraceConfig["mail"], string | undefined, string, number])[] = [
    [{}, undefined, "outreach-1", 0],
    [{}, "https://m.example", "outreach-1", 2],
    [{ tracking: { opens: false, clicks: true } }, "https://m.example", "outreach-1", 1],
    [{ tracking: { opens: false, clicks: false } }, "https://m.example", "outreach-1", 0],
    [{}, "https://m.example", "transactional-1", 0],
  ];
  const draft = { template: "outreach", onceKey: "k", subject: "s", text: "See https://acme.example/." };
  for (const [mail, publicUrl, name, links] of cases) {
    const purpose = name.split("-")[0] ?? "";
    const asks = workflow("asks", {}, [on("form_submitted", task("send_email", { payload: { ...draft, purpose } }))]);
    await using test = await testEngine({
      pack: false,
      workflows: [asks],
      mail,
      gateway: publicUrl ? { publicUrl } : {},
    });
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    assert.equal((await test.engine.db.query("select 1 from tracked_links")).length, links);
    const [row] = await test.engine.db.query<{ body: string }>("select body from emails");
    assert.equal(row?.body.includes("/u/"), publicUrl !== undefined && purpose === "outreach");
  }
});

for (const [what, why, count, isPaused] of [
  ["three complaints in 500 letters", "a complaint", 3, true],
  ["one complaint in 500 letters", "a complaint", 1, false],
  ["fifteen dead addresses in 500 letters", "a hard bounce", 15, true],
  ["fourteen dead addresses in 500 letters", "a hard bounce", 14, false],
] as const) {
  it(`${what} ${isPaused ? "pauses prospecting, and admin is told once; answers go on" : "pauses nothing"}`, async () => {
    await using test = await testEngine(config(["outreach-1", "transactional-1"]));
    const { db } = test.engine;
    await db.query(
      `insert into emails (once_key, created_at, state, template, recipient, subject, body, purpose)
       select 'old:' || i, $1, 'sent', 't', 'a@b.example', 's', 'b', 'outreach' from generate_series(1, 500) i`,
      [new Date(test.clock.now())],
    );
    await db.query(
      `insert into inbound_mail (message_id, received_at, sender, subject, state, why)
       select 'm' || i, $1, '', '', 'taken', $2 from generate_series(1, $3::int) i`,
      [new Date(test.clock.now()), why, count],
    );
    test.clock.advance(61_000);
    await test.engine.mail.settle();
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    const left = (await statesOf(test)).filter((name) => !name.startsWith("old"));
    assert.deepEqual(left, isPaused ? ["transactional-1 sent"] : ["outreach-1 sent", "transactional-1 sent"]);
    const alerts = await db.query("select audience, name from alerts");
    assert.deepEqual(alerts, isPaused ? [{ audience: "admin", name: "mail_rates" }] : []);
  });
}

for (const [perDomainPerDay, domain, expected] of [
  [2, "acme.example", 2],
  [0, "acme.example", 4],
  [2, "gmail.com", 4],
] as const) {
  it(`perDomainPerDay ${perDomainPerDay}: of four people at ${domain}, ${expected} are written to today`, async () => {
    await using smtp = await mailServer();
    const asks = workflow("asks", {}, [
      on(
        "form_submitted",
        task("send_email", {
          payload: ({ event }) => ({ ...(letter("outreach-1") as object), onceKey: String(event.contact) }),
        }),
      ),
    ]);
    const mail = { from: "Sales <sales@acme.example>", smtpUrl: smtp.url, perDomainPerDay };
    await using test = await testEngine({ pack: false, workflows: [asks], mail });
    await test.engine.append([1, 2, 3, 4].map((i) => formSubmitted({ email: `p${i}@${domain}` })));
    await test.engine.idle();
    assert.equal(smtp.letters.length, expected);
    test.clock.advance(24 * HOUR + 1);
    await test.engine.idle();
    assert.equal(smtp.letters.length, 4, "the others are written to tomorrow");
  });
}

it("never and consentProperty of the config reach the gate", async () => {
  for (const [mail, fields, expected] of [
    [{ never: ["@Acme-Systems.example"] }, {}, 0],
    [{ consentProperty: "consent" }, {}, 0],
    [{ consentProperty: "consent" }, { consent: "yes" }, 1],
  ] as const) {
    await using test = await testEngine(config(["outreach-1"], mail));
    await test.engine.append([formSubmitted(fields)]);
    await test.engine.idle();
    assert.equal((await statesOf(test)).length, expected, JSON.stringify(mail));
  }
});
