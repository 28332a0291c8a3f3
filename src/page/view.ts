import type { Application } from '../app/application.ts'
import type { Formats } from './formats.ts'
import type { Language } from './words/language.ts'
import type { Words } from './words/words.ts'

/** In which words and which money a section speaks: all that a section needs besides its data. */
export interface Voice {
  readonly language: Language
  readonly words: Words
  readonly formats: Formats
}

/** What needs an account to be shown. */
type AccountView = Application['accounts'][number]

/** A page that is served, around the sections it holds. */
export interface View extends Voice {
  readonly account: AccountView
  readonly accounts: readonly AccountView[]
  /** Path of this page; where its links with other parameters lead. */
  readonly path: string
  /** Parameters of this page, without those of the notice. */
  readonly query: Readonly<Record<string, string>>
  /** Goes with every form that changes something. */
  readonly formToken: string
  /** False: nobody has to log in here, so nobody can log out. */
  readonly hasLogin: boolean
  readonly assets: AssetUrls
  /** What was just done, in a sentence. */
  readonly notice: { readonly text: string; readonly isProblem: boolean } | null
}

/** Where the page's own files are. */
export interface AssetUrls {
  readonly style: string
  readonly chartStyle: string
  readonly chartLibrary: string
  /** The module that starts everything else. */
  readonly script: string
  readonly icon: string
}
