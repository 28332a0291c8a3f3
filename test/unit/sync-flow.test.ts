import type { FlowJob } from 'bullmq'
import { describe, expect, it } from 'vitest'
import { parseJobData } from '../../jobs/job-data.ts'
import { syncFlow } from '../../jobs/sync.ts'

const DATA = parseJobData({ account: 'main', full: true, trigger: 'cron' })
const flow = syncFlow('sync.main.1', DATA, ['shop', 'till'], { attempts: 10 })

function* everyJob(job: FlowJob): Generator<FlowJob> {
  yield job
  for (const child of job.children ?? []) yield* everyJob(child)
}

describe('a sync as a flow', () => {
  it('runs pulls, then compute, push and segments, each waiting for the one before', () => {
    const names = (job: FlowJob): unknown => [job.name, ...(job.children ?? []).map(names)]
    expect(names(flow)).toEqual([
      'sync',
      ['sync-segments', ['push-profiles', ['compute-aggregates', ['pull-orders'], ['pull-orders']]]],
    ])
  })

  it('gives every job an id of its own, without a colon', () => {
    const ids = [...everyJob(flow)].map((job) => job.opts?.jobId ?? '')
    expect(new Set(ids).size).toBe(6)
    expect(ids.filter((id) => id === '' || id.includes(':'))).toEqual([])
  })

  it('puts every job into the queue of its name, with data that can be read back', () => {
    for (const job of everyJob(flow)) {
      expect(job.queueName).toBe(job.name)
      expect(parseJobData(JSON.parse(JSON.stringify(job.data)))).toMatchObject({ account: 'main', full: true })
    }
  })

  it('names the source of each pull', () => {
    const pulls = [...everyJob(flow)].filter((job) => job.name === 'pull-orders')
    expect(pulls.map((job) => job.data.source)).toEqual(['shop', 'till'])
  })

  it('lets no failed job stop the ones after it', () => {
    const [, ...children] = everyJob(flow)
    expect(children.map((job) => job.opts?.ignoreDependencyOnFailure)).toEqual(children.map(() => true))
  })

  it('tells every job the ids of all', () => {
    expect([...everyJob(flow)].map((job) => job.data.flow)).toEqual([...everyJob(flow)].map(() => flow.data.flow))
    expect(Object.values(flow.data.flow).flat()).toHaveLength(5)
  })
})
