/** All pieces, in the order they run. A new one is a file and a line here. */
import { claimPiece } from "./claim.ts";
import { drainPiece } from "./drain.ts";
import { growHistoryPiece } from "./grow-history.ts";
import { growProcessesPiece } from "./grow-processes.ts";
import { growQueuePiece } from "./grow-queue.ts";
import { growWorkflowsPiece } from "./grow-workflows.ts";
import { httpPiece, importPiece } from "./http.ts";
import { httpDrainPiece } from "./http-drain.ts";
import { idlePiece } from "./idle.ts";
import { latencyPiece } from "./latency.ts";
import { listsPiece } from "./lists.ts";
import { logPiece } from "./log.ts";
import { peersPiece } from "./peers/piece.ts";
import type { Piece } from "./piece.ts";
import { runnerPiece } from "./runner.ts";
import { scriptPiece } from "./script-piece.ts";

export const pieces: readonly Piece[] = [
  drainPiece,
  httpDrainPiece,
  latencyPiece,
  httpPiece,
  importPiece,
  logPiece,
  claimPiece,
  peersPiece,
  runnerPiece,
  growHistoryPiece,
  growQueuePiece,
  listsPiece,
  growWorkflowsPiece,
  growProcessesPiece,
  idlePiece,
  scriptPiece({
    name: "webhooks",
    about: "how soon HubSpot has its answer: webhooks of 100 changes, 20 a second",
    takes: "30 s",
    file: "webhooks.ts",
  }),
  scriptPiece({
    name: "hubspot-form",
    about: "how soon sales are alerted of a hot lead who sends a form at HubSpot: 20 forms a second",
    takes: "40 s",
    file: "hubspot-form.ts",
  }),
  scriptPiece({
    name: "page-facts",
    about: "reading a page's facts, beside what cheerio alone takes to parse it",
    takes: "30 s",
    file: "page-facts.ts",
  }),
  scriptPiece({
    name: "csv-import",
    about: "contacts from a CSV file into the waiting room",
    takes: "10 s",
    file: "csv-import.ts",
  }),
  scriptPiece({
    name: "crm",
    about: "how much of HubSpot's limit the writer uses, against the simulator",
    takes: "2 min",
    file: "crm.ts",
  }),
  scriptPiece({
    name: "mcp-loop",
    about:
      "a conversation of a model with tools, all of it on record, beside the bare SDKs; 200 enrichments, 50 at once",
    takes: "90 s",
    file: "mcp-loop.ts",
  }),
  scriptPiece({
    name: "agents-beside",
    about:
      "memory of an engine with models and MCP servers that does nothing, and forms while 50 conversations are under way",
    takes: "3 min",
    file: "agents-beside.ts",
  }),
  scriptPiece({
    name: "mail-reading",
    about: "reading one mail of 20 kB, beside what postal-mime alone takes to parse it",
    takes: "1 min",
    file: "mail-reading.ts",
  }),
  scriptPiece({
    name: "mail-inbox",
    about: "10,000 mails from an inbox, and the memory of the process that takes them",
    takes: "2 min",
    file: "mail-inbox.ts",
  }),
];
