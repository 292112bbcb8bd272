/** The screens, in the order of the navigation: shown by it, by the palette and by the sheet of keys. */
import type { IconName } from "../parts/icons.tsx";

export interface Screen {
  readonly path: string;
  readonly name: string;
  readonly icon: IconName;
  /** After `g`. */
  readonly key?: string;
  /** What else people call it: the palette finds it by these. */
  readonly also?: string;
}

export interface ScreenGroup {
  readonly name: string;
  readonly screens: readonly Screen[];
}

export const SCREENS: readonly ScreenGroup[] = [
  {
    name: "Work",
    screens: [
      { path: "/console", name: "Today", icon: "today", key: "h", also: "home overview" },
      { path: "/console/inbox", name: "Inbox", icon: "inbox", key: "i", also: "tasks waiting for people queue focus" },
      { path: "/console/leads", name: "Leads", icon: "leads", key: "l", also: "contacts hot people" },
      {
        path: "/console/conversations",
        name: "Conversations",
        icon: "conversations",
        key: "c",
        also: "replies incoming mail",
      },
      { path: "/console/drafts", name: "Drafts", icon: "drafts", key: "d", also: "e-mails letters approve" },
    ],
  },
  {
    name: "Engine",
    screens: [
      { path: "/console/events", name: "Events", icon: "events", key: "e", also: "log tail" },
      { path: "/console/workflows", name: "Workflows", icon: "workflows", key: "w", also: "flows diagram versions" },
      { path: "/console/tasks", name: "Tasks", icon: "tasks", key: "t", also: "machine queue" },
      { path: "/console/agents", name: "Agents", icon: "agents", key: "a", also: "models spend pause" },
      {
        path: "/console/dead-letters",
        name: "Dead letters",
        icon: "deadLetters",
        key: "x",
        also: "failed set aside retry",
      },
    ],
  },
  {
    name: "Oversight",
    screens: [
      { path: "/console/alerts", name: "Alerts", icon: "alerts", key: "r" },
      { path: "/console/health", name: "Health", icon: "health", key: "s", also: "status monitor" },
      { path: "/console/outbox", name: "Outbox", icon: "outbox", key: "o", also: "mailbox e-mails sent held" },
      {
        path: "/console/connections",
        name: "Connections",
        icon: "connections",
        key: "n",
        also: "hubspot mail model mcp",
      },
      { path: "/console/settings", name: "Settings", icon: "settings", key: ",", also: "config" },
      { path: "/console/people", name: "People", icon: "people", key: "p", also: "users roles keys audit" },
    ],
  },
];

export const ALL_SCREENS: readonly Screen[] = SCREENS.flatMap(({ screens }) => screens);
