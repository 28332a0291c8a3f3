/** The entry that a dictionary has of its own under a name from outside; what every object inherits (`constructor`) is none. */
export function ownWord<T>(dictionary: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(dictionary, name) ? dictionary[name] : undefined
}
