/** The mail channel there and back: out by a real SMTP server, in by a real IMAP server, links by HTTP. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import PostalMime from "postal-mime";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import type { Json } from "../../packages/millrace/src/events/event.ts";
import { startGateway } from "../../packages/millrace/src/http/server.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { imapServer } from "../servers/imap.ts";
import { headerOf, mailServer } from "../servers/smtp.ts";

const ADA = "ada@acme-systems.example";
const PUBLIC = "https://mail.acme.example";
const SALES = "Sales <sales@acme.example>";

/** Each form asks for one outreach e-mail; the form's name says which. */
const writes = workflow("writes", {}, [
  on("form_submitted", task("send_email", { payload: (facts) => letter(facts.event.data.form) })),
]);

function letter(name: string): Json {
  const draft = { subject: "An idea", text: "Hi Ada,\n\nsee https://acme.example/case?a=1&b=2 and write to us." };
  return { template: "outreach", onceKey: `k:${name}`, purpose: "outreach", sequence: "first", touch: 1, ...draft };
}

async function sendingEngine(mail: MillraceConfig["mail"], more: MillraceConfig = {}) {
  const gateway = { publicUrl: PUBLIC };
  return testEngine({ pack: false, workflows: [writes], gateway, mail: { from: SALES, ...mail }, ...more });
}

async function eventsOf(test: TestEngine, type: string) {
  return test.engine.db.query<{ data: Record<string, Json>; contact: string; position: number }>(
    "select position, contact, data from events where type = $1 order by position",
    [type],
  );
}

function replyTo(messageId: string, text: string, more = ""): string {
  return `From: Ada <${ADA}>\nTo: ${SALES}\nSubject: Re: An idea\nMessage-ID: <${Math.abs(text.length * 7919)}@acme-systems.example>\nIn-Reply-To: ${messageId}\nReferences: ${messageId}\n${more}\n${text}\n`;
}

function bounceOf(messageId: string, status: string): string {
  return `From: Mail Delivery System <MAILER-DAEMON@mx.example>
Return-Path: <>
Message-ID: <bounce-${status}@mx.example>
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ${ADA}
Action: failed
Status: ${status}
Diagnostic-Code: smtp; 550 ${status} no such user

--b
Content-Type: text/rfc822-headers

Message-ID: ${messageId}
Subject: An idea

--b--
`;
}

