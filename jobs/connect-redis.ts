import { Redis, type RedisOptions } from 'ioredis'
import { StoreError } from '../src/core/errors.ts'

/**
 * Connects to Redis and answers the open client. `onError` hears of every later loss; the client comes back by itself.
 * @throws StoreError with `store: 'redis'` in its context, never with the address; nothing stays open then
 */
export async function connectRedis(
  url: string,
  options: Pick<RedisOptions, 'maxRetriesPerRequest'>,
  onError: (error: Error) => void,
): Promise<Redis> {
  const client = new Redis(url, { ...options, lazyConnect: true })
  let reason = ''
  const noteReason = (error: Error) => {
    reason = error.message
  }
  client.on('error', noteReason)
  try {
    await client.connect()
  } catch (error) {
    // Left alone it would go on trying and keep the process alive.
    client.disconnect()
    // A refused password closes the connection: why is only in the event before.
    const said = reason || (error instanceof Error ? error.message : 'no reason given')
    throw new StoreError(`connecting to Redis (REDIS_URL): ${said}`, { store: 'redis' }, { cause: error })
  }
  client.off('error', noteReason)
  client.on('error', onError)
  return client
}
