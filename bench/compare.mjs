// The part of bench/compare.sh that V8 can be measured for: node compare.mjs KERNELS REPETITIONS name=argument…
// or, for a first result in a new process: node compare.mjs first MEASURE MODULE
// Lines as Comparing/Contender.cs prints them: measure, nanoseconds, result.
import { readFileSync } from "node:fs";

const guest = (name) => readFileSync(new URL(`guests/${name}.wasm`, import.meta.url));
const print = (measure, milliseconds, result = "-") => console.log(measure, (milliseconds * 1e6).toFixed(2), result);

// The median of batches, for one of the operations that a run does; as Comparing/Stint.cs.
function stint(run, operations = 1) {
  let runs = 0;
  let start = performance.now();
  for (; performance.now() - start < 300; runs++) run();
  runs = Math.max(1, Math.trunc((runs * 30) / (performance.now() - start)));
  const times = Array.from({ length: 5 }, () => {
    start = performance.now();
    for (let i = 0; i < runs; i++) run();
    return (performance.now() - start) / runs / operations;
  });
  return times.sort((a, b) => a - b)[2];
}

function measureKernels(path, repetitions, kernels) {
  const module = new WebAssembly.Module(readFileSync(path));
  const { exports } = new WebAssembly.Instance(module, { env: { h0() {}, h2: (a, b) => (a + b) | 0 } });
  for (const kernel of kernels) {
    const [name, size] = kernel.split("=");
    let result = exports[`run_${name}`](+size);
    const times = Array.from({ length: +repetitions }, () => {
      const start = performance.now();
      result = exports[`run_${name}`](+size);
      return performance.now() - start;
    });
    print(name, times.sort((a, b) => a - b)[repetitions >> 1], String(result));
  }
}

function measureEngine() {
  const count = 10000;
  const module = new WebAssembly.Module(guest("engine"));
  const imports = { bench: { nothing() {}, add: (a, b) => (a + b) | 0 } };
  const { nothing, call_add } = new WebAssembly.Instance(module, imports).exports;
  print("call", stint(() => { for (let i = 0; i < count; i++) nothing(); }, count));
  print("host-call", stint(() => call_add(count), count));
  print("instance", stint(() => new WebAssembly.Instance(module, imports)));
}

// The three functions of the ABI that an echo needs, without any of the limits.
function measureEcho(bytes) {
  const input = new Uint8Array(bytes).fill(7);
  const output = new Uint8Array(bytes);
  let read = 0, written = 0, memory;
  const abi = {
    input_length: () => bytes,
    input_read(target, length) {
      const n = Math.min(length, bytes - read);
      memory.set(input.subarray(read, read + n), target);
      read += n;
      return n;
    },
    output_write(source, length) {
      output.set(memory.subarray(source, source + length), written);
      written += length;
    },
  };
  const module = new WebAssembly.Module(guest(bytes <= 4096 ? "small" : "large"));
  const instance = new WebAssembly.Instance(module, {
    "plugins:abi/v1": abi, "plugins:host/v1": { "bench.nothing": () => 0 },
  });
  memory = new Uint8Array(instance.exports.memory.buffer);
  const { echo } = instance.exports;
  print(`echo-${bytes}`, stint(() => { read = written = 0; echo(); }));
  if (written !== bytes || output[bytes - 1] !== 7) throw new Error("The echo differs.");
}

const [first, ...rest] = process.argv.slice(2);
if (first === "first") {
  const bytes = readFileSync(rest[1]);
  const start = performance.now();
  const result = new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports.few(1);
  print(rest[0], performance.now() - start, String(result));
} else {
  measureKernels(first, rest[0], rest.slice(1));
  measureEngine();
  [64, 4096, 65536, 1048576].forEach(measureEcho);
}
