/**
 * What is used of MCP's official SDK (version 1, @modelcontextprotocol/sdk) as a client. Loaded when the first tool is called. In
 * what npm publishes this file is a bundle of it (tools/build.ts), as the server's is.
 */
export { Client } from "@modelcontextprotocol/sdk/client/index.js";
export { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
export { deserializeMessage, serializeMessage } from "@modelcontextprotocol/sdk/shared/stdio.js";
export { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
