/**
 * The mail channel: e-mails out, and what comes back in. Built by the engine from the settings; the gateway's doors for
 * links, unsubscribing and inbound mail end here. Workflows decide what follows; this states facts.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../base/clock.ts";
import { newestReading } from "../base/newest-reading.ts";
import type { Suppressions } from "../contacts/suppression.ts";
import type { Database } from "../db/database.ts";
import { PollLoop } from "../db/poll-loop.ts";
import type { Appended, NewEvent } from "../events/event.ts";
import type { TaskHandler } from "../tasks/handler.ts";
import { abandonEmail, beginEmail } from "../tasks/sending.ts";
import type { MailLayoutOptions } from "./compose/mail-layout.ts";
import type { Templates } from "./compose/templates.ts";
import { ImapPoller, type ImapPollerOptions } from "./inbound/imap-poller.ts";
import { type TakeMailOptions, type TakenMail, takeMail, takeMails } from "./inbound/take-mail.ts";
import { type MailInForce, trackingSettings } from "./mail-settings.ts";
import type { MailPolicy } from "./policy/mail-gate.ts";
import { readMailRates, reportPause, whyPause } from "./policy/mail-rates.ts";
import { readMailSwitch } from "./policy/mail-switch.ts";
import { flushHits, noteHit } from "./tracking/hits.ts";
import { type LinkTokens, linkTokens } from "./tracking/link-tokens.ts";
import { contactOfLink, unsubscribe, unsubscribeUrl } from "./tracking/unsubscribe.ts";
import { localMailer, type MailerOptions, smtpMailer } from "./transport/mailer.ts";
import { parseSender } from "./transport/sender.ts";

export interface MailChannelOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly settings: MailInForce;
  /** Where links in letters lead to; left out: letters have none of ours. */
  readonly publicUrl: string | undefined;
  /** Signs those links. */
  readonly linkKey: string;
  /** Who is not to be written to because they were erased. */
  readonly suppressions: Suppressions;
  readonly templates: Templates;
  readonly append: (events: readonly NewEvent[]) => Promise<readonly Appended[]>;
  /** Addresses of our own people beside those of the settings: HubSpot's owners, where it is connected. */
  readonly ownPeople?: () => Promise<readonly string[]>;
  /** Whether this process may fetch mail; of those that may, one does. */
  readonly mayFetch: boolean;
  readonly sweepMs: number;
  readonly onError: (error: unknown, where: string) => void;
}

/** A request for one of our links, as the gateway sees it. */
export interface LinkRequest {
  readonly method: string;
  readonly userAgent: string;
}

export interface MailChannel {
  readonly mailer: TaskHandler;
  start(): void;
  stop(): Promise<void>;
  /** @returns where it leads (null for the pixel), or undefined for a token that is not ours. */
  follow(kind: "open" | "click", token: string, request: LinkRequest): Promise<{ target: string | null } | undefined>;
  /** One round of what is done every few seconds by itself: looks at the rates, tells the log of opens and clicks. */
  settle(): Promise<void>;
  /** Takes in one message (RFC 5322), and says what became of it. A message that came before is the same one. */
  take(raw: Uint8Array): Promise<TakenMail>;
  /** Looks into the inbox now, where one is set. */
  fetch(): void;
  /** @returns the contact an unsubscribe link names, or undefined for a token that is not ours. */
  contactOf(token: string): string | undefined;
  /** Resolves when the contact is opted out for good. */
  unsubscribe(contact: string): Promise<void>;
  /** Looks at the switch now; done every few seconds by itself. */
  look(): Promise<void>;
}

export function mailChannel(options: MailChannelOptions): MailChannel {
  const { db, clock, settings, append, suppressions } = options;
  const tokens = linkTokens(options.linkKey);
  const rules = rulesOf(settings);
  const watched: Watched = {
    switchedOff: undefined,
    cannotRecognise: false,
    prospectingPaused: undefined,
    ratesReadAt: undefined,
  };
  const wasErased = (address: string) => suppressions.hasAddress(address);
  const policy = () => ({ ...policyOf(rules, settings, watched), wasErased });
  const { mailer, close } = mailerOf(options, tokens, policy);
  const ownAddress = parseSender(settings.from).address;
  const own = settings.ownDomains.map((name) => name.toLowerCase().replace(/^@/, ""));
  const { ownPeople = async () => [] } = options;
  const taking: TakeMailOptions = { db, append, ownAddress, own, ownPeople, wasErased };
  const take = (raw: Uint8Array) => takeMail(raw, clock.now(), taking);
  const poller = pollerOf(options, (raws) => takeMails(raws, clock.now(), taking));
  const settle = async () => {
    await watchRates(db, clock.now(), watched);
    while (await flushHits(db, append, clock.now())) {}
  };
  const watchSwitch = newestReading(
    () => readMailSwitch(db),
    ({ isPaused, reason }) => {
      watched.switchedOff = isPaused ? (reason ?? "The mail is switched off.") : undefined;
    },
  );
  const watch = async () => {
    await suppressions.refresh().then(
      () => {
        watched.cannotRecognise = false;
      },
      (error: unknown) => {
        watched.cannotRecognise = true;
        options.onError(error, "mail");
      },
    );
    await watchSwitch();
  };
  const rounds = new PollLoop({
    turn: async () => {
      await watch();
      await watchRates(db, clock.now(), watched);
      return flushHits(db, append, clock.now());
    },
    sweepMs: options.sweepMs,
    onError: (error) => options.onError(error, "mail"),
  });
  return {
    mailer,
    start() {
      rounds.start();
      poller?.start();
    },
    async stop() {
      await poller?.stop();
      await rounds.stop();
      await close();
    },
    async follow(kind, token, request) {
      const subject = tokens.read(kind, token);
      if (subject === undefined) return undefined;
      return noteHit(db, { kind, letter: subject.id, link: subject.link, ...request }, clock.now());
    },
    settle,
    take,
    fetch: () => poller?.trigger(),
    contactOf: (token) => contactOfLink(tokens, token),
    async unsubscribe(contact) {
      await unsubscribe(append, contact);
      await noneIsLeaving(db, contact);
    },
    look: watch,
  };
}

