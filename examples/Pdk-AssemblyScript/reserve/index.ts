// Reserves seats: {"name": "Ada", "seats": 2} in MessagePack becomes "2 seats in the Globe for Ada, 98 are left".
//
// The house is called as the setting `house` says; its variable `taken` counts the seats. The code of a failure is 2
// when fewer are left, else 1.
import {
  Config, fail, failHost, Input, Level, log, Output, run, Status, SUCCESS, Variables,
} from "../assembly";
import { MessagePackReader } from "../assembly/messagepack";

const SEATS = 100;

class Request {
  name: string = "";
  seats: i32 = 0;

  constructor(reader: MessagePackReader) {
    for (let pairs = reader.map(); pairs > 0 && reader.succeeded; pairs--) {
      const key = reader.str();
      if (key == "name") this.name = reader.str();
      else if (key == "seats") this.seats = reader.uint(u8.MAX_VALUE) as i32;
      else reader.skip();
    }
  }
}

// Takes seats; how many are left, or the negative code of a failure. Another call may take some at the same time: then
// it tries again.
function take(seats: i32): i32 {
  while (true) {
    const before = Variables.read("taken");
    if (!before.succeeded && before.status != Status.NotFound) return -failHost("variables.read", before);
    const taken = before.bytes.length > 0 ? (before.bytes[0] as i32) : 0;
    const left = SEATS - taken;
    if (seats > left) return -fail(`only ${left} seats are left`, 2);
    const after = new Uint8Array(1);
    after[0] = (taken + seats) as u8;
    const reply = Variables.compareExchange("taken", before.succeeded ? before.bytes : null, after);
    if (!reply.succeeded) return -failHost("variables.compare_exchange", reply);
    if (reply.bytes[0] == 1) return left - seats;
  }
}

export function reserve(): i32 {
  return run(() => {
    const reader = new MessagePackReader(Input.bytes());
    const request = new Request(reader);
    if (!reader.end()) return fail("the input: " + reader.error);
    if (request.name.length == 0 || request.seats == 0) return fail("a name and a number of seats are needed");
    const house = Config.read("house");
    if (!house.succeeded && house.status != Status.NotFound) return failHost("config.read", house);
    const left = take(request.seats);
    if (left < 0) return -left;

    log(Level.Information, "seats are reserved");
    const place = house.succeeded ? house.text : "the house";
    Output.text(`${request.seats} seats in ${place} for ${request.name}, ${left} are left`);
    return SUCCESS;
  });
}
