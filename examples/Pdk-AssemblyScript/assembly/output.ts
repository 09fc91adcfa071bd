import { outputWrite } from "./abi";

// The output of the call. Each function crosses to the host: for many small pieces use a Writer.
export namespace Output {
  export function bytes(bytes: Uint8Array): void {
    outputWrite(bytes.dataStart, bytes.length);
  }

  export function text(text: string): void {
    const bytes = String.UTF8.encode(text);
    outputWrite(changetype<usize>(bytes), bytes.byteLength);
  }
}

const CAPACITY: i32 = 512;

// Collects small pieces of output; end with flush().
export class Writer {
  private buffer: StaticArray<u8> = new StaticArray<u8>(CAPACITY);
  private length: i32 = 0;

  byte(value: u8): void {
    if (this.length == CAPACITY) this.flush();
    unchecked((this.buffer[this.length++] = value));
  }

  flush(): void {
    if (this.length > 0) outputWrite(changetype<usize>(this.buffer), this.length);
    this.length = 0;
  }
}
