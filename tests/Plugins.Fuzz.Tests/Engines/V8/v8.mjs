// Runs modules on V8 for the fuzzer: a request in JSON on each line of the input, an answer on each line of the output.
// Numbers go as the hexadecimal digits of their bits, vectors as two such numbers, references as the number of the export they refer to.
import { readSync, writeSync, writeFileSync } from "node:fs";

const I32 = 0x7f, I64 = 0x7e, F32 = 0x7d, F64 = 0x7c, V128 = 0x7b;
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
const halves = types => types.flatMap(type => (type === V128 ? [I64, I64] : [asInteger(type)]));
const signature = (parameters, results) => [0x60, ...list(parameters), ...list(results)];
const toBits = type => (type === F32 ? [0xbc] : type === F64 ? [0xbd] : []);
const fromBits = type => (type === F32 ? [0xbe] : type === F64 ? [0xbf] : []);

function assemble(sections) {
  return new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]));
}

// JavaScript keeps no bits of a NaN and has no vectors, so numbers pass as integers and vectors as two of them, by a module
// in between that reinterprets them.
function wrapFunction(inner, parameters, results) {
  const outer = [halves(parameters), halves(results)];
  const first = outer[0].length;
  let next = 0;
  const take = type =>
    type === V128
      ? [0x20, ...unsigned(next++), 0xfd, 0x12, 0x20, ...unsigned(next++), 0xfd, 0x1e, 1]
      : [0x20, ...unsigned(next++), ...fromBits(type)];
  const give = (type, i) =>
    type === V128
      ? [0x20, ...unsigned(first + i), 0xfd, 0x1d, 0, 0x20, ...unsigned(first + i), 0xfd, 0x1d, 1]
      : [0x20, ...unsigned(first + i)];
  const body = [
    ...list(results.map(type => [1, type === V128 ? V128 : asInteger(type)])),
    ...parameters.flatMap(take),
    0x10, 0,
    ...results.map((type, i) => [...toBits(type), 0x21, ...unsigned(first + i)]).reverse().flat(),
    ...results.flatMap(give),
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
  const lanes = type === V128 ? [[0xfd, 0x1d, 0], [0xfd, 0x1d, 1]] : [toBits(type)];
  const body = [0, ...lanes.flatMap(lane => [0x23, 0, ...lane]), 0x0b];
  const module = assemble([
    section(1, list([signature([], halves([type]))])),
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
    values = entry(...halves(parameters).map((type, i) => toValue(type, digits[i])));
  } catch (error) {
    return { trap: trapOf(error) };
  }

  const types = halves(results);
  values = types.length === 1 ? [values] : types.length === 0 ? [] : values;
  return { trap: "None", results: types.map((type, i) => toDigits(instance, type, values[i])) };
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
    const value = wrapped(instance, name, it => wrapGlobal(it, type, mutable))();
    const values = type === V128 ? value : [value];
    return { results: halves([type]).map((half, i) => toDigits(instance, half, values[i])) };
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
