// Writes what to do with each real module, for real.mjs, Plugins.Benchmarks and the tests of real modules alike:
//   node recipes.mjs SAMPLES NODE_MODULES… > recipes.json
// SAMPLES is a folder with modules of our own, or "-" for tests, which have small modules with known answers instead of
// those. Packages that are in none of the folders are left out. Exports have names that change with every release; where
// a package's own code says which is which, it is asked.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [samples, ...packages] = process.argv.slice(2);
const find = (path) => packages.map((folder) => join(folder, path)).find((file) => existsSync(file));
const call = (name, ...args) => ({ call: name, args });
const as = (name, step) => ({ ...step, as: name });
const text = (name, content) => ({ text: content, as: name });
const place = (at, content) => ({ text: content, at });

function exportsOf(file) {
  return WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(file)));
}

// Emscripten's code assigns "_name = exports.xy".
function finder(glue) {
  const source = readFileSync(find(glue), "utf8");
  return (name) => {
    const found = new RegExp(`_${name} ?= ?[\\w$]+\\.([\\w$]+)`).exec(source);
    if (!found) throw new Error(`${glue} does not say what ${name} is called.`);
    return found[1];
  };
}

// Constructors come first among the functions that Emscripten exports.
function emscripten(name, path, glue, workOf = () => ({})) {
  const file = find(path);
  if (!file) return null;
  const nameOf = finder(glue);
  const [constructors] = exportsOf(file).filter(({ kind }) => kind === "function");
  const allocate = nameOf("malloc");
  const first = [call(constructors.name), call(allocate, 1000)];
  return { name, file, allocate, first, work: [], checks: [], ...workOf(nameOf) };
}

function module(name, path, ...first) {
  const file = find(path);
  return file ? { name, file, first, work: [], checks: [] } : null;
}

// What a function has to answer, as text: a number, or the hexadecimal digits of an i64.
function check(name, kind, expected, steps, result) {
  return { name, kind, expected, steps, result };
}

function checked(name, path, memory, checks) {
  const described = module(name, path);
  return described && { ...described, memory, checks };
}

function workAsCheck(work, expected) {
  return check(work.name, "f64", expected, [...work.setup, ...work.measure], work.result);
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
    checks: [
      workAsCheck(evaluate("sum", "[1, 2, 3.5].reduce((sum, value) => sum + value) * 2"), "13"),
      workAsCheck(evaluate("text", "[...'grüße'.toUpperCase()].map(c => c.codePointAt(0)).join('').length"), "13"),
      workAsCheck(evaluate("big", "Number((2n ** 64n) % 1000007n)"), String(Number((2n ** 64n) % 1000007n))),
    ],
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
    checks: [
      workAsCheck(query("sum", "CREATE TABLE t(a); INSERT INTO t VALUES (1), (2), (39)", "SELECT sum(a) FROM t"), "42"),
      workAsCheck(query("text", "", "SELECT length(replace('aXbXc', 'X', '--')) + 0.5"), "7.5"),
    ],
    work: [
      query("group", fill, `SELECT sum(total) FROM (SELECT customer, CAST(sum(quantity * price) AS INTEGER) total
        FROM orders WHERE product LIKE '%7%' GROUP BY customer ORDER BY total DESC LIMIT 100)`),
      query("sort", fill, `SELECT sum(id * place % 1000) FROM (
        SELECT id, row_number() OVER (ORDER BY product, price, id) place FROM orders)`),
    ],
  };
}

const sample = (size) => (
  { name: `sample-${size}`, file: join(samples, `${size}.wasm`), first: [call("few", 1)], work: [], checks: [] });
const rust = (name, path, allocate, ...args) => module(name, path, call(allocate, ...args));
const mappings = (content) => [
  as("place", call("allocate_mappings", content.length)),
  { text: content, at: "$place" },
  call("parse_mappings", "$place"),
];
const realloc = ["cabi_realloc", 0, 0, 1, 1000];
const starling = "@bytecodealliance/componentize-js/lib/";

// FIPS 180-4 of 64 times "a"; the first and the last four bytes, as a little-endian number.
const sha256 = (name, file) => checked(name, `@chainsafe/as-sha256/build/${file}.wasm`, "memory", [
  check("first", "i32", String(0xfe54e0ff | 0), [place(60_000, "a".repeat(64)), call("digest64", 60_000, 60_100)],
    { load: 60_100 }),
  check("last", "i32", String(0xeb684615 | 0), [place(60_000, "a".repeat(64)), call("digest64", 60_000, 60_100)],
    { load: 60_128 }),
]);

const tested = [
  sha256("as-sha256", "optimized"),
  sha256("as-sha256-untouched", "untouched"),
  sha256("as-sha256-simd", "optimized.simd"),
  sha256("as-sha256-simd-untouched", "untouched.simd"),
  checked("xxhash", "xxhash-wasm/workerd/xxhash.wasm", "mem", [
    check("32", "i32", String(0x550d7456), [place(0, "a")], call("xxh32", 0, 1, 0)),
    check("64", "i64", "d24ec4f1a98c6e5b", [place(0, "a")], call("xxh64", 0, 1, "0n")),
  ]),
  checked("source-map", "source-map/lib/mappings.wasm", "memory", [
    check("parsed", "i32", "0", [...mappings("AAAA,CAAC;AACA")], call("get_last_error")),
    check("refused", "i32", "4", [...mappings("AAAA,!!")], call("get_last_error")),
  ]),
  module("zxing", "zxing-wasm/dist/reader/zxing_reader.wasm"),
];

console.log(JSON.stringify([
  ...(samples === "-" ? tested : [sample(20), sample(200)]),
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
].filter((recipe) => recipe)));
