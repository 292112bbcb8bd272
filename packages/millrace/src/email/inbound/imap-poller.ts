/**
 * Fetches replies from an IMAP folder: on the server's notice of new mail, and every so often by itself. Each message is
 * taken before the cursor in the folder moves on, so none is lost; taken again it is recognised. One process polls at a
 * time. A message that cannot be read is set aside, and everything behind it is taken. A server that falls silent in the
 * middle of a poll is left after a minute.
 */
import type { ImapFlow } from "imapflow";
import type { Clock } from "../../base/clock.ts";
import { MillraceError } from "../../base/errors.ts";
import type { Database } from "../../db/database.ts";
import { Leadership } from "../../db/leadership.ts";
import { PollLoop } from "../../db/poll-loop.ts";
import type { InboxInForce } from "../mail-settings.ts";
import { beginFirstLook, type InboxCursor, noteFailure, readCursor, writeCursor } from "./inbox-cursor.ts";
import { type OAuthTokens, oauthTokens } from "./oauth-tokens.ts";
import { READ_BYTES } from "./read-mail.ts";
import { setAside, type TakenMail } from "./take-mail.ts";

export interface ImapPollerOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly inbox: InboxInForce & { readonly imapUrl: string };
  /** Takes messages in, in their order. */
  readonly take: (raws: readonly Uint8Array[]) => Promise<readonly TakenMail[]>;
  readonly onError: (error: unknown, where: string) => void;
  /** How long a server may be silent in the middle of a poll. Default 60,000. */
  readonly stallMs?: number;
}

const TIMEOUT_MS = 20_000;
const STALL_MS = 60_000;
/** So many messages share their commands and their commits, unless they are large. */
const MAX_AT_ONCE = 100;
const MAX_BYTES_AT_ONCE = 8 * 1024 * 1024;
const DAY_MS = 86_400_000;
/** Polling's advisory lock. */
const LEADER_KEY = 7_241_105;

export class ImapPoller {
  readonly #options: ImapPollerOptions;
  readonly #looper: PollLoop;
  readonly #leadership: Leadership;
  readonly #folder: string;
  readonly #name: string;
  readonly #tokens: OAuthTokens | undefined;
  #client: ImapFlow | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  /** Ends the poll under way. */
  #endPoll: ((error: Error) => void) | undefined;
  /** Messages are on their way into the database: that is waited for. */
  #isTaking = false;
  #isStopping = false;

  /** @throws MillraceError invalid_config for an address that is none. */
  constructor(options: ImapPollerOptions) {
    this.#options = options;
    const url = checkedUrl(options.inbox.imapUrl);
    this.#folder = options.inbox.folder;
    this.#name = inboxName(options.inbox);
    this.#tokens = options.inbox.oauth === undefined ? undefined : oauthTokens(options.inbox.oauth, options.clock);
    if (this.#tokens !== undefined && url.username === "") throw noUser();
    this.#leadership = new Leadership(options.db, LEADER_KEY);
    this.#looper = new PollLoop({
      turn: () => this.#turn(),
      sweepMs: options.inbox.everyMs,
      onError: (error) => {
        this.#drop();
        if (this.#isStopping) return;
        options.onError(error, "inbox");
        noteFailure(options.db, this.#name, error, options.clock.now()).catch(() => {});
      },
    });
  }

  start(): void {
    this.#isStopping = false;
    this.#looper.start();
  }

  /** Looks now. */
  trigger(): void {
    this.#looper.trigger();
  }

  async stop(): Promise<void> {
    // A poll that waits for a silent server is not waited for: what it has not taken is taken at the next start.
    const stopped = this.#looper.stop();
    this.#drop();
    this.#isStopping = true;
    if (!this.#isTaking) this.#endPoll?.(connectionLost());
    await stopped;
    this.#drop();
    await this.#leadership.release();
  }

  async #turn(): Promise<boolean> {
    if (!(await this.#leadership.lead())) return false;
    return this.#watched(async () => {
      const client = await this.#connected();
      const lock = await client.getMailboxLock(this.#folder);
      let mayHaveMore = false;
      try {
        mayHaveMore = await this.#takeNew(client);
      } finally {
        lock.release();
      }
      // The server tells of new mail until the next command; an error of it shows at the next turn.
      if (!mayHaveMore) client.idle().catch(() => {});
      return mayHaveMore;
    });
  }

  /** Ends a poll whose server stays silent: a command of a connection that died unnoticed may never be answered. */
  async #watched(poll: () => Promise<boolean>): Promise<boolean> {
    const stalled = Promise.withResolvers<never>();
    const stallMs = this.#options.stallMs ?? STALL_MS;
    this.#endPoll = stalled.reject;
    this.#watchdog = setTimeout(() => {
      this.#drop();
      stalled.reject(stalledError(stallMs));
    }, stallMs);
    try {
      return await Promise.race([poll(), stalled.promise]);
    } finally {
      clearTimeout(this.#watchdog);
      this.#watchdog = undefined;
      this.#endPoll = undefined;
    }
  }

