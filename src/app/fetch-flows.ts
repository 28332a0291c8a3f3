import type { Destination } from '../core/destination.ts'
import { AuthError } from '../core/errors.ts'
import type { FlowTrigger } from '../core/segments/segment.ts'

/** Flows that start from a segment; null: the key may not read flows. */
export async function fetchFlows(
  destination: Destination,
  remoteId: string,
  signal: AbortSignal,
): Promise<readonly FlowTrigger[] | null> {
  try {
    return await destination.fetchFlowTriggers(remoteId, signal)
  } catch (error) {
    // The scope `flows:read` is recommended, not required: without it one says that one could not look.
    if (error instanceof AuthError) return null
    throw error
  }
}
