export interface Mp4Input {
  width: number;
  height: number;
  framesPerSecond: number;
  /** The `avcC` content. */
  configuration: Buffer;
  /** Coded frames with their length before them; the first is the only key frame. */
  frames: Buffer[];
}

const UNIT_MATRIX = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

/** An MP4 file with one video track. */
export function mp4(input: Mp4Input): Buffer {
  const head = box("ftyp", Buffer.from("isom\0\0\x02\0isomiso2avc1mp41", "latin1"));
  // the address of the first frame is known once the length of `moov` is: it does not depend on the address
  const draft = moov(input, 0);
  return Buffer.concat([head, moov(input, head.length + draft.length + 8), box("mdat", ...input.frames)]);
}

function moov(input: Mp4Input, firstFrameAt: number): Buffer {
  const { width, height, framesPerSecond, frames } = input;
  const duration = frames.length;
  return box(
    "moov",
    box(
      "mvhd",
      u32(0, 0, 0, framesPerSecond, duration, 0x10000),
      u16(0x100, 0),
      u32(0, 0, ...UNIT_MATRIX),
      u32(0, 0, 0, 0, 0, 0, 2),
    ),
    box(
      "trak",
      box("tkhd", u32(3, 0, 0, 1, 0, duration, 0, 0), u16(0, 0, 0, 0), u32(...UNIT_MATRIX, width << 16, height << 16)),
      box(
        "mdia",
        box("mdhd", u32(0, 0, 0, framesPerSecond, duration), u16(0x55c4, 0)),
        box("hdlr", u32(0, 0), Buffer.from("vide"), u32(0, 0, 0), Buffer.from("Video\0")),
        box(
          "minf",
          box("vmhd", u32(1, 0, 0)),
          box("dinf", box("dref", u32(0, 1), box("url ", u32(1)))),
          sampleTable(input, firstFrameAt),
        ),
      ),
    ),
  );
}

function sampleTable({ width, height, configuration, frames }: Mp4Input, firstFrameAt: number): Buffer {
  const entry = box(
    "avc1",
    u32(0),
    u16(0, 1),
    u32(0, 0, 0, 0),
    u16(width, height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    Buffer.alloc(32),
    u16(24, 0xffff),
    box("avcC", configuration),
  );
  return box(
    "stbl",
    box("stsd", u32(0, 1), entry),
    box("stts", u32(0, 1, frames.length, 1)),
    box("stss", u32(0, 1, 1)),
    box("stsc", u32(0, 1, 1, frames.length, 1)),
    box("stsz", u32(0, 0, frames.length, ...frames.map((frame) => frame.length))),
    box("stco", u32(0, 1, firstFrameAt)),
  );
}

function box(name: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(body.length + 8), Buffer.from(name, "latin1"), body]);
}

function u32(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) buffer.writeUInt32BE(value >>> 0, at * 4);
  return buffer;
}

function u16(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) buffer.writeUInt16BE(value, at * 2);
  return buffer;
}
