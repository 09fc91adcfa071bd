import { TextReader } from "../text";
import { Extension } from "./extension";
import { Kind } from "./kind";
import { Problem, problemText } from "./problem";
import { Timestamp } from "./timestamp";

const NOTHING = new Uint8Array(0);
// The largest integer that a double holds with all before it.
const EXACT: i64 = 1 << 53;

// The kind of a value by a first byte of C0 to DF ("Formats").
function longKind(first: i32): Kind {
  if (first == 0xc0) return Kind.Nil;
  if (first <= 0xc3) return Kind.Bool;
  if (first <= 0xc6) return Kind.Bin;
  if (first <= 0xc9) return Kind.Extension;
  if (first <= 0xcb) return Kind.Float;
  if (first <= 0xcf) return Kind.Uint;
  if (first <= 0xd3) return Kind.Int;
  if (first <= 0xd8) return Kind.Extension;
  if (first <= 0xdb) return Kind.Str;
  return first <= 0xdd ? Kind.Array : Kind.Map;
}

// How many bytes of number follow a first byte of C0 to DF.
function digitsOf(first: i32): i32 {
  if (first <= 0xc3) return 0;
  if (first <= 0xc6) return 1 << (first - 0xc4);
  if (first <= 0xc9) return 1 << (first - 0xc7);
  if (first <= 0xcb) return 4 << (first - 0xca);
  if (first <= 0xd3) return 1 << (first & 3);
  if (first <= 0xd8) return 0;
  if (first <= 0xdb) return 1 << (first - 0xd9);
  return 2 << (first & 1);
}

// Whether a part is UTF-8. Most text is ASCII, which needs no decoding.
function isText(bytes: Uint8Array, start: i32, end: i32): bool {
  while (start < end && load<u8>(bytes.dataStart + start) < 0x80) start++;
  return start == end || TextReader.of(bytes.subarray(start, end)).isValid();
}

// Whether these bytes are this text, which is in ASCII.
function isName(name: string, at: usize, length: i32): bool {
  if (name.length != length) return false;
  for (let i = 0; i < length; i++) {
    if (load<u16>(changetype<usize>(name) + ((<usize>i) << 1)) != load<u8>(at + i)) return false;
  }
  return true;
}

// Reads values in order. After a problem it stands before the value at fault.
export class MessagePackReader {
  // How deep arrays and maps may nest; as deep as the host's own reader allows.
  static readonly MAX_DEPTH: i32 = 64;

  // The offset of the next value.
  position: i32 = 0;
  problem: Problem = Problem.None;
  private depth: i32 = 0;
  // How many values each of the arrays and maps that are open still has.
  private left: StaticArray<i32> = new StaticArray<i32>(MessagePackReader.MAX_DEPTH);

  // What the next value begins with, after peek(): its kind, its size; an integer, a length, or the bits of a double.
  private next: Kind = Kind.None;
  private size: i32 = 0;
  private number: u64 = 0;
  private type: i8 = 0;

  constructor(private bytes: Uint8Array) {}

  get succeeded(): bool {
    return this.problem == Problem.None;
  }

  // What is wrong and where, in words.
  get error(): string {
    return problemText(this.problem) + " at byte " + this.position.toString();
  }

  // What the next value is; Kind.None after a problem, or when there is none, which is one.
  kind(): Kind {
    this.peek();
    return this.next;
  }

  // Takes a nil, if the next value is one.
  nil(): bool {
    if (!this.peek() || this.next != Kind.Nil) return false;
    this.take(this.size);
    return true;
  }

  bool(): bool {
    if (!this.expect(Kind.Bool, Problem.NotBool)) return false;
    this.take(this.size);
    return this.number == 1;
  }

  // An integer of 0 to `maximum`, in whatever form.
  uint(maximum: u64 = u64.MAX_VALUE): u64 {
    if (!this.peek()) return 0;
    return this.integer(this.next == Kind.Uint && this.number <= maximum);
  }

  // An integer of `minimum` to `maximum`, in whatever form.
  int(minimum: i64 = i64.MIN_VALUE, maximum: i64 = i64.MAX_VALUE): i64 {
    if (!this.peek()) return 0;
    const value = this.number as i64;
    const sameSign = (value < 0) == (this.next == Kind.Int);
    return this.integer(sameSign && value >= minimum && value <= maximum) as i64;
  }

