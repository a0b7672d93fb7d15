import { expect, test } from 'vitest';
import { compareRoad } from './compare-road.ts';

test.each([
  ['Skt. Hans Torv', 'Sankt Hans Torv'],
  ['Gl. Kongevej', 'Gammel Kongevej'],
  ['H.C. Andersens Blvd', 'H.C. Andersens Boulevard'],
  ['Borgm Jensens Alle', 'Borgmester Jensens Allé'],
  ['Havef. Skovlyst', 'Haveforeningen Skovlyst'],
  ['Dronn Ingrids Vej', 'Dronning Ingrids Vej'],
  ['Fr.Sundsvejens Sidev', 'Frederikssundsvejens Sidevej'],
  ['Rosenørns Alle', 'Rosenoerns Allé'],
  ['Aaboulevarden', 'Åboulevarden'],
])('%s is %s', (record, typed) => {
  expect(compareRoad(record, typed)).toMatchObject({ score: 100, match: true });
});

test.each([
  ['Rådhus Allé', 'Rådhusstrædet'],
  ['Nørregade', 'Nørrebrogade'],
  ['Tårnvej', 'Tårnhøjvej'],
  ['Cirklen F', 'Cirklen G'],
  ['Finland', 'Finlandsgade'],
  ['Sankt Hans Torv', 'Sankt Hans Gade'],
])('%s is not %s', (record, typed) => {
  expect(compareRoad(record, typed).match).toBe(false);
});

test('one slip matches, unless another road of the postcode explains it better', () => {
  expect(compareRoad('Hyldevangen', 'Hyrdevangen').match).toBe(true);
  expect(compareRoad('Hyldevangen', 'Hyrdevangen', ['Hyrdevangen', 'Skovvej']).match).toBe(false);
  expect(compareRoad('Hyldevangen', 'Hyldevangen', ['Hyrdevangen']).score).toBe(100);
});

test('a short form that fits two roads fits the one that it is the form of', () => {
  const typed = 'Th. Christensens Pl';
  expect(compareRoad('Theodor Christensens Plads', typed).score).toBe(100);
  expect(compareRoad('Marie Christensens Plads', typed).match).toBe(false);
});
