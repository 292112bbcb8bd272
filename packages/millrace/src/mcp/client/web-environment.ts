/**
 * How a program that opens pages of the web is told of the filtering proxy: by the variables that HTTP clients read, and by those of
 * @playwright/mcp, whose browser also gets a fresh profile, no way past the proxy, and our name for site owners.
 */
import { join } from "node:path";
import { USER_AGENT } from "../../web/fetch-page.ts";

/** Without these a page could send UDP past the proxy, and Chromium would look up hosts of its maker. */
const BROWSER_ARGS = [
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--dns-prefetch-disable",
  "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--webrtc-ip-handling-policy=disable_non_proxied_udp",
];

/** @param folder of the server's own, where its files go. */
export async function browserEnvironment(
  proxy: string,
  folder: string,
  write: (file: string, text: string) => Promise<void>,
): Promise<Record<string, string>> {
  const config = join(folder, "browser.json");
  await write(config, JSON.stringify({ browser: { browserName: "chromium", launchOptions: { args: BROWSER_ARGS } } }));
  return {
    HTTP_PROXY: proxy,
    HTTPS_PROXY: proxy,
    ALL_PROXY: proxy,
    http_proxy: proxy,
    https_proxy: proxy,
    all_proxy: proxy,
    NO_PROXY: "",
    no_proxy: "",
    PLAYWRIGHT_MCP_CONFIG: config,
    PLAYWRIGHT_MCP_PROXY_SERVER: proxy,
    // Takes away the usual exception for this machine.
    PLAYWRIGHT_MCP_PROXY_BYPASS: "<-loopback>",
    PLAYWRIGHT_MCP_HEADLESS: "true",
    PLAYWRIGHT_MCP_ISOLATED: "true",
    PLAYWRIGHT_MCP_BLOCK_SERVICE_WORKERS: "true",
    PLAYWRIGHT_MCP_USER_AGENT: USER_AGENT,
    PLAYWRIGHT_MCP_OUTPUT_DIR: folder,
  };
}
