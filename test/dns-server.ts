import { createSocket } from "node:dgram";

export type DnsServer = {
  /** As `--import` hands it to a process that shall ask here. */
  address: string;
  /** What the names of the tests point at from now on: an answer a question, the last one again and again. */
  point(...answers: string[][]): void;
  /** How often was asked. */
  asked(): number;
  close(): Promise<void>;
};

const HEADER_BYTES = 12;
const A = 1;

/** A name server whose IPv4 answers change under whoever asks: DNS over UDP, as far as one question needs it. */
export async function openDnsServer(): Promise<DnsServer> {
  let answers: string[][] = [];
  let asked = 0;
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    const questionEnd = query.indexOf(0, HEADER_BYTES) + 5;
    const type = query.readUInt16BE(questionEnd - 4);
    const found = type === A ? ((answers.length > 1 ? answers.shift() : answers[0]) ?? []) : [];
    asked += 1;
    const header = Buffer.from(query.subarray(0, HEADER_BYTES));
    header.writeUInt16BE(0x8180, 2);
    header.writeUInt16BE(found.length, 6);
    header.writeUInt32BE(0, 8);
    socket.send(
      Buffer.concat([header, query.subarray(HEADER_BYTES, questionEnd), ...found.map(record)]),
      from.port,
      from.address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    point: (...given) => {
      answers = given;
    },
    asked: () => asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** Of the name in the question, not to be kept for a second. */
function record(address: string): Buffer {
  const bytes = Buffer.from(address.split(".").map(Number));
  return Buffer.concat([Buffer.from([0xc0, HEADER_BYTES, 0, A, 0, 1, 0, 0, 0, 0, 0, bytes.length]), bytes]);
}
