import type { OpenDesk } from "./open-desk";
import { play } from "./stories";

const AT_ONCE = 8;

/** Customers who write much. */
export type Crowd = {
  names: string[];
  /** Every text that one of them has said. */
  said: string[];
  /** One customer, by place, says something. */
  say(place: number, text: string): Promise<void>;
  /** They say `count` things in turn, several at the same time. */
  chatter(count: number): Promise<void>;
};

export async function gatherCrowd({ desk, igId }: OpenDesk, size: number): Promise<Crowd> {
  const names = Array.from({ length: size }, (_, place) => `Customer ${String(place + 1).padStart(2, "0")}`);
  const ids = await inTurn(names, async (name) => {
    const { customer } = await play(desk, "/_play/customers", { name });
    return (customer as { id: string }).id;
  });
  const said: string[] = [];
  let spoken = 0;
  const say = async (place: number, text: string): Promise<void> => {
    said.push(text);
    await play(desk, "/_play/send", { customerId: ids[place % size], igId, text });
  };
  return {
    names,
    said,
    say,
    chatter: async (count) => {
      const numbers = Array.from({ length: count }, () => spoken++);
      await inTurn(numbers, (number) => say(number, `Message ${number + 1} of the crowd`));
    },
  };
}

async function inTurn<In, Out>(list: In[], work: (one: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = [];
  const rest = list.entries();
  const worker = async () => {
    for (const [place, one] of rest) results[place] = await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
