import { statfs } from 'node:fs/promises'

/** Settings of the embedded server, given at every start so that a new version of ours changes them in old data too. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // A socket's path is limited to 107 bytes, and everybody connects by TCP anyway.
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  synchronous_commit: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  // Nobody replicates this server: bulk loads into new tables may skip the log.
  wal_level: 'minimal',
  max_wal_senders: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Refused statements and values hold e-mail addresses, which must not reach the log file; who sent them gets the error.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

/** Below this, what parallel queries share is kept in files: containers have 64 MB of /dev/shm, and a join may want more. */
const ENOUGH_SHARED_MEMORY_BYTES = 512 * 1024 * 1024

/** The settings as one text for `pg_ctl -o`, which a shell will read: values hold nothing that needs quoting but ''. */
export async function toServerOptions(port: number): Promise<string> {
  const settings = { ...SETTINGS, ...(await sharedMemorySetting()), port: String(port) }
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value === '' ? "''" : value}`)
    .join(' ')
}

async function sharedMemorySetting(): Promise<Readonly<Record<string, string>>> {
  if (process.platform !== 'linux') return {}
  const bytes = await statfs('/dev/shm').then(
    ({ bsize, blocks }) => bsize * blocks,
    () => 0,
  )
  return { dynamic_shared_memory_type: bytes < ENOUGH_SHARED_MEMORY_BYTES ? 'mmap' : 'posix' }
}
