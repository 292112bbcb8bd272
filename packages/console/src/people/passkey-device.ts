/** The person's device makes a passkey, or signs with one: between the engine's options and its check (WebAuthn). */
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import { ApiError, post } from "../api/client.ts";

const library = () => import("@simplewebauthn/browser");

/** @throws ApiError when the device or the engine refuses. */
export async function addPasskey(label: string, current: string): Promise<void> {
  const options = await post("/api/me/passkeys/options", { body: current === "" ? {} : { current } });
  const { startRegistration } = await library();
  const response = await startRegistration({
    optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON,
  }).catch(refused);
  await post("/api/me/passkeys", { body: { label, response: response as never } });
}

/** @throws ApiError when the device or the engine refuses. */
export async function signInByPasskey(): Promise<void> {
  const options = await post("/api/sign-in/passkey/options");
  const { startAuthentication } = await library();
  const response = await startAuthentication({
    optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON,
  }).catch(refused);
  await post("/api/sign-in/passkey", { body: { response: response as never } });
}

/** Whether this browser knows passkeys at all, at this address. */
export function hasPasskeys(): boolean {
  return window.isSecureContext && typeof window.PublicKeyCredential === "function";
}

/** Browsers take passkeys at names alone. @returns where the same console is under a name; undefined where it is not known. */
export function addressWithName({ hostname, port, pathname }: Location): string | undefined {
  const isLoopback = /^(127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return isLoopback ? `http://localhost${port === "" ? "" : `:${port}`}${pathname}` : undefined;
}

function refused(error: unknown): never {
  const { name, cause } = error as { name?: string; cause?: { name?: string } };
  const is = cause?.name ?? name;
  throw new ApiError({
    status: 0,
    saw:
      is === "InvalidStateError"
        ? "This device has a passkey of yours already."
        : is === "NotAllowedError" || is === "AbortError"
          ? "The device gave no passkey: it was called off, took too long, or has none for this address."
          : `The device gave no passkey (${is ?? "unknown"}).`,
    next: is === "InvalidStateError" ? "sign in by it." : "try again, or use a link or a password.",
  });
}
