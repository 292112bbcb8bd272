/** What comes back for e-mails in HubSpot, logged answers and what its own e-mails led to, is judged as if it had come here. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { type CrmIn, crmIn } from "./crm-in.fixture.ts";

const ADA = { email: "ada@acme-systems.example", firstname: "Ada", company: "Acme Systems" };
const OURS = "sales@ours.example";
const A_DAY = 86_400_000;

async function withLead(options: Parameters<typeof crmIn>[0] = {}): Promise<CrmIn & { id: string }> {
  const agents = [scoresByPoints, findsNothing];
  // Read when the test says so: a turn of the reader's own between "log" and "read" would have taken it before.
  const hubspot = { emailsEveryMs: A_DAY, ...options.hubspot };
  const crm = await crmIn({ ...options, hubspot, config: { agents, ...options.config } });
  await crm.test.engine.append([formSubmitted({ ...ADA, points: 50 })]);
  await crm.settle();
  await crm.hubspot.readEmailsNow();
  crm.test.clock.advance(60_000);
  const [row] = await crm.test.engine.db.query<{ id: string }>(
    "select value as id from contact_identities where kind = 'hubspot'",
  );
  return { ...crm, id: row?.id ?? "" };
}

/** An e-mail as HubSpot logs it from a connected inbox. @returns its id. */
async function log(
  crm: CrmIn & { id: string },
  { from = ADA.email, text = "", direction = "INCOMING_EMAIL", at = crm.id, html = "", mailId = "" },
): Promise<string> {
  const to = direction === "INCOMING_EMAIL" ? OURS : ADA.email;
  const id = await crm.make(
    {
      hs_timestamp: new Date(crm.test.clock.now()).toISOString(),
      hs_email_direction: direction,
      hs_email_subject: "Re: An idea",
      hs_email_text: text,
      hs_email_html: html,
      hs_email_message_id: mailId,
      hs_email_headers: JSON.stringify({ from: { email: from }, to: [{ email: to }] }),
    },
    "emails",
  );
  if (at !== "") {
    const answer = await crm.api.request({
      method: "POST",
      path: crm.api.paths.associateDefault("emails", "contacts"),
      body: { inputs: [{ from: { id }, to: { id: at } }] },
      urgency: "normal",
      kind: "other",
    });
    assert.ok(answer.ok);
  }
  return id;
}

async function read(crm: CrmIn): Promise<number> {
  const taken = await crm.hubspot.readEmailsNow();
  await crm.settle();
  return taken;
}

const said = async (crm: CrmIn) =>
  (await crm.events("email_engagement")).map(({ data }) => `${data.engagement} ${data.text ?? ""}`.trim());

const YES = "Yes, that sounds great. Please call me on Tuesday.";

/** Given an e-mail record in HubSpot; when it is read; then this has come back. */
const LOGGED: readonly {
  readonly name: string;
  readonly email: Parameters<typeof log>[1];
  readonly comes: readonly string[];
}[] = [
  { name: "an answer of the contact", email: { text: YES }, comes: [`replied ${YES}`] },
  {
    name: "an answer with what it quotes",
    email: { text: `${YES}\n\nOn Mon, 2 Mar 2026 at 09:00, Sales <${OURS}> wrote:\n> An idea for you` },
    comes: [`replied ${YES}`],
  },
  { name: "an answer in HTML only", email: { html: `<p>${YES}</p>` }, comes: [`replied ${YES}`] },
  {
    name: "an answer that stands at no contact, by its address",
    email: { text: YES, at: "" },
    comes: [`replied ${YES}`],
  },
  {
    name: "an answer from another address of the same company",
    email: { text: YES, from: "ada.private@acme-systems.example" },
    comes: [`replied ${YES}`],
  },
  { name: "a mail of another person at the contact", email: { text: YES, from: "tom@elsewhere.example" }, comes: [] },
  { name: "a mail our own people sent", email: { text: "Hello", direction: "EMAIL", from: OURS }, comes: [] },
  { name: "a mail of a stranger", email: { text: YES, from: "stranger@elsewhere.example", at: "" }, comes: [] },
];

