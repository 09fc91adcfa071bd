import { errorWrite } from "./abi";
import { Reply } from "./host";
import { Status } from "./status";

// The error text of the call. It reaches the caller only if the function returns another code than SUCCESS, or traps.
export namespace ErrorText {
  export function text(text: string): void {
    const bytes = String.UTF8.encode(text);
    errorWrite(changetype<usize>(bytes), bytes.byteLength);
  }

  // What in the bytes is not UTF-8 becomes U+FFFD.
  export function bytes(bytes: Uint8Array): void {
    errorWrite(bytes.dataStart, bytes.length);
  }
}

// Describes a failure: `return fail("why");`.
export function fail(text: string, code: i32 = 1): i32 {
  ErrorText.text(text);
  return code;
}

// Describes the failure of a capability: `return failHost("greeting.prefix", reply);`.
export function failHost(capability: string, reply: Reply, code: i32 = 1): i32 {
  ErrorText.text(capability);
  if (reply.status == Status.Denied) return fail(" is not permitted", code);
  if (reply.status == Status.TooLarge) return fail(": too large", code);
  if (reply.status == Status.NotFound) return fail(": not found", code);
  ErrorText.text(" failed");
  if (reply.status == Status.Failed) {
    ErrorText.text(": ");
    ErrorText.bytes(reply.bytes);
  }
  return code;
}

// Describes a failure and traps: for what must not happen.
export function fatal(text: string): void {
  ErrorText.text(text);
  unreachable();
}
