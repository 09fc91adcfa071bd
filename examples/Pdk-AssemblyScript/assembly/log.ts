import { logWrite } from "./abi";

// How much a log entry matters.
export enum Level {
  Trace,
  Debug,
  Information,
  Warning,
  Error,
  Critical,
}

// Writes an entry for the operator's log. Beyond the call's limit entries are counted and dropped.
export function log(level: Level, text: string): void {
  const bytes = String.UTF8.encode(text);
  logWrite(level, changetype<usize>(bytes), bytes.byteLength);
}
