// A second implementation of the guest ABI (docs/abi.md), for Node: small, to read beside the first and to test guests
// and the contract with. It has no fuel and no time limit; run-guests.mjs stops what does not end.

export class Trap extends Error {}

// A RangeError is V8's stack that ran out.
const traps = [Trap, WebAssembly.RuntimeError, RangeError];

const Status = { denied: -1, failed: -2, tooLarge: -3, notFound: -4 };

// A capability throws it to answer with another status than 0.
export class Refusal extends Error {
  constructor(status, message = "") {
    super(message);
    this.status = Status[status] ?? status;
  }
}

const levels = ["trace", "debug", "information", "warning", "error", "critical"];
const defaults = { output: 16 << 20, error: 4096, log: 64 << 10, result: 16 << 20 };
const none = new Uint8Array(0);

// A list of bytes that has a limit.
class Sink {
  #parts = [];
  #length = 0;
  constructor(name, limit) {
    this.name = name;
    this.limit = limit;
  }

  write(bytes) {
    this.#length += bytes.length;
    if (this.#length > this.limit) throw new Trap(`the ${this.name} is over its limit of ${this.limit} bytes`);
    this.#parts.push(bytes.slice());
  }

  toBytes() {
    return Buffer.concat(this.#parts);
  }
}

// Bytes that are read in order. `piece` makes a stream of them that gives at most so many at a time.
class Source {
  #position = 0;
  constructor(bytes, piece = Infinity) {
    this.bytes = bytes;
    this.piece = piece;
  }

  readInto(target) {
    const count = Math.min(target.length, this.bytes.length - this.#position, this.piece);
    target.set(this.bytes.subarray(this.#position, this.#position + count));
    this.#position += count;
    return count;
  }
}

export class Instance {
  #exports;
  #call;
  #capabilities;
  #limits;
  #tenant;

  // options: capabilities {name: (request, context) => bytes}, limits, config {key: text}, variables (a Map).
  constructor(module, options = {}) {
    this.#limits = { ...defaults, ...options.limits };
    this.#capabilities = { ...builtIn, ...options.capabilities };
    this.#tenant = { config: options.config ?? {}, variables: options.variables ?? new Map() };
    this.#begin(none, {});
    const imports = { "plugins:abi/v1": this.#abi(), "plugins:host/v1": {} };
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      if (from === "plugins:host/v1") imports[from][name] = (at, length) => this.#capability(name, at, length);
    }
    this.#exports = new WebAssembly.Instance(module, imports).exports;
    this.#exports._initialize?.();
  }

  // Gives { code, output, error, logs }; a trap adds `trap`. options.piece streams the input.
  call(name, input = none, options = {}) {
    this.#begin(input, options);
    let code, trap;
    try {
      code = this.#exports[name]();
    } catch (error) {
      if (!traps.some(type => error instanceof type)) throw error;
      trap = error.message;
    }
    const succeeded = code === 0;
    return {
      code,
      ...(trap !== undefined && { trap }),
      output: succeeded ? this.#call.output.toBytes() : none,
      error: succeeded ? "" : new TextDecoder().decode(this.#call.error.toBytes()),
      logs: this.#call.logs,
      droppedLogs: this.#call.droppedLogs,
    };
  }

  get memoryPages() {
    return this.#exports.memory.buffer.byteLength / 65536;
  }

  #begin(input, { piece }) {
    this.#call = {
      input: new Source(input, piece),
      inputLength: piece === undefined ? input.length : -1,
      output: new Sink("output", this.#limits.output),
      error: new Sink("error text", this.#limits.error),
      result: new Source(none),
      logs: [],
      logLength: 0,
      droppedLogs: 0,
    };
  }

  // Pointers and lengths come as signed numbers; a range is checked whole, whatever is copied in the end.
  #range(at, length) {
    const memory = new Uint8Array(this.#exports.memory.buffer);
    const [start, size] = [at >>> 0, length >>> 0];
    if (start + size > memory.length) throw new Trap(`pointer ${start}, length ${size}: out of bounds`);
    return memory.subarray(start, start + size);
  }

  #abi() {
    return {
      input_length: () => this.#call.inputLength,
      input_read: (at, length) => this.#call.input.readInto(this.#range(at, length)),
      output_write: (at, length) => this.#call.output.write(this.#range(at, length)),
      error_write: (at, length) => this.#call.error.write(this.#range(at, length)),
      result_length: () => this.#call.result.bytes.length,
      result_read: (at, length) => this.#call.result.readInto(this.#range(at, length)),
      log: (level, at, length) => this.#log(level, this.#range(at, length)),
    };
  }

  #log(level, bytes) {
    this.#call.logLength += bytes.length;
    if (this.#call.logLength > this.#limits.log || this.#call.logs.length >= 1000) this.#call.droppedLogs++;
    else {
      const nearest = Math.min(Math.max(level, 0), levels.length - 1);
      this.#call.logs.push({ level: levels[nearest], text: new TextDecoder().decode(bytes) });
    }
  }

  #capability(name, at, length) {
    const request = this.#range(at, length).slice();
    this.#call.result = new Source(none);
    try {
      if (!Object.hasOwn(this.#capabilities, name)) return Status.denied;
      const result = this.#capabilities[name](request, this.#tenant);
      if (result.length > this.#limits.result) return Status.tooLarge;
      this.#call.result = new Source(result);
      return 0;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === Status.failed) this.#call.result = new Source(Buffer.from(error.message));
      return error.status;
    }
  }
}

const text = bytes => Buffer.from(bytes).toString("utf8");

function found(value) {
  if (value === undefined) throw new Refusal("notFound");
  return Buffer.from(value);
}

// u32 length, bytes; the rest.
function split(request) {
  const length = request.length >= 4 ? Buffer.from(request).readUInt32LE(0) : Infinity;
  if (length > request.length - 4) throw new Refusal("failed", "the request is malformed");
  return [request.subarray(4, 4 + length), request.subarray(4 + length)];
}

function compareExchange(request, { variables }) {
  const [key, rest] = split(request);
  const absent = rest.length >= 4 && Buffer.from(rest).readUInt32LE(0) === 0xffffffff;
  const [expected, value] = absent ? [undefined, rest.subarray(4)] : split(rest);
  const present = variables.get(text(key));
  const equal = absent ? present === undefined : present?.equals(expected) === true;
  if (equal) variables.set(text(key), Buffer.from(value));
  return equal ? Buffer.from([1]) : Buffer.concat([Buffer.from([0]), present ?? none]);
}

// The clock stands still and randomness counts, so that results can be compared.
const builtIn = {
  "config.read": (key, { config }) => found(Object.hasOwn(config, text(key)) ? config[text(key)] : undefined),
  "variables.read": (key, { variables }) => found(variables.get(text(key))),
  "variables.write": (request, { variables }) => {
    const [key, value] = split(request);
    variables.set(text(key), Buffer.from(value));
    return none;
  },
  "variables.delete": (key, { variables }) => {
    variables.delete(text(key));
    return none;
  },
  "variables.compare_exchange": compareExchange,
  "clock.now": () => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(1_750_000_000_123_456_789n);
    return bytes;
  },
  "random.bytes": request => {
    if (request.length !== 4) throw new Refusal("failed", "the request is malformed");
    const count = Buffer.from(request).readUInt32LE(0);
    if (count > 65536) throw new Refusal("tooLarge");
    return Uint8Array.from({ length: count }, (_, index) => index + 1);
  },
};
