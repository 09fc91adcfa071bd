// HTTP requests by the host, within the scope of the permission http.send.
//
//   const response = Http.send(new HttpRequest("GET", "https://api.example.com/words"));
//   if (!response.succeeded) return failHost("http.send", response.reply);
//   Output.bytes(response.body);

import { fatal } from "./error";
import { call, Reply } from "./host";
import { JsonReader } from "./json/reader";
import { JsonWriter } from "./json/writer";

// @ts-ignore: decorator
@external("plugins:host/v1", "http.send")
declare function httpSend(source: usize, length: i32): i32;

const PREFIX = 4;

export class HttpHeader {
  constructor(
    readonly name: string,
    readonly value: string,
  ) {}
}

// A request for the host to send: `new HttpRequest("GET", url).header("Accept", "text/plain")`.
export class HttpRequest {
  headers: Array<HttpHeader> = [];
  body: Uint8Array = new Uint8Array(0);

  constructor(
    // In capitals.
    readonly method: string,
    // Absolute.
    readonly url: string,
  ) {}

  // Adds a header of visible ASCII.
  header(name: string, value: string): this {
    this.headers.push(new HttpHeader(name, value));
    return this;
  }
}

// A server's response, whatever its status. Without one, `reply` says why, and the rest is 0 or empty.
export class HttpResponse {
  status: i32 = 0;
  // Values of one name are in the order in which they came.
  headers: Array<HttpHeader> = [];
  body: Uint8Array = new Uint8Array(0);

  constructor(readonly reply: Reply) {
    if (reply.succeeded) this.read(reply.bytes);
  }

  get succeeded(): bool {
    return this.reply.succeeded;
  }

  // The content as text; what is not UTF-8 in it is replaced.
  get text(): string {
    return String.UTF8.decodeUnsafe(this.body.dataStart, this.body.length);
  }

  // The value of the first header with a name, in either case.
  find(name: string): string | null {
    const wanted = name.toLowerCase();
    for (let i = 0; i < this.headers.length; i++) {
      if (this.headers[i].name.toLowerCase() == wanted) return this.headers[i].value;
    }
    return null;
  }

  private read(bytes: Uint8Array): void {
    const length: u32 = bytes.length < PREFIX ? u32.MAX_VALUE : load<u32>(bytes.dataStart);
    if (length > u32(bytes.length - PREFIX)) unreadable();
    this.body = bytes.subarray(PREFIX + i32(length));
    const json = new JsonReader(bytes.subarray(PREFIX, PREFIX + i32(length)));
    json.object();
    while (json.next()) {
      const key = json.key();
      if (key == "status") this.status = json.int(1, 999) as i32;
      else if (key == "headers") this.readHeaders(json);
      else json.skip();
    }
    if (!json.end() || this.status == 0) unreadable();
  }

  private readHeaders(json: JsonReader): void {
    json.array();
    while (json.next()) {
      json.array();
      const name = json.next() ? json.str() : "";
      const value = json.next() ? json.str() : "";
      this.headers.push(new HttpHeader(name, value));
      while (json.next()) json.skip();
    }
  }
}

export namespace Http {
  // Sends a request and waits for the whole response.
  export function send(request: HttpRequest): HttpResponse {
    const json = new JsonWriter();
    json.object();
    json.key("method").str(request.method);
    json.key("url").str(request.url);
    json.key("headers").array();
    for (let i = 0; i < request.headers.length; i++) {
      json.array().str(request.headers[i].name).str(request.headers[i].value).close();
    }
    const head = json.close().close().end();
    const message = new Uint8Array(PREFIX + head.length + request.body.length);
    store<u32>(message.dataStart, head.length);
    memory.copy(message.dataStart + PREFIX, head.dataStart, head.length);
    memory.copy(message.dataStart + PREFIX + head.length, request.body.dataStart, request.body.length);
    return new HttpResponse(call(httpSend, message));
  }
}

function unreadable(): void {
  fatal("http.send gave an answer that cannot be read");
}
