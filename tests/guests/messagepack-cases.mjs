// What the guests messagepack_* make of MessagePack: the public test suite, what is not valid, and random documents.
// Each is held to what is written here, or to messagepack.mjs.
import { readFileSync } from "node:fs";
import { Instance } from "./abi-host.mjs";
import { Fault, transcode } from "./messagepack.mjs";

const guests = ["messagepack_c", "messagepack_rust", "messagepack_assemblyscript"];
const hex = text => Buffer.from(text.replaceAll(/[- ]/g, ""), "hex");
const times = (count, text) => text.repeat(count);

// github.com/kawanet/msgpack-test-suite, whose licence lies beside it.
const suite = JSON.parse(readFileSync(new URL("msgpack-test-suite.json", import.meta.url), "utf8"));

const byLength = (a, b) => a.length - b.length || (a < b ? -1 : 1);

function float(number) {
  const narrow = Buffer.alloc(5, 0xca);
  narrow.writeFloatBE(number, 1);
  return narrow.readFloatBE(1) === number ? [narrow.toString("hex")] : [];
}

// Each form of a value, and the shortest of them. A number's floats are a value of their own, of which the suite omits
// some.
function* suiteForms() {
  for (const { msgpack, number, bignum } of Object.values(suite).flat()) {
    const forms = msgpack.map(form => form.replaceAll("-", ""));
    const floats = forms.filter(form => /^c[ab]/.test(form));
    const others = forms.filter(form => !floats.includes(form)).sort(byLength);
    const shortest = [...float(Number(number ?? bignum)), ...floats].sort(byLength);
    for (const form of floats) yield [form, shortest[0]];
    for (const form of others) yield [form, others[0]];
  }
}

// Not valid: the bytes, what is wrong, and where.
const invalid = [
  ["", "the input ends too early", 0],
  ["c1", "a byte without meaning", 0],
  ["92c0c1", "a byte without meaning", 2],
  ["c0c0", "bytes after the end", 1],
  ["9090", "bytes after the end", 1],
  ["91", "the input ends too early", 0],
  ["92c0", "the input ends too early", 0],
  ["9291c0", "the input ends too early", 3],
  ["81a161", "the input ends too early", 3],
  ["cc", "the input ends too early", 0],
  ["cd00", "the input ends too early", 0],
  ["ce000000", "the input ends too early", 0],
  ["cf00000000000000", "the input ends too early", 0],
  ["d0", "the input ends too early", 0],
  ["d3ffffffffffffff", "the input ends too early", 0],
  ["ca3f8000", "the input ends too early", 0],
  ["cb3ff00000000000", "the input ends too early", 0],
  ["a3c3a9", "the input ends too early", 0],
  ["d9", "the input ends too early", 0],
  ["d90261", "the input ends too early", 0],
  ["da000261", "the input ends too early", 0],
  ["dbffffffff61", "the input ends too early", 0],
  ["db8000000061", "the input ends too early", 0],
  ["c4ff", "the input ends too early", 0],
  ["c6ffffffff00", "the input ends too early", 0],
  ["c7", "the input ends too early", 0],
  ["c700", "the input ends too early", 0],
  ["c9ffffffff0100", "the input ends too early", 0],
  ["d4", "the input ends too early", 0],
  ["d401", "the input ends too early", 0],
  ["d80100", "the input ends too early", 0],
  ["ddffffffffc0c0", "the input ends too early", 0],
  ["dd80000001c0", "the input ends too early", 0],
  ["dfffffffffc0c0", "the input ends too early", 0],
  ["df80000000c0c0", "the input ends too early", 0],
  ["df80000001c0c0", "the input ends too early", 0],
  ["de0002c0c0c0", "the input ends too early", 0],
  ["a1ff", "not UTF-8", 0],
  ["92c0a2c080", "not UTF-8", 2],
  ["a3eda080", "not UTF-8", 0],
  ["a4f4908080", "not UTF-8", 0],
  ["a1c3", "not UTF-8", 0],
  ["81a1e2c0", "not UTF-8", 1],
  ["c700ff", "not a timestamp", 0],
  ["d5ff0000", "not a timestamp", 0],
  [`d8ff${times(16, "00")}`, "not a timestamp", 0],
  ["d7ffee6b280000000000", "not a timestamp", 0],
  ["c70cff3b9aca000000000000000000", "not a timestamp", 0],
  [`${times(64, "91")}90`, "nested too deep", 64],
  [`${times(65, "91")}c0`, "nested too deep", 64],
  [`${times(64, "81c0")}81c0c0`, "nested too deep", 128],
];

