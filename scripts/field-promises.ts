/**
 * What was found in the field and mended, each with the test that shows it: the nine flows driven from outside (F1 to F19) and
 * forms, pages and senders as they are (K13 to K22). And the arrows of flows 1, 2, 5 and 7 once more from HubSpot's side. Part
 * of docs/flows.md; a test fails when a named test does not exist.
 */
import type { Promised } from "./mission-arrows.ts";

const is = (what: string, file: string, test: string): Promised => ({ what, shownBy: `${file} › ${test}` });

const FORMS_IN = "test/crm-in/forms.test.ts";
const EDITS = "test/crm-in/edits.test.ts";
const EMAILS = "test/crm-in/emails.test.ts";
const JUDGEMENTS = "test/crm-in/judgements.test.ts";
const HISTORY = "test/crm-in/history.test.ts";
const SYNC = "test/crm/sync.test.ts";
const REPLIES = "test/scenarios/replies.test.ts";
const OWNERS = "test/scenarios/score-owners.test.ts";
const OVERDUE = "test/scenarios/overdue.test.ts";
const INTEGRATIONS = "test/scenarios/integrations.test.ts";
const LIMITS = "test/scenarios/mail-limits.test.ts";
const FORMS = "test/http/forms.test.ts";
const INTAKE = "test/http/intake.test.ts";
const CLI = "test/cli/hubspot.test.ts";
const ENRICHER = "packages/millrace/src/agents/data-enricher";

/** Each arrow that HubSpot begins, run against the simulator. */
export const hubspotArrows: Readonly<Record<number, readonly Promised[]>> = {
  1: [
    is("HubSpot → engine: a contact is made there", EDITS, "comes in once with everything HubSpot has of it"),
    is("HubSpot → engine: a person edits a property", EDITS, "reaches the contact with its value before"),
    is("HubSpot → engine: a person edits the score", EDITS, "of the lead score crosses every threshold it passes"),
    is("HubSpot → engine: values that come late", HISTORY, "20 cross into hot, and each value is recorded once"),
    is("HubSpot → engine: a person completes a task", EDITS, "completed in HubSpot is completed here"),
    is("HubSpot → engine: its contact's time zone", "test/crm-in/time-zones.test.ts", "at nine UTC"),
  ],
  2: [
    is("HubSpot → engine: a form is sent there", FORMS_IN, "is thanked, scored and answered like one of our own"),
    is("HubSpot → engine: a webhook announces a form", FORMS_IN, "is read as soon as a webhook announces"),
    is("HubSpot → engine: a form says what none may say", FORMS_IN, "sets no score, owner, stage or status"),
    is("engine → HubSpot: the scored lead", SYNC, "that sends a form stands in HubSpot, scored, with our id"),
  ],
  5: [
    is("HubSpot → engine: an answer logged there", EMAILS, "that says yes ends the sequence and alerts sales"),
    is("HubSpot → engine: the same answer by both ways", EMAILS, "and one in our own mailbox are one answer"),
    is("HubSpot → engine: an opening, a click, a bounce", EMAILS, "opened, clicked, opened again and bounced"),
    is("HubSpot → engine: what its own e-mails led to", EMAILS, "counts for the contact, a program's does not"),
    is("HubSpot → engine: a report as spam", EMAILS, "a report as spam opts out"),
    is("HubSpot → engine: an opt-out", EDITS, "that opts the contact out ends all mail"),
  ],
  7: [
    is("HubSpot → engine: a customer's stage", JUDGEMENTS, "the stage of a customer: onboarding is asked for"),
    is("HubSpot → engine: a lead status", JUDGEMENTS, "BAD_TIMING: for so long as badTimingFor says"),
    is("engine → HubSpot: a purchase", JUDGEMENTS, "stands in HubSpot: the stage, and a note with product and price"),
    is(
      "engine → HubSpot: a value it does not take",
      SYNC,
      "admins and the contact's page say property, kind and next step",
    ),
  ],
};

