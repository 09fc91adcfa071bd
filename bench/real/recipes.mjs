// Writes what to do with each real module, for bench/real.mjs and Plugins.Benchmarks alike:
//   node recipes.mjs NODE_MODULES SAMPLES > recipes.json
// Exports have names that change with every release; where a package's own code says which is which, it is asked.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [packages, samples] = process.argv.slice(2);
const call = (name, ...args) => ({ call: name, args });
const as = (name, step) => ({ ...step, as: name });
const text = (name, content) => ({ text: content, as: name });

function exportsOf(file) {
  return WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(file)));
}

// Emscripten's code assigns "_name = exports.xy".
function finder(glue) {
  const source = readFileSync(join(packages, glue), "utf8");
  return (name) => {
    const found = new RegExp(`_${name} ?= ?[\\w$]+\\.([\\w$]+)`).exec(source);
    if (!found) throw new Error(`${glue} does not say what ${name} is called.`);
    return found[1];
  };
}

// Constructors come first among the functions that Emscripten exports.
function emscripten(name, path, glue, workOf = () => ({})) {
  const file = join(packages, path);
  const find = finder(glue);
  const [constructors] = exportsOf(file).filter(({ kind }) => kind === "function");
  const allocate = find("malloc");
  const first = [call(constructors.name), call(allocate, 1000)];
  return { name, file, allocate, first, work: [], ...workOf(find) };
}

function module(name, path, ...first) {
  return { name, file: join(packages, path), first, work: [] };
}

function quickJs(find) {
  const evaluate = (name, code) => ({
    name,
    setup: [
      as("runtime", call(find("QTS_NewRuntime"))),
      as("context", call(find("QTS_NewContext"), "$runtime", 0)),
      text("code", code),
      text("file", "bench.js"),
    ],
    measure: [as("value", call(find("QTS_Eval"), "$context", "$code", code.length, "$file", 0, 0))],
    result: call(find("QTS_GetFloat64"), "$context", "$value"),
    isDouble: true,
  });
  return {
    memory: "a.a",
    work: [
      evaluate("fib", `(function () {
        function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
        return fib(24);
      })()`),
      evaluate("loop", `(function () {
        let s = 0;
        for (let i = 0; i < 500000; i++) s = (s * 31 + i) | 0;
        return s;
      })()`),
      evaluate("strings", `(function () {
        let s = "", n = 0;
        for (let i = 0; i < 30000; i++) {
          s += i.toString(36);
          if (s.length > 2000) { n += s.indexOf("zz"); s = s.slice(900); }
        }
        return n + s.length;
      })()`),
      evaluate("objects", `(function () {
        const map = new Map(), list = [];
        for (let i = 0; i < 20000; i++) list.push({ id: i, key: "k" + (i * 7919) % 1000, value: i % 97 });
        for (const item of list) map.set(item.key, (map.get(item.key) ?? 0) + item.value);
        const sorted = [...map.entries()].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
        return sorted.reduce((n, [key, value], i) => (n * 31 + value + key.length + i) % 65521, 7);
      })()`),
    ],
  };
}

function sqlite(find) {
  const query = (name, fill, sql) => ({
    name,
    setup: [
      text("path", ":memory:"),
      as("handle", call(find("malloc"), 8)),
      text("fill", fill),
      text("sql", sql),
      call(find("sqlite3_open"), "$path", "$handle"),
      { load: "$handle", as: "database" },
      call(find("sqlite3_exec"), "$database", "$fill", 0, 0, 0),
      { value: 0, as: "statement" },
    ],
    measure: [
      call(find("sqlite3_finalize"), "$statement"),
      call(find("sqlite3_prepare_v2"), "$database", "$sql", -1, "$handle", 0),
      { load: "$handle", as: "statement" },
      call(find("sqlite3_step"), "$statement"),
    ],
    result: call(find("sqlite3_column_double"), "$statement", 0),
    isDouble: true,
  });
  const fill = `
    CREATE TABLE orders(id INTEGER PRIMARY KEY, customer INTEGER, product TEXT, quantity INTEGER, price REAL);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
      INSERT INTO orders SELECT i, i * 7919 % 500, 'product ' || (i * 31 % 97), i % 13 + 1, i % 1009 / 7.0 FROM n;`;
  return {
    memory: "O",
    work: [
      query("group", fill, `SELECT sum(total) FROM (SELECT customer, CAST(sum(quantity * price) AS INTEGER) total
        FROM orders WHERE product LIKE '%7%' GROUP BY customer ORDER BY total DESC LIMIT 100)`),
      query("sort", fill, `SELECT sum(id * place % 1000) FROM (
        SELECT id, row_number() OVER (ORDER BY product, price, id) place FROM orders)`),
    ],
  };
}

const sample = (size) => (
  { name: `sample-${size}`, file: join(samples, `${size}.wasm`), first: [call("few", 1)], work: [] });
const rust = (name, path, allocate, ...args) => module(name, path, call(allocate, ...args));
const realloc = ["cabi_realloc", 0, 0, 1, 1000];
const starling = "@bytecodealliance/componentize-js/lib/";

console.log(JSON.stringify([
  sample(20),
  sample(200),
  module("tree-sitter", "web-tree-sitter/web-tree-sitter.wasm", call("__wasm_call_ctors"), call("malloc", 1000)),
  module("oniguruma", "vscode-oniguruma/release/onig.wasm", call("__wasm_call_ctors"), call("malloc", 1000)),
  emscripten("quickjs", "@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm",
    "@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.mjs", quickJs),
  emscripten("sql.js", "sql.js/dist/sql-wasm.wasm", "sql.js/dist/sql-wasm.js", sqlite),
  emscripten("libheif", "libheif-js/libheif-wasm/libheif.wasm", "libheif-js/libheif-wasm/libheif.js"),
  rust("wasm-tools", "@bytecodealliance/jco-transpile/vendor/wasm-tools.core.wasm", ...realloc),
  rust("resvg", "@resvg/resvg-wasm/index_bg.wasm", "__wbindgen_malloc", 1000, 1),
  rust("bindgen", "@bytecodealliance/jco-transpile/vendor/js-component-bindgen-component.core.wasm", ...realloc),
  rust("splicer", `${starling}spidermonkey-embedding-splicer.core.wasm`, ...realloc),
  emscripten("canvaskit", "canvaskit-wasm/bin/canvaskit.wasm", "canvaskit-wasm/bin/canvaskit.js"),
  module("mupdf", "mupdf/dist/mupdf-wasm.wasm"),
  module("starlingmonkey", `${starling}starlingmonkey_embedding_weval.wasm`, call("_initialize"), call(...realloc)),
  module("esbuild-go", "esbuild-wasm/esbuild.wasm", call("run", 0, 0)),
  rust("lightningcss", "lightningcss-wasm/lightningcss_node.wasm", "napi_wasm_malloc", 1000),
  rust("swc", "@swc/wasm/wasm_bg.wasm", "__wbindgen_export_0", 1000, 1),
  module("esbuild-wasi", "@esbuild/wasi-preview1/esbuild.wasm"),
]));
