/** Lists of contacts that are kept by hand, and who stands on them, as HubSpot's lists API has them. */
import { z } from "zod";
import { type Account, type ContactList, isoOf } from "../account/account.ts";
import { CONTACT } from "../account/object-types.ts";
import { notFound } from "../http/api-error.ts";
import type { Family } from "../http/families.ts";
import { type Answer, type Call, neededTable, nothing, ok, pageOf, parsed, type Route } from "../http/route.ts";

const createSchema = z.looseObject({
  name: z.string().min(1),
  objectTypeId: z.string(),
  processingType: z.enum(["MANUAL", "DYNAMIC", "SNAPSHOT"]),
});
const idsSchema = z.array(z.union([z.string(), z.number()]).transform(String));

function shown(list: ContactList) {
  const { members, ...rest } = list;
  return { list: { ...rest, additionalProperties: { hs_list_size: String(members.size) } } };
}

function neededList({ account, params }: Call): ContactList {
  const list = account.lists.get(params.listId ?? "");
  if (list === undefined) throw notFound("List does not exist");
  return list;
}

function create({ account, body }: Call): Answer {
  const { name, objectTypeId, processingType } = parsed(createSchema, body);
  const listId = String(account.lists.size + 1);
  const at = isoOf(account.now());
  const list = { listId, name, objectTypeId, processingType, createdAt: at, updatedAt: at, members: new Map() };
  account.lists.set(listId, list);
  return ok(shown(list));
}

/** Records that are gone are on no list. */
function membersOf(account: Account, list: ContactList) {
  const { records } = neededTable(account, CONTACT);
  return [...list.members]
    .filter(([id]) => records.has(id))
    .map(([recordId, at]) => ({ recordId, membershipTimestamp: isoOf(at) }));
}

function memberships(call: Call): Answer {
  const { results, paging } = pageOf(call, membersOf(call.account, neededList(call)), 100, 250);
  return ok({ results, ...(paging === undefined ? {} : { paging: { next: { after: paging.next.after } } }) });
}

function add(call: Call): Answer {
  const list = neededList(call);
  const { records } = neededTable(call.account, CONTACT);
  const given = parsed(idsSchema, call.body);
  const recordIdsAdded = given.filter((id) => records.has(id) && !list.members.has(id));
  for (const id of recordIdsAdded) list.members.set(id, call.account.now());
  return ok({ recordIdsAdded, recordIdsMissing: given.filter((id) => !records.has(id)) });
}

function remove(call: Call): Answer {
  const list = neededList(call);
  const recordIdsRemoved = parsed(idsSchema, call.body).filter((id) => list.members.delete(id));
  return ok({ recordIdsRemoved, recordIdsMissing: [] });
}

function removeList(call: Call): Answer {
  call.account.lists.delete(neededList(call).listId);
  return nothing();
}

export function listRoutes({ lists }: Family): Route[] {
  const reads = ["crm.lists.read"];
  const writes = ["crm.lists.write"];
  return [
    { method: "POST", path: lists, handle: create, scopes: writes },
    { method: "GET", path: `${lists}/:listId`, handle: (call) => ok(shown(neededList(call))), scopes: reads },
    { method: "DELETE", path: `${lists}/:listId`, handle: removeList, scopes: writes },
    { method: "GET", path: `${lists}/:listId/memberships`, handle: memberships, scopes: reads },
    { method: "PUT", path: `${lists}/:listId/memberships/add`, handle: add, scopes: writes },
    { method: "PUT", path: `${lists}/:listId/memberships/remove`, handle: remove, scopes: writes },
  ];
}
