/**
 * The address of a PostgreSQL server, with several hosts where a standby may take over: postgres://user:password@a:5432,b:5432/leads.
 * The driver knows one host; which of them takes writes is found by db/primary.ts.
 */

/** What an engine, which writes, can mean by it. */
const WRITES = new Set(["", "any", "read-write", "primary"]);

/** @returns an address for each host, in their order; [] for what is no address of PostgreSQL, or asks for a standby. */
export function hostsOf(address: string): readonly string[] {
  const [, scheme = "", login = "", hosts = "", rest = ""] =
    /^(postgres(?:ql)?:\/\/)([^@/]*@)?([^/?#]*)(.*)$/i.exec(address) ?? [];
  if (scheme === "") return [];
  const parts = hosts.split(",");
  // As libpq has it: one port for all, where only the last names one.
  const shared = parts.slice(0, -1).every((part) => portOf(part) === "") ? portOf(parts.at(-1) ?? "") : "";
  const urls = parts.map((part) => URL.parse(`${scheme}${login}${part}${portOf(part) === "" ? shared : ""}${rest}`));
  // One without a host is a socket on this machine.
  const isOne = (url: URL | null) => url !== null && (url.hostname !== "" || parts.length === 1) && isForWriting(url);
  return urls.every(isOne) ? urls.map((url) => withoutTarget(url as URL)) : [];
}

/** ":5432" */
function portOf(host: string): string {
  return /:\d+$/.exec(host.replace(/^\[.*\]/, ""))?.[0] ?? "";
}

function isForWriting(url: URL): boolean {
  return WRITES.has(url.searchParams.get("target_session_attrs") ?? "");
}

/** The driver does not know it. */
function withoutTarget(url: URL): string {
  if (!url.searchParams.has("target_session_attrs")) return url.href;
  url.searchParams.delete("target_session_attrs");
  return url.href;
}
