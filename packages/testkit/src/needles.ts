import { type WrittenForm, writtenForms } from './written-forms.ts';

/** A text that was found, and the form that it was found in. */
export interface Hit {
  readonly text: string;
  readonly form: string;
  readonly at: number;
}

interface Needle extends WrittenForm {
  readonly text: string;
}

const KEY_BYTES = 4;

/** Finds any of many texts, in any of their forms, in one pass over the bytes. */
export class Needles {
  readonly #byKey = new Map<number, Needle[]>();
  /** Whether some needle begins with these two bytes: nearly all places are ruled out by it. */
  readonly #begins = new Uint8Array(65_536);

  constructor(texts: Iterable<string>) {
    for (const text of texts) {
      for (const { form, bytes } of writtenForms(text)) {
        const key = bytes.readUInt32BE(0);
        const needles = this.#byKey.get(key) ?? [];
        needles.push({ text, form, bytes });
        this.#byKey.set(key, needles);
        this.#begins[bytes.readUInt16BE(0)] = 1;
      }
    }
  }

  hitsIn(bytes: Buffer): Hit[] {
    const hits: Hit[] = [];
    for (let at = 0; at + KEY_BYTES <= bytes.length; at += 1) {
      const first = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
      if (this.#begins[first] === 0) continue;
      for (const { text, form, bytes: needle } of this.#byKey.get(bytes.readUInt32BE(at)) ?? []) {
        if (bytes.subarray(at, at + needle.length).equals(needle)) hits.push({ text, form, at });
      }
    }
    return hits;
  }
}
