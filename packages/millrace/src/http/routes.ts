/** The one table of all routes: those of operations, and the few that are no operation. The server, the OpenAPI document and the tests of access are made from it. */
import { csvRoutes } from "./csv-routes.ts";
import { operationRoutes } from "./operation-routes.ts";
import type { Route } from "./route.ts";
import { formRoutes } from "./routes/forms.ts";
import { hubspotRoutes } from "./routes/hubspot.ts";
import { hubspotActionRoutes } from "./routes/hubspot-actions.ts";
import { inboundMailRoutes } from "./routes/inbound-mail.ts";
import { intakeRoutes } from "./routes/intake.ts";
import { mailRoutes } from "./routes/mail.ts";
import { mcpRoutes } from "./routes/mcp.ts";
import { passkeyRoutes } from "./routes/passkeys.ts";
import { peopleRoutes } from "./routes/people.ts";
import { streamRoutes } from "./routes/stream.ts";
import { systemRoutes } from "./routes/system.ts";
import { workRoutes } from "./routes/work.ts";

export const routes: readonly Route[] = [
  ...formRoutes,
  ...intakeRoutes,
  ...hubspotRoutes,
  ...hubspotActionRoutes,
  ...operationRoutes,
  ...csvRoutes,
  ...streamRoutes,
  ...workRoutes,
  ...mcpRoutes,
  ...mailRoutes,
  ...inboundMailRoutes,
  ...peopleRoutes,
  ...passkeyRoutes,
  ...systemRoutes,
];
