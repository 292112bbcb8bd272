/** Addresses of the one page there was before (`/#open=event:12&q=ada`) stand in mails and notes: they lead to the same thing. */

/** @returns the address of today, or undefined when this is one. */
export function newAddress({
  pathname,
  hash,
  search,
}: Pick<Location, "pathname" | "hash" | "search">): string | undefined {
  if (pathname !== "/" && pathname !== "/index.html") return undefined;
  const old = new URLSearchParams(hash.slice(1));
  const params = new URLSearchParams(search);
  const open = old.get("open") ?? "";
  const contact = /^contact:(.+)$/.exec(open)?.[1];
  if (open !== "" && contact === undefined) params.set("open", open);
  const q = old.get("q");
  if (q) params.set("q", q);
  const place =
    contact === undefined ? (q ? "/console/leads" : "/console") : `/console/contacts/${encodeURIComponent(contact)}`;
  return params.size === 0 ? place : `${place}?${params.toString().replaceAll("%3A", ":")}`;
}
