import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** A phone number in E.164, read with the order's country; null when it is not certainly a number. */
export function toE164(phone: string, country: string | undefined): string | null {
  const parsed = parsePhoneNumberFromString(phone, country?.toUpperCase() as CountryCode | undefined)
  return parsed?.isValid() === true ? parsed.number : null
}
