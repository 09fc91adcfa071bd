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

// Their places below are those of the names here.
const FIELDS: StaticArray<string> = ["customer", "currency", "lines", "tax_rate", "issued"];
const LINE_FIELDS: StaticArray<string> = ["sku", "quantity", "unit_price"];

enum Field { Unknown = -1, Customer, Currency, Lines, TaxRate, Issued }
enum LineField { Unknown = -1, Sku, Quantity, UnitPrice }

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
      const field = this.reader.strOf(FIELDS);
      given = this.remember(FIELDS, field, given);
      if (this.succeeded) this.readValue(field);
    }
    if (this.succeeded) {
      this.field = "";
      this.reader.end();
    }
    this.require(FIELDS, 3, given);
    return this.succeeded;
  }

  // Remembers a key, if it is known, in a set with a bit for each field.
  private remember(fields: StaticArray<string>, field: i32, given: i32): i32 {
    this.field = field < 0 ? "" : unchecked(fields[field]);
    if (field < 0) return given;
    if ((given >> field) & 1) this.problem = "given twice";
    return given | (1 << field);
  }

  private require(fields: StaticArray<string>, count: i32, given: i32): void {
    for (let field = 0; field < count && this.succeeded; field++) {
      if ((given >> field) & 1) continue;
      this.field = fields[field];
      this.problem = "missing";
    }
  }

  private readValue(field: Field): void {
    const reader = this.reader;
    if (field == Field.Customer) {
      this.customer = reader.str();
      if (String.UTF8.byteLength(this.customer) > CUSTOMER_LIMIT) this.problem = "longer than 256 bytes";
    } else if (field == Field.Currency) {
      this.readCurrency();
    } else if (field == Field.Lines) {
      this.readLines();
    } else if (field == Field.TaxRate) {
      if (!reader.nil()) this.taxRate = reader.uint(TAX_RATE_LIMIT);
    } else if (field == Field.Issued) {
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
      const field: LineField = this.reader.strOf(LINE_FIELDS);
      given = this.remember(LINE_FIELDS, field, given);
      if (!this.succeeded) return;
      if (field == LineField.Sku) this.reader.skipStr();
      else if (field == LineField.Quantity) quantity = this.reader.uint(QUANTITY_LIMIT);
      else if (field == LineField.UnitPrice) price = this.reader.uint(PRICE_LIMIT);
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
