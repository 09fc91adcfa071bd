import { call, Reply } from "./host";

// @ts-ignore: decorator
@external("plugins:host/v1", "random.bytes")
declare function bytes(source: usize, length: i32): i32;

// `count` bytes from the host, fit for keys and tokens.
export function randomBytes(count: i32): Reply {
  const request = new Uint8Array(4);
  store<i32>(request.dataStart, count);
  return call(bytes, request);
}
