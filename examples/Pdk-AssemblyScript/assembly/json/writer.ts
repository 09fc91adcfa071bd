import { JsonProblem, jsonProblemText } from "./problem";

const HEX = "0123456789abcdef";
const MAX_DEPTH: i32 = 64;

// What may be written next.
enum Next {
  Value,
  // A value, or the end of an array: a comma comes before a value that is not the first.
  Item,
  // A key, or the end of an object.
  Key,
  // The one value is complete.
  Nothing,
}

// Writes one value, with all that is in it, without spaces, into a buffer that grows. Commas and colons come by
// themselves.
export class JsonWriter {
  problem: JsonProblem = JsonProblem.None;
  private buffer: Uint8Array;
  private length: i32 = 0;
  private next: Next = Next.Value;
  private depth: i32 = 0;
  // Whether each of the arrays and objects that are open is an object.
  private objects: StaticArray<bool> = new StaticArray<bool>(MAX_DEPTH);
  private first: bool = true;

  constructor(capacity: i32 = 256) {
    this.buffer = new Uint8Array(max(capacity, 16));
  }

  // What is wrong, in words.
  get error(): string {
    return jsonProblemText(this.problem);
  }

  // What was written: a view, not a copy. It is empty, and `problem` says why, when something is missing or could not
  // be written.
  end(): Uint8Array {
    if (this.next != Next.Nothing) this.fail(JsonProblem.Unbalanced);
    return this.buffer.subarray(0, this.problem == JsonProblem.None ? this.length : 0);
  }

  nil(): this {
    return this.literal("null");
  }

  bool(value: bool): this {
    return this.literal(value ? "true" : "false");
  }

  int(value: i64): this {
    return this.literal(value.toString());
  }

  uint(value: u64): this {
    return this.literal(value.toString());
  }

  // A number; NaN and the infinities, which JSON does not have, are out of range.
  float(value: f64): this {
    if (!isFinite(value)) this.fail(JsonProblem.OutOfRange);
    return this.literal(value == 0 && 1 / value < 0 ? "-0" : value.toString());
  }

  str(value: string): this {
    this.begin();
    this.text(value);
    return this.done();
  }

  // Then write its values, and close().
  array(): this {
    return this.open(0x5b, false);
  }

  // Then write a key() and a value for each of its members, and close().
  object(): this {
    return this.open(0x7b, true);
  }

  key(name: string): this {
    if (this.next != Next.Key) this.fail(JsonProblem.Unbalanced);
    if (!this.first) this.byte(0x2c);
    this.first = false;
    this.text(name);
    this.byte(0x3a);
    this.next = Next.Value;
    return this;
  }

  // Ends the innermost array or object.
  close(): this {
    if (this.depth == 0 || this.next == Next.Value) {
      this.fail(JsonProblem.Unbalanced);
      return this;
    }
    this.depth--;
    this.byte(unchecked(this.objects[this.depth]) ? 0x7d : 0x5d);
    return this.done();
  }

  private fail(problem: JsonProblem): void {
    if (this.problem == JsonProblem.None) this.problem = problem;
  }

  private begin(): void {
    if (this.next == Next.Key || this.next == Next.Nothing) this.fail(JsonProblem.Unbalanced);
    if (this.next == Next.Item && !this.first) this.byte(0x2c);
  }

  // After a whole value: what follows is up to what it stands in.
  private done(): this {
    this.first = false;
    if (this.depth == 0) this.next = Next.Nothing;
    else this.next = unchecked(this.objects[this.depth - 1]) ? Next.Key : Next.Item;
    return this;
  }

  private open(mark: u8, object: bool): this {
    this.begin();
    if (this.depth == MAX_DEPTH) {
      this.fail(JsonProblem.TooDeep);
      return this;
    }
    this.byte(mark);
    unchecked((this.objects[this.depth++] = object));
    this.next = object ? Next.Key : Next.Item;
    this.first = true;
    return this;
  }

  private literal(text: string): this {
    this.begin();
    for (let i = 0; i < text.length; i++) this.byte(text.charCodeAt(i) as u8);
    return this.done();
  }

  // A string (section 7): what must be escaped is, the rest is UTF-8.
  private text(text: string): void {
    this.byte(0x22);
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c == 0x22 || c == 0x5c) this.escape(c as u8);
      else if (c >= 0x20 && c < 0x80) this.byte(c as u8);
      else if (c < 0x20) this.control(c);
      else if (c < 0x800) {
        this.byte((0xc0 | (c >> 6)) as u8);
        this.rest(c);
      } else if ((c & 0xf800) != 0xd800) {
        this.byte((0xe0 | (c >> 12)) as u8);
        this.rest(c >> 6);
        this.rest(c);
      } else i = this.pair(text, i);
    }
    this.byte(0x22);
  }

  // A surrogate pair; where it ends. Half of one is not text.
  private pair(text: string, i: i32): i32 {
    const high = text.charCodeAt(i), low = i + 1 < text.length ? text.charCodeAt(i + 1) : 0;
    if (high >= 0xdc00 || (low & 0xfc00) != 0xdc00) {
      this.fail(JsonProblem.NotText);
      return i;
    }
    const c = 0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff);
    this.byte((0xf0 | (c >> 18)) as u8);
    this.rest(c >> 12);
    this.rest(c >> 6);
    this.rest(c);
    return i + 1;
  }

  private rest(c: i32): void {
    this.byte((0x80 | (c & 0x3f)) as u8);
  }

  private control(c: i32): void {
    if (c == 0x0a) this.escape(0x6e);
    else if (c == 0x0d) this.escape(0x72);
    else if (c == 0x09) this.escape(0x74);
    else {
      this.escape(0x75);
      this.byte(0x30);
      this.byte(0x30);
      this.byte(HEX.charCodeAt(c >> 4) as u8);
      this.byte(HEX.charCodeAt(c & 15) as u8);
    }
  }

  private escape(c: u8): void {
    this.byte(0x5c);
    this.byte(c);
  }

  private byte(value: u8): void {
    if (this.length == this.buffer.length) {
      const larger = new Uint8Array(this.length * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    unchecked((this.buffer[this.length++] = value));
  }
}
