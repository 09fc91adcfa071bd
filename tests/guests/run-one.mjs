// Makes one call, `node run-one.mjs <module> <function>`, for guests that may never end: guest-cases.mjs kills it.
import { readFileSync } from "node:fs";
import { Instance } from "./abi-host.mjs";

const [path, name] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(path));
process.send("started", () => {
  const { trap } = new Instance(module, { capabilities: { "test.echo": request => request } }).call(name);
  process.send(trap === undefined ? "ended" : "trapped");
});
