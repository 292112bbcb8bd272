/** Made from the engine's OpenAPI document by tools/console-types.ts; `npm run docs` makes it anew. */

export interface paths {
    "/api/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One look at the whole engine: rates, counts and the form-to-action clock. Counts stop at 10,001. */
        get: operations["overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/today": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Today in figures: how soon forms are acted on in the last hour and day, which were not and what they waited for, what waits for people, and what needs attention. */
        get: operations["today"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events, newest first; with `after`, on from that position. By type, contact, text, actor (what people did: `person:`) and time. */
        get: operations["events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One event with its data. */
        get: operations["event"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{position}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why an event happened and what it led to; or why there is a task, an e-mail or an alert. */
        get: operations["explainEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a task was asked for. */
        get: operations["explainTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/emails/{id}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why an e-mail was sent or held back. */
        get: operations["explainEmail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/{id}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why people were alerted. */
        get: operations["explainAlert"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contacts: the newest, the latest active or the hottest first, narrowed by band, lifecycle, owner and source; `q` looks in all that a row shows. */
        get: operations["contacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{contact}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A contact with its latest 200 events (newest first), its tasks, e-mails and the decisions made on those events. */
        get: operations["contact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{contact}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a contact has its score: in points and in words. */
        get: operations["explainContact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{contact}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What there is to erase of a contact; nothing is done. */
        get: operations["contactErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who was erased, by our ids and keyed hashes: the list to keep beside your backups. */
        get: operations["erasures"];
        put?: never;
        /** Erase again who a restored backup brought back, by the list kept beside the backups. */
        post: operations["applyErasures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/crm/set-aside": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What HubSpot sent and could not be read, each with its error. */
        get: operations["crmSetAside"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tasks: open ones in the order of work, finished ones newest first. */
        get: operations["tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for people, in the order it should be done: who said yes first, then what is due first, then the higher score. */
        get: operations["queue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One task, open or finished. */
        get: operations["task"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/emails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The mailbox, newest first: sent, on their way, held back. */
        get: operations["emails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/emails/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One e-mail with its text. */
        get: operations["email"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts, newest first, and who has seen them. */
        get: operations["alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events a consumer or a workflow could not take, each with its error; newest first. */
        get: operations["deadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dead-letters/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is set aside, one row for each cause: the same consumer and the same error, whatever names and numbers stand in it. */
        get: operations["deadLetterGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts by what they are called: how many, how many are unseen, what is not over yet, and what is muted. */
        get: operations["alertGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/outbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** E-mail by what became of it: planned, held back and why, sent, leaving, or of which it is unknown whether it left. */
        get: operations["outbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contacts who wrote back, the latest reply first: what they wrote, how it was read, and whether it was answered. */
        get: operations["conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{contact}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The conversation with a contact: both directions, what was cut of each message, how replies were read and by what, and whether an e-mail would leave. */
        get: operations["conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Does mail leave, and how much waits? */
        get: operations["mail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is what leaves kept in, because the database was restored or copied? */
        get: operations["restore"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mail/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came in by mail, newest first: taken, ignored or unreadable, and why. */
        get: operations["inbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mail/inbox/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message that came in: its headers, what was cut of it and why, and how it was read. */
        get: operations["inboundMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replies/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people said replies say, newest first, beside what was read before: labels for `npm run evaluate`. */
        get: operations["replyLabels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** E-mails a model wrote that wait for a person, the next due first, each with the facts it rests on. */
        get: operations["drafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people made of e-mails a model wrote, newest first: what it wrote, what was sent, and why. */
        get: operations["draftLabels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/spend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What language models were asked and what that cost, by agent, prompt and model, and how much of the day's cap is used. */
        get: operations["modelSpend"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the engine talks to: HubSpot, mail, the model, servers of tools; and the last error met with each. */
        get: operations["connections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The MCP servers agents have used: which are down, since when and why, and whose tools are described otherwise than when they were first seen. */
        get: operations["mcpServers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/consumers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who reads the log, how far each is, and how the subscribers outside are doing. `behind` stops at 10,001. */
        get: operations["consumers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which leads convert, by band and by feature of the rubric, and the weights the history would suggest. Suggests, never changes. */
        get: operations["leadAnalysis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workflows that run, with their versions and what the linter says. */
        get: operations["workflows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One workflow: its definition and its latest 50 decisions. */
        get: operations["workflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflow-counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How often each workflow decided in the last hour, day and ever, by branch and by version, and how often each event came: the arrows of the flows. */
        get: operations["workflowCounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{name}/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a workflow would do for one contact, by the latest event of it that the workflow waits for. Nothing is written. */
        get: operations["tryWorkflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflow-findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the linter says of all workflows that run: unknown events, branches never taken, loops. */
        get: operations["lintWorkflows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{name}/diagram": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A workflow as a Mermaid diagram, made from its definition. */
        get: operations["workflowDiagram"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who does which kind of task, who is stopped and why. Pure agents run inside the decision. */
        get: operations["agents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is everything well? Components, active alerts, stopped agents and the newest measurements. */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every setting in force with its value and where that comes from: default, file or environment. Secrets are hidden. */
        get: operations["settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may sign in, as what, and how many sessions each has. */
        get: operations["people"];
        put?: never;
        /** Let a person sign in, as admin, operations, sales or analyst. The answer has the link for the first time. */
        post: operations["addPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The filters of leads, tasks and events that you keep under a name. */
        get: operations["savedViews"];
        put?: never;
        /** Keep the filters of leads, tasks or events under a name, for yourself. */
        post: operations["saveView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, since when, how, and by which browser. */
        get: operations["sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The API keys beside the engine's own: what each may do, and for whom. */
        get: operations["apiKeys"];
        put?: never;
        /** Make an API key for a program, with only what it needs. The key is shown once. */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a task that waits for a person; no other person can complete it then. */
        post: operations["claimTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a task back. */
        post: operations["releaseTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a task to another person, who holds it then. What a third person holds is theirs to give. */
        post: operations["handOverTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that a task is done, and what came of it. */
        post: operations["completeTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a task back and move its due time. */
        post: operations["snoozeTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a task, or with a filter all it means, counted first. */
        post: operations["cancelTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try work again that waits or has failed; with a filter all it means, counted first. */
        post: operations["retryTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel all open tasks a filter means. Counts them only, unless `dryRun` is false. */
        post: operations["cancelTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try all tasks again that a filter means: failed ones, or with `state` others. Counts them only, unless `dryRun` is false. */
        post: operations["retryTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents/{agent}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop an agent in every process until it is resumed. Its tasks wait and use up no attempt. */
        post: operations["pauseAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents/{agent}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a stopped agent work again, stopped by a person or by the engine. */
        post: operations["resumeAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/{connection}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask HubSpot, the mail server, the model's API or a server of tools whether it is there and takes our credentials. Nothing is written, sent or used there. */
        post: operations["testConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/servers/{server}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let agents use the tools of an MCP server as they are described now. Read the descriptions before. */
        post: operations["acceptMcpTools"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mail/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop all e-mail, at once and in every process. What is asked for meanwhile waits. */
        post: operations["pauseMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mail/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let e-mail leave again, with all that waited. */
        post: operations["resumeMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restore/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm what was sent before the database was restored or copied: everything may leave again. */
        post: operations["confirmRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restore/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep mail, CRM writes and webhooks in: for a machine that was set back as a whole. */
        post: operations["holdRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/emails/{id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say of an e-mail of which it is unknown whether it left: it arrived, or it is to be sent again. */
        post: operations["decideEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/{id}/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that a person has looked at an alert; the first one counts. */
        post: operations["seeAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/mute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring alerts of one name nowhere for a while. They are written as ever. */
        post: operations["muteAlerts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/unmute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring alerts of one name to their channels again. */
        post: operations["unmuteAlerts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{contact}/reply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write to a contact from here: through every gate, in the ledger, in the thread of what it answers. Never twice for one key. */
        post: operations["replyToContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dead-letters/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide or take an event again that was set aside. */
        post: operations["retryDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dead-letters/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try again what was set aside, all of it or what has one cause, oldest first; at most 500 at a time. With `dryRun` it is only counted. */
        post: operations["retryDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dead-letters/{id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a dead letter away for good. */
        post: operations["dismissDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{position}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let workflows decide an event once more, as it was then. A dry run, unless `dryRun` is false; then every gate holds: no e-mail twice. */
        post: operations["replayEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/consumers/{consumer}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Empty what a consumer has built; it reads the log from the start. Nothing outside happens again. */
        post: operations["rebuildConsumer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{contact}/lift-opt-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift an opt-out that was wrong, with a reason; the contact may be written to again, in HubSpot too. */
        post: operations["liftOptOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{contact}/lift-suppression": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift the suppression of an address that works after all, with a reason. */
        post: operations["liftSuppression"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{contact}/correct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Correct one value of a contact. It stays: no form and no agent puts another in its place, until it is given up by an empty one. */
        post: operations["correctContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replies/{position}/read-again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what a reply says that was read wrongly or not at all. What followed from the first reading is taken back; what follows is as if it had been read so at once. */
        post: operations["readReplyAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an e-mail that a model wrote, as it is. Every gate is asked again when it leaves. */
        post: operations["approveDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an e-mail in your own words, in place of what a model wrote. The difference is kept for evaluation. */
        post: operations["editDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse an e-mail that a model wrote, with the reason. Nothing is sent, or the template if you say so. */
        post: operations["refuseDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{contact}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Erase everything known of a contact, for good. Doing it twice is harmless. */
        post: operations["eraseContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{name}/invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new link that signs a person in, once, within 24 hours: for who lost the first one, or their password. */
        post: operations["invitePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{name}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change what a person may do, at once and in every process. One admin stays. */
        post: operations["changeRoles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{name}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep a person from signing in. Their sessions and streams end at once, in every process; what they did stays on record. */
        post: operations["removePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a session, or all of a person's, at once and in every process; their streams end with them. */
        post: operations["endSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove filters that you keep under a name. */
        post: operations["removeView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{name}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give an API key a new secret, shown once. The old one works beside it for 24 hours, or as long as you say. */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{name}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an API key away, at once. */
        post: operations["revokeApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** As /api/contacts, with the same filters, all of it as CSV. What a spreadsheet would take for a formula stands as text. */
        get: operations["getApiContactsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queue.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** As /api/queue, with the same filters, all of it as CSV. What a spreadsheet would take for a formula stands as text. */
        get: operations["getApiQueueCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** As /api/tasks, with the same filters, all of it as CSV. What a spreadsheet would take for a formula stands as text. */
        get: operations["getApiTasksCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** As /api/events, with the same filters, all of it as CSV. What a spreadsheet would take for a formula stands as text. */
        get: operations["getApiEventsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dead-letters.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** As /api/dead-letters, with the same filters, all of it as CSV. What a spreadsheet would take for a formula stands as text. */
        get: operations["getApiDeadLettersCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** As /api/alerts, with the same filters, all of it as CSV. What a spreadsheet would take for a formula stands as text. */
        get: operations["getApiAlertsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/outbox.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** As /api/outbox, with the same filters, all of it as CSV. What a spreadsheet would take for a formula stands as text. */
        get: operations["getApiOutboxCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** As /api/conversations, with the same filters, all of it as CSV. What a spreadsheet would take for a formula stands as text. */
        get: operations["getApiConversationsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs a person in by their password: a session for 12 hours. After five wrong ones none is looked at for a while. */
        post: operations["postApiSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks, and what they may do. */
        get: operations["getApiMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets one's own password. One's other sessions end. */
        post: operations["postApiMePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sign-out-everywhere": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends all of one's sessions, this one too, and the streams they have open, in every process. */
        post: operations["postApiMeSignOutEverywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a device is asked to sign, once and within five minutes, to sign its person in. */
        post: operations["postApiSignInPasskeyOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs a person in by a passkey: a session for 12 hours. */
        post: operations["postApiSignInPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own passkeys, the newest first, and where they work. */
        get: operations["getApiMePasskeys"];
        put?: never;
        /** Adds the passkey that a device has made: one may sign in by it from now on. */
        post: operations["postApiMePasskeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a device is asked to make a passkey by, within five minutes. */
        post: operations["postApiMePasskeysOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/passkeys/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes one of one's passkeys away. Other sessions that began by it end. */
        post: operations["postApiMePasskeysRemove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the session. */
        post: operations["postApiSignOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Json: unknown;
        Event: {
            position: number;
            type: string;
            data: components["schemas"]["Json"];
            contact: string | null;
            /** @description Milliseconds since 1970. */
            occurredAt: number;
            cause: number | null;
            root: number;
            depth: number;
            actor: string;
        };
        ListedContact: {
            /** Format: uuid */
            id: string;
            properties: {
                [key: string]: string | number | boolean | null;
            };
            facts: {
                /** @description Milliseconds since 1970. */
                createdAt: number;
            } & {
                [key: string]: unknown;
            };
            /** @description Milliseconds since 1970. */
            createdAt: number;
            path: {
                position: number;
                type: string;
                /** @description Milliseconds since 1970. */
                at: number;
                data: components["schemas"]["Json"];
            }[];
            openTasks: {
                id: number;
                kind: string;
                /** @enum {string} */
                state: "NOT_STARTED" | "IN_PROGRESS" | "WAITING" | "COMPLETED" | "FAILED" | "CANCELLED";
                worker: string | null;
            }[];
            /** @description Where the page behind it begins: give it as `after`. */
            cursor: string;
        };
        ContactStory: {
            /** Format: uuid */
            id: string;
            properties: {
                [key: string]: string | number | boolean | null;
            };
            facts: {
                /** @description Milliseconds since 1970. */
                createdAt: number;
            } & {
                [key: string]: unknown;
            };
            /** @description Milliseconds since 1970. */
            createdAt: number;
            path: {
                position: number;
                type: string;
                /** @description Milliseconds since 1970. */
                at: number;
                data: components["schemas"]["Json"];
            }[];
            openTasks: {
                id: number;
                kind: string;
                /** @enum {string} */
                state: "NOT_STARTED" | "IN_PROGRESS" | "WAITING" | "COMPLETED" | "FAILED" | "CANCELLED";
                worker: string | null;
            }[];
            events: components["schemas"]["Event"][];
            tasks: components["schemas"]["Task"][];
            emails: components["schemas"]["EmailSummary"][];
            decisions: components["schemas"]["Decision"][];
        };
        Task: {
            id: number;
            kind: string;
            contact: string | null;
            mergeKey: string;
            /** @enum {string} */
            state: "NOT_STARTED" | "IN_PROGRESS" | "WAITING" | "COMPLETED" | "FAILED" | "CANCELLED";
            /** @enum {string} */
            priority: "URGENT" | "HIGH" | "MEDIUM" | "LOW";
            /** @description Milliseconds since 1970. */
            dueAt: number;
            notBefore: number | null;
            staleAt: number | null;
            payload: components["schemas"]["Json"];
            causes: number[];
            root: number;
            depth: number;
            requestedBy: string;
            attempt: number;
            worker: string | null;
            error: string | null;
            result: components["schemas"]["Json"];
            /** @description Milliseconds since 1970. */
            createdAt: number;
            startedAt: number | null;
            finishedAt: number | null;
            who: {
                name: string | null;
                email: string | null;
                company: string | null;
                jobtitle: string | null;
                score: number | null;
            } | null;
            about: string;
            isHuman: boolean;
            doneBy: string;
        };
        TaskRow: {
            id: number;
            kind: string;
            contact: string | null;
            mergeKey: string;
            /** @enum {string} */
            state: "NOT_STARTED" | "IN_PROGRESS" | "WAITING" | "COMPLETED" | "FAILED" | "CANCELLED";
            /** @enum {string} */
            priority: "URGENT" | "HIGH" | "MEDIUM" | "LOW";
            /** @description Milliseconds since 1970. */
            dueAt: number;
            notBefore: number | null;
            staleAt: number | null;
            payload: components["schemas"]["Json"];
            causes: number[];
            root: number;
            depth: number;
            requestedBy: string;
            attempt: number;
            worker: string | null;
            error: string | null;
            result: components["schemas"]["Json"];
            /** @description Milliseconds since 1970. */
            createdAt: number;
            startedAt: number | null;
            finishedAt: number | null;
            who: {
                name: string | null;
                email: string | null;
                company: string | null;
                jobtitle: string | null;
                score: number | null;
            } | null;
        };
        QueuedTask: {
            id: number;
            kind: string;
            contact: string | null;
            mergeKey: string;
            /** @enum {string} */
            state: "NOT_STARTED" | "IN_PROGRESS" | "WAITING" | "COMPLETED" | "FAILED" | "CANCELLED";
            /** @enum {string} */
            priority: "URGENT" | "HIGH" | "MEDIUM" | "LOW";
            /** @description Milliseconds since 1970. */
            dueAt: number;
            notBefore: number | null;
            staleAt: number | null;
            payload: components["schemas"]["Json"];
            causes: number[];
            root: number;
            depth: number;
            requestedBy: string;
            attempt: number;
            worker: string | null;
            error: string | null;
            result: components["schemas"]["Json"];
            /** @description Milliseconds since 1970. */
            createdAt: number;
            startedAt: number | null;
            finishedAt: number | null;
            who: {
                name: string | null;
                email: string | null;
                company: string | null;
                jobtitle: string | null;
                score: number | null;
            } | null;
            about: string;
            isHuman: boolean;
            doneBy: string;
            /** @description The contact said yes and waits. */
            saidYes: boolean;
            /** @description The contact's score band. */
            band: string | null;
            snoozedUntil: number | null;
            snoozedBy: string | null;
            /** @description Where the page behind it begins: give it as `after`. */
            cursor: string;
        };
        Email: {
            id: number;
            contact: string | null;
            task: number | null;
            /** @description Milliseconds since 1970. */
            createdAt: number;
            sentAt: number | null;
            /** @enum {string} */
            state: "sending" | "sent" | "suppressed" | "unknown";
            template: string;
            recipient: string;
            subject: string;
            reason: string | null;
            root: number | null;
            body: string;
            messageId: string | null;
        };
        EmailSummary: {
            id: number;
            contact: string | null;
            task: number | null;
            /** @description Milliseconds since 1970. */
            createdAt: number;
            sentAt: number | null;
            /** @enum {string} */
            state: "sending" | "sent" | "suppressed" | "unknown";
            template: string;
            recipient: string;
            subject: string;
            reason: string | null;
        };
        Alert: {
            id: number;
            contact: string | null;
            task: number | null;
            root: number | null;
            /** @description Milliseconds since 1970. */
            createdAt: number;
            seenAt: number | null;
            seenBy: string | null;
            /** @description Of an alert about the system: when what it told of was over. */
            resolvedAt: number | null;
            audience: string;
            name: string;
            title: string;
            body: string;
        };
        Decision: {
            event: number;
            workflow: string;
            version: string;
            contact: string | null;
            branch: string;
            outcomes: components["schemas"]["Json"];
            because: string | null;
            /** @description Milliseconds since 1970. */
            decidedAt: number;
        };
        DeadLetter: {
            id: number;
            subscription: string;
            event: number;
            type: string;
            contact: string | null;
            error: string;
            attempts: number;
            /** @description Milliseconds since 1970. */
            createdAt: number;
            resolvedAt: number | null;
            resolution: string | null;
        };
        InboundMail: {
            id: number;
            messageId: string;
            /** @description Milliseconds since 1970. */
            receivedAt: number;
            from: string;
            subject: string;
            /** @enum {string} */
            state: "taken" | "ignored" | "unreadable";
            why: string;
            contact: string | null;
            event: number | null;
        };
        InboundMessage: {
            id: number;
            messageId: string;
            /** @description Milliseconds since 1970. */
            receivedAt: number;
            from: string;
            subject: string;
            /** @enum {string} */
            state: "taken" | "ignored" | "unreadable";
            why: string;
            contact: string | null;
            event: number | null;
            /** @description Whose words it holds, where a list or a group stands in From. */
            author: string | null;
            /** @description As they came, at most 16 kB; null for messages of before they were kept. */
            headers: string | null;
            /** @description How it was read, step by step. */
            steps: {
                step: string;
                found: string;
            }[];
            /** @description The text in its order: "own" words, and what was cut, by its reason. */
            pieces: {
                what: string;
                text: string;
            }[];
            /** @description The events of its cascade, oldest first, people's readings among them, and the tasks they asked for. */
            followed: {
                events: components["schemas"]["Event"][];
                tasks: components["schemas"]["TaskRow"][];
            };
        };
        ReplyLabel: {
            /** @description The reply's position. */
            reply: number;
            contact: string | null;
            text: string;
            subject: string;
            /** @description A program wrote it. */
            automatic: boolean;
            /**
             * @description What a person read.
             * @enum {string}
             */
            class: "positive" | "negative" | "not_now" | "question" | "out_of_office" | "wrong_person" | "bounce" | "complaint" | "opt_out" | "none";
            by: string;
            reason: string | null;
            /** @description Milliseconds since 1970. */
            readAt: number;
            /** @description What the agent had read; null: nothing. */
            was: ("positive" | "negative" | "not_now" | "question" | "out_of_office" | "wrong_person" | "bounce" | "complaint" | "opt_out" | "none") | null;
            wasSure: boolean | null;
        };
        MailSwitch: {
            isPaused: boolean;
            reason: string | null;
            changedBy: string | null;
            changedAt: number | null;
            /** @description E-mails that wait: for the switch, a cap, the time of day, or another attempt. */
            waiting: number;
        };
        RestoreState: {
            isHeld: boolean;
            /** @description What was found; null: nothing is held. */
            restore: {
                id: number;
                /** @description Milliseconds since 1970. */
                foundAt: number;
                /** @enum {string} */
                how: "restored" | "copied" | "went_back" | "by_hand";
                detail: string;
                /** @description The newest position there was when it was found. */
                newest: number;
                /** @description The newest position seen before; null: it is not known. */
                lastMissing: number | null;
            } | null;
            /** @description E-mails asked for before, which may have left meanwhile. */
            emails: number;
        };
        Why: {
            subject: {
                /** @constant */
                kind: "event";
                event: components["schemas"]["Event"];
            } | {
                /** @constant */
                kind: "task";
                task: components["schemas"]["TaskRow"];
            } | {
                /** @constant */
                kind: "email";
                email: components["schemas"]["Email"];
            } | {
                /** @constant */
                kind: "alert";
                alert: components["schemas"]["Alert"];
            };
            chain: {
                event: components["schemas"]["Event"];
                decisions: components["schemas"]["Decision"][];
                tasks: components["schemas"]["TaskRow"][];
                emails: components["schemas"]["EmailSummary"][];
                alerts: components["schemas"]["Alert"][];
            }[];
            effects: components["schemas"]["Event"][];
        };
        Overview: {
            newest: number;
            events: {
                perMinute: number;
                formsPerMinute: number;
            };
            tasks: {
                ready: number;
                running: number;
                waiting: number;
                forPeople: number;
            };
            oldestReadyMs: number;
            backlog: number;
            deadLetters: number;
            unseenAlerts: number;
            hotLeadsToday: number;
            formToAction: {
                p50: number;
                p95: number;
                slowest: number;
                count: number;
            } | null;
            person: string;
            /** @description Milliseconds since 1970. */
            now: number;
        };
        Workflow: {
            name: string;
            about: string;
            source?: string;
            version: string;
            at: string;
            /** @description The event types it waits for. */
            triggers: string[];
            findings: {
                at: string;
                /** @enum {string} */
                level: "error" | "warning";
                code: string;
                message: string;
                workflow: string;
            }[];
        };
        WorkflowStory: {
            name: string;
            about: string;
            source?: string;
            version: string;
            at: string;
            /** @description The event types it waits for. */
            triggers: string[];
            findings: {
                at: string;
                /** @enum {string} */
                level: "error" | "warning";
                code: string;
                message: string;
                workflow: string;
            }[];
            /** @description Its triggers and steps; conditions by name. */
            definition: components["schemas"]["Json"][];
            decisions: components["schemas"]["Decision"][];
        };
        Agent: {
            name: string;
            kinds: {
                kind: string;
                about: string;
                /** @enum {string} */
                priority: "URGENT" | "HIGH" | "MEDIUM" | "LOW";
                dueInMs: number;
            }[];
            isPure: boolean;
            concurrency?: number;
            /** @enum {string} */
            state: "working" | "stopped" | "being tried";
            /** @description Why it is stopped. */
            reason: string | null;
            /** @description When one of its tasks is tried; null while stopped: when a person resumes it. */
            retryAt: number | null;
            /** @description Attempts within the monitor's window. */
            completed: number;
            failed: number;
        };
        ApiKey: {
            name: string;
            scopes: ("read" | "change" | "destructive" | "send" | "work")[];
            /** @description The kinds of tasks it may work on; empty: every kind. */
            kinds: string[];
            /** @description On whose behalf it asks; null: it speaks for itself. */
            actsFor: string | null;
            /** @description Milliseconds since 1970. */
            createdAt: number;
            createdBy: string;
            expiresAt: number | null;
            /** @description When it got a new secret last; null: never. */
            rotatedAt: number | null;
            /** @description Until when the secret before works too; null: there was none. */
            oldUntil: number | null;
        };
        Health: {
            /** @enum {string} */
            status: "well" | "ill" | "unknown";
            reasons: string[];
            measuredAt: number | null;
            isSilent: boolean;
            components: {
                component: string;
                ok: boolean;
                detail: string | null;
                /** @description Milliseconds since 1970. */
                since: number;
            }[];
            alerts: {
                alert: string;
                subject: string;
                /** @description Milliseconds since 1970. */
                since: number;
                data: {
                    [key: string]: string | number | boolean;
                };
            }[];
            agents: {
                agent: string;
                /** @enum {string} */
                state: "working" | "stopped" | "being tried";
                reason: string | null;
                since: number | null;
                retryAt: number | null;
                completed: number;
                failed: number;
                concurrency: number | null;
            }[];
            metrics: {
                [key: string]: number;
            };
        };
        Consumer: {
            name: string;
            about: string;
            position: number;
            behind: number;
            deadLetters: number;
            movedAt: number;
            mayRebuild: boolean;
        };
        Subscriber: {
            name: string;
            delivered: number;
            attempts: number;
            nextAt: number | null;
            lastAt: number | null;
            lastStatus: number | null;
            lastError: string | null;
            disabledAt: number | null;
        };
        Replayed: {
            event: number;
            type: string;
            decisions: {
                workflow: string;
                version: string;
                branch: string;
                outcomes: components["schemas"]["Json"];
                because?: string;
            }[];
            errors: string[];
        };
        Erased: {
            /** @description The contact, and those that had become part of it. */
            contacts: string[];
            /** @description How many rows were emptied or deleted, by table. */
            rows: {
                [key: string]: number;
            };
            /** @description It was erased before; what had come in since is gone now too. */
            wasErased: boolean;
            /** @description HubSpot's records of the person that are still there; a task was made for them. */
            inHubspot: string[];
        };
        LeadAnalysis: {
            all: {
                leads: number;
                converted: number;
                rate: number;
            };
            bands: {
                [key: string]: {
                    leads: number;
                    converted: number;
                    rate: number;
                };
            };
            features: {
                feature: string;
                meanPoints: number;
                maxPoints: number;
                above: {
                    leads: number;
                    converted: number;
                    rate: number;
                };
                below: {
                    leads: number;
                    converted: number;
                    rate: number;
                };
                lift?: number;
                suggestedMaxPoints?: number;
            }[];
            because?: string;
        };
        PostApiSignInAnswer: {
            person: string;
        };
        PostApiSignInBody: {
            person: string;
            password: string;
        };
        GetApiMeAnswer: {
            person: string;
            /** @enum {string} */
            by: "session" | "api key";
            /** @description Of a person. */
            roles: ("admin" | "operations" | "sales" | "analyst")[];
            /** @description The operations one may ask, by their operation ids. */
            may: string[];
            hasPassword: boolean;
            /** @description Null for a program. */
            session: {
                id: number;
                via: string;
                expiresAt: number;
            } | null;
        };
        PostApiMePasswordAnswer: {
            /** @constant */
            ok: true;
        };
        PostApiMePasswordBody: {
            password: string;
            /** @description The one there is. Left out in a session that began by a link, or where there is none. */
            current?: string;
        };
        PostApiSignInPasskeyOptionsAnswer: {
            challenge: string;
        } & {
            [key: string]: unknown;
        };
        PostApiSignInPasskeyOptionsBody: Record<string, never>;
        PostApiSignInPasskeyAnswer: {
            person: string;
        };
        PostApiSignInPasskeyBody: {
            response: {
                id: string;
                rawId: string;
                /** @constant */
                type: "public-key";
                /** @enum {string} */
                authenticatorAttachment?: "platform" | "cross-platform";
                /** @default {} */
                clientExtensionResults: {
                    [key: string]: unknown;
                };
                response: {
                    clientDataJSON: string;
                    authenticatorData: string;
                    signature: string;
                    userHandle?: string | null;
                };
            };
        };
        GetApiMePasskeysAnswer: {
            passkeys: {
                id: string;
                label: string;
                /** @description The name of the address it works at. */
                relyingParty: string;
                /** @description Milliseconds since 1970. */
                createdAt: number;
                /** @description Null: never. */
                lastUsedAt: number | null;
            }[];
            /** @description Where the console has to be open for them, without a path. Null: browsers make none at its address. */
            address: string | null;
        };
        PostApiMePasskeysOptionsBody: {
            /** @description One's password. Left out in a session that began by a link, or where there is none. */
            current?: string;
        };
        PostApiMePasskeysBody: {
            /** @description What its person calls it. */
            label: string;
            response: {
                id: string;
                rawId: string;
                /** @constant */
                type: "public-key";
                /** @enum {string} */
                authenticatorAttachment?: "platform" | "cross-platform";
                /** @default {} */
                clientExtensionResults: {
                    [key: string]: unknown;
                };
                response: {
                    clientDataJSON: string;
                    attestationObject: string;
                    transports?: string[];
                };
            };
        };
        PostApiMePasskeysRemoveBody: {
            id: string;
        };
        TodayAnswer: {
            /** @description Milliseconds since 1970. */
            now: number;
            person: string;
            formToAction: {
                promisedMs: number;
                /** @description Milliseconds from the form to the first e-mail or alert, of at most 2,000 forms. Null: there was none. */
                hour: {
                    p50: number;
                    p95: number;
                    slowest: number;
                    count: number;
                } | null;
                /** @description Milliseconds from the form to the first e-mail or alert, of at most 2,000 forms. Null: there was none. */
                day: {
                    p50: number;
                    p95: number;
                    slowest: number;
                    count: number;
                } | null;
                breaches: {
                    form: number;
                    contact: string | null;
                    who: {
                        name: string | null;
                        email: string | null;
                        company: string | null;
                        jobtitle: string | null;
                        score: number | null;
                    } | null;
                    /** @description Milliseconds since 1970. */
                    submittedAt: number;
                    /** @description Until the first e-mail or alert; of one that still waits, until now. */
                    tookMs: number;
                    isWaiting: boolean;
                    /** @description The work it waited for. */
                    task: number | null;
                    kind: string | null;
                    /** @description How long that work waited to be begun; null: it has not. */
                    queuedMs: number | null;
                    /** @description How long it was done; null: it is not over. */
                    workedMs: number | null;
                    error: string | null;
                }[];
            };
            /** @description What waits for people; each stops at 10,001. */
            queue: {
                open: number;
                mine: number;
                team: number;
                snoozed: number;
                overdue: number;
            };
            /** @description What a person should look at, the gravest first. Empty: nothing. */
            attention: {
                /** @description dead_letters, unknown_emails, health, stopped_agent, mail_paused, overdue_tasks, late_forms. */
                what: string;
                count: number;
                words: string;
                /** @enum {string} */
                level: "error" | "warning";
            }[];
        };
        EventsAnswer: {
            events: components["schemas"]["Event"][];
            /** @description Not null: the time for one answer was over before enough was found. Ask again with this as `before` (or as `after`) to look further. */
            scannedTo: number | null;
        };
        ContactsAnswer: {
            contacts: components["schemas"]["ListedContact"][];
            /** @description How many there are in all; it stops at 10,001. Null on later pages. */
            count: number | null;
        };
        ExplainContactAnswer: {
            /** Format: uuid */
            contact: string;
            name: string | null;
            /** @description What it is now; null: it has none yet. */
            score: number | null;
            band: string | null;
            /** @description The last scoring; null: it was never scored here. */
            scoring: {
                /** @description The event that states it: contact_scored. */
                position: number;
                /** @description Milliseconds since 1970. */
                at: number;
                score: number;
                band: string;
                /** @description The rubric it was scored by, with its version. */
                rubric: string;
                /** @description Most points first. */
                reasons: {
                    feature: string;
                    points: number;
                    because: string;
                }[];
            } | null;
            /** @description The latest changes of the score, newest first. */
            changes: {
                position: number;
                /** @description Milliseconds since 1970. */
                at: number;
                from: number | null;
                to: number | null;
                cause: string;
            }[];
            /** @description The same in plain words. */
            sentences: string[];
            /** @description What a model says beside the score; null: none was asked, or nothing held. */
            words: {
                /** @description The event that states it: score_explained. */
                position: number;
                words: string;
                /** @description What the rubric cannot see: suggestions, each with the words of the lead it rests on. */
                beyond: {
                    what: string;
                    words: string;
                }[];
                model: string;
            } | null;
        };
        CrmSetAsideAnswer: {
            setAside: {
                id: number;
                /** @description Milliseconds since the epoch. */
                receivedAt: number;
                error: string;
                /** @description As it came. */
                raw: string;
            }[];
        };
        TasksAnswer: {
            tasks: components["schemas"]["Task"][];
        };
        QueueAnswer: {
            tasks: components["schemas"]["QueuedTask"][];
            /** @description How many each view has, with the same filter; each stops at 10,001. Null on later pages. */
            counts: {
                open: number;
                mine: number;
                team: number;
                snoozed: number;
                overdue: number;
            } | null;
        };
        TaskAnswer: {
            id: number;
            kind: string;
            contact: string | null;
            mergeKey: string;
            /** @enum {string} */
            state: "NOT_STARTED" | "IN_PROGRESS" | "WAITING" | "COMPLETED" | "FAILED" | "CANCELLED";
            /** @enum {string} */
            priority: "URGENT" | "HIGH" | "MEDIUM" | "LOW";
            /** @description Milliseconds since 1970. */
            dueAt: number;
            notBefore: number | null;
            staleAt: number | null;
            payload: components["schemas"]["Json"];
            causes: number[];
            root: number;
            depth: number;
            requestedBy: string;
            attempt: number;
            worker: string | null;
            error: string | null;
            result: components["schemas"]["Json"];
            /** @description Milliseconds since 1970. */
            createdAt: number;
            startedAt: number | null;
            finishedAt: number | null;
            who: {
                name: string | null;
                email: string | null;
                company: string | null;
                jobtitle: string | null;
                score: number | null;
            } | null;
            about: string;
            isHuman: boolean;
            doneBy: string;
            /** @description What a model says of the failure behind it; null: nothing is said. */
            summary: {
                /** @description The event that states it: summary_written. */
                position: number;
                /** @description Each with the positions of the events it rests on. */
                sentences: {
                    text: string;
                    events: number[];
                }[];
                model: string;
            } | null;
        };
        EmailsAnswer: {
            emails: components["schemas"]["EmailSummary"][];
        };
        AlertsAnswer: {
            alerts: components["schemas"]["Alert"][];
        };
        DeadLettersAnswer: {
            deadLetters: components["schemas"]["DeadLetter"][];
        };
        DeadLetterGroupsAnswer: {
            groups: {
                subscription: string;
                /** @description The error with names and numbers left out. */
                cause: string;
                count: number;
                /** @description The number of the oldest one. */
                oldest: number;
                newest: number;
                /** @description Milliseconds since 1970. */
                firstAt: number;
                /** @description Milliseconds since 1970. */
                lastAt: number;
                /** @description The newest one's error, whole. */
                error: string;
            }[];
        };
        AlertGroupsAnswer: {
            groups: {
                audience: string;
                name: string;
                count: number;
                unseen: number;
                /** @description About the system, and not over yet. */
                unresolved: number;
                lastId: number;
                /** @description Milliseconds since 1970. */
                lastAt: number;
                lastTitle: string;
                isMuted: boolean;
            }[];
            /** @description What is muted, also where no alert came. */
            mutes: components["schemas"]["MuteAlertsAnswer"][];
        };
        OutboxAnswer: {
            emails: {
                /** @description Of a planned one its task's id, of the others the e-mail's number. */
                id: number;
                /** @enum {string} */
                state: "planned" | "held" | "sent" | "sending" | "unknown";
                contact: string | null;
                who: {
                    name: string | null;
                    email: string | null;
                    company: string | null;
                    jobtitle: string | null;
                    score: number | null;
                } | null;
                task: number | null;
                template: string | null;
                purpose: string | null;
                recipient: string | null;
                /** @description Null while it is only planned: it is written when it leaves. */
                subject: string | null;
                /** @description Milliseconds since 1970. */
                createdAt: number;
                notBefore: number | null;
                sentAt: number | null;
                /** @description Why it waits, or why it was held back. */
                reason: string | null;
            }[];
            /** @description How many in all; of held and sent ones, of the last 24 hours. Each stops at 10,001. */
            counts: {
                planned: number;
                held: number;
                sent: number;
                sending: number;
                unknown: number;
            };
            mail: components["schemas"]["MailSwitch"];
        };
        ConversationsAnswer: {
            conversations: {
                /** Format: uuid */
                contact: string;
                who: {
                    name: string | null;
                    email: string | null;
                    company: string | null;
                    jobtitle: string | null;
                    score: number | null;
                } | null;
                /** @description The latest thing they wrote. */
                reply: number;
                /** @description Milliseconds since 1970. */
                repliedAt: number;
                subject: string;
                /** @description Its beginning, at most 300 characters. */
                excerpt: string;
                /** @description A program wrote it. */
                isAutomatic: boolean;
                /** @description Null: it has not been read yet. */
                reading: {
                    /** @description The reading's own position. */
                    position: number;
                    /** @enum {string} */
                    class: "positive" | "negative" | "not_now" | "question" | "out_of_office" | "wrong_person" | "bounce" | "complaint" | "opt_out" | "none";
                    /** @description 0 to 1. */
                    confidence: number;
                    /** @description False: too unsure to act on. */
                    sure: boolean;
                    /** @description What decided: "rule:…", "model:…", "opinion:…" or "person:…". */
                    by: string;
                    /** @description What it was seen by. */
                    reasons: string[];
                    /** @description Milliseconds since 1970. */
                    at: number;
                } | null;
                /** @description When we wrote to them last; null: never. */
                writtenAt: number | null;
                isAnswered: boolean;
                hasOptedOut: boolean;
            }[];
        };
        ConversationAnswer: {
            /** Format: uuid */
            contact: string;
            /** @description Oldest first; the latest of each direction. */
            messages: ({
                /** @constant */
                direction: "out";
                /** @description Milliseconds since 1970. */
                at: number;
                /** @description Its number in the ledger. */
                email: number;
                /** @description sent, suppressed, sending or unknown. */
                state: string;
                subject: string;
                text: string;
                template: string;
                thread: string | null;
                /** @description Why it was held back. */
                reason: string | null;
            } | {
                /** @constant */
                direction: "in";
                /** @description Milliseconds since 1970. */
                at: number;
                reply: number;
                subject: string;
                /** @description Their own words. */
                text: string;
                isAutomatic: boolean;
                /** @description The address it came from, where it is another one than the contact's. */
                from: string | null;
                /** @description Its number in the inbox; null: it came from another system. */
                message: number | null;
                /** @description All of its text in order: "own" words, and what was cut, by its reason. Empty where it is not kept. */
                pieces: {
                    what: string;
                    text: string;
                }[];
                reading: {
                    /** @description The reading's own position. */
                    position: number;
                    /** @enum {string} */
                    class: "positive" | "negative" | "not_now" | "question" | "out_of_office" | "wrong_person" | "bounce" | "complaint" | "opt_out" | "none";
                    /** @description 0 to 1. */
                    confidence: number;
                    /** @description False: too unsure to act on. */
                    sure: boolean;
                    /** @description What decided: "rule:…", "model:…", "opinion:…" or "person:…". */
                    by: string;
                    /** @description What it was seen by. */
                    reasons: string[];
                    /** @description Milliseconds since 1970. */
                    at: number;
                } | null;
            })[];
            /** @description E-mails a model wrote to them that wait for a person. */
            drafts: {
                /** @description The task of its review. */
                id: number;
                contact: string | null;
                who: {
                    name: string | null;
                    email: string | null;
                    company: string | null;
                    jobtitle: string | null;
                    score: number | null;
                } | null;
                /** @description Milliseconds since 1970. */
                createdAt: number;
                /** @description Milliseconds since 1970. */
                dueAt: number;
                /** @description When `drafts.atDeadline` happens; null: it waits until someone decides. */
                deadlineAt: number | null;
                /** @description Who has claimed it. */
                worker: string | null;
                sequence: string | null;
                touch: number | null;
                template: string;
                /** @description Empty: it goes out under the subject of the conversation. */
                subject: string;
                text: string;
                /** @description Paragraph by paragraph, with the facts each rests on. */
                parts: {
                    text: string;
                    facts: {
                        id: string;
                        what: string;
                        words: string;
                    }[];
                }[];
                /** @description What would be sent without a model. */
                instead: {
                    subject: string;
                    text: string;
                };
                model: string;
                prompt: string;
            }[];
            mayAnswer: boolean;
            /** @description Why an e-mail would not leave. */
            whyNot: string | null;
        };
        InboxAnswer: {
            inbox: components["schemas"]["InboundMail"][];
        };
        ReplyLabelsAnswer: {
            labels: components["schemas"]["ReplyLabel"][];
        };
        DraftsAnswer: {
            drafts: {
                /** @description The task of its review. */
                id: number;
                contact: string | null;
                who: {
                    name: string | null;
                    email: string | null;
                    company: string | null;
                    jobtitle: string | null;
                    score: number | null;
                } | null;
                /** @description Milliseconds since 1970. */
                createdAt: number;
                /** @description Milliseconds since 1970. */
                dueAt: number;
                /** @description When `drafts.atDeadline` happens; null: it waits until someone decides. */
                deadlineAt: number | null;
                /** @description Who has claimed it. */
                worker: string | null;
                sequence: string | null;
                touch: number | null;
                template: string;
                /** @description Empty: it goes out under the subject of the conversation. */
                subject: string;
                text: string;
                /** @description Paragraph by paragraph, with the facts each rests on. */
                parts: {
                    text: string;
                    facts: {
                        id: string;
                        what: string;
                        words: string;
                    }[];
                }[];
                /** @description What would be sent without a model. */
                instead: {
                    subject: string;
                    text: string;
                };
                model: string;
                prompt: string;
            }[];
        };
        DraftLabelsAnswer: {
            labels: {
                /** @description Position of the decision in the log. */
                decision: number;
                review: number;
                contact: string | null;
                template: string;
                /** @enum {string} */
                verdict: "approved" | "edited" | "refused";
                by: string;
                reason: string | null;
                model: string;
                prompt: string;
                /** @description What the model wrote. */
                wrote: {
                    subject: string;
                    text: string;
                };
                /** @description What was sent; null: nothing. */
                sent: {
                    subject: string;
                    text: string;
                } | null;
                /** @description The share of its words that were changed, from 0 to 1. */
                changed: number | null;
                /** @description Milliseconds since 1970. */
                decidedAt: number;
            }[];
        };
        ModelSpendAnswer: {
            spend: {
                agent: string;
                prompt: string;
                model: string;
                calls: number;
                answered: number;
                inputTokens: number;
                cachedTokens: number;
                outputTokens: number;
                costUsd: number;
            }[];
            totalUsd: number;
            todayUsd: number;
            capPerDayUsd: number | null;
            caps: {
                perTaskUsd: number;
                perContactUsd: number;
                perDayUsd: number;
            } | null;
            /** @description By day (UTC) and agent, the oldest first; the last 30 days at most. */
            days: {
                /** @description 2026-03-02, in UTC. */
                day: string;
                agent: string;
                calls: number;
                costUsd: number;
            }[];
        };
        ConnectionsAnswer: {
            connections: {
                /** @description hubspot, mail, model, or "mcp:" and the name of a server. */
                name: string;
                isSet: boolean;
                /** @description Its host; null where it is not known or not set. */
                where: string | null;
                lastError: string | null;
                /** @description Milliseconds since 1970. */
                lastErrorAt: number | null;
            }[];
        };
        McpServersAnswer: {
            servers: {
                name: string;
                /** @enum {string} */
                state: "up" | "down";
                error: string | null;
                since: number | null;
                retryAt: number | null;
                changed: string[];
            }[];
        };
        ConsumersAnswer: {
            consumers: components["schemas"]["Consumer"][];
            subscribers: components["schemas"]["Subscriber"][];
        };
        WorkflowsAnswer: {
            workflows: components["schemas"]["Workflow"][];
        };
        WorkflowCountsAnswer: {
            workflows: {
                workflow: string;
                /** @description In the last hour, by the database's clock. */
                hour: number;
                day: number;
                /** @description Since the log began. */
                all: number;
                branches: {
                    /** @description "": there was nothing to choose. */
                    branch: string;
                    /** @description In the last hour, by the database's clock. */
                    hour: number;
                    day: number;
                    /** @description Since the log began. */
                    all: number;
                }[];
                /** @description Those that decided, the latest first. */
                versions: {
                    version: string;
                    /** @description In the last hour, by the database's clock. */
                    hour: number;
                    day: number;
                    /** @description Since the log began. */
                    all: number;
                    /** @description Milliseconds since 1970. */
                    firstAt: number;
                    /** @description Milliseconds since 1970. */
                    lastAt: number;
                }[];
            }[];
            events: {
                type: string;
                /** @description In the last hour, by the database's clock. */
                hour: number;
                day: number;
                /** @description Since the log began. */
                all: number;
                /** @description Over the last hour. */
                perMinute: number;
            }[];
            /** @description Events that are not counted yet; 0: all are. */
            behind: number;
        };
        LintWorkflowsAnswer: {
            /** @description How many there are. */
            workflows: number;
            errors: number;
            findings: {
                at: string;
                /** @enum {string} */
                level: "error" | "warning";
                code: string;
                message: string;
                workflow: string;
            }[];
        };
        AgentsAnswer: {
            agents: components["schemas"]["Agent"][];
        };
        PeopleAnswer: {
            people: {
                /** @description As the log names them: person:NAME. */
                name: string;
                roles: ("admin" | "operations" | "sales" | "analyst")[];
                /** @description Milliseconds since 1970. */
                createdAt: number;
                createdBy: string;
                /** @description Null: they may sign in. */
                removedAt: number | null;
                hasPassword: boolean;
                /** @description How many they may sign in by. */
                passkeys: number;
                /** @description Those that have not ended. */
                sessions: number;
            }[];
        };
        SavedViewsAnswer: {
            views: components["schemas"]["SaveViewAnswer"][];
        };
        SessionsAnswer: {
            sessions: {
                id: number;
                person: string;
                /** @description Milliseconds since 1970. */
                createdAt: number;
                /** @description Milliseconds since 1970. */
                expiresAt: number;
                /** @description How it began: link, password or passkey. */
                via: string;
                /** @description What the browser said it was. */
                browser: string | null;
            }[];
        };
        ApiKeysAnswer: {
            keys: components["schemas"]["ApiKey"][];
        };
        ClaimTaskAnswer: {
            /** @constant */
            ok: true;
            /** @description The task; of a failed one that is tried again, the new one that will run. */
            task: number;
        };
        ClaimTaskBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        ReleaseTaskBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        HandOverTaskBody: {
            /** @description Who holds it then. */
            to: string;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        CompleteTaskBody: {
            /**
             * @description What came of it, shown to people.
             * @default null
             */
            result: components["schemas"]["Json"];
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        SnoozeTaskBody: {
            /** @description When it is due then. Milliseconds since 1970. */
            untilMs: number;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        CancelTaskBody: {
            /** @description Why; kept with the task. */
            reason: string;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        RetryTaskBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        CancelTasksAnswer: {
            /** @description How many tasks the filter means; it stops at 10,000. */
            count: number;
            dryRun: boolean;
            /** @description Those that were changed; of a dry run, the first hundred that would be. */
            tasks: number[];
            /** @description Those that could not be changed. */
            failed: {
                task: number;
                error: string;
            }[];
        };
        CancelTasksBody: {
            /**
             * @default open
             * @enum {string}
             */
            state: "open" | "NOT_STARTED" | "IN_PROGRESS" | "WAITING";
            /** @description Only tasks of this kind. */
            kind?: string;
            /** @description True: only those a person has to finish. */
            human?: boolean;
            /** @description Only those of people with this role, e.g. sales. */
            role?: string;
            /** @enum {string} */
            priority?: "URGENT" | "HIGH" | "MEDIUM" | "LOW";
            /** @description Only of this contact: its id, or an e-mail address of it. */
            contact?: string;
            /** @description Asked for at this moment or later. Milliseconds since 1970. */
            since?: number;
            /** @description Asked for before this moment. Milliseconds since 1970. */
            until?: number;
            /** @description Why; kept with each task. */
            reason: string;
            /**
             * @description Only count them.
             * @default true
             */
            dryRun: boolean;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        RetryTasksBody: {
            /**
             * @default FAILED
             * @enum {string}
             */
            state: "FAILED" | "CANCELLED" | "WAITING";
            /** @description Only tasks of this kind. */
            kind?: string;
            /** @description True: only those a person has to finish. */
            human?: boolean;
            /** @description Only those of people with this role, e.g. sales. */
            role?: string;
            /** @enum {string} */
            priority?: "URGENT" | "HIGH" | "MEDIUM" | "LOW";
            /** @description Only of this contact: its id, or an e-mail address of it. */
            contact?: string;
            /** @description Asked for at this moment or later. Milliseconds since 1970. */
            since?: number;
            /** @description Asked for before this moment. Milliseconds since 1970. */
            until?: number;
            /**
             * @description Only count them.
             * @default true
             */
            dryRun: boolean;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        PauseAgentAnswer: {
            /** @constant */
            ok: true;
            agent: string;
            /** @constant */
            state: "stopped";
        };
        PauseAgentBody: {
            /** @description Shown to everyone who asks why. */
            reason?: string;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        ResumeAgentAnswer: {
            /** @constant */
            ok: true;
            agent: string;
            /** @constant */
            state: "working";
            wasStopped: boolean;
        };
        ResumeAgentBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        TestConnectionAnswer: {
            connection: string;
            isWell: boolean;
            /** @description What was answered, or what went wrong. */
            saw: string;
            /** @description What to do about it. */
            next: string;
            /** @description How long it took, in milliseconds. */
            ms: number;
        };
        TestConnectionBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        AcceptMcpToolsAnswer: {
            /** @constant */
            ok: true;
            server: string;
            tools: string[];
        };
        AcceptMcpToolsBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        PauseMailBody: {
            /** @description Shown to everyone who asks why. */
            reason?: string;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        ResumeMailBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        ConfirmRestoreAnswer: {
            restore: {
                id: number;
                /** @description Milliseconds since 1970. */
                foundAt: number;
                /** @enum {string} */
                how: "restored" | "copied" | "went_back" | "by_hand";
                detail: string;
                /** @description The newest position there was when it was found. */
                newest: number;
                /** @description The newest position seen before; null: it is not known. */
                lastMissing: number | null;
            };
            /** @enum {string} */
            emails: "send" | "cancel";
            /** @description E-mails that were cancelled. */
            cancelled: number;
        };
        ConfirmRestoreBody: {
            /**
             * @description What becomes of e-mails asked for before: they have not left yet (send), or they left meanwhile (cancel).
             * @enum {string}
             */
            emails: "send" | "cancel";
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        HoldRestoreBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        DecideEmailAnswer: {
            id: number;
            /** @enum {string} */
            verdict: "arrived" | "send_again";
            /** @description The task that is done, or runs again. */
            task: number;
        };
        DecideEmailBody: {
            /** @enum {string} */
            verdict: "arrived" | "send_again";
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        SeeAlertBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        MuteAlertsAnswer: {
            audience: string;
            name: string;
            /** @description Null: until it is lifted. */
            until: number | null;
            reason: string | null;
            mutedBy: string;
            /** @description Milliseconds since 1970. */
            mutedAt: number;
        };
        MuteAlertsBody: {
            /** @description Whose alerts: sales, admin … */
            audience: string;
            /** @description What the alerts are called, e.g. task_overdue. */
            name: string;
            /** @description Until when. Milliseconds since 1970; left out: until it is lifted. */
            untilMs?: number;
            /** @description Shown to everyone who asks why. */
            reason?: string;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        UnmuteAlertsAnswer: {
            /** @constant */
            ok: true;
        };
        UnmuteAlertsBody: {
            /** @description Whose alerts: sales, admin … */
            audience: string;
            /** @description What the alerts are called. */
            name: string;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        ReplyToContactAnswer: {
            /** @description The task that sends it. */
            task: number;
            /** @description The fact on record: reply_written. */
            event: number;
            /** @description False: it was asked for before by the same key, and nothing was done now. */
            isNew: boolean;
        };
        ReplyToContactBody: {
            /** @description Plain text; nothing is quoted and no foot is added. */
            text: string;
            /** @description Left out: "Re:" and the subject of what it answers. */
            subject?: string;
            /** @description Position of the reply it answers. Left out: the contact's latest, if there is one. */
            answers?: number;
            /** @description Made up by who asks, once for each e-mail: asked again with the same one, nothing is sent twice. */
            key: string;
            /** @description A task of people that is done with it. */
            task?: number;
            /** @description Not before this moment: until then cancelTask takes it back. Milliseconds since 1970; left out: at once. */
            sendAtMs?: number;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        RetryDeadLetterAnswer: {
            /** @constant */
            ok: true;
        };
        RetryDeadLetterBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        DismissDeadLetterAnswer: {
            /** @constant */
            ok: true;
            id: number;
            /** @constant */
            dismissed: true;
        };
        DismissDeadLetterBody: {
            /** @description Why; kept with it. */
            reason: string;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        ReplayEventBody: {
            /** @description Only this one; left out: every workflow that waits for such an event. */
            workflow?: string;
            /**
             * @description Only say what would follow.
             * @default true
             */
            dryRun: boolean;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        RebuildConsumerAnswer: {
            /** @constant */
            ok: true;
            name: string;
            /** @constant */
            rebuilding: true;
        };
        RebuildConsumerBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        LiftOptOutAnswer: {
            /** Format: uuid */
            contact: string;
            /** @description The fact on record. */
            event: number | null;
        };
        LiftOptOutBody: {
            /** @description Why it was wrong, for the record. */
            reason: string;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        LiftSuppressionBody: {
            /** @description Why it was wrong, for the record. */
            reason: string;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        CorrectContactAnswer: {
            /** Format: uuid */
            contact: string;
            /** @description The fact on record. */
            event: number;
            changes: {
                [key: string]: {
                    from: string | number | boolean | null;
                    to: string | number | boolean | null;
                };
            };
        };
        CorrectContactBody: {
            /** @description The property, e.g. jobtitle. */
            property: string;
            /** @description What is right. Empty: the value is given up, and may be found anew. */
            value: string;
            /** @description The value as it was seen, "" for none. Where it is another by now, nothing is changed. */
            seen?: string;
            /** @description The last correction is taken back: `value` is what it took the place of, and is again whose it was. */
            takesBack?: boolean;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        ReadReplyAgainAnswer: {
            /** Format: uuid */
            contact: string;
            /** @enum {string} */
            class: "positive" | "negative" | "not_now" | "question" | "out_of_office" | "wrong_person" | "bounce" | "complaint" | "opt_out" | "none";
            /** @description The facts on record: what was lifted, the reading, and the mission's event of it. */
            events: number[];
            /** @description What had followed from an earlier reading and does not hold any more. */
            tookBack: ("opt_out" | "suppression" | "refusal" | "sequence_end")[];
            /** @description Open tasks of the earlier reading, called off. */
            cancelled: number[];
        };
        ReadReplyAgainBody: {
            /**
             * @description What it says; none: nothing follows from it.
             * @enum {string}
             */
            class: "positive" | "negative" | "not_now" | "question" | "out_of_office" | "wrong_person" | "bounce" | "complaint" | "opt_out" | "none";
            /** @description Shown to everyone who asks why. */
            reason?: string;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        ApproveDraftAnswer: {
            id: number;
            /** @enum {string} */
            verdict: "approved" | "edited" | "refused";
            /** @description The task that sends the e-mail; null: nothing is sent. */
            task: number | null;
        };
        ApproveDraftBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        EditDraftBody: {
            /** @description Empty for an e-mail that goes out under the first one's subject. */
            subject: string;
            /** @description The whole e-mail, with greeting and closing; the foot is put below it. */
            text: string;
            /** @description Why it was changed; kept on record. */
            reason?: string;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        RefuseDraftBody: {
            /** @description What is wrong with it; kept on record, and for evaluation. */
            reason: string;
            /**
             * @description Whether the template is sent instead.
             * @default false
             */
            takeTemplate: boolean;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        EraseContactBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        AddPersonAnswer: {
            name: string;
            roles: ("admin" | "operations" | "sales" | "analyst")[];
            /** @description Behind the engine's address: signs them in, once, within 24 hours. */
            path: string;
        };
        AddPersonBody: {
            /** @description The log names them so: person:NAME. */
            name: string;
            /** @description admin, operations, sales, analyst. */
            roles: ("admin" | "operations" | "sales" | "analyst")[];
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        InvitePersonBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        ChangeRolesAnswer: {
            name: string;
            roles: ("admin" | "operations" | "sales" | "analyst")[];
        };
        ChangeRolesBody: {
            /** @description admin, operations, sales, analyst. */
            roles: ("admin" | "operations" | "sales" | "analyst")[];
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        RemovePersonAnswer: {
            /** @constant */
            ok: true;
        };
        RemovePersonBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        EndSessionsAnswer: {
            ended: number[];
        };
        EndSessionsBody: {
            /** @description The session's number. */
            id?: number;
            /** @description In place of a number: all of this person's. */
            name?: string;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        SaveViewAnswer: {
            /** @enum {string} */
            screen: "leads" | "tasks" | "events";
            name: string;
            /** @description What stands behind the question mark of the console's address. */
            search: string;
            /** @description Milliseconds since 1970. */
            savedAt: number;
        };
        SaveViewBody: {
            /**
             * @description The list: leads, tasks or events.
             * @enum {string}
             */
            screen: "leads" | "tasks" | "events";
            /** @description What it is called. One of that name is replaced. */
            name: string;
            /** @description What stands behind the question mark of the console's address. */
            search: string;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        RemoveViewAnswer: {
            /** @constant */
            ok: true;
            name: string;
        };
        RemoveViewBody: {
            /**
             * @description The list: leads, tasks or events.
             * @enum {string}
             */
            screen: "leads" | "tasks" | "events";
            name: string;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        CreateApiKeyAnswer: {
            name: string;
            scopes: ("read" | "change" | "destructive" | "send" | "work")[];
            /** @description The kinds of tasks it may work on; empty: every kind. */
            kinds: string[];
            /** @description On whose behalf it asks; null: it speaks for itself. */
            actsFor: string | null;
            /** @description Milliseconds since 1970. */
            createdAt: number;
            createdBy: string;
            expiresAt: number | null;
            /** @description When it got a new secret last; null: never. */
            rotatedAt: number | null;
            /** @description Until when the secret before works too; null: there was none. */
            oldUntil: number | null;
            /** @description The key. It is shown this once. */
            key: string;
        };
        CreateApiKeyBody: {
            /** @description The log names it so: key:NAME. */
            name: string;
            /**
             * @description read, change, destructive, send, work.
             * @default [
             *       "read"
             *     ]
             */
            scopes: ("read" | "change" | "destructive" | "send" | "work")[];
            /**
             * @description The kinds of tasks it may work on; left out: every kind.
             * @default []
             */
            kinds: string[];
            /** @description On whose behalf it asks; left out: it speaks for itself. */
            actsFor?: string;
            /** @description When it stops working. Milliseconds since 1970; left out: never. */
            expiresAtMs?: number;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        RotateApiKeyAnswer: {
            name: string;
            scopes: ("read" | "change" | "destructive" | "send" | "work")[];
            /** @description The kinds of tasks it may work on; empty: every kind. */
            kinds: string[];
            /** @description On whose behalf it asks; null: it speaks for itself. */
            actsFor: string | null;
            /** @description Milliseconds since 1970. */
            createdAt: number;
            createdBy: string;
            expiresAt: number | null;
            /** @description When it got a new secret last; null: never. */
            rotatedAt: number | null;
            /** @description Until when the secret before works too; null: there was none. */
            oldUntil: number | null;
            /** @description The new secret. It is shown this once. */
            key: string;
        };
        RotateApiKeyBody: {
            /**
             * @description How long the old secret works too, in hours. 0: it ends at once.
             * @default 24
             */
            oldForHours: number;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        RevokeApiKeyAnswer: {
            /** @constant */
            ok: true;
            name: string;
        };
        RevokeApiKeyBody: {
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        ErasuresAnswer: {
            erasures: ({
                /** Format: uuid */
                contact: string;
                /** Format: date-time */
                erasedAt: string;
            } | {
                kind: string;
                hash: string;
                key: string;
                /** Format: date-time */
                erasedAt: string;
            })[];
        };
        RetryDeadLettersAnswer: {
            /** @description How many are meant. */
            count: number;
            dryRun: boolean;
            retried: {
                id: number;
                /** @description null: it was taken. */
                error: string | null;
            }[];
        };
        RetryDeadLettersBody: {
            /** @description Only those of this consumer, or of this workflow (workflow:NAME). */
            subscription?: string;
            /** @description Only those with this cause, as deadLetterGroups names it. */
            cause?: string;
            /**
             * @description True: they are only counted.
             * @default false
             */
            dryRun: boolean;
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        ApplyErasuresAnswer: {
            /** @description Contacts that were here again, and are erased now. */
            erased: string[];
            /** @description Names that are recognised from now on. */
            suppressed: number;
        };
        ApplyErasuresBody: {
            entries: ({
                /** Format: uuid */
                contact: string;
                /** Format: date-time */
                erasedAt: string;
            } | {
                kind: string;
                hash: string;
                key: string;
                /** Format: date-time */
                erasedAt: string;
            })[];
            /** @description With the API key: on whose behalf. A session has its own person. */
            person?: string;
        };
        WorkflowDiagramAnswer: {
            name: string;
            version: string;
            /** @enum {string} */
            type: "flowchart" | "sequence";
            mermaid: string;
        };
        SettingsAnswer: {
            settings: {
                /** @description e.g. "engine.sweepMs". */
                setting: string;
                /** @description Without secrets; null: not set. */
                value: components["schemas"]["Json"];
                unit: string | null;
                /** @description "default", "file" (or what the program passed), or the name of the environment variable. */
                source: string;
                /** @description What holds while it is not set, in words. */
                unset: string | null;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    overview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rates, counts and the form-to-action clock. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
        };
    };
    today: {
        parameters: {
            query?: {
                /** @description How many breaches at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TodayAnswer"];
                };
            };
        };
    };
    events: {
        parameters: {
            query?: {
                /** @description Only events past this position, oldest first. */
                after?: number;
                /** @description Only events before this position, newest first. */
                before?: number;
                type?: string;
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact?: string;
                /** @description Only those with this text anywhere in their data, in any case. */
                q?: string;
                /** @description Only what this one did: "person:ada", "key:crm"; with a colon at its end all such: "person:". */
                actor?: string;
                /** @description Recorded at this moment or later. Milliseconds since 1970. */
                from?: number;
                /** @description Recorded before this moment. Milliseconds since 1970. */
                to?: number;
                /** @description Not older than this moment, by their source's clock. Milliseconds since 1970. */
                since?: number;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, and how far the log was looked through where that took too long for one answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventsAnswer"];
                };
            };
        };
    };
    event: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The event's position. */
                position: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
        };
    };
    explainEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The event's position. */
                position: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chain of causes, the outside event first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
        };
    };
    explainTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The task's id. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chain of causes, the outside event first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
        };
    };
    explainEmail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The e-mail's number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chain of causes, the outside event first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
        };
    };
    explainAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The alert's number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chain of causes, the outside event first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
        };
    };
    contacts: {
        parameters: {
            query?: {
                /** @description Words, or beginnings of words, of what a row shows: name, address, company, job title, band, stage … */
                q?: string;
                /** @description Only those of this score band: hot, qualified, nurture, low. */
                band?: string;
                /** @description Only those of this lifecycle stage, e.g. customer. */
                lifecycle?: string;
                /** @description Only those of this owner, by the number HubSpot has for it. */
                owner?: string;
                /** @description Only those that came from there. */
                source?: string;
                /** @description Only those known since this moment. Milliseconds since 1970. */
                since?: number;
                /** @description Only those known before this moment. Milliseconds since 1970. */
                until?: number;
                /** @description created: the newest first; activity: with the newest event first; score: the hottest first. */
                sort?: "created" | "activity" | "score";
                /** @description False: without the steps each has taken. */
                path?: boolean;
                /** @description The `cursor` of the last contact of the page before. */
                after?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Contacts, each with its path, and how many there are. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactsAnswer"];
                };
            };
        };
    };
    contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactStory"];
                };
            };
        };
    };
    explainContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The score, the points of each reason, and what changed it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainContactAnswer"];
                };
            };
        };
    };
    contactErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many rows would be erased, by table. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erased"];
                };
            };
        };
    };
    erasures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Erasures, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasuresAnswer"];
                };
            };
        };
    };
    applyErasures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "entries": [
                 *         {
                 *           "contact": "0190a2b4-1c2d-7e3f-8a4b-5c6d7e8f9a0b",
                 *           "erasedAt": "2026-03-02T09:00:00.000Z"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApplyErasuresBody"];
            };
        };
        responses: {
            /** @description Who was erased again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplyErasuresAnswer"];
                };
            };
        };
    };
    crmSetAside: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was set aside, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CrmSetAsideAnswer"];
                };
            };
        };
    };
    tasks: {
        parameters: {
            query?: {
                state?: "NOT_STARTED" | "IN_PROGRESS" | "WAITING" | "COMPLETED" | "FAILED" | "CANCELLED" | "open" | "finished";
                /** @description Only tasks of this kind. */
                kind?: string;
                /** @description True: only those a person has to finish. */
                human?: boolean;
                /** @description Only those of people with this role, e.g. sales. */
                role?: string;
                priority?: "URGENT" | "HIGH" | "MEDIUM" | "LOW";
                /** @description Only of this contact: its id, or an e-mail address of it. */
                contact?: string;
                /** @description Asked for at this moment or later. Milliseconds since 1970. */
                since?: number;
                /** @description Asked for before this moment. Milliseconds since 1970. */
                until?: number;
                /** @description Only those before this one: the next page. */
                before?: number;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tasks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TasksAnswer"];
                };
            };
        };
    };
    queue: {
        parameters: {
            query?: {
                /** @description open: all but what was put off; mine: what I hold; team: what no one holds; snoozed: what was put off. */
                view?: "open" | "mine" | "team" | "snoozed";
                /** @description Whose view `mine` is. Left out: of who asks. */
                person?: string;
                /** @description Only what people with this role do, e.g. sales. */
                role?: string;
                /** @description Only tasks of this kind. */
                kind?: string;
                /** @description Only of contacts in this score band. */
                band?: string;
                /** @description Words, or beginnings of words, of what is known of the contact. */
                q?: string;
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact?: string;
                /** @description Due at this moment or later. Milliseconds since 1970. */
                dueFrom?: number;
                /** @description Due before this moment; now: what is overdue. Milliseconds since 1970. */
                dueUntil?: number;
                /** @description The `cursor` of the last task of the page before. */
                after?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tasks of people, and how many each view has. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueAnswer"];
                };
            };
        };
    };
    task: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The task's id. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAnswer"];
                };
            };
        };
    };
    emails: {
        parameters: {
            query?: {
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact?: string;
                state?: "sent" | "suppressed" | "sending" | "unknown";
                /** @description Milliseconds since 1970. */
                since?: number;
                /** @description Only those before this one: the next page. */
                before?: number;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description E-mails without their text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailsAnswer"];
                };
            };
        };
    };
    email: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The e-mail's number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The e-mail. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Email"];
                };
            };
        };
    };
    alerts: {
        parameters: {
            query?: {
                /** @description Only those to this audience: sales, admin … */
                audience?: string;
                /** @description True: only those no person has seen. */
                unseen?: boolean;
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact?: string;
                /** @description Milliseconds since 1970. */
                since?: number;
                /** @description Only those before this one: the next page. */
                before?: number;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alerts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertsAnswer"];
                };
            };
        };
    };
    deadLetters: {
        parameters: {
            query?: {
                /** @description True: also those dealt with. */
                resolved?: boolean;
                /** @description Only those before this one: the next page. */
                before?: number;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dead letters. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLettersAnswer"];
                };
            };
        };
    };
    deadLetterGroups: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Causes, the most frequent first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterGroupsAnswer"];
                };
            };
        };
    };
    alertGroups: {
        parameters: {
            query?: {
                /** @description Only those to this audience: sales, admin … */
                audience?: string;
                /** @description Not older than this moment. Milliseconds since 1970; left out: a week. */
                since?: number;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Groups, the one with the newest alert first, and what is muted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertGroupsAnswer"];
                };
            };
        };
    };
    outbox: {
        parameters: {
            query?: {
                /** @description planned: asked for, the next to leave first; held: will not leave, and why; unknown: it may have left. */
                state?: "planned" | "held" | "sent" | "sending" | "unknown";
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact?: string;
                /** @description The `id` of the last one of the page before. */
                before?: number;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description E-mails, how many are in each state, and the switch. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutboxAnswer"];
                };
            };
        };
    };
    conversations: {
        parameters: {
            query?: {
                /** @description Only those whose latest reply was read so. */
                class?: "positive" | "negative" | "not_now" | "question" | "out_of_office" | "wrong_person" | "bounce" | "complaint" | "opt_out" | "none";
                /** @description True: only those with no answer since; false: only the others. */
                waiting?: boolean;
                /** @description The `reply` of the last one of the page before. */
                before?: number;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Conversations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationsAnswer"];
                };
            };
        };
    };
    conversation: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationAnswer"];
                };
            };
        };
    };
    mail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The switch. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailSwitch"];
                };
            };
        };
    };
    restore: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hold, and what waits behind it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoreState"];
                };
            };
        };
    };
    inbox: {
        parameters: {
            query?: {
                state?: "taken" | "ignored" | "unreadable";
                /** @description Only those before this one: the next page. */
                before?: number;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxAnswer"];
                };
            };
        };
    };
    inboundMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message's number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboundMessage"];
                };
            };
        };
    };
    replyLabels: {
        parameters: {
            query?: {
                /** @description Only those before this one: the next page. */
                before?: number;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Replies with what a person read. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplyLabelsAnswer"];
                };
            };
        };
    };
    drafts: {
        parameters: {
            query?: {
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact?: string;
                /** @description Only those behind this draft: the next page. */
                after?: number;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Drafts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftsAnswer"];
                };
            };
        };
    };
    draftLabels: {
        parameters: {
            query?: {
                /** @description Only those before this one: the next page. */
                before?: number;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Decisions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftLabelsAnswer"];
                };
            };
        };
    };
    modelSpend: {
        parameters: {
            query?: {
                /** @description Not older than this; milliseconds since 1970. */
                since?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Calls, tokens and US dollars. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelSpendAnswer"];
                };
            };
        };
    };
    connections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Connections. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionsAnswer"];
                };
            };
        };
    };
    mcpServers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Servers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpServersAnswer"];
                };
            };
        };
    };
    consumers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Consumers and subscribers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsumersAnswer"];
                };
            };
        };
    };
    leadAnalysis: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts, evidence and suggestions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeadAnalysis"];
                };
            };
        };
    };
    workflows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Workflows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowsAnswer"];
                };
            };
        };
    };
    workflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The workflow. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowStory"];
                };
            };
        };
    };
    workflowCounts: {
        parameters: {
            query?: {
                /** @description Only of this workflow. */
                workflow?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowCountsAnswer"];
                };
            };
        };
    };
    tryWorkflow: {
        parameters: {
            query: {
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact: string;
                /** @description The position of one of their events. Left out: the latest the workflow waits for. */
                event?: number;
            };
            header?: never;
            path: {
                /** @description The workflow. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What it would decide, and why nothing or not everything would be done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
        };
    };
    lintWorkflows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Findings, with their places. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LintWorkflowsAnswer"];
                };
            };
        };
    };
    workflowDiagram: {
        parameters: {
            query?: {
                type?: "flowchart" | "sequence";
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The diagram's text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowDiagramAnswer"];
                };
            };
        };
    };
    agents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Agents. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentsAnswer"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As the monitor saw it last. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Settings, in the order of docs/settings.md. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsAnswer"];
                };
            };
        };
    };
    people: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeopleAnswer"];
                };
            };
        };
    };
    addPerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "grace",
                 *       "roles": [
                 *         "sales"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["AddPersonBody"];
            };
        };
        responses: {
            /** @description The link that signs them in, once, within 24 hours. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddPersonAnswer"];
                };
            };
        };
    };
    savedViews: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Your views. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedViewsAnswer"];
                };
            };
        };
    };
    saveView: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "screen": "leads",
                 *       "name": "Hot, the best first",
                 *       "search": "band=hot&sort=score"
                 *     }
                 */
                "application/json": components["schemas"]["SaveViewBody"];
            };
        };
        responses: {
            /** @description The view. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SaveViewAnswer"];
                };
            };
        };
    };
    sessions: {
        parameters: {
            query?: {
                /** @description Only of this person. */
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sessions that have not ended, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionsAnswer"];
                };
            };
        };
    };
    apiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Keys without the keys themselves. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeysAnswer"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "ada-laptop",
                 *       "scopes": [
                 *         "read"
                 *       ],
                 *       "actsFor": "ada"
                 *     }
                 */
                "application/json": components["schemas"]["CreateApiKeyBody"];
            };
        };
        responses: {
            /** @description The key, and what it may do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateApiKeyAnswer"];
                };
            };
        };
    };
    claimTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The task's id. */
                id: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ClaimTaskBody"];
            };
        };
        responses: {
            /** @description The task is held by who asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimTaskAnswer"];
                };
            };
        };
    };
    releaseTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The task's id. */
                id: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ReleaseTaskBody"];
            };
        };
        responses: {
            /** @description The task waits for a person. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimTaskAnswer"];
                };
            };
        };
    };
    handOverTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The task's id. */
                id: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "to": "grace"
                 *     }
                 */
                "application/json": components["schemas"]["HandOverTaskBody"];
            };
        };
        responses: {
            /** @description The task is held by that person. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimTaskAnswer"];
                };
            };
        };
    };
    completeTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The task's id. */
                id: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "result": {
                 *         "note": "called"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CompleteTaskBody"];
            };
        };
        responses: {
            /** @description The task is done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimTaskAnswer"];
                };
            };
        };
    };
    snoozeTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The task's id. */
                id: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "untilMs": 1800000000000
                 *     }
                 */
                "application/json": components["schemas"]["SnoozeTaskBody"];
            };
        };
        responses: {
            /** @description The task is due then. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimTaskAnswer"];
                };
            };
        };
    };
    cancelTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The task's id. */
                id: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "a test of ours"
                 *     }
                 */
                "application/json": components["schemas"]["CancelTaskBody"];
            };
        };
        responses: {
            /** @description The task is cancelled. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimTaskAnswer"];
                };
            };
        };
    };
    retryTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The task's id. */
                id: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RetryTaskBody"];
            };
        };
        responses: {
            /** @description It will run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimTaskAnswer"];
                };
            };
        };
    };
    cancelTasks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "kind": "send_outreach",
                 *       "reason": "the campaign is over",
                 *       "dryRun": true
                 *     }
                 */
                "application/json": components["schemas"]["CancelTasksBody"];
            };
        };
        responses: {
            /** @description How many are meant, and what became of each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelTasksAnswer"];
                };
            };
        };
    };
    retryTasks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "kind": "enrich_data",
                 *       "state": "FAILED",
                 *       "dryRun": true
                 *     }
                 */
                "application/json": components["schemas"]["RetryTasksBody"];
            };
        };
        responses: {
            /** @description How many are meant, and what became of each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelTasksAnswer"];
                };
            };
        };
    };
    pauseAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agent: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "new server"
                 *     }
                 */
                "application/json": components["schemas"]["PauseAgentBody"];
            };
        };
        responses: {
            /** @description It is stopped. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PauseAgentAnswer"];
                };
            };
        };
    };
    resumeAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agent: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ResumeAgentBody"];
            };
        };
        responses: {
            /** @description It works. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResumeAgentAnswer"];
                };
            };
        };
    };
    testConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description hubspot, mail, model, or "mcp:" and the name of a server. */
                connection: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["TestConnectionBody"];
            };
        };
        responses: {
            /** @description What was answered, within ten seconds. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestConnectionAnswer"];
                };
            };
        };
    };
    acceptMcpTools: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["AcceptMcpToolsBody"];
            };
        };
        responses: {
            /** @description The tools. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptMcpToolsAnswer"];
                };
            };
        };
    };
    pauseMail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "wrong price in the template"
                 *     }
                 */
                "application/json": components["schemas"]["PauseMailBody"];
            };
        };
        responses: {
            /** @description The switch. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailSwitch"];
                };
            };
        };
    };
    resumeMail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ResumeMailBody"];
            };
        };
        responses: {
            /** @description The switch. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailSwitch"];
                };
            };
        };
    };
    confirmRestore: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "emails": "cancel"
                 *     }
                 */
                "application/json": components["schemas"]["ConfirmRestoreBody"];
            };
        };
        responses: {
            /** @description What was confirmed, and how many e-mails were cancelled. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfirmRestoreAnswer"];
                };
            };
        };
    };
    holdRestore: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["HoldRestoreBody"];
            };
        };
        responses: {
            /** @description The hold. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoreState"];
                };
            };
        };
    };
    decideEmail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The e-mail's number. */
                id: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "verdict": "arrived"
                 *     }
                 */
                "application/json": components["schemas"]["DecideEmailBody"];
            };
        };
        responses: {
            /** @description The task that is done, or runs again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecideEmailAnswer"];
                };
            };
        };
    };
    seeAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The alert's number. */
                id: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["SeeAlertBody"];
            };
        };
        responses: {
            /** @description The alert. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
        };
    };
    muteAlerts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "audience": "admin",
                 *       "name": "task_overdue",
                 *       "reason": "known, being worked on"
                 *     }
                 */
                "application/json": components["schemas"]["MuteAlertsBody"];
            };
        };
        responses: {
            /** @description What is muted, and until when. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MuteAlertsAnswer"];
                };
            };
        };
    };
    unmuteAlerts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "audience": "admin",
                 *       "name": "task_overdue"
                 *     }
                 */
                "application/json": components["schemas"]["UnmuteAlertsBody"];
            };
        };
        responses: {
            /** @description They are brought again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnmuteAlertsAnswer"];
                };
            };
        };
    };
    replyToContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "text": "Tuesday at ten is fine.",
                 *       "key": "reply-to-ada-1"
                 *     }
                 */
                "application/json": components["schemas"]["ReplyToContactBody"];
            };
        };
        responses: {
            /** @description The task that sends it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplyToContactAnswer"];
                };
            };
        };
    };
    retryDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The dead row's number. */
                id: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RetryDeadLetterBody"];
            };
        };
        responses: {
            /** @description It was taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetryDeadLetterAnswer"];
                };
            };
        };
    };
    retryDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RetryDeadLettersBody"];
            };
        };
        responses: {
            /** @description How many are meant, and what became of each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetryDeadLettersAnswer"];
                };
            };
        };
    };
    dismissDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The dead letter's number. */
                id: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "a test lead"
                 *     }
                 */
                "application/json": components["schemas"]["DismissDeadLetterBody"];
            };
        };
        responses: {
            /** @description It is put away. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DismissDeadLetterAnswer"];
                };
            };
        };
    };
    replayEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The event's position. */
                position: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "dryRun": true
                 *     }
                 */
                "application/json": components["schemas"]["ReplayEventBody"];
            };
        };
        responses: {
            /** @description What they decided. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
        };
    };
    rebuildConsumer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                consumer: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RebuildConsumerBody"];
            };
        };
        responses: {
            /** @description It reads again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RebuildConsumerAnswer"];
                };
            };
        };
    };
    liftOptOut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "they wrote that it was a mistake"
                 *     }
                 */
                "application/json": components["schemas"]["LiftOptOutBody"];
            };
        };
        responses: {
            /** @description It is lifted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiftOptOutAnswer"];
                };
            };
        };
    };
    liftSuppression: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "their server was broken"
                 *     }
                 */
                "application/json": components["schemas"]["LiftSuppressionBody"];
            };
        };
        responses: {
            /** @description It is lifted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiftOptOutAnswer"];
                };
            };
        };
    };
    correctContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "property": "jobtitle",
                 *       "value": "CTO"
                 *     }
                 */
                "application/json": components["schemas"]["CorrectContactBody"];
            };
        };
        responses: {
            /** @description What it was and is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CorrectContactAnswer"];
                };
            };
        };
    };
    readReplyAgain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Position of the reply, or of its reading. */
                position: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "class": "positive"
                 *     }
                 */
                "application/json": components["schemas"]["ReadReplyAgainBody"];
            };
        };
        responses: {
            /** @description It is read. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadReplyAgainAnswer"];
                };
            };
        };
    };
    approveDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft's number: the task of its review. */
                id: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ApproveDraftBody"];
            };
        };
        responses: {
            /** @description What was decided, and the task that sends the e-mail. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApproveDraftAnswer"];
                };
            };
        };
    };
    editDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft's number: the task of its review. */
                id: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "subject": "Inbound leads at Acme",
                 *       "text": "Hi Ada,\n\n20 minutes this week?\n\nGrace"
                 *     }
                 */
                "application/json": components["schemas"]["EditDraftBody"];
            };
        };
        responses: {
            /** @description What was decided, and the task that sends the e-mail. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApproveDraftAnswer"];
                };
            };
        };
    };
    refuseDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft's number: the task of its review. */
                id: number;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "they are a partner of ours"
                 *     }
                 */
                "application/json": components["schemas"]["RefuseDraftBody"];
            };
        };
        responses: {
            /** @description What was decided, and the task that sends the e-mail. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApproveDraftAnswer"];
                };
            };
        };
    };
    eraseContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot. */
                contact: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["EraseContactBody"];
            };
        };
        responses: {
            /** @description How many rows were erased, by table. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erased"];
                };
            };
        };
    };
    invitePerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["InvitePersonBody"];
            };
        };
        responses: {
            /** @description The link. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddPersonAnswer"];
                };
            };
        };
    };
    changeRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "roles": [
                 *         "sales",
                 *         "operations"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ChangeRolesBody"];
            };
        };
        responses: {
            /** @description What they are now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeRolesAnswer"];
                };
            };
        };
    };
    removePerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RemovePersonBody"];
            };
        };
        responses: {
            /** @description They are out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovePersonAnswer"];
                };
            };
        };
    };
    endSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "grace"
                 *     }
                 */
                "application/json": components["schemas"]["EndSessionsBody"];
            };
        };
        responses: {
            /** @description Which have ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndSessionsAnswer"];
                };
            };
        };
    };
    removeView: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "screen": "leads",
                 *       "name": "Hot, the best first"
                 *     }
                 */
                "application/json": components["schemas"]["RemoveViewBody"];
            };
        };
        responses: {
            /** @description It is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemoveViewAnswer"];
                };
            };
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RotateApiKeyBody"];
            };
        };
        responses: {
            /** @description The key with its new secret, and until when the old one works. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotateApiKeyAnswer"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RevokeApiKeyBody"];
            };
        };
        responses: {
            /** @description It works no more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevokeApiKeyAnswer"];
                };
            };
        };
    };
    getApiContactsCsv: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A header and a line for each row, in UTF-8. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    getApiQueueCsv: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A header and a line for each row, in UTF-8. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    getApiTasksCsv: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A header and a line for each row, in UTF-8. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    getApiEventsCsv: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A header and a line for each row, in UTF-8. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    getApiDeadLettersCsv: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A header and a line for each row, in UTF-8. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    getApiAlertsCsv: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A header and a line for each row, in UTF-8. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    getApiOutboxCsv: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A header and a line for each row, in UTF-8. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    getApiConversationsCsv: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A header and a line for each row, in UTF-8. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    postApiSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 4 KiB. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostApiSignInBody"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostApiSignInAnswer"];
                };
            };
        };
    };
    getApiMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who asks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetApiMeAnswer"];
                };
            };
        };
    };
    postApiMePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 4 KiB. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostApiMePasswordBody"];
            };
        };
        responses: {
            /** @description It holds from now on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostApiMePasswordAnswer"];
                };
            };
        };
    };
    postApiMeSignOutEverywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They have ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostApiMePasswordAnswer"];
                };
            };
        };
    };
    postApiSignInPasskeyOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 4 KiB. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostApiSignInPasskeyOptionsBody"];
            };
        };
        responses: {
            /** @description For navigator.credentials.get. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostApiSignInPasskeyOptionsAnswer"];
                };
            };
        };
    };
    postApiSignInPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostApiSignInPasskeyBody"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostApiSignInPasskeyAnswer"];
                };
            };
        };
    };
    getApiMePasskeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetApiMePasskeysAnswer"];
                };
            };
        };
    };
    postApiMePasskeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 64 KiB. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostApiMePasskeysBody"];
            };
        };
        responses: {
            /** @description It holds from now on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostApiMePasswordAnswer"];
                };
            };
        };
    };
    postApiMePasskeysOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 4 KiB. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostApiMePasskeysOptionsBody"];
            };
        };
        responses: {
            /** @description For navigator.credentials.create. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostApiSignInPasskeyOptionsAnswer"];
                };
            };
        };
    };
    postApiMePasskeysRemove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 4 KiB. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostApiMePasskeysRemoveBody"];
            };
        };
        responses: {
            /** @description It signs no one in any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostApiMePasswordAnswer"];
                };
            };
        };
    };
    postApiSignOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostApiMePasswordAnswer"];
                };
            };
        };
    };
}
