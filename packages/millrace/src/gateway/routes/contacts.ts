/** Contacts: found, and told from their first event on. */
import { z } from "zod";
import { previewErasure } from "../../erasure/erase-contact.ts";
import { findContact, listContacts } from "../../read/contacts.ts";
import { decisionsOn } from "../../read/decisions.ts";
import { listEmails } from "../../read/emails.ts";
import { listEvents } from "../../read/events.ts";
import { listTasks } from "../../read/tasks.ts";
import { contactStory, contactView, erasedAnswer, problem } from "../answers.ts";
import { claimBody, contactParam, contactsQuery } from "../contract.ts";
import { Problem } from "../problem.ts";
import { route } from "../route.ts";
import { described } from "./tasks.ts";

const MOST = 200;

export const contactRoutes = [
  route({
    method: "GET",
    path: "/api/contacts",
    access: "operator",
    tag: "contacts",
    about: "Contacts, newest first; `q` looks in name, e-mail address and company.",
    query: contactsQuery,
    answers: { 200: { about: "Contacts, each with its path.", schema: z.object({ contacts: z.array(contactView) }) } },
    handle: async ({ engine, query }) => ({ json: { contacts: await listContacts(engine.db, query) } }),
  }),
  route({
    method: "GET",
    path: "/api/contacts/:id",
    access: "operator",
    tag: "contacts",
    about: `A contact with its latest ${MOST} events (newest first), its tasks, e-mails and the decisions made on those events.`,
    params: contactParam,
    answers: {
      200: { about: "The contact.", schema: contactStory },
      404: { about: "There is none.", schema: problem },
    },
    handle: async ({ engine: { db, tasks: catalogue }, params: { id } }) => {
      const contact = await findContact(db, id);
      if (contact === undefined)
        throw new Problem("not_found", { saw: `There is no contact ${id}.`, next: "look for it: /api/contacts?q=…" });
      const of = { contact: id, limit: MOST };
      const [events, open, finished, emails] = await Promise.all([
        listEvents(db, of),
        listTasks(db, { ...of, state: "open" }),
        listTasks(db, { ...of, state: "finished" }),
        listEmails(db, of),
      ]);
      const decisions = await decisionsOn(
        db,
        events.map((event) => event.position),
        [id],
      );
      return {
        json: {
          ...contact,
          events,
          tasks: [...open, ...finished].map((task) => described(task, catalogue)),
          emails,
          decisions,
        },
      };
    },
  }),
  route({
    method: "GET",
    path: "/api/contacts/:id/erasure",
    access: "operator",
    tag: "contacts",
    about: "What there is to erase of the contact; nothing is done.",
    params: contactParam,
    answers: {
      200: { about: "How many rows would be erased, by table.", schema: erasedAnswer },
      404: { about: "There is none.", schema: problem },
    },
    handle: async ({ engine, params: { id } }) => ({ json: await previewErasure(engine.db, id) }),
  }),
  route({
    method: "POST",
    path: "/api/contacts/:id/erase",
    access: "operator",
    tag: "contacts",
    about: "Erases everything known of the contact, for good. Doing it twice is harmless.",
    params: contactParam,
    body: { types: ["application/json"], limit: 4_096, schema: claimBody, read: "json" },
    answers: {
      200: { about: "How many rows were erased, by table.", schema: erasedAnswer },
      404: { about: "There is none.", schema: problem },
    },
    handle: async ({ engine, params: { id }, caller, body }) => {
      const person = caller.by === "api key" ? (body.person ?? caller.person) : caller.person;
      return { json: await engine.erase(id, `person:${person}`) };
    },
  }),
];
