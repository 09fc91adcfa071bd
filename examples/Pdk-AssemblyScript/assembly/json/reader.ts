import { TextReader } from "../text";
import { JsonKind } from "./kind";
import { JsonProblem, jsonProblemText } from "./problem";

function isDigit(c: i32): bool {
  return c >= 0x30 && c <= 0x39;
}

function hexDigit(c: i32): i32 {
  if (isDigit(c)) return c - 0x30;
  const lower = c | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

// Writes a character as UTF-8; where it ends.
function encode(to: usize, c: i32): usize {
  if (c < 0x80) {
    store<u8>(to, c as u8);
    return to + 1;
  }
  if (c < 0x800) {
    store<u8>(to, (0xc0 | (c >> 6)) as u8);
  } else {
    if (c < 0x10000) store<u8>(to, (0xe0 | (c >> 12)) as u8);
    else {
      store<u8>(to++, (0xf0 | (c >> 18)) as u8);
      store<u8>(to, (0x80 | ((c >> 12) & 0x3f)) as u8);
    }
    store<u8>(++to, (0x80 | ((c >> 6) & 0x3f)) as u8);
  }
  store<u8>(to + 1, (0x80 | (c & 0x3f)) as u8);
  return to + 2;
}

// Reads values in order. After a problem it stands at the byte at fault, or before the value at fault.
export class JsonReader {
  // How deep arrays and objects may nest; as deep as the host's own reader allows.
  static readonly MAX_DEPTH: i32 = 64;

  position: i32 = 0;
  problem: JsonProblem = JsonProblem.None;
  private depth: i32 = 0;
  // Whether each of the arrays and objects that are open is an object.
  private objects: StaticArray<bool> = new StaticArray<bool>(JsonReader.MAX_DEPTH);
  // Whether the innermost of them was opened just now, so that no comma comes first.
  private opened: bool = false;
  // Whether the string that was seen last has escapes.
  private escaped: bool = false;

  constructor(private bytes: Uint8Array) {}

  get succeeded(): bool {
    return this.problem == JsonProblem.None;
  }

  // What is wrong and where, in words.
  get error(): string {
    return jsonProblemText(this.problem) + " at byte " + this.position.toString();
  }

  // What the next value is, by its first character; JsonKind.None after a problem, or when there is none, which is one.
  kind(): JsonKind {
    const c = this.peek();
    if (c == 0x22) return JsonKind.String;
    if (c == 0x7b) return JsonKind.Object;
    if (c == 0x5b) return JsonKind.Array;
    if (c == 0x2d || isDigit(c)) return JsonKind.Number;
    if (c == 0x74 || c == 0x66) return JsonKind.Bool;
    if (c == 0x6e) return JsonKind.Null;
    this.fail(c < 0 ? JsonProblem.Truncated : JsonProblem.Syntax);
    return JsonKind.None;
  }

  // Takes a null, if the next value is one.
  nil(): bool {
    return this.kind() == JsonKind.Null && this.word("null");
  }

  bool(): bool {
    if (!this.expect(JsonKind.Bool, JsonProblem.NotBool)) return false;
    return this.at(this.position) == 0x74 ? this.word("true") : !this.word("false");
  }

  // A number of `minimum` to `maximum` without fraction and exponent.
  int(minimum: i64 = i64.MIN_VALUE, maximum: i64 = i64.MAX_VALUE): i64 {
    if (!this.expect(JsonKind.Number, JsonProblem.NotInteger)) return 0;
    const start = this.position;
    const negative = this.at(start) == 0x2d;
    const end = this.digits(negative ? start + 1 : start);
    if (end < 0) return 0;
    const after = this.at(end);
    if (after == 0x2e || (after | 0x20) == 0x65) {
      this.fail(JsonProblem.NotInteger);
      return 0;
    }
    // One more than the largest below zero, where its bits are its own negative.
    const limit: u64 = negative ? 1 << 63 : i64.MAX_VALUE;
    let value: u64 = 0;
    let fits = true;
    for (let at = negative ? start + 1 : start; at < end; at++) {
      const digit: u64 = this.at(at) - 0x30;
      if (value > (limit - digit) / 10) fits = false;
      value = value * 10 + digit;
    }
    const result = negative ? -(value as i64) : (value as i64);
    if (!fits || result < minimum || result > maximum) {
      this.fail(JsonProblem.OutOfRange);
      return 0;
    }
    this.position = end;
    return result;
  }

  // Any number, as the double that AssemblyScript's F64.parseFloat makes of it; one above all doubles is out of range.
  float(): f64 {
    if (!this.expect(JsonKind.Number, JsonProblem.NotNumber)) return 0;
    const end = this.number();
    if (end < 0) return 0;
    const value = F64.parseFloat(String.UTF8.decodeUnsafe(this.bytes.dataStart + this.position, end - this.position));
    if (!isFinite(value)) {
      this.fail(JsonProblem.OutOfRange);
      return 0;
    }
    this.position = end;
    return value;
  }

  str(): string {
    if (!this.expect(JsonKind.String, JsonProblem.NotString)) return "";
    const start = this.position + 1;
    const end = this.string();
    if (end < 0) return "";
    this.position = end + 1;
    const from = this.bytes.dataStart + start;
    return this.escaped ? this.unescape(start, end) : String.UTF8.decodeUnsafe(from, end - start);
  }

  // Enters an array; then read a value after each next() that is true.
  array(): void {
    if (this.expect(JsonKind.Array, JsonProblem.NotArray)) this.open(false);
  }

  // Enters an object; then read a key and a value after each next() that is true.
  object(): void {
    if (this.expect(JsonKind.Object, JsonProblem.NotObject)) this.open(true);
  }

  // Whether another value, or key, follows in the innermost array or object; else leaves it.
  next(): bool {
    const c = this.peek();
    const first = this.opened;
    this.opened = false;
    if (!this.succeeded) return false;
    if (this.depth == 0) return this.fail(JsonProblem.Unbalanced);
    if (c < 0) return this.fail(JsonProblem.Truncated);
    if (c == (unchecked(this.objects[this.depth - 1]) ? 0x7d : 0x5d)) {
      this.depth--;
      this.position++;
      return false;
    }
    if (first) return true;
    if (c != 0x2c) return this.fail(JsonProblem.Syntax);
    this.position++;
    return true;
  }

  // The key before a value of an object. A key that is given twice is the plugin's affair.
  key(): string {
    const key = this.str();
    this.colon();
    return this.succeeded ? key : "";
  }

  // Takes the next value, whatever it is, with all that is in it. It checks what it skips, and does not recurse.
  skip(): void {
    const around = this.depth;
    this.skipOne();
    while (this.succeeded && this.depth > around) {
      if (!this.next()) continue;
      if (unchecked(this.objects[this.depth - 1])) {
        if (this.expect(JsonKind.String, JsonProblem.NotString)) this.skipOne();
        this.colon();
      }
      this.skipOne();
    }
  }

  // Whether one whole value was read, and nothing was wrong.
  end(): bool {
    const c = this.peek();
    if (this.depth > 0) this.fail(JsonProblem.Unbalanced);
    if (c >= 0) this.fail(JsonProblem.Trailing);
    return this.succeeded;
  }

  private fail(problem: JsonProblem): bool {
    if (this.problem == JsonProblem.None) this.problem = problem;
    return false;
  }

  private failAt(position: i32, problem: JsonProblem): i32 {
    if (this.succeeded) this.position = position;
    this.fail(problem);
    return -1;
  }

  // The byte there, or -1 at the end.
  // @ts-ignore: decorator
  @inline
  private at(position: i32): i32 {
    return position < this.bytes.length ? (load<u8>(this.bytes.dataStart + position) as i32) : -1;
  }

  // The next character that is no white space (section 2), or -1.
  private peek(): i32 {
    if (!this.succeeded) return -1;
    let c = this.at(this.position);
    while (c == 0x20 || c == 0x0a || c == 0x0d || c == 0x09) c = this.at(++this.position);
    return c;
  }

  private expect(kind: JsonKind, otherwise: JsonProblem): bool {
    const next = this.kind();
    return next != JsonKind.None && (next == kind || this.fail(otherwise));
  }

  private open(object: bool): void {
    if (this.depth == JsonReader.MAX_DEPTH) {
      this.fail(JsonProblem.TooDeep);
      return;
    }
    unchecked((this.objects[this.depth++] = object));
    this.opened = true;
    this.position++;
  }

  private colon(): void {
    const c = this.peek();
    if (c == 0x3a) this.position++;
    else this.fail(c < 0 ? JsonProblem.Truncated : JsonProblem.Syntax);
  }

  // Takes a literal name (section 3).
  private word(word: string): bool {
    for (let i = 0; i < word.length; i++) {
      const c = this.at(this.position + i);
      if (c != word.charCodeAt(i)) return this.fail(c < 0 ? JsonProblem.Truncated : JsonProblem.Syntax);
    }
    this.position += word.length;
    return true;
  }

  private skipOne(): void {
    const kind = this.kind();
    if (kind == JsonKind.Array || kind == JsonKind.Object) this.open(kind == JsonKind.Object);
    else if (kind == JsonKind.Null) this.word("null");
    else if (kind == JsonKind.Bool) this.bool();
    else if (kind != JsonKind.None) {
      const end = kind == JsonKind.String ? this.string() + 1 : this.number();
      if (this.succeeded) this.position = end;
    }
  }

  // Where the digits end that begin there: one at least, and no zero before others (section 6).
  private digits(at: i32): i32 {
    const first = this.at(at);
    if (!isDigit(first)) return this.failAt(at, first < 0 ? JsonProblem.Truncated : JsonProblem.Syntax);
    at++;
    if (first == 0x30) return isDigit(this.at(at)) ? this.failAt(at, JsonProblem.Syntax) : at;
    while (isDigit(this.at(at))) at++;
    return at;
  }

  private anyDigits(at: i32): i32 {
    const first = this.at(at);
    if (!isDigit(first)) return this.failAt(at, first < 0 ? JsonProblem.Truncated : JsonProblem.Syntax);
    while (isDigit(this.at(at))) at++;
    return at;
  }

  // Where the number ends that begins here, or -1 (section 6).
  private number(): i32 {
    let at = this.digits(this.at(this.position) == 0x2d ? this.position + 1 : this.position);
    if (at >= 0 && this.at(at) == 0x2e) at = this.anyDigits(at + 1);
    if (at >= 0 && (this.at(at) | 0x20) == 0x65) {
      const sign = this.at(at + 1);
      at = this.anyDigits(sign == 0x2b || sign == 0x2d ? at + 2 : at + 1);
    }
    return at;
  }

  // Where the string ends that begins here: its closing mark, or -1 (section 7).
  private string(): i32 {
    const start = this.position + 1;
    let at = start;
    let ascii = true;
    this.escaped = false;
    for (let c = this.at(at); c != 0x22; c = this.at(at)) {
      if (c < 0x20) return this.failAt(at, c < 0 ? JsonProblem.Truncated : JsonProblem.Syntax);
      if (c == 0x5c) {
        this.escaped = true;
        at = this.escape(at);
        if (at < 0) return -1;
        continue;
      }
      if (c >= 0x80) ascii = false;
      at++;
    }
    if (ascii) return at;
    const text = TextReader.of(this.bytes.subarray(start, at));
    return text.isValid() ? at : this.failAt(start + (text.offset as i32), JsonProblem.NotText);
  }

  // Where the escape ends that begins there, or -1.
  private escape(at: i32): i32 {
    const c = this.at(at + 1);
    if (c == 0x75) {
      const unit = this.unit(at);
      if (unit < 0) return -1;
      if ((unit & 0xf800) != 0xd800) return at + 6;
      // The first half of a pair, and the second after it.
      const paired = unit < 0xdc00 && this.at(at + 6) == 0x5c && this.at(at + 7) == 0x75;
      if (!paired) return this.failAt(at, JsonProblem.NotText);
      const second = this.unit(at + 6);
      if (second < 0) return -1;
      return (second & 0xfc00) == 0xdc00 ? at + 12 : this.failAt(at, JsonProblem.NotText);
    }
    const simple = c == 0x22 || c == 0x5c || c == 0x2f || c == 0x62 || c == 0x66 || c == 0x6e || c == 0x72 || c == 0x74;
    return simple ? at + 2 : this.failAt(at, c < 0 ? JsonProblem.Truncated : JsonProblem.Syntax);
  }

  // The four digits of the escape \uXXXX that begins there, or -1.
  private unit(at: i32): i32 {
    let unit = 0;
    for (let i = at + 2; i < at + 6; i++) {
      const c = this.at(i);
      const digit = hexDigit(c);
      if (digit < 0) return this.failAt(at, c < 0 ? JsonProblem.Truncated : JsonProblem.Syntax);
      unit = (unit << 4) | digit;
    }
    return unit;
  }

  // A string that was checked, with its escapes replaced. No escape is shorter than what it stands for.
  private unescape(start: i32, end: i32): string {
    const plain = new Uint8Array(end - start);
    let to = plain.dataStart;
    for (let at = start; at < end; ) {
      let c = this.at(at++);
      if (c != 0x5c) {
        store<u8>(to++, c as u8);
        continue;
      }
      c = this.at(at++);
      if (c == 0x75) {
        c = this.unit(at - 2);
        at += 4;
        if ((c & 0xfc00) == 0xd800) {
          c = 0x10000 + ((c & 0x3ff) << 10) + (this.unit(at) & 0x3ff);
          at += 6;
        }
      } else if (c == 0x62) c = 0x08;
      else if (c == 0x66) c = 0x0c;
      else if (c == 0x6e) c = 0x0a;
      else if (c == 0x72) c = 0x0d;
      else if (c == 0x74) c = 0x09;
      to = encode(to, c);
    }
    return String.UTF8.decodeUnsafe(plain.dataStart, to - plain.dataStart);
  }
}
