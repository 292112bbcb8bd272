/** A thread that parses one large message, so that the engine does not wait for it and may end it. Started by read-mail.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { messageOf } from "../../base/errors.ts";
import { parseMail } from "./parse-mail.ts";

try {
  parentPort?.postMessage({ mail: await parseMail(workerData as Uint8Array) });
} catch (error) {
  parentPort?.postMessage({ error: messageOf(error) });
}
