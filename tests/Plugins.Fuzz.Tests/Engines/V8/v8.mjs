// Runs modules on V8 for the fuzzer: a request in JSON on each line of the input, an answer on each line of the output.
// Numbers go as the hexadecimal digits of their bits, references as the number of the export they refer to.
import { readSync, writeSync, writeFileSync } from "node:fs";

const I32 = 0x7f, I64 = 0x7e, F32 = 0x7d, F64 = 0x7c;
const memoryFile = process.argv[2];
const references = [0x70, 0x6f];
const instances = new Map();
let compiled;

// What V8 says, from the start or anywhere in its message. It has one trap for an element that is null and one of another
// type, and one for a conversion of NaN and one that overflows.
const traps = [
  [/Maximum call stack/, "StackExhausted"],
  [/data segment.*out of bounds|memory access out of bounds/, "MemoryOutOfBounds"],
  [/table .*out of bounds|element segment/, "TableOutOfBounds"],
  [/null function or function signature mismatch/, "NullElement"],
  [/divide by zero|remainder by zero/, "DivideByZero"],
  [/divide result unrepresentable|float unrepresentable/, "IntegerOverflow"],
  [/unreachable/, "Unreachable"],
];

function unsigned(number) {
  const bytes = [];
  do {
    bytes.push((number & 0x7f) | (number > 0x7f ? 0x80 : 0));
    number >>>= 7;
  } while (number);
  return bytes;
}

const list = items => [...unsigned(items.length), ...items.flat()];
const section = (id, content) => [id, ...unsigned(content.length), ...content];
const asInteger = type => (type === F32 ? I32 : type === F64 ? I64 : type);
const signature = (parameters, results) => [0x60, ...list(parameters), ...list(results)];
const toBits = type => (type === F32 ? [0xbc] : type === F64 ? [0xbd] : []);
const fromBits = type => (type === F32 ? [0xbe] : type === F64 ? [0xbf] : []);

function assemble(sections) {
  return new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]));
}

// JavaScript keeps no bits of a NaN, so numbers pass as integers, by a module in between that reinterprets them.
function wrapFunction(inner, parameters, results) {
  const outer = [parameters.map(asInteger), results.map(asInteger)];
  const first = parameters.length;
  const body = [
    ...list(results.map(type => [1, asInteger(type)])),
    ...parameters.flatMap((type, i) => [0x20, ...unsigned(i), ...fromBits(type)]),
    0x10, 0,
    ...results.map((type, i) => [...toBits(type), 0x21, ...unsigned(first + i)]).reverse().flat(),
    ...results.flatMap((_, i) => [0x20, ...unsigned(first + i)]),
    0x0b,
  ];
  const module = assemble([
    section(1, list([signature(parameters, results), signature(...outer)])),
    section(2, list([[1, 0x61, 1, 0x62, 0, 0]])),
    section(3, list([[1]])),
    section(7, list([[1, 0x63, 0, 1]])),
    section(10, list([[...unsigned(body.length), ...body]])),
  ]);
  return new WebAssembly.Instance(module, { a: { b: inner } }).exports.c;
}

function wrapGlobal(global, type, mutable) {
  const body = [0, 0x23, 0, ...toBits(type), 0x0b];
  const module = assemble([
    section(1, list([signature([], [asInteger(type)])])),
    section(2, list([[1, 0x61, 1, 0x62, 3, type, mutable]])),
    section(3, list([[0]])),
    section(7, list([[1, 0x63, 0, 0]])),
    section(10, list([[...unsigned(body.length), ...body]])),
  ]);
  return new WebAssembly.Instance(module, { a: { b: global } }).exports.c;
}

function trapOf(error) {
  const trap = traps.find(([message]) => message.test(error.message));
  if (!trap || !(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
  return trap[1];
}

function toValue(type, digits) {
  if (references.includes(type)) return null;
  const bits = BigInt(`0x${digits}`);
  return asInteger(type) === I32 ? Number(BigInt.asIntN(32, bits)) : BigInt.asIntN(64, bits);
}

function toDigits(instance, type, value) {
  if (references.includes(type)) {
    return value === null ? "0" : (instance.numbers.get(value) ?? 0xffffffffffffffffn).toString(16);
  }

  return asInteger(type) === I32 ? (value >>> 0).toString(16) : BigInt.asUintN(64, value).toString(16);
}

function instantiate({ id }) {
  let exports;
  try {
    exports = new WebAssembly.Instance(compiled).exports;
  } catch (error) {
    return { trap: trapOf(error) };
  }

  const numbers = new Map();
  for (const { name, kind } of WebAssembly.Module.exports(compiled)) {
    if (kind === "function" && !numbers.has(exports[name])) numbers.set(exports[name], numbers.size + 1);
  }

  instances.set(id, { exports, numbers, wrapped: new Map() });
  return { trap: "None" };
}

function wrapped(instance, name, make) {
  if (!instance.wrapped.has(name)) instance.wrapped.set(name, make(instance.exports[name]));
  return instance.wrapped.get(name);
}

function call({ id, name, parameters, results, arguments: digits }) {
  const instance = instances.get(id);
  const entry = wrapped(instance, name, inner => wrapFunction(inner, parameters, results));
  let values;
  try {
    values = entry(...parameters.map((type, i) => toValue(type, digits[i])));
  } catch (error) {
    return { trap: trapOf(error) };
  }

  values = results.length === 1 ? [values] : results.length === 0 ? [] : values;
  return { trap: "None", results: results.map((type, i) => toDigits(instance, type, values[i])) };
}

const actions = {
  compile({ module }) {
    compiled = new WebAssembly.Module(Buffer.from(module, "base64"));
    return {};
  },
  instantiate,
  call,
  memory({ id, name }) {
    writeFileSync(memoryFile, new Uint8Array(instances.get(id).exports[name].buffer));
    return {};
  },
  global({ id, name, type, mutable }) {
    const instance = instances.get(id);
    return { value: toDigits(instance, type, wrapped(instance, name, it => wrapGlobal(it, type, mutable))()) };
  },
  size: ({ id, name }) => ({ value: instances.get(id).exports[name].length.toString(16) }),
  elements({ id, name, type, step }) {
    const instance = instances.get(id);
    const table = instance.exports[name];
    const values = [];
    for (let i = 0; i < table.length; i += step) values.push(toDigits(instance, type, table.get(i)));
    return { results: values };
  },
  drop({ id }) {
    instances.delete(id);
    return {};
  },
};

function answer(line) {
  try {
    const request = JSON.parse(line);
    return actions[request.action](request);
  } catch (error) {
    return { error: `${error.name}: ${error.message}` };
  }
}

let rest = Buffer.alloc(0);
const piece = Buffer.alloc(1 << 16);
for (let count; (count = readSync(0, piece)) > 0;) {
  rest = Buffer.concat([rest, piece.subarray(0, count)]);
  for (let end; (end = rest.indexOf(10)) >= 0; rest = rest.subarray(end + 1)) {
    const bytes = Buffer.from(JSON.stringify(answer(rest.toString("utf8", 0, end))) + "\n");
    for (let at = 0; at < bytes.length;) at += writeSync(1, bytes, at);
  }
}
