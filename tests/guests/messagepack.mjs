// A MessagePack reader and writer to compare the guests' with: strict by the same rules, in as few lines as may be.
// https://github.com/msgpack/msgpack/blob/master/spec.md

const maximumDepth = 64;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export class Fault extends Error {
  constructor(text, at) {
    super(`the input: ${text} at byte ${at}`);
  }
}

// The formats C0 to DF: kind, bytes of number. fixext has its length in the third place.
const formats = {
  0xc0: ["nil", 0], 0xc2: ["bool", 0, 0n], 0xc3: ["bool", 0, 1n],
  0xc4: ["bin", 1], 0xc5: ["bin", 2], 0xc6: ["bin", 4], 0xc7: ["ext", 1], 0xc8: ["ext", 2], 0xc9: ["ext", 4],
  0xca: ["float", 4], 0xcb: ["float", 8], 0xcc: ["int", 1], 0xcd: ["int", 2], 0xce: ["int", 4], 0xcf: ["int", 8],
  0xd0: ["signed", 1], 0xd1: ["signed", 2], 0xd2: ["signed", 4], 0xd3: ["signed", 8],
  0xd4: ["ext", 0, 1n], 0xd5: ["ext", 0, 2n], 0xd6: ["ext", 0, 4n], 0xd7: ["ext", 0, 8n], 0xd8: ["ext", 0, 16n],
  0xd9: ["str", 1], 0xda: ["str", 2], 0xdb: ["str", 4],
  0xdc: ["array", 2], 0xdd: ["array", 4], 0xde: ["map", 2], 0xdf: ["map", 4],
};

function format(first) {
  if (first < 0x80) return ["int", 0, BigInt(first)];
  if (first < 0x90) return ["map", 0, BigInt(first - 0x80)];
  if (first < 0xa0) return ["array", 0, BigInt(first - 0x90)];
  if (first < 0xc0) return ["str", 0, BigInt(first - 0xa0)];
  if (first >= 0xe0) return ["int", 0, BigInt(first - 0x100)];
  return formats[first] ?? ["reserved", 0];
}

const bigEndian = (bytes, at, size) => (size === 0 ? 0n : BigInt(`0x${bytes.toString("hex", at, at + size)}`));

function float(bytes, at, size) {
  return size === 4 ? bytes.readFloatBE(at) : bytes.readDoubleBE(at);
}

// { kind, number, at, end } of one value, or of what an array or map begins with; body for str, bin and ext.
function token(bytes, at) {
  if (at === bytes.length) throw new Fault("the input ends too early", at);
  const [kind, digits, inside] = format(bytes[at]);
  if (kind === "reserved") throw new Fault("a byte without meaning", at);
  const head = at + 1 + digits + (kind === "ext" ? 1 : 0);
  if (head > bytes.length) throw new Fault("the input ends too early", at);
  const number = inside ?? bigEndian(bytes, at + 1, digits);
  if (kind === "float") return { kind, number: float(bytes, at + 1, digits), at, end: head };
  if (kind === "signed") return { kind: "int", number: BigInt.asIntN(digits * 8, number), at, end: head };
  if (kind === "array" || kind === "map") return open({ kind, number, at, end: head }, bytes);
  if (!["str", "bin", "ext"].includes(kind)) return { kind, number, at, end: head };
  if (number > BigInt(bytes.length - head)) throw new Fault("the input ends too early", at);
  const end = head + Number(number);
  return { kind, body: bytes.subarray(head, end), type: bytes.readInt8(head - 1), at, end };
}

function open(value, bytes) {
  value.children = Number(value.number) * (value.kind === "map" ? 2 : 1);
  if (value.children > bytes.length - value.end) throw new Fault("the input ends too early", value.at);
  return value;
}

const digits = (first, number, size) => {
  const bytes = Buffer.alloc(1 + size);
  bytes[0] = first;
  for (let i = size; i > 0; i--, number >>= 8n) bytes[i] = Number(number & 0xffn);
  return bytes;
};

// The shortest of [limit, first byte, size]…
const shortest = (number, ...forms) => {
  const [, first, size] = forms.find(([limit]) => number <= limit);
  return digits(first, number, size);
};

const limit = { 8: 0xffn, 16: 0xffffn, 32: 0xffffffffn, 64: 0xffffffffffffffffn };

