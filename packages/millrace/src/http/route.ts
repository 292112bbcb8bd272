/**
 * What a route is. All of them stand in one table (routes.ts), from which the server, the OpenAPI document and the
 * tests of access are made, so none of the three can forget one.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Role } from "../access/roles.ts";
import type { Need } from "../access/scopes.ts";
import type { InboundMailInForce } from "../config/http-settings.ts";
import type { FormRules } from "../contacts/form-fields.ts";
import type { EngineHandle } from "../engine/engine-handle.ts";
import type { OperationWords } from "../operations/operation.ts";
import type { WebhookSource } from "../webhooks/webhook-settings.ts";
import type { Access, Caller } from "./access.ts";
import type { MediaType } from "./body.ts";
import type { DeliveryTokens } from "./inbound-mail/delivery-tokens.ts";
import type { OpenApiDocument } from "./openapi.ts";
import type { RecentForms } from "./recent-forms.ts";

export interface HttpContext {
  readonly engine: EngineHandle;
  readonly access: Access;
  readonly webhookSecrets: ReadonlyMap<string, string | readonly string[]>;
  /** Ends the streams of sessions that have ended, here; other processes hear of it by the log. */
  readonly lookAgainAtStreams: () => Promise<void>;
  /** Ends the session, and the streams it has open. @returns the Set-Cookie header that takes the cookie away. */
  signOut(headers: IncomingHttpHeaders): Promise<string>;
  /** Systems that speak words of their own, by name. */
  readonly webhookSources: ReadonlyMap<string, WebhookSource>;
  /** What each form may set, by its name. */
  readonly formRules: ReadonlyMap<string, FormRules>;
  readonly recentForms: RecentForms;
  readonly inboundMail: InboundMailInForce;
  readonly deliveryTokens: DeliveryTokens;
  /** The address people use, without a slash at the end. */
  readonly publicUrl: () => string;
  /** So much free space the embedded database's disk must have, in MB. */
  readonly diskWatermarkMb: number;
  /** Whether work could ever be taken by this process. */
  readonly startup: { isDone: boolean };
  /** The OpenAPI document, made when it is first asked for. */
  readonly openApi: () => Promise<OpenApiDocument>;
  readonly asyncApi: () => Promise<object>;
  /** Counts events taken, for the metrics. */
  readonly count: (http: string, events: number) => void;
  /** Tells the operator of an error that was answered all the same. */
  readonly report: (error: unknown, where: string) => void;
  readonly metrics: () => Promise<{ type: string; text: string }>;
  readonly stream: (
    request: FastifyRequest,
    reply: FastifyReply,
    after: number | undefined,
    caller: Caller,
  ) => Promise<void>;
}

/** One request, its parts parsed. */
export interface Call<Params, Query, Body> {
  readonly http: HttpContext;
  readonly engine: EngineHandle;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The bytes as they came. */
  readonly raw: Buffer;
  readonly headers: IncomingHttpHeaders;
  readonly mediaType: string;
  /** Who calls; anonymous ones are called "anonymous". */
  readonly caller: Caller;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface Answer {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  /** In place of `text`: what is not text. */
  readonly bytes?: Buffer;
  /** Media type of `text` or `bytes`. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/** An answer as the OpenAPI document tells it. */
export interface DeclaredAnswer {
  readonly about: string;
  readonly schema?: z.ZodType;
  readonly type?: string;
}

export interface BodyRule<Schema extends z.ZodType> {
  readonly types: readonly MediaType[];
  readonly limit: number;
  readonly schema: Schema;
  /** "json": parsed and checked by the schema before the handler. "raw": the handler reads the bytes itself. */
  readonly read: "json" | "raw";
  /** True where the handler knows any charset, and a body of no declared type. Only with "raw". */
  readonly isAnyCharset?: boolean;
}

export interface Route {
  readonly method: "GET" | "POST";
  /** With parameters as ":name". */
  readonly path: string;
  /** "operator": signed in, or with the API key. "signature": proves itself by a signature over the body. */
  readonly access: "anyone" | "signature" | "operator";
  /** With access "operator": what an API key must be allowed to. Undefined: any key will do. */
  readonly scope?: Need;
  /** With access "operator": which people may ask, by their roles. Left out: none, it is for programs. */
  readonly roles?: readonly Role[];
  readonly tag: string;
  readonly about: string;
  /** True for a door where strangers write: limited by address. */
  readonly isRateLimited?: boolean;
  /** True for a door that scripts of any site may use: a browser asks first (a preflight), and lets them read the answer. */
  readonly isForAnySite?: boolean;
  /** The operation behind it, which checks its own input. */
  readonly operation?: { readonly name: string; readonly words: OperationWords };
  /** Asked before a byte of the body is read: whether the door is open, and what a header alone can prove. @throws Problem. */
  readonly admit?: (http: HttpContext, headers: IncomingHttpHeaders) => void;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: BodyRule<z.ZodType>;
  readonly answers: Readonly<Record<number, DeclaredAnswer>>;
  // biome-ignore lint/suspicious/noExplicitAny: routes of different parts stand in one table; `route` ties each to its own schemas.
  readonly handle: (call: Call<any, any, any>) => Promise<Answer | "streaming">;
}

interface TypedRoute<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>
  extends Omit<Route, "params" | "query" | "body" | "handle"> {
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: BodyRule<Body>;
  readonly handle: (call: Call<z.output<Params>, z.output<Query>, z.output<Body>>) => Promise<Answer | "streaming">;
}

/** Ties a handler to the schemas of its route. */
export function route<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  spec: TypedRoute<Params, Query, Body>,
): Route {
  return spec;
}
