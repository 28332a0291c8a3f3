/** A visit to come. */
export interface Visit {
  /** In shop time, see `season.ts`. */
  readonly at: number
  /** The customer's running number. */
  readonly customer: number
  /** How many orders the customer has placed before. */
  readonly ordersBefore: number
  /** The customer's purse: what their baskets are multiplied by. */
  readonly purse: number
}

/** Customers who will come back, the next one first: a binary heap that holds each of them once. */
export interface ReturnQueue {
  add(visit: Visit): void
  peek(): Visit | undefined
  take(): Visit | undefined
}

/** An empty queue. */
export function createReturnQueue(): ReturnQueue {
  const heap: Visit[] = []
  const at = (index: number): number => heap[index]?.at ?? Number.POSITIVE_INFINITY

  return {
    peek: () => heap[0],
    add(visit) {
      let index = heap.push(visit) - 1
      while (index > 0) {
        const parent = (index - 1) >> 1
        if (at(parent) <= visit.at) break
        heap[index] = heap[parent] ?? visit
        index = parent
      }
      heap[index] = visit
    },
    take() {
      const first = heap[0]
      const last = heap.pop()
      if (last === undefined || heap.length === 0) return first
      let index = 0
      for (;;) {
        const left = 2 * index + 1
        const child = at(left + 1) < at(left) ? left + 1 : left
        if (at(child) >= last.at) break
        heap[index] = heap[child] ?? last
        index = child
      }
      heap[index] = last
      return first
    },
  }
}