  // A float, or an integer that a double surely holds: some encoders write 1.0 as 1.
  float(): f64 {
    if (!this.peek()) return 0;
    if (this.next == Kind.Uint || this.next == Kind.Int) return this.int(-EXACT, EXACT) as f64;
    if (!this.expect(Kind.Float, Problem.NotNumber)) return 0;
    this.take(this.size);
    return reinterpret<f64>(this.number);
  }

  str(): string {
    if (!this.expect(Kind.Str, Problem.NotStr)) return "";
    const start = this.takeBody();
    return String.UTF8.decodeUnsafe(this.bytes.dataStart + start, this.number as i32);
  }

  // A str that is one of these names, such as a key: which, or -1 when it is none of them. Makes no string of it, so it
  // costs less than str(). The names are in ASCII.
  strOf(names: StaticArray<string>): i32 {
    if (!this.expect(Kind.Str, Problem.NotStr)) return -1;
    const start = this.takeBody();
    const length = this.number as i32;
    for (let i = 0; i < names.length && this.succeeded; i++) {
      if (isName(unchecked(names[i]), this.bytes.dataStart + start, length)) return i;
    }
    return -1;
  }

  // Takes a str without making a string of it.
  skipStr(): void {
    if (this.expect(Kind.Str, Problem.NotStr)) this.takeBody();
  }

  // A view of what is read, not a copy.
  bin(): Uint8Array {
    return this.expect(Kind.Bin, Problem.NotBin) ? this.view(this.takeBody()) : NOTHING;
  }

  // How many values follow. Read or skip that many.
  array(): i32 {
    return this.expect(Kind.Array, Problem.NotArray) ? this.open() : 0;
  }

  // How many pairs of key and value follow. Read or skip that many.
  map(): i32 {
    return this.expect(Kind.Map, Problem.NotMap) ? this.open() : 0;
  }

  // An extension of any type, as it is. Its bytes are a view of what is read.
  extension(): Extension {
    if (this.peek() && this.next < Kind.Extension) this.fail(Problem.NotExtension);
    const body = this.succeeded ? this.view(this.takeBody()) : NOTHING;
    return new Extension(this.succeeded ? this.type : 0, body);
  }

  // A moment ("Timestamp extension type").
  timestamp(): Timestamp {
    if (!this.expect(Kind.Timestamp, Problem.NotTimestamp) || !this.hasBody()) return new Timestamp(0, 0);
    const body = this.bytes.dataStart + this.position + this.size;
    const length = this.number as i32;
    let seconds: u64 = 0, nanoseconds: u64 = 0;
    if (length == 4) seconds = bswap(load<u32>(body));
    else if (length == 8) {
      seconds = bswap(load<u64>(body));
      nanoseconds = seconds >> 34;
      seconds &= 0x3ffffffff;
    } else if (length == 12) {
      nanoseconds = bswap(load<u32>(body));
      seconds = bswap(load<u64>(body + 4));
    }
    if ((length != 4 && length != 8 && length != 12) || nanoseconds > 999999999) {
      this.fail(Problem.NotTimestamp);
      return new Timestamp(0, 0);
    }
    this.take(this.size + length);
    return new Timestamp(seconds as i64, nanoseconds as u32);
  }

  // Takes the next value, whatever it is, with all that is in it. It checks what it skips, and does not recurse.
  skip(): void {
    const around = this.close();
    do {
      if (!this.peek()) return;
      if (this.next < Kind.Str) this.take(this.size);
      else if (this.next == Kind.Array || this.next == Kind.Map) this.open();
      else this.takeBody();
    } while (this.close() > around);
  }

  // Whether everything was read, and nothing was wrong.
  end(): bool {
    if (this.close() > 0) this.fail(Problem.Unbalanced);
    if (this.position < this.bytes.length) this.fail(Problem.Trailing);
    return this.succeeded;
  }

  private fail(problem: Problem): bool {
    if (this.problem == Problem.None) this.problem = problem;
    return false;
  }

