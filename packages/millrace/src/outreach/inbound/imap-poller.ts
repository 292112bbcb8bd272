/**
 * Fetches replies from an IMAP folder: on the server's notice of new mail, and every so often by itself. Each message is
 * taken before the place in the folder moves on, so none is lost; taken again it is recognised. One process polls at a
 * time. A message that cannot be read is set aside, and everything behind it is taken.
 */
import { ImapFlow } from "imapflow";
import type { Clock } from "../../clock.ts";
import type { Database } from "../../db/database.ts";
import { Leadership } from "../../db/leadership.ts";
import { Looper } from "../../db/looper.ts";
import { MillraceError } from "../../errors.ts";
import type { InboxInForce } from "../mail-settings.ts";
import { LARGEST_MAIL } from "./read-mail.ts";
import { setAside, type TakenMail } from "./take-mail.ts";

export interface ImapPollerOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly inbox: InboxInForce & { readonly imapUrl: string };
  readonly take: (raw: Uint8Array) => Promise<TakenMail>;
  readonly onError: (error: unknown, where: string) => void;
}

const TIMEOUT_MS = 20_000;
const MOST_AT_ONCE = 50;
/** Polling's advisory lock. */
const LEADER_KEY = 7_241_105;

interface Place {
  readonly uidValidity: string;
  readonly lastUid: number;
}

export class ImapPoller {
  readonly #options: ImapPollerOptions;
  readonly #looper: Looper;
  readonly #leadership: Leadership;
  readonly #folder: string;
  readonly #name: string;
  #client: ImapFlow | undefined;

  /** @throws MillraceError invalid_config for an address that is none. */
  constructor(options: ImapPollerOptions) {
    this.#options = options;
    const url = checkedUrl(options.inbox.imapUrl);
    this.#folder = options.inbox.folder;
    // Without the password: this is a key in a table.
    this.#name = `${url.username}@${url.host}/${this.#folder}`.slice(0, 500);
    this.#leadership = new Leadership(options.db, LEADER_KEY);
    this.#looper = new Looper({
      turn: () => this.#turn(),
      sweepMs: options.inbox.everyMs,
      onError: (error) => {
        this.#drop();
        options.onError(error, "inbox");
      },
    });
  }

  start(): void {
    this.#looper.start();
  }

  /** Looks now. */
  poke(): void {
    this.#looper.poke();
  }

  async stop(): Promise<void> {
    // A turn that waits for a silent server ends with its connection.
    const stopped = this.#looper.stop();
    this.#drop();
    await stopped;
    this.#drop();
    await this.#leadership.release();
  }

  async #turn(): Promise<boolean> {
    if (!(await this.#leadership.lead())) return false;
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
  }

  async #connected(): Promise<ImapFlow> {
    if (this.#client?.usable) return this.#client;
    this.#drop();
    const url = checkedUrl(this.#options.inbox.imapUrl);
    const isSecure = url.protocol === "imaps:";
    const client = new ImapFlow({
      host: url.hostname,
      port: url.port === "" ? (isSecure ? 993 : 143) : Number(url.port),
      secure: isSecure,
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
      logger: false,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: 10 * 60_000,
    });
    // Without a listener, a connection lost while idle ends the process.
    client.on("error", () => {});
    client.on("exists", () => this.#looper.poke());
    this.#client = client;
    await client.connect();
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
    const uidValidity = String(mailbox.uidValidity);
    const place = await this.#place(uidValidity);
    // What was there before us and somebody has read is history; later on, read or not, everything is taken.
    const wanted = place === undefined ? { seen: false } : { uid: `${place.lastUid + 1}:*` };
    const found = (await client.search(wanted, { uid: true })) || [];
    const uids = found.filter((uid) => uid > (place?.lastUid ?? 0)).sort((a, b) => a - b);
    if (place === undefined) {
      for (const uid of uids) await this.#takeOne(client, uid, uidValidity);
      await this.#move({ uidValidity, lastUid: Math.max(mailbox.uidNext - 1, uids.at(-1) ?? 0) });
      return false;
    }
    for (const uid of uids.slice(0, MOST_AT_ONCE)) {
      await this.#takeOne(client, uid, uidValidity);
      await this.#move({ uidValidity, lastUid: uid });
    }
    return uids.length > MOST_AT_ONCE;
  }

  async #takeOne(client: ImapFlow, uid: number, uidValidity: string): Promise<void> {
    const { db, clock, inbox, take } = this.#options;
    const key = `${this.#name}:${uidValidity}:${uid}`;
    const head = await client.fetchOne(String(uid), { size: true }, { uid: true });
    // Gone meanwhile: somebody moved or deleted it.
    if (head === false) return;
    if ((head.size ?? 0) > LARGEST_MAIL) {
      await setAside(db, key, `It is larger than ${LARGEST_MAIL / 1024 / 1024} MB.`, clock.now());
    } else {
      const whole = await client.fetchOne(String(uid), { source: true }, { uid: true });
      if (whole === false || whole.source === undefined) return;
      await take(whole.source);
    }
    if (inbox.markSeen) await client.messageFlagsAdd(String(uid), ["\\Seen"], { uid: true });
  }

  async #place(uidValidity: string): Promise<Place | undefined> {
    const [row] = await this.#options.db.query<Place>(
      'select uid_validity as "uidValidity", last_uid as "lastUid" from inbox_places where inbox = $1 and uid_validity = $2',
      [this.#name, uidValidity],
    );
    return row;
  }

  async #move({ uidValidity, lastUid }: Place): Promise<void> {
    await this.#options.db.query(
      `insert into inbox_places (inbox, uid_validity, last_uid) values ($1, $2, $3)
       on conflict (inbox) do update set uid_validity = excluded.uid_validity, last_uid = excluded.last_uid`,
      [this.#name, uidValidity, lastUid],
    );
  }
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
