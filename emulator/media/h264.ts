/**
 * The smallest honest H.264: baseline profile, each 16 × 16 block either written out sample by sample (I_PCM) or taken
 * over from the frame before (skipped). Enough for a drawn clip that every browser plays.
 */

export interface SequenceHeaders {
  sequence: Buffer;
  picture: Buffer;
}

const SKIPPED_OR_IPCM_IN_P = 30;
const IPCM_IN_I = 25;

export function sequenceHeaders(width: number, height: number): SequenceHeaders {
  const sequence = new Bits();
  sequence.bytes(0x67, 66, 0xc0, 30);
  sequence.ue(0).ue(0).ue(2).ue(1).bit(0);
  sequence.ue(width / 16 - 1).ue(height / 16 - 1);
  sequence.bit(1).bit(1).bit(0).bit(0).end();
  const picture = new Bits();
  picture.bytes(0x68);
  picture.ue(0).ue(0).bit(0).bit(0).ue(0).ue(0).ue(0).bit(0).bits(0, 2);
  picture.ue(0).ue(0).ue(0).bit(1).bit(0).bit(0).end();
  return { sequence: sequence.toBuffer(), picture: picture.toBuffer() };
}

/** The `avcC` box's content. */
export function avcConfiguration({ sequence, picture }: SequenceHeaders): Buffer {
  return Buffer.concat([
    Buffer.from([1, 66, 0xc0, 30, 0xff, 0xe1]),
    uint16(sequence.length),
    sequence,
    Buffer.from([1]),
    uint16(picture.length),
    picture,
  ]);
}

/** One frame with its length before it, as MP4 keeps it; the first has no `before`. */
export function codedFrame(n: number, blocks: Buffer[], before: Buffer[] | null): Buffer {
  const slice = new Bits();
  slice.bytes(before ? 0x41 : 0x65);
  slice
    .ue(0)
    .ue(before ? 5 : 7)
    .ue(0)
    .bits(n % 16, 4);
  if (before) slice.bit(0).bit(0).bit(0);
  else slice.ue(0).bit(0).bit(0);
  slice.ue(0).ue(1);
  let skipped = 0;
  blocks.forEach((block, at) => {
    if (before?.[at]?.equals(block)) {
      skipped++;
      return;
    }
    if (before) slice.ue(skipped).ue(SKIPPED_OR_IPCM_IN_P);
    else slice.ue(IPCM_IN_I);
    skipped = 0;
    slice.align().raw(block);
  });
  if (skipped > 0) slice.ue(skipped);
  const unit = withoutStartCodes(slice.end().toBuffer());
  const length = Buffer.alloc(4);
  length.writeUInt32BE(unit.length);
  return Buffer.concat([length, unit]);
}

/** Two zero bytes followed by 0 to 3 would look like the start of a unit: a 3 goes between. */
function withoutStartCodes(unit: Buffer): Buffer {
  const out: number[] = [];
  let zeros = 0;
  for (const byte of unit) {
    if (zeros >= 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(out);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

class Bits {
  private readonly out: number[] = [];
  private held = 0;
  private count = 0;

  bit(value: number): this {
    this.held = (this.held << 1) | value;
    if (++this.count === 8) {
      this.out.push(this.held);
      this.held = 0;
      this.count = 0;
    }
    return this;
  }

  bits(value: number, length: number): this {
    for (let at = length - 1; at >= 0; at--) this.bit((value >> at) & 1);
    return this;
  }

  /** Unsigned Exp-Golomb; a signed 0 is the same. */
  ue(value: number): this {
    const length = 32 - Math.clz32(value + 1);
    return this.bits(0, length - 1).bits(value + 1, length);
  }

  align(): this {
    while (this.count !== 0) this.bit(0);
    return this;
  }

  bytes(...values: number[]): this {
    for (const value of values) this.bits(value, 8);
    return this;
  }

  raw(block: Buffer): this {
    for (const byte of block) this.out.push(byte);
    return this;
  }

  end(): this {
    return this.bit(1).align();
  }

  toBuffer(): Buffer {
    return Buffer.from(this.out);
  }
}
