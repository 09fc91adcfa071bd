// Runs the kernels on V8: node kernels.mjs MODULE REPETITIONS name=argument…
import { readFileSync } from "node:fs";

const [path, repetitions, ...kernels] = process.argv.slice(2);
const imports = { env: { h0() {}, h2: (a, b) => a + b } };
const { instance } = await WebAssembly.instantiate(readFileSync(path), imports);
for (const kernel of kernels) {
  const [name, size] = kernel.split("=");
  const run = instance.exports[`run_${name}`];
  let result = run(+size);
  const times = Array.from({ length: +repetitions }, () => {
    const start = performance.now();
    result = run(+size);
    return performance.now() - start;
  });
  times.sort((a, b) => a - b);
  console.log(name, times[repetitions >> 1].toFixed(3), String(result));
}