export const fieldPromises: readonly Promised[] = [
  is("F1 a form sent at HubSpot begins flow 2", FORMS_IN, "is thanked, scored and answered like one of our own"),
  is(
    "F3 a reply that seems to ask to stop ends nothing for good",
    REPLIES,
    "that seems to ask to stop ends nothing for good",
  ),
  is("F4 who becomes hot gets no further sales e-mail", OWNERS, "a lead that becomes hot again within the month"),
  is("F5 band and status follow the score, by whichever hand", OWNERS, "moves band and status along"),
  is("F6 a person's score stays", OWNERS, "stays when the rubric says another"),
  is("F7 a person's overdue task is an event and an alert", OVERDUE, "is stated once, and alerts the role it is for"),
  is("F7 and is escalated", OVERDUE, "is escalated to the next after the time the settings name"),
  is("F8 the low list is left", OWNERS, "the low list, and it is entered again"),
  is("F9 alerts of failures name what failed", OVERDUE, "names kind, task, attempt, error and lead"),
  is("F10 spam makes no contact in HubSpot", SYNC, "is a contact that came by spam"),
  is("F11 one note an alert, none of the engine's own health", SYNC, "is on how many channels an alert went out"),
  is(
    "F12 a stopped agent's backlog stands",
    "test/scenarios/health.test.ts",
    "is not over while a stopped agent's tasks stand",
  ),
  is("F13 values that come late are judged in order", HISTORY, "20 cross into hot, and each value is recorded once"),
  is(
    "F14 branches on numbers never taken",
    "packages/millrace/src/workflows/lint.test.ts",
    "branches on one number are warned of when they",
  ),
  is(
    "F14 loops before they run",
    "packages/millrace/src/workflows/lint-loops.test.ts",
    "a loop is found before it runs",
  ),
  is("F15 a purchase stands in HubSpot", JUDGEMENTS, "stands in HubSpot: the stage, and a note"),
  is("F16 a customer is looked at, and sales hear what for", INTEGRATIONS, "for what else they need, and sales hear"),
  is("F17 what HubSpot lacks is said at the start", CLI, "start says which properties are missing there"),
  is("F18 the thank-you goes first", LIMITS, "the thank-you leaves before the first sales e-mail"),
  is("F18 a pause between them can be set", LIMITS, "the first sales e-mail leaves"),
  is("F19 echoes start nothing", "test/crm-in/loops.test.ts", "are called echoes in the log and start nothing"),
  is("F19 echoes are a small part of the log", "test/crm-in/echoes.test.ts", "30 leads from forms"),
  is("K13 a number goes into HubSpot's list of ranges", SYNC, "gets the range a number of employees lies in"),
  is("K13 a value it does not take is left out alone", SYNC, "is left out where the value is none of them"),
  is(
    "K13 the simulator has HubSpot's types",
    "packages/hubspot-simulator/test/standard-properties.test.ts",
    "of a list has the ranges HubSpot has",
  ),
  is(
    "K14 a customer of HubSpot's is not prospected",
    JUDGEMENTS,
    "is never prospected, and no one is asked to welcome it",
  ),
  is("K15 foreign signatures", "packages/millrace/src/webhooks/signatures.test.ts", "a webhook signed with"),
  is("K15 an unknown type is kept", INTAKE, "an unknown type of a signed sender is acknowledged"),
  is("K15 times in milliseconds", INTAKE, "a known type with its time in milliseconds"),
  is("K16 no lead is lost for a field", FORMS, "no lead is lost for the way it is sent"),
  is("K16 a corrected form is a new one", FORMS, "a form corrected and sent again under its key is a new submission"),
  is(
    "K17 other people's numbers",
    `${ENRICHER}/page-doubts.test.ts`,
    "a number of people is the company's own only where",
  ),
  is("K17 pages of no one", `${ENRICHER}/page-doubts.test.ts`, "a page of no one gives nothing"),
  is(
    "K17 a cookie for the length of a visit",
    "packages/millrace/src/web/fetch-page.test.ts",
    "a site that gives its page only to who brings its cookie",
  ),
  is(
    "K20 countries by all their names",
    "packages/millrace/src/base/countries.test.ts",
    "a country is known by what people call it",
  ),
  is(
    "K20 telephone codes and domains by the same list",
    `${ENRICHER}/country.test.ts`,
    "a number, a domain and a page name a country alike",
  ),
  is("K20 HubSpot is asked for the time zone", "test/crm-in/time-zones.test.ts", "at nine UTC"),
  is(
    "K22 one list of free-mail providers",
    "packages/millrace/src/base/free-mail.test.ts",
    "the mailer and the enricher know the same",
  ),
  is("K22 contacts from files", "test/cli/contacts-import.test.ts", "takes the rows, names line, column, reason"),
];