describe("an e-mail logged in HubSpot", () => {
  for (const { name, email, comes } of LOGGED) {
    it(`${name}: ${comes.length === 0 ? "says nothing of the contact" : "is the contact's answer, once"}`, async () => {
      await using crm = await withLead({ webhooks: false });
      await log(crm, email);
      assert.equal(await read(crm), comes.length);
      assert.equal(await read(crm), 0, "read again it is the same");
      assert.deepEqual(await said(crm), comes);
      assert.deepEqual(crm.test.errors, []);
    });
  }

  it("that says yes ends the sequence and alerts sales", async () => {
    await using crm = await withLead({ webhooks: false });
    await log(crm, { text: YES });
    await read(crm);
    assert.equal((await crm.events("positive_response")).length, 1);
    assert.equal((await crm.contact(crm.id))?.facts.sequence, undefined);
    assert.equal(await crm.count("select count(*) from alerts where name = 'positive_reply'"), 1);
  });

  it("that asks to stop opts out", async () => {
    await using crm = await withLead({ webhooks: false });
    await log(crm, { text: "Please unsubscribe me." });
    await read(crm);
    assert.equal((await crm.events("opted_out")).length, 1);
  });

  it("is read as soon as a webhook announces it; with emailsEveryMs 0 never", async () => {
    for (const [emailsEveryMs, expected] of [
      [60_000, 1],
      [0, 0],
    ] as const) {
      await using crm = await withLead({ hubspot: { emailsEveryMs } });
      crm.simulator.webhooks.state.subscriptions.push({
        eventType: "object.creation",
        objectTypeId: "0-49",
        id: 901,
        active: true,
        createdAt: 0,
        updatedAt: 0,
      });
      await log(crm, { text: YES });
      if (expected === 1) await until(async () => (await said(crm)).length === 1);
      await crm.settle();
      assert.equal((await said(crm)).length, expected);
    }
  });

  it("whose words came into our own mailbox too is one answer", async () => {
    await using crm = await withLead({ webhooks: false });
    await crm.test.engine.append([
      {
        type: "email_engagement",
        source: "mail:inbound",
        data: { email: ADA.email, engagement: "replied", text: YES },
      },
    ]);
    await log(crm, { text: `${YES}\n` });
    assert.equal(await read(crm), 0);
    assert.equal((await said(crm)).length, 1);
  });

  /** The same mail, read from our own inbox. */
  const arrive = (crm: CrmIn, text: string, id = "<answer-1@acme-systems.example>") =>
    crm.test.engine.mail.take(
      Buffer.from(`From: ${ADA.email}\r\nTo: ${OURS}\r\nMessage-ID: ${id}\r\nSubject: Re: An idea\r\n\r\n${text}\r\n`),
    );
  const QUOTED = `${YES}\r\n\r\nOn Mon, 2 Mar 2026 at 09:00, Sales <${OURS}> wrote:\r\n> An idea for you`;

  const SAME: readonly [what: string, logged: Parameters<typeof log>[1], arrives: string][] = [
    ["the same words", { text: YES }, YES],
    ["what is quoted below in one of them", { text: YES }, QUOTED],
    ["other blanks and signs", { text: YES.replaceAll(". ", ".\n\n").replace(".", "!") }, YES],
    [
      "other words, by its Message-ID",
      { text: `${YES} Sent from my phone`, mailId: "<answer-1@acme-systems.example>" },
      YES,
    ],
  ];
  for (const [what, logged, arrives] of SAME) {
    for (const isLoggedFirst of [true, false]) {
      it(`and one in our own mailbox are one answer: ${what}, ${isLoggedFirst ? "HubSpot's" : "ours"} first`, async () => {
        await using crm = await withLead({ webhooks: false });
        const viaHubspot = async () => {
          await log(crm, logged);
          return read(crm);
        };
        if (isLoggedFirst) assert.equal(await viaHubspot(), 1);
        const taken = await arrive(crm, arrives);
        assert.equal(taken.state, isLoggedFirst ? "ignored" : "taken", taken.why);
        if (isLoggedFirst) assert.match(taken.why, /log had it already/);
        else assert.equal(await viaHubspot(), 0);
        await crm.settle();
        assert.equal((await said(crm)).length, 1);
        assert.equal((await crm.events("positive_response")).length, 1);
        assert.equal(await crm.count("select count(*) from alerts where name = 'positive_reply'"), 1);
        assert.deepEqual(crm.test.errors, []);
      });
    }
  }

  it("without its words, by a token that may not read them, is the one that came minutes ago", async () => {
    await using crm = await withLead({ webhooks: false });
    assert.equal((await arrive(crm, YES)).state, "taken");
    await log(crm, { text: "" });
    assert.equal(await read(crm), 0);
    assert.equal((await said(crm)).length, 1);
  });

  it("and another one with other words are two answers, whichever comes first", async () => {
    for (const isLoggedFirst of [true, false]) {
      await using crm = await withLead({ webhooks: false });
      if (!isLoggedFirst) await arrive(crm, "How much is it for 20 people?");
      await log(crm, { text: YES });
      assert.equal(await read(crm), 1);
      if (isLoggedFirst) assert.equal((await arrive(crm, "How much is it for 20 people?")).state, "taken");
      assert.equal((await said(crm)).length, 2);
    }
  });

  it("of a contact that is on its way in waits for it", async () => {
    await using crm = await withLead({ webhooks: false });
    const bob = await crm.make({ email: "bob@blue-harbour.example" });
    await crm.test.engine.db.query(
      `insert into crm_waiting (source, event_id, hubspot_id, change, received_at) values ('hubspot:1', 'x', $1, '{}', now())`,
      [bob],
    );
    await log(crm, { text: YES, from: "bob@blue-harbour.example", at: bob });
    assert.equal(await crm.hubspot.readEmailsNow(), 0);
    await crm.test.engine.db.query("delete from crm_waiting");
    await crm.test.engine.append([
      { type: "contact_created", data: { email: "bob@blue-harbour.example", externalIds: { hubspot: bob } } },
    ]);
    crm.test.clock.advance(600_000);
    assert.equal(await read(crm), 1);
  });
});

