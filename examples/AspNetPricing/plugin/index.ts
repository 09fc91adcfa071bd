// Quotes a price: {"customer": "Ada", "items": [{"sku": "tea", "quantity": 12, "unitPriceCents": 450}]} becomes
// {"customer":"Ada","quantity":12,"subtotalCents":5400,"discountPercent":5,"discountCents":270,"totalCents":5130}.
//
// From 10 pieces on everything is 5 % cheaper, from 100 on 10 %; the discount is rounded down to whole cents. Fields
// that are not known are skipped, and of a field that is given twice the last value counts. A failure says what is wrong
// with the cart.
import { fail, Input, Output, run, SUCCESS } from "../../Pdk-AssemblyScript/assembly";
import { JsonReader, JsonWriter } from "../../Pdk-AssemblyScript/assembly/json";

// With these, a sum is below 10^14: an integer that every reader of JSON takes exactly.
const MAX_ITEMS: i32 = 1_000;
const MAX_QUANTITY: i64 = 1_000;
const MAX_PRICE: i64 = 100_000_000;

class Item {
  sku: string = "";
  quantity: i64 = 0;
  unitPrice: i64 = -1;

  constructor(reader: JsonReader) {
    reader.object();
    while (reader.next()) {
      const key = reader.key();
      if (key == "sku") this.sku = reader.str();
      else if (key == "quantity") this.quantity = reader.int(1, MAX_QUANTITY);
      else if (key == "unitPriceCents") this.unitPrice = reader.int(0, MAX_PRICE);
      else reader.skip();
    }
  }

  get isComplete(): bool {
    return this.sku.length > 0 && this.quantity > 0 && this.unitPrice >= 0;
  }
}

class Cart {
  customer: string = "";
  count: i32 = 0;
  quantity: i64 = 0;
  subtotal: i64 = 0;
  // What is wrong with it; empty if nothing is.
  problem: string = "";

  constructor(reader: JsonReader) {
    reader.object();
    while (reader.next()) {
      const key = reader.key();
      if (key == "customer") this.customer = reader.str();
      else if (key == "items") this.readItems(reader);
      else reader.skip();
    }
    if (!reader.end()) this.problem = reader.error;
    else if (this.problem.length == 0) this.problem = this.check();
  }

  get discountPercent(): i64 {
    return this.quantity >= 100 ? 10 : this.quantity >= 10 ? 5 : 0;
  }

  private check(): string {
    if (this.customer.length == 0) return "a customer is needed";
    if (this.count == 0) return "an item is needed";
    return this.count > MAX_ITEMS ? `more than ${MAX_ITEMS} items` : "";
  }

  private readItems(reader: JsonReader): void {
    this.count = 0;
    this.quantity = 0;
    this.subtotal = 0;
    this.problem = "";
    reader.array();
    while (reader.next()) {
      const item = new Item(reader);
      if (!item.isComplete && this.problem.length == 0) {
        this.problem = `items[${this.count}] needs a sku, a quantity and a unitPriceCents`;
      }
      this.count++;
      this.quantity += item.quantity;
      this.subtotal += item.quantity * item.unitPrice;
    }
  }
}

export function quote(): i32 {
  return run(() => {
    const cart = new Cart(new JsonReader(Input.bytes()));
    if (cart.problem.length > 0) return fail("the cart: " + cart.problem);

    const discount = (cart.subtotal * cart.discountPercent) / 100;
    const writer = new JsonWriter();
    writer.object();
    writer.key("customer").str(cart.customer);
    writer.key("quantity").int(cart.quantity);
    writer.key("subtotalCents").int(cart.subtotal);
    writer.key("discountPercent").int(cart.discountPercent);
    writer.key("discountCents").int(discount);
    writer.key("totalCents").int(cart.subtotal - discount);
    writer.close();
    Output.bytes(writer.end());
    return SUCCESS;
  });
}
