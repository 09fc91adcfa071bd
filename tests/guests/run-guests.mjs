// Runs the example plugins of every language over examples/plugin-cases.json, and the guests of this folder over
// guest-cases.mjs and messagepack-cases.mjs: `node run-guests.mjs`. eng/test-guests-node.sh calls it.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { Instance, Refusal } from "./abi-host.mjs";
import { guestCases } from "./guest-cases.mjs";
import { messagePackCases } from "./messagepack-cases.mjs";

const languages = ["C", "Rust", "AssemblyScript"];
const root = new URL("../../", import.meta.url);
const table = JSON.parse(readFileSync(new URL("examples/plugin-cases.json", root), "utf8"));
const failures = [];
let passed = 0;

const join = parts => Buffer.concat(parts.map(({ text, hex, times = 1 }) => {
  const bytes = hex === undefined ? Buffer.from(text) : Buffer.from(hex, "hex");
  return Buffer.concat(Array(times).fill(bytes));
}));

function capabilities(host) {
  const functions = Object.entries(table.hosts[host] ?? {}).map(([name, answers]) => [name, request => {
    const answer = answers[Buffer.from(request).toString("utf8")];
    if (answer?.result === undefined) throw new Refusal(answer?.status ?? "notFound", answer?.message);
    return join(answer.result);
  }]);
  return Object.fromEntries(functions);
}

function check(name, actual, expected) {
  if (isDeepStrictEqual(actual, expected)) passed++;
  else failures.push(`${name}\n  expected ${shorten(expected)}\n  but was  ${shorten(actual)}`);
}

const shorten = value => JSON.stringify(value).slice(0, 300);

function runCase(module, language, row, piece) {
  const instance = new Instance(module, { capabilities: capabilities(row.host), config: row.config });
  const ended = instance.call(row.function, join(row.input), { piece });
  const failure = { code: ended.code, text: ended.error };
  const actual = ended.trap ?? (ended.code === 0 ? ended.output.toString("hex") : failure);
  const streamed = piece === undefined ? "" : ` (in pieces of ${piece})`;
  const name = `${language} ${row.plugin}: ${row.name}${streamed}`;
  check(name, actual, row.error ?? join(row.output).toString("hex"));
  if (row.logs !== undefined) check(`${name}, log`, ended.logs, row.logs);
  // A session's next call finds nothing of this one.
  const again = instance.call(row.function, join(row.input), { piece });
  check(`${name}, again`, [again.code, again.error, again.output], [ended.code, ended.error, ended.output]);
}

function runExamples(language) {
  const modules = Object.keys(table.plugins).map(plugin => {
    const bytes = readFileSync(new URL(`examples/Pdk-${language}/${plugin}/plugin.wasm`, root));
    return [plugin, new WebAssembly.Module(bytes)];
  });
  for (const [plugin, module] of modules) {
    const imports = WebAssembly.Module.imports(module).filter(entry => entry.module === "plugins:host/v1");
    const { permissions, config } = table.plugins[plugin];
    const expected = [...permissions, ...(config.length > 0 ? ["config.read"] : [])].sort();
    check(`${language} ${plugin}: imports`, imports.map(entry => entry.name).sort(), expected);
  }
  for (const row of table.cases) {
    const module = Object.fromEntries(modules)[row.plugin];
    for (const piece of [undefined, 1000]) runCase(module, language, row, piece);
  }
}

const load = name => new WebAssembly.Module(readFileSync(new URL(`${name}.wasm`, import.meta.url)));

languages.forEach(runExamples);
messagePackCases({ load, check });
await guestCases({ load, check });
failures.forEach(failure => console.error(`FAILED ${failure}`));
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
