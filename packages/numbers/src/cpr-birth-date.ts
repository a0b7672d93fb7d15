/**
 * The year of birth, 1858–2057, from the two year digits and the seventh digit of a CPR number.
 * Source: CPR, "Personnummeret i CPR", the table on positions 5, 6 and 7.
 */
export function fullYear(yearInCentury: number, seventhDigit: number): number {
  if (seventhDigit <= 3) return 1900 + yearInCentury;
  if (seventhDigit === 4 || seventhDigit === 9) return (yearInCentury <= 36 ? 2000 : 1900) + yearInCentury;
  return (yearInCentury <= 57 ? 2000 : 1800) + yearInCentury;
}

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the Gregorian calendar has this day; months count from 1. */
export function isRealDate(year: number, month: number, day: number): boolean {
  const leapDay = month === 2 && isLeapYear(year) ? 1 : 0;
  return day >= 1 && day <= (daysInMonth[month - 1] ?? 0) + leapDay;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