// At the limits, and yet valid.
const valid = [
  `${times(64, "91")}c0`,
  `${times(62, "91")}93909090`,
  `${times(64, "81c0")}c0`,
  "d7ffee6b27fc00000000",
  "c70cff3b9ac9ff8000000000000000",
  "c70cff000000007fffffffffffffff",
  "d8feffffffffffffffffffffffffffffffff",
  "ca7f800000", "caff800000", "cb7ff0000000000000", "ca80000000", "cb8000000000000000", "cb36a0000000000000",
  "cb369fffffffffffff", "cb47efffffe0000000", "cb47efffffe0000001", "cb47effffff0000000", "cb7fefffffffffffff",
  "ca7fc00000", "ca7fc00001", "cbfff8000000000001", "cb0000000000000001", "cb3ff0000000000001",
  `dc0010${times(16, "c0")}`, `de0010${times(32, "c0")}`, `9f${times(15, "c0")}`, `dd00000001c0`,
  `c8010001${times(256, "00")}`, `c5ffff${times(65535, "aa")}`, `c600010000${times(65536, "aa")}`,
  `da0100${times(256, "61")}`, `db00010000${times(65536, "62")}`,
  `dd00010000${times(65536, "c2")}`,
];

// A generator of the same documents on every machine (mulberry32).
function generator(seed) {
  return bound => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  };
}

// Every format by its first byte, with small lengths, and its contents.
function randomValue(random, depth) {
  const bytes = count => Buffer.from(Array.from({ length: count }, () => random(256)));
  const letters = count => Buffer.from(Array.from({ length: count }, () => 0x20 + random(0x5f)));
  const number = (size, value) => hex(value.toString(16).padStart(size * 2, "0"));
  const values = count => Buffer.concat(Array.from({ length: count }, () => randomValue(random, depth - 1)));
  const few = random(depth > 0 ? 5 : 1), some = random(40), size = 1 << random(3);
  const first = base => Buffer.from([base]);
  switch (random(13)) {
    case 0: return first([0xc0, 0xc2, 0xc3][random(3)]);
    case 1: return first(random(2) === 0 ? random(0x80) : 0xe0 + random(0x20));
    case 2: return Buffer.concat([first(0xcc + random(2) * 4 + Math.log2(size)), bytes(size)]);
    case 3: return Buffer.concat([first(random(2) === 0 ? 0xcf : 0xd3), bytes(8)]);
    case 4: return Buffer.concat([first(0xca), bytes(4)]);
    case 5: return Buffer.concat([first(0xcb), bytes(8)]);
    case 6: return Buffer.concat([first(0xa0 + (some & 31)), letters(some & 31)]);
    case 7: return Buffer.concat([first(0xd9 + Math.log2(size)), number(size, some), letters(some)]);
    case 8: return Buffer.concat([first(0xc4 + Math.log2(size)), number(size, some), bytes(some)]);
    case 9: return Buffer.concat([first(0xd4 + Math.log2(size)), bytes(1 + size)]);
    case 10: return Buffer.concat([first(0xc7 + Math.log2(size)), number(size, some), bytes(1 + some)]);
    case 11: return Buffer.concat([random(2) === 0 ? first(0x90 + few) : hex(`dc${"000"}${few}`), values(few)]);
    default: return Buffer.concat([random(2) === 0 ? first(0x80 + few) : hex(`df${"0000000"}${few}`), values(few * 2)]);
  }
}

// Changes, cuts or doubles a part.
function mutated(random, bytes) {
  const copy = Buffer.from(bytes), at = random(bytes.length);
  switch (random(4)) {
    case 0: return copy.subarray(0, at);
    case 1: return Buffer.concat([copy.subarray(0, at), copy.subarray(random(at + 1))]);
    case 2: copy[at] = random(256); return copy;
    default: copy[at] ^= 1 << random(8); return copy;
  }
}

function* randomDocuments(count) {
  const random = generator(20);
  for (let i = 0; i < count; i++) {
    const document = randomValue(random, 5);
    yield document;
    yield mutated(random, document);
  }
}

// The bytes in hexadecimal, or the error text.
function reference(document) {
  try {
    return transcode(document).toString("hex");
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return error.message;
  }
}

// Rows of name, function, input and what comes of it: bytes in hexadecimal, or the error text.
export function* messagePackRows() {
  for (const [form, shortest] of suiteForms()) yield [`${form} of the suite`, "transcode", hex(form), shortest];
  for (const [document, text, at] of invalid) {
    const expected = `the input: ${text} at byte ${at}`;
    yield [document, "transcode", hex(document), expected];
    // What is skipped is not looked into.
    if (text !== "not a timestamp") yield [`${document} skipped`, "skip", hex(document), expected];
  }
  for (const document of valid.map(hex)) {
    const name = document.toString("hex").slice(0, 40);
    yield [name, "transcode", document, transcode(document).toString("hex")];
    yield [`${name} skipped`, "skip", document, ""];
  }
  for (const document of randomDocuments(5000)) {
    yield [document.toString("hex"), "transcode", document, reference(document)];
  }
}

export function messagePackCases({ load, check }) {
  const rows = [...messagePackRows()];
  for (const [document, text, at] of invalid) {
    check(`messagepack.mjs: ${document}`, reference(hex(document)), `the input: ${text} at byte ${at}`);
  }
  for (const guest of guests) {
    const instance = new Instance(load(guest), { limits: { output: 1 << 24 } });
    for (const [name, called, document, expected] of rows) {
      const { code, trap, output, error } = instance.call(called, document);
      const actual = trap ?? (code === 0 ? Buffer.from(output).toString("hex") : error);
      check(`${guest}: ${name}`, actual, expected);
    }
  }
}
