import type { Reporter, TestModule, Vitest } from 'vitest/node'

/** Ends the output with one line a program can read, after saying which real services could not be had. */
export default class PlainSummary implements Reporter {
  private vitest: Vitest | undefined
  private notes: readonly string[] = []
  private count = { passed: 0, failed: 0, skipped: 0 }

  onInit(vitest: Vitest): void {
    this.vitest = vitest
    // Last words: vitest itself, and the services on their way down, write after `onTestRunEnd`.
    process.once('exit', (exitCode) => {
      const { passed, failed, skipped } = this.count
      // What fails outside any test (set-up, no test found, an interrupt) is a failure too.
      const failures = exitCode === 0 ? failed : Math.max(failed, 1)
      const lines = [...this.notes, `${passed} passed, ${failures} failed, ${skipped} skipped`]
      process.stdout.write(`\n${lines.join('\n')}\n`)
    })
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    this.count = { passed: 0, failed: errors.length, skipped: 0 }
    for (const testModule of modules) {
      if (testModule.errors().length > 0) this.count.failed += 1
      for (const suite of testModule.children.allSuites()) if (suite.errors().length > 0) this.count.failed += 1
      for (const test of testModule.children.allTests()) {
        const { state } = test.result()
        this.count[state === 'pending' ? 'skipped' : state] += 1
      }
    }
    const missing = this.missingServices()
    this.notes = missing.map((sentence) => `Tests were skipped, as a real service could not be had. ${sentence}`)
    if (missing.length > 0 && process.env['CI'] === 'true') {
      this.notes = [...this.notes, 'With CI=true that is a failure.']
      process.exitCode = 1
    }
  }

  private missingServices(): readonly string[] {
    const projects = this.vitest?.projects ?? []
    return projects.flatMap((project) => project.getProvidedContext().missingServices ?? [])
  }
}
