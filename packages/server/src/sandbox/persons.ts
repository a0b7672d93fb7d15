/** A fictional person of the sandbox and the outcome that asking for the number shows. */
export interface SandboxPerson {
  readonly cpr: string;
  readonly shows: string;
}

/**
 * One demo person of CPR's for each outcome. They are the register's own fictional persons; the files are in
 * `packages/server/sandbox/cpr`, and a test asks for each of them.
 */
export const SANDBOX_PERSONS: readonly SandboxPerson[] = [
  { cpr: '1307610015', shows: 'Active, with middle name, floor, door and place name' },
  { cpr: '0709614495', shows: 'Active, with a c/o name' },
  { cpr: '3006980014', shows: 'Active, an infant without a name' },
  { cpr: '0701614011', shows: 'Active, with name and address protection' },
  { cpr: '0708614335', shows: 'Emigrated, with name and address protection' },
  { cpr: '3012995007', shows: 'ActiveWithHighRoadCode (no fixed address)' },
  { cpr: '3112000010', shows: 'ActiveRegisteredResidenceInGreenlandicCpr, building number B-3112' },
  { cpr: '0904414131', shows: 'ActiveRegisteredResidenceInGreenlandicCprWithHighRoadCode' },
  { cpr: '0905414143', shows: 'ActiveAdministrativeSocialSecurityNumber' },
  { cpr: '0701614054', shows: 'CancelledSocialSecurityNumber' },
  { cpr: '0101520013', shows: 'DeletedSocialSecurityNumber' },
  { cpr: '0706614818', shows: 'ChangedSocialSecurityNumber' },
  { cpr: '1312814362', shows: 'Missing' },
  { cpr: '0709614258', shows: 'Emigrated' },
  { cpr: '0901414084', shows: 'Deceased' },
];

/** In no register, and of the right form: counts as a failed lookup. */
export const UNKNOWN_NUMBER = '0101019999';
