/** What others made for MCP: judges of our server and our client, and servers as users have them. Used by test/mcp and test/mcp-client. */
import { join } from "node:path";

const PACKAGES = join(import.meta.dirname, "node_modules", "@modelcontextprotocol");

/** The program of @modelcontextprotocol/conformance. */
export const CONFORMANCE = join(PACKAGES, "conformance", "dist", "index.js");

/** The program of @modelcontextprotocol/inspector; with --cli it asks one thing and ends. */
export const INSPECTOR = join(PACKAGES, "inspector", "clients", "launcher", "build", "index.js");

/** The program of @playwright/mcp: a browser as an MCP server, as users have it. */
export const PLAYWRIGHT_MCP = join(import.meta.dirname, "node_modules", "@playwright", "mcp", "cli.js");
