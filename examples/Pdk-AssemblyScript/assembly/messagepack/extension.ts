// An extension of the application's own, types 0 to 127, or of MessagePack's, below 0.
export class Extension {
  constructor(
    readonly type: i8,
    readonly bytes: Uint8Array,
  ) {}
}
