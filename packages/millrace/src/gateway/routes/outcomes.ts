/** What left and what was told: the mailbox, the alerts, and the events nobody could take. */
import { z } from "zod";
import { listAlerts, markAlertSeen } from "../../read/alerts.ts";
import { listDeadLetters } from "../../read/dead-letters.ts";
import { findEmail, listEmails } from "../../read/emails.ts";
import { decideUnknownEmail } from "../../tasks/unknown-emails.ts";
import { alertView, deadLetterView, emailSummary, emailView, problem } from "../answers.ts";
import { alertsQuery, claimBody, deadLettersQuery, decideEmailBody, emailsQuery, idParam } from "../contract.ts";
import { Problem } from "../problem.ts";
import { route } from "../route.ts";

export const outcomeRoutes = [
  route({
    method: "GET",
    path: "/api/emails",
    access: "operator",
    tag: "outcomes",
    about: "The mailbox, newest first.",
    query: emailsQuery,
    answers: { 200: { about: "E-mails without their text.", schema: z.object({ emails: z.array(emailSummary) }) } },
    handle: async ({ engine, query }) => ({ json: { emails: await listEmails(engine.db, query) } }),
  }),
  route({
    method: "GET",
    path: "/api/emails/:id",
    access: "operator",
    tag: "outcomes",
    about: "One e-mail.",
    params: idParam,
    answers: { 200: { about: "The e-mail.", schema: emailView }, 404: { about: "There is none.", schema: problem } },
    handle: async ({ engine, params: { id } }) => {
      const email = await findEmail(engine.db, id);
      if (email !== undefined) return { json: email };
      throw new Problem("not_found", { saw: `There is no e-mail ${id}.`, next: "list them: /api/emails." });
    },
  }),
  route({
    method: "POST",
    path: "/api/emails/:id/decide",
    access: "operator",
    tag: "outcomes",
    about: "A person's word on an e-mail of which nobody knows whether it left: it arrived, or it is to be sent again.",
    params: idParam,
    body: { types: ["application/json"], limit: 4_096, schema: decideEmailBody, read: "json" },
    answers: {
      200: { about: "The task that is done, or runs again.", schema: z.object({ task: z.number() }) },
      404: { about: "There is no such e-mail.", schema: problem },
    },
    handle: async ({ engine, params: { id }, caller, body }) => {
      const person = caller.by === "api key" ? (body.person ?? caller.person) : caller.person;
      const task = await engine.db.transaction(async (tx) => {
        const task = await decideUnknownEmail(tx, id, body.verdict, person, engine.clock.now(), engine.work);
        await engine.wakeUps.remote(tx, "tasks");
        return task;
      });
      engine.wakeUps.local("events");
      engine.wakeUps.local("tasks");
      return { json: { task } };
    },
  }),
  route({
    method: "GET",
    path: "/api/alerts",
    access: "operator",
    tag: "outcomes",
    about: "Alerts, newest first.",
    query: alertsQuery,
    answers: { 200: { about: "Alerts.", schema: z.object({ alerts: z.array(alertView) }) } },
    handle: async ({ engine, query }) => ({ json: { alerts: await listAlerts(engine.db, query) } }),
  }),
  route({
    method: "POST",
    path: "/api/alerts/:id/seen",
    access: "operator",
    tag: "outcomes",
    about: "Says that somebody has looked; the first one counts.",
    params: idParam,
    body: { types: ["application/json"], limit: 4_096, schema: claimBody, read: "json" },
    answers: { 200: { about: "The alert.", schema: alertView }, 404: { about: "There is none.", schema: problem } },
    handle: async ({ engine, params: { id }, caller, body }) => {
      const person = caller.by === "api key" ? (body.person ?? caller.person) : caller.person;
      const alert = await markAlertSeen(engine.db, id, person, engine.clock.now());
      if (alert !== undefined) return { json: alert };
      throw new Problem("not_found", { saw: `There is no alert ${id}.`, next: "list them: /api/alerts." });
    },
  }),
  route({
    method: "GET",
    path: "/api/dead-letters",
    access: "operator",
    tag: "outcomes",
    about: "Events a consumer could not take, with the error; newest first.",
    query: deadLettersQuery,
    answers: { 200: { about: "Dead letters.", schema: z.object({ deadLetters: z.array(deadLetterView) }) } },
    handle: async ({ engine, query }) => ({ json: { deadLetters: await listDeadLetters(engine.db, query) } }),
  }),
];
