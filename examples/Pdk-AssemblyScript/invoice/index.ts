// Makes an invoice of an order, both in MessagePack: {"customer": "Ada", "currency": "EUR", "lines": [{"sku": "a-1",
// "quantity": 2, "unit_price": 1250}], "tax_rate": 1900} becomes {"customer": "Ada", "currency": "EUR", "lines": 1,
// "net": 2500, "tax": 475, "total": 2975}.
//
// Amounts are cents, the tax rate hundredths of a percent; the tax is rounded half up. An order may have a moment
// `issued`, which the invoice repeats; it and the tax rate may be nil. Unknown keys are skipped. An order may have
// 16,384 bytes. A failure names the field.
import { fail, fatal, Input, Output, run, SUCCESS } from "../assembly";
import { MessagePackReader, MessagePackWriter, Problem, Timestamp } from "../assembly/messagepack";

const ORDER_LIMIT = 16384;
const CUSTOMER_LIMIT = 256;
const QUANTITY_LIMIT: u64 = 10000;
const PRICE_LIMIT: u64 = 100000000;
const TAX_RATE_LIMIT: u64 = 10000;
const NO_LINE = -1;

const FIELDS = ["customer", "currency", "lines", "tax_rate", "issued"];
const LINE_FIELDS = ["sku", "quantity", "unit_price"];

class Order {
  customer: string = "";
  currency: string = "";
  lines: i32 = 0;
  net: u64 = 0;
  taxRate: u64 = 0;
  issued: Timestamp | null = null;

  // Where the reading is, and what is wrong beyond the MessagePack itself.
  private line: i32 = NO_LINE;
  private field: string = "";
  private problem: string = "";

  constructor(private reader: MessagePackReader) {}

  get succeeded(): bool {
    return this.reader.succeeded && this.problem.length == 0;
  }

  // "lines[2].quantity: not an integer at byte 81"
  get error(): string {
    const inLine = this.line != NO_LINE;
    const field = inLine && this.field.length > 0 ? "." + this.field : this.field;
    const place = inLine ? "lines[" + this.line.toString() + "]" + field : field.length > 0 ? field : "order";
    return place + ": " + (this.reader.succeeded ? this.problem : this.reader.error);
  }

  read(): bool {
    let given = 0;
    for (let pairs = this.reader.map(); pairs > 0 && this.succeeded; pairs--) {
      given = this.readKey(FIELDS, given);
      if (this.succeeded) this.readValue();
    }
    if (this.succeeded) {
      this.field = "";
      this.reader.end();
    }
    this.require(FIELDS, 3, given);
    return this.succeeded;
  }

  // Reads a key and remembers it, if it is known, in a set with a bit for each field.
  private readKey(fields: string[], given: i32): i32 {
    this.field = "";
    const key = this.reader.str();
    const field = fields.indexOf(key);
    if (field < 0) return given;
    this.field = key;
    if ((given >> field) & 1) this.problem = "given twice";
    return given | (1 << field);
  }

  private require(fields: string[], count: i32, given: i32): void {
    for (let field = 0; field < count && this.succeeded; field++) {
      if ((given >> field) & 1) continue;
      this.field = fields[field];
      this.problem = "missing";
    }
  }

  private readValue(): void {
    const reader = this.reader;
    if (this.field == "customer") {
      this.customer = reader.str();
      if (String.UTF8.byteLength(this.customer) > CUSTOMER_LIMIT) this.problem = "longer than 256 bytes";
    } else if (this.field == "currency") {
      this.readCurrency();
    } else if (this.field == "lines") {
      this.readLines();
    } else if (this.field == "tax_rate") {
      if (!reader.nil()) this.taxRate = reader.uint(TAX_RATE_LIMIT);
    } else if (this.field == "issued") {
      if (!reader.nil()) this.issued = reader.timestamp();
    } else {
      reader.skip();
    }
  }

  private readCurrency(): void {
    const currency = this.reader.str();
    let valid = currency.length == 3;
    for (let i = 0; i < currency.length; i++) {
      if (currency.charCodeAt(i) < 0x41 || currency.charCodeAt(i) > 0x5a) valid = false;
    }
    this.currency = currency;
    if (!valid) this.problem = "not three capital letters";
  }

  private readLines(): void {
    this.lines = this.reader.array();
    for (let line = 0; line < this.lines && this.succeeded; line++) {
      this.line = line;
      this.readLine();
    }
    if (this.succeeded) this.line = NO_LINE;
  }

  private readLine(): void {
    let given = 0;
    let quantity: u64 = 0, price: u64 = 0;
    this.field = "";
    for (let pairs = this.reader.map(); pairs > 0 && this.succeeded; pairs--) {
      given = this.readKey(LINE_FIELDS, given);
      if (!this.succeeded) return;
      if (this.field == "sku") this.reader.str();
      else if (this.field == "quantity") quantity = this.reader.uint(QUANTITY_LIMIT);
      else if (this.field == "unit_price") price = this.reader.uint(PRICE_LIMIT);
      else this.reader.skip();
    }
    this.require(LINE_FIELDS, LINE_FIELDS.length, given);
    // A line has 28 bytes at least: 585 of them come to less than 10^15, and that times a rate fits 64 bits.
    this.net += quantity * price;
  }
}

function write(order: Order): Uint8Array {
  const tax = (order.net * order.taxRate + 5000) / 10000;
  const issued = order.issued;
  const writer = new MessagePackWriter();
  writer.map(issued === null ? 6 : 7);
  writer.str("customer").str(order.customer);
  writer.str("currency").str(order.currency);
  writer.str("lines").uint(order.lines);
  writer.str("net").uint(order.net);
  writer.str("tax").uint(tax);
  writer.str("total").uint(order.net + tax);
  if (issued !== null) writer.str("issued").timestamp(issued);
  const written = writer.end();
  if (writer.problem != Problem.None) fatal(writer.error);
  return written;
}

function answer(): i32 {
  const input = Input.bytes();
  if (input.length > ORDER_LIMIT) return fail("the input is longer than 16384 bytes");
  const order = new Order(new MessagePackReader(input));
  if (!order.read()) return fail(order.error);
  Output.bytes(write(order));
  return SUCCESS;
}

export function invoice(): i32 {
  return run(answer);
}
