/**
 * Which addresses on the web may be visited (R15): http and https, the usual ports, and only hosts all of whose
 * addresses are public. The fetch and the browser's proxy both ask here, and both connect to the very addresses that
 * were checked, so a name that answers differently the second time gains nothing.
 */
import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { messageOf } from "../base/errors.ts";

export interface WebAddress {
  readonly address: string;
  readonly family: number;
}

/** Where to connect, or why not. `isTransient`: it may be otherwise in a moment. */
export type Checked =
  | { readonly ok: true; readonly addresses: readonly WebAddress[] }
  | { readonly ok: false; readonly why: string; readonly isTransient: boolean };

export interface AddressGuardOptions {
  /** Exceptions an admin has named, as "host:port": any port, and private addresses too. */
  readonly allowedHosts?: readonly string[];
  /** Default: the system's resolver. */
  readonly resolve?: (host: string) => Promise<readonly WebAddress[]>;
}

export interface AddressGuard {
  /** Parses nothing and resolves once. Never throws, except when the signal is aborted. */
  check(url: URL, signal?: AbortSignal): Promise<Checked>;
}

const PORTS: ReadonlySet<number> = new Set([80, 443]);
const DEFAULT_PORT: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };
/** Azure's platform answers here on every machine of theirs; to the world it is an ordinary address. */
const PLATFORM_ADDRESS = "168.63.129.16";

export function addressGuard(options: AddressGuardOptions = {}): AddressGuard {
  const exceptions = new Set((options.allowedHosts ?? []).map((host) => host.toLowerCase()));
  const resolve = options.resolve ?? ((host: string) => lookup(host, { all: true }));
  return {
    async check(url, signal) {
      const port = portOf(url);
      if (port === undefined) return refused(`${url.protocol} is not visited, only http and https are`);
      if (url.username !== "" || url.password !== "") return refused("an address with a name or password in it");
      const host = hostOf(url);
      const isException = exceptions.has(`${host}:${port}`);
      if (!isException && !PORTS.has(port)) return refused(`port ${port} is not visited`);
      const addresses = await addressesOf(host, resolve, signal);
      if (typeof addresses === "string") return { ok: false, why: addresses, isTransient: true };
      const isFine = isException || addresses.every(({ address }) => isPublic(address));
      return isFine ? { ok: true, addresses } : refused(`${host} is not a public address`);
    },
  };
}

/** True for an address anyone on the internet could reach. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0) return false;
  const ip = ipaddr.process(address);
  if (ip.range() !== "unicast" || ip.toString() === PLATFORM_ADDRESS) return false;
  // The library takes what it has no name for as unicast: ::127.0.0.1 among it. Only 2000::/3 is given out.
  return ip instanceof ipaddr.IPv4 || ((ip.parts[0] ?? 0) & 0xe000) === 0x2000;
}

/** The same address in the same words, whoever wrote it. */
export function sameAddress(one: string | undefined, other: string): boolean {
  return one !== undefined && isIP(one) !== 0 && ipaddr.process(one).toString() === ipaddr.process(other).toString();
}

/** A lookup for sockets that answers with what was checked and asks no one. */
export function pinned(addresses: readonly WebAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const first = addresses[0];
    if (options.all) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family);
  };
}

/** A URL's host in lower case, an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
}

/** The port a URL means, or undefined when it is not of the web. */
export function portOf(url: URL): number | undefined {
  const usual = DEFAULT_PORT[url.protocol];
  if (usual === undefined) return undefined;
  return url.port === "" ? usual : Number(url.port);
}

/** The host's addresses, or a sentence when it has none. */
async function addressesOf(
  host: string,
  resolve: (host: string) => Promise<readonly WebAddress[]>,
  signal: AbortSignal | undefined,
): Promise<readonly WebAddress[] | string> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  try {
    const found = await orAborted(resolve(host), signal);
    return found.length > 0 ? found : `${host} has no address`;
  } catch (error) {
    signal?.throwIfAborted();
    return `${host} could not be resolved: ${messageOf(error)}`;
  }
}

/** The promise, or a rejection as soon as the signal is aborted: the resolver itself cannot be stopped. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
    promise.catch(() => undefined);
  }
}

function refused(why: string): Checked {
  return { ok: false, why, isTransient: false };
}
