import type { Application } from '../app/application.ts'

/** What this door asks of the application, and no more. */
export type HttpApplication = Pick<
  Application,
  | 'accounts'
  | 'receiveWebhook'
  | 'enqueue'
  | 'findJob'
  | 'loadRuns'
  | 'explain'
  | 'distribution'
  | 'bands'
  | 'thresholds'
  | 'matrix'
  | 'loadPauses'
  | 'loadRejects'
  | 'retryRejects'
  | 'overview'
  | 'distribution'
  | 'matrix'
  | 'bands'
  | 'thresholds'
  | 'segments'
  | 'plan'
  | 'applyPlan'
  | 'readiness'
  | 'metrics'
>
