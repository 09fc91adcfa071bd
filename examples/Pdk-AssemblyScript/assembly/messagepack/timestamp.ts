// A moment, as the extension type -1 holds it.
export class Timestamp {
  constructor(
    // Since 1970-01-01 UTC, rounded down.
    readonly seconds: i64,
    // After those seconds: 0 to 999,999,999.
    readonly nanoseconds: u32,
  ) {}
}