function integer(value) {
  if (value >= 0n && value < 0x80n) return digits(Number(value), 0n, 0);
  if (value < 0n && value >= -0x20n) return digits(Number(value) + 0x100, 0n, 0);
  if (value >= 0n) {
    return shortest(value, [limit[8], 0xcc, 1], [limit[16], 0xcd, 2], [limit[32], 0xce, 4], [limit[64], 0xcf, 8]);
  }
  const size = [1, 2, 4, 8].find(size => value >= -(2n ** BigInt(size * 8 - 1)));
  return digits({ 1: 0xd0, 2: 0xd1, 4: 0xd2, 8: 0xd3 }[size], value, size);
}

function floating(value) {
  if (Number.isNaN(value)) return Buffer.from("ca7fc00000", "hex");
  const wide = Buffer.alloc(9, 0xcb);
  wide.writeDoubleBE(value, 1);
  const narrow = Buffer.alloc(5, 0xca);
  narrow.writeFloatBE(value, 1);
  return Object.is(Math.fround(value), value) ? narrow : wide;
}

function extension({ type, body, at }) {
  if (type === -1) body = timestamp(body, at);
  const length = BigInt(body.length), fixed = [1, 2, 4, 8, 16].indexOf(body.length);
  const head = fixed >= 0
    ? digits(0xd4 + fixed, 0n, 0)
    : shortest(length, [limit[8], 0xc7, 1], [limit[16], 0xc8, 2], [limit[32], 0xc9, 4]);
  return Buffer.concat([head, Buffer.from([type & 0xff]), body]);
}

// The shortest body of a timestamp.
function timestamp(body, at) {
  const refuse = () => { throw new Fault("not a timestamp", at); };
  if (![4, 8, 12].includes(body.length)) refuse();
  const number = bigEndian(body, body.length === 12 ? 4 : 0, Math.min(body.length, 8));
  const seconds = body.length === 8 ? number & 0x3ffffffffn : body.length === 12 ? BigInt.asIntN(64, number) : number;
  const nanoseconds = body.length === 8 ? number >> 34n : body.length === 12 ? bigEndian(body, 0, 4) : 0n;
  if (nanoseconds > 999999999n) refuse();
  if (nanoseconds === 0n && seconds >= 0n && seconds <= limit[32]) return digits(0, seconds, 4).subarray(1);
  if (seconds >= 0n && seconds < 2n ** 34n) return digits(0, nanoseconds << 34n | seconds, 8).subarray(1);
  return Buffer.concat([digits(0, nanoseconds, 4).subarray(1), digits(0, seconds, 8).subarray(1)]);
}

function text({ body, at }) {
  try {
    utf8.decode(body);
  } catch {
    throw new Fault("not UTF-8", at);
  }
  const length = BigInt(body.length);
  const head = length < 32n ? digits(0xa0 + body.length, 0n, 0)
    : shortest(length, [limit[8], 0xd9, 1], [limit[16], 0xda, 2], [limit[32], 0xdb, 4]);
  return Buffer.concat([head, body]);
}

const collection = (number, few, more) =>
  (number < 16n ? digits(few + Number(number), 0n, 0) : shortest(number, [limit[16], more, 2], [limit[32], more + 1, 4]));

const write = {
  nil: () => digits(0xc0, 0n, 0),
  bool: ({ number }) => digits(0xc2 + Number(number), 0n, 0),
  int: ({ number }) => integer(number),
  float: ({ number }) => floating(number),
  str: text,
  bin: ({ body }) => Buffer.concat([
    shortest(BigInt(body.length), [limit[8], 0xc4, 1], [limit[16], 0xc5, 2], [limit[32], 0xc6, 4]), body,
  ]),
  ext: extension,
  array: ({ number }) => collection(number, 0x90, 0xdc),
  map: ({ number }) => collection(number, 0x80, 0xde),
};

// The one value that the bytes are, in its shortest forms; throws Fault.
export function transcode(bytes) {
  // How many values are still to come, in the input and in each array and map that is open.
  const parts = [], left = [1];
  let at = 0;
  for (;;) {
    while (left.at(-1) === 0) left.pop();
    if (left.length === 0) break;
    const value = token(bytes, at);
    left[left.length - 1]--;
    if (value.children !== undefined) {
      if (left.length > maximumDepth) throw new Fault("nested too deep", at);
      left.push(value.children);
    }
    parts.push(write[value.kind](value));
    at = value.end;
  }
  if (at < bytes.length) throw new Fault("bytes after the end", at);
  return Buffer.concat(parts);
}
