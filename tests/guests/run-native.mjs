// Builds the C plugins for this machine with sanitizers, and runs them over the tables that hold the modules:
// `node run-native.mjs <folder for the programs>`. eng/test-guests-native.sh calls it.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { messagePackRows } from "./messagepack-cases.mjs";

const [folder] = process.argv.slice(2);
const root = new URL("../../", import.meta.url);
const table = JSON.parse(readFileSync(new URL("examples/plugin-cases.json", root), "utf8"));
const sanitizers = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g", "-O1"];

function build(name, source, functions, ...flags) {
  const program = `${folder}/${name}`;
  const list = functions.map(called => `{"${called}", ${called}}`).join();
  execFileSync(process.env.CLANG ?? "clang-19", [
    ...sanitizers, "-std=c99", "-Wall", "-Wextra", "-Werror", "-Iexamples/Pdk-C/include", "-I.", ...flags,
    `-DPLUGIN="${source}"`, `-DFUNCTIONS=${list}`, "-o", program, "tests/guests/native/host.c",
  ], { cwd: root, stdio: "inherit" });
  return program;
}

const join = parts => Buffer.concat(parts.flatMap(({ text, hex, times = 1 }) =>
  Array(times).fill(hex === undefined ? Buffer.from(text) : Buffer.from(hex, "hex"))));

const u32 = value => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

// What came of each input, as [code, bytes], up to the first that ended the program.
function run(program, called, inputs) {
  const frames = Buffer.concat(inputs.flatMap(input => [u32(input.length), input]));
  const ended = spawnSync(program, [called], { input: frames, maxBuffer: 1 << 28 });
  const answers = [];
  for (let at = 0; at < ended.stdout.length;) {
    const end = at + 8 + ended.stdout.readUInt32LE(at + 4);
    answers.push([ended.stdout.readInt32LE(at), ended.stdout.subarray(at + 8, end)]);
    at = end;
  }
  if (ended.status !== 0) answers.push([ended.status, ended.stderr]);
  return answers;
}

let passed = 0, failed = 0;

function check(program, called, rows) {
  const answers = run(program, called, rows.map(([, input]) => input));
  rows.forEach(([name, , expected], index) => {
    if (isDeepStrictEqual(answers[index], expected)) passed++;
    else {
      failed++;
      const [code, bytes] = answers[index] ?? ["the program ended before it", ""];
      console.error(`FAILED ${called}: ${name}\n  ${code}: ${bytes.toString().slice(0, 2000)}`);
    }
  });
}

for (const [plugin, { functions, permissions }] of Object.entries(table.plugins)) {
  if (permissions.length > 0) continue;
  const program = build(plugin, `examples/Pdk-C/${plugin}/${plugin}.c`, functions);
  for (const called of functions) {
    const cases = table.cases.filter(row => row.plugin === plugin && row.function === called);
    check(program, called, cases.map(({ name, input, output, error }) =>
      [name, join(input), error ? [error.code, Buffer.from(error.text)] : [0, join(output)]]));
  }
}

const program = build("messagepack", "tests/guests/messagepack_c.c", ["transcode", "skip"], "-DSTATIC_INPUT=input_bytes");
const rows = [...messagePackRows()];
for (const called of ["transcode", "skip"]) {
  check(program, called, rows.filter(row => row[1] === called).map(([name, , input, expected]) => {
    const failure = expected.startsWith("the input: ");
    return [name, input, failure ? [1, Buffer.from(expected)] : [0, Buffer.from(expected, "hex")]];
  }));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