describe("an e-mail that one of HubSpot's users sent", () => {
  it("opened, clicked, opened again and bounced: each is recorded once", async () => {
    await using crm = await withLead({ webhooks: false });
    const id = await log(crm, { direction: "EMAIL", from: OURS, text: "Hello" });
    const becomes = async (properties: Record<string, string>) => {
      crm.test.clock.advance(60_000);
      const response = await fetch(`${crm.simulator.url}/__simulator/records/emails/${id}/counts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ properties }),
      });
      assert.equal(response.status, 200);
      await read(crm);
    };
    await becomes({ hs_email_open_count: "1" });
    await becomes({ hs_email_click_count: "1" });
    await becomes({ hs_email_open_count: "2" });
    const reason = "550 5.1.1 <ada@acme-systems.example>: User unknown";
    await becomes({ hs_email_status: "BOUNCED", hs_email_bounce_error_detail_message: reason });
    assert.deepEqual(await said(crm), ["opened", "clicked", "opened", "bounced"]);
    assert.equal((await crm.events("email_bounced"))[0]?.data.hard, true);
    assert.equal((await crm.events("email_opened")).length, 2);
  });
});

describe("what HubSpot's own e-mails led to", () => {
  const happens = (crm: CrmIn, event: Record<string, unknown>) =>
    fetch(`${crm.simulator.url}/__simulator/email-events`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ recipient: ADA.email, ...event }),
    });

  it("counts for the contact, a program's does not; of strangers nothing is kept", async () => {
    await using crm = await withLead({ webhooks: false });
    await happens(crm, { type: "DELIVERED" });
    await happens(crm, { type: "OPEN" });
    await happens(crm, { type: "OPEN", filteredEvent: true });
    await happens(crm, { type: "CLICK", url: "https://acme.example/price" });
    await happens(crm, { type: "CLICK", recipient: "stranger@elsewhere.example" });
    assert.equal(await read(crm), 3);
    assert.equal(await read(crm), 0);
    const engagement = (await crm.contact(crm.id))?.facts.engagement as { opens: number; clicks: number };
    assert.deepEqual([engagement.opens, engagement.clicks], [1, 1]);
    assert.equal((await crm.events("email_clicked"))[0]?.data.url, "https://acme.example/price");
    assert.equal(await crm.count("select count(*) from contacts"), 1);
  });

  it("a report as spam opts out, an address that is gone is not written to again", async () => {
    await using crm = await withLead({ webhooks: false });
    await happens(crm, { type: "BOUNCE", response: "550 5.1.1 User unknown", status: "5.1.1" });
    await happens(crm, { type: "SPAMREPORT" });
    await read(crm);
    assert.equal((await crm.events("email_bounced"))[0]?.data.hard, true);
    assert.deepEqual(
      (await crm.events("opted_out")).map(({ data }) => data.by),
      ["complaint"],
    );
  });

  it("of before this installation began is left alone", async () => {
    await using crm = await crmIn({ webhooks: false, hubspot: { emailsEveryMs: 0 } });
    await crm.test.engine.append([formSubmitted(ADA)]);
    await crm.settle();
    await happens(crm, { type: "OPEN" });
    crm.test.clock.advance(3_600_000);
    assert.equal(await read(crm), 0);
  });
});
