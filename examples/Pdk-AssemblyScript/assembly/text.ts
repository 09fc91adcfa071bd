import { inputRead } from "./abi";

const PIECE: i32 = 4096;

// Reads text character by character: a memory's, or the input's in constant memory. Strict, as table 3-7 of the Unicode
// Standard: neither overlong forms nor surrogates nor anything above U+10FFFF.
export class TextReader {
  // next() at the end of the text.
  static readonly END: i32 = -1;
  // next() where the text is not UTF-8.
  static readonly INVALID: i32 = -2;

  // The offset of the next character, or of the first that is not UTF-8.
  offset: i64 = 0;
  private position: i32 = 0;

  private constructor(
    private bytes: Uint8Array,
    private length: i32,
    private streamed: bool,
  ) {}

  // The text of the input, which is read as the characters are asked for.
  static input(): TextReader {
    return new TextReader(new Uint8Array(PIECE), 0, true);
  }

  // A text in memory.
  static of(bytes: Uint8Array): TextReader {
    return new TextReader(bytes, bytes.length, false);
  }

  // Why the text is refused, after INVALID.
  get error(): string {
    return "the text is not UTF-8 at byte " + this.offset.toString();
  }

  // Reads to the end; false, and `offset` says where, if a part is not UTF-8.
  isValid(): bool {
    let c = 0;
    while (c >= 0) c = this.next();
    return c == TextReader.END;
  }

  // The next Unicode scalar value, END or INVALID.
  next(): i32 {
    const first = this.peek();
    if (first < 0) return TextReader.END;
    this.position++;
    if (first < 0x80) {
      this.offset++;
      return first;
    }
    if (first < 0xc2 || first > 0xf4) return TextReader.INVALID;
    return this.rest(first);
  }

  private rest(first: i32): i32 {
    const more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    let high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    let value = first & (0x3f >> more);
    for (let i = 0; i < more; i++) {
      const next = this.peek();
      if (next < low || next > high) return TextReader.INVALID;
      this.position++;
      value = (value << 6) | (next & 0x3f);
      low = 0x80;
      high = 0xbf;
    }
    this.offset += 1 + more;
    return value;
  }

  // @ts-ignore: decorator
  @inline
  private peek(): i32 {
    if (this.position == this.length && this.streamed) {
      this.length = inputRead(this.bytes.dataStart, PIECE);
      this.position = 0;
    }
    return this.position < this.length ? unchecked(this.bytes[this.position]) : TextReader.END;
  }
}
