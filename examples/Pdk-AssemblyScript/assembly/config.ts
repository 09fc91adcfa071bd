import { callText, Reply } from "./host";

// @ts-ignore: decorator
@external("plugins:host/v1", "config.read")
declare function configRead(source: usize, length: i32): i32;

// What the operator configured. The manifest lists the keys.
export namespace Config {
  // The value of a key; Status.NotFound when it has none.
  export function read(key: string): Reply {
    return callText(configRead, key);
  }
}
