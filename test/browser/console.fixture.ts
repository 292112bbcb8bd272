/** An engine and its gateway for tests of the console, and leads to fill it with. */
import type { Page } from "playwright-core";
import { systemClock } from "../../packages/millrace/src/base/clock.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { type Gateway, startGateway } from "../../packages/millrace/src/http/server.ts";
import { HOT_FIELDS, type TestEngine, testEngine } from "../factories/engine.ts";

export const PATIENCE = { timeout: 60_000 };

export interface ServedEngine extends AsyncDisposable {
  readonly tested: TestEngine;
  gateway: Gateway;
}

export async function serveEngine(config: MillraceConfig = {}): Promise<ServedEngine> {
  const tested = await testEngine(config, { clock: systemClock });
  const served: ServedEngine = {
    tested,
    gateway: await startGateway(tested.engine, { port: 0 }),
    async [Symbol.asyncDispose]() {
      await served.gateway.close();
      await tested[Symbol.asyncDispose]();
    },
  };
  return served;
}

/** A form that makes its sender a hot lead. */
export function hotLead(email: string, firstname: string) {
  const fields = {
    email,
    firstname,
    ...HOT_FIELDS,
  };
  return { type: "form_submitted", data: { form: "demo", fields } } as const;
}

/** Leaves for another screen by keyboard: `g`, then its letter. */
export async function go(page: Page, key: string, title: string): Promise<void> {
  await page.keyboard.press("g");
  await page.keyboard.press(key);
  await page.getByRole("heading", { level: 1, name: title }).waitFor(PATIENCE);
}

/** Focus and Enter, as without a mouse. */
export async function press(page: Page, what: ReturnType<Page["getByRole"]>): Promise<void> {
  await what.focus();
  await page.keyboard.press("Enter");
}
