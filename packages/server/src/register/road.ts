/** A road by its official code inside a municipality. */
export interface RoadCode {
  readonly municipalityCode: string;
  readonly roadCode: string;
}

/** What is known of a road from the addresses of the persons on it. */
export interface Road {
  /** Addressing name, at most 20 letters. */
  readonly name: string;
  readonly fullName: string;
  readonly postcode: string;
  readonly postDistrict: string;
}

/** Codes 9900 to 9999 are no streets but what a municipality uses for persons without one. */
export function isHighRoadCode(roadCode: string): boolean {
  return roadCode >= '9900' && roadCode <= '9999';
}
