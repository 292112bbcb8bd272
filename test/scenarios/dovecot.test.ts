/** The inbox on a real dovecot: what other clients do to a folder, and signing in by OAuth. Skipped where dovecot is not installed. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { systemClock } from "../../packages/millrace/src/base/clock.ts";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { ImapPoller } from "../../packages/millrace/src/email/inbound/imap-poller.ts";
import { type TakenMail, takeMails } from "../../packages/millrace/src/email/inbound/take-mail.ts";
import { type InboxSettings, inboxSettings } from "../../packages/millrace/src/email/mail-settings.ts";
import { freshDatabase } from "../factories/database.ts";
import { until } from "../factories/until.ts";
import { dovecot, dovecotMissing } from "../servers/dovecot.ts";

const skip = dovecotMissing();

function mail(name: string): string {
  return `From: Ada <ada@acme.example>\nTo: sales@acme.example\nMessage-ID: <${name}@acme.example>\nSubject: ${name}\n\nYes, gladly.\n`;
}

function head(name: string, more = ""): string {
  return `From: Ada <ada@acme.example>\nTo: sales@acme.example\nMessage-ID: <${name}@acme.example>\nSubject: ${name}\n${more}`;
}

/** Mails that are not like the others: what they are fetched with must not be lost for their neighbours. */
const ODD = [
  { subject: "large", raw: `${head("large")}\nYes.\n${"A line of a long report.\n".repeat(130_000)}` },
  { subject: "larger than all of a batch", raw: `${head("larger than all of a batch")}\n${"x".repeat(9_000_000)}\n` },
  { subject: "no body", raw: head("no body", "\n") },
  {
    subject: "with a NUL",
    raw: `${head("with a NUL", "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n")}\n${Buffer.from("Yes\0, gladly.").toString("base64")}\n`,
  },
  { subject: "no address", raw: "From: undisclosed\nSubject: no address\nMessage-ID: <none@acme.example>\n\nHello.\n" },
];

/** Polls until it is told to stop, and keeps what was taken and what went wrong. */
class Polling {
  readonly taken: TakenMail[] = [];
  readonly errors: string[] = [];
  readonly #poller: ImapPoller;

  constructor(db: Database, inbox: InboxSettings & { readonly imapUrl: string }) {
    const options = { db, append: async () => [], ownAddress: "sales@acme.example", wasErased: () => false };
    this.#poller = new ImapPoller({
      db,
      clock: systemClock,
      inbox: { ...inboxSettings.parse({ everyMs: 50, ...inbox }), imapUrl: inbox.imapUrl },
      take: async (raws) => {
        const taken = await takeMails(raws, Date.now(), options);
        this.taken.push(...taken);
        return taken;
      },
      onError: (error) => void this.errors.push(String(error)),
    });
    this.#poller.start();
  }

  get subjects(): readonly string[] {
    return [...new Set(this.taken.map(({ subject }) => subject))];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#poller.stop();
  }
}

async function ownDatabase(): Promise<AsyncDisposable & { readonly db: Database }> {
  const database = await freshDatabase();
  const db = new Database({ url: database.url, maxConnections: 4 });
  return {
    db,
    async [Symbol.asyncDispose]() {
      await db.close();
      await database.drop();
    },
  };
}

async function rowsOf(db: Database): Promise<readonly string[]> {
  const rows = await db.query<{ subject: string }>("select subject from inbound_mail order by id");
  return rows.map(({ subject }) => subject);
}

