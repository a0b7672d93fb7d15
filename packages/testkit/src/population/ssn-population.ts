import { chanceOf } from './chance.ts';
import { dayOf } from './cpr-population.ts';
import { fictionalSsn } from './fictional-numbers.ts';
import { drawName } from './names.ts';

/** One row of an SSN CSV file; dates `YYYY-MM-DD`, what is not known is empty. */
export interface SsnRowOfPopulation {
  readonly ssn: string;
  readonly firstName: string;
  readonly middleName: string;
  readonly lastName: string;
  readonly dateOfBirth: string;
  readonly dateOfDeath: string;
}

const DEAD = 0.2;

/** Holders by index, from 0 to below 66 million; each is made when asked for, and always the same. */
export function ssnPopulation(seed: number): (index: number) => SsnRowOfPopulation {
  return (index) => {
    const chance = chanceOf(seed, index);
    const { given, middle, surname } = drawName(chance, chance.happens(0.5) ? 'K' : 'M');
    return {
      ssn: fictionalSsn(index),
      firstName: given,
      middleName: middle,
      lastName: surname,
      dateOfBirth: dayOf(chance, 1940),
      dateOfDeath: chance.happens(DEAD) ? '2024-11-02' : '',
    };
  };
}
