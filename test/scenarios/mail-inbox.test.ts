/** The inbox as a part of the engine: a first look that is interrupted, how health shows it, and texts no database can hold. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { describe, it } from "node:test";
import { systemClock } from "../../packages/millrace/src/base/clock.ts";
import { ImapPoller, type ImapPollerOptions } from "../../packages/millrace/src/email/inbound/imap-poller.ts";
import { takeMails } from "../../packages/millrace/src/email/inbound/take-mail.ts";
import { inboxSettings } from "../../packages/millrace/src/email/mail-settings.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { testGateway } from "../http/gateway.fixture.ts";
import { imapServer } from "../servers/imap.ts";

function mail(name: string, body = "Yes, gladly.", more = ""): string {
  return `From: Ada <ada@acme-systems.example>\nTo: sales@acme.example\nMessage-ID: <${name}@acme-systems.example>\nSubject: ${name}\n${more}\n${body}\n`;
}

describe("the first look into an inbox", () => {
  it("was interrupted: what a colleague has read since is taken by the next", async () => {
    await using imap = await imapServer();
    await using test = await testEngine({ pack: false });
    const { db } = test.engine;
    const options = { db, append: async () => [], ownAddress: "sales@acme.example", wasErased: () => false };
    let looks = 0;
    const polling = (take: ImapPollerOptions["take"]) => {
      const inbox = { ...inboxSettings.parse({ everyMs: 20 }), imapUrl: imap.url };
      const poller = new ImapPoller({ db, clock: systemClock, inbox, take, onError: () => {} });
      poller.start();
      return poller;
    };
    imap.deliver(mail("one"));
    const first = polling(async () => {
      looks += 1;
      throw new Error("the database is away");
    });
    await until(() => looks > 0);
    await first.stop();
    for (const flags of imap.flags()) (flags as string[]).push("\\Seen");
    const next = polling((raws) => takeMails(raws, Date.now(), options));
    await until(async () => (await db.query("select 1 from inbound_mail")).length === 1);
    await next.stop();
  });
});

describe("a server that gives no UIDNEXT", () => {
  it("is read from its last message on, with what a colleague has read since the first look", async () => {
    await using imap = await imapServer();
    await using door = await doorTo(imap.url, (answer) => answer.replace(/^\* OK \[UIDNEXT.*\r\n/gim, ""));
    door.open();
    await using test = await testEngine({
      pack: false,
      mail: { from: "sales@acme.example", inbox: { imapUrl: door.url, everyMs: 50 } },
    });
    const { db } = test.engine;
    const subjects = async () =>
      (await db.query<{ subject: string }>("select subject from inbound_mail order by id")).map((row) => row.subject);
    imap.deliver(mail("read long ago"), ["\\Seen"]);
    await until(async () => (await db.query("select 1 from inbox_places where uid_validity > '0'")).length === 1);
    imap.deliver(mail("read by a colleague"), ["\\Seen"]);
    imap.deliver(mail("new"));
    await until(async () => (await subjects()).includes("new"));
    assert.deepEqual(await subjects(), ["read by a colleague", "new"]);
    assert.deepEqual(test.errors, []);
  });
});

/** A door in front of a server that can be shut. */
async function doorTo(url: string, changed: (answer: string) => string = (answer) => answer) {
  const sockets = new Set<Socket>();
  const door = { isOpen: false };
  const server = createServer((socket) => {
    socket.on("error", () => {});
    if (!door.isOpen) return void socket.destroy();
    const inner = connect(Number(new URL(url).port), "127.0.0.1");
    inner.on("error", () => {});
    sockets.add(socket).add(inner);
    socket.pipe(inner);
    inner.on("data", (chunk) => socket.write(changed(chunk.toString("latin1")), "latin1"));
    inner.once("close", () => socket.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `imap://millrace:secret@127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: () => {
      door.isOpen = true;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

describe("health of the inbox", () => {
  it("shows an inbox that cannot be read for minutes, with what went wrong, alerts, and is well when mail is fetched again", async () => {
    await using imap = await imapServer();
    await using door = await doorTo(imap.url);
    await using tested = await testGateway(
      {},
      { mail: { from: "sales@acme.example", inbox: { imapUrl: door.url, everyMs: 100 } } },
    );
    const { engine, clock } = tested;
    const rowOf = async () =>
      (
        await engine.db.query<{ failing: boolean; looked: boolean }>(
          "select failing_since is not null as failing, looked_at is not null as looked from inbox_places",
        )
      )[0];
    const partOf = async () => {
      await engine.monitor?.turnNow();
      await engine.idle();
      const { components } = await tested.read("/api/health");
      return components.find(({ component }: { component: string }) => component === "inbox");
    };
    await until(async () => (await rowOf())?.failing === true);
    assert.equal((await partOf()).ok, true, "a look that failed is no illness yet");
    clock.advance(240_000);
    const ill = await partOf();
    assert.equal(ill.ok, false);
    assert.match(ill.detail, /^no mail is fetched: ./);
    door.open();
    imap.deliver(mail("one"));
    await until(async () => (await engine.db.query("select 1 from inbound_mail")).length === 1);
    await until(async () => (await rowOf())?.failing === false);
    assert.deepEqual([(await partOf()).ok, (await partOf()).detail], [true, null]);
  });
});

const NULS: readonly (readonly [string, string])[] = [
  ["in plain text", mail("nul-1", "Yes\u0000, gladly.")],
  [
    "in encoded text",
    mail("nul-2", Buffer.from("Yes\u0000, gladly.").toString("base64"), "Content-Transfer-Encoding: base64\n"),
  ],
  ["as an HTML reference", mail("nul-3", "<p>Yes&#0;, gladly.</p>", "Content-Type: text/html\n")],
  ["in the subject", mail("nul-4").replace("Subject: nul-4", "Subject: =?utf-8?B?AEhlbGxvAA==?=")],
  ["in the sender's name", mail("nul-5").replace("From: Ada", "From: =?utf-8?Q?A=00da?=")],
  ["in its own id", mail("nul-6").replace("<nul-6@", "<nul\u0000-6@")],
  ["written out, as a person may", mail("nul-7", "Your API answers \\u0000, why?")],
];

describe("a NUL", () => {
  it("anywhere in a mail stops nothing: each is taken with the words beside it", async () => {
    await using test = await testEngine({ mail: { from: "sales@acme.example" } });
    await test.engine.append([formSubmitted({ email: "ada@acme-systems.example" })]);
    await test.engine.idle();
    for (const [where, raw] of NULS) {
      const taken = await test.engine.mail.take(Buffer.from(raw.replace(/\n/g, "\r\n")));
      assert.equal(taken.state, "taken", `${where}: ${taken.why}`);
    }
    await test.engine.idle();
    const texts = await test.engine.db.query<{ text: string }>(
      "select data->>'text' as text from events where type = 'email_engagement' order by position",
    );
    assert.equal(texts.length, NULS.length);
    for (const { text } of texts.slice(0, -1)) assert.match(text.replace(/\ufffd/g, ""), /^Yes,? ?,? ?gladly\.$/);
    assert.equal(texts.at(-1)?.text, "Your API answers \\u0000, why?");
    assert.deepEqual(test.errors, []);
    const dead = await test.engine.db.query("select 1 from dead_letters");
    assert.deepEqual(dead, []);
  });
});
