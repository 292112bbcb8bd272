/** HubSpot's way to say no: one body for every error, with the words real accounts have been seen to answer. */

export type ErrorDetail = { message: string; code?: string; in?: string; context?: Record<string, string[]> };

export type ErrorBody = {
  status: "error";
  message: string;
  correlationId?: string;
  category?: string;
  subCategory?: string;
  context?: Record<string, string[]>;
  links?: Record<string, string>;
  errors?: ErrorDetail[];
  [field: string]: unknown;
};

/** Thrown by routes and the account, answered by http/app.ts, or listed in a 207. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly headers: Record<string, string>;

  constructor(status: number, body: Omit<ErrorBody, "status">, headers: Record<string, string> = {}) {
    super(String(body.message));
    this.status = status;
    this.body = { status: "error", ...body } as ErrorBody;
    this.headers = headers;
  }
}

export const invalid = (message: string, more: Partial<ErrorBody> = {}): ApiError =>
  new ApiError(400, { message, category: "VALIDATION_ERROR", ...more });

export const notFound = (message = "resource not found", more: Partial<ErrorBody> = {}): ApiError =>
  new ApiError(404, { message, category: "OBJECT_NOT_FOUND", ...more });

export const conflict = (message: string, more: Partial<ErrorBody> = {}): ApiError =>
  new ApiError(409, { message, category: "CONFLICT", ...more });

export const unknownType = (spelling: string): ApiError =>
  invalid(`Unable to infer object type from: ${spelling}`, { context: { type: [spelling] } });

export const unauthenticated = (): ApiError =>
  new ApiError(
    401,
    {
      message:
        "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
      category: "INVALID_AUTHENTICATION",
    },
    { "x-hubspot-auth-failure": "401 Unauthorized" },
  );

export const missingScopes = (scopes: readonly string[]): ApiError =>
  new ApiError(403, {
    message:
      "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    category: "MISSING_SCOPES",
    errors: [
      {
        message: "One or more of the following scopes are required.",
        context: { requiredGranularScopes: [...scopes] },
      },
    ],
    links: { scopes: "https://developers.hubspot.com/scopes" },
  });

export type InvalidValue = { message: string; error: string; name: string };

/** HubSpot puts the list of wrong values as JSON inside the message; callers have to parse it there. */
export function invalidValues(values: readonly InvalidValue[]): ApiError {
  const inner = values.map(({ message, error, name }) => ({
    isValid: false,
    message,
    error,
    name,
    localizedErrorMessage: message,
  }));
  return invalid(`Property values were not valid: ${JSON.stringify(inner)}`, {
    errors: values.map(({ message, error, name }) => ({
      message,
      code: error,
      context: { propertyName: [name] },
    })),
  });
}