  async #connected(): Promise<ImapFlow> {
    if (this.#client?.usable) return this.#client;
    this.#drop();
    const url = checkedUrl(this.#options.inbox.imapUrl);
    const isSecure = url.protocol === "imaps:";
    const user = decodeURIComponent(url.username);
    // Loaded for the first connection: with its parsers it would take 120 ms of every start.
    const imapflow = await import("imapflow");
    const client = new imapflow.ImapFlow({
      host: url.hostname,
      port: url.port === "" ? (isSecure ? 993 : 143) : Number(url.port),
      secure: isSecure,
      auth:
        this.#tokens === undefined
          ? { user, pass: decodeURIComponent(url.password) }
          : { user, accessToken: await this.#tokens.current() },
      logger: false,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: 10 * 60_000,
    });
    // Without a listener, a connection lost while idle ends the process.
    client.on("error", () => {});
    client.on("exists", () => this.#looper.trigger());
    // Commands under way when a connection is lost may never be answered.
    client.on("close", () => {
      if (this.#client === client && !this.#isTaking) this.#endPoll?.(connectionLost());
    });
    if (this.#isStopping) throw connectionLost();
    this.#client = client;
    try {
      await client.connect();
      // Dropped while it was on its way, it would stay open for nothing.
      if (this.#client !== client || this.#isStopping) {
        client.close();
        throw connectionLost();
      }
    } catch (error) {
      // A token that was withdrawn is not tried again.
      this.#tokens?.forget();
      throw error;
    }
    return client;
  }

  #drop(): void {
    const client = this.#client;
    this.#client = undefined;
    client?.close();
  }

  async #takeNew(client: ImapFlow): Promise<boolean> {
    const mailbox = client.mailbox;
    if (mailbox === false) return false;
    const { db, clock } = this.#options;
    const uidValidity = String(mailbox.uidValidity);
    const known = await readCursor(db, this.#name);
    if (known === undefined || known.uidValidity !== uidValidity) {
      await this.#takeFirst(client, uidValidity, known);
      return false;
    }
    // From here on everything is taken, read by a person or not.
    const found = (await client.search({ uid: `${known.lastUid + 1}:*` }, { uid: true })) || [];
    const uids = found.filter((uid) => uid > known.lastUid).sort((a, b) => a - b);
    for (const some of await this.#inPortions(client, uids.slice(0, MAX_AT_ONCE))) {
      await this.#takeAll(client, some, uidValidity);
      await writeCursor(db, this.#name, { uidValidity, lastUid: some.at(-1) ?? known.lastUid }, clock.now());
    }
    if (uids.length === 0) await writeCursor(db, this.#name, { uidValidity, lastUid: known.lastUid }, clock.now());
    return uids.length > MAX_AT_ONCE;
  }

  /**
   * The first look at a folder, or at one whose UIDs began anew. What a person has read before us is history; after a change of
   * the UIDs, what came since the last look is taken too, and what was taken before is recognised.
   */
  async #takeFirst(client: ImapFlow, uidValidity: string, known: InboxCursor | undefined): Promise<void> {
    const { db, clock } = this.#options;
    if (known === undefined) await beginFirstLook(db, this.#name, clock.now());
    const highest = await highestUid(client);
    const unseen = (await client.search({ seen: false }, { uid: true })) || [];
    const since =
      known?.lookedAt === undefined || known.lookedAt === null
        ? []
        : (await client.search({ since: new Date(known.lookedAt - DAY_MS) }, { uid: true })) || [];
    const uids = [...new Set([...unseen, ...since])].sort((a, b) => a - b);
    for (let i = 0; i < uids.length; i += MAX_AT_ONCE) {
      for (const some of await this.#inPortions(client, uids.slice(i, i + MAX_AT_ONCE))) {
        await this.#takeAll(client, some, uidValidity);
      }
    }
    await writeCursor(db, this.#name, { uidValidity, lastUid: Math.max(highest, uids.at(-1) ?? 0) }, clock.now());
  }

  /** UIDs in groups whose messages are fetched together: of large ones a few. */
  async #inPortions(client: ImapFlow, uids: readonly number[]): Promise<readonly (readonly number[])[]> {
    if (uids.length <= 1) return uids.length === 0 ? [] : [uids];
    this.#watchdog?.refresh();
    const found = await client.fetchAll(uids.join(","), { uid: true, size: true }, { uid: true });
    const sizes = new Map(found.map(({ uid, size }) => [uid, Math.min(size ?? READ_BYTES, READ_BYTES)]));
    const portions: number[][] = [];
    let bytes = 0;
    for (const uid of uids) {
      const size = sizes.get(uid) ?? 0;
      const last = portions.at(-1);
      if (last === undefined || bytes + size > MAX_BYTES_AT_ONCE) {
        portions.push([uid]);
        bytes = size;
      } else {
        last.push(uid);
        bytes += size;
      }
    }
    return portions;
  }

  async #takeAll(client: ImapFlow, uids: readonly number[], uidValidity: string): Promise<void> {
    const { db, clock, inbox, take } = this.#options;
    this.#watchdog?.refresh();
    // Of a very large message the beginning is enough; the rest is attachments. One that is gone meanwhile was moved or deleted by a person.
    const query = { uid: true, size: true, source: { start: 0, maxLength: READ_BYTES } };
    const fetched = await client.fetchAll(uids.join(","), query, { uid: true });
    const there = fetched.filter(({ uid }) => uids.includes(uid)).sort((a, b) => a.uid - b.uid);
    const raws: Uint8Array[] = [];
    for (const message of there) {
      this.#watchdog?.refresh();
      // Some servers give only the first of several its content.
      const isWhole = message.source !== undefined && (message.source.length > 0 || message.size === 0);
      const again = isWhole ? message : await client.fetchOne(String(message.uid), query, { uid: true });
      if (again === false) continue;
      if (again.source !== undefined) raws.push(again.source);
      else {
        const key = `${this.#name}:${uidValidity}:${message.uid}`;
        await setAside(db, key, "The server gave no content.", clock.now());
      }
    }
    this.#watchdog?.refresh();
    this.#isTaking = true;
    try {
      await take(raws);
    } finally {
      this.#isTaking = false;
    }
    if (this.#isStopping || !client.usable) throw connectionLost();
    if (inbox.markSeen && there.length > 0) {
      await client.messageFlagsAdd(there.map(({ uid }) => uid).join(","), ["\\Seen"], { uid: true });
      // Marking on a lost connection fails without an error; the next look takes the same messages, knows them, and marks them.
      if (!client.usable) throw connectionLost();
    }
  }
}

/** What an inbox is called in tables: without the password. */
export function inboxName({ imapUrl, folder }: { readonly imapUrl: string; readonly folder?: string }): string {
  const url = checkedUrl(imapUrl);
  return `${url.username}@${url.host}/${folder ?? "INBOX"}`.slice(0, 500);
}

/** Some servers tell no UIDNEXT; the last message knows its own UID. */
async function highestUid(client: ImapFlow): Promise<number> {
  const mailbox = client.mailbox;
  if (mailbox === false) return 0;
  const next = Number(mailbox.uidNext);
  if (Number.isSafeInteger(next) && next > 0) return next - 1;
  if (!(mailbox.exists > 0)) return 0;
  const last = await client.fetchOne("*", { uid: true });
  return last === false ? 0 : last.uid;
}

function checkedUrl(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && /^imaps?:$/.test(url.protocol) && url.hostname !== "") return url;
  throw new MillraceError("invalid_config", {
    saw: "mail.inbox.imapUrl is not the address of an IMAP server.",
    expected: "imaps://user:password@host:993",
    next: "correct mail.inbox.imapUrl or MILLRACE_IMAP_URL.",
    field: "mail.inbox.imapUrl",
  });
}

function noUser(): MillraceError {
  return new MillraceError("invalid_config", {
    saw: "mail.inbox.oauth is set, but mail.inbox.imapUrl names no user.",
    expected: "imaps://sales%40acme.example@outlook.office365.com:993",
    next: "add the mailbox to mail.inbox.imapUrl, its @ written as %40.",
    field: "mail.inbox.imapUrl",
  });
}

function stalledError(ms: number): MillraceError {
  return new MillraceError("delivery_failed", {
    saw: `The IMAP server was silent for ${ms / 1000} s in the middle of a poll.`,
    next: "nothing is lost: a new connection continues after the last message that was taken.",
  });
}

function connectionLost(): MillraceError {
  return new MillraceError("delivery_failed", {
    saw: "The connection to the IMAP server was closed in the middle of a poll.",
    next: "nothing is lost: a new connection continues after the last message that was taken.",
  });
}
