import type { Invocation } from './command.ts'
import type { Session } from './context.ts'

/** Opens what the configuration names, hands it out, and closes it whatever happens. */
export async function withSession<Result>(
  { context, configPath }: Pick<Invocation<object>, 'context' | 'configPath'>,
  use: (session: Session) => Promise<Result>,
): Promise<Result> {
  const announce = (text: string) => context.stderr.write(`${text}\n`)
  const session = await context.open({ configPath, announce, signal: context.signal })
  try {
    return await use(session)
  } finally {
    await session.close()
  }
}
