import { resultLength, resultRead } from "./abi";
import { Status } from "./status";

// A capability's import, which the plugin declares itself:
//
//   @external("plugins:host/v1", "greeting.prefix")
//   declare function greetingPrefix(source: usize, length: i32): i32;
export type Capability = (source: usize, length: i32) => i32;

// What a capability answered: its result, or the message of Status.Failed. It is read at once, so it stays.
export class Reply {
  constructor(
    // Compare it with the members of Status.
    readonly status: i32,
    readonly bytes: Uint8Array,
  ) {}

  get succeeded(): bool {
    return this.status == Status.Success;
  }

  // The bytes as text; what is not UTF-8 in them is replaced.
  get text(): string {
    return String.UTF8.decodeUnsafe(this.bytes.dataStart, this.bytes.length);
  }
}

// Asks the host: `call(greetingPrefix, Uint8Array.wrap(String.UTF8.encode("en")))`.
export function call(capability: Capability, request: Uint8Array): Reply {
  const status = capability(request.dataStart, request.length);
  const bytes = new Uint8Array(resultLength());
  resultRead(bytes.dataStart, bytes.length);
  return new Reply(status, bytes);
}

// Asks the host with a text.
export function callText(capability: Capability, request: string): Reply {
  return call(capability, Uint8Array.wrap(String.UTF8.encode(request)));
}
