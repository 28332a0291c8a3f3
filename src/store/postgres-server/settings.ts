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

/** The settings as one text for `pg_ctl -o`, which a shell will read: values hold nothing that needs quoting but ''. */
export function toServerOptions(port: number): string {
  const settings = { ...SETTINGS, port: String(port) }
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value === '' ? "''" : value}`)
    .join(' ')
}
