// Reads a document in hexadecimal text per line, and prints what another implementation makes of the decoded value.
import { createInterface } from "node:readline";
import {
  decode, decodeTimestampToTimeSpec, encode, encodeTimeSpecToTimestamp, EXT_TIMESTAMP, ExtensionCodec,
} from "@msgpack/msgpack";

// Its own codec makes a Date of a timestamp, which has milliseconds only.
class Instant {
  constructor(spec) {
    this.spec = spec;
  }
}

const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: EXT_TIMESTAMP,
  encode: value => value instanceof Instant ? encodeTimeSpecToTimestamp(value.spec) : null,
  decode: data => new Instant(decodeTimestampToTimeSpec(data)),
});

for await (const line of createInterface({ input: process.stdin })) {
  const value = decode(Buffer.from(line, "hex"), { extensionCodec, useBigInt64: true });
  process.stdout.write(Buffer.from(encode(value, { extensionCodec, useBigInt64: true })).toString("hex") + "\n");
}
