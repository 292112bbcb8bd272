/** The incoming half of the HubSpot adapter: the webhook's door, the waiting room, polling, the journal. Built and run by the engine. */
import type { PollLoop } from "../../../db/poll-loop.ts";
import type { HubspotApi } from "../client/client.ts";
import { type CheckedHubspot, secretsOf } from "../client/hubspot-settings.ts";
import { journalApi } from "../client/journal-api.ts";
import { mappingOf } from "../outbound/contact-mapping.ts";
import type { Intake } from "./delivery.ts";
import { isDeliveryWaiting } from "./delivery-rows.ts";
import { EmailEventReader } from "./email-events.ts";
import { EmailReader } from "./emails.ts";
import { FormReader } from "./forms.ts";
import { historyOf } from "./history.ts";
import { type ImportRequest, type ImportResult, importContacts } from "./import-contacts.ts";
import { journalReader } from "./journal.ts";
import { subscribeToJournal } from "./journal-subscriptions.ts";
import { ListReader } from "./lists.ts";
import { askedProperties } from "./newcomer.ts";
import { newcomers } from "./newcomers.ts";
import { Owners } from "./owners.ts";
import { poller } from "./poll.ts";
import { type SignedRequest, whatIsWrong } from "./signature.ts";
import { deliveryTaker } from "./take-deliveries.ts";
import type { TranslationRules } from "./translate.ts";
import { WebhookReceiver } from "./webhook-receiver.ts";
import { noteWebhook } from "./webhook-times.ts";

/** How a webhook says that a form changed a contact. */
const CHANGED_BY_FORM = '"FORM"';
/** How it says that an e-mail record was made: the type, or its name. */
const OF_AN_EMAIL = /"objectTypeId":\s*"(?:0-49|EMAIL)"/i;

export interface IncomingOptions extends Omit<Intake, "rules"> {
  readonly api: HubspotApi;
  readonly settings: CheckedHubspot;
  readonly sweepMs: number;
  /** True while so many events are undecided that webhooks which are kept had better wait. */
  readonly isBusy: () => Promise<boolean>;
  readonly onError: (error: unknown, where: string) => void;
}

export interface Incoming {
  /** What is wrong with a request that says it is HubSpot's; undefined: nothing. */
  whatIsWrong(request: SignedRequest): string | undefined;
  /** The same of a call of a workflow's action, which HubSpot signs with version 2. */
  whatIsWrongWithAction(request: SignedRequest): string | undefined;
  /** Keeps the body of a request in which nothing is wrong. Resolves when it is durable; the log has it a moment later. */
  keep(body: Buffer): Promise<void>;
  /** Calls `listen` with the number of events whenever this process has taken kept webhooks into the log, until the returned function is called. */
  onTaken(listen: (appended: number) => void): () => void;
  /** True while a webhook that was kept is not in the log yet. */
  isWaiting(): Promise<boolean>;
  /** A kept webhook is looked for now. */
  trigger(): void;
  /** Asks HubSpot now what has changed since it was asked last. @returns how many events that gave. */
  pollNow(): Promise<number>;
  /** Asks HubSpot now for forms sent there. @returns how many were new. */
  readFormsNow(): Promise<number>;
  /** Asks HubSpot now for e-mails logged there, and for what its own e-mails led to. @returns how many events that gave. */
  readEmailsNow(): Promise<number>;
  /** Compares HubSpot's lists with ours now. @returns how many events that gave. */
  readListsNow(): Promise<number>;
  /** The addresses of HubSpot's owners, as they were read within the last hour. */
  ownerAddresses(): Promise<readonly string[]>;
  /** Reads all that HubSpot's journal has by now; kept, like webhooks. */
  readJournalNow(): Promise<void>;
  /** Takes every contact HubSpot has into the bulk lane, or with `isDry` counts them. */
  importAll(isDry: boolean, onPage: ImportRequest["onPage"]): Promise<ImportResult>;
  start(): void;
  stop(): Promise<void>;
}

