/** The one table of all routes: the server, the OpenAPI document and the tests of access are made from it. */
import type { Route } from "./route.ts";
import { consumerRoutes } from "./routes/consumers.ts";
import { contactRoutes } from "./routes/contacts.ts";
import { engineRoutes } from "./routes/engine.ts";
import { formRoutes } from "./routes/forms.ts";
import { healthRoutes } from "./routes/health.ts";
import { houseRoutes } from "./routes/house.ts";
import { hubspotRoutes } from "./routes/hubspot.ts";
import { intakeRoutes } from "./routes/intake.ts";
import { logRoutes } from "./routes/log.ts";
import { mailRoutes } from "./routes/mail.ts";
import { outcomeRoutes } from "./routes/outcomes.ts";
import { taskRoutes } from "./routes/tasks.ts";

export const routes: readonly Route[] = [
  ...formRoutes,
  ...intakeRoutes,
  ...hubspotRoutes,
  ...logRoutes,
  ...contactRoutes,
  ...taskRoutes,
  ...outcomeRoutes,
  ...mailRoutes,
  ...consumerRoutes,
  ...engineRoutes,
  ...healthRoutes,
  ...houseRoutes,
];
