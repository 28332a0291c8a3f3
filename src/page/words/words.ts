import type { Play } from '../../core/segments/play.ts'
import type { en } from './en.ts'

/** Every word of the page. English is the pattern: what another language lacks is a type error. */
export type Words = typeof en

/** What a job can count, by the names that runs keep; others are shown under their own name. */
export type CountWords = Readonly<Record<string, (count: number, text: string) => string>>

/** What an error means and what to do, for somebody who never saw a terminal. */
export interface ErrorWords {
  readonly what: string
  readonly advice: string
}

/** The e-mail of each play; a paragraph an item of `body`. */
export type PlayTexts = Readonly<
  Record<
    Play,
    {
      readonly title: string
      readonly subject: string
      readonly preview: string
      readonly body: readonly string[]
      /** Stands in brackets after them. */
      readonly slot: string
    }
  >
>
