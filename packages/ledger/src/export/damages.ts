/** What can be wrong with an export, in words that follow "The ledger is damaged:" (EXPORT.md, Checks). */
export const damages = {
  'key-missing': 'it comes without the key that signs it',
  'key-malformed': 'its key is no verifier key',
  'checkpoint-missing': 'it comes without a checkpoint',
  'checkpoint-malformed': 'its checkpoint is no checkpoint',
  'checkpoint-unsigned': 'its checkpoint is not signed by the key',
  'checkpoint-bad-signature': 'its checkpoint has a wrong signature',
  'checkpoint-wrong-origin': 'its checkpoint is that of another ledger',
  'old-checkpoint-malformed': 'the older checkpoint is no checkpoint',
  'old-checkpoint-unsigned': 'the older checkpoint is not signed by the key',
  'old-checkpoint-bad-signature': 'the older checkpoint has a wrong signature',
  'old-checkpoint-wrong-origin': 'the older checkpoint is that of another ledger',
  'old-checkpoint-larger': 'the older checkpoint counts more entries',
  'entries-missing': 'it comes without entries',
  'line-malformed': 'its line is not one of an export',
  'entry-number': 'it does not stand at its place',
  'leaf-hash': 'its leaf does not have its hash',
  'leaf-malformed': 'its leaf is not readable',
  'time-order': 'its time is before that of its account’s entry before it',
  'details-mismatch': 'its details are not those of its leaf',
  budget: 'outcome, failures or block do not follow from the entries before it',
  size: 'the checkpoint counts another number of entries',
  'details-missing': 'its details are missing, and no later entry erases them',
  root: 'the tree over the entries is not that of the checkpoint',
  'old-checkpoint-root': 'the first entries are not those of the older checkpoint',
} as const;

export type Damage = keyof typeof damages;
