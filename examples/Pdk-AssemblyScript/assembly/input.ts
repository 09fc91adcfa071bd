import { inputLength, inputRead } from "./abi";
import { TextReader } from "./text";

const PIECE: i32 = 4096;

function grown(buffer: Uint8Array): Uint8Array {
  const larger = new Uint8Array(buffer.length * 2);
  larger.set(buffer);
  return larger;
}

// The input of the call: read in order, once.
export namespace Input {
  // Bytes of input in all, or -1 when it is streamed and its length unknown.
  export function length(): i32 {
    return inputLength();
  }

  // Reads the next bytes; how many, 0 at the end. A streamed input may give fewer than asked for.
  export function read(buffer: Uint8Array): i32 {
    return inputRead(buffer.dataStart, buffer.length);
  }

  // What is left of the input.
  export function bytes(): Uint8Array {
    let buffer = new Uint8Array(max(inputLength(), 0) + PIECE);
    let length = 0;
    for (let count = read(buffer); count > 0; count = inputRead(buffer.dataStart + length, buffer.length - length)) {
      length += count;
      if (length == buffer.length) buffer = grown(buffer);
    }
    return buffer.subarray(0, length);
  }

  // What is left of the input as text, or null when it is not UTF-8. A TextReader tells where it is not.
  export function text(): string | null {
    const all = bytes();
    return TextReader.of(all).isValid() ? String.UTF8.decodeUnsafe(all.dataStart, all.length) : null;
  }
}
