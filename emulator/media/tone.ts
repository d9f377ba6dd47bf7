const RATE = 8000;
const SECONDS = 2;

/** Two seconds of a soft chord as a WAV file: what a voice message sounds like here. */
export function tone(): Buffer {
  const samples = RATE * SECONDS;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let n = 0; n < samples; n++) {
    const fade = Math.sin((Math.PI * n) / samples);
    const wave = Math.sin((2 * Math.PI * 330 * n) / RATE) + Math.sin((2 * Math.PI * 415 * n) / RATE);
    wav.writeInt16LE(Math.round(wave * fade * 6000), 44 + n * 2);
  }
  return wav;
}
