/** What `openapi` and `asyncapi` share. */
import type { MillraceConfig } from "../config/config.ts";
import type { Terminal } from "./terminal.ts";

/** The address people use, as far as the config says it. */
export function projectUrl({ gateway = {} }: MillraceConfig): string {
  return gateway.publicUrl ?? `http://${gateway.host ?? "127.0.0.1"}:${gateway.port ?? 4300}`;
}

/** Indented for a person or a file that is compared; in one line with --json. */
export function showDocument(terminal: Terminal, document: object): void {
  if (terminal.isJson) terminal.document(document);
  else terminal.data(JSON.stringify(document, null, 2));
}