  // Decodes what the next value begins with, without taking it. False when there is none.
  private peek(): bool {
    this.next = Kind.None;
    if (!this.succeeded) return false;
    const left = this.bytes.length - this.position;
    if (left == 0) return this.fail(Problem.Truncated);
    const at = this.bytes.dataStart + this.position;
    const first = load<u8>(at) as i32;
    this.size = 1;
    this.type = 0;
    if (first < 0x80 || first >= 0xe0) {
      this.next = first < 0x80 ? Kind.Uint : Kind.Int;
      this.number = load<i8>(at) as i64 as u64;
    } else if (first < 0xc0) {
      this.next = first < 0x90 ? Kind.Map : first < 0xa0 ? Kind.Array : Kind.Str;
      this.number = first & (first < 0xa0 ? 0x0f : 0x1f);
    } else return this.peekLong(at, first, left);
    return true;
  }

  // The formats C0 to DF: a number follows the first byte, and the type after that of an extension ("Formats").
  private peekLong(at: usize, first: i32, left: i32): bool {
    if (first == 0xc1) return this.fail(Problem.Reserved);
    const kind = longKind(first);
    const digits = digitsOf(first);
    const extension = kind == Kind.Extension;
    this.size = 1 + digits + (extension ? 1 : 0);
    if (this.size > left) return this.fail(Problem.Truncated);
    let number: u64 = 0;
    for (let i = 1; i <= digits; i++) number = (number << 8) | load<u8>(at + i);
    this.number = number;
    this.next = kind;
    if (kind == Kind.Bool) this.number = first & 1;
    else if (kind == Kind.Float && digits == 4) this.number = reinterpret<u64>(reinterpret<f32>(number as u32) as f64);
    else if (kind == Kind.Int) {
      const unused = 64 - digits * 8;
      this.number = (((number << unused) as i64) >> unused) as u64;
      if ((this.number as i64) >= 0) this.next = Kind.Uint;
    } else if (extension) {
      if (digits == 0) this.number = 1 << (first - 0xd4);
      this.type = load<i8>(at + 1 + digits);
      if (this.type == -1) this.next = Kind.Timestamp;
    }
    return true;
  }

  // The same for a value of this kind; any other is a problem.
  private expect(kind: Kind, otherwise: Problem): bool {
    if (!this.peek()) return false;
    return this.next == kind || this.fail(otherwise);
  }

  // Closes the arrays and maps whose values were all read; how many stay open.
  private close(): i32 {
    while (this.depth > 0 && unchecked(this.left[this.depth - 1]) == 0) this.depth--;
    return this.depth;
  }

  // Takes a value, or the beginning of an array or map: one value less in the array or map around it.
  private take(size: i32): void {
    if (this.close() > 0) unchecked(this.left[this.depth - 1]--);
    this.position += size;
  }

  private integer(fits: bool): u64 {
    const integer = this.next == Kind.Uint || this.next == Kind.Int;
    if (!integer || !fits) {
      this.fail(integer ? Problem.OutOfRange : Problem.NotInteger);
      return 0;
    }
    this.take(this.size);
    return this.number;
  }

  // Whether the bytes of a str, bin or extension are there.
  private hasBody(): bool {
    const room = this.bytes.length - this.position - this.size;
    return this.number <= (room as u64) || this.fail(Problem.Truncated);
  }

  // Takes a str, bin or extension; where its bytes begin. After a problem `number` of them is 0.
  private takeBody(): i32 {
    const start = this.position + this.size;
    const length = this.number as i32;
    const whole = this.hasBody();
    if (whole && this.next == Kind.Str && !isText(this.bytes, start, start + length)) this.fail(Problem.NotText);
    if (!this.succeeded) {
      this.number = 0;
      return 0;
    }
    this.take(this.size + length);
    return start;
  }

  private view(start: i32): Uint8Array {
    return this.bytes.subarray(start, start + (this.number as i32));
  }

  // Opens an array or map. Each of its values has a byte at least, so a count above the bytes left is a lie.
  private open(): i32 {
    const values = this.next == Kind.Map ? this.number * 2 : this.number;
    let problem = Problem.None;
    if (values > ((this.bytes.length - this.position - this.size) as u64)) problem = Problem.Truncated;
    else if (this.close() == MessagePackReader.MAX_DEPTH) problem = Problem.TooDeep;
    if (problem != Problem.None) {
      this.fail(problem);
      return 0;
    }
    this.take(this.size);
    unchecked((this.left[this.depth++] = values as i32));
    return this.number as i32;
  }
}
