import { expect, test } from 'vitest';
import { gradeSsnName, type SsnGrade } from './grade-ssn-name.ts';
import type { Name } from './name.ts';

const name = (given: string, surname: string, middle = '', suffix = ''): Name => ({
  given,
  middle,
  surname,
  suffix,
});

/** What a grader must decide, case by case: record, typed, grade. */
const CASES: readonly (readonly [string, Name, Name, SsnGrade])[] = [
  ['case', name('JOHN', 'SMITH'), name('john', 'Smith'), 'full'],
  ['apostrophe', name('SEAN', 'OBRIEN'), name('Sean', "O'Brien"), 'full'],
  ['accent', name('JOSE', 'NUNEZ'), name('José', 'Núñez'), 'full'],
  ['blank in the first name', name('MARYJANE', 'DOE'), name('Mary Jane', 'Doe'), 'full'],
  ['hyphen in the first name', name('JOANNE', 'DOE'), name('Jo-Anne', 'Doe'), 'full'],
  ['hyphen in the surname', name('MAURICE', 'JONES DREW'), name('Maurice', 'Jones-Drew'), 'full'],
  ['half of a first name in the middle field', name('MARYJANE', 'DOE'), name('Mary', 'Doe', 'Jane'), 'full'],
  ['missing suffix', name('JOHN', 'SMITH'), name('John', 'Smith', '', 'Jr'), 'full'],
  ['suffix inside the surname', name('JOHN', 'SMITH', '', 'JR'), name('John', 'Smith Jr.'), 'full'],
  ['title', name('JOHN', 'SMITH'), name('Dr. John', 'Smith'), 'full'],
  ['other suffix', name('JOHN', 'SMITH', '', 'JR'), name('John', 'Smith', '', 'III'), 'partial'],
  ['middle name in the first field', name('JOHN', 'SMITH'), name('John Paul', 'Smith'), 'full'],
  ['other middle name', name('JOHN', 'SMITH', 'A'), name('John', 'Smith', 'Brian'), 'full'],
  ['initial', name('JOHN', 'SMITH'), name('J', 'Smith'), 'partial'],
  ['nickname', name('ROBERT', 'SMITH'), name('Bob', 'Smith'), 'partial'],
  ['one slip', name('JOHN', 'SMITH'), name('John', 'Smtih'), 'partial'],
  ['one letter of four, first name exact', name('ANNA', 'LEE'), name('Anna', 'Lea'), 'partial'],
  ['one letter of four, first name not', name('ANNA', 'BELL'), name('Ruth', 'Ball'), 'none'],
  ['swapped', name('JOHN', 'SMITH'), name('Smith', 'John'), 'partial'],
  ['half of a double surname', name('ANA', 'GARCIA LOPEZ'), name('Ana', 'Garcia'), 'partial'],
  ['double surname the other way round', name('ANA', 'GARCIA LOPEZ'), name('Ana', 'Lopez Garcia'), 'full'],
  ['joined particles', name('ROSA', 'DE LA ROSA'), name('Rosa', 'DelaRosa'), 'full'],
  ['split particle', name('IAN', 'MACDONALD'), name('Ian', 'Mac Donald'), 'full'],
  ['new surname', name('MARY', 'SMITH'), name('Mary', 'Walker'), 'partial'],
  ['transliteration', name('MUHAMMAD', 'KHAN'), name('Mohamed', 'Khan'), 'partial'],
  ['abbreviation', name('MUHAMMAD', 'KHAN'), name('Mhd', 'Khan'), 'partial'],
  ['cut at 21', name('ANA', 'VILLANUEVA RODRIGUEZD'), name('Ana', 'Villanueva Rodriguezdelgado'), 'full'],
  ['cut at 20', name('ANA', 'WOLFESCHLEGELSTEINHA'), name('Ana', 'Wolfeschlegelsteinhausen'), 'full'],
  ['cut at 16', name('MARYELIZABETHANN', 'DOE'), name('Mary Elizabeth Anne Jo', 'Doe'), 'full'],
  ['other first name', name('JOHN', 'SMITH'), name('Peter', 'Smith'), 'partial'],
  ['other name', name('JOHN', 'SMITH'), name('Peter', 'Walker'), 'none'],
  ['placeholder', name('JOHN', 'SMITH'), name('Unknown', 'Smith'), 'none'],
  ['not applicable', name('JOHN', 'SMITH'), name('N/A', 'Smith'), 'none'],
  ['first name unknown', name('JOHN', 'SMITH'), name('FNU', 'Smith'), 'none'],
  ['surname unknown', name('JOHN', 'SMITH'), name('John', 'LNU'), 'none'],
  ['anonymous', name('JOHN', 'SMITH'), name('Anonymous', 'Smith'), 'none'],
  ['a placeholder in the register', name('UNKNOWN', 'SMITH'), name('John', 'Smith'), 'partial'],
  ['nothing', name('JOHN', 'SMITH'), name('', ''), 'none'],
  ['one line', name('JOHN', 'SMITH', 'PAUL'), { full: 'Smith, John P.' }, 'full'],
];

test.each(CASES)('%s', (_, record, typed, grade) => {
  expect(gradeSsnName([record], typed)).toBe(grade);
});

test('the best alias counts', () => {
  const records = [name('MARY', 'SMITH'), name('MARY', 'WALKER')];
  expect(gradeSsnName(records, name('Mary', 'Walker'))).toBe('full');
  expect(gradeSsnName([], name('Mary', 'Walker'))).toBe('none');
});

test('an operator may take nicknames for full and one name for nothing', () => {
  const records = [name('ROBERT', 'SMITH')];
  expect(gradeSsnName(records, name('Bob', 'Smith'), { nickname: 'full' })).toBe('full');
  expect(gradeSsnName(records, name('Peter', 'Smith'), { oneName: 'none' })).toBe('none');
});
