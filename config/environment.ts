import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { ConfigError } from '../src/core/errors.ts'
import { closestWord } from './closest-word.ts'
import { describeIssue } from './describe-issue.ts'
import type { Variables } from './interpolate.ts'

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** What this machine says about how to run, apart from the configuration file. Holds secrets: never log it. */
export interface Environment {
  /** Null: the embedded Postgres under `dataDir`. */
  readonly databaseUrl: string | null
  /** Null: jobs are kept in Postgres. */
  readonly redisUrl: string | null
  /** Null: the HTTP door listens on loopback only. */
  readonly apiToken: string | null
  /** Port 0 takes any free one. `trustProxy`: whose `X-Forwarded-For` is believed. */
  readonly http: { readonly host: string; readonly port: number; readonly trustProxy: readonly string[] }
  /** Under which shops reach the HTTP door, without a slash at the end; null: they are not meant to. */
  readonly publicUrl: string | null
  /** Absolute. */
  readonly dataDir: string
  readonly logLevel: (typeof LOG_LEVELS)[number]
}

const DATABASE = 'expected an address such as postgres://user:password@host:5432/database'
const REDIS = 'expected an address such as redis://host:6379 or rediss://user:password@host:6379'
const TOKEN = 'expected at least 16 printable characters without blanks'
const PUBLIC_URL = 'expected an address such as https://scontrino.example.com'
const HOST = 'expected a host name or an IP address such as 127.0.0.1'
const PROXY =
  'expected addresses and networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, with commas between'
const PORT = 'expected a port from 0 to 65535'

const variableSchemas = {
  DATABASE_URL: z
    .string()
    .refine((text) => hasProtocol(text, ['postgres:', 'postgresql:']), DATABASE)
    .optional(),
  REDIS_URL: z
    .string()
    .refine((text) => hasProtocol(text, ['redis:', 'rediss:']), REDIS)
    .optional(),
  SCONTRINO_API_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, TOKEN)
    .optional(),
  SCONTRINO_HTTP_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, HOST)
    .default('127.0.0.1'),
  SCONTRINO_HTTP_PORT: z
    .string()
    .regex(/^\d{1,5}$/, PORT)
    .transform(Number)
    .refine((port) => port <= 65535, PORT)
    .default(8080),
  SCONTRINO_HTTP_TRUST_PROXY: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every(isNetwork), PROXY)
    .default([]),
  SCONTRINO_PUBLIC_URL: z
    .string()
    .refine((text) => hasProtocol(text, ['https:', 'http:']), PUBLIC_URL)
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  SCONTRINO_DATA_DIR: z.string().default('.scontrino'),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
}

/** Names of the environment variables that are read, apart from those the configuration file refers to. */
export const VARIABLE_NAMES: readonly string[] = Object.keys(variableSchemas)

/** The variables of this process; those of a file `.env` in its folder are added, and never win. */
export function readVariables(envFile = '.env'): Variables {
  return { ...readEnvFile(envFile), ...process.env }
}

/**
 * Checks the variables that are ours. An empty one counts as not set.
 * @throws ConfigError with every problem at once.
 */
export function loadEnvironment(variables: Variables): Environment {
  const given = Object.entries(variables).filter(([, content]) => content !== '')
  const result = z.object(variableSchemas).safeParse(Object.fromEntries(given), { error: describeIssue })
  if (!result.success) {
    const problems = result.error.issues.map((issue) => {
      const path = issue.path.join('.')
      const words = issue.code === 'invalid_value' ? issue.values.map(String) : []
      const meant = closestWord(variables[path] ?? '', words)
      return {
        path,
        message: issue.message,
        hint: meant === undefined ? `correct or unset ${path}` : `did you mean ${meant}?`,
      }
    })
    throw new ConfigError(
      `reading the environment: ${problems.length === 1 ? 'one problem' : `${problems.length} problems`}`,
      problems,
    )
  }
  const { data } = result
  return {
    databaseUrl: data.DATABASE_URL ?? null,
    redisUrl: data.REDIS_URL ?? null,
    apiToken: data.SCONTRINO_API_TOKEN ?? null,
    http: {
      host: data.SCONTRINO_HTTP_HOST,
      port: data.SCONTRINO_HTTP_PORT,
      trustProxy: data.SCONTRINO_HTTP_TRUST_PROXY,
    },
    publicUrl: data.SCONTRINO_PUBLIC_URL ?? null,
    dataDir: resolve(data.SCONTRINO_DATA_DIR),
    logLevel: data.LOG_LEVEL,
  }
}

function readEnvFile(path: string): Variables {
  try {
    return parseEnv(readFileSync(path, 'utf8'))
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return {}
    const hint = 'check its rights, or remove it'
    throw new ConfigError('reading the environment: one problem', [{ path, message: 'expected a readable file', hint }])
  }
}

/**
 * An address, alone or with the length of its network, or one of the words that Fastify knows. Never all addresses, and no
 * number of proxies: anybody who reaches the port could then claim to be anybody.
 */
function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  const [, address = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const bits = { 4: 32, 6: 128 }[isIP(address)]
  return bits !== undefined && (length === undefined || (Number(length) > 0 && Number(length) <= bits))
}

function hasProtocol(text: string, protocols: readonly string[]): boolean {
  const url = URL.parse(text)
  return url !== null && protocols.includes(url.protocol)
}
