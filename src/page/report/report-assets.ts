import { BugError } from '../../core/errors.ts'
import { loadPageAssets } from '../assets.ts'
import { REPORT_PART, readStyle } from '../style.ts'
import { toInlineScript, withoutEnd } from './inline-script.ts'

/** What a report carries in itself, as it stands in its elements. */
export interface ReportAssets {
  readonly style: string
  /** Classic scripts, in their order. */
  readonly scripts: readonly string[]
  /** SVG. */
  readonly icon: string
}

/** Reads the page's own files and puts them together for a document that has nothing beside it. */
export function loadReportAssets(): ReportAssets {
  const { files } = loadPageAssets()
  const bodyOf = (name: string) => {
    const file = files.get(name)
    if (file === undefined) throw new BugError(`putting a report together: there is no file ${name}`)
    return file.body
  }
  return {
    style: [bodyOf('uplot.min.css'), bodyOf('style.css'), readStyle([REPORT_PART])].join('\n'),
    scripts: [
      withoutEnd(bodyOf('uplot.min.js')),
      toInlineScript(files, files.has('report.ts') ? 'report.ts' : 'report.js'),
    ],
    icon: bodyOf('icon.svg'),
  }
}
