/** What verifying a number and a name answers, in the words of the SSN verification surface (`ssnMatch`). */
export type SandboxOutcome =
  | 'fullMatch'
  | 'partialMatch'
  | 'noMatch'
  | 'deceased'
  | 'notFound'
  | 'invalidFormat';

/** A number of the sandbox's SSN register with a name to type and the answer that they get together. */
export interface SandboxHolder {
  readonly ssn: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly outcome: SandboxOutcome;
  readonly shows: string;
}

/**
 * Fictional holders, so that every answer can be seen. Their numbers have long been known as nobody's, from sample
 * cards, pamphlets and advertisements; 123-45-6789 is also the example of vendors' documentation. They are held in
 * `packages/server/sandbox/ssn`.
 */
export const SANDBOX_HOLDERS: readonly SandboxHolder[] = [
  holder('123-45-6789', 'John', 'Doe', 'fullMatch', 'the number of the documentation'),
  holder('078-05-1120', 'Augustus', 'Testwell', 'fullMatch', 'middle name and suffix not typed'),
  holder('219-09-9999', 'Marigold', 'Sample Holder', 'fullMatch', 'a hyphen typed as a blank'),
  holder('002-28-1852', 'Fiona', 'OFiction', 'fullMatch', 'an apostrophe left out'),
  holder('042-10-3580', 'Greta', 'Mockingham', 'fullMatch', 'the name of today'),
  holder('042-10-3580', 'Greta', 'Dummings', 'fullMatch', 'an earlier name that the register holds too'),
  holder('095-07-3645', 'Perpetua', 'Featherstonehaughington', 'fullMatch', 'a name that the register cut'),
  holder('128-03-6045', 'Renee', 'Inventee', 'fullMatch', 'accents left out'),
  holder('165-16-7999', 'Willem', 'van der Voorbeeld', 'fullMatch', 'a surname of three words'),
  holder('062-36-0749', 'Carlos', 'Ejemplo', 'partialMatch', 'half of a double surname'),
  holder('135-01-6629', 'Bob', 'Specimen', 'partialMatch', 'a nickname'),
  holder('141-18-6941', 'Jonathan', 'Prototpye', 'partialMatch', 'a slip of typing'),
  holder('189-09-2294', 'Edgar', 'Winterbottom', 'noMatch', 'somebody else'),
  holder('212-09-7694', 'Mortimer', 'Mannequin', 'deceased', 'a date of death in the register'),
  holder('212-09-9999', 'Albert', 'Nobody', 'deceased', 'known from the Death Master File alone'),
  holder('306-30-2348', 'Hester', 'Placeholder', 'deceased', 'living in one file, reported dead in another'),
  holder('308-12-5070', 'Winifred', 'Figment', 'deceased', 'died on a day that is not known'),
  holder('549-24-1889', 'Nora', 'Nowhere', 'notFound', 'a number that nobody holds'),
  holder('666-12-3456', 'Ivan', 'Invalid', 'invalidFormat', 'an area that SSA never assigns'),
];

function holder(
  ssn: string,
  firstName: string,
  lastName: string,
  outcome: SandboxOutcome,
  shows: string,
): SandboxHolder {
  return { ssn, firstName, lastName, outcome, shows };
}
