// Greets by name, with a greeting that the application gives: "Ada" becomes "Hello, Ada!".
//
// The greeting comes from the host function `greeting.prefix`, which is sent a language tag: the configured `language`,
// or "en". A name may have 1,024 bytes, a language tag 64, a greeting 256. The code of a failure is 2 when the greeting
// is at fault, else 1.
import {
  call, Config, ErrorText, fail, Input, Level, log, Output, Reply, run, Status, SUCCESS, TextReader,
} from "../assembly";

// @ts-ignore: decorator
@external("plugins:host/v1", "greeting.prefix")
declare function greetingPrefix(source: usize, length: i32): i32;

function failGreeting(status: i32, greeting: Reply, language: Uint8Array): i32 {
  if (status == Status.Denied) return fail("asking for a greeting is not permitted", 2);
  if (status == Status.TooLarge) return fail("the greeting is too large", 2);
  if (status == Status.NotFound) {
    ErrorText.text('there is no greeting for the language "');
    ErrorText.bytes(language);
    return fail('"', 2);
  }
  if (status != Status.Failed) return fail("the greeting failed", 2);
  ErrorText.text("the greeting failed: ");
  ErrorText.bytes(greeting.bytes);
  return 2;
}

function give(): i32 {
  const name = Input.bytes();
  if (name.length > 1024) return fail("the name is longer than 1024 bytes");
  const text = TextReader.of(name);
  if (!text.isValid()) return fail(text.error);
  const language = Config.read("language");
  const known = language.succeeded || language.status == Status.NotFound;
  if (!known || language.bytes.length > 64) return fail("the language cannot be read");

  const tag = language.succeeded ? language.bytes : Uint8Array.wrap(String.UTF8.encode("en"));
  const greeting = call(greetingPrefix, tag);
  const status = greeting.succeeded && greeting.bytes.length > 256 ? Status.TooLarge : greeting.status;
  if (status != Status.Success) return failGreeting(status, greeting, tag);
  log(Level.Information, "greeting given");
  Output.bytes(greeting.bytes);
  Output.text(", ");
  Output.bytes(name);
  Output.text("!");
  return SUCCESS;
}

export function greet(): i32 {
  return run(give);
}