describe("out and in", () => {
  it("an outreach e-mail leaves with its links and a way to leave; the reply comes back to its contact, without the quote", async () => {
    await using smtp = await mailServer();
    await using imap = await imapServer();
    const inbox = { imapUrl: imap.url, everyMs: 100 };
    await using test = await sendingEngine({ smtpUrl: smtp.url, inbox, postalAddress: "Acme, Main Street 1, Berlin" });
    const [form] = await test.engine.append([formSubmitted({}, "one")]);
    await test.engine.idle();
    const [out = ""] = smtp.letters;
    const messageId = headerOf(out, "Message-ID") ?? "";
    const leave = headerOf(out, "List-Unsubscribe")?.slice(1, -1) ?? "";
    assert.match(leave, /^https:\/\/mail\.acme\.example\/u\/[\w-]{48}$/);
    assert.equal(headerOf(out, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    const parts = await PostalMime.parse(out);
    assert.match(parts.text ?? "", /case\?a=1&b=2/, "the text keeps the true address");
    assert.ok(parts.text?.includes(`Acme, Main Street 1, Berlin\nNo more e-mails from us: ${leave}`));
    assert.match(parts.html ?? "", /<a href="https:\/\/mail\.acme\.example\/t\/c\/[\w-]{48}">https:\/\/acme\.example/);
    assert.match(parts.html ?? "", /<img src="https:\/\/mail\.acme\.example\/t\/o\/[\w-]{48}"/);
    assert.ok(parts.html?.includes(`href="${leave}"`), "the unsubscribe link is not rewritten");
    const [sent] = await eventsOf(test, "email_sent");
    assert.deepEqual(
      [sent?.data.message, sent?.data.purpose, sent?.data.sequence, sent?.data.touch],
      [messageId, "outreach", "first", 1],
    );

    imap.deliver(
      replyTo(messageId, `Yes, gladly.\n\nOn Mon, 2 Mar 2026 at 09:00, Sales <sales@acme.example> wrote:\n> Hi Ada,`),
    );
    imap.deliver(bounceOf(messageId, "5.1.1"));
    await until(async () => (await eventsOf(test, "email_engagement")).length === 2);
    const [reply, bounce] = await eventsOf(test, "email_engagement");
    assert.equal(reply?.contact, form?.contact);
    assert.deepEqual(reply?.data, {
      engagement: "replied",
      subject: "Re: An idea",
      text: "Yes, gladly.",
      knownBy: "both",
      message: messageId,
    });
    assert.equal(bounce?.contact, form?.contact);
    assert.deepEqual([bounce?.data.engagement, bounce?.data.hard, bounce?.data.message], ["bounced", true, messageId]);
    await until(async () => imap.flags().every((flags) => flags.includes("\\Seen")));
    assert.deepEqual(test.errors, []);
  });

  it("a message that nobody can read is set aside, what stands behind it is taken, and a lost connection is made anew", async () => {
    await using smtp = await mailServer();
    await using imap = await imapServer();
    await using test = await sendingEngine({ smtpUrl: smtp.url, inbox: { imapUrl: imap.url, everyMs: 100 } });
    await test.engine.append([formSubmitted({}, "one")]);
    await test.engine.idle();
    const messageId = headerOf(smtp.letters[0] ?? "", "Message-ID") ?? "";
    imap.deliver(`Subject: deep\n${nested(300)}`);
    imap.deliver(replyTo(messageId, "Fine."));
    await until(async () => (await eventsOf(test, "email_engagement")).length === 1);
    imap.cut();
    imap.deliver(replyTo(messageId, "And one more."));
    imap.deliver(replyTo(messageId, "And one more."));
    await until(async () => imap.flags().every((flags) => flags.includes("\\Seen")));
    assert.equal((await eventsOf(test, "email_engagement")).length, 2, "the repeated message told nothing more");
    const rows = await test.engine.db.query<{ state: string }>("select state from inbound_mail order by id");
    assert.deepEqual(
      rows.map((row) => row.state),
      ["unreadable", "taken", "taken"],
    );
  });
});

function nested(depth: number): string {
  let message = "x";
  for (let i = 0; i < depth; i++) {
    message = `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n${message}\n--b${i}--\n`;
  }
  return message;
}

describe("leaving", () => {
  it("opening the unsubscribe link changes nothing; one click is final, and the next e-mail is held back", async () => {
    await using smtp = await mailServer();
    await using test = await sendingEngine({ smtpUrl: smtp.url, cap: false });
    const gateway = await startGateway(test.engine, { port: 0, publicUrl: PUBLIC });
    try {
      await test.engine.append([formSubmitted({}, "one")]);
      await test.engine.idle();
      const leave = new URL(headerOf(smtp.letters[0] ?? "", "List-Unsubscribe")?.slice(1, -1) ?? "").pathname;
      const at = `http://127.0.0.1:${gateway.port}${leave}`;
      const page = await fetch(at);
      assert.equal(page.status, 200);
      assert.match(await page.text(), /<form method="post"/);
      assert.equal((await fetch(at, { method: "HEAD" })).status, 200);
      assert.deepEqual(await eventsOf(test, "opted_out"), []);
      const form = { "content-type": "application/x-www-form-urlencoded" };
      assert.equal((await fetch(at, { method: "POST", body: "List-Unsubscribe=Maybe", headers: form })).status, 400);
      const multipart = new FormData();
      multipart.set("List-Unsubscribe", "One-Click");
      assert.equal((await fetch(at, { method: "POST", body: multipart })).status, 200);
      const again = await fetch(at, { method: "POST", body: "List-Unsubscribe=One-Click", headers: form });
      assert.equal(again.status, 200);
      assert.equal((await eventsOf(test, "opted_out")).length, 1);
      for (const other of [
        leave.replace("/u/", "/t/c/"),
        `${leave}A`,
        leave.slice(0, -1),
        "/u/x%00",
        "/u/%2f%2fevil",
      ]) {
        const answer = await fetch(`http://127.0.0.1:${gateway.port}${other}`, { redirect: "manual" });
        assert.equal(answer.status, 404, other);
      }
      await test.engine.append([formSubmitted({}, "two")]);
      await test.engine.idle();
      assert.equal(smtp.letters.length, 1);
      const held = await test.engine.db.query<{ reason: string }>(
        "select reason from emails where state = 'suppressed'",
      );
      assert.match(held[0]?.reason ?? "", /opted out \(unsubscribe_link\)/);
    } finally {
      await gateway.close();
    }
  });
});

describe("links", () => {
  it("a link leads to its own target and nowhere else; a person's click counts, a robot's is told as one", async () => {
    await using smtp = await mailServer();
    await using test = await sendingEngine({ smtpUrl: smtp.url });
    const gateway = await startGateway(test.engine, { port: 0, publicUrl: PUBLIC });
    try {
      await test.engine.append([formSubmitted({}, "one")]);
      await test.engine.idle();
      const { click, pixel } = await linksOf(smtp.letters[0] ?? "");
      const ask = (path: string, agent: string, method = "GET") =>
        fetch(`http://127.0.0.1:${gateway.port}${path}`, {
          method,
          redirect: "manual",
          headers: { "user-agent": agent },
        });
      const person = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:148.0) Gecko/20100101 Firefox/148.0";
      test.clock.advance(60_000);
      const clicked = await ask(click, person);
      assert.equal(clicked.status, 302);
      assert.equal(clicked.headers.get("location"), "https://acme.example/case?a=1&b=2");
      const opened = await ask(pixel, "Mozilla/5.0");
      assert.equal(opened.headers.get("content-type"), "image/gif");
      assert.equal(opened.headers.get("cache-control"), "no-store");
      await test.engine.mail.settle();
      assert.deepEqual(await eventsOf(test, "email_engagement"), [], "two seconds are not over");
      test.clock.advance(3_000);
      await test.engine.mail.settle();
      const told = (await eventsOf(test, "email_engagement")).map(({ data }) => [
        data.engagement,
        data.machine ?? false,
      ]);
      assert.deepEqual(told.sort(), [
        ["clicked", false],
        ["opened", true],
      ]);
      await ask(click, person);
      test.clock.advance(3_000);
      await test.engine.mail.settle();
      assert.equal((await eventsOf(test, "email_engagement")).length, 2, "one a minute");
      for (const path of [
        click.replace(/.$/, (last) => (last === "A" ? "Q" : "A")),
        `${click}?to=//evil.example`.replace("/t/c/", "/t/c/x"),
        pixel.replace("/t/o/", "/t/c/"),
        "/t/c/..%2f..%2f",
        "/t/o/%00",
      ]) {
        assert.equal((await ask(path, person)).status, 404, path);
      }
    } finally {
      await gateway.close();
    }
  });
});

/** The paths of the one link and of the pixel, as the e-mail has them. */
async function linksOf(letter: string) {
  const { html = "" } = await PostalMime.parse(letter);
  const paths = [...html.matchAll(/"https:\/\/mail\.acme\.example(\/t\/[oc]\/[\w-]+)"/g)].map(([, path = ""]) => path);
  assert.equal(paths.length, 2);
  return { click: paths[0] ?? "", pixel: paths[1] ?? "" };
}
