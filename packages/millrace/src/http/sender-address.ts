/**
 * Whose requests are counted together at the doors for strangers: an IPv4 address, or the network an IPv6 connection is given (/64),
 * of which its owner may take any address for each request. Called by http-server.ts.
 */
import { isIP, SocketAddress } from "node:net";

/**
 * @param forwarded the sender as the proxy that is believed names it; some name the port too, which is another one for each connection.
 * @param connected who is connected to us: stands for a sender that is named by no address ("unknown").
 */
export function senderOf(forwarded: string, connected: string): string {
  const bare = /^\[(.*)\](?::\d+)?$/.exec(forwarded)?.[1] ?? /^([\d.]+):\d+$/.exec(forwarded)?.[1] ?? forwarded;
  return networkOf(isIP(bare) === 0 ? connected : bare);
}

function networkOf(address: string): string {
  const [withoutZone = ""] = address.split("%");
  if (isIP(withoutZone) !== 6) return address;
  const { address: shortest } = new SocketAddress({ address: withoutZone, family: "ipv6" });
  const inIpv4 = /^::ffff:([\d.]+)$/.exec(shortest)?.[1];
  if (inIpv4 !== undefined) return inIpv4;
  const [before = "", behind = ""] = shortest.split("::");
  const [first, last] = [before, behind].map((part) => part.split(":").filter((group) => group !== "")) as [
    string[],
    string[],
  ];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => "0");
  return `${[...first, ...zeros, ...last].slice(0, 4).join(":")}::/64`;
}
