import { TextReader } from "../text";
import { Extension } from "./extension";
import { Problem, problemText } from "./problem";
import { Timestamp } from "./timestamp";

function isAscii(text: string): bool {
  for (let i = 0; i < text.length; i++) {
    if (load<u16>(changetype<usize>(text) + ((<usize>i) << 1)) >= 0x80) return false;
  }
  return true;
}

// Writes one value, with all that is in it, in the shortest forms, into a buffer that grows.
export class MessagePackWriter {
  problem: Problem = Problem.None;
  private buffer: Uint8Array;
  private length: i32 = 0;
  // Values still to be written, by what the arrays and maps so far announced.
  private owed: i64 = 1;

  constructor(capacity: i32 = 256) {
    this.buffer = new Uint8Array(capacity);
  }

  // What is wrong, in words.
  get error(): string {
    return problemText(this.problem);
  }

  // What was written: a view, not a copy. It is empty, and `problem` says why, when that is less or more than announced
  // or something could not be written.
  end(): Uint8Array {
    if (this.owed > 0) this.fail(Problem.Unbalanced);
    return this.buffer.subarray(0, this.problem == Problem.None ? this.length : 0);
  }

  nil(): this {
    return this.head(0xc0, 0, 0);
  }

  bool(value: bool): this {
    return this.head(value ? 0xc3 : 0xc2, 0, 0);
  }

  uint(value: u64): this {
    if (value < 0x80) return this.head(value as u8, 0, 0);
    if (value <= 0xff) return this.head(0xcc, value, 1);
    if (value <= 0xffff) return this.head(0xcd, value, 2);
    if (value <= 0xffffffff) return this.head(0xce, value, 4);
    return this.head(0xcf, value, 8);
  }

  int(value: i64): this {
    if (value >= 0) return this.uint(value as u64);
    if (value >= -0x20) return this.head(value as u8, 0, 0);
    if (value >= i8.MIN_VALUE) return this.head(0xd0, value as u64, 1);
    if (value >= i16.MIN_VALUE) return this.head(0xd1, value as u64, 2);
    if (value >= i32.MIN_VALUE) return this.head(0xd2, value as u64, 4);
    return this.head(0xd3, value as u64, 8);
  }

  // As a float 32 if that is the same number, else as a float 64. All NaNs are written alike.
  float(value: f64): this {
    const narrow = value as f32;
    if (value != value) return this.head(0xca, 0x7fc00000, 4);
    if ((narrow as f64) == value) return this.head(0xca, reinterpret<u32>(narrow), 4);
    return this.head(0xcb, reinterpret<u64>(value), 8);
  }

  str(value: string): this {
    if (isAscii(value)) return this.ascii(value);
    const bytes = Uint8Array.wrap(String.UTF8.encode(value));
    if (!TextReader.of(bytes).isValid()) this.fail(Problem.NotText);
    return this.size(bytes.length, 0xa0, 0x20, 0xd9, 0xda).put(bytes.dataStart, bytes.length);
  }

  bin(value: Uint8Array): this {
    return this.size(value.length, 0, 0, 0xc4, 0xc5).put(value.dataStart, value.length);
  }

  // Then write `count` values.
  array(count: i32): this {
    this.size(count, 0x90, 0x10, 0, 0xdc);
    this.owed += count;
    return this;
  }

  // Then write `count` pairs: a key and a value each.
  map(count: i32): this {
    this.size(count, 0x80, 0x10, 0, 0xde);
    this.owed += (count as i64) * 2;
    return this;
  }

  extension(value: Extension): this {
    return this.typed(value.type, value.bytes.dataStart, value.bytes.length);
  }

  // A moment; a second of nanoseconds or more is Problem.OutOfRange.
  timestamp(value: Timestamp): this {
    if (value.nanoseconds > 999999999) this.fail(Problem.OutOfRange);
    const body = new StaticArray<u8>(12);
    const at = changetype<usize>(body);
    const seconds = value.seconds as u64;
    if (seconds > 0x3ffffffff) {
      store<u32>(at, bswap(value.nanoseconds));
      store<u64>(at + 4, bswap(seconds));
      return this.typed(-1, at, 12);
    }
    store<u64>(at, bswap(((value.nanoseconds as u64) << 34) | seconds));
    const narrow = seconds <= 0xffffffff && value.nanoseconds == 0;
    return narrow ? this.typed(-1, at + 4, 4) : this.typed(-1, at, 8);
  }

  private fail(problem: Problem): void {
    if (this.problem == Problem.None) this.problem = problem;
  }

  // Most text is ASCII, which is copied without encoding it elsewhere first.
  private ascii(value: string): this {
    const length = value.length;
    this.size(length, 0xa0, 0x20, 0xd9, 0xda).reserve(length);
    const to = this.buffer.dataStart + this.length;
    const from = changetype<usize>(value);
    for (let i = 0; i < length; i++) store<u8>(to + i, load<u16>(from + ((<usize>i) << 1)) as u8);
    this.length += length;
    return this;
  }

  private typed(type: i8, from: usize, length: i32): this {
    if (length <= 16 && popcnt(length) == 1) this.head((0xd4 + ctz(length)) as u8, 0, 0);
    else this.size(length, 0, 0, 0xc7, 0xc8);
    this.byte(type as u8);
    return this.put(from, length);
  }

  // The shortest form of a count or length: within the first byte, or in 8, 16 or 32 bits after it.
  private size(length: i32, within: u8, room: i32, bits8: u8, bits16: u8): this {
    if (length < room) return this.head(within | (length as u8), 0, 0);
    if (length <= 0xff && bits8 != 0) return this.head(bits8, length, 1);
    if (length <= 0xffff) return this.head(bits16, length, 2);
    return this.head(bits16 + 1, length, 4);
  }

  // A first byte and a number of so many bytes, big-endian ("Notation in diagrams").
  private head(first: u8, number: u64, digits: i32): this {
    if (this.owed == 0) this.fail(Problem.Unbalanced);
    this.owed--;
    this.byte(first);
    for (let shift = digits * 8 - 8; shift >= 0; shift -= 8) this.byte((number >> shift) as u8);
    return this;
  }

  private byte(value: u8): void {
    this.reserve(1);
    unchecked((this.buffer[this.length++] = value));
  }

  private put(from: usize, length: i32): this {
    this.reserve(length);
    memory.copy(this.buffer.dataStart + this.length, from, length);
    this.length += length;
    return this;
  }

  private reserve(length: i32): void {
    if (length <= this.buffer.length - this.length) return;
    const larger = new Uint8Array(max(this.buffer.length * 2, this.length + length));
    larger.set(this.buffer);
    this.buffer = larger;
  }
}
