import { call, callText, Reply } from "./host";

// @ts-ignore: decorator
@external("plugins:host/v1", "variables.read")
declare function variablesRead(source: usize, length: i32): i32;

// @ts-ignore: decorator
@external("plugins:host/v1", "variables.write")
declare function variablesWrite(source: usize, length: i32): i32;

// @ts-ignore: decorator
@external("plugins:host/v1", "variables.delete")
declare function variablesDelete(source: usize, length: i32): i32;

// @ts-ignore: decorator
@external("plugins:host/v1", "variables.compare_exchange")
declare function variablesCompareExchange(source: usize, length: i32): i32;

const ABSENT: u32 = u32.MAX_VALUE;

// A length and the bytes, at `to`; where they end. Lengths are little-endian, as is this machine.
function put(to: usize, bytes: Uint8Array): usize {
  store<u32>(to, bytes.length);
  memory.copy(to + 4, bytes.dataStart, bytes.length);
  return to + 4 + bytes.length;
}

// Values that the host keeps for this plugin between calls.
export namespace Variables {
  // The value of a key; Status.NotFound when it has none.
  export function read(key: string): Reply {
    return callText(variablesRead, key);
  }

  export function write(key: string, value: Uint8Array): Reply {
    const name = Uint8Array.wrap(String.UTF8.encode(key));
    const request = new Uint8Array(4 + name.length + value.length);
    memory.copy(put(request.dataStart, name), value.dataStart, value.length);
    return call(variablesWrite, request);
  }

  // Removing what is not there succeeds.
  export function remove(key: string): Reply {
    return callText(variablesDelete, key);
  }

  // Writes `value` if the variable holds `expected` (null: if it is absent). The first byte of the reply is 1 when it
  // did; else it is 0 and the present value follows.
  export function compareExchange(key: string, expected: Uint8Array | null, value: Uint8Array): Reply {
    const name = Uint8Array.wrap(String.UTF8.encode(key));
    const request = new Uint8Array(8 + name.length + (expected === null ? 0 : expected.length) + value.length);
    let end = put(request.dataStart, name);
    if (expected === null) {
      store<u32>(end, ABSENT);
      end += 4;
    } else end = put(end, expected);
    memory.copy(end, value.dataStart, value.length);
    return call(variablesCompareExchange, request);
  }
}