/** What the rounds last saw. The mailer that sends reads the switch itself, in its transaction; the local one sends nothing. */
interface Watched {
  switchedOff: string | undefined;
  /** An erased person could be written to, so that no one is. */
  cannotRecognise: boolean;
  prospectingPaused: string | undefined;
  ratesReadAt: number | undefined;
}

const RATES_EVERY_MS = 60_000;

async function watchRates(db: Database, now: number, watched: Watched): Promise<void> {
  if (watched.ratesReadAt !== undefined && now < watched.ratesReadAt + RATES_EVERY_MS) return;
  const why = whyPause(await readMailRates(db, now));
  // A slow reading that began before a newer one says what was.
  if (watched.ratesReadAt !== undefined && watched.ratesReadAt > now) return;
  watched.prospectingPaused = why;
  watched.ratesReadAt = now;
  if (watched.prospectingPaused !== undefined) await reportPause(db, watched.prospectingPaused, now);
}

function mailerOf(options: MailChannelOptions, tokens: LinkTokens, policy: () => MailPolicy) {
  const { db, clock, settings, templates, suppressions } = options;
  const mailing: MailerOptions = {
    templates,
    from: settings.from,
    policy,
    ...mailLayoutOf(settings, options.publicUrl, tokens),
  };
  if (settings.smtpUrl === undefined) return { mailer: localMailer(mailing), close: async () => {} };
  const mailer = smtpMailer({
    ...mailing,
    transport: settings.smtpUrl,
    ledger: {
      begin: (record, judge) => {
        const addressHash = suppressions.hashOf({ kind: "email", value: record.to });
        return beginEmail(db, { ...record, ...(addressHash && { addressHash }) }, clock.now(), judge);
      },
      abandon: (onceKey) => abandonEmail(db, onceKey),
    },
  });
  return { mailer, close: () => mailer.close() };
}

const LEFT_WITHIN_MS = 5_000;
const LEFT_LOOK_MS = 50;

/**
 * Resolves when no e-mail to the contact is under way any more: of one that was begun just before, the dialogue with the
 * mail server may only begin now, and who is told that nothing comes any more is right.
 */
async function noneIsLeaving(db: Database, contact: string): Promise<void> {
  for (const deadline = performance.now() + LEFT_WITHIN_MS; performance.now() < deadline; ) {
    const [leaving] = await db.query("select 1 from emails where contact = $1 and state = 'sending' limit 1", [
      contact,
    ]);
    if (leaving === undefined) return;
    await sleep(LEFT_LOOK_MS);
  }
}

function pollerOf(options: MailChannelOptions, take: ImapPollerOptions["take"]): ImapPoller | undefined {
  const { db, clock, settings, onError } = options;
  const { inbox } = settings;
  if (inbox?.imapUrl === undefined || !options.mayFetch) return undefined;
  return new ImapPoller({ db, clock, inbox: { ...inbox, imapUrl: inbox.imapUrl }, take, onError });
}

function mailLayoutOf(settings: MailInForce, publicUrl: string | undefined, tokens: LinkTokens): MailLayoutOptions {
  const foot = settings.postalAddress === undefined ? {} : { postalAddress: settings.postalAddress };
  if (publicUrl === undefined) return foot;
  const base = publicUrl.replace(/\/+$/, "");
  return {
    ...foot,
    unsubscribeUrl: (contact) => unsubscribeUrl(base, tokens, contact),
    tracking: { ...(settings.tracking ?? ALL_TRACKING), publicUrl: base, tokens },
  };
}

const ALL_TRACKING = trackingSettings.parse({});

type Rules = Pick<
  MailPolicy,
  "cap" | "window" | "never" | "consentProperty" | "perDomainPerDay" | "pauseAfterAnswerMs"
>;

function rulesOf({ cap, window, never, consentProperty, perDomainPerDay, pauseAfterAnswerMs }: MailInForce): Rules {
  const addresses = never.map((entry) => entry.toLowerCase().replace(/^@/, ""));
  return { cap, window, never: addresses, consentProperty, perDomainPerDay, pauseAfterAnswerMs };
}

function policyOf(rules: Rules, settings: MailInForce, watched: Watched): MailPolicy {
  const paused = settings.paused === true ? "mail.paused is set." : watched.switchedOff;
  return { ...rules, paused, cannotRecognise: watched.cannotRecognise, prospectingPaused: watched.prospectingPaused };
}
