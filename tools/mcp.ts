/** Judges of our MCP server that others made: the protocol's own conformance suite, and a client of its second generation. Used by test/mcp. */
import { join } from "node:path";

const PACKAGES = join(import.meta.dirname, "node_modules", "@modelcontextprotocol");

/** The program of @modelcontextprotocol/conformance. */
export const CONFORMANCE = join(PACKAGES, "conformance", "dist", "index.js");

/** The program of @modelcontextprotocol/inspector; with --cli it asks one thing and ends. */
export const INSPECTOR = join(PACKAGES, "inspector", "clients", "launcher", "build", "index.js");
