/** The documentation site, in the order of Diátaxis. Built by tools/site.ts; nothing in it leads to another host's scripts or fonts. */
export default {
  title: "Millrace",
  description: "An event-driven engine for lead automation: events in, the right work done, every step explained.",
  srcExclude: ["mission/**"],
  themeConfig: {
    search: { provider: "local" },
    nav: [
      { text: "First workflow", link: "/tutorial/first-workflow" },
      { text: "Settings", link: "/settings" },
      { text: "API", link: "/reference/api/" },
    ],
    sidebar: [
      { text: "Learn", items: [{ text: "Your first workflow", link: "/tutorial/first-workflow" }] },
      {
        text: "Do",
        items: [
          { text: "Connect HubSpot", link: "/how-to/connect-hubspot" },
          { text: "Import contacts from a file", link: "/how-to/import-contacts" },
          { text: "Take replies from a mail service", link: "/how-to/inbound-mail" },
          { text: "Write your own agent", link: "/how-to/own-agent" },
          { text: "Let a model read replies", link: "/how-to/ask-a-model" },
          { text: "Let a model enrich leads, with tools", link: "/how-to/mcp-tools" },
          { text: "Test your workflows", link: "/how-to/test-workflows" },
          { text: "Operate", link: "/how-to/operate" },
        ],
      },
      {
        text: "Look up",
        items: [
          { text: "Settings", link: "/settings" },
          { text: "Events", link: "/reference/events" },
          { text: "Task kinds", link: "/reference/task-kinds" },
          { text: "Views of the database", link: "/reference/views" },
          { text: "HTTP", link: "/reference/http" },
          { text: "Operations", link: "/reference/operations" },
          { text: "TypeScript API", link: "/reference/api/" },
        ],
      },
      {
        text: "Understand",
        items: [
          { text: "The path of one event", link: "/explanation/architecture" },
          { text: "The nine flows", link: "/flows" },
          { text: "How well replies are read", link: "/reply-classifier" },
          { text: "Dependencies", link: "/dependencies" },
          { text: "Decisions", link: "/decisions/" },
        ],
      },
    ],
  },
};
