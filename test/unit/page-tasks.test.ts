import { describe, expect, it } from 'vitest'
import { createMemoryApplication } from '../support/http-application.ts'
import { logIn } from '../support/page-door.ts'

const AT = new Date('2026-11-21T10:00:00Z')

/** A page on which the account `italy` has task 12 open. */
async function open() {
  let isOpen = true
  const asked: unknown[] = []
  const application = createMemoryApplication({
    loadRejects: async (account) => ({
      deadLetters:
        account === 'italy' && isOpen
          ? [
              {
                ...{
                  number: 12,
                  kind: 'task',
                  source: 'negozio',
                  place: 'data request 7',
                  field: '',
                  reason: 'answer',
                },
                ...{ firstSeenAt: AT, lastSeenAt: AT },
              },
            ]
          : [],
      refused: [],
    }),
    async finishTask(account, number) {
      asked.push([account, number])
      const isDone = isOpen && account === 'italy' && number === 12
      if (isDone) isOpen = false
      return isDone
    },
  })
  const { read, send } = await logIn({ application })
  /** Presses the button; what the next page says. */
  const press = async (form: Record<string, string>) => {
    const { body } = await read('/runs?account=italy')
    const action = /action="([^"]*\/runs\/done[^"]*)"/.exec(body)?.[1] ?? '/runs/done?account=italy'
    const { statusCode, headers } = await send(action, form)
    expect(statusCode).toBe(303)
    return (await read(String(headers['location']))).body
  }
  return { read, press, asked }
}

describe('a task for a person', () => {
  it('is closed in its account by the button, once that is confirmed', async () => {
    const { read, press, asked } = await open()
    expect((await read('/runs?account=italy')).body).toContain('name="task" value="12"')
    const next = await press({ task: '12', confirm: 'yes' })
    expect(asked).toEqual([['italy', 12]])
    expect(next).toContain('The task is closed.')
    expect(next).not.toContain('name="task"')
  })

  it('stays open without the tick', async () => {
    const { press, asked } = await open()
    const next = await press({ task: '12' })
    expect(asked).toEqual([])
    expect(next).toContain('Tick the box to confirm.')
    expect(next).toContain('name="task" value="12"')
  })

  it('that was closed before is told to be so', async () => {
    const { press } = await open()
    await press({ task: '12', confirm: 'yes' })
    expect(await press({ task: '12', confirm: 'yes' })).toContain('it was closed before')
  })

  it.each(['', 'x', '-1', '1.5', '9'.repeat(30)])('is known by a whole number only (%s)', async (task) => {
    const { press, asked } = await open()
    expect(await press({ task, confirm: 'yes' })).toContain('it was closed before')
    expect(asked).toEqual([])
  })
})