describe("an inbox on dovecot", { skip, timeout: 120_000 }, () => {
  it("takes what a colleague has read before the engine looked", async () => {
    await using server = await dovecot();
    await using database = await ownDatabase();
    await server.deliver(mail("one"));
    {
      await using polling = new Polling(database.db, { imapUrl: server.url });
      await until(() => polling.taken.length === 1);
    }
    await server.deliver(mail("two"));
    await server.doveadm("flags", "add", "\\Seen", "mailbox", "INBOX", "all");
    await using polling = new Polling(database.db, { imapUrl: server.url });
    await until(() => polling.taken.length === 1);
    assert.deepEqual(await rowsOf(database.db), ["one", "two"]);
  });

  it("fetches a full inbox in batches: small mails, large ones, one without a body and one with a NUL, each once", async () => {
    await using server = await dovecot();
    await using database = await ownDatabase();
    const names = Array.from({ length: 230 }, (_, i) => `mail-${i}`);
    await server.deliverAll([...names.map(mail), ...ODD.map(({ raw }) => raw)]);
    const wanted = [...names, ...ODD.map(({ subject }) => subject)].sort();
    {
      await using polling = new Polling(database.db, { imapUrl: server.url, markSeen: true });
      await until(() => polling.taken.length >= wanted.length);
      assert.deepEqual([...(await rowsOf(database.db))].sort(), wanted);
      assert.deepEqual(polling.errors, []);
    }
    await server.doveadm("flags", "remove", "\\Seen", "mailbox", "INBOX", "all");
    await server.deliverAll([...names, "the last"].map(mail));
    await using polling = new Polling(database.db, { imapUrl: server.url });
    await until(() => polling.subjects.includes("the last"));
    assert.deepEqual([...(await rowsOf(database.db))].sort(), [...wanted, "the last"].sort());
  });

  it("goes on in a folder whose UIDs began anew, with what was read there meanwhile, and takes nothing twice", async () => {
    await using server = await dovecot();
    await using database = await ownDatabase();
    const inbox = { imapUrl: server.url, folder: "Replies" };
    await server.doveadm("mailbox", "create", "Replies");
    await server.deliver(mail("one"), "Replies");
    await server.deliver(mail("two"), "Replies");
    {
      await using polling = new Polling(database.db, inbox);
      await until(() => polling.taken.length === 2);
    }
    // The old folder becomes an archive; the new one has UIDs from 1 on and another validity.
    await server.doveadm("mailbox", "rename", "Replies", "Archive");
    await server.doveadm("mailbox", "create", "Replies");
    await server.deliver(mail("three"), "Replies");
    await server.deliver(mail("one"), "Replies");
    await server.doveadm("flags", "add", "\\Seen", "mailbox", "Replies", "all");
    await using polling = new Polling(database.db, inbox);
    await until(() => polling.taken.length === 2);
    assert.deepEqual(await rowsOf(database.db), ["one", "two", "three"]);
  });

  it("says that its folder was renamed away, and goes on when it is there again", async () => {
    await using server = await dovecot();
    await using database = await ownDatabase();
    await server.doveadm("mailbox", "create", "Replies");
    await server.deliver(mail("one"), "Replies");
    await using polling = new Polling(database.db, { imapUrl: server.url, folder: "Replies" });
    await until(() => polling.taken.length === 1);
    await server.doveadm("mailbox", "rename", "Replies", "Done");
    await until(() => polling.errors.length > 0);
    const [place] = await database.db.query<{ error: string | null }>("select error from inbox_places");
    assert.ok(place?.error, "health shows it");
    await server.doveadm("mailbox", "rename", "Done", "Replies");
    await server.deliver(mail("two"), "Replies");
    await until(() => polling.subjects.includes("two"));
    assert.deepEqual(await rowsOf(database.db), ["one", "two"]);
  });

  it("signs in by XOAUTH2, and with a new token when the first is withdrawn", async () => {
    await using accounts = await accountServer();
    await using server = await dovecot({ tokenInfoUrl: `${accounts.url}/info?token=` });
    await using database = await ownDatabase();
    await server.deliver(mail("one"));
    const imapUrl = `imap://millrace@127.0.0.1:${server.port}`;
    const oauth = { tokenUrl: `${accounts.url}/token`, clientId: "millrace", refreshToken: "r" };
    {
      await using polling = new Polling(database.db, { imapUrl, oauth });
      await until(() => polling.taken.length === 1);
      assert.deepEqual(polling.errors, []);
    }
    accounts.refuseNext();
    await server.deliver(mail("two"));
    await using polling = new Polling(database.db, { imapUrl, oauth });
    await until(() => polling.subjects.includes("two"));
    assert.equal(polling.errors.length, 1);
    assert.equal(accounts.tokens, 3);
  });
});

/** Gives tokens, and answers a mail server which of them are good. */
class AccountServer {
  tokens = 0;
  readonly #refused = new Set<string>();
  readonly #server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(request.url === "/token" ? this.#newToken() : this.#infoOf(request.url ?? "")));
  });

  async listen(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The next token that is given will not be taken. */
  refuseNext(): void {
    this.#refused.add(`token-${this.tokens + 1}`);
  }

  #newToken() {
    this.tokens += 1;
    return { access_token: `token-${this.tokens}`, token_type: "Bearer", expires_in: 3_600 };
  }

  #infoOf(url: string) {
    const token = new URL(url, this.url).searchParams.get("token") ?? "";
    return this.#refused.has(token) ? { active: false } : { active: true, username: "millrace" };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

function accountServer(): Promise<AccountServer> {
  return new AccountServer().listen();
}
