/** What every answer says of itself. */
interface Answered {
  /** Stands for the number, for your account alone: keep it in place of the number. */
  readonly subject: string;
  /** The entry of the ledger that was written before this answer. */
  readonly recordId: string;
  readonly answeredAt: string;
}

interface CprAnswered extends Answered {
  readonly register: 'cpr';
  /** The budget of unknown CPR numbers after this question. */
  readonly budget: { readonly failures: number; readonly remaining: number };
}

interface SsnAnswered extends Answered {
  readonly register: 'ssn';
}

export interface PersonName {
  readonly given: string | null;
  readonly middle: string | null;
  readonly surname: string | null;
}

export interface PersonAddress {
  readonly careOf: string | null;
  /** The road as registered, at most 20 letters. */
  readonly road: string | null;
  readonly houseNumber: string | null;
  readonly floor: string | null;
  readonly door: string | null;
  /** Place name inside the post district. */
  readonly city: string | null;
  readonly postcode: string | null;
  readonly postDistrict: string | null;
}

type Living =
  | 'Active'
  | 'ActiveWithHighRoadCode'
  | 'ActiveRegisteredResidenceInGreenlandicCpr'
  | 'ActiveRegisteredResidenceInGreenlandicCprWithHighRoadCode'
  | 'ActiveAdministrativeSocialSecurityNumber';
type Retired =
  | 'CancelledSocialSecurityNumber'
  | 'DeletedSocialSecurityNumber'
  | 'ChangedSocialSecurityNumber';
type Gone = 'Emigrated' | 'Missing' | 'Deceased';
export type CprStatus = Living | Retired | Gone;

/** Whoever is not protected; which of them have an address, their outcome says. */
interface Open<S extends CprStatus> extends CprAnswered {
  readonly status: S;
  readonly nameAddressProtected: false;
  /** Null where the register has none, as of a newborn child. */
  readonly name: PersonName | null;
}

/** What a register says of a number. Members that an outcome may not show are no members of it. */
export type LookupAnswer =
  | (Open<Living> & { readonly outcome: 'found'; readonly address: PersonAddress | null })
  | (CprAnswered & {
      readonly outcome: 'protected';
      readonly status: CprStatus;
      readonly nameAddressProtected: true;
    })
  | (Open<'Emigrated'> & { readonly outcome: 'emigrated' })
  | (Open<'Missing'> & { readonly outcome: 'missing' })
  | (Open<'Deceased'> & { readonly outcome: 'deceased' })
  /** The number is nobody’s any more; `currentSubject` stands for the one that the person has now. */
  | (Open<Retired> & { readonly outcome: 'retired'; readonly currentSubject: string | null })
  /** It has counted as a failed lookup. */
  | (CprAnswered & { readonly outcome: 'unknown' })
  /** Somebody holds the number: whose it is, an SSN register tells nobody. */
  | (SsnAnswered & { readonly outcome: 'held' })
  | (SsnAnswered & { readonly outcome: 'deceased' })
  | (SsnAnswered & { readonly outcome: 'unknown' });

export type FieldState = 'match' | 'partial' | 'mismatch' | 'notSupplied' | 'noData' | 'protected';

export interface ComparedField {
  readonly state: FieldState;
  /** From 0 to 100; null where nothing was compared. */
  readonly score: number | null;
  readonly comment: string | null;
}

export interface ComparedFields {
  readonly name: ComparedField;
  readonly address: ComparedField;
  readonly dateOfBirth: ComparedField;
}

export interface Risk {
  readonly level: 'low' | 'medium' | 'high';
  /** Stable codes, as `Deceased` and `NameMismatch`. */
  readonly reasons: readonly string[];
}

interface Compared {
  readonly outcome: 'compared';
  readonly verdict: 'match' | 'partialMatch' | 'noMatch';
  /** From 0 to 100. */
  readonly score: number;
  readonly fields: ComparedFields;
  readonly risk: Risk;
  /** Null where it would show what your account may not see. */
  readonly explanation: Explanation | null;
}

export type VerificationAnswer =
  | (CprAnswered & Compared)
  | (CprAnswered & { readonly outcome: 'protected'; readonly fields: ComparedFields; readonly risk: Risk })
  /** It has counted as a failed lookup. */
  | (CprAnswered & { readonly outcome: 'unknown'; readonly risk: Risk })
  | (SsnAnswered & Compared)
  /** Whether the name fits is not told. */
  | (SsnAnswered & { readonly outcome: 'deceased'; readonly risk: Risk })
  | (SsnAnswered & { readonly outcome: 'unknown'; readonly risk: Risk });

/** A verification read again; it is deleted at `keptUntil`. */
export type KeptVerification = VerificationAnswer & { readonly keptUntil: string };

export type ExplainedField = 'name' | 'address' | 'dateOfBirth';

export type Relation =
  | 'equal'
  | 'folded'
  | 'initial'
  | 'nickname'
  | 'soundAlike'
  | 'spelling'
  | 'joined'
  | 'split'
  | 'abbreviation'
  | 'swappedRole'
  | 'middleAsSurname'
  | 'formerName'
  | 'extraTyped'
  | 'missingTyped'
  | 'conflict';

export type ChangeablePart =
  | 'given'
  | 'middle'
  | 'surname'
  | 'careOf'
  | 'road'
  | 'houseNumber'
  | 'floor'
  | 'door'
  | 'postcode'
  | 'city'
  | 'dateOfBirth';

/** Why a comparison came out as it did. */
export interface Explanation {
  readonly fields: readonly {
    readonly field: ExplainedField;
    readonly score: number;
    readonly threshold: number;
    readonly rule: string | null;
    /** Every word of both sides, in exactly one line. */
    readonly alignment: readonly {
      readonly record: string | null;
      readonly typed: string | null;
      readonly relation: Relation;
      readonly score: number;
      readonly weight: number;
    }[];
  }[];
  readonly arithmetic: {
    readonly terms: readonly {
      readonly field: ExplainedField;
      readonly score: number;
      readonly weight: number;
      readonly product: number;
    }[];
    readonly sum: number;
    readonly weights: number;
    readonly score: number;
  };
  /** For each field below its threshold, the fewest parts that would have to be as the register has them. */
  readonly toPass: readonly {
    readonly field: ExplainedField;
    readonly change: readonly ChangeablePart[];
    readonly score: number;
  }[];
}
