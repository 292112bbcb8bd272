/** `millrace openapi`: the OpenAPI document of this project, without a database. */
import { packageVersion } from "../../base/package.ts";
import { EventCatalogue } from "../../events/catalogue.ts";
import { openApiOf } from "../../http/openapi.ts";
import { routes } from "../../http/routes.ts";
import type { Call } from "../command.ts";
import { projectUrl, showDocument } from "../documents.ts";
import { openProject } from "../project.ts";

export async function run(call: Call): Promise<void> {
  const { config } = await openProject(call, false);
  const options = { url: projectUrl(config), version: await packageVersion() };
  showDocument(call.terminal, await openApiOf(routes, new EventCatalogue(config.events), options));
}
