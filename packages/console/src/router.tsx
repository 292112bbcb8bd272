/** The screens and their addresses. Today's code comes with the page, as most people begin there; another's when it is first opened. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { queueQuery, todayQuery } from "./api/queries.ts";
import { questions } from "./api/questions.ts";
import { parseSearch, writeSearch } from "./parts/address.tsx";
import { NotFound } from "./shell/not-found.tsx";
import { Shell } from "./shell/shell.tsx";
import { TodayPage } from "./today/today-page.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

/** Below this address all is the console's; the rest of the server's addresses are programs' and visitors'. */
const BASE = "/console";

/** The server's answer has named these already: by now they are here, or on their way. */
function askForToday(): void {
  void questions.prefetchQuery(queueQuery());
  void questions.prefetchQuery(todayQuery);
}

// biome-ignore lint/suspicious/noExplicitAny: each screen's module has its own component by its own name.
function screen(path: string, load: () => Promise<any>, name: string) {
  return createRoute({ getParentRoute: () => root, path: `${BASE}${path}`, component: lazyRouteComponent(load, name) });
}

const today = createRoute({ getParentRoute: () => root, path: BASE, component: TodayPage, loader: askForToday });

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: BASE as never });
  },
});

const screens = [
  start,
  today,
  screen("/inbox", () => import("./inbox/inbox-page.tsx"), "InboxPage"),
  screen("/leads", () => import("./leads/leads-page.tsx"), "LeadsPage"),
  screen("/contacts/$contact", () => import("./contact/contact-page.tsx"), "ContactPage"),
  screen("/conversations", () => import("./conversations/conversations-page.tsx"), "ConversationsPage"),
  screen("/drafts", () => import("./drafts/drafts-page.tsx"), "DraftsPage"),
  screen("/events", () => import("./events/events-page.tsx"), "EventsPage"),
  screen("/dead-letters", () => import("./dead-letters/dead-letters-page.tsx"), "DeadLettersPage"),
  screen("/workflows", () => import("./workflows/workflows-page.tsx"), "WorkflowsPage"),
  screen("/workflows/$name", () => import("./workflows/workflow-page.tsx"), "WorkflowPage"),
  screen("/tasks", () => import("./tasks/tasks-page.tsx"), "TasksPage"),
  screen("/agents", () => import("./agents/agents-page.tsx"), "AgentsPage"),
  screen("/alerts", () => import("./alerts/alerts-page.tsx"), "AlertsPage"),
  screen("/health", () => import("./health/health-page.tsx"), "HealthPage"),
  screen("/outbox", () => import("./outbox/outbox-page.tsx"), "OutboxPage"),
  screen("/connections", () => import("./connections/connections-page.tsx"), "ConnectionsPage"),
  screen("/settings", () => import("./settings/settings-page.tsx"), "SettingsPage"),
  screen("/people", () => import("./people/people-page.tsx"), "PeoplePage"),
];

export const router = createRouter({
  routeTree: root.addChildren(screens),
  parseSearch,
  stringifySearch: writeSearch,
  defaultPreload: "intent",
  scrollRestoration: true,
});