export function incoming(options: IncomingOptions): Incoming {
  const { api, settings, sweepMs, isBusy, onError } = options;
  const rules = rulesOf(settings);
  const intake: Intake = { ...options, rules };
  const properties = askedProperties(mappingOf(settings.properties), rules);
  const history = historyOf(intake, api);
  const waitingRoom = newcomers(intake, {
    api,
    properties,
    sweepMs,
    onError: (error) => onError(error, "HubSpot's newcomers"),
  });
  const polling = poller(intake, {
    api,
    properties,
    everyMs: settings.pollEveryMs,
    history,
    onError: (error) => onError(error, "polling HubSpot"),
  });
  const listeners = new Set<(appended: number) => void>();
  const taken = (appended: number) => {
    for (const listen of listeners) listen(appended);
  };
  const deliveries = deliveryTaker(intake, {
    sweepMs,
    history,
    isBusy,
    onTaken(appended) {
      waitingRoom.trigger();
      taken(appended);
    },
    onError: (error) => onError(error, "webhooks of HubSpot"),
  });
  const forms = new FormReader(intake, {
    api,
    everyMs: settings.formsEveryMs,
    onTaken: taken,
    onError: (error) => onError(error, "forms of HubSpot"),
  });
  const emailSettings = { api, everyMs: settings.emailsEveryMs, onTaken: taken };
  const emails = new EmailReader(intake, {
    ...emailSettings,
    onError: (error) => onError(error, "e-mails of HubSpot"),
  });
  const emailEvents = new EmailEventReader(intake, {
    ...emailSettings,
    onError: (error) => onError(error, "what HubSpot's e-mails led to"),
  });
  const lists = new ListReader(intake, {
    api,
    lists: settings.lists ?? {},
    everyMs: settings.listsEveryMs,
    onTaken: taken,
    onError: (error) => onError(error, "lists of HubSpot"),
  });
  const owners = new Owners({ ...options, onError: (error) => onError(error, "owners of HubSpot") });
  const door = new WebhookReceiver(options.db, () => deliveries.trigger());
  const note = noteWebhook(options.db, options.clock);
  const journal = journalApi(api, settings, options.clock);
  const onJournalError = (error: unknown) => onError(error, "HubSpot's journal");
  const reading = journalReader(intake, {
    journal,
    everyMs: settings.journalEveryMs,
    prepare: () => subscribeToJournal({ api, journal }, settings, rules, onJournalError),
    catchUp: async (since) => void (await polling.pollNow(since)),
    onKept: () => deliveries.trigger(),
    // What it tells need not be asked for.
    onRead: note,
    onError: onJournalError,
  });
  const proof = () => ({ secrets: secretsOf(settings), now: options.clock.now() });
  const readers = [forms, emails, emailEvents, lists].map((reader) => reader.reading);
  const loops: readonly Pick<PollLoop, "start" | "stop">[] = [deliveries, waitingRoom, polling, reading, ...readers];
  return {
    whatIsWrong: (request) => whatIsWrong(request, { ...proof(), acceptsOld: settings.acceptOldSignatures }),
    whatIsWrongWithAction: (request) => whatIsWrong(request, { ...proof(), acceptsOld: "v2" }),
    async keep(body) {
      await door.keep(body);
      if (body.includes(CHANGED_BY_FORM)) forms.reading.trigger();
      if (OF_AN_EMAIL.test(body.toString("latin1"))) emails.trigger();
      // The next poll is the better for it; the answer to HubSpot does not wait.
      note().catch((error: unknown) => onError(error, "webhooks of HubSpot"));
    },
    onTaken(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    isWaiting: () => isDeliveryWaiting(options.db),
    trigger: () => deliveries.trigger(),
    pollNow: () => polling.pollNow(),
    readFormsNow: () => forms.readNow(),
    readEmailsNow: async () => (await emails.readNow()) + (await emailEvents.readNow()),
    readListsNow: () => lists.readNow(),
    ownerAddresses: () => owners.addresses(),
    readJournalNow: () => reading.readNow(),
    importAll: (isDry, onPage) => importContacts(intake, { api, properties, isDry, onPage }),
    start() {
      for (const loop of loops) loop.start();
    },
    async stop() {
      await door.drain();
      for (const loop of loops) await loop.stop();
    },
  };
}

/** How HubSpot's names are read here. */
export function rulesOf(settings: CheckedHubspot): TranslationRules {
  const mapping = mappingOf(settings.properties);
  const subscription = settings.optOutSubscription;
  return {
    ours: Object.fromEntries(Object.entries(mapping).map(([ours, theirs]) => [theirs, ours])),
    optOuts: new Set(["hs_email_optout", ...(subscription === undefined ? [] : [`hs_email_optout_${subscription}`])]),
  };
}
