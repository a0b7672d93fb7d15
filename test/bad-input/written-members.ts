/** What a body deserves: `refused` for its fields, `malformed` as a whole, `answered` because it is good all the same. */
export type Deserves =
  | 'answered'
  | 'refused'
  | 'malformed'
  | 'malformed-or-refused'
  | 'refused-or-answered'
  | 'too-large';

export interface BodyCase {
  readonly bytes: Buffer;
  readonly deserves: Deserves;
  /** JSON pointer to the only member that is wrong, where the answer has to name it. */
  readonly pointer?: string;
}

/** What a member holds, which says what may go wrong with it. */
type Holds =
  | 'cpr'
  | 'ssn'
  | 'ssn-name'
  | 'text'
  | 'optional'
  | 'date'
  | 'members'
  /** Of our own API. */
  | 'register'
  | 'number'
  | 'name'
  | 'parts';

export interface Member {
  readonly key: string;
  readonly holds: Holds;
  readonly value: string | readonly Member[];
}

/** A member as it is written: key and value are JSON already. */
export interface Written {
  readonly key: string;
  readonly value: string;
}

export function written({ key, value }: Member): Written {
  return {
    key: JSON.stringify(key),
    value: typeof value === 'string' ? JSON.stringify(value) : objectOf(value.map(written)),
  };
}

export function objectOf(members: readonly Written[]): string {
  return `{${members.map(({ key, value }) => `${key}:${value}`).join(',')}}`;
}

/** Makes a case of a text, by what it deserves. */
export const body = (deserves: Deserves) => (text: string) => ({ bytes: Buffer.from(text), deserves });

/** The good object with one member replaced, at whatever depth it stands. */
export function withMember(
  members: readonly Member[],
  target: Member,
  put: (one: Written) => readonly Written[],
): string {
  const write = (member: Member): readonly Written[] => {
    if (member === target) return put(written(member));
    if (typeof member.value === 'string') return [written(member)];
    return [{ key: JSON.stringify(member.key), value: objectOf(member.value.flatMap(write)) }];
  };
  return objectOf(members.flatMap(write));
}

export function everyMember(members: readonly Member[]): Member[] {
  return members.flatMap((member) =>
    typeof member.value === 'string' ? [member] : [member, ...everyMember(member.value)],
  );
}
